/*
 * merging - one proposal out of several, with the consent of each author.
 *
 * Somebody writes the merged one from the questions of two to
 * RP_PROPOSAL_PARENTS_MAX proposals: each question keeps from which it was
 * made. The author of each is asked; whoever acts for one says yes or no, with
 * a reason. While it is revised, all are asked again. When all have agreed, the
 * merged one is proposed and the others are merged: they stay citable, and say
 * where they went. One that was withdrawn, or merged elsewhere, or agreed,
 * meanwhile makes consenting RP_E_CONFLICT.
 */
#ifndef RP_DOMAIN_MERGING_H
#define RP_DOMAIN_MERGING_H

#include "domain/proposal.h"

/* No effect: can it still be merged? */
bool rp_merging_may(const struct rp_proposal *m);

/*
 * Ask for consent; in->party_id is who proposes the merged one. Consent of that
 * party is given by it. RP_E_INVALID as rp_proposal_check() says, or with fewer
 * than two; RP_E_CONFLICT where one cannot be merged.
 */
struct rp_err *rp_merging_ask(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *const *parents,
    size_t n, const struct rp_proposal_in *in, int64_t *out_number) RP_MUST_USE;

/* By who acts for the author of a parent; RP_E_NOTFOUND for no parent. */
struct rp_err *rp_merging_consent(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *m,
    int64_t parent_id, bool agrees, rp_text reason) RP_MUST_USE;

#endif
