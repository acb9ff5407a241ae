/* desk_agenda_pages - the agenda of a meeting, at the desk. */
#include "base/clock.h"
#include "base/err.h"
#include "domain/day.h"
#include "render/t_desk_agenda.h"
#include "render/t_desk_item.h"
#include "render/t_desk_part.h"
#include "web/action.h"
#include "web/desk_agenda.h"
#include "web/duty.h"
#include "web/registry.h"

#define WORD_MAX 40
#define DUTY_AHEAD (183 * 24 * RP_HOUR)

static const rp_text part_kind = RP_TEXT_INIT("meeting_part");
static const rp_text item_kind = RP_TEXT_INIT("agenda_item");

static rp_url
agenda_url(const struct rp_request *req, const struct rp_meeting *m)
{
	return rp_desk_url(req, "meetings/%lld/agenda", (long long)m->id);
}

static rp_url
part_url(const struct rp_request *req, const struct rp_meeting *m, int64_t id)
{
	return rp_desk_url(req, "meetings/%lld/parts/%lld", (long long)m->id,
	    (long long)id);
}

static rp_url
item_url(const struct rp_request *req, const struct rp_meeting *m, int64_t id)
{
	return rp_desk_url(req, "meetings/%lld/items/%lld", (long long)m->id,
	    (long long)id);
}

/* The list. */

static void
add_items(const struct rp_request *req, const struct rp_desk_agenda *s,
    int64_t part_id, struct v_desk_agenda_parts *to)
{
	for (size_t k = 0; k < s->a.items.n; k++) {
		const struct rp_agenda_item *i = &s->a.items.v[k];
		struct rp_web_title title = rp_web_item_title(req, i);
		struct v_desk_agenda_parts_items row = { .id = i->id,
			.number = i->number,
			.title = title.text,
			.lang = title.lang,
			.edit_url = item_url(req, &s->m, i->id),
			.record_url =
			    rp_desk_url(req, "meetings/%lld/items/%lld/record",
				(long long)s->m.id, (long long)i->id) };

		if (i->part_id != part_id)
			continue;
		if (!rp_text_eq(i->state, RP_TEXT("planned")))
			row.state = rp_msg_item_state(i->state);
		row.documents =
		    rp_desk_item_of(req, s, i, title.text, req->reader.lang)
			.documents;
		rp_vec_push(req->arena, &to->items, row);
	}
}

static void
add_parts(const struct rp_request *req, const struct rp_desk_agenda *s,
    struct v_desk_agenda *v)
{
	struct v_desk_agenda_parts none = { .title = rp_web_msg(req,
						M_agenda_no_part) };

	add_items(req, s, 0, &none);
	if (none.items.n > 0)
		rp_vec_push(req->arena, &v->parts, none);
	for (size_t i = 0; i < s->a.parts.n; i++) {
		const struct rp_meeting_part *p = &s->a.parts.v[i];
		struct rp_web_title title = rp_web_part_title(req, p, i + 1);
		struct v_desk_agenda_parts row = { .id = p->id,
			.is_part = true,
			.title = title.text,
			.lang = title.lang,
			.time = rp_web_part_time(req, &s->m, p),
			.access = rp_msg_part_access(p->access),
			.edit_url = part_url(req, &s->m, p->id) };

		add_items(req, s, p->id, &row);
		rp_vec_push(req->arena, &v->parts, row);
	}
}

static void
show_issue(const struct rp_request *req, const struct rp_desk_agenda *s,
    struct v_desk_agenda *v)
{
	const struct rp_meeting_document *d =
	    rp_web_document_find(&s->documents, s->a.document_id);

	v->has_items = s->a.items.n > 0;
	v->is_changed = s->a.is_changed;
	v->can_issue = s->a.is_changed;
	v->can_adopt =
	    !s->a.is_changed && s->a.adopted_revision != s->a.revision;
	v->adopted = rp_msg_adopted(&s->a);
	if (d != NULL) {
		const struct rp_msg_arg args[] = { RP_MSG_TEXT(rp_web_date(req,
						       s->m.zone,
						       s->a.issued_at)),
			RP_MSG_TEXT(
			    rp_meeting_document_symbol(req->arena, &s->m, d)) };

		v->issued = rp_message(req->arena, &req->reader,
		    M_desk_agenda_issued_as, args, 2);
	}
}

/* Duties to report. */

/* The item that a duty becomes: who reports to whom, and by which paragraph. */
static struct rp_err *
duty_title(const struct rp_request *req, const struct rp_duty *d, rp_text *out)
{
	struct rp_instrument in;

	RP_TRY(rp_instrument_get_by_id(req->who, req->tx, d->instrument_id,
	    rp_lang_tag(req->reader.lang), &in));
	*out = rp_textf(req->arena, "%.*s → %.*s (%.*s%s%.*s)", RP_FMT(d->who),
	    RP_FMT(d->recipient), RP_FMT(rp_web_instrument_name(req, &in)),
	    d->paragraph.n > 0 ? ", " : "", RP_FMT(d->paragraph));
	if (out->n > RP_AGENDA_TITLE_MAX)
		*out = rp_web_instrument_name(req, &in);
	return NULL;
}

/* Due before the half year after the meeting is over, and on no item yet. */
static struct rp_err *
add_duties(const struct rp_request *req, const struct rp_desk_agenda *s,
    struct v_desk_agenda *v)
{
	struct rp_duties all;
	rp_text last;

	RP_TRY(rp_day_at(req->who, req->tx, s->g.id,
	    s->m.closes_at + DUTY_AHEAD, &last));
	RP_TRY(rp_duty_list(req->who, req->tx, s->g.id, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_duty *d = &all.v[i];
		struct v_desk_agenda_duties row = { .id = rp_textf(req->arena,
							"%lld",
							(long long)d->number),
			.lang = d->lang,
			.due = rp_web_day(req, d->due),
			.due_iso = d->due,
			.state = rp_web_duty_chip(req, d) };
		bool there = false;

		if (!rp_text_eq(d->state, RP_TEXT("standing")) ||
		    d->is_reported || d->due.n == 0 ||
		    rp_text_cmp(d->due, last) > 0)
			continue;
		RP_TRY(duty_title(req, d, &row.title));
		for (size_t k = 0; k < s->a.items.n; k++)
			there |=
			    rp_text_eq(s->a.items.v[k].title.body, row.title);
		if (!there)
			rp_vec_push(req->arena, &v->duties, row);
	}
	return NULL;
}

static struct rp_err *
take_duty(const struct rp_request *req, const struct rp_desk_agenda *s,
    struct rp_response *out)
{
	const struct rp_agenda_item i = { .kind = RP_ITEM_OTHER,
		.part_id = s->a.parts.n > 0 ? s->a.parts.v[0].id : 0 };
	struct rp_duty d;
	rp_text title;
	int64_t id;

	RP_TRY(rp_duty_get(req->who, req->tx, s->g.id,
	    rp_desk_number(req, &req->form, "take_duty"), &d));
	RP_TRY(duty_title(req, &d, &title));
	RP_TRY(rp_agenda_item_add(req->who, req->tx, &s->m, &i, &id));
	RP_TRY(rp_desk_agenda_title(req, s, item_kind, id, req->reader.lang,
	    title));
	return rp_desk_done(out, req, agenda_url(req, &s->m), "item");
}

static struct rp_err *
show(const struct rp_request *req, const struct rp_desk_agenda *s,
    const struct rp_desk_item *item, const struct rp_desk_part *part,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "part", M_desk_agenda_done_part },
		{ "item", M_desk_agenda_done_item },
		{ "moved", M_desk_agenda_done_moved },
		{ "removed", M_desk_agenda_done_removed },
		{ "issued", M_desk_agenda_done_issued },
		{ "adopted", M_desk_agenda_done_adopted },
		{ NULL, M_none },
	};
	struct v_desk_agenda v = { .token = req->csrf,
		.meeting_url =
		    rp_desk_url(req, "meetings/%lld", (long long)s->m.id),
		.meeting_name = rp_web_meeting_name(req, &s->m),
		.public_url = rp_web_meeting_url(req, &s->g, &s->m, ""),
		.action = agenda_url(req, &s->m),
		.done = rp_desk_word(req, done) };
	rp_html content;

	add_parts(req, s, &v);
	show_issue(req, s, &v);
	RP_TRY(add_duties(req, s, &v));
	rp_desk_item_show(req, s, item, &v.item, &v.errors);
	RP_TRY(rp_desk_part_show(req, s, part, &v.part, &v.errors));
	RP_TRY(rp_web_render(req, desk_agenda, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_agenda_title), content,
	    out);
}

/* Both forms empty; a part begins with the times of the meeting. */
static void
blank(const struct rp_request *req, const struct rp_desk_agenda *s,
    struct rp_desk_item *item, struct rp_desk_part *part)
{
	const struct rp_agenda_item i = { .kind = RP_ITEM_OTHER,
		.part_id = s->a.parts.n > 0 ? s->a.parts.v[0].id : 0 };
	const struct rp_meeting_part p = { .access = RP_TEXT("members"),
		.opens_local = s->m.opens_local,
		.closes_local = s->m.closes_local };

	*item = rp_desk_item_of(req, s, &i, RP_TEXT(""), req->reader.lang);
	*part = rp_desk_part_of(req, &p, RP_TEXT(""), req->reader.lang);
}

struct rp_err *
rp_web_desk_agenda(const struct rp_request *req, struct rp_response *out)
{
	struct rp_desk_agenda s;
	struct rp_desk_item item;
	struct rp_desk_part part;

	RP_TRY(rp_desk_agenda_load(req, &s));
	blank(req, &s, &item, &part);
	return show(req, &s, &item, &part, out);
}

static struct rp_err *
add_item(const struct rp_request *req, const struct rp_desk_agenda *s,
    struct rp_response *out)
{
	struct rp_desk_item item;
	struct rp_desk_part part;
	struct rp_desk_item empty;
	int64_t id;

	blank(req, s, &empty, &part);
	RP_TRY(rp_desk_item_read(req, s, &item));
	if (rp_desk_item_bad(&item)) {
		out->status = 400;
		return show(req, s, &item, &part, out);
	}
	RP_TRY(rp_agenda_item_add(req->who, req->tx, &s->m, &item.i, &id));
	RP_TRY(
	    rp_desk_agenda_title(req, s, item_kind, id, item.lang, item.title));
	return rp_desk_done(out, req, agenda_url(req, &s->m), "item");
}

static struct rp_err *
add_part(const struct rp_request *req, const struct rp_desk_agenda *s,
    struct rp_response *out)
{
	struct rp_desk_item item;
	struct rp_desk_part part, empty;
	int64_t id;

	blank(req, s, &item, &empty);
	RP_TRY(rp_desk_part_read(req, s, &part));
	if (rp_desk_part_bad(&part)) {
		out->status = 400;
		return show(req, s, &item, &part, out);
	}
	RP_TRY(rp_agenda_part_add(req->who, req->tx, &s->m, &part.p, &id));
	RP_TRY(
	    rp_desk_agenda_title(req, s, part_kind, id, part.lang, part.title));
	return rp_desk_done(out, req, agenda_url(req, &s->m), "part");
}

/* One of the four buttons with arrows; their value is what is moved. */
static struct rp_err *
move(const struct rp_request *req, const struct rp_meeting *m, bool *out_moved)
{
	const struct rp_urlform *form = &req->form;

	*out_moved = true;
	if (rp_form_has(form, "part_up"))
		return rp_agenda_part_move(req->who, req->tx, m,
		    rp_desk_number(req, form, "part_up"), -1);
	if (rp_form_has(form, "part_down"))
		return rp_agenda_part_move(req->who, req->tx, m,
		    rp_desk_number(req, form, "part_down"), 1);
	if (rp_form_has(form, "item_up"))
		return rp_agenda_item_move(req->who, req->tx, m,
		    rp_desk_number(req, form, "item_up"), -1);
	if (rp_form_has(form, "item_down"))
		return rp_agenda_item_move(req->who, req->tx, m,
		    rp_desk_number(req, form, "item_down"), 1);
	*out_moved = false;
	return NULL;
}

static struct rp_err *
issue(const struct rp_request *req, const struct rp_meeting *m,
    struct rp_response *out)
{
	int64_t number, revision;

	RP_TRY(rp_agenda_issue(req->who, req->tx, m, &number, &revision));
	RP_TRY(rp_web_agenda_files(req, m, number, revision));
	return rp_desk_done(out, req, agenda_url(req, m), "issued");
}

struct rp_err *
rp_web_desk_agenda_post(const struct rp_request *req, struct rp_response *out)
{
	struct rp_desk_agenda s;
	bool moved;

	RP_TRY(rp_desk_agenda_load(req, &s));
	RP_TRY(move(req, &s.m, &moved));
	if (moved)
		return rp_desk_done(out, req, agenda_url(req, &s.m), "moved");
	if (rp_form_has(&req->form, "take_duty"))
		return take_duty(req, &s, out);
	if (rp_desk_button(req, "add_part"))
		return add_part(req, &s, out);
	if (rp_desk_button(req, "issue"))
		return issue(req, &s.m, out);
	if (rp_desk_button(req, "adopt")) {
		RP_TRY(rp_agenda_adopt(req->who, req->tx, &s.m));
		return rp_desk_done(out, req, agenda_url(req, &s.m), "adopted");
	}
	return add_item(req, &s, out);
}

/* One part or item, in one language at a time. */

static enum rp_lang
editing(const struct rp_request *req)
{
	enum rp_lang lang = req->reader.lang;
	rp_text tag;
	struct rp_err *e =
	    rp_form_line(req, &req->query, "text", WORD_MAX, &tag);

	if (e == NULL)
		(void)rp_lang_find(tag, &lang);
	rp_err_free(e);
	return lang;
}

static rp_text
title_in(const struct rp_wordings *all, int64_t id, enum rp_lang lang)
{
	const struct rp_wording *w =
	    rp_wording_find(all, id, RP_TEXT("title"), rp_lang_tag(lang));

	return w != NULL ? w->body : RP_TEXT("");
}

static void
add_tabs(const struct rp_request *req, const struct rp_wordings *all,
    int64_t id, rp_url url, enum rp_lang editing, struct v_title_tabs *v)
{
	for (int l = 0; l < RP_LANG_COUNT; l++) {
		enum rp_lang lang = (enum rp_lang)l;
		struct v_title_tabs_tabs tab = { .lang = rp_lang_tag(lang),
			.name = rp_lang_own_name(lang),
			.url = rp_urlf(req->arena, "%s?text=%s", url.p,
			    rp_lang_tag(lang).p),
			.current = lang == editing,
			.is_missing = title_in(all, id, lang).n == 0 };

		rp_vec_push(req->arena, &v->tabs, tab);
	}
}

/* At the top, when what was asked for cannot be. */
static void
refuse(const struct rp_request *req, struct v_error_summary *v, enum rp_msg why)
{
	rp_text ignored;

	if (why != M_none)
		rp_web_problem_text(req, v, "main", rp_web_msg(req, why),
		    &ignored);
}

static const struct rp_desk_word saved[] = {
	{ "saved", M_desk_agenda_done_saved },
	{ NULL, M_none },
};

static struct rp_err *
show_item(const struct rp_request *req, const struct rp_desk_agenda *s,
    const struct rp_desk_item *f, enum rp_msg why, struct rp_response *out)
{
	const struct rp_agenda_item *i =
	    rp_agenda_item_find(&s->a, req->params.k);
	struct rp_web_title title = rp_web_item_title(req, i);
	struct v_desk_item v = { .token = req->csrf,
		.agenda_url = agenda_url(req, &s->m),
		.guests_url = rp_urlf(req->arena, "%s/guests",
		    item_url(req, &s->m, i->id).p),
		.action = item_url(req, &s->m, i->id),
		.name = title.text,
		.lang = title.lang,
		.done = rp_desk_word(req, saved) };
	struct rp_wordings items, parts;
	rp_html content;

	RP_TRY(rp_agenda_titles(req->who, req->tx, &s->m, &items, &parts));
	add_tabs(req, &items, i->id, v.action, f->lang, &v.tabs);
	refuse(req, &v.errors, why);
	rp_desk_item_show(req, s, f, &v.fields, &v.errors);
	RP_TRY(rp_web_render(req, desk_item, &v, &content));
	return rp_desk_frame(req, title.text, content, out);
}

static struct rp_err *
load_item(const struct rp_request *req, struct rp_desk_agenda *s,
    struct rp_desk_item *f)
{
	enum rp_lang lang = editing(req);
	const struct rp_agenda_item *i;
	struct rp_wordings items, parts;

	RP_TRY(rp_desk_agenda_load(req, s));
	i = rp_agenda_item_find(&s->a, req->params.k);
	if (i == NULL)
		return rp_fail(RP_E_NOTFOUND, "no such item");
	RP_TRY(rp_agenda_titles(req->who, req->tx, &s->m, &items, &parts));
	*f = rp_desk_item_of(req, s, i, title_in(&items, i->id, lang), lang);
	return NULL;
}

struct rp_err *
rp_web_desk_item(const struct rp_request *req, struct rp_response *out)
{
	struct rp_desk_agenda s;
	struct rp_desk_item f;

	RP_TRY(load_item(req, &s, &f));
	return show_item(req, &s, &f, M_none, out);
}

/* What stays although it was to go: the page again, and why. */
static bool
stays(struct rp_err **e)
{
	bool yes = *e != NULL && rp_err_code(*e) == RP_E_CONFLICT;

	if (yes) {
		rp_err_free(*e);
		*e = NULL;
	}
	return yes;
}

static struct rp_err *
remove_item(const struct rp_request *req, const struct rp_desk_agenda *s,
    const struct rp_desk_item *f, struct rp_response *out)
{
	struct rp_err *e =
	    rp_agenda_item_remove(req->who, req->tx, &s->m, f->i.id);

	if (stays(&e)) {
		out->status = 409;
		return show_item(req, s, f, M_desk_agenda_error_item_record,
		    out);
	}
	RP_TRY(e);
	return rp_desk_done(out, req, agenda_url(req, &s->m), "removed");
}

struct rp_err *
rp_web_desk_item_post(const struct rp_request *req, struct rp_response *out)
{
	struct rp_desk_agenda s;
	struct rp_desk_item f;

	RP_TRY(load_item(req, &s, &f));
	if (rp_desk_button(req, "remove"))
		return remove_item(req, &s, &f, out);
	RP_TRY(rp_desk_item_read(req, &s, &f));
	if (rp_desk_item_bad(&f)) {
		out->status = 400;
		return show_item(req, &s, &f, M_none, out);
	}
	f.i.id = req->params.k;
	RP_TRY(rp_agenda_item_set(req->who, req->tx, &s.m, &f.i));
	RP_TRY(
	    rp_desk_agenda_title(req, &s, item_kind, f.i.id, f.lang, f.title));
	return rp_desk_done(out, req,
	    rp_urlf(req->arena, "%s?text=%s", item_url(req, &s.m, f.i.id).p,
		rp_lang_tag(f.lang).p),
	    "saved");
}

static struct rp_err *
show_part(const struct rp_request *req, const struct rp_desk_agenda *s,
    const struct rp_desk_part *f, enum rp_msg why, struct rp_response *out)
{
	const struct rp_meeting_part *p =
	    rp_agenda_part_find(&s->a, req->params.k);
	struct rp_web_title title =
	    rp_web_part_title(req, p, (size_t)(p - s->a.parts.v) + 1);
	struct v_desk_part v = { .token = req->csrf,
		.agenda_url = agenda_url(req, &s->m),
		.captions_url = rp_web_meeting_url(req, &s->g, &s->m,
		    rp_textf(req->arena, "parts/%lld/captions",
			(long long)p->id)
			.p),
		.action = part_url(req, &s->m, p->id),
		.name = title.text,
		.lang = title.lang,
		.done = rp_desk_word(req, saved) };
	struct rp_wordings items, parts;
	rp_html content;

	RP_TRY(rp_agenda_titles(req->who, req->tx, &s->m, &items, &parts));
	add_tabs(req, &parts, p->id, v.action, f->lang, &v.tabs);
	refuse(req, &v.errors, why);
	RP_TRY(rp_desk_part_show(req, s, f, &v.fields, &v.errors));
	RP_TRY(rp_web_render(req, desk_part, &v, &content));
	return rp_desk_frame(req, title.text, content, out);
}

static struct rp_err *
load_part(const struct rp_request *req, struct rp_desk_agenda *s,
    struct rp_desk_part *f)
{
	enum rp_lang lang = editing(req);
	const struct rp_meeting_part *p;
	struct rp_wordings items, parts;

	RP_TRY(rp_desk_agenda_load(req, s));
	p = rp_agenda_part_find(&s->a, req->params.k);
	if (p == NULL)
		return rp_fail(RP_E_NOTFOUND, "no such part");
	RP_TRY(rp_agenda_titles(req->who, req->tx, &s->m, &items, &parts));
	*f = rp_desk_part_of(req, p, title_in(&parts, p->id, lang), lang);
	return NULL;
}

struct rp_err *
rp_web_desk_part(const struct rp_request *req, struct rp_response *out)
{
	struct rp_desk_agenda s;
	struct rp_desk_part f;

	RP_TRY(load_part(req, &s, &f));
	return show_part(req, &s, &f, M_none, out);
}

static enum rp_msg
why_part_stays(const struct rp_desk_agenda *s, int64_t id)
{
	for (size_t i = 0; i < s->a.items.n; i++) {
		if (s->a.items.v[i].part_id == id)
			return M_desk_agenda_error_part_items;
	}
	return M_captions_error_part;
}

static struct rp_err *
remove_part(const struct rp_request *req, const struct rp_desk_agenda *s,
    const struct rp_desk_part *f, struct rp_response *out)
{
	struct rp_err *e =
	    rp_agenda_part_remove(req->who, req->tx, &s->m, f->p.id);

	if (stays(&e)) {
		out->status = 409;
		return show_part(req, s, f, why_part_stays(s, f->p.id), out);
	}
	RP_TRY(e);
	return rp_desk_done(out, req, agenda_url(req, &s->m), "removed");
}

struct rp_err *
rp_web_desk_part_post(const struct rp_request *req, struct rp_response *out)
{
	struct rp_desk_agenda s;
	struct rp_desk_part f;

	RP_TRY(load_part(req, &s, &f));
	if (rp_desk_button(req, "remove"))
		return remove_part(req, &s, &f, out);
	RP_TRY(rp_desk_part_read(req, &s, &f));
	if (rp_desk_part_bad(&f)) {
		out->status = 400;
		return show_part(req, &s, &f, M_none, out);
	}
	f.p.id = req->params.k;
	RP_TRY(rp_agenda_part_set(req->who, req->tx, &s.m, &f.p));
	RP_TRY(
	    rp_desk_agenda_title(req, &s, part_kind, f.p.id, f.lang, f.title));
	return rp_desk_done(out, req,
	    rp_urlf(req->arena, "%s?text=%s", part_url(req, &s.m, f.p.id).p,
		rp_lang_tag(f.lang).p),
	    "saved");
}
