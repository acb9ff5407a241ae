/*
 * demo_sessions - the physical consultation of the demonstration: its sessions,
 * and what was said there.
 */
#include "domain/hearing.h"
#include "proc/demo.h"

#define ALL_MAX 50

static struct rp_err *
question_of(const struct rp_consultation *c, int64_t position, int64_t *out)
{
	*out = 0;
	if (position == 0)
		return NULL;
	for (size_t i = 0; i < c->questions.n; i++)
		if (c->questions.v[i].position == position)
			*out = c->questions.v[i].id;
	return *out != 0 ? NULL :
			   rp_fail(RP_E_INVALID, "no question %lld",
			       (long long)position);
}

static struct rp_err *
text(struct rp_demo *d, const struct rp_consultation *c, int64_t day,
    int64_t session_id, const struct rp_json *o)
{
	struct rp_spoken s = { .session_id = session_id };
	struct rp_actor who;
	int64_t position, id;
	rp_text time;

	RP_TRY(rp_demo_i64(o, "question", 0, &position));
	RP_TRY(question_of(c, position, &s.question_id));
	RP_TRY(rp_demo_text(d->arena, o, "kind", &s.kind));
	RP_TRY(rp_demo_text(d->arena, o, "category", &s.speaker_class));
	RP_TRY(rp_demo_text(d->arena, o, "name", &s.name));
	RP_TRY(rp_demo_text(d->arena, o, "lang", &s.lang));
	RP_TRY(rp_demo_text(d->arena, o, "text", &s.body));
	RP_TRY(rp_demo_text(d->arena, o, "time", &time));
	RP_TRY(rp_demo_instant(d->arena, d, day, time, &s.at));
	who = rp_demo_system(d, s.at);
	RP_TRY(rp_spoken_add(&who, d->tx, c, &s, &id));
	return rp_spoken_publish(&who, d->tx, c, id, true);
}

static struct rp_err *
session(struct rp_demo *d, const struct rp_consultation *c,
    const struct rp_json *o)
{
	const struct rp_json *texts;
	struct rp_hearing h = { 0 };
	struct rp_actor who = rp_demo_system(d, d->now);
	rp_text opens, closes;
	int64_t day, id;

	RP_TRY(rp_json_i64(o, "day", &day));
	day += d->today;
	RP_TRY(rp_demo_text(d->arena, o, "opens", &opens));
	RP_TRY(rp_demo_text(d->arena, o, "closes", &closes));
	RP_TRY(rp_demo_text(d->arena, o, "place", &h.place));
	RP_TRY(rp_demo_text(d->arena, o, "mode", &h.mode));
	h.zone = d->zone;
	h.opens_local = rp_demo_local(d->arena, day, opens);
	h.closes_local = rp_demo_local(d->arena, day, closes);
	RP_TRY(rp_hearing_add(&who, d->tx, c, &h, &id));
	RP_TRY(rp_json_array(o, "texts", ALL_MAX, &texts));
	for (size_t i = 0; i < rp_json_n(texts); i++)
		RP_TRY(text(d, c, day, id, rp_json_at(texts, i)));
	return NULL;
}

struct rp_err *
rp_demo_sessions(struct rp_demo *d, const struct rp_consultation *c,
    const struct rp_json *root)
{
	const struct rp_json *all;

	RP_TRY(rp_json_array(root, "sessions", ALL_MAX, &all));
	for (size_t i = 0; i < rp_json_n(all); i++)
		RP_TRY(session(d, c, rp_json_at(all, i)));
	return NULL;
}
