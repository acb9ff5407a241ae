#include "themes/numeric.h"

#include <math.h>
#include <string.h>

#include "base/err.h"

#define LN2 0.69314718055994530942
#define SVD_MORE 10  /* vectors beyond those that are wanted */
#define SVD_ROUNDS 4 /* enough for grouping: a 5th changes no NMI */

double
rp_num_log(double x)
{
	uint64_t bits;
	int e;
	double m, f, s, p = 0;

	memcpy(&bits, &x, sizeof(bits));
	e = (int)(bits >> 52) - 1023;
	bits = (bits & UINT64_C(0xfffffffffffff)) | UINT64_C(0x3ff) << 52;
	memcpy(&m, &bits, sizeof(m));
	if (m > 1.41421356237309504880) {
		m /= 2;
		e++;
	}
	/* log m = 2 artanh f, |f| < 0.172 */
	f = (m - 1) / (m + 1);
	s = f * f;
	for (int i = 23; i >= 1; i -= 2)
		p = p * s + 1.0 / i;
	return e * LN2 + 2 * f * p;
}

double
rp_num_exp(double x)
{
	double k, r, p = 1, scale;
	uint64_t bits;

	if (x < -700)
		return 0;
	k = (double)(int)(x / LN2 + (x < 0 ? -0.5 : 0.5));
	/* ln 2 in two parts, the first with zeros at its end */
	r = x - k * 0x1.62e42fee00000p-1 - k * 1.90821492927058770002e-10;
	for (int i = 14; i >= 1; i--)
		p = 1 + p * r / i;
	bits = (uint64_t)((int64_t)k + 1023) << 52;
	memcpy(&scale, &bits, sizeof(scale));
	return p * scale;
}

double
rp_num_sqrt(double x)
{
	return sqrt(x);
}

struct rp_dense
rp_dense_new(struct rp_arena *a, uint32_t n, uint32_t d)
{
	struct rp_dense m = { .n = n, .d = d };

	m.stride = (d + RP_NUMERIC_PAD - 1) / RP_NUMERIC_PAD * RP_NUMERIC_PAD;
	m.v = rp_alloc_n(a, (size_t)n * m.stride + 1, sizeof(float));
	return m;
}

double
rp_num_dot(const float *x, const float *y, uint32_t n)
{
	double s[4] = { 0 };
	uint32_t i = 0;

	for (; i + 4 <= n; i += 4)
		for (uint32_t j = 0; j < 4; j++)
			s[j] += (double)x[i + j] * (double)y[i + j];
	for (; i < n; i++)
		s[0] += (double)x[i] * (double)y[i];
	return (s[0] + s[1]) + (s[2] + s[3]);
}

void
rp_num_axpy(float *restrict y, float c, const float *restrict x, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		y[i] += c * x[i];
}

void
rp_num_normalise(float *x, uint32_t n)
{
	double s = rp_num_dot(x, x, n);
	float c;

	if (s <= 0)
		return;
	c = (float)(1 / sqrt(s));
	for (uint32_t i = 0; i < n; i++)
		x[i] *= c;
}

/* One rotation that makes s[p][q] zero (Golub, Van Loan, 8.5.2). */
static void
rotate(double *s, double *v, uint32_t n, uint32_t p, uint32_t q)
{
	double *sp = s + (size_t)p * n, *sq = s + (size_t)q * n;
	double *vp = v + (size_t)p * n, *vq = v + (size_t)q * n;
	double theta = (sq[q] - sp[p]) / (2 * sp[q]);
	double t =
	    (theta < 0 ? -1 : 1) / (fabs(theta) + sqrt(theta * theta + 1));
	double c = 1 / sqrt(t * t + 1), z = t * c;
	double pp = sp[p] - t * sp[q], qq = sq[q] + t * sp[q];

	for (uint32_t i = 0; i < n; i++) {
		double x = sp[i], y = sq[i], vx = vp[i], vy = vq[i];

		sp[i] = c * x - z * y;
		sq[i] = z * x + c * y;
		vp[i] = c * vx - z * vy;
		vq[i] = z * vx + c * vy;
	}
	for (uint32_t i = 0; i < n; i++) {
		s[(size_t)i * n + p] = sp[i];
		s[(size_t)i * n + q] = sq[i];
	}
	sp[p] = pp;
	sq[q] = qq;
	sp[q] = sq[p] = 0;
}

static void
sort_descending(double *values, double *vectors, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		uint32_t best = i;
		double t;

		for (uint32_t j = i + 1; j < n; j++)
			if (values[j] > values[best])
				best = j;
		if (best == i)
			continue;
		t = values[i];
		values[i] = values[best];
		values[best] = t;
		for (uint32_t k = 0; k < n; k++) {
			double *x = vectors + (size_t)i * n + k;
			double *y = vectors + (size_t)best * n + k;

			t = *x;
			*x = *y;
			*y = t;
		}
	}
}

void
rp_num_eigen(double *s, uint32_t n, double *values, double *vectors)
{
	double total = 0;

	memset(vectors, 0, (size_t)n * n * sizeof(*vectors));
	for (uint32_t i = 0; i < n; i++)
		vectors[(size_t)i * n + i] = 1;
	for (size_t i = 0; i < (size_t)n * n; i++)
		total += s[i] * s[i];
	for (int sweep = 0; sweep < 30; sweep++) {
		double off = 0, small;

		for (uint32_t p = 0; p < n; p++)
			for (uint32_t q = p + 1; q < n; q++)
				off +=
				    s[(size_t)p * n + q] * s[(size_t)p * n + q];
		if (off <= total * 1e-22)
			break;
		/* What is far below the mean needs no turn in this sweep. */
		small = sqrt(off / ((double)n * n)) * 1e-3;
		for (uint32_t p = 0; p < n; p++)
			for (uint32_t q = p + 1; q < n; q++)
				if (fabs(s[(size_t)p * n + q]) > small)
					rotate(s, vectors, n, p, q);
	}
	for (uint32_t i = 0; i < n; i++)
		values[i] = s[(size_t)i * n + i];
	sort_descending(values, vectors, n);
}

/* g = yT y, of the d columns: the lower triangle. */
static void
gram(const struct rp_dense *y, double *row, double *g)
{
	uint32_t d = y->d;

	memset(g, 0, (size_t)d * d * sizeof(*g));
	for (uint32_t r = 0; r < y->n; r++) {
		const float *from = rp_dense_row(y, r);

		for (uint32_t i = 0; i < d; i++)
			row[i] = (double)from[i];
		for (uint32_t i = 0; i < d; i++) {
			double x = row[i], *to = g + (size_t)i * d;

			for (uint32_t j = 0; j <= i; j++)
				to[j] += x * row[j];
		}
	}
}

/* The lower triangle to Cholesky's factor, in the upper one as well. */
static void
factor(double *g, uint32_t d)
{
	for (uint32_t j = 0; j < d; j++) {
		double *gj = g + (size_t)j * d, was = gj[j], p = was;

		for (uint32_t k = 0; k < j; k++)
			p -= gj[k] * gj[k];
		p = p > was * 1e-11 && p > 0 ? sqrt(p) : 0;
		gj[j] = p;
		for (uint32_t i = j + 1; i < d; i++) {
			double *gi = g + (size_t)i * d, s = gi[j];

			for (uint32_t k = 0; k < j; k++)
				s -= gi[k] * gj[k];
			gi[j] = p > 0 ? s / p : 0;
		}
	}
	for (uint32_t j = 0; j < d; j++)
		for (uint32_t i = 0; i < j; i++)
			g[(size_t)i * d + j] = g[(size_t)j * d + i];
}

/*
 * Columns to orthonormal ones, by Cholesky's factor of their Gram matrix: y =
 * q rT, q = y r^-T. A column that depends on those before it becomes zero.
 */
static void
orthonormalise(struct rp_dense *y, double *row, double *g)
{
	uint32_t d = y->d;

	gram(y, row, g);
	factor(g, d);
	for (uint32_t r = 0; r < y->n; r++) {
		float *to = rp_dense_row(y, r);

		for (uint32_t i = 0; i < d; i++)
			row[i] = (double)to[i];
		for (uint32_t j = 0; j < d; j++) {
			const double *gj = g + (size_t)j * d;
			double x = gj[j] > 0 ? row[j] / gj[j] : 0;

			for (uint32_t k = j + 1; k < d; k++)
				row[k] -= x * gj[k];
			to[j] = (float)x;
		}
	}
}

/* One row of x times y. */
static void
row_product(const struct rp_sparse *x, uint32_t row, const struct rp_dense *y,
    float *out)
{
	memset(out, 0, y->stride * sizeof(*out));
	for (uint32_t i = x->start[row]; i < x->start[row + 1]; i++)
		rp_num_axpy(out, x->v[i], rp_dense_row(y, x->col[i]),
		    y->stride);
}

struct rp_dense
rp_num_product(struct rp_arena *a, const struct rp_sparse *x,
    const struct rp_dense *y)
{
	struct rp_dense out = rp_dense_new(a, x->n, y->d);

	for (uint32_t i = 0; i < x->n; i++)
		row_product(x, i, y, rp_dense_row(&out, i));
	return out;
}

/* to = xT x y; if `g` then also g = yT xT x y. */
static void
round_trip(const struct rp_sparse *x, const struct rp_dense *y, float *row,
    struct rp_dense *to, double *g)
{
	uint32_t d = y->d;

	memset(to->v, 0, (size_t)to->n * to->stride * sizeof(float));
	if (g != NULL)
		memset(g, 0, (size_t)d * d * sizeof(*g));
	for (uint32_t i = 0; i < x->n; i++) {
		row_product(x, i, y, row);
		for (uint32_t j = x->start[i]; j < x->start[i + 1]; j++)
			rp_num_axpy(rp_dense_row(to, x->col[j]), x->v[j], row,
			    y->stride);
	}
	if (g == NULL)
		return;
	for (uint32_t r = 0; r < y->n; r++) {
		const float *p = rp_dense_row(y, r), *q = rp_dense_row(to, r);

		for (uint32_t i = 0; i < d; i++)
			for (uint32_t j = 0; j < d; j++)
				g[(size_t)i * d + j] +=
				    (double)p[i] * (double)q[j];
	}
}

/* The k best directions in the span of y: y times eigenvectors of g. */
static struct rp_dense
turn(struct rp_arena *a, const struct rp_dense *y, uint32_t k, double *g,
    double *values)
{
	uint32_t d = y->d;
	double *lambda = rp_new_n(a, double, d);
	double *e = rp_new_n(a, double, (size_t)d *d);
	struct rp_dense out = rp_dense_new(a, y->n, k);

	for (uint32_t i = 0; i < d; i++) /* even, whatever was rounded */
		for (uint32_t j = 0; j < i; j++) {
			double m =
			    (g[(size_t)i * d + j] + g[(size_t)j * d + i]) / 2;

			g[(size_t)i * d + j] = g[(size_t)j * d + i] = m;
		}
	rp_num_eigen(g, d, lambda, e);
	for (uint32_t j = 0; j < k && j < d; j++)
		values[j] = lambda[j] > 0 ? sqrt(lambda[j]) : 0;
	for (uint32_t r = 0; r < y->n; r++)
		for (uint32_t j = 0; j < k && j < d; j++) {
			const double *ej = e + (size_t)j * d;
			const float *row = rp_dense_row(y, r);
			double s = 0;

			for (uint32_t i = 0; i < d; i++)
				s += ej[i] * (double)row[i];
			rp_dense_row(&out, r)[j] =
			    values[j] > values[0] * 1e-6 ? (float)s : 0;
		}
	return out;
}

struct rp_dense
rp_num_svd(struct rp_arena *a, const struct rp_sparse *x, uint32_t k,
    struct rp_random *r, struct rp_watch *watch, double *values)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	uint32_t d = k + SVD_MORE < x->m ? k + SVD_MORE : x->m;
	struct rp_dense y = rp_dense_new(tmp, x->m, d);
	struct rp_dense z = rp_dense_new(tmp, x->m, d), t;
	double *g = rp_new_n(tmp, double, (size_t)d *d);
	double *wide = rp_new_n(tmp, double, d + 1);
	float *row = rp_new_n(tmp, float, y.stride);

	memset(values, 0, k * sizeof(*values));
	for (uint32_t i = 0; i < y.n; i++)
		for (uint32_t j = 0; j < d; j++)
			rp_dense_row(&y, i)[j] =
			    (float)(rp_random_unit(r) - 0.5);
	for (int i = 0; i < SVD_ROUNDS && !rp_watch_stops(watch); i++) {
		if (i > 0) /* random directions are independent */
			orthonormalise(&y, wide, g);
		round_trip(x, &y, row, &z, NULL);
		t = y;
		y = z;
		z = t;
	}
	orthonormalise(&y, wide, g);
	round_trip(x, &y, row, &z, g);
	t = turn(tmp, &y, k, g, values);
	y = rp_dense_new(a, t.n, k);
	memcpy(y.v, t.v, (size_t)t.n * t.stride * sizeof(float));
	return y;
}
