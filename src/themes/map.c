#include "themes/map.h"

#include <string.h>

#include "base/err.h"
#include "themes/numeric.h"
#include "themes/watch.h"

#define MIDDLE 500
#define EXTENT 450

struct mapping {
	struct rp_arena *temp;
	const struct rp_terms *terms;
	const struct rp_themes_result *r;
	struct rp_dense words; /* a row for each theme */
	uint32_t n;
	double *like; /* n x n */
};

static void
add_row(struct mapping *m, uint32_t row)
{
	const struct rp_terms *t = m->terms;

	for (uint32_t theme = m->r->units.v[t->unit[row]].theme;
	     theme != RP_NONE; theme = m->r->themes.v[theme].parent) {
		float *words = rp_dense_row(&m->words, theme);

		for (uint32_t i = t->start[row]; i < t->start[row + 1]; i++)
			words[t->term[i]] +=
			    (float)t->count[i] * t->terms[t->term[i]].weight;
	}
}

/* Words that many themes have tell little; numbers are dampened. */
static void
weigh(struct mapping *m)
{
	for (uint32_t w = 0; w < m->terms->n_terms; w++) {
		uint32_t themes = 0;
		float weight;

		for (uint32_t i = 0; i < m->n; i++)
			themes += rp_dense_row(&m->words, i)[w] > 0;
		if (themes == 0)
			continue;
		weight = (float)rp_num_log(1 + (double)m->n / themes);
		for (uint32_t i = 0; i < m->n; i++) {
			float *at = &rp_dense_row(&m->words, i)[w];

			*at = (float)rp_num_log(1 + (double)*at) * weight;
		}
	}
	for (uint32_t i = 0; i < m->n; i++)
		rp_num_normalise(rp_dense_row(&m->words, i), m->terms->n_terms);
}

static void
compare(struct mapping *m, struct rp_watch *watch)
{
	m->like = rp_new_n(m->temp, double, (size_t)m->n * m->n);
	for (uint32_t i = 0; i < m->n && !rp_watch_stops(watch); i++)
		for (uint32_t k = 0; k <= i; k++)
			m->like[i * m->n + k] = m->like[k * m->n + i] =
			    rp_num_dot(rp_dense_row(&m->words, i),
				rp_dense_row(&m->words, k), m->terms->n_terms);
}

static bool
is_peer(const struct rp_themes_result *r, uint32_t i, uint32_t k)
{
	const struct rp_theme *x = &r->themes.v[i], *y = &r->themes.v[k];

	return i != k && (x->parent == RP_NONE) == (y->parent == RP_NONE) &&
	       rp_text_eq(x->lang, y->lang);
}

static void
find_near(const struct mapping *m, uint32_t i, struct rp_theme_place *out)
{
	for (int turn = 0; turn < RP_MAP_NEAR; turn++) {
		uint32_t best = RP_NONE;

		for (uint32_t k = 0; k < m->n; k++) {
			bool taken = false;

			for (int p = 0; p < turn; p++)
				taken = taken || out->near[p] == k;
			if (taken || !is_peer(m->r, i, k) ||
			    m->like[i * m->n + k] < RP_MAP_LIKE)
				continue;
			if (best == RP_NONE ||
			    m->like[i * m->n + k] > m->like[i * m->n + best])
				best = k;
		}
		out->near[turn] = best;
	}
}

/* -1/2 J D J of squared distances, whose eigenvectors are the axes. */
static void
centre(const struct mapping *m, double *out)
{
	uint32_t n = m->n;
	double *mean = rp_new_n(m->temp, double, n), all = 0;

	for (uint32_t i = 0; i < n; i++) {
		for (uint32_t k = 0; k < n; k++)
			mean[i] += (1 - m->like[i * n + k]) / n;
		all += mean[i] / n;
	}
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t k = 0; k < n; k++)
			out[i * n + k] =
			    -(1 - m->like[i * n + k] - mean[i] - mean[k] + all);
}

/* An axis has two ends: the one with the farthest theme is the upper one. */
static double
sign_of(const double *axis, uint32_t n)
{
	double most = 0;

	for (uint32_t i = 0; i < n; i++)
		if (axis[i] * axis[i] > most * most)
			most = axis[i];
	return most < 0 ? -1 : 1;
}

static uint32_t
on_paper(double v, double most)
{
	return most > 0 ? (uint32_t)(MIDDLE + EXTENT * v / most + 0.5) : MIDDLE;
}

static void
place(const struct mapping *m, struct rp_theme_place *out)
{
	uint32_t n = m->n;
	double *matrix = rp_new_n(m->temp, double, (size_t)n *n);
	double *vectors = rp_new_n(m->temp, double, (size_t)n *n);
	double *values = rp_new_n(m->temp, double, n), most = 0;

	centre(m, matrix);
	rp_num_eigen(matrix, n, values, vectors);
	for (uint32_t axis = 0; axis < 2 && axis < n; axis++) {
		double *v = vectors + (size_t)axis * n;
		double by = values[axis] > 0 ? rp_num_sqrt(values[axis]) : 0;

		by *= sign_of(v, n);
		for (uint32_t i = 0; i < n; i++) {
			v[i] *= by;
			if (v[i] * v[i] > most * most)
				most = v[i] < 0 ? -v[i] : v[i];
		}
	}
	for (uint32_t i = 0; i < n; i++) {
		out[i].x = on_paper(vectors[i], most);
		out[i].y = n > 1 ? on_paper(vectors[n + i], most) : MIDDLE;
	}
}

struct rp_theme_place *
rp_themes_map(struct rp_arena *a, const struct rp_terms *terms,
    struct rp_watch *watch, const struct rp_themes_result *r)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *temp = rp_arena_new(SIZE_MAX);
	struct rp_theme_place *out =
	    rp_new_n(a, struct rp_theme_place, r->themes.n);
	struct mapping m = {
		.temp = temp,
		.terms = terms,
		.r = r,
		.n = (uint32_t)r->themes.n,
	};

	if (m.n == 0)
		return out;
	m.words = rp_dense_new(temp, m.n, terms->n_terms);
	for (uint32_t row = 0; row < terms->n_rows; row++)
		add_row(&m, row);
	if (rp_watch_stops(watch))
		return out;
	weigh(&m);
	compare(&m, watch);
	for (uint32_t i = 0; i < m.n; i++)
		find_near(&m, i, &out[i]);
	place(&m, out);
	return out;
}
