#include "render/meeting_report.h"

#include "base/check.h"
#include "document/document.h"
#include "text/format.h"

/* A report as its lines, "label|text". */
static rp_text
report(struct rp_arena *a, enum rp_lang lang,
    const struct rp_report_facts *facts)
{
	RP_AUTO(rp_locale_freep) struct rp_locale *l = rp_locale_new(lang);
	struct rp_reader reader = { lang, l };
	struct rp_report_lines lines = { 0 };
	struct rp_document *d;
	rp_text out = RP_TEXT(""), *labels;

	rp_meeting_report(a, &reader, facts, &lines);
	for (size_t i = 4; i < lines.n; i++)
		out = rp_textf(a, "%.*s%.*s|%.*s\n", RP_FMT(out),
		    RP_FMT(lines.v[i].label), RP_FMT(lines.v[i].text));
	RP_CHECK_OK(rp_meeting_report_document(a, &reader, &lines, &d));
	RP_CHECK(d->body.blocks.n == lines.n);
	labels = rp_new_n(a, rp_text, lines.n);
	for (size_t i = 0; i < lines.n; i++) {
		RP_CHECK_TEXT(rp_block_text(a, &d->body.blocks.v[i]),
		    lines.v[i].text);
		RP_CHECK_TEXT(d->body.blocks.v[i].id, lines.v[i].origin);
		labels[i] = lines.v[i].label;
		for (size_t k = 0; k < i; k++)
			RP_CHECK(
			    !rp_text_eq(lines.v[k].origin, lines.v[i].origin));
	}
	/* Numbering again changes nothing. */
	rp_meeting_report_number(a, &lines);
	for (size_t i = 0; i < lines.n; i++)
		RP_CHECK_TEXT(lines.v[i].label, labels[i]);
	return out;
}

static struct rp_report_facts
facts(void)
{
	return (struct rp_report_facts){ .group = RP_TEXT("WG-Water"),
		.group_name = RP_TEXT("The Working Group on Water"),
		.ordinal = 21,
		.date = RP_TEXT("4 May 2026"),
		.chair = RP_TEXT("Ms. A"),
		.chair_country = RP_TEXT("Utopia") };
}

static struct rp_report_statement
said(uint32_t voices, const char *words)
{
	return (struct rp_report_statement){ .voices = voices,
		.words = rp_text_z(words) };
}

static void
quantifiers(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(8 << 20);
	struct rp_report_facts f = facts();
	struct rp_report_item item = { .kind = RP_ITEM_OTHER };
	struct rp_report_statement s = said(9, "agreed.");

	rp_vec_push(a, &item.statements, said(1, "asked."));
	rp_vec_push(a, &item.statements, said(2, "answered."));
	rp_vec_push(a, &item.statements, said(1, "doubted."));
	s.is_all = true;
	s.outcome.verb = RP_OUTCOME_AGREED;
	rp_vec_push(a, &item.statements, s);
	s = said(1, "closed the item.");
	s.speaker = RP_SPEAKER_CHAIR;
	rp_vec_push(a, &item.statements, s);
	rp_vec_push(a, &f.items, item);
	RP_CHECK_TEXT(report(a, RP_LANG_EN, &f),
	    RP_TEXT("1.|Any other business\n"
		    "1.1|A member asked.\n"
		    "1.2|Some members answered.\n"
		    "1.3|Another member doubted.\n"
		    "1.4|Members agreed. This proposal was agreed by the "
		    "Group.\n"
		    "1.5|The Chair closed the item.\n"
		    "|Ms. A (Utopia), Chair, WG-Water\n"));
}

static void
opening_and_agenda(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(8 << 20);
	struct rp_report_facts f = facts();
	struct rp_report_item item = { .kind = RP_ITEM_OPENING };
	struct rp_report_paper agenda = { .symbol = RP_TEXT("WG-Water-21/1") };
	struct rp_report_outcome adopted = { .verb = RP_OUTCOME_ADOPTED };

	f.acting = RP_TEXT("Mr. B");
	f.acting_country = RP_TEXT("Laputa");
	rp_vec_push(a, &f.items, item);
	item.kind = RP_ITEM_AGENDA;
	rp_vec_push(a, &item.papers, agenda);
	rp_vec_push(a, &item.outcomes, adopted);
	rp_vec_push(a, &f.items, item);
	RP_CHECK_TEXT(report(a, RP_LANG_EN, &f),
	    RP_TEXT("1.|Introduction\n"
		    "1.1|The twenty-first meeting of WG-Water was held on 4 "
		    "May 2026. Mr. B acted as Chair on behalf of the Chair, "
		    "Ms. A.\n"
		    "2.|Agenda of the meeting: WG-Water-21/1\n"
		    "2.1|The Acting Chair presented the Agenda "
		    "(WG-Water-21/1). The Agenda was adopted.\n"
		    "|Mr. B (Laputa), Acting Chair, WG-Water\n"));
}

static void
contributions(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(8 << 20);
	struct rp_report_facts f = facts();
	struct rp_report_item item = { .kind = RP_ITEM_CONTRIBUTIONS,
		.title = RP_TEXT("Contributions") };
	struct rp_report_paper p = { .symbol = RP_TEXT("WG-Water-21/2"),
		.sources = RP_TEXT("Utopia"),
		.title = RP_TEXT("Wells") };
	struct rp_report_outcome noted = { .verb = RP_OUTCOME_NOTED };
	rp_text got;

	rp_vec_push(a, &p.summary, RP_TEXT("Wells are deep."));
	rp_vec_push(a, &p.statements, said(1, "agreed."));
	rp_vec_push(a, &p.outcomes, noted);
	rp_vec_push(a, &item.papers, p);
	rp_vec_push(a, &item.papers,
	    (struct rp_report_paper){ .symbol = RP_TEXT("WG-Water-21/3") });
	rp_vec_push(a, &f.items, item);
	got = report(a, RP_LANG_EN, &f);
	RP_CHECK(strstr(got.p, "1.1|WG-Water-21/2 (Utopia): Wells\n"
			       "1.1.1|Summary\n|Wells are deep.\n"
			       "1.1.2|Discussion\na)|A member agreed.\n"
			       "b)|The contribution was noted.\n"
			       "1.2|WG-Water-21/3\n|Ms. A") != NULL);
	f.items.v[0].kind = RP_ITEM_TOPICS;
	f.items.v[0].outcomes = (struct rp_report_outcomes){ 0 };
	rp_vec_push(a, &f.items.v[0].outcomes,
	    ((struct rp_report_outcome){ RP_OUTCOME_NO_AGREEMENT,
		RP_TEXT("a topic") }));
	got = report(a, RP_LANG_EN, &f);
	RP_CHECK(
	    strstr(got.p, "1.1|Summaries of WG-Water-21/2 and "
			  "WG-Water-21/3\n"
			  "1.1.1|WG-Water-21/2 (Utopia): Wells\n|Wells "
			  "are deep.\n1.1.2|WG-Water-21/3\n"
			  "1.2|Discussion on WG-Water-21/2 and "
			  "WG-Water-21/3\n"
			  "1.2.1|The Group could not reach any agreement "
			  "on a topic.\n"
			  "1.2.2|WG-Water-21/2\na)|A member agreed.\n"
			  "b)|The contribution was noted.\n|Ms. A") != NULL);
	f.items.v[0].papers.n = 1;
	got = report(a, RP_LANG_EN, &f);
	RP_CHECK(
	    strstr(got.p, "1.2.1|The Group could not reach any agreement "
			  "on a topic.\n1.2.2|A member agreed.\n"
			  "1.2.3|The contribution was noted.\n|Ms. A") != NULL);
	f.items.v[0].kind = RP_ITEM_AGENDA;
	got = report(a, RP_LANG_EN, &f);
	RP_CHECK(strstr(got.p, "|A member agreed.\n") != NULL &&
		 strstr(got.p, "|The contribution was noted.\n") != NULL);
}

/* Whatever the kind of an item, nothing that was recorded under it is left out:
 * of the item and of a document, sentences and outcomes. */
static void
nothing_is_left_out(void)
{
	static const char *const told[] = { "spoke of the item",
		"spoke of the paper", "the item's end", "the paper's end" };

	for (int kind = 0; kind < RP_ITEM_KINDS; kind++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(8 << 20);
		struct rp_report_facts f = facts();
		struct rp_report_item item = { .kind =
						   (enum rp_report_kind)kind };
		struct rp_report_paper p = { .symbol =
						 RP_TEXT("WG-Water-21/2") };
		rp_text got;

		rp_vec_push(a, &p.statements, said(1, "spoke of the paper."));
		rp_vec_push(a, &p.outcomes,
		    ((struct rp_report_outcome){ RP_OUTCOME_NO_AGREEMENT,
			RP_TEXT("the paper's end") }));
		rp_vec_push(a, &item.papers, p);
		rp_vec_push(a, &item.statements, said(1, "spoke of the item."));
		rp_vec_push(a, &item.outcomes,
		    ((struct rp_report_outcome){ RP_OUTCOME_NO_AGREEMENT,
			RP_TEXT("the item's end") }));
		rp_vec_push(a, &f.items, item);
		got = report(a, RP_LANG_EN, &f);
		for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++)
			RP_CHECK(strstr(got.p, told[i]) != NULL);
	}
}

/* Every outcome has its sentences in every language. */
static void
languages(void)
{
	for (enum rp_lang lang = 0; lang < RP_LANG_COUNT; lang++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(8 << 20);
		struct rp_report_facts f = facts();
		struct rp_report_item item = { .kind = RP_ITEM_OTHER };
		size_t lines = 0;
		rp_text got;

		for (int o = 1; o < RP_OUTCOMES; o++) {
			struct rp_report_statement s = said(1, "…");
			enum rp_outcome back;

			s.outcome.verb = (enum rp_outcome)o;
			rp_vec_push(a, &item.statements, s);
			s.outcome.object = RP_TEXT("X");
			rp_vec_push(a, &item.statements, s);
			RP_CHECK(
			    rp_outcome_from(rp_outcome_name(s.outcome.verb),
				&back) &&
			    back == s.outcome.verb);
		}
		rp_vec_push(a, &f.items, item);
		got = report(a, lang, &f);
		for (size_t i = 0; i < got.n; i++)
			lines += got.p[i] == '\n';
		RP_CHECK(lines == 2 + 2 * (RP_OUTCOMES - 1));
	}
}

static void
names_of_kinds(void)
{
	enum rp_report_kind back;

	for (int i = 0; i < RP_ITEM_KINDS; i++) {
		RP_CHECK(rp_report_kind_from(rp_report_kind_name(
						 (enum rp_report_kind)i),
		    &back));
		RP_CHECK(back == (enum rp_report_kind)i);
	}
	RP_CHECK(!rp_report_kind_from(RP_TEXT("song"), &back));
}

RP_CHECK_MAIN({ "who said it is told by how many", quantifiers },
    { "opening and agenda", opening_and_agenda },
    { "contributions and topics", contributions },
    { "nothing is left out", nothing_is_left_out },
    { "outcomes in every language", languages },
    { "names of kinds", names_of_kinds })
