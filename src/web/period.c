/* period - a report of a period, made from the record. */
#include "web/period.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "codec/docx_new.h"
#include "codec/html_doc.h"
#include "codec/sink.h"
#include "document/document.h"
#include "domain/correspondence.h"
#include "domain/duty.h"
#include "pdf/pdf.h"
#include "text/format.h"
#include "text/zone.h"
#include "web/action.h"
#include "web/activity.h"
#include "web/correspondence.h"
#include "web/duty.h"
#include "web/meeting.h"
#include "web/registry.h"
#include "web/registry_text.h"
#include "web/report.h"
#include "web/server.h"
#include "web/topics.h"

/* A period, read with the eyes of those whom the report is for. */
struct making {
	struct rp_request req;
	const struct rp_group *g;
	const struct rp_period *p;
	int64_t from_at, until_at; /* the instants of its days */
	struct rp_period_texts texts;
	struct rp_period_figures f;
	struct rp_instruments instruments;
	struct rp_sections *out;
};

static bool
is(rp_text t, const char *word)
{
	return rp_text_eq(t, rp_text_z(word));
}

enum rp_msg
rp_msg_period_addressee(rp_text addressee)
{
	return is(addressee, "council") ? M_period_to_council :
					  M_period_to_plenipotentiary;
}

enum rp_msg
rp_msg_period_section(rp_text section)
{
	static const enum rp_msg of[RP_PERIOD_SECTIONS] = {
		M_period_introduction, M_period_meetings,
		M_period_consultations, M_period_topics,
		M_period_recommendations, M_period_actions, M_matrix_title,
		M_duty_title, M_period_conclusion
	};

	for (size_t i = 0; i < RP_PERIOD_SECTIONS; i++)
		if (rp_text_eq(rp_period_sections[i], section))
			return of[i];
	return M_none;
}

rp_text
rp_web_period_name(const struct rp_request *req, const struct rp_period *p)
{
	const struct rp_msg_arg args[] = { RP_MSG_TEXT(
					       rp_web_day(req, p->from)),
		RP_MSG_NUM(p->number), RP_MSG_TEXT(rp_web_day(req, p->until)) };

	return rp_message(req->arena, &req->reader,
	    is(p->addressee, "council") ? M_period_name_council :
					  M_period_name_plenipotentiary,
	    args, 3);
}

rp_url
rp_web_periods_url(const struct rp_request *req, const struct rp_group *g,
    const char *rest)
{
	return rp_urlf(req->arena, "/%s/%.*s/reports/%s",
	    rp_lang_tag(req->reader.lang).p, RP_FMT(g->slug), rest);
}

/* Sections. */

static rp_text
say(const struct making *k, enum rp_msg id)
{
	return rp_web_msg(&k->req, id);
}

/* With its title, the secretariat's words, and the heads of its columns. */
static struct rp_section
begin(const struct making *k, const char *key, const enum rp_msg *heads,
    size_t columns)
{
	struct rp_period_words w = rp_period_words_pick(&k->texts,
	    rp_text_z(key), rp_lang_tag(k->req.reader.lang));
	struct rp_section s = { .key = rp_text_z(key),
		.title = say(k, rp_msg_period_section(rp_text_z(key))),
		.words = w.body,
		.words_lang = w.lang,
		.columns = columns,
		.none = say(k, M_period_nothing) };

	for (size_t i = 0; i < columns; i++)
		rp_vec_push(k->req.arena, &s.cells, say(k, heads[i]));
	return s;
}

static void
cell(const struct making *k, struct rp_section *s, rp_text t)
{
	rp_vec_push(k->req.arena, &s->cells, t);
}

static void
bar(const struct making *k, struct rp_section *s, rp_text label, int64_t n)
{
	rp_vec_push(k->req.arena, &s->bars,
	    ((struct rp_section_bar){ label, n }));
}

static void
end(const struct making *k, const struct rp_section *s)
{
	rp_vec_push(k->req.arena, &k->out->all, *s);
}

static bool
day_in(const struct making *k, rp_text day)
{
	return rp_text_cmp(day, k->p->from) >= 0 &&
	       rp_text_cmp(day, k->p->until) <= 0;
}

static struct rp_err *
meetings(struct making *k)
{
	static const enum rp_msg heads[] = { M_period_meeting, M_period_when,
		M_period_where, M_period_documents, M_period_report };
	struct rp_section s = begin(k, "meetings", heads, 5);
	struct rp_request *req = &k->req;
	struct rp_meetings all;

	RP_TRY(rp_meeting_list(req->who, req->tx, k->g->id, &all));
	for (size_t i = 0; i < k->f.meetings.n; i++) {
		const struct rp_period_meeting *f = &k->f.meetings.v[i];
		const struct rp_meeting *m = NULL;
		rp_text report = RP_TEXT("–");

		for (size_t n = 0; n < all.n; n++)
			if (all.v[n].id == f->meeting_id)
				m = &all.v[n];
		if (m == NULL)
			continue;
		if (f->report.n > 0)
			report = say(k, rp_msg_report_state(f->report));
		if (f->approved_at != 0)
			report = rp_textf(req->arena, "%.*s, %.*s",
			    RP_FMT(report),
			    RP_FMT(rp_web_date(req, m->zone, f->approved_at)));
		cell(k, &s, rp_web_meeting_name(req, m));
		cell(k, &s,
		    rp_textf(req->arena, "%.*s – %.*s",
			RP_FMT(rp_web_date(req, m->zone, m->opens_at)),
			RP_FMT(rp_web_date(req, m->zone, m->closes_at))));
		cell(k, &s, m->place);
		cell(k, &s,
		    rp_format_i64(req->reader.locale, req->arena,
			f->documents));
		cell(k, &s, report);
	}
	end(k, &s);
	return NULL;
}

static bool
consulted_in(const struct making *k, const struct rp_consultation *c)
{
	return c->state != RP_CONSULTATION_PLANNED &&
	       c->opens_at < k->until_at && c->deadline_at >= k->from_at;
}

/* "Version 2", or that none is published. */
static rp_text
summary_of(const struct making *k, int64_t consultation_id)
{
	for (size_t i = 0; i < k->f.summaries.n; i++) {
		const struct rp_msg_arg args[] = { RP_MSG_NUM(
		    k->f.summaries.v[i].number) };

		if (k->f.summaries.v[i].consultation_id == consultation_id)
			return rp_message(k->req.arena, &k->req.reader,
			    M_period_summary, args, 1);
	}
	return RP_TEXT("–");
}

/* Responses by category, over consultations that show them. */
static void
add_categories(const struct making *k, const struct rp_consultations *all,
    struct rp_section *s)
{
	for (size_t i = 0; i < k->f.tallies.n; i++) {
		const struct rp_period_tally *t = &k->f.tallies.v[i];
		rp_text label =
		    rp_web_msg(&k->req, rp_msg_category(t->category));
		bool counts = false, there = false;

		for (size_t n = 0; n < all->n; n++)
			counts |= all->v[n].id == t->consultation_id &&
				  consulted_in(k, &all->v[n]) &&
				  rp_consultation_shows_responses(&all->v[n]);
		if (!counts)
			continue;
		for (size_t n = 0; n < s->bars.n && !there; n++) {
			there = rp_text_eq(s->bars.v[n].label, label);
			s->bars.v[n].n += there ? t->responses : 0;
		}
		if (!there)
			bar(k, s, label, t->responses);
	}
	s->bars_title = say(k, M_statistics_by_category);
}

static struct rp_err *
consultations(struct making *k)
{
	static const enum rp_msg heads[] = { M_period_consultation,
		M_period_when, M_period_responses, M_period_summaries };
	struct rp_section s = begin(k, "consultations", heads, 4);
	struct rp_request *req = &k->req;
	struct rp_consultations all;
	int64_t n = 0;

	RP_TRY(rp_consultation_list_of(req->who, req->tx, k->g,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = all.n; i-- > 0;) {
		const struct rp_consultation *c = &all.v[i];
		bool shown = rp_consultation_shows_responses(c);

		if (!consulted_in(k, c))
			continue;
		n += shown ? c->published : 0;
		cell(k, &s, c->title.body);
		cell(k, &s,
		    rp_textf(req->arena, "%.*s – %.*s",
			RP_FMT(rp_web_date(req, c->zone, c->opens_at)),
			RP_FMT(rp_web_date(req, c->zone, c->deadline_at))));
		cell(k, &s,
		    shown ? rp_format_i64(req->reader.locale, req->arena,
				c->published) :
			    RP_TEXT("–"));
		cell(k, &s, summary_of(k, c->id));
	}
	if (rp_section_has_rows(&s)) {
		const struct rp_msg_arg args[] = { RP_MSG_NUM(n) };

		s.summary = rp_message(req->arena, &req->reader,
		    M_period_responses_in_all, args, 1);
	}
	add_categories(k, &all, &s);
	end(k, &s);
	return NULL;
}

static struct rp_err *
topics(struct making *k)
{
	static const enum rp_msg heads[] = { M_period_number, M_period_topic,
		M_matrix_status };
	struct rp_section s = begin(k, "topics", heads, 3);
	struct rp_request *req = &k->req;
	struct rp_proposing rights;
	struct rp_proposals all;

	RP_TRY(rp_proposing_get(req->who, req->tx, k->g->id, &rights));
	RP_TRY(rp_proposal_list(req->who, req->tx, &rights, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_proposal *m = &all.v[i];

		if (m->number == 0 || m->changed_at < k->from_at ||
		    m->changed_at >= k->until_at)
			continue;
		cell(k, &s,
		    rp_format_i64(req->reader.locale, req->arena, m->number));
		cell(k, &s, m->text.title);
		cell(k, &s, say(k, rp_msg_topic_state(m->shown)));
	}
	end(k, &s);
	return NULL;
}

static struct rp_err *
recommendations(struct making *k)
{
	static const enum rp_msg heads[] = { M_correspondence_kind,
		M_document_title, M_correspondence_other,
		M_correspondence_dated, M_matrix_status,
		M_correspondence_outcome };
	struct rp_section s = begin(k, "recommendations", heads, 6);
	struct rp_request *req = &k->req;
	struct rp_correspondences all;

	RP_TRY(rp_correspondence_list(req->who, req->tx, k->g->id,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_correspondence *c = &all.v[i];

		if (!day_in(k, c->dated) || is(c->state, "draft"))
			continue;
		cell(k, &s, say(k, rp_msg_correspondence_kind(c->kind)));
		cell(k, &s, c->title.body);
		cell(k, &s, c->other);
		cell(k, &s, rp_web_day(req, c->dated));
		cell(k, &s, say(k, rp_msg_correspondence_state(c->state)));
		cell(k, &s, c->words);
	}
	end(k, &s);
	return NULL;
}

static struct rp_err *
actions(struct making *k)
{
	static const enum rp_msg heads[] = { M_period_number, M_period_action,
		M_period_owner, M_period_due, M_matrix_status };
	struct rp_section s = begin(k, "actions", heads, 5);
	struct rp_request *req = &k->req;
	int64_t done = 0, open = 0, late = 0;
	struct rp_actions all;

	RP_TRY(rp_action_list(req->who, req->tx, k->g->id,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_action *a = &all.v[i];

		if (a->created_at >= k->until_at ||
		    (a->closed_at != 0 && a->closed_at < k->from_at))
			continue;
		late += a->is_overdue;
		done += a->closed_at != 0;
		open += a->closed_at == 0 && !a->is_overdue;
		cell(k, &s,
		    rp_format_i64(req->reader.locale, req->arena, a->number));
		cell(k, &s, a->text.body);
		cell(k, &s, rp_web_action_owner(req, a));
		cell(k, &s, rp_web_day(req, a->due));
		cell(k, &s, rp_web_action_chip(req, a).label);
	}
	if (rp_section_has_rows(&s)) {
		bar(k, &s, say(k, M_period_done), done);
		bar(k, &s, say(k, M_period_open), open);
		bar(k, &s, say(k, M_duty_overdue), late);
		s.bars_title = say(k, M_period_actions_by_state);
	}
	end(k, &s);
	return NULL;
}

static struct rp_err *
activities(struct making *k)
{
	struct rp_section s = begin(k, "activities", NULL, 0);
	struct rp_request *req = &k->req;
	struct rp_activities all, some = { 0 };
	struct rp_matrix matrix = { 0 };
	struct rp_matrix_cells cells;

	RP_TRY(rp_activity_list(req->who, req->tx, k->g->id,
	    rp_lang_tag(req->reader.lang), 0, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_activity *a = &all.v[i];

		if (!is(a->status, "cancelled") &&
		    rp_text_cmp(a->from, k->p->until) <= 0 &&
		    (a->until.n == 0 || rp_text_cmp(a->until, k->p->from) >= 0))
			rp_vec_push(req->arena, &some, *a);
	}
	rp_web_matrix(req, &k->instruments, &some, &matrix);
	rp_matrix_table(req->arena, &req->reader, &matrix, &cells);
	s.columns = RP_MATRIX_COLUMNS;
	for (size_t i = 0; i < cells.n; i++)
		cell(k, &s, cells.v[i]);
	for (size_t n = 0; n < RP_SECTORS; n++) {
		int64_t of = 0;

		for (size_t i = 0; i < some.n; i++)
			of += some.v[i].sectors[n];
		if (some.n > 0)
			bar(k, &s, say(k, rp_msg_sector(n)), of);
	}
	s.bars_title = say(k, M_period_activities_by_sector);
	end(k, &s);
	return NULL;
}

static struct rp_err *
duties(struct making *k)
{
	static const enum rp_msg heads[] = { M_matrix_resolution,
		M_desk_duty_who, M_desk_duty_recipient, M_period_due,
		M_matrix_status };
	struct rp_section s = begin(k, "duties", heads, 5);
	struct rp_request *req = &k->req;
	struct rp_duty_reports reports;
	struct rp_duties all;
	rp_url url;

	RP_TRY(rp_duty_list(req->who, req->tx, k->g->id, &all));
	RP_TRY(rp_duty_reports(req->who, req->tx, k->g->id, &reports));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_duty *d = &all.v[i];
		rp_text state = rp_web_duty_chip(req, d).label;

		if (!is(d->state, "standing"))
			continue;
		for (size_t n = 0; n < reports.n; n++) {
			const struct rp_duty_report *r = &reports.v[n];

			if (r->duty_id == d->id && day_in(k, r->due))
				state = rp_textf(req->arena,
				    "%.*s; %.*s %.*s%.*s", RP_FMT(state),
				    RP_FMT(say(k, M_duty_reported)),
				    RP_FMT(r->symbol), RP_FMT(r->words));
		}
		cell(k, &s,
		    rp_textf(req->arena, "%.*s%s%.*s",
			RP_FMT(rp_web_duty_resolution(req, k->g,
			    &k->instruments, d->instrument_id, &url)),
			d->paragraph.n > 0 ? ", " : "", RP_FMT(d->paragraph)));
		cell(k, &s, d->who);
		cell(k, &s, d->recipient);
		cell(k, &s, rp_web_day(req, d->due));
		cell(k, &s, state);
	}
	end(k, &s);
	return NULL;
}

static struct rp_err *
period_instants(struct making *k)
{
	struct rp_zones *zones = k->req.who->env->zones;
	struct rp_arena *a = k->req.arena;

	RP_TRY(rp_zone_resolve(zones,
	    rp_textf(a, "%.*sT00:00", RP_FMT(k->p->from)), k->g->zone,
	    &k->from_at));
	RP_TRY(rp_zone_resolve(zones,
	    rp_textf(a, "%.*sT23:59", RP_FMT(k->p->until)), k->g->zone,
	    &k->until_at));
	k->until_at += RP_MINUTE;
	return NULL;
}

struct rp_err *
rp_web_period_sections(const struct rp_request *req, const struct rp_group *g,
    const struct rp_period *p, struct rp_sections *out)
{
	struct making *k = rp_new(req->arena, struct making);
	struct rp_actor *reader = rp_new(req->arena, struct rp_actor);
	struct rp_section s;

	*reader = rp_period_reader(req->who, p);
	*k = (struct making){ .req = *req, .g = g, .p = p, .out = out };
	*out = (struct rp_sections){ .title = rp_web_period_name(req, p),
		.about = g->name.body };
	RP_TRY(rp_period_words(req->who, req->tx, p, &k->texts));
	k->req.who = reader;
	RP_TRY(period_instants(k));
	RP_TRY(rp_period_figures(reader, req->tx, p, &k->f));
	RP_TRY(rp_instrument_list(reader, req->tx, g->id,
	    rp_lang_tag(req->reader.lang), &k->instruments));
	s = begin(k, "introduction", NULL, 0);
	end(k, &s);
	RP_TRY(meetings(k));
	RP_TRY(consultations(k));
	RP_TRY(topics(k));
	RP_TRY(recommendations(k));
	RP_TRY(actions(k));
	RP_TRY(activities(k));
	RP_TRY(duties(k));
	s = begin(k, "conclusion", NULL, 0);
	end(k, &s);
	return NULL;
}

/* Files. */

static struct rp_err *
as_html(const struct rp_request *req, const struct rp_document *d,
    rp_bytes *out)
{
	const struct rp_html_doc_texts texts = rp_registry_texts(req);
	const struct rp_html_doc_options o = { .texts = &texts,
		.complete = true };
	struct rp_sink sink;
	struct rp_buf b;

	rp_buf_init(&b, req->arena, RP_PERIOD_FILE_MAX);
	rp_sink_to_buf(&sink, req->arena, &b);
	rp_html_doc_write(&sink, d, &o);
	RP_TRY(rp_sink_flush(&sink));
	return rp_buf_bytes(&b, out);
}

struct rp_err *
rp_web_period_file_make(const struct rp_request *req,
    const struct rp_sections *s, const struct rp_period *p, rp_text format,
    rp_bytes *out)
{
	const struct rp_docx_new word = { .head_rows = 1,
		.first_column = 20,
		.max = RP_PERIOD_FILE_MAX };
	const struct rp_pdf_options pdf = { .head_rows = 1,
		.foot = rp_web_period_name(req, p),
		.max = RP_PERIOD_FILE_MAX };
	struct rp_pdf_fonts *fonts = rp_web_options_of(req->web)->fonts;
	struct rp_document *d;
	rp_html part;

	if (is(format, "part")) {
		RP_TRY(rp_web_period_body(req, s, &part));
		*out = (rp_bytes){ (const uint8_t *)part.p, part.n };
		return NULL;
	}
	RP_TRY(rp_sections_document(req->arena, &req->reader, s, &d));
	if (is(format, "docx"))
		return rp_docx_new(req->arena, d, &word, out);
	if (is(format, "html"))
		return as_html(req, d, out);
	if (!is(format, "pdf"))
		return rp_fail(RP_E_NOTFOUND, "no such format");
	if (fonts == NULL)
		return rp_fail(RP_E_UNAVAILABLE, "no fonts for PDF");
	return rp_pdf_write(req->arena, fonts, d, &pdf, out);
}

struct rp_err *
rp_web_period_files(const struct rp_request *req, const struct rp_group *g,
    const struct rp_period *p, struct rp_period_files *out)
{
	static const rp_text formats[] = { RP_TEXT_INIT("docx"),
		RP_TEXT_INIT("pdf"), RP_TEXT_INIT("html"),
		RP_TEXT_INIT("part") };
	const struct rp_web_options *o = rp_web_options_of(req->web);
	struct rp_request *in = rp_new(req->arena, struct rp_request);

	*out = (struct rp_period_files){ 0 };
	*in = *req;
	for (int l = 0; l < RP_LANG_COUNT; l++) {
		struct rp_sections s;
		struct rp_group named;

		in->reader =
		    (struct rp_reader){ (enum rp_lang)l, o->locales[l] };
		RP_TRY(rp_group_get_by_id(req->who, req->tx, g->id,
		    rp_lang_tag((enum rp_lang)l), &named));
		RP_TRY(rp_web_period_sections(in, &named, p, &s));
		for (size_t i = 0; i < 4; i++) {
			struct rp_period_file f = { .lang = rp_lang_tag(
							(enum rp_lang)l),
				.format = formats[i] };

			RP_TRY(rp_web_period_file_make(in, &s, p, f.format,
			    &f.octets));
			rp_vec_push(req->arena, out, f);
		}
	}
	return NULL;
}
