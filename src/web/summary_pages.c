/*
 * summary_pages - what the public sees of themes: the summary of a
 * consultation, its assignments as files, and what became of a response.
 */
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "codec/csv.h"
#include "codec/json.h"
#include "codec/sink.h"
#include "domain/response.h"
#include "render/t_summary.h"
#include "text/format.h"
#include "web/file.h"
#include "web/summary.h"
#include "web/theme.h"

#define FRESH (30 * RP_SECOND)
#define PIECE_MAX ((size_t)4 * 1024 * 1024)

static rp_text
share(const struct rp_request *req, int64_t part, int64_t all)
{
	return all == 0 ? RP_TEXT("") :
			  rp_format_percent(req->reader.locale, req->arena,
			      (double)part / (double)all, 1);
}

/* "Government 3, Academia 1" */
static rp_text
classes(const struct rp_request *req, const struct rp_theme_counts *all)
{
	rp_text out = RP_TEXT("");

	for (size_t i = 0; i < all->n; i++) {
		rp_text name =
		    rp_web_msg(req, rp_msg_category(all->v[i].value));
		rp_text n = rp_format_i64(req->reader.locale, req->arena,
		    all->v[i].responses);

		out = i == 0 ? rp_textf(req->arena, "%.*s %.*s", RP_FMT(name),
				   RP_FMT(n)) :
			       rp_textf(req->arena, "%.*s · %.*s %.*s",
				   RP_FMT(out), RP_FMT(name), RP_FMT(n));
	}
	return out;
}

static bool
has_children(const struct rp_summary_question *q, int64_t id)
{
	for (size_t i = 0; i < q->themes.n; i++)
		if (q->themes.v[i].parent_id == id)
			return true;
	return false;
}

/* The revision that was quoted, so that the words are there for ever. */
rp_url
rp_summary_quoted_url(const struct rp_request *req,
    const struct rp_consultation *c, const struct rp_summary_quotation *k)
{
	if (k->is_heard)
		return rp_theme_heard_url(req, c, &k->heard);
	return rp_web_consultation_url(req, c,
	    rp_textf(req->arena, "responses/%lld?r=%lld#q%lld",
		(long long)k->number, (long long)k->revision_n,
		(long long)k->position)
		.p);
}

rp_text
rp_summary_cite(const struct rp_request *req,
    const struct rp_summary_quotation *k)
{
	const struct rp_msg_arg of[] = { RP_MSG_TEXT(
					     rp_theme_number(req, k->number)),
		RP_MSG_TEXT(k->file_name) };

	if (k->is_heard)
		return rp_theme_heard_cite(req, &k->heard);
	return k->file_name.n == 0 ?
		   RP_TEXT("") :
		   rp_message(req->arena, &req->reader, M_theme_file_of, of, 2);
}

static void
add_theme(const struct rp_request *req, const struct rp_consultation *c,
    const struct rp_summary_question *q, const struct rp_summary_theme *t,
    struct v_summary_questions *to)
{
	rp_text anchor = rp_textf(req->arena, "t%lld", (long long)t->id);
	struct v_summary_questions_themes row = { .anchor = anchor,
		.here = rp_urlf(req->arena, "#%s", anchor.p),
		.name = t->name,
		.lang = t->lang,
		.is_label = t->is_label,
		.is_child = t->parent_id != 0,
		.is_parent = has_children(q, t->id),
		.definition = t->definition,
		.definition_lang = t->definition_lang,
		.responses = t->f.responses,
		.distinct = t->f.distinct,
		.spoken = t->f.spoken,
		.has_spoken = t->f.spoken > 0,
		.heard = t->f.heard,
		.has_heard = t->f.heard > 0,
		.campaign = t->f.campaign,
		.categories = classes(req, &t->categories) };

	for (size_t i = 0; i < t->quotations.n; i++) {
		const struct rp_summary_quotation *k = &t->quotations.v[i];

		rp_vec_push(req->arena, &row.quotations,
		    ((struct v_summary_questions_themes_quotations){
			.text = k->text,
			.lang = k->lang,
			.source = k->source,
			.country = rp_web_country(req, k->country),
			.number = k->number,
			.cite = rp_summary_cite(req, k),
			.is_heard = k->is_heard,
			.url = rp_summary_quoted_url(req, c, k) }));
	}
	rp_vec_push(req->arena, &to->themes, row);
}

static struct rp_err *
add_themes(const struct rp_request *req, const struct rp_consultation *c,
    const struct rp_summary_question *q, struct v_summary_questions *to)
{
	struct rp_chart chart = { .id = rp_textf(req->arena, "chartq%lld",
				      (long long)q->position),
		.title = rp_web_msg(req, M_theme_chart) };

	for (size_t i = 0; i < q->themes.n; i++) {
		const struct rp_summary_theme *t = &q->themes.v[i];

		add_theme(req, c, q, t, to);
		if (chart.bars.n < RP_CHART_BARS_MAX)
			rp_vec_push(req->arena, &chart.bars,
			    ((struct rp_chart_bar){ .label = t->name,
				.n = t->f.responses,
				.share = share(req, t->f.responses,
				    q->balance.received),
				.colour = t->parent_id != 0 ? 2 : 1 }));
	}
	to->has_themes = q->themes.n > 0;
	return rp_chart_bars(req->arena, &req->reader, &chart, &to->chart);
}

static void
add_states(const struct rp_request *req, const struct rp_summary_question *q,
    struct v_summary_questions *to)
{
	to->received = q->balance.received;
	to->spoken = q->balance.spoken;
	to->has_spoken = q->balance.spoken > 0;
	to->heard = q->balance.heard;
	to->has_heard = q->balance.heard > 0;
	for (int i = 0; i < RP_READINGS; i++)
		rp_vec_push(req->arena, &to->states,
		    ((struct v_summary_questions_states){
			.label = rp_msg_reading((enum rp_reading)i),
			.n = q->balance.of[i],
			.heard = q->balance.heard_of[i],
			.share = share(req, q->balance.of[i],
			    q->balance.received) }));
}

enum by { BY_CATEGORY, BY_REGION, BY_LANGUAGE };

static rp_text
label(const struct rp_request *req, enum by by, rp_text value)
{
	if (by == BY_CATEGORY)
		return rp_web_msg(req, rp_msg_category(value));
	if (by == BY_REGION)
		return rp_web_msg(req, rp_msg_region(value));
	return rp_locale_language(req->reader.locale, req->arena, value);
}

static void
add_participation(const struct rp_request *req, enum by by,
    const struct rp_theme_counts *all, struct v_summary_questions *to)
{
	static const enum rp_msg heads[] = {
		[BY_CATEGORY] = M_statistics_head_category,
		[BY_REGION] = M_statistics_head_region,
		[BY_LANGUAGE] = M_statistics_head_language,
	};
	struct v_summary_questions_participation one = { .head = heads[by] };

	for (size_t i = 0; i < all->n; i++)
		rp_vec_push(req->arena, &one.rows,
		    ((struct v_summary_questions_participation_rows){
			label(req, by, all->v[i].value),
			all->v[i].responses }));
	if (all->n > 0)
		rp_vec_push(req->arena, &to->participation, one);
}

static struct rp_err *
add_question(const struct rp_request *req, const struct rp_consultation *c,
    const struct rp_summary_question *q, struct v_summary *v)
{
	struct v_summary_questions row = { .n = q->position,
		.text = q->text,
		.lang = q->lang,
		/* A question that nobody has worked on is not in it. */
		.has_answers = q->balance.received + q->balance.heard > 0 };

	RP_TRY(add_themes(req, c, q, &row));
	for (size_t i = 0; i < q->campaigns.n; i++)
		rp_vec_push(req->arena, &row.campaigns,
		    ((struct v_summary_questions_campaigns){
			q->campaigns.v[i].members, q->campaigns.v[i].text,
			q->campaigns.v[i].lang }));
	add_states(req, q, &row);
	add_participation(req, BY_CATEGORY, &q->categories, &row);
	add_participation(req, BY_REGION, &q->regions, &row);
	add_participation(req, BY_LANGUAGE, &q->languages, &row);
	rp_vec_push(req->arena, &v->questions, row);
	return NULL;
}

rp_url
rp_summary_url(const struct rp_summary_where *w, int64_t number,
    const char *end)
{
	if (w->desk)
		return rp_desk_url(w->req,
		    "consultations/%lld/summaries/%lld%s", (long long)w->c.id,
		    (long long)number, end);
	return rp_web_consultation_url(w->req, &w->c,
	    rp_textf(w->req->arena, "summaries/%lld%s", (long long)number, end)
		.p);
}

struct rp_err *
rp_summary_everywhere(const struct rp_request *req, struct rp_summary_where *w)
{
	*w = (struct rp_summary_where){ .req = req,
		.who = rp_actor_public(req->who->env, req->now) };
	return rp_web_consultation_load(req, &w->c);
}

struct rp_err *
rp_summary_at_desk(const struct rp_request *req, struct rp_summary_where *w)
{
	*w = (struct rp_summary_where){ .req = req,
		.who = *req->who,
		.desk = true };
	RP_TRY(rp_consultation_get_by_id(req->who, req->tx, req->params.n,
	    rp_lang_tag(req->reader.lang), &w->c));
	return rp_actor_needs(req->who, RP_MAY_THEME,
	    rp_consultation_place(&w->c));
}

static struct rp_err *
add_others(const struct rp_summary_where *w, int64_t number,
    struct v_summary *v)
{
	struct rp_theme_versions all;

	RP_TRY(rp_theme_version_list(&w->who, w->req->tx, &w->c, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].number != number)
			rp_vec_push(w->req->arena, &v->others,
			    ((struct v_summary_others){ all.v[i].number,
				all.v[i].author,
				rp_summary_url(w, all.v[i].number, ""),
				rp_summary_url(w, number,
				    rp_textf(w->req->arena, "/compare/%lld",
					(long long)all.v[i].number)
					.p) }));
	return NULL;
}

static struct rp_err *
show(const struct rp_summary_where *w, int64_t number, struct rp_response *out)
{
	const struct rp_request *req = w->req;
	struct rp_frame f = { .title = rp_web_msg(req, M_summary_title),
		.group = &w->c.group,
		.private = w->desk };
	struct v_summary v = { .consultation_title = w->c.title.body,
		.consultation_lang = w->c.title.lang,
		.consultation_url = rp_web_consultation_url(req, &w->c, "") };
	struct rp_summary s;
	rp_html content;

	RP_TRY(rp_theme_version_load(&w->who, req->tx, &w->c, number,
	    rp_lang_tag(req->reader.lang), &s));
	v.number = s.version.number;
	v.is_published = s.version.published_at != 0;
	v.time = rp_web_date(req, w->c.zone, s.version.published_at);
	v.author = s.version.author;
	v.note = s.version.note;
	v.docx_url = rp_summary_url(w, s.version.number, "/summary.docx");
	if (!w->desk)
		v.pdf_url = rp_summary_url(w, s.version.number, "/summary.pdf");
	v.csv_url = rp_summary_url(w, s.version.number, "/assignments.csv");
	v.json_url = rp_summary_url(w, s.version.number, "/assignments.json");
	for (size_t i = 0; i < s.questions.n; i++)
		RP_TRY(add_question(req, &w->c, &s.questions.v[i], &v));
	RP_TRY(add_others(w, s.version.number, &v));
	out->fresh_ms = w->desk ? 0 : FRESH;
	out->no_store = w->desk;
	RP_TRY(rp_web_render(req, summary, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

struct rp_err *
rp_web_summary(const struct rp_request *req, struct rp_response *out)
{
	struct rp_summary_where w;

	RP_TRY(rp_summary_everywhere(req, &w));
	return show(&w, req->params.k, out);
}

struct rp_err *
rp_web_desk_summary(const struct rp_request *req, struct rp_response *out)
{
	struct rp_summary_where w;

	RP_TRY(rp_summary_at_desk(req, &w));
	return show(&w, req->params.k, out);
}

/* Assignments, row by row. */

struct export
{
	struct rp_summary_where w;
	struct rp_summary s;
	int64_t after;
	bool json, began, ended;
};

static rp_text
name_of(const struct export *x, int64_t theme_id)
{
	for (size_t i = 0; i < x->s.questions.n; i++)
		for (size_t k = 0; k < x->s.questions.v[i].themes.n; k++)
			if (x->s.questions.v[i].themes.v[k].id == theme_id)
				return x->s.questions.v[i].themes.v[k].name;
	return RP_TEXT("");
}

static rp_text
decimal(struct rp_arena *a, int64_t n)
{
	return rp_textf(a, "%lld", (long long)n);
}

/* What the octets are of: "part" is its number, 0 of an answer. */
static rp_text
source_name(const struct rp_assignment *r)
{
	return r->spoken_id != 0  ? RP_TEXT("session") :
	       r->attachment != 0 ? RP_TEXT("attachment") :
				    RP_TEXT("answer");
}

static void
csv_row(const struct export *x, struct rp_arena *a, struct rp_sink *s,
    const struct rp_assignment *r)
{
	static const struct rp_csv_options options = { .guard = true };
	const rp_text row[] = { r->number == 0 ? RP_TEXT("") :
						 decimal(a, r->number),
		decimal(a, r->revision_n), decimal(a, r->position),
		decimal(a, r->from), decimal(a, r->to), decimal(a, r->theme_id),
		name_of(x, r->theme_id), r->by, decimal(a, r->score),
		source_name(r), decimal(a, r->spoken_id + r->attachment) };

	rp_csv_write(s, &options, row, sizeof(row) / sizeof(row[0]));
}

static void
put_i64(struct rp_json_writer *w, const char *key, int64_t n)
{
	rp_json_key(w, rp_text_z(key));
	rp_json_put_i64(w, n);
}

/* An array, a row on each line. */
static void
json_row(const struct export *x, struct rp_sink *s,
    const struct rp_assignment *r, bool first)
{
	struct rp_json_writer w;

	rp_sink_text(s, first ? RP_TEXT("[\n") : RP_TEXT(",\n"));
	rp_json_init(&w, s);
	rp_json_object_begin(&w);
	if (r->number > 0) {
		put_i64(&w, "response", r->number);
	} else {
		rp_json_key(&w, RP_TEXT("response"));
		rp_json_put_null(&w);
	}
	put_i64(&w, "revision", r->revision_n);
	put_i64(&w, "question", r->position);
	put_i64(&w, "start", r->from);
	put_i64(&w, "end", r->to);
	put_i64(&w, "theme", r->theme_id);
	rp_json_key(&w, RP_TEXT("name"));
	rp_json_put_text(&w, name_of(x, r->theme_id));
	rp_json_key(&w, RP_TEXT("by"));
	rp_json_put_text(&w, r->by);
	put_i64(&w, "score", r->score);
	rp_json_key(&w, RP_TEXT("source"));
	rp_json_put_text(&w, source_name(r));
	put_i64(&w, "part", r->spoken_id + r->attachment);
	rp_json_object_end(&w);
}

static void
head(const struct export *x, struct rp_sink *s)
{
	static const struct rp_csv_options options = { .guard = true };
	static const rp_text names[] = { RP_TEXT_INIT("response"),
		RP_TEXT_INIT("revision"), RP_TEXT_INIT("question"),
		RP_TEXT_INIT("start"), RP_TEXT_INIT("end"),
		RP_TEXT_INIT("theme"), RP_TEXT_INIT("name"), RP_TEXT_INIT("by"),
		RP_TEXT_INIT("score"), RP_TEXT_INIT("source"),
		RP_TEXT_INIT("part") };

	if (!x->json)
		rp_csv_write(s, &options, names,
		    sizeof(names) / sizeof(names[0]));
}

static struct rp_err *
produce(void *ctx, struct rp_arena *a, struct rp_tx *tx, rp_bytes *out)
{
	struct rp_assignments rows = { 0 };
	struct export *x = ctx;
	struct rp_sink sink;
	struct rp_buf b;

	rp_buf_init(&b, a, PIECE_MAX);
	rp_sink_to_buf(&sink, a, &b);
	if (!x->ended)
		RP_TRY(rp_theme_version_assignments(&x->w.who, tx, &x->w.c,
		    x->s.version.number, x->after, &rows));
	if (!x->began)
		head(x, &sink);
	for (size_t i = 0; i < rows.n; i++) {
		if (x->json)
			json_row(x, &sink, &rows.v[i], x->after == 0 && i == 0);
		else
			csv_row(x, a, &sink, &rows.v[i]);
	}
	if (x->json && !x->ended && rows.n == 0)
		rp_sink_text(&sink,
		    x->began ? RP_TEXT("\n]\n") : RP_TEXT("[]\n"));
	x->began = true;
	x->ended = rows.n == 0;
	if (rows.n > 0)
		x->after = rows.v[rows.n - 1].id;
	RP_TRY(rp_sink_flush(&sink));
	return rp_buf_bytes(&b, out);
}

static struct rp_err *
download(struct export *x, bool json, struct rp_response *out)
{
	const struct rp_request *req = x->w.req;

	x->json = json;
	RP_TRY(rp_theme_version_load(&x->w.who, req->tx, &x->w.c, req->params.k,
	    rp_lang_tag(req->reader.lang), &x->s));
	rp_response_header(out, "Content-Disposition",
	    rp_textf(req->arena,
		"attachment; filename=\"%.*s-%lld-themes-%lld.%s\"",
		RP_FMT(x->w.c.group.slug), (long long)x->w.c.number,
		(long long)x->s.version.number, json ? "json" : "csv"));
	out->type = json ? "application/json" :
			   "text/csv; charset=utf-8; header=present";
	out->no_store = x->w.desk;
	out->producer = produce;
	out->ctx = x;
	return NULL;
}

struct rp_err *
rp_web_summary_csv(const struct rp_request *req, struct rp_response *out)
{
	struct export *x = rp_new(req->arena, struct export);

	RP_TRY(rp_summary_everywhere(req, &x->w));
	return download(x, false, out);
}

struct rp_err *
rp_web_summary_json(const struct rp_request *req, struct rp_response *out)
{
	struct export *x = rp_new(req->arena, struct export);

	RP_TRY(rp_summary_everywhere(req, &x->w));
	return download(x, true, out);
}

struct rp_err *
rp_web_desk_summary_csv(const struct rp_request *req, struct rp_response *out)
{
	struct export *x = rp_new(req->arena, struct export);

	RP_TRY(rp_summary_at_desk(req, &x->w));
	return download(x, false, out);
}

struct rp_err *
rp_web_desk_summary_json(const struct rp_request *req, struct rp_response *out)
{
	struct export *x = rp_new(req->arena, struct export);

	RP_TRY(rp_summary_at_desk(req, &x->w));
	return download(x, true, out);
}

/* As a Word document. */

static struct rp_err *
document(const struct rp_summary_where *w, struct rp_response *out)
{
	const struct rp_request *req = w->req;
	struct rp_summary s;

	RP_TRY(rp_theme_version_load(&w->who, req->tx, &w->c, req->params.k,
	    rp_lang_tag(req->reader.lang), &s));
	RP_TRY(rp_summary_docx(req, &w->c, &s, &out->body));
	out->type = "application/vnd.openxmlformats-officedocument."
		    "wordprocessingml.document";
	out->no_store = w->desk;
	rp_response_header(out, "Content-Disposition",
	    rp_textf(req->arena,
		"attachment; filename=\"%.*s-%lld-summary-%lld.docx\"",
		RP_FMT(w->c.group.slug), (long long)w->c.number,
		(long long)s.version.number));
	return NULL;
}

struct rp_err *
rp_web_summary_docx(const struct rp_request *req, struct rp_response *out)
{
	struct rp_summary_where w;

	RP_TRY(rp_summary_everywhere(req, &w));
	return document(&w, out);
}

struct rp_err *
rp_web_desk_summary_docx(const struct rp_request *req, struct rp_response *out)
{
	struct rp_summary_where w;

	RP_TRY(rp_summary_at_desk(req, &w));
	return document(&w, out);
}

/* The same, tagged, for readers without Word. */
struct rp_err *
rp_web_summary_pdf(const struct rp_request *req, struct rp_response *out)
{
	struct rp_document *d;
	struct rp_summary s;
	struct rp_summary_where w;

	RP_TRY(rp_summary_everywhere(req, &w));
	RP_TRY(rp_theme_version_load(&w.who, req->tx, &w.c, req->params.k,
	    rp_lang_tag(req->reader.lang), &s));
	RP_TRY(rp_summary_document(req, &w.c, &s, &d));
	return rp_web_pdf(req, d, 1, RP_TEXT(""),
	    rp_textf(req->arena, "%.*s-%lld-summary-%lld.pdf",
		RP_FMT(w.c.group.slug), (long long)w.c.number,
		(long long)s.version.number),
	    out);
}
