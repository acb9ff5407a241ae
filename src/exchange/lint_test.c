#include "base/check.h"
#include "exchange/lint.h"

/* The findings of a text, each "LINE rule what|against". */
static rp_text
lint(struct rp_arena *a, const char *text)
{
	struct rp_pair_file f = { RP_TEXT("report.txt"),
		{ (const uint8_t *)text, strlen(text) } };
	struct rp_lint_lines lines = { 0 };
	struct rp_lint_findings found = { 0 };
	rp_text out = RP_TEXT("");

	RP_CHECK_OK(rp_lint_read(a, &f, &lines));
	rp_lint(a, &lines, &found);
	for (size_t i = 0; i < found.n; i++) {
		const struct rp_lint_finding *q = &found.v[i];

		RP_CHECK(rp_lint_message(a, q).n > 0);
		out = rp_textf(a, "%.*s%u %.*s %.*s|%.*s\n", RP_FMT(out),
		    q->line, RP_FMT(rp_lint_rule_name(q->rule)),
		    RP_FMT(q->what), RP_FMT(q->against));
	}
	return out;
}

#define FINDS(text, want)                                       \
	do {                                                    \
		RP_AUTO(rp_arena_freep)                         \
		struct rp_arena *a_ = rp_arena_new(64 << 20);   \
		RP_CHECK_TEXT(lint(a_, text), rp_text_z(want)); \
	} while (0)

static void
a_clean_report(void)
{
	FINDS("Purpose\n"
	      "This is the report of the ninth meeting of CWG-Water, held on "
	      "2 May 2023.\n"
	      "1.\tIntroduction\n1.1\tThe Chair opened the meeting.\n"
	      "2.\tCWG-Water-9/1(Rev.1): Agenda\n"
	      "2.1\tThe Agenda (CWG-Water-9/1(Rev.1)) was adopted (see 1), "
	      "i.e. agreed.\n"
	      "2.2\tThe report of the eighth meeting was approved.\n"
	      "3.\tDiscussions\n3.1\tOn CWG-Water-9/4:\n"
	      "a)\tsome members agreed;\nb)\tothers did not.\n"
	      "4.\tActions\n4.1\tQuestions:\n1.\tWhat?\n2.\tWho?\n"
	      "4.2\tFollow up by the follow-up team that set up the set-up.\n",
	    "");
}

static void
symbols(void)
{
	FINDS("1.\tCWG-Water-9/4: Report of the secretariat\n"
	      "2.\tCWG-Water-9/4: Contribution by Utopia\n"
	      "3.\tDiscussion on CWG-Water-9/4 and CWG-Water-9/5\n",
	    "2 symbol-twice CWG-Water-9/4|Report of the secretariat\n");
	FINDS("1.\tAgenda: CWG-Water-9/1R2\n"
	      "1.1\tSee CWG-Water-9/1 (Rev. 2) and CWG-Water-9/1R1.\n",
	    "2 symbol-form CWG-Water-9/1 (Rev. 2)|CWG-Water-9/1R2\n");
	FINDS("CWG-Water-9/1, CWG-Water 9/2, CWG-Water 9/3, C17/4, C17/5",
	    "1 symbol-form CWG-Water 9/2|CWG-Water-9/1\n");
}

static void
numbering(void)
{
	FINDS("1.\tOne\n1.1\tA\n1.2\tB\n1.2.1\tC\n2.\tTwo\n2.3.1\tD\n"
	      "2.3.2\tE\n4.\tFour\n",
	    "6 numbering 2.3.1|2.1\n8 numbering 4|3\n");
	FINDS("1.\tOne\n1.1.\tA\n1.2\tB\n1.3\tC\n2\tTwo\n3\tThree\n",
	    "1 label-form 1.|2\n2 label-form 1.1.|1.2\n");
	FINDS("a)\tone\nb)\ttwo\nd)\tfour\ne)\tfive\na)\tanew\n",
	    "3 numbering d)|c)\n");
	FINDS("h)\tx\ni)\ty\nj)\tz\n", "");
	FINDS("1.\tQuestions\n1.1\tThese:\ni)\tx\nii)\ty\niii)\tz\n", "");
}

static void
brackets_and_marks(void)
{
	FINDS("The topic (after the next cluster of groups:\n",
	    "1 bracket (|The topic (after the next cluster of g\n");
	FINDS("This) is odd, and a) one, b) two are not (nor is (1) this).\n",
	    "1 bracket )|This) is odd, and a) one, b) two\n");
	FINDS("[one text\n[another] of\nthree lines] and ] more\n",
	    "3 bracket ]|three lines] and ] more\n");
	FINDS("[never closed\n", "1 bracket [|[never closed\n");
	FINDS("Two aspects:. And one , or two ... etc., in .int and \xd9\x8c\n",
	    "1 punctuation  ,|Two aspects:. And one , or two ... etc., in "
	    ".int\n"
	    "1 punctuation :.|Two aspects:. And one , or two ... etc.\n");
}

static void
spelling(void)
{
	FINDS("The multi-stakeholder and the multistakeholder model.\n",
	    "1 spelling multistakeholder|multi-stakeholder\n");
	FINDS("In all timezones.\nIn time zones.\n",
	    "2 spelling time zones|timezones\n");
	FINDS("The Vice-Chair spoke.\nThe Vice Chair left, a vice chair.\n",
	    "2 spelling Vice Chair|Vice-Chair\n");
	FINDS("The Chair spoke.\nThe Chairman\xe2\x80\x99s report.\n",
	    "2 spelling Chairman|Chair\n");
	FINDS("An organisation, organizations.\nTwo organisations.\n",
	    "2 spelling organisations|organizations\n");
	FINDS("Long-term plans in the long term; anyone, any one.\n", "");
}

static void
meetings(void)
{
	FINDS("See OPCWGINT-11/3.\n"
	      "The summary of the tenth online consultation.\n"
	      "The eleventh physical open consultation.\n",
	    "2 ordinal tenth online consultation|OPCWGINT-11\n");
	FINDS("This is the report of the 21st meeting.\nCWG-Water-20/1\n",
	    "1 ordinal report of the 21st meeting|CWG-Water-20\n");
	FINDS("The report of the ninth meeting is there to be approved.\n"
	      "The report of the ninth meeting was approved today.\n",
	    "2 approval report of the ninth meeting was approved|\n");
	FINDS("The ninth meeting was held on 4 May 2023.\n"
	      "The ninth meeting was held on 5 May 2023.\n",
	    "2 date the meeting was held on 5 May 2023|elsewhere held on 4 "
	    "May 2023\n");
	FINDS("The ninth meeting was held on 4 May 2023.\n"
	      "The physical consultation held on 4 May 2023.\n",
	    "2 date the meeting and the consultation that it looks at were "
	    "both held on 4 May 2023|one is wrong, or their order\n");
}

static void
twice(void)
{
	FINDS("Internet resources, including names and addresses Internet "
	      "resources, and more.\n",
	    "1 repeated Internet resources|cluding names and addresses "
	    "Internet "
	    "resources, and more\n");
	FINDS("Names of Internet resources, users of Internet resources.\n",
	    "");
	FINDS("It is is so, that that is a an example.\n",
	    "1 repeated a an|It is is so, that that is a an example.\n"
	    "1 repeated is is|It is is so, that that is a an exa\n");
}

static void
limits(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(256 << 20);
	size_t n = 2 * (RP_LINT_LINES_MAX + 1);
	char *p = rp_alloc(a, n);
	struct rp_lint_lines lines = { 0 };
	struct rp_pair_file f = { RP_TEXT("x.txt"), { (uint8_t *)p, n } };

	for (size_t i = 0; i < n; i += 2)
		memcpy(p + i, "(\n", 2);
	RP_CHECK_FAILS(rp_lint_read(a, &f, &lines), RP_E_LIMIT);
	f.octets.n -= 2;
	lines.n = 0;
	RP_CHECK_OK(rp_lint_read(a, &f, &lines));
	{
		struct rp_lint_findings found = { 0 };

		rp_lint(a, &lines, &found);
		RP_CHECK(found.n == RP_LINT_FINDINGS_MAX);
	}
	f.octets = RP_BYTES("\xff\n");
	RP_CHECK_FAILS(rp_lint_read(a, &f, &lines), RP_E_INVALID);
}

RP_CHECK_MAIN({ "a clean report", a_clean_report },
    { "symbols given twice and spelt twice", symbols },
    { "labels in order and in one form", numbering },
    { "brackets and punctuation", brackets_and_marks },
    { "one word, one spelling", spelling },
    { "ordinals, dates, approval", meetings },
    { "what stands there twice", twice }, { "limits", limits })
