/*
 * cycle - agreed topics on their way to consultations.
 *
 * An agreed topic waits with a window. With one act it is in a planned
 * consultation, with its title, rationale and questions as the texts to begin
 * with: a new one, or one that is planned already, so that several topics share
 * one. It stays agreed, so that one topic may run over several.
 */
#ifndef RP_DOMAIN_CYCLE_H
#define RP_DOMAIN_CYCLE_H

#include "domain/proposal.h"

/* A consultation that has a topic. */
struct rp_cycle {
	int64_t topic_id, consultation_id, number;
	bool is_planned;
};

struct rp_cycles RP_VEC(struct rp_cycle);

/* Planned ones are for who may launch. */
struct rp_err *rp_cycle_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, struct rp_cycles *out) RP_MUST_USE;

/*
 * Put agreed topics into a consultation (RP_MAY_LAUNCH): `into` is the id of a
 * planned one, or 0 for a new one with the window of the first, in `zone`.
 * RP_E_CONFLICT for one that is not agreed, or is in it already; RP_E_LIMIT for
 * more questions than a consultation has.
 */
struct rp_err *rp_cycle_consult(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *const *topics,
    size_t n, rp_text zone, int64_t into, int64_t *out_id) RP_MUST_USE;

#endif
