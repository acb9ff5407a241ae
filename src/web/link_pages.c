#include "base/err.h"
#include "domain/account.h"
#include "domain/crypto.h"
#include "domain/one_time.h"
#include "render/t_passphrase.h"
#include "text/lang.h"
#include "web/page.h"
#include "web/staff.h"

static struct rp_err *
show(const struct rp_request *req, const struct rp_one_time *link,
    const struct rp_new_passphrase *given, struct rp_response *out)
{
	struct v_passphrase v = {
		.action = rp_urlf(req->arena, "/%s/l/%s",
		    rp_lang_tag(req->reader.lang).p, req->params.secret.p),
		.person = link->name,
		.is_first =
		    rp_text_eq(link->kind, RP_TEXT("first_administrator")),
		.minimum = RP_PASSPHRASE_MIN,
		.passphrase_error = rp_web_passphrase_error(req, given->error),
		.repeat_error =
		    rp_web_passphrase_error(req, given->repeat_error),
	};
	rp_html content;

	RP_TRY(rp_web_render(req, passphrase, &v, &content));
	return rp_web_private(req, rp_web_msg(req, M_passphrase_title), false,
	    content, out);
}

/* A link that is good no more, or a secret that nobody was given: one page. */
static struct rp_err *
over(const struct rp_request *req, struct rp_err *e, struct rp_response *out)
{
	enum rp_ecode code = rp_err_code(e);

	if (code != RP_E_GONE && code != RP_E_NOTFOUND)
		return e;
	rp_err_free(e);
	out->status = code == RP_E_GONE ? 410 : 404;
	return rp_web_say(req, M_sign_in_link_used_title, M_sign_in_link_used,
	    rp_urlf(req->arena, "/%s/sign-in", rp_lang_tag(req->reader.lang).p),
	    M_frame_sign_in, out);
}

struct rp_err *
rp_web_link(const struct rp_request *req, struct rp_response *out)
{
	struct rp_new_passphrase none = { 0 };
	struct rp_one_time link;
	struct rp_err *e;

	e = rp_one_time_get(req->who, req->tx, req->params.secret, &link);
	if (e != NULL)
		return over(req, e, out);
	return show(req, &link, &none, out);
}

/* The passphrase is hashed: it is set, and its owner signed in. */
static struct rp_err *
use(const struct rp_request *req, struct rp_response *out)
{
	struct rp_sign_in in = { .hash = req->hash_reply.hash };
	struct rp_err *e;

	e = rp_one_time_use(req->who, req->tx, req->params.secret, in.hash,
	    &in.person_id);
	if (e != NULL)
		return over(req, e, out);
	RP_TRY(
	    rp_account_needs_second(req->tx, in.person_id, &in.needs_second));
	if (in.needs_second)
		return rp_web_ask_code(req,
		    rp_account_ticket(req->who, req->arena, &in), RP_TEXT(""),
		    M_none, out);
	return rp_web_begin_session(req, in.person_id, false, RP_TEXT(""), out);
}

/* The secret in the address is what no other site knows: no token. */
struct rp_err *
rp_web_link_post(const struct rp_request *req, struct rp_response *out)
{
	struct rp_new_passphrase given;
	struct rp_one_time link;
	struct rp_err *e;

	e = rp_one_time_get(req->who, req->tx, req->params.secret, &link);
	if (e != NULL)
		return over(req, e, out);
	RP_TRY(rp_web_new_passphrase(req, link.name, &given));
	if (given.error != M_none || given.repeat_error != M_none) {
		out->status = 400;
		return show(req, &link, &given, out);
	}
	if (req->hash_reply.round == 0) {
		out->hash = (struct rp_hash_request){ .wanted = true,
			.passphrase = given.value };
		return NULL;
	}
	if (!req->hash_reply.ok)
		return rp_fail(RP_E_UNAVAILABLE, "the hasher could not hash");
	return use(req, out);
}
