#include "themes/mixture.h"

#include <string.h>

#include "base/err.h"
#include "themes/kernel.h"

#define BLOCK RP_NUMERIC_PAD
#define RESCALE 6 /* factors of a product before float could overflow */
#define AT_ONCE 12
#define SPARE 8u /* empty groups that a run keeps */
/*
 * In the second half of a run a row that is drawn where it almost certainly is
 * rests for some sweeps. Before, groups are still moving together.
 */
#define CERTAIN 0.99
#define REST 3

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
	/* A factor is below x.scale: so many do not reach 1e37. */
	x.at_once = AT_ONCE;
	for (double most = 1; x.at_once > RESCALE; x.at_once--, most = 1) {
		for (uint32_t i = 0; i < x.at_once; i++)
			most *= (double)x.scale;
		if (most < 1e37)
			break;
	}
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

/* The greatest to 1; what it took. */
static float
rescale(float *p, uint32_t n)
{
	float most = p[rp_kernel_greatest(p, n)], by;

	if (most <= 0) /* all of them too small for float: as they are */
		return 1;
	by = 1 / most;
	for (uint32_t i = 0; i < n; i++)
		p[i] *= by;
	return by;
}

/* p *= (words + more) * inverse */
static void
multiply(float *restrict p, const float *restrict words, float more,
    const float *restrict inverse, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		p[i] *= (words[i] + more) * inverse[i];
}

/* A row of words, and the group that it is counted in, or RP_NONE. */
struct row {
	const uint32_t *col;
	const uint16_t *count;
	uint32_t n, length;
	uint32_t own;
};

/* The own group of a row, as if the row were not counted there. */
struct own {
	float p, inverse;
};

static float
own_words(const struct rp_mixture *x, const struct row *row, uint32_t j)
{
	return x->words[(size_t)row->col[j] * x->stride + row->own] -
	       (float)row->count[j];
}

/* Words that come again: another factor each. */
static void
repeated(const struct rp_mixture *x, const struct row *row, float more,
    float *inverse, struct own *own, float *p)
{
	uint32_t done = 0;

	for (uint32_t i = 0; i < x->stride; i++)
		inverse[i] = x->scale / (x->total[i] + more);
	for (uint32_t j = 0; j < row->n; j++)
		for (uint32_t i = 1; i < row->count[j]; i++) {
			multiply(p, x->words + (size_t)row->col[j] * x->stride,
			    (float)i, inverse, x->stride);
			if (row->own != RP_NONE)
				own->p *= (own_words(x, row, j) + (float)i) *
					  own->inverse;
			if (++done % RESCALE == 0)
				own->p *= rescale(p, x->stride);
		}
}

/*
 * The denominator is the product of total + i over the row's words: with the
 * middle of it for each it is right to n^2 / total^2, and one division serves
 * all words. x->at_once words at a time, for float; the first occurrences
 * together. Rows that stay need not be taken out and put in again.
 */
static void
posterior(const struct rp_mixture *x, const struct row *row, float *inverse,
    float *p)
{
	const float *rows[AT_ONCE];
	struct rp_kernel_factors f = { .rows = rows,
		.from = x->rows,
		.below = x->total,
		.more = (float)(row->length > 0 ? row->length - 1 : 0) / 2,
		.scale = x->scale,
		.n = x->stride };
	struct own own = { 0 };
	uint32_t j = 0;

	if (row->own != RP_NONE) {
		own.p = x->rows[row->own] - 1;
		own.inverse = x->scale / (x->total[row->own] -
					     (float)row->length + f.more);
	}
	do {
		for (f.n_rows = 0; j < row->n && f.n_rows < x->at_once; j++) {
			rows[f.n_rows++] =
			    x->words + (size_t)row->col[j] * x->stride;
			if (row->own != RP_NONE)
				own.p *= own_words(x, row, j) * own.inverse;
		}
		rp_kernel_product(&f, p);
		f.from = p;
		if (j < row->n || row->length > row->n)
			own.p *= rescale(p, x->stride);
	} while (j < row->n);
	if (row->length > row->n)
		repeated(x, row, f.more, inverse, &own, p);
	if (row->own != RP_NONE)
		p[row->own] = own.p;
}

static struct row
row_of(const uint32_t *col, const uint16_t *count, uint32_t n, uint32_t own)
{
	struct row row = { col, count, n, 0, own };

	for (uint32_t j = 0; j < n; j++)
		row.length += count[j];
	return row;
}

#define STRIDE_MAX 4096

void
rp_mixture_posterior(const struct rp_mixture *x, const uint32_t *col,
    const uint16_t *count, uint32_t n, float *p)
{
	float inverse[STRIDE_MAX];
	struct row row;

	RP_ASSERT(x->stride <= STRIDE_MAX);
	row = row_of(col, count, n, RP_NONE);
	posterior(x, &row, inverse, p);
	(void)rescale(p, x->stride);
}

/* By blocks first. `sum`: of all of p. */
static uint32_t
draw(const float *p, uint32_t k, const float *sums, uint32_t n, double sum,
    struct rp_random *r)
{
	double at = rp_random_unit(r) * sum;
	uint32_t b = 0, i;

	for (; b + 1 < n && at >= (double)sums[b]; b++)
		at -= (double)sums[b];
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

/* One run, and what it needs beside the counts. */
struct run {
	const struct rp_corpus *c;
	struct rp_mixture x;
	struct rp_random *r;
	struct rp_watch *watch;
	uint32_t *labels;
	uint8_t *rest; /* sweeps that a row is passed over */
	float *p, *inverse, *sums;
	bool may_rest;
};

/* Where a row goes, and whether that is all but certain. */
static uint32_t
choose(struct run *z, uint32_t i, bool is_last)
{
	const struct rp_corpus *c = z->c;
	uint32_t from = c->start[i], n = z->x.stride / BLOCK, to;
	struct row row = row_of(c->col + from, c->count + from,
	    c->start[i + 1] - from, z->labels[i]);
	double sum = 0;

	posterior(&z->x, &row, z->inverse, z->p);
	/* The last sweep rests where the posterior is. */
	if (is_last)
		return rp_kernel_greatest(z->p, z->x.stride);
	rp_kernel_sums(z->p, z->x.stride, z->sums);
	for (uint32_t b = 0; b < n; b++)
		sum += (double)z->sums[b];
	to = draw(z->p, z->x.k, z->sums, n, sum, z->r);
	if (z->may_rest && (double)z->p[to] > CERTAIN * sum)
		z->rest[i] = REST;
	return to;
}

static void
sweep(struct run *z, bool is_last)
{
	for (uint32_t i = 0; i < z->c->n; i++) {
		uint32_t to;

		if (rp_watch_stops_at(z->watch, i))
			return;
		if (z->labels[i] == RP_NONE)
			continue;
		if (z->rest[i] > 0 && !is_last) {
			z->rest[i]--;
			continue;
		}
		to = choose(z, i, is_last);
		if (to == z->labels[i])
			continue;
		rp_mixture_add(&z->x, z->c, i, z->labels[i], -1);
		rp_mixture_add(&z->x, z->c, i, to, 1);
		z->labels[i] = to;
	}
}

/*
 * Most of the groups that a run begins with become empty and stay so: but for
 * SPARE of them they go, the others move together.
 */
static void
close_up(struct run *z)
{
	struct rp_mixture *x = &z->x;
	uint32_t to[RP_MIXTURE_K_MAX], kept = 0, spare = 0, k = 0, stride;

	for (uint32_t j = 0; j < x->k; j++)
		kept += x->rows[j] >= 0.5F || spare++ < SPARE;
	stride = (kept + BLOCK - 1) / BLOCK * BLOCK;
	if (stride >= x->stride)
		return;
	spare = 0;
	for (uint32_t j = 0; j < x->k; j++) {
		to[j] = x->rows[j] >= 0.5F || spare++ < SPARE ? k++ : RP_NONE;
		if (to[j] == RP_NONE)
			continue;
		x->total[to[j]] = x->total[j];
		x->rows[to[j]] = x->rows[j];
	}
	for (uint32_t j = kept; j < stride; j++)
		x->rows[j] = 0;
	for (size_t w = 0; w < z->c->m; w++) {
		const float *from = x->words + w * x->stride;

		for (uint32_t j = 0; j < x->k; j++)
			if (to[j] != RP_NONE)
				x->words[w * stride + to[j]] = from[j];
		for (uint32_t j = kept; j < stride; j++)
			x->words[w * stride + j] = RP_MIXTURE_BETA;
	}
	for (uint32_t i = 0; i < z->c->n; i++)
		if (z->labels[i] != RP_NONE)
			z->labels[i] = to[z->labels[i]];
	x->k = kept;
	x->stride = stride;
}

void
rp_mixture_run(const struct rp_corpus *c, uint32_t k_max, uint32_t sweeps,
    struct rp_random *r, struct rp_watch *watch, uint32_t *labels)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	struct run z = { .c = c, .r = r, .watch = watch, .labels = labels };

	RP_ASSERT(k_max <= RP_MIXTURE_K_MAX);
	for (uint32_t i = 0; i < c->n; i++)
		labels[i] =
		    is_empty(c, i) ? RP_NONE : rp_random_below(r, k_max);
	z.x = rp_mixture_count(tmp, c, labels, k_max);
	z.rest = rp_new_n(tmp, uint8_t, c->n + 1);
	z.p = rp_new_n(tmp, float, z.x.stride);
	z.inverse = rp_new_n(tmp, float, z.x.stride);
	z.sums = rp_new_n(tmp, float, z.x.stride / BLOCK + 1);
	for (uint32_t s = 0; s < sweeps; s++) {
		z.may_rest = s >= sweeps / 2;
		sweep(&z, s + 1 == sweeps);
		close_up(&z);
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
