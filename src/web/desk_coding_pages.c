/*
 * desk_coding_pages - reading at the desk: the queue of what is least certain,
 * lists of answers, campaigns, the log of decisions, the library.
 */
#include "base/err.h"
#include "render/prose.h"
#include "render/t_desk_campaign.h"
#include "render/t_desk_decisions.h"
#include "render/t_desk_library.h"
#include "render/t_desk_theme_list.h"
#include "render/t_desk_theme_queue.h"
#include "text/format.h"
#include "web/theme.h"

#define SPAN_MAX 70
#define QUEUE_UNITS 10 /* on one page: the script shows one after another */

static rp_text
language(const struct rp_request *req, rp_text lang)
{
	return rp_locale_language(req->reader.locale, req->arena, lang);
}

static rp_text
id_text(const struct rp_request *req, int64_t id)
{
	return rp_textf(req->arena, "%lld", (long long)id);
}

/* The queue. */

static struct rp_err *
add_unit(const struct rp_request *req, const struct rp_theme_page *p,
    const struct rp_theme_items *items, const struct rp_theme_passage *u,
    struct rp_theme_labels *labels, struct v_desk_theme_queue *v)
{
	const struct rp_theme_item *t = rp_theme_item_of(items, u->theme_id);
	struct v_desk_theme_queue_units row = { .id = rp_textf(req->arena,
						    "u%zu", v->units.n),
		.text = u->text,
		.lang = u->lang,
		.language = language(req, u->lang),
		.country = rp_web_country(req, u->country),
		.category = rp_msg_category(u->category),
		.copies = u->copies,
		.url = rp_theme_url(req, p->q->id, "responses/%lld",
		    (long long)u->response_id),
		.theme = t != NULL ? t->name : RP_TEXT(""),
		.theme_lang = t != NULL ? t->lang : RP_TEXT(""),
		.theme_id = id_text(req, t != NULL ? t->id : 0),
		.score =
		    t != NULL ? rp_theme_percent(req, u->score) : RP_TEXT(""),
		.span = rp_theme_span(req, u->answer_id, u->from, u->to),
		.file = u->file_name };

	if (u->is_heard)
		RP_TRY(rp_theme_label(req, &p->b, u, labels, &row.heard));
	rp_vec_push(req->arena, &v->units, row);
	return NULL;
}

static void
add_choices(const struct rp_request *req, const struct rp_theme_items *items,
    struct v_desk_theme_queue *v)
{
	for (size_t i = 0; i < items->n; i++) {
		const struct rp_theme_item *t = &items->v[i];
		struct v_desk_theme_queue_themes row = {
			.n = rp_format_i64(req->reader.locale, req->arena,
			    (int64_t)i + 1),
			.id = id_text(req, t->id),
			.name = t->name,
			.lang = t->lang,
			.is_child = t->parent_id != 0
		};

		rp_vec_push(req->arena, &v->themes, row);
	}
}

/* What was passed over is shown after the rest: `skip` says how many. */
static struct rp_err *
show_queue(const struct rp_request *req, const struct rp_theme_page *p,
    struct rp_response *out)
{
	struct v_desk_theme_queue v = { .book_url = p->url,
		.book = p->name,
		.token = req->csrf,
		.done = rp_theme_done(req),
		.problem = p->problem };
	int64_t skip = rp_theme_asked(req, "skip");
	struct rp_theme_labels labels = { 0 };
	struct rp_theme_passages units;
	struct rp_theme_items items;
	rp_html content;

	if (skip < 0 || skip > RP_THEME_PAGE)
		skip = 0;
	v.action =
	    rp_theme_url(req, p->q->id, "queue?skip=%lld", (long long)skip);
	RP_TRY(rp_theme_names_list(req->who, req->tx, &p->b,
	    rp_lang_tag(req->reader.lang), false, &items));
	RP_TRY(rp_theme_queue(req->who, req->tx, &p->b,
	    (size_t)skip + QUEUE_UNITS, &units, &v.left));
	for (size_t i = (size_t)skip; i < units.n; i++)
		RP_TRY(add_unit(req, p, &items, &units.v[i], &labels, &v));
	add_choices(req, &items, &v);
	RP_TRY(rp_web_render(req, desk_theme_queue, &v, &content));
	return rp_theme_frame(req, rp_web_msg(req, M_theme_queue), content,
	    out);
}

struct rp_err *
rp_web_desk_theme_queue(const struct rp_request *req, struct rp_response *out)
{
	struct rp_theme_page p;

	RP_TRY(rp_theme_page(req, req->params.id, &p));
	return show_queue(req, &p, out);
}

static struct rp_err *
decide(const struct rp_request *req, const struct rp_theme_page *p)
{
	struct rp_coding_act act = { .copies = true, .reason = RP_TEXT("") };
	rp_text t;

	RP_TRY(rp_form_line(req, &req->form, "span", SPAN_MAX, &t));
	if (!rp_theme_span_read(t, &act.span))
		return rp_fail(RP_E_INVALID, "no span");
	if (rp_desk_button(req, "yes"))
		act.theme_id = rp_desk_number(req, &req->form, "proposed");
	else if (rp_desk_button(req, "choose"))
		act.theme_id = rp_desk_number(req, &req->form, "theme");
	else if (!rp_desk_button(req, "none"))
		return rp_fail(RP_E_INVALID, "no button");
	if (!rp_desk_button(req, "none") && act.theme_id == 0)
		return rp_fail(RP_E_INVALID, "no theme");
	return rp_coding_set(req->who, req->tx, &p->b, &act);
}

struct rp_err *
rp_web_desk_theme_queue_post(const struct rp_request *req,
    struct rp_response *out)
{
	int64_t skip = rp_theme_asked(req, "skip");
	struct rp_theme_page p;
	struct rp_err *e;

	RP_TRY(rp_theme_page(req, req->params.id, &p));
	if (rp_desk_button(req, "skip"))
		return rp_response_see_other(out,
		    rp_theme_url(req, p.q->id, "queue?skip=%lld",
			(long long)skip + 1));
	e = decide(req, &p);
	if (e == NULL)
		return rp_desk_done(out, req,
		    rp_theme_url(req, p.q->id, "queue?skip=%lld",
			(long long)skip),
		    "act");
	RP_TRY(rp_theme_refused(e, &p.problem, out));
	return show_queue(req, &p, out);
}

/* Answers in one state. */

struct rp_err *
rp_web_desk_theme_readings(const struct rp_request *req,
    struct rp_response *out)
{
	struct v_desk_theme_list v = { 0 };
	struct rp_theme_labels labels = { 0 };
	struct rp_theme_passages all;
	struct rp_theme_page p;
	enum rp_reading state;
	rp_html content;

	RP_TRY(rp_theme_page(req, req->params.id, &p));
	if (!rp_reading_from(req->params.name, &state))
		return rp_fail(RP_E_NOTFOUND, "no such state");
	RP_TRY(rp_theme_of_state(req->who, req->tx, &p.b, state,
	    rp_theme_asked(req, "after"), &all));
	v.book_url = p.url;
	v.book = p.name;
	v.title = rp_msg_reading(state);
	for (size_t i = 0; i < all.n; i++) {
		struct v_desk_theme_list_rows row = {
			.url = rp_theme_url(req, p.q->id, "responses/%lld",
			    (long long)all.v[i].response_id),
			.category = rp_msg_category(all.v[i].category),
			.country = rp_web_country(req, all.v[i].country),
			.language = language(req, all.v[i].lang)
		};

		RP_TRY(
		    rp_theme_label(req, &p.b, &all.v[i], &labels, &row.label));
		rp_vec_push(req->arena, &v.rows, row);
	}
	if (all.n == RP_THEME_PAGE)
		v.next_url = rp_theme_url(req, p.q->id,
		    "readings/%s?after=%lld", rp_reading_name(state).p,
		    (long long)all.v[all.n - 1].response_id);
	RP_TRY(rp_web_render(req, desk_theme_list, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, v.title), content, out);
}

/* A campaign. */

static enum rp_msg
level(rp_text name)
{
	if (rp_text_eq(name, RP_TEXT("exact")))
		return M_theme_level_exact;
	if (rp_text_eq(name, RP_TEXT("near")))
		return M_theme_level_near;
	return rp_text_eq(name, RP_TEXT("with_own")) ? M_theme_level_with_own :
						       M_theme_level_twin;
}

static struct rp_err *
add_members(const struct rp_request *req, const struct rp_theme_page *p,
    int64_t n, struct v_desk_campaign *v)
{
	struct rp_theme_labels labels = { 0 };
	struct rp_theme_members all;
	struct rp_theme_passages own;

	RP_TRY(rp_theme_campaign_members(req->who, req->tx, &p->b, n,
	    rp_theme_asked(req, "after"), &all, &own));
	for (size_t i = 0; i < all.n; i++) {
		struct v_desk_campaign_members row = {
			.source = rp_desk_source(all.v[i].source, RP_TEXT("")),
			.url = rp_theme_url(req, p->q->id, "responses/%lld",
			    (long long)all.v[i].response_id),
			.level = level(all.v[i].level)
		};

		RP_TRY(rp_theme_label(req, &p->b,
		    &(struct rp_theme_passage){ .response_id =
						    all.v[i].response_id,
			.number = all.v[i].number,
			.is_heard = all.v[i].is_heard },
		    &labels, &row.label));

		rp_vec_push(req->arena, &v->members, row);
	}
	for (size_t i = 0; i < own.n; i++) {
		struct v_desk_campaign_own row = { own.v[i].text, own.v[i].lang,
			rp_theme_url(req, p->q->id, "responses/%lld",
			    (long long)own.v[i].response_id) };

		rp_vec_push(req->arena, &v->own, row);
	}
	if (all.n == RP_THEME_PAGE)
		v->next_url = rp_theme_url(req, p->q->id,
		    "campaigns/%lld?after=%lld", (long long)n + 1,
		    (long long)all.v[all.n - 1].response_id);
	return NULL;
}

struct rp_err *
rp_web_desk_campaign(const struct rp_request *req, struct rp_response *out)
{
	struct v_desk_campaign v = { .n = req->params.k };
	struct rp_theme_campaigns all;
	struct rp_theme_page p;
	rp_html content;

	RP_TRY(rp_theme_page(req, req->params.id, &p));
	RP_TRY(rp_theme_campaigns(req->who, req->tx, &p.b, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].n == req->params.k - 1) {
			v.text = all.v[i].text;
			v.lang = all.v[i].lang;
		}
	if (v.text.n == 0)
		return rp_fail(RP_E_NOTFOUND, "no campaign %lld",
		    (long long)req->params.k);
	v.book_url = p.url;
	v.book = p.name;
	RP_TRY(add_members(req, &p, req->params.k - 1, &v));
	RP_TRY(rp_web_render(req, desk_campaign, &v, &content));
	return rp_desk_frame(req, p.name, content, out);
}

/* The log. */

static enum rp_msg
decision_msg(rp_text kind)
{
	static const struct rp_desk_word words[] = {
		{ "confirm", M_theme_decision_confirm },
		{ "reject", M_theme_decision_reject },
		{ "rename", M_theme_decision_rename },
		{ "define", M_theme_decision_define },
		{ "merge", M_theme_decision_merge },
		{ "split", M_theme_decision_split },
		{ "move", M_theme_decision_move },
		{ "promote", M_theme_decision_promote },
		{ "retire", M_theme_decision_retire },
		{ "create", M_theme_decision_create },
		{ "code", M_theme_decision_code },
		{ "clear", M_theme_decision_clear },
		{ "read", M_theme_decision_read },
		{ "quote", M_theme_decision_quote },
		{ "mark", M_theme_decision_mark },
		{ "silent", M_theme_decision_silent },
		{ "speaks", M_theme_decision_speaks },
		{ "apply", M_theme_decision_apply },
		{ "undo", M_theme_decision_undo },
		{ "recode", M_theme_decision_recode },
		{ "settle", M_theme_decision_settle },
		{ "import", M_theme_decision_import },
		{ NULL, M_none },
	};

	for (const struct rp_desk_word *w = words; w->word != NULL; w++)
		if (rp_text_eq(kind, rp_text_z(w->word)))
			return w->msg;
	return M_none;
}

static void
add_decision(const struct rp_request *req, const struct rp_theme_page *p,
    const struct rp_theme_items *items, const struct rp_decision *d,
    struct v_desk_decisions *v)
{
	const struct rp_theme_item *t = rp_theme_item_of(items, d->theme_id);
	const struct rp_theme_item *o = rp_theme_item_of(items, d->other_id);
	struct v_desk_decisions_rows row = { .id = id_text(req, d->id),
		.what = d->is_hidden ? M_theme_recode_hidden :
				       decision_msg(d->kind),
		.time = rp_web_time(req, p->c.zone, d->at),
		.iso = rp_web_iso(req, d->at),
		.person = d->person,
		.reason = d->reason,
		.n = d->n,
		.has_n = d->n > 1,
		.is_undone = d->undone_by != 0,
		.can_undo = d->undone_by == 0 && !d->is_hidden };

	if (t != NULL) {
		row.theme = t->name;
		row.theme_lang = t->lang;
		row.theme_url =
		    rp_desk_url(req, "themes/%lld", (long long)t->id);
	}
	if (o != NULL) {
		row.other = o->name;
		row.other_lang = o->lang;
		row.other_url =
		    rp_desk_url(req, "themes/%lld", (long long)o->id);
	}
	if (d->response_id != 0)
		row.answer_url = rp_theme_url(req, p->q->id, "responses/%lld",
		    (long long)d->response_id);
	rp_vec_push(req->arena, &v->rows, row);
}

static struct rp_err *
show_decisions(const struct rp_request *req, const struct rp_theme_page *p,
    struct rp_response *out)
{
	struct v_desk_decisions v = { .book_url = p->url,
		.book = p->name,
		.action = rp_theme_url(req, p->q->id, "decisions"),
		.token = req->csrf,
		.done = rp_theme_done(req),
		.problem = p->problem };
	struct rp_theme_items items;
	struct rp_decisions all;
	rp_html content;

	RP_TRY(rp_theme_names_list(req->who, req->tx, &p->b,
	    rp_lang_tag(req->reader.lang), true, &items));
	RP_TRY(rp_decision_list(req->who, req->tx, &p->b,
	    rp_theme_asked(req, "below"), &all));
	for (size_t i = 0; i < all.n; i++)
		add_decision(req, p, &items, &all.v[i], &v);
	if (all.n == RP_DECISION_PAGE)
		v.next_url = rp_theme_url(req, p->q->id, "decisions?below=%lld",
		    (long long)all.v[all.n - 1].id);
	RP_TRY(rp_web_render(req, desk_decisions, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_theme_log), content, out);
}

struct rp_err *
rp_web_desk_decisions(const struct rp_request *req, struct rp_response *out)
{
	struct rp_theme_page p;

	RP_TRY(rp_theme_page(req, req->params.id, &p));
	return show_decisions(req, &p, out);
}

struct rp_err *
rp_web_desk_decisions_post(const struct rp_request *req,
    struct rp_response *out)
{
	struct rp_theme_page p;
	struct rp_err *e;
	rp_text reason;

	RP_TRY(rp_theme_page(req, req->params.id, &p));
	RP_TRY(rp_form_line(req, &req->form, "reason", RP_DECISION_REASON_MAX,
	    &reason));
	e = rp_decision_undo(req->who, req->tx,
	    rp_desk_number(req, &req->form, "decision"), reason);
	if (e == NULL)
		return rp_desk_done(out, req,
		    rp_theme_url(req, p.q->id, "decisions"), "act");
	RP_TRY(rp_theme_refused(e, &p.problem, out));
	return show_decisions(req, &p, out);
}

/* The library. */

struct shelf {
	int64_t group_id;
	rp_text kind, country;
	struct rp_library all, shown;
};

static struct rp_err *
add_groups(const struct rp_request *req, struct shelf *s,
    struct v_desk_library *v)
{
	struct rp_groups groups;

	RP_TRY(rp_group_list(req->who, req->tx, rp_lang_tag(req->reader.lang),
	    &groups));
	for (size_t i = 0; i < groups.n; i++) {
		const struct rp_group *g = &groups.v[i];
		struct v_desk_library_groups row = { id_text(req, g->id),
			g->name.body, false };

		if (!rp_actor_may(req->who, RP_MAY_THEME, rp_group_place(g)))
			continue;
		if (s->group_id == 0)
			s->group_id = g->id;
		row.selected = g->id == s->group_id;
		rp_vec_push(req->arena, &v->groups, row);
	}
	return v->groups.n > 0 ? NULL :
				 rp_fail(RP_E_DENIED, "may theme in no group");
}

static void
add_filters(const struct rp_request *req, const struct shelf *s,
    struct v_desk_library *v)
{
	static const struct {
		rp_text value;
		enum rp_msg label;
	} kinds[] = {
		{ RP_TEXT_INIT(""), M_theme_all_kinds },
		{ RP_TEXT_INIT("practice"), M_theme_practice },
		{ RP_TEXT_INIT("challenge"), M_theme_challenge },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		rp_vec_push(req->arena, &v->kinds,
		    ((struct v_desk_library_kinds){ kinds[i].value,
			kinds[i].label, rp_text_eq(kinds[i].value, s->kind) }));
	for (size_t i = 0; i < s->all.n; i++) {
		rp_text code = s->all.v[i].country;
		bool there = false;

		for (size_t k = 0; k < v->countries.n; k++)
			there |= rp_text_eq(v->countries.v[k].value, code);
		if (!there)
			rp_vec_push(req->arena, &v->countries,
			    ((struct v_desk_library_countries){ code,
				rp_web_country(req, code),
				rp_text_eq(code, s->country) }));
	}
}

static void
add_shown(const struct rp_request *req, const struct shelf *s,
    struct v_desk_library *v)
{
	for (size_t i = 0; i < s->shown.n; i++) {
		const struct rp_library_item *one = &s->shown.v[i];
		struct v_desk_library_rows row = {
			.kind = rp_text_eq(one->kind, RP_TEXT("practice")) ?
				    M_theme_practice :
				    M_theme_challenge,
			.text = one->text,
			.lang = one->lang,
			.country = rp_web_country(req, one->country),
			.category = rp_msg_category(one->category),
			.consultation = one->consultation_number,
			.url = rp_theme_url(req, one->question_id,
			    "responses/%lld", (long long)one->response_id)
		};

		rp_vec_push(req->arena, &v->rows, row);
	}
}

struct rp_err *
rp_web_desk_library(const struct rp_request *req, struct rp_response *out)
{
	struct v_desk_library v = { .desk_url = rp_desk_url(req, "%s", ""),
		.action = rp_desk_url(req, "library") };
	struct shelf s = { .group_id = rp_theme_asked(req, "group") };
	rp_html content;

	RP_TRY(rp_form_line(req, &req->query, "kind", SPAN_MAX, &s.kind));
	RP_TRY(rp_form_line(req, &req->query, "country", SPAN_MAX, &s.country));
	RP_TRY(add_groups(req, &s, &v));
	RP_TRY(rp_theme_library(req->who, req->tx, s.group_id, RP_TEXT(""),
	    RP_TEXT(""), &s.all));
	RP_TRY(rp_theme_library(req->who, req->tx, s.group_id, s.kind,
	    s.country, &s.shown));
	add_filters(req, &s, &v);
	add_shown(req, &s, &v);
	RP_TRY(rp_web_render(req, desk_library, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_theme_library), content,
	    out);
}
