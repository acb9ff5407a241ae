/*
 * desk_meeting_pages - meetings, their documents and the rules of posting, at
 * the desk.
 */
#include <string.h>

#include "base/err.h"
#include "codec/json.h"
#include "domain/response.h"
#include "domain/right.h"
#include "render/t_desk_document.h"
#include "render/t_desk_meeting.h"
#include "render/t_desk_meetings.h"
#include "render/t_desk_posting.h"
#include "text/format.h"
#include "text/input.h"
#include "text/zone.h"
#include "web/desk.h"
#include "web/desk_part.h"
#include "web/meeting.h"
#include "web/staff.h"

#define WORD_MAX 40
#define FINDINGS_SHOWN ((size_t)1000)
#define FINDING_MAX ((size_t)4000)

static struct rp_choices
words(const struct rp_request *req, const rp_text *of,
    enum rp_msg (*msg)(rp_text), rp_text chosen)
{
	struct rp_choices out = { 0 };

	for (; of->n > 0; of++) {
		struct rp_choice one = { .value = *of,
			.name = rp_web_msg(req, msg(*of)),
			.selected = rp_text_eq(*of, chosen) };

		rp_vec_push(req->arena, &out, one);
	}
	return out;
}

/* A whole number, or -1. */
static int64_t
number_of(rp_text t)
{
	int64_t n;

	return rp_text_i64(rp_text_trim(t), &n) && n >= 0 ? n : -1;
}

static rp_text
number_text(const struct rp_request *req, int64_t n)
{
	return rp_textf(req->arena, "%lld", (long long)n);
}

/* The list, and a new one. */

struct entering {
	struct rp_meeting m;
	rp_text group, ordinal;
	enum rp_meeting_problem problem;
	bool is_there;
};

static void
add_meeting(const struct rp_request *req, const struct rp_group *g,
    const struct rp_meeting *m, struct v_desk_meetings *v)
{
	struct v_desk_meetings_rows row = { .name = rp_web_meeting_name(req, m),
		.group = g->name.body,
		.time = rp_web_time(req, m->zone, m->opens_at),
		.iso = rp_web_iso(req, m->opens_at),
		.place = m->place,
		.url = rp_desk_url(req, "meetings/%lld", (long long)m->id) };

	rp_vec_push(req->arena, &v->rows, row);
}

static struct rp_err *
add_group(const struct rp_request *req, const struct rp_group *g,
    const struct entering *f, struct v_desk_meetings *v)
{
	struct v_desk_meetings_groups one = {
		.value = number_text(req, g->id),
		.name = g->name.body,
	};
	struct v_desk_meetings_posting rules = { .name = g->name.body,
		.url = rp_desk_url(req, "posting/%lld", (long long)g->id),
		.speakers_url =
		    rp_desk_url(req, "speakers/%lld", (long long)g->id),
		.letterheads_url =
		    rp_desk_url(req, "letterheads/%lld", (long long)g->id),
		.access_url =
		    rp_desk_url(req, "access/%lld", (long long)g->id) };
	struct v_desk_meetings_actions actions = { .name = g->name.body,
		.url =
		    rp_desk_url(req, "groups/%lld/actions", (long long)g->id) };
	struct rp_meetings all;

	if (!rp_actor_may(req->who, RP_MAY_MEET, rp_group_place(g)))
		return NULL;
	one.selected = rp_text_eq(one.value, f->group);
	rp_vec_push(req->arena, &v->groups, one);
	rp_vec_push(req->arena, &v->posting, rules);
	rp_vec_push(req->arena, &v->actions, actions);
	RP_TRY(rp_meeting_list(req->who, req->tx, g->id, &all));
	for (size_t i = 0; i < all.n; i++)
		add_meeting(req, g, &all.v[i], v);
	return NULL;
}

static void
show_meeting_problem(const struct rp_request *req, const struct entering *f,
    struct v_desk_meetings *v)
{
	switch (f->problem) {
	case RP_MEETING_FINE:
		if (f->is_there)
			rp_web_problem_text(req, &v->errors, "ordinal",
			    rp_web_msg(req, M_desk_meetings_error_there),
			    &v->ordinal_error);
		break;
	case RP_MEETING_BAD_SERIES:
		rp_web_problem_text(req, &v->errors, "series",
		    rp_web_msg(req, M_desk_meetings_error_series),
		    &v->series_error);
		break;
	case RP_MEETING_BAD_ORDINAL:
		rp_web_problem_text(req, &v->errors, "ordinal",
		    rp_web_msg(req, M_desk_meetings_error_ordinal),
		    &v->ordinal_error);
		break;
	case RP_MEETING_BAD_ZONE:
	case RP_MEETING_BAD_OPENS:
		rp_web_problem_text(req, &v->errors, "opens",
		    rp_web_msg(req, M_desk_meetings_error_time),
		    &v->opens_error);
		break;
	case RP_MEETING_BAD_CLOSES:
		rp_web_problem_text(req, &v->errors, "closes",
		    rp_web_msg(req, M_desk_meetings_error_closes),
		    &v->closes_error);
		break;
	case RP_MEETING_BAD_PLACE:
	case RP_MEETING_BAD_MODE:
		rp_web_problem_text(req, &v->errors, "place",
		    rp_web_msg(req, M_desk_meetings_error_place),
		    &v->place_error);
		break;
	}
}

static struct rp_err *
show_meetings(const struct rp_request *req, const struct entering *f,
    struct rp_response *out)
{
	struct v_desk_meetings v = { .token = req->csrf,
		.action = rp_desk_url(req, "meetings"),
		.series = f->m.series,
		.ordinal = f->ordinal,
		.opens = f->m.opens_local,
		.closes = f->m.closes_local,
		.place = f->m.place };
	struct rp_groups groups;
	rp_html content;

	RP_TRY(rp_group_list(req->who, req->tx, rp_lang_tag(req->reader.lang),
	    &groups));
	for (size_t i = 0; i < groups.n; i++)
		RP_TRY(add_group(req, &groups.v[i], f, &v));
	if (v.groups.n == 0)
		return rp_fail(RP_E_DENIED, "no group's meetings");
	RP_COPY_CHOICES(req, &v.zones, rp_web_zone_choices(req, f->m.zone));
	RP_COPY_CHOICES(req, &v.modes,
	    words(req, rp_meeting_modes, rp_msg_meeting_mode, f->m.mode));
	show_meeting_problem(req, f, &v);
	RP_TRY(rp_web_render(req, desk_meetings, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_desk_meetings_title),
	    content, out);
}

struct rp_err *
rp_web_desk_meetings(const struct rp_request *req, struct rp_response *out)
{
	struct entering f = { .m.zone = req->who->zone };

	return show_meetings(req, &f, out);
}

static struct rp_err *
read_meeting(const struct rp_request *req, struct entering *f)
{
	const struct rp_urlform *form = &req->form;
	struct rp_meeting *m = &f->m;

	RP_TRY(rp_form_line(req, form, "group", WORD_MAX, &f->group));
	RP_TRY(rp_form_line(req, form, "series", RP_NAME_MAX, &m->series));
	RP_TRY(rp_form_line(req, form, "ordinal", WORD_MAX, &f->ordinal));
	RP_TRY(rp_form_line(req, form, "zone", RP_ZONE_ID_MAX, &m->zone));
	RP_TRY(rp_form_line(req, form, "opens", WORD_MAX, &m->opens_local));
	RP_TRY(rp_form_line(req, form, "closes", WORD_MAX, &m->closes_local));
	RP_TRY(
	    rp_form_line(req, form, "place", RP_MEETING_PLACE_MAX, &m->place));
	RP_TRY(rp_form_line(req, form, "mode", WORD_MAX, &m->mode));
	m->group_id = rp_desk_number(req, form, "group");
	m->ordinal = number_of(f->ordinal);
	return NULL;
}

/* Told beside the field, before the database would refuse it. */
static struct rp_err *
is_there(const struct rp_request *req, struct entering *f)
{
	struct rp_meetings all;

	RP_TRY(rp_meeting_list(req->who, req->tx, f->m.group_id, &all));
	for (size_t i = 0; i < all.n; i++)
		f->is_there |= all.v[i].ordinal == f->m.ordinal &&
			       rp_text_eq(all.v[i].series, f->m.series);
	return NULL;
}

struct rp_err *
rp_web_desk_meetings_post(const struct rp_request *req, struct rp_response *out)
{
	struct entering f = { 0 };
	int64_t id;

	RP_TRY(read_meeting(req, &f));
	f.problem = rp_meeting_check(req->who, &f.m);
	RP_TRY(is_there(req, &f));
	if (f.problem != RP_MEETING_FINE || f.is_there) {
		out->status = 400;
		return show_meetings(req, &f, out);
	}
	RP_TRY(rp_meeting_create(req->who, req->tx, &f.m, &id));
	return rp_desk_done(out, req,
	    rp_desk_url(req, "meetings/%lld", (long long)id), "created");
}

/* One meeting: its documents, and a new one. */

struct adding {
	struct rp_group g;
	struct rp_meeting m;
	struct rp_document_in in;
	rp_text number, title, lang;
	bool bad_number, given, bad_title, bad_sources;
};

static struct rp_err *
load_meeting(const struct rp_request *req, struct rp_group *g,
    struct rp_meeting *m)
{
	RP_TRY(rp_meeting_get_by_id(req->who, req->tx, req->params.id, m));
	RP_TRY(rp_group_get_by_id(req->who, req->tx, m->group_id,
	    rp_lang_tag(req->reader.lang), g));
	return rp_actor_needs(req->who, RP_MAY_MEET, rp_group_place(g));
}

static rp_url
meeting_url(const struct rp_request *req, const struct rp_meeting *m)
{
	return rp_desk_url(req, "meetings/%lld", (long long)m->id);
}

rp_url
rp_web_desk_document_page(const struct rp_request *req,
    const struct rp_meeting *m, const struct rp_meeting_document *d)
{
	rp_text part = rp_document_part_name(req->arena, d);

	return rp_desk_url(req, "meetings/%lld/documents/%lld%s%s",
	    (long long)m->id, (long long)d->number, part.n > 0 ? "/" : "",
	    part.p);
}

static void
add_row(const struct rp_request *req, const struct rp_meeting *m,
    const struct rp_meeting_document *d, struct v_desk_meeting *v)
{
	struct v_desk_meeting_documents row = {
		.symbol = rp_meeting_document_symbol(req->arena, m, d),
		.title = d->title.body,
		.lang = d->title.lang,
		.state = rp_msg_document_state(d->state),
		.late = rp_msg_late(d),
		.url = rp_web_desk_document_page(req, m, d)
	};

	rp_vec_push(req->arena, &v->documents, row);
	for (size_t i = 0; i < d->parts.n; i++)
		add_row(req, m, &d->parts.v[i], v);
}

static void
show_document_problems(const struct rp_request *req, const struct adding *f,
    struct v_desk_meeting *v)
{
	struct rp_meeting_document d = { .number = f->in.number };
	const struct rp_msg_arg symbol[] = { RP_MSG_TEXT(
	    rp_meeting_document_symbol(req->arena, &f->m, &d)) };

	if (f->bad_number)
		rp_web_problem_text(req, &v->errors, "number",
		    rp_web_msg(req, M_desk_meeting_error_number),
		    &v->number_error);
	if (f->given)
		rp_web_problem_text(req, &v->errors, "number",
		    rp_message(req->arena, &req->reader,
			M_desk_meeting_error_there, symbol, 1),
		    &v->number_error);
	if (f->bad_title)
		rp_web_problem_text(req, &v->errors, "title",
		    rp_web_msg(req, M_desk_meeting_error_title),
		    &v->title_error);
	if (f->bad_sources)
		rp_web_problem_text(req, &v->errors, "source",
		    rp_web_msg(req, M_desk_meeting_error_sources),
		    &v->sources_error);
}

static struct rp_err *
show_meeting(const struct rp_request *req, const struct adding *f,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "created", M_desk_meeting_created },
		{ NULL, M_none },
	};
	bool is_public = rp_text_eq(f->in.access, RP_TEXT("public"));
	struct v_desk_meeting v = { .token = req->csrf,
		.list_url = rp_desk_url(req, "meetings"),
		.public_url = rp_web_meeting_url(req, &f->g, &f->m, ""),
		.agenda_url = rp_desk_url(req, "meetings/%lld/agenda",
		    (long long)f->m.id),
		.report_url = rp_desk_url(req, "meetings/%lld/report",
		    (long long)f->m.id),
		.contributions_url =
		    rp_web_meeting_url(req, &f->g, &f->m, "contributions/"),
		.translations_url =
		    rp_web_meeting_url(req, &f->g, &f->m, "translations"),
		.invitation_url = rp_desk_url(req, "meetings/%lld/invitation",
		    (long long)f->m.id),
		.participants_url = rp_desk_url(req,
		    "meetings/%lld/participants", (long long)f->m.id),
		.name = rp_web_meeting_name(req, &f->m),
		.action = meeting_url(req, &f->m),
		.done = rp_desk_word(req, done),
		.number = f->number,
		.title = f->title,
		.for_action = f->in.is_for_action,
		.for_information = !f->in.is_for_action,
		.access_members = !is_public,
		.access_public = is_public,
		.title_public = f->in.is_title_public };
	struct rp_meeting_documents all;
	struct rp_choices members;
	rp_html content;

	RP_TRY(rp_meeting_document_list(req->who, req->tx, &f->m,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = 0; i < all.n; i++)
		add_row(req, &f->m, &all.v[i], &v);
	RP_TRY(rp_meeting_document_next(req->who, req->tx, &f->m, &v.next));
	RP_COPY_CHOICES(req, &v.kinds,
	    words(req, rp_document_kinds, rp_msg_document_kind, f->in.kind));
	RP_COPY_CHOICES(req, &v.languages,
	    rp_web_language_choices(req, f->lang));
	RP_TRY(rp_web_member_choices(req, f->g.id, f->in.sources.v,
	    f->in.sources.n, &members));
	RP_COPY_CHOICES(req, &v.parties, members);
	show_document_problems(req, f, &v);
	RP_TRY(rp_web_render(req, desk_meeting, &v, &content));
	return rp_desk_frame(req, v.name, content, out);
}

struct rp_err *
rp_web_desk_meeting(const struct rp_request *req, struct rp_response *out)
{
	struct adding f = { .lang = rp_lang_tag(req->reader.lang),
		.in.is_for_action = true };

	RP_TRY(load_meeting(req, &f.g, &f.m));
	return show_meeting(req, &f, out);
}

static struct rp_err *
read_source(const struct rp_request *req, rp_bytes value,
    struct rp_document_sources *out)
{
	rp_text t;
	int64_t id;

	RP_TRY(rp_text_from(req->arena, value, WORD_MAX, &t));
	if (!rp_text_i64(t, &id))
		return NULL;
	for (size_t i = 0; i < out->n; i++)
		if (out->v[i] == id)
			return NULL;
	rp_vec_push(req->arena, out, id);
	return NULL;
}

/* All the parties that were chosen, in the order of the form. */
static struct rp_err *
read_sources(const struct rp_request *req, struct rp_document_sources *out)
{
	static const rp_bytes name = { (const uint8_t *)"source", 6 };

	for (size_t i = 0; i < req->form.n; i++) {
		const struct rp_urlform_field *f = &req->form.v[i];

		if (f->name.n == name.n &&
		    memcmp(f->name.p, name.p, name.n) == 0)
			RP_TRY(read_source(req, f->value, out));
	}
	return NULL;
}

static struct rp_err *
read_document(const struct rp_request *req, struct adding *f)
{
	const struct rp_urlform *form = &req->form;
	rp_text purpose, shown;

	RP_TRY(rp_form_line(req, form, "number", WORD_MAX, &f->number));
	RP_TRY(rp_form_line(req, form, "kind", WORD_MAX, &f->in.kind));
	RP_TRY(
	    rp_form_line(req, form, "title", RP_DOCUMENT_TITLE_MAX, &f->title));
	RP_TRY(rp_form_line(req, form, "lang", WORD_MAX, &f->lang));
	RP_TRY(rp_form_line(req, form, "for", WORD_MAX, &purpose));
	RP_TRY(rp_form_line(req, form, "access", WORD_MAX, &f->in.access));
	RP_TRY(rp_form_line(req, form, "title_public", WORD_MAX, &shown));
	f->in.is_for_action = rp_text_eq(purpose, RP_TEXT("action"));
	f->in.is_title_public = shown.n > 0;
	RP_TRY(read_sources(req, &f->in.sources));
	f->in.number = f->number.n > 0 ? number_of(f->number) : 0;
	f->bad_number =
	    f->number.n > 0 &&
	    (f->in.number < 1 || f->in.number > RP_DOCUMENT_NUMBER_MAX);
	f->bad_title = f->title.n == 0;
	f->bad_sources = f->in.sources.n > RP_DOCUMENT_SOURCES_MAX;
	return NULL;
}

static struct rp_err *
is_given(const struct rp_request *req, struct adding *f)
{
	struct rp_meeting_documents all;

	RP_TRY(
	    rp_meeting_document_list(req->who, req->tx, &f->m, f->lang, &all));
	for (size_t i = 0; i < all.n && !f->bad_number; i++)
		f->given |= all.v[i].number == f->in.number;
	return NULL;
}

struct rp_err *
rp_web_desk_meeting_post(const struct rp_request *req, struct rp_response *out)
{
	struct adding f = { 0 };
	int64_t id, number;

	RP_TRY(load_meeting(req, &f.g, &f.m));
	RP_TRY(read_document(req, &f));
	RP_TRY(is_given(req, &f));
	if (f.bad_number || f.given || f.bad_title || f.bad_sources) {
		out->status = 400;
		return show_meeting(req, &f, out);
	}
	RP_TRY(rp_meeting_document_add(req->who, req->tx, &f.m, &f.in, &id,
	    &number));
	RP_TRY(rp_wording_set(req->who, req->tx,
	    &(struct rp_wording_at){ .owner_kind = RP_TEXT("document"),
		.owner_id = id,
		.field = RP_TEXT("title"),
		.lang = f.lang },
	    RP_WORDING_ORIGINAL, f.title));
	return rp_desk_done(out, req,
	    rp_web_desk_document_page(req, &f.m,
		&(struct rp_meeting_document){ .number = number }),
	    "entered");
}

/* One document. */

struct one {
	struct rp_group g;
	struct rp_meeting m;
	struct rp_meeting_document d;
	struct rp_document_file_in in;
	bool bad_file, too_large, is_there, bad_day;
	rp_text day; /* as it was typed */
	struct rp_web_new_part part;
};

static struct rp_err *
load_one(const struct rp_request *req, struct one *s)
{
	rp_text lang = rp_lang_tag(req->reader.lang);

	*s = (struct one){ .in = { .lang = lang,
			       .status = RP_TEXT("original") } };
	RP_TRY(load_meeting(req, &s->g, &s->m));
	RP_TRY(rp_document_part_get(req->who, req->tx, &s->m, req->params.n,
	    req->params.part, lang, &s->d));
	s->part = rp_web_new_part_begin(req);
	s->in.revision = s->d.revision;
	return NULL;
}

static rp_text
symbol_of(const struct rp_request *req, const struct one *s, int64_t revision)
{
	struct rp_meeting_document d = s->d;

	d.revision = revision;
	return rp_meeting_document_symbol(req->arena, &s->m, &d);
}

static void
add_files(const struct rp_request *req, const struct one *s,
    struct v_desk_document *v)
{
	int64_t next = s->d.files.n > 0 ? s->d.revision + 1 : 0;

	for (size_t i = 0; i < s->d.files.n; i++) {
		const struct rp_document_file *f = &s->d.files.v[i];
		struct v_desk_document_files row = {
			.url = rp_web_document_url(req, &s->g, &s->m, &s->d, f),
			.symbol = symbol_of(req, s, f->revision),
			.language = rp_locale_language(req->reader.locale,
			    req->arena, f->lang),
			.status = rp_msg_document_status(f->status)
		};

		rp_vec_push(req->arena, &v->files, row);
	}
	for (int64_t r = 0; r <= next && r <= RP_DOCUMENT_REVISION_MAX; r++) {
		struct v_desk_document_revisions row = {
			.value = number_text(req, r),
			.name = symbol_of(req, s, r),
			.selected = r == s->in.revision
		};

		rp_vec_push(req->arena, &v->revisions, row);
	}
}

static void
show_file_problem(const struct rp_request *req, const struct one *s,
    struct v_desk_document *v)
{
	const struct rp_msg_arg large[] = { RP_MSG_TEXT(s->in.file_name),
		RP_MSG_NUM(RP_ATTACHMENT_SIZE_MAX >> 20) };

	if (s->too_large)
		rp_web_problem_text(req, &v->errors, "file",
		    rp_message(req->arena, &req->reader,
			M_answer_error_attachment_large, large, 2),
		    &v->file_error);
	else if (s->bad_file)
		rp_web_problem_text(req, &v->errors, "file",
		    rp_web_msg(req, M_desk_document_error_file),
		    &v->file_error);
	else if (s->is_there)
		rp_web_problem_text(req, &v->errors, "file",
		    rp_web_msg(req, M_desk_document_error_there),
		    &v->file_error);
}

/* What the lint found in the newest files, as the parse role told it. */
static struct rp_err *
add_findings(const struct rp_request *req, const struct one *s,
    struct v_desk_document *v)
{
	for (size_t i = 0; i < s->d.files.n; i++) {
		const struct rp_document_file *f = &s->d.files.v[i];
		const struct rp_json *all, *list;

		if (rp_text_eq(f->reading, RP_TEXT("failed")))
			v->not_read = f->reason;
		if (f->revision != s->d.revision || f->findings.n == 0)
			continue;
		RP_TRY(rp_json_parse(req->arena, rp_text_bytes(f->findings),
		    &all));
		RP_TRY(rp_json_array(all, "findings", FINDINGS_SHOWN, &list));
		for (size_t k = 0; k < rp_json_n(list); k++) {
			const struct rp_json *one = rp_json_at(list, k);
			struct v_desk_document_findings row = { 0 };

			RP_TRY(rp_json_i64(one, "line", &row.line));
			RP_TRY(rp_json_text(req->arena, one, "message",
			    FINDING_MAX, &row.message));
			rp_vec_push(req->arena, &v->findings, row);
		}
	}
	return NULL;
}

static void
show_state(const struct rp_request *req, const struct one *s,
    struct v_desk_document *v)
{
	const struct rp_zone *zone =
	    rp_zone_find(req->who->env->zones, s->m.zone);

	v->state = rp_msg_document_state(s->d.state);
	v->late = s->d.admitted_at == 0 ? rp_msg_late(&s->d) : M_none;
	v->received = rp_web_time(req, s->m.zone, s->d.received_at);
	v->received_iso = rp_web_iso(req, s->d.received_at);
	if (zone != NULL)
		v->days =
		    rp_posting_days(zone, s->d.received_at, s->m.opens_at);
	v->can_admit =
	    s->d.posting != RP_POSTING_ON_TIME && s->d.admitted_at == 0;
	if (s->d.admitted_at != 0)
		v->admitted = rp_web_date(req, s->m.zone, s->d.admitted_at);
	v->can_post = rp_text_eq(s->d.state, RP_TEXT("received"));
	v->can_withdraw = rp_document_is_out(&s->d);
	v->can_undo_merge = rp_text_eq(s->d.state, RP_TEXT("merged"));
	if (zone != NULL && s->d.public_from_at != 0)
		v->public_from =
		    rp_text_sub(rp_zone_local_write(req->arena,
				    rp_zone_local(zone, s->d.public_from_at)),
			0, 10);
}

static void
add_parts(const struct rp_request *req, const struct one *s,
    struct v_desk_document *v)
{
	if (s->d.only_lang.n > 0)
		v->only_language = rp_locale_language(req->reader.locale,
		    req->arena, s->d.only_lang);
	for (size_t i = 0; i < s->d.parts.n; i++) {
		const struct rp_meeting_document *p = &s->d.parts.v[i];
		struct v_desk_document_parts row = {
			.symbol =
			    rp_meeting_document_symbol(req->arena, &s->m, p),
			.title = p->title.body,
			.lang = p->title.lang,
			.state = rp_msg_document_state(p->state),
			.url = rp_web_desk_document_page(req, &s->m, p)
		};

		rp_vec_push(req->arena, &v->parts, row);
	}
}

static struct rp_err *
show_one(const struct rp_request *req, const struct one *s,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "entered", M_desk_document_entered },
		{ "part", M_desk_document_entered },
		{ "file", M_desk_document_file_added },
		{ "post", M_desk_document_posted },
		{ "withdraw", M_desk_document_withdrawn },
		{ "admit", M_desk_document_admitted },
		{ "access", M_desk_document_access_set },
		{ "numbered", M_contribution_state_numbered },
		{ "letter", M_desk_document_letter_set },
		{ NULL, M_none },
	};
	bool is_public = rp_text_eq(s->d.access, RP_TEXT("public"));
	struct rp_document_words words_of;
	struct v_desk_document v = { .token = req->csrf,
		.meeting_url = meeting_url(req, &s->m),
		.meeting_name = rp_web_meeting_name(req, &s->m),
		.symbol = symbol_of(req, s, s->d.revision),
		.title = s->d.title.body,
		.lang = s->d.title.lang,
		.action = rp_web_desk_document_page(req, &s->m, &s->d),
		.done = rp_desk_word(req, done),
		.size = RP_ATTACHMENT_SIZE_MAX >> 20,
		.access_members = !is_public,
		.access_public = is_public,
		.title_public = s->d.is_title_public,
		.summary_public = s->d.is_summary_public };
	rp_html content;

	v.sources = rp_web_source_names(req, &s->d);
	RP_TRY(rp_meeting_document_words(req->who, req->tx, &s->d,
	    rp_lang_tag(req->reader.lang), &words_of));
	v.letter = words_of.letter.body;
	RP_TRY(add_findings(req, s, &v));
	show_state(req, s, &v);
	add_files(req, s, &v);
	RP_COPY_CHOICES(req, &v.statuses,
	    words(req, rp_document_statuses, rp_msg_document_status,
		s->in.status));
	RP_COPY_CHOICES(req, &v.languages,
	    rp_web_language_choices(req, s->in.lang));
	show_file_problem(req, s, &v);
	if (s->bad_day) {
		v.public_from = s->day;
		rp_web_problem_text(req, &v.errors, "public-from",
		    rp_web_msg(req, M_desk_document_error_day),
		    &v.public_from_error);
	}
	add_parts(req, s, &v);
	rp_web_new_part_show(req, &s->m, &s->d, &s->part, v.action, &v.errors,
	    &v.new_part);
	RP_TRY(rp_web_render(req, desk_document, &v, &content));
	return rp_desk_frame(req, v.symbol, content, out);
}

struct rp_err *
rp_web_desk_document(const struct rp_request *req, struct rp_response *out)
{
	struct one s;

	RP_TRY(load_one(req, &s));
	return show_one(req, &s, out);
}

/* The first file of the form; browsers send an empty one for none. */
static void
take_file(const struct rp_request *req, struct one *s)
{
	static const rp_text kinds[] = { RP_TEXT_INIT("docx"),
		RP_TEXT_INIT("odt"), RP_TEXT_INIT("pdf"), RP_TEXT_INIT("txt") };
	static const rp_text md = RP_TEXT_INIT(".md");

	s->bad_file = true;
	for (size_t i = 0; i < req->uploads.n; i++) {
		const struct rp_upload *u = &req->uploads.v[i];

		if (!rp_text_eq(u->field, RP_TEXT("file")) || u->size == 0)
			continue;
		s->in.upload_id = u->upload_id;
		s->in.file_name = u->name;
		s->in.file_kind = u->kind;
		s->too_large = u->size > (size_t)RP_ATTACHMENT_SIZE_MAX;
		for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
			if (rp_text_eq(u->kind, kinds[k]))
				s->bad_file = false;
		}
		if (rp_text_eq(u->kind, kinds[3]) && u->name.n > md.n &&
		    rp_text_eq(rp_text_sub(u->name, u->name.n - md.n,
				   u->name.n),
			md))
			s->in.file_kind = RP_TEXT("md");
		return;
	}
}

static struct rp_err *
add_file(const struct rp_request *req, struct one *s, struct rp_response *out)
{
	RP_TRY(rp_form_line(req, &req->form, "lang", WORD_MAX, &s->in.lang));
	RP_TRY(
	    rp_form_line(req, &req->form, "status", WORD_MAX, &s->in.status));
	s->in.revision = rp_desk_number(req, &req->form, "revision");
	take_file(req, s);
	for (size_t i = 0; i < s->d.files.n; i++)
		s->is_there |= s->d.files.v[i].revision == s->in.revision &&
			       rp_text_eq(s->d.files.v[i].lang, s->in.lang);
	if (s->bad_file || s->too_large || s->is_there) {
		out->status = 400;
		return show_one(req, s, out);
	}
	RP_TRY(rp_meeting_document_add_file(req->who, req->tx, &s->m, &s->d,
	    &s->in));
	return rp_desk_done(out, req,
	    rp_web_desk_document_page(req, &s->m, &s->d), "file");
}

/* A day of the meeting's zone, from its beginning; 0: none. */
static struct rp_err *
read_day(const struct rp_request *req, struct one *s, int64_t *out)
{
	const struct rp_zone *zone =
	    rp_zone_find(req->who->env->zones, s->m.zone);
	struct rp_local day;
	struct rp_err *e;

	*out = 0;
	RP_TRY(rp_form_line(req, &req->form, "public_from", WORD_MAX, &s->day));
	if (s->day.n == 0 || zone == NULL)
		return NULL;
	e = rp_zone_local_parse(rp_textf(req->arena, "%.*sT00:00",
				    RP_FMT(s->day)),
	    &day);
	s->bad_day = e != NULL;
	rp_err_free(e);
	if (!s->bad_day)
		*out = rp_zone_instant(zone, day);
	return NULL;
}

static struct rp_err *
set_letter(const struct rp_request *req, const struct one *s)
{
	rp_text lang = rp_lang_tag(req->reader.lang), signature;

	for (size_t i = 0; i < s->d.files.n; i++) {
		if (rp_text_eq(s->d.files.v[i].status, RP_TEXT("original")))
			lang = s->d.files.v[i].lang;
	}
	RP_TRY(rp_form_text(req, &req->form, "letter", RP_DOCUMENT_LETTER_MAX,
	    &signature));
	return rp_meeting_document_set_letter(req->who, req->tx, &s->m, &s->d,
	    lang, signature);
}

static struct rp_err *
set_access(const struct rp_request *req, struct one *s)
{
	struct rp_document_access a = { 0 };
	rp_text title, summary;

	RP_TRY(read_day(req, s, &a.public_from_at));
	if (s->bad_day)
		return NULL;
	RP_TRY(rp_form_line(req, &req->form, "access", WORD_MAX, &a.access));
	RP_TRY(rp_form_line(req, &req->form, "title_public", WORD_MAX, &title));
	RP_TRY(rp_form_line(req, &req->form, "summary_public", WORD_MAX,
	    &summary));
	a.is_title_public = title.n > 0 || summary.n > 0;
	a.is_summary_public = summary.n > 0;
	return rp_meeting_document_set_access(req->who, req->tx, &s->m, &s->d,
	    &a);
}

static struct rp_err *
add_part(const struct rp_request *req, struct one *s, struct rp_response *out)
{
	struct rp_meeting_document part;

	if (s->d.parent_id != 0)
		return rp_fail(RP_E_NOTFOUND, "no part of a part");
	RP_TRY(rp_web_new_part_read(req, &s->d, &s->part));
	if (!rp_web_new_part_is_good(&s->part)) {
		out->status = 400;
		return show_one(req, s, out);
	}
	RP_TRY(rp_web_new_part_add(req, &s->m, &s->d, &s->part, &part));
	return rp_desk_done(out, req,
	    rp_web_desk_document_page(req, &s->m, &part), "part");
}

struct rp_err *
rp_web_desk_document_post(const struct rp_request *req, struct rp_response *out)
{
	const char *did;
	struct one s;

	RP_TRY(load_one(req, &s));
	if (rp_desk_button(req, "post")) {
		did = "post";
		RP_TRY(rp_meeting_document_set_state(req->who, req->tx, &s.m,
		    &s.d, RP_TEXT("posted")));
	} else if (rp_desk_button(req, "withdraw")) {
		did = "withdraw";
		RP_TRY(rp_meeting_document_set_state(req->who, req->tx, &s.m,
		    &s.d, RP_TEXT("withdrawn")));
	} else if (rp_desk_button(req, "admit")) {
		did = "admit";
		RP_TRY(
		    rp_meeting_document_admit(req->who, req->tx, &s.m, &s.d));
	} else if (rp_desk_button(req, "part")) {
		return add_part(req, &s, out);
	} else if (rp_desk_button(req, "letter")) {
		did = "letter";
		RP_TRY(set_letter(req, &s));
	} else if (rp_desk_button(req, "access")) {
		did = "access";
		RP_TRY(set_access(req, &s));
		if (s.bad_day) {
			out->status = 400;
			return show_one(req, &s, out);
		}
	} else {
		return add_file(req, &s, out);
	}
	return rp_desk_done(out, req,
	    rp_web_desk_document_page(req, &s.m, &s.d), did);
}

/* Rules of posting. */

struct ruling {
	struct rp_group g;
	struct rp_posting_rule rule;
	rp_text effect, days;
	bool bad_days, bad_instrument;
};

static struct rp_err *
load_rules(const struct rp_request *req, struct ruling *f)
{
	RP_TRY(rp_group_get_by_id(req->who, req->tx, req->params.id,
	    rp_lang_tag(req->reader.lang), &f->g));
	return rp_actor_needs(req->who, RP_MAY_MEET, rp_group_place(&f->g));
}

static void
add_effects(const struct rp_request *req, const struct ruling *f,
    struct v_desk_posting *v)
{
	for (int e = RP_POSTING_LATE_TRANSLATION; e <= RP_POSTING_EXEMPT; e++) {
		enum rp_posting_effect effect = (enum rp_posting_effect)e;
		struct v_desk_posting_effects one = { .value = rp_posting_name(
							  effect),
			.name = rp_web_msg(req, rp_msg_posting(effect)) };

		one.selected = rp_text_eq(one.value, f->effect);
		rp_vec_push(req->arena, &v->effects, one);
	}
}

static void
add_rules(const struct rp_request *req, const struct rp_posting_rules *all,
    struct v_desk_posting *v)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct rp_posting_rule *r = &all->v[i];
		struct v_desk_posting_rules row = { .kind_value = r->kind,
			.effect_value = rp_posting_name(r->effect),
			.kind = r->kind.n > 0 ? rp_msg_document_kind(r->kind) :
						M_posting_all_kinds,
			.effect = rp_msg_posting(r->effect),
			.days = r->days,
			.instrument = r->instrument };

		rp_vec_push(req->arena, &v->rules, row);
	}
}

static struct rp_err *
show_rules(const struct rp_request *req, const struct ruling *f,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "set", M_posting_saved },
		{ "removed", M_posting_removed },
		{ NULL, M_none },
	};
	struct v_desk_posting v = { .token = req->csrf,
		.list_url = rp_desk_url(req, "meetings"),
		.group_name = f->g.name.body,
		.action = rp_desk_url(req, "posting/%lld", (long long)f->g.id),
		.done = rp_desk_word(req, done),
		.days = f->days,
		.instrument = f->rule.instrument };
	struct v_desk_posting_kinds any = { .name = rp_web_msg(req,
						M_posting_all_kinds) };
	struct rp_posting_rules all;
	rp_html content;

	RP_TRY(rp_posting_list(req->who, req->tx, f->g.id, &all));
	add_rules(req, &all, &v);
	rp_vec_push(req->arena, &v.kinds, any);
	RP_COPY_CHOICES(req, &v.kinds,
	    words(req, rp_document_kinds, rp_msg_document_kind, f->rule.kind));
	add_effects(req, f, &v);
	if (f->bad_days)
		rp_web_problem_text(req, &v.errors, "days",
		    rp_web_msg(req, M_posting_error_days), &v.days_error);
	if (f->bad_instrument)
		rp_web_problem_text(req, &v.errors, "instrument",
		    rp_web_msg(req, M_posting_error_instrument),
		    &v.instrument_error);
	RP_TRY(rp_web_render(req, desk_posting, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_posting_title), content,
	    out);
}

struct rp_err *
rp_web_desk_posting(const struct rp_request *req, struct rp_response *out)
{
	struct ruling f = { 0 };

	RP_TRY(load_rules(req, &f));
	return show_rules(req, &f, out);
}

static struct rp_err *
read_rule(const struct rp_request *req, struct ruling *f)
{
	const struct rp_urlform *form = &req->form;
	bool exempt;

	RP_TRY(rp_form_line(req, form, "kind", WORD_MAX, &f->rule.kind));
	RP_TRY(rp_form_line(req, form, "effect", WORD_MAX, &f->effect));
	RP_TRY(rp_form_line(req, form, "days", WORD_MAX, &f->days));
	RP_TRY(rp_form_line(req, form, "instrument", RP_INSTRUMENT_MAX,
	    &f->rule.instrument));
	if (!rp_posting_from(f->effect, &f->rule.effect))
		return rp_fail(RP_E_INVALID, "no effect");
	f->rule.days = number_of(f->days);
	exempt = f->rule.effect == RP_POSTING_EXEMPT;
	f->bad_days = f->rule.days < 0 || f->rule.days > RP_POSTING_DAYS_MAX ||
		      (exempt && (f->rule.days != 0 || f->rule.kind.n == 0));
	f->bad_instrument = f->rule.instrument.n == 0;
	return NULL;
}

struct rp_err *
rp_web_desk_posting_post(const struct rp_request *req, struct rp_response *out)
{
	struct ruling f = { 0 };
	rp_url to = rp_desk_url(req, "posting/%lld", (long long)req->params.id);
	bool removes = rp_desk_button(req, "remove");

	RP_TRY(load_rules(req, &f));
	RP_TRY(read_rule(req, &f));
	if (removes) {
		f.rule.days = -1;
	} else if (f.bad_days || f.bad_instrument) {
		out->status = 400;
		return show_rules(req, &f, out);
	}
	RP_TRY(rp_posting_set(req->who, req->tx, f.g.id, &f.rule));
	return rp_desk_done(out, req, to, removes ? "removed" : "set");
}
