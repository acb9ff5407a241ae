#include "themes/kmeans.h"

#include "base/check.h"
#include "themes/planted.h"

#define N 300u

/* Row i near axis i % 5, one row of zeros at the end. */
static struct rp_dense
rows(struct rp_arena *a)
{
	struct rp_dense x = rp_dense_new(a, N + 1, 5);
	struct rp_random r = rp_random_make(3, 0);

	for (uint32_t i = 0; i < N; i++) {
		float *v = rp_dense_row(&x, i);

		for (uint32_t j = 0; j < 5; j++)
			v[j] = (float)(rp_random_unit(&r) - 0.5) * 0.6F;
		v[i % 5] += 1;
		rp_num_normalise(v, 5);
	}
	return x;
}

static void
dense_rows_to_their_axis(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_dense x = rows(a);
	uint32_t labels[N + 1];
	double best = 0, sum;

	/* k-means may stop early; the best of a few does not. */
	for (uint64_t seed = 0; seed < 6; seed++) {
		struct rp_random r = rp_random_make(seed, 0);
		uint32_t l[N + 1];

		sum = rp_kmeans(&x, NULL,
		    &(struct rp_kmeans){ 5, RP_KMEANS_ROUNDS, NULL }, &r, l);
		if (sum > best) {
			best = sum;
			memcpy(labels, l, sizeof(labels));
		}
	}
	RP_CHECK(rp_planted_right(labels, N, 5) > 990);
	RP_CHECK(labels[N] == UINT32_MAX);
}

static void
from_a_rough_grouping(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_dense x = rows(a);
	uint32_t labels[N + 1];

	for (uint32_t i = 0; i <= N; i++)
		labels[i] = i < 50 ? i % 5 : UINT32_MAX;
	labels[3] = 1;
	rp_kmeans_from(&x, &(struct rp_kmeans){ 5, RP_KMEANS_ROUNDS, NULL },
	    labels);
	RP_CHECK(rp_planted_right(labels, N, 5) > 990);
	RP_CHECK(labels[3] == 3 && labels[N] == UINT32_MAX);
}

static void
sparse_rows_are_as_dense_ones(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_dense x = rows(a);
	uint32_t start[N + 2] = { 0 }, col[5 * N], n = 0, dense[N + 1];
	uint32_t sparse[N + 1];
	float v[5 * N];
	struct rp_random r = rp_random_make(9, 0), s = r;
	struct rp_sparse y = { N + 1, 5, start, col, v };

	for (uint32_t i = 0; i <= N; i++) {
		for (uint32_t j = 0; i < N && j < 5; j++) {
			col[n] = j;
			v[n++] = rp_dense_row(&x, i)[j];
		}
		start[i + 1] = n;
	}
	rp_kmeans(&x, NULL, &(struct rp_kmeans){ 5, RP_KMEANS_ROUNDS, NULL },
	    &r, dense);
	rp_kmeans(NULL, &y, &(struct rp_kmeans){ 5, RP_KMEANS_ROUNDS, NULL },
	    &s, sparse);
	RP_CHECK(memcmp(dense, sparse, sizeof(dense)) == 0);
}

static void
more_groups_than_rows(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_dense x = rp_dense_new(a, 2, 1);
	struct rp_random r = rp_random_make(9, 0);
	uint32_t labels[2];

	rp_dense_row(&x, 0)[0] = 1;
	rp_dense_row(&x, 1)[0] = -1;
	rp_kmeans(&x, NULL, &(struct rp_kmeans){ 7, RP_KMEANS_ROUNDS, NULL },
	    &r, labels);
	RP_CHECK(labels[0] < 7 && labels[1] < 7 && labels[0] != labels[1]);
}

RP_CHECK_MAIN({ "dense rows to their axis", dense_rows_to_their_axis },
    { "from a rough grouping", from_a_rough_grouping },
    { "sparse rows are as dense ones", sparse_rows_are_as_dense_ones },
    { "more groups than rows", more_groups_than_rows })
