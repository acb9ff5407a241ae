/*
 * report_pages - the report of a meeting as members and everybody see it: its
 * versions, what changed between them, comments and endorsement.
 */
#include "base/err.h"
#include "domain/party.h"
#include "render/t_report.h"
#include "text/format.h"
#include "text/input.h"
#include "web/desk.h"
#include "web/report_parts.h"
#include "web/staff.h"

#define PLACE_MAX 80 /* octets of a paragraph in a list */

struct shown {
	struct rp_group g;
	struct rp_meeting m;
	struct rp_report r;
	struct rp_report_versions all;
	struct rp_report_version v;
	struct rp_report_lines lines, old;
	bool has_old;
	/* What was typed. */
	rp_text place, source, body, words;
	enum rp_msg source_error, body_error, words_error;
};

static struct rp_err *
read_one(const struct rp_request *req, const struct shown *s, int64_t number,
    rp_text lang, struct rp_report_version *v, struct rp_report_lines *out)
{
	rp_bytes octets;

	RP_TRY(rp_report_version_read(req->who, req->tx, &s->r, &s->all, number,
	    lang, v, &octets));
	return rp_web_report_read(req, octets, out);
}

/* The version before, in the same language; read if it is asked for. */
static struct rp_err *
read_old(const struct rp_request *req, struct shown *s)
{
	for (size_t i = 0; i < s->all.n; i++) {
		const struct rp_report_version *v = &s->all.v[i];
		struct rp_report_version got;

		if (v->number >= s->v.number || !rp_text_eq(v->lang, s->v.lang))
			continue;
		s->has_old = true;
		return rp_form_has(&req->query, "changes") ?
			   read_one(req, s, v->number, v->lang, &got, &s->old) :
			   NULL;
	}
	return NULL;
}

static struct rp_err *
load(const struct rp_request *req, int64_t number, struct shown *s)
{
	rp_text lang = rp_lang_tag(req->reader.lang), wanted;

	*s = (struct shown){ 0 };
	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &s->g));
	RP_TRY(
	    rp_meeting_get(req->who, req->tx, s->g.id, req->params.n, &s->m));
	RP_TRY(rp_report_get(req->who, req->tx, &s->m, &s->r));
	RP_TRY(rp_report_version_list(req->who, req->tx, &s->r, &s->all));
	if (s->all.n == 0)
		return rp_fail(RP_E_NOTFOUND, "nothing was shown yet");
	RP_TRY(rp_form_line(req, &req->query, "in", 20, &wanted));
	RP_TRY(read_one(req, s, number > 0 ? number : s->all.v[0].number,
	    wanted.n > 0 ? wanted : lang, &s->v, &s->lines));
	return read_old(req, s);
}

static rp_url
own_url(const struct rp_request *req, const struct shown *s, const char *rest)
{
	return rp_web_meeting_url(req, &s->g, &s->m,
	    rp_textf(req->arena, "report/%s", rest).p);
}

static void
add_links(const struct rp_request *req, const struct shown *s,
    struct v_report *v)
{
	for (size_t i = 0; i < s->all.n; i++) {
		const struct rp_report_version *one = &s->all.v[i];
		struct v_report_versions row = { .number = one->number,
			.url = rp_urlf(req->arena, "?v=%lld&in=%s",
			    (long long)one->number, one->lang.p),
			.reason = rp_msg_report_reason(one->reason),
			.time = rp_web_date(req, s->m.zone, one->at),
			.iso = rp_web_iso(req, one->at),
			.current = one->number == s->v.number };
		struct v_report_languages lang = { .url = row.url,
			.name = rp_locale_language(req->reader.locale,
			    req->arena, one->lang),
			.lang = rp_lang_tag(req->reader.lang),
			.current = rp_text_eq(one->lang, s->v.lang) };

		if (v->versions.n == 0 ||
		    v->versions.v[v->versions.n - 1].number != one->number)
			rp_vec_push(req->arena, &v->versions, row);
		if (one->number == s->v.number)
			rp_vec_push(req->arena, &v->languages, lang);
	}
	for (size_t i = 0; i < 6; i++)
		rp_vec_push(req->arena, &v->formats,
		    ((struct v_report_formats){
			rp_urlf(req->arena, "%lld/%s.%s",
			    (long long)s->v.number, s->v.lang.p,
			    rp_web_report_formats[i].end),
			rp_web_report_formats[i].name }));
	if (s->has_old)
		v->changes_url = rp_urlf(req->arena, "?v=%lld&in=%s&changes=1",
		    (long long)s->v.number, s->v.lang.p);
	v->text_url = rp_urlf(req->arena, "?v=%lld&in=%s",
	    (long long)s->v.number, s->v.lang.p);
}

static void
add_places(const struct rp_request *req, const struct shown *s,
    struct v_report *v)
{
	for (size_t i = 0; i < s->lines.n; i++) {
		const struct rp_report_line *l = &s->lines.v[i];
		rp_text t = l->text.n > PLACE_MAX ?
				rp_textf(req->arena, "%.*s…",
				    RP_FMT(rp_text_cut(l->text, PLACE_MAX))) :
				l->text;
		struct v_report_places one = { .value = l->origin,
			.name = rp_textf(req->arena, "%.*s %.*s",
			    RP_FMT(l->label), RP_FMT(t)),
			.selected = rp_text_eq(l->origin, s->place) };

		rp_vec_push(req->arena, &v->places, one);
	}
}

static struct rp_err *
add_comments(const struct rp_request *req, const struct shown *s,
    struct v_report *v)
{
	struct rp_report_comments all;

	RP_TRY(rp_report_comment_list(req->who, req->tx, &s->r,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_report_comment *c = &all.v[i];
		struct v_report_comments row = { .who =
						     rp_web_comment_who(req, c),
			.place = rp_web_comment_place(req, &s->lines, c),
			.body = c->body,
			.lang = c->lang,
			.state = rp_web_comment_chip(req, c->state),
			.answer = c->answer,
			.time = rp_web_time(req, s->m.zone, c->at),
			.iso = rp_web_iso(req, c->at) };

		rp_vec_push(req->arena, &v->comments, row);
	}
	return NULL;
}

static struct rp_err *
add_round(const struct rp_request *req, const struct shown *s,
    struct v_report *v)
{
	struct rp_place where = rp_group_place(&s->g);
	bool reads =
	    s->r.may_edit || rp_actor_may(req->who, RP_MAY_READ, where);

	if (s->r.may_comment) {
		v->until = rp_web_time(req, s->m.zone, s->r.until_at);
		v->until_iso = rp_web_iso(req, s->r.until_at);
		add_places(req, s, v);
	}
	v->can_comment = s->r.may_comment;
	v->needs_source = s->r.party_id == 0;
	v->source = s->source;
	v->body = s->body;
	v->words = s->words;
	rp_web_problem(req, &v->errors, "source", s->source_error,
	    &v->source_error);
	rp_web_problem(req, &v->errors, "body", s->body_error, &v->body_error);
	rp_web_problem(req, &v->errors, "words", s->words_error,
	    &v->words_error);
	v->can_endorse = s->r.may_endorse;
	if (s->r.may_endorse)
		RP_TRY(rp_party_named(req->tx, s->r.party_id,
		    rp_lang_tag(req->reader.lang), &v->party));
	if (reads && s->r.silence_at != 0) {
		struct v_report_standing standing;

		RP_TRY(rp_web_report_standing(req, &s->m, &s->r, &standing));
		rp_vec_push(req->arena, &v->standing, standing);
	}
	return NULL;
}

static struct rp_err *
show(const struct rp_request *req, struct shown *s, struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "comment", M_report_page_commented },
		{ "endorse", M_report_page_did_endorse },
		{ "object", M_report_page_did_object },
		{ NULL, M_none },
	};
	struct rp_frame f = { .group = &s->g, .private = !s->r.is_locked };
	struct v_report v = { .token = rp_web_stranger_token(req, out),
		.meeting_name = rp_web_meeting_name(req, &s->m),
		.meeting_url = rp_web_meeting_url(req, &s->g, &s->m, ""),
		.name = rp_web_report_title(req, &s->m, req->reader.lang),
		.state = rp_web_report_chip(req, &s->r),
		.action = own_url(req, s, ""),
		.done = rp_desk_word(req, done),
		.lang = s->v.lang };
	struct rp_document *d;
	rp_html content;

	if (s->r.may_edit)
		v.desk_url = rp_desk_url(req, "meetings/%lld/report",
		    (long long)s->m.id);
	v.is_changes = s->has_old && rp_form_has(&req->query, "changes");
	add_links(req, s, &v);
	RP_TRY(rp_web_report_document(req, s->v.lang,
	    v.is_changes ? &s->old : NULL, &s->lines, &d));
	RP_TRY(rp_web_report_html(req, d, v.is_changes, &v.text));
	RP_TRY(add_round(req, s, &v));
	RP_TRY(add_comments(req, s, &v));
	f.title = v.name;
	out->no_store = true;
	RP_TRY(rp_web_render(req, report, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

struct rp_err *
rp_web_report(const struct rp_request *req, struct rp_response *out)
{
	struct shown s;

	RP_TRY(load(req, rp_desk_number(req, &req->query, "v"), &s));
	return show(req, &s, out);
}

/* "en.docx" of version k. */
struct rp_err *
rp_web_report_download(const struct rp_request *req, struct rp_response *out)
{
	rp_text name = req->params.name;
	size_t dot = rp_text_find(name, '.', 0);
	rp_text lang = rp_text_dup(req->arena, rp_text_sub(name, 0, dot));
	enum rp_lang title = req->reader.lang;
	struct rp_document *d;
	struct shown s;

	RP_TRY(load(req, req->params.k, &s));
	RP_TRY(read_one(req, &s, req->params.k, lang, &s.v, &s.lines));
	if (!rp_text_eq(s.v.lang, lang))
		return rp_fail(RP_E_NOTFOUND, "not in this language");
	(void)rp_lang_find(lang, &title);
	RP_TRY(rp_web_report_document(req, lang, NULL, &s.lines, &d));
	out->no_store = true;
	return rp_web_report_file(req, &s.m, d, name,
	    rp_web_report_title(req, &s.m, title), out);
}

static struct rp_err *
again(const struct rp_request *req, struct shown *s, struct rp_response *out)
{
	out->status = 400;
	return show(req, s, out);
}

static struct rp_err *
comment(const struct rp_request *req, struct shown *s, struct rp_response *out)
{
	struct rp_report_comment c = { .lang = rp_lang_tag(req->reader.lang) };
	int64_t id;

	RP_TRY(rp_form_line(req, &req->form, "place", RP_REPORT_ORIGIN_MAX,
	    &s->place));
	RP_TRY(rp_form_line(req, &req->form, "source", RP_REPORT_SOURCE_MAX,
	    &s->source));
	RP_TRY(rp_form_text(req, &req->form, "body", RP_REPORT_COMMENT_MAX,
	    &s->body));
	if (rp_text_blank(s->body))
		s->body_error = M_report_page_error_body;
	if (s->r.party_id == 0 && s->source.n == 0)
		s->source_error = M_report_page_error_source;
	if (s->body_error != M_none || s->source_error != M_none)
		return again(req, s, out);
	c.origin = s->place;
	c.source = s->source;
	c.body = s->body;
	RP_TRY(rp_report_comment_add(req->who, req->tx, &s->r, &c, &id));
	return rp_desk_done(out, req, own_url(req, s, ""), "comment");
}

static struct rp_err *
endorse(const struct rp_request *req, struct shown *s, bool objects,
    struct rp_response *out)
{
	RP_TRY(rp_form_text(req, &req->form, "words", RP_REPORT_WORDS_MAX,
	    &s->words));
	if (objects && rp_text_blank(s->words)) {
		s->words_error = M_report_page_error_words;
		return again(req, s, out);
	}
	RP_TRY(rp_report_endorse(req->who, req->tx, &s->r, objects, s->words));
	return rp_desk_done(out, req, own_url(req, s, ""),
	    objects ? "object" : "endorse");
}

struct rp_err *
rp_web_report_post(const struct rp_request *req, struct rp_response *out)
{
	struct shown s;

	if (!rp_web_stranger_sent(req))
		return rp_fail(RP_E_DENIED, "form without its token");
	RP_TRY(load(req, 0, &s));
	if (rp_desk_button(req, "endorse"))
		return endorse(req, &s, false, out);
	if (rp_desk_button(req, "object"))
		return endorse(req, &s, true, out);
	return comment(req, &s, out);
}
