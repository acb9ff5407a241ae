/*
 * planted - rows of words with groups that a test knows. Tested in fit_test.c.
 *
 * Row i is of group i % groups. Its words are the group's own (12 of them) or,
 * one in `noise`, one of 40 that all groups have.
 */
#ifndef RP_THEMES_PLANTED_H
#define RP_THEMES_PLANTED_H

#include "themes/terms.h"

struct rp_terms rp_planted(struct rp_arena *a, uint32_t rows, uint32_t groups,
    uint32_t noise, uint64_t seed);

/* Of all pairs of rows, how many thousandths are judged as planted. */
uint32_t rp_planted_right(const uint32_t *theme, uint32_t rows,
    uint32_t groups);

#endif
