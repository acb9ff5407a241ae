/* meeting_pages - meetings and their documents, for everybody. */
#include "web/meeting.h"

#include "base/err.h"
#include "domain/document_part.h"
#include "domain/minutes.h"
#include "domain/party.h"
#include "render/t_meeting.h"
#include "render/t_meetings.h"
#include "text/format.h"
#include "web/agenda.h"
#include "web/report.h"

#define FRESH ((int64_t)60 * 1000)

static enum rp_msg
msg_of(rp_text word, const rp_text *words, const enum rp_msg *msgs, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (rp_text_eq(word, words[i]))
			return msgs[i];
	}
	return M_none;
}

enum rp_msg
rp_msg_meeting_mode(rp_text mode)
{
	static const enum rp_msg of[] = { M_meeting_in_person, M_meeting_hybrid,
		M_meeting_remote };

	return msg_of(mode, rp_meeting_modes, of, 3);
}

enum rp_msg
rp_msg_document_kind(rp_text kind)
{
	static const enum rp_msg of[] = { M_document_contribution,
		M_document_agenda, M_document_secretariat, M_document_report,
		M_document_information };

	return msg_of(kind, rp_document_kinds, of, 5);
}

enum rp_msg
rp_msg_document_status(rp_text status)
{
	static const enum rp_msg of[] = { M_translation_original,
		M_translation_official, M_translation_courtesy,
		M_translation_machine };

	return msg_of(status, rp_document_statuses, of, 4);
}

enum rp_msg
rp_msg_document_state(rp_text state)
{
	return rp_text_eq(state, RP_TEXT("received")) ?
		   M_document_state_received :
	       rp_text_eq(state, RP_TEXT("posted")) ?
		   M_document_state_posted :
	       rp_text_eq(state, RP_TEXT("merged")) ?
		   M_document_state_merged :
	       rp_text_eq(state, RP_TEXT("withdrawn")) ?
		   M_document_state_withdrawn :
		   M_none;
}

enum rp_msg
rp_msg_posting(enum rp_posting_effect effect)
{
	switch (effect) {
	case RP_POSTING_LATE_TRANSLATION:
		return M_posting_late_translation;
	case RP_POSTING_LATE_AGENDA:
		return M_posting_late_agenda;
	case RP_POSTING_HELD_OVER:
		return M_posting_held_over;
	case RP_POSTING_EXEMPT:
		return M_posting_exempt;
	case RP_POSTING_ON_TIME:
		break;
	}
	return M_none;
}

enum rp_msg
rp_msg_late(const struct rp_meeting_document *d)
{
	return d->admitted_at != 0 ? M_posting_admitted :
				     rp_msg_posting(d->posting);
}

rp_text
rp_web_meeting_name(const struct rp_request *req, const struct rp_meeting *m)
{
	const struct rp_msg_arg args[] = { RP_MSG_TEXT(m->series),
		RP_MSG_NUM(m->ordinal) };

	return rp_message(req->arena, &req->reader, M_meeting_name, args, 2);
}

rp_url
rp_web_meeting_url(const struct rp_request *req, const struct rp_group *g,
    const struct rp_meeting *m, const char *rest)
{
	return rp_urlf(req->arena, "/%s/%.*s/meetings/%lld/%s",
	    rp_lang_tag(req->reader.lang).p, RP_FMT(g->slug),
	    (long long)m->ordinal, rest);
}

rp_url
rp_web_document_page(const struct rp_request *req, const struct rp_group *g,
    const struct rp_meeting *m, const struct rp_meeting_document *d)
{
	rp_text part = rp_document_part_name(req->arena, d);

	return rp_web_meeting_url(req, g, m,
	    rp_textf(req->arena, "documents/%lld/%.*s%s", (long long)d->number,
		RP_FMT(part), part.n > 0 ? "/" : "")
		.p);
}

rp_url
rp_web_document_url(const struct rp_request *req, const struct rp_group *g,
    const struct rp_meeting *m, const struct rp_meeting_document *d,
    const struct rp_document_file *f)
{
	return rp_urlf(req->arena, "%s%lld-%.*s",
	    rp_web_document_page(req, g, m, d).p, (long long)f->revision,
	    RP_FMT(f->lang));
}

rp_text
rp_web_part_name(const struct rp_request *req,
    const struct rp_meeting_document *d)
{
	const struct rp_msg_arg n[] = { RP_MSG_NUM(
	    d->corrigendum > 0 ? d->corrigendum : d->addendum) };
	const struct rp_msg_arg of[] = { RP_MSG_NUM(d->addendum), n[0] };

	if (d->parent_id == 0)
		return RP_TEXT("");
	if (d->corrigendum == 0)
		return rp_message(req->arena, &req->reader, M_document_addendum,
		    n, 1);
	if (d->addendum == 0)
		return rp_message(req->arena, &req->reader,
		    M_document_corrigendum, n, 1);
	return rp_message(req->arena, &req->reader, M_document_corrigendum_of,
	    of, 2);
}

rp_text
rp_web_source_names(const struct rp_request *req,
    const struct rp_meeting_document *d)
{
	rp_text out = RP_TEXT("");

	for (size_t i = 0; i < d->names.n; i++)
		out = rp_textf(req->arena, "%.*s%s%.*s", RP_FMT(out),
		    i > 0 ? ", " : "", RP_FMT(d->names.v[i].short_name));
	return out;
}

rp_text
rp_web_sources_of(const struct rp_request *req, const struct rp_parties *all,
    const struct rp_document_sources *s)
{
	rp_text out = RP_TEXT("");

	for (size_t i = 0; i < s->n; i++) {
		for (size_t k = 0; k < all->n; k++) {
			const struct rp_party *p = &all->v[k];

			if (p->id != s->v[i])
				continue;
			out = rp_textf(req->arena, "%.*s%s%.*s", RP_FMT(out),
			    out.n > 0 ? ", " : "",
			    RP_FMT(
				p->short_name.n > 0 ? p->short_name : p->name));
		}
	}
	return out;
}

struct rp_err *
rp_web_sources(const struct rp_request *req,
    const struct rp_document_sources *s, rp_text *out)
{
	*out = RP_TEXT("");
	for (size_t i = 0; i < s->n; i++) {
		rp_text name;

		RP_TRY(rp_party_named(req->tx, s->v[i],
		    rp_lang_tag(req->reader.lang), &name));
		*out = rp_textf(req->arena, "%.*s%s%.*s", RP_FMT(*out),
		    i > 0 ? ", " : "", RP_FMT(name));
	}
	return NULL;
}

struct rp_err *
rp_web_meetings(const struct rp_request *req, struct rp_response *out)
{
	struct rp_meetings all;
	struct v_meetings v = { 0 };
	struct rp_group g;
	struct rp_frame f = { .group = &g };
	rp_html content;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group,
	    rp_lang_tag(req->reader.lang), &g));
	RP_TRY(rp_meeting_list(req->who, req->tx, g.id, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_meeting *m = &all.v[i];
		struct v_meetings_rows row = { .name =
						   rp_web_meeting_name(req, m),
			.time = rp_web_time(req, m->zone, m->opens_at),
			.iso = rp_web_iso(req, m->opens_at),
			.place = m->place,
			.mode = rp_msg_meeting_mode(m->mode),
			.url = rp_web_meeting_url(req, &g, m, "") };

		rp_vec_push(req->arena, &v.rows, row);
	}
	v.group_name = g.name.body;
	out->fresh_ms = FRESH;
	f.title = rp_web_msg(req, M_meeting_list);
	RP_TRY(rp_web_render(req, meetings, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

struct shown {
	struct rp_group g;
	struct rp_meeting m;
	struct rp_agenda agenda;
	struct rp_item_outcomes outcomes;
};

static struct rp_err *
find(const struct rp_request *req, struct shown *s)
{
	*s = (struct shown){ 0 };
	RP_TRY(rp_group_get(req->who, req->tx, req->params.group,
	    rp_lang_tag(req->reader.lang), &s->g));
	return rp_meeting_get(req->who, req->tx, s->g.id, req->params.n, &s->m);
}

/* The files of the newest revision; older ones are cited by their address. */
static void
add_files(const struct rp_request *req, const struct shown *s,
    const struct rp_meeting_document *d, struct v_meeting_documents *row)
{
	for (size_t i = 0; i < d->files.n; i++) {
		const struct rp_document_file *f = &d->files.v[i];
		struct v_meeting_documents_files one = {
			.url = rp_web_document_url(req, &s->g, &s->m, d, f),
			.language = rp_locale_language(req->reader.locale,
			    req->arena, f->lang),
			.status = rp_msg_document_status(f->status)
		};

		if (f->pdf_blob_id != 0)
			one.pdf_url = rp_urlf(req->arena, "%.*s.pdf",
			    (int)one.url.n, one.url.p);
		if (f->revision == d->revision)
			rp_vec_push(req->arena, &row->files, one);
	}
}

/* Its addenda and corrigenda. */
static void
add_parts(const struct rp_request *req, const struct shown *s,
    const struct rp_meeting_document *d, struct v_meeting_documents *row)
{
	for (size_t i = 0; i < d->parts.n; i++) {
		const struct rp_meeting_document *p = &d->parts.v[i];
		struct v_meeting_documents_parts one = {
			.symbol =
			    rp_meeting_document_symbol(req->arena, &s->m, p),
			.name = rp_web_part_name(req, p),
			.url = rp_web_document_page(req, &s->g, &s->m, p),
			.title = p->title.body,
			.lang = p->title.lang
		};

		if (!rp_text_eq(p->state, RP_TEXT("posted")))
			one.state = rp_msg_document_state(p->state);
		rp_vec_push(req->arena, &row->parts, one);
	}
}

static void
add_document(const struct rp_request *req, const struct shown *s,
    const struct rp_meeting_document *d, struct v_meeting *v)
{
	struct v_meeting_documents row = {
		.symbol = rp_meeting_document_symbol(req->arena, &s->m, d),
		.title = d->title.body,
		.lang = d->title.lang,
		.kind = rp_msg_document_kind(d->kind),
		.purpose = d->is_for_action ? M_document_for_action :
					      M_document_for_information,
		.outcome =
		    rp_msg_outcome(rp_outcome_of_document(&s->outcomes, d->id)),
		.late = rp_msg_late(d),
		.anchor = rp_textf(req->arena, "d%lld", (long long)d->number),
		.url = rp_web_document_page(req, &s->g, &s->m, d),
		.title_only = d->is_title_only && rp_document_is_out(d)
	};

	row.sources = rp_web_source_names(req, d);
	if (!rp_text_eq(d->state, RP_TEXT("posted")))
		row.state = rp_msg_document_state(d->state);
	if (d->posted_at != 0) {
		row.posted = rp_web_date(req, s->m.zone, d->posted_at);
		row.posted_iso = rp_web_iso(req, d->posted_at);
	}
	add_files(req, s, d, &row);
	add_parts(req, s, d, &row);
	rp_vec_push(req->arena, &v->documents, row);
}

static void
add_rules(const struct rp_request *req, const struct rp_posting_rules *all,
    struct v_meeting *v)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct rp_posting_rule *r = &all->v[i];
		struct v_meeting_rules row = {
			.kind = r->kind.n > 0 ? rp_msg_document_kind(r->kind) :
						M_posting_all_kinds,
			.effect = rp_msg_posting(r->effect),
			.days = r->days,
			.instrument = r->instrument
		};

		rp_vec_push(req->arena, &v->rules, row);
	}
}

/* Of one sentence of the record: that is for the report. */
static void
add_outcomes(const struct rp_request *req, const struct shown *s,
    const struct rp_meeting_documents *all, int64_t item_id,
    struct v_meeting_parts_items *to)
{
	for (size_t i = 0; i < s->outcomes.n; i++) {
		const struct rp_item_outcome *o = &s->outcomes.v[i];
		const struct rp_meeting_document *d =
		    rp_web_document_find(all, o->document_id);
		struct v_meeting_parts_items_outcomes row = {
			.verb = rp_msg_outcome(o->verb),
			.object = o->object
		};

		if (o->item_id != item_id || o->statement_id != 0 ||
		    (o->document_id != 0 && d == NULL))
			continue;
		if (d != NULL)
			row.symbol =
			    rp_meeting_document_symbol(req->arena, &s->m, d);
		rp_vec_push(req->arena, &to->outcomes, row);
	}
}

static void
add_item(const struct rp_request *req, const struct shown *s,
    const struct rp_meeting_documents *all, const struct rp_agenda_item *i,
    struct v_meeting_parts *to)
{
	struct rp_web_title title = rp_web_item_title(req, i);
	struct v_meeting_parts_items row = { .number = i->number,
		.anchor = rp_textf(req->arena, "i%lld", (long long)i->id),
		.title = title.text,
		.lang = title.lang,
		.minutes = i->minutes };

	if (!rp_text_eq(i->state, RP_TEXT("planned")))
		row.state = rp_msg_item_state(i->state);
	row.is_open = rp_text_eq(i->state, RP_TEXT("open"));
	if (row.is_open)
		row.floor_url =
		    rp_urlf(req->arena, "items/%lld/floor", (long long)i->id);
	for (size_t k = 0; k < i->documents.n; k++) {
		const struct rp_meeting_document *d =
		    rp_web_document_find(all, i->documents.v[k]);
		struct v_meeting_parts_items_documents one;

		if (d == NULL)
			continue;
		one = (struct v_meeting_parts_items_documents){
			.symbol =
			    rp_meeting_document_symbol(req->arena, &s->m, d),
			.url =
			    rp_urlf(req->arena, "#d%lld", (long long)d->number)
		};
		rp_vec_push(req->arena, &row.documents, one);
	}
	add_outcomes(req, s, all, i->id, &row);
	rp_vec_push(req->arena, &to->items, row);
}

/* Items of no part come first. */
static void
add_agenda(const struct rp_request *req, const struct shown *s,
    const struct rp_meeting_documents *all, struct v_meeting *v)
{
	const struct rp_agenda *a = &s->agenda;

	v->has_agenda = a->items.n > 0 || a->parts.n > 0;
	v->adopted = rp_msg_adopted(a);
	for (size_t part = 0; part <= a->parts.n; part++) {
		const struct rp_meeting_part *p =
		    part > 0 ? &a->parts.v[part - 1] : NULL;
		struct v_meeting_parts row = { 0 };

		if (p != NULL) {
			struct rp_web_title t = rp_web_part_title(req, p, part);

			row = (struct v_meeting_parts){ .title = t.text,
				.lang = t.lang,
				.time = rp_web_part_time(req, &s->m, p),
				.access = rp_msg_part_access(p->access),
				.chair = p->chair,
				.acting = p->acting };
			if (p->has_captions)
				row.captions_url = rp_urlf(req->arena,
				    "parts/%lld/captions", (long long)p->id);
		}
		for (size_t i = 0; i < a->items.n; i++) {
			if (a->items.v[i].part_id == (p ? p->id : 0))
				add_item(req, s, all, &a->items.v[i], &row);
		}
		if (p != NULL || row.items.n > 0)
			rp_vec_push(req->arena, &v->parts, row);
	}
}

/* The link to the report, for those who see any of it. */
static struct rp_err *
add_report(const struct rp_request *req, const struct shown *s,
    struct v_meeting *v)
{
	struct rp_report r;
	struct rp_err *e = rp_report_get(req->who, req->tx, &s->m, &r);

	if (e != NULL && rp_err_code(e) == RP_E_NOTFOUND) {
		rp_err_free(e);
		return NULL;
	}
	RP_TRY(e);
	if (!r.may_read)
		return NULL;
	v->report_url = rp_urlf(req->arena, "report/");
	v->report_state = rp_msg_report_state(r.state);
	return NULL;
}

struct rp_err *
rp_web_meeting(const struct rp_request *req, struct rp_response *out)
{
	struct rp_meeting_documents all;
	struct rp_posting_rules rules;
	struct shown s;
	struct rp_frame f = { .group = &s.g };
	struct v_meeting v = { 0 };
	rp_html content;

	RP_TRY(find(req, &s));
	RP_TRY(rp_posting_list(req->who, req->tx, s.g.id, &rules));
	RP_TRY(rp_meeting_document_list_by(req->who, req->tx, &s.m, &rules,
	    rp_lang_tag(req->reader.lang), &all));
	RP_TRY(rp_agenda_get(req->who, req->tx, &s.m,
	    rp_lang_tag(req->reader.lang), &s.agenda));
	RP_TRY(
	    rp_outcome_list(req->who, req->tx, &s.m, &s.agenda, &s.outcomes));
	v.list_url = rp_urlf(req->arena, "../");
	v.name = rp_web_meeting_name(req, &s.m);
	v.series = s.m.series;
	v.opens = rp_web_deadline(req, s.m.zone, s.m.opens_at, true);
	v.closes = rp_web_time(req, s.m.zone, s.m.closes_at);
	v.closes_iso = rp_web_iso(req, s.m.closes_at);
	v.place = s.m.place;
	v.mode = rp_msg_meeting_mode(s.m.mode);
	v.n = (int64_t)all.n;
	if (req->who->person_id != 0)
		v.contributions_url = RP_URL("contributions/");
	if (rp_actor_may(req->who, RP_MAY_READ, rp_group_place(&s.g)))
		v.registration_url = rp_urlf(req->arena, "registration");
	if (s.m.has_invitation)
		v.invitation_url = RP_URL("invitation");
	for (size_t i = 0; i < all.n; i++)
		add_document(req, &s, &all.v[i], &v);
	add_agenda(req, &s, &all, &v);
	add_rules(req, &rules, &v);
	RP_TRY(add_report(req, &s, &v));
	out->fresh_ms = FRESH;
	f.title = v.name;
	RP_TRY(rp_web_render(req, meeting, &v, &content));
	return rp_web_frame(req, &f, content, out);
}
