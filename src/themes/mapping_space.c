#include <string.h>

#include "base/err.h"
#include "text/folded.h"
#include "themes/corpus.h"
#include "themes/mapping_private.h"
#include "themes/terms.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

/* What each part of a row weighs: its length. */
#define STEMS 1.0F
#define GRAMS 2.0F
#define PLACE 1.4F
#define PLACE_FEW 1.0F /* of few rows: where words stand is hardly known */
#define FEW 50
#define DIMS 100
#define MEMORY ((size_t)8 << 30)

struct gram {
	uint64_t hash;
	uint32_t rows, last_row; /* plus one */
};

/* One appearance; sorted by row and gram they become entries. */
struct grams {
	struct gram *v;
	uint32_t n, cap;
	uint32_t *slots; /* plus one */
	size_t mask;
	uint32_t *start; /* rows + 1 */
	struct RP_VEC(uint32_t) seen;
};

static void
grow(struct rp_arena *a, struct grams *g)
{
	uint32_t cap = g->cap == 0 ? 1 << 14 : g->cap * 4;
	struct gram *v = rp_new_n(a, struct gram, cap);

	if (g->n > 0)
		memcpy(v, g->v, g->n * sizeof(*v));
	g->v = v;
	g->cap = cap;
	g->mask = (size_t)cap * 2 - 1;
	g->slots = rp_new_n(a, uint32_t, g->mask + 1);
	for (uint32_t i = 0; i < g->n; i++) {
		size_t at = v[i].hash & g->mask;

		while (g->slots[at] != 0)
			at = (at + 1) & g->mask;
		g->slots[at] = i + 1;
	}
}

/* Two sequences of one hash would be taken for one: 2^-64 a pair. */
static uint32_t
gram_of(struct rp_arena *a, struct grams *g, const char *p, size_t n)
{
	uint64_t h = XXH3_64bits(p, n);
	size_t at;

	if (g->n == g->cap)
		grow(a, g);
	for (at = h & g->mask; g->slots[at] != 0; at = (at + 1) & g->mask)
		if (g->v[g->slots[at] - 1].hash == h)
			return g->slots[at] - 1;
	g->v[g->n].hash = h;
	g->slots[at] = ++g->n;
	return g->n - 1;
}

static size_t
next_character(const char *p, size_t n, size_t at)
{
	size_t len = rp_utf8_len((const uint8_t *)p + at, n - at);

	return at + (len == 0 ? 1 : len);
}

/*
 * The sequences of one word with a space before and behind it; `p` has them. A
 * word that is shorter with its spaces is one sequence.
 */
static void
word_grams(struct rp_arena *a, struct grams *g, const char *p, size_t n)
{
	size_t from = 0, to = 0;

	for (int i = 0; i < RP_MAPPING_GRAM && to < n; i++)
		to = next_character(p, n, to);
	for (;;) {
		rp_vec_push(a, &g->seen, gram_of(a, g, p + from, to - from));
		if (to >= n)
			return;
		from = next_character(p, n, from);
		to = next_character(p, n, to);
	}
}

static void
row_grams(struct rp_arena *a, struct grams *g, struct rp_folder *folder,
    rp_text t)
{
	struct rp_folded f = rp_fold_words(folder, t);
	char *spaced = rp_alloc(a, f.n + 1);

	spaced[0] = ' ';
	if (f.n > 0)
		memcpy(spaced + 1, f.p, f.n);
	for (size_t i = 0; i < f.n_words; i++)
		word_grams(a, g, spaced + f.words[i].at, f.words[i].n + 2);
}

static int
by_number(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return a < b ? -1 : a > b;
}

/* A sparse matrix that is being filled row by row. */
struct filling {
	uint32_t *start;
	struct RP_VEC(uint32_t) col;
	struct RP_VEC(float) v;
};

static void
scale(float *v, size_t n, float length)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += (double)v[i] * v[i];
	if (!(sum > 0))
		return;
	sum = (double)length / rp_num_sqrt(sum);
	for (size_t i = 0; i < n; i++)
		v[i] = (float)(v[i] * sum);
}

static void
put_stems(struct rp_arena *a, const struct rp_corpus *c, uint32_t row,
    struct filling *f)
{
	size_t first = f->v.n;

	for (uint32_t k = c->tfidf.start[row]; k < c->tfidf.start[row + 1];
	     k++) {
		rp_vec_push(a, &f->col, c->tfidf.col[k]);
		rp_vec_push(a, &f->v, c->tfidf.v[k]);
	}
	scale(f->v.v + first, f->v.n - first, STEMS);
}

/* What stands in one row only says nothing about another. */
static void
put_grams(struct rp_arena *a, struct grams *g, uint32_t row, uint32_t rows,
    uint32_t offset, struct filling *f)
{
	uint32_t *p = g->seen.v + g->start[row];
	size_t n = g->start[row + 1] - g->start[row], first = f->v.n;

	for (size_t i = 0, j; i < n; i = j) {
		uint32_t df = g->v[p[i]].rows;
		double idf;

		for (j = i + 1; j < n && p[j] == p[i];)
			j++;
		if (df < 2)
			continue;
		idf = rp_num_log((1.0 + rows) / (1.0 + df)) + 1;
		rp_vec_push(a, &f->col, offset + p[i]);
		rp_vec_push(a, &f->v,
		    (float)((1 + rp_num_log((double)(j - i))) * idf));
	}
	scale(f->v.v + first, f->v.n - first, GRAMS);
}

/* The row's sequences in order, and how many rows have each. */
static void
count_row(struct grams *g, uint32_t row)
{
	uint32_t *p = g->seen.v + g->start[row];
	size_t n = g->seen.n - g->start[row];

	qsort(p, n, sizeof(*p), by_number);
	for (size_t i = 0; i < n; i++)
		if (g->v[p[i]].last_row != row + 1) {
			g->v[p[i]].last_row = row + 1;
			g->v[p[i]].rows++;
		}
	g->start[row + 1] = (uint32_t)g->seen.n;
}

/* The result with the themes' words as more fields and units behind. */
static struct rp_themes_result
with_themes(struct rp_arena *a, const struct rp_themes_result *r,
    const struct rp_mapping_theme *themes, size_t n)
{
	struct rp_themes_result out = { .responses = r->responses };

	for (size_t i = 0; i < r->fields.n; i++)
		rp_vec_push(a, &out.fields, r->fields.v[i]);
	for (size_t i = 0; i < r->units.n; i++)
		rp_vec_push(a, &out.units, r->units.v[i]);
	for (size_t i = 0; i < n; i++) {
		struct rp_theme_field field = { .response = RP_NONE,
			.text = themes[i].words };
		struct rp_theme_unit unit = { .field = (uint32_t)out.fields.n,
			.to = (uint32_t)themes[i].words.n,
			.lang = themes[i].lang.n > 0 ? themes[i].lang :
						       RP_TEXT("und"),
			.copy_of = (uint32_t)out.units.n,
			.theme = RP_NONE };

		rp_vec_push(a, &out.fields, field);
		rp_vec_push(a, &out.units, unit);
	}
	return out;
}

static rp_text
text_of(const struct rp_themes_result *r, uint32_t unit)
{
	const struct rp_theme_unit *u = &r->units.v[unit];

	return rp_text_sub(r->fields.v[u->field].text, u->from, u->to);
}

static void
number_rows(struct rp_arena *a, const struct rp_themes_result *all,
    const struct rp_terms *t, struct rp_mapping_space *s)
{
	uint32_t *row = rp_new_n(a, uint32_t, all->units.n + 1);

	for (uint32_t i = 0; i < t->n_rows; i++)
		row[t->unit[i]] = i;
	s->row_of = rp_new_n(a, uint32_t, s->n_units + 1);
	for (uint32_t i = 0; i < s->n_units; i++)
		s->row_of[i] = row[all->units.v[i].copy_of];
	s->theme_row = rp_new_n(a, uint32_t, s->n_themes + 1);
	for (uint32_t i = 0; i < s->n_themes; i++)
		s->theme_row[i] = row[s->n_units + i];
}

static void
fill(struct rp_arena *a, struct rp_arena *temp,
    const struct rp_theme_tools *tools, const struct rp_themes_result *all,
    const struct rp_terms *t, const struct rp_corpus *c,
    struct rp_mapping_space *s)
{
	struct grams g = { .start = rp_new_n(temp, uint32_t, t->n_rows + 1) };
	struct filling f = { .start = rp_new_n(a, uint32_t, t->n_rows + 1) };

	for (uint32_t i = 0; i < t->n_rows; i++) {
		if (rp_watch_stops_at(tools->watch, i))
			return;
		row_grams(temp, &g, tools->folder, text_of(all, t->unit[i]));
		count_row(&g, i);
	}
	for (uint32_t i = 0; i < t->n_rows; i++) {
		if (rp_watch_stops_at(tools->watch, i))
			return;
		put_stems(a, c, i, &f);
		put_grams(a, &g, i, t->n_rows, c->m, &f);
		f.start[i + 1] = (uint32_t)f.v.n;
	}
	s->x = (struct rp_sparse){ t->n_rows, c->m + g.n, f.start, f.col.v,
		f.v.v };
}

/* Rows about the mean of all: what is common to them says nothing. */
static void
centre(struct rp_arena *a, struct rp_dense *d)
{
	double *mean = rp_new_n(a, double, d->d + 1);

	for (uint32_t i = 0; i < d->n; i++)
		for (uint32_t j = 0; j < d->d; j++)
			mean[j] += (double)rp_dense_row(d, i)[j] / d->n;
	for (uint32_t i = 0; i < d->n; i++) {
		float *v = rp_dense_row(d, i);
		double some = rp_num_dot(v, v, d->d);

		for (uint32_t j = 0; j < d->d && some > 0; j++)
			v[j] = (float)(v[j] - mean[j]);
		scale(v, d->d, d->n < FEW ? PLACE_FEW : PLACE);
	}
}

static void
measure(struct rp_arena *a, struct rp_mapping_space *s)
{
	s->norm2 = rp_new_n(a, float, s->x.n + 1);
	for (uint32_t i = 0; i < s->x.n; i++) {
		const float *v = rp_dense_row(&s->dense, i);
		double sum = rp_num_dot(v, v, s->dense.d);

		for (uint32_t k = s->x.start[i]; k < s->x.start[i + 1]; k++)
			sum += (double)s->x.v[k] * s->x.v[k];
		s->norm2[i] = (float)sum;
	}
}

struct rp_err *
rp_mapping_go_on(struct rp_watch *watch)
{
	if (rp_watch_stops(watch))
		return rp_fail(RP_E_GONE, "the mapping was stopped");
	return NULL;
}

static struct rp_err *
check(const struct rp_themes_result *r, const struct rp_mapping_theme *themes,
    size_t n_themes)
{
	size_t differ = 0;

	for (size_t i = 0; i < r->units.n; i++)
		differ += r->units.v[i].copy_of == i;
	if (differ > RP_MAPPING_UNITS_MAX)
		return rp_fail(RP_E_LIMIT, "%zu units to map, at most %zu",
		    differ, RP_MAPPING_UNITS_MAX);
	if (n_themes > RP_MAPPING_THEMES_MAX)
		return rp_fail(RP_E_LIMIT, "%zu themes, at most %zu", n_themes,
		    RP_MAPPING_THEMES_MAX);
	for (size_t i = 0; i < n_themes; i++)
		if (themes[i].words.n > RP_MAPPING_WORDS_MAX)
			return rp_fail(RP_E_LIMIT,
			    "theme %zu is described in %zu octets, at most %zu",
			    i + 1, themes[i].words.n, RP_MAPPING_WORDS_MAX);
	return NULL;
}

struct rp_err *
rp_mapping_space_build(struct rp_arena *a, const struct rp_theme_tools *tools,
    const struct rp_themes_result *r, rp_text question,
    const struct rp_mapping_theme *themes, size_t n_themes, uint64_t seed,
    struct rp_mapping_space **out)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *temp = rp_arena_new(MEMORY);
	struct rp_mapping_space *s = rp_new(a, struct rp_mapping_space);
	struct rp_random random = rp_random_make(seed, 0);
	struct rp_themes_result all;
	struct rp_terms terms;
	struct rp_corpus c;
	uint32_t *rows;

	RP_TRY(check(r, themes, n_themes));
	s->n_units = (uint32_t)r->units.n;
	s->n_themes = (uint32_t)n_themes;
	s->watch = tools->watch;
	all = with_themes(temp, r, themes, n_themes);
	rp_terms_build(temp, tools, &all, question, &terms);
	RP_TRY(rp_mapping_go_on(s->watch));
	rows = rp_new_n(temp, uint32_t, terms.n_rows + 1);
	for (uint32_t i = 0; i < terms.n_rows; i++)
		rows[i] = i;
	c = rp_corpus_make(temp, &terms, rows, terms.n_rows);
	RP_TRY(rp_mapping_go_on(s->watch));
	number_rows(a, &all, &terms, s);
	fill(a, temp, tools, &all, &terms, &c, s);
	RP_TRY(rp_mapping_go_on(s->watch));
	s->dense = rp_corpus_neighbours(a, &c, DIMS, &random, s->watch);
	RP_TRY(rp_mapping_go_on(s->watch));
	centre(temp, &s->dense);
	measure(a, s);
	*out = s;
	return rp_mapping_go_on(s->watch);
}
