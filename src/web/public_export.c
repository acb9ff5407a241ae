#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "codec/csv.h"
#include "codec/json.h"
#include "codec/sink.h"
#include "domain/public_response.h"
#include "web/file.h"
#include "web/page.h"
#include "web/server.h"

/* Octets made of one batch: rows grow by quotes and escapes. */
#define PIECE_MAX ((size_t)24 * 1024 * 1024)

/*
 * An export is made batch by batch, each in a read transaction of its own,
 * going by the numbers of the responses. What it needs of the consultation is
 * copied: the snapshot may be gone before the last batch.
 */
struct export
{
	const struct rp_request *req;
	struct rp_consultation c;
	int64_t *questions; /* identifiers, by position */
	size_t n_questions;
	rp_text address; /* of the list, absolute */
	int64_t after;
	bool began;
	void (*row)(const struct export *x, struct rp_arena *a,
	    struct rp_sink *s, const struct rp_public_response *r);
};

static const char *const columns[] = { "number", "revision", "received_at",
	"published_at", "category", "country", "language", "capacity", "name",
	"organisation", "job_title", "signatories", "without_name", "late",
	"channel", "words", "digest", "address", "summary" };

#define COLUMNS (sizeof(columns) / sizeof(columns[0]))

static rp_text
yes_no(bool v)
{
	return v ? RP_TEXT("yes") : RP_TEXT("no");
}

static rp_text
decimal(struct rp_arena *a, int64_t v)
{
	return rp_textf(a, "%lld", (long long)v);
}

static rp_text
address_of(const struct export *x, struct rp_arena *a,
    const struct rp_public_response *r)
{
	return rp_textf(a, "%.*s%lld", RP_FMT(x->address),
	    (long long)r->number);
}

static rp_text
answer_to(const struct rp_public_response *r, int64_t question_id)
{
	for (size_t i = 0; i < r->answers.n; i++)
		if (r->answers.v[i].question_id == question_id)
			return r->answers.v[i].body;
	return RP_TEXT("");
}

static void
csv_row(const struct export *x, struct rp_arena *a, struct rp_sink *s,
    const struct rp_public_response *r)
{
	static const struct rp_csv_options options = { .guard = true };
	const rp_text fixed[COLUMNS] = { decimal(a, r->number),
		decimal(a, r->n), rp_clock_rfc3339(a, r->received_at),
		rp_clock_rfc3339(a, r->published_at), r->category, r->country,
		r->lang, r->capacity, r->name, r->organisation, r->job_title,
		r->signatories, yes_no(r->without_name), yes_no(r->is_late),
		r->channel, decimal(a, r->words), r->digest,
		address_of(x, a, r), r->summary };
	rp_text *fields = rp_new_n(a, rp_text, COLUMNS + x->n_questions);

	memcpy(fields, fixed, sizeof(fixed));
	for (size_t i = 0; i < x->n_questions; i++)
		fields[COLUMNS + i] = answer_to(r, x->questions[i]);
	rp_csv_write(s, &options, fields, COLUMNS + x->n_questions);
}

static void
csv_head(const struct export *x, struct rp_arena *a, struct rp_sink *s)
{
	static const struct rp_csv_options options = { .guard = true };
	rp_text *fields = rp_new_n(a, rp_text, COLUMNS + x->n_questions);

	for (size_t i = 0; i < COLUMNS; i++)
		fields[i] = rp_text_z(columns[i]);
	for (size_t i = 0; i < x->n_questions; i++)
		fields[COLUMNS + i] = rp_textf(a, "answer_%zu", i + 1);
	rp_csv_write(s, &options, fields, COLUMNS + x->n_questions);
}

static void
put(struct rp_json_writer *w, const char *key, rp_text value)
{
	rp_json_key(w, rp_text_z(key));
	rp_json_put_text(w, value);
}

static void
put_i64(struct rp_json_writer *w, const char *key, int64_t value)
{
	rp_json_key(w, rp_text_z(key));
	rp_json_put_i64(w, value);
}

static void
put_bool(struct rp_json_writer *w, const char *key, bool value)
{
	rp_json_key(w, rp_text_z(key));
	rp_json_put_bool(w, value);
}

static void
put_translations(struct rp_json_writer *w, const struct rp_translations *all)
{
	rp_json_key(w, RP_TEXT("translations"));
	rp_json_array_begin(w);
	for (size_t i = 0; i < all->n; i++) {
		rp_json_object_begin(w);
		put(w, "language", all->v[i].lang);
		put(w, "status", rp_wording_status_name(all->v[i].status));
		put(w, "text", all->v[i].body);
		rp_json_object_end(w);
	}
	rp_json_array_end(w);
}

static void
put_answers(struct rp_json_writer *w, const struct rp_public_response *r)
{
	rp_json_key(w, RP_TEXT("answers"));
	rp_json_array_begin(w);
	for (size_t i = 0; i < r->answers.n; i++) {
		rp_json_object_begin(w);
		put_i64(w, "question", r->answers.v[i].position);
		put(w, "text", r->answers.v[i].body);
		put_translations(w, &r->answers.v[i].translations);
		rp_json_object_end(w);
	}
	rp_json_array_end(w);
}

static void
put_attachments(const struct export *x, struct rp_arena *a,
    struct rp_json_writer *w, const struct rp_public_response *r)
{
	rp_json_key(w, RP_TEXT("attachments"));
	rp_json_array_begin(w);
	for (size_t i = 0; i < r->attachments.n; i++) {
		rp_json_object_begin(w);
		put(w, "name", r->attachments.v[i].name);
		put(w, "kind", r->attachments.v[i].kind);
		put(w, "address",
		    rp_textf(a, "%.*s/files/%zu", RP_FMT(address_of(x, a, r)),
			i + 1));
		rp_json_object_end(w);
	}
	rp_json_array_end(w);
}

static void
put_response(const struct export *x, struct rp_arena *a,
    struct rp_json_writer *w, const struct rp_public_response *r)
{
	rp_json_object_begin(w);
	put_i64(w, "number", r->number);
	put_i64(w, "revision", r->n);
	put(w, "received_at", rp_clock_rfc3339(a, r->received_at));
	put(w, "published_at", rp_clock_rfc3339(a, r->published_at));
	put(w, "category", r->category);
	put(w, "country", r->country);
	put(w, "language", r->lang);
	put(w, "capacity", r->capacity);
	put(w, "name", r->name);
	put(w, "organisation", r->organisation);
	put(w, "job_title", r->job_title);
	put(w, "signatories", r->signatories);
	put_bool(w, "without_name", r->without_name);
	put_bool(w, "late", r->is_late);
	put(w, "channel", r->channel);
	put_i64(w, "words", r->words);
	put_i64(w, "redactions", r->redacted);
	put(w, "digest", r->digest);
	put(w, "address", address_of(x, a, r));
	put(w, "summary", r->summary);
	put_answers(w, r);
	put_attachments(x, a, w, r);
	rp_json_object_end(w);
}

static void
json_row(const struct export *x, struct rp_arena *a, struct rp_sink *s,
    const struct rp_public_response *r)
{
	struct rp_json_writer w;

	rp_json_init(&w, s);
	put_response(x, a, &w, r);
	rp_json_line_end(&w);
}

static struct rp_err *
produce(void *ctx, struct rp_arena *a, struct rp_tx *tx, rp_bytes *out)
{
	struct rp_public_responses batch;
	struct export *x = ctx;
	struct rp_sink sink;
	struct rp_buf b;

	RP_TRY(
	    rp_public_response_batch(x->req->who, tx, &x->c, x->after, &batch));
	rp_buf_init(&b, a, PIECE_MAX);
	rp_sink_to_buf(&sink, a, &b);
	if (!x->began && x->row == csv_row)
		csv_head(x, a, &sink);
	x->began = true;
	for (size_t i = 0; i < batch.n; i++) {
		x->row(x, a, &sink, &batch.v[i]);
		x->after = batch.v[i].number;
	}
	RP_TRY(rp_sink_flush(&sink));
	return rp_buf_bytes(&b, out);
}

static struct rp_err *
begin(const struct rp_request *req, struct export **out)
{
	const struct rp_web_options *o = rp_web_options_of(req->web);
	struct export *x = rp_new(req->arena, struct export);
	rp_url list;

	x->req = req;
	RP_TRY(rp_web_consultation_load(req, &x->c));
	if (!rp_consultation_shows_responses(&x->c))
		return rp_fail(RP_E_NOTFOUND, "responses are not shown yet");
	x->n_questions = x->c.questions.n;
	x->questions = rp_new_n(req->arena, int64_t, x->n_questions + 1);
	for (size_t i = 0; i < x->n_questions; i++)
		x->questions[i] = x->c.questions.v[i].id;
	list = rp_web_consultation_url(req, &x->c, "responses/");
	x->address =
	    rp_textf(req->arena, "%.*s%s", RP_FMT(o->public_url), list.p);
	*out = x;
	return NULL;
}

static void
as_file(const struct rp_request *req, const struct export *x,
    const char *suffix, struct rp_response *out)
{
	rp_response_header(out, "Content-Disposition",
	    rp_textf(req->arena,
		"attachment; filename=\"%.*s-%lld-responses.%s\"",
		RP_FMT(req->params.group), (long long)x->c.number, suffix));
	out->producer = produce;
}

struct rp_err *
rp_web_responses_csv(const struct rp_request *req, struct rp_response *out)
{
	struct export *x;

	RP_TRY(begin(req, &x));
	x->row = csv_row;
	as_file(req, x, "csv", out);
	out->type = "text/csv; charset=utf-8; header=present";
	out->ctx = x;
	return NULL;
}

struct rp_err *
rp_web_responses_jsonl(const struct rp_request *req, struct rp_response *out)
{
	struct export *x;

	RP_TRY(begin(req, &x));
	x->row = json_row;
	as_file(req, x, "jsonl", out);
	out->type = "application/jsonl; charset=utf-8";
	out->ctx = x;
	return NULL;
}

struct rp_err *
rp_web_response_json(const struct rp_request *req, struct rp_response *out)
{
	struct rp_public_response r;
	struct rp_json_writer w;
	struct rp_sink sink;
	struct export *x;
	struct rp_buf b;

	RP_TRY(begin(req, &x));
	RP_TRY(rp_response_public(req->who, req->tx, &x->c, req->params.k, &r));
	if (r.withdrawn)
		return rp_fail(RP_E_GONE, "withdrawn");
	rp_buf_init(&b, req->arena, PIECE_MAX);
	rp_sink_to_buf(&sink, req->arena, &b);
	rp_json_init(&w, &sink);
	put_response(x, req->arena, &w, &r);
	RP_TRY(rp_sink_flush(&sink));
	out->type = "application/json";
	out->fresh_ms = 30 * RP_SECOND;
	return rp_buf_bytes(&b, &out->body);
}

/* An attachment: the copy that was cleaned of its author's metadata. */
struct rp_err *
rp_web_response_file(const struct rp_request *req, struct rp_response *out)
{
	const struct rp_attachment *a;
	struct rp_public_response r;
	struct rp_consultation c;

	RP_TRY(rp_web_consultation_load(req, &c));
	RP_TRY(rp_response_public(req->who, req->tx, &c, req->params.k, &r));
	if (req->params.id > (int64_t)r.attachments.n)
		return rp_fail(RP_E_NOTFOUND, "no such attachment");
	a = &r.attachments.v[req->params.id - 1];
	return rp_web_file(req, a->clean_blob_id, a->name, a->kind, out);
}
