/*
 * desk_enter_pages - a response that came on paper or by e-mail, or was said at
 * the physical consultation.
 *
 * The form is the public one with three fields more. Its own token, which makes
 * a form sent twice one response, travels as `draft`: `token` is the session's.
 */
#include <string.h>

#include "base/err.h"
#include "domain/entering.h"
#include "domain/form_token.h"
#include "text/input.h"
#include "text/zone.h"
#include "web/answer_form.h"
#include "web/desk.h"

#define LOCAL_MAX 40

struct entering {
	const struct rp_request *req;
	struct rp_consultation c;
	struct rp_submission s;
	struct rp_problems problems;
	struct rp_entering how;
	rp_text received_local;
	bool wrong_received;
};

static struct rp_err *
load(const struct rp_request *req, struct entering *f)
{
	*f = (struct entering){ .req = req };
	RP_TRY(rp_consultation_get_by_id(req->who, req->tx, req->params.n,
	    rp_lang_tag(req->reader.lang), &f->c));
	return rp_actor_needs(req->who, RP_MAY_ENTER,
	    rp_consultation_place(&f->c));
}

static struct rp_err *
show(struct entering *f, struct rp_response *out)
{
	const struct rp_request *req = f->req;
	struct v_answer v = { .is_entry = true,
		.action = rp_desk_url(req, "consultations/%lld/enter",
		    (long long)f->c.id),
		.received_by = f->how.received_by,
		.received_at = f->received_local,
		.entry_channel_email =
		    rp_text_eq(f->how.channel, RP_TEXT("email")),
		.entry_channel_spoken =
		    rp_text_eq(f->how.channel, RP_TEXT("spoken")) };
	struct v_error_summary_errors row = { .href = RP_URL("#received"),
		.text = rp_web_msg(req, M_answer_error_received) };
	rp_html content;

	v.entry_channel_paper =
	    !v.entry_channel_email && !v.entry_channel_spoken;
	RP_TRY(rp_answer_form_view(req, &f->c, &f->s, &f->problems, &v));
	if (f->wrong_received) {
		v.received_error = row.text;
		rp_vec_push(req->arena, &v.summary_of_errors.errors, row);
	}
	v.is_late = false;
	v.draft = f->s.token;
	v.token = req->csrf;
	RP_TRY(rp_web_render(req, answer, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_desk_queue_enter), content,
	    out);
}

static rp_text
new_token(const struct entering *f)
{
	const struct rp_env *env = f->req->who->env;

	return rp_form_token_make(f->req->arena, env, f->c.id,
	    rp_form_id_new(f->req->arena, env, f->req->now), f->req->now);
}

static rp_text
local_now(const struct entering *f)
{
	const struct rp_zone *zone =
	    rp_zone_find(f->req->who->env->zones, f->c.zone);

	return zone == NULL ? RP_TEXT("") :
			      rp_zone_local_write(f->req->arena,
				  rp_zone_local(zone, f->req->now));
}

struct rp_err *
rp_web_desk_enter(const struct rp_request *req, struct rp_response *out)
{
	struct entering *f = rp_new(req->arena, struct entering);

	RP_TRY(load(req, f));
	f->s.token = new_token(f);
	f->how.received_by = req->who->name;
	f->received_local = local_now(f);
	return show(f, out);
}

/* Who received it, when, how: said or not, and a moment that has been. */
static struct rp_err *
read_how(struct entering *f)
{
	const struct rp_request *req = f->req;
	struct rp_err *e;

	RP_TRY(rp_form_line(req, &req->form, "channel", LOCAL_MAX,
	    &f->how.channel));
	RP_TRY(rp_form_line(req, &req->form, "received", RP_RECEIVED_BY_MAX,
	    &f->how.received_by));
	RP_TRY(rp_form_line(req, &req->form, "received_at", LOCAL_MAX,
	    &f->received_local));
	e = rp_zone_resolve(req->who->env->zones, f->received_local, f->c.zone,
	    &f->how.received_at);
	f->wrong_received = e != NULL || f->how.received_at > req->now ||
			    rp_text_blank(f->how.received_by) ||
			    !rp_channel_is_entered(f->how.channel);
	rp_err_free(e);
	return NULL;
}

struct rp_err *
rp_web_desk_enter_post(const struct rp_request *req, struct rp_response *out)
{
	struct entering *f = rp_new(req->arena, struct entering);
	struct rp_problems unread = { 0 };
	struct rp_receipt receipt;
	struct rp_err *e;

	RP_TRY(load(req, f));
	RP_TRY(rp_answer_form_read(req, &req->form, &f->c, &f->s, &unread));
	RP_TRY(rp_form_line(req, &req->form, "draft", RP_FORM_TOKEN_MAX,
	    &f->s.token));
	RP_TRY(read_how(f));
	f->s.channel = f->how.channel;
	if (f->wrong_received)
		/* The rest is checked as if it came now, for one list. */
		e = rp_submission_check(req->who, req->arena, &f->c, &f->s,
		    &f->problems);
	else
		e = rp_response_enter(req->who, req->tx, f->c.id, &f->s,
		    &f->how, &f->problems, &receipt);
	for (size_t i = 0; i < unread.n; i++)
		rp_vec_push(req->arena, &f->problems, unread.v[i]);
	if (e == NULL && (unread.n > 0 || f->wrong_received))
		e = rp_fail(RP_E_INVALID, "a field is wrong");
	if (e == NULL)
		return rp_desk_done(out, req,
		    rp_desk_url(req, "responses/%lld",
			(long long)receipt.response_id),
		    "entered");
	if (rp_err_code(e) != RP_E_INVALID)
		return e;
	rp_err_free(e);
	out->status = 400;
	return show(f, out);
}
