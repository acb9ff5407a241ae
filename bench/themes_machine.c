/*
 * themes_machine - what grouping says of a file, as one number: for comparing
 * machines, compilers and their options (themes_machine.sh).
 *
 * usage: themes_machine FILE [THEMES]
 *
 * Each line is a response. Words are runs of ASCII letters in lower case, so
 * that nothing but this layer and the base is needed: stop words, grouping and
 * its scores, the places of the words. The numbers are hashes of all octets.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "themes/corpus.h"
#include "themes/fit.h"
#include "themes/stop.h"

struct machine {
	struct rp_arena *a;
	struct RP_MAP(uint32_t) words;
	struct RP_VEC(uint32_t) seq, ends, unit;
	struct rp_terms terms;
};

static void
take_line(struct machine *m, const char *line)
{
	while (*line != '\0') {
		char word[64];
		size_t n = 0;
		uint32_t next = (uint32_t)m->words.n, *at;

		while (
		    *line != '\0' && ((*line | 32) < 'a' || (*line | 32) > 'z'))
			line++;
		for (; (*line | 32) >= 'a' && (*line | 32) <= 'z'; line++)
			if (n + 1 < sizeof(word))
				word[n++] = (char)(*line | 32);
		if (n == 0)
			continue;
		word[n] = '\0';
		at = rp_map_at(m->a, &m->words,
		    rp_text_dup(m->a, rp_text_z(word)));
		if (m->words.n > next)
			*at = next;
		rp_vec_push(m->a, &m->seq, *at);
	}
	rp_vec_push(m->a, &m->unit, (uint32_t)m->ends.n);
	rp_vec_push(m->a, &m->ends, (uint32_t)m->seq.n);
}

static bool *
stop_words(struct machine *m)
{
	uint32_t n = (uint32_t)m->words.n, rows = (uint32_t)m->ends.n;
	uint32_t *rows_of = rp_new_n(m->a, uint32_t, n + 1), from = 0;
	uint32_t *last = rp_new_n(m->a, uint32_t, n + 1);
	bool *is_stop = rp_new_n(m->a, bool, n + 1);
	struct rp_stop *s;

	for (uint32_t i = 0, k = 0; i < rows; i++)
		for (; k < m->ends.v[i]; k++) {
			rows_of[m->seq.v[k]] += last[m->seq.v[k]] != i + 1;
			last[m->seq.v[k]] = i + 1;
		}
	s = rp_stop_new(m->a, rows_of, n, rows);
	for (uint32_t i = 0; i < rows; from = m->ends.v[i++])
		rp_stop_row(s, m->seq.v + from, m->ends.v[i] - from);
	rp_stop_learn(s, is_stop);
	return is_stop;
}

static int
by_number(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}

/* As rp_terms_build() would: words in order, and as bags. */
static void
make_terms(struct machine *m)
{
	uint32_t rows = (uint32_t)m->ends.n, at = 0, n = 0, k = 0;
	uint32_t *seq = rp_new_n(m->a, uint32_t, m->seq.n + 1);
	uint32_t *seq_start = rp_new_n(m->a, uint32_t, rows + 1);
	uint32_t *bag = rp_new_n(m->a, uint32_t, m->seq.n + 1);
	uint32_t *start = rp_new_n(m->a, uint32_t, rows + 1);
	uint16_t *count = rp_new_n(m->a, uint16_t, m->seq.n + 1);
	struct rp_term *terms = rp_new_n(m->a, struct rp_term, m->words.n + 1);
	bool *is_stop = stop_words(m);

	for (size_t i = 0; i < m->words.n; i++)
		terms[i].weight = 1;
	for (uint32_t i = 0; i < rows; i++) {
		uint32_t first = n;

		for (; at < m->ends.v[i]; at++)
			if (!is_stop[m->seq.v[at]])
				seq[n++] = m->seq.v[at];
		seq_start[i + 1] = n;
		memcpy(bag + k, seq + first, (n - first) * sizeof(*bag));
		qsort(bag + k, n - first, sizeof(*bag), by_number);
		for (uint32_t j = k, end = k + n - first; j < end; j++) {
			if (k > start[i] && bag[k - 1] == bag[j]) {
				count[k - 1]++;
				continue;
			}
			bag[k] = bag[j];
			count[k++] = 1;
		}
		start[i + 1] = k;
	}
	m->terms = (struct rp_terms){ .n_rows = rows,
		.n_terms = (uint32_t)m->words.n,
		.unit = m->unit.v,
		.seq_start = seq_start,
		.seq = seq,
		.start = start,
		.term = bag,
		.count = count,
		.terms = terms };
}

static uint64_t
hash(uint64_t h, const void *p, size_t n)
{
	const uint8_t *at = p;

	for (size_t i = 0; i < n; i++)
		h = (h ^ at[i]) * UINT64_C(1099511628211);
	return h;
}

static void
say(struct machine *m, uint32_t k)
{
	struct rp_fit_options o = { .seed = 1, .k = k };
	struct rp_random r = rp_random_make(1, 2);
	uint32_t n = m->terms.n_rows, *rows = rp_new_n(m->a, uint32_t, n + 1);
	struct rp_corpus c;
	struct rp_dense x;
	struct rp_fit f;
	uint64_t h = UINT64_C(14695981039346656037);

	for (uint32_t i = 0; i < n; i++)
		rows[i] = i;
	rp_fit(m->a, &m->terms, &o, &f);
	printf("%u rows, %u themes, of rows %016llx", n, f.n_leaves,
	    (unsigned long long)hash(hash(hash(h, f.theme,
					      n * sizeof(*f.theme)),
					 f.other, n * sizeof(*f.other)),
		f.score, n * sizeof(*f.score)));
	c = rp_corpus_make(m->a, &m->terms, rows, n);
	x = rp_corpus_neighbours(m->a, &c, c.m < 50 ? c.m : 50, &r, NULL);
	printf(", of places %016llx\n",
	    (unsigned long long)hash(h, x.v,
		(size_t)x.n * x.stride * sizeof(float)));
}

int
main(int argc, char **argv)
{
	struct machine m = { .a = rp_arena_new(SIZE_MAX) };
	static char line[1 << 16];
	FILE *f = argc > 1 ? fopen(argv[1], "r") : NULL;

	if (f == NULL) {
		fprintf(stderr, "usage: themes_machine FILE [THEMES]\n");
		return 2;
	}
	while (fgets(line, sizeof(line), f) != NULL)
		take_line(&m, line);
	fclose(f);
	make_terms(&m);
	say(&m, argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0);
	return 0;
}
