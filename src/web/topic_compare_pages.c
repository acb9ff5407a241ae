/*
 * topic_compare_pages - proposals side by side, and what a revision or a merger
 * made of a text.
 */
#include "base/err.h"
#include "domain/merging.h"
#include "render/chart.h"
#include "render/prose.h"
#include "render/t_topic_changes.h"
#include "render/t_topic_compare.h"
#include "text/format.h"
#include "web/topics.h"

/* Side by side. */

struct comparing {
	struct rp_web_topics s;
	struct rp_proposals all;
	const struct rp_proposal *chosen[RP_PROPOSAL_PARENTS_MAX];
	size_t n;
	struct rp_overlap rows;
};

static struct rp_err *
choose(const struct rp_request *req, struct comparing *c)
{
	struct rp_proposal_ids ids = rp_web_topic_ids(req, &req->query, "p");
	const struct rp_proposal_text *texts[RP_PROPOSAL_PARENTS_MAX];

	RP_TRY(rp_web_topics_find(req, &c->s));
	RP_TRY(rp_proposal_list(req->who, req->tx, &c->s.p, &c->all));
	for (size_t i = 0; i < c->all.n; i++) {
		const struct rp_proposal *m = &c->all.v[i];

		if (m->number == 0 || !rp_web_topic_has(&ids, m->number))
			continue;
		if (c->n == RP_PROPOSAL_PARENTS_MAX) {
			c->n = 0;
			return NULL;
		}
		texts[c->n] = &m->text;
		c->chosen[c->n++] = m;
	}
	rp_overlap_of(req->who, req->arena, texts, c->n, &c->rows);
	return NULL;
}

static int64_t
shared_of(const struct comparing *c, size_t k)
{
	int64_t n = 0;

	for (size_t i = 0; i < c->rows.n; i++)
		n += c->rows.v[i].n > 1 &&
		     c->rows.v[i].question[k] != RP_OVERLAP_NONE;
	return n;
}

static void
add_rows(const struct rp_request *req, const struct comparing *c,
    struct v_topic_compare *v)
{
	for (size_t i = 0; i < c->rows.n; i++) {
		const struct rp_overlap_row *r = &c->rows.v[i];
		struct v_topic_compare_rows row = { .share = RP_TEXT("—") };

		if (r->n > 1)
			row.share = rp_format_percent(req->reader.locale,
			    req->arena, r->percent / 100.0, 0);
		for (size_t k = 0; k < c->n; k++) {
			const struct rp_proposal_text *t = &c->chosen[k]->text;
			struct v_topic_compare_rows_cells cell = {
				.text = RP_TEXT(""),
				.lang = t->lang
			};

			if (r->question[k] != RP_OVERLAP_NONE)
				cell.text = t->questions.v[r->question[k]].body;
			rp_vec_push(req->arena, &row.cells, cell);
		}
		v->shared += r->n > 1;
		v->all++;
		rp_vec_push(req->arena, &v->rows, row);
	}
}

static struct rp_err *
add_topics(const struct rp_request *req, const struct comparing *c,
    struct v_topic_compare *v)
{
	struct rp_chart chart = { .id = RP_TEXT("shared"),
		.title = rp_web_msg(req, M_topic_compare_chart) };
	struct rp_wordings parties;

	RP_TRY(rp_proposal_names(req->who, req->tx, &parties));
	for (size_t k = 0; k < c->n; k++) {
		const struct rp_proposal *m = c->chosen[k];
		const struct rp_msg_arg n[] = { RP_MSG_NUM(m->number) };
		struct v_topic_compare_topics row = { .number = m->number,
			.title = m->text.title,
			.lang = m->text.lang,
			.url = rp_web_topics_url(req, &c->s.g, "%lld/",
			    (long long)m->number),
			.party = rp_web_topic_party(req, &parties, m->party_id),
			.state = rp_web_topic_chip(req, m),
			.issue = m->text.issue,
			.rationale = rp_prose(req->arena, m->text.rationale,
			    RP_TEXT(""), rp_web_linker(req)),
			.shared = shared_of(c, k),
			.questions = (int64_t)m->text.questions.n };
		struct rp_chart_bar bar = { .label = rp_message(req->arena,
						&req->reader, M_topics_number,
						n, 1),
			.n = row.shared,
			.colour = (int)k % RP_CHART_COLOURS + 1 };

		rp_vec_push(req->arena, &v->topics, row);
		rp_vec_push(req->arena, &chart.bars, bar);
	}
	return rp_chart_bars(req->arena, &req->reader, &chart, &v->chart);
}

/* "merge?p=1&p=2", where all of them may be. */
static void
add_merge(const struct rp_request *req, const struct comparing *c,
    struct v_topic_compare *v)
{
	rp_url url = rp_web_topics_url(req, &c->s.g, "merge?");

	if (c->s.p.my_party_id == 0 && !c->s.p.may_meet)
		return;
	for (size_t k = 0; k < c->n; k++) {
		if (!rp_merging_may(c->chosen[k]))
			return;
		url = rp_urlf(req->arena, "%s%sp=%lld", url.p, k > 0 ? "&" : "",
		    (long long)c->chosen[k]->number);
	}
	v->merge_url = url;
}

struct rp_err *
rp_web_topic_compare(const struct rp_request *req, struct rp_response *out)
{
	struct comparing *c = rp_new(req->arena, struct comparing);
	struct v_topic_compare v = { 0 };
	rp_html content;

	RP_TRY(choose(req, c));
	v.list_url = rp_web_topics_url(req, &c->s.g, "%s", "");
	v.few = c->n < 2;
	if (!v.few) {
		add_rows(req, c, &v);
		RP_TRY(add_topics(req, c, &v));
		add_merge(req, c, &v);
	}
	RP_TRY(rp_web_render(req, topic_compare, &v, &content));
	return rp_web_topics_frame(req, &c->s,
	    rp_web_msg(req, M_topic_compare_title), true, content, out);
}

/* Changes. */

static enum rp_msg
field_msg(enum rp_change_field field)
{
	switch (field) {
	case RP_CHANGE_TITLE:
		return M_topic_title;
	case RP_CHANGE_ISSUE:
		return M_topic_issue;
	case RP_CHANGE_RATIONALE:
		return M_topic_rationale;
	case RP_CHANGE_QUESTION:
		break;
	}
	return M_topic_questions;
}

static void
add_lines(const struct rp_request *req, const struct rp_change_lines *all,
    struct v_topic_changes *v)
{
	v->is_same = true;
	for (size_t i = 0; i < all->n; i++) {
		const struct rp_change_line *l = &all->v[i];
		struct v_topic_changes_lines row = { .label =
							 field_msg(l->field) };

		v->is_same &= !l->changed;
		for (size_t k = 0; k < l->parts.n; k++)
			rp_vec_push(req->arena, &row.parts,
			    ((struct v_topic_changes_lines_parts){
				l->parts.v[k].text, l->parts.v[k].is_ins,
				l->parts.v[k].is_del }));
		rp_vec_push(req->arena, &v->lines, row);
	}
}

static struct rp_err *
show_changes(const struct rp_request *req, const struct rp_web_topic *f,
    const struct rp_proposal_text *old, rp_text old_name,
    const struct rp_proposal_text *now, rp_text new_name,
    struct rp_response *out)
{
	struct v_topic_changes v = { .list_url = rp_web_topics_url(req, &f->s.g,
					 "%s", ""),
		.topic_url = rp_web_topics_url(req, &f->s.g, "%lld/",
		    (long long)f->m.number),
		.number = f->m.number,
		.old_name = old_name,
		.new_name = new_name,
		.lang = now->lang };
	struct rp_change_lines lines;
	rp_html content;

	RP_TRY(rp_overlap_changes(req->who, req->arena, old, now, &lines));
	add_lines(req, &lines, &v);
	RP_TRY(rp_web_render(req, topic_changes, &v, &content));
	return rp_web_topics_frame(req, &f->s,
	    rp_textf(req->arena, "%.*s: %.*s",
		RP_FMT(rp_web_msg(req, M_topic_changes)), RP_FMT(now->title)),
	    false, content, out);
}

static rp_text
named(const struct rp_request *req, enum rp_msg msg, int64_t number)
{
	const struct rp_msg_arg n[] = { RP_MSG_NUM(number) };

	return rp_message(req->arena, &req->reader, msg, n, 1);
}

static const struct rp_proposal_text *
by_number(const struct rp_proposal_history *h, int64_t number)
{
	for (size_t i = 0; i < h->revisions.n; i++)
		if (h->revisions.v[i].number == number)
			return &h->revisions.v[i];
	return NULL;
}

/* A revision and the one before it. */
struct rp_err *
rp_web_topic_changes(const struct rp_request *req, struct rp_response *out)
{
	const struct rp_proposal_text *old, *now;
	struct rp_proposal_history h;
	struct rp_web_topic f;

	RP_TRY(rp_web_topic_find(req, &f));
	RP_TRY(rp_proposal_history(req->who, req->tx, &f.s.p, &f.m, &h));
	now = by_number(&h, req->params.k);
	old = by_number(&h, req->params.k - 1);
	if (now == NULL || old == NULL)
		return rp_fail(RP_E_NOTFOUND, "no such revision");
	return show_changes(req, &f, old,
	    named(req, M_amendment_revision, old->number), now,
	    named(req, M_amendment_revision, now->number), out);
}

/* A merged one, and a parent as it stood when the authors were asked. */
struct rp_err *
rp_web_topic_from(const struct rp_request *req, struct rp_response *out)
{
	const struct rp_proposal_parent *parent = NULL;
	const struct rp_proposal_text *old = NULL;
	struct rp_proposal_history h, before;
	struct rp_proposal from;
	struct rp_web_topic f;

	RP_TRY(rp_web_topic_find(req, &f));
	for (size_t i = 0; i < f.m.parents.n; i++)
		if (f.m.parents.v[i].number == req->params.k)
			parent = &f.m.parents.v[i];
	if (parent == NULL)
		return rp_fail(RP_E_NOTFOUND, "not merged from it");
	RP_TRY(
	    rp_proposal_get(req->who, req->tx, &f.s.p, parent->number, &from));
	RP_TRY(rp_proposal_history(req->who, req->tx, &f.s.p, &f.m, &h));
	RP_TRY(rp_proposal_history(req->who, req->tx, &f.s.p, &from, &before));
	for (size_t i = 0; i < before.revisions.n; i++)
		if (before.revisions.v[i].id == parent->revision_id)
			old = &before.revisions.v[i];
	if (old == NULL)
		return rp_fail(RP_E_NOTFOUND, "not seen");
	return show_changes(req, &f, old,
	    named(req, M_topics_number, parent->number),
	    &h.revisions.v[h.revisions.n - 1],
	    named(req, M_topics_number, f.m.number), out);
}
