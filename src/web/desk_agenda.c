#include "web/desk_agenda.h"

#include "base/err.h"
#include "domain/officer.h"
#include "text/format.h"
#include "web/staff.h"

#define WORD_MAX 40
#define NUMBERS_MAX 400 /* octets of a list of documents */

struct rp_err *
rp_desk_agenda_load(const struct rp_request *req, struct rp_desk_agenda *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang);

	RP_TRY(
	    rp_meeting_get_by_id(req->who, req->tx, req->params.id, &out->m));
	RP_TRY(rp_group_get_by_id(req->who, req->tx, out->m.group_id, lang,
	    &out->g));
	RP_TRY(rp_actor_needs(req->who, RP_MAY_MEET, rp_group_place(&out->g)));
	RP_TRY(rp_agenda_get(req->who, req->tx, &out->m, lang, &out->a));
	return rp_meeting_document_list(req->who, req->tx, &out->m, lang,
	    &out->documents);
}

/* The language of the form's title. */
static struct rp_err *
read_lang(const struct rp_request *req, enum rp_lang *out)
{
	rp_text tag;

	RP_TRY(rp_form_line(req, &req->form, "lang", WORD_MAX, &tag));
	return rp_lang_find(tag, out) ?
		   NULL :
		   rp_fail(RP_E_INVALID, "no language of the pages");
}

/* A title that is too long is told, not cut and not lost. */
static struct rp_err *
read_title(const struct rp_request *req, rp_text *out, bool *out_bad)
{
	RP_TRY(rp_form_line(req, &req->form, "title", RP_WORDING_MAX, out));
	*out_bad = out->n > RP_AGENDA_TITLE_MAX;
	return NULL;
}

static rp_text
title_label(const struct rp_request *req, enum rp_lang lang)
{
	const struct rp_msg_arg args[] = { RP_MSG_TEXT(
	    rp_locale_language(req->reader.locale, req->arena,
		rp_lang_tag(lang))) };

	return rp_message(req->arena, &req->reader, M_desk_agenda_title_in,
	    args, 1);
}

static rp_text
too_long(const struct rp_request *req)
{
	const struct rp_msg_arg args[] = { RP_MSG_NUM(RP_AGENDA_TITLE_MAX) };

	return rp_message(req->arena, &req->reader, M_desk_agenda_error_title,
	    args, 1);
}

/* Items. */

static rp_text
numbers_of(const struct rp_request *req, const struct rp_desk_agenda *s,
    const struct rp_agenda_documents *ids)
{
	rp_text t = RP_TEXT("");

	for (size_t i = 0; i < ids->n; i++) {
		const struct rp_meeting_document *d =
		    rp_web_document_find(&s->documents, ids->v[i]);

		if (d != NULL)
			t = rp_textf(req->arena, "%.*s%s%lld", RP_FMT(t),
			    t.n > 0 ? ", " : "", (long long)d->number);
	}
	return t;
}

struct rp_desk_item
rp_desk_item_of(const struct rp_request *req, const struct rp_desk_agenda *s,
    const struct rp_agenda_item *i, rp_text title, enum rp_lang lang)
{
	return (struct rp_desk_item){ .i = *i,
		.lang = lang,
		.title = title,
		.kind = rp_report_kind_name(i->kind),
		.part = rp_desk_digits(req, i->part_id),
		.minutes = i->minutes > 0 ? rp_desk_digits(req, i->minutes) :
					    RP_TEXT(""),
		.documents = numbers_of(req, s, &i->documents) };
}

static const struct rp_meeting_document *
by_number(const struct rp_meeting_documents *all, rp_text t)
{
	int64_t n = rp_desk_whole(t);

	for (size_t i = 0; i < all->n; i++) {
		if (all->v[i].number == n)
			return &all->v[i];
	}
	return NULL;
}

static bool
is_there(const struct rp_agenda_documents *all, int64_t id)
{
	for (size_t i = 0; i < all->n; i++) {
		if (all->v[i] == id)
			return true;
	}
	return false;
}

static bool
separates(char c)
{
	return c == ' ' || c == ',' || c == ';';
}

/* "3, 1 5": the first one that is none is told. */
static void
read_documents(const struct rp_request *req, const struct rp_desk_agenda *s,
    struct rp_desk_item *f)
{
	rp_text t = f->documents;

	for (size_t at = 0, end; at < t.n; at = end) {
		const struct rp_meeting_document *d;

		while (at < t.n && separates(t.p[at]))
			at++;
		for (end = at; end < t.n && !separates(t.p[end]); end++)
			;
		if (end == at)
			break;
		d = by_number(&s->documents, rp_text_sub(t, at, end));
		if (d == NULL || is_there(&f->i.documents, d->id) ||
		    f->i.documents.n >= RP_AGENDA_DOCUMENTS_MAX) {
			f->bad_documents = true;
			f->bad_document = rp_text_sub(t, at, end);
			return;
		}
		rp_vec_push(req->arena, &f->i.documents, d->id);
	}
}

struct rp_err *
rp_desk_item_read(const struct rp_request *req, const struct rp_desk_agenda *s,
    struct rp_desk_item *f)
{
	const struct rp_urlform *form = &req->form;

	*f = (struct rp_desk_item){ 0 };
	RP_TRY(read_lang(req, &f->lang));
	RP_TRY(read_title(req, &f->title, &f->bad_title));
	RP_TRY(rp_form_line(req, form, "kind", WORD_MAX, &f->kind));
	RP_TRY(rp_form_line(req, form, "part", WORD_MAX, &f->part));
	RP_TRY(rp_form_line(req, form, "minutes", WORD_MAX, &f->minutes));
	RP_TRY(
	    rp_form_line(req, form, "documents", NUMBERS_MAX, &f->documents));
	if (!rp_report_kind_from(f->kind, &f->i.kind))
		return rp_fail(RP_E_INVALID, "no kind of item");
	f->i.part_id = rp_desk_number(req, form, "part");
	f->i.minutes = f->minutes.n > 0 ? rp_desk_whole(f->minutes) : 0;
	f->bad_minutes = rp_agenda_item_check(&f->i) == RP_AGENDA_BAD_MINUTES;
	read_documents(req, s, f);
	return NULL;
}

bool
rp_desk_item_bad(const struct rp_desk_item *f)
{
	return f->bad_minutes || f->bad_documents || f->bad_title;
}

static void
show_item_problems(const struct rp_request *req, const struct rp_desk_item *f,
    struct v_item_fields *v, struct v_error_summary *errors)
{
	const struct rp_msg_arg most[] = { RP_MSG_NUM(RP_AGENDA_MINUTES_MAX) };
	const struct rp_msg_arg typed[] = { RP_MSG_TEXT(f->bad_document) };

	if (f->bad_title)
		rp_web_problem_text(req, errors, "title", too_long(req),
		    &v->title_error);
	if (f->bad_minutes)
		rp_web_problem_text(req, errors, "minutes",
		    rp_message(req->arena, &req->reader,
			M_desk_agenda_error_minutes, most, 1),
		    &v->minutes_error);
	if (f->bad_documents)
		rp_web_problem_text(req, errors, "documents",
		    rp_message(req->arena, &req->reader,
			M_desk_agenda_error_documents, typed, 1),
		    &v->documents_error);
}

static void
add_kinds(const struct rp_request *req, const struct rp_desk_item *f,
    struct v_item_fields *v)
{
	for (int k = 0; k < RP_ITEM_KINDS; k++) {
		enum rp_report_kind kind = (enum rp_report_kind)k;
		struct v_item_fields_kinds one = { .value = rp_report_kind_name(
						       kind),
			.name = rp_web_msg(req, rp_msg_item_kind(kind)),
			.selected = f->i.kind == kind };

		rp_vec_push(req->arena, &v->kinds, one);
	}
}

void
rp_desk_item_show(const struct rp_request *req, const struct rp_desk_agenda *s,
    const struct rp_desk_item *f, struct v_item_fields *v,
    struct v_error_summary *errors)
{
	struct v_item_fields_parts none = { .value = RP_TEXT("0"),
		.name = rp_web_msg(req, M_agenda_no_part),
		.selected = f->i.part_id == 0 };
	struct rp_agenda_documents all = { 0 };
	struct rp_msg_arg numbers[] = { RP_MSG_TEXT(RP_TEXT("")) };

	for (size_t i = 0; i < s->documents.n; i++)
		rp_vec_push(req->arena, &all, s->documents.v[i].id);
	numbers[0].text = all.n > 0 ? numbers_of(req, s, &all) : RP_TEXT("—");
	*v = (struct v_item_fields){ .title_label = title_label(req, f->lang),
		.title = f->title,
		.lang = rp_lang_tag(f->lang),
		.dir = rp_dir_name(rp_lang_dir(f->lang)),
		.minutes = f->minutes,
		.documents = f->documents,
		.documents_hint = rp_message(req->arena, &req->reader,
		    M_desk_agenda_documents_hint, numbers, 1) };
	add_kinds(req, f, v);
	rp_vec_push(req->arena, &v->parts, none);
	for (size_t i = 0; i < s->a.parts.n; i++) {
		const struct rp_meeting_part *p = &s->a.parts.v[i];
		struct v_item_fields_parts one = { .value = rp_desk_digits(req,
						       p->id),
			.name = rp_web_part_title(req, p, i + 1).text,
			.selected = f->i.part_id == p->id };

		rp_vec_push(req->arena, &v->parts, one);
	}
	show_item_problems(req, f, v, errors);
}

/* Parts. */

struct rp_desk_part
rp_desk_part_of(const struct rp_request *req, const struct rp_meeting_part *p,
    rp_text title, enum rp_lang lang)
{
	return (struct rp_desk_part){ .p = *p,
		.lang = lang,
		.title = title,
		.chair = rp_desk_digits(req, p->chair_id),
		.acting = rp_desk_digits(req, p->acting_id) };
}

struct rp_err *
rp_desk_part_read(const struct rp_request *req, const struct rp_desk_agenda *s,
    struct rp_desk_part *f)
{
	const struct rp_urlform *form = &req->form;
	struct rp_meeting_part *p = &f->p;

	*f = (struct rp_desk_part){ 0 };
	RP_TRY(read_lang(req, &f->lang));
	RP_TRY(read_title(req, &f->title, &f->bad_title));
	RP_TRY(rp_form_line(req, form, "access", WORD_MAX, &p->access));
	RP_TRY(rp_form_line(req, form, "opens", WORD_MAX, &p->opens_local));
	RP_TRY(rp_form_line(req, form, "closes", WORD_MAX, &p->closes_local));
	p->chair_id = rp_desk_number(req, form, "chair");
	p->acting_id = rp_desk_number(req, form, "acting");
	f->problem = rp_agenda_part_check(req->who, &s->m, p);
	if (f->problem == RP_AGENDA_BAD_ACCESS)
		return rp_fail(RP_E_INVALID, "no access of a part");
	return NULL;
}

bool
rp_desk_part_bad(const struct rp_desk_part *f)
{
	return f->problem != RP_AGENDA_FINE || f->bad_title;
}

/* Who has an office in the group, each once. */
static struct rp_err *
people(const struct rp_request *req, const struct rp_desk_agenda *s,
    int64_t chosen, struct rp_choices *out)
{
	struct rp_choice nobody = { .value = RP_TEXT("0"),
		.name = rp_web_msg(req, M_desk_agenda_nobody),
		.selected = chosen == 0 };
	struct rp_officers all;

	RP_TRY(rp_officer_list(req->tx, s->g.id, req->now, &all));
	rp_vec_push(req->arena, out, nobody);
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_officer *o = &all.v[i];
		struct rp_choice one = { .value =
					     rp_desk_digits(req, o->person_id),
			.name = o->name,
			.selected = o->person_id == chosen };
		bool again = false;

		for (size_t k = 0; k < i; k++)
			again |= all.v[k].person_id == o->person_id;
		if (!again)
			rp_vec_push(req->arena, out, one);
	}
	return NULL;
}

static void
show_part_problems(const struct rp_request *req, const struct rp_desk_part *f,
    struct v_part_fields *v, struct v_error_summary *errors)
{
	if (f->bad_title)
		rp_web_problem_text(req, errors, "part-title", too_long(req),
		    &v->title_error);
	if (f->problem == RP_AGENDA_BAD_OPENS)
		rp_web_problem_text(req, errors, "part-opens",
		    rp_web_msg(req, M_desk_agenda_error_opens),
		    &v->opens_error);
	if (f->problem == RP_AGENDA_BAD_CLOSES)
		rp_web_problem_text(req, errors, "part-closes",
		    rp_web_msg(req, M_desk_agenda_error_closes),
		    &v->closes_error);
}

struct rp_err *
rp_desk_part_show(const struct rp_request *req, const struct rp_desk_agenda *s,
    const struct rp_desk_part *f, struct v_part_fields *v,
    struct v_error_summary *errors)
{
	bool is_public = rp_text_eq(f->p.access, RP_TEXT("public"));
	struct rp_choices chairs = { 0 }, actings = { 0 };

	*v = (struct v_part_fields){ .title_label = title_label(req, f->lang),
		.title = f->title,
		.lang = rp_lang_tag(f->lang),
		.dir = rp_dir_name(rp_lang_dir(f->lang)),
		.is_public = is_public,
		.is_members = !is_public,
		.opens = f->p.opens_local,
		.closes = f->p.closes_local };
	RP_TRY(people(req, s, f->p.chair_id, &chairs));
	RP_TRY(people(req, s, f->p.acting_id, &actings));
	RP_COPY_CHOICES(req, &v->chairs, chairs);
	RP_COPY_CHOICES(req, &v->actings, actings);
	show_part_problems(req, f, v, errors);
	return NULL;
}

struct rp_err *
rp_desk_agenda_title(const struct rp_request *req,
    const struct rp_desk_agenda *s, rp_text owner_kind, int64_t id,
    enum rp_lang lang, rp_text title)
{
	enum rp_wording_status status = RP_WORDING_ORIGINAL;
	rp_text tag = rp_lang_tag(lang);
	struct rp_wordings items, parts, *all;

	RP_TRY(rp_agenda_titles(req->who, req->tx, &s->m, &items, &parts));
	all = rp_text_eq(owner_kind, RP_TEXT("agenda_item")) ? &items : &parts;
	for (size_t i = 0; i < all->n; i++) {
		if (all->v[i].owner_id == id &&
		    all->v[i].status == RP_WORDING_ORIGINAL &&
		    !rp_text_eq(all->v[i].lang, tag))
			status = RP_WORDING_OFFICIAL;
	}
	return rp_agenda_title_set(req->who, req->tx, &s->m, owner_kind, id,
	    tag, status, title);
}
