#include "themes/mixture.h"

#include <math.h>

#include "base/check.h"
#include "themes/planted.h"

static struct rp_corpus
corpus(struct rp_arena *a, uint32_t n, uint32_t groups)
{
	struct rp_terms *t = rp_new(a, struct rp_terms);
	uint32_t *rows = rp_new_n(a, uint32_t, n);

	*t = rp_planted(a, n, groups, 4, 5);
	for (uint32_t i = 0; i < n; i++)
		rows[i] = i;
	return rp_corpus_make(a, t, rows, n);
}

/* Groups of more than four rows. */
static uint32_t
count_used(const uint32_t *labels, uint32_t n)
{
	uint32_t size[30] = { 0 }, used = 0;

	for (uint32_t i = 0; i < n; i++)
		size[labels[i]]++;
	for (uint32_t i = 0; i < 30; i++)
		used += size[i] > 4;
	return used;
}

/* A single run may leave a group in two parts, hence several. */
static void
planted_groups_are_found(void)
{
	enum { N = 400, RUNS = 12 };
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_corpus c = corpus(a, N, 6);
	uint32_t labels[N], exact = 0;

	for (uint64_t seed = 1; seed <= RUNS; seed++) {
		struct rp_random r = rp_random_make(seed, 0);
		uint32_t used, right;

		rp_mixture_run(&c, 30, RP_MIXTURE_SWEEPS, &r, NULL, labels);
		used = count_used(labels, N);
		right = rp_planted_right(labels, N, 6);
		/* Of 30 groups that it began with. */
		RP_CHECK(used >= 6 && used <= 10);
		RP_CHECK(right > 950);
		exact += used == 6 && right > 990;
	}
	RP_CHECK(exact >= RUNS / 4);
}

static void
the_posterior_is_the_formula(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_corpus c = corpus(a, 60, 3);
	uint32_t labels[60], from = c.start[7], n = c.start[8] - from;
	struct rp_mixture x;
	float p[8];
	double want[3], most = 0;

	for (uint32_t i = 0; i < 60; i++)
		labels[i] = i < 30 ? i % 3 : RP_NONE;
	x = rp_mixture_count(a, &c, labels, 3);
	rp_mixture_posterior(&x, c.col + from, c.count + from, n, p);
	for (uint32_t k = 0; k < 3; k++) {
		double s = 10.1, total = 0, length = 0;

		for (uint32_t i = 0; i < 30; i++)
			for (uint32_t j = c.start[i];
			     i % 3 == k && j < c.start[i + 1]; j++)
				total += c.count[j];
		for (uint32_t j = from; j < from + n; j++) {
			double has = 0;

			for (uint32_t i = k; i < 30; i += 3)
				for (uint32_t q = c.start[i];
				     q < c.start[i + 1]; q++)
					if (c.col[q] == c.col[j])
						has += c.count[q];
			for (int q = 0; q < c.count[j]; q++, length++)
				s *= (has + 0.1 + q) /
				     (total + 0.1 * c.m + length);
		}
		want[k] = s;
		most = s > most ? s : most;
	}
	for (uint32_t k = 0; k < 3; k++)
		RP_CHECK(fabs((double)p[k] - want[k] / most) < 0.01);
}

static void
rows_without_words_have_no_group(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_terms t = rp_planted(a, 40, 2, 4, 5);
	uint32_t rows[40], labels[40], *start = rp_new_n(a, uint32_t, 41);
	struct rp_random r = rp_random_make(1, 0);
	struct rp_corpus c;

	memcpy(start, t.start, 41 * sizeof(*start));
	for (uint32_t i = 1; i < 41; i++) /* nothing for row 0 */
		start[i] = start[i] > start[1] ? start[i] : start[1];
	start[0] = start[1];
	t.start = start;
	for (uint32_t i = 0; i < 40; i++)
		rows[i] = i;
	c = rp_corpus_make(a, &t, rows, 40);
	rp_mixture_run(&c, 5, 5, &r, NULL, labels);
	RP_CHECK(labels[0] == RP_NONE);
	RP_CHECK(labels[1] != RP_NONE);
}

static void
common_words_say_little(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_corpus c = corpus(a, 400, 6);
	uint32_t labels[400];
	double *said = rp_new_n(a, double, c.m);

	for (uint32_t i = 0; i < 400; i++)
		labels[i] = i % 6;
	rp_mixture_information(&c, labels, 6, said);
	for (uint32_t w = 0; w < c.m; w++) /* log 6 is all there is to say */
		RP_CHECK(c.word[w] < 6 * 12 ? said[w] > 1.7 : said[w] < 0.4);
}

RP_CHECK_MAIN({ "common words say little", common_words_say_little },
    { "planted groups are found", planted_groups_are_found },
    { "the posterior is the formula", the_posterior_is_the_formula },
    { "rows without words have no group", rows_without_words_have_no_group })
