#include "redline/wdiff.h"

#include "base/check.h"
#include "text/words.h"

/* A small generator of its own, so that a failure can be run again. */
static uint32_t
next(uint32_t *state)
{
	*state = *state * 1664525U + 1013904223U;
	return *state >> 16;
}

/* The length by the plain table, to compare with. */
static uint32_t
longest(const uint32_t *x, size_t n, const uint32_t *y, size_t m)
{
	uint32_t row[64] = { 0 };

	for (size_t i = 0; i < n; i++) {
		uint32_t diagonal = 0;

		for (size_t j = 0; j < m; j++) {
			uint32_t up = row[j + 1];

			if (x[i] == y[j])
				row[j + 1] = diagonal + 1;
			else if (row[j] > up)
				row[j + 1] = row[j];
			diagonal = up;
		}
	}
	return row[m];
}

static uint32_t
check_spans(struct rp_wdiff_spans s, const uint32_t *x, size_t n,
    const uint32_t *y, size_t m)
{
	uint32_t x_end = 0, y_end = 0, sum = 0;

	for (size_t i = 0; i < s.n; i++) {
		RP_CHECK(s.v[i].n > 0);
		RP_CHECK(s.v[i].x >= x_end && s.v[i].y >= y_end);
		RP_CHECK(i == 0 || s.v[i].x > x_end || s.v[i].y > y_end);
		x_end = s.v[i].x + s.v[i].n;
		y_end = s.v[i].y + s.v[i].n;
		RP_CHECK(x_end <= n && y_end <= m);
		RP_CHECK(memcmp(x + s.v[i].x, y + s.v[i].y,
			     s.v[i].n * sizeof(*x)) == 0);
		sum += s.v[i].n;
	}
	return sum;
}

static void
random_rows_give_the_longest(void)
{
	struct rp_arena *a = rp_arena_new(1 << 26);
	uint32_t state = 7;

	for (int round = 0; round < 4000; round++) {
		uint32_t x[48], y[48], kinds = 1 + next(&state) % 12;
		size_t n = next(&state) % 48, m = next(&state) % 48;

		for (size_t i = 0; i < n; i++)
			x[i] = next(&state) % kinds;
		for (size_t i = 0; i < m; i++)
			y[i] = next(&state) % kinds;
		RP_CHECK(check_spans(rp_wdiff(a, x, n, y, m), x, n, y, m) ==
			 longest(x, n, y, m));
		rp_arena_reset(a);
	}
	rp_arena_free(a);
}

/* 30,000 units without one in common, and with a few: an answer, soon. */
static void
effort_is_bounded(void)
{
	struct rp_arena *a = rp_arena_new(1 << 26);
	size_t n = 30000;
	uint32_t *x = rp_new_n(a, uint32_t, n), *y = rp_new_n(a, uint32_t, n);

	for (uint32_t i = 0; i < n; i++) {
		x[i] = i;
		y[i] = i % 100 == 50 ? i : i + 1000000;
	}
	RP_CHECK(check_spans(rp_wdiff(a, x, n, y, n), x, n, y, n) > 0);
	for (uint32_t i = 0; i < n; i++)
		y[i] = i + 1000000;
	RP_CHECK(rp_wdiff(a, x, n, y, n).n == 0);
	rp_arena_free(a);
}

struct pair {
	struct rp_units x, y;
	struct rp_wdiff_spans s;
};

static struct pair
compared(struct rp_arena *a, struct rp_words *w, rp_text x, rp_text y)
{
	struct rp_vocabulary *voc = rp_vocabulary_new(a, w);
	struct pair p = { rp_units_split(a, voc, x), rp_units_split(a, voc, y),
		{ 0 } };
	uint32_t *xs = rp_units_ids(a, p.x), *ys = rp_units_ids(a, p.y);

	p.s = rp_wdiff(a, xs, p.x.n, ys, p.y.n);
	rp_wdiff_tidy(a, &p.s, voc, xs, p.x.n, ys, p.y.n);
	check_spans(p.s, xs, p.x.n, ys, p.y.n);
	return p;
}

static void
changes_stand_at_bounds(void)
{
	struct rp_arena *a = rp_arena_new(1 << 24);
	struct rp_words *w = rp_words_new();
	struct pair p = compared(a, w, RP_TEXT("of the sea, of the air."),
	    RP_TEXT("of the sea, of the land, of the air."));

	/* "of the land," and not "land, of the" in the middle. */
	RP_CHECK(p.s.n == 2);
	RP_CHECK(p.s.v[0].n == 4 || p.s.v[0].n == 3);
	rp_words_free(w);
	rp_arena_free(a);
}

static void
odd_words_of_a_new_sentence_are_joined(void)
{
	struct rp_arena *a = rp_arena_new(1 << 24);
	struct rp_words *w = rp_words_new();
	struct pair p =
	    compared(a, w, RP_TEXT("Fees rise in spring and fall for members."),
		RP_TEXT("Costs were in winter higher and paid late."));

	/* "in" and "and" go; the full stop at the end stays. */
	RP_CHECK(p.s.n == 1 && p.s.v[0].n == 1 && p.s.v[0].x == p.x.n - 1);
	p = compared(a, w, RP_TEXT("the annual report on the budget"),
	    RP_TEXT("the annual review on the budget"));
	RP_CHECK(p.s.n == 2 && p.s.v[0].n == 2 && p.s.v[1].n == 3);
	rp_words_free(w);
	rp_arena_free(a);
}

RP_CHECK_MAIN({ "random rows give the longest common one",
		  random_rows_give_the_longest },
    { "effort is bounded", effort_is_bounded },
    { "changes stand at bounds of phrases", changes_stand_at_bounds },
    { "odd words of a new sentence are joined",
	odd_words_of_a_new_sentence_are_joined })
