/*
 * desk_theme_pages - one theme at the desk: its figures, quotations, passages,
 * and what can be decided about it.
 */
#include "base/err.h"
#include "domain/party.h"
#include "domain/response.h"
#include "render/t_desk_theme.h"
#include "web/theme.h"

#define SPAN_MAX 70
#define FIELDS_MAX 8

struct shown {
	struct rp_theme_page p;
	struct rp_theme_item t;
	struct rp_wordings texts;
	enum rp_lang lang; /* of the words being edited */
	struct rp_theme_labels labels;
};

static struct rp_err *
load(const struct rp_request *req, struct shown *s)
{
	struct rp_codebook b;
	rp_text tag = RP_TEXT("");

	*s = (struct shown){ .lang = req->reader.lang };
	RP_TRY(rp_codebook_of_theme(req->who, req->tx, req->params.id, &b));
	RP_TRY(rp_theme_page_of(req, &b, &s->p));
	RP_TRY(rp_form_line(req, &req->query, "text", SPAN_MAX, &tag));
	(void)rp_lang_find(tag, &s->lang);
	return rp_theme_get(req->who, req->tx, req->params.id,
	    rp_lang_tag(req->reader.lang), &s->t, &s->texts);
}

static rp_url
answer_url(const struct rp_request *req, const struct shown *s,
    int64_t response_id)
{
	return rp_theme_url(req, s->p.q->id, "responses/%lld",
	    (long long)response_id);
}

static struct rp_err *
add_quotations(const struct rp_request *req, struct shown *s,
    struct v_desk_theme *v)
{
	struct rp_theme_passages all;

	RP_TRY(rp_theme_quotable(req->who, req->tx, &s->p.b, s->t.id,
	    RP_VERSION_QUOTATIONS, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_theme_passage *q = &all.v[i];
		struct v_desk_theme_quotations row = { .text = q->text,
			.lang = q->lang,
			.url = answer_url(req, s, q->response_id),
			.country = rp_web_country(req, q->country),
			.category = rp_msg_category(q->category),
			.is_chosen = q->is_chosen,
			.span =
			    rp_theme_span(req, q->answer_id, q->from, q->to) };

		RP_TRY(rp_theme_label(req, &s->p.b, q, &s->labels, &row.label));
		rp_vec_push(req->arena, &v->quotations, row);
	}
	return NULL;
}

static struct rp_err *
add_chart(const struct rp_request *req, const struct shown *s, bool regions,
    struct v_desk_theme *v)
{
	struct v_desk_theme_charts one = { .id = regions ?
						     RP_TEXT("byregion") :
						     RP_TEXT("bycategory"),
		.title =
		    regions ? M_statistics_by_region : M_statistics_by_category,
		.head = regions ? M_statistics_head_region :
				  M_statistics_head_category };
	struct rp_chart chart = { .id =
				      rp_textf(req->arena, "chart%s", one.id.p),
		.title = rp_web_msg(req, one.title) };
	struct rp_theme_counts counts;

	RP_TRY(rp_theme_counts(req->who, req->tx, &s->p.b, s->t.id,
	    regions ? RP_TEXT("region") : RP_TEXT("category"), &counts));
	for (size_t i = 0; i < counts.n; i++) {
		rp_text label = rp_web_msg(req,
		    regions ? rp_msg_region(counts.v[i].value) :
			      rp_msg_category(counts.v[i].value));
		struct v_desk_theme_charts_rows row = { label,
			counts.v[i].responses };
		int colour = 1;

		for (int k = 0; !regions && rp_categories[k].p != NULL; k++)
			if (rp_text_eq(rp_categories[k], counts.v[i].value))
				colour = k % RP_CHART_COLOURS + 1;
		for (int k = 0; regions && k < RP_PARTY_REGIONS; k++)
			if (rp_text_eq(rp_regions[k], counts.v[i].value))
				colour = k + 1;
		rp_vec_push(req->arena, &one.rows, row);
		rp_vec_push(req->arena, &chart.bars,
		    ((struct rp_chart_bar){ .label = label,
			.n = counts.v[i].responses,
			.colour = colour }));
	}
	RP_TRY(rp_chart_bars(req->arena, &req->reader, &chart, &one.chart));
	if (counts.n > 0)
		rp_vec_push(req->arena, &v->charts, one);
	return NULL;
}

static struct rp_err *
add_passages(const struct rp_request *req, struct shown *s,
    struct v_desk_theme *v)
{
	struct rp_theme_passages all;
	struct rp_span after = { 0 };
	rp_text at;

	RP_TRY(rp_form_line(req, &req->query, "after", SPAN_MAX, &at));
	(void)rp_theme_span_read(at, &after);
	RP_TRY(rp_theme_passages(req->who, req->tx, &s->p.b, s->t.id,
	    after.answer_id, after.from, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_theme_passage *q = &all.v[i];
		struct v_desk_theme_passages row = { .text = q->text,
			.lang = q->lang,
			.url = answer_url(req, s, q->response_id),
			.country = rp_web_country(req, q->country),
			.category = rp_msg_category(q->category),
			.by = rp_msg_said_by(q->by),
			.score = rp_text_eq(q->by, RP_TEXT("person")) ?
				     RP_TEXT("") :
				     rp_theme_percent(req, q->score),
			.span =
			    rp_theme_span(req, q->answer_id, q->from, q->to),
			.id = rp_textf(req->arena, "s%zu", i),
			.mark = !q->is_public  ? M_theme_is_private :
				q->is_redacted ? M_theme_is_redacted :
						 M_none };

		RP_TRY(rp_theme_label(req, &s->p.b, q, &s->labels, &row.label));
		rp_vec_push(req->arena, &v->passages, row);
	}
	if (all.n == RP_THEME_PAGE)
		v->next_url = rp_desk_url(req, "themes/%lld?after=%s#passages",
		    (long long)s->t.id, v->passages.v[all.n - 1].span.p);
	return NULL;
}

static struct rp_err *
add_others(const struct rp_request *req, const struct shown *s,
    struct v_desk_theme *v)
{
	struct rp_theme_items all;

	RP_TRY(rp_theme_names_list(req->who, req->tx, &s->p.b,
	    rp_lang_tag(req->reader.lang), false, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_theme_item *t = &all.v[i];
		rp_text id = rp_textf(req->arena, "%lld", (long long)t->id);

		if (t->id == s->t.id)
			continue;
		rp_vec_push(req->arena, &v->others,
		    ((struct v_desk_theme_others){ id, t->name, t->lang }));
		if (t->parent_id == 0)
			rp_vec_push(req->arena, &v->tops,
			    ((struct v_desk_theme_tops){ id, t->name,
				t->lang }));
	}
	return NULL;
}

static void
add_words(const struct rp_request *req, const struct shown *s,
    struct v_desk_theme *v)
{
	static const enum rp_msg labels[] = { M_theme_name, M_theme_definition,
		M_theme_include, M_theme_exclude, M_theme_example,
		M_theme_counter_example };
	rp_text tag = rp_lang_tag(s->lang);

	for (size_t i = 0; rp_theme_fields[i].n > 0; i++) {
		const struct rp_wording *w = rp_wording_find(&s->texts, s->t.id,
		    rp_theme_fields[i], tag);
		struct v_desk_theme_fields row = { .name = rp_theme_fields[i],
			.label = labels[i],
			.value = w != NULL ? w->body : RP_TEXT(""),
			.is_name = i == 0 };

		rp_vec_push(req->arena, &v->fields, row);
	}
	for (int l = 0; l < RP_LANG_COUNT; l++) {
		enum rp_lang lang = (enum rp_lang)l;
		struct v_desk_theme_tabs tab = { .lang = rp_lang_tag(lang),
			.name = rp_lang_own_name(lang),
			.url = rp_desk_url(req, "themes/%lld?text=%s#words",
			    (long long)s->t.id, rp_lang_tag(lang).p),
			.current = lang == s->lang };

		rp_vec_push(req->arena, &v->tabs, tab);
	}
	v->editing_lang = tag;
	v->editing_dir =
	    s->lang == RP_LANG_AR ? RP_TEXT("rtl") : RP_TEXT("ltr");
	v->editing_name = rp_lang_own_name(s->lang);
}

static struct rp_err *
show(const struct rp_request *req, struct shown *s, struct rp_response *out)
{
	struct v_desk_theme v = { .book_url = s->p.url,
		.book = s->p.name,
		.action = rp_desk_url(req, "themes/%lld", (long long)s->t.id),
		.token = req->csrf,
		.done = rp_theme_done(req),
		.problem = s->p.problem,
		.name = s->t.name,
		.lang = s->t.lang,
		.is_label = s->t.is_label,
		.state = rp_theme_chip(req, s->t.state),
		.is_suggested = rp_text_eq(s->t.state, RP_TEXT("suggested")),
		.is_child = s->t.parent_id != 0,
		.responses = s->t.f.responses,
		.distinct = s->t.f.distinct,
		.campaign = s->t.f.campaign,
		.heard = s->t.f.heard,
		.has_heard = s->t.f.heard > 0 };
	rp_html content;

	v.stands =
	    v.is_suggested || rp_text_eq(s->t.state, RP_TEXT("confirmed"));
	RP_TRY(add_quotations(req, s, &v));
	RP_TRY(add_chart(req, s, false, &v));
	RP_TRY(add_chart(req, s, true, &v));
	RP_TRY(add_passages(req, s, &v));
	RP_TRY(add_others(req, s, &v));
	add_words(req, s, &v);
	RP_TRY(rp_web_render(req, desk_theme, &v, &content));
	return rp_desk_frame(req, s->t.name, content, out);
}

struct rp_err *
rp_web_desk_theme(const struct rp_request *req, struct rp_response *out)
{
	struct shown s;

	RP_TRY(load(req, &s));
	return show(req, &s, out);
}

/* One decision for each text that was changed. */
static struct rp_err *
reword(const struct rp_request *req, const struct shown *s, rp_text reason)
{
	rp_text lang;

	RP_TRY(rp_form_line(req, &req->form, "lang", SPAN_MAX, &lang));
	for (size_t i = 0; rp_theme_fields[i].n > 0; i++) {
		const struct rp_wording *was = rp_wording_find(&s->texts,
		    s->t.id, rp_theme_fields[i], lang);
		rp_text text;

		if (!rp_form_has(&req->form, rp_theme_fields[i].p))
			continue;
		RP_TRY(rp_form_text(req, &req->form, rp_theme_fields[i].p,
		    i == 0 ? RP_THEME_NAME_MAX : RP_THEME_TEXT_MAX, &text));
		if (rp_text_eq(text, was != NULL ? was->body : RP_TEXT("")))
			continue;
		RP_TRY(rp_theme_reword(req->who, req->tx, s->t.id,
		    rp_theme_fields[i], lang, text, reason));
	}
	return NULL;
}

static struct rp_err *
split(const struct rp_request *req, const struct shown *s, rp_text reason)
{
	struct rp_spans spans = { 0 };
	rp_text name;
	int64_t id;

	RP_TRY(rp_form_line(req, &req->form, "name", RP_THEME_NAME_MAX, &name));
	for (size_t i = 0; i < req->form.n; i++) {
		const struct rp_urlform_field *f = &req->form.v[i];
		struct rp_span span;
		rp_text t;

		if (f->name.n != 5 || memcmp(f->name.p, "spans", 5) != 0)
			continue;
		RP_TRY(rp_text_from(req->arena, f->value, SPAN_MAX, &t));
		if (!rp_theme_span_read(t, &span))
			return rp_fail(RP_E_INVALID, "no span");
		rp_vec_push(req->arena, &spans, span);
	}
	return rp_theme_split(req->who, req->tx, s->t.id, &spans, name,
	    rp_lang_tag(req->reader.lang), reason, &id);
}

static struct rp_err *
quote(const struct rp_request *req, const struct shown *s)
{
	struct rp_span span;
	rp_text t;

	RP_TRY(rp_form_line(req, &req->form, "span", SPAN_MAX, &t));
	if (!rp_theme_span_read(t, &span))
		return rp_fail(RP_E_INVALID, "no span");
	return rp_theme_quote(req->who, req->tx, s->t.id, span);
}

static struct rp_err *
act(const struct rp_request *req, const struct shown *s, rp_text reason)
{
	if (rp_desk_button(req, "confirm"))
		return rp_theme_confirm(req->who, req->tx, s->t.id, reason);
	if (rp_desk_button(req, "reject"))
		return rp_theme_reject(req->who, req->tx, s->t.id, reason);
	if (rp_desk_button(req, "retire"))
		return rp_theme_retire(req->who, req->tx, s->t.id, reason);
	if (rp_desk_button(req, "merge"))
		return rp_theme_merge(req->who, req->tx, s->t.id,
		    rp_desk_number(req, &req->form, "into"), reason);
	if (rp_desk_button(req, "move"))
		return rp_theme_move(req->who, req->tx, s->t.id,
		    rp_desk_number(req, &req->form, "parent"), reason);
	if (rp_desk_button(req, "words"))
		return reword(req, s, reason);
	if (rp_desk_button(req, "split"))
		return split(req, s, reason);
	return quote(req, s);
}

struct rp_err *
rp_web_desk_theme_post(const struct rp_request *req, struct rp_response *out)
{
	struct shown s;
	struct rp_err *e;
	rp_text reason;

	RP_TRY(load(req, &s));
	RP_TRY(rp_form_line(req, &req->form, "reason", RP_DECISION_REASON_MAX,
	    &reason));
	e = act(req, &s, reason);
	if (e == NULL)
		return rp_desk_done(out, req,
		    rp_desk_url(req, "themes/%lld", (long long)s.t.id), "act");
	RP_TRY(rp_theme_refused(e, &s.p.problem, out));
	return show(req, &s, out);
}
