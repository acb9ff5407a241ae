#include "domain/meeting.h"

#include "base/check.h"
#include "domain/testing/world.h"

static struct rp_meeting
twentieth(const struct world *w)
{
	return (struct rp_meeting){ .group_id = w->group_id,
		.series = RP_TEXT("WG-Water"),
		.ordinal = 20,
		.zone = RP_TEXT("Europe/Zurich"),
		.opens_local = RP_TEXT("2026-12-04T09:30"),
		.closes_local = RP_TEXT("2026-12-05T17:30"),
		.place = RP_TEXT("Geneva"),
		.mode = RP_TEXT("hybrid") };
}

static void
created_once(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_meeting m, got;
	struct rp_meetings all;
	struct rp_actor who;
	int64_t id, again;

	world_open(&w);
	who = world_staff(&w, "S", RP_MAY_MEET, RP_ON_GROUP, w.group_id);
	m = twentieth(&w);
	RP_CHECK_OK(rp_meeting_create(&who, w.tx, &m, &id));
	m.ordinal = 19;
	m.opens_local = RP_TEXT("2026-02-04T09:30");
	m.closes_local = RP_TEXT("2026-02-04T17:30");
	RP_CHECK_OK(rp_meeting_create(&who, w.tx, &m, &again));
	RP_CHECK_OK(rp_meeting_list(&w.nobody, w.tx, w.group_id, &all));
	RP_CHECK(all.n == 2 && all.v[0].id == id && all.v[1].id == again);
	RP_CHECK_OK(rp_meeting_get(&w.nobody, w.tx, w.group_id, 20, &got));
	RP_CHECK(got.id == id &&
		 got.closes_at - got.opens_at == INT64_C(32) * 3600 * 1000);
	RP_CHECK_TEXT(got.place, RP_TEXT("Geneva"));
	{
		struct rp_symbol s = rp_meeting_symbol(&got, 3);

		RP_CHECK_TEXT(rp_symbol_print(w.a, &s),
		    RP_TEXT("WG-Water-20/3"));
	}
	RP_CHECK_OK(rp_meeting_get_by_id(&w.nobody, w.tx, again, &got));
	RP_CHECK(got.ordinal == 19);
	RP_CHECK_FAILS(rp_meeting_get(&w.nobody, w.tx, w.group_id, 21, &got),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_meeting_get(&w.nobody, w.tx, w.group_id + 1, 20,
			   &got),
	    RP_E_NOTFOUND);
	/* The last: PostgreSQL does nothing more in this transaction. */
	m = twentieth(&w);
	RP_CHECK_FAILS(rp_meeting_create(&who, w.tx, &m, &id), RP_E_CONFLICT);
}

static void
refused(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_meeting m;
	struct rp_actor other;
	int64_t id;

	world_open(&w);
	other = world_staff(&w, "O", RP_MAY_LAUNCH, RP_ON_GROUP, w.group_id);
	m = twentieth(&w);
	RP_CHECK_FAILS(rp_meeting_create(&w.nobody, w.tx, &m, &id),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_meeting_create(&other, w.tx, &m, &id), RP_E_DENIED);
}

static void
checked(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_meeting m;

	world_open(&w);
#define WRONG(field, value, problem) \
	m = twentieth(&w);           \
	m.field = value;             \
	RP_CHECK(rp_meeting_check(&w.nobody, &m) == problem)
	WRONG(ordinal, 20, RP_MEETING_FINE);
	WRONG(ordinal, 0, RP_MEETING_BAD_ORDINAL);
	WRONG(ordinal, RP_MEETING_ORDINAL_MAX + 1, RP_MEETING_BAD_ORDINAL);
	WRONG(series, RP_TEXT(""), RP_MEETING_BAD_SERIES);
	WRONG(series, RP_TEXT("WG 5"), RP_MEETING_BAD_SERIES);
	WRONG(series, RP_TEXT("WG/Water"), RP_MEETING_BAD_SERIES);
	WRONG(zone, RP_TEXT("Geneva"), RP_MEETING_BAD_ZONE);
	WRONG(opens_local, RP_TEXT("2026-02-30T09:30"), RP_MEETING_BAD_OPENS);
	WRONG(closes_local, RP_TEXT("soon"), RP_MEETING_BAD_CLOSES);
	WRONG(closes_local, RP_TEXT("2026-12-04T09:30"), RP_MEETING_BAD_CLOSES);
	WRONG(place, RP_TEXT(" "), RP_MEETING_BAD_PLACE);
	WRONG(mode, RP_TEXT("by_letter"), RP_MEETING_BAD_MODE);
#undef WRONG
}

RP_CHECK_MAIN({ "created once", created_once }, { "refused", refused },
    { "checked", checked })
