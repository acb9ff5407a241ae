/* desk_sessions_pages - sessions of a physical consultation, at the desk. */
#include "base/err.h"
#include "domain/hearing.h"
#include "domain/meeting.h"
#include "domain/response.h"
#include "render/prose.h"
#include "render/t_desk_sessions.h"
#include "text/zone.h"
#include "web/desk.h"
#include "web/meeting.h"
#include "web/staff.h"

#define WORD_MAX 80
#define EXCERPT 300 /* octets of a text in the list */

struct page {
	struct rp_consultation c;
	struct rp_hearings all;
	struct rp_wishes wishes;
	/* What was typed. */
	struct rp_hearing h;
	struct rp_slot slot;
	struct rp_spoken text;
	rp_text minutes, at;
	enum rp_hearing_problem bad_session, bad_slot, bad_text;
	bool bad_at;
};

static rp_url
page_url(const struct rp_request *req, const struct page *p)
{
	return rp_desk_url(req, "consultations/%lld/sessions",
	    (long long)p->c.id);
}

static struct rp_err *
load(const struct rp_request *req, struct page *p)
{
	rp_text lang = rp_lang_tag(req->reader.lang);

	*p = (struct page){ .h = { .mode = RP_TEXT("hybrid") },
		.slot = { .minutes = 10, .speaker_class = rp_categories[0] },
		.text = { .kind = RP_TEXT("presentation"),
		    .speaker_class = rp_categories[0],
		    .lang = lang },
		.minutes = RP_TEXT("10") };
	RP_TRY(rp_consultation_get_by_id(req->who, req->tx, req->params.n, lang,
	    &p->c));
	p->h.zone = p->slot.zone = p->c.zone;
	/* Refuses whoever may not run them. */
	RP_TRY(rp_wish_list(req->who, req->tx, &p->c, &p->wishes));
	return rp_hearing_list(req->who, req->tx, &p->c, &p->all);
}

/* Choices. */

static void
push(const struct rp_request *req, struct rp_choices *to, rp_text value,
    rp_text name, bool selected)
{
	struct rp_choice one = { value, name, selected };

	rp_vec_push(req->arena, to, one);
}

static rp_text
session_name(const struct rp_request *req, const struct rp_hearing *h)
{
	const struct rp_msg_arg n[] = { RP_MSG_NUM(h->number) };

	return rp_textf(req->arena, "%.*s: %.*s",
	    RP_FMT(
		rp_message(req->arena, &req->reader, M_sessions_session, n, 1)),
	    RP_FMT(h->place));
}

static struct rp_choices
sessions(const struct rp_request *req, const struct page *p, int64_t chosen)
{
	struct rp_choices out = { 0 };

	for (size_t i = 0; i < p->all.n; i++)
		push(req, &out, rp_desk_digits(req, p->all.v[i].id),
		    session_name(req, &p->all.v[i]), p->all.v[i].id == chosen);
	return out;
}

static struct rp_choices
questions(const struct rp_request *req, const struct page *p, int64_t chosen)
{
	struct rp_choices out = { 0 };

	push(req, &out, RP_TEXT("0"), rp_web_msg(req, M_sessions_all_questions),
	    chosen == 0);
	for (size_t i = 0; i < p->c.questions.n; i++) {
		const struct rp_question *q = &p->c.questions.v[i];
		const struct rp_msg_arg n[] = { RP_MSG_NUM(q->position) };

		push(req, &out, rp_desk_digits(req, q->id),
		    rp_message(req->arena, &req->reader, M_response_question, n,
			1),
		    q->id == chosen);
	}
	return out;
}

static struct rp_choices
categories(const struct rp_request *req, rp_text chosen)
{
	struct rp_choices out = { 0 };

	for (const rp_text *c = rp_categories; c->p != NULL; c++)
		push(req, &out, *c, rp_web_msg(req, rp_msg_category(*c)),
		    rp_text_eq(*c, chosen));
	return out;
}

static struct rp_choices
modes(const struct rp_request *req, rp_text chosen)
{
	struct rp_choices out = { 0 };

	for (const rp_text *m = rp_meeting_modes; m->n > 0; m++)
		push(req, &out, *m, rp_web_msg(req, rp_msg_meeting_mode(*m)),
		    rp_text_eq(*m, chosen));
	return out;
}

static struct rp_choices
responses(const struct rp_request *req, const struct page *p)
{
	struct rp_choices out = { 0 };

	push(req, &out, RP_TEXT("0"), rp_web_msg(req, M_sessions_no_wish),
	    p->slot.response_id == 0);
	for (size_t i = 0; i < p->wishes.n; i++) {
		const struct rp_wish *w = &p->wishes.v[i];
		const struct rp_msg_arg n[] = { RP_MSG_NUM(w->number) };
		rp_text name = rp_message(req->arena, &req->reader,
		    M_sessions_response, n, 1);

		if (w->name.n > 0)
			name = rp_textf(req->arena, "%.*s: %.*s", RP_FMT(name),
			    RP_FMT(w->name));
		push(req, &out, rp_desk_digits(req, w->response_id), name,
		    w->response_id == p->slot.response_id);
	}
	return out;
}

/* Showing. */

static void
add_texts(const struct rp_request *req, const struct rp_hearing *h,
    struct v_desk_sessions_sessions *to)
{
	for (size_t i = 0; i < h->texts.n; i++) {
		const struct rp_spoken *s = &h->texts.v[i];
		struct v_desk_sessions_sessions_texts row = { .id = s->id,
			.kind = rp_text_eq(s->kind, RP_TEXT("presentation")) ?
				    M_sessions_presentation :
				    M_sessions_intervention,
			.name = s->name,
			.category = rp_msg_category(s->speaker_class),
			.words = rp_prose_excerpt(req->arena, s->body, EXCERPT),
			.lang = s->lang,
			.is_published = s->is_published };

		rp_vec_push(req->arena, &to->texts, row);
	}
}

static void
add_sessions(const struct rp_request *req, const struct page *p,
    struct v_desk_sessions *v)
{
	for (size_t i = 0; i < p->all.n; i++) {
		const struct rp_hearing *h = &p->all.v[i];
		struct v_desk_sessions_sessions row = { .number = h->number,
			.place = h->place,
			.time = rp_web_time(req, h->zone, h->opens_at),
			.captions_url = rp_web_consultation_url(req, &p->c,
			    rp_textf(req->arena, "sessions/%lld/captions",
				(long long)h->id)
				.p) };

		for (size_t k = 0; k < h->slots.n; k++) {
			const struct rp_slot *s = &h->slots.v[k];
			struct v_desk_sessions_sessions_slots one = { .id =
									  s->id,
				.time = rp_web_time(req, h->zone, s->begins_at),
				.name = s->name,
				.category = rp_msg_category(s->speaker_class),
				.minutes = s->minutes };

			rp_vec_push(req->arena, &row.slots, one);
		}
		add_texts(req, h, &row);
		rp_vec_push(req->arena, &v->sessions, row);
	}
}

static rp_text
number_error(const struct rp_request *req, enum rp_msg id, int64_t most)
{
	const struct rp_msg_arg args[] = { RP_MSG_NUM(most) };

	return rp_message(req->arena, &req->reader, id, args, 1);
}

static void
show_session_problem(const struct rp_request *req, const struct page *p,
    struct v_desk_sessions *v)
{
	switch (p->bad_session) {
	case RP_HEARING_FINE:
		break;
	case RP_HEARING_BAD_CLOSES:
		rp_web_problem_text(req, &v->errors, "closes",
		    rp_web_msg(req, M_desk_meetings_error_closes),
		    &v->closes_error);
		break;
	case RP_HEARING_BAD_PLACE:
		rp_web_problem_text(req, &v->errors, "place",
		    rp_web_msg(req, M_desk_meetings_error_place),
		    &v->place_error);
		break;
	default:
		rp_web_problem_text(req, &v->errors, "opens",
		    rp_web_msg(req, M_desk_meetings_error_time),
		    &v->opens_error);
		break;
	}
}

static void
show_problems(const struct rp_request *req, const struct page *p,
    struct v_desk_sessions *v)
{
	show_session_problem(req, p, v);
	if (p->bad_slot == RP_HEARING_BAD_NAME)
		rp_web_problem_text(req, &v->errors, "slot-name",
		    number_error(req, M_registration_error_name,
			RP_HEARING_NAME_MAX),
		    &v->slot_name_error);
	else if (p->bad_slot != RP_HEARING_FINE)
		rp_web_problem_text(req, &v->errors, "minutes",
		    number_error(req, M_sessions_error_minutes,
			RP_SLOT_MINUTES_MAX),
		    &v->minutes_error);
	if (p->bad_text != RP_HEARING_FINE)
		rp_web_problem_text(req, &v->errors, "body",
		    number_error(req, M_minutes_error_words,
			RP_SPOKEN_BODY_MAX),
		    &v->body_error);
	if (p->bad_at)
		rp_web_problem_text(req, &v->errors, "at",
		    rp_web_msg(req, M_desk_meetings_error_time), &v->at_error);
}

static void
add_choices(const struct rp_request *req, const struct page *p,
    struct v_desk_sessions *v)
{
	RP_COPY_CHOICES(req, &v->zones, rp_web_zone_choices(req, p->h.zone));
	RP_COPY_CHOICES(req, &v->slot_zones,
	    rp_web_zone_choices(req, p->slot.zone));
	RP_COPY_CHOICES(req, &v->modes, modes(req, p->h.mode));
	RP_COPY_CHOICES(req, &v->session_choices,
	    sessions(req, p, p->slot.session_id));
	RP_COPY_CHOICES(req, &v->text_sessions,
	    sessions(req, p, p->text.session_id));
	RP_COPY_CHOICES(req, &v->questions,
	    questions(req, p, p->slot.question_id));
	RP_COPY_CHOICES(req, &v->text_questions,
	    questions(req, p, p->text.question_id));
	RP_COPY_CHOICES(req, &v->categories,
	    categories(req, p->slot.speaker_class));
	RP_COPY_CHOICES(req, &v->text_categories,
	    categories(req, p->text.speaker_class));
	RP_COPY_CHOICES(req, &v->responses, responses(req, p));
	RP_COPY_CHOICES(req, &v->languages,
	    rp_web_language_choices(req, p->text.lang));
}

static struct rp_err *
show(const struct rp_request *req, const struct page *p,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "stored", M_sessions_done },
		{ NULL, M_none },
	};
	bool presents = rp_text_eq(p->text.kind, RP_TEXT("presentation"));
	struct v_desk_sessions v = { .token = req->csrf,
		.consultation_url =
		    rp_desk_url(req, "consultations/%lld", (long long)p->c.id),
		.title = p->c.title.body,
		.title_lang = p->c.title.lang,
		.public_url = rp_web_consultation_url(req, &p->c, "sessions"),
		.action = page_url(req, p),
		.done = rp_desk_word(req, done),
		.opens = p->h.opens_local,
		.closes = p->h.closes_local,
		.place = p->h.place,
		.has_sessions = p->all.n > 0,
		.slot_name = p->slot.name,
		.minutes = p->minutes,
		.slot_remote = p->slot.is_remote,
		.is_presentation = presents,
		.is_intervention = !presents,
		.text_name = p->text.name,
		.body = p->text.body,
		.at = p->at };
	rp_html content;

	add_sessions(req, p, &v);
	add_choices(req, p, &v);
	show_problems(req, p, &v);
	RP_TRY(rp_web_render(req, desk_sessions, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_consultation_meeting),
	    content, out);
}

struct rp_err *
rp_web_desk_sessions(const struct rp_request *req, struct rp_response *out)
{
	struct page p;

	RP_TRY(load(req, &p));
	return show(req, &p, out);
}

/* What is sent. */

static struct rp_err *
add_session(const struct rp_request *req, struct page *p)
{
	const struct rp_urlform *form = &req->form;
	struct rp_hearing *h = &p->h;
	int64_t id;

	RP_TRY(rp_form_line(req, form, "zone", RP_ZONE_ID_MAX, &h->zone));
	RP_TRY(rp_form_line(req, form, "opens", WORD_MAX, &h->opens_local));
	RP_TRY(rp_form_line(req, form, "closes", WORD_MAX, &h->closes_local));
	RP_TRY(rp_form_line(req, form, "place", RP_WORDING_MAX, &h->place));
	RP_TRY(rp_form_line(req, form, "mode", WORD_MAX, &h->mode));
	p->bad_session = rp_hearing_check(req->who, h);
	return p->bad_session != RP_HEARING_FINE ?
		   NULL :
		   rp_hearing_add(req->who, req->tx, &p->c, h, &id);
}

static struct rp_err *
add_slot(const struct rp_request *req, struct page *p)
{
	const struct rp_urlform *form = &req->form;
	struct rp_slot *s = &p->slot;
	rp_text remote;
	int64_t id;

	RP_TRY(rp_form_line(req, form, "zone", RP_ZONE_ID_MAX, &s->zone));
	RP_TRY(rp_form_line(req, form, "name", RP_WORDING_MAX, &s->name));
	RP_TRY(
	    rp_form_line(req, form, "category", WORD_MAX, &s->speaker_class));
	RP_TRY(rp_form_line(req, form, "minutes", WORD_MAX, &p->minutes));
	RP_TRY(rp_form_line(req, form, "remote", WORD_MAX, &remote));
	s->session_id = rp_desk_number(req, form, "session");
	s->question_id = rp_desk_number(req, form, "question");
	s->response_id = rp_desk_number(req, form, "response");
	s->minutes = rp_desk_whole(p->minutes);
	s->is_remote = remote.n > 0;
	p->bad_slot = rp_slot_check(req->who, s);
	if (p->bad_slot == RP_HEARING_BAD_ZONE ||
	    p->bad_slot == RP_HEARING_BAD_CLASS)
		return rp_fail(RP_E_INVALID, "not of the form");
	return p->bad_slot != RP_HEARING_FINE ?
		   NULL :
		   rp_slot_add(req->who, req->tx, &p->c, s, &id);
}

/* The instant of a time in the zone of the session that was chosen. */
static void
read_at(const struct rp_request *req, struct page *p)
{
	for (size_t i = 0; i < p->all.n && p->at.n > 0; i++) {
		struct rp_err *e;

		if (p->all.v[i].id != p->text.session_id)
			continue;
		e = rp_zone_resolve(req->who->env->zones, p->at,
		    p->all.v[i].zone, &p->text.at);
		p->bad_at = e != NULL;
		rp_err_free(e);
	}
}

static struct rp_err *
add_text(const struct rp_request *req, struct page *p)
{
	const struct rp_urlform *form = &req->form;
	struct rp_spoken *s = &p->text;
	int64_t id;

	RP_TRY(rp_form_line(req, form, "kind", WORD_MAX, &s->kind));
	RP_TRY(rp_form_line(req, form, "name", RP_HEARING_NAME_MAX, &s->name));
	RP_TRY(
	    rp_form_line(req, form, "category", WORD_MAX, &s->speaker_class));
	RP_TRY(rp_form_line(req, form, "lang", WORD_MAX, &s->lang));
	RP_TRY(rp_form_line(req, form, "at", WORD_MAX, &p->at));
	RP_TRY(
	    rp_form_text(req, form, "body", 2 * RP_SPOKEN_BODY_MAX, &s->body));
	s->session_id = rp_desk_number(req, form, "session");
	s->question_id = rp_desk_number(req, form, "question");
	read_at(req, p);
	p->bad_text = rp_spoken_check(s);
	if (p->bad_text != RP_HEARING_FINE &&
	    p->bad_text != RP_HEARING_BAD_BODY)
		return rp_fail(RP_E_INVALID, "not of the form");
	return p->bad_text != RP_HEARING_FINE || p->bad_at ?
		   NULL :
		   rp_spoken_add(req->who, req->tx, &p->c, s, &id);
}

/* The buttons whose value is what they are about. */
static struct rp_err *
press(const struct rp_request *req, const struct page *p, bool *out_did)
{
	const struct rp_urlform *form = &req->form;

	*out_did = true;
	if (rp_form_has(form, "remove_slot"))
		return rp_slot_remove(req->who, req->tx, &p->c,
		    rp_desk_number(req, form, "remove_slot"));
	if (rp_form_has(form, "publish"))
		return rp_spoken_publish(req->who, req->tx, &p->c,
		    rp_desk_number(req, form, "publish"), true);
	if (rp_form_has(form, "hide"))
		return rp_spoken_publish(req->who, req->tx, &p->c,
		    rp_desk_number(req, form, "hide"), false);
	if (rp_form_has(form, "remove_text"))
		return rp_spoken_remove(req->who, req->tx, &p->c,
		    rp_desk_number(req, form, "remove_text"));
	*out_did = false;
	return NULL;
}

struct rp_err *
rp_web_desk_sessions_post(const struct rp_request *req, struct rp_response *out)
{
	struct page p;
	bool did;

	RP_TRY(load(req, &p));
	RP_TRY(press(req, &p, &did));
	if (!did && rp_desk_button(req, "add_slot"))
		RP_TRY(add_slot(req, &p));
	else if (!did && rp_desk_button(req, "add_text"))
		RP_TRY(add_text(req, &p));
	else if (!did)
		RP_TRY(add_session(req, &p));
	if (p.bad_session == RP_HEARING_FINE && p.bad_slot == RP_HEARING_FINE &&
	    p.bad_text == RP_HEARING_FINE && !p.bad_at)
		return rp_desk_done(out, req, page_url(req, &p), "stored");
	out->status = 400;
	return show(req, &p, out);
}
