#include "themes/map.h"

#include "base/check.h"

/* Five themes of one row each; the words of 0 and 1 are nearly the same. */
static void
neighbours(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 24);
	static const uint32_t unit[] = { 0, 1, 2, 3 };
	static const uint32_t start[] = { 0, 4, 8, 11, 14 };
	static const uint32_t term[] = { 0, 1, 2, 3, 0, 1, 2, 4, 5, 6, 7, 6, 8,
		9 };
	static const uint16_t count[] = { 2, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1,
		1 };
	struct rp_term terms[10];
	struct rp_theme_unit units[4] = { 0 };
	struct rp_theme themes[5] = { 0 };
	struct rp_terms t = { .n_rows = 4,
		.n_terms = 10,
		.unit = unit,
		.start = start,
		.term = term,
		.count = count,
		.terms = terms };
	struct rp_themes_result r = { .units = { units, 4, 4 },
		.themes = { themes, 5, 5 } };
	struct rp_theme_place *p, *again;
	double near, far;

	for (int i = 0; i < 10; i++)
		terms[i] = (struct rp_term){ .weight = 1 };
	for (uint32_t i = 0; i < 4; i++) {
		units[i].theme = i;
		themes[i].parent = i < 2 ? 4 : RP_NONE;
	}
	themes[4].parent = RP_NONE;
	p = rp_themes_map(a, &t, NULL, &r);
	RP_CHECK(p[0].near[0] == 1 && p[1].near[0] == 0);
	RP_CHECK(p[0].near[1] == RP_NONE && p[4].near[0] == RP_NONE);
	for (int i = 0; i < 5; i++)
		RP_CHECK(p[i].x <= 1000 && p[i].y <= 1000);
#define SQUARED(i, k)                                            \
	(((double)p[i].x - p[k].x) * ((double)p[i].x - p[k].x) + \
	    ((double)p[i].y - p[k].y) * ((double)p[i].y - p[k].y))
	near = SQUARED(0, 1);
	far = SQUARED(0, 3);
	RP_CHECK(near * 4 < far);
	again = rp_themes_map(a, &t, NULL, &r);
	RP_CHECK(memcmp(p, again, 5 * sizeof(*p)) == 0);
}

static void
few(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 24);
	static const uint32_t start[] = { 0 };
	struct rp_theme theme = { .parent = RP_NONE };
	struct rp_terms t = { .start = start };
	struct rp_themes_result r = { .themes = { &theme, 1, 1 } };
	struct rp_theme_place *p = rp_themes_map(a, &t, NULL, &r);

	RP_CHECK(p[0].x == 500 && p[0].y == 500);
	r.themes.n = 0;
	(void)rp_themes_map(a, &t, NULL, &r);
}

RP_CHECK_MAIN({ "neighbours", neighbours }, { "few", few })
