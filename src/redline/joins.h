/*
 * joins - blocks that were split, and blocks that were put together.
 *
 * A split: of an old block, what its pair does not have stands in new blocks
 * beside the pair, in order. For each block without a pair within RP_JOINS_NEAR
 * of the pair, with nothing paired in between, the longest common row of the
 * old block and of the pieces together is looked at: the block is a piece if at
 * least RP_JOINS_COVERED of its weight comes out of the old block so, and
 * if the row grew by that. Where the old block has no pair either, two
 * neighbours that cover it are looked for. A merge is the same the other way
 * round. It is the order that tells them from blocks which only use the same
 * words.
 *
 * The pair of the old block becomes its first piece; the others say in
 * split_of, or merged_into, where they belong. Tested in pairing_test.c.
 */
#ifndef RP_REDLINE_JOINS_H
#define RP_REDLINE_JOINS_H

#include "redline/pairing.h"

#define RP_JOINS_NEAR 8
#define RP_JOINS_COVERED 0.7F
#define RP_JOINS_WORDS 3 /* fewer are no piece */

void rp_find_joins(struct rp_arena *a, struct rp_proses *p,
    struct rp_pairing *pair);

#endif
