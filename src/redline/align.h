/*
 * align - which item of one row is which of another, in order.
 *
 * Items are blocks, tables, rows or cells: whatever has a key, a bag and a
 * weight (prose.h). The answer never crosses: what moved is left over, for
 * moves.h.
 *
 * In a range: equal keys at its start and end; then keys that occur once on
 * each side, of which the increasing row of the greatest weight is kept
 * (patience, with LIS weighted by units), and the same again between these. In
 * what is left, Needleman-Wunsch by similarity (rp_similarity() of at least
 * RP_ALIGN_SIMILAR); a key that is repeated is so resolved by its neighbours.
 * Where a range is larger than RP_ALIGN_CELLS, passages of RP_ALIGN_SHINGLE
 * units that occur once on each side cut it first, and the table is computed in
 * a band around the diagonal only: memory and time stay linear in the number of
 * items.
 *
 * Pairs of the same key that occurs once on each side but cross the kept row
 * are not used for other pairs if they are long enough to be a move.
 */
#ifndef RP_REDLINE_ALIGN_H
#define RP_REDLINE_ALIGN_H

#include "redline/prose.h"

#define RP_ALIGN_SIMILAR 0.5F
#define RP_ALIGN_CELLS ((size_t)1 << 16)
#define RP_ALIGN_BAND 64
#define RP_ALIGN_SHINGLE 4
#define RP_ALIGN_MOVE_WORDS 4 /* fewer say too little to be a move */

#define RP_NO_ITEM UINT32_MAX

struct rp_item {
	uint64_t key; /* 0: nothing to see in it */
	/* Of several blocks: the key of the first, which names a row. Items
	 * with one head are similar enough. 0: none. */
	uint64_t head;
	const struct rp_bag *bag;
	const struct rp_prose *prose; /* NULL where it is several blocks */
	uint32_t weight;              /* units */
	bool taken;                   /* is not to be paired here */
};

struct rp_items {
	struct rp_item *v;
	size_t n;
};

/* match[i] becomes the item of `y` that is item i of `x`, or RP_NO_ITEM. */
void rp_align(struct rp_arena *a, const struct rp_proses *p, struct rp_items x,
    struct rp_items y, uint32_t *match);

#endif
