/*
 * fit - the grouping of an analysis: rows of words (terms.h) to themes.
 *
 *	plan = rp_fit_plan(a, terms, &options);
 *	for i below plan's n_runs: rp_fit_run(plan, i, labels[i])	any
 *order, any process rp_fit_finish(a, plan, labels, &out);
 *
 * Themes are fitted on at most RP_FIT_ROWS_MAX rows, drawn evenly from the
 * strata that the caller gives (language and group, say), and other rows are
 * assigned by the posterior of the mixture that the themes make. How sure that
 * is is measured on the fitted rows: there the posterior, without the row
 * itself, is held against what the consensus says; a margin counts as sure from
 * where RP_FIT_AGREEMENT of a thousand agree. Rows that were not fitted have no
 * theme below it.
 *
 * With places the nearest centre says what the posterior says otherwise.
 *
 * The same input and options give the same output, on any machine and whatever
 * processes did the runs.
 *
 * The number of themes: as given (then no theme is merged away), or found: the
 * cut of the consensus tree that agrees best with the mixtures, each of which
 * found its own number, in the limits given; themes with fewer responses than
 * rp_fit_least() and themes of the same responses or words are then merged. If
 * there are more than a few, a second level is above them.
 */
#ifndef RP_THEMES_FIT_H
#define RP_THEMES_FIT_H

#include "themes/numeric.h"
#include "themes/terms.h"

#define RP_FIT_ROWS_MAX 50000
#define RP_FIT_THEMES_MAX 200 /* as many as can be asked for */
#define RP_FIT_TOP_MAX 70     /* rule for a set of themes: at top level */
#define RP_FIT_AGREEMENT 900  /* of a thousand rows */

struct rp_fit_options {
	uint64_t seed;
	uint32_t k;               /* themes; 0: found */
	uint32_t k_least, k_most; /* the editor's limits; 0: none */
	/* By row; NULL: all the same. */
	const uint32_t *stratum;
	/* By row: how many responses say it, and one of them; NULL: each its
	 * own. */
	const uint32_t *responses, *response;
	/*
	 * Places of rows where their words do not do, for they are of several
	 * languages (bridge.h). Then `k` must be given: as many as the language
	 * with most rows has by itself, say.
	 */
	const struct rp_dense *places;
	/* Rows to take part, ascending; NULL: all. */
	const uint32_t *rows;
	uint32_t n_rows;
	struct rp_watch *watch; /* may be NULL */
};

struct rp_fit_plan;

/* Borrows `terms` and what `options` points to. */
struct rp_fit_plan *rp_fit_plan(struct rp_arena *a,
    const struct rp_terms *terms, const struct rp_fit_options *options);

uint32_t rp_fit_runs(const struct rp_fit_plan *p);     /* how many */
uint32_t rp_fit_run_rows(const struct rp_fit_plan *p); /* labels of each */

/* Run i into `labels`: a function of the plan and i alone. */
void rp_fit_run(struct rp_fit_plan *p, uint32_t i, uint32_t *labels);

/*
 * Themes 0 to n_leaves - 1 have rows; those from there to n_themes - 1 are the
 * level above. Leaves come in the order of their size.
 */
struct rp_fit {
	uint32_t n_leaves, n_themes;
	const uint32_t *parent; /* n_themes; RP_NONE: top level */
	const uint32_t *rows;   /* n_leaves: how many */
	/* By row of terms. */
	const uint32_t *theme; /* a leaf, or RP_NONE */
	const uint32_t *other; /* the leaf that comes second, or RP_NONE */
	const uint16_t *score; /* 0 to 1000: how often that is right */
	uint16_t sure;         /* of fitted rows, from which score on */
};

void rp_fit_finish(struct rp_arena *a, struct rp_fit_plan *p,
    const uint32_t *const *labels, struct rp_fit *out);

/* All of it in this process. */
void rp_fit(struct rp_arena *a, const struct rp_terms *terms,
    const struct rp_fit_options *options, struct rp_fit *out);

/* Responses that a theme must have: max(5, 0.1 %), less for very few. */
uint32_t rp_fit_least(uint32_t responses);

#endif
