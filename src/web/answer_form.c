#include "web/answer_form.h"

#include <string.h>

#include "base/err.h"
#include "render/prose.h"
#include "text/country.h"
#include "text/email.h"
#include "text/format.h"
#include "text/input.h"
#include "web/page.h"

struct reading {
	const struct rp_request *req;
	const struct rp_urlform *form;
	struct rp_problems *problems;
};

static void
problem(struct reading *r, enum rp_field field, int64_t position,
    enum rp_problem_kind kind, int64_t limit)
{
	struct rp_problem p = { .field = field,
		.position = position,
		.kind = kind,
		.limit = limit };

	rp_vec_push(r->req->arena, r->problems, p);
}

/* Octets that are no text, or far too many, are a problem beside the field. */
static rp_text
take(struct reading *r, const char *name, size_t max, enum rp_field field,
    int64_t position, bool lines)
{
	rp_text out = RP_TEXT("");
	struct rp_err *e = lines ?
			       rp_form_text(r->req, r->form, name, max, &out) :
			       rp_form_line(r->req, r->form, name, max, &out);

	if (e == NULL)
		return out;
	problem(r, field, position,
	    rp_err_code(e) == RP_E_LIMIT ? RP_PROBLEM_TOO_LONG :
					   RP_PROBLEM_NOT_TEXT,
	    (int64_t)max);
	rp_err_free(e);
	return RP_TEXT("");
}

static void
take_answers(struct reading *r, const struct rp_consultation *c,
    struct rp_submission *s)
{
	char name[16];

	for (size_t i = 0; i < c->questions.n; i++) {
		struct rp_answer_in in = { .position =
					       c->questions.v[i].position };

		snprintf(name, sizeof(name), "q%lld", (long long)in.position);
		in.body = take(r, name, RP_ANSWER_MAX, RP_FIELD_ANSWER,
		    in.position, true);
		rp_vec_push(r->req->arena, &s->answers, in);
	}
}

static void
take_files(struct reading *r, struct rp_submission *s)
{
	const struct rp_request *req = r->req;

	for (size_t i = 0; i < req->uploads.n; i++) {
		const struct rp_upload *u = &req->uploads.v[i];
		struct rp_upload_in in = { .upload_id = u->upload_id,
			.size = (int64_t)u->size,
			.name = u->name,
			.kind = u->kind };

		rp_vec_push(req->arena, &s->uploads, in);
	}
}

struct rp_err *
rp_answer_form_read(const struct rp_request *req, const struct rp_urlform *form,
    const struct rp_consultation *c, struct rp_submission *out,
    struct rp_problems *problems)
{
	struct reading r = { req, form, problems };
	struct rp_submission s = { .channel = RP_TEXT("web") };
	rp_text notice, present;

	take_answers(&r, c, &s);
	s.lang = take(&r, "lang", 64, RP_FIELD_LANG, 0, false);
	s.summary =
	    take(&r, "summary", RP_SUMMARY_MAX, RP_FIELD_SUMMARY, 0, true);
	take_files(&r, &s);
	s.capacity = take(&r, "capacity", 64, RP_FIELD_CAPACITY, 0, false);
	s.name = take(&r, "name", RP_PERSON_NAME_MAX, RP_FIELD_NAME, 0, false);
	s.organisation = take(&r, "organisation", RP_ORGANISATION_MAX,
	    RP_FIELD_ORGANISATION, 0, false);
	s.job_title = take(&r, "job_title", RP_JOB_TITLE_MAX,
	    RP_FIELD_JOB_TITLE, 0, false);
	s.signatories = take(&r, "signatories", RP_SIGNATORIES_MAX,
	    RP_FIELD_SIGNATORIES, 0, true);
	s.category = take(&r, "category", 64, RP_FIELD_CATEGORY, 0, false);
	s.country = take(&r, "country", 8, RP_FIELD_COUNTRY, 0, false);
	s.email =
	    take(&r, "email", RP_EMAIL_INPUT_MAX, RP_FIELD_EMAIL, 0, false);
	s.authorisation =
	    take(&r, "authorisation", 64, RP_FIELD_AUTHORISATION, 0, false);
	s.needs = take(&r, "needs", RP_NEEDS_MAX, RP_FIELD_NEEDS, 0, true);
	s.token = take(&r, "token", 128, RP_FIELD_FORM, 0, false);
	s.honeypot = take(&r, "website", 2048, RP_FIELD_FORM, 0, false);
	s.agrees = rp_form_has(form, "agreed");
	notice = take(&r, "notice", 20, RP_FIELD_NOTICE, 0, false);
	if (!rp_text_i64(notice, &s.notice_id))
		s.notice_id = 0;
	present = take(&r, "wishes_to_present", 20, RP_FIELD_FORM, 0, false);
	if (rp_text_eq(present, RP_TEXT("in_person")) ||
	    rp_text_eq(present, RP_TEXT("remotely")))
		s.present = present;
	*out = s;
	return NULL;
}

struct rp_submission
rp_answer_form_of(const struct rp_request *req, const struct rp_revision *r,
    const struct rp_consultation *c)
{
	struct rp_submission s = {
		.capacity = r->capacity,
		.name = r->name,
		.organisation = r->organisation,
		.job_title = r->job_title,
		.signatories = r->signatories,
		.category = r->category,
		.country = r->country,
		.email = r->email,
		.lang = r->lang,
		.summary = r->summary,
		.authorisation = r->authorisation,
		.needs = r->needs,
		.present = r->present,
		.agrees = r->notice_id == c->notice_id,
		.notice_id = c->notice_id,
		.channel = RP_TEXT("web"),
	};

	for (size_t i = 0; i < r->answers.n; i++) {
		struct rp_answer_in in = { .position = r->answers.v[i].position,
			.body = r->answers.v[i].body };

		rp_vec_push(req->arena, &s.answers, in);
	}
	for (size_t i = 0; i < r->attachments.n; i++)
		rp_vec_push(req->arena, &s.keep, r->attachments.v[i].id);
	return s;
}

static rp_text
too_long(const struct rp_request *req, const struct rp_submission *s,
    const struct rp_problem *p)
{
	int64_t over = 1;

	for (size_t i = 0; i < s->answers.n; i++)
		if (p->field == RP_FIELD_ANSWER &&
		    s->answers.v[i].position == p->position)
			over =
			    (int64_t)rp_text_code_points(s->answers.v[i].body) -
			    p->limit;
	if (p->field == RP_FIELD_SUMMARY)
		over = (int64_t)rp_text_code_points(s->summary) - p->limit;
	if (over < 1)
		over = 1;
	return rp_message(req->arena, &req->reader, M_answer_error_too_long,
	    (const struct rp_msg_arg[]){ RP_MSG_NUM(p->limit),
		RP_MSG_NUM(over) },
	    2);
}

static rp_text
bad_email(const struct rp_request *req, const struct rp_problem *p,
    const struct rp_submission *s)
{
	if (rp_text_find(s->email, '@', 0) == s->email.n)
		return rp_web_msg(req, M_answer_error_email_at);
	if (rp_text_starts(p->reason, RP_TEXT("domain")) ||
	    rp_text_starts(p->reason, RP_TEXT("label")))
		return rp_web_msg(req, M_answer_error_email_domain);
	return rp_web_msg(req, M_answer_error_email);
}

static rp_text
bad_file(const struct rp_request *req, const struct rp_problem *p,
    const struct rp_submission *s)
{
	rp_text name = RP_TEXT("");

	if (p->kind == RP_PROBLEM_TOO_MANY)
		return rp_message(req->arena, &req->reader,
		    M_answer_error_attachments_many,
		    (const struct rp_msg_arg[]){ RP_MSG_NUM(p->limit) }, 1);
	if (p->position > 0 && (size_t)p->position <= s->uploads.n)
		name = s->uploads.v[p->position - 1].name;
	if (p->kind == RP_PROBLEM_TOO_LARGE)
		return rp_message(req->arena, &req->reader,
		    M_answer_error_attachment_large,
		    (const struct rp_msg_arg[]){ RP_MSG_TEXT(name),
			RP_MSG_NUM(p->limit >> 20) },
		    2);
	return rp_message(req->arena, &req->reader,
	    M_answer_error_attachment_type,
	    (const struct rp_msg_arg[]){ RP_MSG_TEXT(name) }, 1);
}

rp_text
rp_answer_form_sentence(const struct rp_request *req,
    const struct rp_submission *s, const struct rp_problem *p)
{
	static const enum rp_msg missing[RP_FIELD_COUNT] = {
		[RP_FIELD_FORM] = M_answer_error_token,
		[RP_FIELD_CAPACITY] = M_answer_error_capacity,
		[RP_FIELD_NAME] = M_answer_error_name,
		[RP_FIELD_ORGANISATION] = M_answer_error_organisation,
		[RP_FIELD_CATEGORY] = M_answer_error_category,
		[RP_FIELD_COUNTRY] = M_answer_error_country,
		[RP_FIELD_EMAIL] = M_answer_error_email_missing,
		[RP_FIELD_LANG] = M_answer_error_language,
		[RP_FIELD_ANSWER] = M_answer_error_no_answer,
		[RP_FIELD_SUMMARY] = M_answer_error_summary,
		[RP_FIELD_AUTHORISATION] = M_answer_error_authorisation,
		[RP_FIELD_NOTICE] = M_answer_error_agreed,
	};

	switch (p->kind) {
	case RP_PROBLEM_TOO_LONG:
		return too_long(req, s, p);
	case RP_PROBLEM_NOT_TEXT:
		return rp_web_msg(req, M_answer_error_not_text);
	case RP_PROBLEM_NOT_AN_EMAIL:
		return bad_email(req, p, s);
	case RP_PROBLEM_TOO_MANY:
	case RP_PROBLEM_TOO_LARGE:
	case RP_PROBLEM_BAD_FILE:
		return bad_file(req, p, s);
	case RP_PROBLEM_MISSING:
	case RP_PROBLEM_NOT_A_CHOICE:
	case RP_PROBLEM_NO_ANSWER:
	case RP_PROBLEM_BAD_TOKEN:
	case RP_PROBLEM_NOT_OPEN:
	case RP_PROBLEM_CLOSED:
		break;
	}
	return rp_web_msg(req, missing[p->field]);
}

/* Where the sentence goes in the view, and the id that the summary links to. */
static rp_text *
slot(struct v_answer *v, const struct rp_problem *p, const char **id)
{
	const struct {
		rp_text *to;
		const char *id;
	} slots[RP_FIELD_COUNT] = {
		[RP_FIELD_CAPACITY] = { &v->capacity_error, "capacity" },
		[RP_FIELD_NAME] = { &v->name_error, "name" },
		[RP_FIELD_ORGANISATION] = { &v->organisation_error,
		    "organisation" },
		[RP_FIELD_JOB_TITLE] = { &v->job_title_error, "job_title" },
		[RP_FIELD_SIGNATORIES] = { &v->signatories_error,
		    "signatories" },
		[RP_FIELD_CATEGORY] = { &v->category_error, "category" },
		[RP_FIELD_COUNTRY] = { &v->country_error, "country" },
		[RP_FIELD_EMAIL] = { &v->email_error, "email" },
		[RP_FIELD_LANG] = { &v->language_error, "lang" },
		[RP_FIELD_SUMMARY] = { &v->summary_error, "summary" },
		[RP_FIELD_ATTACHMENT] = { &v->attachment_error, "attachment" },
		[RP_FIELD_AUTHORISATION] = { &v->authorisation_error,
		    "authorisation" },
		[RP_FIELD_NOTICE] = { &v->agreed_error, "agreed" },
		[RP_FIELD_NEEDS] = { &v->needs_error, "needs" },
	};

	*id = slots[p->field].id ? slots[p->field].id : "answer";
	if (p->field == RP_FIELD_ANSWER && p->position > 0 &&
	    (size_t)p->position <= v->questions.n)
		return &v->questions.v[p->position - 1].error;
	return slots[p->field].to;
}

static void
show_problems(const struct rp_request *req, const struct rp_submission *s,
    const struct rp_problems *problems, struct v_answer *v)
{
	for (size_t i = 0; i < problems->n; i++) {
		const struct rp_problem *p = &problems->v[i];
		struct v_error_summary_errors row;
		const char *id;
		rp_text *to = slot(v, p, &id);

		row.text = rp_answer_form_sentence(req, s, p);
		row.href =
		    p->field == RP_FIELD_ANSWER ?
			rp_urlf(req->arena, "#q%lld", (long long)p->position) :
			rp_urlf(req->arena, "#%s", id);
		if (to != NULL && to->n > 0)
			continue;
		if (to != NULL)
			*to = row.text;
		rp_vec_push(req->arena, &v->summary_of_errors.errors, row);
	}
}

static rp_text
typed_answer(const struct rp_submission *s, int64_t position)
{
	for (size_t i = 0; i < s->answers.n; i++)
		if (s->answers.v[i].position == position)
			return s->answers.v[i].body;
	return RP_TEXT("");
}

static void
show_questions(const struct rp_request *req, const struct rp_consultation *c,
    const struct rp_submission *s, struct v_answer *v)
{
	for (size_t i = 0; i < c->questions.n; i++) {
		const struct rp_question *q = &c->questions.v[i];
		struct v_answer_questions row = {
			.n = q->position,
			.text = rp_prose_question(req->arena, q->text.body,
			    q->help.body),
			.lang = q->text.lang,
			.value = typed_answer(s, q->position),
		};

		rp_vec_push(req->arena, &v->questions, row);
	}
}

static void
show_choices(const struct rp_request *req, const struct rp_submission *s,
    struct v_answer *v)
{
	size_t n;
	const struct rp_country *const *countries =
	    rp_countries_sorted(req->who->env->countries, req->reader.lang, &n);

	for (const rp_text *c = rp_categories; c->p != NULL; c++) {
		struct v_answer_categories row = { .value = *c,
			.label = rp_msg_category(*c),
			.selected = rp_text_eq(*c, s->category) };

		rp_vec_push(req->arena, &v->categories, row);
	}
	for (size_t i = 0; i < n; i++) {
		struct v_answer_countries row = {
			.value = countries[i]->code,
			.name = rp_web_country(req, countries[i]->code),
			.selected = rp_text_eq(countries[i]->code, s->country),
		};

		rp_vec_push(req->arena, &v->countries, row);
	}
}

/* The six first, then the others; what was typed is always among them. */
static void
show_languages(const struct rp_request *req, rp_text chosen, struct v_answer *v)
{
	bool seen = chosen.n == 0;

	for (const rp_text *t = rp_lang_common; t->p != NULL; t++) {
		struct v_answer_languages row = {
			.value = *t,
			.name = rp_locale_language(req->reader.locale,
			    req->arena, *t),
			.selected = rp_text_eq(*t, chosen),
		};

		seen |= row.selected;
		rp_vec_push(req->arena, &v->languages, row);
	}
	if (!seen) {
		struct v_answer_languages row = { .value = chosen,
			.name = rp_locale_language(req->reader.locale,
			    req->arena, chosen),
			.selected = true };

		rp_vec_push(req->arena, &v->languages, row);
	}
}

static void
show_person(const struct rp_submission *s, struct v_answer *v)
{
	v->is_organisation = rp_text_eq(s->capacity, RP_TEXT("organisation"));
	v->is_individual = rp_text_eq(s->capacity, RP_TEXT("individual"));
	v->name = s->name;
	v->organisation = s->organisation;
	v->job_title = s->job_title;
	v->signatories = s->signatories;
	v->email = s->email;
	v->summary = s->summary;
	v->needs = s->needs;
	v->is_full = rp_text_eq(s->authorisation, RP_TEXT("full"));
	v->is_without_name =
	    rp_text_eq(s->authorisation, RP_TEXT("without_name"));
	v->is_aggregate = rp_text_eq(s->authorisation, RP_TEXT("aggregate"));
	v->agreed = s->agrees;
	v->present_in_person = rp_text_eq(s->present, RP_TEXT("in_person"));
	v->present_remotely = rp_text_eq(s->present, RP_TEXT("remotely"));
	v->present_no = !v->present_in_person && !v->present_remotely;
	v->token = s->token;
}

struct rp_err *
rp_answer_form_view(const struct rp_request *req,
    const struct rp_consultation *c, const struct rp_submission *s,
    const struct rp_problems *problems, struct v_answer *v)
{
	v->consultation_title = c->title.body;
	v->consultation_lang = c->title.lang;
	v->consultation_url = rp_web_consultation_url(req, c, "");
	v->deadline = rp_web_deadline(req, c->zone, c->deadline_at, false);
	v->is_late = c->state == RP_CONSULTATION_CLOSED;
	v->notice = c->notice_id;
	v->privacy_version = c->notice_version;
	v->privacy_url = rp_urlf(req->arena, "/%s/%s/privacy",
	    rp_lang_tag(req->reader.lang).p, c->group.slug.p);
	v->answer_max = RP_ANSWER_CHARS_MAX;
	v->attachment_max = RP_ATTACHMENTS_MAX;
	v->attachment_max_mib = RP_ATTACHMENT_SIZE_MAX >> 20;
	v->has_meeting = c->meeting_at > req->now;
	show_questions(req, c, s, v);
	show_choices(req, s, v);
	show_languages(req, s->lang.n ? s->lang : rp_lang_tag(req->reader.lang),
	    v);
	show_person(s, v);
	show_problems(req, s, problems, v);
	return NULL;
}
