#include "themes/consensus.h"

#include "base/check.h"
#include "themes/planted.h"

#define N 500u
#define RUNS 9u

/* Runs that are each wrong in one row of three: together they are right. */
static void
many_poor_runs_make_a_good_one(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_random r = rp_random_make(2, 0);
	const uint32_t *labels[RUNS];
	struct rp_runs runs = { N, RUNS, 8, labels, 0, 1 };
	uint32_t cell[N], out[N], again[N];
	struct rp_dense places;
	struct rp_tree tree;

	for (uint32_t j = 0; j < RUNS; j++) {
		uint32_t *l = rp_new_n(a, uint32_t, N);

		for (uint32_t i = 0; i < N; i++)
			l[i] = rp_random_below(&r, 3) > 0 ?
				   (i % 8 + j) % 8 :
				   rp_random_below(&r, 8);
		l[11] = RP_NONE;
		RP_CHECK(rp_planted_right(l, N, 8) < 930);
		labels[j] = l;
	}
	r = rp_random_make(1, 0);
	places = rp_consensus_places(a, &runs, 18, &r);
	tree = rp_consensus_tree(a, &runs, &places, cell);
	rp_consensus_cut(&places, &tree, cell, 8, NULL, out);
	RP_CHECK(out[11] == RP_NONE && cell[11] == RP_NONE);
	RP_CHECK(rp_planted_right(out, N, 8) > 985);
	r = rp_random_make(1, 0);
	places = rp_consensus_places(a, &runs, 18, &r);
	tree = rp_consensus_tree(a, &runs, &places, cell);
	rp_consensus_cut(&places, &tree, cell, 8, NULL, again);
	RP_CHECK(memcmp(out, again, sizeof(out)) == 0);
}

RP_CHECK_MAIN(
    { "many poor runs make a good one", many_poor_runs_make_a_good_one })
