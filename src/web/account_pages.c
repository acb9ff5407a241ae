#include "base/clock.h"
#include "base/err.h"
#include "domain/account.h"
#include "domain/attempt.h"
#include "domain/crypto.h"
#include "domain/person.h"
#include "domain/session.h"
#include "domain/totp.h"
#include "render/qr.h"
#include "render/t_account.h"
#include "render/t_passphrase.h"
#include "text/format.h"
#include "text/lang.h"
#include "web/desk.h"
#include "web/page.h"
#include "web/server.h"
#include "web/staff.h"

#define TOKEN_DAYS 90 /* offered first */

static rp_url
here(const struct rp_request *req, const char *rest)
{
	return rp_urlf(req->arena, "/%s/account%s",
	    rp_lang_tag(req->reader.lang).p, rest);
}

static rp_text
time_here(const struct rp_request *req, int64_t at)
{
	return rp_web_time(req,
	    req->who->zone.n ? req->who->zone : RP_TEXT("UTC"), at);
}

static struct rp_err *
add_sessions(const struct rp_request *req, struct v_account *v)
{
	struct rp_sessions all;

	RP_TRY(rp_session_list(req->who, req->tx, req->who->person_id, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_session *s = &all.v[i];
		struct v_account_sessions row = { .id = s->id,
			.is_current = s->is_this,
			.browser = s->browser,
			.network = s->network,
			.started = time_here(req, s->created_at),
			.seen = rp_web_relative(req, s->seen_at) };

		rp_vec_push(req->arena, &v->sessions, row);
	}
	return NULL;
}

/* "check export" as the sentences that the page about rights has. */
static rp_text
in_words(const struct rp_request *req, rp_text capabilities)
{
	rp_text words[RP_CAPABILITY_COUNT];
	size_t n = 0;

	for (size_t from = 0;
	     from < capabilities.n && n < RP_CAPABILITY_COUNT;) {
		size_t to = rp_text_find(capabilities, ' ', from);
		enum rp_capability c =
		    rp_capability_from(rp_text_sub(capabilities, from, to));

		if (c != RP_MAY_NOTHING)
			words[n++] = rp_web_msg(req, rp_msg_capability(c));
		from = to + 1;
	}
	return rp_format_list(req->reader.locale, req->arena, words, n);
}

static struct rp_err *
add_tokens(const struct rp_request *req, struct v_account *v)
{
	struct rp_tokens all;

	RP_TRY(rp_token_list(req->who, req->tx, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_token *t = &all.v[i];
		struct v_account_tokens row = { .id = t->id,
			.name = t->name,
			.rights = in_words(req, t->capabilities),
			.expires = time_here(req, t->expires_at) };

		if (t->revoked_at == 0 && t->expires_at > req->now)
			rp_vec_push(req->arena, &v->tokens, row);
	}
	if (v->token_until.n == 0)
		v->token_until =
		    rp_text_sub(rp_clock_rfc3339(req->arena,
				    req->now + TOKEN_DAYS * RP_DAY),
			0, 10);
	return NULL;
}

/* What one has somewhere can be given on. */
static void
add_grantable(const struct rp_request *req, struct v_account *v)
{
	const struct rp_grants *g = &req->who->grants;

	for (int c = RP_MAY_READ; c < RP_CAPABILITY_COUNT; c++) {
		struct v_account_grantable one = {
			.value = rp_capability_name((enum rp_capability)c),
			.label = rp_msg_capability((enum rp_capability)c),
		};
		bool has = false;

		for (size_t i = 0; i < g->n; i++)
			has |= (int)g->v[i].capability == c ||
			       g->v[i].capability == RP_MAY_ADMINISTER;
		if (has)
			rp_vec_push(req->arena, &v->grantable, one);
	}
}

static enum rp_msg
what_was_done(const struct rp_request *req)
{
	static const struct rp_desk_word words[] = {
		{ "saved", M_account_done_saved },
		{ "session", M_account_done_session },
		{ "token", M_account_done_token },
		{ "second_factor_off", M_account_done_second_factor_off },
		{ "passphrase", M_account_done_passphrase },
		{ NULL, M_none },
	};

	return rp_desk_word(req, words);
}

/* `v` has what the page is about this time; the rest is filled in here. */
static struct rp_err *
show(const struct rp_request *req, struct v_account *v, struct rp_response *out)
{
	rp_text address_error = v->addresses.error,
		entered = v->addresses.entered;
	struct rp_account account;
	struct rp_person p;
	rp_html content;

	RP_TRY(rp_person_get(req->who, req->tx, req->who->person_id, &p));
	RP_TRY(rp_account_get(req->who, req->tx, &account));
	v->action = here(req, "");
	v->token = req->csrf;
	v->passphrase_url = here(req, "/passphrase");
	if (v->name_error.n == 0) {
		v->name = p.name;
		v->latin = p.name_latin;
	}
	v->name_lang = p.name_lang;
	v->has_second_factor = account.totp_on;
	v->codes_left = account.codes_left;
	v->addresses = rp_web_addresses(req, &p, v->action);
	v->addresses.error = address_error;
	v->addresses.entered = entered;
	RP_COPY_CHOICES(req, &v->languages,
	    rp_web_language_choices(req, p.lang));
	RP_COPY_CHOICES(req, &v->zones, rp_web_zone_choices(req, p.zone));
	RP_TRY(add_sessions(req, v));
	RP_TRY(add_tokens(req, v));
	add_grantable(req, v);
	RP_TRY(rp_web_render(req, account, v, &content));
	return rp_web_private(req, p.name, false, content, out);
}

struct rp_err *
rp_web_account(const struct rp_request *req, struct rp_response *out)
{
	struct v_account v = { .done = what_was_done(req) };

	return show(req, &v, out);
}

static struct rp_err *
done(const struct rp_request *req, const char *word, struct rp_response *out)
{
	out->no_store = true;
	return rp_desk_done(out, req, here(req, ""), word);
}

static struct rp_err *
save(const struct rp_request *req, struct rp_response *out)
{
	struct v_account v = { 0 };
	struct rp_person p;

	RP_TRY(rp_person_get(req->who, req->tx, req->who->person_id, &p));
	RP_TRY(
	    rp_form_line(req, &req->form, "name", RP_PERSON_NAME_MAX, &p.name));
	RP_TRY(rp_form_line(req, &req->form, "name_latin", RP_PERSON_NAME_MAX,
	    &p.name_latin));
	RP_TRY(rp_form_line(req, &req->form, "lang", 35, &p.lang));
	RP_TRY(rp_form_line(req, &req->form, "zone", RP_ZONE_ID_MAX, &p.zone));
	if (p.name.n == 0) {
		v.name_error = rp_web_msg(req, M_answer_error_name);
		v.latin = p.name_latin;
		out->status = 400;
		return show(req, &v, out);
	}
	RP_TRY(rp_person_change(req->who, req->tx, &p));
	return done(req, "saved", out);
}

static struct rp_err *
addresses(const struct rp_request *req, struct rp_response *out)
{
	struct v_account v = { 0 };
	enum rp_msg error;

	RP_TRY(rp_web_addresses_do(req, req->who->person_id, &error));
	if (error == M_none)
		return done(req, "saved", out);
	v.addresses.error = rp_web_msg(req, error);
	RP_TRY(rp_form_line(req, &req->form, "new_address",
	    RP_ADDRESS_FIELD_MAX, &v.addresses.entered));
	out->status = 400;
	return show(req, &v, out);
}

/* The secret is on the page until a code proves that it arrived. */
static struct rp_err *
set_up(const struct rp_request *req, rp_bytes secret, enum rp_msg error,
    struct rp_response *out)
{
	const struct rp_web_options *o = rp_web_options_of(req->web);
	struct v_account v = { .setting_up = true,
		.secret = rp_totp_secret_text(req->arena, secret),
		.secret_hex = rp_hex(req->arena, secret) };

	v.secret_url =
	    rp_totp_uri(req->arena, o->body_name, req->who->name, secret);
	RP_TRY(rp_qr(req->arena, v.secret_url, rp_web_msg(req, M_account_qr),
	    &v.qr));
	if (error != M_none) {
		v.code_error = rp_web_msg(req, error);
		out->status = 400;
	}
	return show(req, &v, out);
}

/*
 * A session that is worth more now gets a new secret: what somebody saw of the
 * old one opens nothing. `out_req` and `out_who` are of the new one.
 */
static struct rp_err *
renew(const struct rp_request *req, bool second_factor,
    struct rp_request *out_req, struct rp_actor *out_who,
    struct rp_response *out)
{
	const struct rp_env *env = req->who->env;
	struct rp_session_state state;
	rp_text secret;

	RP_TRY(rp_session_end(req->who, req->tx));
	RP_TRY(rp_session_begin(req->who, req->tx, req->who->person_id,
	    second_factor, req->user_agent, &secret));
	RP_TRY(
	    rp_session_actor(req->tx, env, secret, req->now, out_who, &state));
	out_who->network = req->who->network;
	*out_req = *req;
	out_req->who = out_who;
	out_req->session_secret = secret;
	out_req->csrf = rp_session_csrf(req->arena, env, secret);
	rp_web_cookie_set(req, secret, env->session_max_age, out);
	return NULL;
}

static struct rp_err *
show_codes(const struct rp_request *req, const struct rp_codes *codes,
    enum rp_msg what, struct rp_response *out)
{
	struct v_account v = { .done = what };

	for (size_t i = 0; i < codes->n; i++)
		rp_vec_push(req->arena, &v.codes,
		    ((struct v_account_codes){ .code = codes->v[i] }));
	return show(req, &v, out);
}

static struct rp_err *
confirm(const struct rp_request *req, struct rp_response *out)
{
	struct rp_request again;
	struct rp_codes codes;
	struct rp_actor who;
	rp_text hex, code;
	rp_bytes secret;
	struct rp_err *e;

	RP_TRY(rp_form_line(req, &req->form, "secret", 200, &hex));
	RP_TRY(rp_form_line(req, &req->form, "code", 200, &code));
	RP_TRY(rp_unhex(req->arena, hex, &secret));
	if (secret.n != RP_TOTP_SECRET_SIZE)
		return rp_fail(RP_E_INVALID, "secret of %zu octets", secret.n);
	e = rp_account_totp_on(req->who, req->tx, secret, code, &codes);
	if (e != NULL && rp_err_code(e) == RP_E_INVALID) {
		rp_err_free(e);
		return set_up(req, secret, M_sign_in_error_code, out);
	}
	RP_TRY(e);
	RP_TRY(renew(req, true, &again, &who, out));
	return show_codes(&again, &codes, M_account_done_second_factor_on, out);
}

static struct rp_err *
switch_off(const struct rp_request *req, struct rp_response *out)
{
	struct v_account v = { 0 };
	struct rp_err *e;
	rp_text code;

	RP_TRY(rp_form_line(req, &req->form, "code", 200, &code));
	e = rp_account_totp_off(req->who, req->tx, code);
	if (e == NULL)
		return done(req, "second_factor_off", out);
	if (rp_err_code(e) != RP_E_UNKNOWN)
		return e;
	rp_err_free(e);
	v.code_error = rp_web_msg(req, M_sign_in_error_code);
	out->status = 400;
	return show(req, &v, out);
}

static struct rp_err *
new_codes(const struct rp_request *req, struct rp_response *out)
{
	struct rp_codes codes;

	RP_TRY(rp_account_new_codes(req->who, req->tx, &codes));
	return show_codes(req, &codes, M_none, out);
}

/* The boxes that were ticked, as the domain keeps them. */
static rp_text
ticked(const struct rp_request *req)
{
	rp_text all = RP_TEXT("");

	for (int c = RP_MAY_READ; c < RP_CAPABILITY_COUNT; c++) {
		rp_text name = rp_capability_name((enum rp_capability)c);

		for (size_t i = 0; i < req->form.n; i++) {
			const struct rp_urlform_field *f = &req->form.v[i];
			rp_text key = { (const char *)f->name.p, f->name.n };
			rp_text value = { (const char *)f->value.p,
				f->value.n };

			if (!rp_text_eq(key, RP_TEXT("right")) ||
			    !rp_text_eq(value, name))
				continue;
			all = rp_textf(req->arena, "%.*s%s%.*s", RP_FMT(all),
			    all.n ? " " : "", RP_FMT(name));
			break;
		}
	}
	return all;
}

static struct rp_err *
new_token(const struct rp_request *req, struct rp_response *out)
{
	struct rp_token t = { .capabilities = ticked(req) };
	struct v_account v = { 0 };
	struct rp_err *e;

	RP_TRY(rp_form_line(req, &req->form, "token_name", RP_TOKEN_NAME_MAX,
	    &t.name));
	e = rp_web_last_minute(req, "token_until", &t.expires_at);
	if (e == NULL)
		e = rp_token_make(req->who, req->tx, &t, &v.new_token);
	if (e == NULL)
		return show(req, &v, out);
	if (rp_err_code(e) != RP_E_INVALID)
		return e;
	rp_err_free(e);
	v.token_error = M_account_error_token;
	out->status = 400;
	return show(req, &v, out);
}

struct rp_err *
rp_web_account_post(const struct rp_request *req, struct rp_response *out)
{
	int64_t person = req->who->person_id;

	if (rp_desk_button(req, "preferences"))
		return save(req, out);
	if (rp_web_addresses_button(req))
		return addresses(req, out);
	if (rp_desk_button(req, "second_factor_on"))
		return set_up(req,
		    rp_totp_secret_new(req->arena, req->who->env), M_none, out);
	if (rp_desk_button(req, "second_factor_confirm"))
		return confirm(req, out);
	if (rp_desk_button(req, "second_factor_off"))
		return switch_off(req, out);
	if (rp_desk_button(req, "new_codes"))
		return new_codes(req, out);
	if (rp_desk_button(req, "new_token"))
		return new_token(req, out);
	if (rp_desk_button(req, "end_session")) {
		RP_TRY(rp_session_revoke(req->who, req->tx, person,
		    rp_desk_number(req, &req->form, "session")));
		return done(req, "session", out);
	}
	if (rp_desk_button(req, "end_token")) {
		RP_TRY(rp_token_revoke(req->who, req->tx,
		    rp_desk_number(req, &req->form, "api_token")));
		return done(req, "token", out);
	}
	return rp_fail(RP_E_INVALID, "no such button");
}

static struct rp_err *
ask_passphrase(const struct rp_request *req,
    const struct rp_new_passphrase *given, enum rp_msg current_error,
    struct rp_response *out)
{
	struct v_passphrase v = {
		.action = here(req, "/passphrase"),
		.token = req->csrf,
		.person = req->who->name,
		.is_change = true,
		.minimum = RP_PASSPHRASE_MIN,
		.passphrase_error = rp_web_passphrase_error(req, given->error),
		.repeat_error =
		    rp_web_passphrase_error(req, given->repeat_error),
		.current_error = rp_web_passphrase_error(req, current_error),
	};
	rp_html content;

	if (given->error != M_none || given->repeat_error != M_none ||
	    current_error != M_none)
		out->status = 400;
	RP_TRY(rp_web_render(req, passphrase, &v, &content));
	return rp_web_private(req, rp_web_msg(req, M_passphrase_title), false,
	    content, out);
}

struct rp_err *
rp_web_account_passphrase(const struct rp_request *req, struct rp_response *out)
{
	struct rp_new_passphrase none = { 0 };

	return ask_passphrase(req, &none, M_none, out);
}

static struct rp_err *
has_second(const struct rp_request *req, bool *out)
{
	struct rp_sessions all;

	RP_TRY(rp_session_list(req->who, req->tx, req->who->person_id, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].is_this)
			*out = all.v[i].second_factor;
	return NULL;
}

/* The old one was right and the new one is hashed. */
static struct rp_err *
change(const struct rp_request *req, struct rp_response *out)
{
	struct rp_request again;
	bool second = false;
	struct rp_actor who;

	if (!req->hash_reply.ok)
		return rp_fail(RP_E_UNAVAILABLE, "the hasher could not hash");
	RP_TRY(
	    rp_account_set_passphrase(req->who, req->tx, req->hash_reply.hash));
	RP_TRY(has_second(req, &second));
	RP_TRY(renew(req, second, &again, &who, out));
	return done(req, "passphrase", out);
}

struct rp_err *
rp_web_account_passphrase_post(const struct rp_request *req,
    struct rp_response *out)
{
	struct rp_attempts *tries = rp_web_options_of(req->web)->attempts;
	struct rp_attempt at = { .network = req->who->network,
		.wide = req->wide };
	struct rp_new_passphrase given;
	struct rp_account account;
	rp_text current;

	if (req->hash_reply.round == 2)
		return change(req, out);
	at.account = rp_textf(req->arena, "passphrase of %lld",
	    (long long)req->who->person_id);
	RP_TRY(rp_form_text(req, &req->form, "current", RP_PASSPHRASE_MAX,
	    &current));
	RP_TRY(rp_web_new_passphrase(req, req->who->name, &given));
	if (given.error != M_none || given.repeat_error != M_none)
		return ask_passphrase(req, &given, M_none, out);
	RP_TRY(rp_account_get(req->who, req->tx, &account));
	if (account.hash.n == 0 || current.n == 0)
		return ask_passphrase(req, &given, M_passphrase_error_current,
		    out);
	if (rp_attempts_wait(tries, &at, req->now) > 0)
		return rp_fail(RP_E_RATE, "guesses at one's own passphrase");
	out->hash = (struct rp_hash_request){ .wanted = true };
	if (req->hash_reply.round == 0) {
		out->hash.passphrase = current;
		out->hash.stored = account.hash;
		return NULL;
	}
	if (req->hash_reply.ok) {
		out->hash.passphrase = given.value;
		return NULL;
	}
	out->hash.wanted = false;
	rp_attempts_failed(tries, &at, req->now);
	return ask_passphrase(req, &given, M_passphrase_error_current, out);
}
