/*
 * tree - groups merged two by two, what is most alike first.
 *
 * A group is the sum S of its rows, each of length 1; |S| says how well one
 * direction serves them all, and merging a and b loses |Sa| + |Sb| - |Sa + Sb|
 * (Ward's rule for directions). The pair that loses least is merged, ties by
 * the lower number.
 */
#ifndef RP_THEMES_TREE_H
#define RP_THEMES_TREE_H

#include "themes/numeric.h"

#define RP_TREE_MAX 4096 /* groups; the cost is their square */

struct rp_tree {
	uint32_t n;
	const uint32_t *a, *b; /* n - 1 merges: b goes into a, a < b */
	const double *loss;
};

/* Of the rows of `sums`, which is not changed. */
struct rp_tree rp_tree_make(struct rp_arena *a, const struct rp_dense *sums);

/* When `k` groups are left: the group of each, numbered in order. */
void rp_tree_cut(const struct rp_tree *t, uint32_t k, uint32_t *group);

#endif
