/*
 * outcome_effect - what an outcome does to what it is about.
 *
 * For minutes.c alone, which has asked who may. Each verb has at most one
 * effect and one way back, in the table of outcome_effect.c; a module whose
 * objects an outcome decides on (reports, topics, actions) adds its own line
 * there. The state of a document needs none: it is its last outcome.
 *
 * Tested in src/domain/minutes_test.c.
 */
#ifndef RP_DOMAIN_OUTCOME_EFFECT_H
#define RP_DOMAIN_OUTCOME_EFFECT_H

#include "domain/minutes.h"

/* What an effect is told. */
struct rp_outcome_case {
	const struct rp_meeting *m;
	const struct rp_agenda_item *item;
	const struct rp_item_outcome *o; /* with its id */
};

/* RP_E_CONFLICT where it cannot be. */
struct rp_err *rp_outcome_effect(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_outcome_case *c) RP_MUST_USE;
struct rp_err *rp_outcome_undo(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_outcome_case *c) RP_MUST_USE;

#endif
