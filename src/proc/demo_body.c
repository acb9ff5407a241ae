/* demo_body - the body, its members, the group, its people and their rights. */
#include "base/clock.h"
#include "domain/group.h"
#include "domain/officer.h"
#include "domain/party.h"
#include "domain/person.h"
#include "domain/privacy.h"
#include "domain/right.h"
#include "proc/demo.h"
#include "text/zone.h"

#define FOUNDED (-3650) /* days */
#define MEMBERS_MAX 2000
#define SMALL_MAX 100

/* A member by its country, for the people it sends. */
struct member {
	rp_text country, class;
	int64_t party_id;
};

struct members RP_VEC(struct member);

static int64_t
at_day(const struct rp_demo *d, int64_t day)
{
	return d->now + day * RP_DAY;
}

static struct rp_err *
member(struct rp_demo *d, const struct rp_json *o, struct members *out)
{
	struct rp_arena *a = d->arena;
	struct rp_actor who = rp_demo_system(d, at_day(d, FOUNDED));
	struct rp_membership m = { 0 };
	struct rp_party p = { .body_id = d->body_id };
	struct member made = { 0 };
	int64_t day;

	RP_TRY(rp_demo_text(a, o, "slug", &p.slug));
	RP_TRY(rp_demo_text(a, o, "country", &p.country));
	RP_TRY(rp_demo_text(a, o, "region", &p.region));
	RP_TRY(rp_json_bool(o, "is_ldc", &p.is_ldc));
	RP_TRY(rp_json_bool(o, "is_lldc", &p.is_lldc));
	RP_TRY(rp_json_bool(o, "is_sids", &p.is_sids));
	RP_TRY(rp_party_add(&who, d->tx, &p, &m.party_id));
	RP_TRY(rp_demo_wording(d, who, RP_TEXT("party"), m.party_id,
	    RP_TEXT("name"), rp_json_find(o, "name")));
	RP_TRY(rp_demo_wording(d, who, RP_TEXT("party"), m.party_id,
	    RP_TEXT("short_name"), rp_json_find(o, "short_name")));
	RP_TRY(rp_demo_text(a, o, "class", &m.class));
	RP_TRY(rp_demo_i64(o, "since_day", FOUNDED, &day));
	m.since_at = at_day(d, day);
	RP_TRY(rp_demo_i64(o, "until_day", 0, &day));
	m.until_at = day != 0 ? at_day(d, day) : 0;
	made = (struct member){ p.country, m.class, m.party_id };
	rp_vec_push(a, out, made);
	return rp_membership_set(&who, d->tx, d->group_id, &m);
}

static struct rp_err *
members(struct rp_demo *d, struct members *out)
{
	const struct rp_json *all;
	rp_bytes file;

	RP_TRY(rp_demo_read(d->arena, d, "parties.json", &file));
	RP_TRY(rp_json_parse(d->arena, file, &all));
	for (size_t i = 0; i < rp_json_n(all); i++)
		RP_TRY(member(d, rp_json_at(all, i), out));
	d->progress(d, "members", (int64_t)rp_json_n(all));
	return NULL;
}

/* The State that an officer comes from. */
static int64_t
party_of(const struct members *all, rp_text country)
{
	for (size_t i = 0; country.n > 0 && i < all->n; i++)
		if (rp_text_eq(all->v[i].country, country) &&
		    rp_text_eq(all->v[i].class, RP_TEXT("member_state")))
			return all->v[i].party_id;
	return 0;
}

static struct rp_err *
rights_of(struct rp_demo *d, const struct rp_json *o, struct rp_right *right)
{
	struct rp_actor who = rp_demo_system(d, right->from_at);
	const struct rp_json *all = rp_json_find(o, "rights");
	int64_t id;

	for (size_t i = 0; all != NULL && i < rp_json_n(all); i++) {
		rp_text name;

		RP_TRY(rp_json_as_text(d->arena, rp_json_at(all, i), SMALL_MAX,
		    &name));
		right->capability = rp_capability_from(name);
		RP_TRY(rp_right_grant(&who, d->tx, right, &id));
	}
	return NULL;
}

static struct rp_err *
person(struct rp_demo *d, const struct rp_json *o, const struct members *all,
    rp_text instrument)
{
	struct rp_arena *a = d->arena;
	const struct rp_json *addresses;
	struct rp_officer office = { 0 };
	struct rp_person p = { 0 };
	struct rp_right right = { .holder_kind = RP_TEXT("person"),
		.object_kind = RP_ON_GROUP,
		.object_id = d->group_id,
		.instrument = instrument };
	struct rp_actor who;
	rp_text party;
	int64_t day, id;

	RP_TRY(rp_demo_i64(o, "since_day", FOUNDED, &day));
	office.from_at = right.from_at = at_day(d, day);
	RP_TRY(rp_demo_i64(o, "until_day", 0, &day));
	office.until_at = day != 0 ? at_day(d, day) : 0;
	who = rp_demo_system(d, office.from_at);
	RP_TRY(rp_demo_text(a, o, "party", &party));
	p.party_id = party_of(all, party);
	RP_TRY(rp_demo_text(a, o, "name", &p.name));
	RP_TRY(rp_demo_text(a, o, "name_lang", &p.name_lang));
	RP_TRY(rp_demo_text(a, o, "name_latin", &p.name_latin));
	RP_TRY(rp_demo_text(a, o, "lang", &p.lang));
	RP_TRY(rp_demo_text(a, o, "zone", &p.zone));
	RP_TRY(rp_person_add(&who, d->tx, &p, &office.person_id));
	RP_TRY(rp_json_array(o, "email", SMALL_MAX, &addresses));
	for (size_t i = 0; i < rp_json_n(addresses); i++) {
		rp_text entered;

		RP_TRY(rp_json_as_text(a, rp_json_at(addresses, i), SMALL_MAX,
		    &entered));
		RP_TRY(rp_person_address_add(&who, d->tx, office.person_id,
		    entered));
	}
	RP_TRY(rp_demo_text(a, o, "office", &office.office));
	RP_TRY(rp_demo_text(a, o, "region", &office.region));
	RP_TRY(rp_officer_appoint(&who, d->tx, d->group_id, &office, &id));
	if (rp_text_eq(office.office, RP_TEXT("secretary")))
		rp_vec_push(a, &d->clerks, office.person_id);
	right.holder_id = office.person_id;
	return rights_of(d, o, &right);
}

static struct rp_err *
people(struct rp_demo *d, const struct rp_json *body,
    const struct members *members_)
{
	const struct rp_json *all;
	rp_text instrument;

	RP_TRY(rp_demo_text(d->arena, body, "rights_of_people", &instrument));
	RP_TRY(rp_json_array(body, "people", MEMBERS_MAX, &all));
	for (size_t i = 0; i < rp_json_n(all); i++)
		RP_TRY(person(d, rp_json_at(all, i), members_, instrument));
	d->progress(d, "people", (int64_t)rp_json_n(all));
	return NULL;
}

static struct rp_err *
rights(struct rp_demo *d, const struct rp_json *body)
{
	struct rp_actor who = rp_demo_system(d, at_day(d, FOUNDED));
	const struct rp_json *all;
	int64_t id;

	RP_TRY(rp_json_array(body, "rights", SMALL_MAX, &all));
	for (size_t i = 0; i < rp_json_n(all); i++) {
		const struct rp_json *o = rp_json_at(all, i);
		struct rp_right r = { .object_kind = RP_ON_GROUP,
			.object_id = d->group_id,
			.from_at = at_day(d, FOUNDED) };
		rp_text capability;

		RP_TRY(
		    rp_demo_text(d->arena, o, "holder_kind", &r.holder_kind));
		RP_TRY(rp_demo_text(d->arena, o, "holder", &r.holder));
		RP_TRY(rp_demo_text(d->arena, o, "capability", &capability));
		RP_TRY(rp_demo_text(d->arena, o, "instrument", &r.instrument));
		r.capability = rp_capability_from(capability);
		RP_TRY(rp_right_grant(&who, d->tx, &r, &id));
	}
	return NULL;
}

static struct rp_err *
notice(struct rp_demo *d, const struct rp_json *o)
{
	struct rp_actor who = rp_demo_system(d, at_day(d, -400));
	size_t n = rp_json_n(o);
	struct rp_notice_text *texts =
	    rp_new_n(d->arena, struct rp_notice_text, n + 1);
	size_t first = 1;
	int64_t id;

	/* The first one is the original: English. */
	for (size_t i = 0; i < n; i++) {
		rp_text lang = rp_json_key_at(o, i);
		size_t to = rp_text_eq(lang, RP_TEXT("en")) ? 0 : first++;

		if (to >= n)
			return rp_fail(RP_E_INVALID, "no notice in English");
		texts[to].lang = lang;
		RP_TRY(rp_json_as_text(d->arena, rp_json_at(o, i),
		    RP_DEMO_TEXT_MAX, &texts[to].text));
	}
	return rp_notice_add(&who, d->tx, d->group_id, texts, n, &id);
}

static struct rp_err *
group(struct rp_demo *d, const struct rp_json *o)
{
	struct rp_actor who = rp_demo_system(d, at_day(d, FOUNDED));
	rp_text kind = RP_TEXT("group"), slug, acronym;
	int64_t days;

	RP_TRY(rp_demo_text(d->arena, o, "slug", &slug));
	RP_TRY(rp_demo_text(d->arena, o, "acronym", &acronym));
	RP_TRY(rp_group_create(&who, d->tx, d->body_id, slug, acronym,
	    &d->group_id));
	RP_TRY(rp_demo_wording(d, who, kind, d->group_id, RP_TEXT("name"),
	    rp_json_find(o, "name")));
	RP_TRY(rp_demo_wording(d, who, kind, d->group_id, RP_TEXT("mandate"),
	    rp_json_find(o, "mandate")));
	RP_TRY(rp_demo_wording(d, who, kind, d->group_id, RP_TEXT("rules"),
	    rp_json_find(rp_json_find(o, "rules"), "text")));
	RP_TRY(rp_json_i64(o, "retention_days", &days));
	RP_TRY(rp_privacy_set_rule(&who, d->tx, d->group_id, days));
	return notice(d, rp_json_find(o, "privacy_notice"));
}

struct rp_err *
rp_demo_body(struct rp_demo *d)
{
	struct rp_actor who = rp_demo_system(d, at_day(d, FOUNDED));
	struct members all = { 0 };
	const struct rp_json *body;
	const struct rp_zone *zone;
	rp_text slug, acronym, lang;
	rp_bytes file;

	RP_TRY(rp_demo_read(d->arena, d, "body.json", &file));
	RP_TRY(rp_json_parse(d->arena, file, &body));
	RP_TRY(rp_demo_text(d->arena, body, "slug", &slug));
	RP_TRY(rp_demo_text(d->arena, body, "acronym", &acronym));
	RP_TRY(rp_demo_text(d->arena, body, "zone", &d->zone));
	RP_TRY(rp_demo_text(d->arena, body, "default_lang", &lang));
	RP_TRY(rp_zone_get(d->env->zones, d->zone, &zone));
	d->today = (d->now + rp_zone_offset(zone, d->now)) / RP_DAY;
	RP_TRY(rp_body_create(&who, d->tx, slug, acronym, d->zone, lang,
	    &d->body_id));
	RP_TRY(rp_demo_wording(d, who, RP_TEXT("body"), d->body_id,
	    RP_TEXT("name"), rp_json_find(body, "name")));
	RP_TRY(group(d, rp_json_find(body, "group")));
	RP_TRY(members(d, &all));
	RP_TRY(rights(d, body));
	return people(d, body, &all);
}
