/*
 * right - granting and ending rights, with the instrument that grants them.
 *
 * A right is a row: who (a person, an office or membership class of the group,
 * everybody) may do what on which object, by which instrument ("Resolution 1344
 * (Rev. 2015), resolves 3"), from when to when. It is never changed or deleted,
 * only ended: what was in force on a day can be told later.
 *
 * Granting and ending need RP_MAY_GRANT on the object. Nobody grants more than
 * he has: what is granted, he may do there himself. The same holds for putting
 * somebody in an office or class that rights are tied to, and for managing
 * somebody's account (rp_right_may_manage); only reading, which is what members
 * are for, is also in the hands of who has RP_MAY_MEMBERS there.
 */
#ifndef RP_DOMAIN_RIGHT_H
#define RP_DOMAIN_RIGHT_H

#include "base/str.h"
#include "base/vec.h"
#include "domain/actor.h"

#define RP_INSTRUMENT_MAX 400 /* octets */

/* As it is granted, and as a page says it in plain words. */
struct rp_right {
	int64_t id;
	rp_text holder_kind; /* person, office, class, public */
	rp_text holder;      /* the office or class */
	int64_t holder_id;   /* the person */
	rp_text person;      /* its name; read only */
	enum rp_capability capability;
	enum rp_object_kind object_kind;
	int64_t object_id;
	rp_text instrument; /* must be said */
	int64_t from_at;    /* 0: from now */
	int64_t until_at;   /* 0: until ended */
};

struct rp_rights RP_VEC(struct rp_right);

/* RP_E_INVALID, RP_E_LIMIT, RP_E_NOTFOUND, the refusals. */
struct rp_err *rp_right_grant(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_right *right, int64_t *out_id) RP_MUST_USE;

/* From `at` on (0: now). RP_E_GONE if it had ended before, RP_E_CONFLICT for
 * the last right without end to administer the system. */
struct rp_err *rp_right_end(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, int64_t at) RP_MUST_USE;

/*
 * The rights granted on an object itself, ended ones included. Those of
 * offices, classes and the public are for everybody to see; those of persons
 * for who may grant, audit or manage members there.
 */
struct rp_err *rp_right_list(const struct rp_actor *who, struct rp_tx *tx,
    enum rp_object_kind kind, int64_t object_id,
    struct rp_rights *out) RP_MUST_USE;

/*
 * For the domain: refuse unless `who` may do all that the office or class gives
 * in the group.
 */
struct rp_err *rp_right_may_confer(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text holder_kind, rp_text holder) RP_MUST_USE;

/*
 * For the domain: refuse unless `who` manages members somewhere and may do,
 * where they may, all that the person may. Otherwise somebody who looks after
 * members could take over the account of an administrator.
 */
struct rp_err *rp_right_may_manage(const struct rp_actor *who, struct rp_tx *tx,
    int64_t person_id) RP_MUST_USE;

#endif
