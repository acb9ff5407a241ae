#include "themes/kmeans.h"

#include <string.h>

#include "themes/kernel.h"
#include "themes/result.h"

/* Of the first centres' candidates, for each. More choose no better. */
#define START_ROWS 32
#define SETTLED 1000 /* fewer than one row of so many moves: the end */
#define LANES 4
#define ROUNDED 1e-5F /* what similarities may be off by */

struct rows {
	const struct rp_dense *dense;
	const struct rp_sparse *sparse;
	uint32_t n, d;
};

/*
 * Of each row only bounds are known until it must be looked at (Hamerly 2010,
 * for products): with rows of length 1 the similarity to a centre changes by no
 * more than the centre moved. A row stays where it is while the lower bound of
 * its own centre is above the upper bound of all others.
 */
struct state {
	struct rows x;
	uint32_t k;
	float *panels;        /* dense: centres as columns, RP_KERNEL_WIDE */
	struct rp_dense wide; /* sparse: centres as columns */
	struct rp_dense sums; /* k rows of d; then the centres */
	struct rp_dense last; /* dense: the centres before */
	float *moved;         /* by centre, since the last round */
	float *s;             /* similarities of two rows, or of one */
	float *best;          /* by row: to its centre, or less */
	float *other;         /* to the next one, or more */
	uint32_t *look;       /* rows that must be looked at */
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
		return rp_kernel_dot(rp_dense_row(x->dense, i), centre,
		    x->dense->stride);
	for (uint32_t j = x->sparse->start[i]; j < x->sparse->start[i + 1]; j++)
		s +=
		    (double)x->sparse->v[j] * (double)centre[x->sparse->col[j]];
	return (float)s;
}

/*
 * k-means++ among some of the rows: one in proportion to its squared distance
 * to what there is.
 */
static uint32_t
choose_far(const struct state *z, const uint32_t *rows, uint32_t n,
    struct rp_random *r)
{
	double sum = 0, at;
	uint32_t last = 0;

	for (uint32_t i = 0; i < n; i++)
		if (z->best[i] < 1)
			sum += 1 - (double)z->best[i];
	if (sum <= 0)
		return rows[rp_random_below(r, n)];
	at = rp_random_unit(r) * sum;
	for (uint32_t i = 0; i < n; i++) {
		if (z->best[i] >= 1)
			continue;
		last = i;
		at -= 1 - (double)z->best[i];
		if (at < 0)
			break;
	}
	return rows[last];
}

/* Evenly among the rows that have something, from anywhere. */
static uint32_t
candidates(const struct state *z, const uint32_t *labels, struct rp_random *r,
    uint32_t *rows)
{
	uint64_t n = 0, k = 0, most = (uint64_t)z->k * START_ROWS, seen = 0;
	uint64_t from;

	for (uint32_t i = 0; i < z->x.n; i++)
		n += labels[i] != RP_NONE;
	if (n == 0)
		return 0;
	most = most < n ? most : n;
	from = rp_random_below(r, (uint32_t)n);
	for (uint32_t i = 0; i < z->x.n; i++) {
		if (labels[i] == RP_NONE)
			continue;
		seen++;
		if ((seen * most + from) / n > ((seen - 1) * most + from) / n)
			rows[k++] = i;
	}
	return (uint32_t)k;
}

static void
start(struct state *z, const uint32_t *labels, struct rp_random *r)
{
	uint32_t *rows = z->look, n = candidates(z, labels, r, rows);

	for (uint32_t i = 0; i < n; i++)
		z->best[i] = 0;
	for (uint32_t k = 0; k < z->k && n > 0; k++) {
		float *sum = rp_dense_row(&z->sums, k);

		add_row(&z->x, choose_far(z, rows, n, r), 1, sum);
		for (uint32_t i = 0; i < n; i++) {
			float s = similarity(&z->x, rows[i], sum);

			if (s > z->best[i])
				z->best[i] = s;
		}
	}
}

static void
put_in_panel(struct state *z, uint32_t k)
{
	const float *c = rp_dense_row(&z->sums, k);
	float *to = z->panels +
		    (size_t)(k / RP_KERNEL_WIDE) * RP_KERNEL_WIDE * z->x.d +
		    k % RP_KERNEL_WIDE;

	for (uint32_t j = 0; j < z->x.d; j++)
		to[(size_t)j * RP_KERNEL_WIDE] = c[j];
}

static void
centres_from_sums(struct state *z)
{
	for (uint32_t k = 0; k < z->k; k++) {
		float *c = rp_dense_row(&z->sums, k), *last, far = 0;

		rp_num_normalise(c, z->x.d);
		if (z->x.dense == NULL) {
			for (uint32_t j = 0; j < z->x.d; j++)
				rp_dense_row(&z->wide, j)[k] = c[j];
			continue;
		}
		last = rp_dense_row(&z->last, k);
		for (uint32_t j = 0; j < z->x.d; j++)
			last[j] -= c[j];
		far = rp_kernel_dot(last, last, z->last.stride);
		z->moved[k] = (float)rp_num_sqrt((double)far) + ROUNDED;
		memcpy(last, c, z->x.d * sizeof(*c));
		put_in_panel(z, k);
	}
}

/*
 * The greatest of k and the next one, which may be as great. Lanes do not wait
 * for each other; what is behind k in `s` is made small.
 */
static uint32_t
greatest(float *s, uint32_t k, float *next)
{
	float most[LANES], then[LANES], first = -2, second = -2;

	for (uint32_t j = 0; j < LANES; j++)
		most[j] = then[j] = -2;
	for (uint32_t i = k; i % RP_KERNEL_STEP != 0; i++)
		s[i] = -2;
	for (uint32_t i = 0; i < k; i += LANES)
		for (uint32_t j = 0; j < LANES; j++) {
			float x = s[i + j], less = most[j] < x ? most[j] : x;

			most[j] = most[j] > x ? most[j] : x;
			then[j] = then[j] > less ? then[j] : less;
		}
	for (uint32_t j = 0; j < LANES; j++) {
		float less = most[j] < first ? most[j] : first;

		second = second > less ? second : less;
		second = second > then[j] ? second : then[j];
		first = first > most[j] ? first : most[j];
	}
	*next = second;
	return rp_kernel_greatest(s, (k + 7) / 8 * 8);
}

static uint32_t
settle(struct state *z, uint32_t i, float *s, uint32_t *labels)
{
	uint32_t best = greatest(s, z->k, &z->other[i]);
	bool is_moved = labels[i] != best;

	z->best[i] = s[best];
	labels[i] = best;
	return is_moved;
}

/* The greatest way of a centre, and of one that is not that. */
static void
greatest_ways(const struct state *z, uint32_t *first, float *most, float *next)
{
	*first = 0;
	*next = 0;
	for (uint32_t k = 1; k < z->k; k++)
		if (z->moved[k] > z->moved[*first])
			*first = k;
	for (uint32_t k = 0; k < z->k; k++)
		if (k != *first && z->moved[k] > *next)
			*next = z->moved[k];
	*most = z->moved[*first];
}

/* Bounds of all rows after the centres moved; how many must be looked at. */
static uint32_t
loosen(struct state *z, const uint32_t *labels)
{
	uint32_t first, n = 0;
	float most, next;

	greatest_ways(z, &first, &most, &next);
	for (uint32_t i = 0; i < z->x.n; i++) {
		uint32_t own = labels[i];

		if (own == RP_NONE)
			continue;
		if (own < z->k) {
			z->best[i] -= z->moved[own];
			z->other[i] += own == first ? next : most;
			if (z->best[i] > z->other[i])
				continue;
			z->best[i] =
			    similarity(&z->x, i, rp_dense_row(&z->sums, own));
			if (z->best[i] > z->other[i] + ROUNDED)
				continue;
		}
		z->look[n++] = i;
	}
	return n;
}

static uint32_t
assign_dense(struct state *z, uint32_t *labels)
{
	uint32_t n = loosen(z, labels), moved = 0, d = z->x.d;
	uint32_t wide = z->wide.stride;

	for (uint32_t i = 0; i < n; i += 2) {
		uint32_t p = z->look[i], q = z->look[i + 1 < n ? i + 1 : i];

		for (uint32_t k = 0; k < wide; k += RP_KERNEL_WIDE) {
			float out[2 * RP_KERNEL_WIDE];

			rp_kernel_panel(rp_dense_row(z->x.dense, p),
			    rp_dense_row(z->x.dense, q),
			    z->panels + (size_t)k * d, d, out);
			memcpy(z->s + k, out, sizeof(out) / 2);
			memcpy(z->s + wide + k, out + RP_KERNEL_WIDE,
			    sizeof(out) / 2);
		}
		moved += settle(z, p, z->s, labels);
		if (q != p)
			moved += settle(z, q, z->s + wide, labels);
	}
	return moved;
}

static uint32_t
assign(struct state *z, uint32_t *labels)
{
	const struct rp_sparse *x = z->x.sparse;
	uint32_t moved = 0;

	if (z->x.dense != NULL)
		return assign_dense(z, labels);
	for (uint32_t i = 0; i < z->x.n; i++) {
		if (labels[i] == RP_NONE)
			continue;
		memset(z->s, 0, z->wide.stride * sizeof(*z->s));
		for (uint32_t j = x->start[i]; j < x->start[i + 1]; j++)
			rp_num_axpy(z->s, x->v[j],
			    rp_dense_row(&z->wide, x->col[j]), z->wide.stride);
		moved += settle(z, i, z->s, labels);
	}
	return moved;
}

/* Similarities to the own centres, in the place of their bounds. */
static void
measure(struct state *z, const uint32_t *labels)
{
	for (uint32_t i = 0; i < z->x.n; i++)
		if (labels[i] < z->k)
			z->best[i] = similarity(&z->x, i,
			    rp_dense_row(&z->sums, labels[i]));
}

/* Each empty group takes the row that is worst served. */
static void
fill_empty(struct state *z, uint32_t *labels)
{
	bool is_exact = false;

	for (uint32_t k = 0; k < z->k; k++) {
		uint32_t worst = RP_NONE;

		if (z->size[k] > 0)
			continue;
		if (!is_exact)
			measure(z, labels);
		is_exact = true;
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
		z->other[worst] = 2; /* its old centre is one of them now */
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
	uint32_t wide =
	    (k + RP_KERNEL_WIDE - 1) / RP_KERNEL_WIDE * RP_KERNEL_WIDE;

	if (x != NULL) {
		z.panels = rp_new_n(a, float, (size_t)wide *z.x.d + 1);
		z.last = rp_dense_new(a, k, z.x.d);
		z.moved = rp_new_n(a, float, k + 1);
		z.wide.stride = wide;
	} else {
		z.wide = rp_dense_new(a, z.x.d, k);
	}
	z.sums = rp_dense_new(a, k, z.x.d);
	z.s = rp_new_n(a, float, 2 * (size_t)wide + 1);
	z.best = rp_new_n(a, float, z.x.n + 1);
	z.other = rp_new_n(a, float, z.x.n + 1);
	z.look = rp_new_n(a, uint32_t, z.x.n + 1);
	z.size = rp_new_n(a, uint32_t, k);
	return z;
}

/* From the groups' sums, which are there. */
static double
iterate(struct state *z, const struct rp_kmeans *how, uint32_t *labels)
{
	double sum = 0;

	for (uint32_t i = 0; i < how->rounds; i++) {
		if (rp_watch_stops(how->watch))
			break;
		centres_from_sums(z);
		if ((uint64_t)assign(z, labels) * SETTLED <= z->x.n)
			break;
		if (i + 1 < how->rounds)
			sum_groups(z, labels);
	}
	measure(z, labels);
	for (uint32_t i = 0; i < z->x.n; i++)
		if (labels[i] == z->k) /* stopped before it had one */
			labels[i] = RP_NONE;
		else if (labels[i] != RP_NONE)
			sum += (double)z->best[i];
	return sum;
}

double
rp_kmeans(const struct rp_dense *x, const struct rp_sparse *y,
    const struct rp_kmeans *how, struct rp_random *r, uint32_t *labels)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	struct state z = state_new(tmp, x, y, how->k);

	if (z.x.n == 0 || z.k == 0)
		return 0;
	for (uint32_t i = 0; i < z.x.n; i++)
		labels[i] = is_zero(&z.x, i) ? RP_NONE : z.k;
	start(&z, labels, r);
	return iterate(&z, how, labels);
}

double
rp_kmeans_from(const struct rp_dense *x, const struct rp_kmeans *how,
    uint32_t *labels)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	struct state z = state_new(tmp, x, NULL, how->k);

	sum_groups(&z, labels);
	for (uint32_t i = 0; i < z.x.n; i++)
		if (labels[i] == RP_NONE && !is_zero(&z.x, i))
			labels[i] = z.k;
	return iterate(&z, how, labels);
}
