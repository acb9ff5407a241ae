/*
 * kernel - the innermost loops of grouping, written for vectors of four.
 *
 * Each sum and product has the order that is said here, so the octets are the
 * same whether a machine has vectors or not: beside each function stands its
 * plain twin, which is used where there is no SSE2, and the test holds one
 * against the other. No function looks at anything but its arguments.
 */
#ifndef RP_THEMES_KERNEL_H
#define RP_THEMES_KERNEL_H

#include <stdint.h>

#define RP_KERNEL_WIDE 16 /* columns of a panel */
#define RP_KERNEL_STEP 8  /* lengths below are multiples of it */

/*
 * Products of two rows of `d` numbers with a panel, `d` rows of RP_KERNEL_WIDE:
 * to `out`, those of x and then those of y. Each is summed from the first
 * number to the last.
 */
void rp_kernel_panel(const float *x, const float *y, const float *panel,
    uint32_t d, float *out);
void rp_kernel_panel_plain(const float *x, const float *y, const float *panel,
    uint32_t d, float *out);

/*
 * The product of two rows of `n` numbers: RP_KERNEL_STEP running sums, the
 * halves added to each other, and so on.
 */
float rp_kernel_dot(const float *x, const float *y, uint32_t n);
float rp_kernel_dot_plain(const float *x, const float *y, uint32_t n);

/* The sum of each RP_KERNEL_STEP of `n` numbers, in the order of a dot. */
void rp_kernel_sums(const float *v, uint32_t n, float *out);
void rp_kernel_sums_plain(const float *v, uint32_t n, float *out);

/* Where the greatest of `n` numbers stands first; 0 if n is. */
uint32_t rp_kernel_greatest(const float *v, uint32_t n);
uint32_t rp_kernel_greatest_plain(const float *v, uint32_t n);

/* What rp_kernel_product() multiplies. */
struct rp_kernel_factors {
	const float *const *rows; /* n_rows of `n` numbers */
	uint32_t n_rows;
	const float *from;  /* `n` numbers that it begins with; may be p */
	const float *below; /* `n` numbers: what each row is divided by */
	float more, scale;
	uint32_t n;
};

/* p[i] = from[i] * (rows[0][i] * q) * ..., q = scale / (below[i] + more) */
void rp_kernel_product(const struct rp_kernel_factors *f, float *p);
void rp_kernel_product_plain(const struct rp_kernel_factors *f, float *p);

#endif
