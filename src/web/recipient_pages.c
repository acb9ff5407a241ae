/* recipient_pages - what a recipient does by the link in a mail. */
#include "base/err.h"
#include "domain/group.h"
#include "domain/mailing.h"
#include "render/t_recipient.h"
#include "web/desk.h"
#include "web/staff.h"

static rp_url
url_of(const struct rp_request *req)
{
	return rp_urlf(req->arena, "/%s/u/%s", rp_lang_tag(req->reader.lang).p,
	    req->params.secret.p);
}

struct rp_err *
rp_web_recipient(const struct rp_request *req, struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "arrived", M_recipient_done_arrived },
		{ "refused", M_recipient_done_refused },
		{ NULL, M_none },
	};
	struct v_recipient v = { .action = url_of(req),
		.done = rp_desk_word(req, done) };
	struct rp_recipient_self self;
	struct rp_group g;
	rp_html content;

	RP_TRY(rp_recipient_self(req->who, req->tx, req->params.secret, &self));
	RP_TRY(rp_group_get_by_id(req->who, req->tx, self.group_id,
	    rp_lang_tag(req->reader.lang), &g));
	v.group = g.name.body;
	v.refused = self.is_refused;
	RP_TRY(rp_web_render(req, recipient, &v, &content));
	return rp_web_private(req, rp_web_msg(req, M_recipient_title), false,
	    content, out);
}

struct rp_err *
rp_web_recipient_post(const struct rp_request *req, struct rp_response *out)
{
	if (rp_desk_button(req, "refuse")) {
		RP_TRY(rp_recipient_self_refuse(req->who, req->tx,
		    req->params.secret));
		return rp_desk_done(out, req, url_of(req), "refused");
	}
	RP_TRY(rp_recipient_self_acknowledge(req->who, req->tx,
	    req->params.secret));
	return rp_desk_done(out, req, url_of(req), "arrived");
}

/* One click of a mail program (RFC 8058); the body says nothing more. */
struct rp_err *
rp_web_api_unsubscribe(const struct rp_request *req, struct rp_response *out)
{
	RP_TRY(rp_recipient_self_refuse(req->who, req->tx, req->params.secret));
	out->status = 204;
	out->no_store = true;
	return NULL;
}
