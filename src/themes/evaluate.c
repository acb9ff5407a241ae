#include "themes/evaluate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "themes/result.h"

/* Items by their pair of labels, and the labels' sums: a table of n_ij > 0. */
struct cell {
	uint64_t pair; /* gold << 32 | found */
	uint64_t n;
};

struct table {
	struct cell *v;
	size_t n;
	uint64_t *gold, *found; /* sums by label */
	uint32_t n_gold, n_found;
	uint64_t items;
};

static int
by_value(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return a < b ? -1 : a > b;
}

/* Labels as 0, 1, 2 ... in the order of their numbers; none as `how` says. */
static uint32_t
number(struct rp_arena *a, const uint32_t *in, size_t n,
    enum rp_evaluate_none how, uint32_t *out)
{
	uint64_t *sorted = rp_new_n(a, uint64_t, n + 1);
	size_t some = 0;
	uint32_t k = 0;

	for (size_t i = 0; i < n; i++)
		sorted[i] = (uint64_t)in[i] << 32 | (uint32_t)i;
	qsort(sorted, n, sizeof(*sorted), by_value);
	for (; some < n && sorted[some] >> 32 != RP_NONE; some++) {
		if (some > 0 && sorted[some] >> 32 != sorted[some - 1] >> 32)
			k++;
		out[(uint32_t)sorted[some]] = k;
	}
	k += some > 0;
	for (size_t i = some; i < n; i++)
		out[(uint32_t)sorted[i]] = how == RP_EVALUATE_ALONE ? k++ : k;
	return k + (how == RP_EVALUATE_TOGETHER && some < n);
}

static void
count(struct rp_arena *a, const uint32_t *gold, const uint32_t *found, size_t n,
    struct table *t)
{
	uint64_t *pairs = rp_new_n(a, uint64_t, n + 1);

	t->gold = rp_new_n(a, uint64_t, t->n_gold + 1);
	t->found = rp_new_n(a, uint64_t, t->n_found + 1);
	t->v = rp_new_n(a, struct cell, n + 1);
	t->items = n;
	for (size_t i = 0; i < n; i++) {
		pairs[i] = (uint64_t)gold[i] << 32 | found[i];
		t->gold[gold[i]]++;
		t->found[found[i]]++;
	}
	qsort(pairs, n, sizeof(*pairs), by_value);
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || pairs[i] != pairs[i - 1])
			t->v[t->n++].pair = pairs[i];
		t->v[t->n - 1].n++;
	}
}

static double
entropy(const uint64_t *sums, uint32_t n, double all)
{
	double h = 0;

	for (uint32_t i = 0; i < n; i++)
		if (sums[i] > 0)
			h -= (double)sums[i] / all * log((double)sums[i] / all);
	return h;
}

static double
pairs_of(double n)
{
	return n * (n - 1) / 2;
}

static double
f1_of(double precision, double recall)
{
	double sum = precision + recall;

	return sum > 0 ? 2 * precision * recall / sum : 0;
}

static void
information(const struct table *t, struct rp_evaluate_groups *out)
{
	double n = (double)t->items, mi = 0;
	double hg = entropy(t->gold, t->n_gold, n);
	double hf = entropy(t->found, t->n_found, n);

	for (size_t i = 0; i < t->n; i++) {
		double nij = (double)t->v[i].n;
		double ai = (double)t->gold[t->v[i].pair >> 32];
		double bj = (double)t->found[(uint32_t)t->v[i].pair];

		mi += nij / n * log(n * nij / (ai * bj));
	}
	/* What rounding leaves of nothing. */
	mi = mi < 1e-14 ? 0 : mi;
	out->nmi = hg + hf > 0 ? mi / ((hg + hf) / 2) : 1;
	out->homogeneity = hg > 0 ? mi / hg : 1;
	out->completeness = hf > 0 ? mi / hf : 1;
	out->v = f1_of(out->homogeneity, out->completeness);
}

static void
counting(const struct table *t, struct rp_evaluate_groups *out)
{
	double n = (double)t->items, both = 0, gold = 0, found = 0;
	double expected, most;

	for (size_t i = 0; i < t->n; i++) {
		double nij = (double)t->v[i].n;
		double ai = (double)t->gold[t->v[i].pair >> 32];
		double bj = (double)t->found[(uint32_t)t->v[i].pair];

		both += pairs_of(nij);
		out->b3_precision += nij * nij / bj / n;
		out->b3_recall += nij * nij / ai / n;
	}
	for (uint32_t i = 0; i < t->n_gold; i++)
		gold += pairs_of((double)t->gold[i]);
	for (uint32_t i = 0; i < t->n_found; i++)
		found += pairs_of((double)t->found[i]);
	expected = n > 1 ? gold * found / pairs_of(n) : 0;
	most = (gold + found) / 2;
	out->ari =
	    most - expected > 0 ? (both - expected) / (most - expected) : 1;
	out->b3_f1 = f1_of(out->b3_precision, out->b3_recall);
	out->pair_precision = found > 0 ? both / found : 1;
	out->pair_recall = gold > 0 ? both / gold : 1;
}

static struct rp_err *
groups(struct rp_arena *a, const uint32_t *gold, const uint32_t *found,
    size_t n, enum rp_evaluate_none none, struct rp_evaluate_groups *out)
{
	uint32_t *g = rp_new_n(a, uint32_t, n + 1);
	uint32_t *f = rp_new_n(a, uint32_t, n + 1);
	struct table t = { 0 };
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (none == RP_EVALUATE_LEFT_OUT &&
		    (gold[i] == RP_NONE || found[i] == RP_NONE))
			continue;
		g[kept] = gold[i];
		f[kept++] = found[i];
	}
	out->n = kept;
	if (kept == 0)
		return NULL;
	out->n_gold = t.n_gold = number(a, g, kept, none, g);
	out->n_found = t.n_found = number(a, f, kept, none, f);
	count(a, g, f, kept, &t);
	information(&t, out);
	counting(&t, out);
	return NULL;
}

struct rp_evaluate_groups
rp_evaluate_groups(const uint32_t *gold, const uint32_t *found, size_t n,
    enum rp_evaluate_none none)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_evaluate_groups out = { 0 };

	RP_ASSERT(n < RP_NONE);
	rp_err_free(groups(a, gold, found, n, none, &out));
	return out;
}

/* Sets. */

/* The items of each label: the sets turned over. */
struct members {
	uint32_t n;      /* labels */
	uint32_t *start; /* n + 1 */
	uint32_t *item;
};

static uint32_t
size_of(const struct rp_evaluate_sets *s, size_t i)
{
	return s->start[i + 1] - s->start[i];
}

static struct members
turn(struct rp_arena *a, const struct rp_evaluate_sets *s)
{
	struct members m = { 0 };
	uint32_t *at;

	for (uint32_t k = 0; k < s->start[s->n]; k++)
		if (s->label[k] >= m.n)
			m.n = s->label[k] + 1;
	m.start = rp_new_n(a, uint32_t, (size_t)m.n + 2);
	m.item = rp_new_n(a, uint32_t, (size_t)s->start[s->n] + 1);
	for (uint32_t k = 0; k < s->start[s->n]; k++)
		m.start[s->label[k] + 1]++;
	for (uint32_t l = 0; l < m.n; l++)
		m.start[l + 1] += m.start[l];
	at = rp_new_n(a, uint32_t, (size_t)m.n + 1);
	memcpy(at, m.start, m.n * sizeof(*at));
	for (size_t i = 0; i < s->n; i++)
		for (uint32_t k = s->start[i]; k < s->start[i + 1]; k++)
			m.item[at[s->label[k]]++] = (uint32_t)i;
	return m;
}

static uint32_t
shared(const struct rp_evaluate_sets *s, size_t x, size_t y)
{
	uint32_t i = s->start[x], j = s->start[y], n = 0;

	while (i < s->start[x + 1] && j < s->start[y + 1]) {
		uint32_t p = s->label[i], q = s->label[j];

		n += p == q;
		i += p <= q;
		j += q <= p;
	}
	return n;
}

/*
 * The mean over items of what their companions in `by` share in `of` too. An
 * item without a label is its own only companion, and with whom it shares
 * nothing it is alone on the other side as well.
 */
static double
side(struct rp_arena *a, const struct rp_evaluate_sets *by,
    const struct rp_evaluate_sets *of)
{
	struct members m = turn(a, by);
	uint32_t *seen = rp_new_n(a, uint32_t, by->n + 1);
	double sum = 0;

	for (size_t i = 0; i < by->n; i++) {
		double mine = 0;
		uint64_t n = 0;

		for (uint32_t k = by->start[i]; k < by->start[i + 1]; k++) {
			uint32_t l = by->label[k];

			for (uint32_t j = m.start[l]; j < m.start[l + 1]; j++) {
				uint32_t other = m.item[j], c, both;

				if (seen[other] == i + 1)
					continue;
				seen[other] = (uint32_t)i + 1;
				c = shared(by, i, other);
				both = shared(of, i, other);
				if (other == i && both == 0)
					both = 1;
				mine += (double)(both < c ? both : c) / c;
				n++;
			}
		}
		sum += n == 0 ? 1 : mine / (double)n;
	}
	return by->n == 0 ? 1 : sum / (double)by->n;
}

static struct rp_err *
check_pairs(struct rp_arena *a, const struct rp_evaluate_sets *s)
{
	struct members m = turn(a, s);
	uint64_t pairs = 0;

	for (uint32_t l = 0; l < m.n; l++) {
		uint64_t n = m.start[l + 1] - m.start[l];

		pairs += n * n;
		if (pairs > RP_EVALUATE_PAIRS_MAX)
			return rp_fail(RP_E_LIMIT,
			    "too many items share labels to compare all");
	}
	return NULL;
}

struct rp_err *
rp_evaluate_b3(struct rp_arena *a, const struct rp_evaluate_sets *gold,
    const struct rp_evaluate_sets *found, struct rp_evaluate_b3 *out)
{
	RP_ASSERT(gold->n == found->n && gold->n < RP_NONE);
	RP_TRY(check_pairs(a, gold));
	RP_TRY(check_pairs(a, found));
	out->precision = side(a, found, gold);
	out->recall = side(a, gold, found);
	out->f1 = f1_of(out->precision, out->recall);
	return NULL;
}

static uint32_t
shared_between(const struct rp_evaluate_sets *s,
    const struct rp_evaluate_sets *t, size_t x)
{
	uint32_t i = s->start[x], j = t->start[x], n = 0;

	while (i < s->start[x + 1] && j < t->start[x + 1]) {
		uint32_t p = s->label[i], q = t->label[j];

		n += p == q;
		i += p <= q;
		j += q <= p;
	}
	return n;
}

/* SplitMix64 (Steele et al. 2014): enough to draw samples. */
static uint64_t
draw(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15U;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
	z = (z ^ z >> 27) * 0x94d049bb133111ebU;
	return z ^ z >> 31;
}

static int
by_double(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;

	return a < b ? -1 : a > b;
}

static void
bootstrap(struct rp_arena *a, const double *v, size_t n, uint64_t seed,
    struct rp_evaluate_mean *out)
{
	double *means = rp_new_n(a, double, RP_EVALUATE_BOOTSTRAPS);

	for (size_t b = 0; b < RP_EVALUATE_BOOTSTRAPS; b++) {
		double sum = 0;

		/* The high half of a product spreads evenly, without bias that
		 * n < 2^32 could show. */
		for (size_t i = 0; i < n; i++)
			sum += v[(draw(&seed) >> 32) * n >> 32];
		means[b] = sum / (double)n;
	}
	qsort(means, RP_EVALUATE_BOOTSTRAPS, sizeof(*means), by_double);
	out->low = means[RP_EVALUATE_BOOTSTRAPS / 40];
	out->high =
	    means[RP_EVALUATE_BOOTSTRAPS - 1 - RP_EVALUATE_BOOTSTRAPS / 40];
}

struct rp_evaluate_mean
rp_evaluate_samples_f1(struct rp_arena *a, const struct rp_evaluate_sets *gold,
    const struct rp_evaluate_sets *found, uint64_t seed)
{
	struct rp_evaluate_mean out = { 0 };
	double *v = rp_new_n(a, double, gold->n + 1), sum = 0;

	RP_ASSERT(gold->n == found->n && gold->n < RP_NONE);
	if (gold->n == 0)
		return out;
	for (size_t i = 0; i < gold->n; i++) {
		uint32_t all = size_of(gold, i) + size_of(found, i);

		v[i] =
		    all == 0 ? 1 : 2.0 * shared_between(gold, found, i) / all;
		sum += v[i];
	}
	out.mean = sum / (double)gold->n;
	bootstrap(a, v, gold->n, seed, &out);
	return out;
}

/* Matching. */

/*
 * Shortest augmenting paths with potentials, O(rows² columns), on costs; rows
 * at most columns. Row 0 and column 0 stand for none.
 */
static void
assign(struct rp_arena *a, const double *cost, size_t rows, size_t columns,
    size_t *row_of)
{
	double *u = rp_new_n(a, double, rows + 1);
	double *v = rp_new_n(a, double, columns + 1);
	double *least = rp_new_n(a, double, columns + 1);
	size_t *way = rp_new_n(a, size_t, columns + 1);
	bool *used = rp_new_n(a, bool, columns + 1);

	for (size_t r = 1; r <= rows; r++) {
		size_t c = 0;

		row_of[0] = r;
		for (size_t j = 0; j <= columns; j++) {
			least[j] = INFINITY;
			used[j] = false;
		}
		while (row_of[c] != 0) {
			size_t i = row_of[c], next = 0;
			double delta = INFINITY;

			used[c] = true;
			for (size_t j = 1; j <= columns; j++) {
				double d;

				if (used[j])
					continue;
				d = cost[(i - 1) * columns + j - 1] - u[i] -
				    v[j];
				if (d < least[j]) {
					least[j] = d;
					way[j] = c;
				}
				if (least[j] < delta) {
					delta = least[j];
					next = j;
				}
			}
			for (size_t j = 0; j <= columns; j++) {
				if (used[j]) {
					u[row_of[j]] += delta;
					v[j] -= delta;
				} else {
					least[j] -= delta;
				}
			}
			c = next;
		}
		for (; c != 0; c = way[c])
			row_of[c] = row_of[way[c]];
	}
}

void
rp_evaluate_assign(struct rp_arena *a, const double *worth, size_t rows,
    size_t columns, uint32_t *column_of)
{
	bool turned = rows > columns;
	size_t less = turned ? columns : rows, more = turned ? rows : columns;
	double *cost = rp_new_n(a, double, less *more + 1);
	size_t *row_of = rp_new_n(a, size_t, more + 1);

	for (size_t r = 0; r < rows; r++) {
		column_of[r] = RP_NONE;
		for (size_t c = 0; c < columns; c++)
			cost[turned ? c * more + r : r * more + c] =
			    -worth[r * columns + c];
	}
	if (less == 0)
		return;
	assign(a, cost, less, more, row_of);
	for (size_t j = 1; j <= more; j++) {
		if (row_of[j] == 0)
			continue;
		if (turned)
			column_of[j - 1] = (uint32_t)(row_of[j] - 1);
		else
			column_of[row_of[j] - 1] = (uint32_t)(j - 1);
	}
}

static double *
worths(struct rp_arena *a, const struct rp_evaluate_sets *gold,
    const struct rp_evaluate_sets *found, const struct members *g,
    const struct members *f)
{
	double *w = rp_new_n(a, double, (size_t)g->n * f->n + 1);

	for (size_t i = 0; i < gold->n; i++)
		for (uint32_t p = gold->start[i]; p < gold->start[i + 1]; p++)
			for (uint32_t q = found->start[i];
			     q < found->start[i + 1]; q++)
				w[(size_t)gold->label[p] * f->n +
				    found->label[q]] += 1;
	for (uint32_t i = 0; i < g->n; i++)
		for (uint32_t j = 0; j < f->n; j++)
			if (w[(size_t)i * f->n + j] > 0)
				w[(size_t)i * f->n + j] *=
				    2.0 / (g->start[i + 1] - g->start[i] +
					      f->start[j + 1] - f->start[j]);
	return w;
}

/* Pairs of labels that stand for almost the same items. */
static uint32_t
redundant(struct rp_arena *a, const struct rp_evaluate_sets *s,
    const struct members *m)
{
	uint32_t *both = rp_new_n(a, uint32_t, (size_t)m->n * m->n + 1);
	uint32_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		for (uint32_t p = s->start[i]; p < s->start[i + 1]; p++)
			for (uint32_t q = p + 1; q < s->start[i + 1]; q++)
				both[(size_t)s->label[p] * m->n +
				     s->label[q]]++;
	for (uint32_t i = 0; i < m->n; i++)
		for (uint32_t j = i + 1; j < m->n; j++) {
			uint32_t x = both[(size_t)i * m->n + j];
			uint32_t all = m->start[i + 1] - m->start[i] +
				       m->start[j + 1] - m->start[j] - x;

			n += x > 0 && 10 * (uint64_t)x >= 7 * (uint64_t)all;
		}
	return n;
}

struct rp_err *
rp_evaluate_match(struct rp_arena *a, const struct rp_evaluate_sets *gold,
    const struct rp_evaluate_sets *found, struct rp_evaluate_match *out)
{
	struct members g = turn(a, gold), f = turn(a, found);
	struct rp_evaluate_match m = { .n_gold = g.n, .n_found = f.n };
	uint32_t covered = 0, used_gold = 0, used_found = 0;
	double *w;

	RP_ASSERT(gold->n == found->n && gold->n < RP_NONE);
	if (g.n > RP_EVALUATE_MATCH_MAX || f.n > RP_EVALUATE_MATCH_MAX)
		return rp_fail(RP_E_LIMIT, "more than %zu labels to match",
		    RP_EVALUATE_MATCH_MAX);
	w = worths(a, gold, found, &g, &f);
	m.found_of = rp_new_n(a, uint32_t, (size_t)g.n + 1);
	m.gold_of = rp_new_n(a, uint32_t, (size_t)f.n + 1);
	m.f1 = rp_new_n(a, double, (size_t)g.n + 1);
	for (uint32_t j = 0; j < f.n; j++) {
		m.gold_of[j] = RP_NONE;
		used_found += f.start[j + 1] > f.start[j];
	}
	rp_evaluate_assign(a, w, g.n, f.n, m.found_of);
	for (uint32_t i = 0; i < g.n; i++) {
		uint32_t j = m.found_of[i];

		used_gold += g.start[i + 1] > g.start[i];
		if (j == RP_NONE || !(w[(size_t)i * f.n + j] > 0)) {
			m.found_of[i] = RP_NONE;
			continue;
		}
		m.gold_of[j] = i;
		m.f1[i] = w[(size_t)i * f.n + j];
		covered += m.f1[i] >= .5;
	}
	m.coverage = used_gold > 0 ? (double)covered / used_gold : 0;
	m.groundedness = used_found > 0 ? (double)covered / used_found : 0;
	m.redundant = redundant(a, found, &f);
	*out = m;
	return NULL;
}

static int
by_label(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return a < b ? -1 : a > b;
}

struct rp_evaluate_sets
rp_evaluate_rename(struct rp_arena *a, const struct rp_evaluate_sets *found,
    const struct rp_evaluate_match *m)
{
	uint32_t all = found->start[found->n];
	uint32_t *label = rp_new_n(a, uint32_t, (size_t)all + 1);

	for (uint32_t k = 0; k < all; k++) {
		uint32_t j = found->label[k];

		RP_ASSERT(j < m->n_found);
		label[k] =
		    m->gold_of[j] == RP_NONE ? m->n_gold + j : m->gold_of[j];
	}
	for (size_t i = 0; i < found->n; i++)
		qsort(label + found->start[i], size_of(found, i),
		    sizeof(*label), by_label);
	return (struct rp_evaluate_sets){ found->n, found->start, label };
}

/* Coders. */

struct rp_evaluate_coders
rp_evaluate_coders(const uint8_t *one, const uint8_t *other, size_t n)
{
	struct rp_evaluate_coders out = { 0 };
	uint64_t yes_one = 0, yes_other = 0;
	double u, po, pe, n0, n1;

	for (size_t i = 0; i < n; i++) {
		if (one[i] == RP_CODED_NOT || other[i] == RP_CODED_NOT)
			continue;
		out.units++;
		out.agreed += one[i] == other[i];
		yes_one += one[i] == RP_CODED_YES;
		yes_other += other[i] == RP_CODED_YES;
	}
	if (out.units == 0)
		return out;
	u = (double)out.units;
	po = (double)out.agreed / u;
	n1 = (double)(yes_one + yes_other);
	n0 = 2 * u - n1;
	pe = ((double)yes_one * (double)yes_other +
		 (u - (double)yes_one) * (u - (double)yes_other)) /
	     (u * u);
	out.has_kappa = pe < 1;
	if (out.has_kappa)
		out.kappa = (po - pe) / (1 - pe);
	out.has_alpha = n0 > 0 && n1 > 0;
	if (out.has_alpha)
		out.alpha =
		    1 - (2 * u - 1) * (u - (double)out.agreed) / (n0 * n1);
	return out;
}
