/*
 * contribution_private - for contribution.c and what the secretariat does with
 * one.
 */
#ifndef RP_DOMAIN_CONTRIBUTION_PRIVATE_H
#define RP_DOMAIN_CONTRIBUTION_PRIVATE_H

#include "domain/contribution.h"

struct rp_err *rp_contribution_event(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m, int64_t id, rp_text action,
    rp_text before, rp_text after) RP_MUST_USE;
struct rp_err *rp_contribution_move(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_contribution *c, rp_text state, rp_text reason) RP_MUST_USE;
struct rp_err *rp_contribution_now(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_contribution *c,
    struct rp_contribution *out) RP_MUST_USE;

#endif
