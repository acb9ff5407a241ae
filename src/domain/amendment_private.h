/* amendment_private - what the modules of amendments share. */
#ifndef RP_DOMAIN_AMENDMENT_PRIVATE_H
#define RP_DOMAIN_AMENDMENT_PRIVATE_H

#include "domain/amendment.h"

/* The consolidated text has to be made anew: the worker is told. */
struct rp_err *rp_amending_want(const struct rp_actor *who, struct rp_tx *tx,
    int64_t amending_id) RP_MUST_USE;

/* An event about the instrument that `a` is a version of. */
struct rp_err *rp_amending_event(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, rp_text action, rp_text before,
    rp_text after) RP_MUST_USE;

/* The same function as the public one, for the worker, by the id. */
struct rp_err *rp_amending_by_id(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, struct rp_amending *out) RP_MUST_USE;

#endif
