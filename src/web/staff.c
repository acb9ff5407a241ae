#include "web/staff.h"

#include <string.h>

#include "base/err.h"
#include "domain/account.h"
#include "domain/crypto.h"
#include "domain/party.h"
#include "domain/person.h"
#include "domain/session.h"
#include "render/t_message.h"
#include "text/collate.h"
#include "text/email.h"
#include "text/format.h"
#include "text/input.h"
#include "text/lang.h"
#include "text/zone.h"
#include "web/desk.h"
#include "web/page.h"
#include "web/server.h"

/* How long a page to sign in may stay open. */
#define STRANGER_AGE ((int64_t)60 * 60 * 1000)

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

struct rp_choices
rp_web_zone_choices(const struct rp_request *req, rp_text chosen)
{
	struct rp_choices out = { 0 };
	bool found = false;
	size_t n;
	struct rp_zone_choice *all =
	    rp_zone_list(req->who->env->zones, req->arena, req->now, &n);

	for (size_t i = 0; i < n; i++) {
		struct rp_choice one = { .value = all[i].id,
			.name = rp_web_zone_label(req, &all[i]),
			.selected = rp_text_eq(all[i].id, chosen) };

		found |= one.selected;
		rp_vec_push(req->arena, &out, one);
	}
	/* An older name of a zone, or UTC: no list may change it unasked. */
	if (!found && chosen.n > 0)
		rp_vec_push(req->arena, &out,
		    ((struct rp_choice){ chosen, chosen, true }));
	return out;
}

struct rp_err *
rp_web_member_choices(const struct rp_request *req, int64_t group_id,
    const int64_t *chosen, size_t n, struct rp_choices *out)
{
	struct rp_memberships all;
	rp_text *names;
	size_t *order;

	*out = (struct rp_choices){ 0 };
	RP_TRY(rp_membership_list(req->tx, group_id, req->now,
	    rp_lang_tag(req->reader.lang), &all));
	names = rp_new_n(req->arena, rp_text, all.n + 1);
	for (size_t i = 0; i < all.n; i++)
		names[i] = all.v[i].short_name.n > 0 ? all.v[i].short_name :
			   all.v[i].name.n > 0       ? all.v[i].name :
						       all.v[i].slug;
	order = rp_collate_order(req->who->env->collation, req->arena,
	    req->reader.lang, names, all.n);
	for (size_t i = 0; i < all.n; i++) {
		int64_t id = all.v[order[i]].party_id;
		struct rp_choice one = { .value = rp_textf(req->arena, "%lld",
					     (long long)id),
			.name = names[order[i]] };

		for (size_t k = 0; k < n; k++)
			one.selected |= chosen[k] == id;
		rp_vec_push(req->arena, out, one);
	}
	return NULL;
}

struct rp_choices
rp_web_language_choices(const struct rp_request *req, rp_text chosen)
{
	struct rp_choices out = { 0 };

	for (int l = 0; l < RP_LANG_COUNT; l++) {
		rp_text tag = rp_lang_tag((enum rp_lang)l);
		struct rp_choice one = { .value = tag,
			.name = rp_lang_own_name((enum rp_lang)l),
			.selected = rp_text_eq(tag, chosen) };

		rp_vec_push(req->arena, &out, one);
	}
	return out;
}

struct rp_err *
rp_web_last_minute(const struct rp_request *req, const char *name, int64_t *out)
{
	rp_text day;

	*out = 0;
	RP_TRY(rp_form_line(req, &req->form, name, 10, &day));
	if (day.n == 0)
		return NULL;
	return rp_zone_resolve(req->who->env->zones,
	    rp_textf(req->arena, "%.*sT23:59", RP_FMT(day)), RP_TEXT("UTC"),
	    out);
}

struct v_addresses
rp_web_addresses(const struct rp_request *req, const struct rp_person *p,
    rp_url action)
{
	struct v_addresses v = { .action = action, .token = req->csrf };

	for (size_t i = 0; i < p->addresses.n; i++) {
		const struct rp_person_address *at = &p->addresses.v[i];
		struct v_addresses_rows row = { .id = at->id,
			.entered = at->entered,
			.is_primary = at->is_primary };

		rp_vec_push(req->arena, &v.rows, row);
	}
	return v;
}

bool
rp_web_addresses_button(const struct rp_request *req)
{
	return rp_desk_button(req, "address_add") ||
	       rp_desk_button(req, "address_primary") ||
	       rp_desk_button(req, "address_remove");
}

struct rp_err *
rp_web_addresses_do(const struct rp_request *req, int64_t person_id,
    enum rp_msg *out_error)
{
	int64_t id = rp_desk_number(req, &req->form, "address");
	struct rp_err *e;
	rp_text entered;

	*out_error = M_none;
	if (rp_desk_button(req, "address_primary"))
		return rp_person_address_primary(req->who, req->tx, person_id,
		    id);
	if (rp_desk_button(req, "address_remove"))
		return rp_person_address_remove(req->who, req->tx, person_id,
		    id);
	RP_TRY(rp_form_line(req, &req->form, "new_address",
	    RP_ADDRESS_FIELD_MAX, &entered));
	e = rp_person_address_add(req->who, req->tx, person_id, entered);
	if (e == NULL)
		return NULL;
	if (rp_err_code(e) == RP_E_INVALID)
		*out_error = M_answer_error_email;
	else if (rp_err_code(e) == RP_E_CONFLICT)
		*out_error = M_desk_people_error_known;
	else
		return e;
	rp_err_free(e);
	return NULL;
}
