#include "domain/posting.h"

#include "base/check.h"
#include "domain/event.h"
#include "domain/testing/world.h"
#include "text/zone.h"

#define RULE(k, e, d)                                        \
	{                                                    \
		RP_TEXT_INIT(k), e, d, RP_TEXT_INIT("D 556") \
	}

static const struct rp_posting_rule council[] = {
	RULE("", RP_POSTING_LATE_AGENDA, 7),
	RULE("contribution", RP_POSTING_LATE_TRANSLATION, 45),
	RULE("contribution", RP_POSTING_HELD_OVER, 12),
	RULE("agenda", RP_POSTING_EXEMPT, 0),
};

static enum rp_posting_effect
judge(const char *kind, int64_t days)
{
	struct rp_posting_rules all = { 0 };
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 16);

	for (size_t i = 0; i < sizeof(council) / sizeof(council[0]); i++)
		rp_vec_push(a, &all, council[i]);
	return rp_posting_judge(&all, rp_text_z(kind), days);
}

static void
the_worst_counts(void)
{
	RP_CHECK(judge("contribution", 45) == RP_POSTING_ON_TIME);
	RP_CHECK(judge("contribution", 44) == RP_POSTING_LATE_TRANSLATION);
	RP_CHECK(judge("contribution", 12) == RP_POSTING_LATE_TRANSLATION);
	RP_CHECK(judge("contribution", 11) == RP_POSTING_HELD_OVER);
	RP_CHECK(judge("contribution", -3) == RP_POSTING_HELD_OVER);
	RP_CHECK(judge("report", 7) == RP_POSTING_ON_TIME);
	RP_CHECK(judge("report", 6) == RP_POSTING_LATE_AGENDA);
	RP_CHECK(judge("agenda", 0) == RP_POSTING_ON_TIME);
}

/* The last minute of a day in the zone, and of a day that has 23 hours. */
static void
days_are_the_zone_s(void)
{
	RP_AUTO(rp_zones_freep) struct rp_zones *zones = rp_zones_new();
	const struct rp_zone *geneva =
	    rp_zone_find(zones, RP_TEXT("Europe/Zurich"));
	int64_t opens, received;

	RP_CHECK_OK(rp_zone_resolve(zones, RP_TEXT("2024-04-05T09:30"),
	    RP_TEXT("Europe/Zurich"), &opens));
	RP_CHECK_OK(rp_zone_resolve(zones, RP_TEXT("2024-03-29T23:59"),
	    RP_TEXT("Europe/Zurich"), &received));
	RP_CHECK(rp_posting_days(geneva, received, opens) == 7);
	RP_CHECK(rp_posting_days(geneva, received + 60 * 1000, opens) == 6);
	RP_CHECK(rp_posting_days(geneva, opens, opens) == 0);
}

static void
names_go_both_ways(void)
{
	enum rp_posting_effect e;

	for (int i = RP_POSTING_ON_TIME; i <= RP_POSTING_EXEMPT; i++) {
		RP_CHECK(
		    rp_posting_from(rp_posting_name((enum rp_posting_effect)i),
			&e));
		RP_CHECK(e == (enum rp_posting_effect)i);
	}
	RP_CHECK(!rp_posting_from(RP_TEXT("late"), &e));
}

static void
rules_are_rows(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_posting_rules all;
	struct rp_posting_rule r = council[2];
	struct rp_actor who;

	world_open(&w);
	who = world_staff(&w, "S", RP_MAY_MEET, RP_ON_GROUP, w.group_id);
	RP_CHECK_FAILS(rp_posting_set(&w.nobody, w.tx, w.group_id, &r),
	    RP_E_UNKNOWN);
	RP_CHECK_OK(rp_posting_set(&who, w.tx, w.group_id, &r));
	r.days = 14;
	RP_CHECK_OK(rp_posting_set(&who, w.tx, w.group_id, &r));
	r = council[3];
	RP_CHECK_OK(rp_posting_set(&who, w.tx, w.group_id, &r));
	RP_CHECK_OK(rp_posting_list(&w.nobody, w.tx, w.group_id, &all));
	RP_CHECK(all.n == 2 && all.v[0].effect == RP_POSTING_EXEMPT &&
		 all.v[1].days == 14);
	r.days = -1;
	RP_CHECK_OK(rp_posting_set(&who, w.tx, w.group_id, &r));
	RP_CHECK_OK(rp_posting_list(&w.nobody, w.tx, w.group_id, &all));
	RP_CHECK(all.n == 1);
}

static void
what_is_no_rule(void)
{
	static const struct rp_posting_rule wrong[] = {
		RULE("poem", RP_POSTING_HELD_OVER, 12),
		RULE("", RP_POSTING_EXEMPT, 0),
		RULE("", RP_POSTING_ON_TIME, 3),
		RULE("", RP_POSTING_HELD_OVER, RP_POSTING_DAYS_MAX + 1),
		RULE("agenda", RP_POSTING_EXEMPT, 1),
		{ RP_TEXT_INIT(""), RP_POSTING_HELD_OVER, 3, RP_TEXT_INIT("") },
	};
	RP_AUTO(world_close) struct world w;
	struct rp_actor who;

	world_open(&w);
	who = world_staff(&w, "S", RP_MAY_MEET, RP_ON_GROUP, w.group_id);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		RP_CHECK_FAILS(rp_posting_set(&who, w.tx, w.group_id,
				   &wrong[i]),
		    RP_E_INVALID);
}

/* The instant of the deadline is late, the one before it is not; also over the
 * night in which clocks are set back. */
static void
deadlines(void)
{
	struct rp_zones *zones = rp_zones_new();
	const struct rp_zone *zone;
	int64_t opens, at;

	RP_CHECK_OK(rp_zone_get(zones, RP_TEXT("Europe/Zurich"), &zone));
	RP_CHECK_OK(rp_zone_resolve(zones, RP_TEXT("2026-10-30T09:30"),
	    RP_TEXT("Europe/Zurich"), &opens));
	for (int64_t days = 1; days < 30; days++) {
		at = rp_posting_deadline(zone, opens, days);
		RP_CHECK(rp_posting_days(zone, at, opens) == days - 1);
		RP_CHECK(rp_posting_days(zone, at - 1, opens) == days);
	}
	rp_zones_free(zones);
}

RP_CHECK_MAIN({ "the worst rule counts", the_worst_counts },
    { "days are the zone's", days_are_the_zone_s },
    { "names go both ways", names_go_both_ways },
    { "rules are rows", rules_are_rows },
    { "what is no rule", what_is_no_rule }, { "deadlines", deadlines })
