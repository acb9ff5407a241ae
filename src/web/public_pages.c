#include "base/clock.h"
#include "base/err.h"
#include "domain/theme_version.h"
#include "render/assets.h"
#include "render/prose.h"
#include "render/t_accessibility.h"
#include "render/t_consultation.h"
#include "render/t_consultations.h"
#include "render/t_group.h"
#include "render/t_start.h"
#include "text/format.h"
#include "text/zone.h"
#include "web/group_pages.h"
#include "web/page.h"
#include "web/server.h"

/* Public pages say "in 3 days": none is shown longer than this. */
#define FRESH ((int64_t)30 * 1000)

#define ARCHIVE_MAX 6 /* consultations that are over, on the group's page */

static int64_t
fresh_until(const struct rp_request *req, const struct rp_consultation *c)
{
	int64_t left = FRESH;

	if (c->opens_at > req->now && c->opens_at - req->now < left)
		left = c->opens_at - req->now;
	if (c->deadline_at > req->now && c->deadline_at - req->now < left)
		left = c->deadline_at - req->now;
	return left;
}

struct rp_err *
rp_web_root(const struct rp_request *req, struct rp_response *out)
{
	rp_response_header(out, "Vary", RP_TEXT("Accept-Language"));
	return rp_response_see_other(out,
	    rp_urlf(req->arena, "/%s/", rp_lang_tag(req->reader.lang).p));
}

struct rp_err *
rp_web_static(const struct rp_request *req, struct rp_response *out)
{
	for (const struct rp_asset *f = rp_assets; f->type != NULL; f++) {
		if (!rp_text_eq(req->params.name, f->name))
			continue;
		out->type = f->type;
		out->body = f->body;
		out->forever = true;
		out->fresh_ms = RP_HOUR;
		return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "no such file");
}

struct rp_err *
rp_web_start(const struct rp_request *req, struct rp_response *out)
{
	struct v_start v = { .body_name = rp_web_body_name(req),
		.lang = rp_lang_tag(req->reader.lang) };
	struct rp_frame f = { .title = v.body_name };
	struct rp_consultations all;
	struct rp_groups groups;
	rp_html content;

	RP_TRY(rp_group_list(req->who, req->tx, v.lang, &groups));
	RP_TRY(rp_consultation_list(req->who, req->tx, 0, v.lang, &all));
	out->fresh_ms = FRESH;
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_consultation *c = &all.v[i];
		struct v_card card = rp_web_card(req, c);

		if (c->state == RP_CONSULTATION_OPEN)
			rp_vec_push(req->arena, &v.open, card);
		else if (c->state == RP_CONSULTATION_COMING)
			rp_vec_push(req->arena, &v.planned, card);
		else if (c->state >= RP_CONSULTATION_CLOSED && v.closed.n < 10)
			rp_vec_push(req->arena, &v.closed, card);
		if (fresh_until(req, c) < out->fresh_ms)
			out->fresh_ms = fresh_until(req, c);
	}
	for (size_t i = 0; i < groups.n; i++) {
		const struct rp_group *g = &groups.v[i];
		struct v_start_groups row = {
			.name = g->name.body,
			.acronym = g->acronym,
			.lang = g->name.lang,
			.url = rp_web_group_url(req, g),
			.about =
			    rp_prose_excerpt(req->arena, g->mandate.body, 240),
		};

		for (size_t k = 0; k < all.n; k++)
			row.open += all.v[k].group.id == g->id &&
				    all.v[k].state == RP_CONSULTATION_OPEN;
		rp_vec_push(req->arena, &v.groups, row);
	}
	RP_TRY(rp_web_render(req, start, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

static void
group_cards(const struct rp_request *req, const struct rp_consultations *all,
    size_t archive_max, struct v_group *v, struct rp_response *out)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct rp_consultation *c = &all->v[i];
		struct v_card card = rp_web_card(req, c);

		if (c->state == RP_CONSULTATION_OPEN)
			rp_vec_push(req->arena, &v->open, card);
		else if (c->state == RP_CONSULTATION_COMING)
			rp_vec_push(req->arena, &v->planned, card);
		else if (c->state >= RP_CONSULTATION_CLOSED &&
			 v->archive.n < archive_max)
			rp_vec_push(req->arena, &v->archive, card);
		else if (c->state >= RP_CONSULTATION_CLOSED)
			v->archive_url = rp_urlf(req->arena, "consultations/");
		if (fresh_until(req, c) < out->fresh_ms)
			out->fresh_ms = fresh_until(req, c);
	}
}

struct rp_err *
rp_web_group(const struct rp_request *req, struct rp_response *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct rp_consultations all;
	struct rp_group g;
	struct rp_frame f = { .group = &g };
	struct v_group v = { 0 };
	rp_html content;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &g));
	RP_TRY(rp_consultation_list_of(req->who, req->tx, &g, lang, &all));
	out->fresh_ms = FRESH;
	v.name = g.name.body;
	v.lang = g.name.lang;
	v.acronym = g.acronym;
	v.mandate = rp_prose(req->arena, g.mandate.body, RP_TEXT(""), NULL);
	v.mandate_lang = g.mandate.lang;
	group_cards(req, &all, ARCHIVE_MAX, &v, out);
	RP_TRY(rp_web_group_dates(req, &g, &all, &v));
	RP_TRY(rp_web_group_people(req, &g, &v));
	v.members_url = rp_urlf(req->arena, "members");
	v.rights_url = rp_urlf(req->arena, "rights");
	v.instruments_url = rp_urlf(req->arena, "instruments/");
	v.meetings_url = rp_urlf(req->arena, "meetings/");
	v.actions_url = rp_urlf(req->arena, "actions/");
	v.topics_url = rp_urlf(req->arena, "topics/");
	v.correspondence_url = rp_urlf(req->arena, "correspondence/");
	v.duties_url = rp_urlf(req->arena, "duties/");
	v.reports_url = rp_urlf(req->arena, "reports/");
	v.activities_url = rp_urlf(req->arena, "activities/");
	v.search_url = rp_urlf(req->arena, "/%s/search", lang.p);
	v.feed_url = rp_urlf(req->arena, "responses.atom");
	v.documents_feed_url = rp_urlf(req->arena, "documents.atom");
	v.calendar_url = rp_urlf(req->arena, "calendar.ics");
	v.privacy_url = rp_urlf(req->arena, "privacy");
	f.title = g.name.body;
	f.feed = v.feed_url;
	RP_TRY(rp_web_render(req, group, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

/* All of them: the group's page has the last few. */
struct rp_err *
rp_web_consultations(const struct rp_request *req, struct rp_response *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct rp_consultations all;
	struct rp_group g;
	struct rp_frame f = { .group = &g,
		.title = rp_web_msg(req, M_group_all_consultations) };
	struct v_group of_group = { 0 };
	struct v_consultations v = { 0 };
	rp_html content;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &g));
	RP_TRY(rp_consultation_list_of(req->who, req->tx, &g, lang, &all));
	out->fresh_ms = FRESH;
	group_cards(req, &all, SIZE_MAX, &of_group, out);
	v.group_name = g.name.body;
	v.lang = g.name.lang;
	v.open.v = of_group.open.v;
	v.open.n = of_group.open.n;
	v.planned.v = of_group.planned.v;
	v.planned.n = of_group.planned.n;
	v.archive.v = of_group.archive.v;
	v.archive.n = of_group.archive.n;
	RP_TRY(rp_web_render(req, consultations, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

static void
add_questions(const struct rp_request *req, const struct rp_consultation *c,
    struct v_consultation *v)
{
	for (size_t i = 0; i < c->questions.n; i++) {
		const struct rp_question *q = &c->questions.v[i];
		struct v_consultation_questions row = {
			.n = q->position,
			.text = rp_prose_question(req->arena, q->text.body,
			    q->help.body),
			.lang = q->text.lang,
		};

		rp_vec_push(req->arena, &v->questions, row);
	}
	for (size_t i = 0; i < c->topics.n; i++) {
		struct v_consultation_topics row = {
			.n = c->topics.v[i].number,
			.title = c->topics.v[i].title.body,
			.lang = c->topics.v[i].title.lang,
		};

		rp_vec_push(req->arena, &v->topics, row);
	}
}

static rp_text
local_time(const struct rp_request *req, const struct rp_consultation *c,
    rp_text local)
{
	int64_t at;
	struct rp_err *e =
	    rp_zone_resolve(req->who->env->zones, local, c->zone, &at);

	if (e != NULL) {
		rp_err_free(e);
		return local;
	}
	return rp_web_time(req, c->zone, at);
}

static void
add_extensions(const struct rp_request *req, const struct rp_consultation *c,
    struct v_consultation *v)
{
	for (size_t i = 0; i < c->extensions.n; i++) {
		const struct rp_extension *e = &c->extensions.v[i];
		struct v_consultation_extensions row = {
			.old = local_time(req, c, e->old_local),
			.new = local_time(req, c, e->new_local),
			.at = rp_web_time(req, c->zone, e->at),
			.reason = e->reason,
			.reason_lang = c->group.default_lang,
		};

		rp_vec_push(req->arena, &v->extensions, row);
	}
}

static void
add_texts(const struct rp_request *req, const struct rp_consultation *c,
    struct v_consultation *v)
{
	v->number = c->number;
	v->title = c->title.body;
	v->lang = c->title.lang;
	v->status = rp_web_consultation_chip(req, c);
	v->decided_by = c->decided_by;
	v->introduction =
	    rp_prose(req->arena, c->introduction.body, RP_TEXT(""), NULL);
	v->introduction_lang = c->introduction.lang;
	if (!rp_text_eq(c->title.lang, rp_lang_tag(req->reader.lang)))
		v->missing_lang = rp_locale_language(req->reader.locale,
		    req->arena, c->title.lang);
	v->guidelines =
	    rp_prose(req->arena, c->guidelines.body, RP_TEXT(""), NULL);
	v->guidelines_lang = c->guidelines.lang;
	v->moderation = M_consultation_moderation_relevant;
	v->publication = c->publication == RP_PUBLISH_AS_CHECKED ?
			     M_consultation_publication_as_checked :
			     M_consultation_publication_after_deadline;
}

static struct rp_err *
add_summary(const struct rp_request *req, const struct rp_consultation *c,
    struct v_consultation *v)
{
	const struct rp_actor nobody = rp_actor_public(req->who->env, req->now);
	struct rp_theme_versions all;

	RP_TRY(rp_theme_version_list(&nobody, req->tx, c, &all));
	if (all.n > 0)
		v->summary_url = rp_web_consultation_url(req, c, "summary");
	return NULL;
}

struct rp_err *
rp_web_consultation(const struct rp_request *req, struct rp_response *out)
{
	struct rp_consultation c;
	struct rp_frame f = { .group = &c.group,
		.script = RP_TEXT("answer.js") };
	struct v_consultation v = { 0 };
	rp_html content;

	RP_TRY(rp_web_consultation_load(req, &c));
	add_texts(req, &c, &v);
	add_questions(req, &c, &v);
	add_extensions(req, &c, &v);
	v.opens = rp_web_deadline(req, c.zone, c.opens_at, false);
	v.deadline = rp_web_deadline(req, c.zone, c.deadline_at, true);
	v.is_planned = c.state <= RP_CONSULTATION_COMING;
	v.is_open = c.state == RP_CONSULTATION_OPEN;
	v.is_closed = c.state >= RP_CONSULTATION_CLOSED;
	v.sessions_url = rp_web_consultation_url(req, &c, "sessions");
	if (c.meeting_at > 0) {
		v.meeting_time = rp_web_time(req, c.meeting_zone, c.meeting_at);
		v.meeting_utc = rp_web_utc(req, c.meeting_at);
		v.meeting_place = c.place.body;
	}
	if (v.is_open)
		v.answer_url = rp_web_consultation_url(req, &c, "answer");
	if (rp_consultation_shows_responses(&c)) {
		v.responses = c.published;
		v.responses_url =
		    rp_web_consultation_url(req, &c, "responses/");
		v.statistics_url =
		    rp_web_consultation_url(req, &c, "statistics");
		v.feed_url = rp_web_consultation_url(req, &c, "responses.atom");
		RP_TRY(add_summary(req, &c, &v));
	}
	v.calendar_url = rp_web_consultation_url(req, &c, "calendar.ics");
	f.title = c.title.body;
	f.feed = v.feed_url;
	out->fresh_ms = fresh_until(req, &c);
	RP_TRY(rp_web_render(req, consultation, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

struct rp_err *
rp_web_accessibility(const struct rp_request *req, struct rp_response *out)
{
	struct v_accessibility v = { 0 };
	struct rp_frame f = { .title = rp_web_msg(req, M_frame_accessibility) };
	rp_html content;

	out->fresh_ms = FRESH;
	RP_TRY(rp_web_render(req, accessibility, &v, &content));
	return rp_web_frame(req, &f, content, out);
}
