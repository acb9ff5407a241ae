/* What the modules about proposals share. */
#ifndef RP_DOMAIN_PROPOSAL_PRIVATE_H
#define RP_DOMAIN_PROPOSAL_PRIVATE_H

#include "domain/proposal.h"

/* Refuses unless `who` acts for the party: asked anew, whatever `p` says. */
struct rp_err *rp_proposal_acts_for(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_proposing *p,
    int64_t party_id) RP_MUST_USE;

/* Chair's team or secretariat. */
struct rp_err *rp_proposal_leads(const struct rp_actor *who,
    const struct rp_proposing *p) RP_MUST_USE;

/* RP_E_INVALID for an instrument or a contribution that is not the group's. */
struct rp_err *rp_proposal_links(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal_in *in) RP_MUST_USE;

/* A revision with its questions; `keep`: whose origins stay. NULL: none. */
struct rp_err *rp_proposal_write(const struct rp_actor *who, struct rp_tx *tx,
    int64_t proposal_id, const struct rp_proposal_in *in,
    const struct rp_proposal_text *keep) RP_MUST_USE;

/* RP_E_CONFLICT if it is no longer in m->state. Keeps the step, and writes the
 * event "proposal.STATE". */
struct rp_err *rp_proposal_move(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposal *m, rp_text state, rp_text note) RP_MUST_USE;

/* Move to agreed: it becomes a topic, which has its title. */
struct rp_err *rp_proposal_agree(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposal *m, rp_text note, rp_text opens_on,
    rp_text closes_on) RP_MUST_USE;

/* Without asking who: for what follows from other acts. */
struct rp_err *rp_proposal_by_id(struct rp_tx *tx, int64_t id,
    struct rp_proposal *out) RP_MUST_USE;

struct rp_err *rp_proposal_event(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposal *m, rp_text action, rp_text before,
    rp_text after) RP_MUST_USE;

#endif
