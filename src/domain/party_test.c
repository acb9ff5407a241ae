#include "domain/party.h"

#include "base/check.h"
#include "domain/right.h"
#include "domain/testing/world.h"
#include "domain/wording.h"

static const struct rp_party model = {
	.slug = RP_TEXT_INIT("brazil"),
	.country = RP_TEXT_INIT("BR"),
	.region = RP_TEXT_INIT("americas"),
};

static int64_t
add(struct world *w, const char *slug)
{
	struct rp_party p = model;
	int64_t id;

	p.body_id = w->body_id;
	p.slug = rp_text_z(slug);
	RP_CHECK_OK(rp_party_add(&w->system, w->tx, &p, &id));
	return id;
}

static void
name(struct world *w, int64_t id, const char *field, const char *lang,
    const char *body)
{
	RP_CHECK_OK(rp_wording_set(&w->system, w->tx,
	    &(struct rp_wording_at){ RP_TEXT("party"), id, rp_text_z(field),
		rp_text_z(lang) },
	    RP_WORDING_OFFICIAL, rp_text_z(body)));
}

static void
names_in_languages(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_parties all;
	struct rp_party p;
	int64_t id;

	world_open(&w);
	id = add(&w, "brazil");
	(void)add(&w, "angola");
	name(&w, id, "name", "en", "Brazil (Federative Republic of)");
	name(&w, id, "short_name", "en", "Brazil");
	name(&w, id, "name", "ar", "جمهورية البرازيل الاتحادية");
	RP_CHECK_OK(rp_party_get(w.tx, id, RP_TEXT("fr"), &p));
	RP_CHECK_TEXT(p.name, RP_TEXT("Brazil (Federative Republic of)"));
	RP_CHECK_TEXT(p.short_name, RP_TEXT("Brazil"));
	RP_CHECK_OK(rp_party_list(w.tx, w.body_id, RP_TEXT("ar"), &all));
	RP_CHECK(all.n == 2);
	RP_CHECK_TEXT(all.v[0].slug, RP_TEXT("angola"));
	RP_CHECK_TEXT(all.v[1].name, RP_TEXT("جمهورية البرازيل الاتحادية"));
	p.is_sids = true;
	p.country = RP_TEXT("FJ");
	p.region = RP_TEXT("asia_pacific");
	RP_CHECK_OK(rp_party_change(&w.system, w.tx, &p));
	RP_CHECK_OK(rp_party_get(w.tx, id, RP_TEXT("en"), &p));
	RP_CHECK(p.is_sids && !p.is_ldc && !p.is_lldc);
	RP_CHECK_TEXT(p.country, RP_TEXT("FJ"));
}

static void
refused(void)
{
	static const struct {
		rp_text slug, country, region;
	} bad[] = {
		{ RP_TEXT_INIT(""), RP_TEXT_INIT("BR"), RP_TEXT_INIT("") },
		{ RP_TEXT_INIT("Bra zil"), RP_TEXT_INIT("BR"),
		    RP_TEXT_INIT("") },
		{ RP_TEXT_INIT("brazil"), RP_TEXT_INIT("br"),
		    RP_TEXT_INIT("") },
		{ RP_TEXT_INIT("brazil"), RP_TEXT_INIT("BR"),
		    RP_TEXT_INIT("atlantis") },
	};
	RP_AUTO(world_close) struct world w;
	struct rp_party p = model;
	struct rp_actor who;
	int64_t id;

	world_open(&w);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		p = (struct rp_party){ .body_id = w.body_id,
			.slug = bad[i].slug,
			.country = bad[i].country,
			.region = bad[i].region };
		RP_CHECK_FAILS(rp_party_add(&w.system, w.tx, &p, &id),
		    RP_E_INVALID);
	}
	id = add(&w, "brazil");
	p = model;
	p.body_id = w.body_id;
	RP_CHECK_FAILS(rp_party_add(&w.system, w.tx, &p, &id), RP_E_CONFLICT);
	who = world_staff(&w, "G", RP_MAY_MEMBERS, RP_ON_GROUP, w.group_id);
	RP_CHECK_FAILS(rp_party_add(&who, w.tx, &p, &id), RP_E_DENIED);
	p.id = id;
	RP_CHECK_FAILS(rp_party_change(&who, w.tx, &p), RP_E_DENIED);
	RP_CHECK_FAILS(rp_party_change(&w.nobody, w.tx, &p), RP_E_UNKNOWN);
}

static void
members(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_membership m = { .class = RP_TEXT("member_state") };
	struct rp_memberships all;
	struct rp_actor who;
	int64_t right;

	world_open(&w);
	who = world_staff(&w, "G", RP_MAY_MEMBERS, RP_ON_GROUP, w.group_id);
	m.party_id = add(&w, "brazil");
	RP_CHECK_FAILS(rp_membership_set(&w.nobody, w.tx, w.group_id, &m),
	    RP_E_UNKNOWN);
	RP_CHECK_OK(rp_membership_set(&who, w.tx, w.group_id, &m));
	RP_CHECK_OK(rp_membership_list(w.tx, w.group_id, WORLD_NOW,
	    RP_TEXT("en"), &all));
	RP_CHECK(all.n == 1 && all.v[0].party_id == m.party_id);
	m.until_at = WORLD_NOW + 1;
	RP_CHECK_OK(rp_membership_set(&who, w.tx, w.group_id, &m));
	RP_CHECK_OK(rp_membership_list(w.tx, w.group_id, WORLD_NOW + 1,
	    RP_TEXT("en"), &all));
	RP_CHECK(all.n == 0);
	m.class = RP_TEXT("king");
	RP_CHECK_FAILS(rp_membership_set(&who, w.tx, w.group_id, &m),
	    RP_E_INVALID);
	/* Reading comes with membership; launching is more than he has. */
	for (int i = 0; i < 2; i++) {
		m.class = RP_TEXT("member_state");
		RP_CHECK_OK(rp_right_grant(&w.system, w.tx,
		    &(struct rp_right){ .holder_kind = RP_TEXT("class"),
			.holder = m.class,
			.capability = i ? RP_MAY_LAUNCH : RP_MAY_READ,
			.object_kind = RP_ON_GROUP,
			.object_id = w.group_id,
			.instrument = RP_TEXT("Resolution 1336") },
		    &right));
		if (i == 0)
			RP_CHECK_OK(
			    rp_membership_set(&who, w.tx, w.group_id, &m));
		else
			RP_CHECK_FAILS(rp_membership_set(&who, w.tx, w.group_id,
					   &m),
			    RP_E_DENIED);
	}
}

RP_CHECK_MAIN({ "names in languages", names_in_languages },
    { "refused", refused }, { "members", members })
