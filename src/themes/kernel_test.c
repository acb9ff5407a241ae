#include "themes/kernel.h"

#include <string.h>

#include "base/check.h"
#include "themes/random.h"

enum { D_MAX = 200, N_MAX = 208 };

static void
fill(struct rp_random *r, float *v, size_t n, double least)
{
	for (size_t i = 0; i < n; i++)
		v[i] = (float)(least + rp_random_unit(r));
}

static void
panels(void)
{
	static float x[D_MAX], y[D_MAX], panel[D_MAX * RP_KERNEL_WIDE];
	float got[2 * RP_KERNEL_WIDE], plain[2 * RP_KERNEL_WIDE];
	struct rp_random r = rp_random_make(1, 2);

	for (uint32_t d = 0; d <= D_MAX; d += 1 + d / 3) {
		fill(&r, x, d, -0.5);
		fill(&r, y, d, -0.5);
		fill(&r, panel, (size_t)d * RP_KERNEL_WIDE, -0.5);
		rp_kernel_panel(x, y, panel, d, got);
		rp_kernel_panel_plain(x, y, panel, d, plain);
		RP_CHECK(memcmp(got, plain, sizeof(got)) == 0);
	}
	x[0] = 2;
	x[1] = 3;
	memset(y, 0, sizeof(y));
	y[1] = 1;
	for (uint32_t i = 0; i < 2 * RP_KERNEL_WIDE; i++)
		panel[i] = (float)i;
	rp_kernel_panel(x, y, panel, 2, got);
	RP_CHECK(got[0] == 2 * 0 + 3 * 16 && got[15] == 2 * 15 + 3 * 31);
	RP_CHECK(got[16] == 16 && got[31] == 31);
}

static void
dots(void)
{
	static float x[N_MAX], y[N_MAX];
	struct rp_random r = rp_random_make(3, 4);

	for (uint32_t n = 0; n <= N_MAX; n += RP_KERNEL_STEP) {
		float got, plain;

		fill(&r, x, n, -0.5);
		fill(&r, y, n, -0.5);
		got = rp_kernel_dot(x, y, n);
		plain = rp_kernel_dot_plain(x, y, n);
		RP_CHECK(memcmp(&got, &plain, sizeof(got)) == 0);
	}
	for (uint32_t i = 0; i < 16; i++) {
		x[i] = (float)i;
		y[i] = 2;
	}
	RP_CHECK(rp_kernel_dot(x, y, 16) == 240);
}

static void
sums(void)
{
	static float v[N_MAX];
	float got[N_MAX / RP_KERNEL_STEP], plain[N_MAX / RP_KERNEL_STEP];
	struct rp_random r = rp_random_make(7, 8);

	fill(&r, v, N_MAX, 0);
	for (uint32_t n = 0; n <= N_MAX; n += RP_KERNEL_STEP) {
		rp_kernel_sums(v, n, got);
		rp_kernel_sums_plain(v, n, plain);
		RP_CHECK(
		    memcmp(got, plain, n / RP_KERNEL_STEP * sizeof(*got)) == 0);
	}
	for (uint32_t i = 0; i < 40; i++)
		v[i] = (float)i;
	rp_kernel_sums(v, 40, got);
	RP_CHECK(got[0] == 28 && got[1] == 92 && got[4] == 284);
}

static void
the_greatest(void)
{
	static float v[N_MAX];
	struct rp_random r = rp_random_make(9, 10);

	RP_CHECK(rp_kernel_greatest(v, 0) == 0);
	for (uint32_t n = RP_KERNEL_STEP; n <= N_MAX; n += RP_KERNEL_STEP)
		for (int times = 0; times < 20; times++) {
			uint32_t at = rp_random_below(&r, n);

			fill(&r, v, n, -2);
			RP_CHECK(rp_kernel_greatest(v, n) ==
				 rp_kernel_greatest_plain(v, n));
			v[at] = 5;
			RP_CHECK(rp_kernel_greatest(v, n) == at);
			v[n - 1] = v[0] = 5;
			RP_CHECK(rp_kernel_greatest(v, n) == 0);
		}
}

static void
products(void)
{
	static float rows[7][N_MAX], below[N_MAX], got[N_MAX], plain[N_MAX];
	static float from[N_MAX];
	const float *const at[] = { rows[0], rows[1], rows[2], rows[3], rows[4],
		rows[5], rows[6] };
	struct rp_random r = rp_random_make(5, 6);

	fill(&r, rows[0], 7 * N_MAX, 0.1);
	fill(&r, below, N_MAX, 1);
	fill(&r, from, N_MAX, 0);
	for (uint32_t n = 0; n <= 7; n++) {
		struct rp_kernel_factors f = { at, n, from, below, 0.5F, 1.5F,
			N_MAX };

		rp_kernel_product(&f, got);
		rp_kernel_product_plain(&f, plain);
		RP_CHECK(memcmp(got, plain, sizeof(got)) == 0);
	}
	for (uint32_t i = 0; i < 8; i++) {
		from[i] = (float)i;
		below[i] = 1;
		rows[0][i] = rows[1][i] = rows[2][i] = 2;
	}
	rp_kernel_product(&(struct rp_kernel_factors){ at, 3, from, below, 1, 4,
			      8 },
	    got);
	RP_CHECK(got[0] == 0 && got[1] == 64 && got[7] == 448);
}

RP_CHECK_MAIN({ "panels", panels }, { "dots", dots }, { "sums", sums },
    { "the greatest", the_greatest }, { "products", products })
