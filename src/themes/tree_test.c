#include "themes/tree.h"

#include "base/check.h"

/* Two near x, two near y, one apart. */
static struct rp_dense
five(struct rp_arena *a)
{
	static const float v[5][3] = { { 1, 0, 0 }, { 0, 1, 0 },
		{ 0.99F, 0.14F, 0 }, { 0.14F, 0.99F, 0 }, { 0, 0, 1 } };
	struct rp_dense x = rp_dense_new(a, 5, 3);

	for (uint32_t i = 0; i < 5; i++)
		memcpy(rp_dense_row(&x, i), v[i], sizeof(v[i]));
	return x;
}

static void
what_is_near_goes_together(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_dense x = five(a);
	struct rp_tree t = rp_tree_make(a, &x);
	static const uint32_t three[] = { 0, 1, 0, 1, 2 };
	uint32_t g[5];

	rp_tree_cut(&t, 3, g);
	RP_CHECK(memcmp(g, three, sizeof(g)) == 0);
	rp_tree_cut(&t, 2, g); /* one row costs less to serve badly than two */
	RP_CHECK(g[4] == g[0] || g[4] == g[1]);
	RP_CHECK(g[0] != g[1] && g[0] == g[2] && g[1] == g[3]);
	rp_tree_cut(&t, 1, g);
	RP_CHECK(g[4] == 0);
	rp_tree_cut(&t, 5, g);
	RP_CHECK(g[4] == 4);
	RP_CHECK(t.loss[0] <= t.loss[1] && t.loss[1] < t.loss[2]);
}

/* Against the merges found by looking at all pairs each time. */
static void
the_least_loss_is_merged_each_time(void)
{
	enum { N = 60, D = 8 };
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_random r = rp_random_make(4, 0);
	struct rp_dense x = rp_dense_new(a, N, D);
	struct rp_tree t;
	bool gone[N] = { 0 };

	for (uint32_t i = 0; i < N; i++)
		for (uint32_t j = 0; j < D; j++)
			rp_dense_row(&x, i)[j] = (float)rp_random_unit(&r);
	t = rp_tree_make(a, &x);
	for (uint32_t m = 0; m + 1 < N; m++) {
		double least = 1e9;

		for (uint32_t i = 0; i < N; i++)
			for (uint32_t j = i + 1; j < N; j++) {
				const float *p = rp_dense_row(&x, i);
				const float *q = rp_dense_row(&x, j);
				double pp = rp_num_dot(p, p, D), c;
				double qq = rp_num_dot(q, q, D);

				if (gone[i] || gone[j])
					continue;
				c = rp_num_sqrt(pp) + rp_num_sqrt(qq) -
				    rp_num_sqrt(
					pp + qq + 2 * rp_num_dot(p, q, D));
				least = c < least ? c : least;
			}
		RP_CHECK(t.loss[m] < least + 1e-4);
		RP_CHECK(t.a[m] < t.b[m] && !gone[t.b[m]]);
		rp_num_axpy(rp_dense_row(&x, t.a[m]), 1,
		    rp_dense_row(&x, t.b[m]), D);
		gone[t.b[m]] = true;
	}
}

static void
none_and_one(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_dense x = rp_dense_new(a, 1, 3);
	struct rp_tree t = rp_tree_make(a, &x);
	uint32_t g = 9;

	rp_tree_cut(&t, 1, &g);
	RP_CHECK(g == 0);
	x.n = 0;
	t = rp_tree_make(a, &x);
	RP_CHECK(t.n == 0);
}

RP_CHECK_MAIN({ "what is near goes together", what_is_near_goes_together },
    { "the least loss is merged each time",
	the_least_loss_is_merged_each_time },
    { "none and one", none_and_one })
