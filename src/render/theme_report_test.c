#include "render/theme_report.h"

#include "base/check.h"
#include "render/theme_sample.h"
#include "text/format.h"

static bool
has(rp_html h, const char *what)
{
	return memmem(h.p, h.n, what, strlen(what)) != NULL;
}

static size_t
count(rp_html h, const char *what)
{
	const char *at = h.p;
	size_t n = 0;

	while ((at = memmem(at, h.n - (size_t)(at - h.p), what,
		    strlen(what))) != NULL) {
		at += strlen(what);
		n++;
	}
	return n;
}

static rp_html
rendered(struct rp_arena *a, enum rp_lang lang, const struct rp_theme_report *r)
{
	RP_AUTO(rp_locale_freep) struct rp_locale *l = rp_locale_new(lang);
	struct rp_reader reader = { lang, l };
	rp_html h;

	RP_CHECK_OK(rp_theme_report_html(a, &reader, r, &h));
	return h;
}

static void
complete(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_theme_report *r = rp_theme_sample(a);
	rp_html h = rendered(a, RP_LANG_EN, r);

	RP_CHECK(has(h, "<html lang=\"en\" dir=\"ltr\">"));
	/* The states and their sum. */
	RP_CHECK(has(h, "381 responses were received."));
	RP_CHECK(has(h, "<td class=\"n\">262</td>"));
	/* Themes, their numbers on two levels, a long name. */
	RP_CHECK(has(h, "<span class=\"number\">1.2</span>"));
	RP_CHECK(has(h, "Donaudampfschifffahrts"));
	RP_CHECK(count(h, "class=\"tag\"") == 7);
	/* Quotations word for word, with their language, linked. */
	RP_CHECK(has(h, "<blockquote lang=\"ar\" dir=\"auto\">ينبغي نشر جميع"));
	RP_CHECK(has(h, "Fees of &lt;500 &amp; more&gt; per"));
	RP_CHECK(has(h, "<a href=\"#r3\">Response <bdi>58</bdi></a>"));
	RP_CHECK(has(h, "id=\"r3\""));
	RP_CHECK(has(h, "<mark>ينبغي"));
	/* Campaigns with gaps, own words and the twin. */
	RP_CHECK(has(h, "<mark class=\"gap\">[…]</mark>"));
	RP_CHECK(has(h, "<mark>In my village nobody can travel"));
	RP_CHECK(has(h, "<a href=\"#c2\">"));
	/* Who spoke. */
	RP_CHECK(has(h, "has <bdi>41%</bdi> of all words"));
	RP_CHECK(has(h, "No group stated"));
}

/* One file: nothing is asked for, nothing runs. */
static void
self_contained(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_theme_report *r = rp_theme_sample(a);
	rp_html h = rendered(a, RP_LANG_EN, r);

	RP_CHECK(!has(h, "<script") && !has(h, "<link") && !has(h, "<img"));
	RP_CHECK(!has(h, "@import") && !has(h, "url(") && !has(h, " src="));
	RP_CHECK(!has(h, "href=\"http"));
	RP_CHECK(has(h, "prefers-color-scheme:dark") && has(h, "@media print"));
	/* Every chart has its table: five charts and the map. */
	RP_CHECK(count(h, "<svg class=\"chart\"") == 4);
	RP_CHECK(count(h, "<svg class=\"map\"") == 1);
	RP_CHECK(count(h, "<summary>The same as a table</summary>") == 5);
}

/* Every link within the file leads somewhere. */
static void
anchors(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_theme_report *r = rp_theme_sample(a);
	rp_html h = rendered(a, RP_LANG_EN, r);
	const char *at = h.p, *end = h.p + h.n;
	size_t n = 0;

	while ((at = memmem(at, (size_t)(end - at), "href=\"#", 7)) != NULL) {
		const char *from = at + 7;
		const char *to = memchr(from, '"', (size_t)(end - from));
		rp_text id = rp_textf(a, "id=\"%.*s\"", (int)(to - from), from);

		RP_CHECK(count(h, id.p) == 1);
		at = to;
		n++;
	}
	RP_CHECK(n > 20);
}

static void
right_to_left(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_theme_report *r = rp_theme_sample(a);
	rp_html h = rendered(a, RP_LANG_AR, r);

	RP_CHECK(has(h, "<html lang=\"ar\" dir=\"rtl\">"));
	RP_CHECK(has(h, "٣٨١"));
	RP_CHECK(has(h, "<blockquote lang=\"en\" dir=\"auto\">The deadline"));
}

static void
all_languages_and_again(void)
{
	for (int lang = 0; lang < RP_LANG_COUNT; lang++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(64 << 20);
		struct rp_theme_report *r = rp_theme_sample(a);
		rp_html x = rendered(a, (enum rp_lang)lang, r);
		rp_html y = rendered(a, (enum rp_lang)lang, r);

		RP_CHECK(x.n == y.n && memcmp(x.p, y.p, x.n) == 0);
		RP_CHECK(x.n > 20000);
	}
}

static void
nothing(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_theme_report r = { .longest_share = -1 };
	struct rp_theme_report one = { .responses = 1,
		.states = { 0, 0, 0, 1, 0 },
		.longest_share = -1 };
	rp_html h = rendered(a, RP_LANG_EN, &r);

	RP_CHECK(has(h, "There are no responses."));
	RP_CHECK(!has(h, "<section"));
	h = rendered(a, RP_LANG_EN, &one);
	RP_CHECK(has(h, "No themes were found"));
	RP_CHECK(has(h, "No campaigns were found"));
	RP_CHECK(has(h, "1 response was received."));
}

static void
does_not_add_up(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *l = rp_locale_new(RP_LANG_EN);
	struct rp_reader reader = { RP_LANG_EN, l };
	struct rp_theme_report *r = rp_theme_sample(a);
	rp_html h;

	r->states[1]--;
	RP_CHECK_FAILS(rp_theme_report_html(a, &reader, r, &h), RP_E_INVALID);
	r->states[1]++;
	r->campaigns.v[0].members++;
	RP_CHECK_FAILS(rp_theme_report_html(a, &reader, r, &h), RP_E_INVALID);
	r->campaigns.v[0].members--;
	r->themes.v[0].quotations.v[0].source = (uint32_t)r->sources.n;
	RP_CHECK_FAILS(rp_theme_report_html(a, &reader, r, &h), RP_E_INVALID);
	r->themes.v[0].quotations.v[0].source = 0;
	r->themes.v[2].parent = 1;
	RP_CHECK_FAILS(rp_theme_report_html(a, &reader, r, &h), RP_E_INVALID);
}

RP_CHECK_MAIN({ "a complete report", complete }, { "one file", self_contained },
    { "links", anchors }, { "right to left", right_to_left },
    { "all languages, the same twice", all_languages_and_again },
    { "nothing to report", nothing },
    { "what does not add up", does_not_add_up })
