/*
 * moves - blocks that stand at another place.
 *
 * Among the blocks that have no pair: equal keys first, where there are several
 * the one whose neighbour is paired with the neighbour; then pairs by
 * similarity of at least RP_MOVES_SIMILAR, the most similar first. Only blocks
 * of RP_ALIGN_MOVE_WORDS words can be found so. Candidates are found by the
 * rarest units they share, so the time grows with what is left over and not
 * with its square.
 *
 * A pair found in order that is hardly similar gives way to a move that is by
 * RP_MOVES_BETTER more so: the block did not become that one, it went away.
 *
 * Runs: the neighbours of a moved block moved with it if they are equal, or
 * similar, however short they are. Last, a block that is alone between two
 * pairs, on both sides, is paired if RP_MOVES_CONTAINED of the lighter one is
 * in the other. Tested in pairing_test.c.
 */
#ifndef RP_REDLINE_MOVES_H
#define RP_REDLINE_MOVES_H

#include "redline/pairing.h"

#define RP_MOVES_SIMILAR 0.55F
#define RP_MOVES_WEAK 0.8F
#define RP_MOVES_BETTER 0.15F
#define RP_MOVES_CONTAINED 0.6F
/* Rarest units looked at for each block, and blocks looked at for each unit. */
#define RP_MOVES_RARE 8
#define RP_MOVES_POSTINGS 48

void rp_find_moves(struct rp_arena *a, struct rp_proses *p,
    struct rp_pairing *pair);

#endif
