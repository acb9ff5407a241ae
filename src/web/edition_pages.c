/* edition_pages - editions of the report on activities, for members: what is
 * said of one, and what was done with what was said of the one before. */
#include "base/err.h"
#include "render/t_edition.h"
#include "render/t_editions.h"
#include "text/input.h"
#include "web/action.h"
#include "web/activity.h"
#include "web/desk.h"
#include "web/edition.h"
#include "web/registry.h"

#define WORD_MAX 60

struct rp_err *
rp_web_subjects_load(const struct rp_request *req, int64_t group_id,
    struct rp_web_subjects *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang);

	RP_TRY(rp_activity_list(req->who, req->tx, group_id, lang, 0,
	    &out->activities));
	return rp_instrument_list(req->who, req->tx, group_id, lang,
	    &out->instruments);
}

static rp_text
activity_name(const struct rp_request *req, const struct rp_activity *a)
{
	return rp_textf(req->arena, "%lld. %.*s", (long long)a->number,
	    RP_FMT(a->title.body));
}

rp_text
rp_web_subject(const struct rp_request *req, const struct rp_web_subjects *s,
    const struct rp_edition_comment *c)
{
	for (size_t i = 0; i < s->activities.n; i++)
		if (c->activity != 0 &&
		    s->activities.v[i].number == c->activity)
			return activity_name(req, &s->activities.v[i]);
	for (size_t i = 0; i < s->instruments.n; i++)
		if (s->instruments.v[i].id == c->instrument_id)
			return rp_web_instrument_name(req,
			    &s->instruments.v[i]);
	return rp_web_msg(req, M_edition_whole);
}

rp_text
rp_web_edition_name(const struct rp_request *req, const struct rp_edition *e)
{
	const struct rp_msg_arg args[] = { RP_MSG_NUM(e->number),
		RP_MSG_TEXT(rp_textf(req->arena, "%lld", (long long)e->year)) };

	return rp_message(req->arena, &req->reader, M_edition_name, args, 2);
}

struct v_chip
rp_web_edition_chip(const struct rp_request *req, const struct rp_edition *e)
{
	return (struct v_chip){ .kind = e->is_open ? RP_TEXT("open") :
						     RP_TEXT("closed"),
		.label = rp_web_msg(req,
		    e->is_open ? M_edition_open : M_edition_closed) };
}

struct v_chip
rp_web_edition_comment_chip(const struct rp_request *req, rp_text state)
{
	static const enum rp_msg of[] = { M_edition_waits, M_edition_answered,
		M_edition_taken, M_edition_declined };
	struct v_chip chip = { .kind = RP_TEXT("closed") };

	for (size_t i = 0; rp_edition_comment_states[i].n > 0; i++)
		if (rp_text_eq(rp_edition_comment_states[i], state))
			chip.label = rp_web_msg(req, of[i]);
	if (rp_text_eq(state, RP_TEXT("open")))
		chip.kind = RP_TEXT("open");
	return chip;
}

rp_url
rp_web_edition_comment_action(const struct rp_request *req,
    const struct rp_group *g, const struct rp_edition_comment *c,
    rp_text *out_name, struct v_chip *out_state)
{
	const struct rp_msg_arg args[] = { RP_MSG_NUM(c->action) };
	bool done = rp_text_eq(c->action_state, RP_TEXT("done"));

	if (c->action == 0)
		return (rp_url){ "", 0 };
	*out_name =
	    rp_message(req->arena, &req->reader, M_edition_action, args, 1);
	*out_state = (struct v_chip){
		.kind = done ? RP_TEXT("published") : RP_TEXT("open"),
		.label = rp_web_msg(req, rp_msg_action_state(c->action_state))
	};
	return rp_web_actions_url(req, g, "");
}

rp_url
rp_web_editions_url(const struct rp_request *req, const struct rp_group *g,
    const char *rest)
{
	return rp_urlf(req->arena, "/%s/%.*s/editions/%s",
	    rp_lang_tag(req->reader.lang).p, RP_FMT(g->slug), rest);
}

static rp_url
desk_url(const struct rp_request *req, const struct rp_group *g, int64_t number)
{
	if (!rp_actor_may(req->who, RP_MAY_REGISTER, rp_group_place(g)))
		return (rp_url){ "", 0 };
	return number == 0 ?
		   rp_desk_url(req, "groups/%lld/editions", (long long)g->id) :
		   rp_desk_url(req, "groups/%lld/editions/%lld",
		       (long long)g->id, (long long)number);
}

struct rp_err *
rp_web_editions(const struct rp_request *req, struct rp_response *out)
{
	struct v_editions v = { 0 };
	struct rp_editions all;
	struct rp_group g;
	struct rp_frame f = { .group = &g, .private = true };
	rp_html content;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group,
	    rp_lang_tag(req->reader.lang), &g));
	RP_TRY(rp_edition_list(req->who, req->tx, g.id, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_edition *e = &all.v[i];

		rp_vec_push(req->arena, &v.rows,
		    ((struct v_editions_rows){
			.url =
			    rp_urlf(req->arena, "%lld/", (long long)e->number),
			.name = rp_web_edition_name(req, e),
			.closes = rp_web_day(req, e->closes),
			.closes_iso = e->closes,
			.state = rp_web_edition_chip(req, e),
			.comments = e->comments }));
	}
	v.group_name = g.name.body;
	v.report_url = rp_web_activities_url(req, &g, "");
	v.desk_url = desk_url(req, &g, 0);
	f.title = rp_web_msg(req, M_edition_title);
	RP_TRY(rp_web_render(req, editions, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

/* One. */

struct shown {
	struct rp_group g;
	struct rp_edition e, before; /* before.id 0: it is the first */
	struct rp_web_subjects subjects;
	rp_text subject, body; /* as typed */
	bool bad_body;
};

static struct rp_err *
load(const struct rp_request *req, struct shown *s)
{
	struct rp_editions all;

	*s = (struct shown){ 0 };
	RP_TRY(rp_group_get(req->who, req->tx, req->params.group,
	    rp_lang_tag(req->reader.lang), &s->g));
	RP_TRY(rp_edition_list(req->who, req->tx, s->g.id, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].number == req->params.n)
			s->e = all.v[i];
		if (all.v[i].number == req->params.n - 1)
			s->before = all.v[i];
	}
	if (s->e.id == 0)
		return rp_fail(RP_E_NOTFOUND, "no such edition");
	return rp_web_subjects_load(req, s->g.id, &s->subjects);
}

static struct rp_err *
add_comments(const struct rp_request *req, const struct shown *s,
    struct v_edition *v)
{
	struct rp_edition_comments all;

	RP_TRY(rp_edition_comments(req->who, req->tx, &s->e,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_edition_comment *c = &all.v[i];
		struct v_edition_comments row = { .anchor = rp_textf(req->arena,
						      "c%lld",
						      (long long)c->id),
			.about = rp_web_subject(req, &s->subjects, c),
			.author = c->author,
			.time = rp_web_time(req, s->g.zone, c->at),
			.iso = rp_web_iso(req, c->at),
			.body = c->body,
			.state = rp_web_edition_comment_chip(req, c->state),
			.answer = c->answer };

		row.action_url = rp_web_edition_comment_action(req, &s->g, c,
		    &row.action, &row.action_state);
		rp_vec_push(req->arena, &v->comments, row);
	}
	return NULL;
}

/* What was done with the comments on the edition before. */
static struct rp_err *
add_earlier(const struct rp_request *req, const struct shown *s,
    struct v_edition *v)
{
	const struct rp_msg_arg args[] = { RP_MSG_TEXT(
	    rp_web_edition_name(req, &s->before)) };
	struct rp_edition_comments all;

	if (s->before.id == 0)
		return NULL;
	v->before =
	    rp_message(req->arena, &req->reader, M_edition_before, args, 1);
	RP_TRY(rp_edition_comments(req->who, req->tx, &s->before,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_edition_comment *c = &all.v[i];
		struct v_edition_earlier row = { .about = rp_web_subject(req,
						     &s->subjects, c),
			.author = c->author,
			.body = c->body,
			.state = rp_web_edition_comment_chip(req, c->state),
			.answer = c->answer };

		row.action_url = rp_web_edition_comment_action(req, &s->g, c,
		    &row.action, &row.action_state);
		rp_vec_push(req->arena, &v->earlier, row);
	}
	return NULL;
}

static void
add_subject(const struct rp_request *req, const struct shown *s, rp_text value,
    rp_text name, struct v_edition *v)
{
	rp_vec_push(req->arena, &v->subjects,
	    ((struct v_edition_subjects){ value, name,
		rp_text_eq(value, s->subject) }));
}

/* The whole; resolutions ("r7"); activities of its year ("a3"). */
static void
add_subjects(const struct rp_request *req, const struct shown *s,
    struct v_edition *v)
{
	add_subject(req, s, RP_TEXT("whole"), rp_web_msg(req, M_edition_whole),
	    v);
	for (size_t i = 0; i < s->subjects.instruments.n; i++) {
		const struct rp_instrument *in = &s->subjects.instruments.v[i];

		add_subject(req, s,
		    rp_textf(req->arena, "r%lld", (long long)in->id),
		    rp_web_instrument_name(req, in), v);
	}
	for (size_t i = 0; i < s->subjects.activities.n; i++) {
		const struct rp_activity *a = &s->subjects.activities.v[i];

		add_subject(req, s,
		    rp_textf(req->arena, "a%lld", (long long)a->number),
		    activity_name(req, a), v);
	}
}

static struct rp_err *
show(const struct rp_request *req, const struct shown *s,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "commented", M_edition_commented },
		{ NULL, M_none },
	};
	struct rp_frame f = { .group = &s->g, .private = true };
	struct v_edition v = { .token = req->csrf,
		.list_url = rp_web_editions_url(req, &s->g, ""),
		.name = rp_web_edition_name(req, &s->e),
		.state = rp_web_edition_chip(req, &s->e),
		.closes = rp_web_day(req, s->e.closes),
		.closes_iso = s->e.closes,
		.report_url = rp_web_activities_url(req, &s->g,
		    rp_textf(req->arena, "?year=%lld", (long long)s->e.year).p),
		.desk_url = desk_url(req, &s->g, s->e.number),
		.done = rp_desk_word(req, done),
		.action = rp_web_editions_url(req, &s->g,
		    rp_textf(req->arena, "%lld/", (long long)s->e.number).p),
		.is_open = s->e.is_open,
		.body = s->body };
	rp_html content;

	RP_TRY(add_comments(req, s, &v));
	RP_TRY(add_earlier(req, s, &v));
	add_subjects(req, s, &v);
	if (s->bad_body)
		rp_web_problem_text(req, &v.errors, "body",
		    rp_web_msg(req, M_edition_error_body), &v.body_error);
	f.title = v.name;
	RP_TRY(rp_web_render(req, edition, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

struct rp_err *
rp_web_edition(const struct rp_request *req, struct rp_response *out)
{
	struct shown s;

	RP_TRY(load(req, &s));
	return show(req, &s, out);
}

struct rp_err *
rp_web_edition_post(const struct rp_request *req, struct rp_response *out)
{
	struct rp_edition_comment c = { 0 };
	struct shown s;
	int64_t n = 0;

	RP_TRY(load(req, &s));
	RP_TRY(rp_form_line(req, &req->form, "subject", WORD_MAX, &s.subject));
	RP_TRY(rp_form_text(req, &req->form, "body", RP_EDITION_COMMENT_MAX,
	    &s.body));
	c.body = rp_text_strip(s.body);
	s.bad_body = c.body.n == 0;
	if (s.bad_body) {
		out->status = 400;
		return show(req, &s, out);
	}
	if (s.subject.n > 1)
		(void)rp_text_i64(rp_text_sub(s.subject, 1, s.subject.n), &n);
	if (rp_text_starts(s.subject, RP_TEXT("a")))
		c.activity = n;
	if (rp_text_starts(s.subject, RP_TEXT("r")))
		c.instrument_id = n;
	RP_TRY(rp_edition_comment_add(req->who, req->tx, &s.e, &c));
	return rp_desk_done(out, req,
	    rp_web_editions_url(req, &s.g,
		rp_textf(req->arena, "%lld/", (long long)s.e.number).p),
	    "commented");
}
