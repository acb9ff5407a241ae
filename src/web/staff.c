#include "web/staff.h"

#include <string.h>

#include "base/err.h"
#include "domain/account.h"
#include "domain/crypto.h"
#include "domain/session.h"
#include "render/t_message.h"
#include "text/input.h"
#include "text/lang.h"
#include "web/page.h"
#include "web/server.h"

/* How long a page to sign in may stay open. */
#define STRANGER_AGE ((int64_t)60 * 60 * 1000)

bool
rp_web_button(const struct rp_request *req, const char *name)
{
	rp_bytes given = rp_form_value(&req->form, "do");
	size_t n = strlen(name);

	return given.n == n && memcmp(given.p, name, n) == 0;
}

struct rp_err *
rp_web_private(const struct rp_request *req, rp_text title, bool wide,
    rp_html content, struct rp_response *out)
{
	struct rp_frame f = { .title = title, .wide = wide, .private = true };

	out->no_store = true;
	return rp_web_frame(req, &f, content, out);
}

struct rp_err *
rp_web_say(const struct rp_request *req, enum rp_msg title, enum rp_msg text,
    rp_url link, enum rp_msg label, struct rp_response *out)
{
	struct v_message v = { .title = title,
		.text = text,
		.link_url = link,
		.link_label = label };
	rp_html content;

	RP_TRY(rp_web_render(req, message, &v, &content));
	return rp_web_private(req, rp_web_msg(req, title), false, content, out);
}

static bool
over_tls(const struct rp_request *req)
{
	const struct rp_web_options *o = rp_web_options_of(req->web);

	return o->tls_certificate != NULL ||
	       rp_text_starts(o->public_url, RP_TEXT("https://"));
}

void
rp_web_cookie_set(const struct rp_request *req, rp_text secret, int64_t age_ms,
    struct rp_response *out)
{
	rp_response_header(out, "Set-Cookie",
	    rp_textf(req->arena,
		RP_WEB_COOKIE "=%.*s; Path=/; Max-Age=%lld; HttpOnly; "
			      "SameSite=Lax%s",
		RP_FMT(secret), (long long)(age_ms / 1000),
		over_tls(req) ? "; Secure" : ""));
}

void
rp_web_cookie_drop(const struct rp_request *req, struct rp_response *out)
{
	rp_web_cookie_set(req, RP_TEXT(""), 0, out);
}

rp_text
rp_web_stranger_token(const struct rp_request *req, struct rp_response *out)
{
	const struct rp_env *env = req->who->env;
	rp_text secret = req->session_secret;

	if (secret.n != RP_SECRET_LEN) {
		secret = rp_secret_new(req->arena, env);
		rp_web_cookie_set(req, secret, STRANGER_AGE, out);
	}
	return rp_session_csrf(req->arena, env, secret);
}

bool
rp_web_stranger_sent(const struct rp_request *req)
{
	rp_text token;
	struct rp_err *e = rp_form_line(req, &req->form, "token", 200, &token);
	bool ok = e == NULL && rp_session_csrf_ok(req->arena, req->who->env,
				   req->session_secret, token);

	rp_err_free(e);
	return ok;
}

struct rp_err *
rp_web_begin_session(const struct rp_request *req, int64_t person_id,
    bool second_factor, rp_text to, struct rp_response *out)
{
	const char *lang = rp_lang_tag(req->reader.lang).p;
	struct rp_actor person = *req->who;
	rp_text secret;
	rp_url where;

	RP_TRY(rp_session_begin(req->who, req->tx, person_id, second_factor,
	    req->user_agent, &secret));
	RP_TRY(rp_actor_load(req->tx, person_id, &person));
	rp_web_cookie_set(req, secret, req->who->env->session_max_age, out);
	if (to.n > 0)
		where = rp_urlf(req->arena, "%.*s", RP_FMT(to));
	else if (rp_actor_is_staff(&person))
		where = rp_urlf(req->arena, "/%s/desk/", lang);
	else
		where = rp_urlf(req->arena, "/%s/account", lang);
	out->no_store = true;
	return rp_response_see_other(out, where);
}

/* What stands for itself in a path or query; the rest is percent-encoded. */
static bool
stays(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr("/?&=%-._~+,;:@", c) != NULL);
}

rp_text
rp_web_to(const struct rp_request *req, const struct rp_urlform *form)
{
	rp_text typed, to = RP_TEXT("");
	struct rp_err *e = rp_form_line(req, form, "to", RP_TO_MAX, &typed);

	if (e != NULL || typed.n == 0 || typed.p[0] != '/') {
		rp_err_free(e);
		return to;
	}
	/* "//host" and "/\host" are other people's addresses to a browser. */
	if (typed.n > 1 && (typed.p[1] == '/' || typed.p[1] == '\\'))
		return to;
	for (size_t i = 0; i < typed.n; i++) {
		rp_text one = rp_text_sub(typed, i, i + 1);

		if (!stays(typed.p[i]))
			one = rp_percent_encode(req->arena, rp_text_bytes(one));
		to = rp_textf(req->arena, "%.*s%.*s", RP_FMT(to), RP_FMT(one));
	}
	return to;
}

struct rp_err *
rp_web_new_passphrase(const struct rp_request *req, rp_text name,
    struct rp_new_passphrase *out)
{
	rp_text repeat;
	struct rp_err *e;

	*out = (struct rp_new_passphrase){ 0 };
	RP_TRY(rp_form_text(req, &req->form, "passphrase", RP_PASSPHRASE_MAX,
	    &out->value));
	RP_TRY(rp_form_text(req, &req->form, "repeat", RP_PASSPHRASE_MAX,
	    &repeat));
	e = rp_passphrase_judge(out->value, name, RP_TEXT(""));
	if (e != NULL)
		out->error =
		    rp_text_code_points(out->value) < RP_PASSPHRASE_MIN ?
			M_passphrase_error_short :
			M_passphrase_error_common;
	else if (!rp_text_eq(out->value, repeat))
		out->repeat_error = M_passphrase_error_repeat;
	rp_err_free(e);
	return NULL;
}

rp_text
rp_web_passphrase_error(const struct rp_request *req, enum rp_msg id)
{
	const struct rp_msg_arg n = RP_MSG_NUM(RP_PASSPHRASE_MIN);

	if (id == M_none)
		return RP_TEXT("");
	if (id == M_passphrase_error_short)
		return rp_message(req->arena, &req->reader, id, &n, 1);
	return rp_web_msg(req, id);
}
