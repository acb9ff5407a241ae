/*
 * fit_private - the steps of fit.c. Tested in fit_test.c.
 */
#ifndef RP_THEMES_FIT_PRIVATE_H
#define RP_THEMES_FIT_PRIVATE_H

#include "themes/corpus.h"
#include "themes/fit.h"

/* Labels of the corpus's rows to themes and scores of all rows of terms. */
void rp_fit_assign(struct rp_arena *a, const struct rp_terms *terms,
    const struct rp_fit_options *o, const struct rp_corpus *c,
    const uint32_t *labels, uint32_t k, struct rp_fit *out);

/*
 * The second level, by the leaves' centres among the rows' places. A great leaf
 * counts as a small one: which themes are near each other, not how to divide
 * the rows evenly.
 */
void rp_fit_parents(struct rp_arena *a, const struct rp_dense *places,
    const uint32_t *labels, uint32_t k, struct rp_fit *out);

/*
 * Leaves that are one: `labels` of the corpus's rows, numbered anew. Those of
 * fewer responses than `least` are dissolved (RP_NONE). Returns how many are
 * left.
 */
uint32_t rp_fit_rules(const struct rp_corpus *c, const struct rp_fit_options *o,
    uint32_t least, uint32_t k, uint32_t *labels);

#endif
