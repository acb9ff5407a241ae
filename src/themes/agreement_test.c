#include "themes/agreement.h"

#include "base/check.h"
#include "themes/planted.h"

#define N 600u
#define RUNS 8u
#define CELLS 24u

/*
 * Cells 0 to 23, each a quarter of one of 6 groups; runs know the groups but
 * for one row in ten; the tree merges quarters first.
 */
static void
the_planted_number_is_found(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_random r = rp_random_make(2, 0);
	uint32_t cell[N], merge_a[CELLS], merge_b[CELLS], n = 0;
	const uint32_t *labels[RUNS];
	struct rp_runs runs = { N, RUNS, 30, labels, 0, 1 };
	bool use[RUNS];
	struct rp_tree t = { CELLS, merge_a, merge_b, NULL };

	for (uint32_t i = 0; i < N; i++)
		cell[i] = i % CELLS; /* its group: cell % 6 */
	for (uint32_t j = 0; j < RUNS; j++) {
		uint32_t *l = rp_new_n(a, uint32_t, N);

		for (uint32_t i = 0; i < N; i++)
			l[i] = rp_random_below(&r, 10) > 0 ?
				   cell[i] % 6 :
				   rp_random_below(&r, 30);
		labels[j] = l;
		use[j] = j > 0;
	}
	for (uint32_t i = CELLS - 1; i > 0; i--, n++) {
		merge_a[n] = i >= 6 ? i % 6 : 0;
		merge_b[n] = i;
	}
	RP_CHECK(rp_agreement_best(&runs, use, &t, cell, 2, 20) == 6);
	/* In the limits that are given. */
	RP_CHECK(rp_agreement_best(&runs, use, &t, cell, 2, 4) == 4);
	RP_CHECK(rp_agreement_best(&runs, use, &t, cell, 9, 20) >= 9);
	RP_CHECK(rp_agreement_best(&runs, use, &t, cell, 40, 50) == CELLS);
}

RP_CHECK_MAIN({ "the planted number is found", the_planted_number_is_found })
