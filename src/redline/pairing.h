/*
 * pairing - which blocks of two documents are the same ones.
 *
 * First in order (align.h): blocks of the body, where a table is one item; the
 * rows of two tables that are the same; their cells; the blocks in these. Where
 * at least RP_PAIRING_IDS_PERCENT of the blocks have an id that the other side
 * has too, both versions came from one editor: equal ids are then the same
 * block, whatever its text, unless nothing of the text is left.
 *
 * Then splits and merges (joins.h), then moves (moves.h). What is moved is told
 * at the end and from all pairs: the increasing row of the greatest weight is
 * what stayed, the other pairs moved. Blocks in tables never move.
 */
#ifndef RP_REDLINE_PAIRING_H
#define RP_REDLINE_PAIRING_H

#include "redline/prose.h"

#define RP_PAIRING_IDS_PERCENT 80
/* The least similarity of two blocks with one id. */
#define RP_PAIRING_ID_SIMILAR 0.25F

#define RP_NO_PAIR UINT32_MAX

struct rp_pairing {
	struct rp_side old, now;
	/* RP_NO_PAIR: none. now_of[old_of[j]] is j. */
	uint32_t *now_of, *old_of;
	uint32_t *merged_into; /* of an old block without a pair: a new one */
	uint32_t *split_of;    /* of a new block without a pair: an old one */
	/* The block, or its pair, has pieces: the pair stays as it is. */
	bool *old_joined, *now_joined;
	bool *moved; /* by new block */
	/* Keys with those of ids in their place, where ids were used. */
	uint64_t *old_key, *now_key;
};

void rp_pair(struct rp_arena *a, struct rp_proses *p, struct rp_pairing *pair);

/* True if a block stands in a table. */
bool rp_pairing_in_table(const struct rp_side *s, uint32_t block);

#endif
