#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "domain/receipt.h"
#include "domain/response.h"
#include "render/t_receipt.h"
#include "render/t_withdraw.h"
#include "text/format.h"
#include "web/page.h"
#include "web/server.h"

static struct rp_err *
record_of(const struct rp_request *req, struct rp_response_record *r,
    struct rp_consultation *c)
{
	RP_TRY(rp_response_by_secret(req->who, req->tx, req->params.secret, r));
	return rp_consultation_get_by_id(req->who, req->tx, r->consultation_id,
	    rp_lang_tag(req->reader.lang), c);
}

static enum rp_msg
attachment_state(rp_text state)
{
	if (rp_text_eq(state, RP_TEXT("received")))
		return M_receipt_attachment_waiting;
	if (rp_text_eq(state, RP_TEXT("read")))
		return M_receipt_attachment_read;
	return M_receipt_attachment_not_read;
}

/* The text that would have been mailed, to copy. */
static rp_text
mail_copy(const struct rp_request *req, const struct rp_response_record *r,
    const struct rp_consultation *c)
{
	const struct rp_web_options *o = rp_web_options_of(req->web);

	return rp_textf(req->arena, "%.*s\n%s: %.*s\n%s: %s\n%s: %s\n%s/r/%s\n",
	    RP_FMT(c->title.body), rp_web_msg(req, M_receipt_code).p,
	    RP_FMT(r->code), rp_web_msg(req, M_receipt_time).p,
	    rp_web_utc(req, r->standing.received_at).p,
	    rp_web_msg(req, M_receipt_hash).p, r->standing.digest.p,
	    o->public_url.p, req->params.secret.p);
}

static rp_url
below(const struct rp_request *req, const char *rest)
{
	return rp_urlf(req->arena, "/r/%s%s?lang=%s", req->params.secret.p,
	    rest, rp_lang_tag(req->reader.lang).p);
}

static void
add_links(const struct rp_request *req, const struct rp_response_record *r,
    const struct rp_consultation *c, struct v_receipt *v)
{
	const struct rp_web_options *o = rp_web_options_of(req->web);

	v->receipt_text = rp_textf(req->arena, "%.*s/r/%s",
	    RP_FMT(o->public_url), req->params.secret.p);
	v->receipt_url = below(req, "");
	v->download_url = below(req, "/file");
	if (!v->is_withdrawn) {
		v->revise_url = below(req, "/revise");
		v->withdraw_url = below(req, "/withdraw");
	}
	if (r->public_revision_id != 0 && rp_consultation_shows_responses(c))
		v->public_url = rp_web_consultation_url(req, c,
		    rp_textf(req->arena, "responses/%lld", (long long)r->number)
			.p);
}

static void
add_files(const struct rp_request *req, const struct rp_response_record *r,
    struct v_receipt *v)
{
	for (size_t i = 0; i < r->standing.attachments.n; i++) {
		const struct rp_attachment *a = &r->standing.attachments.v[i];
		struct v_receipt_attachments row = {
			.name = a->name,
			.size = rp_format_size(req->reader.locale, req->arena,
			    a->size),
			.state = attachment_state(a->state),
		};

		rp_vec_push(req->arena, &v->attachments, row);
	}
}

/* Who sent it once is not bothered with a list of one. */
static struct rp_err *
add_revisions(const struct rp_request *req, const struct rp_consultation *c,
    struct v_receipt *v)
{
	struct rp_revisions_at all;

	RP_TRY(
	    rp_response_revisions(req->who, req->tx, req->params.secret, &all));
	for (size_t i = 0; all.n > 1 && i < all.n; i++) {
		struct v_receipt_revisions row = {
			.n = all.v[i].n,
			.time = rp_web_time(req, c->zone, all.v[i].received_at),
			.iso = rp_web_iso(req, all.v[i].received_at),
			.hash = all.v[i].digest,
		};

		rp_vec_push(req->arena, &v->revisions, row);
	}
	return NULL;
}

struct rp_err *
rp_web_receipt(const struct rp_request *req, struct rp_response *out)
{
	struct rp_response_record r;
	struct rp_consultation c;
	struct rp_frame f = { .group = &c.group, .private = true };
	struct v_receipt v = { 0 };
	rp_html content;

	RP_TRY(record_of(req, &r, &c));
	if (r.is_erased)
		return rp_fail(RP_E_GONE, "erased");
	v.is_new = rp_form_has(&req->query, "new");
	v.is_late = r.is_late;
	v.is_withdrawn = r.withdrawn_at != 0;
	v.code = r.code;
	v.time = rp_web_time(req, c.zone, r.standing.received_at);
	v.utc_time = rp_web_utc(req, r.standing.received_at);
	v.iso = rp_web_iso(req, r.standing.received_at);
	v.hash = r.standing.digest;
	v.revision = r.standing.n;
	v.status = (struct v_chip){ .kind = r.state,
		.label = rp_web_msg(req, rp_msg_response_state(r.state)) };
	v.consultation_title = c.title.body;
	v.consultation_lang = c.title.lang;
	v.consultation_url = rp_web_consultation_url(req, &c, "");
	v.publication = c.publication == RP_PUBLISH_AS_CHECKED ?
			    M_consultation_publication_as_checked :
			    M_consultation_publication_after_deadline;
	if (r.messages.n > 0) {
		v.message = r.messages.v[r.messages.n - 1].body;
		v.message_lang = r.standing.lang;
	}
	if (!req->who->env->mail_configured)
		v.mail_copy = mail_copy(req, &r, &c);
	add_links(req, &r, &c, &v);
	add_files(req, &r, &v);
	RP_TRY(add_revisions(req, &c, &v));
	f.title = rp_web_msg(req, M_receipt_title);
	out->no_store = true;
	RP_TRY(rp_web_render(req, receipt, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

/* The submission that the canonical form is made of, from what is stored. */
static struct rp_submission
submitted(const struct rp_request *req, const struct rp_revision *r)
{
	struct rp_submission s = {
		.capacity = r->capacity,
		.name = r->name,
		.organisation = r->organisation,
		.job_title = r->job_title,
		.signatories = r->signatories,
		.category = r->category,
		.country = r->country,
		.lang = r->lang,
		.summary = r->summary,
		.authorisation = r->authorisation,
		.notice_id = r->notice_id,
		.present = r->present,
		.needs = r->needs,
	};

	for (size_t i = 0; i < r->answers.n; i++) {
		struct rp_answer_in in = { .position = r->answers.v[i].position,
			.body = r->answers.v[i].body };

		rp_vec_push(req->arena, &s.answers, in);
	}
	return s;
}

struct rp_err *
rp_web_receipt_file(const struct rp_request *req, struct rp_response *out)
{
	const struct rp_web_options *o = rp_web_options_of(req->web);
	struct rp_receipt_files files = { 0 };
	struct rp_response_record r;
	struct rp_consultation c;
	struct rp_submission s;
	struct rp_buf b;
	rp_bytes canonical;

	RP_TRY(record_of(req, &r, &c));
	if (r.is_erased)
		return rp_fail(RP_E_GONE, "erased");
	for (size_t i = 0; i < r.standing.attachments.n; i++) {
		struct rp_receipt_file file = {
			r.standing.attachments.v[i].name,
			r.standing.attachments.v[i].digest,
		};

		rp_vec_push(req->arena, &files, file);
	}
	s = submitted(req, &r.standing);
	RP_TRY(rp_receipt_canonical(req->arena, &s, r.standing.email, &files,
	    &canonical));
	rp_buf_init(&b, req->arena, RP_CANONICAL_MAX * 2);
	rp_buf_f(&b,
	    "code: %.*s\nreceived: %s\nrevision: %lld\nsha256: %s\n"
	    "nonce: %s\nlink: %.*s/r/%s\n\n",
	    RP_FMT(r.code), rp_web_iso(req, r.standing.received_at).p,
	    (long long)r.standing.n, r.standing.digest.p, r.standing.nonce.p,
	    RP_FMT(o->public_url), req->params.secret.p);
	rp_buf_bytes_add(&b, canonical);
	rp_response_header(out, "Content-Disposition",
	    rp_textf(req->arena, "attachment; filename=\"%.*s.txt\"",
		RP_FMT(r.code)));
	out->type = "text/plain; charset=utf-8";
	out->no_store = true;
	return rp_buf_bytes(&b, &out->body);
}

struct rp_err *
rp_web_withdraw(const struct rp_request *req, struct rp_response *out)
{
	struct rp_response_record r;
	struct rp_consultation c;
	struct rp_frame f = { .group = &c.group, .private = true };
	struct v_withdraw v = { 0 };
	rp_html content;

	RP_TRY(record_of(req, &r, &c));
	if (r.withdrawn_at != 0)
		return rp_response_see_other(out, below(req, ""));
	v.code = r.code;
	v.action = below(req, "/withdraw");
	v.receipt_url = below(req, "");
	v.after_deadline = c.state >= RP_CONSULTATION_CLOSED;
	f.title = rp_web_msg(req, M_withdraw_title);
	out->no_store = true;
	RP_TRY(rp_web_render(req, withdraw, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

/* The secret of the link is the right; a page of others cannot know it. */
struct rp_err *
rp_web_withdraw_post(const struct rp_request *req, struct rp_response *out)
{
	RP_TRY(rp_response_withdraw(req->who, req->tx, req->params.secret));
	out->no_store = true;
	return rp_response_see_other(out, below(req, ""));
}
