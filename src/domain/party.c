#include "domain/party.h"

#include "base/err.h"
#include "domain/event.h"
#include "domain/place.h"
#include "domain/right.h"
#include "domain/wording.h"
#include "store/db.h"
#include "store/q_party.h"
#include "text/country.h"

const rp_text rp_regions[RP_PARTY_REGIONS] = {
	RP_TEXT_INIT("africa"),
	RP_TEXT_INIT("americas"),
	RP_TEXT_INIT("arab_states"),
	RP_TEXT_INIT("asia_pacific"),
	RP_TEXT_INIT("cis"),
	RP_TEXT_INIT("europe"),
};

const rp_text rp_member_classes[RP_MEMBER_CLASS_COUNT] = {
	RP_TEXT_INIT("member_state"),
	RP_TEXT_INIT("sector_member"),
	RP_TEXT_INIT("associate"),
	RP_TEXT_INIT("academia"),
	RP_TEXT_INIT("other"),
	RP_TEXT_INIT("public"),
};

static bool
one_of(rp_text t, const rp_text *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (rp_text_eq(t, words[i]))
			return true;
	return false;
}

rp_text
rp_region_of(rp_text country)
{
	static const rp_text words[RP_REGION_COUNT] = {
		[RP_REGION_AFR] = RP_TEXT_INIT("africa"),
		[RP_REGION_AMS] = RP_TEXT_INIT("americas"),
		[RP_REGION_ARB] = RP_TEXT_INIT("arab_states"),
		[RP_REGION_ASP] = RP_TEXT_INIT("asia_pacific"),
		[RP_REGION_CIS] = RP_TEXT_INIT("cis"),
		[RP_REGION_EUR] = RP_TEXT_INIT("europe"),
	};
	const struct rp_country *c = rp_country_find(country);

	return c ? words[c->region] : RP_TEXT("");
}

bool
rp_region_ok(rp_text region)
{
	return region.n == 0 || one_of(region, rp_regions, RP_PARTY_REGIONS);
}

bool
rp_member_class_ok(rp_text class)
{
	return one_of(class, rp_member_classes, RP_MEMBER_CLASS_COUNT);
}

static bool
slug_ok(rp_text slug)
{
	if (slug.n == 0 || slug.n > RP_PARTY_SLUG_MAX || slug.p[0] == '-')
		return false;
	for (size_t i = 0; i < slug.n; i++) {
		char c = slug.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') &&
		    c != '-')
			return false;
	}
	return true;
}

static struct rp_err *
check(const struct rp_party *p)
{
	if (!slug_ok(p->slug))
		return rp_fail(RP_E_INVALID, "not a slug: %.*s",
		    RP_FMT(p->slug));
	if (!rp_region_ok(p->region))
		return rp_fail(RP_E_INVALID, "not a region: %.*s",
		    RP_FMT(p->region));
	if (p->country.n != 0 &&
	    (p->country.n != 2 || p->country.p[0] < 'A' ||
		p->country.p[0] > 'Z' || p->country.p[1] < 'A' ||
		p->country.p[1] > 'Z'))
		return rp_fail(RP_E_INVALID, "not a country: %.*s",
		    RP_FMT(p->country));
	return NULL;
}

static rp_text
described(struct rp_arena *a, const struct rp_party *p)
{
	return rp_textf(a, "%.*s %.*s %.*s%s%s%s", RP_FMT(p->slug),
	    RP_FMT(p->country), RP_FMT(p->region), p->is_ldc ? " LDC" : "",
	    p->is_lldc ? " LLDC" : "", p->is_sids ? " SIDS" : "");
}

struct rp_err *
rp_party_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_party *p, int64_t *out_id)
{
	struct q_party_insert_row row;
	bool fresh;

	RP_TRY(rp_place_needs(who, tx, RP_MAY_MEMBERS, RP_TEXT("body"),
	    p->body_id));
	RP_TRY(check(p));
	RP_TRY(q_party_insert(tx,
	    &(struct q_party_insert_param){ .body_id = p->body_id,
		.slug = p->slug,
		.country = p->country,
		.region = p->region,
		.is_ldc = p->is_ldc,
		.is_lldc = p->is_lldc,
		.is_sids = p->is_sids },
	    &row, &fresh));
	if (!fresh)
		return rp_fail(RP_E_CONFLICT, "the body has a party %.*s",
		    RP_FMT(p->slug));
	*out_id = row.id;
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("party.add"),
		.object_kind = RP_TEXT("party"),
		.object_id = row.id,
		.after = described(rp_tx_arena(tx), p) });
}

static struct rp_err *
load(struct rp_tx *tx, int64_t id, struct rp_party *out)
{
	struct q_party_get_row r;
	bool found;

	RP_TRY(q_party_get(tx, &(struct q_party_get_param){ .id = id }, &r,
	    &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no party %lld", (long long)id);
	*out = (struct rp_party){ .id = r.id,
		.body_id = r.body_id,
		.slug = r.slug,
		.country = r.country,
		.region = r.region,
		.is_ldc = r.is_ldc,
		.is_lldc = r.is_lldc,
		.is_sids = r.is_sids };
	return NULL;
}

struct rp_err *
rp_party_change(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_party *p)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct rp_party old, now;

	RP_TRY(
	    rp_place_needs(who, tx, RP_MAY_MEMBERS, RP_TEXT("party"), p->id));
	RP_TRY(load(tx, p->id, &old));
	now = *p;
	now.slug = old.slug;
	RP_TRY(check(&now));
	RP_TRY(q_party_update(tx, &(struct q_party_update_param){ .id = p->id,
				      .country = p->country,
				      .region = p->region,
				      .is_ldc = p->is_ldc,
				      .is_lldc = p->is_lldc,
				      .is_sids = p->is_sids }));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("party.change"),
		.object_kind = RP_TEXT("party"),
		.object_id = p->id,
		.before = described(a, &old),
		.after = described(a, &now) });
}

static void
put_names(const struct rp_wordings *w, int64_t id, rp_text lang, rp_text *name,
    rp_text *short_name)
{
	*name = rp_wording_text(w, id, RP_TEXT("name"), lang, RP_TEXT("en"));
	*short_name =
	    rp_wording_text(w, id, RP_TEXT("short_name"), lang, RP_TEXT("en"));
	if (short_name->n == 0)
		*short_name = *name;
}

struct rp_err *
rp_party_get(struct rp_tx *tx, int64_t id, rp_text lang, struct rp_party *out)
{
	struct rp_wordings w;

	RP_TRY(load(tx, id, out));
	RP_TRY(rp_wording_load(tx, RP_TEXT("party"), id, &w));
	put_names(&w, id, lang, &out->name, &out->short_name);
	return NULL;
}

struct rp_err *
rp_party_named(struct rp_tx *tx, int64_t id, rp_text lang, rp_text *out)
{
	struct rp_wordings w;
	rp_text name;

	RP_TRY(rp_wording_load_kind(tx, RP_TEXT("party"), &w));
	put_names(&w, id, lang, &name, out);
	return NULL;
}

struct rp_err *
rp_party_list(struct rp_tx *tx, int64_t body_id, rp_text lang,
    struct rp_parties *out)
{
	struct q_party_list_rows rows;
	struct rp_wordings w;

	RP_TRY(q_party_list(tx,
	    &(struct q_party_list_param){ .body_id = body_id }, &rows));
	RP_TRY(rp_wording_load_kind(tx, RP_TEXT("party"), &w));
	*out = (struct rp_parties){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_party_list_row *r = &rows.v[i];
		struct rp_party p = {
			.id = r->id,
			.body_id = r->body_id,
			.slug = r->slug,
			.country = r->country,
			.region = r->region,
			.is_ldc = r->is_ldc,
			.is_lldc = r->is_lldc,
			.is_sids = r->is_sids,
		};

		put_names(&w, p.id, lang, &p.name, &p.short_name);
		rp_vec_push(rp_tx_arena(tx), out, p);
	}
	return NULL;
}

struct rp_err *
rp_membership_set(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, const struct rp_membership *m)
{
	struct q_membership_find_row old = { 0 };
	struct q_membership_set_row row;
	struct rp_place group, party;
	bool found;

	RP_TRY(rp_place_of(tx, RP_TEXT("group"), group_id, &group));
	RP_TRY(rp_actor_needs(who, RP_MAY_MEMBERS, group));
	RP_TRY(rp_place_of(tx, RP_TEXT("party"), m->party_id, &party));
	if (party.body_id != group.body_id || !rp_member_class_ok(m->class))
		return rp_fail(RP_E_INVALID, "party %lld as %.*s",
		    (long long)m->party_id, RP_FMT(m->class));
	RP_TRY(
	    rp_right_may_confer(who, tx, group_id, RP_TEXT("class"), m->class));
	RP_TRY(q_membership_find(tx,
	    &(struct q_membership_find_param){ .group_id = group_id,
		.party_id = m->party_id },
	    &old, &found));
	RP_TRY(q_membership_set(tx,
	    &(struct q_membership_set_param){ .group_id = group_id,
		.party_id = m->party_id,
		.class = m->class,
		.since_at = m->since_at,
		.until_at = m->until_at },
	    &row));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("membership.set"),
		.object_kind = RP_TEXT("party"),
		.object_id = m->party_id,
		.group_id = group_id,
		.before = found ? old.class : RP_TEXT(""),
		.after = m->class });
}

struct rp_err *
rp_membership_list(struct rp_tx *tx, int64_t group_id, int64_t at, rp_text lang,
    struct rp_memberships *out)
{
	struct q_membership_list_rows rows;
	struct rp_arena *a = rp_tx_arena(tx);
	struct rp_wordings names = { 0 };

	RP_TRY(q_membership_list(tx,
	    &(struct q_membership_list_param){ .group_id = group_id, .at = at },
	    &rows));
	*out = (struct rp_memberships){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_membership_list_row *r = &rows.v[i];
		struct rp_membership m = {
			.id = r->id,
			.party_id = r->party_id,
			.class = r->class,
			.since_at = r->since_at,
			.until_at = r->until_at,
			.slug = r->slug,
			.country = r->country,
			.region = r->region,
			.is_ldc = r->is_ldc,
			.is_lldc = r->is_lldc,
			.is_sids = r->is_sids,
		};

		rp_vec_push(a, &names,
		    rp_wording_row(r->wording_id, r->party_id, r->field,
			r->lang, r->status, r->body, 0));
		if (i + 1 < rows.n && rows.v[i + 1].id == r->id)
			continue;
		put_names(&names, m.party_id, lang, &m.name, &m.short_name);
		names.n = 0;
		rp_vec_push(a, out, m);
	}
	return NULL;
}

struct rp_err *
rp_membership_counts(struct rp_tx *tx, int64_t group_id, int64_t at,
    int64_t out[RP_MEMBER_CLASS_COUNT])
{
	struct q_membership_counts_rows rows;

	RP_TRY(q_membership_counts(tx,
	    &(struct q_membership_counts_param){ .group_id = group_id,
		.at = at },
	    &rows));
	for (size_t k = 0; k < RP_MEMBER_CLASS_COUNT; k++) {
		out[k] = 0;
		for (size_t i = 0; i < rows.n; i++) {
			if (rp_text_eq(rows.v[i].class, rp_member_classes[k]))
				out[k] = rows.v[i].n;
		}
	}
	return NULL;
}

struct rp_err *
rp_party_sources(struct rp_tx *tx, int64_t meeting_id, rp_text lang,
    struct rp_parties *out)
{
	struct rp_wordings w;

	RP_TRY(rp_wording_load_sources(tx, meeting_id, &w));
	*out = (struct rp_parties){ 0 };
	for (size_t i = 0; i < w.n; i++) {
		struct rp_party p = { .id = w.v[i].owner_id };

		if (out->n > 0 && out->v[out->n - 1].id == p.id)
			continue;
		put_names(&w, p.id, lang, &p.name, &p.short_name);
		rp_vec_push(rp_tx_arena(tx), out, p);
	}
	return NULL;
}
