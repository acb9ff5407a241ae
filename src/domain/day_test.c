#include "domain/day.h"

#include "base/check.h"
#include "domain/testing/world.h"

static void
years_on(void)
{
	struct rp_arena *a = rp_arena_new(1 << 16);

	RP_CHECK_TEXT(rp_day_plus_years(a, RP_TEXT("2026-06-30"), 4),
	    RP_TEXT("2030-06-30"));
	RP_CHECK_TEXT(rp_day_plus_years(a, RP_TEXT("2024-02-29"), 1),
	    RP_TEXT("2025-02-28"));
	rp_arena_free(a);
}

static void
of_a_group(void)
{
	struct world w;
	struct rp_actor who;
	rp_text day;

	world_open(&w);
	who = world_staff(&w, "S", RP_MAY_READ, RP_ON_GROUP, w.group_id);
	RP_CHECK_OK(rp_day_at(&who, w.tx, w.group_id, 0, &day));
	RP_CHECK_TEXT(day, RP_TEXT("1970-01-01"));
	RP_CHECK_FAILS(rp_day_at(&who, w.tx, 4711, 0, &day), RP_E_NOTFOUND);
	world_close(&w);
}

RP_CHECK_MAIN({ "years on", years_on }, { "of a group", of_a_group })
