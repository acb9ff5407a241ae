#include "domain/right.h"

#include "base/check.h"
#include "base/clock.h"
#include "domain/event.h"
#include "domain/testing/world.h"

static struct rp_right
for_person(const struct world *w, int64_t person_id, enum rp_capability what)
{
	return (struct rp_right){ .holder_kind = RP_TEXT("person"),
		.holder_id = person_id,
		.capability = what,
		.object_kind = RP_ON_GROUP,
		.object_id = w->group_id,
		.instrument = RP_TEXT("Resolution 1344 (Rev. 2015)") };
}

static void
granted_and_ended(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_actor admin, ana;
	struct rp_place group;
	struct rp_right r;
	struct rp_rights all;
	struct rp_events events;
	int64_t id;

	world_open(&w);
	group = (struct rp_place){ w.body_id, w.group_id, 0 };
	admin = world_staff(&w, "Ad", RP_MAY_ADMINISTER, RP_ON_BODY, w.body_id);
	ana = world_staff(&w, "Ana", RP_MAY_NOTHING, RP_ON_SYSTEM, 0);
	r = for_person(&w, ana.person_id, RP_MAY_CHECK);
	RP_CHECK_OK(rp_right_grant(&admin, w.tx, &r, &id));
	ana = world_again(&w, &ana);
	RP_CHECK(rp_actor_may(&ana, RP_MAY_CHECK, group));
	RP_CHECK_OK(rp_right_list(&admin, w.tx, RP_ON_GROUP, w.group_id, &all));
	RP_CHECK(all.n == 1 && all.v[0].from_at == WORLD_NOW);
	RP_CHECK_TEXT(all.v[0].person, RP_TEXT("Ana"));
	RP_CHECK_TEXT(all.v[0].instrument,
	    RP_TEXT("Resolution 1344 (Rev. 2015)"));
	RP_CHECK_OK(rp_right_end(&admin, w.tx, id, 0));
	ana = world_again(&w, &ana);
	RP_CHECK(!rp_actor_may(&ana, RP_MAY_CHECK, group));
	RP_CHECK_FAILS(rp_right_end(&admin, w.tx, id, 0), RP_E_GONE);
	RP_CHECK_OK(rp_event_list(&admin, w.tx,
	    &(struct rp_event_filter){ .group_id = w.group_id }, &events));
	RP_CHECK(events.n == 2);
	RP_CHECK_TEXT(events.v[0].action, RP_TEXT("right.end"));
}

static void
nobody_grants_more_than_he_has(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_actor granter;
	struct rp_right r;
	int64_t id;

	world_open(&w);
	granter = world_staff(&w, "Gr", RP_MAY_GRANT, RP_ON_GROUP, w.group_id);
	r = for_person(&w, granter.person_id, RP_MAY_ADMINISTER);
	RP_CHECK_FAILS(rp_right_grant(&granter, w.tx, &r, &id), RP_E_DENIED);
	r.capability = RP_MAY_CHECK;
	RP_CHECK_FAILS(rp_right_grant(&granter, w.tx, &r, &id), RP_E_DENIED);
	r.capability = RP_MAY_GRANT;
	RP_CHECK_OK(rp_right_grant(&granter, w.tx, &r, &id));
	r.object_kind = RP_ON_BODY;
	r.object_id = w.body_id;
	RP_CHECK_FAILS(rp_right_grant(&granter, w.tx, &r, &id), RP_E_DENIED);
	r = for_person(&w, granter.person_id, RP_MAY_CHECK);
	RP_CHECK_OK(rp_right_grant(&w.system, w.tx, &r, &id));
	RP_CHECK_FAILS(rp_right_end(&w.nobody, w.tx, id, 0), RP_E_UNKNOWN);
	granter = world_again(&w, &granter);
	RP_CHECK_OK(rp_right_end(&granter, w.tx, id, 0));
}

static void
what_makes_no_right(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_right good, r;
	int64_t id;

	world_open(&w);
	good = (struct rp_right){ .holder_kind = RP_TEXT("office"),
		.holder = RP_TEXT("chair"),
		.capability = RP_MAY_LAUNCH,
		.object_kind = RP_ON_GROUP,
		.object_id = w.group_id,
		.instrument = RP_TEXT("x") };
	r = good;
	RP_CHECK_OK(rp_right_grant(&w.system, w.tx, &r, &id));
	r.holder = RP_TEXT("king");
	RP_CHECK_FAILS(rp_right_grant(&w.system, w.tx, &r, &id), RP_E_INVALID);
	r = good;
	r.instrument = RP_TEXT("");
	RP_CHECK_FAILS(rp_right_grant(&w.system, w.tx, &r, &id), RP_E_INVALID);
	r = good;
	r.capability = RP_MAY_NOTHING;
	RP_CHECK_FAILS(rp_right_grant(&w.system, w.tx, &r, &id), RP_E_INVALID);
	r = good;
	r.object_id = 999;
	RP_CHECK_FAILS(rp_right_grant(&w.system, w.tx, &r, &id), RP_E_NOTFOUND);
	r = good;
	r.until_at = WORLD_NOW;
	RP_CHECK_FAILS(rp_right_grant(&w.system, w.tx, &r, &id), RP_E_INVALID);
	r = good;
	r.holder_kind = RP_TEXT("public");
	r.holder = RP_TEXT("");
	RP_CHECK_FAILS(rp_right_grant(&w.system, w.tx, &r, &id), RP_E_INVALID);
}

static void
who_sees_which_rights(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_actor admin;
	struct rp_rights all;
	struct rp_right r;
	int64_t id;

	world_open(&w);
	admin = world_staff(&w, "Ad", RP_MAY_ADMINISTER, RP_ON_BODY, w.body_id);
	r = for_person(&w, admin.person_id, RP_MAY_CHECK);
	RP_CHECK_OK(rp_right_grant(&admin, w.tx, &r, &id));
	r = (struct rp_right){ .holder_kind = RP_TEXT("class"),
		.holder = RP_TEXT("member_state"),
		.capability = RP_MAY_READ,
		.object_kind = RP_ON_GROUP,
		.object_id = w.group_id,
		.instrument = RP_TEXT("Resolution 1336") };
	RP_CHECK_OK(rp_right_grant(&admin, w.tx, &r, &id));
	RP_CHECK_OK(
	    rp_right_list(&w.nobody, w.tx, RP_ON_GROUP, w.group_id, &all));
	RP_CHECK(all.n == 1 && all.v[0].holder_id == 0);
	RP_CHECK_OK(rp_right_list(&admin, w.tx, RP_ON_GROUP, w.group_id, &all));
	RP_CHECK(all.n == 2);
}

static void
nobody_manages_somebody_mightier(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_actor admin, keeper, checker;

	world_open(&w);
	admin = world_staff(&w, "Ad", RP_MAY_ADMINISTER, RP_ON_SYSTEM, 0);
	keeper = world_staff(&w, "Ke", RP_MAY_MEMBERS, RP_ON_GROUP, w.group_id);
	checker = world_staff(&w, "Ch", RP_MAY_READ, RP_ON_GROUP, w.group_id);
	RP_CHECK_OK(rp_right_may_manage(&keeper, w.tx, checker.person_id));
	RP_CHECK_OK(rp_right_may_manage(&admin, w.tx, keeper.person_id));
	RP_CHECK_FAILS(rp_right_may_manage(&keeper, w.tx, admin.person_id),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_right_may_manage(&checker, w.tx, keeper.person_id),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_right_may_manage(&w.nobody, w.tx, checker.person_id),
	    RP_E_UNKNOWN);
}

RP_CHECK_MAIN({ "granted and ended", granted_and_ended },
    { "nobody grants more than he has", nobody_grants_more_than_he_has },
    { "what makes no right", what_makes_no_right },
    { "who sees which rights", who_sees_which_rights },
    { "nobody manages somebody mightier", nobody_manages_somebody_mightier })
