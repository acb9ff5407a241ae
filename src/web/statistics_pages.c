#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "codec/csv.h"
#include "codec/sink.h"
#include "domain/catalog.h"
#include "domain/party.h"
#include "domain/response.h"
#include "render/chart.h"
#include "render/t_statistics.h"
#include "text/format.h"
#include "web/page.h"

#define FRESH (30 * RP_SECOND)
#define ROWS_MAX 40 /* of one chart; the rest is one row */
#define CSV_MAX ((size_t)4 * 1024 * 1024)

struct counted {
	const struct rp_request *req;
	struct rp_consultation c;
	int64_t responses, words;
};

enum dimension { BY_CATEGORY, BY_REGION, BY_COUNTRY, BY_LANGUAGE, BY_DAY, BYS };

static const struct {
	const char *id, *name; /* of the page, of the tally */
	enum rp_msg title, head;
} dimensions[BYS] = {
	[BY_CATEGORY] = { "category", "category", M_statistics_by_category,
	    M_statistics_head_category },
	[BY_REGION] = { "region", "region", M_statistics_by_region,
	    M_statistics_head_region },
	[BY_COUNTRY] = { "country", "country", M_statistics_by_country,
	    M_statistics_head_country },
	[BY_LANGUAGE] = { "language", "lang", M_statistics_by_language,
	    M_statistics_head_language },
	[BY_DAY] = { "day", "day", M_statistics_by_day, M_statistics_head_day },
};

static int64_t
day_at(const struct counted *k, rp_text day)
{
	int64_t at = 0;

	rp_err_free(rp_clock_parse(rp_textf(k->req->arena, "%.*sT00:00:00Z",
				       RP_FMT(day)),
	    &at));
	return at;
}

static rp_text
label(const struct counted *k, enum dimension by, rp_text value)
{
	const struct rp_request *req = k->req;

	switch (by) {
	case BY_CATEGORY:
		return rp_web_msg(req, rp_msg_category(value));
	case BY_REGION:
		return rp_web_msg(req, rp_msg_region(value));
	case BY_COUNTRY:
		return rp_web_country(req, value);
	case BY_LANGUAGE:
		return rp_locale_language(req->reader.locale, req->arena,
		    value);
	case BY_DAY:
	case BYS:
		break;
	}
	return rp_format_date(req->reader.locale, req->arena, RP_DATE_SHORT,
	    rp_zone_find(req->who->env->zones, RP_TEXT("UTC")),
	    day_at(k, value));
}

/* The same thing has the same colour on every page. */
static int
colour(enum dimension by, rp_text value)
{
	if (by == BY_CATEGORY)
		for (int i = 0; rp_categories[i].p != NULL; i++)
			if (rp_text_eq(rp_categories[i], value))
				return i % RP_CHART_COLOURS + 1;
	if (by == BY_REGION)
		for (int i = 0; i < RP_PARTY_REGIONS; i++)
			if (rp_text_eq(rp_regions[i], value))
				return i + 1;
	return 1;
}

static rp_text
share(const struct counted *k, int64_t part, int64_t all)
{
	return all == 0 ? RP_TEXT("") :
			  rp_format_percent(k->req->reader.locale,
			      k->req->arena, (double)part / (double)all, 1);
}

static void
add_row(const struct counted *k, enum dimension by,
    const struct rp_catalog_value *v, rp_text name, struct rp_chart *chart,
    struct v_statistics_charts *out)
{
	struct rp_chart_bar bar = { .label = name,
		.n = v->responses,
		.share = share(k, v->responses, k->responses),
		.colour = colour(by, v->value) };
	struct v_statistics_charts_rows row = { .label = name,
		.n = v->responses,
		.words = v->words,
		.share = bar.share };

	rp_vec_push(k->req->arena, &chart->bars, bar);
	rp_vec_push(k->req->arena, &out->rows, row);
}

/* Days in their order, the empty ones too: time has no gaps. */
static void
add_days(const struct counted *k, const struct rp_catalog_values *all,
    struct rp_chart *chart, struct v_statistics_charts *out)
{
	int64_t first = INT64_MAX, last = 0;
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		int64_t at = day_at(k, all->v[i].value);

		first = at < first ? at : first;
		last = at > last ? at : last;
	}
	if (all->n == 0)
		return;
	if ((last - first) / RP_DAY >= (int64_t)RP_CHART_COLUMNS_MAX)
		first = last - ((int64_t)RP_CHART_COLUMNS_MAX - 1) * RP_DAY;
	for (int64_t at = first; at <= last; at += RP_DAY) {
		struct rp_catalog_value v = { 0 };
		rp_text day =
		    rp_text_sub(rp_clock_rfc3339(k->req->arena, at), 0, 10);

		for (size_t i = 0; i < all->n; i++)
			if (rp_text_eq(all->v[i].value, day))
				v = all->v[i];
		v.value = day;
		add_row(k, BY_DAY, &v, label(k, BY_DAY, day), chart, out);
		n++;
	}
	RP_ASSERT(n <= RP_CHART_COLUMNS_MAX);
}

static void
add_most(const struct counted *k, enum dimension by,
    const struct rp_catalog_values *all, struct rp_chart *chart,
    struct v_statistics_charts *out)
{
	struct rp_catalog_value rest = { 0 };

	for (size_t i = 0; i < all->n; i++) {
		if (i < ROWS_MAX) {
			add_row(k, by, &all->v[i],
			    label(k, by, all->v[i].value), chart, out);
			continue;
		}
		rest.responses += all->v[i].responses;
		rest.words += all->v[i].words;
	}
	if (rest.responses > 0)
		add_row(k, BYS, &rest, rp_web_msg(k->req, M_statistics_others),
		    chart, out);
}

static struct rp_err *
add_chart(const struct counted *k, enum dimension by, struct v_statistics *v)
{
	struct rp_arena *a = k->req->arena;
	struct v_statistics_charts one = { .title = dimensions[by].title,
		.head = dimensions[by].head,
		.id = rp_text_z(dimensions[by].id) };
	struct rp_chart chart = { .id =
				      rp_textf(a, "chart%s", dimensions[by].id),
		.title = rp_web_msg(k->req, dimensions[by].title) };
	struct rp_catalog_values all;

	RP_TRY(rp_catalog_values(k->req->who, k->req->tx, &k->c,
	    rp_text_z(dimensions[by].name), &all));
	if (by == BY_COUNTRY)
		v->countries = (int64_t)all.n;
	if (by == BY_LANGUAGE)
		v->languages = (int64_t)all.n;
	if (by == BY_DAY) {
		add_days(k, &all, &chart, &one);
		RP_TRY(
		    rp_chart_columns(a, &k->req->reader, &chart, &one.chart));
	} else {
		add_most(k, by, &all, &chart, &one);
		RP_TRY(rp_chart_bars(a, &k->req->reader, &chart, &one.chart));
	}
	rp_vec_push(a, &v->charts, one);
	return NULL;
}

static struct rp_err *
total(const struct counted *k, const char *dimension,
    struct rp_catalog_value *out)
{
	struct rp_catalog_values all;

	*out = (struct rp_catalog_value){ 0 };
	RP_TRY(rp_catalog_values(k->req->who, k->req->tx, &k->c,
	    rp_text_z(dimension), &all));
	if (all.n > 0)
		*out = all.v[0];
	return NULL;
}

static struct rp_err *
begin(const struct rp_request *req, struct counted *k)
{
	struct rp_catalog_value all;

	k->req = req;
	RP_TRY(rp_web_consultation_load(req, &k->c));
	RP_TRY(total(k, "all", &all));
	k->responses = all.responses;
	k->words = all.words;
	return NULL;
}

struct rp_err *
rp_web_statistics(const struct rp_request *req, struct rp_response *out)
{
	struct counted k;
	struct rp_frame f = { .group = &k.c.group, .wide = true };
	struct v_statistics v = { 0 };
	struct rp_catalog_value first;
	int64_t longest;
	rp_html content;

	RP_TRY(begin(req, &k));
	v.consultation_title = k.c.title.body;
	v.consultation_lang = k.c.title.lang;
	v.consultation_url = rp_web_consultation_url(req, &k.c, "");
	v.responses = k.responses;
	v.words = k.words;
	RP_TRY(total(&k, "first", &first));
	v.first_time = first.responses;
	RP_TRY(rp_catalog_longest_words(req->who, req->tx, &k.c,
	    (k.responses + 9) / 10, &longest));
	v.has_longest = k.responses >= 10;
	v.longest_share = share(&k, longest, k.words);
	for (int by = 0; by < BYS; by++)
		RP_TRY(add_chart(&k, (enum dimension)by, &v));
	v.csv_url = rp_web_consultation_url(req, &k.c, "statistics.csv");
	f.title = rp_web_msg(req, M_consultation_statistics);
	out->fresh_ms = FRESH;
	RP_TRY(rp_web_render(req, statistics, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

static struct rp_err *
csv_table(const struct counted *k, enum dimension by, struct rp_sink *s)
{
	static const struct rp_csv_options options = { .guard = true };
	struct rp_arena *a = k->req->arena;
	struct rp_catalog_values all;

	RP_TRY(rp_catalog_values(k->req->who, k->req->tx, &k->c,
	    rp_text_z(dimensions[by].name), &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_catalog_value *v = &all.v[i];
		const rp_text row[] = {
			rp_text_z(dimensions[by].id),
			v->value,
			label(k, by, v->value),
			rp_textf(a, "%lld", (long long)v->responses),
			rp_textf(a, "%lld", (long long)v->words),
		};

		rp_csv_write(s, &options, row, sizeof(row) / sizeof(row[0]));
	}
	return NULL;
}

struct rp_err *
rp_web_statistics_csv(const struct rp_request *req, struct rp_response *out)
{
	static const struct rp_csv_options options = { .guard = true };
	static const rp_text head[] = { RP_TEXT_INIT("table"),
		RP_TEXT_INIT("value"), RP_TEXT_INIT("name"),
		RP_TEXT_INIT("responses"), RP_TEXT_INIT("words") };
	struct rp_sink sink;
	struct counted k;
	struct rp_buf b;

	RP_TRY(begin(req, &k));
	rp_buf_init(&b, req->arena, CSV_MAX);
	rp_sink_to_buf(&sink, req->arena, &b);
	rp_csv_write(&sink, &options, head, sizeof(head) / sizeof(head[0]));
	for (int by = 0; by < BYS; by++)
		RP_TRY(csv_table(&k, (enum dimension)by, &sink));
	RP_TRY(rp_sink_flush(&sink));
	rp_response_header(out, "Content-Disposition",
	    rp_textf(req->arena,
		"attachment; filename=\"%.*s-%lld-statistics.csv\"",
		RP_FMT(req->params.group), (long long)k.c.number));
	out->type = "text/csv; charset=utf-8; header=present";
	out->fresh_ms = FRESH;
	return rp_buf_bytes(&b, &out->body);
}
