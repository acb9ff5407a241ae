/*
 * group - bodies and their working groups.
 *
 * Names and mandates are public; the functions here show nothing else. A group
 * is addressed by its slug: lower-case letters, digits and hyphens, none of
 * the words that addresses use themselves (rp_slug_ok()).
 */
#ifndef RP_DOMAIN_GROUP_H
#define RP_DOMAIN_GROUP_H

#include "base/vec.h"
#include "domain/actor.h"
#include "domain/wording.h"

#define RP_SLUG_MAX 60
#define RP_NAME_MAX 300      /* octets of a name or title */
#define RP_MANDATE_MAX 20000 /* octets */

struct rp_body {
	int64_t id;
	rp_text slug, acronym, zone, default_lang;
	struct rp_wording name;
};

struct rp_bodies RP_VEC(struct rp_body);

struct rp_group {
	int64_t id, body_id;
	rp_text slug, acronym, zone; /* the zone is the body's */
	rp_text body_slug, body_acronym, default_lang;
	struct rp_wording name, mandate, body_name;
	bool rule_missing_languages;
	int64_t retention_days;
};

struct rp_groups RP_VEC(struct rp_group);

/* Usable as a slug: form, length, and no reserved word. */
bool rp_slug_ok(rp_text slug);

struct rp_err *rp_body_list(const struct rp_actor *who, struct rp_tx *tx,
    rp_text lang, struct rp_bodies *out) RP_MUST_USE;

/* Active groups by acronym; texts in `lang` or the next best. */
struct rp_err *rp_group_list(const struct rp_actor *who, struct rp_tx *tx,
    rp_text lang, struct rp_groups *out) RP_MUST_USE;

/* RP_E_NOTFOUND. */
struct rp_err *rp_group_get(const struct rp_actor *who, struct rp_tx *tx,
    rp_text slug, rp_text lang, struct rp_group *out) RP_MUST_USE;
struct rp_err *rp_group_get_by_id(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, rp_text lang, struct rp_group *out) RP_MUST_USE;

struct rp_place rp_group_place(const struct rp_group *g);

/*
 * Make a body (RP_MAY_ADMINISTER on the system) or a group (on its body).
 * RP_E_INVALID for a slug or zone that is none, RP_E_CONFLICT for a slug that
 * is taken. Names are wording: rp_wording_set() comes next.
 */
struct rp_err *rp_body_create(const struct rp_actor *who, struct rp_tx *tx,
    rp_text slug, rp_text acronym, rp_text zone, rp_text default_lang,
    int64_t *out_id) RP_MUST_USE;
struct rp_err *rp_group_create(const struct rp_actor *who, struct rp_tx *tx,
    int64_t body_id, rp_text slug, rp_text acronym,
    int64_t *out_id) RP_MUST_USE;

#endif
