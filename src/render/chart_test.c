#include "render/chart.h"

#include "base/check.h"
#include "text/format.h"

static struct rp_chart
three(struct rp_arena *a)
{
	struct rp_chart chart = { .id = RP_TEXT("by-category"),
		.title = RP_TEXT("Responses <by> category") };

	rp_vec_push(a, &chart.bars,
	    ((struct rp_chart_bar){ RP_TEXT("Academia"), 20, RP_TEXT("62.5%"),
		5 }));
	rp_vec_push(a, &chart.bars,
	    ((struct rp_chart_bar){ RP_TEXT("A & B"), 5, RP_TEXT(""), 1 }));
	rp_vec_push(a, &chart.bars,
	    ((struct rp_chart_bar){ RP_TEXT("Government"), 0, RP_TEXT(""),
		2 }));
	return chart;
}

static bool
has(rp_html h, const char *what)
{
	return memmem(h.p, h.n, what, strlen(what)) != NULL;
}

static void
bars_in_english(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *l = rp_locale_new(RP_LANG_EN);
	struct rp_reader reader = { RP_LANG_EN, l };
	struct rp_chart chart = three(a);
	rp_html h;

	RP_CHECK_OK(rp_chart_bars(a, &reader, &chart, &h));
	RP_CHECK(has(h, "role=\"img\" aria-labelledby=\"by-category-t "
			"by-category-d\" width=\"100%\" height=\"9.6em\""));
	RP_CHECK(has(h, "<title id=\"by-category-t\">Responses &lt;by&gt; "
			"category</title>"));
	RP_CHECK(has(h, "Academia"));
	RP_CHECK(has(h, "x=\"0%\" y=\"1.1em\">Academia</text>"));
	RP_CHECK(has(h, "text-anchor=\"end\" x=\"100%\" y=\"1.1em\">20 "
			"(62.5%)</text>"));
	RP_CHECK(has(h, ">A &amp; B</text>"));
	RP_CHECK(has(h, "<rect class=\"c5\" x=\"0%\" y=\"1.5em\" "
			"width=\"100%\""));
	RP_CHECK(has(h, "<rect class=\"c1\" x=\"0%\" y=\"4.7em\" "
			"width=\"25%\""));
	RP_CHECK(has(h, "width=\"0%\""));
}

static void
bars_mirrored(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *l = rp_locale_new(RP_LANG_AR);
	struct rp_reader reader = { RP_LANG_AR, l };
	struct rp_chart chart = three(a);
	rp_html h;

	RP_CHECK_OK(rp_chart_bars(a, &reader, &chart, &h));
	RP_CHECK(has(h, "x=\"100%\" y=\"1.1em\">Academia</text>"));
	RP_CHECK(has(h, "x=\"75%\" y=\"4.7em\" width=\"25%\""));
}

static void
columns(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *l = rp_locale_new(RP_LANG_EN);
	struct rp_reader reader = { RP_LANG_EN, l };
	struct rp_chart chart = three(a);
	rp_html h;

	RP_CHECK_OK(rp_chart_columns(a, &reader, &chart, &h));
	RP_CHECK(has(h, "<rect class=\"c5\" x=\"0%\" y=\"1.4em\" "
			"width=\"30%\" height=\"8em\"/>"));
	RP_CHECK(has(h, "x=\"33.3%\" y=\"7.4em\" width=\"30%\" "
			"height=\"2em\""));
	RP_CHECK(!has(h, "class=\"c2\""));
	RP_CHECK(has(h, ">20</text>"));
	RP_CHECK(has(h, ">Government</text>"));
}

static void
nothing_and_too_much(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *l = rp_locale_new(RP_LANG_EN);
	struct rp_reader reader = { RP_LANG_EN, l };
	struct rp_chart chart = { .id = RP_TEXT("x"), .title = RP_TEXT("x") };
	rp_html h;

	RP_CHECK_OK(rp_chart_bars(a, &reader, &chart, &h));
	RP_CHECK(h.n == 0);
	RP_CHECK_OK(rp_chart_columns(a, &reader, &chart, &h));
	RP_CHECK(h.n == 0);
	/* All zero: no bar has a length, nothing is divided by zero. */
	rp_vec_push(a, &chart.bars,
	    ((struct rp_chart_bar){ RP_TEXT("a"), 0, RP_TEXT(""), 1 }));
	RP_CHECK_OK(rp_chart_bars(a, &reader, &chart, &h));
	RP_CHECK(has(h, "width=\"0%\""));
	chart.bars.v[0].n = -1;
	RP_CHECK_FAILS(rp_chart_bars(a, &reader, &chart, &h), RP_E_INVALID);
	chart.bars.v[0].n = INT64_MAX;
	while (chart.bars.n <= RP_CHART_BARS_MAX)
		rp_vec_push(a, &chart.bars, chart.bars.v[0]);
	RP_CHECK_FAILS(rp_chart_bars(a, &reader, &chart, &h), RP_E_LIMIT);
	RP_CHECK_OK(rp_chart_columns(a, &reader, &chart, &h));
}

RP_CHECK_MAIN({ "bars", bars_in_english }, { "mirrored", bars_mirrored },
    { "columns", columns }, { "limits", nothing_and_too_much })
