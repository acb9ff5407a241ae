/*
 * merge_cases - random amendments to random texts, and what must hold of them.
 *
 * A case is a base of up to 24 paragraphs in a small vocabulary, so that much
 * of it is alike, and 2 to 12 parties that keep, edit, delete, double, move,
 * split and add paragraphs; some edits and objections are the same for
 * several parties. Of the consolidated text: each party's projection is its
 * text, nobody's is the base, brackets balance and never nest, and with the
 * amendments in another order the changes are the same, with the same
 * sponsors. Tested in merge_test.c.
 */
#ifndef RP_REDLINE_MERGE_CASES_H
#define RP_REDLINE_MERGE_CASES_H

#include "base/str.h"

struct rp_words;

/* Cases [from, from + n); how many of them hold, and the first that does not.
 */
uint32_t rp_merge_cases(struct rp_words *w, uint32_t from, uint32_t n,
    uint32_t *failed);

#endif
