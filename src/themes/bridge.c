#include "themes/bridge.h"

#include <stdlib.h>
#include <string.h>

#include "themes/corpus.h"

#define STREAM_BRIDGE 3000000

/* Rows as the words are placed by: a segment is one row, of all languages. */
struct merged {
	struct rp_terms t;
	uint32_t *unit, *seq_start, *seq, *start, *term;
	uint16_t *count;
};

struct part {
	uint32_t segment, row;
};

static int
by_segment(const void *x, const void *y)
{
	const struct part *a = x, *b = y;

	if (a->segment != b->segment)
		return a->segment < b->segment ? -1 : 1;
	return a->row < b->row ? -1 : a->row > b->row;
}

static int
by_number(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return a < b ? -1 : a > b;
}

/* The words of a row behind those that there are. */
static uint32_t
add_words(const struct rp_terms *t, uint32_t row, uint32_t most,
    struct merged *m, uint32_t n)
{
	uint32_t from = t->seq_start[row], to = t->seq_start[row + 1];

	if (to - from > most)
		to = from + most;
	for (uint32_t j = from; j < to; j++)
		m->seq[n++] = t->seq[j];
	return n;
}

/* A row ends at `n`: its bag from its words. */
static void
end_row(struct merged *m, uint32_t n, uint32_t *sorted)
{
	uint32_t row = m->t.n_rows++, from = m->seq_start[row];
	uint32_t nb = m->start[row];

	m->unit[row] = row;
	if (n > from)
		memcpy(sorted, m->seq + from, (n - from) * sizeof(*sorted));
	qsort(sorted, n - from, sizeof(*sorted), by_number);
	for (uint32_t i = 0; i < n - from; i++) {
		if (i == 0 || sorted[i] != sorted[i - 1])
			m->term[nb++] = sorted[i];
		if (m->count[nb - 1] < UINT16_MAX)
			m->count[nb - 1]++;
	}
	m->seq_start[row + 1] = n;
	m->start[row + 1] = nb;
}

static struct merged
merge(struct rp_arena *a, const struct rp_bridge_text *b)
{
	const struct rp_terms *t = b->terms;
	uint32_t words = t->n_rows > 0 ? t->seq_start[t->n_rows] : 0;
	struct part *parts = rp_new_n(a, struct part, t->n_rows + 1);
	uint32_t *sorted = rp_new_n(a, uint32_t, words + 1);
	uint32_t n_parts = 0, n_free = 0, seen = 0, n = 0;
	struct merged m = { .t = *t,
		.unit = rp_new_n(a, uint32_t, t->n_rows + 1),
		.seq_start = rp_new_n(a, uint32_t, t->n_rows + 1),
		.seq = rp_new_n(a, uint32_t, words + 1),
		.start = rp_new_n(a, uint32_t, t->n_rows + 1),
		.term = rp_new_n(a, uint32_t, words + 1),
		.count = rp_new_n(a, uint16_t, words + 1) };

	m.t.n_rows = 0;
	for (uint32_t i = 0; i < t->n_rows; i++)
		if (b->segment[i] != RP_NONE)
			parts[n_parts++] = (struct part){ b->segment[i], i };
		else
			n_free++;
	for (uint32_t i = 0; i < t->n_rows; i++) {
		uint64_t q = n_free < RP_BRIDGE_ROWS ? n_free : RP_BRIDGE_ROWS;

		if (b->segment[i] != RP_NONE)
			continue;
		seen++;
		if (seen * q / n_free == (seen - 1) * q / n_free)
			continue;
		n = add_words(t, i, UINT32_MAX, &m, n);
		end_row(&m, n, sorted);
	}
	qsort(parts, n_parts, sizeof(*parts), by_segment);
	for (uint32_t i = 0; i < n_parts; i++) {
		n = add_words(t, parts[i].row, RP_BRIDGE_WORDS, &m, n);
		if (i + 1 == n_parts ||
		    parts[i + 1].segment != parts[i].segment)
			end_row(&m, n, sorted);
	}
	m.t.unit = m.unit;
	m.t.seq_start = m.seq_start;
	m.t.seq = m.seq;
	m.t.start = m.start;
	m.t.term = m.term;
	m.t.count = m.count;
	return m;
}

/* Words of the rows by idf, as their directions. */
static void
place_rows(const struct rp_bridge_text *b, const struct rp_corpus *c,
    const struct rp_dense *words, struct rp_dense *out)
{
	const struct rp_terms *t = b->terms;

	for (uint32_t i = 0; i < t->n_rows; i++) {
		if (b->segment[i] != RP_NONE)
			continue;
		for (uint32_t j = t->start[i]; j < t->start[i + 1]; j++) {
			uint32_t w = c->of_term[t->term[j]];

			if (w != RP_NONE)
				rp_num_axpy(rp_dense_row(out, i), c->idf[w],
				    rp_dense_row(words, w), out->stride);
		}
		rp_num_normalise(rp_dense_row(out, i), out->stride);
	}
}

static bool
is_placed(const struct rp_dense *x, uint32_t i)
{
	return rp_num_dot(rp_dense_row(x, i), rp_dense_row(x, i), x->d) > 0;
}

/* What is common to the rows of a language is taken from them. */
static void
centre_languages(const struct rp_bridge_text *b, struct rp_dense *x)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	struct rp_dense mean = rp_dense_new(tmp, b->n_langs, x->d);
	uint32_t *n = rp_new_n(tmp, uint32_t, b->n_langs + 1);

	for (uint32_t i = 0; i < x->n; i++)
		if (is_placed(x, i)) {
			n[b->lang[i]]++;
			rp_num_axpy(rp_dense_row(&mean, b->lang[i]), 1,
			    rp_dense_row(x, i), x->stride);
		}
	for (uint32_t i = 0; i < x->n; i++) {
		if (!is_placed(x, i) || n[b->lang[i]] < 2)
			continue;
		rp_num_axpy(rp_dense_row(x, i), -1 / (float)n[b->lang[i]],
		    rp_dense_row(&mean, b->lang[i]), x->stride);
		rp_num_normalise(rp_dense_row(x, i), x->stride);
	}
}

struct rp_dense
rp_bridge_places(struct rp_arena *a, const struct rp_bridge_text *b,
    uint32_t dims, uint64_t seed)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	struct rp_random r = rp_random_make(seed, STREAM_BRIDGE);
	struct merged m = merge(tmp, b);
	uint32_t *rows = rp_new_n(tmp, uint32_t, m.t.n_rows + 1);
	struct rp_corpus c;
	struct rp_dense words, out;

	for (uint32_t i = 0; i < m.t.n_rows; i++)
		rows[i] = i;
	c = rp_corpus_make(tmp, &m.t, rows, m.t.n_rows);
	if (dims > c.m)
		dims = c.m;
	words = rp_corpus_words(tmp, &c, UINT32_MAX - 1, dims, &r, b->watch);
	out = rp_dense_new(a, b->terms->n_rows, dims);
	place_rows(b, &c, &words, &out);
	centre_languages(b, &out);
	return out;
}

/* The nearest row of language `lang`, and how near; RP_NONE if none is. */
static uint32_t
nearest(const struct rp_bridge_text *b, const struct rp_dense *x,
    const uint32_t *rows, uint32_t n, uint32_t i, uint32_t lang, double *near)
{
	uint32_t best = RP_NONE;

	*near = -2;
	for (uint32_t j = 0; j < n; j++) {
		double s;

		if (b->lang[rows[j]] != lang || !is_placed(x, rows[j]))
			continue;
		s = rp_num_dot(rp_dense_row(x, rows[i]),
		    rp_dense_row(x, rows[j]), x->d);
		if (s > *near) {
			*near = s;
			best = j;
		}
	}
	return best;
}

void
rp_bridge_mates(const struct rp_bridge_text *b, const struct rp_dense *places,
    const uint32_t *rows, uint32_t n, uint32_t *mate)
{
	for (uint32_t i = 0; i < n; i++) {
		double best = RP_BRIDGE_MATE_LEAST, near;

		mate[i] = RP_NONE;
		if (!is_placed(places, rows[i]))
			continue;
		for (uint32_t lang = 0; lang < b->n_langs; lang++) {
			uint32_t j;

			if (lang == b->lang[rows[i]])
				continue;
			j = nearest(b, places, rows, n, i, lang, &near);
			if (j == RP_NONE || near < best ||
			    nearest(b, places, rows, n, j, b->lang[rows[i]],
				&near) != i)
				continue;
			best = near;
			mate[i] = j;
		}
	}
}
