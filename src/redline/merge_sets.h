/*
 * merge_sets - one intention in several places, found.
 *
 * Who writes "should" for "shall" in five provisions, adds the same words to
 * all of them, takes them out of all, or puts the same provision into several
 * places, means one thing: these changes become one set (merge.h), to be
 * decided together. They are of the same parties, word for word: the same
 * octets go and the same come, but for white space at the ends. Alternatives in
 * brackets count as well as what is undisputed.
 *
 * What may be an accident is no intention: a change of case or of punctuation
 * alone, and what is shorter than RP_MERGE_SET_LETTERS octets of letters and
 * digits (both sides together) and has no two words.
 * Tested in merge_sets_test.c.
 */
#ifndef RP_REDLINE_MERGE_SETS_H
#define RP_REDLINE_MERGE_SETS_H

#include "redline/merge.h"

#define RP_MERGE_SET_LETTERS 6

struct rp_err *rp_merge_find_sets(struct rp_arena *a,
    struct rp_consolidated *c) RP_MUST_USE;

/* How many sets there are with more than one change. */
uint32_t rp_merge_count_sets(struct rp_arena *a,
    const struct rp_consolidated *c);

#endif
