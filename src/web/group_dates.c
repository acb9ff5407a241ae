/* group_dates - the calendar of a group's own page, and what is in force. */
#include <stdlib.h>

#include "base/err.h"
#include "domain/instrument.h"
#include "domain/posting.h"
#include "text/zone.h"
#include "web/group_pages.h"
#include "web/meeting.h"
#include "web/registry.h"

#define SHOWN_MAX 12   /* dates to come */
#define MEETINGS_MAX 5 /* that are over */
#define IN_FORCE_MAX 8

struct date {
	int64_t at;
	rp_text zone, what, lang;
	rp_url url;
};
struct dates RP_VEC(struct date);

static int
soonest_first(const void *a, const void *b)
{
	const struct date *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

static rp_text
deadline_name(const struct rp_request *req, const struct rp_meeting *m,
    const struct rp_posting_rule *r)
{
	const struct rp_msg_arg args[] = { RP_MSG_MSG(
					       rp_msg_posting(r->effect)),
		RP_MSG_MSG(r->kind.n > 0 ? rp_msg_document_kind(r->kind) :
					   M_posting_all_kinds),
		RP_MSG_TEXT(rp_web_meeting_name(req, m)) };

	return rp_message(req->arena, &req->reader, M_group_posting, args, 3);
}

static struct rp_err *
add_deadlines(const struct rp_request *req, const struct rp_meeting *m,
    const struct rp_posting_rules *rules, struct rp_web_deadlines *out)
{
	const struct rp_zone *zone;

	RP_TRY(rp_zone_get(req->who->env->zones, m->zone, &zone));
	for (size_t i = 0; i < rules->n; i++) {
		const struct rp_posting_rule *r = &rules->v[i];
		struct rp_web_deadline one = { .meeting_id = m->id,
			.zone = m->zone };

		if (r->effect == RP_POSTING_EXEMPT || r->days == 0)
			continue;
		one.key = rp_textf(req->arena, "%.*s-%.*s",
		    RP_FMT(rp_posting_name(r->effect)),
		    RP_FMT(r->kind.n > 0 ? r->kind : RP_TEXT("all")));
		one.what = deadline_name(req, m, r);
		one.at = rp_posting_deadline(zone, m->opens_at, r->days);
		rp_vec_push(req->arena, out, one);
	}
	return NULL;
}

struct rp_err *
rp_web_deadlines_of(const struct rp_request *req, const struct rp_group *g,
    const struct rp_meetings *all, struct rp_web_deadlines *out)
{
	struct rp_posting_rules rules;

	*out = (struct rp_web_deadlines){ 0 };
	RP_TRY(rp_posting_list(req->who, req->tx, g->id, &rules));
	for (size_t i = 0; i < all->n; i++) {
		if (all->v[i].opens_at > req->now)
			RP_TRY(add_deadlines(req, &all->v[i], &rules, out));
	}
	return NULL;
}

static void
add_consultations(const struct rp_request *req,
    const struct rp_consultations *all, struct dates *to)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct rp_consultation *c = &all->v[i];
		struct date one = { .at = c->state == RP_CONSULTATION_COMING ?
					      c->opens_at :
					      c->deadline_at,
			.zone = c->zone,
			.what = c->title.body,
			.lang = c->title.lang };

		if (c->meeting_at > req->now && one.at < req->now)
			one.at = c->meeting_at;
		if (one.at < req->now || c->state == RP_CONSULTATION_PLANNED)
			continue;
		one.url = rp_web_consultation_url(req, c, "");
		rp_vec_push(req->arena, to, one);
	}
}

static struct rp_err *
add_meetings(const struct rp_request *req, const struct rp_group *g,
    struct dates *to, struct v_group *v)
{
	struct rp_web_deadlines deadlines;
	struct rp_meetings all;

	RP_TRY(rp_meeting_list(req->who, req->tx, g->id, &all));
	RP_TRY(rp_web_deadlines_of(req, g, &all, &deadlines));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_meeting *m = &all.v[i];
		rp_url url = rp_web_meeting_url(req, g, m, "");
		struct date one = { m->opens_at, m->zone,
			rp_web_meeting_name(req, m),
			rp_lang_tag(req->reader.lang), url };
		struct v_group_meetings row = { .name = one.what,
			.time = rp_web_date(req, m->zone, m->opens_at),
			.iso = rp_web_iso(req, m->opens_at),
			.place = m->place,
			.url = url };

		if (m->closes_at > req->now)
			rp_vec_push(req->arena, to, one);
		else if (v->meetings.n < MEETINGS_MAX)
			rp_vec_push(req->arena, &v->meetings, row);
		for (size_t k = 0; k < deadlines.n; k++) {
			const struct rp_web_deadline *d = &deadlines.v[k];
			struct date last = { d->at - 1, d->zone, d->what,
				rp_lang_tag(req->reader.lang), url };

			if (d->meeting_id == m->id && d->at > req->now)
				rp_vec_push(req->arena, to, last);
		}
	}
	return NULL;
}

static struct rp_err *
add_in_force(const struct rp_request *req, const struct rp_group *g,
    struct v_group *v)
{
	struct rp_in_force_list all;

	RP_TRY(rp_instrument_in_force(req->who, req->tx, g->id,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = 0; i < all.n && i < IN_FORCE_MAX; i++) {
		const struct rp_in_force *f = &all.v[i];
		struct v_group_in_force row = {
			.name = rp_web_instrument_name(req, &f->instrument),
			.version = f->name,
			.lang = f->lang,
			.url = rp_web_instrument_url(req, g, &f->instrument,
			    rp_textf(req->arena, "%lld/", (long long)f->number)
				.p),
		};

		rp_vec_push(req->arena, &v->in_force, row);
	}
	return NULL;
}

struct rp_err *
rp_web_group_dates(const struct rp_request *req, const struct rp_group *g,
    const struct rp_consultations *consultations, struct v_group *v)
{
	struct dates all = { 0 };

	RP_TRY(add_in_force(req, g, v));
	add_consultations(req, consultations, &all);
	RP_TRY(add_meetings(req, g, &all, v));
	if (all.n > 1)
		qsort(all.v, all.n, sizeof(all.v[0]), soonest_first);
	for (size_t i = 0; i < all.n && i < SHOWN_MAX; i++) {
		const struct date *d = &all.v[i];
		struct v_group_calendar row = {
			.time = rp_web_time(req, d->zone, d->at),
			.iso = rp_web_iso(req, d->at),
			.what = d->what,
			.lang = d->lang,
			.url = d->url,
		};

		rp_vec_push(req->arena, &v->calendar, row);
	}
	return NULL;
}
