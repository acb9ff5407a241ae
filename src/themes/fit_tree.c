#include <stdlib.h>
#include <string.h>

#include "themes/fit_private.h"
#include "themes/tree.h"

#define FLAT_MAX 12u /* leaves that need no level above */
#define TOP_LEAST 3u
#define SIMILAR 0.9 /* words of two themes: one theme */
#define JACCARD 0.7 /* responses of two themes: one theme */

/* Directions of the leaves in the space of words, each of length 1. */
static struct rp_dense
word_centres(struct rp_arena *a, const struct rp_corpus *c,
    const uint32_t *labels, uint32_t k)
{
	struct rp_dense m = rp_dense_new(a, k, c->m);

	for (uint32_t i = 0; i < c->n; i++) {
		float *to;

		if (labels[i] == RP_NONE)
			continue;
		to = rp_dense_row(&m, labels[i]);
		for (uint32_t j = c->start[i]; j < c->start[i + 1]; j++)
			to[c->col[j]] += c->tfidf.v[j];
	}
	for (uint32_t i = 0; i < k; i++)
		rp_num_normalise(rp_dense_row(&m, i), m.stride);
	return m;
}

/* Where the next merge costs most more than the last. */
static uint32_t
count_tops(const struct rp_tree *t)
{
	uint32_t least = t->n / 8 > TOP_LEAST ? t->n / 8 : TOP_LEAST;
	uint32_t most = t->n / 2 < RP_FIT_TOP_MAX ? t->n / 2 : RP_FIT_TOP_MAX;
	uint32_t best = most;
	double jump = 0;

	for (uint32_t k = least; k <= most; k++) {
		double next = t->loss[t->n - k], last = t->loss[t->n - k - 1];

		if (last > 0 && next / last > jump) {
			jump = next / last;
			best = k;
		}
	}
	return best;
}

/* Directions of the leaves among the places of rows, each of length 1. */
static struct rp_dense
place_centres(struct rp_arena *a, const struct rp_dense *places,
    const uint32_t *labels, uint32_t k)
{
	struct rp_dense m = rp_dense_new(a, k, places->d);

	for (uint32_t i = 0; i < places->n; i++)
		if (labels[i] != RP_NONE)
			rp_num_axpy(rp_dense_row(&m, labels[i]), 1,
			    rp_dense_row(places, i), m.stride);
	for (uint32_t i = 0; i < k; i++)
		rp_num_normalise(rp_dense_row(&m, i), m.stride);
	return m;
}

void
rp_fit_parents(struct rp_arena *a, const struct rp_dense *places,
    const uint32_t *labels, uint32_t k, struct rp_fit *out)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	uint32_t *parent = rp_new_n(a, uint32_t, 2 * (size_t)k + 1);
	uint32_t *group = rp_new_n(tmp, uint32_t, k + 1);
	uint32_t *size = rp_new_n(tmp, uint32_t, k + 1);
	uint32_t *number = rp_new_n(tmp, uint32_t, k + 1), next = k;
	struct rp_dense centres;
	struct rp_tree tree;

	memset(parent, 0xff, (2 * (size_t)k + 1) * sizeof(*parent));
	out->parent = parent;
	out->n_themes = k;
	if (k <= FLAT_MAX)
		return;
	centres = place_centres(tmp, places, labels, k);
	tree = rp_tree_make(tmp, &centres);
	rp_tree_cut(&tree, count_tops(&tree), group);
	for (uint32_t i = 0; i < k; i++)
		size[group[i]]++;
	for (uint32_t i = 0; i < k; i++) {
		if (size[group[i]] < 2) /* alone: a top level of its own */
			continue;
		if (number[group[i]] == 0)
			number[group[i]] = next++;
		parent[i] = number[group[i]];
	}
	out->n_themes = next;
}

struct said {
	uint32_t response, label;
};

static int
by_response(const void *x, const void *y)
{
	const struct said *a = x, *b = y;

	if (a->response != b->response)
		return a->response < b->response ? -1 : 1;
	return a->label < b->label ? -1 : a->label > b->label;
}

/* Responses that have both of two leaves (k x k), each on the diagonal. */
static void
count_common(struct rp_arena *tmp, const struct rp_corpus *c,
    const struct rp_fit_options *o, const uint32_t *labels, uint32_t k,
    uint32_t *common)
{
	struct said *s = rp_new_n(tmp, struct said, c->n + 1);
	uint32_t n = 0, kept = 0;

	for (uint32_t i = 0; i < c->n; i++)
		if (labels[i] != RP_NONE)
			s[n++] =
			    (struct said){ o->response[c->row[i]], labels[i] };
	qsort(s, n, sizeof(*s), by_response);
	for (uint32_t i = 0; i < n; i++)
		if (kept == 0 || by_response(&s[kept - 1], &s[i]) != 0)
			s[kept++] = s[i];
	for (uint32_t i = 0, j; i < kept; i = j) {
		for (j = i; j < kept && s[j].response == s[i].response; j++)
			;
		for (uint32_t x = i; x < j; x++)
			for (uint32_t y = i; y < j; y++)
				common[s[x].label * k + s[y].label]++;
	}
}

static uint32_t
root(const uint32_t *to, uint32_t i)
{
	while (to[i] != i)
		i = to[i];
	return i;
}

/* Which leaves are one, by their words or by who said them. */
static void
join(struct rp_arena *tmp, const struct rp_corpus *c,
    const struct rp_fit_options *o, const uint32_t *labels, uint32_t k,
    uint32_t *to)
{
	struct rp_dense centres = word_centres(tmp, c, labels, k);
	uint32_t *common = rp_new_n(tmp, uint32_t, (size_t)k * k + 1);

	if (o->response != NULL)
		count_common(tmp, c, o, labels, k, common);
	for (uint32_t i = 0; i < k; i++)
		to[i] = i;
	for (uint32_t i = 0; i < k; i++)
		for (uint32_t j = 0; j < i; j++) {
			uint32_t both = common[i * k + j];
			uint32_t any =
			    common[i * k + i] + common[j * k + j] - both;
			double cos = rp_num_dot(rp_dense_row(&centres, i),
			    rp_dense_row(&centres, j), centres.d);

			if (cos >= SIMILAR ||
			    (both > 1 && both >= JACCARD * any))
				to[root(to, i)] = root(to, j);
		}
}

uint32_t
rp_fit_rules(const struct rp_corpus *c, const struct rp_fit_options *o,
    uint32_t least, uint32_t k, uint32_t *labels)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	uint32_t *to = rp_new_n(tmp, uint32_t, k + 1);
	uint32_t *size = rp_new_n(tmp, uint32_t, k + 1), left = 0, greatest = 0;

	join(tmp, c, o, labels, k, to);
	for (uint32_t i = 0; i < c->n; i++)
		if (labels[i] != RP_NONE) {
			labels[i] = root(to, labels[i]);
			size[labels[i]] +=
			    o->responses != NULL ? o->responses[c->row[i]] : 1;
		}
	for (uint32_t i = 1; i < k; i++)
		if (size[i] > size[greatest])
			greatest = i;
	for (uint32_t i = 0; i < k; i++) /* one stays, however small */
		to[i] = size[i] >= least || (i == greatest && size[i] > 0) ?
			    left++ :
			    RP_NONE;
	for (uint32_t i = 0; i < c->n; i++)
		if (labels[i] != RP_NONE)
			labels[i] = to[labels[i]];
	return left;
}
