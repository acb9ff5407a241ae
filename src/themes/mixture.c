#include "themes/mixture.h"

#include <string.h>

#include "base/err.h"

#define BLOCK RP_NUMERIC_PAD
#define RESCALE 6 /* factors of a product before float could overflow */

static struct rp_mixture
mixture_new(struct rp_arena *a, const struct rp_corpus *c, uint32_t k)
{
	struct rp_mixture x = { .k = k };
	struct rp_dense words = rp_dense_new(a, c->m, k);

	x.stride = words.stride;
	x.words = words.v;
	x.total = rp_new_n(a, float, x.stride + 1);
	x.rows = rp_new_n(a, float, x.stride + 1);
	x.scale = (float)c->m;
	for (size_t i = 0; i < (size_t)c->m * x.stride; i++)
		x.words[i] = RP_MIXTURE_BETA;
	for (uint32_t i = 0; i < x.stride; i++)
		x.total[i] = (float)c->m * RP_MIXTURE_BETA;
	/* Padding stays zero here, and so does its posterior. */
	for (uint32_t i = 0; i < k; i++)
		x.rows[i] = RP_MIXTURE_ALPHA;
	return x;
}

void
rp_mixture_add(struct rp_mixture *x, const struct rp_corpus *c, uint32_t row,
    uint32_t group, float by)
{
	x->rows[group] += by;
	for (uint32_t j = c->start[row]; j < c->start[row + 1]; j++) {
		float n = by * (float)c->count[j];

		x->words[(size_t)c->col[j] * x->stride + group] += n;
		x->total[group] += n;
	}
}

struct rp_mixture
rp_mixture_count(struct rp_arena *a, const struct rp_corpus *c,
    const uint32_t *labels, uint32_t k)
{
	struct rp_mixture x = mixture_new(a, c, k);

	for (uint32_t i = 0; i < c->n; i++)
		if (labels[i] != RP_NONE)
			rp_mixture_add(&x, c, i, labels[i], 1);
	return x;
}

static void
rescale(float *restrict p, uint32_t n)
{
	float lane[BLOCK] = { 0 }, most = 0, by;

	for (uint32_t i = 0; i < n; i += BLOCK)
		for (uint32_t j = 0; j < BLOCK; j++)
			lane[j] = p[i + j] > lane[j] ? p[i + j] : lane[j];
	for (uint32_t j = 0; j < BLOCK; j++)
		most = lane[j] > most ? lane[j] : most;
	by = 1 / most;
	for (uint32_t i = 0; i < n; i++)
		p[i] *= by;
}

/* p *= (words + more) * inverse */
static void
multiply(float *restrict p, const float *restrict words, float more,
    const float *restrict inverse, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		p[i] *= (words[i] + more) * inverse[i];
}

static void
invert(float *restrict out, const float *restrict total, float more,
    float scale, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		out[i] = scale / (total[i] + more);
}

/*
 * The denominator is the product of total + i over the row's n words: with the
 * middle of it to the nth power it is right to n^2 / total^2, and one division
 * serves all words.
 */
static void
posterior(const struct rp_mixture *x, const uint32_t *col,
    const uint16_t *count, uint32_t n, float *inverse, float *p)
{
	uint32_t length = 0, done = 0;

	for (uint32_t j = 0; j < n; j++)
		length += count[j];
	invert(inverse, x->total, (float)(length > 0 ? length - 1 : 0) / 2,
	    x->scale, x->stride);
	memcpy(p, x->rows, x->stride * sizeof(*p));
	for (uint32_t j = 0; j < n; j++)
		for (uint32_t i = 0; i < count[j]; i++) {
			multiply(p, x->words + (size_t)col[j] * x->stride,
			    (float)i, inverse, x->stride);
			if (++done % RESCALE == 0)
				rescale(p, x->stride);
		}
}

#define STRIDE_MAX 4096

void
rp_mixture_posterior(const struct rp_mixture *x, const uint32_t *col,
    const uint16_t *count, uint32_t n, float *p)
{
	float inverse[STRIDE_MAX];

	RP_ASSERT(x->stride <= STRIDE_MAX);
	posterior(x, col, count, n, inverse, p);
	rescale(p, x->stride);
}

/* Sums of blocks do not wait for each other, as a running sum would. */
static uint32_t
draw(const float *p, uint32_t k, uint32_t stride, double *sums,
    struct rp_random *r)
{
	double sum = 0, at;
	uint32_t n = stride / BLOCK, b = 0, i;

	for (b = 0; b < n; b++) {
		const float *q = p + (size_t)b * BLOCK;

		sums[b] = (double)(((q[0] + q[1]) + (q[2] + q[3])) +
				   ((q[4] + q[5]) + (q[6] + q[7])));
	}
	for (b = 0; b < n; b++)
		sum += sums[b];
	at = rp_random_unit(r) * sum;
	for (b = 0; b + 1 < n && at >= sums[b]; b++)
		at -= sums[b];
	for (i = b * BLOCK; i < k && i < (b + 1) * BLOCK; i++) {
		at -= (double)p[i];
		if (at < 0)
			return i;
	}
	/* Rounding may leave a crumb: to the last group that is possible. */
	while (i > 0 && p[i - 1] <= 0)
		i--;
	return i > 0 ? i - 1 : 0;
}

static bool
is_empty(const struct rp_corpus *c, uint32_t row)
{
	return c->start[row] == c->start[row + 1];
}

static uint32_t
most(const float *p, uint32_t k)
{
	uint32_t best = 0;

	for (uint32_t i = 1; i < k; i++)
		if (p[i] > p[best])
			best = i;
	return best;
}

void
rp_mixture_run(const struct rp_corpus *c, uint32_t k_max, uint32_t sweeps,
    struct rp_random *r, uint32_t *labels)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	struct rp_mixture x;
	float *p, *inverse;
	double *sums;

	for (uint32_t i = 0; i < c->n; i++)
		labels[i] =
		    is_empty(c, i) ? RP_NONE : rp_random_below(r, k_max);
	x = rp_mixture_count(tmp, c, labels, k_max);
	p = rp_new_n(tmp, float, x.stride);
	inverse = rp_new_n(tmp, float, x.stride);
	sums = rp_new_n(tmp, double, x.stride / BLOCK);
	for (uint32_t s = 0; s < sweeps; s++)
		for (uint32_t i = 0; i < c->n; i++) {
			uint32_t from = c->start[i];

			if (labels[i] == RP_NONE)
				continue;
			rp_mixture_add(&x, c, i, labels[i], -1);
			posterior(&x, c->col + from, c->count + from,
			    c->start[i + 1] - from, inverse, p);
			/* The last sweep rests where the posterior is. */
			labels[i] = s + 1 < sweeps ?
					draw(p, k_max, x.stride, sums, r) :
					most(p, k_max);
			rp_mixture_add(&x, c, i, labels[i], 1);
		}
}

/* Occurrences of a word in a group: a whole number, but for rounding. */
static double
occurrences(const struct rp_mixture *x, uint32_t word, uint32_t group)
{
	return (double)(int)(x->words[(size_t)word * x->stride + group] -
			     RP_MIXTURE_BETA + 0.5F);
}

void
rp_mixture_information(const struct rp_corpus *c, const uint32_t *labels,
    uint32_t k, double *said)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	struct rp_mixture x = rp_mixture_count(tmp, c, labels, k);
	double *total = rp_new_n(tmp, double, k + 1), all = 0;

	for (uint32_t w = 0; w < c->m; w++)
		for (uint32_t j = 0; j < k; j++)
			total[j] += occurrences(&x, w, j);
	for (uint32_t j = 0; j < k; j++)
		all += total[j];
	for (uint32_t w = 0; w < c->m; w++) {
		double n = 0, sum = 0;
		uint32_t used = 0;

		for (uint32_t j = 0; j < k; j++)
			n += occurrences(&x, w, j);
		for (uint32_t j = 0; j < k; j++) {
			double o = occurrences(&x, w, j);

			if (o <= 0)
				continue;
			used++;
			sum += o / n * rp_num_log(o / n * all / total[j]);
		}
		if (n > 0)
			said[w] += sum - (used - 1) / (2 * n);
	}
}
