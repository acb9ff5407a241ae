#include "themes/kmeans.h"

#include <string.h>

#include "themes/result.h"

struct rows {
	const struct rp_dense *dense;
	const struct rp_sparse *sparse;
	uint32_t n, d;
};

/* Centres as columns: similarities to all of them run along a row. */
struct state {
	struct rows x;
	uint32_t k;
	struct rp_dense centres; /* d rows of k */
	struct rp_dense sums;    /* k rows of d */
	float *s;                /* similarities of one row */
	float *best;             /* by row: to its centre */
	uint32_t *size;
};

static bool
is_zero(const struct rows *x, uint32_t i)
{
	const float *v;

	if (x->dense == NULL)
		return x->sparse->start[i] == x->sparse->start[i + 1];
	v = rp_dense_row(x->dense, i);
	for (uint32_t j = 0; j < x->d; j++)
		if (v[j] != 0)
			return false;
	return true;
}

static void
add_row(const struct rows *x, uint32_t i, float by, float *to)
{
	if (x->dense != NULL) {
		rp_num_axpy(to, by, rp_dense_row(x->dense, i), x->d);
		return;
	}
	for (uint32_t j = x->sparse->start[i]; j < x->sparse->start[i + 1]; j++)
		to[x->sparse->col[j]] += by * x->sparse->v[j];
}

static float
similarity(const struct rows *x, uint32_t i, const float *centre)
{
	double s = 0;

	if (x->dense != NULL)
		return (
		    float)rp_num_dot(rp_dense_row(x->dense, i), centre, x->d);
	for (uint32_t j = x->sparse->start[i]; j < x->sparse->start[i + 1]; j++)
		s +=
		    (double)x->sparse->v[j] * (double)centre[x->sparse->col[j]];
	return (float)s;
}

/* s += four multiples of rows of `c`: fewer loads and stores of s. */
static void
axpy4(float *restrict s, const float *restrict v, const float *restrict c,
    uint32_t stride)
{
	const float *c1 = c + stride, *c2 = c1 + stride, *c3 = c2 + stride;

	for (uint32_t i = 0; i < stride; i++)
		s[i] += (v[0] * c[i] + v[1] * c1[i]) +
			(v[2] * c2[i] + v[3] * c3[i]);
}

static void
similarities(struct state *z, uint32_t i)
{
	const struct rows *x = &z->x;
	uint32_t stride = z->centres.stride, j = 0;

	memset(z->s, 0, stride * sizeof(*z->s));
	if (x->dense != NULL) {
		const float *v = rp_dense_row(x->dense, i);

		for (; j + 4 <= x->d; j += 4)
			axpy4(z->s, v + j, rp_dense_row(&z->centres, j),
			    stride);
		for (; j < x->d; j++)
			rp_num_axpy(z->s, v[j], rp_dense_row(&z->centres, j),
			    stride);
		return;
	}
	for (j = x->sparse->start[i]; j < x->sparse->start[i + 1]; j++)
		rp_num_axpy(z->s, x->sparse->v[j],
		    rp_dense_row(&z->centres, x->sparse->col[j]), stride);
}

/* k-means++: a row in proportion to its squared distance to what there is. */
static uint32_t
choose_far(struct state *z, struct rp_random *r)
{
	double sum = 0, at;
	uint32_t last = 0;

	for (uint32_t i = 0; i < z->x.n; i++)
		if (z->best[i] < 1)
			sum += 1 - (double)z->best[i];
	if (sum <= 0)
		return rp_random_below(r, z->x.n);
	at = rp_random_unit(r) * sum;
	for (uint32_t i = 0; i < z->x.n; i++) {
		if (z->best[i] >= 1)
			continue;
		last = i;
		at -= 1 - (double)z->best[i];
		if (at < 0)
			break;
	}
	return last;
}

static void
start(struct state *z, const uint32_t *labels, struct rp_random *r)
{
	for (uint32_t i = 0; i < z->x.n; i++)
		z->best[i] = labels[i] == RP_NONE ? 2 : 0;
	for (uint32_t k = 0; k < z->k; k++) {
		float *sum = rp_dense_row(&z->sums, k);

		add_row(&z->x, choose_far(z, r), 1, sum);
		for (uint32_t i = 0; i < z->x.n; i++) {
			float s;

			if (labels[i] == RP_NONE)
				continue;
			s = similarity(&z->x, i, sum);
			if (s > z->best[i])
				z->best[i] = s;
		}
	}
}

static void
centres_from_sums(struct state *z)
{
	for (uint32_t k = 0; k < z->k; k++) {
		float *sum = rp_dense_row(&z->sums, k);

		rp_num_normalise(sum, z->x.d);
		for (uint32_t j = 0; j < z->x.d; j++)
			rp_dense_row(&z->centres, j)[k] = sum[j];
	}
}

static uint32_t
greatest(const float *s, uint32_t n)
{
	uint32_t best = 0;

	for (uint32_t i = 1; i < n; i++)
		if (s[i] > s[best])
			best = i;
	return best;
}

static uint32_t
assign(struct state *z, uint32_t *labels)
{
	uint32_t moved = 0;

	for (uint32_t i = 0; i < z->x.n; i++) {
		uint32_t best;

		if (labels[i] == RP_NONE)
			continue;
		similarities(z, i);
		best = greatest(z->s, z->k);
		z->best[i] = z->s[best];
		moved += labels[i] != best;
		labels[i] = best;
	}
	return moved;
}

/* Each empty group takes the row that is worst served. */
static void
fill_empty(struct state *z, uint32_t *labels)
{
	for (uint32_t k = 0; k < z->k; k++) {
		uint32_t worst = RP_NONE;

		if (z->size[k] > 0)
			continue;
		for (uint32_t i = 0; i < z->x.n; i++)
			if (labels[i] != RP_NONE && z->size[labels[i]] > 1 &&
			    (worst == RP_NONE || z->best[i] < z->best[worst]))
				worst = i;
		if (worst == RP_NONE)
			return;
		z->size[labels[worst]]--;
		labels[worst] = k;
		z->size[k] = 1;
		z->best[worst] = 1;
	}
}

static void
sum_groups(struct state *z, uint32_t *labels)
{
	memset(z->size, 0, z->k * sizeof(*z->size));
	for (uint32_t i = 0; i < z->x.n; i++)
		if (labels[i] != RP_NONE)
			z->size[labels[i]]++;
	fill_empty(z, labels);
	memset(z->sums.v, 0,
	    (size_t)z->sums.n * z->sums.stride * sizeof(float));
	for (uint32_t i = 0; i < z->x.n; i++)
		if (labels[i] != RP_NONE)
			add_row(&z->x, i, 1, rp_dense_row(&z->sums, labels[i]));
}

static struct state
state_new(struct rp_arena *a, const struct rp_dense *x,
    const struct rp_sparse *y, uint32_t k)
{
	struct state z = { .x = { .dense = x,
			       .sparse = y,
			       .n = x != NULL ? x->n : y->n,
			       .d = x != NULL ? x->d : y->m },
		.k = k };

	z.centres = rp_dense_new(a, z.x.d, k);
	z.sums = rp_dense_new(a, k, z.x.d);
	z.s = rp_new_n(a, float, z.centres.stride);
	z.best = rp_new_n(a, float, z.x.n + 1);
	z.size = rp_new_n(a, uint32_t, k);
	return z;
}

/* From the groups' sums, which are there. */
static double
iterate(struct state *z, uint32_t rounds, uint32_t *labels)
{
	double sum = 0;

	for (uint32_t i = 0; i < rounds; i++) {
		centres_from_sums(z);
		if (assign(z, labels) == 0)
			break;
		if (i + 1 < rounds)
			sum_groups(z, labels);
	}
	for (uint32_t i = 0; i < z->x.n; i++)
		if (labels[i] != RP_NONE)
			sum += (double)z->best[i];
	return sum;
}

double
rp_kmeans(const struct rp_dense *x, const struct rp_sparse *y, uint32_t k,
    uint32_t rounds, struct rp_random *r, uint32_t *labels)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	struct state z = state_new(tmp, x, y, k);

	if (z.x.n == 0 || k == 0)
		return 0;
	for (uint32_t i = 0; i < z.x.n; i++)
		labels[i] = is_zero(&z.x, i) ? RP_NONE : k;
	start(&z, labels, r);
	return iterate(&z, rounds, labels);
}

double
rp_kmeans_from(const struct rp_dense *x, uint32_t k, uint32_t rounds,
    uint32_t *labels)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	struct state z = state_new(tmp, x, NULL, k);

	sum_groups(&z, labels);
	for (uint32_t i = 0; i < z.x.n; i++)
		if (labels[i] == RP_NONE && !is_zero(&z.x, i))
			labels[i] = k;
	return iterate(&z, rounds, labels);
}
