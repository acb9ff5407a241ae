/*
 * desk_report_pages - the report of a meeting, at the desk: its lines with
 * their origins, what people changed, and the steps to the Council.
 */
#include <string.h>

#include "base/err.h"
#include "domain/action.h"
#include "domain/report_return.h"
#include "render/t_desk_report.h"
#include "text/format.h"
#include "text/input.h"
#include "text/zone.h"
#include "web/desk.h"
#include "web/report_parts.h"
#include "web/staff.h"

#define WORD_MAX 40

struct desk {
	struct rp_group g;
	struct rp_meeting m;
	struct rp_report r;
	struct rp_web_report made;
	/* What was typed. */
	rp_text edit, add, kind, body;
	rp_text commenters, until, silence, in;
	bool langs[RP_LANG_COUNT];
	bool chosen; /* languages were */
	enum rp_msg file_error, body_error, until_error, silence_error,
	    langs_error, meeting_error;
};

static bool
is(rp_text t, const char *word)
{
	return rp_text_eq(t, rp_text_z(word));
}

static rp_url
own_url(const struct rp_request *req, const struct desk *s, const char *rest)
{
	return rp_desk_url(req, "meetings/%lld/report%s", (long long)s->m.id,
	    rest);
}

static struct rp_err *
load(const struct rp_request *req, struct desk *s)
{
	*s = (struct desk){ .kind = RP_TEXT("paragraph") };
	RP_TRY(rp_meeting_get_by_id(req->who, req->tx, req->params.id, &s->m));
	RP_TRY(rp_group_get_by_id(req->who, req->tx, s->m.group_id,
	    rp_lang_tag(req->reader.lang), &s->g));
	RP_TRY(rp_actor_needs(req->who, RP_MAY_MEET, rp_group_place(&s->g)));
	return rp_report_get(req->who, req->tx, &s->m, &s->r);
}

/* What is approved is shown as it was approved. */
static struct rp_err *
make(const struct rp_request *req, struct desk *s, enum rp_lang lang,
    struct rp_web_report *out)
{
	struct rp_report_versions all;
	struct rp_report_version v;
	rp_bytes octets;

	if (!s->r.is_locked)
		return rp_web_report_make(req, &s->g, &s->m, &s->r, lang, out);
	*out = (struct rp_web_report){ .lang = lang };
	RP_TRY(rp_report_version_list(req->who, req->tx, &s->r, &all));
	RP_TRY(rp_report_version_read(req->who, req->tx, &s->r, &all,
	    s->r.versions, rp_lang_tag(lang), &v, &octets));
	return rp_web_report_read(req, octets, &out->lines);
}

/* The page. */

static void
add_lines(const struct rp_request *req, const struct desk *s,
    struct v_desk_report *v)
{
	rp_url own = own_url(req, s, "");

	for (size_t i = 0; i < s->made.lines.n; i++) {
		const struct rp_report_line *l = &s->made.lines.v[i];
		struct v_desk_report_lines row = { .origin = l->origin,
			.label = l->label,
			.text = l->text,
			.heading = l->kind == RP_LINE_SECTION ||
				   l->kind == RP_LINE_BOX_HEAD,
			.made = l->is_edited || l->is_removed ? l->made :
								RP_TEXT(""),
			.edited = l->is_edited,
			.stale = l->is_stale,
			.added = l->is_added,
			.removed = l->is_removed,
			.can_remove = !l->is_added && !l->is_removed,
			.voices = l->voices };

		if (!s->r.is_locked) {
			row.edit_url = rp_urlf(req->arena, "%s?edit=%s#%s",
			    own.p, l->origin.p, l->origin.p);
			row.add_url = rp_urlf(req->arena, "%s?add=%s#%s", own.p,
			    l->origin.p, l->origin.p);
			row.editing = rp_text_eq(l->origin, s->edit);
			row.adding = rp_text_eq(l->origin, s->add);
		}
		if (row.editing && s->body_error == M_none)
			v->body = l->is_removed ? l->made : l->text;
		rp_vec_push(req->arena, &v->lines, row);
	}
	for (size_t i = 0; i < s->made.orphans.n; i++) {
		const struct rp_report_edit *e = &s->made.orphans.v[i];
		struct v_desk_report_orphans row = { .origin = e->origin,
			.body = e->op == RP_REPORT_REMOVE ? e->was : e->body };

		rp_vec_push(req->arena, &v->orphans, row);
	}
}

/* What an edited line says before references are put in. */
static struct rp_err *
raw_body(const struct rp_request *req, const struct desk *s, rp_text *out)
{
	struct rp_report_changes all;

	RP_TRY(rp_report_changes(req->who, req->tx, &s->r,
	    rp_lang_tag(s->made.lang), &all));
	for (size_t i = 0; i < all.n; i++)
		if (rp_text_eq(all.v[i].origin, s->edit) &&
		    !is(all.v[i].op, "remove"))
			*out = all.v[i].body;
	return NULL;
}

static void
add_kinds(const struct rp_request *req, const struct desk *s,
    struct v_desk_report *v)
{
	static const struct {
		const char *value;
		enum rp_msg name;
	} kinds[] = {
		{ "paragraph", M_desk_report_kind_paragraph },
		{ "text", M_desk_report_kind_text },
		{ "section1", M_desk_report_kind_section },
		{ "section2", M_desk_report_kind_subsection },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct v_desk_report_kinds one = { .value = rp_text_z(
						       kinds[i].value),
			.name = rp_web_msg(req, kinds[i].name),
			.selected = is(s->kind, kinds[i].value) };

		rp_vec_push(req->arena, &v->kinds, one);
	}
}

static void
add_languages(const struct rp_request *req, const struct desk *s,
    struct v_desk_report *v)
{
	for (enum rp_lang l = 0; l < RP_LANG_COUNT; l++) {
		rp_text tag = rp_lang_tag(l);
		rp_text name =
		    rp_locale_language(req->reader.locale, req->arena, tag);
		struct v_desk_report_languages link = {
			.url =
			    rp_urlf(req->arena, "/%s/desk/meetings/%lld/report",
				tag.p, (long long)s->m.id),
			.name = name,
			.lang = rp_lang_tag(req->reader.lang),
			.current = l == req->reader.lang
		};
		struct v_desk_report_choices choice = { .value = tag,
			.name = name,
			.lang = rp_lang_tag(req->reader.lang),
			.selected =
			    s->chosen ? s->langs[l] : l == req->reader.lang };

		rp_vec_push(req->arena, &v->languages, link);
		rp_vec_push(req->arena, &v->choices, choice);
	}
}

static struct rp_err *
add_versions(const struct rp_request *req, const struct desk *s,
    struct v_desk_report *v)
{
	struct rp_report_versions all;

	RP_TRY(rp_report_version_list(req->who, req->tx, &s->r, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_report_version *one = &all.v[i];
		rp_text language = rp_locale_language(req->reader.locale,
		    req->arena, one->lang);
		struct v_desk_report_versions row = { .number = one->number,
			.url = rp_web_meeting_url(req, &s->g, &s->m,
			    rp_textf(req->arena, "report/?v=%lld",
				(long long)one->number)
				.p),
			.reason = rp_msg_report_reason(one->reason),
			.time = rp_web_time(req, s->m.zone, one->at),
			.iso = rp_web_iso(req, one->at),
			.languages = language };

		if (v->versions.n > 0 &&
		    v->versions.v[v->versions.n - 1].number == one->number) {
			rp_text *names =
			    &v->versions.v[v->versions.n - 1].languages;

			*names = rp_textf(req->arena, "%.*s, %.*s",
			    RP_FMT(*names), RP_FMT(language));
			continue;
		}
		rp_vec_push(req->arena, &v->versions, row);
	}
	return NULL;
}

static struct rp_err *
add_comments(const struct rp_request *req, const struct desk *s,
    struct v_desk_report *v)
{
	struct rp_report_comments all;

	RP_TRY(rp_report_comment_list(req->who, req->tx, &s->r,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_report_comment *c = &all.v[i];
		struct v_desk_report_comments row = {
			.id = rp_textf(req->arena, "%lld", (long long)c->id),
			.who = rp_web_comment_who(req, c),
			.place = rp_web_comment_place(req, &s->made.lines, c),
			.body = c->body,
			.lang = c->lang,
			.state = rp_web_comment_chip(req, c->state),
			.answer = c->answer,
			.time = rp_web_time(req, s->m.zone, c->at),
			.iso = rp_web_iso(req, c->at)
		};

		rp_vec_push(req->arena, &v->comments, row);
	}
	return NULL;
}

static struct rp_err *
add_meetings(const struct rp_request *req, const struct desk *s,
    struct v_desk_report *v)
{
	struct rp_meetings all;
	struct v_desk_report_meetings none = { .value = RP_TEXT("0"),
		.name = rp_web_msg(req, M_desk_report_by_correspondence) };

	RP_TRY(rp_meeting_list(req->who, req->tx, s->g.id, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_meeting *m = &all.v[i];
		struct v_desk_report_meetings one = {
			.value = rp_textf(req->arena, "%lld", (long long)m->id),
			.name = rp_web_meeting_name(req, m),
			.selected = m->id == s->m.id
		};

		if (s->in.n > 0)
			one.selected = rp_text_eq(one.value, s->in);
		if (m->opens_at >= s->m.opens_at)
			rp_vec_push(req->arena, &v->meetings, one);
	}
	none.selected = is(s->in, "0");
	if (s->r.silence_at != 0)
		rp_vec_push(req->arena, &v->meetings, none);
	return NULL;
}

static struct rp_err *
add_steps(const struct rp_request *req, const struct desk *s,
    struct v_desk_report *v)
{
	const struct rp_report *r = &s->r;
	bool comments = is(r->state, "comments");

	v->is_locked = r->is_locked;
	v->can_open = !r->is_locked && s->made.lines.n > 0;
	v->can_close = comments;
	v->can_approve = v->can_open;
	v->can_defer = v->can_open && r->item_id == 0;
	v->is_deferred = r->item_id != 0;
	v->can_post = is(r->state, "approved");
	v->can_send = is(r->state, "posted");
	v->commenters_public =
	    is(s->commenters.n > 0 ? s->commenters : r->commenters, "public");
	v->until = s->until;
	v->silence = s->silence;
	v->zone = s->m.zone;
	rp_web_problem(req, &v->errors, "body", s->body_error, &v->body_error);
	rp_web_problem(req, &v->errors, "until", s->until_error,
	    &v->until_error);
	rp_web_problem(req, &v->errors, "silence", s->silence_error,
	    &v->silence_error);
	rp_web_problem(req, &v->errors, v->can_open ? "open-en" : "lines",
	    s->langs_error, &v->choices_error);
	rp_web_problem(req, &v->errors, "in", s->meeting_error,
	    &v->meeting_error);
	if (r->silence_at != 0) {
		struct v_report_standing standing;

		RP_TRY(rp_web_report_standing(req, &s->m, r, &standing));
		rp_vec_push(req->arena, &v->standing, standing);
	}
	return NULL;
}

/* What came back from a word processor, and how it differs. */
static struct rp_err *
add_returned(const struct rp_request *req, const struct desk *s,
    struct v_desk_report *v, bool *refresh)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct rp_report_lines kept, now;
	struct rp_report_return back;
	struct rp_document *d;

	v->can_return = v->can_open;
	v->size = RP_ATTACHMENT_SIZE_MAX >> 20;
	rp_web_problem(req, &v->errors, "file", s->file_error, &v->file_error);
	RP_TRY(rp_report_return_get(req->who, req->tx, &s->r, lang, &back));
	if (!back.there || !v->can_return)
		return NULL;
	v->returned = back.file_name.n > 0 ? back.file_name : RP_TEXT("…");
	v->is_reading = *refresh = is(back.reading, "received");
	v->not_read = back.reason;
	if (back.text.n == 0)
		return NULL;
	kept = rp_web_report_kept(req, &s->made.lines);
	RP_TRY(rp_web_report_returned(req, back.text, &kept, &now));
	RP_TRY(rp_web_report_document(req, lang, &kept, &now, &d));
	v->differences = rp_web_report_differences(&kept, &now);
	return rp_web_report_html(req, d, true, &v->difference);
}

static struct rp_err *
show(const struct rp_request *req, struct desk *s, struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "save", M_desk_report_saved },
		{ "remove", M_desk_report_line_removed },
		{ "undo", M_desk_report_undone },
		{ "add", M_desk_report_line_added },
		{ "open", M_desk_report_opened },
		{ "close", M_desk_report_closed },
		{ "defer", M_desk_report_deferred },
		{ "approve", M_desk_report_was_approved },
		{ "post", M_desk_report_was_posted },
		{ "send", M_desk_report_was_sent },
		{ "answer", M_desk_report_answered },
		{ "action", M_desk_report_action_made },
		{ "return", M_desk_report_was_returned },
		{ "takeover", M_desk_report_taken_over },
		{ "forget", M_desk_report_forgotten },
		{ NULL, M_none },
	};
	struct v_desk_report v = { .token = req->csrf,
		.meeting_name = rp_web_meeting_name(req, &s->m),
		.meeting_url =
		    rp_desk_url(req, "meetings/%lld", (long long)s->m.id),
		.public_url = rp_web_meeting_url(req, &s->g, &s->m, "report/"),
		.name = rp_web_report_title(req, &s->m, req->reader.lang),
		.action = own_url(req, s, ""),
		.cancel_url = own_url(req, s, ""),
		.done = rp_desk_word(req, done),
		.state = rp_web_report_chip(req, &s->r),
		.body = s->body };
	bool refresh = false;
	rp_html content;

	RP_TRY(make(req, s, req->reader.lang, &s->made));
	v.edited = s->made.edited;
	v.stale = s->made.stale + (int64_t)s->made.orphans.n;
	v.is_empty = s->made.lines.n <= 4;
	add_lines(req, s, &v);
	if (s->edit.n > 0 && s->body_error == M_none)
		RP_TRY(raw_body(req, s, &v.body));
	add_kinds(req, s, &v);
	add_languages(req, s, &v);
	for (size_t i = 0; i < 6; i++)
		rp_vec_push(req->arena, &v.formats,
		    ((struct v_desk_report_formats){
			own_url(req, s,
			    rp_textf(req->arena, "/report.%s",
				rp_web_report_formats[i].end)
				.p),
			rp_web_report_formats[i].name }));
	RP_TRY(add_versions(req, s, &v));
	RP_TRY(add_comments(req, s, &v));
	RP_TRY(add_meetings(req, s, &v));
	RP_TRY(add_steps(req, s, &v));
	RP_TRY(add_returned(req, s, &v, &refresh));
	if (refresh && s->edit.n + s->add.n == 0)
		rp_response_header(out, "Refresh", RP_TEXT("3"));
	RP_TRY(rp_web_render(req, desk_report, &v, &content));
	return rp_desk_frame(req, v.name, content, out);
}

struct rp_err *
rp_web_desk_report(const struct rp_request *req, struct rp_response *out)
{
	struct desk s;

	RP_TRY(load(req, &s));
	RP_TRY(rp_form_line(req, &req->query, "edit", RP_REPORT_ORIGIN_MAX,
	    &s.edit));
	RP_TRY(rp_form_line(req, &req->query, "add", RP_REPORT_ORIGIN_MAX,
	    &s.add));
	return show(req, &s, out);
}

struct rp_err *
rp_web_desk_report_file(const struct rp_request *req, struct rp_response *out)
{
	struct rp_document *d;
	struct desk s;

	RP_TRY(load(req, &s));
	RP_TRY(make(req, &s, req->reader.lang, &s.made));
	RP_TRY(rp_web_report_document(req, rp_lang_tag(req->reader.lang), NULL,
	    &s.made.lines, &d));
	out->no_store = true;
	return rp_web_report_file(req, &s.m, d, req->params.name,
	    rp_web_report_title(req, &s.m, req->reader.lang), out);
}

/* Edits. */

static const struct rp_report_line *
find_line(const struct desk *s, rp_text origin)
{
	for (size_t i = 0; i < s->made.lines.n; i++)
		if (rp_text_eq(s->made.lines.v[i].origin, origin))
			return &s->made.lines.v[i];
	return NULL;
}

static struct rp_err *
again(const struct rp_request *req, struct desk *s, struct rp_response *out)
{
	out->status = 400;
	return show(req, s, out);
}

/* An added line stays one when its words are changed. */
static struct rp_err *
change_of(const struct rp_request *req, const struct desk *s, bool removes,
    struct rp_report_change *c)
{
	const struct rp_report_line *l = find_line(s, s->edit);
	struct rp_report_changes all;

	if (l == NULL)
		return rp_fail(RP_E_NOTFOUND, "no such line");
	*c = (struct rp_report_change){ .origin = s->edit,
		.op = removes ? RP_TEXT("remove") : RP_TEXT("replace"),
		.body = removes ? RP_TEXT("") : s->body,
		.was = l->is_edited || l->is_removed ? l->made : l->text };
	if (!l->is_added)
		return NULL;
	RP_TRY(rp_report_changes(req->who, req->tx, &s->r,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = 0; i < all.n; i++)
		if (rp_text_eq(all.v[i].origin, s->edit))
			*c = all.v[i];
	c->body = s->body;
	return NULL;
}

static struct rp_err *
save(const struct rp_request *req, struct desk *s, bool removes,
    struct rp_response *out)
{
	struct rp_report_change c;

	RP_TRY(make(req, s, req->reader.lang, &s->made));
	RP_TRY(rp_form_line(req, &req->form, "origin", RP_REPORT_ORIGIN_MAX,
	    &s->edit));
	RP_TRY(rp_form_text(req, &req->form, "body", RP_REPORT_BODY_MAX,
	    &s->body));
	s->body = rp_text_strip(s->body);
	if (!removes && s->body.n == 0) {
		s->body_error = M_desk_report_error_body;
		return again(req, s, out);
	}
	RP_TRY(change_of(req, s, removes, &c));
	RP_TRY(rp_report_change_set(req->who, req->tx, &s->r,
	    rp_lang_tag(req->reader.lang), &c));
	return rp_desk_done(out, req, own_url(req, s, ""),
	    removes ? "remove" : "save");
}

static struct rp_err *
add_line(const struct rp_request *req, struct desk *s, struct rp_response *out)
{
	struct rp_report_change c = { .op = RP_TEXT("add") };

	RP_TRY(make(req, s, req->reader.lang, &s->made));
	RP_TRY(rp_form_line(req, &req->form, "after", RP_REPORT_ORIGIN_MAX,
	    &s->add));
	RP_TRY(rp_form_line(req, &req->form, "kind", WORD_MAX, &s->kind));
	RP_TRY(rp_form_text(req, &req->form, "body", RP_REPORT_BODY_MAX,
	    &s->body));
	s->body = rp_text_strip(s->body);
	if (find_line(s, s->add) == NULL)
		return rp_fail(RP_E_NOTFOUND, "no such line");
	if (s->body.n == 0) {
		s->body_error = M_desk_report_error_body;
		return again(req, s, out);
	}
	c.after = s->add;
	c.body = s->body;
	c.level = is(s->kind, "section2") ? 2 : is(s->kind, "section1") ? 1 : 0;
	c.kind = c.level > 0         ? RP_TEXT("section") :
		 is(s->kind, "text") ? RP_TEXT("text") :
				       RP_TEXT("paragraph");
	RP_TRY(rp_report_change_set(req->who, req->tx, &s->r,
	    rp_lang_tag(req->reader.lang), &c));
	return rp_desk_done(out, req, own_url(req, s, ""), "add");
}

static struct rp_err *
undo(const struct rp_request *req, struct desk *s, struct rp_response *out)
{
	RP_TRY(rp_form_line(req, &req->form, "origin", RP_REPORT_ORIGIN_MAX,
	    &s->edit));
	RP_TRY(rp_report_change_undo(req->who, req->tx, &s->r,
	    rp_lang_tag(req->reader.lang), s->edit));
	return rp_desk_done(out, req, own_url(req, s, ""), "undo");
}

/* Steps. */

static struct rp_err *
read_langs(const struct rp_request *req, struct desk *s)
{
	static const rp_bytes name = { (const uint8_t *)"lang", 4 };

	s->chosen = true;
	s->langs_error = M_desk_report_error_langs;
	for (size_t i = 0; i < req->form.n; i++) {
		const struct rp_urlform_field *f = &req->form.v[i];
		enum rp_lang lang;
		rp_text t;

		if (f->name.n != name.n ||
		    memcmp(f->name.p, name.p, name.n) != 0)
			continue;
		RP_TRY(rp_text_from(req->arena, f->value, WORD_MAX, &t));
		if (!rp_lang_find(t, &lang))
			return rp_fail(RP_E_INVALID, "no such language");
		s->langs[lang] = true;
		s->langs_error = M_none;
	}
	return NULL;
}

/* The report in all chosen languages, as a version is stored. */
static struct rp_err *
write_all(const struct rp_request *req, struct desk *s,
    struct rp_report_files *out)
{
	for (enum rp_lang l = 0; l < RP_LANG_COUNT; l++) {
		struct rp_web_report made;
		struct rp_report_octets one = { .lang = rp_lang_tag(l) };

		if (!s->langs[l])
			continue;
		RP_TRY(rp_web_report_make(req, &s->g, &s->m, &s->r, l, &made));
		RP_TRY(rp_web_report_write(req, &made.lines, &one.octets));
		rp_vec_push(req->arena, out, one);
	}
	return NULL;
}

/* A local time of the meeting's zone, after now; 0 for an empty field. */
static bool
read_time(const struct rp_request *req, const struct desk *s, rp_text local,
    int64_t *out)
{
	struct rp_err *e;

	*out = 0;
	if (local.n == 0)
		return true;
	e = rp_zone_resolve(req->who->env->zones, local, s->m.zone, out);
	rp_err_free(e);
	return e == NULL && *out > req->now;
}

static struct rp_err *
open_round(const struct rp_request *req, struct desk *s,
    struct rp_response *out)
{
	const struct rp_urlform *form = &req->form;
	struct rp_report_round round = { 0 };
	struct rp_report_files files = { 0 };

	RP_TRY(rp_form_line(req, form, "commenters", WORD_MAX, &s->commenters));
	RP_TRY(rp_form_line(req, form, "until", WORD_MAX, &s->until));
	RP_TRY(rp_form_line(req, form, "silence", WORD_MAX, &s->silence));
	RP_TRY(read_langs(req, s));
	if (!read_time(req, s, s->until, &round.until_at) || s->until.n == 0)
		s->until_error = M_desk_report_error_until;
	if (!read_time(req, s, s->silence, &round.silence_at) ||
	    (round.silence_at != 0 && round.silence_at < round.until_at))
		s->silence_error = M_desk_report_error_silence;
	if (s->until_error != M_none || s->silence_error != M_none ||
	    s->langs_error != M_none)
		return again(req, s, out);
	round.commenters = s->commenters;
	RP_TRY(write_all(req, s, &files));
	RP_TRY(rp_report_open(req->who, req->tx, &s->m, &s->r, &round, &files));
	return rp_desk_done(out, req, own_url(req, s, ""), "open");
}

static struct rp_err *
approve(const struct rp_request *req, struct desk *s, struct rp_response *out)
{
	struct rp_report_files files = { 0 };
	struct rp_err *e;
	int64_t in;

	RP_TRY(rp_form_line(req, &req->form, "in", WORD_MAX, &s->in));
	RP_TRY(read_langs(req, s));
	if (!rp_text_i64(s->in, &in))
		return rp_fail(RP_E_INVALID, "no meeting");
	if (s->langs_error != M_none)
		return again(req, s, out);
	RP_TRY(write_all(req, s, &files));
	e = rp_report_approve(req->who, req->tx, &s->m, &s->r, in, &files);
	if (e != NULL && in == 0 && rp_err_code(e) == RP_E_CONFLICT &&
	    !s->r.is_locked) {
		rp_err_free(e);
		s->meeting_error = M_desk_report_error_endorsed;
		return again(req, s, out);
	}
	RP_TRY(e);
	return rp_desk_done(out, req, own_url(req, s, ""), "approve");
}

static struct rp_err *
add_posting(const struct rp_request *req, const struct desk *s,
    const struct rp_report_versions *all, const struct rp_report_version *of,
    struct rp_report_postings *out)
{
	struct rp_report_posting p = { .lang = of->lang,
		.file_name = rp_textf(req->arena, "%.*s-%lld-report-%.*s.docx",
		    RP_FMT(s->m.series), (long long)s->m.ordinal,
		    RP_FMT(of->lang)) };
	struct rp_report_lines lines;
	enum rp_lang lang = RP_LANG_EN;
	struct rp_report_version v;
	rp_bytes octets;

	(void)rp_lang_find(of->lang, &lang);
	p.title = rp_web_report_title(req, &s->m, lang);
	RP_TRY(rp_report_version_read(req->who, req->tx, &s->r, all, of->number,
	    of->lang, &v, &octets));
	RP_TRY(rp_web_report_read(req, octets, &lines));
	RP_TRY(rp_web_report_docx(req, of->lang, &lines, p.title, &p.docx));
	rp_vec_push(req->arena, out, p);
	return NULL;
}

static struct rp_err *
post(const struct rp_request *req, struct desk *s, struct rp_response *out)
{
	struct rp_report_postings files = { 0 };
	struct rp_report_versions all;
	rp_text access;

	RP_TRY(rp_form_line(req, &req->form, "access", WORD_MAX, &access));
	RP_TRY(rp_report_version_list(req->who, req->tx, &s->r, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].number == s->r.versions)
			RP_TRY(add_posting(req, s, &all, &all.v[i], &files));
	RP_TRY(rp_report_post(req->who, req->tx, &s->m, &s->r, access, &files));
	return rp_desk_done(out, req, own_url(req, s, ""), "post");
}

/* Comments. */

static struct rp_err *
answer(const struct rp_request *req, struct desk *s, const char *state,
    struct rp_response *out)
{
	rp_text words;

	RP_TRY(rp_form_line(req, &req->form, "answer", RP_REPORT_WORDS_MAX,
	    &words));
	RP_TRY(rp_report_comment_answer(req->who, req->tx, &s->r,
	    rp_desk_number(req, &req->form, "comment"), rp_text_z(state),
	    words));
	return rp_desk_done(out, req, own_url(req, s, ""), "answer");
}

/* What a comment asks for becomes an action of the secretariat. */
static struct rp_err *
make_action(const struct rp_request *req, struct desk *s,
    struct rp_response *out)
{
	int64_t wanted = rp_desk_number(req, &req->form, "comment");
	struct rp_action a = { .group_id = s->g.id,
		.meeting_id = s->m.id,
		.owner_kind = RP_TEXT("office"),
		.owner = RP_TEXT("secretariat") };
	struct rp_report_comments all;
	int64_t id, number;

	RP_TRY(rp_report_comment_list(req->who, req->tx, &s->r,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_report_comment *c = &all.v[i];

		if (c->id != wanted)
			continue;
		a.origin = c->origin;
		RP_TRY(rp_action_add(req->who, req->tx, &a, &id, &number));
		RP_TRY(rp_wording_set(req->who, req->tx,
		    &(struct rp_wording_at){ .owner_kind = RP_TEXT("action"),
			.owner_id = id,
			.field = RP_TEXT("text"),
			.lang = c->lang },
		    RP_WORDING_ORIGINAL,
		    rp_text_cut(c->body, RP_ACTION_TEXT_MAX)));
		RP_TRY(rp_report_comment_answer(req->who, req->tx, &s->r, c->id,
		    RP_TEXT("taken"), c->answer));
		return rp_desk_done(out, req, own_url(req, s, ""), "action");
	}
	return rp_fail(RP_E_NOTFOUND, "no such comment");
}

/* Reports edited in a word processor. */

static struct rp_err *
take_file(const struct rp_request *req, struct desk *s, struct rp_response *out)
{
	s->file_error = M_desk_report_error_file;
	for (size_t i = 0; i < req->uploads.n; i++) {
		const struct rp_upload *u = &req->uploads.v[i];

		if (!is(u->field, "file") || u->size == 0 ||
		    !is(u->kind, "docx") ||
		    u->size > (size_t)RP_ATTACHMENT_SIZE_MAX)
			continue;
		RP_TRY(rp_report_return_add(req->who, req->tx, &s->r,
		    rp_lang_tag(req->reader.lang), u->upload_id, u->name));
		return rp_desk_done(out, req, own_url(req, s, ""), "return");
	}
	return again(req, s, out);
}

/* One line as it came back. `after`: the line before it. */
static struct rp_err *
take_line(const struct rp_request *req, struct desk *s,
    const struct rp_report_line *now, rp_text after)
{
	const struct rp_report_line *was = find_line(s, now->origin);
	struct rp_report_change c = { .op = RP_TEXT("add"),
		.origin = now->origin,
		.after = after,
		.level = now->level };

	s->edit = now->origin;
	s->body = now->text;
	if (was != NULL && rp_text_eq(was->text, now->text))
		return NULL;
	if (was != NULL) {
		RP_TRY(change_of(req, s, false, &c));
	} else {
		c.origin = RP_TEXT("");
		c.body = now->text;
		c.kind = now->kind == RP_LINE_SECTION ? RP_TEXT("section") :
			 now->kind == RP_LINE_TEXT    ? RP_TEXT("text") :
							RP_TEXT("paragraph");
		if (now->kind != RP_LINE_SECTION)
			c.level = 0;
	}
	return rp_report_change_set(req->who, req->tx, &s->r,
	    rp_lang_tag(req->reader.lang), &c);
}

static struct rp_err *
drop_line(const struct rp_request *req, struct desk *s,
    const struct rp_report_line *l)
{
	struct rp_report_change c;
	rp_text lang = rp_lang_tag(req->reader.lang);

	if (l->is_added)
		return rp_report_change_undo(req->who, req->tx, &s->r, lang,
		    l->origin);
	s->edit = l->origin;
	RP_TRY(change_of(req, s, true, &c));
	return rp_report_change_set(req->who, req->tx, &s->r, lang, &c);
}

static bool
has_line(const struct rp_report_lines *all, rp_text origin)
{
	for (size_t i = 0; i < all->n; i++)
		if (rp_text_eq(all->v[i].origin, origin))
			return true;
	return false;
}

/* New lines stand behind the known one before them, in the order of the file:
 * additions of one place keep the order in which they came. */
static struct rp_err *
take_over(const struct rp_request *req, struct desk *s, struct rp_response *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang), after;
	struct rp_report_lines kept, now;
	struct rp_report_return back;

	RP_TRY(make(req, s, req->reader.lang, &s->made));
	RP_TRY(rp_report_return_get(req->who, req->tx, &s->r, lang, &back));
	if (back.text.n == 0)
		return rp_fail(RP_E_CONFLICT, "nothing came back");
	kept = rp_web_report_kept(req, &s->made.lines);
	RP_TRY(rp_web_report_returned(req, back.text, &kept, &now));
	after = kept.n > 0 ? kept.v[0].origin : RP_TEXT("purpose");
	for (size_t i = 0; i < now.n; i++) {
		RP_TRY(take_line(req, s, &now.v[i], after));
		if (find_line(s, now.v[i].origin) != NULL)
			after = now.v[i].origin;
	}
	for (size_t i = 0; i < kept.n; i++)
		if (!has_line(&now, kept.v[i].origin))
			RP_TRY(drop_line(req, s, &kept.v[i]));
	RP_TRY(rp_report_return_forget(req->who, req->tx, &s->r, lang));
	return rp_desk_done(out, req, own_url(req, s, ""), "takeover");
}

struct rp_err *
rp_web_desk_report_post(const struct rp_request *req, struct rp_response *out)
{
	struct desk s;
	rp_url own;

	RP_TRY(load(req, &s));
	own = own_url(req, &s, "");
	if (rp_desk_button(req, "save"))
		return save(req, &s, false, out);
	if (rp_desk_button(req, "remove"))
		return save(req, &s, true, out);
	if (rp_desk_button(req, "undo"))
		return undo(req, &s, out);
	if (rp_desk_button(req, "add"))
		return add_line(req, &s, out);
	if (rp_desk_button(req, "open"))
		return open_round(req, &s, out);
	if (rp_desk_button(req, "approve"))
		return approve(req, &s, out);
	if (rp_desk_button(req, "post"))
		return post(req, &s, out);
	if (rp_desk_button(req, "taken"))
		return answer(req, &s, "taken", out);
	if (rp_desk_button(req, "declined"))
		return answer(req, &s, "declined", out);
	if (rp_desk_button(req, "action"))
		return make_action(req, &s, out);
	if (rp_desk_button(req, "return"))
		return take_file(req, &s, out);
	if (rp_desk_button(req, "takeover"))
		return take_over(req, &s, out);
	if (rp_desk_button(req, "forget")) {
		RP_TRY(rp_report_return_forget(req->who, req->tx, &s.r,
		    rp_lang_tag(req->reader.lang)));
		return rp_desk_done(out, req, own, "forget");
	}
	if (rp_desk_button(req, "close")) {
		RP_TRY(rp_report_close(req->who, req->tx, &s.r));
		return rp_desk_done(out, req, own, "close");
	}
	if (rp_desk_button(req, "defer")) {
		RP_TRY(rp_report_defer(req->who, req->tx, &s.m, &s.r));
		return rp_desk_done(out, req, own, "defer");
	}
	if (rp_desk_button(req, "send")) {
		RP_TRY(rp_report_send(req->who, req->tx, &s.r));
		return rp_desk_done(out, req, own, "send");
	}
	return rp_fail(RP_E_INVALID, "no such button");
}
