#include "themes/corpus.h"

#include <string.h>

#define WINDOW 8 /* words to each side */
#define LEAST_WEIGHT 0.5F

/* Words with enough rows, in the order of their terms. */
static uint32_t
number_words(struct rp_arena *a, const struct rp_terms *t, const uint32_t *rows,
    uint32_t n, const bool *drop, struct rp_corpus *c)
{
	uint32_t *df = rp_new_n(a, uint32_t, t->n_terms + 1);
	uint32_t *of = rp_new_n(a, uint32_t, t->n_terms + 1), m = 0;
	uint32_t *word, *kept;

	for (uint32_t i = 0; i < n; i++)
		for (uint32_t j = t->start[rows[i]]; j < t->start[rows[i] + 1];
		     j++)
			df[t->term[j]]++;
	for (uint32_t w = 0; w < t->n_terms; w++)
		of[w] = df[w] >= 2 && t->terms[w].weight >= LEAST_WEIGHT &&
				(drop == NULL || !drop[w]) ?
			    m++ :
			    RP_NONE;
	word = rp_new_n(a, uint32_t, m + 1);
	kept = rp_new_n(a, uint32_t, m + 1);
	for (uint32_t w = 0; w < t->n_terms; w++)
		if (of[w] != RP_NONE) {
			word[of[w]] = w;
			kept[of[w]] = df[w];
		}
	c->of_term = of;
	c->word = word;
	c->df = kept;
	return m;
}

static void
copy_rows(struct rp_arena *a, const struct rp_terms *t, struct rp_corpus *c)
{
	size_t bag = 0, seq = 0;
	uint32_t *start = rp_new_n(a, uint32_t, c->n + 1), *col;
	uint32_t *seq_start = rp_new_n(a, uint32_t, c->n + 1), *s;
	uint16_t *count;
	uint32_t nb = 0, ns = 0;

	for (uint32_t i = 0; i < c->n; i++) {
		bag += t->start[c->row[i] + 1] - t->start[c->row[i]];
		seq += t->seq_start[c->row[i] + 1] - t->seq_start[c->row[i]];
	}
	col = rp_new_n(a, uint32_t, bag + 1);
	count = rp_new_n(a, uint16_t, bag + 1);
	s = rp_new_n(a, uint32_t, seq + 1);
	for (uint32_t i = 0; i < c->n; i++) {
		uint32_t r = c->row[i];

		for (uint32_t j = t->start[r]; j < t->start[r + 1]; j++)
			if (c->of_term[t->term[j]] != RP_NONE) {
				col[nb] = c->of_term[t->term[j]];
				count[nb++] = t->count[j];
			}
		for (uint32_t j = t->seq_start[r]; j < t->seq_start[r + 1]; j++)
			if (c->of_term[t->seq[j]] != RP_NONE)
				s[ns++] = c->of_term[t->seq[j]];
		start[i + 1] = nb;
		seq_start[i + 1] = ns;
	}
	c->start = start;
	c->col = col;
	c->count = count;
	c->seq_start = seq_start;
	c->seq = s;
}

/* Sublinear: 1 + log of the count; rows of length 1. */
static void
weigh(struct rp_arena *a, const struct rp_terms *t, struct rp_corpus *c)
{
	float *idf = rp_new_n(a, float, c->m + 1);
	float *v = rp_new_n(a, float, c->start[c->n] + 1);

	for (uint32_t w = 0; w < c->m; w++)
		idf[w] =
		    (float)(rp_num_log((1.0 + c->n) / (1.0 + c->df[w])) + 1) *
		    t->terms[c->word[w]].weight;
	for (uint32_t i = 0; i < c->n; i++) {
		for (uint32_t j = c->start[i]; j < c->start[i + 1]; j++)
			v[j] = idf[c->col[j]] *
			       (c->count[j] == 1 ?
				       1 :
				       (float)(1 + rp_num_log(c->count[j])));
		rp_num_normalise(v + c->start[i],
		    c->start[i + 1] - c->start[i]);
	}
	c->idf = idf;
	c->tfidf = (struct rp_sparse){ .n = c->n,
		.m = c->m,
		.start = c->start,
		.col = c->col,
		.v = v };
}

struct rp_corpus
rp_corpus_make_without(struct rp_arena *a, const struct rp_terms *terms,
    const uint32_t *rows, uint32_t n, const bool *drop)
{
	struct rp_corpus c = { .n = n };
	uint32_t *row = rp_new_n(a, uint32_t, n + 1);

	if (n > 0)
		memcpy(row, rows, n * sizeof(*row));
	c.row = row;
	c.m = number_words(a, terms, rows, n, drop, &c);
	copy_rows(a, terms, &c);
	weigh(a, terms, &c);
	return c;
}

struct rp_corpus
rp_corpus_make(struct rp_arena *a, const struct rp_terms *terms,
    const uint32_t *rows, uint32_t n)
{
	return rp_corpus_make_without(a, terms, rows, n, NULL);
}

/* Where each word stands: places in c->seq, by word. */
static uint32_t *
places_of_words(struct rp_arena *a, const struct rp_corpus *c, uint32_t **start)
{
	uint32_t n = c->seq_start[c->n];
	uint32_t *s = rp_new_n(a, uint32_t, c->m + 2);
	uint32_t *at = rp_new_n(a, uint32_t, n + 1);

	for (uint32_t i = 0; i < n; i++)
		s[c->seq[i] + 2]++;
	for (uint32_t w = 0; w < c->m; w++)
		s[w + 2] += s[w + 1];
	for (uint32_t i = 0; i < n; i++)
		at[s[c->seq[i] + 1]++] = i;
	*start = s;
	return at;
}

/* Counts of the words near `w`, added to `near`; the words touched listed. */
static uint32_t
count_near(const struct rp_corpus *c, const uint32_t *row_of,
    const uint32_t *at, uint32_t n, uint32_t window, float *near,
    uint32_t *touched)
{
	uint32_t k = 0;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t r = row_of[at[i]], from = c->seq_start[r];
		uint32_t to = c->seq_start[r + 1];

		if (at[i] - from > window)
			from = at[i] - window;
		if (to - at[i] > window + 1)
			to = at[i] + window + 1;
		for (uint32_t j = from; j < to; j++) {
			if (j == at[i])
				continue;
			if (near[c->seq[j]] == 0)
				touched[k++] = c->seq[j];
			near[c->seq[j]] += 1;
		}
	}
	return k;
}

struct pairs {
	uint32_t *start;
	struct RP_VEC(uint32_t) col;
	struct RP_VEC(float) v;
	double *sum; /* of a word's row */
	double total;
};

static void
count_pairs(struct rp_arena *a, const struct rp_corpus *c, uint32_t window,
    struct pairs *p)
{
	uint32_t *start, *at = places_of_words(a, c, &start);
	uint32_t *row_of = rp_new_n(a, uint32_t, c->seq_start[c->n] + 1);
	float *near = rp_new_n(a, float, c->m + 1);
	uint32_t *touched = rp_new_n(a, uint32_t, c->m + 1);

	p->start = rp_new_n(a, uint32_t, c->m + 1);
	p->sum = rp_new_n(a, double, c->m + 1);
	for (uint32_t i = 0; i < c->n; i++)
		for (uint32_t j = c->seq_start[i]; j < c->seq_start[i + 1]; j++)
			row_of[j] = i;
	for (uint32_t w = 0; w < c->m; w++) {
		uint32_t k = count_near(c, row_of, at + start[w],
		    start[w + 1] - start[w], window, near, touched);

		for (uint32_t i = 0; i < k; i++) {
			rp_vec_push(a, &p->col, touched[i]);
			rp_vec_push(a, &p->v, near[touched[i]]);
			p->sum[w] += (double)near[touched[i]];
			near[touched[i]] = 0;
		}
		p->start[w + 1] = (uint32_t)p->col.n;
		p->total += p->sum[w];
	}
}

/* Counts to positive mutual information; contexts smoothed by ^0.75. */
static void
inform(const struct rp_corpus *c, struct pairs *p, double *context)
{
	double all = 0;
	uint32_t to = 0, from = 0;

	for (uint32_t w = 0; w < c->m; w++) {
		context[w] = p->sum[w] > 0 ?
				 rp_num_exp(0.75 * rp_num_log(p->sum[w])) :
				 0;
		all += context[w];
	}
	for (uint32_t w = 0; w < c->m; w++) {
		uint32_t end = p->start[w + 1];

		for (; from < end; from++) {
			uint32_t x = p->col.v[from];
			double pmi = rp_num_log((double)p->v.v[from] * all /
						(p->sum[w] * context[x]));

			if (pmi <= 0)
				continue;
			p->col.v[to] = x;
			p->v.v[to++] = (float)pmi;
		}
		p->start[w + 1] = to;
	}
}

/* Mean of all rows taken away, then to length 1; empty rows stay zero. */
static void
centre(const struct rp_corpus *c, struct rp_dense *x)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	float *mean = rp_new_n(tmp, float, x->stride);

	for (uint32_t i = 0; i < x->n; i++)
		rp_num_axpy(mean, 1 / (float)x->n, rp_dense_row(x, i),
		    x->stride);
	for (uint32_t i = 0; i < x->n; i++) {
		if (c->start[i] == c->start[i + 1])
			continue;
		rp_num_axpy(rp_dense_row(x, i), -1, mean, x->stride);
		rp_num_normalise(rp_dense_row(x, i), x->stride);
	}
}

struct rp_dense
rp_corpus_words(struct rp_arena *a, const struct rp_corpus *c, uint32_t window,
    uint32_t dims, struct rp_random *r, struct rp_watch *watch)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	struct pairs p = { 0 };
	double *values = rp_new_n(tmp, double, dims);
	struct rp_sparse x;
	struct rp_dense v, w;

	count_pairs(tmp, c, window, &p);
	inform(c, &p, rp_new_n(tmp, double, c->m + 1));
	x = (struct rp_sparse){ .n = c->m,
		.m = c->m,
		.start = p.start,
		.col = p.col.v,
		.v = p.v.v };
	v = rp_num_svd(tmp, &x, dims, r, watch, values);
	w = rp_num_product(a, &x, &v);
	for (uint32_t i = 0; i < w.n; i++)
		for (uint32_t j = 0; j < dims; j++)
			if (values[j] > 0)
				rp_dense_row(&w, i)[j] /=
				    (float)rp_num_sqrt(values[j]);
	return w;
}

struct rp_dense
rp_corpus_neighbours(struct rp_arena *a, const struct rp_corpus *c,
    uint32_t dims, struct rp_random *r, struct rp_watch *watch)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	struct rp_dense w = rp_corpus_words(tmp, c, WINDOW, dims, r, watch),
			out;

	out = rp_num_product(a, &c->tfidf, &w);
	centre(c, &out);
	return out;
}

struct rp_dense
rp_corpus_latent(struct rp_arena *a, const struct rp_corpus *c, uint32_t dims,
    struct rp_random *r, struct rp_watch *watch)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	double *values = rp_new_n(tmp, double, dims);
	struct rp_dense v = rp_num_svd(tmp, &c->tfidf, dims, r, watch, values),
			out;

	out = rp_num_product(a, &c->tfidf, &v);
	for (uint32_t i = 0; i < out.n; i++)
		rp_num_normalise(rp_dense_row(&out, i), out.stride);
	return out;
}
