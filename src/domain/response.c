#include "domain/response.h"

#include "base/err.h"
#include "domain/attachment_private.h"
#include "domain/crypto.h"
#include "domain/form_token.h"
#include "domain/listing.h"
#include "domain/receipt.h"
#include "domain/upload.h"
#include "store/db.h"
#include "store/q_response.h"
#include "text/email.h"
#include "text/input.h"
#include "text/words.h"

/* What is worked out once and then stored. */
struct incoming {
	const struct rp_actor *who;
	struct rp_tx *tx;
	const struct rp_consultation *c;
	const struct rp_submission *s;
	struct rp_email email;
	struct rp_receipt_files files;
	struct q_attachment_of_revision_rows kept;
	struct rp_ids blobs;   /* of the uploads, in order */
	int64_t *answer_words; /* by place in s->answers */
	int64_t words;
};

/* Kept attachments come first, then the new files, as the form shows them. */
static struct rp_err *
take_files(struct incoming *in, int64_t old_revision_id)
{
	struct rp_arena *a = rp_tx_arena(in->tx);
	struct q_attachment_of_revision_rows old = { 0 };

	if (old_revision_id != 0 && in->s->keep.n > 0)
		RP_TRY(q_attachment_of_revision(in->tx,
		    &(struct q_attachment_of_revision_param){
			.revision_id = old_revision_id },
		    &old));
	for (size_t i = 0; i < old.n; i++)
		for (size_t j = 0; j < in->s->keep.n; j++)
			if (in->s->keep.v[j] == old.v[i].id) {
				struct rp_receipt_file f = { old.v[i].name,
					old.v[i].digest };

				rp_vec_push(a, &in->kept, old.v[i]);
				rp_vec_push(a, &in->files, f);
			}
	for (size_t i = 0; i < in->s->uploads.n; i++) {
		struct rp_digest *d = rp_new(a, struct rp_digest);
		struct rp_receipt_file f = { in->s->uploads.v[i].name,
			{ d->b, RP_DIGEST_SIZE } };
		int64_t blob_id;

		RP_TRY(rp_upload_keep(in->who, in->tx,
		    in->s->uploads.v[i].upload_id, &blob_id, d));
		rp_vec_push(a, &in->blobs, blob_id);
		rp_vec_push(a, &in->files, f);
	}
	return NULL;
}

static int64_t
question_id(const struct rp_consultation *c, int64_t position)
{
	return c->questions.v[position - 1].id;
}

static struct rp_err *
insert_answers(struct incoming *in, int64_t revision_id)
{
	for (size_t i = 0; i < in->s->answers.n; i++) {
		const struct rp_answer_in *answer = &in->s->answers.v[i];

		if (rp_text_blank(answer->body))
			continue;
		RP_TRY(q_answer_insert(in->tx,
		    &(struct q_answer_insert_param){ .revision_id = revision_id,
			.question_id = question_id(in->c, answer->position),
			.body = answer->body,
			.words = in->answer_words[i] }));
	}
	return NULL;
}

static struct rp_err *
insert_attachment(struct incoming *in,
    const struct q_attachment_insert_param *row)
{
	struct q_attachment_insert_row made;

	RP_TRY(q_attachment_insert(in->tx, row, &made));
	if (!rp_text_eq(row->state, RP_TEXT("received")))
		return rp_attachment_text(in->tx, row->revision_id, made.id,
		    row->body);
	return q_task_insert(in->tx,
	    &(struct q_task_insert_param){ .kind = RP_TEXT("read_attachment"),
		.ref_id = made.id,
		.not_before_at = in->who->now });
}

static struct rp_err *
insert_attachments(struct incoming *in, int64_t revision_id)
{
	int64_t position = 0;

	for (size_t i = 0; i < in->kept.n; i++)
		RP_TRY(insert_attachment(in,
		    &(struct q_attachment_insert_param){ .revision_id =
							     revision_id,
			.position = ++position,
			.name = in->kept.v[i].name,
			.kind = in->kept.v[i].kind,
			.blob_id = in->kept.v[i].blob_id,
			.clean_blob_id = in->kept.v[i].clean_blob_id,
			.state = in->kept.v[i].state,
			.body = in->kept.v[i].body }));
	for (size_t i = 0; i < in->blobs.n; i++)
		RP_TRY(
		    insert_attachment(in, &(struct q_attachment_insert_param){
					      .revision_id = revision_id,
					      .position = ++position,
					      .name = in->s->uploads.v[i].name,
					      .kind = in->s->uploads.v[i].kind,
					      .blob_id = in->blobs.v[i],
					      .state = RP_TEXT("received"),
					      .body = RP_TEXT("") }));
	return NULL;
}

static struct rp_err *
insert_revision(struct incoming *in, int64_t response_id, int64_t n,
    struct rp_receipt *out)
{
	const struct rp_submission *s = in->s;
	struct rp_arena *a = rp_tx_arena(in->tx);
	rp_bytes nonce = rp_nonce_new(a, in->who->env);
	struct q_revision_insert_row row;
	struct rp_digest d;

	RP_TRY(
	    rp_receipt_digest(a, s, in->email.entered, &in->files, nonce, &d));
	RP_TRY(q_revision_insert(in->tx,
	    &(struct q_revision_insert_param){ .response_id = response_id,
		.n = n,
		.now = in->who->now,
		.capacity = s->capacity,
		.name = s->name,
		.organisation = s->organisation,
		.job_title = s->job_title,
		.signatories = s->signatories,
		.category = s->category,
		.country = s->country,
		.email = in->email.entered,
		.email_key = in->email.key,
		.lang = s->lang,
		.summary = s->summary,
		.authorisation = s->authorisation,
		.notice_id = s->notice_id,
		.needs = s->needs,
		.wishes_to_present = s->present,
		.words = in->words,
		.nonce = nonce,
		.digest = rp_digest_bytes(&d) },
	    &row));
	RP_TRY(insert_answers(in, row.id));
	RP_TRY(insert_attachments(in, row.id));
	out->response_id = response_id;
	out->revision_id = row.id;
	out->n = n;
	out->received_at = in->who->now;
	out->digest = rp_hex(a, rp_digest_bytes(&d));
	out->nonce = rp_hex(a, nonce);
	return NULL;
}

static struct rp_err *
tell_author(struct incoming *in, const struct rp_receipt *r)
{
	/* What is imported was sent elsewhere, and acknowledged there. */
	if (in->email.entered.n == 0 ||
	    rp_text_eq(in->s->channel, RP_TEXT("import")))
		return NULL;
	return q_outbox_insert(in->tx,
	    &(struct q_outbox_insert_param){ .kind = RP_TEXT("receipt"),
		.recipient = in->email.entered,
		.lang = in->s->lang,
		.object_kind = RP_TEXT("response"),
		.object_id = r->response_id,
		.note = RP_TEXT(""),
		.now = in->who->now });
}

static struct rp_err *
prepare(struct incoming *in, int64_t old_revision_id)
{
	if (in->s->email.n > 0)
		RP_TRY(rp_email_parse(rp_tx_arena(in->tx), in->who->env->names,
		    in->s->email, &in->email));
	else
		in->email.entered = in->email.key = RP_TEXT("");
	in->answer_words =
	    rp_new_n(rp_tx_arena(in->tx), int64_t, in->s->answers.n + 1);
	for (size_t i = 0; i < in->s->answers.n; i++) {
		in->answer_words[i] = rp_words_count(in->who->env->words,
		    in->s->answers.v[i].body);
		in->words += in->answer_words[i];
	}
	return take_files(in, old_revision_id);
}

/* Why a response waits for a look before the queue, or nothing. */
static rp_text
hold_reason(const struct incoming *in, int64_t age)
{
	if (in->s->honeypot.n > 0)
		return RP_TEXT("honeypot");
	if (rp_submission_is_late(in->c, in->s))
		return RP_TEXT("late");
	if (rp_text_eq(in->s->channel, RP_TEXT("web")) &&
	    age < in->who->env->form_age_min)
		return RP_TEXT("too_fast");
	return RP_TEXT("");
}

static struct rp_err *
insert_response(struct incoming *in, rp_text form_id, rp_text hold,
    struct rp_receipt *out)
{
	struct rp_arena *a = rp_tx_arena(in->tx);
	rp_text secret = rp_receipt_secret(a, in->who->env, in->c->id, form_id);
	struct rp_digest hash = rp_secret_hash(secret);
	rp_text state = hold.n > 0 ? RP_TEXT("held") : RP_TEXT("received");
	struct q_response_insert_row row;

	out->secret = secret;
	out->code = rp_receipt_code(a, in->who->env);
	out->late = rp_submission_is_late(in->c, in->s);
	out->held = hold.n > 0;
	RP_TRY(q_response_insert(in->tx,
	    &(struct q_response_insert_param){ .consultation_id = in->c->id,
		.form_id = form_id,
		.secret_hash = rp_digest_bytes(&hash),
		.code = out->code,
		.state = state,
		.channel = in->s->channel,
		.now = in->who->now,
		.is_late = out->late,
		.hold_reason = hold,
		.network = in->who->network,
		.entered_by = in->who->person_id },
	    &row));
	RP_TRY(insert_revision(in, row.id, 1, out));
	RP_TRY(q_response_first_standing(in->tx,
	    &(struct q_response_first_standing_param){ .id = row.id,
		.revision_id = out->revision_id }));
	return tell_author(in, out);
}

/* The receipt of what stands, for a form that was sent twice. */
static struct rp_err *
same_receipt(struct incoming *in, const struct q_revision_get_row *rev,
    const struct q_response_by_form_row *old, struct rp_receipt *out)
{
	struct rp_arena *a = rp_tx_arena(in->tx);

	out->again = true;
	out->response_id = old->id;
	out->revision_id = rev->id;
	out->n = rev->n;
	out->code = old->code;
	out->late = old->is_late;
	out->held = rp_text_eq(old->state, RP_TEXT("held"));
	out->received_at = rev->received_at;
	out->digest = rp_hex(a, rev->digest);
	out->nonce = rp_hex(a, rev->nonce);
	return NULL;
}

/*
 * What waits for a look goes on waiting: another revision by whoever sent it is
 * no reason to let it pass.
 */
static rp_text
hold_still(rp_text state, rp_text old, rp_text hold)
{
	return rp_text_eq(state, RP_TEXT("held")) && hold.n == 0 ? old : hold;
}

static struct rp_err *
add_revision(struct incoming *in, int64_t response_id, int64_t n, rp_text hold,
    struct rp_receipt *out)
{
	out->held = hold.n > 0;
	RP_TRY(insert_revision(in, response_id, n, out));
	RP_TRY(q_response_set_standing(in->tx,
	    &(struct q_response_set_standing_param){ .id = response_id,
		.revision_id = out->revision_id,
		.state = hold.n > 0 ? RP_TEXT("held") : RP_TEXT("received"),
		.hold_reason = hold,
		.now = in->who->now }));
	return tell_author(in, out);
}

static struct rp_err *
sent_before(struct incoming *in, const struct q_response_by_form_row *old,
    rp_text form_id, rp_text hold, struct rp_receipt *out)
{
	struct rp_arena *a = rp_tx_arena(in->tx);
	struct q_revision_get_row rev;
	struct rp_digest d;

	out->secret = rp_receipt_secret(a, in->who->env, in->c->id, form_id);
	out->code = old->code;
	if (rp_text_eq(old->state, RP_TEXT("withdrawn")) || old->erased_at != 0)
		return rp_fail(RP_E_GONE, "withdrawn or erased");
	RP_TRY(q_revision_get(in->tx,
	    &(struct q_revision_get_param){ .id = old->standing_revision_id },
	    &rev));
	RP_TRY(rp_receipt_digest(a, in->s, in->email.entered, &in->files,
	    rev.nonce, &d));
	if (rp_equal_ct(rp_digest_bytes(&d), rev.digest))
		return same_receipt(in, &rev, old, out);
	if (in->s->once)
		return rp_fail(RP_E_CONFLICT, "sent before with other content");
	out->late = rp_submission_is_late(in->c, in->s);
	return add_revision(in, old->id, rev.n + 1,
	    hold_still(old->state, old->hold_reason, hold), out);
}

/* A token that was not made here is a problem of the form. */
static struct rp_err *
token(struct incoming *in, struct rp_problems *problems, int64_t *out_age,
    rp_text *out_form_id)
{
	struct rp_problem p = { .field = RP_FIELD_FORM,
		.kind = RP_PROBLEM_BAD_TOKEN };
	struct rp_err *e =
	    rp_form_token_check(rp_tx_arena(in->tx), in->who->env, in->c->id,
		in->s->token, in->who->now, out_age, out_form_id);

	if (e != NULL)
		rp_vec_push(rp_tx_arena(in->tx), problems, p);
	return e;
}

struct rp_err *
rp_response_submit(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, const struct rp_submission *s,
    struct rp_problems *problems, struct rp_receipt *out)
{
	struct incoming in = { .who = who, .tx = tx, .c = c, .s = s };
	struct q_response_by_form_row old;
	struct rp_receipt r = { 0 };
	rp_text form_id, hold;
	int64_t age;
	bool found;

	*problems = (struct rp_problems){ 0 };
	RP_TRY(rp_submission_check(who, rp_tx_arena(tx), c, s, problems));
	RP_TRY(token(&in, problems, &age, &form_id));
	RP_TRY(q_response_by_form(tx,
	    &(struct q_response_by_form_param){ .consultation_id = c->id,
		.form_id = form_id },
	    &old, &found));
	RP_TRY(prepare(&in, found ? old.standing_revision_id : 0));
	hold = hold_reason(&in, age);
	if (found)
		RP_TRY(sent_before(&in, &old, form_id, hold, &r));
	else
		RP_TRY(insert_response(&in, form_id, hold, &r));
	*out = r;
	return NULL;
}

static struct rp_err *
own(struct rp_tx *tx, rp_text secret, struct q_response_get_row *out)
{
	struct rp_digest hash = rp_secret_hash(secret);
	struct q_response_by_secret_row found_row;
	bool found;

	RP_TRY(q_response_by_secret(tx,
	    &(struct q_response_by_secret_param){
		.secret_hash = rp_digest_bytes(&hash) },
	    &found_row, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no response has this secret");
	RP_TRY(q_response_get(tx,
	    &(struct q_response_get_param){ .id = found_row.id }, out));
	if (out->erased_at != 0)
		return rp_fail(RP_E_GONE, "erased");
	return NULL;
}

/* Nothing is different from what stands: sent twice, or sent unchanged. */
static struct rp_err *
stands(struct incoming *in, const struct q_response_get_row *row,
    const struct q_revision_get_row *rev, struct rp_receipt *out)
{
	struct rp_arena *a = rp_tx_arena(in->tx);
	struct rp_digest d;

	/* Sent back as it is after it was returned: that is an answer. */
	if (rp_text_eq(row->state, RP_TEXT("returned")) ||
	    rp_text_eq(row->state, RP_TEXT("rejected")))
		return NULL;
	RP_TRY(rp_receipt_digest(a, in->s, in->email.entered, &in->files,
	    rev->nonce, &d));
	if (!rp_equal_ct(rp_digest_bytes(&d), rev->digest))
		return NULL;
	*out = (struct rp_receipt){ .response_id = row->id,
		.revision_id = rev->id,
		.n = rev->n,
		.secret = out->secret,
		.code = row->code,
		.received_at = rev->received_at,
		.digest = rp_hex(a, rev->digest),
		.nonce = rp_hex(a, rev->nonce),
		.again = true,
		.late = row->is_late,
		.held = rp_text_eq(row->state, RP_TEXT("held")) };
	return NULL;
}

struct rp_err *
rp_response_revise(const struct rp_actor *who, struct rp_tx *tx, rp_text secret,
    const struct rp_consultation *c, const struct rp_submission *s,
    struct rp_problems *problems, struct rp_receipt *out)
{
	struct incoming in = { .who = who, .tx = tx, .c = c, .s = s };
	struct rp_receipt r = { .secret = secret };
	struct q_response_get_row row;
	struct q_revision_get_row rev;

	*problems = (struct rp_problems){ 0 };
	RP_TRY(own(tx, secret, &row));
	if (row.withdrawn_at != 0)
		return rp_fail(RP_E_GONE, "withdrawn");
	if (row.consultation_id != c->id)
		return rp_fail(RP_E_NOTFOUND, "of another consultation");
	RP_TRY(rp_submission_check(who, rp_tx_arena(tx), c, s, problems));
	RP_TRY(q_revision_get(tx,
	    &(struct q_revision_get_param){ .id = row.standing_revision_id },
	    &rev));
	RP_TRY(prepare(&in, rev.id));
	r.code = row.code;
	RP_TRY(stands(&in, &row, &rev, &r));
	if (r.again) {
		*out = r;
		return NULL;
	}
	r.late = rp_submission_is_late(c, s);
	RP_TRY(add_revision(&in, row.id, rev.n + 1,
	    hold_still(row.state, row.hold_reason,
		r.late ? RP_TEXT("late") : RP_TEXT("")),
	    &r));
	*out = r;
	return NULL;
}

struct rp_err *
rp_response_withdraw(const struct rp_actor *who, struct rp_tx *tx,
    rp_text secret)
{
	struct q_response_get_row row;
	struct rp_consultation c;
	struct q_revision_get_row shown;
	bool was_public, marked;
	int64_t n;

	RP_TRY(rp_actor_needs(who, RP_MAY_ANSWER, (struct rp_place){ 0 }));
	RP_TRY(own(tx, secret, &row));
	RP_TRY(rp_consultation_get_by_id(who, tx, row.consultation_id,
	    RP_TEXT("en"), &c));
	was_public = row.public_revision_id != 0;
	marked = was_public && who->now >= c.deadline_at;
	if (was_public) {
		RP_TRY(q_revision_get(tx,
		    &(struct q_revision_get_param){
			.id = row.public_revision_id },
		    &shown));
		/* What nobody saw leaves no mark. */
		if (rp_text_eq(shown.authorisation, RP_TEXT("aggregate")))
			marked = false;
		RP_TRY(rp_listing_remove(who, tx, row.id));
	}
	RP_TRY(q_response_withdraw(tx,
	    &(struct q_response_withdraw_param){ .id = row.id,
		.now = who->now,
		.marked = marked },
	    &n));
	if (n == 0)
		return rp_fail(RP_E_GONE, "withdrawn already");
	return NULL;
}
