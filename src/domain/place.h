/*
 * place - where a thing lies.
 *
 * A right on a body covers its groups, on a group its consultations. To ask
 * whether an actor may do something to a thing, a rule needs the body, group
 * and consultation that the thing lies in, and takes them from the database,
 * never from the request. For the modules of the domain only: it says nothing
 * about who may see the thing.
 */
#ifndef RP_DOMAIN_PLACE_H
#define RP_DOMAIN_PLACE_H

#include "domain/actor.h"

/*
 * `kind`: body, group, party, privacy_notice, topic, consultation, question,
 * response, revision, answer, theme; "system" with id 0 is the empty place,
 * which only a right on the system covers. RP_E_NOTFOUND, RP_E_INVALID for
 * another kind.
 */
struct rp_err *rp_place_of(struct rp_tx *tx, rp_text kind, int64_t id,
    struct rp_place *out) RP_MUST_USE;

/* For who has just read where it lies: nobody on this page asks again. */
void rp_place_known(struct rp_tx *tx, rp_text kind, int64_t id,
    struct rp_place where);

/* rp_place_of() and rp_actor_needs() in one. */
struct rp_err *rp_place_needs(const struct rp_actor *who, struct rp_tx *tx,
    enum rp_capability what, rp_text kind, int64_t id) RP_MUST_USE;

#endif
