#include "render/theme_map.h"

#include "base/check.h"
#include "text/format.h"

static rp_html
map(struct rp_arena *a, enum rp_lang lang, const struct rp_theme_circles *c)
{
	RP_AUTO(rp_locale_freep) struct rp_locale *l = rp_locale_new(lang);
	struct rp_reader reader = { lang, l };
	rp_html h;

	RP_CHECK_OK(rp_theme_map(a, &reader, RP_TEXT("A <map>"), c, &h));
	return h;
}

static bool
has(rp_html h, const char *what)
{
	return memmem(h.p, h.n, what, strlen(what)) != NULL;
}

static void
add(struct rp_arena *a, struct rp_theme_circles *c, const char *label,
    int32_t x, int32_t y, int64_t n)
{
	struct rp_theme_circle one = { .number = rp_textf(a, "%zu", c->n + 1),
		.label = rp_text_z(label),
		.lang = RP_TEXT("en"),
		.x = x,
		.y = y,
		.n = n,
		.colour = 1 };

	rp_vec_push(a, c, one);
}

struct circle {
	int x, y, r;
};

static size_t
circles(rp_html h, struct circle *out)
{
	const char *at = h.p;
	size_t n = 0;

	while (
	    (at = memmem(at, h.n - (size_t)(at - h.p), " cx=\"", 5)) != NULL) {
		RP_CHECK(sscanf(at, " cx=\"%d\" cy=\"%d\" r=\"%d\"", &out[n].x,
			     &out[n].y, &out[n].r) == 3);
		n++;
		at++;
	}
	return n;
}

/* However near they are: nothing covers anything, nothing is cut off. */
static void
nothing_is_covered(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	struct rp_theme_circles c = { 0 };
	struct circle got[40];

	for (int i = 0; i < 40; i++)
		add(a, &c, "a theme", 500 + i % 3, 500 + i % 2, 40 - i);
	RP_CHECK(circles(map(a, RP_LANG_EN, &c), got) == 40);
	for (size_t i = 0; i < 40; i++) {
		RP_CHECK(got[i].x - got[i].r >= 0);
		RP_CHECK(got[i].x + got[i].r <= 1000);
		RP_CHECK(got[i].y - got[i].r >= 0);
		RP_CHECK(got[i].y + got[i].r <= 640);
		for (size_t j = 0; j < i; j++) {
			int dx = got[i].x - got[j].x, dy = got[i].y - got[j].y;
			int r = got[i].r + got[j].r - 1;

			RP_CHECK(dx * dx + dy * dy >= r * r);
		}
	}
}

static void
area_is_number(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	struct rp_theme_circles c = { 0 };
	struct circle got[2];
	rp_html h;

	add(a, &c, "more <time>", 0, 0, 400);
	add(a, &c, "fees", 1000, 1000, 100);
	h = map(a, RP_LANG_EN, &c);
	RP_CHECK(circles(h, got) == 2);
	RP_CHECK(got[0].r == 2 * got[1].r);
	RP_CHECK(got[0].x < 500 && got[1].x > 500 && got[0].y < got[1].y);
	RP_CHECK(
	    has(h, "A &lt;map&gt;</title>") && has(h, "more &lt;time&gt;"));
	RP_CHECK(has(h, "A map of 2 themes as circles."));
	/* Mirrored. */
	h = map(a, RP_LANG_AR, &c);
	RP_CHECK(circles(h, got) == 2 && got[0].x > 500 && got[1].x < 500);
}

static void
limits(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *l = rp_locale_new(RP_LANG_EN);
	struct rp_reader reader = { RP_LANG_EN, l };
	struct rp_theme_circles c = { 0 };
	rp_html h = map(a, RP_LANG_EN, &c);

	RP_CHECK(h.n == 0);
	add(a, &c, "", -5, 5000, 0);
	(void)map(a, RP_LANG_EN, &c);
	c.v[0].n = -1;
	RP_CHECK_FAILS(rp_theme_map(a, &reader, RP_TEXT(""), &c, &h),
	    RP_E_INVALID);
	c.v[0].n = 1;
	while (c.n <= RP_THEME_MAP_MAX)
		add(a, &c, "x", 1, 1, 1);
	RP_CHECK_FAILS(rp_theme_map(a, &reader, RP_TEXT(""), &c, &h),
	    RP_E_LIMIT);
}

RP_CHECK_MAIN({ "nothing is covered", nothing_is_covered },
    { "areas are numbers", area_is_number }, { "limits", limits })
