/* desk_record_pages - the audit trail, and the messages that wait. */
#include "base/err.h"
#include "domain/event.h"
#include "domain/outbox.h"
#include "render/notice.h"
#include "render/t_desk_audit.h"
#include "render/t_desk_outbox.h"
#include "text/format.h"
#include "web/desk.h"
#include "web/server.h"

/* The query's `before`: the last id of the page before. */
static int64_t
before(const struct rp_request *req)
{
	return rp_desk_number(req, &req->query, "before");
}

static struct v_pager
pager(const struct rp_request *req, rp_url base, int64_t next)
{
	struct v_pager v = { 0 };

	if (next == 0 && before(req) == 0)
		return v;
	v.first_url = base;
	if (next != 0)
		v.next_url = rp_urlf(req->arena, "%s?before=%lld", base.p,
		    (long long)next);
	return v;
}

/* Where the object is shown, if it is. */
static rp_url
object_url(const struct rp_request *req, const struct rp_event *e)
{
	if (rp_text_eq(e->object_kind, RP_TEXT("response")))
		return rp_desk_url(req, "responses/%lld",
		    (long long)e->object_id);
	if (rp_text_eq(e->object_kind, RP_TEXT("consultation")))
		return rp_desk_url(req, "consultations/%lld",
		    (long long)e->object_id);
	return (rp_url){ 0 };
}

static rp_text
who_did(const struct rp_request *req, const struct rp_event *e)
{
	if (e->person.n > 0)
		return e->person;
	return e->person_id == 0 ?
		   RP_TEXT("rapporteur") :
		   rp_textf(req->arena, "%lld", (long long)e->person_id);
}

static void
audit_row(const struct rp_request *req, const struct rp_event *e,
    struct v_desk_audit *v)
{
	struct v_desk_audit_rows row = {
		.time = rp_web_utc(req, e->at),
		.iso = rp_web_iso(req, e->at),
		.who = who_did(req, e),
		.what = e->action,
		.object = rp_textf(req->arena, "%.*s %lld",
		    RP_FMT(e->object_kind), (long long)e->object_id),
		.object_url = object_url(req, e),
		.before = e->before,
		.after = e->after,
		.is_erased = e->erased,
	};

	rp_vec_push(req->arena, &v->rows, row);
}

/*
 * Whoever may audit the system sees everything, others what happened in the
 * groups, or the body, that they may audit.
 */
static struct rp_err *
scope(const struct rp_request *req, struct rp_event_filter *f)
{
	const struct rp_grants *g = &req->who->grants;

	if (rp_actor_may(req->who, RP_MAY_AUDIT, (struct rp_place){ 0 }))
		return NULL;
	for (size_t i = 0; i < g->n; i++) {
		if (g->v[i].capability != RP_MAY_AUDIT &&
		    g->v[i].capability != RP_MAY_ADMINISTER)
			continue;
		if (g->v[i].kind == RP_ON_BODY)
			f->body_id = g->v[i].object_id;
		else if (g->v[i].kind == RP_ON_GROUP && f->group_id == 0)
			f->group_id = g->v[i].object_id;
	}
	if (f->body_id != 0)
		f->group_id = 0;
	if (f->body_id == 0 && f->group_id == 0)
		return rp_fail(RP_E_DENIED, "may audit nowhere");
	return NULL;
}

struct rp_err *
rp_web_desk_audit(const struct rp_request *req, struct rp_response *out)
{
	struct rp_event_filter f = { .below_id = before(req) };
	struct v_desk_audit v = { .desk_url = rp_desk_url(req, "%s", "") };
	struct rp_events events;
	rp_html content;

	RP_TRY(scope(req, &f));
	RP_TRY(rp_event_list(req->who, req->tx, &f, &events));
	for (size_t i = 0; i < events.n; i++)
		audit_row(req, &events.v[i], &v);
	v.pager = pager(req, rp_desk_url(req, "audit"),
	    events.n == RP_EVENT_PAGE ? events.v[events.n - 1].id : 0);
	RP_TRY(rp_web_render(req, desk_audit, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_desk_audit_title), content,
	    out);
}

/* Who reads the message: in the author's language if it is one of ours. */
static struct rp_reader
reader_of(const struct rp_request *req, rp_text lang)
{
	const struct rp_web_options *o = rp_web_options_of(req->web);
	struct rp_reader r = { .lang = RP_LANG_EN };

	(void)rp_lang_find(lang, &r.lang);
	r.locale = o->locales[r.lang];
	return r;
}

/* Subject and text, to be copied. The secret link is its author's alone. */
static struct rp_err *
compose(const struct rp_request *req, const struct rp_notification *n,
    struct v_desk_outbox_rows *row)
{
	const struct rp_web_options *o = rp_web_options_of(req->web);
	struct rp_reader reader = reader_of(req, n->lang);
	struct rp_notice notice = { .kind = n->kind,
		.code = n->code,
		.note = n->note };
	struct rp_consultation c;

	row->lang = rp_lang_tag(reader.lang);
	if (n->consultation_id != 0) {
		RP_TRY(rp_consultation_get_by_id(req->who, req->tx,
		    n->consultation_id, row->lang, &c));
		notice.title = c.title.body;
		if (n->is_public && rp_consultation_shows_responses(&c))
			notice.link = rp_textf(req->arena,
			    "%.*s/%s/%.*s/consultations/%lld/responses/%lld",
			    RP_FMT(o->public_url), row->lang.p,
			    RP_FMT(c.group.slug), (long long)c.number,
			    (long long)n->number);
	}
	(void)rp_notice_write(req->arena, &reader, &notice, &row->subject,
	    &row->text);
	return NULL;
}

static enum rp_msg
state_of(rp_text state)
{
	if (rp_text_eq(state, RP_TEXT("sent")))
		return M_desk_outbox_sent;
	if (rp_text_eq(state, RP_TEXT("failed")))
		return M_desk_outbox_failed;
	return M_desk_outbox_waiting;
}

static struct rp_err *
outbox_row(const struct rp_request *req, const struct rp_notification *n,
    struct v_desk_outbox *v)
{
	enum rp_msg label = rp_notice_label(n->kind);
	struct v_desk_outbox_rows row = {
		.id = n->id,
		.recipient = n->recipient,
		.language =
		    rp_locale_language(req->reader.locale, req->arena, n->lang),
		.time = rp_web_utc(req, n->created_at),
		.iso = rp_web_iso(req, n->created_at),
		.state = state_of(n->state),
		.is_waiting = !rp_text_eq(n->state, RP_TEXT("sent")),
	};

	if (label == M_none)
		return NULL;
	row.what = label;
	RP_TRY(compose(req, n, &row));
	rp_vec_push(req->arena, &v->rows, row);
	return NULL;
}

struct rp_err *
rp_web_desk_outbox(const struct rp_request *req, struct rp_response *out)
{
	static const struct rp_desk_word words[] = {
		{ "sent", M_desk_outbox_done_sent },
		{ NULL, M_none },
	};
	struct v_desk_outbox v = { .desk_url = rp_desk_url(req, "%s", ""),
		.is_configured = req->who->env->mail_configured,
		.action = rp_desk_url(req, "outbox"),
		.token = req->csrf,
		.done = rp_desk_word(req, words) };
	struct rp_notifications all;
	rp_html content;
	int64_t next;

	RP_TRY(rp_outbox_list(req->who, req->tx, RP_TEXT(""), before(req), &all,
	    &next));
	for (size_t i = 0; i < all.n; i++)
		RP_TRY(outbox_row(req, &all.v[i], &v));
	v.pager = pager(req, v.action, next);
	RP_TRY(rp_web_render(req, desk_outbox, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_desk_outbox_title), content,
	    out);
}

struct rp_err *
rp_web_desk_outbox_post(const struct rp_request *req, struct rp_response *out)
{
	RP_TRY(rp_outbox_mark_sent(req->who, req->tx,
	    rp_desk_number(req, &req->form, "message")));
	return rp_desk_done(out, req, rp_desk_url(req, "outbox"), "sent");
}
