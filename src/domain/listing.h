/*
 * listing - what the public finds: the row that lists, counts and search read.
 *
 * One row per published response, written in the transaction that publishes it
 * and taken away in the one that withdraws it, with the counts by category,
 * country, region, language and day, and the public version. Search entries are
 * written by the worker afterwards, from tasks.
 */
#ifndef RP_DOMAIN_LISTING_H
#define RP_DOMAIN_LISTING_H

#include <stdint.h>

#include "base/attr.h"

struct rp_actor;
struct rp_err;
struct rp_tx;

/*
 * List (or list anew) a response by its public revision. For the domain's own
 * modules, after the right was checked.
 */
struct rp_err *rp_listing_put(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id) RP_MUST_USE;

struct rp_err *rp_listing_remove(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id) RP_MUST_USE;

#endif
