#include "render/chart.h"

#include "base/err.h"
#include "render/page.h"

/* In tenths of an em: a label above its bar, and the air below. */
#define BAR_STEP 32
#define LABEL_LINE 11
#define BAR_TOP 15
#define BAR_HEIGHT 10

/* The plot of columns, with a line above for the highest number. */
#define PLOT_TOP 14
#define PLOT_HEIGHT 80
#define PLOT_BELOW 17

static struct rp_err *
check(const struct rp_chart *chart, size_t max, int64_t *longest)
{
	*longest = 0;
	if (chart->bars.n > max)
		return rp_fail(RP_E_LIMIT, "chart of %zu bars", chart->bars.n);
	for (size_t i = 0; i < chart->bars.n; i++) {
		const struct rp_chart_bar *bar = &chart->bars.v[i];

		RP_ASSERT(bar->colour >= 1 && bar->colour <= RP_CHART_COLOURS);
		if (bar->n < 0)
			return rp_fail(RP_E_INVALID, "chart: negative bar");
		if (bar->n > *longest)
			*longest = bar->n;
	}
	return NULL;
}

/* part/whole of `scale`, exact enough for pixels and safe from overflow. */
static int64_t
scaled(int64_t part, int64_t whole, int64_t scale)
{
	if (whole == 0)
		return 0;
	return (int64_t)((double)part / (double)whole * (double)scale + 0.5);
}

/* v/10 as a decimal: 432 is 43.2. */
static void
tenths(struct rp_page *page, int64_t v)
{
	rp_page_i64(page, v / 10);
	if (v % 10 != 0) {
		rp_page_html(page, RP_HTML("."));
		rp_page_i64(page, v % 10);
	}
}

static void
head(struct rp_page *page, const struct rp_chart *chart, int64_t longest,
    int64_t height)
{
	rp_text first = RP_TEXT("");

	for (size_t i = chart->bars.n; i-- > 0;) {
		if (chart->bars.v[i].n == longest)
			first = chart->bars.v[i].label;
	}
	rp_page_html(page, RP_HTML("<svg class=\"chart\" role=\"img\" "
				   "aria-labelledby=\""));
	rp_page_text(page, chart->id);
	rp_page_html(page, RP_HTML("-t "));
	rp_page_text(page, chart->id);
	rp_page_html(page, RP_HTML("-d\" width=\"100%\" height=\""));
	tenths(page, height);
	rp_page_html(page, RP_HTML("em\"><title id=\""));
	rp_page_text(page, chart->id);
	rp_page_html(page, RP_HTML("-t\">"));
	rp_page_text(page, chart->title);
	rp_page_html(page, RP_HTML("</title><desc id=\""));
	rp_page_text(page, chart->id);
	rp_page_html(page, RP_HTML("-d\">"));
	rp_page_msgv(page, M_statistics_chart_text, false,
	    (const struct rp_msg_arg[]){ RP_MSG_TEXT(first),
		RP_MSG_NUM((int64_t)chart->bars.n), RP_MSG_NUM(longest) },
	    3);
	rp_page_html(page, RP_HTML("</desc>"));
}

static void
text_at(struct rp_page *page, rp_html opening, int64_t x, int64_t y)
{
	rp_page_html(page, opening);
	rp_page_html(page, RP_HTML(" x=\""));
	tenths(page, x);
	rp_page_html(page, RP_HTML("%\" y=\""));
	tenths(page, y);
	rp_page_html(page, RP_HTML("em\">"));
}

static void
rect(struct rp_page *page, int colour, int64_t x, int64_t y, int64_t width,
    int64_t height)
{
	rp_page_html(page, RP_HTML("<rect class=\"c"));
	rp_page_i64(page, colour);
	rp_page_html(page, RP_HTML("\" x=\""));
	tenths(page, x);
	rp_page_html(page, RP_HTML("%\" y=\""));
	tenths(page, y);
	rp_page_html(page, RP_HTML("em\" width=\""));
	tenths(page, width);
	rp_page_html(page, RP_HTML("%\" height=\""));
	tenths(page, height);
	rp_page_html(page, RP_HTML("em\"/>"));
}

static void
bar_label(struct rp_page *page, const struct rp_chart_bar *b, int64_t top,
    bool mirrored)
{
	text_at(page, RP_HTML("<text"), mirrored ? 1000 : 0, top + LABEL_LINE);
	rp_page_text(page, b->label);
	rp_page_html(page, RP_HTML("</text>"));
	text_at(page, RP_HTML("<text class=\"val\" text-anchor=\"end\""),
	    mirrored ? 0 : 1000, top + LABEL_LINE);
	rp_page_num(page, b->n);
	if (b->share.n > 0) {
		rp_page_html(page, RP_HTML(" ("));
		rp_page_text(page, b->share);
		rp_page_html(page, RP_HTML(")"));
	}
	rp_page_html(page, RP_HTML("</text>"));
}

static void
bar(struct rp_page *page, const struct rp_chart_bar *b, int64_t longest,
    int64_t top, bool mirrored)
{
	int64_t width = scaled(b->n, longest, 1000);

	bar_label(page, b, top, mirrored);
	rect(page, b->colour, mirrored ? 1000 - width : 0, top + BAR_TOP, width,
	    BAR_HEIGHT);
}

/* Each part from where the one before it ends, so that nothing is lost to
 * rounding. */
static void
stacked(struct rp_page *page, const struct rp_chart_bar *b,
    const struct rp_chart_parts *parts, const int64_t *of, int64_t longest,
    int64_t top, bool mirrored)
{
	int64_t width = scaled(b->n, longest, 1000), all = 0, before = 0;

	bar_label(page, b, top, mirrored);
	for (size_t k = 0; k < parts->n_parts; k++)
		all += of[k];
	for (size_t k = 0; k < parts->n_parts; k++) {
		int64_t from = scaled(before, all, width), to;

		before += of[k];
		to = scaled(before, all, width);
		if (to > from)
			rect(page, parts->colours[k],
			    mirrored ? 1000 - to : from, top + BAR_TOP,
			    to - from, BAR_HEIGHT);
	}
	if (all == 0 && width > 0)
		rect(page, b->colour, mirrored ? 1000 - width : 0,
		    top + BAR_TOP, width, BAR_HEIGHT);
}

struct rp_err *
rp_chart_bars(struct rp_arena *a, const struct rp_reader *reader,
    const struct rp_chart *chart, rp_html *out)
{
	bool mirrored = rp_lang_dir(reader->lang) == RP_DIR_RTL;
	struct rp_page page;
	int64_t longest;

	RP_TRY(check(chart, RP_CHART_BARS_MAX, &longest));
	rp_page_init(&page, a, reader);
	if (chart->bars.n > 0) {
		head(&page, chart, longest, (int64_t)chart->bars.n * BAR_STEP);
		for (size_t i = 0; i < chart->bars.n; i++)
			bar(&page, &chart->bars.v[i], longest,
			    (int64_t)i * BAR_STEP, mirrored);
		rp_page_html(&page, RP_HTML("</svg>"));
	}
	return rp_page_finish(&page, out);
}

struct rp_err *
rp_chart_stacked(struct rp_arena *a, const struct rp_reader *reader,
    const struct rp_chart *chart, const struct rp_chart_parts *parts,
    rp_html *out)
{
	bool mirrored = rp_lang_dir(reader->lang) == RP_DIR_RTL;
	struct rp_page page;
	int64_t longest;

	RP_TRY(check(chart, RP_CHART_BARS_MAX, &longest));
	for (size_t i = 0; i < chart->bars.n; i++)
		for (size_t k = 0; k < parts->n_parts; k++)
			if (parts->parts[i][k] < 0)
				return rp_fail(RP_E_INVALID,
				    "chart: negative part");
	rp_page_init(&page, a, reader);
	if (chart->bars.n > 0) {
		head(&page, chart, longest, (int64_t)chart->bars.n * BAR_STEP);
		for (size_t i = 0; i < chart->bars.n; i++)
			stacked(&page, &chart->bars.v[i], parts,
			    parts->parts[i], longest, (int64_t)i * BAR_STEP,
			    mirrored);
		rp_page_html(&page, RP_HTML("</svg>"));
	}
	return rp_page_finish(&page, out);
}

/* Where column i of n begins, in tenths of a per cent. */
static int64_t
column_x(size_t i, size_t n, bool mirrored)
{
	return scaled((int64_t)(mirrored ? n - 1 - i : i), (int64_t)n, 1000);
}

static void
highest(struct rp_page *page, const struct rp_chart *chart, size_t at,
    bool mirrored)
{
	int64_t x = column_x(at, chart->bars.n, mirrored);

	/* Near an edge the number leans inwards. */
	if (x > 900)
		text_at(page,
		    mirrored ? RP_HTML("<text class=\"val\"") :
			       RP_HTML("<text class=\"val\" "
				       "text-anchor=\"end\""),
		    1000, LABEL_LINE);
	else
		text_at(page,
		    mirrored ? RP_HTML("<text class=\"val\" "
				       "text-anchor=\"end\"") :
			       RP_HTML("<text class=\"val\""),
		    x, LABEL_LINE);
	rp_page_num(page, chart->bars.v[at].n);
	rp_page_html(page, RP_HTML("</text>"));
}

static void
columns(struct rp_page *page, const struct rp_chart *chart, int64_t longest,
    bool mirrored)
{
	size_t n = chart->bars.n, top = 0;
	int64_t width = scaled(9, 10 * (int64_t)n, 1000);

	for (size_t i = 0; i < n; i++) {
		const struct rp_chart_bar *b = &chart->bars.v[i];
		int64_t height = scaled(b->n, longest, PLOT_HEIGHT);

		if (b->n > chart->bars.v[top].n)
			top = i;
		if (b->n > 0)
			rect(page, b->colour, column_x(i, n, mirrored),
			    PLOT_TOP + PLOT_HEIGHT - height, width, height);
	}
	highest(page, chart, top, mirrored);
	text_at(page, RP_HTML("<text"), mirrored ? 1000 : 0,
	    PLOT_TOP + PLOT_HEIGHT + LABEL_LINE + 2);
	rp_page_text(page, chart->bars.v[0].label);
	rp_page_html(page, RP_HTML("</text>"));
	if (n == 1)
		return;
	text_at(page, RP_HTML("<text text-anchor=\"end\""), mirrored ? 0 : 1000,
	    PLOT_TOP + PLOT_HEIGHT + LABEL_LINE + 2);
	rp_page_text(page, chart->bars.v[n - 1].label);
	rp_page_html(page, RP_HTML("</text>"));
}

struct rp_err *
rp_chart_columns(struct rp_arena *a, const struct rp_reader *reader,
    const struct rp_chart *chart, rp_html *out)
{
	bool mirrored = rp_lang_dir(reader->lang) == RP_DIR_RTL;
	struct rp_page page;
	int64_t longest;

	RP_TRY(check(chart, RP_CHART_COLUMNS_MAX, &longest));
	rp_page_init(&page, a, reader);
	if (chart->bars.n > 0) {
		head(&page, chart, longest,
		    PLOT_TOP + PLOT_HEIGHT + PLOT_BELOW);
		columns(&page, chart, longest, mirrored);
		rp_page_html(&page, RP_HTML("</svg>"));
	}
	return rp_page_finish(&page, out);
}
