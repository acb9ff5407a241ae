/*
 * day - days of the calendar, "YYYY-MM-DD", in a group's zone.
 *
 * Tested by everything that has a due day; its own rules in day_test.c.
 */
#ifndef RP_DOMAIN_DAY_H
#define RP_DOMAIN_DAY_H

#include "domain/actor.h"

#define RP_DAY_OCTETS 10
#define RP_DAY_TYPED_MAX 40 /* octets that are read of a field */

/* The same day `years` on; the 29th of February becomes the 28th. */
rp_text rp_day_plus_years(struct rp_arena *a, rp_text day, int years);

/* The day that it is at `at` in the zone of a group. RP_E_NOTFOUND. */
struct rp_err *rp_day_at(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, int64_t at, rp_text *out) RP_MUST_USE;

#endif
