#include "base/check.h"
#include "domain/testing/floor.h"

static struct rp_problems
problems_of(struct floor *f, const struct rp_submission *s)
{
	struct rp_problems p = { 0 };
	struct rp_err *e =
	    rp_submission_check(&f->w.nobody, f->w.a, &f->c, s, &p);

	RP_CHECK((e == NULL) == (p.n == 0));
	RP_CHECK(e == NULL || rp_err_code(e) == RP_E_INVALID);
	rp_err_free(e);
	return p;
}

static rp_text
long_text(struct floor *f, size_t n)
{
	char *p = rp_new_n(f->w.a, char, n + 1);

	memset(p, 'x', n);
	return (rp_text){ p, n };
}

/* Exactly one problem, this one. */
static void
only(struct floor *f, const struct rp_submission *s, enum rp_field field,
    enum rp_problem_kind kind)
{
	struct rp_problems p = problems_of(f, s);

	if (p.n != 1 || p.v[0].field != field || p.v[0].kind != kind)
		for (size_t i = 0; i < p.n; i++)
			printf("# %s %s\n", rp_field_name(p.v[i].field).p,
			    rp_problem_name(p.v[i].kind).p);
	RP_CHECK(p.n == 1);
	RP_CHECK(p.v[0].field == field && p.v[0].kind == kind);
}

#define WRONG_TEXT(field_, to, kind_)                        \
	do {                                                 \
		struct rp_submission bad_ = s;               \
		bad_.to;                                     \
		only(&f, &bad_, field_, RP_PROBLEM_##kind_); \
	} while (0)

static void
each_field_says_what_is_wrong(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_submission s;

	floor_open(&f);
	floor_fill(&f, &s, "Red", "One.");
	RP_CHECK(problems_of(&f, &s).n == 0);
	WRONG_TEXT(RP_FIELD_CAPACITY, capacity = RP_TEXT(""), MISSING);
	WRONG_TEXT(RP_FIELD_CAPACITY, capacity = RP_TEXT("king"), NOT_A_CHOICE);
	WRONG_TEXT(RP_FIELD_NAME, name = RP_TEXT(" "), MISSING);
	WRONG_TEXT(RP_FIELD_NAME, name = long_text(&f, RP_PERSON_NAME_MAX + 1),
	    TOO_LONG);
	WRONG_TEXT(RP_FIELD_ORGANISATION, organisation = RP_TEXT(""), MISSING);
	WRONG_TEXT(RP_FIELD_ORGANISATION,
	    organisation = long_text(&f, RP_ORGANISATION_MAX + 1), TOO_LONG);
	WRONG_TEXT(RP_FIELD_JOB_TITLE,
	    job_title = long_text(&f, RP_JOB_TITLE_MAX + 1), TOO_LONG);
	WRONG_TEXT(RP_FIELD_SIGNATORIES,
	    signatories = long_text(&f, RP_SIGNATORIES_MAX + 1), TOO_LONG);
	WRONG_TEXT(RP_FIELD_CATEGORY, category = RP_TEXT(""), MISSING);
	WRONG_TEXT(RP_FIELD_CATEGORY, category = RP_TEXT("other"),
	    NOT_A_CHOICE);
	WRONG_TEXT(RP_FIELD_COUNTRY, country = RP_TEXT(""), MISSING);
	WRONG_TEXT(RP_FIELD_COUNTRY, country = RP_TEXT("XX"), NOT_A_CHOICE);
	WRONG_TEXT(RP_FIELD_EMAIL, email = RP_TEXT(""), MISSING);
	WRONG_TEXT(RP_FIELD_EMAIL, email = RP_TEXT("ana"), NOT_AN_EMAIL);
	WRONG_TEXT(RP_FIELD_LANG, lang = RP_TEXT(""), MISSING);
	WRONG_TEXT(RP_FIELD_LANG, lang = RP_TEXT("!"), NOT_A_CHOICE);
	WRONG_TEXT(RP_FIELD_AUTHORISATION, authorisation = RP_TEXT(""),
	    MISSING);
	WRONG_TEXT(RP_FIELD_AUTHORISATION, authorisation = RP_TEXT("maybe"),
	    NOT_A_CHOICE);
	WRONG_TEXT(RP_FIELD_NEEDS, needs = long_text(&f, RP_NEEDS_MAX + 1),
	    TOO_LONG);
	WRONG_TEXT(RP_FIELD_SUMMARY,
	    summary = long_text(&f, RP_SUMMARY_CHARS_MAX + 1), TOO_LONG);
	s.capacity = RP_TEXT("individual");
	s.organisation = RP_TEXT("");
	RP_CHECK(problems_of(&f, &s).n == 0);
}

static void
answers_are_to_questions_once_each(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_answer_in extra = { 1, RP_TEXT("Two.") };
	struct rp_submission s, more;

	floor_open(&f);
	floor_fill(&f, &s, "Red", "One.");
	s.answers.v[0].body = RP_TEXT(" \n\t");
	only(&f, &s, RP_FIELD_ANSWER, RP_PROBLEM_NO_ANSWER);
	s.answers.v[0].body = long_text(&f, RP_ANSWER_CHARS_MAX);
	s.summary = RP_TEXT("In short.");
	RP_CHECK(problems_of(&f, &s).n == 0);
	s.answers.v[0].body = long_text(&f, RP_ANSWER_CHARS_MAX + 1);
	only(&f, &s, RP_FIELD_ANSWER, RP_PROBLEM_TOO_LONG);
	floor_fill(&f, &more, "Red", "One.");
	rp_vec_push(f.w.a, &more.answers, extra);
	only(&f, &more, RP_FIELD_ANSWER, RP_PROBLEM_NOT_A_CHOICE);
	more.answers.v[1].position = 2;
	only(&f, &more, RP_FIELD_ANSWER, RP_PROBLEM_NOT_A_CHOICE);
	more.answers.v[1].position = 0;
	only(&f, &more, RP_FIELD_ANSWER, RP_PROBLEM_NOT_A_CHOICE);
}

static void
files_are_few_small_and_known(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_upload_in u = { .upload_id = 1,
		.size = RP_ATTACHMENT_SIZE_MAX,
		.name = RP_TEXT("a.pdf"),
		.kind = RP_TEXT("pdf") };
	struct rp_submission s;

	floor_open(&f);
	floor_fill(&f, &s, "Red", "One.");
	rp_vec_push(f.w.a, &s.uploads, u);
	only(&f, &s, RP_FIELD_SUMMARY, RP_PROBLEM_MISSING);
	s.summary = RP_TEXT("In short.");
	RP_CHECK(problems_of(&f, &s).n == 0);
	s.uploads.v[0].size++;
	only(&f, &s, RP_FIELD_ATTACHMENT, RP_PROBLEM_TOO_LARGE);
	s.uploads.v[0].size--;
	s.uploads.v[0].kind = RP_TEXT("");
	only(&f, &s, RP_FIELD_ATTACHMENT, RP_PROBLEM_BAD_FILE);
	s.uploads.v[0].kind = RP_TEXT("txt");
	for (int i = 0; i < RP_ATTACHMENTS_MAX; i++)
		rp_vec_push(f.w.a, &s.uploads, u);
	only(&f, &s, RP_FIELD_ATTACHMENT, RP_PROBLEM_TOO_MANY);
}

static void
many_words_need_a_summary(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_submission s;
	char *words;

	floor_open(&f);
	floor_fill(&f, &s, "Red", "One.");
	words = rp_new_n(f.w.a, char, RP_SUMMARY_FROM_WORDS * 2 + 3);
	for (size_t i = 0; i <= RP_SUMMARY_FROM_WORDS; i++)
		memcpy(words + 2 * i, "a ", 2);
	s.answers.v[0].body = (rp_text){ words, 2 * RP_SUMMARY_FROM_WORDS };
	RP_CHECK(problems_of(&f, &s).n == 0);
	s.answers.v[0].body.n += 2;
	only(&f, &s, RP_FIELD_SUMMARY, RP_PROBLEM_MISSING);
}

static void
a_privacy_notice_must_be_agreed_to(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_submission s;

	floor_open(&f);
	floor_fill(&f, &s, "Red", "One.");
	f.c.notice_id = 3;
	only(&f, &s, RP_FIELD_NOTICE, RP_PROBLEM_MISSING);
	s.agrees = true;
	RP_CHECK(problems_of(&f, &s).n == 0);
}

static void
nothing_is_stored_when_something_is_wrong(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_problems problems;
	struct rp_submission s;
	struct rp_receipt r = { 0 };

	floor_open(&f);
	floor_fill(&f, &s, "Red", "One.");
	s.country = RP_TEXT("XX");
	s.name = RP_TEXT("");
	RP_CHECK_FAILS(rp_response_submit(&f.w.nobody, f.w.tx, &f.c, &s,
			   &problems, &r),
	    RP_E_INVALID);
	RP_CHECK(problems.n == 2 && r.response_id == 0);
	/* In the order of the form. */
	RP_CHECK(problems.v[0].field == RP_FIELD_NAME);
	RP_CHECK(problems.v[1].field == RP_FIELD_COUNTRY);
	s.country = RP_TEXT("PE");
	s.name = RP_TEXT("Ana");
	RP_CHECK(floor_send(&f, &s).n == 1);
}

RP_CHECK_MAIN({ "each field says what is wrong",
		  each_field_says_what_is_wrong },
    { "answers are to questions once each",
	answers_are_to_questions_once_each },
    { "files are few small and known", files_are_few_small_and_known },
    { "many words need a summary", many_words_need_a_summary },
    { "a privacy notice must be agreed to",
	a_privacy_notice_must_be_agreed_to },
    { "nothing is stored when something is wrong",
	nothing_is_stored_when_something_is_wrong })
