#include "domain/meeting.h"

#include "base/err.h"
#include "domain/event.h"
#include "domain/place.h"
#include "domain/public.h"
#include "domain/report.h"
#include "store/db.h"
#include "store/q_meeting.h"
#include "text/input.h"
#include "text/zone.h"

const rp_text rp_meeting_modes[] = { RP_TEXT_INIT("in_person"),
	RP_TEXT_INIT("hybrid"), RP_TEXT_INIT("remote"), RP_TEXT_INIT("") };

struct rp_symbol
rp_meeting_symbol(const struct rp_meeting *m, int64_t number)
{
	return (struct rp_symbol){ .series = m->series,
		.session = (uint32_t)m->ordinal,
		.number = (uint32_t)number };
}

static struct rp_err *
instants(const struct rp_actor *who, struct rp_meeting *m)
{
	struct rp_zones *zones = who->env->zones;

	RP_TRY(rp_zone_resolve(zones, m->opens_local, m->zone, &m->opens_at));
	return rp_zone_resolve(zones, m->closes_local, m->zone, &m->closes_at);
}

static void
known(struct rp_tx *tx, const struct rp_meeting *m)
{
	rp_place_known(tx, RP_TEXT("group"), m->group_id,
	    (struct rp_place){ .body_id = m->body_id,
		.group_id = m->group_id });
}

struct rp_err *
rp_meeting_list(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    struct rp_meetings *out)
{
	struct q_meeting_list_rows rows;

	RP_TRY(q_meeting_list(tx,
	    &(struct q_meeting_list_param){ .group_id = group_id }, &rows));
	*out = (struct rp_meetings){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_meeting_list_row *r = &rows.v[i];
		struct rp_meeting m = { .id = r->id,
			.group_id = r->group_id,
			.series = r->series,
			.ordinal = r->ordinal,
			.zone = r->zone,
			.opens_local = r->opens_local,
			.closes_local = r->closes_local,
			.place = r->place,
			.mode = r->mode,
			.created_at = r->created_at,
			.body_id = r->body_id,
			.has_invitation = r->has_invitation };

		RP_TRY(instants(who, &m));
		known(tx, &m);
		rp_vec_push(rp_tx_arena(tx), out, m);
	}
	return NULL;
}

struct rp_err *
rp_meeting_get(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    int64_t ordinal, struct rp_meeting *out)
{
	struct rp_meetings all;

	RP_TRY(rp_meeting_list(who, tx, group_id, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].ordinal != ordinal)
			continue;
		*out = all.v[i];
		return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "no meeting %lld", (long long)ordinal);
}

struct rp_err *
rp_meeting_get_by_id(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    struct rp_meeting *out)
{
	struct q_meeting_get_row r;

	RP_TRY(
	    q_meeting_get(tx, &(struct q_meeting_get_param){ .id = id }, &r));
	*out = (struct rp_meeting){ .id = r.id,
		.group_id = r.group_id,
		.series = r.series,
		.ordinal = r.ordinal,
		.zone = r.zone,
		.opens_local = r.opens_local,
		.closes_local = r.closes_local,
		.place = r.place,
		.mode = r.mode,
		.created_at = r.created_at,
		.body_id = r.body_id,
		.has_invitation = r.has_invitation };
	known(tx, out);
	return instants(who, out);
}

/* What symbol.h reads back as the same series. */
static bool
series_ok(const struct rp_actor *who, const struct rp_meeting *m)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 16);
	struct rp_symbol s = rp_meeting_symbol(m, 1), again;

	(void)who;
	return m->series.n > 0 && m->series.n <= RP_SYMBOL_SERIES_MAX &&
	       rp_symbol_parse(rp_symbol_print(a, &s), NULL, &again) &&
	       rp_text_eq(s.series, again.series) && rp_symbol_same(&s, &again);
}

static bool
local_ok(const struct rp_actor *who, rp_text local, rp_text zone, int64_t *at)
{
	struct rp_err *e = rp_zone_resolve(who->env->zones, local, zone, at);

	rp_err_free(e);
	return e == NULL;
}

static bool
mode_ok(rp_text t)
{
	for (const rp_text *w = rp_meeting_modes; w->n > 0; w++) {
		if (rp_text_eq(*w, t))
			return true;
	}
	return false;
}

enum rp_meeting_problem
rp_meeting_check(const struct rp_actor *who, const struct rp_meeting *m)
{
	int64_t opens, closes;

	if (m->ordinal < 1 || m->ordinal > RP_MEETING_ORDINAL_MAX)
		return RP_MEETING_BAD_ORDINAL;
	if (!series_ok(who, m))
		return RP_MEETING_BAD_SERIES;
	if (rp_zone_find(who->env->zones, m->zone) == NULL)
		return RP_MEETING_BAD_ZONE;
	if (!local_ok(who, m->opens_local, m->zone, &opens))
		return RP_MEETING_BAD_OPENS;
	if (!local_ok(who, m->closes_local, m->zone, &closes) ||
	    closes <= opens)
		return RP_MEETING_BAD_CLOSES;
	if (rp_text_blank(m->place) || m->place.n > RP_MEETING_PLACE_MAX)
		return RP_MEETING_BAD_PLACE;
	return mode_ok(m->mode) ? RP_MEETING_FINE : RP_MEETING_BAD_MODE;
}

struct rp_err *
rp_meeting_create(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t *out_id)
{
	struct q_meeting_insert_row row;

	RP_TRY(rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"),
	    m->group_id));
	if (rp_meeting_check(who, m) != RP_MEETING_FINE)
		return rp_fail(RP_E_INVALID, "not a meeting");
	RP_TRY(q_meeting_insert(tx,
	    &(struct q_meeting_insert_param){ .group_id = m->group_id,
		.series = m->series,
		.ordinal = m->ordinal,
		.zone = m->zone,
		.opens_local = m->opens_local,
		.closes_local = m->closes_local,
		.place = m->place,
		.mode = m->mode,
		.now = who->now },
	    &row));
	*out_id = row.id;
	RP_TRY(rp_report_carry(who, tx,
	    &(struct rp_meeting){ .id = row.id,
		.group_id = m->group_id,
		.opens_local = m->opens_local }));
	RP_TRY(rp_public_touch(who, tx));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("meeting.create"),
		.object_kind = RP_TEXT("meeting"),
		.object_id = row.id,
		.group_id = m->group_id,
		.after = rp_textf(rp_tx_arena(tx), "%.*s %lld %.*s",
		    RP_FMT(m->series), (long long)m->ordinal,
		    RP_FMT(m->opens_local)) });
}
