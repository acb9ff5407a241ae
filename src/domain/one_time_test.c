#include "domain/one_time.h"

#include "base/check.h"
#include "base/clock.h"
#include "domain/crypto.h"
#include "domain/testing/world.h"

/* Well-formed with today's costs; nothing verifies against it. */
static rp_text
a_hash(void)
{
	return rp_passphrase_nobody();
}

static void
used_once(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_actor ana;
	struct rp_one_time link;
	rp_text secret, second;
	int64_t id;

	world_open(&w);
	ana = world_staff(&w, "Ana", RP_MAY_NOTHING, RP_ON_SYSTEM, 0);
	RP_CHECK_OK(rp_one_time_make(&w.system, w.tx,
	    RP_ONE_TIME_FIRST_ADMINISTRATOR, ana.person_id, &secret));
	RP_CHECK_OK(rp_one_time_get(&w.nobody, w.tx, secret, &link));
	RP_CHECK(link.person_id == ana.person_id);
	RP_CHECK_TEXT(link.name, RP_TEXT("Ana"));
	RP_CHECK_TEXT(link.kind, RP_TEXT("first_administrator"));
	RP_CHECK_OK(rp_one_time_use(&w.nobody, w.tx, secret, a_hash(), &id));
	RP_CHECK(id == ana.person_id);
	RP_CHECK_FAILS(rp_one_time_use(&w.nobody, w.tx, secret, a_hash(), &id),
	    RP_E_GONE);
	/* A newer link ends the one before. */
	RP_CHECK_OK(rp_one_time_make(&w.system, w.tx,
	    RP_ONE_TIME_NEW_PASSPHRASE, ana.person_id, &secret));
	RP_CHECK_OK(rp_one_time_make(&w.system, w.tx,
	    RP_ONE_TIME_NEW_PASSPHRASE, ana.person_id, &second));
	RP_CHECK_FAILS(rp_one_time_get(&w.nobody, w.tx, secret, &link),
	    RP_E_GONE);
	RP_CHECK_OK(rp_one_time_get(&w.nobody, w.tx, second, &link));
	w.nobody.now += RP_DAY;
	RP_CHECK_FAILS(rp_one_time_get(&w.nobody, w.tx, second, &link),
	    RP_E_GONE);
	RP_CHECK_FAILS(rp_one_time_use(&w.nobody, w.tx, second, a_hash(), &id),
	    RP_E_GONE);
	RP_CHECK_FAILS(rp_one_time_get(&w.nobody, w.tx, RP_TEXT("x"), &link),
	    RP_E_NOTFOUND);
}

static void
who_may_make_one(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_actor admin, keeper, ana;
	rp_text secret;

	world_open(&w);
	admin = world_staff(&w, "Ad", RP_MAY_ADMINISTER, RP_ON_SYSTEM, 0);
	keeper = world_staff(&w, "Ke", RP_MAY_MEMBERS, RP_ON_GROUP, w.group_id);
	ana = world_staff(&w, "Ana", RP_MAY_NOTHING, RP_ON_SYSTEM, 0);
	RP_CHECK_OK(rp_one_time_make(&keeper, w.tx, RP_ONE_TIME_INVITATION,
	    ana.person_id, &secret));
	RP_CHECK_FAILS(rp_one_time_make(&keeper, w.tx,
			   RP_ONE_TIME_NEW_PASSPHRASE, admin.person_id,
			   &secret),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_one_time_make(&ana, w.tx, RP_ONE_TIME_NEW_PASSPHRASE,
			   ana.person_id, &secret),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_one_time_make(&admin, w.tx,
			   RP_ONE_TIME_FIRST_ADMINISTRATOR, ana.person_id,
			   &secret),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_one_time_make(&admin, w.tx, RP_ONE_TIME_INVITATION,
			   999, &secret),
	    RP_E_NOTFOUND);
}

RP_CHECK_MAIN({ "used once", used_once },
    { "who may make one", who_may_make_one })
