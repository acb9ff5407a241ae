/*
 * api_submit - a response and its receipt, without a form.
 *
 * JSON has the members that the form has fields; a program that has files to
 * attach sends the form itself (multipart/form-data). Either way it is the same
 * submission with the same problems. There is no form token: what makes a
 * second sending the same one is the Idempotency-Key.
 */
#include "domain/form_token.h"
#include "text/email.h"
#include "text/input.h"
#include "web/answer_form.h"
#include "web/api.h"
#include "web/page.h"
#include "web/server.h"

struct incoming {
	const struct rp_request *req;
	const struct rp_consultation *c;
	struct rp_submission s;
	struct rp_problems problems; /* of reading, then of the rules */
	struct rp_api_names unknown;
	bool keeps; /* `keep_attachments` was there */
};

static void
wrong(struct incoming *in, enum rp_field field, int64_t position,
    enum rp_problem_kind kind, int64_t limit)
{
	struct rp_problem p = { .field = field,
		.position = position,
		.kind = kind,
		.limit = limit };

	rp_vec_push(in->req->arena, &in->problems, p);
}

/* A string through the input gate; what is none is a problem of the field. */
static rp_text
take(struct incoming *in, const struct rp_json *v, size_t max, bool lines,
    enum rp_field field, int64_t position)
{
	rp_text out = RP_TEXT("");
	struct rp_err *e;

	if (rp_json_kind(v) == RP_JSON_NULL)
		return out;
	if (rp_json_kind(v) != RP_JSON_TEXT) {
		wrong(in, field, position, RP_PROBLEM_NOT_TEXT, 0);
		return out;
	}
	e = lines ?
		rp_text_input(in->req->arena, rp_json_octets(v), max, &out) :
		rp_text_input_line(in->req->arena, rp_json_octets(v), max,
		    &out);
	if (e == NULL)
		return out;
	wrong(in, field, position,
	    rp_err_code(e) == RP_E_LIMIT ? RP_PROBLEM_TOO_LONG :
					   RP_PROBLEM_NOT_TEXT,
	    (int64_t)max);
	rp_err_free(e);
	return RP_TEXT("");
}

static bool
answered(const struct rp_submission *s, int64_t position)
{
	for (size_t i = 0; i < s->answers.n; i++)
		if (s->answers.v[i].position == position)
			return true;
	return false;
}

static void
take_answers(struct incoming *in, const struct rp_json *v)
{
	if (rp_json_kind(v) != RP_JSON_ARRAY)
		wrong(in, RP_FIELD_ANSWER, 0, RP_PROBLEM_NOT_TEXT, 0);
	for (size_t i = 0; i < rp_json_n(v); i++) {
		const struct rp_json *item = rp_json_at(v, i);
		const struct rp_json *body = rp_json_find(item, "body");
		struct rp_answer_in a = { 0 };
		struct rp_err *e = rp_json_i64(item, "position", &a.position);

		rp_err_free(e);
		if (e != NULL || body == NULL || answered(&in->s, a.position)) {
			wrong(in, RP_FIELD_ANSWER, a.position,
			    RP_PROBLEM_NOT_A_CHOICE, 0);
			continue;
		}
		a.body = take(in, body, RP_ANSWER_MAX, true, RP_FIELD_ANSWER,
		    a.position);
		rp_vec_push(in->req->arena, &in->s.answers, a);
	}
}

static void
take_bool(struct incoming *in, const struct rp_json *v, enum rp_field field,
    const char *name, const struct rp_json *object, bool *out)
{
	struct rp_err *e;

	if (rp_json_kind(v) == RP_JSON_NULL)
		return;
	e = rp_json_bool(object, name, out);
	if (e != NULL)
		wrong(in, field, 0, RP_PROBLEM_NOT_A_CHOICE, 0);
	rp_err_free(e);
}

static void
take_kept(struct incoming *in, const struct rp_json *v)
{
	in->keeps = true;
	for (size_t i = 0; i < rp_json_n(v); i++) {
		int64_t id = 0;
		struct rp_err *e = rp_json_as_i64(rp_json_at(v, i), &id);

		if (e != NULL)
			wrong(in, RP_FIELD_ATTACHMENT, (int64_t)i + 1,
			    RP_PROBLEM_NOT_A_CHOICE, 0);
		else
			rp_vec_push(in->req->arena, &in->s.keep, id);
		rp_err_free(e);
	}
}

static void
take_present(struct incoming *in, const struct rp_json *v)
{
	rp_text t = take(in, v, 20, false, RP_FIELD_FORM, 0);

	if (rp_text_eq(t, RP_TEXT("in_person")) ||
	    rp_text_eq(t, RP_TEXT("remotely")))
		in->s.present = t;
	else if (t.n > 0)
		rp_vec_push(in->req->arena, &in->unknown,
		    RP_TEXT("wishes_to_present"));
}

static void
take_notice(struct incoming *in, const struct rp_json *object)
{
	struct rp_err *e = rp_json_i64(object, "notice", &in->s.notice_id);

	if (e != NULL)
		wrong(in, RP_FIELD_NOTICE, 0, RP_PROBLEM_NOT_A_CHOICE, 0);
	rp_err_free(e);
}

static void
take_member(struct incoming *in, const struct rp_json *object, size_t i)
{
	rp_text key = rp_json_key_at(object, i);
	const struct rp_json *v = rp_json_at(object, i);
	const struct rp_submission_text *t = rp_submission_text_find(key);

	if (t != NULL)
		*rp_submission_text_of(&in->s, t) =
		    take(in, v, t->max, t->lines, t->field, 0);
	else if (rp_text_eq(key, RP_TEXT("answers")))
		take_answers(in, v);
	else if (rp_text_eq(key, RP_TEXT("agreed")))
		take_bool(in, v, RP_FIELD_NOTICE, "agreed", object,
		    &in->s.agrees);
	else if (rp_text_eq(key, RP_TEXT("notice")))
		take_notice(in, object);
	else if (rp_text_eq(key, RP_TEXT("wishes_to_present")))
		take_present(in, v);
	else if (rp_text_eq(key, RP_TEXT("late")))
		take_bool(in, v, RP_FIELD_FORM, "late", object, &in->s.late);
	else if (rp_text_eq(key, RP_TEXT("keep_attachments")))
		take_kept(in, v);
	else
		rp_vec_push(in->req->arena, &in->unknown, key);
}

static struct rp_err *
read_json(struct incoming *in)
{
	const struct rp_json *object;

	rp_submission_init(&in->s);
	RP_TRY(rp_json_parse(in->req->arena, in->req->body, &object));
	if (rp_json_kind(object) != RP_JSON_OBJECT)
		return rp_fail(RP_E_INVALID, "the body is no object");
	for (size_t i = 0; i < rp_json_n(object); i++)
		take_member(in, object, i);
	return NULL;
}

static struct rp_err *
read_body(struct incoming *in)
{
	rp_text type = in->req->content_type;

	if (rp_text_eq(type, RP_TEXT("application/json")))
		RP_TRY(read_json(in));
	else if (rp_text_eq(type, RP_TEXT("multipart/form-data")))
		RP_TRY(rp_answer_form_read(in->req, &in->req->form, in->c,
		    &in->s, &in->problems));
	else
		return rp_fail(RP_E_INVALID, "neither JSON nor a form");
	in->s.channel = RP_TEXT("api");
	in->s.late = in->s.late && in->c->state == RP_CONSULTATION_CLOSED;
	in->s.once = true;
	return NULL;
}

/* As the form's handler: the rules are asked even if something was no text, so
 * that everything wrong is told at once. */
static struct rp_err *
refused(struct incoming *in, struct rp_err *e,
    const struct rp_problems *of_rules, struct rp_response *out)
{
	if (e != NULL && rp_err_code(e) != RP_E_INVALID)
		return e;
	for (size_t i = 0; i < of_rules->n; i++)
		rp_vec_push(in->req->arena, &in->problems, of_rules->v[i]);
	if (e != NULL && in->problems.n + in->unknown.n == 0)
		return e;
	rp_err_free(e);
	return rp_api_refusal(in->req, &in->s, &in->problems, &in->unknown,
	    out);
}

static void
put_receipt(struct rp_api *api, const struct rp_receipt *r)
{
	rp_api_text(api, "code", r->code);
	rp_api_text(api, "secret", r->secret);
	rp_api_url(api, "link", rp_urlf(api->req->arena, "/r/%s", r->secret.p));
	rp_api_text(api, "sha256", r->digest);
	rp_api_text(api, "nonce", r->nonce);
	rp_api_time(api, "received_at", r->received_at);
	rp_api_i64(api, "revision", r->n);
	rp_api_bool(api, "again", r->again);
	rp_api_bool(api, "late", r->late);
	rp_api_bool(api, "held", r->held);
}

static struct rp_err *
receipt(const struct rp_request *req, const struct rp_receipt *r, int status,
    struct rp_response *out)
{
	struct rp_api api;

	out->no_store = true;
	out->status = status;
	if (status == 201)
		out->location =
		    rp_urlf(req->arena, "/api/v1/receipts/%s", r->secret.p);
	rp_api_begin(&api, req);
	put_receipt(&api, r);
	return rp_api_end(&api, out);
}

/*
 * With a key the same sending again is the same response; one that says
 * something else under the same key is refused, so a key that was guessed
 * changes nothing of others'. It has to be long for the same reason.
 */
static struct rp_err *
form_of(const struct rp_request *req, const struct rp_consultation *c,
    rp_text *out_token)
{
	rp_text key = req->idempotency_key, form_id;

	if (key.n > 0 && (key.n < RP_API_KEY_MIN || key.n > RP_API_KEY_MAX))
		return rp_fail(RP_E_INVALID, "Idempotency-Key of %zu octets",
		    key.n);
	form_id = key.n == 0 ?
		      rp_form_id_new(req->arena, req->who->env, req->now) :
		      rp_form_id_of_key(req->arena, req->who->env,
			  RP_TEXT("api"), c->id, rp_text_bytes(key));
	*out_token = rp_form_token_make(req->arena, req->who->env, c->id,
	    form_id, req->now);
	return NULL;
}

struct rp_err *
rp_web_api_submit(const struct rp_request *req, struct rp_response *out)
{
	struct rp_consultation c;
	struct incoming in = { .req = req, .c = &c };
	struct rp_problems of_rules = { 0 };
	struct rp_receipt r;
	struct rp_err *e;

	RP_TRY(rp_api_consultation(req, &c));
	RP_TRY(read_body(&in));
	RP_TRY(form_of(req, &c, &in.s.token));
	if (in.problems.n + in.unknown.n > 0)
		e = rp_submission_check(req->who, req->arena, &c, &in.s,
		    &of_rules);
	else
		e = rp_response_submit(req->who, req->tx, &c, &in.s, &of_rules,
		    &r);
	if (e != NULL || in.problems.n + in.unknown.n > 0)
		return refused(&in, e, &of_rules, out);
	return receipt(req, &r, r.again ? 200 : 201, out);
}

static struct rp_err *
own(const struct rp_request *req, struct rp_response_record *r,
    struct rp_consultation *c)
{
	RP_TRY(rp_response_by_secret(req->who, req->tx, req->params.secret, r));
	if (r->is_erased)
		return rp_fail(RP_E_GONE, "erased");
	return rp_consultation_get_by_id(req->who, req->tx, r->consultation_id,
	    rp_lang_tag(req->reader.lang), c);
}

struct rp_err *
rp_web_api_receipt(const struct rp_request *req, struct rp_response *out)
{
	struct rp_response_record r;
	struct rp_consultation c;
	struct rp_api api;

	RP_TRY(own(req, &r, &c));
	out->no_store = true;
	rp_api_begin(&api, req);
	rp_api_record(&api, &r, &c);
	rp_api_text(&api, "nonce", r.standing.nonce);
	rp_api_url(&api, "link",
	    rp_urlf(req->arena, "/r/%s", req->params.secret.p));
	return rp_api_end(&api, out);
}

static void
keep_all(struct incoming *in, const struct rp_revision *r)
{
	for (size_t i = 0; i < r->attachments.n; i++)
		rp_vec_push(in->req->arena, &in->s.keep,
		    r->attachments.v[i].id);
}

struct rp_err *
rp_web_api_revise(const struct rp_request *req, struct rp_response *out)
{
	struct rp_response_record record;
	struct rp_consultation c;
	struct incoming in = { .req = req, .c = &c };
	struct rp_problems of_rules = { 0 };
	struct rp_receipt r;
	struct rp_err *e;

	RP_TRY(own(req, &record, &c));
	RP_TRY(read_body(&in));
	if (!in.keeps)
		keep_all(&in, &record.standing);
	if (in.problems.n + in.unknown.n > 0)
		e = rp_submission_check(req->who, req->arena, &c, &in.s,
		    &of_rules);
	else
		e = rp_response_revise(req->who, req->tx, req->params.secret,
		    &c, &in.s, &of_rules, &r);
	if (e != NULL || in.problems.n + in.unknown.n > 0)
		return refused(&in, e, &of_rules, out);
	return receipt(req, &r, 200, out);
}

struct rp_err *
rp_web_api_withdraw(const struct rp_request *req, struct rp_response *out)
{
	RP_TRY(rp_response_withdraw(req->who, req->tx, req->params.secret));
	out->status = 204;
	out->no_store = true;
	return NULL;
}
