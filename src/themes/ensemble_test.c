#include "themes/ensemble.h"

#include "base/check.h"
#include "themes/planted.h"

#define N 250u

static void
a_run_depends_on_its_number_alone(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_terms t = rp_planted(a, N, 5, 3, 1);
	uint32_t rows[N], forth[72][N], back[N], mixtures = 0;
	struct rp_ensemble e = rp_ensemble_plan(N, 5, 42);
	struct rp_corpus c;
	struct rp_views v, w;

	for (uint32_t i = 0; i < N; i++)
		rows[i] = i;
	c = rp_corpus_make(a, &t, rows, N);
	v = (struct rp_views){ .arena = a, .corpus = &c };
	w = v;
	RP_CHECK(e.n_runs > 72 && e.k == 5);
	for (uint32_t i = 0; i < 72; i++) {
		rp_ensemble_run(&e, &v, i, forth[i]);
		mixtures += rp_ensemble_is_mixture(i);
	}
	RP_CHECK(mixtures == 58); /* 29 of each 36 */
	for (uint32_t i = 72; i > 0; i--) {
		rp_ensemble_run(&e, &w, i - 1, back);
		RP_CHECK(memcmp(back, forth[i - 1], sizeof(back)) == 0);
	}
	RP_CHECK(memcmp(forth[10], forth[11], sizeof(back)) != 0);
}

static void
plans_follow_the_size(void)
{
	RP_CHECK(rp_ensemble_plan(100, 0, 1).k == RP_ENSEMBLE_K_LEAST);
	RP_CHECK(rp_ensemble_plan(10000, 0, 1).k == 125);
	RP_CHECK(rp_ensemble_plan(50000, 0, 1).k == RP_ENSEMBLE_K_MOST);
	RP_CHECK(rp_ensemble_plan(50000, 9, 1).k == 9);
	RP_CHECK(rp_ensemble_plan(10000, 0, 1).n_runs == 36);
	RP_CHECK(rp_ensemble_plan(500, 0, 1).n_runs == 4 * 36);
}

RP_CHECK_MAIN({ "a run depends on its number alone",
		  a_run_depends_on_its_number_alone },
    { "plans follow the size", plans_follow_the_size })
