#include "base/err.h"
#include "render/prose.h"
#include "render/t_desk_held.h"
#include "render/t_desk_queue.h"
#include "text/format.h"
#include "text/input.h"
#include "web/desk.h"

#define EXCERPT 300 /* octets */
#define STATE_MAX 20

static const char *const states[] = { "received", "checked", "held", "returned",
	"published", "rejected", "withdrawn" };

#define N_STATES (sizeof(states) / sizeof(states[0]))

/* The state that the query asks for: one of ours, or empty for all. */
static rp_text
asked_state(const struct rp_request *req)
{
	rp_bytes given = rp_form_value(&req->query, "state");

	for (size_t i = 0; i < N_STATES; i++) {
		rp_text s = rp_text_z(states[i]);

		if (given.n == s.n && memcmp(given.p, s.p, s.n) == 0)
			return s;
	}
	return RP_TEXT("");
}

static void
add_states(const struct rp_request *req, int64_t id, rp_text current,
    const struct rp_queue_counts *counts, struct v_desk_queue *v)
{
	struct v_desk_queue_states all = { .label = M_list_all,
		.url =
		    rp_desk_url(req, "consultations/%lld/queue", (long long)id),
		.current = current.n == 0 };

	for (size_t i = 0; i < counts->n; i++)
		all.n += counts->v[i].n;
	for (size_t i = 0; i < N_STATES; i++) {
		rp_text state = rp_text_z(states[i]);
		struct v_desk_queue_states row = {
			.label = rp_msg_response_state(state),
			.n = rp_queue_count_of(counts, state),
			.url = rp_desk_url(req,
			    "consultations/%lld/queue?state=%s", (long long)id,
			    states[i]),
			.current = rp_text_eq(state, current),
		};

		if (row.n > 0 || row.current)
			rp_vec_push(req->arena, &v->states, row);
	}
	v->count = current.n > 0 ? rp_queue_count_of(counts, current) : all.n;
	rp_vec_push(req->arena, &v->states, all);
}

static void
add_row(const struct rp_request *req, const struct rp_consultation *c,
    const struct rp_queued *q, struct v_desk_queue *v)
{
	struct v_desk_queue_rows row = {
		.code = q->code,
		.url = rp_desk_url(req, "responses/%lld", (long long)q->id),
		.source = rp_desk_source(q->organisation, q->name),
		.organisation = q->organisation.n > 0 ? q->name : RP_TEXT(""),
		.category = rp_msg_category(q->category),
		.country = rp_web_country(req, q->country),
		.language =
		    rp_locale_language(req->reader.locale, req->arena, q->lang),
		.time = rp_web_time(req, c->zone, q->received_at),
		.iso = rp_web_iso(req, q->received_at),
		.status = rp_desk_chip(req, q->state),
		.words = q->words,
		.attachments = q->attachments,
	};
	struct v_chip late = { .kind = RP_TEXT("late"),
		.label = rp_web_msg(req, M_state_late) };
	struct v_chip revised = { .kind = RP_TEXT("soon"),
		.label = rp_web_msg(req, M_desk_queue_revised) };

	if (q->is_late)
		rp_vec_push(req->arena, &row.marks, late);
	if (q->public_revision_id != 0 &&
	    q->public_revision_id != q->revision_id)
		rp_vec_push(req->arena, &row.marks, revised);
	rp_vec_push(req->arena, &v->rows, row);
}

struct rp_err *
rp_web_desk_queue(const struct rp_request *req, struct rp_response *out)
{
	static const struct rp_desk_word words[] = {
		{ "entered", M_desk_response_done_entered },
		{ NULL, M_none },
	};
	struct rp_queue_filter f = { .consultation_id = req->params.n,
		.state = asked_state(req) };
	struct v_desk_queue v = { .desk_url = rp_desk_url(req, "%s", ""),
		.done = rp_desk_word(req, words) };
	struct rp_queue_counts counts;
	struct rp_consultation c;
	struct rp_queue queue;
	rp_html content;
	rp_url base;
	bool more;

	RP_TRY(rp_consultation_get_by_id(req->who, req->tx, f.consultation_id,
	    rp_lang_tag(req->reader.lang), &c));
	rp_desk_after(req, &f.after_at, &f.after_id);
	RP_TRY(rp_queue_list(req->who, req->tx, &f, &queue, &more));
	RP_TRY(rp_queue_count(req->who, req->tx, c.id, &counts));
	v.consultation_title = c.title.body;
	v.consultation_lang = c.title.lang;
	v.consultation_url = rp_web_consultation_url(req, &c, "");
	if (rp_actor_may(req->who, RP_MAY_ENTER, rp_consultation_place(&c)))
		v.enter_url = rp_desk_url(req, "consultations/%lld/enter",
		    (long long)c.id);
	add_states(req, c.id, f.state, &counts, &v);
	for (size_t i = 0; i < queue.n; i++)
		add_row(req, &c, &queue.v[i], &v);
	base = rp_desk_url(req, "consultations/%lld/queue?state=%s&",
	    (long long)c.id, f.state.p);
	if (queue.n > 0)
		v.pager = rp_desk_pager(req, base, more,
		    queue.v[queue.n - 1].received_at, queue.v[queue.n - 1].id);
	RP_TRY(rp_web_render(req, desk_queue, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_desk_queue_title), content,
	    out);
}

static struct rp_err *
held_row(const struct rp_request *req, const struct rp_consultation *c,
    const struct rp_queued *q, struct v_desk_held *v)
{
	struct v_desk_held_rows row = {
		.id = q->id,
		.code = q->code,
		.url = rp_desk_url(req, "responses/%lld", (long long)q->id),
		.source = rp_desk_source(q->organisation, q->name),
		.country = rp_web_country(req, q->country),
		.language =
		    rp_locale_language(req->reader.locale, req->arena, q->lang),
		.time = rp_web_time(req, c->zone, q->received_at),
		.iso = rp_web_iso(req, q->received_at),
		.reason = rp_desk_hold_msg(q->hold_reason),
		.network = q->network,
		.revision = q->revision_id,
		.is_late = rp_text_eq(q->hold_reason, RP_TEXT("late")),
		.lang = q->lang,
	};
	struct rp_response_record r;
	rp_text text;

	RP_TRY(rp_response_get(req->who, req->tx, q->id, &r));
	text = r.standing.summary;
	if (rp_text_blank(text) && r.standing.answers.n > 0)
		text = r.standing.answers.v[0].body;
	row.excerpt = rp_prose_excerpt(req->arena, text, EXCERPT);
	rp_vec_push(req->arena, &v->rows, row);
	return NULL;
}

/* Of all consultations: the first page of each. */
struct rp_err *
rp_web_desk_held(const struct rp_request *req, struct rp_response *out)
{
	static const struct rp_desk_word words[] = {
		{ "released", M_desk_response_done_released },
		{ "admitted", M_desk_response_done_admitted },
		{ NULL, M_none },
	};
	struct v_desk_held v = { .desk_url = rp_desk_url(req, "%s", ""),
		.action = rp_desk_url(req, "held"),
		.token = req->csrf,
		.done = rp_desk_word(req, words) };
	struct rp_consultations all;
	rp_html content;
	bool more, may = false;

	RP_TRY(rp_consultation_list(req->who, req->tx, 0,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = 0; i < all.n; i++) {
		struct rp_queue_filter f = { .consultation_id = all.v[i].id,
			.state = RP_TEXT("held") };
		struct rp_queue queue;

		if (!rp_actor_may(req->who, RP_MAY_CHECK,
			rp_consultation_place(&all.v[i])))
			continue;
		may = true;
		RP_TRY(rp_queue_list(req->who, req->tx, &f, &queue, &more));
		for (size_t k = 0; k < queue.n; k++)
			RP_TRY(held_row(req, &all.v[i], &queue.v[k], &v));
	}
	if (!may)
		return rp_fail(RP_E_DENIED, "may not check anywhere");
	RP_TRY(rp_web_render(req, desk_held, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_desk_held_title), content,
	    out);
}

struct rp_err *
rp_web_desk_held_post(const struct rp_request *req, struct rp_response *out)
{
	int64_t id = rp_desk_number(req, &req->form, "response");
	int64_t revision = rp_desk_number(req, &req->form, "revision");

	if (rp_desk_button(req, "admit")) {
		RP_TRY(rp_moderation_admit(req->who, req->tx, id, revision));
		return rp_desk_done(out, req, rp_desk_url(req, "held"),
		    "admitted");
	}
	RP_TRY(rp_moderation_release(req->who, req->tx, id, revision));
	return rp_desk_done(out, req, rp_desk_url(req, "held"), "released");
}
