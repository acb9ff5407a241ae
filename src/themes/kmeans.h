/*
 * kmeans - spherical k-means: rows of length 1 to the centre whose direction
 * is nearest (Dhillon, Modha 2001).
 *
 * First centres by k-means++ among some of the rows; it ends when fewer than
 * one row in a thousand moves, or after the rounds that are given. A group that
 * loses all rows takes the row that is farthest from its centre. Rows of zeros
 * have no group (RP_NONE).
 */
#ifndef RP_THEMES_KMEANS_H
#define RP_THEMES_KMEANS_H

#include "themes/numeric.h"
#include "themes/watch.h"

#define RP_KMEANS_ROUNDS 10

struct rp_kmeans {
	uint32_t k, rounds;
	struct rp_watch *watch; /* asked in each round; may be NULL */
};

/*
 * Labels below `k` for the rows of x (the dense one, or the sparse one if that
 * is NULL). Returns the sum of similarities to the centres. `k` may be greater
 * than the number of rows: then not every label occurs.
 */
double rp_kmeans(const struct rp_dense *x, const struct rp_sparse *y,
    const struct rp_kmeans *how, struct rp_random *r, uint32_t *labels);

/*
 * The same for dense rows from a first grouping: rows with a label make the
 * first centres, and all rows that are not zero get one.
 */
double rp_kmeans_from(const struct rp_dense *x, const struct rp_kmeans *how,
    uint32_t *labels);

#endif
