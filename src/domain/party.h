/*
 * party - the States and organizations that are members of a body, and their
 * memberships of its groups.
 *
 * Official and short names are wording: owner "party", fields "name" and
 * "short_name", in the six languages; set them by rp_wording_set(). Country is
 * an ISO 3166 alpha-2 code or empty, region one of the ITU's six or empty.
 *
 * Lists are public. Changing needs RP_MAY_MEMBERS on the body, or on the group
 * for its memberships.
 */
#ifndef RP_DOMAIN_PARTY_H
#define RP_DOMAIN_PARTY_H

#include "base/str.h"
#include "base/vec.h"
#include "domain/actor.h"

#define RP_PARTY_SLUG_MAX 60 /* octets, [a-z0-9-] */

/* The ITU's regions: africa, americas, arab_states, asia_pacific, cis, europe.
 */
#define RP_PARTY_REGIONS 6
extern const rp_text rp_regions[RP_PARTY_REGIONS];

/* The region of a country by its code; empty for none. */
rp_text rp_region_of(rp_text country);
bool rp_region_ok(rp_text region); /* empty is one too */

/* member_state, sector_member, associate, academia, other, public. */
#define RP_MEMBER_CLASS_COUNT 6
extern const rp_text rp_member_classes[RP_MEMBER_CLASS_COUNT];
bool rp_member_class_ok(rp_text class);

struct rp_party {
	int64_t id, body_id;
	rp_text slug, country, region;
	bool is_ldc, is_lldc, is_sids;
	rp_text name, short_name; /* in the reader's language; read only */
};

struct rp_parties RP_VEC(struct rp_party);

/* RP_E_INVALID, RP_E_CONFLICT if the body has the slug already. */
struct rp_err *rp_party_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_party *party, int64_t *out_id) RP_MUST_USE;

/* Country, region and flags of party->id. */
struct rp_err *rp_party_change(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_party *party) RP_MUST_USE;

struct rp_err *rp_party_get(struct rp_tx *tx, int64_t id, rp_text lang,
    struct rp_party *out) RP_MUST_USE;

/* Its short name, else its name; of many parties one statement is enough. */
struct rp_err *rp_party_named(struct rp_tx *tx, int64_t id, rp_text lang,
    rp_text *out) RP_MUST_USE;

/* Id and names alone of those that submitted a document of a meeting. */
struct rp_err *rp_party_sources(struct rp_tx *tx, int64_t meeting_id,
    rp_text lang, struct rp_parties *out) RP_MUST_USE;

/* By slug; pages sort by the reader's collation. */
struct rp_err *rp_party_list(struct rp_tx *tx, int64_t body_id, rp_text lang,
    struct rp_parties *out) RP_MUST_USE;

struct rp_membership {
	int64_t id, party_id;
	rp_text class;
	int64_t since_at, until_at;
	rp_text slug, country, region, name, short_name;
	bool is_ldc, is_lldc, is_sids; /* read only */
};

struct rp_memberships RP_VEC(struct rp_membership);

/*
 * Make a party a member of a group, or change its class or time. A party is a
 * member in one class. Nobody gives a class whose rights he does not have.
 */
struct rp_err *rp_membership_set(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, const struct rp_membership *m) RP_MUST_USE;

/* How many members each class has at `at`, by rp_member_classes. */
struct rp_err *rp_membership_counts(struct rp_tx *tx, int64_t group_id,
    int64_t at, int64_t out[RP_MEMBER_CLASS_COUNT]) RP_MUST_USE;

/* Those in force at `at`. */
struct rp_err *rp_membership_list(struct rp_tx *tx, int64_t group_id,
    int64_t at, rp_text lang, struct rp_memberships *out) RP_MUST_USE;

#endif
