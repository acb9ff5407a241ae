/*
 * desk_themes_pages - the themes of a consultation and of a question at the
 * desk: figures, campaigns, runs, versions.
 */
#include "base/err.h"
#include "domain/response.h"
#include "render/prose.h"
#include "render/t_desk_codebook.h"
#include "render/t_desk_themes.h"
#include "web/theme.h"

#define EXCERPT 300 /* octets of a letter in the list */
#define REFRESH RP_TEXT("2")
#define BARS_MAX 20 /* of the chart; the table has all */

/* The consultation: questions and versions. */

struct freezing {
	struct rp_consultation c;
	rp_text problem;
};

static rp_url
reading_url(const struct rp_request *req, int64_t question_id,
    enum rp_reading state)
{
	return rp_theme_url(req, question_id, "readings/%s",
	    rp_reading_name(state).p);
}

static struct rp_err *
add_question(const struct rp_request *req, const struct rp_question *q,
    struct v_desk_themes *v)
{
	struct v_desk_themes_questions row = { .n = q->position,
		.text = q->text.body,
		.lang = q->text.lang,
		.url = rp_theme_url(req, q->id, "themes") };
	struct rp_theme_balance balance;

	RP_TRY(rp_theme_balance(req->who, req->tx, q->id, &balance));
	row.received = balance.received;
	row.heard = balance.heard;
	row.has_heard = balance.heard > 0;
	for (int i = 0; i < RP_READINGS; i++) {
		enum rp_reading state = (enum rp_reading)i;
		struct v_desk_themes_questions_states one = {
			.label = rp_msg_reading(state),
			.n = balance.of[i],
			.url = reading_url(req, q->id, state)
		};

		rp_vec_push(req->arena, &row.states, one);
	}
	rp_vec_push(req->arena, &v->questions, row);
	return NULL;
}

static void
add_version(const struct rp_request *req, const struct rp_consultation *c,
    const struct rp_theme_version *one, struct v_desk_themes *v)
{
	bool published = rp_text_eq(one->state, RP_TEXT("published"));
	const struct rp_msg_arg by[] = { RP_MSG_TEXT(one->person),
		RP_MSG_TEXT(rp_web_time(req, c->zone, one->frozen_at)) };
	struct v_desk_themes_versions row = { .number = one->number,
		.state = { published ? RP_TEXT("published") : RP_TEXT("held"),
		    rp_web_msg(req,
			published ? M_theme_is_published : M_theme_is_frozen) },
		.by = rp_message(req->arena, &req->reader, M_theme_frozen_by,
		    by, 2),
		.author = one->author,
		.note = one->note,
		.compare_url =
		    one->number > 1 ?
			rp_desk_url(req,
			    "consultations/%lld/summaries/%lld/"
			    "compare/%lld",
			    (long long)c->id, (long long)one->number - 1,
			    (long long)one->number) :
			(rp_url){ 0 },
		.url = published ?
			   rp_web_consultation_url(req, c,
			       rp_textf(req->arena, "summaries/%lld",
				   (long long)one->number)
				   .p) :
			   rp_desk_url(req, "consultations/%lld/summaries/%lld",
			       (long long)c->id, (long long)one->number),
		.value = rp_textf(req->arena, "%lld", (long long)one->number),
		.can_publish = !published };

	rp_vec_push(req->arena, &v->versions, row);
}

static struct rp_err *
show_consultation(const struct rp_request *req, const struct freezing *f,
    struct rp_response *out)
{
	struct v_desk_themes v = { .consultation_title = f->c.title.body,
		.consultation_lang = f->c.title.lang,
		.consultation_url = rp_web_consultation_url(req, &f->c, ""),
		.action = rp_desk_url(req, "consultations/%lld/themes",
		    (long long)f->c.id),
		.token = req->csrf,
		.library_url = rp_desk_url(req, "library?group=%lld",
		    (long long)f->c.group.id),
		.done = rp_theme_done(req),
		.problem = f->problem };
	struct rp_theme_versions versions;
	rp_html content;

	for (size_t i = 0; i < f->c.questions.n; i++)
		RP_TRY(add_question(req, &f->c.questions.v[i], &v));
	RP_TRY(rp_theme_version_list(req->who, req->tx, &f->c, &versions));
	for (size_t i = 0; i < versions.n; i++)
		add_version(req, &f->c, &versions.v[i], &v);
	RP_TRY(rp_web_render(req, desk_themes, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_theme_title), content, out);
}

static struct rp_err *
load_consultation(const struct rp_request *req, struct freezing *f)
{
	*f = (struct freezing){ 0 };
	RP_TRY(rp_consultation_get_by_id(req->who, req->tx, req->params.n,
	    rp_lang_tag(req->reader.lang), &f->c));
	return rp_actor_needs(req->who, RP_MAY_THEME,
	    rp_consultation_place(&f->c));
}

struct rp_err *
rp_web_desk_themes(const struct rp_request *req, struct rp_response *out)
{
	struct freezing f;

	RP_TRY(load_consultation(req, &f));
	return show_consultation(req, &f, out);
}

static struct rp_err *
freeze(const struct rp_request *req, const struct freezing *f,
    int64_t *out_theme_id)
{
	int64_t number;
	rp_text author, note;

	RP_TRY(rp_form_line(req, &req->form, "author", RP_VERSION_AUTHOR_MAX,
	    &author));
	RP_TRY(
	    rp_form_text(req, &req->form, "note", RP_VERSION_NOTE_MAX, &note));
	return rp_theme_version_freeze(req->who, req->tx, &f->c, author, note,
	    &number, out_theme_id);
}

/* Why a version was not frozen; any other error comes back. */
static struct rp_err *
explain(const struct rp_request *req, struct rp_err *e, int64_t theme_id,
    struct freezing *f, struct rp_response *out)
{
	struct rp_theme_item t;
	struct rp_wordings texts;
	enum rp_msg problem;

	RP_TRY(rp_theme_refused(e, &problem, out));
	f->problem = rp_web_msg(req,
	    out->status == 400 ? M_theme_error_nothing : problem);
	if (theme_id == 0)
		return NULL;
	RP_TRY(rp_theme_get(req->who, req->tx, theme_id,
	    rp_lang_tag(req->reader.lang), &t, &texts));
	f->problem = rp_message(req->arena, &req->reader, M_theme_error_quote,
	    &(struct rp_msg_arg)RP_MSG_TEXT(t.name), 1);
	return NULL;
}

struct rp_err *
rp_web_desk_themes_post(const struct rp_request *req, struct rp_response *out)
{
	bool publish = rp_desk_button(req, "publish");
	int64_t theme_id = 0;
	struct freezing f;
	struct rp_err *e;

	RP_TRY(load_consultation(req, &f));
	e = publish ? rp_theme_version_publish(req->who, req->tx, &f.c,
			  rp_desk_number(req, &req->form, "version")) :
		      freeze(req, &f, &theme_id);
	if (e == NULL)
		return rp_desk_done(out, req,
		    rp_desk_url(req, "consultations/%lld/themes",
			(long long)f.c.id),
		    publish ? "published" : "frozen");
	RP_TRY(explain(req, e, theme_id, &f, out));
	return show_consultation(req, &f, out);
}

/* One question. */

static rp_text
stage_name(const struct rp_request *req, rp_text stage)
{
	static const struct rp_desk_word words[] = {
		{ "read", M_theme_stage_read },
		{ "campaigns", M_theme_stage_campaigns },
		{ "group", M_theme_stage_group },
		{ "quote", M_theme_stage_quote },
		{ "store", M_theme_stage_store },
		{ NULL, M_none },
	};

	for (const struct rp_desk_word *w = words; w->word != NULL; w++)
		if (rp_text_eq(stage, rp_text_z(w->word)))
			return rp_web_msg(req, w->msg);
	return rp_web_msg(req, M_theme_stage_read);
}

static struct rp_err *
add_proposal(const struct rp_request *req, const struct rp_theme_page *p,
    const struct rp_theme_run *r, struct v_desk_codebook *v)
{
	struct rp_theme_diff diff;

	RP_TRY(rp_theme_run_diff(req->who, req->tx, &p->b, r->id, &diff));
	v->is_ready = true;
	v->run_kind = r->kind == RP_RUN_MAP  ? M_theme_kind_map :
		      r->kind == RP_RUN_MORE ? M_theme_kind_more :
					       M_none;
	v->moved = v->moved_raw = diff.moved;
	v->gained = v->gained_raw = diff.gained;
	v->lost = v->lost_raw = diff.lost;
	v->run_themes = r->themes;
	v->run_campaigns = r->campaigns;
	v->run_units = r->units;
	v->run_responses = r->responses;
	return NULL;
}

/* What goes on is shown as it is now: the page asks again by itself. */
static struct rp_err *
add_run(const struct rp_request *req, const struct rp_theme_page *p,
    struct v_desk_codebook *v, struct rp_response *out)
{
	struct rp_theme_run r;
	bool waiting, running;

	RP_TRY(rp_theme_run_last(req->who, req->tx, &p->b, &r));
	waiting = rp_text_eq(r.state, RP_TEXT("waiting"));
	running = rp_text_eq(r.state, RP_TEXT("running"));
	v->run = rp_textf(req->arena, "%lld", (long long)r.id);
	v->can_run = !waiting && !running;
	v->is_stopping = r.is_cancelled && (waiting || running);
	v->is_waiting = waiting && !r.is_cancelled;
	v->is_interrupted = running && r.claimed_until <= req->now;
	v->is_running = running && !r.is_cancelled && !v->is_interrupted;
	v->stage = stage_name(req, r.stage);
	v->percent = rp_theme_percent(req, r.permille);
	v->was_cancelled = rp_text_eq(r.state, RP_TEXT("cancelled"));
	v->has_failed = rp_text_eq(r.state, RP_TEXT("failed"));
	if (waiting || running)
		rp_response_header(out, "Refresh", REFRESH);
	if (rp_text_eq(r.state, RP_TEXT("ready")))
		return add_proposal(req, p, &r, v);
	return NULL;
}

static struct rp_err *
add_campaigns(const struct rp_request *req, const struct rp_theme_page *p,
    struct v_desk_codebook *v)
{
	struct rp_theme_campaigns all;

	RP_TRY(rp_theme_campaigns(req->who, req->tx, &p->b, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_theme_campaign *c = &all.v[i];
		struct v_desk_codebook_campaigns row = { .n = c->n + 1,
			.url = rp_theme_url(req, p->q->id, "campaigns/%lld",
			    (long long)c->n + 1),
			.members = c->members,
			.own = c->own,
			.has_own = c->own > 0,
			.text = rp_prose_excerpt(req->arena, c->text, EXCERPT),
			.lang = c->lang };

		rp_vec_push(req->arena, &v->campaigns, row);
	}
	return NULL;
}

static void
add_theme(const struct rp_request *req, const struct rp_theme_item *t,
    struct rp_chart *chart, struct v_desk_codebook *v)
{
	rp_text id = rp_textf(req->arena, "%lld", (long long)t->id);
	struct v_desk_codebook_themes row = { .id = id,
		.url = rp_desk_url(req, "themes/%lld", (long long)t->id),
		.name = t->name,
		.lang = t->lang,
		.is_label = t->is_label,
		.is_child = t->parent_id != 0,
		.state = rp_theme_chip(req, t->state),
		.is_suggested = rp_text_eq(t->state, RP_TEXT("suggested")),
		.responses = t->f.responses,
		.distinct = t->f.distinct,
		.campaign = t->f.campaign,
		.heard = t->f.heard };

	rp_vec_push(req->arena, &v->themes, row);
	if (chart->bars.n < BARS_MAX)
		rp_vec_push(req->arena, &chart->bars,
		    ((struct rp_chart_bar){ .label = t->name,
			.n = t->f.responses,
			.colour = t->parent_id != 0 ? 2 : 1 }));
	if (t->parent_id == 0)
		rp_vec_push(req->arena, &v->parents,
		    ((struct v_desk_codebook_parents){ id, t->name, t->lang }));
}

static struct rp_err *
add_themes(const struct rp_request *req, const struct rp_theme_page *p,
    struct v_desk_codebook *v)
{
	struct rp_chart chart = { .id = RP_TEXT("themesbar"),
		.title = rp_web_msg(req, M_theme_chart) };
	struct rp_theme_items all;

	RP_TRY(rp_theme_items_list(req->who, req->tx, &p->b,
	    rp_lang_tag(req->reader.lang), false, &all));
	for (size_t i = 0; i < all.n; i++)
		add_theme(req, &all.v[i], &chart, v);
	return rp_chart_bars(req->arena, &req->reader, &chart, &v->chart);
}

static struct rp_err *
add_balance(const struct rp_request *req, const struct rp_theme_page *p,
    struct v_desk_codebook *v)
{
	struct rp_theme_balance balance;

	RP_TRY(rp_theme_balance(req->who, req->tx, p->q->id, &balance));
	v->received = balance.received;
	v->spoken = balance.spoken;
	v->has_spoken = balance.spoken > 0;
	v->heard = balance.heard;
	v->has_heard = balance.heard > 0;
	for (int i = 0; i < RP_READINGS; i++) {
		enum rp_reading state = (enum rp_reading)i;
		struct v_desk_codebook_states row = { .label =
							  rp_msg_reading(state),
			.n = balance.of[i],
			.heard = balance.heard_of[i],
			.url = p->b.id == 0 ?
				   (rp_url){ 0 } :
				   reading_url(req, p->q->id, state) };

		rp_vec_push(req->arena, &v->states, row);
	}
	return NULL;
}

static struct rp_err *
show_question(const struct rp_request *req, const struct rp_theme_page *p,
    struct rp_response *out)
{
	struct v_desk_codebook v = { .themes_url = rp_desk_url(req,
					 "consultations/%lld/themes",
					 (long long)p->c.id),
		.number = p->q->position,
		.question = p->q->text.body,
		.lang = p->q->text.lang,
		.action = p->url,
		.token = req->csrf,
		.done = rp_theme_done(req),
		.problem = p->problem,
		.queue_url = rp_theme_url(req, p->q->id, "queue"),
		.log_url = rp_theme_url(req, p->q->id, "decisions"),
		.recode_url = rp_theme_url(req, p->q->id, "recodings"),
		.exchange_url = rp_theme_url(req, p->q->id, "exchange") };
	rp_html content;

	RP_TRY(add_run(req, p, &v, out));
	RP_TRY(rp_theme_run_new(req->who, req->tx, &p->b, &v.fresh));
	v.has_new = v.fresh > 0;
	RP_TRY(add_campaigns(req, p, &v));
	RP_TRY(add_themes(req, p, &v));
	v.can_map = v.themes.n > 0;
	RP_TRY(add_balance(req, p, &v));
	RP_TRY(rp_web_render(req, desk_codebook, &v, &content));
	return rp_desk_frame(req,
	    rp_textf(req->arena, "%.*s – %.*s", RP_FMT(p->name),
		RP_FMT(rp_web_msg(req, M_theme_title))),
	    content, out);
}

struct rp_err *
rp_web_desk_codebook(const struct rp_request *req, struct rp_response *out)
{
	struct rp_theme_page p;

	RP_TRY(rp_theme_page(req, req->params.id, &p));
	return show_question(req, &p, out);
}

static int64_t
number(const struct rp_request *req, const char *name)
{
	return rp_desk_number(req, &req->form, name);
}

static struct rp_err *
create(const struct rp_request *req, const struct rp_theme_page *p,
    rp_text reason)
{
	rp_text name;
	int64_t id;

	RP_TRY(rp_form_line(req, &req->form, "name", RP_THEME_NAME_MAX, &name));
	return rp_theme_create(req->who, req->tx, p->q->id,
	    number(req, "parent"), name, rp_lang_tag(req->reader.lang), reason,
	    &id);
}

static struct rp_err *
apply(const struct rp_request *req, const struct rp_theme_page *p,
    rp_text reason)
{
	const struct rp_theme_diff seen = { number(req, "moved"),
		number(req, "gained"), number(req, "lost") };

	return rp_theme_run_apply(req->who, req->tx, &p->b, number(req, "run"),
	    &seen, reason);
}

/* The same answers and the same seed give the same result: one for all. */
#define SEED 1

static struct rp_err *
ask(const struct rp_request *req, const struct rp_theme_page *p,
    enum rp_run_kind kind)
{
	int64_t id;

	return rp_theme_run_ask(req->who, req->tx, p->q->id, kind,
	    kind == RP_RUN_GROUP ? number(req, "wanted") : 0, SEED, &id);
}

static struct rp_err *
act(const struct rp_request *req, const struct rp_theme_page *p, rp_text reason,
    bool *out_run)
{
	*out_run = true;
	if (rp_desk_button(req, "run"))
		return ask(req, p, RP_RUN_GROUP);
	if (rp_desk_button(req, "map"))
		return ask(req, p, RP_RUN_MAP);
	if (rp_desk_button(req, "more"))
		return ask(req, p, RP_RUN_MORE);
	if (rp_desk_button(req, "cancel"))
		return rp_theme_run_cancel(req->who, req->tx, &p->b,
		    number(req, "run"));
	if (rp_desk_button(req, "drop"))
		return rp_theme_run_drop(req->who, req->tx, &p->b,
		    number(req, "run"));
	*out_run = false;
	if (rp_desk_button(req, "apply"))
		return apply(req, p, reason);
	if (rp_desk_button(req, "confirm"))
		return rp_theme_confirm(req->who, req->tx, number(req, "theme"),
		    reason);
	if (rp_desk_button(req, "reject"))
		return rp_theme_reject(req->who, req->tx, number(req, "theme"),
		    reason);
	return create(req, p, reason);
}

struct rp_err *
rp_web_desk_codebook_post(const struct rp_request *req, struct rp_response *out)
{
	struct rp_theme_page p;
	struct rp_err *e;
	rp_text reason;
	bool run;

	RP_TRY(rp_theme_page(req, req->params.id, &p));
	RP_TRY(rp_form_line(req, &req->form, "reason", RP_DECISION_REASON_MAX,
	    &reason));
	e = act(req, &p, reason, &run);
	if (e == NULL)
		return rp_desk_done(out, req, p.url, run ? "run" : "act");
	RP_TRY(rp_theme_refused(e, &p.problem, out));
	return show_question(req, &p, out);
}
