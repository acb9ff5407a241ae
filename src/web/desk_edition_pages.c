/* desk_edition_pages - editions of the report on activities at the desk: a new
 * one, and what becomes of the comments on one. */
#include "base/err.h"
#include "domain/day.h"
#include "render/t_desk_edition.h"
#include "render/t_desk_editions.h"
#include "text/input.h"
#include "text/zone.h"
#include "web/desk.h"
#include "web/edition.h"

#define WORD_MAX 60

static rp_url
list_url(const struct rp_request *req, const struct rp_group *g)
{
	return rp_desk_url(req, "groups/%lld/editions", (long long)g->id);
}

static rp_url
one_url(const struct rp_request *req, const struct rp_group *g, int64_t number)
{
	return rp_desk_url(req, "groups/%lld/editions/%lld", (long long)g->id,
	    (long long)number);
}

/* The list. */

struct adding {
	struct rp_group g;
	struct rp_edition e;
	rp_text year;
	enum rp_edition_problem problem;
};

static struct rp_err *
show_list(const struct rp_request *req, const struct adding *f,
    struct rp_response *out)
{
	struct v_desk_editions v = { .token = req->csrf,
		.group_name = f->g.name.body,
		.public_url = rp_web_editions_url(req, &f->g, ""),
		.action = list_url(req, &f->g),
		.year = f->year,
		.closes = f->e.closes };
	struct rp_editions all;
	rp_html content;

	RP_TRY(rp_edition_list(req->who, req->tx, f->g.id, &all));
	for (size_t i = 0; i < all.n; i++)
		rp_vec_push(req->arena, &v.rows,
		    ((struct v_desk_editions_rows){
			.url = one_url(req, &f->g, all.v[i].number),
			.name = rp_web_edition_name(req, &all.v[i]),
			.state = rp_web_edition_chip(req, &all.v[i]),
			.open = all.v[i].open }));
	if (f->problem == RP_EDITION_BAD_YEAR)
		rp_web_problem_text(req, &v.errors, "year",
		    rp_web_msg(req, M_desk_edition_error_year), &v.year_error);
	if (f->problem == RP_EDITION_BAD_CLOSES)
		rp_web_problem_text(req, &v.errors, "closes",
		    rp_web_msg(req, M_desk_edition_error_closes),
		    &v.closes_error);
	RP_TRY(rp_web_render(req, desk_editions, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_edition_title), content,
	    out);
}

struct rp_err *
rp_web_desk_editions(const struct rp_request *req, struct rp_response *out)
{
	struct adding f = { 0 };

	RP_TRY(rp_desk_group(req, RP_MAY_REGISTER, &f.g));
	return show_list(req, &f, out);
}

struct rp_err *
rp_web_desk_editions_post(const struct rp_request *req, struct rp_response *out)
{
	struct adding f = { 0 };
	int64_t number;

	RP_TRY(rp_desk_group(req, RP_MAY_REGISTER, &f.g));
	RP_TRY(rp_form_line(req, &req->form, "year", WORD_MAX, &f.year));
	RP_TRY(rp_form_line(req, &req->form, "closes", WORD_MAX, &f.e.closes));
	f.e.group_id = f.g.id;
	if (!rp_text_i64(f.year, &f.e.year))
		f.e.year = 0;
	f.problem = rp_edition_check(&f.e);
	if (f.problem != RP_EDITION_FINE) {
		out->status = 400;
		return show_list(req, &f, out);
	}
	RP_TRY(rp_edition_add(req->who, req->tx, &f.e, &number));
	return rp_desk_done(out, req, one_url(req, &f.g, number), "added");
}

/* One. */

struct one {
	struct rp_group g;
	struct rp_edition e;
	struct rp_web_subjects subjects;
	int64_t comment; /* that something was typed for; 0: none */
	rp_text typed, due;
	enum rp_msg error;
};

static struct rp_err *
load_one(const struct rp_request *req, struct one *s)
{
	*s = (struct one){ .error = M_none };
	RP_TRY(rp_desk_group(req, RP_MAY_REGISTER, &s->g));
	RP_TRY(
	    rp_edition_get(req->who, req->tx, s->g.id, req->params.n, &s->e));
	return rp_web_subjects_load(req, s->g.id, &s->subjects);
}

static void
add_comment(const struct rp_request *req, const struct one *s,
    const struct rp_edition_comment *c, struct v_desk_edition *v)
{
	struct v_desk_edition_comments row = { .id = rp_textf(req->arena,
						   "%lld", (long long)c->id),
		.author = c->author,
		.about = rp_web_subject(req, &s->subjects, c),
		.body = c->body,
		.state = rp_web_edition_comment_chip(req, c->state),
		.answer = c->answer,
		.waits = !rp_text_eq(c->state, RP_TEXT("taken")) };

	row.action_url = rp_web_edition_comment_action(req, &s->g, c,
	    &row.action, &row.action_state);
	if (c->action != 0)
		row.action_url = rp_desk_url(req, "groups/%lld/actions/%lld",
		    (long long)s->g.id, (long long)c->action);
	if (c->id == s->comment) {
		row.typed = s->typed;
		row.due = s->due;
		rp_web_problem_text(req, &v->errors,
		    rp_textf(req->arena, "answer-%lld", (long long)c->id).p,
		    rp_web_msg(req, s->error), &row.error);
	}
	rp_vec_push(req->arena, &v->comments, row);
}

static struct rp_err *
show(const struct rp_request *req, const struct one *s, struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "added", M_desk_edition_added },
		{ "answered", M_desk_edition_was_answered },
		{ "taken", M_desk_edition_was_taken },
		{ NULL, M_none },
	};
	struct v_desk_edition v = { .token = req->csrf,
		.list_url = list_url(req, &s->g),
		.public_url = rp_web_editions_url(req, &s->g,
		    rp_textf(req->arena, "%lld/", (long long)s->e.number).p),
		.name = rp_web_edition_name(req, &s->e),
		.state = rp_web_edition_chip(req, &s->e),
		.action = one_url(req, &s->g, s->e.number),
		.done = rp_desk_word(req, done) };
	struct rp_edition_comments all;
	rp_html content;

	RP_TRY(rp_edition_comments(req->who, req->tx, &s->e,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = 0; i < all.n; i++)
		add_comment(req, s, &all.v[i], &v);
	RP_TRY(rp_web_render(req, desk_edition, &v, &content));
	return rp_desk_frame(req, v.name, content, out);
}

struct rp_err *
rp_web_desk_edition(const struct rp_request *req, struct rp_response *out)
{
	struct one s;

	RP_TRY(load_one(req, &s));
	return show(req, &s, out);
}

static struct rp_err *
again(const struct rp_request *req, struct one *s, enum rp_msg why,
    struct rp_response *out)
{
	s->error = why;
	out->status = 400;
	return show(req, s, out);
}

struct rp_err *
rp_web_desk_edition_post(const struct rp_request *req, struct rp_response *out)
{
	bool take = rp_desk_button(req, "take");
	int64_t action;
	struct one s;
	rp_url url;

	RP_TRY(load_one(req, &s));
	url = one_url(req, &s.g, s.e.number);
	s.comment = rp_desk_number(req, &req->form, "comment");
	RP_TRY(rp_form_text(req, &req->form, "answer", RP_EDITION_ANSWER_MAX,
	    &s.typed));
	RP_TRY(rp_form_line(req, &req->form, "due", WORD_MAX, &s.due));
	s.typed = rp_text_strip(s.typed);
	if (take && s.due.n > 0 && !rp_zone_is_day(s.due))
		return again(req, &s, M_desk_action_error_due, out);
	if (!take && s.typed.n == 0)
		return again(req, &s, M_desk_edition_error_answer, out);
	if (take) {
		RP_TRY(rp_edition_comment_take(req->who, req->tx, &s.e,
		    s.comment, rp_lang_tag(req->reader.lang), s.due, s.typed,
		    &action));
		return rp_desk_done(out, req, url, "taken");
	}
	RP_TRY(rp_edition_comment_answer(req->who, req->tx, &s.e, s.comment,
	    rp_desk_button(req, "declined") ? RP_TEXT("declined") :
					      RP_TEXT("answered"),
	    s.typed));
	return rp_desk_done(out, req, url, "answered");
}
