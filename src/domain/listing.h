/*
 * listing - what the public finds: the row that lists, counts and search read.
 *
 * One row per published response, written in the transaction that publishes it
 * and taken away in the one that withdraws it, with the counts by category,
 * country, region, language and day, and the public version. Search entries are
 * written by the worker afterwards, from tasks. A row holds what the public may
 * read: no name where there is none, marks where something was redacted.
 *
 * A response that is authorised in aggregate only has no row: it is counted,
 * all but among first-time respondents, and that is all.
 */
#ifndef RP_DOMAIN_LISTING_H
#define RP_DOMAIN_LISTING_H

#include <stdint.h>

#include "base/str.h"

struct rp_actor;
struct rp_err;
struct rp_tx;

/*
 * List (or list anew) a response by its public revision. One that was public
 * with another revision, or with other words, is removed first: counts are
 * taken back by what was counted. For the domain's own modules, after the right
 * was checked.
 */
struct rp_err *rp_listing_put(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id) RP_MUST_USE;

/*
 * Called while the revision that is public still is. Does nothing a second
 * time, except for one that is counted only. For the domain's own modules,
 * after the right was checked.
 */
struct rp_err *rp_listing_remove(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id) RP_MUST_USE;

/* The value under which the tally counts what a list with these filters shows
 * (dimension "list"); an empty filter is none. */
rp_text rp_listing_count_key(struct rp_arena *a, rp_text category,
    rp_text country, rp_text lang);

#endif
