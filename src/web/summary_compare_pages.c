/*
 * summary_compare_pages - two summaries of one consultation side by side.
 */
#include "base/clock.h"
#include "base/err.h"
#include "render/t_summary_compare.h"
#include "text/format.h"
#include "web/summary.h"
#include "web/theme.h"

#define FRESH (30 * RP_SECOND)
#define COLUMNS_MAX 40 /* themes of the second; the table scrolls */

static int64_t
overlap_of(const struct rp_version_comparison *x, int64_t first, int64_t second)
{
	for (size_t i = 0; i < x->overlaps.n; i++)
		if (x->overlaps.v[i].first == first &&
		    x->overlaps.v[i].second == second)
			return x->overlaps.v[i].responses;
	return 0;
}

/* Both responses over those that either has (Jaccard). */
static rp_text
share_of(const struct rp_request *req, int64_t both, int64_t a, int64_t b)
{
	int64_t either = a + b - both;

	return either == 0 ? RP_TEXT("") :
			     rp_format_percent(req->reader.locale, req->arena,
				 (double)both / (double)either, 0);
}

static struct rp_err *
add_matrix(const struct rp_request *req, const struct rp_version_comparison *x,
    int64_t question_id, struct v_summary_compare_questions *to)
{
	struct rp_chart chart = { .id = rp_textf(req->arena, "like%lld",
				      (long long)question_id),
		.title = rp_web_msg(req, M_summary_alike) };

	for (size_t k = 0; k < x->second_themes.n; k++)
		if (x->second_themes.v[k].question_id == question_id &&
		    to->columns.n < COLUMNS_MAX)
			rp_vec_push(req->arena, &to->columns,
			    ((struct v_summary_compare_questions_columns){
				x->second_themes.v[k].name,
				x->second_themes.v[k].lang }));
	for (size_t i = 0; i < x->first_themes.n; i++) {
		const struct rp_compared_theme *t = &x->first_themes.v[i];
		struct v_summary_compare_questions_rows row = { .name = t->name,
			.lang = t->lang };
		int64_t best = 0;

		if (t->question_id != question_id)
			continue;
		for (size_t k = 0, n = 0;
		     k < x->second_themes.n && n < COLUMNS_MAX; k++) {
			const struct rp_compared_theme *o =
			    &x->second_themes.v[k];
			int64_t both = overlap_of(x, t->id, o->id);
			int64_t either = t->responses + o->responses - both;

			if (o->question_id != question_id)
				continue;
			n++;
			if (either > 0 && both * 100 / either > best)
				best = both * 100 / either;
			rp_vec_push(req->arena, &row.cells,
			    ((struct v_summary_compare_questions_rows_cells){
				both, share_of(req, both, t->responses,
					  o->responses) }));
		}
		rp_vec_push(req->arena, &to->rows, row);
		if (chart.bars.n < RP_CHART_BARS_MAX)
			rp_vec_push(req->arena, &chart.bars,
			    ((struct rp_chart_bar){ .label = t->name,
				.n = best,
				.colour = 1 }));
	}
	to->has_matrix = to->rows.n > 0 && to->columns.n > 0;
	if (!to->has_matrix)
		return NULL;
	return rp_chart_bars(req->arena, &req->reader, &chart, &to->chart);
}

static rp_text
title_of(const struct rp_request *req, const struct rp_theme_version *v)
{
	rp_text name = rp_message(req->arena, &req->reader, M_theme_version,
	    &(struct rp_msg_arg)RP_MSG_NUM(v->number), 1);

	return v->author.n == 0 ? name :
				  rp_textf(req->arena, "%.*s – %.*s",
				      RP_FMT(name), RP_FMT(v->author));
}

static struct rp_err *
compare(const struct rp_summary_where *w, struct rp_response *out)
{
	const struct rp_request *req = w->req;
	struct rp_frame f = { .title = rp_web_msg(req, M_summary_compare_title),
		.group = &w->c.group,
		.wide = true,
		.private = w->desk };
	struct v_summary_compare v = { .consultation_title = w->c.title.body,
		.consultation_lang = w->c.title.lang,
		.consultation_url = rp_web_consultation_url(req, &w->c, "") };
	struct rp_version_comparison x;
	rp_html content;

	RP_TRY(rp_theme_version_compare(&w->who, req->tx, &w->c, req->params.k,
	    req->params.id, rp_lang_tag(req->reader.lang), &x));
	v.first = title_of(req, &x.first);
	v.first_url = rp_summary_url(w, x.first.number, "");
	v.second = title_of(req, &x.second);
	v.second_url = rp_summary_url(w, x.second.number, "");
	for (size_t i = 0; i < x.questions.n; i++) {
		const struct rp_version_sides *s = &x.questions.v[i];
		struct v_summary_compare_questions row = { .n = (int64_t)i + 1,
			.has_themed = s->first > 0 || s->second > 0,
			.both = s->both,
			.first_only = s->first - s->both,
			.second_only = s->second - s->both };

		RP_TRY(add_matrix(req, &x, s->question_id, &row));
		rp_vec_push(req->arena, &v.questions, row);
	}
	out->fresh_ms = w->desk ? 0 : FRESH;
	out->no_store = w->desk;
	RP_TRY(rp_web_render(req, summary_compare, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

struct rp_err *
rp_web_summary_compare(const struct rp_request *req, struct rp_response *out)
{
	struct rp_summary_where w;

	RP_TRY(rp_summary_everywhere(req, &w));
	return compare(&w, out);
}

struct rp_err *
rp_web_desk_summary_compare(const struct rp_request *req,
    struct rp_response *out)
{
	struct rp_summary_where w;

	RP_TRY(rp_summary_at_desk(req, &w));
	return compare(&w, out);
}
