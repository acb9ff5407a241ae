#include "domain/actor.h"

#include "base/check.h"
#include "domain/testing/world.h"

static void
a_right_covers_what_lies_in_it(void)
{
	static const struct {
		enum rp_object_kind kind;
		bool system, body, group, consultation;
	} rows[] = {
		{ RP_ON_SYSTEM, true, true, true, true },
		{ RP_ON_BODY, false, true, true, true },
		{ RP_ON_GROUP, false, false, true, true },
		{ RP_ON_CONSULTATION, false, false, false, true },
	};
	const struct rp_place system = { 0 }, body = { 7, 0, 0 },
			      group = { 7, 7, 0 }, consultation = { 7, 7, 7 },
			      other = { 8, 8, 8 };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rp_grant g = { RP_MAY_CHECK, rows[i].kind, 7 };
		struct rp_actor who = { .person_id = 1,
			.grants = { .v = &g, .n = 1 } };

		RP_CHECK(
		    rp_actor_may(&who, RP_MAY_CHECK, system) == rows[i].system);
		RP_CHECK(
		    rp_actor_may(&who, RP_MAY_CHECK, body) == rows[i].body);
		RP_CHECK(
		    rp_actor_may(&who, RP_MAY_CHECK, group) == rows[i].group);
		RP_CHECK(rp_actor_may(&who, RP_MAY_CHECK, consultation) ==
			 rows[i].consultation);
		RP_CHECK(
		    rp_actor_may(&who, RP_MAY_CHECK, other) == rows[i].system);
		RP_CHECK(!rp_actor_may(&who, RP_MAY_LAUNCH, consultation));
		RP_CHECK(rp_actor_is_staff(&who));
		g.capability = RP_MAY_ADMINISTER;
		RP_CHECK(rp_actor_may(&who, RP_MAY_LAUNCH, consultation));
	}
}

static void
refusals(void)
{
	struct rp_actor nobody = rp_actor_public(NULL, 0);
	struct rp_actor somebody = { .person_id = 3 };
	struct rp_actor system = rp_actor_system(NULL, 0);
	struct rp_place where = { 1, 1, 1 };

	RP_CHECK_FAILS(rp_actor_needs(&nobody, RP_MAY_CHECK, where),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_actor_needs(&somebody, RP_MAY_CHECK, where),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_actor_needs(&system, RP_MAY_CHECK, where));
	RP_CHECK_OK(rp_actor_needs(&nobody, RP_MAY_ANSWER, where));
	RP_CHECK(!rp_actor_is_staff(&nobody) && !rp_actor_is_staff(&somebody));
}

static void
rights_are_loaded(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_actor who, none;
	struct rp_place where;

	world_open(&w);
	where = (struct rp_place){ w.body_id, w.group_id, 0 };
	who = world_staff(&w, "Ana", RP_MAY_CHECK, RP_ON_GROUP, w.group_id);
	none = world_staff(&w, "Bo", RP_MAY_NOTHING, RP_ON_GROUP, 0);
	RP_CHECK(who.grants.n == 1 && none.grants.n == 0);
	RP_CHECK(rp_actor_may(&who, RP_MAY_CHECK, where));
	RP_CHECK(!rp_actor_may(&none, RP_MAY_CHECK, where));
}

static void
names_of_capabilities(void)
{
	for (size_t i = 1; i < RP_CAPABILITY_COUNT; i++)
		RP_CHECK(rp_capability_from(
			     rp_capability_name((enum rp_capability)i)) == i);
	RP_CHECK(rp_capability_from(RP_TEXT("fly")) == RP_MAY_NOTHING);
	RP_CHECK(rp_capability_from(RP_TEXT("")) == RP_MAY_NOTHING);
}

RP_CHECK_MAIN({ "a right covers what lies in it",
		  a_right_covers_what_lies_in_it },
    { "refusals", refusals }, { "rights are loaded", rights_are_loaded },
    { "names of capabilities", names_of_capabilities })
