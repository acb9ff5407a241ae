#include "themes/fit.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "themes/agreement.h"
#include "themes/ensemble.h"
#include "themes/fit_private.h"
#include "themes/kmeans.h"
#include "themes/mixture.h"

#define STRATUM_LEAST 100 /* rows of one that are drawn, if it has them */
#define STREAM_PLACES 2000000
#define STREAM_TRIALS 4000000
#define TRIALS 3
#define TRIAL_SWEEPS 15
#define TRIAL_ROWS 300     /* below, nothing can be learnt of words */
#define FREQUENT 0.015     /* of the rows */
#define FREQUENT_LEAST 20u /* such words, for a median to mean something */
#define SILENT 0.6
#define DIMS_MORE 10
#define FOUND_LEAST 2 /* themes, where the editor sets no limit */

struct rp_fit_plan {
	struct rp_arena *arena;
	const struct rp_terms *terms;
	struct rp_fit_options options;
	struct rp_corpus corpus;
	struct rp_ensemble ensemble;
	struct rp_views views;
};

uint32_t
rp_fit_least(uint32_t responses)
{
	uint32_t least = responses / 1000 > 5 ? responses / 1000 : 5;

	return responses < 50 ? responses / 10 + 1 : least;
}

/* How many rows of each stratum are drawn, so that it is RP_FIT_ROWS_MAX. */
static uint32_t *
quotas(struct rp_arena *a, const uint32_t *size, uint32_t n_strata, uint32_t n)
{
	uint32_t *q = rp_new_n(a, uint32_t, n_strata + 1);
	uint64_t floors = 0, rest = 0;

	for (uint32_t s = 0; s < n_strata; s++) {
		q[s] = size[s] < STRATUM_LEAST ? size[s] : STRATUM_LEAST;
		floors += q[s];
	}
	if (floors > RP_FIT_ROWS_MAX) { /* more strata than can be served */
		memset(q, 0, n_strata * sizeof(*q));
		floors = 0;
	}
	rest = RP_FIT_ROWS_MAX - floors;
	for (uint32_t s = 0; s < n_strata; s++)
		q[s] += (uint32_t)((size[s] - q[s]) * rest / (n - floors));
	return q;
}

/* Evenly along each stratum: rows are in the order in which they came. */
static uint32_t *
draw_rows(struct rp_arena *a, const struct rp_fit_options *o, uint32_t *n)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	uint32_t *out = rp_new_n(a, uint32_t, *n + 1), k = 0, strata = 1;
	uint32_t *size, *seen, *quota;

	for (uint32_t i = 0; o->stratum != NULL && i < *n; i++)
		if (o->stratum[o->rows[i]] >= strata)
			strata = o->stratum[o->rows[i]] + 1;
	size = rp_new_n(tmp, uint32_t, strata);
	seen = rp_new_n(tmp, uint32_t, strata);
	for (uint32_t i = 0; i < *n; i++)
		size[o->stratum != NULL ? o->stratum[o->rows[i]] : 0]++;
	quota = *n > RP_FIT_ROWS_MAX ? quotas(tmp, size, strata, *n) : size;
	for (uint32_t i = 0; i < *n; i++) {
		uint32_t s = o->stratum != NULL ? o->stratum[o->rows[i]] : 0;
		uint64_t j = seen[s]++, q = quota[s];

		if ((j + 1) * q / size[s] > j * q / size[s])
			out[k++] = o->rows[i];
	}
	*n = k;
	return out;
}

/* Those of the corpus's rows. */
static void
use_places(struct rp_fit_plan *p)
{
	const struct rp_dense *from = p->options.places;
	struct rp_dense *x = rp_new(p->arena, struct rp_dense);

	RP_ASSERT(p->options.k > 0 && from->n == p->terms->n_rows);
	*x = rp_dense_new(p->arena, p->corpus.n, from->d);
	for (uint32_t i = 0; i < x->n; i++)
		memcpy(rp_dense_row(x, i), rp_dense_row(from, p->corpus.row[i]),
		    x->stride * sizeof(float));
	p->views.places = x;
}

static int
by_value(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;

	return a < b ? -1 : a > b;
}

/*
 * Frequent words that are alike in all groups of a few trial runs tell no theme
 * from another, whatever they mean ("please", "how"): less than SILENT of what
 * the median frequent word says. What the responses are all about goes too.
 */
static void
drop_silent(struct rp_fit_plan *p, const uint32_t *rows, uint32_t n)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	struct rp_corpus c = rp_corpus_make(tmp, p->terms, rows, n);
	uint32_t *labels = rp_new_n(tmp, uint32_t, n + 1), frequent = 0;
	uint32_t k = rp_ensemble_plan(n, 0, 0).k;
	double *said = rp_new_n(tmp, double, c.m + 1);
	double *sorted = rp_new_n(tmp, double, c.m + 1);
	bool *drop = rp_new_n(tmp, bool, p->terms->n_terms + 1);

	for (uint32_t i = 0; i < TRIALS; i++) {
		struct rp_random r =
		    rp_random_make(p->options.seed, STREAM_TRIALS + i);

		rp_mixture_run(&c, k, TRIAL_SWEEPS, &r, p->options.watch,
		    labels);
		rp_mixture_information(&c, labels, k, said);
	}
	for (uint32_t w = 0; w < c.m; w++)
		if (c.df[w] >= FREQUENT * n)
			sorted[frequent++] = said[w];
	if (frequent >= FREQUENT_LEAST) {
		qsort(sorted, frequent, sizeof(*sorted), by_value);
		for (uint32_t w = 0; w < c.m; w++)
			drop[c.word[w]] =
			    c.df[w] >= FREQUENT * n &&
			    said[w] < SILENT * sorted[frequent / 2];
	}
	p->corpus = rp_corpus_make_without(p->arena, p->terms, rows, n, drop);
}

struct rp_fit_plan *
rp_fit_plan(struct rp_arena *a, const struct rp_terms *terms,
    const struct rp_fit_options *options)
{
	struct rp_fit_plan *p = rp_new(a, struct rp_fit_plan);
	uint32_t n, *all;

	RP_ASSERT(options->k <= RP_FIT_THEMES_MAX);
	p->arena = a;
	p->terms = terms;
	p->options = *options;
	if (options->rows == NULL) {
		all = rp_new_n(a, uint32_t, terms->n_rows + 1);
		for (uint32_t i = 0; i < terms->n_rows; i++)
			all[i] = i;
		p->options.rows = all;
		p->options.n_rows = terms->n_rows;
	}
	n = p->options.n_rows;
	all = draw_rows(a, &p->options, &n);
	if (options->places != NULL || n < TRIAL_ROWS)
		p->corpus = rp_corpus_make(a, terms, all, n);
	else
		drop_silent(p, all, n);
	p->ensemble = rp_ensemble_plan(n, options->k, options->seed);
	p->views = (struct rp_views){ .arena = a,
		.corpus = &p->corpus,
		.watch = options->watch };
	if (options->places != NULL)
		use_places(p);
	return p;
}

uint32_t
rp_fit_runs(const struct rp_fit_plan *p)
{
	return p->ensemble.n_runs;
}

uint32_t
rp_fit_run_rows(const struct rp_fit_plan *p)
{
	return p->corpus.n;
}

void
rp_fit_run(struct rp_fit_plan *p, uint32_t i, uint32_t *labels)
{
	rp_ensemble_run(&p->ensemble, &p->views, i, labels);
}

static uint32_t
find_k(const struct rp_fit_plan *p, const struct rp_runs *runs,
    const struct rp_tree *tree, const uint32_t *cell)
{
	const struct rp_fit_options *o = &p->options;
	bool use[1024];

	if (o->k > 0)
		return o->k < tree->n ? o->k : tree->n;
	RP_ASSERT(runs->n_runs <= 1024);
	for (uint32_t i = 0; i < runs->n_runs; i++)
		use[i] = rp_ensemble_is_mixture(i);
	return rp_agreement_best(runs, use, tree, cell,
	    o->k_least > 0 ? o->k_least : FOUND_LEAST,
	    o->k_most > 0 && o->k_most < runs->k ? o->k_most : runs->k);
}

static uint32_t
count_responses(const struct rp_fit_plan *p)
{
	const struct rp_fit_options *o = &p->options;
	uint32_t sum = 0;

	for (uint32_t i = 0; i < p->corpus.n; i++)
		sum +=
		    o->responses != NULL ? o->responses[p->corpus.row[i]] : 1;
	return sum;
}

/* Rows of what was dissolved go to the nearest that is left. */
static uint32_t
apply_rules(const struct rp_fit_plan *p, const struct rp_dense *places,
    uint32_t k, uint32_t *labels)
{
	const struct rp_fit_options *o = &p->options;

	if (o->k > 0)
		return k;
	/* Merging makes others great enough, so once more. */
	for (int i = 0; i < 2; i++) {
		k = rp_fit_rules(&p->corpus, o,
		    rp_fit_least(count_responses(p)), k, labels);
		if (k > 0)
			rp_kmeans_from(places,
			    &(struct rp_kmeans){ k, 2, o->watch }, labels);
	}
	return k;
}

struct leaf {
	uint32_t rows, first, label;
};

static int
by_size(const void *x, const void *y)
{
	const struct leaf *a = x, *b = y;

	if (a->rows != b->rows)
		return a->rows > b->rows ? -1 : 1;
	return a->first < b->first ? -1 : a->first > b->first;
}

/* Leaves by size; labels without rows are gone. */
static uint32_t
order(uint32_t *labels, uint32_t n, uint32_t k)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	struct leaf *leaves = rp_new_n(tmp, struct leaf, k + 1);
	uint32_t *to = rp_new_n(tmp, uint32_t, k + 1), left = 0;

	for (uint32_t j = 0; j < k; j++)
		leaves[j] = (struct leaf){ .first = RP_NONE, .label = j };
	for (uint32_t i = 0; i < n; i++)
		if (labels[i] != RP_NONE) {
			struct leaf *l = &leaves[labels[i]];

			if (l->rows++ == 0)
				l->first = i;
		}
	qsort(leaves, k, sizeof(*leaves), by_size);
	for (uint32_t j = 0; j < k; j++) {
		to[leaves[j].label] = j;
		left += leaves[j].rows > 0;
	}
	for (uint32_t i = 0; i < n; i++)
		if (labels[i] != RP_NONE)
			labels[i] = to[labels[i]];
	return left;
}

void
rp_fit_finish(struct rp_arena *a, struct rp_fit_plan *p,
    const uint32_t *const *labels, struct rp_fit *out)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	const struct rp_corpus *c = &p->corpus;
	struct rp_runs runs = rp_ensemble_runs(&p->ensemble, c->n, labels);
	struct rp_random r = rp_random_make(p->options.seed, STREAM_PLACES);
	uint32_t *cell = rp_new_n(tmp, uint32_t, c->n + 1), k;
	uint32_t *label = rp_new_n(tmp, uint32_t, c->n + 1);
	uint32_t dims =
	    (p->options.k > 0 ? runs.k : runs.k * 7 / 10) + DIMS_MORE;
	struct rp_dense places;
	struct rp_tree tree;

	memset(out, 0, sizeof(*out));
	runs.watch = p->options.watch;
	if (rp_watch_stops(runs.watch))
		return;
	places = rp_consensus_places(tmp, &runs, dims, &r);
	tree = rp_consensus_tree(tmp, &runs, &places, cell);
	k = find_k(p, &runs, &tree, cell);
	if (k > 0)
		rp_consensus_cut(&places, &tree, cell, k, runs.watch, label);
	else
		memset(label, 0xff, c->n * sizeof(*label));
	k = apply_rules(p, &places, k, label);
	k = order(label, c->n, k);
	out->n_leaves = k;
	rp_fit_assign(a, p->terms, &p->options, c, label, k, out);
	rp_fit_parents(a, &places, label, k, out);
}

void
rp_fit(struct rp_arena *a, const struct rp_terms *terms,
    const struct rp_fit_options *options, struct rp_fit *out)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	struct rp_fit_plan *p = rp_fit_plan(tmp, terms, options);
	uint32_t n = rp_fit_runs(p), **labels = rp_new_n(tmp, uint32_t *, n);

	for (uint32_t i = 0; i < n; i++) {
		labels[i] = rp_new_n(tmp, uint32_t, p->corpus.n + 1);
		rp_fit_run(p, i, labels[i]);
	}
	rp_fit_finish(a, p, (const uint32_t *const *)labels, out);
}
