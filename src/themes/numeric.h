/*
 * numeric - the arithmetic of this layer: the same octets on every machine.
 *
 * Sums are taken in the order in which the source says, nothing is contracted
 * (-ffp-contract=off for the layer), and logarithm and exponential are here
 * because those of C libraries differ in the last bit. Square roots are
 * IEEE 754's and exact. Products run along rows of padded length, so that a
 * compiler may use vectors without changing the order of any sum.
 */
#ifndef RP_THEMES_NUMERIC_H
#define RP_THEMES_NUMERIC_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "themes/random.h"
#include "themes/watch.h"

#define RP_NUMERIC_PAD 8 /* rows are padded with zeros to a multiple */

/* Relative error below 1e-14; x > 0 and normal. */
double rp_num_log(double x);

/* Relative error below 1e-14; |x| < 700. */
double rp_num_exp(double x);

double rp_num_sqrt(double x);

/* Rows of `d` numbers, `stride` apart. */
struct rp_dense {
	uint32_t n, d, stride;
	float *v;
};

struct rp_dense rp_dense_new(struct rp_arena *a, uint32_t n, uint32_t d);

static inline float *
rp_dense_row(const struct rp_dense *m, uint32_t i)
{
	return m->v + (size_t)i * m->stride;
}

double rp_num_dot(const float *x, const float *y, uint32_t n);

/* y += c x */
void rp_num_axpy(float *y, float c, const float *x, uint32_t n);

/* To length 1, if it has a length. */
void rp_num_normalise(float *x, uint32_t n);

/* Rows of non-zero entries. */
struct rp_sparse {
	uint32_t n, m; /* rows, columns */
	const uint32_t *start;
	const uint32_t *col;
	const float *v;
};

/*
 * The eigenvalues of a symmetric matrix of n rows, descending, and its
 * eigenvectors as rows of `vectors` (n x n). `s` is destroyed. Jacobi's
 * rotations in a fixed order.
 */
void rp_num_eigen(double *s, uint32_t n, double *values, double *vectors);

/*
 * The k greatest singular values of `x`, descending, and their right vectors
 * as the columns of a matrix with a row for each column of `x` (so that x times
 * it is a sum of rows). By subspace iteration from a random start of k + 10
 * vectors; vectors past the rank are zero. `watch` is asked in each round.
 */
struct rp_dense rp_num_svd(struct rp_arena *a, const struct rp_sparse *x,
    uint32_t k, struct rp_random *r, struct rp_watch *watch, double *values);

/* x times y, a row for each row of x. */
struct rp_dense rp_num_product(struct rp_arena *a, const struct rp_sparse *x,
    const struct rp_dense *y);

#endif
