#include "themes/stop.h"

#include "base/check.h"

enum { FILLERS = 20, TOPICS = 10, NOUNS = 8, N = FILLERS + TOPICS * NOUNS };

static uint32_t
next(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

/* Fillers anywhere, nouns with those of their own topic. */
static size_t
make_row(uint32_t *state, uint32_t *words)
{
	uint32_t topic = next(state) % TOPICS;
	size_t n = 0;

	for (int i = 0; i < 8; i++)
		words[n++] = next(state) % FILLERS;
	for (int i = 0; i < 4; i++)
		words[n++] = FILLERS + topic * NOUNS + next(state) % NOUNS;
	/* One noun is in every third row: frequent, and it says something. */
	if (topic < 3)
		words[n++] = FILLERS;
	return n;
}

static void
count(uint32_t rows, uint32_t *rows_of)
{
	uint32_t state = 7, words[16], seen[N] = { 0 };

	for (uint32_t row = 1; row <= rows; row++) {
		size_t n = make_row(&state, words);

		for (size_t i = 0; i < n; i++) {
			rows_of[words[i]] += seen[words[i]] != row;
			seen[words[i]] = row;
		}
	}
}

static void
learn(uint32_t rows, bool *is_stop)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 22);
	uint32_t state = 7, words[16], rows_of[N] = { 0 };
	struct rp_stop *s;

	count(rows, rows_of);
	s = rp_stop_new(a, rows_of, N, rows);
	for (uint32_t row = 0; row < rows; row++) {
		size_t n = make_row(&state, words);

		rp_stop_row(s, words, n);
	}
	rp_stop_learn(s, is_stop);
}

static void
fillers_go(void)
{
	bool is_stop[N] = { 0 };
	int gone = 0;

	learn(3000, is_stop);
	for (int i = 0; i < FILLERS; i++)
		gone += is_stop[i];
	RP_CHECK(gone >= FILLERS - 4);
	for (int i = FILLERS; i < N; i++)
		RP_CHECK(!is_stop[i]);
}

static void
few_rows(void)
{
	bool is_stop[N] = { 0 };

	learn(0, is_stop);
	learn(10, is_stop);
	for (int i = FILLERS; i < N; i++)
		RP_CHECK(!is_stop[i]);
}

RP_CHECK_MAIN({ "fillers go", fillers_go }, { "few rows", few_rows })
