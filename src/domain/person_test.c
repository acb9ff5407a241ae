#include "domain/person.h"

#include "base/check.h"
#include "domain/testing/world.h"
#include "text/names.h"

static const struct rp_person model = {
	.name = RP_TEXT_INIT("山田 太郎"),
	.name_lang = RP_TEXT_INIT("JA-jp"),
	.name_latin = RP_TEXT_INIT("YAMADA Taro"),
	.lang = RP_TEXT_INIT("zh"),
	.zone = RP_TEXT_INIT("Asia/Tokyo"),
};

static void
open_with_names(struct world *w)
{
	world_open(w);
	RP_CHECK_OK(rp_names_open(w->a, NULL, &w->env.names));
}

static void
names_and_addresses(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_actor self;
	struct rp_person p;
	int64_t id;

	open_with_names(&w);
	RP_CHECK_OK(rp_person_add(&w.system, w.tx, &model, &id));
	self = rp_actor_public(&w.env, WORLD_NOW);
	RP_CHECK_OK(rp_actor_load(w.tx, id, &self));
	RP_CHECK_OK(rp_person_address_add(&self, w.tx, id,
	    RP_TEXT("測試@例え.テスト")));
	RP_CHECK_OK(
	    rp_person_address_add(&self, w.tx, id, RP_TEXT("t@example.org")));
	RP_CHECK_FAILS(rp_person_address_add(&self, w.tx, id,
			   RP_TEXT("測試@xn--r8jz45g.xn--zckzah")),
	    RP_E_CONFLICT);
	RP_CHECK_FAILS(rp_person_address_add(&self, w.tx, id,
			   RP_TEXT("nonsense")),
	    RP_E_INVALID);
	RP_CHECK_OK(rp_person_get(&self, w.tx, id, &p));
	RP_CHECK_TEXT(p.name, model.name);
	RP_CHECK_TEXT(p.name_latin, model.name_latin);
	RP_CHECK_TEXT(p.name_lang, RP_TEXT("ja-JP"));
	RP_CHECK(p.addresses.n == 2 && p.addresses.v[0].is_primary);
	RP_CHECK_TEXT(p.addresses.v[0].entered, RP_TEXT("測試@例え.テスト"));
	RP_CHECK_TEXT(p.addresses.v[0].key,
	    RP_TEXT("測試@xn--r8jz45g.xn--zckzah"));
	RP_CHECK_FAILS(rp_person_address_remove(&self, w.tx, id,
			   p.addresses.v[0].id),
	    RP_E_CONFLICT);
	RP_CHECK_OK(
	    rp_person_address_primary(&self, w.tx, id, p.addresses.v[1].id));
	RP_CHECK_OK(
	    rp_person_address_remove(&self, w.tx, id, p.addresses.v[0].id));
	RP_CHECK_OK(rp_person_get(&self, w.tx, id, &p));
	RP_CHECK(p.addresses.n == 1 && p.addresses.v[0].is_primary);
	RP_CHECK_TEXT(p.addresses.v[0].key, RP_TEXT("t@example.org"));
}

static void
who_may(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_actor admin, keeper, self, other;
	struct rp_people all;
	struct rp_person p;
	int64_t id;

	open_with_names(&w);
	admin = world_staff(&w, "Ad", RP_MAY_ADMINISTER, RP_ON_SYSTEM, 0);
	keeper = world_staff(&w, "Ke", RP_MAY_MEMBERS, RP_ON_GROUP, w.group_id);
	other = world_staff(&w, "Ot", RP_MAY_CHECK, RP_ON_GROUP, w.group_id);
	RP_CHECK_FAILS(rp_person_add(&other, w.tx, &model, &id), RP_E_DENIED);
	RP_CHECK_OK(rp_person_add(&keeper, w.tx, &model, &id));
	RP_CHECK_FAILS(rp_person_get(&other, w.tx, id, &p), RP_E_DENIED);
	RP_CHECK_FAILS(rp_person_list(&other, w.tx, 0, &all), RP_E_DENIED);
	RP_CHECK_OK(rp_person_list(&keeper, w.tx, 0, &all));
	RP_CHECK(all.n == 4);
	self = rp_actor_public(&w.env, WORLD_NOW);
	RP_CHECK_OK(rp_actor_load(w.tx, id, &self));
	RP_CHECK_OK(rp_person_get(&self, w.tx, id, &p));
	p.name = RP_TEXT("山田 花子");
	RP_CHECK_OK(rp_person_change(&self, w.tx, &p));
	p.party_id = 1;
	RP_CHECK_FAILS(rp_person_change(&self, w.tx, &p), RP_E_DENIED);
	/* A new address is a way into the account. */
	RP_CHECK_FAILS(rp_person_address_add(&keeper, w.tx, admin.person_id,
			   RP_TEXT("k@example.org")),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_person_close(&keeper, w.tx, admin.person_id, true),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_person_close(&keeper, w.tx, id, true));
	RP_CHECK_OK(rp_person_get(&keeper, w.tx, id, &p));
	RP_CHECK_TEXT(p.state, RP_TEXT("closed"));
	RP_CHECK_TEXT(p.name, RP_TEXT("山田 花子"));
}

static void
what_is_refused(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_person p = model;
	int64_t id;

	open_with_names(&w);
	p.name = RP_TEXT("");
	RP_CHECK_FAILS(rp_person_add(&w.system, w.tx, &p, &id), RP_E_INVALID);
	p = model;
	p.name_lang = RP_TEXT("j");
	RP_CHECK_FAILS(rp_person_add(&w.system, w.tx, &p, &id), RP_E_INVALID);
	p = model;
	p.lang = RP_TEXT("ja");
	RP_CHECK_FAILS(rp_person_add(&w.system, w.tx, &p, &id), RP_E_INVALID);
	p = model;
	p.zone = RP_TEXT("../../etc");
	RP_CHECK_FAILS(rp_person_add(&w.system, w.tx, &p, &id), RP_E_INVALID);
	p = model;
	p.party_id = 99;
	RP_CHECK_FAILS(rp_person_add(&w.system, w.tx, &p, &id), RP_E_NOTFOUND);
}

RP_CHECK_MAIN({ "names and addresses", names_and_addresses },
    { "who may", who_may }, { "what is refused", what_is_refused })
