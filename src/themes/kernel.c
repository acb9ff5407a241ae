#include "themes/kernel.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

void
rp_kernel_panel_plain(const float *x, const float *y, const float *panel,
    uint32_t d, float *out)
{
	memset(out, 0, 2 * RP_KERNEL_WIDE * sizeof(*out));
	for (uint32_t j = 0; j < d; j++, panel += RP_KERNEL_WIDE)
		for (uint32_t i = 0; i < RP_KERNEL_WIDE; i++) {
			out[i] += x[j] * panel[i];
			out[RP_KERNEL_WIDE + i] += y[j] * panel[i];
		}
}

static float
sum_of_eight(const float *s)
{
	float a = s[0] + s[4], b = s[1] + s[5], c = s[2] + s[6];
	float d = s[3] + s[7];

	return (a + c) + (b + d);
}

float
rp_kernel_dot_plain(const float *x, const float *y, uint32_t n)
{
	float s[RP_KERNEL_STEP] = { 0 };

	for (uint32_t i = 0; i < n; i += RP_KERNEL_STEP)
		for (uint32_t j = 0; j < RP_KERNEL_STEP; j++)
			s[j] += x[i + j] * y[i + j];
	return sum_of_eight(s);
}

void
rp_kernel_sums_plain(const float *v, uint32_t n, float *out)
{
	for (uint32_t i = 0; i < n; i += RP_KERNEL_STEP)
		*out++ = sum_of_eight(v + i);
}

uint32_t
rp_kernel_greatest_plain(const float *v, uint32_t n)
{
	uint32_t best = 0;

	for (uint32_t i = 1; i < n; i++)
		if (v[i] > v[best])
			best = i;
	return best;
}

void
rp_kernel_product_plain(const struct rp_kernel_factors *f, float *p)
{
	for (uint32_t i = 0; i < f->n; i++) {
		float q = f->scale / (f->below[i] + f->more), to = f->from[i];

		for (uint32_t j = 0; j < f->n_rows; j++)
			to *= f->rows[j][i] * q;
		p[i] = to;
	}
}

#ifdef __SSE2__

void
rp_kernel_panel(const float *x, const float *y, const float *panel, uint32_t d,
    float *out)
{
	__m128 x0 = _mm_setzero_ps(), x1 = x0, x2 = x0, x3 = x0;
	__m128 y0 = x0, y1 = x0, y2 = x0, y3 = x0;

	for (uint32_t j = 0; j < d; j++, panel += RP_KERNEL_WIDE) {
		__m128 p0 = _mm_loadu_ps(panel), p1 = _mm_loadu_ps(panel + 4);
		__m128 p2 = _mm_loadu_ps(panel + 8);
		__m128 p3 = _mm_loadu_ps(panel + 12);
		__m128 a = _mm_set1_ps(x[j]), b = _mm_set1_ps(y[j]);

		x0 = _mm_add_ps(x0, _mm_mul_ps(a, p0));
		x1 = _mm_add_ps(x1, _mm_mul_ps(a, p1));
		x2 = _mm_add_ps(x2, _mm_mul_ps(a, p2));
		x3 = _mm_add_ps(x3, _mm_mul_ps(a, p3));
		y0 = _mm_add_ps(y0, _mm_mul_ps(b, p0));
		y1 = _mm_add_ps(y1, _mm_mul_ps(b, p1));
		y2 = _mm_add_ps(y2, _mm_mul_ps(b, p2));
		y3 = _mm_add_ps(y3, _mm_mul_ps(b, p3));
	}
	_mm_storeu_ps(out, x0);
	_mm_storeu_ps(out + 4, x1);
	_mm_storeu_ps(out + 8, x2);
	_mm_storeu_ps(out + 12, x3);
	_mm_storeu_ps(out + 16, y0);
	_mm_storeu_ps(out + 20, y1);
	_mm_storeu_ps(out + 24, y2);
	_mm_storeu_ps(out + 28, y3);
}

float
rp_kernel_dot(const float *x, const float *y, uint32_t n)
{
	__m128 s0 = _mm_setzero_ps(), s1 = s0;
	float s[RP_KERNEL_STEP];

	for (uint32_t i = 0; i < n; i += RP_KERNEL_STEP) {
		s0 = _mm_add_ps(s0,
		    _mm_mul_ps(_mm_loadu_ps(x + i), _mm_loadu_ps(y + i)));
		s1 = _mm_add_ps(s1, _mm_mul_ps(_mm_loadu_ps(x + i + 4),
					_mm_loadu_ps(y + i + 4)));
	}
	_mm_storeu_ps(s, s0);
	_mm_storeu_ps(s + 4, s1);
	return sum_of_eight(s);
}

uint32_t
rp_kernel_greatest(const float *v, uint32_t n)
{
	__m128 a, b;
	uint32_t i = 0;

	if (n == 0)
		return 0;
	a = _mm_loadu_ps(v);
	b = _mm_loadu_ps(v + 4);
	for (i = RP_KERNEL_STEP; i < n; i += RP_KERNEL_STEP) {
		a = _mm_max_ps(a, _mm_loadu_ps(v + i));
		b = _mm_max_ps(b, _mm_loadu_ps(v + i + 4));
	}
	a = _mm_max_ps(a, b);
	a = _mm_max_ps(a, _mm_shuffle_ps(a, a, _MM_SHUFFLE(1, 0, 3, 2)));
	a = _mm_max_ps(a, _mm_shuffle_ps(a, a, _MM_SHUFFLE(2, 3, 0, 1)));
	for (i = 0; i + 4 < n; i += 4) {
		int found =
		    _mm_movemask_ps(_mm_cmpeq_ps(a, _mm_loadu_ps(v + i)));

		if (found != 0)
			break;
	}
	return i + rp_kernel_greatest_plain(v + i, 4);
}

/* Four of them at once, as columns. */
void
rp_kernel_sums(const float *v, uint32_t n, float *out)
{
	uint32_t i = 0;

	for (; i + 4 * RP_KERNEL_STEP <= n; i += 4 * RP_KERNEL_STEP, out += 4) {
		const float *p = v + i;
		__m128 a = _mm_add_ps(_mm_loadu_ps(p), _mm_loadu_ps(p + 4));
		__m128 b =
		    _mm_add_ps(_mm_loadu_ps(p + 8), _mm_loadu_ps(p + 12));
		__m128 c =
		    _mm_add_ps(_mm_loadu_ps(p + 16), _mm_loadu_ps(p + 20));
		__m128 d =
		    _mm_add_ps(_mm_loadu_ps(p + 24), _mm_loadu_ps(p + 28));

		_MM_TRANSPOSE4_PS(a, b, c, d);
		_mm_storeu_ps(out,
		    _mm_add_ps(_mm_add_ps(a, c), _mm_add_ps(b, d)));
	}
	rp_kernel_sums_plain(v + i, n - i, out);
}

void
rp_kernel_product(const struct rp_kernel_factors *f, float *p)
{
	__m128 more = _mm_set1_ps(f->more), scale = _mm_set1_ps(f->scale);

	for (uint32_t i = 0; i < f->n; i += RP_KERNEL_STEP) {
		const float *from = f->from + i, *below = f->below + i;
		__m128 u = _mm_loadu_ps(from), v = _mm_loadu_ps(from + 4);
		__m128 a =
		    _mm_div_ps(scale, _mm_add_ps(_mm_loadu_ps(below), more));
		__m128 b = _mm_div_ps(scale,
		    _mm_add_ps(_mm_loadu_ps(below + 4), more));

		for (uint32_t j = 0; j < f->n_rows; j++) {
			const float *row = f->rows[j] + i;

			u = _mm_mul_ps(u, _mm_mul_ps(_mm_loadu_ps(row), a));
			v = _mm_mul_ps(v, _mm_mul_ps(_mm_loadu_ps(row + 4), b));
		}
		_mm_storeu_ps(p + i, u);
		_mm_storeu_ps(p + i + 4, v);
	}
}

#else

uint32_t
rp_kernel_greatest(const float *v, uint32_t n)
{
	return rp_kernel_greatest_plain(v, n);
}

void
rp_kernel_panel(const float *x, const float *y, const float *panel, uint32_t d,
    float *out)
{
	rp_kernel_panel_plain(x, y, panel, d, out);
}

float
rp_kernel_dot(const float *x, const float *y, uint32_t n)
{
	return rp_kernel_dot_plain(x, y, n);
}

void
rp_kernel_sums(const float *v, uint32_t n, float *out)
{
	rp_kernel_sums_plain(v, n, out);
}

void
rp_kernel_product(const struct rp_kernel_factors *f, float *p)
{
	rp_kernel_product_plain(f, p);
}

#endif
