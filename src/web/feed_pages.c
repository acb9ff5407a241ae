#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "codec/atom.h"
#include "codec/ics.h"
#include "codec/sink.h"
#include "domain/catalog.h"
#include "domain/posted.h"
#include "text/zone.h"
#include "web/duty.h"
#include "web/group_pages.h"
#include "web/meeting.h"
#include "web/page.h"
#include "web/server.h"

#define FEED_MAX 50 /* entries */
#define FEED_OCTETS ((size_t)1024 * 1024)
#define FRESH (60 * RP_SECOND)

/* Out into one buffer: feeds and calendars are short. */
struct writing {
	struct rp_buf buf;
	struct rp_sink sink;
};

static struct writing *
writing_new(struct rp_arena *a)
{
	struct writing *w = rp_new(a, struct writing);

	rp_buf_init(&w->buf, a, FEED_OCTETS);
	rp_sink_to_buf(&w->sink, a, &w->buf);
	return w;
}

static struct rp_err *
written(struct writing *w, const char *type, struct rp_response *out)
{
	RP_TRY(rp_sink_flush(&w->sink));
	out->type = type;
	out->fresh_ms = FRESH;
	return rp_buf_bytes(&w->buf, &out->body);
}

static rp_url
absolute(const struct rp_request *req, rp_url own)
{
	return rp_urlf(req->arena, "%s%s",
	    rp_web_options_of(req->web)->public_url.p, own.p);
}

/* One entry of either feed; `number` of the consultation is in the address. */
static void
entry(const struct rp_request *req, struct rp_xml *xml, rp_url list,
    const struct rp_catalog_row *r)
{
	rp_url page =
	    rp_urlf(req->arena, "%s%lld", list.p, (long long)r->number);
	rp_text source = r->source.n > 0 ?
			     r->source :
			     rp_web_msg(req, M_response_without_name);
	rp_atom_entry(xml, &(struct rp_atom_entry){ .id = rp_text_z(page.p),
			       .title = source,
			       .language = r->lang,
			       .author = source,
			       .summary = r->excerpt,
			       .page = page,
			       .published_at = r->published_at,
			       .updated_at = r->published_at });
}

struct rp_err *
rp_web_responses_atom(const struct rp_request *req, struct rp_response *out)
{
	struct writing *w = writing_new(req->arena);
	struct rp_consultation c;
	struct rp_catalog_rows rows;
	struct rp_xml xml;
	rp_url self, list;

	RP_TRY(rp_web_consultation_load(req, &c));
	RP_TRY(rp_catalog_recent(req->who, req->tx, &c, FEED_MAX, &rows));
	self =
	    absolute(req, rp_web_consultation_url(req, &c, "responses.atom"));
	list = absolute(req, rp_web_consultation_url(req, &c, "responses/"));
	rp_atom_begin(&xml, &w->sink,
	    &(struct rp_atom_feed){ .id = rp_text_z(self.p),
		.title = c.title.body,
		.language = rp_lang_tag(req->reader.lang),
		.self = self,
		.page = list,
		.updated_at =
		    rows.n > 0 ? rows.v[0].published_at : c.opens_at });
	for (size_t i = 0; i < rows.n; i++)
		entry(req, &xml, list, &rows.v[i]);
	rp_atom_end(&xml);
	return written(w, "application/atom+xml; charset=utf-8", out);
}

struct newest {
	const struct rp_consultation *c;
	struct rp_catalog_row row;
};

static int
newest_first(const void *a, const void *b)
{
	const struct newest *x = a, *y = b;

	if (x->row.published_at != y->row.published_at)
		return x->row.published_at < y->row.published_at ? 1 : -1;
	return (x->row.id < y->row.id) - (x->row.id > y->row.id);
}

struct all_newest RP_VEC(struct newest);

/* Of each consultation that shows its responses, merged by time. */
static struct rp_err *
collect(const struct rp_request *req, const struct rp_consultations *all,
    struct all_newest *out)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct rp_consultation *c = &all->v[i];
		struct rp_catalog_rows rows;

		if (!rp_consultation_shows_responses(c) || c->published == 0)
			continue;
		RP_TRY(
		    rp_catalog_recent(req->who, req->tx, c, FEED_MAX, &rows));
		for (size_t k = 0; k < rows.n; k++) {
			struct newest one = { c, rows.v[k] };

			rp_vec_push(req->arena, out, one);
		}
	}
	if (out->n > 1)
		qsort(out->v, out->n, sizeof(out->v[0]), newest_first);
	return NULL;
}

struct rp_err *
rp_web_group_atom(const struct rp_request *req, struct rp_response *out)
{
	struct writing *w = writing_new(req->arena);
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct all_newest found = { 0 };
	struct rp_consultations all;
	struct rp_group g;
	struct rp_xml xml;
	rp_url self;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &g));
	RP_TRY(rp_consultation_list_of(req->who, req->tx, &g, lang, &all));
	RP_TRY(collect(req, &all, &found));
	self = absolute(req, rp_urlf(req->arena, "%sresponses.atom",
				 rp_web_group_url(req, &g).p));
	rp_atom_begin(&xml, &w->sink,
	    &(struct rp_atom_feed){ .id = rp_text_z(self.p),
		.title = g.name.body,
		.language = lang,
		.self = self,
		.page = absolute(req, rp_web_group_url(req, &g)),
		.updated_at = found.n > 0 ? found.v[0].row.published_at : 0 });
	for (size_t i = 0; i < found.n && i < FEED_MAX; i++)
		entry(req, &xml,
		    absolute(req, rp_web_consultation_url(req, found.v[i].c,
				      "responses/")),
		    &found.v[i].row);
	rp_atom_end(&xml);
	return written(w, "application/atom+xml; charset=utf-8", out);
}

struct rp_err *
rp_web_documents_atom(const struct rp_request *req, struct rp_response *out)
{
	struct writing *w = writing_new(req->arena);
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct rp_parties parties;
	struct rp_posted_list all;
	struct rp_group g;
	struct rp_xml xml;
	rp_url self;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &g));
	RP_TRY(rp_posted_list(req->who, req->tx, g.id, lang, &all));
	RP_TRY(rp_party_list(req->tx, g.body_id, lang, &parties));
	self = absolute(req, rp_urlf(req->arena, "%sdocuments.atom",
				 rp_web_group_url(req, &g).p));
	rp_atom_begin(&xml, &w->sink,
	    &(struct rp_atom_feed){ .id = rp_text_z(self.p),
		.title =
		    rp_textf(req->arena, "%.*s – %.*s", RP_FMT(g.name.body),
			RP_FMT(rp_web_msg(req, M_meeting_documents))),
		.language = lang,
		.self = self,
		.page = absolute(req, rp_web_group_url(req, &g)),
		.updated_at = all.n > 0 ? all.v[0].document.posted_at : 0 });
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_meeting_document *d = &all.v[i].document;
		rp_url page = absolute(req,
		    d->parent_id != 0 ?
			rp_web_document_page(req, &g, &all.v[i].meeting, d) :
			rp_web_meeting_url(req, &g, &all.v[i].meeting,
			    rp_textf(req->arena, "#d%lld", (long long)d->number)
				.p));

		rp_atom_entry(&xml,
		    &(struct rp_atom_entry){ .id = rp_text_z(page.p),
			.title = rp_textf(req->arena, "%.*s: %.*s",
			    RP_FMT(rp_meeting_document_symbol(req->arena,
				&all.v[i].meeting, d)),
			    RP_FMT(d->title.body)),
			.language = d->title.lang,
			.author = rp_web_sources_of(req, &parties, &d->sources),
			.summary =
			    rp_web_msg(req, rp_msg_document_kind(d->kind)),
			.page = page,
			.published_at = d->posted_at,
			.updated_at = d->posted_at });
	}
	rp_atom_end(&xml);
	return written(w, "application/atom+xml; charset=utf-8", out);
}

/* "example.org" of "https://example.org:8443". */
static rp_text
host_of(rp_text url)
{
	size_t from = 0, end;

	for (size_t i = 0; i + 2 < url.n; i++)
		if (url.p[i] == ':' && url.p[i + 1] == '/' &&
		    url.p[i + 2] == '/')
			from = i + 3;
	url = rp_text_sub(url, from, url.n);
	end = rp_text_find(url, '/', 0);
	return rp_text_sub(url, 0, end);
}

static void
date(const struct rp_request *req, struct writing *w,
    const struct rp_consultation *c, const char *what, enum rp_msg label,
    int64_t at)
{
	rp_url page = absolute(req, rp_web_consultation_url(req, c, ""));
	bool meeting = label == M_consultation_meeting;

	rp_ics_event(&w->sink,
	    &(struct rp_ics_event){
		.uid = rp_textf(req->arena, "%.*s-%lld-%s@%.*s",
		    RP_FMT(c->group.slug), (long long)c->number, what,
		    RP_FMT(host_of(rp_web_options_of(req->web)->public_url))),
		.summary = rp_textf(req->arena, "%.*s: %.*s",
		    RP_FMT(rp_web_msg(req, label)), RP_FMT(c->title.body)),
		.location = meeting ? c->place.body : RP_TEXT(""),
		.language = rp_lang_tag(req->reader.lang),
		.page = page,
		.stamp_at = c->changed_at,
		.start_at = at,
		.sequence = c->extended });
}

static void
dates(const struct rp_request *req, struct writing *w,
    const struct rp_consultation *c)
{
	date(req, w, c, "opens", M_consultation_opens, c->opens_at);
	date(req, w, c, "deadline", M_consultation_deadline, c->deadline_at);
	if (c->meeting_at > 0)
		date(req, w, c, "meeting", M_consultation_meeting,
		    c->meeting_at);
}

struct rp_err *
rp_web_consultation_ics(const struct rp_request *req, struct rp_response *out)
{
	struct writing *w = writing_new(req->arena);
	struct rp_consultation c;

	RP_TRY(rp_web_consultation_load(req, &c));
	rp_ics_begin(&w->sink, c.title.body);
	dates(req, w, &c);
	rp_ics_end(&w->sink);
	return written(w, "text/calendar; charset=utf-8", out);
}

/* A meeting, and the last days for documents of those to come. */
static void
meeting(const struct rp_request *req, struct writing *w,
    const struct rp_group *g, const struct rp_meeting *m,
    const struct rp_web_deadlines *deadlines)
{
	rp_text host = host_of(rp_web_options_of(req->web)->public_url);
	rp_url page = absolute(req, rp_web_meeting_url(req, g, m, ""));
	rp_text key = rp_textf(req->arena, "%.*s-meeting-%.*s-%lld",
	    RP_FMT(g->slug), RP_FMT(m->series), (long long)m->ordinal);

	rp_ics_event(&w->sink,
	    &(struct rp_ics_event){ .uid = rp_textf(req->arena, "%.*s@%.*s",
					RP_FMT(key), RP_FMT(host)),
		.summary = rp_web_meeting_name(req, m),
		.location = m->place,
		.language = rp_lang_tag(req->reader.lang),
		.page = page,
		.stamp_at = m->created_at,
		.start_at = m->opens_at,
		.end_at = m->closes_at });
	for (size_t i = 0; i < deadlines->n; i++) {
		const struct rp_web_deadline *d = &deadlines->v[i];

		if (d->meeting_id != m->id)
			continue;
		rp_ics_event(&w->sink,
		    &(struct rp_ics_event){ .uid = rp_textf(req->arena,
						"%.*s-%.*s@%.*s", RP_FMT(key),
						RP_FMT(d->key), RP_FMT(host)),
			.summary = d->what,
			.language = rp_lang_tag(req->reader.lang),
			.page = page,
			.stamp_at = m->created_at,
			.start_at = d->at });
	}
}

static struct rp_err *
meetings(const struct rp_request *req, struct writing *w,
    const struct rp_group *g)
{
	struct rp_web_deadlines deadlines;
	struct rp_meetings all;

	RP_TRY(rp_meeting_list(req->who, req->tx, g->id, &all));
	RP_TRY(rp_web_deadlines_of(req, g, &all, &deadlines));
	for (size_t i = 0; i < all.n; i++)
		meeting(req, w, g, &all.v[i], &deadlines);
	return NULL;
}

/* The day in the zone of the group, at its end. */
static struct rp_err *
duty(const struct rp_request *req, struct writing *w, const struct rp_group *g,
    const struct rp_duty *d)
{
	rp_text host = host_of(rp_web_options_of(req->web)->public_url);
	int64_t at;

	if (d->due.n == 0 || !rp_text_eq(d->state, RP_TEXT("standing")))
		return NULL;
	RP_TRY(rp_zone_resolve(req->who->env->zones,
	    rp_textf(req->arena, "%.*sT23:59", RP_FMT(d->due)), g->zone, &at));
	rp_ics_event(&w->sink,
	    &(struct rp_ics_event){ .uid = rp_textf(req->arena,
					"%.*s-duty-%lld-%.*s@%.*s",
					RP_FMT(g->slug), (long long)d->number,
					RP_FMT(d->due), RP_FMT(host)),
		.summary = rp_textf(req->arena, "%.*s → %.*s", RP_FMT(d->who),
		    RP_FMT(d->recipient)),
		.description = rp_textf(req->arena, "%.*s: %.*s",
		    RP_FMT(d->paragraph), RP_FMT(d->words)),
		.language = d->lang,
		.page = absolute(req,
		    rp_web_duties_url(req, g,
			rp_textf(req->arena, "#d%lld", (long long)d->number)
			    .p)),
		.stamp_at = d->changed_at,
		.start_at = at });
	return NULL;
}

struct rp_err *
rp_web_duties_ics(const struct rp_request *req, struct rp_response *out)
{
	struct writing *w = writing_new(req->arena);
	struct rp_duties all;
	struct rp_group g;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group,
	    rp_lang_tag(req->reader.lang), &g));
	RP_TRY(rp_duty_list(req->who, req->tx, g.id, &all));
	rp_ics_begin(&w->sink, rp_web_msg(req, M_duty_title));
	for (size_t i = 0; i < all.n; i++)
		RP_TRY(duty(req, w, &g, &all.v[i]));
	rp_ics_end(&w->sink);
	return written(w, "text/calendar; charset=utf-8", out);
}

struct rp_err *
rp_web_group_ics(const struct rp_request *req, struct rp_response *out)
{
	struct writing *w = writing_new(req->arena);
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct rp_consultations all;
	struct rp_group g;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &g));
	RP_TRY(rp_consultation_list_of(req->who, req->tx, &g, lang, &all));
	rp_ics_begin(&w->sink, g.name.body);
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].state != RP_CONSULTATION_PLANNED)
			dates(req, w, &all.v[i]);
	}
	RP_TRY(meetings(req, w, &g));
	rp_ics_end(&w->sink);
	return written(w, "text/calendar; charset=utf-8", out);
}
