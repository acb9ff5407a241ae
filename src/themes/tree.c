#include "themes/tree.h"

#include <string.h>

#include "base/err.h"
#include "themes/kernel.h"
#include "themes/result.h"

struct state {
	struct rp_dense sum;
	double *length; /* |S|; negative: merged away */
	uint32_t *near; /* of the groups after it, the one to merge with */
	double *cost;   /* of that */
};

static double
loss(const struct state *z, uint32_t i, uint32_t j)
{
	double dot = (double)rp_kernel_dot(rp_dense_row(&z->sum, i),
	    rp_dense_row(&z->sum, j), z->sum.stride);
	double s =
	    z->length[i] * z->length[i] + z->length[j] * z->length[j] + 2 * dot;

	return z->length[i] + z->length[j] - (s > 0 ? rp_num_sqrt(s) : 0);
}

static void
find_near(struct state *z, uint32_t i)
{
	z->near[i] = RP_NONE;
	for (uint32_t j = i + 1; j < z->sum.n; j++) {
		double c;

		if (z->length[j] < 0)
			continue;
		c = loss(z, i, j);
		if (z->near[i] == RP_NONE || c < z->cost[i]) {
			z->near[i] = j;
			z->cost[i] = c;
		}
	}
}

/* `j` went into `i`: who had one of them as the nearest looks again. */
static void
update(struct state *z, uint32_t i, uint32_t j)
{
	for (uint32_t k = 0; k < j; k++) {
		double c;

		if (z->length[k] < 0)
			continue;
		if (k == i || z->near[k] == i || z->near[k] == j) {
			find_near(z, k);
		} else if (k < i) {
			c = loss(z, k, i);
			if (z->near[k] == RP_NONE || c < z->cost[k]) {
				z->near[k] = i;
				z->cost[k] = c;
			}
		}
	}
}

static void
measure(struct state *z, uint32_t i)
{
	const float *s = rp_dense_row(&z->sum, i);

	z->length[i] = rp_num_sqrt(rp_num_dot(s, s, z->sum.stride));
}

struct rp_tree
rp_tree_make(struct rp_arena *a, const struct rp_dense *sums)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	uint32_t n = sums->n, *ma = rp_new_n(a, uint32_t, n + 1);
	uint32_t *mb = rp_new_n(a, uint32_t, n + 1);
	double *lost = rp_new_n(a, double, n + 1);
	struct state z = { .sum = rp_dense_new(tmp, n, sums->d) };

	RP_ASSERT(n <= RP_TREE_MAX);
	z.length = rp_new_n(tmp, double, n + 1);
	z.near = rp_new_n(tmp, uint32_t, n + 1);
	z.cost = rp_new_n(tmp, double, n + 1);
	memcpy(z.sum.v, sums->v, (size_t)n * sums->stride * sizeof(float));
	for (uint32_t i = 0; i < n; i++)
		measure(&z, i);
	for (uint32_t i = 0; i < n; i++)
		find_near(&z, i);
	for (uint32_t m = 0; m + 1 < n; m++) {
		uint32_t best = RP_NONE, j;

		for (uint32_t i = 0; i < n; i++)
			if (z.length[i] >= 0 && z.near[i] != RP_NONE &&
			    (best == RP_NONE || z.cost[i] < z.cost[best]))
				best = i;
		j = z.near[best];
		ma[m] = best;
		mb[m] = j;
		lost[m] = z.cost[best];
		rp_num_axpy(rp_dense_row(&z.sum, best), 1,
		    rp_dense_row(&z.sum, j), z.sum.stride);
		measure(&z, best);
		z.length[j] = -1;
		update(&z, best, j);
	}
	return (struct rp_tree){ .n = n, .a = ma, .b = mb, .loss = lost };
}

void
rp_tree_cut(const struct rp_tree *t, uint32_t k, uint32_t *group)
{
	uint32_t next = 0;

	for (uint32_t i = 0; i < t->n; i++)
		group[i] = i;
	for (uint32_t m = 0; m + k < t->n; m++)
		group[t->b[m]] = t->a[m];
	/* A group points to one before it, so one pass resolves them all. */
	for (uint32_t i = 0; i < t->n; i++)
		group[i] = group[i] == i ? next++ : group[group[i]];
}
