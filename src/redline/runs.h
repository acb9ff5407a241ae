/*
 * runs - what was kept, inserted and deleted in a text, as an edit script says
 * it.
 *
 * A strand is the text of one block, or of several that belong together because
 * they were split or merged. Words are compared (wdiff.h); between two words
 * that were kept, white space that is the same octets is kept too, so that an
 * EQUAL run is always the same octets on both sides and the runs give both
 * texts exactly. Where Chinese or Japanese was replaced by such, it is compared
 * again character by character.
 *
 * A deletion stands before the insertion at the same place. Tested in
 * compare_test.c.
 */
#ifndef RP_REDLINE_RUNS_H
#define RP_REDLINE_RUNS_H

#include "redline/prose.h"
#include "redline/script.h"

struct rp_strand {
	uint32_t *block; /* what the runs name: blocks, or notes */
	uint32_t *start; /* octets of `text`; start[n] is its end */
	size_t n;
	rp_text text;
	struct rp_units units;
};

/* The strand of prose[0 .. n), named block[0 .. n), in ascending order. */
struct rp_strand rp_strand_of(struct rp_arena *a,
    const struct rp_prose *const *prose, const uint32_t *block, size_t n);

/* out[0 .. now->n) gets the runs of each new block. */
void rp_runs_of(struct rp_arena *a, const struct rp_vocabulary *voc,
    const struct rp_strand *old, const struct rp_strand *now,
    struct rp_script_runs *out);

#endif
