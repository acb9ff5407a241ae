#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "codec/json.h"
#include "domain/draft.h"
#include "domain/form_token.h"
#include "domain/response.h"
#include "render/t_draft_saved.h"
#include "text/format.h"
#include "web/answer_form.h"
#include "web/page.h"
#include "web/server.h"

/* A form, as it is about to be shown. */
struct shown {
	const struct rp_consultation *c;
	struct rp_submission s;
	struct rp_problems problems;
	rp_text draft; /* secret, or empty */
	int64_t draft_saved_at;
	rp_url action;
	bool is_revision;
	struct rp_attachments kept;
};

static struct rp_err *
show(const struct rp_request *req, const struct shown *f,
    struct rp_response *out)
{
	struct rp_frame frame = { .group = &f->c->group,
		.script = RP_TEXT("answer.js"),
		.private = true };
	struct v_answer v = { .action = f->action,
		.draft = f->draft,
		.can_autosave = !f->is_revision,
		.is_revision = f->is_revision };
	rp_html content;

	RP_TRY(rp_answer_form_view(req, f->c, &f->s, &f->problems, &v));
	if (f->draft_saved_at != 0) {
		v.is_saved = true;
		v.saved_time = rp_web_time(req, f->c->zone, f->draft_saved_at);
		v.draft_url = rp_urlf(req->arena, "/d/%s", f->draft.p);
	}
	for (size_t i = 0; i < f->kept.n; i++) {
		const struct rp_attachment *a = &f->kept.v[i];
		struct v_answer_attachments row = {
			.id = rp_textf(req->arena, "%lld", (long long)a->id),
			.name = a->name,
			.size = rp_format_size(req->reader.locale, req->arena,
			    a->size),
		};

		rp_vec_push(req->arena, &v.attachments, row);
	}
	out->no_store = true;
	frame.title = rp_web_msg(req,
	    f->is_revision ? M_answer_title_revise : M_answer_title);
	RP_TRY(rp_web_render(req, answer, &v, &content));
	return rp_web_frame(req, &frame, content, out);
}

static struct rp_err *
consultation(const struct rp_request *req, struct rp_consultation *c)
{
	return rp_web_consultation_load(req, c);
}

static rp_text
new_token(const struct rp_request *req, const struct rp_consultation *c)
{
	const struct rp_env *env = req->who->env;

	return rp_form_token_make(req->arena, env, c->id,
	    rp_form_id_new(req->arena, env, req->now), req->now);
}

struct rp_err *
rp_web_answer(const struct rp_request *req, struct rp_response *out)
{
	struct rp_consultation c;
	struct shown f = { .c = &c };

	RP_TRY(consultation(req, &c));
	if (c.state == RP_CONSULTATION_COMING ||
	    c.state == RP_CONSULTATION_ARCHIVED)
		return rp_response_see_other(out,
		    rp_web_consultation_url(req, &c, ""));
	f.s.token = new_token(req, &c);
	f.action = rp_web_consultation_url(req, &c, "answer");
	return show(req, &f, out);
}

/* Everything but the buttons and what must not come back. */
static struct rp_err *
form_octets(const struct rp_request *req, rp_bytes *out)
{
	struct rp_urlform kept = { 0 };
	struct rp_buf b;

	for (size_t i = 0; i < req->form.n; i++) {
		const struct rp_urlform_field *f = &req->form.v[i];
		rp_text name = { (const char *)f->name.p, f->name.n };

		if (!rp_text_eq(name, RP_TEXT("do")) &&
		    !rp_text_eq(name, RP_TEXT("draft")))
			rp_vec_push(req->arena, &kept, *f);
	}
	rp_buf_init(&b, req->arena, RP_DRAFT_MAX);
	rp_urlform_write(&b, &kept);
	return rp_buf_bytes(&b, out);
}

static struct rp_err *
draft_json(const struct rp_request *req, rp_text secret,
    struct rp_response *out)
{
	rp_text body = rp_textf(req->arena,
	    "{\"draft\":\"%s\",\"url\":\"/d/%s\"}\n", secret.p, secret.p);

	out->type = "application/json";
	out->body = rp_text_bytes(body);
	out->no_store = true;
	return NULL;
}

static struct rp_err *
draft_page(const struct rp_request *req, const struct rp_consultation *c,
    rp_text secret, struct rp_response *out)
{
	const struct rp_web_options *o = rp_web_options_of(req->web);
	struct rp_frame frame = { .group = &c->group,
		.private = true,
		.title = rp_web_msg(req, M_draft_title) };
	struct v_draft_saved v = {
		.consultation_title = c->title.body,
		.consultation_lang = c->title.lang,
		.consultation_url = rp_web_consultation_url(req, c, ""),
		.draft_url = rp_urlf(req->arena, "/d/%s", secret.p),
		.draft_text = rp_textf(req->arena, "%.*s/d/%s",
		    RP_FMT(o->public_url), secret.p),
		.kept_until =
		    rp_web_time(req, c->zone, req->now + RP_DRAFT_AGE_MAX),
		.deadline =
		    rp_web_deadline(req, c->zone, c->deadline_at, false),
	};
	rp_html content;

	out->no_store = true;
	RP_TRY(rp_web_render(req, draft_saved, &v, &content));
	return rp_web_frame(req, &frame, content, out);
}

static struct rp_err *
save(const struct rp_request *req, const struct rp_consultation *c,
    rp_text secret, bool by_script, struct rp_response *out)
{
	rp_bytes octets;

	if (secret.n == 0)
		RP_TRY(rp_form_line(req, &req->form, "draft", 64, &secret));
	RP_TRY(form_octets(req, &octets));
	RP_TRY(rp_draft_save(req->who, req->tx, c->id, secret,
	    rp_lang_tag(req->reader.lang), octets, &secret));
	if (by_script)
		return draft_json(req, secret, out);
	return draft_page(req, c, secret, out);
}

static bool
button(const struct rp_request *req, const char *name)
{
	rp_bytes given = rp_form_value(&req->form, "do");
	rp_text want = rp_text_z(name);

	return given.n == want.n && memcmp(given.p, want.p, want.n) == 0;
}

static bool
only_closed(const struct rp_problems *problems)
{
	return problems->n == 1 && problems->v[0].field == RP_FIELD_FORM;
}

/* What is wrong is shown with everything that was typed; nothing is stored. */
static struct rp_err *
again(const struct rp_request *req, struct shown *f, struct rp_err *e,
    struct rp_response *out)
{
	if (rp_err_code(e) != RP_E_INVALID || f->problems.n == 0)
		return e;
	rp_err_free(e);
	for (size_t i = 0; i < f->problems.n; i++)
		if (f->problems.v[i].kind == RP_PROBLEM_BAD_TOKEN)
			f->s.token = new_token(req, f->c);
	out->status = only_closed(&f->problems) ? 409 : 400;
	return show(req, f, out);
}

static struct rp_err *
to_receipt(const struct rp_request *req, const struct rp_receipt *r,
    struct rp_response *out)
{
	out->no_store = true;
	return rp_response_see_other(out,
	    rp_urlf(req->arena, "/r/%s?%slang=%s", r->secret.p,
		r->again ? "" : "new=1&", rp_lang_tag(req->reader.lang).p));
}

static struct rp_err *
send(const struct rp_request *req, struct shown *f, rp_text draft,
    struct rp_response *out)
{
	struct rp_problems unread = { 0 };
	struct rp_receipt receipt;
	struct rp_err *e;

	RP_TRY(rp_answer_form_read(req, &req->form, f->c, &f->s, &unread));
	f->s.late =
	    button(req, "late") && f->c->state == RP_CONSULTATION_CLOSED;
	e = rp_response_submit(req->who, req->tx, f->c, &f->s, &f->problems,
	    &receipt);
	for (size_t i = 0; i < unread.n; i++)
		rp_vec_push(req->arena, &f->problems, unread.v[i]);
	if (e == NULL && unread.n > 0)
		e = rp_fail(RP_E_INVALID, "a field is not text");
	if (e != NULL)
		return again(req, f, e, out);
	if (draft.n == 0)
		RP_TRY(rp_form_line(req, &req->form, "draft", 64, &draft));
	if (draft.n > 0)
		RP_TRY(rp_draft_remove(req->who, req->tx, draft));
	return to_receipt(req, &receipt, out);
}

struct rp_err *
rp_web_answer_post(const struct rp_request *req, struct rp_response *out)
{
	struct rp_consultation c;
	struct shown f = { .c = &c };

	RP_TRY(consultation(req, &c));
	f.action = rp_web_consultation_url(req, &c, "answer");
	RP_TRY(rp_form_line(req, &req->form, "draft", 64, &f.draft));
	if (button(req, "save") || button(req, "autosave"))
		return save(req, &c, RP_TEXT(""), button(req, "autosave"), out);
	return send(req, &f, RP_TEXT(""), out);
}

/* A draft, with the consultation it is for, in the draft's own language. */
static struct rp_err *
draft_of(const struct rp_request *req, struct rp_draft *d,
    struct rp_consultation *c)
{
	RP_TRY(rp_draft_get(req->who, req->tx, req->params.secret, d));
	return rp_consultation_get_by_id(req->who, req->tx, d->consultation_id,
	    rp_lang_tag(req->reader.lang), c);
}

struct rp_err *
rp_web_draft(const struct rp_request *req, struct rp_response *out)
{
	struct rp_consultation c;
	struct shown f = { .c = &c };
	struct rp_problems ignored = { 0 };
	struct rp_urlform form;
	struct rp_draft d;

	RP_TRY(draft_of(req, &d, &c));
	RP_TRY(rp_urlform_parse(req->arena, d.form, &form));
	RP_TRY(rp_answer_form_read(req, &form, &c, &f.s, &ignored));
	f.draft = req->params.secret;
	f.draft_saved_at = d.saved_at;
	f.action = rp_urlf(req->arena, "/d/%s?lang=%s", f.draft.p,
	    rp_lang_tag(req->reader.lang).p);
	return show(req, &f, out);
}

struct rp_err *
rp_web_draft_post(const struct rp_request *req, struct rp_response *out)
{
	rp_text secret = req->params.secret;
	struct rp_consultation c;
	struct shown f = { .c = &c, .draft = secret };
	struct rp_draft d;

	RP_TRY(draft_of(req, &d, &c));
	f.action = rp_urlf(req->arena, "/d/%s?lang=%s", secret.p,
	    rp_lang_tag(req->reader.lang).p);
	if (button(req, "save") || button(req, "autosave"))
		return save(req, &c, secret, button(req, "autosave"), out);
	return send(req, &f, secret, out);
}

/* The response behind a receipt's link, and its consultation. */
static struct rp_err *
record_of(const struct rp_request *req, struct rp_response_record *r,
    struct rp_consultation *c)
{
	RP_TRY(rp_response_by_secret(req->who, req->tx, req->params.secret, r));
	return rp_consultation_get_by_id(req->who, req->tx, r->consultation_id,
	    rp_lang_tag(req->reader.lang), c);
}

static rp_url
revise_action(const struct rp_request *req)
{
	return rp_urlf(req->arena, "/r/%s/revise?lang=%s", req->params.secret.p,
	    rp_lang_tag(req->reader.lang).p);
}

struct rp_err *
rp_web_revise(const struct rp_request *req, struct rp_response *out)
{
	struct rp_response_record r;
	struct rp_consultation c;
	struct shown f = { .c = &c, .is_revision = true };

	RP_TRY(record_of(req, &r, &c));
	if (r.withdrawn_at != 0 || r.is_erased)
		return rp_fail(RP_E_GONE, "withdrawn or erased");
	f.s = rp_answer_form_of(req, &r.standing, &c);
	f.s.token = new_token(req, &c);
	f.kept = r.standing.attachments;
	f.action = revise_action(req);
	return show(req, &f, out);
}

/* The attachments of the revision that stands, but for those ticked away. */
static struct rp_err *
keep_files(const struct rp_request *req, const struct rp_revision *r,
    struct rp_submission *s)
{
	for (size_t i = 0; i < r->attachments.n; i++) {
		rp_text id = rp_textf(req->arena, "%lld",
		    (long long)r->attachments.v[i].id);
		bool remove = false;

		for (size_t k = 0; k < req->form.n; k++) {
			const struct rp_urlform_field *f = &req->form.v[k];

			remove |=
			    f->name.n == 17 &&
			    memcmp(f->name.p, "remove_attachment", 17) == 0 &&
			    f->value.n == id.n &&
			    memcmp(f->value.p, id.p, id.n) == 0;
		}
		if (!remove)
			rp_vec_push(req->arena, &s->keep,
			    r->attachments.v[i].id);
	}
	return NULL;
}

struct rp_err *
rp_web_revise_post(const struct rp_request *req, struct rp_response *out)
{
	struct rp_problems unread = { 0 };
	struct rp_response_record r;
	struct rp_receipt receipt;
	struct rp_consultation c;
	struct shown f = { .c = &c, .is_revision = true };
	struct rp_err *e;

	RP_TRY(record_of(req, &r, &c));
	f.action = revise_action(req);
	f.kept = r.standing.attachments;
	if (button(req, "save") || button(req, "autosave"))
		return save(req, &c, RP_TEXT(""), button(req, "autosave"), out);
	RP_TRY(rp_answer_form_read(req, &req->form, &c, &f.s, &unread));
	RP_TRY(keep_files(req, &r.standing, &f.s));
	f.s.late = button(req, "late") && c.state == RP_CONSULTATION_CLOSED;
	e = rp_response_revise(req->who, req->tx, req->params.secret, &c, &f.s,
	    &f.problems, &receipt);
	for (size_t i = 0; i < unread.n; i++)
		rp_vec_push(req->arena, &f.problems, unread.v[i]);
	if (e == NULL && unread.n > 0)
		e = rp_fail(RP_E_INVALID, "a field is not text");
	if (e != NULL)
		return again(req, &f, e, out);
	return to_receipt(req, &receipt, out);
}
