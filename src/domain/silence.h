/*
 * silence - a proposal is agreed unless somebody objects in time.
 *
 * The chair's team or the secretariat opens it, with a deadline in the group's
 * zone and the window in which the topic would be consulted on. A delegation
 * objects, with its reasons, or has a reservation put on record, which hinders
 * nothing; it may withdraw either before the deadline. At the deadline the
 * worker ends it: agreed without a standing objection, else the proposal is
 * carried over. Objections are seen by whoever sees the proposal as a member:
 * that is how silence is broken.
 */
#ifndef RP_DOMAIN_SILENCE_H
#define RP_DOMAIN_SILENCE_H

#include "domain/proposal.h"

struct rp_objection {
	int64_t party_id, at;
	rp_text kind, reason, state;
};

struct rp_objections RP_VEC(struct rp_objection);

struct rp_silence {
	int64_t id; /* 0: there was none */
	rp_text zone, until_local, opens_on, closes_on;
	rp_text state; /* open, agreed, objected, stopped */
	int64_t until_at, created_at, ended_at;
	bool is_running; /* open, and the deadline is to come */
	struct rp_objections objections;
};

/* The last one of a proposal, for members. */
struct rp_err *rp_silence_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *m,
    struct rp_silence *out) RP_MUST_USE;

/* RP_E_INVALID: a deadline that is past or none, a window that is none.
 * RP_E_CONFLICT: one runs, or the proposal is not discussed. */
struct rp_err *rp_silence_open(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *m, rp_text zone,
    rp_text until_local, rp_text opens_on, rp_text closes_on) RP_MUST_USE;

struct rp_err *rp_silence_stop(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *m) RP_MUST_USE;

/* `kind`: objection, reservation. RP_E_GONE past the deadline, RP_E_INVALID
 * without a reason. One of a party takes the place of the one before. */
struct rp_err *rp_silence_object(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *m, int64_t party_id,
    rp_text kind, rp_text reason) RP_MUST_USE;
struct rp_err *rp_silence_take_back(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_proposing *p, const struct rp_proposal *m,
    int64_t party_id) RP_MUST_USE;

/* For the worker: whether there is one to end; end them, how many in `out_n`.
 */
struct rp_err *rp_silence_is_due(const struct rp_actor *who, struct rp_tx *tx,
    bool *out) RP_MUST_USE;
struct rp_err *rp_silence_settle(const struct rp_actor *who, struct rp_tx *tx,
    int64_t *out_n) RP_MUST_USE;

#endif
