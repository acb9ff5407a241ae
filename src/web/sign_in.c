#include "base/clock.h"
#include "base/err.h"
#include "domain/account.h"
#include "domain/attempt.h"
#include "domain/crypto.h"
#include "domain/session.h"
#include "render/t_sign_in.h"
#include "render/t_sign_in_code.h"
#include "text/lang.h"
#include "web/page.h"
#include "web/server.h"
#include "web/staff.h"

/* The form as it is shown again. */
struct shown {
	rp_text to, email;
	enum rp_msg notice, error;
};

static rp_url
here(const struct rp_request *req)
{
	return rp_urlf(req->arena, "/%s/sign-in",
	    rp_lang_tag(req->reader.lang).p);
}

static struct rp_err *
show(const struct rp_request *req, const struct shown *s,
    struct rp_response *out)
{
	struct v_sign_in v = {
		.action = here(req),
		.token = rp_web_stranger_token(req, out),
		.to = s->to,
		.email = s->email,
		.notice = s->notice,
	};
	rp_html content;

	if (s->error != M_none)
		v.passphrase_error = rp_web_msg(req, s->error);
	RP_TRY(rp_web_render(req, sign_in, &v, &content));
	return rp_web_private(req, rp_web_msg(req, M_frame_sign_in), false,
	    content, out);
}

struct rp_err *
rp_web_ask_code(const struct rp_request *req, rp_text ticket, rp_text to,
    enum rp_msg error, struct rp_response *out)
{
	struct v_sign_in_code v = {
		.action = here(req),
		.token = rp_web_stranger_token(req, out),
		.to = to,
		.ticket = ticket,
	};
	rp_html content;

	if (error != M_none)
		v.code_error = rp_web_msg(req, error);
	RP_TRY(rp_web_render(req, sign_in_code, &v, &content));
	return rp_web_private(req, rp_web_msg(req, M_sign_in_code_title), false,
	    content, out);
}

struct rp_err *
rp_web_sign_in(const struct rp_request *req, struct rp_response *out)
{
	struct shown s = { .to = rp_web_to(req, &req->query) };

	if (req->who->person_id != 0 && s.to.n > 0)
		return rp_response_see_other(out,
		    rp_urlf(req->arena, "%.*s", RP_FMT(s.to)));
	if (req->who->person_id != 0)
		return rp_response_see_other(out,
		    rp_urlf(req->arena, "/%s/account",
			rp_lang_tag(req->reader.lang).p));
	if (rp_form_has(&req->query, "out"))
		s.notice = M_sign_in_signed_out;
	else if (s.to.n > 0)
		s.notice = M_sign_in_needed;
	return show(req, &s, out);
}

/* Whether to wait; then the page says so. */
static bool
must_wait(const struct rp_request *req, const struct rp_attempt *at,
    struct rp_response *out)
{
	const struct rp_web_options *o = rp_web_options_of(req->web);
	int64_t ms = rp_attempts_wait(o->attempts, at, req->now);

	if (ms == 0)
		return false;
	out->status = 429;
	rp_response_header(out, "Retry-After",
	    rp_textf(req->arena, "%lld", (long long)((ms + 999) / 1000)));
	return true;
}

static struct rp_err *
attempt_of(const struct rp_request *req, rp_text account, int64_t person_id,
    struct rp_attempt *out)
{
	*out = (struct rp_attempt){ .account = account,
		.network = req->who->network,
		.wide = req->wide };
	if (person_id == 0)
		return NULL;
	return rp_session_network_known(req->who, req->tx, person_id,
	    &out->known);
}

/* Guesses at codes are counted apart from those at passphrases. */
static rp_text
code_account(const struct rp_request *req, int64_t person_id)
{
	return rp_textf(req->arena, "code of %lld", (long long)person_id);
}

static struct rp_err *
wrong(const struct rp_request *req, struct shown *s, struct rp_response *out)
{
	s->error = M_sign_in_error_wrong;
	out->status = 403;
	return show(req, s, out);
}

/* The passphrase was compared. */
static struct rp_err *
compared(const struct rp_request *req, struct shown *s,
    const struct rp_sign_in *in, const struct rp_attempt *at,
    struct rp_response *out)
{
	struct rp_attempts *t = rp_web_options_of(req->web)->attempts;

	/* A hash was made, not compared: then nothing was proved. */
	RP_ASSERT(req->hash_reply.hash.n == 0);
	if (!req->hash_reply.ok || in->person_id == 0) {
		rp_attempts_failed(t, at, req->now);
		return wrong(req, s, out);
	}
	rp_attempts_succeeded(t, at);
	if (in->needs_second)
		return rp_web_ask_code(req,
		    rp_account_ticket(req->who, req->arena, in), s->to, M_none,
		    out);
	return rp_web_begin_session(req, in->person_id, false, s->to, out);
}

static struct rp_err *
with_passphrase(const struct rp_request *req, struct shown *s,
    struct rp_response *out)
{
	struct rp_attempt at;
	struct rp_sign_in in;
	rp_text passphrase;
	struct rp_err *e;

	RP_TRY(rp_form_line(req, &req->form, "email", RP_ADDRESS_FIELD_MAX,
	    &s->email));
	RP_TRY(rp_form_text(req, &req->form, "passphrase", RP_PASSPHRASE_MAX,
	    &passphrase));
	e = rp_account_for_sign_in(req->who, req->tx, s->email, &in);
	if (e != NULL && rp_err_code(e) != RP_E_INVALID)
		return e;
	if (e != NULL || passphrase.n == 0) {
		rp_err_free(e);
		return wrong(req, s, out);
	}
	RP_TRY(attempt_of(req, in.key, in.person_id, &at));
	/* Also after hashing: many tries sent at once are one after another. */
	if (must_wait(req, &at, out)) {
		s->notice = M_sign_in_error_wait;
		return show(req, s, out);
	}
	if (req->hash_reply.round > 0)
		return compared(req, s, &in, &at, out);
	out->hash = (struct rp_hash_request){ .wanted = true,
		.passphrase = passphrase,
		.stored = in.hash };
	return NULL;
}

static struct rp_err *
with_code(const struct rp_request *req, struct shown *s,
    struct rp_response *out)
{
	struct rp_attempts *t = rp_web_options_of(req->web)->attempts;
	struct rp_attempt at;
	rp_text ticket, code;
	int64_t person_id;
	struct rp_err *e;

	RP_TRY(rp_form_line(req, &req->form, "ticket", 200, &ticket));
	RP_TRY(rp_form_line(req, &req->form, "code", 200, &code));
	e = rp_account_ticket_check(req->who, req->tx, ticket, &person_id);
	if (e != NULL && rp_err_code(e) == RP_E_UNKNOWN) {
		rp_err_free(e);
		s->notice = M_sign_in_error_form;
		out->status = 403;
		return show(req, s, out);
	}
	RP_TRY(e);
	RP_TRY(attempt_of(req, code_account(req, person_id), person_id, &at));
	if (must_wait(req, &at, out))
		return rp_web_ask_code(req, ticket, s->to, M_sign_in_error_wait,
		    out);
	e = rp_account_second_factor(req->who, req->tx, person_id, code);
	if (e == NULL) {
		rp_attempts_succeeded(t, &at);
		return rp_web_begin_session(req, person_id, true, s->to, out);
	}
	if (rp_err_code(e) != RP_E_UNKNOWN)
		return e;
	rp_err_free(e);
	rp_attempts_failed(t, &at, req->now);
	out->status = 403;
	return rp_web_ask_code(req, ticket, s->to, M_sign_in_error_code, out);
}

struct rp_err *
rp_web_sign_in_post(const struct rp_request *req, struct rp_response *out)
{
	struct shown s = { .to = rp_web_to(req, &req->form) };

	if (!rp_web_stranger_sent(req)) {
		s.notice = M_sign_in_error_form;
		out->status = 403;
		return show(req, &s, out);
	}
	if (rp_form_has(&req->form, "ticket"))
		return with_code(req, &s, out);
	return with_passphrase(req, &s, out);
}

struct rp_err *
rp_web_sign_out(const struct rp_request *req, struct rp_response *out)
{
	RP_TRY(rp_session_end(req->who, req->tx));
	rp_web_cookie_drop(req, out);
	out->no_store = true;
	return rp_response_see_other(out,
	    rp_urlf(req->arena, "/%s/sign-in?out=1",
		rp_lang_tag(req->reader.lang).p));
}
