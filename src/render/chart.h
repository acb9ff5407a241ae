/*
 * chart - bars and columns as inline SVG.
 *
 * A chart is a fragment for a page, with its title and description inside; the
 * table of the same figures stands below it, made by the page's template. Bars
 * are labelled directly, begin at the edge where reading begins (so they are
 * mirrored in Arabic), and start from zero. Horizontal places are percentages
 * and vertical ones em: a chart fits any width and the text keeps its size, at
 * 320 pixels as well as at 200 %. Colours are classes of the stylesheet, c1 to
 * c7: the same thing has the same colour everywhere.
 */
#ifndef RP_RENDER_CHART_H
#define RP_RENDER_CHART_H

#include "base/str.h"
#include "base/vec.h"
#include "render/message.h"

#define RP_CHART_BARS_MAX ((size_t)60)
#define RP_CHART_COLUMNS_MAX ((size_t)400)
#define RP_CHART_COLOURS 7

/* `share` may be empty; `colour` is 1 to RP_CHART_COLOURS. */
struct rp_chart_bar {
	rp_text label;
	int64_t n;
	rp_text share;
	int colour;
};

struct rp_chart {
	rp_text id; /* letters and digits; unique on its page */
	rp_text title;
	struct rp_chart_bars RP_VEC(struct rp_chart_bar) bars;
};

/*
 * Horizontal bars in the order given. Fails with RP_E_LIMIT past
 * RP_CHART_BARS_MAX bars and RP_E_INVALID if a number is negative. A chart
 * without bars is empty.
 */
struct rp_err *rp_chart_bars(struct rp_arena *a, const struct rp_reader *reader,
    const struct rp_chart *chart, rp_html *out) RP_MUST_USE;

/*
 * Bars that are made of parts, one for each of `n_parts` classes: parts[i][k]
 * is what class k has of bar i, in the colour colours[k]; the bar's `n` is
 * written beside it and its length, so parts are drawn in proportion to it (a
 * thing may be in several classes or in none). The page shows the classes'
 * names.
 */
struct rp_chart_parts {
	size_t n_parts;
	const int *colours;
	const int64_t *const *parts;
};

struct rp_err *rp_chart_stacked(struct rp_arena *a,
    const struct rp_reader *reader, const struct rp_chart *chart,
    const struct rp_chart_parts *parts, rp_html *out) RP_MUST_USE;

/*
 * Upright columns for a row of days: the first and the last label below, the
 * highest number above its column. Fails as rp_chart_bars() does, past
 * RP_CHART_COLUMNS_MAX.
 */
struct rp_err *rp_chart_columns(struct rp_arena *a,
    const struct rp_reader *reader, const struct rp_chart *chart,
    rp_html *out) RP_MUST_USE;

#endif
