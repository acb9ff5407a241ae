#include "themes/consensus.h"

#include <stdlib.h>
#include <string.h>

#include "themes/kmeans.h"
#include "themes/result.h"

#define CELLS_MAX 800u
#define ROUNDS 8

struct rp_dense
rp_consensus_places(struct rp_arena *a, const struct rp_runs *runs,
    uint32_t dims, struct rp_random *r)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	size_t max = (size_t)runs->n * runs->n_runs + 1;
	uint32_t *start = rp_new_n(tmp, uint32_t, runs->n + 1), nz = 0;
	uint32_t *col = rp_new_n(tmp, uint32_t, max);
	float *v = rp_new_n(tmp, float, max);
	double *values = rp_new_n(tmp, double, dims);
	struct rp_sparse x = { .n = runs->n,
		.m = runs->n_runs * runs->k,
		.start = start,
		.col = col,
		.v = v };
	struct rp_dense basis, out;

	for (uint32_t i = 0; i < runs->n; i++) {
		for (uint32_t j = 0; j < runs->n_runs; j++)
			if (runs->labels[j][i] != RP_NONE) {
				col[nz] = j * runs->k + runs->labels[j][i];
				v[nz++] = 1;
			}
		start[i + 1] = nz;
	}
	basis = rp_num_svd(tmp, &x, dims, r, runs->watch, values);
	out = rp_num_product(a, &x, &basis);
	for (uint32_t i = 0; i < out.n; i++)
		rp_num_normalise(rp_dense_row(&out, i), out.stride);
	return out;
}

struct cell {
	uint64_t pair;
	uint32_t rows, number;
};

static int
by_pair(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return a < b ? -1 : a > b;
}

/* The most rows first, then the lower pair. */
static int
by_rows(const void *x, const void *y)
{
	const struct cell *a = x, *b = y;

	if (a->rows != b->rows)
		return a->rows > b->rows ? -1 : 1;
	return a->pair < b->pair ? -1 : a->pair > b->pair;
}

static int
cell_by_pair(const void *x, const void *y)
{
	const struct cell *a = x, *b = y;

	return a->pair < b->pair ? -1 : a->pair > b->pair;
}

static uint64_t
pair_of(const struct rp_runs *runs, uint32_t i)
{
	uint32_t p = runs->labels[runs->first][i];
	uint32_t q = runs->labels[runs->second][i];

	return p == RP_NONE || q == RP_NONE ? UINT64_MAX :
					      (uint64_t)p * runs->k + q;
}

/* The greatest cells, sorted by pair. */
static struct cell *
find_cells(struct rp_arena *a, const struct rp_runs *runs, uint32_t *n)
{
	uint64_t *pairs = rp_new_n(a, uint64_t, runs->n + 1);
	struct cell *cells = rp_new_n(a, struct cell, runs->n + 1);
	uint32_t k = 0;

	for (uint32_t i = 0; i < runs->n; i++)
		pairs[i] = pair_of(runs, i);
	qsort(pairs, runs->n, sizeof(*pairs), by_pair);
	for (uint32_t i = 0; i < runs->n && pairs[i] != UINT64_MAX; i++) {
		if (k == 0 || cells[k - 1].pair != pairs[i])
			cells[k++].pair = pairs[i];
		cells[k - 1].rows++;
	}
	qsort(cells, k, sizeof(*cells), by_rows);
	*n = k < CELLS_MAX ? k : CELLS_MAX;
	qsort(cells, *n, sizeof(*cells), cell_by_pair);
	for (uint32_t i = 0; i < *n; i++)
		cells[i].number = i;
	return cells;
}

struct rp_tree
rp_consensus_tree(struct rp_arena *a, const struct rp_runs *runs,
    const struct rp_dense *places, uint32_t *cell)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	uint32_t n;
	struct cell *cells = find_cells(tmp, runs, &n), key = { 0 };
	struct rp_dense sums = rp_dense_new(tmp, n, places->d);

	for (uint32_t i = 0; i < runs->n; i++) {
		const struct cell *c;

		key.pair = pair_of(runs, i);
		c = bsearch(&key, cells, n, sizeof(key), cell_by_pair);
		cell[i] = c != NULL ? c->number : RP_NONE;
		if (c != NULL)
			rp_num_axpy(rp_dense_row(&sums, c->number), 1,
			    rp_dense_row(places, i), sums.stride);
	}
	return rp_tree_make(a, &sums);
}

double
rp_consensus_cut(const struct rp_dense *places, const struct rp_tree *tree,
    const uint32_t *cell, uint32_t k, struct rp_watch *watch, uint32_t *labels)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	uint32_t *group = rp_new_n(tmp, uint32_t, tree->n + 1);
	const struct rp_kmeans how = { k, ROUNDS, watch };

	rp_tree_cut(tree, k, group);
	for (uint32_t i = 0; i < places->n; i++)
		labels[i] = cell[i] == RP_NONE ? RP_NONE : group[cell[i]];
	return rp_kmeans_from(places, &how, labels);
}
