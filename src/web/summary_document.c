/*
 * summary_document - a frozen summary as the values that its document is made
 * from.
 */
#include "web/summary.h"

#include "base/err.h"
#include "render/theme_summary.h"
#include "web/page.h"
#include "web/server.h"

#define HOLE RP_TEXT("[…]") /* where letters of a campaign differ */

static void
add_groups(const struct rp_request *req, const struct rp_summary_question *q,
    struct rp_theme_report *r)
{
	for (size_t i = 0; i < q->categories.n; i++) {
		const struct rp_theme_count *c = &q->categories.v[i];

		rp_vec_push(req->arena, &r->groups,
		    ((struct rp_report_group){
			rp_web_msg(req, rp_msg_category(c->value)),
			c->responses, c->words }));
		r->words += c->words;
	}
	for (size_t i = 0; i < q->languages.n; i++) {
		const struct rp_theme_count *c = &q->languages.v[i];

		rp_vec_push(req->arena, &r->languages,
		    ((struct rp_report_language){ c->value, c->responses,
			c->words }));
	}
}

static uint32_t
add_source(const struct rp_request *req, const struct rp_consultation *c,
    const struct rp_summary_quotation *k, struct rp_theme_report *r)
{
	const struct rp_web_options *o = rp_web_options_of(req->web);
	rp_url own = rp_summary_quoted_url(req, c, k);
	struct rp_report_source s = { .id = rp_textf(req->arena, "%lld",
					  (long long)k->number),
		.cite = rp_summary_cite(req, k),
		.url_path = rp_textf(req->arena, "%.*s%s",
		    RP_FMT(o->public_url), own.p),
		.group = k->source,
		.lang = k->lang };

	rp_vec_push(req->arena, &r->sources, s);
	return (uint32_t)r->sources.n - 1;
}

static uint32_t
place_of(const struct rp_summary_question *q, int64_t id)
{
	for (size_t i = 0; i < q->themes.n; i++)
		if (q->themes.v[i].id == id)
			return (uint32_t)i;
	return RP_REPORT_NONE;
}

static void
add_theme(const struct rp_request *req, const struct rp_consultation *c,
    const struct rp_summary_question *q, const struct rp_summary_theme *t,
    struct rp_theme_report *r)
{
	int64_t *by = rp_new_n(req->arena, int64_t, q->categories.n + 1);
	struct rp_report_theme one = { .label = t->name,
		.lang = t->lang,
		.is_machine = t->is_label,
		.definition = t->definition,
		.parent = place_of(q, t->parent_id),
		.responses = t->f.responses,
		.distinct = t->f.distinct,
		.campaign_responses = t->f.campaign,
		.heard = t->f.heard,
		.by_group = by };

	for (size_t i = 0; i < q->categories.n; i++)
		for (size_t k = 0; k < t->categories.n; k++)
			if (rp_text_eq(q->categories.v[i].value,
				t->categories.v[k].value))
				by[i] = t->categories.v[k].responses;
	for (size_t i = 0; i < t->quotations.n; i++) {
		const struct rp_summary_quotation *k = &t->quotations.v[i];

		rp_vec_push(req->arena, &one.quotations,
		    ((struct rp_report_quotation){ k->text, k->lang,
			add_source(req, c, k, r) }));
	}
	rp_vec_push(req->arena, &r->themes, one);
}

static void
add_campaign(const struct rp_request *req, const struct rp_theme_campaign *c,
    struct rp_theme_report *r)
{
	struct rp_report_campaign one = { .members = c->members,
		.lang = c->lang,
		.twin = RP_REPORT_NONE };
	size_t at = 0;

	for (int l = 0; l < RP_REPORT_LEVELS; l++)
		one.by_level[l] = c->by_level[l];
	for (size_t i = 0; i <= c->text.n; i++) {
		bool hole =
		    i < c->text.n &&
		    rp_text_starts(rp_text_sub(c->text, i, c->text.n), HOLE);

		if (!hole && i < c->text.n)
			continue;
		if (i > at)
			rp_vec_push(req->arena, &one.letter,
			    ((struct rp_report_part){
				rp_text_sub(c->text, at, i), false }));
		if (hole)
			rp_vec_push(req->arena, &one.letter,
			    ((struct rp_report_part){ HOLE, true }));
		at = i + HOLE.n;
		i = hole ? at - 1 : i;
	}
	rp_vec_push(req->arena, &r->campaigns, one);
}

static const struct rp_theme_report *
question(const struct rp_request *req, const struct rp_consultation *c,
    const struct rp_summary_question *q)
{
	static const enum rp_report_state of[RP_READINGS] = {
		[RP_READING_THEMED] = RP_REPORT_THEMED,
		[RP_READING_NO_THEME] = RP_REPORT_NO_THEME,
		[RP_READING_UNREAD] = RP_REPORT_UNREAD,
		[RP_READING_EMPTY] = RP_REPORT_EMPTY,
		[RP_READING_WITHHELD] = RP_REPORT_WITHHELD,
	};
	struct rp_theme_report *r = rp_new(req->arena, struct rp_theme_report);

	r->title = q->text;
	r->title_lang = q->lang;
	r->context = c->title.body;
	r->longest_share = -1;
	r->responses = q->balance.received;
	r->heard = q->balance.heard;
	for (int i = 0; i < RP_READINGS; i++) {
		r->states[of[i]] = q->balance.of[i];
		r->heard_states[of[i]] = q->balance.heard_of[i];
	}
	add_groups(req, q, r);
	for (size_t i = 0; i < q->themes.n; i++)
		add_theme(req, c, q, &q->themes.v[i], r);
	for (size_t i = 0; i < q->campaigns.n; i++)
		add_campaign(req, &q->campaigns.v[i], r);
	return r;
}

static const struct rp_theme_report **
questions(const struct rp_request *req, const struct rp_consultation *c,
    const struct rp_summary *s)
{
	const struct rp_theme_report **all = rp_new_n(req->arena,
	    const struct rp_theme_report *, s->questions.n + 1);

	for (size_t i = 0; i < s->questions.n; i++)
		all[i] = question(req, c, &s->questions.v[i]);
	return all;
}

struct rp_err *
rp_summary_docx(const struct rp_request *req, const struct rp_consultation *c,
    const struct rp_summary *s, rp_bytes *out)
{
	return rp_theme_summary_docx(req->arena, &req->reader, c->title.body,
	    questions(req, c, s), s->questions.n, out);
}

struct rp_err *
rp_summary_document(const struct rp_request *req,
    const struct rp_consultation *c, const struct rp_summary *s,
    struct rp_document **out)
{
	return rp_theme_summary(req->arena, &req->reader, c->title.body,
	    questions(req, c, s), s->questions.n, out);
}
