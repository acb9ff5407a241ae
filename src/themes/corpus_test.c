#include "themes/corpus.h"

#include <math.h>

#include "base/check.h"
#include "themes/planted.h"

static void
words_of_two_rows_or_more(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	uint32_t start[] = { 0, 2, 4, 6 }, term[] = { 0, 1, 1, 2, 1, 3 };
	uint16_t count[] = { 1, 2, 1, 1, 1, 1 };
	uint32_t seq_start[] = { 0, 3, 5, 7 };
	uint32_t seq[] = { 1, 0, 1, 1, 2, 1, 3 }, rows[] = { 0, 1, 2 };
	struct rp_term terms[4] = { { .weight = 1 }, { .weight = 1 },
		{ .weight = 1 }, { .weight = 0.3F } };
	struct rp_terms t = { 3, 4, rows, seq_start, seq, start, term, count,
		terms };
	struct rp_corpus c = rp_corpus_make(a, &t, rows, 3);

	RP_CHECK(c.n == 3 && c.m == 1);
	RP_CHECK(c.word[0] == 1 && c.df[0] == 3);
	RP_CHECK(c.of_term[0] == RP_NONE && c.of_term[1] == 0);
	RP_CHECK(c.start[1] == 1 && c.count[0] == 2);
	RP_CHECK(c.seq_start[1] == 2 && c.seq_start[3] == 4);
	RP_CHECK(fabs((double)c.tfidf.v[0] - 1) < 1e-6);
	c = rp_corpus_make(a, &t, rows, 1);
	RP_CHECK(c.n == 1 && c.m == 0 && c.start[1] == 0);
}

/* Mean similarity to rows of the same group, less that to others. */
static double
contrast(const struct rp_dense *x, uint32_t groups)
{
	double sum[2] = { 0 }, n[2] = { 0 };

	for (uint32_t i = 0; i < x->n; i++)
		for (uint32_t j = 0; j < i; j++) {
			bool same = i % groups == j % groups;

			sum[same] += rp_num_dot(rp_dense_row(x, i),
			    rp_dense_row(x, j), x->d);
			n[same]++;
		}
	return sum[1] / n[1] - sum[0] / n[0];
}

static void
places_bring_groups_together(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_terms t = rp_planted(a, 300, 5, 2, 1);
	uint32_t rows[300];
	struct rp_corpus c;
	struct rp_random r = rp_random_make(1, 0);
	struct rp_dense x;

	for (uint32_t i = 0; i < 300; i++)
		rows[i] = i;
	c = rp_corpus_make(a, &t, rows, 300);
	x = rp_corpus_neighbours(a, &c, 12, &r, NULL);
	RP_CHECK(contrast(&x, 5) > 0.6);
	x = rp_corpus_latent(a, &c, 6, &r, NULL);
	RP_CHECK(contrast(&x, 5) > 0.4);
}

RP_CHECK_MAIN({ "words of two rows or more", words_of_two_rows_or_more },
    { "places bring groups together", places_bring_groups_together })
