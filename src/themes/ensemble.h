/*
 * ensemble - many groupings of one corpus, by methods that err differently.
 *
 * Of each 36 runs, 29 are Dirichlet mixtures (mixture.h), 4 are spherical
 * k-means on the words' neighbours (corpus.h), 2 on latent semantics, 1 on
 * tf-idf; small corpora, whose runs cost nothing and differ more, have them
 * several times. More mixtures than others because they are the best alone and
 * the cheapest; the others are there for texts that are no such mixture.
 *
 * A run depends on the corpus, the plan and its number alone, so that several
 * processes may divide the runs in any way.
 */
#ifndef RP_THEMES_ENSEMBLE_H
#define RP_THEMES_ENSEMBLE_H

#include <stdbool.h>

#include "themes/consensus.h"
#include "themes/corpus.h"

#define RP_ENSEMBLE_K_LEAST 20 /* groups that mixtures begin with */
#define RP_ENSEMBLE_K_MOST 200

struct rp_ensemble {
	uint64_t seed;
	uint32_t n_runs;
	uint32_t k;      /* labels are below it */
	bool is_k_given; /* else runs of k-means try several */
};

/* For n rows; `k` groups are asked for, or as many as are found (0). */
struct rp_ensemble rp_ensemble_plan(uint32_t n, uint32_t k, uint64_t seed);

/* What some runs share; filled when a run first needs it. */
struct rp_views {
	struct rp_arena *arena;
	const struct rp_corpus *corpus;
	struct rp_dense neighbours, latent;
	/* If given, all runs are of k-means on it. */
	const struct rp_dense *places;
	struct rp_watch *watch; /* may be NULL */
};

struct rp_dense *rp_views_neighbours(struct rp_views *v, uint64_t seed);

/* Is run i a mixture: does it find by itself how many groups there are? */
bool rp_ensemble_is_mixture(uint32_t i);

/* Run i of the plan: a label for each row, RP_NONE for rows without words. */
void rp_ensemble_run(const struct rp_ensemble *e, struct rp_views *v,
    uint32_t i, uint32_t *labels);

/* For consensus.h; `labels` has all runs of the plan. */
struct rp_runs rp_ensemble_runs(const struct rp_ensemble *e, uint32_t n,
    const uint32_t *const *labels);

#endif
