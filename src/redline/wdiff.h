/*
 * wdiff - the longest common subsequence of two rows of ids.
 *
 * E. W. Myers, "An O(ND) Difference Algorithm and Its Variations",
 * Algorithmica 1 (1986), in its linear-space form: time by the length times the
 * number of differences, memory by the length. Past RP_WDIFF_EFFORT differences
 * in one box the furthest point reached cuts the box instead: the result is
 * then common, and in order, but maybe not the longest.
 *
 * rp_wdiff_tidy() makes of the shortest answer one that reads well: a change
 * that could as well stand a few units further on stands at a bound of a
 * phrase; and where most of a sentence changed, the odd short words that both
 * sentences happen to share are no longer said to be kept.
 */
#ifndef RP_REDLINE_WDIFF_H
#define RP_REDLINE_WDIFF_H

#include "base/vec.h"
#include "redline/units.h"

#define RP_WDIFF_EFFORT 1024
/* For texts so long that this times the units is more than RP_WDIFF_COST, it is
 * less, down to a minimum. */
#define RP_WDIFF_EFFORT_MIN 32
#define RP_WDIFF_COST ((size_t)1 << 23)
/* Tidying: equal units fewer than this, each of at most that many octets,
 * between changes of a sentence changed by so much, are joined. */
#define RP_WDIFF_JOIN_UNITS 3
#define RP_WDIFF_JOIN_OCTETS 4
#define RP_WDIFF_JOIN_PERCENT 60

/* x[x .. x + n) is y[y .. y + n). Spans are in order and never touch. */
struct rp_wdiff_span {
	uint32_t x, y, n;
};
struct rp_wdiff_spans RP_VEC(struct rp_wdiff_span);

struct rp_wdiff_spans rp_wdiff(struct rp_arena *a, const uint32_t *x,
    size_t n_x, const uint32_t *y, size_t n_y);

void rp_wdiff_tidy(struct rp_arena *a, struct rp_wdiff_spans *spans,
    const struct rp_vocabulary *voc, const uint32_t *x, size_t n_x,
    const uint32_t *y, size_t n_y);

/* The ids of units, for the functions above. */
uint32_t *rp_units_ids(struct rp_arena *a, struct rp_units u);

#endif
