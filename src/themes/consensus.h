/*
 * consensus - one grouping of many: what most runs put together is together.
 *
 * Rows are placed by the groups that they are in (the indicator matrix of all
 * runs, reduced by its singular vectors); small cells that two runs agree on
 * are merged into a tree, its cut is where spherical k-means starts. No step
 * but the start of the subspace iteration is random.
 */
#ifndef RP_THEMES_CONSENSUS_H
#define RP_THEMES_CONSENSUS_H

#include "themes/tree.h"

/* Labels below `k`, or RP_NONE for a row without words (in every run). */
struct rp_runs {
	uint32_t n, n_runs, k;
	const uint32_t *const *labels; /* n_runs of n */
	/* Two runs of different kinds, whose cells are merged. */
	uint32_t first, second;
	struct rp_watch *watch; /* may be NULL */
};

/* Places of the rows: length 1, or zero. */
struct rp_dense rp_consensus_places(struct rp_arena *a,
    const struct rp_runs *runs, uint32_t dims, struct rp_random *r);

/* The cells and their tree; `cell` of each row, RP_NONE if it is in none. */
struct rp_tree rp_consensus_tree(struct rp_arena *a, const struct rp_runs *runs,
    const struct rp_dense *places, uint32_t *cell);

/* Into k groups: labels by row. Returns the sum of similarities to centres. */
double rp_consensus_cut(const struct rp_dense *places,
    const struct rp_tree *tree, const uint32_t *cell, uint32_t k,
    struct rp_watch *watch, uint32_t *labels);

#endif
