/*
 * corpus - rows and words as models see them: some rows of rp_terms, and the
 * words that at least two of them have, numbered anew.
 *
 * Words of the question, which weigh less than one half, are not in it.
 */
#ifndef RP_THEMES_CORPUS_H
#define RP_THEMES_CORPUS_H

#include "themes/numeric.h"
#include "themes/terms.h"

struct rp_corpus {
	uint32_t n, m;           /* rows, words */
	const uint32_t *row;     /* n: of rp_terms */
	const uint32_t *word;    /* m: of rp_terms */
	const uint32_t *of_term; /* by term: its word here, or RP_NONE */
	const uint32_t *start, *col;
	const uint16_t *count;
	const uint32_t *seq_start, *seq;
	const uint32_t *df;     /* m: rows that have the word */
	struct rp_sparse tfidf; /* rows of length 1 */
	const float *idf;       /* m, with the words' weight */
};

/* Of the given rows; those without a word in common with another are empty. */
struct rp_corpus rp_corpus_make(struct rp_arena *a,
    const struct rp_terms *terms, const uint32_t *rows, uint32_t n);

/* The same without the terms that `drop` says, by term. */
struct rp_corpus rp_corpus_make_without(struct rp_arena *a,
    const struct rp_terms *terms, const uint32_t *rows, uint32_t n,
    const bool *drop);

/*
 * Words as directions, by the words that stand within `window` words of them:
 * positive pointwise mutual information, reduced to `dims`; a row for each
 * word. A `watch` is asked as rp_num_svd() says, here and below.
 */
struct rp_dense rp_corpus_words(struct rp_arena *a, const struct rp_corpus *c,
    uint32_t window, uint32_t dims, struct rp_random *r,
    struct rp_watch *watch);

/*
 * Each row as a place among the others, by words that stand near each other
 * (positive pointwise mutual information within 8 words; mean
 * of the words' vectors weighted by tf-idf): rows of length 1, or zero.
 */
struct rp_dense rp_corpus_neighbours(struct rp_arena *a,
    const struct rp_corpus *c, uint32_t dims, struct rp_random *r,
    struct rp_watch *watch);

/* The same, by latent semantic analysis of rows and words. */
struct rp_dense rp_corpus_latent(struct rp_arena *a, const struct rp_corpus *c,
    uint32_t dims, struct rp_random *r, struct rp_watch *watch);

#endif
