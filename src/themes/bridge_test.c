#include "themes/bridge.h"

#include "base/check.h"
#include "themes/fit.h"
#include "themes/planted.h"

#define GROUPS 5u
#define SEGMENTS 150u
#define ROWS 200u
#define OWN 12u
#define COMMON 40u

/*
 * Two languages: the second has for each word of the first another. Rows 0 to
 * ROWS are responses, odd ones in the second language; then segments, in both.
 */
static struct rp_terms
two_languages(struct rp_arena *a, uint32_t *segment, uint32_t *lang)
{
	uint32_t n = ROWS + SEGMENTS * 2, words = GROUPS * OWN + COMMON;
	struct rp_terms t = rp_planted(a, ROWS + SEGMENTS, GROUPS, 4, 3);
	uint32_t *from = rp_new_n(a, uint32_t, n), ns = 0, nb = 0;
	uint32_t *seq = rp_new_n(a, uint32_t, n * 7);
	uint32_t *seq_start = rp_new_n(a, uint32_t, n + 1);
	uint32_t *term = rp_new_n(a, uint32_t, n * 7);
	uint32_t *start = rp_new_n(a, uint32_t, n + 1);
	uint16_t *count = rp_new_n(a, uint16_t, n * 7);
	struct rp_term *terms = rp_new_n(a, struct rp_term, 2 * words);

	for (uint32_t i = 0; i < n; i++) {
		from[i] = i < ROWS ? i : ROWS + (i - ROWS) / 2;
		lang[i] = i % 2;
		segment[i] = i < ROWS ? RP_NONE : (i - ROWS) / 2;
		for (uint32_t j = t.seq_start[from[i]];
		     j < t.seq_start[from[i] + 1]; j++)
			seq[ns++] = t.seq[j] + lang[i] * words;
		for (uint32_t j = t.start[from[i]]; j < t.start[from[i] + 1];
		     j++) {
			term[nb] = t.term[j] + lang[i] * words;
			count[nb++] = t.count[j];
		}
		seq_start[i + 1] = ns;
		start[i + 1] = nb;
	}
	for (uint32_t w = 0; w < 2 * words; w++)
		terms[w].weight = 1;
	return (struct rp_terms){ n, 2 * words, from, seq_start, seq, start,
		term, count, terms };
}

static void
themes_cross_languages(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	uint32_t n = ROWS + SEGMENTS * 2;
	uint32_t *segment = rp_new_n(a, uint32_t, n);
	uint32_t *lang = rp_new_n(a, uint32_t, n), rows[ROWS];
	struct rp_terms t = two_languages(a, segment, lang);
	struct rp_bridge_text b = { &t, segment, lang, SEGMENTS, 2 };
	struct rp_dense places = rp_bridge_places(a, &b, 20, 1), again;
	struct rp_fit_options o = { .seed = 1,
		.k = GROUPS,
		.places = &places,
		.rows = rows,
		.n_rows = ROWS };
	struct rp_fit f;

	for (uint32_t i = 0; i < ROWS; i++)
		rows[i] = i;
	rp_fit(a, &t, &o, &f);
	RP_CHECK(rp_planted_right(f.theme, ROWS, GROUPS) > 970);
	RP_CHECK(f.theme[ROWS] == RP_NONE);
	again = rp_bridge_places(a, &b, 20, 1);
	RP_CHECK(memcmp(places.v, again.v,
		     (size_t)n * places.stride * sizeof(float)) == 0);
	/* Without it the languages part. */
	o.places = NULL;
	rp_fit(a, &t, &o, &f);
	RP_CHECK(rp_planted_right(f.theme, ROWS, GROUPS) < 900);
}

/* Row 2i and row 2i + 1 say the same in two languages. */
static void
mates_are_found(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	uint32_t n = ROWS + SEGMENTS * 2, right = 0, wrong = 0;
	uint32_t *segment = rp_new_n(a, uint32_t, n), rows[60], mate[60];
	uint32_t *lang = rp_new_n(a, uint32_t, n);
	struct rp_terms t = two_languages(a, segment, lang);
	struct rp_bridge_text b = { &t, segment, lang, SEGMENTS, 2 };
	struct rp_dense places;

	for (uint32_t i = ROWS; i < ROWS + 60; i++) /* thirty letters */
		segment[i] = RP_NONE;
	for (uint32_t i = 0; i < 60; i++)
		rows[i] = ROWS + i;
	places = rp_bridge_places(a, &b, 90, 1);
	rp_bridge_mates(&b, &places, rows, 60, mate);
	for (uint32_t i = 0; i < 60; i++) {
		right += mate[i] == (i ^ 1);
		wrong += mate[i] != RP_NONE && mate[i] != (i ^ 1);
	}
	printf("# right %u wrong %u\n", right, wrong);
	RP_CHECK(right >= 40);
	RP_CHECK(wrong * 5 <= right);
}

RP_CHECK_MAIN({ "themes cross languages", themes_cross_languages },
    { "mates are found", mates_are_found })
