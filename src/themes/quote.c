#include "themes/quote.h"

#include <stdlib.h>
#include <string.h>

#include "themes/corpus.h"
#include "themes/watch.h"

#define SAMPLE 2000u /* rows of a theme that are looked at */
#define DAMPING 0.85
#define ROUNDS 20
#define LAMBDA 0.7
#define FULL_LENGTH 6u /* words from which a unit says enough */
#define HEARD 0.15     /* less for a group, or a language, quoted already */

struct candidate {
	uint32_t row;
	double near; /* to the middle of the theme, then its rank */
	bool is_out;
};

struct work {
	const struct rp_terms *t;
	struct rp_themes_result *r;
	struct rp_sparse x; /* tf-idf of all rows, of length 1 */
	float *dense;       /* a row, or a theme's middle, by term */
	struct candidate *c;
	double *similar; /* candidates x candidates */
	uint32_t n;
};

static void
weigh(struct rp_arena *a, struct work *w)
{
	const struct rp_terms *t = w->t;
	uint32_t n = t->n_rows > 0 ? t->start[t->n_rows] : 0;
	float *v = rp_new_n(a, float, n + 1);
	float *idf = rp_new_n(a, float, t->n_terms + 1);

	for (uint32_t i = 0; i < t->n_terms; i++)
		idf[i] = (float)rp_num_log(
			     (1.0 + t->n_rows) / (0.5 + t->terms[i].rows)) *
			 t->terms[i].weight;
	for (uint32_t i = 0; i < t->n_rows; i++) {
		for (uint32_t j = t->start[i]; j < t->start[i + 1]; j++)
			v[j] = idf[t->term[j]];
		rp_num_normalise(v + t->start[i],
		    t->start[i + 1] - t->start[i]);
	}
	w->x =
	    (struct rp_sparse){ t->n_rows, t->n_terms, t->start, t->term, v };
}

static void
spread(struct work *w, uint32_t row, float by)
{
	for (uint32_t j = w->x.start[row]; j < w->x.start[row + 1]; j++)
		w->dense[w->x.col[j]] += by * w->x.v[j];
}

static void
clear(struct work *w, uint32_t row)
{
	for (uint32_t j = w->x.start[row]; j < w->x.start[row + 1]; j++)
		w->dense[w->x.col[j]] = 0;
}

static double
dot(const struct work *w, uint32_t row)
{
	double s = 0;

	for (uint32_t j = w->x.start[row]; j < w->x.start[row + 1]; j++)
		s += (double)w->x.v[j] * (double)w->dense[w->x.col[j]];
	return s;
}

static int
by_near(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;

	if (a->near != b->near)
		return a->near > b->near ? -1 : 1;
	return a->row < b->row ? -1 : a->row > b->row;
}

static double
length_factor(const struct work *w, uint32_t row)
{
	uint32_t n = w->t->seq_start[row + 1] - w->t->seq_start[row] + 1;

	return n < FULL_LENGTH ? (double)n / FULL_LENGTH : 1;
}

/* The rows nearest to the middle, of an even sample. */
static void
take_candidates(struct work *w, const uint32_t *rows, uint32_t n)
{
	uint32_t k = n < SAMPLE ? n : SAMPLE;

	for (uint32_t i = 0; i < k; i++) {
		w->c[i] = (struct candidate){
			.row = rows[(uint64_t)i * n / k],
		};
		spread(w, w->c[i].row, 1);
	}
	for (uint32_t i = 0; i < k; i++)
		w->c[i].near =
		    dot(w, w->c[i].row) * length_factor(w, w->c[i].row);
	for (uint32_t i = 0; i < k; i++)
		clear(w, w->c[i].row);
	qsort(w->c, k, sizeof(*w->c), by_near);
	w->n = k < RP_QUOTE_CANDIDATES ? k : RP_QUOTE_CANDIDATES;
}

static void
compare_candidates(struct work *w)
{
	for (uint32_t i = 0; i < w->n; i++) {
		spread(w, w->c[i].row, 1);
		for (uint32_t j = 0; j < w->n; j++)
			w->similar[i * w->n + j] = dot(w, w->c[j].row);
		clear(w, w->c[i].row);
	}
}

/* Who is like those who are like many: the stationary vector of a walk. */
static void
lexrank(struct work *w)
{
	double p[RP_QUOTE_CANDIDATES], q[RP_QUOTE_CANDIDATES], most = 0;
	double sum[RP_QUOTE_CANDIDATES];

	for (uint32_t i = 0; i < w->n; i++) {
		p[i] = 1.0 / w->n;
		sum[i] = 1e-9;
		for (uint32_t j = 0; j < w->n; j++)
			sum[i] += w->similar[i * w->n + j];
	}
	for (int round = 0; round < ROUNDS; round++) {
		for (uint32_t j = 0; j < w->n; j++)
			q[j] = (1 - DAMPING) / w->n;
		for (uint32_t i = 0; i < w->n; i++)
			for (uint32_t j = 0; j < w->n; j++)
				q[j] += DAMPING * p[i] *
					w->similar[i * w->n + j] / sum[i];
		memcpy(p, q, w->n * sizeof(*p));
	}
	for (uint32_t i = 0; i < w->n; i++) {
		w->c[i].near = p[i] * length_factor(w, w->c[i].row);
		most = w->c[i].near > most ? w->c[i].near : most;
	}
	for (uint32_t i = 0; i < w->n && most > 0; i++)
		w->c[i].near /= most;
}

static const struct rp_theme_response *
response_of(const struct work *w, uint32_t c, uint32_t *number)
{
	const struct rp_theme_unit *u = &w->r->units.v[w->t->unit[w->c[c].row]];

	*number = w->r->fields.v[u->field].response;
	return &w->r->responses.v[*number];
}

static rp_text
lang_of(const struct work *w, uint32_t c)
{
	return w->r->units.v[w->t->unit[w->c[c].row]].lang;
}

/* What candidate i is worth after the k chosen; who spoke is heard once. */
static double
worth(struct work *w, uint32_t i, const uint32_t *chosen, uint32_t k)
{
	double most = 0, heard = 0;
	uint32_t number, other;
	const struct rp_theme_response *r = response_of(w, i, &number), *s;

	for (uint32_t j = 0; j < k; j++) {
		s = response_of(w, chosen[j], &other);
		if (number == other ||
		    (r->campaign != RP_NONE && r->campaign == s->campaign)) {
			w->c[i].is_out = true;
			return -1;
		}
		if (w->similar[i * w->n + chosen[j]] > most)
			most = w->similar[i * w->n + chosen[j]];
		heard += r->group.n > 0 && rp_text_eq(r->group, s->group);
		heard += rp_text_eq(lang_of(w, i), lang_of(w, chosen[j]));
	}
	return LAMBDA * w->c[i].near - (1 - LAMBDA) * most -
	       (k > 0 ? HEARD * heard / k : 0);
}

static uint32_t
choose(struct work *w, uint32_t *chosen)
{
	uint32_t k = 0;

	while (k < RP_QUOTES_MAX) {
		uint32_t best = RP_NONE;
		double most = 0;

		for (uint32_t i = 0; i < w->n; i++) {
			double v;

			if (w->c[i].is_out)
				continue;
			v = worth(w, i, chosen, k);
			if (w->c[i].is_out || (best != RP_NONE && v <= most))
				continue;
			best = i;
			most = v;
		}
		if (best == RP_NONE)
			break;
		w->c[best].is_out = true;
		chosen[k++] = best;
	}
	return k;
}

/* Rows by the theme of their unit. */
static uint32_t *
rows_by_theme(struct rp_arena *a, const struct work *w, uint32_t **start)
{
	uint32_t n = (uint32_t)w->r->themes.n;
	uint32_t *s = rp_new_n(a, uint32_t, n + 2);
	uint32_t *rows = rp_new_n(a, uint32_t, w->t->n_rows + 1);

	for (uint32_t i = 0; i < w->t->n_rows; i++) {
		uint32_t k = w->r->units.v[w->t->unit[i]].theme;

		if (k != RP_NONE)
			s[k + 2]++;
	}
	for (uint32_t k = 0; k < n; k++)
		s[k + 2] += s[k + 1];
	for (uint32_t i = 0; i < w->t->n_rows; i++) {
		uint32_t k = w->r->units.v[w->t->unit[i]].theme;

		if (k != RP_NONE)
			rows[s[k + 1]++] = i;
	}
	*start = s;
	return rows;
}

void
rp_quotations_choose(struct rp_arena *a, const struct rp_terms *terms,
    struct rp_watch *watch, struct rp_themes_result *r)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	struct work w = { .t = terms, .r = r };
	uint32_t *start, *rows = rows_by_theme(tmp, &w, &start);
	uint32_t chosen[RP_QUOTES_MAX];

	weigh(tmp, &w);
	w.dense = rp_new_n(tmp, float, terms->n_terms + 1);
	w.c = rp_new_n(tmp, struct candidate, SAMPLE);
	w.similar = rp_new_n(tmp, double,
	    (size_t)RP_QUOTE_CANDIDATES *RP_QUOTE_CANDIDATES);
	for (uint32_t k = 0; k < r->themes.n && !rp_watch_stops(watch); k++) {
		uint32_t n;

		take_candidates(&w, rows + start[k], start[k + 1] - start[k]);
		compare_candidates(&w);
		lexrank(&w);
		n = choose(&w, chosen);
		for (uint32_t i = 0; i < n; i++)
			rp_vec_push(a, &r->quotations,
			    ((struct rp_quotation){ k,
				terms->unit[w.c[chosen[i]].row] }));
	}
}
