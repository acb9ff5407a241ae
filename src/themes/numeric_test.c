#include "themes/numeric.h"

#include <math.h>

#include "base/check.h"

static void
logarithm_and_exponential(void)
{
	for (double x = 1e-300; x < 1e300; x *= 1.37)
		RP_CHECK(fabs(rp_num_log(x) - log(x)) <=
			 1e-14 * fabs(log(x)) + 1e-15);
	for (double x = -699; x < 699; x += 0.73)
		RP_CHECK(fabs(rp_num_exp(x) / exp(x) - 1) < 1e-13);
	RP_CHECK(rp_num_log(1) == 0 && rp_num_exp(0) == 1);
}

static uint64_t
bits(double x)
{
	uint64_t b;

	memcpy(&b, &x, sizeof(b));
	return b;
}

/* A machine or a compiler that gives others would change results. */
static void
the_same_bits_everywhere(void)
{
	float x[7] = { 0.1F, 0.2F, 0.3F, 0.4F, 0.5F, 0.6F, 0.7F };

	RP_CHECK(bits(rp_num_log(10)) == UINT64_C(0x40026bb1bbb55515));
	RP_CHECK(bits(rp_num_exp(1)) == UINT64_C(0x4005bf0a8b14576a));
	RP_CHECK(bits(rp_num_dot(x, x, 7)) == UINT64_C(0x3ff666666d333337));
}

static void
eigenvalues_of_a_known_matrix(void)
{
	/* 2 on the diagonal, -1 beside it: 2 - 2 cos(i pi / (n + 1)) */
	enum { N = 12 };
	double s[N * N] = { 0 }, copy[N * N], values[N], vectors[N * N];

	for (int i = 0; i < N; i++) {
		s[i * N + i] = 2;
		if (i > 0)
			s[i * N + i - 1] = s[(i - 1) * N + i] = -1;
	}
	memcpy(copy, s, sizeof(s));
	rp_num_eigen(s, N, values, vectors);
	for (int i = 0; i < N; i++) {
		double want = 2 - 2 * cos((N - i) * M_PI / (N + 1));

		RP_CHECK(fabs(values[i] - want) < 1e-10);
		for (int j = 0; j < N; j++) {
			double sum = 0;

			for (int k = 0; k < N; k++)
				sum += copy[j * N + k] * vectors[i * N + k];
			RP_CHECK(
			    fabs(sum - values[i] * vectors[i * N + j]) < 1e-8);
		}
	}
}

/* Three orthogonal patterns of known strength, in 60 rows and 40 columns. */
static void
singular_values_are_found(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	static uint32_t start[61], col[60 * 40];
	static float v[60 * 40];
	struct rp_sparse x = { 60, 40, start, col, v };
	struct rp_random r = rp_random_make(1, 0);
	double values[5];
	struct rp_dense right;
	uint32_t n = 0;

	/* Block i: rows and columns that are i modulo 3, all 3 - i. */
	for (uint32_t i = 0; i < 60; i++) {
		for (uint32_t j = i % 3; j < 40; j += 3) {
			col[n] = j;
			v[n++] = (float)(3 - i % 3);
		}
		start[i + 1] = n;
	}
	right = rp_num_svd(a, &x, 5, &r, NULL, values);
	RP_CHECK(fabs(values[0] - 3 * sqrt(20 * 14)) < 1e-3);
	RP_CHECK(fabs(values[1] - 2 * sqrt(20 * 13)) < 1e-3);
	RP_CHECK(fabs(values[2] - 1 * sqrt(20 * 13)) < 1e-3);
	RP_CHECK(values[3] < 1e-2 && values[4] < 1e-2);
	for (uint32_t j = 0; j < 40; j++) {
		double want = j % 3 == 0 ? 1 / sqrt(14) : 0;

		RP_CHECK(fabs(fabs((double)rp_dense_row(&right, j)[0]) - want) <
			 1e-4);
		RP_CHECK(rp_dense_row(&right, j)[4] == 0); /* past the rank */
	}
}

static void
a_product_is_a_sum_of_rows(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	uint32_t start[] = { 0, 2, 2 }, col[] = { 0, 2 };
	float v[] = { 2, 3 };
	struct rp_sparse x = { 2, 3, start, col, v };
	struct rp_dense y = rp_dense_new(a, 3, 2), z;

	for (uint32_t i = 0; i < 3; i++)
		for (uint32_t j = 0; j < 2; j++)
			rp_dense_row(&y, i)[j] = (float)(i * 10 + j);
	z = rp_num_product(a, &x, &y);
	RP_CHECK(rp_dense_row(&z, 0)[0] == 60 && rp_dense_row(&z, 0)[1] == 65);
	RP_CHECK(rp_dense_row(&z, 1)[0] == 0 && rp_dense_row(&z, 1)[1] == 0);
}

RP_CHECK_MAIN({ "logarithm and exponential", logarithm_and_exponential },
    { "the same bits everywhere", the_same_bits_everywhere },
    { "eigenvalues of a known matrix", eigenvalues_of_a_known_matrix },
    { "singular values are found", singular_values_are_found },
    { "a product is a sum of rows", a_product_is_a_sum_of_rows })
