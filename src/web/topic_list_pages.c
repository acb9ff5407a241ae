/*
 * topic_list_pages - the topics of a group, and the calendar of cycles.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "codec/ics.h"
#include "codec/sink.h"
#include "domain/cycle.h"
#include "render/t_topic_calendar.h"
#include "render/t_topics.h"
#include "web/desk.h"
#include "web/server.h"
#include "web/topics.h"

#define CALENDAR_OCTETS ((size_t)1024 * 1024)

#define IS(t, word) rp_text_eq(t, RP_TEXT(word))

static void
add_agreed(const struct rp_request *req, const struct rp_web_topics *s,
    const struct rp_proposal *m, const struct rp_cycles *cycles,
    struct v_topics *v)
{
	struct v_topics_agreed row = { .title = m->text.title,
		.lang = m->text.lang,
		.url = rp_web_topics_url(req, &s->g, "%lld/",
		    (long long)m->number),
		.window = rp_web_topic_window(req, &s->g, m),
		.state = rp_web_topic_chip(req, m) };

	for (size_t i = 0; i < cycles->n; i++) {
		const struct rp_cycle *c = &cycles->v[i];
		struct v_topics_agreed_consultations one = { .n = c->number,
			.url = rp_urlf(req->arena, "../consultations/%lld/",
			    (long long)c->number) };

		if (c->topic_id == m->topic_id && !c->is_planned)
			rp_vec_push(req->arena, &row.consultations, one);
	}
	rp_vec_push(req->arena, &v->agreed, row);
}

static void
add_proposed(const struct rp_request *req, const struct rp_web_topics *s,
    const struct rp_proposal *m, const struct rp_wordings *parties,
    struct v_topics *v)
{
	struct v_topics_proposals row = { .id = rp_textf(req->arena, "%lld",
					      (long long)m->number),
		.number = m->number,
		.title = m->text.title,
		.lang = m->text.lang,
		.url = rp_web_topics_url(req, &s->g, "%lld/",
		    (long long)m->number),
		.party = rp_web_topic_party(req, parties, m->party_id),
		.state = rp_web_topic_chip(req, m),
		.questions = (int64_t)m->text.questions.n,
		.merged = m->merged_into };

	if (m->merged_into > 0)
		row.merged_url = rp_web_topics_url(req, &s->g, "%lld/",
		    (long long)m->merged_into);
	rp_vec_push(req->arena, &v->proposals, row);
}

/* A merger that the reader's delegation is asked about. */
static void
add_asked(const struct rp_request *req, const struct rp_web_topics *s,
    const struct rp_proposal *m, struct v_topics *v)
{
	struct v_topics_asked row = { .number = m->number,
		.url = rp_web_topics_url(req, &s->g, "%lld/#parents",
		    (long long)m->number) };

	for (size_t i = 0; i < m->parents.n; i++) {
		if (s->p.my_party_id == 0 || !IS(m->state, "merging") ||
		    m->parents.v[i].party_id != s->p.my_party_id ||
		    !IS(m->parents.v[i].state, "asked"))
			continue;
		rp_vec_push(req->arena, &v->asked, row);
		return;
	}
}

static void
add_draft(const struct rp_request *req, const struct rp_web_topics *s,
    const struct rp_proposal *m, struct v_topics *v)
{
	struct v_topics_drafts row = { .title = m->text.title,
		.lang = m->text.lang,
		.url = rp_web_topics_url(req, &s->g, "new?draft=%lld",
		    (long long)m->id) };

	rp_vec_push(req->arena, &v->drafts, row);
}

struct rp_err *
rp_web_topics(const struct rp_request *req, struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "draft", M_topic_done_draft },
		{ "dropped", M_topic_done_dropped },
		{ NULL, M_none },
	};
	struct v_topics v = { .done = rp_desk_word(req, done) };
	struct rp_wordings parties;
	struct rp_proposals all;
	struct rp_web_topics s;
	struct rp_cycles cycles;
	rp_html content;

	RP_TRY(rp_web_topics_find(req, &s));
	RP_TRY(rp_proposal_list(req->who, req->tx, &s.p, &all));
	RP_TRY(rp_proposal_names(req->who, req->tx, &parties));
	RP_TRY(rp_cycle_list(req->who, req->tx, &s.p, &cycles));
	for (size_t i = all.n; i-- > 0;) { /* the newest first */
		const struct rp_proposal *m = &all.v[i];

		add_asked(req, &s, m, &v);
		if (m->number == 0)
			add_draft(req, &s, m, &v);
		else if (IS(m->state, "agreed"))
			add_agreed(req, &s, m, &cycles, &v);
		else
			add_proposed(req, &s, m, &parties, &v);
	}
	v.group_name = s.g.name.body;
	v.is_public = s.p.is_public;
	v.is_member = s.p.is_member || s.p.is_public;
	v.compare_url = rp_web_topics_url(req, &s.g, "compare");
	v.calendar_url = rp_web_topics_url(req, &s.g, "calendar");
	if (s.p.my_party_id != 0 || s.p.may_meet)
		v.new_url = rp_web_topics_url(req, &s.g, "new");
	if (s.p.my_party_id != 0 || s.p.may_meet || s.p.may_steer)
		v.rooms_url = rp_web_topics_url(req, &s.g, "rooms/");
	if (s.p.may_meet || s.p.may_launch)
		v.desk_url = rp_desk_url(req, "topics");
	RP_TRY(rp_web_render(req, topics, &v, &content));
	return rp_web_topics_frame(req, &s, rp_web_msg(req, M_topics_title),
	    false, content, out);
}

/* The calendar. */

struct entry {
	int64_t from, until;
	rp_text title, lang;
	rp_url url;
	struct v_chip state;
	rp_text uid;
};

struct entries RP_VEC(struct entry);

static int
earlier(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return rp_text_cmp(x->uid, y->uid);
}

/* Topics that wait, and consultations that were launched. */
static struct rp_err *
collect(const struct rp_request *req, const struct rp_web_topics *s,
    struct entries *out)
{
	struct rp_consultations consultations;
	struct rp_proposals all;

	RP_TRY(rp_proposal_list(req->who, req->tx, &s->p, &all));
	RP_TRY(rp_consultation_list(req->who, req->tx, s->g.id,
	    rp_lang_tag(req->reader.lang), &consultations));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_proposal *m = &all.v[i];
		struct entry e = { rp_web_topic_day(req, &s->g, m->opens_on),
			rp_web_topic_day(req, &s->g, m->closes_on),
			m->text.title, m->text.lang,
			rp_web_topics_url(req, &s->g, "%lld/",
			    (long long)m->number),
			rp_web_topic_chip(req, m),
			rp_textf(req->arena, "topic-%lld",
			    (long long)m->number) };

		if (IS(m->shown, "agreed") && e.from != 0 && e.until != 0)
			rp_vec_push(req->arena, out, e);
	}
	for (size_t i = 0; i < consultations.n; i++) {
		const struct rp_consultation *c = &consultations.v[i];
		struct entry e = { c->opens_at, c->deadline_at, c->title.body,
			c->title.lang, rp_web_consultation_url(req, c, ""),
			rp_web_consultation_chip(req, c),
			rp_textf(req->arena, "consultation-%lld",
			    (long long)c->number) };

		if (c->state != RP_CONSULTATION_PLANNED)
			rp_vec_push(req->arena, out, e);
	}
	if (out->n > 1)
		qsort(out->v, out->n, sizeof(out->v[0]), earlier);
	return NULL;
}

struct rp_err *
rp_web_topic_calendar(const struct rp_request *req, struct rp_response *out)
{
	struct v_topic_calendar v = { 0 };
	struct entries all = { 0 };
	struct rp_web_topics s;
	rp_html content;

	RP_TRY(rp_web_topics_find(req, &s));
	RP_TRY(collect(req, &s, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct entry *e = &all.v[i];
		struct v_topic_calendar_rows row = { .from = rp_web_date(req,
							 s.g.zone, e->from),
			.from_iso = rp_web_iso(req, e->from),
			.until = rp_web_date(req, s.g.zone, e->until),
			.until_iso = rp_web_iso(req, e->until),
			.title = e->title,
			.lang = e->lang,
			.url = e->url,
			.state = e->state };

		rp_vec_push(req->arena, &v.rows, row);
	}
	v.list_url = rp_web_topics_url(req, &s.g, "%s", "");
	v.ics_url = rp_web_topics_url(req, &s.g, "calendar.ics");
	RP_TRY(rp_web_render(req, topic_calendar, &v, &content));
	return rp_web_topics_frame(req, &s, rp_web_msg(req, M_topics_calendar),
	    false, content, out);
}

static void
event(const struct rp_request *req, struct rp_sink *sink,
    const struct rp_web_topics *s, const struct entry *e, enum rp_msg what,
    const char *word, int64_t at)
{
	rp_text site = rp_web_options_of(req->web)->public_url;

	rp_ics_event(sink,
	    &(struct rp_ics_event){ .uid = rp_textf(req->arena,
					"%.*s-%.*s-%s@%.*s", RP_FMT(s->g.slug),
					RP_FMT(e->uid), word, RP_FMT(site)),
		.summary = rp_textf(req->arena, "%.*s: %.*s",
		    RP_FMT(rp_web_msg(req, what)), RP_FMT(e->title)),
		.location = RP_TEXT(""),
		.language = rp_lang_tag(req->reader.lang),
		.page = rp_urlf(req->arena, "%.*s%s", RP_FMT(site), e->url.p),
		.stamp_at = e->from,
		.start_at = at });
}

struct rp_err *
rp_web_topic_calendar_ics(const struct rp_request *req, struct rp_response *out)
{
	struct entries all = { 0 };
	struct rp_web_topics s;
	struct rp_sink sink;
	struct rp_buf buf;

	RP_TRY(rp_web_topics_find(req, &s));
	RP_TRY(collect(req, &s, &all));
	rp_buf_init(&buf, req->arena, CALENDAR_OCTETS);
	rp_sink_to_buf(&sink, req->arena, &buf);
	rp_ics_begin(&sink, s.g.name.body);
	for (size_t i = 0; i < all.n; i++) {
		event(req, &sink, &s, &all.v[i], M_consultation_opens, "opens",
		    all.v[i].from);
		event(req, &sink, &s, &all.v[i], M_consultation_deadline,
		    "deadline", all.v[i].until);
	}
	rp_ics_end(&sink);
	RP_TRY(rp_sink_flush(&sink));
	out->type = "text/calendar; charset=utf-8";
	out->no_store = true;
	return rp_buf_bytes(&buf, &out->body);
}
