/*
 * mixture - short texts as draws from a mixture of Dirichlet multinomials
 * (Yin, Wang 2014: GSDMM): each row has one group, and a group its own words.
 *
 * Collapsed Gibbs sampling: rows move, in order, to a group in proportion to
 * the group's size and to how well its words explain the row. Groups that
 * nothing needs become empty, so the number given is a maximum.
 */
#ifndef RP_THEMES_MIXTURE_H
#define RP_THEMES_MIXTURE_H

#include "themes/corpus.h"
#include "themes/watch.h"

#define RP_MIXTURE_ALPHA 0.1F /* weight of an empty group */
#define RP_MIXTURE_BETA 0.1F  /* of a word that a group does not have */
#define RP_MIXTURE_SWEEPS 30
#define RP_MIXTURE_K_MAX 1024u

/* Counts by group: what the posterior of a row is computed from. */
struct rp_mixture {
	uint32_t k;
	uint32_t stride;  /* of `words` */
	float *words;     /* by word, then group: occurrences + beta */
	float *total;     /* of occurrences + words * beta */
	float *rows;      /* + alpha */
	float scale;      /* words: keeps products near 1 */
	uint32_t at_once; /* words that are multiplied without a look */
};

/* The counts of labels that are known; RP_NONE is in no group. */
struct rp_mixture rp_mixture_count(struct rp_arena *a,
    const struct rp_corpus *c, const uint32_t *labels, uint32_t k);

/* Put a row in a group, or take it out (`by` -1). */
void rp_mixture_add(struct rp_mixture *x, const struct rp_corpus *c,
    uint32_t row, uint32_t group, float by);

/*
 * In proportion to the posterior of words `col`, `count` of one row: `p` of
 * x->stride numbers, the greatest of them 1.
 */
void rp_mixture_posterior(const struct rp_mixture *x, const uint32_t *col,
    const uint16_t *count, uint32_t n, float *p);

/*
 * A run: labels below `k_max`, at most RP_MIXTURE_K_MAX, for the rows, RP_NONE
 * for empty ones.
 */
void rp_mixture_run(const struct rp_corpus *c, uint32_t k_max, uint32_t sweeps,
    struct rp_random *r, struct rp_watch *watch, uint32_t *labels);

/*
 * What each word of the corpus says about the groups of a run, in nats, added
 * to `said`: the divergence of its groups from those of all words, less what
 * chance gives a word of its frequency.
 */
void rp_mixture_information(const struct rp_corpus *c, const uint32_t *labels,
    uint32_t k, double *said);

#endif
