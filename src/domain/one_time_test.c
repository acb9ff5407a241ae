#include "domain/one_time.h"

#include "base/check.h"
#include "base/clock.h"
#include "domain/crypto.h"
#include "domain/testing/world.h"
#include "text/names.h"

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

static void
the_first_administrator(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_actor admin;
	struct rp_one_time one, two;
	rp_text secret, again;

	world_open(&w);
	RP_CHECK_OK(rp_names_open(w.a, NULL, &w.env.names));
	RP_CHECK_OK(rp_one_time_administrator(&w.system, w.tx,
	    RP_TEXT("测试@例え.テスト"), RP_TEXT("王小明"), RP_TEXT("zh"),
	    &secret));
	RP_CHECK_OK(rp_one_time_get(&w.nobody, w.tx, secret, &one));
	RP_CHECK_TEXT(one.name, RP_TEXT("王小明"));
	admin = rp_actor_public(&w.env, WORLD_NOW);
	RP_CHECK_OK(rp_actor_load(w.tx, one.person_id, &admin));
	RP_CHECK(
	    rp_actor_may(&admin, RP_MAY_ADMINISTER, (struct rp_place){ 0 }));
	/* The link was lost: the same person, one right, another link. */
	RP_CHECK_OK(rp_one_time_administrator(&w.system, w.tx,
	    RP_TEXT("测试@xn--r8jz45g.xn--zckzah"), RP_TEXT("x"), RP_TEXT("en"),
	    &again));
	RP_CHECK_OK(rp_one_time_get(&w.nobody, w.tx, again, &two));
	RP_CHECK(two.person_id == one.person_id);
	admin = world_again(&w, &admin);
	RP_CHECK(admin.grants.n == 1);
	RP_CHECK_FAILS(rp_one_time_get(&w.nobody, w.tx, secret, &one),
	    RP_E_GONE);
	RP_CHECK_TEXT(rp_one_time_url(w.a, &w.env, RP_TEXT("zh"),
			  RP_TEXT("abc")),
	    RP_TEXT("http://[::1]:8080/zh/l/abc"));
	RP_CHECK_FAILS(rp_one_time_administrator(&admin, w.tx,
			   RP_TEXT("a@example.org"), RP_TEXT("x"),
			   RP_TEXT("en"), &again),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_one_time_administrator(&w.system, w.tx,
			   RP_TEXT("nonsense"), RP_TEXT("x"), RP_TEXT("en"),
			   &again),
	    RP_E_INVALID);
}

RP_CHECK_MAIN({ "used once", used_once },
    { "who may make one", who_may_make_one },
    { "the first administrator", the_first_administrator })
