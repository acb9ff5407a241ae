#include "base/buf.h"
#include "base/err.h"
#include "domain/crypto.h"
#include "domain/public_response.h"
#include "domain/response.h"
#include "store/db.h"
#include "store/q_public_response.h"
#include "store/q_response.h"

static struct rp_err *
load_answers(struct rp_tx *tx, struct rp_revision *r)
{
	struct q_answer_of_revision_rows rows;

	RP_TRY(q_answer_of_revision(tx,
	    &(struct q_answer_of_revision_param){ .revision_id = r->id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_answer a = {
			.id = rows.v[i].id,
			.question_id = rows.v[i].question_id,
			.position = rows.v[i].position,
			.words = rows.v[i].words,
			.body = rows.v[i].body,
		};

		rp_vec_push(rp_tx_arena(tx), &r->answers, a);
	}
	return NULL;
}

static struct rp_err *
load_attachments(struct rp_tx *tx, int64_t revision_id,
    struct rp_attachments *out)
{
	struct q_attachment_of_revision_rows rows;

	RP_TRY(q_attachment_of_revision(tx,
	    &(struct q_attachment_of_revision_param){
		.revision_id = revision_id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_attachment a = {
			.id = rows.v[i].id,
			.size = rows.v[i].size,
			.blob_id = rows.v[i].blob_id,
			.clean_blob_id = rows.v[i].clean_blob_id,
			.name = rows.v[i].name,
			.kind = rows.v[i].kind,
			.state = rows.v[i].state,
			.reason = rows.v[i].reason,
			.digest = rows.v[i].digest,
		};

		rp_vec_push(rp_tx_arena(tx), out, a);
	}
	return NULL;
}

static struct rp_err *
load_redactions(struct rp_tx *tx, int64_t revision_id,
    struct rp_redactions *out)
{
	struct q_redaction_of_revision_rows rows;

	RP_TRY(q_redaction_of_revision(tx,
	    &(struct q_redaction_of_revision_param){
		.revision_id = revision_id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_redaction r = {
			.id = rows.v[i].id,
			.answer_id = rows.v[i].answer_id,
			.field = rows.v[i].field,
			.from = rows.v[i].from_byte,
			.to = rows.v[i].to_byte,
			.reason = rows.v[i].reason,
			.at = rows.v[i].at,
			.person = rows.v[i].person,
		};

		rp_vec_push(rp_tx_arena(tx), out, r);
	}
	return NULL;
}

static struct rp_err *
load_revision(struct rp_tx *tx, int64_t id, struct rp_revision *out)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct q_revision_get_row r;

	RP_TRY(
	    q_revision_get(tx, &(struct q_revision_get_param){ .id = id }, &r));
	*out = (struct rp_revision){
		.id = r.id,
		.response_id = r.response_id,
		.n = r.n,
		.received_at = r.received_at,
		.notice_id = r.notice_id,
		.words = r.words,
		.capacity = r.capacity,
		.name = r.name,
		.organisation = r.organisation,
		.job_title = r.job_title,
		.signatories = r.signatories,
		.category = r.category,
		.country = r.country,
		.email = r.email,
		.lang = r.lang,
		.summary = r.summary,
		.authorisation = r.authorisation,
		.needs = r.needs,
		.present = r.wishes_to_present,
		.digest = rp_hex(a, r.digest),
		.nonce = rp_hex(a, r.nonce),
	};
	RP_TRY(load_answers(tx, out));
	RP_TRY(load_attachments(tx, id, &out->attachments));
	return load_redactions(tx, id, &out->redactions);
}

static struct rp_err *
load_messages(struct rp_tx *tx, struct rp_response_record *r)
{
	struct q_message_of_response_rows rows;

	RP_TRY(q_message_of_response(tx,
	    &(struct q_message_of_response_param){ .response_id = r->id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_message m = {
			.kind = rows.v[i].kind,
			.reason = rows.v[i].reason,
			.body = rows.v[i].body,
			.at = rows.v[i].at,
		};

		rp_vec_push(rp_tx_arena(tx), &r->messages, m);
	}
	return NULL;
}

static struct rp_err *
load_record(struct rp_tx *tx, int64_t id, struct rp_response_record *out)
{
	struct q_response_get_row r;

	RP_TRY(
	    q_response_get(tx, &(struct q_response_get_param){ .id = id }, &r));
	*out = (struct rp_response_record){
		.id = r.id,
		.consultation_id = r.consultation_id,
		.number = r.number,
		.received_at = r.received_at,
		.changed_at = r.changed_at,
		.published_at = r.published_at,
		.withdrawn_at = r.withdrawn_at,
		.code = r.code,
		.state = r.state,
		.channel = r.channel,
		.hold_reason = r.hold_reason,
		.is_late = r.is_late,
		.is_erased = r.erased_at != 0,
		.standing_revision_id = r.standing_revision_id,
		.public_revision_id = r.public_revision_id,
	};
	RP_TRY(load_revision(tx, r.standing_revision_id, &out->standing));
	return load_messages(tx, out);
}

/* The secret is the right: only its holder and nobody else has it. */
struct rp_err *
rp_response_by_secret(const struct rp_actor *who, struct rp_tx *tx,
    rp_text secret, struct rp_response_record *out)
{
	struct rp_digest hash = rp_secret_hash(secret);
	struct q_response_by_secret_row row;
	bool found;

	RP_TRY(rp_actor_needs(who, RP_MAY_ANSWER, (struct rp_place){ 0 }));
	RP_TRY(q_response_by_secret(tx,
	    &(struct q_response_by_secret_param){
		.secret_hash = rp_digest_bytes(&hash) },
	    &row, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no response has this secret");
	return load_record(tx, row.id, out);
}

static struct rp_err *
place_of(const struct rp_actor *who, struct rp_tx *tx, int64_t consultation_id,
    struct rp_place *out)
{
	struct rp_consultation c;

	RP_TRY(rp_consultation_get_by_id(who, tx, consultation_id,
	    RP_TEXT("en"), &c));
	*out = rp_consultation_place(&c);
	return NULL;
}

struct rp_err *
rp_response_get(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    struct rp_response_record *out)
{
	struct rp_response_record r;
	struct rp_place place;

	RP_TRY(load_record(tx, id, &r));
	RP_TRY(place_of(who, tx, r.consultation_id, &place));
	RP_TRY(rp_actor_needs(who, RP_MAY_CHECK, place));
	if (!rp_actor_may(who, RP_MAY_CONTACT, place))
		r.standing.email = RP_TEXT("");
	*out = r;
	return NULL;
}

struct rp_err *
rp_response_revision(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id, int64_t n, struct rp_revision *out)
{
	struct rp_response_record r;
	struct q_revision_find_row row;
	struct rp_place place;
	bool found;

	RP_TRY(rp_response_get(who, tx, response_id, &r));
	RP_TRY(q_revision_find(tx,
	    &(struct q_revision_find_param){ .response_id = response_id,
		.n = n },
	    &row, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no such revision");
	RP_TRY(load_revision(tx, row.id, out));
	RP_TRY(place_of(who, tx, r.consultation_id, &place));
	if (!rp_actor_may(who, RP_MAY_CONTACT, place))
		out->email = RP_TEXT("");
	return NULL;
}

/*
 * The text without what was redacted: each range becomes a mark of three full
 * blocks, so that nothing of its length shows. Ranges are in order and apart.
 */
static struct rp_err *
redacted(struct rp_arena *a, rp_text t, const struct rp_redactions *all,
    rp_text field, int64_t answer_id, struct rp_public_response *view,
    rp_text *out)
{
	struct rp_buf b;
	size_t at = 0;
	bool any = false;

	rp_buf_init(&b, a, t.n + all->n * 9 + 1);
	for (size_t i = 0; i < all->n; i++) {
		const struct rp_redaction *r = &all->v[i];
		/* That it is hidden and why, never where or how long it is. */
		const struct rp_redaction why = { .reason = r->reason,
			.at = r->at };

		if (!rp_text_eq(r->field, field) || r->answer_id != answer_id ||
		    (size_t)r->from < at || (size_t)r->to > t.n)
			continue;
		rp_buf_text(&b, rp_text_sub(t, at, (size_t)r->from));
		rp_buf_text(&b, RP_TEXT("\u2588\u2588\u2588"));
		at = (size_t)r->to;
		any = true;
		view->redacted++;
		rp_vec_push(a, &view->redactions, why);
	}
	if (!any) {
		*out = t;
		return NULL;
	}
	rp_buf_text(&b, rp_text_sub(t, at, t.n));
	return rp_buf_done(&b, out);
}

static struct rp_err *
public_fields(struct rp_arena *a, const struct rp_revision *r,
    struct rp_public_response *out)
{
	const struct {
		const char *name;
		rp_text value;
		rp_text *to;
		bool names; /* says who it is */
	} fields[] = {
		{ "name", r->name, &out->name, true },
		{ "organisation", r->organisation, &out->organisation, true },
		{ "job_title", r->job_title, &out->job_title, true },
		{ "signatories", r->signatories, &out->signatories, true },
		{ "summary", r->summary, &out->summary, false },
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		if (out->without_name && fields[i].names)
			*fields[i].to = RP_TEXT("");
		else
			RP_TRY(redacted(a, fields[i].value, &r->redactions,
			    rp_text_z(fields[i].name), 0, out, fields[i].to));
	}
	return NULL;
}

static struct rp_err *
public_answers(struct rp_arena *a, const struct rp_revision *r,
    struct rp_public_response *out)
{
	for (size_t i = 0; i < r->answers.n; i++) {
		const struct rp_answer *in = &r->answers.v[i];
		struct rp_public_answer answer = {
			.position = in->position,
			.question_id = in->question_id,
			.answer_id = in->id,
		};

		RP_TRY(redacted(a, in->body, &r->redactions, RP_TEXT("answer"),
		    in->id, out, &answer.body));
		rp_vec_push(a, &out->answers, answer);
	}
	return NULL;
}

static struct rp_err *
public_view(struct rp_arena *a, const struct rp_revision *r,
    struct rp_public_response *out)
{
	out->revision_id = r->id;
	out->n = r->n;
	out->received_at = r->received_at;
	out->words = r->words;
	if (!rp_text_eq(r->authorisation, RP_TEXT("full")))
		out->without_name = true;
	out->capacity = r->capacity;
	out->category = r->category;
	out->country = r->country;
	out->lang = r->lang;
	out->digest = r->digest;
	RP_TRY(public_fields(a, r, out));
	RP_TRY(public_answers(a, r, out));
	for (size_t i = 0; i < r->attachments.n; i++)
		if (r->attachments.v[i].clean_blob_id != 0 &&
		    !out->without_name)
			rp_vec_push(a, &out->attachments, r->attachments.v[i]);
	return NULL;
}

struct rp_err *
rp_response_public_view(struct rp_tx *tx, int64_t revision_id,
    struct rp_public_response *out)
{
	struct rp_revision r;

	RP_TRY(load_revision(tx, revision_id, &r));
	if (rp_text_eq(r.authorisation, RP_TEXT("aggregate")))
		return rp_fail(RP_E_NOTFOUND, "authorised in aggregate only");
	return public_view(rp_tx_arena(tx), &r, out);
}

/* One that has no page any more, or was published before there were rows for
 * pages. */
static struct rp_err *
public_by_number(struct rp_tx *tx, const struct rp_consultation *c,
    int64_t number, struct rp_public_response *p)
{
	struct q_response_by_number_row row;
	bool found;

	RP_TRY(q_response_by_number(tx,
	    &(struct q_response_by_number_param){ .consultation_id = c->id,
		.number = number },
	    &row, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no public response %lld",
		    (long long)number);
	p->id = row.id;
	p->consultation_id = c->id;
	p->number = number;
	p->published_at = row.published_at;
	p->withdrawn_at = row.withdrawn_at;
	if (row.is_marked_withdrawn) {
		p->withdrawn = true;
		return NULL;
	}
	if (row.public_revision_id == 0)
		return rp_fail(RP_E_NOTFOUND, "response is not public");
	RP_TRY(rp_response_public_view(tx, row.public_revision_id, p));
	p->newest_n = p->n;
	return NULL;
}

struct rp_err *
rp_response_public(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, int64_t number,
    struct rp_public_response *out)
{
	struct rp_public_response p = { 0 };
	bool found;

	RP_ASSERT(who != NULL); /* what is published is everybody's */
	if (number <= 0 || !rp_consultation_shows_responses(c))
		return rp_fail(RP_E_NOTFOUND, "no public response %lld",
		    (long long)number);
	RP_TRY(rp_public_response_find(tx, c->id, number, &p, &found));
	if (!found)
		RP_TRY(public_by_number(tx, c, number, &p));
	*out = p;
	return NULL;
}

struct rp_err *
rp_response_public_revision(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, int64_t number, int64_t n,
    struct rp_public_response *out)
{
	struct rp_public_response now, p = { 0 };
	struct q_public_revision_find_row row;
	bool found;

	RP_TRY(rp_response_public(who, tx, c, number, &now));
	if (now.withdrawn || now.n == n) {
		*out = now;
		return NULL;
	}
	RP_TRY(q_public_revision_find(tx,
	    &(struct q_public_revision_find_param){ .response_id = now.id,
		.n = n },
	    &row, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "revision %lld was never public",
		    (long long)n);
	p = (struct rp_public_response){ .id = now.id,
		.consultation_id = c->id,
		.number = number,
		.published_at = now.published_at,
		.newest_n = now.n,
		.previous = now.previous,
		.next = now.next,
		.channel = now.channel,
		.without_name = now.without_name,
		.is_late = now.is_late };
	RP_TRY(rp_response_public_view(tx, row.revision_id, &p));
	*out = p;
	return NULL;
}
