/*
 * activity - what the secretariat does for which resolution.
 *
 * An activity has a number in its group, Sectors, a time, partners and a
 * status, and the resolutions of the registry that ask for it, each with the
 * paragraph. Title and text are wording, owner "activity": rp_wording_set()
 * comes next.
 *
 * Public ones are for everybody, the others for RP_MAY_READ and RP_MAY_REGISTER
 * on the group. Changing needs RP_MAY_REGISTER.
 */
#ifndef RP_DOMAIN_ACTIVITY_H
#define RP_DOMAIN_ACTIVITY_H

#include "base/vec.h"
#include "domain/instrument.h"

#define RP_ACTIVITY_TITLE_MAX 400     /* octets */
#define RP_ACTIVITY_TEXT_MAX 8000     /* octets */
#define RP_ACTIVITY_PARTNERS_MAX 1000 /* octets */
#define RP_ACTIVITY_PARAGRAPH_MAX 100 /* octets */
#define RP_ACTIVITY_BASES_MAX 40
#define RP_ACTIVITIES_MAX 5000 /* of a group */

/* R, T, D, SG (the General Secretariat); in this order. */
#define RP_SECTORS 4
extern const rp_text rp_sectors[RP_SECTORS];

/* planned, ongoing, completed, cancelled; ended by an empty text. */
extern const rp_text rp_activity_statuses[];

struct rp_activity_basis {
	int64_t instrument_id;
	rp_text paragraph; /* may be empty */
};
struct rp_activity_bases RP_VEC(struct rp_activity_basis);

struct rp_activity {
	int64_t id, group_id, number;
	bool sectors[RP_SECTORS];
	rp_text from, until; /* "YYYY-MM-DD"; until may be empty */
	rp_text partners, status;
	bool is_public;
	struct rp_activity_bases bases;
	struct rp_wording title, text; /* read only */
};
struct rp_activities RP_VEC(struct rp_activity);

enum rp_activity_problem {
	RP_ACTIVITY_FINE = 0,
	RP_ACTIVITY_NO_SECTOR,
	RP_ACTIVITY_BAD_FROM,
	RP_ACTIVITY_BAD_UNTIL, /* or before it begins */
	RP_ACTIVITY_BAD_STATUS,
	RP_ACTIVITY_BAD_PARTNERS,
	RP_ACTIVITY_NO_BASIS, /* or too many */
};
enum rp_activity_problem rp_activity_check(const struct rp_activity *a);

/* By number; those of a year (0: of all). */
struct rp_err *rp_activity_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text lang, int64_t year,
    struct rp_activities *out) RP_MUST_USE;

/* RP_E_NOTFOUND also for one that is not seen. */
struct rp_err *rp_activity_get(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, int64_t number, rp_text lang,
    struct rp_activity *out) RP_MUST_USE;

/* RP_E_INVALID, RP_E_LIMIT; RP_E_NOTFOUND for a resolution of another group. */
struct rp_err *rp_activity_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_activity *a, int64_t *out_id,
    int64_t *out_number) RP_MUST_USE;
struct rp_err *rp_activity_change(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_activity *was, const struct rp_activity *now) RP_MUST_USE;

#endif
