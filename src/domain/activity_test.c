#include "domain/activity.h"

#include "base/check.h"
#include "domain/testing/world.h"

struct stage {
	struct world w;
	struct rp_actor who, member;
	int64_t resolution;
};

static void
open_stage(struct stage *s)
{
	world_open(&s->w);
	s->who = world_staff(&s->w, "S", RP_MAY_REGISTER, RP_ON_GROUP,
	    s->w.group_id);
	s->member =
	    world_staff(&s->w, "M", RP_MAY_READ, RP_ON_GROUP, s->w.group_id);
	RP_CHECK_OK(rp_instrument_create(&s->who, s->w.tx, s->w.group_id,
	    RP_TEXT("resolution"), RP_TEXT("102"), &s->resolution));
}

static struct rp_activity
activity(struct stage *s)
{
	struct rp_activity a = { .group_id = s->w.group_id,
		.sectors = { false, true, false, true },
		.from = RP_TEXT("2025-03-01"),
		.until = RP_TEXT("2026-02-28"),
		.status = RP_TEXT("ongoing"),
		.partners = RP_TEXT("Friends"),
		.is_public = true };

	rp_vec_push(s->w.a, &a.bases,
	    ((struct rp_activity_basis){ s->resolution,
		RP_TEXT("resolves 3") }));
	return a;
}

static size_t
count(struct stage *s, const struct rp_actor *who, int64_t year)
{
	struct rp_activities all;

	RP_CHECK_OK(rp_activity_list(who, s->w.tx, s->w.group_id, RP_TEXT("en"),
	    year, &all));
	return all.n;
}

static void
years_and_rights(void)
{
	struct stage s;
	struct rp_activity a, got;
	int64_t id, number;

	open_stage(&s);
	a = activity(&s);
	RP_CHECK_OK(rp_activity_add(&s.who, s.w.tx, &a, &id, &number));
	RP_CHECK(number == 1);
	a.is_public = false;
	a.until = RP_TEXT("");
	RP_CHECK_OK(rp_activity_add(&s.who, s.w.tx, &a, &id, &number));
	RP_CHECK(count(&s, &s.who, 0) == 2 && count(&s, &s.who, 2024) == 0);
	RP_CHECK(count(&s, &s.who, 2026) == 2 && count(&s, &s.who, 2027) == 1);
	RP_CHECK(count(&s, &s.member, 0) == 2);
	RP_CHECK(count(&s, &s.w.nobody, 0) == 1);
	RP_CHECK_FAILS(rp_activity_get(&s.w.nobody, s.w.tx, s.w.group_id, 2,
			   RP_TEXT("en"), &got),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_activity_get(&s.member, s.w.tx, s.w.group_id, 1,
	    RP_TEXT("en"), &got));
	RP_CHECK(!got.sectors[0] && got.sectors[1] && !got.sectors[2] &&
		 got.sectors[3] && got.bases.n == 1);
	RP_CHECK_TEXT(got.bases.v[0].paragraph, RP_TEXT("resolves 3"));
	RP_CHECK_FAILS(rp_activity_add(&s.member, s.w.tx, &a, &id, &number),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_activity_change(&s.member, s.w.tx, &got, &a),
	    RP_E_DENIED);
	a = got;
	a.status = RP_TEXT("completed");
	rp_vec_push(s.w.a, &a.bases,
	    ((struct rp_activity_basis){ s.resolution, RP_TEXT("") }));
	RP_CHECK_OK(rp_activity_change(&s.who, s.w.tx, &got, &a));
	RP_CHECK_OK(rp_activity_get(&s.who, s.w.tx, s.w.group_id, 1,
	    RP_TEXT("en"), &got));
	RP_CHECK(got.bases.n == 2);
	RP_CHECK_TEXT(got.status, RP_TEXT("completed"));
	world_close(&s.w);
}

static void
refused(void)
{
	struct stage s;
	struct rp_activity a;
	int64_t id, number;

	open_stage(&s);
	a = activity(&s);
	a.until = RP_TEXT("2025-02-28");
	RP_CHECK(rp_activity_check(&a) == RP_ACTIVITY_BAD_UNTIL);
	a.from = RP_TEXT("2025-02-29");
	RP_CHECK(rp_activity_check(&a) == RP_ACTIVITY_BAD_FROM);
	a.sectors[1] = a.sectors[3] = false;
	RP_CHECK(rp_activity_check(&a) == RP_ACTIVITY_NO_SECTOR);
	a = activity(&s);
	a.status = RP_TEXT("asleep");
	RP_CHECK(rp_activity_check(&a) == RP_ACTIVITY_BAD_STATUS);
	RP_CHECK_FAILS(rp_activity_add(&s.who, s.w.tx, &a, &id, &number),
	    RP_E_INVALID);
	a = activity(&s);
	a.bases.n = 0;
	RP_CHECK(rp_activity_check(&a) == RP_ACTIVITY_NO_BASIS);
	a = activity(&s);
	a.bases.v[0].instrument_id = 9999;
	RP_CHECK_FAILS(rp_activity_add(&s.who, s.w.tx, &a, &id, &number),
	    RP_E_NOTFOUND);
	world_close(&s.w);
}

RP_CHECK_MAIN({ "years, and who sees which", years_and_rights },
    { "what is refused", refused })
