#include "base/err.h"
#include "domain/entering.h"
#include "domain/response.h"
#include "text/country.h"
#include "text/email.h"
#include "text/input.h"
#include "text/lang.h"
#include "text/words.h"

const rp_text rp_capacities[] = { RP_TEXT_INIT("organisation"),
	RP_TEXT_INIT("individual"), { NULL, 0 } };

const rp_text rp_categories[] = { RP_TEXT_INIT("government"),
	RP_TEXT_INIT("private_sector"), RP_TEXT_INIT("civil_society"),
	RP_TEXT_INIT("technical_community"), RP_TEXT_INIT("academia"),
	RP_TEXT_INIT("international_organisation"), RP_TEXT_INIT("individual"),
	{ NULL, 0 } };

const rp_text rp_authorisations[] = { RP_TEXT_INIT("full"),
	RP_TEXT_INIT("without_name"), RP_TEXT_INIT("aggregate"), { NULL, 0 } };

const struct rp_submission_text rp_submission_texts[] = {
#define ONE(name, max, field, lines)                                           \
	{                                                                      \
#name, offsetof(struct rp_submission, name), max, field, lines \
	}
	ONE(capacity, 64, RP_FIELD_CAPACITY, false),
	ONE(name, RP_PERSON_NAME_MAX, RP_FIELD_NAME, false),
	ONE(organisation, RP_ORGANISATION_MAX, RP_FIELD_ORGANISATION, false),
	ONE(job_title, RP_JOB_TITLE_MAX, RP_FIELD_JOB_TITLE, false),
	ONE(signatories, RP_SIGNATORIES_MAX, RP_FIELD_SIGNATORIES, true),
	ONE(category, 64, RP_FIELD_CATEGORY, false),
	ONE(country, 8, RP_FIELD_COUNTRY, false),
	ONE(email, RP_EMAIL_INPUT_MAX, RP_FIELD_EMAIL, false),
	ONE(lang, 64, RP_FIELD_LANG, false),
	ONE(summary, RP_SUMMARY_MAX, RP_FIELD_SUMMARY, true),
	ONE(authorisation, 64, RP_FIELD_AUTHORISATION, false),
	ONE(needs, RP_NEEDS_MAX, RP_FIELD_NEEDS, true),
#undef ONE
	{ 0 },
};

const struct rp_submission_text *
rp_submission_text_find(rp_text name)
{
	const struct rp_submission_text *t = rp_submission_texts;

	for (; t->name != NULL; t++)
		if (rp_text_eq(name, rp_text_z(t->name)))
			return t;
	return NULL;
}

rp_text *
rp_submission_text_of(struct rp_submission *s,
    const struct rp_submission_text *t)
{
	return (rp_text *)((char *)s + t->offset);
}

void
rp_submission_init(struct rp_submission *s)
{
	*s = (struct rp_submission){ .token = RP_TEXT(""),
		.present = RP_TEXT(""),
		.honeypot = RP_TEXT(""),
		.channel = RP_TEXT("") };
	for (const struct rp_submission_text *t = rp_submission_texts;
	     t->name != NULL; t++)
		*rp_submission_text_of(s, t) = RP_TEXT("");
}

rp_text
rp_field_name(enum rp_field field)
{
	static const char *const names[RP_FIELD_COUNT] = {
		[RP_FIELD_FORM] = "form",
		[RP_FIELD_CAPACITY] = "capacity",
		[RP_FIELD_NAME] = "name",
		[RP_FIELD_ORGANISATION] = "organisation",
		[RP_FIELD_JOB_TITLE] = "job_title",
		[RP_FIELD_SIGNATORIES] = "signatories",
		[RP_FIELD_CATEGORY] = "category",
		[RP_FIELD_COUNTRY] = "country",
		[RP_FIELD_EMAIL] = "email",
		[RP_FIELD_LANG] = "lang",
		[RP_FIELD_ANSWER] = "answer",
		[RP_FIELD_SUMMARY] = "summary",
		[RP_FIELD_ATTACHMENT] = "attachment",
		[RP_FIELD_AUTHORISATION] = "authorisation",
		[RP_FIELD_NOTICE] = "notice",
		[RP_FIELD_NEEDS] = "needs",
	};

	return rp_text_z(names[field]);
}

rp_text
rp_problem_name(enum rp_problem_kind kind)
{
	static const char *const names[] = {
		[RP_PROBLEM_MISSING] = "missing",
		[RP_PROBLEM_TOO_LONG] = "too_long",
		[RP_PROBLEM_NOT_A_CHOICE] = "not_a_choice",
		[RP_PROBLEM_NOT_TEXT] = "not_text",
		[RP_PROBLEM_NOT_AN_EMAIL] = "not_an_email",
		[RP_PROBLEM_NO_ANSWER] = "no_answer",
		[RP_PROBLEM_TOO_MANY] = "too_many",
		[RP_PROBLEM_TOO_LARGE] = "too_large",
		[RP_PROBLEM_BAD_FILE] = "bad_file",
		[RP_PROBLEM_BAD_TOKEN] = "bad_token",
		[RP_PROBLEM_NOT_OPEN] = "not_open",
		[RP_PROBLEM_CLOSED] = "closed",
	};

	return rp_text_z(names[kind]);
}

struct check {
	struct rp_arena *a;
	const struct rp_actor *who;
	const struct rp_consultation *c;
	const struct rp_submission *s;
	struct rp_problems *out;
};

static void
wrong(struct check *k, enum rp_field field, enum rp_problem_kind kind,
    int64_t limit)
{
	struct rp_problem p = { .field = field, .kind = kind, .limit = limit };

	rp_vec_push(k->a, k->out, p);
}

static void
wrong_at(struct check *k, enum rp_field field, int64_t position,
    enum rp_problem_kind kind, int64_t limit)
{
	struct rp_problem p = { .field = field,
		.position = position,
		.kind = kind,
		.limit = limit };

	rp_vec_push(k->a, k->out, p);
}

static bool
among(rp_text value, const rp_text *choices)
{
	for (; choices->p != NULL; choices++)
		if (rp_text_eq(value, *choices))
			return true;
	return false;
}

static void
choice(struct check *k, enum rp_field field, rp_text value,
    const rp_text *choices)
{
	if (value.n == 0)
		wrong(k, field, RP_PROBLEM_MISSING, 0);
	else if (!among(value, choices))
		wrong(k, field, RP_PROBLEM_NOT_A_CHOICE, 0);
}

static void
line(struct check *k, enum rp_field field, rp_text value, size_t max,
    bool needed)
{
	if (needed && rp_text_blank(value))
		wrong(k, field, RP_PROBLEM_MISSING, 0);
	else if (value.n > max)
		wrong(k, field, RP_PROBLEM_TOO_LONG, (int64_t)max);
}

/* Each question has one answer. */
static bool
answered_before(const struct rp_answers_in *all, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (all->v[j].position == all->v[i].position)
			return true;
	return false;
}

static void
answers(struct check *k)
{
	size_t given = 0;

	for (size_t i = 0; i < k->s->answers.n; i++) {
		const struct rp_answer_in *in = &k->s->answers.v[i];

		if (in->position < 1 ||
		    (size_t)in->position > k->c->questions.n ||
		    answered_before(&k->s->answers, i))
			wrong_at(k, RP_FIELD_ANSWER, in->position,
			    RP_PROBLEM_NOT_A_CHOICE, 0);
		else if (in->body.n > RP_ANSWER_CHARS_MAX &&
			 rp_text_code_points(in->body) > RP_ANSWER_CHARS_MAX)
			wrong_at(k, RP_FIELD_ANSWER, in->position,
			    RP_PROBLEM_TOO_LONG, RP_ANSWER_CHARS_MAX);
		given += !rp_text_blank(in->body);
	}
	if (given == 0)
		wrong_at(k, RP_FIELD_ANSWER, 1, RP_PROBLEM_NO_ANSWER, 0);
}

static void
country(struct check *k)
{
	rp_text c = k->s->country;

	if (c.n == 0)
		wrong(k, RP_FIELD_COUNTRY, RP_PROBLEM_MISSING, 0);
	else if (rp_country_find(c) == NULL)
		wrong(k, RP_FIELD_COUNTRY, RP_PROBLEM_NOT_A_CHOICE, 0);
}

static void
email(struct check *k)
{
	struct rp_problem p = { .field = RP_FIELD_EMAIL,
		.kind = RP_PROBLEM_NOT_AN_EMAIL };
	enum rp_address_reason reason;
	struct rp_email e;

	/* A letter or a speech need not have one, nor an older collection. */
	if (k->s->email.n == 0 &&
	    (rp_text_eq(k->s->channel, RP_TEXT("paper")) ||
		rp_text_eq(k->s->channel, RP_TEXT("spoken")) ||
		rp_text_eq(k->s->channel, RP_TEXT("import"))))
		return;
	if (k->s->email.n == 0) {
		wrong(k, RP_FIELD_EMAIL, RP_PROBLEM_MISSING, 0);
		return;
	}
	reason = rp_email_check(k->a, k->who->env->names, k->s->email, &e);
	if (reason == RP_ADDRESS_OK)
		return;
	p.reason = rp_address_reason_id(reason);
	rp_vec_push(k->a, k->out, p);
}

static void
language(struct check *k)
{
	struct rp_err *e;
	rp_text tag;

	if (k->s->lang.n == 0) {
		wrong(k, RP_FIELD_LANG, RP_PROBLEM_MISSING, 0);
		return;
	}
	e = rp_lang_tag_parse(k->a, k->s->lang, &tag);
	if (e != NULL)
		wrong(k, RP_FIELD_LANG, RP_PROBLEM_NOT_A_CHOICE, 0);
	rp_err_free(e);
}

static void
summary(struct check *k)
{
	int64_t words = 0;
	size_t octets = 0;

	if (rp_text_code_points(k->s->summary) > RP_SUMMARY_CHARS_MAX) {
		wrong(k, RP_FIELD_SUMMARY, RP_PROBLEM_TOO_LONG,
		    RP_SUMMARY_CHARS_MAX);
		return;
	}
	if (!rp_text_blank(k->s->summary) ||
	    rp_channel_is_entered(k->s->channel) ||
	    rp_text_eq(k->s->channel, RP_TEXT("import")))
		return;
	for (size_t i = 0; i < k->s->answers.n; i++)
		octets += k->s->answers.v[i].body.n;
	/* A word takes two octets at least: most texts need no counting. */
	for (size_t i = 0;
	     octets > 2 * RP_SUMMARY_FROM_WORDS && i < k->s->answers.n; i++)
		words +=
		    rp_words_count(k->who->env->words, k->s->answers.v[i].body);
	if (k->s->uploads.n + k->s->keep.n > 0 || words > RP_SUMMARY_FROM_WORDS)
		wrong(k, RP_FIELD_SUMMARY, RP_PROBLEM_MISSING, 0);
}

static void
files(struct check *k)
{
	size_t n = k->s->uploads.n + k->s->keep.n;

	if (n > RP_ATTACHMENTS_MAX)
		wrong(k, RP_FIELD_ATTACHMENT, RP_PROBLEM_TOO_MANY,
		    RP_ATTACHMENTS_MAX);
	for (size_t i = 0; i < k->s->uploads.n; i++) {
		const struct rp_upload_in *u = &k->s->uploads.v[i];

		if (u->size > RP_ATTACHMENT_SIZE_MAX)
			wrong_at(k, RP_FIELD_ATTACHMENT, (int64_t)i + 1,
			    RP_PROBLEM_TOO_LARGE, RP_ATTACHMENT_SIZE_MAX);
		else if (u->kind.n == 0)
			wrong_at(k, RP_FIELD_ATTACHMENT, (int64_t)i + 1,
			    RP_PROBLEM_BAD_FILE, 0);
	}
}

bool
rp_submission_is_late(const struct rp_consultation *c,
    const struct rp_submission *s)
{
	return s->late && c->state == RP_CONSULTATION_CLOSED;
}

static void
window(struct check *k)
{
	if (rp_text_eq(k->s->channel, RP_TEXT("import")))
		return;
	if (k->c->state < RP_CONSULTATION_OPEN)
		wrong(k, RP_FIELD_FORM, RP_PROBLEM_NOT_OPEN, 0);
	/* The meeting where it was said may be after the deadline. */
	else if (k->c->state > RP_CONSULTATION_OPEN &&
		 !rp_text_eq(k->s->channel, RP_TEXT("spoken")) &&
		 !rp_submission_is_late(k->c, k->s))
		wrong(k, RP_FIELD_FORM, RP_PROBLEM_CLOSED, 0);
}

struct rp_err *
rp_submission_check(const struct rp_actor *who, struct rp_arena *a,
    const struct rp_consultation *c, const struct rp_submission *s,
    struct rp_problems *problems)
{
	struct check k = { a, who, c, s, problems };
	bool organisation = rp_text_eq(s->capacity, RP_TEXT("organisation"));

	RP_TRY(rp_actor_needs(who, RP_MAY_ANSWER, rp_consultation_place(c)));
	window(&k);
	answers(&k);
	language(&k);
	summary(&k);
	files(&k);
	choice(&k, RP_FIELD_CAPACITY, s->capacity, rp_capacities);
	line(&k, RP_FIELD_NAME, s->name, RP_PERSON_NAME_MAX, true);
	line(&k, RP_FIELD_ORGANISATION, s->organisation, RP_ORGANISATION_MAX,
	    organisation);
	line(&k, RP_FIELD_JOB_TITLE, s->job_title, RP_JOB_TITLE_MAX, false);
	choice(&k, RP_FIELD_CATEGORY, s->category, rp_categories);
	country(&k);
	email(&k);
	line(&k, RP_FIELD_SIGNATORIES, s->signatories, RP_SIGNATORIES_MAX,
	    false);
	choice(&k, RP_FIELD_AUTHORISATION, s->authorisation, rp_authorisations);
	if (c->notice_id != 0 && !s->agrees)
		wrong(&k, RP_FIELD_NOTICE, RP_PROBLEM_MISSING, 0);
	line(&k, RP_FIELD_NEEDS, s->needs, RP_NEEDS_MAX, false);
	if (problems->n > 0)
		return rp_fail(RP_E_INVALID, "%zu fields are wrong",
		    problems->n);
	return NULL;
}
