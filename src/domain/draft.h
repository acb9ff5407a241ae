/*
 * draft - an answer that somebody will go on writing later.
 *
 * The form as it was typed, under a secret link. Nothing of it is checked but
 * its size. Saving with the secret of a draft replaces it; sending it as a
 * response removes it. Drafts that nobody touched for RP_DRAFT_AGE_MAX go.
 */
#ifndef RP_DOMAIN_DRAFT_H
#define RP_DOMAIN_DRAFT_H

#include "base/clock.h"
#include "domain/actor.h"

#define RP_DRAFT_MAX ((size_t)4 * 1024 * 1024) /* octets of the form */
#define RP_DRAFT_AGE_MAX (180 * RP_DAY)

struct rp_draft {
	int64_t id, consultation_id, saved_at;
	rp_text lang;
	rp_bytes form; /* urlencoded */
};

/*
 * `secret` empty: a new one, in `out_secret`. RP_E_NOTFOUND if the secret is
 * none, RP_E_LIMIT.
 */
struct rp_err *rp_draft_save(const struct rp_actor *who, struct rp_tx *tx,
    int64_t consultation_id, rp_text secret, rp_text lang, rp_bytes form,
    rp_text *out_secret) RP_MUST_USE;

/* RP_E_NOTFOUND. */
struct rp_err *rp_draft_get(const struct rp_actor *who, struct rp_tx *tx,
    rp_text secret, struct rp_draft *out) RP_MUST_USE;

/* It has been sent: forget it. Nothing happens if there is none. */
struct rp_err *rp_draft_remove(const struct rp_actor *who, struct rp_tx *tx,
    rp_text secret) RP_MUST_USE;

/* For the worker: forget what is older than RP_DRAFT_AGE_MAX. */
struct rp_err *rp_draft_sweep(const struct rp_actor *who,
    struct rp_tx *tx) RP_MUST_USE;

#endif
