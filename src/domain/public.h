/*
 * public - the version of what the public sees.
 *
 * Grows in the transaction that changes a public page: a text, a date, a
 * response published or withdrawn. Caches of pages go by it, so submissions,
 * which change nothing public, leave them alone.
 */
#ifndef RP_DOMAIN_PUBLIC_H
#define RP_DOMAIN_PUBLIC_H

#include <stdint.h>

#include "base/attr.h"

struct rp_actor;
struct rp_err;
struct rp_tx;

struct rp_err *rp_public_version(const struct rp_actor *who, struct rp_tx *tx,
    int64_t *out) RP_MUST_USE;

/* Called by the domain's own functions, after the right was checked. */
struct rp_err *rp_public_touch(const struct rp_actor *who,
    struct rp_tx *tx) RP_MUST_USE;

#endif
