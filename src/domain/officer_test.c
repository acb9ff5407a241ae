#include "domain/officer.h"

#include "base/check.h"
#include "domain/right.h"
#include "domain/testing/world.h"

static void
appointed_and_ended(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_actor who, ana, bo;
	struct rp_officer o = { .office = RP_TEXT("vice_chair"),
		.region = RP_TEXT("europe") };
	struct rp_officers all;
	int64_t vice, chair;

	world_open(&w);
	who = world_staff(&w, "G", RP_MAY_MEMBERS, RP_ON_GROUP, w.group_id);
	ana = world_staff(&w, "Ana", RP_MAY_NOTHING, RP_ON_SYSTEM, 0);
	bo = world_staff(&w, "Bo", RP_MAY_NOTHING, RP_ON_SYSTEM, 0);
	o.person_id = ana.person_id;
	RP_CHECK_OK(rp_officer_appoint(&who, w.tx, w.group_id, &o, &vice));
	o = (struct rp_officer){ .office = RP_TEXT("chair"),
		.person_id = bo.person_id };
	RP_CHECK_OK(rp_officer_appoint(&who, w.tx, w.group_id, &o, &chair));
	RP_CHECK_OK(rp_officer_list(w.tx, w.group_id, WORLD_NOW, &all));
	RP_CHECK(all.n == 2);
	RP_CHECK_TEXT(all.v[0].name, RP_TEXT("Bo"));
	RP_CHECK_TEXT(all.v[1].region, RP_TEXT("europe"));
	RP_CHECK_OK(rp_officer_end(&who, w.tx, chair));
	RP_CHECK_FAILS(rp_officer_end(&who, w.tx, chair), RP_E_GONE);
	RP_CHECK_OK(rp_officer_list(w.tx, w.group_id, WORLD_NOW, &all));
	RP_CHECK(all.n == 1);
	RP_CHECK_OK(rp_officer_list(w.tx, w.group_id, WORLD_NOW - 1, &all));
	RP_CHECK(all.n == 0);
}

static void
an_office_brings_its_rights(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_actor who, bo;
	struct rp_place group;
	struct rp_officer o = { .office = RP_TEXT("chair") };
	int64_t id;

	world_open(&w);
	group = (struct rp_place){ w.body_id, w.group_id, 0 };
	who = world_staff(&w, "G", RP_MAY_MEMBERS, RP_ON_GROUP, w.group_id);
	bo = world_staff(&w, "Bo", RP_MAY_NOTHING, RP_ON_SYSTEM, 0);
	o.person_id = bo.person_id;
	RP_CHECK_OK(rp_right_grant(&w.system, w.tx,
	    &(struct rp_right){ .holder_kind = RP_TEXT("office"),
		.holder = RP_TEXT("chair"),
		.capability = RP_MAY_LAUNCH,
		.object_kind = RP_ON_GROUP,
		.object_id = w.group_id,
		.instrument = RP_TEXT("Resolution 1344") },
	    &id));
	RP_CHECK_FAILS(rp_officer_appoint(&who, w.tx, w.group_id, &o, &id),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_officer_appoint(&w.system, w.tx, w.group_id, &o, &id));
	bo = world_again(&w, &bo);
	RP_CHECK(rp_actor_may(&bo, RP_MAY_LAUNCH, group));
	RP_CHECK_OK(rp_officer_end(&w.system, w.tx, id));
	bo = world_again(&w, &bo);
	RP_CHECK(!rp_actor_may(&bo, RP_MAY_LAUNCH, group));
}

static void
refused(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_officer o = { .office = RP_TEXT("chair"), .person_id = 999 };
	struct rp_actor ana;
	int64_t id;

	world_open(&w);
	ana = world_staff(&w, "Ana", RP_MAY_CHECK, RP_ON_GROUP, w.group_id);
	RP_CHECK_FAILS(rp_officer_appoint(&w.system, w.tx, w.group_id, &o, &id),
	    RP_E_NOTFOUND);
	o.person_id = ana.person_id;
	RP_CHECK_FAILS(rp_officer_appoint(&ana, w.tx, w.group_id, &o, &id),
	    RP_E_DENIED);
	o.office = RP_TEXT("king");
	RP_CHECK_FAILS(rp_officer_appoint(&w.system, w.tx, w.group_id, &o, &id),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_officer_end(&w.system, w.tx, 77), RP_E_NOTFOUND);
}

RP_CHECK_MAIN({ "appointed and ended", appointed_and_ended },
    { "an office brings its rights", an_office_brings_its_rights },
    { "refused", refused })
