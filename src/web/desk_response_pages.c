#include "base/err.h"
#include "domain/privacy.h"
#include "domain/redaction.h"
#include "web/desk_response.h"
#include "web/file.h"

#define PASSAGE_MAX RP_ANSWER_MAX
#define PART_MAX 60

struct rp_err *
rp_web_desk_response(const struct rp_request *req, struct rp_response *out)
{
	const struct rp_desk_typed nothing = { .message = RP_TEXT("") };

	return rp_desk_response_page(req, req->params.id, 0, &nothing, out);
}

struct rp_err *
rp_web_desk_revision(const struct rp_request *req, struct rp_response *out)
{
	const struct rp_desk_typed nothing = { .message = RP_TEXT("") };

	return rp_desk_response_page(req, req->params.id, req->params.n,
	    &nothing, out);
}

/* An act that is being tried. */
struct trying {
	const struct rp_request *req;
	int64_t id, revision;
	struct rp_desk_typed typed;
	const char *word; /* for ?done= */
};

static struct rp_err *
publish(struct trying *t)
{
	int64_t number;

	t->word = "published";
	return rp_moderation_publish(t->req->who, t->req->tx, t->id,
	    t->revision, &number);
}

static struct rp_err *
check(struct trying *t)
{
	t->word = "checked";
	return rp_moderation_check(t->req->who, t->req->tx, t->id, t->revision);
}

static struct rp_err *
admit(struct trying *t)
{
	t->word = "admitted";
	return rp_moderation_admit(t->req->who, t->req->tx, t->id, t->revision);
}

static struct rp_err *
release(struct trying *t)
{
	t->word = "released";
	return rp_moderation_release(t->req->who, t->req->tx, t->id,
	    t->revision);
}

static struct rp_err *
give_back(struct trying *t)
{
	t->word = "returned";
	t->typed.return_error = M_desk_response_error_message;
	RP_TRY(rp_form_text(t->req, &t->req->form, "message", RP_MESSAGE_MAX,
	    &t->typed.message));
	return rp_moderation_return(t->req->who, t->req->tx, t->id, t->revision,
	    t->typed.message);
}

static struct rp_err *
reject(struct trying *t)
{
	t->word = "rejected";
	t->typed.reject_error = M_desk_response_error_reason;
	RP_TRY(rp_form_text(t->req, &t->req->form, "message", RP_MESSAGE_MAX,
	    &t->typed.message));
	RP_TRY(rp_form_line(t->req, &t->req->form, "reason", PART_MAX,
	    &t->typed.ground));
	return rp_moderation_reject(t->req->who, t->req->tx, t->id, t->revision,
	    t->typed.ground, t->typed.message);
}

/* What the passage has to be found in: "answer-ID" or the name of a field. */
static rp_text
part_text(const struct rp_revision *r, struct rp_redacting *x, rp_text part)
{
	const struct {
		rp_text field, text;
	} fields[] = {
		{ RP_TEXT("summary"), r->summary },
		{ RP_TEXT("name"), r->name },
		{ RP_TEXT("organisation"), r->organisation },
		{ RP_TEXT("job_title"), r->job_title },
		{ RP_TEXT("signatories"), r->signatories },
	};

	x->field = part;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (rp_text_eq(part, fields[i].field))
			return fields[i].text;
	if (!rp_text_starts(part, RP_TEXT("answer-")) ||
	    !rp_text_i64(rp_text_sub(part, 7, part.n), &x->answer_id))
		return RP_TEXT("");
	x->field = RP_TEXT("answer");
	for (size_t i = 0; i < r->answers.n; i++)
		if (r->answers.v[i].id == x->answer_id)
			return r->answers.v[i].body;
	return RP_TEXT("");
}

static struct rp_err *
redact(struct trying *t)
{
	struct rp_redacting x = { .response_id = t->id,
		.revision_id = t->revision };
	struct rp_response_record r;
	struct rp_err *e;
	int64_t id;

	t->word = "redacted";
	t->typed.redact_error = M_desk_response_redact_error_passage;
	RP_TRY(rp_form_text(t->req, &t->req->form, "passage", PASSAGE_MAX,
	    &t->typed.passage));
	RP_TRY(rp_form_line(t->req, &t->req->form, "part", PART_MAX,
	    &t->typed.part));
	RP_TRY(rp_form_line(t->req, &t->req->form, "redact_reason",
	    RP_REDACTION_REASON_MAX, &t->typed.reason));
	RP_TRY(rp_response_get(t->req->who, t->req->tx, t->id, &r));
	if (r.standing_revision_id != t->revision)
		return rp_fail(RP_E_CONFLICT, "another revision stands");
	e = rp_redaction_find(part_text(&r.standing, &x, t->typed.part),
	    t->typed.passage, &x.from, &x.to);
	if (e != NULL) {
		rp_err_free(e);
		return rp_fail(RP_E_INVALID, "no such passage");
	}
	t->typed.redact_error = M_desk_response_redact_error_reason;
	x.reason = t->typed.reason;
	return rp_redaction_add(t->req->who, t->req->tx, &x, &id);
}

static struct rp_err *
unredact(struct trying *t)
{
	t->word = "unredacted";
	return rp_redaction_remove(t->req->who, t->req->tx, t->id,
	    rp_desk_number(t->req, &t->req->form, "redaction"));
}

static struct rp_err *
erase(struct trying *t)
{
	t->word = "erased";
	t->typed.erase_error = M_desk_response_error_sure;
	if (!rp_form_has(&t->req->form, "sure"))
		return rp_fail(RP_E_INVALID, "not sure");
	return rp_privacy_erase_response(t->req->who, t->req->tx, t->id,
	    RP_ERASE_EVERYTHING);
}

static struct rp_err *
carry_out(struct trying *t)
{
	static const struct {
		const char *button;
		struct rp_err *(*act)(struct trying *t);
	} acts[] = {
		{ "publish", publish },
		{ "check", check },
		{ "admit", admit },
		{ "release", release },
		{ "return", give_back },
		{ "reject", reject },
		{ "redact", redact },
		{ "unredact", unredact },
		{ "erase", erase },
	};

	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
		if (rp_desk_button(t->req, acts[i].button))
			return acts[i].act(t);
	return rp_fail(RP_E_INVALID, "no such button");
}

struct rp_err *
rp_web_desk_response_post(const struct rp_request *req, struct rp_response *out)
{
	struct trying t = { .req = req,
		.id = req->params.id,
		.revision = rp_desk_number(req, &req->form, "revision"),
		.word = "" };
	struct rp_err *e = carry_out(&t);
	enum rp_ecode code;

	if (e == NULL)
		return rp_desk_done(out, req,
		    rp_desk_url(req, "responses/%lld", (long long)t.id),
		    t.word);
	code = rp_err_code(e);
	if (code != RP_E_CONFLICT && code != RP_E_INVALID && code != RP_E_LIMIT)
		return e;
	rp_err_free(e);
	out->status = code == RP_E_CONFLICT ? 409 : 400;
	if (code == RP_E_CONFLICT)
		t.typed.error = M_desk_response_error_conflict;
	else if (code == RP_E_LIMIT)
		t.typed.error = M_desk_consultation_error_too_long;
	return rp_desk_response_page(req, t.id, 0, &t.typed, out);
}

struct rp_err *
rp_web_desk_file(const struct rp_request *req, struct rp_response *out)
{
	struct rp_attachment f;
	rp_text text;

	RP_TRY(rp_moderation_attachment(req->who, req->tx, req->params.id,
	    req->params.k, &f, &text));
	return rp_web_file(req, f.blob_id, f.name, f.kind, out);
}

struct rp_err *
rp_web_desk_file_text(const struct rp_request *req, struct rp_response *out)
{
	struct rp_attachment f;
	rp_text text;

	RP_TRY(rp_moderation_attachment(req->who, req->tx, req->params.id,
	    req->params.k, &f, &text));
	if (text.n == 0)
		return rp_fail(RP_E_NOTFOUND, "no text was read");
	out->type = "text/plain; charset=utf-8";
	out->body = rp_text_bytes(text);
	out->no_store = true;
	return NULL;
}
