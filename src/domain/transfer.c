#include "domain/transfer.h"

#include "base/err.h"
#include "domain/event.h"
#include "domain/form_token.h"
#include "store/db.h"
#include "store/q_transfer.h"

static struct rp_transfer_row
row_of(struct rp_arena *a, const struct q_transfer_rows_row *r, bool contact)
{
	return (struct rp_transfer_row){
		.id = r->id,
		.number = r->number,
		.n = r->n,
		.words = r->words,
		.code = r->code,
		.state = r->state,
		.channel = r->channel,
		.is_late = r->is_late,
		.received_at = r->received_at,
		.published_at = r->published_at,
		.capacity = r->capacity,
		.name = r->name,
		.organisation = r->organisation,
		.job_title = r->job_title,
		.signatories = r->signatories,
		.category = r->category,
		.country = r->country,
		.email = contact ? r->email : RP_TEXT(""),
		.lang = r->lang,
		.summary = r->summary,
		.authorisation = r->authorisation,
		.needs = r->needs,
		.present = r->wishes_to_present,
		.digest = rp_hex(a, r->digest),
	};
}

/* Both are in the order of responses: one walk joins them. */
static void
join_answers(struct rp_arena *a, const struct q_transfer_answers_rows *rows,
    struct rp_transfer_rows *out)
{
	size_t at = 0;

	for (size_t i = 0; i < rows->n; i++) {
		struct rp_answer_in in = { .position = rows->v[i].position,
			.body = rows->v[i].body };

		while (at < out->n && out->v[at].id != rows->v[i].response_id)
			at++;
		RP_ASSERT(at < out->n);
		rp_vec_push(a, &out->v[at].answers, in);
	}
}

static void
join_attachments(struct rp_arena *a,
    const struct q_transfer_attachments_rows *rows,
    struct rp_transfer_rows *out)
{
	size_t at = 0;

	for (size_t i = 0; i < rows->n; i++) {
		while (at < out->n && out->v[at].id != rows->v[i].response_id)
			at++;
		RP_ASSERT(at < out->n);
		rp_vec_push(a, &out->v[at].attachments, rows->v[i].name);
	}
}

static struct rp_err *
fill(struct rp_tx *tx, int64_t consultation_id, int64_t after,
    struct rp_transfer_rows *out)
{
	int64_t last = out->v[out->n - 1].id;
	struct q_transfer_answers_rows answers;
	struct q_transfer_attachments_rows attachments;

	RP_TRY(q_transfer_answers(tx,
	    &(struct q_transfer_answers_param){ .consultation_id =
						    consultation_id,
		.after = after,
		.last = last },
	    &answers));
	RP_TRY(q_transfer_attachments(tx,
	    &(struct q_transfer_attachments_param){ .consultation_id =
							consultation_id,
		.after = after,
		.last = last },
	    &attachments));
	join_answers(rp_tx_arena(tx), &answers, out);
	join_attachments(rp_tx_arena(tx), &attachments, out);
	return NULL;
}

struct rp_err *
rp_transfer_batch(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, int64_t after,
    struct rp_transfer_rows *out)
{
	struct rp_place place = rp_consultation_place(c);
	bool contact = rp_actor_may(who, RP_MAY_CONTACT, place);
	struct rp_transfer_rows all = { 0 };
	struct q_transfer_rows_rows rows;
	int64_t characters = 0;

	RP_TRY(rp_actor_needs(who, RP_MAY_EXPORT, place));
	RP_TRY(q_transfer_rows(tx,
	    &(struct q_transfer_rows_param){ .consultation_id = c->id,
		.after = after,
		.max = RP_TRANSFER_ROWS },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		characters += rows.v[i].characters;
		if (i > 0 && characters > RP_TRANSFER_CHARACTERS)
			break;
		rp_vec_push(rp_tx_arena(tx), &all,
		    row_of(rp_tx_arena(tx), &rows.v[i], contact));
	}
	if (all.n > 0)
		RP_TRY(fill(tx, c->id, after, &all));
	*out = all;
	return NULL;
}

static struct rp_err *
prepare(const struct rp_actor *who, const struct rp_consultation *c,
    struct rp_submission *s, int64_t received_at)
{
	RP_TRY(rp_actor_needs(who, RP_MAY_EXPORT, rp_consultation_place(c)));
	if (received_at > who->now)
		return rp_fail(RP_E_INVALID, "received_at is still to come");
	s->channel = RP_TEXT("import");
	s->once = true;
	s->agrees = true;
	s->notice_id = 0;
	return NULL;
}

struct rp_err *
rp_transfer_check(const struct rp_actor *who, struct rp_arena *a,
    const struct rp_consultation *c, struct rp_submission *s,
    int64_t received_at, struct rp_problems *problems)
{
	RP_TRY(prepare(who, c, s, received_at));
	return rp_submission_check(who, a, c, s, problems);
}

struct rp_err *
rp_transfer_put(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, struct rp_submission *s, rp_bytes key,
    int64_t received_at, struct rp_problems *problems, struct rp_receipt *out)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct rp_actor then = *who;
	rp_text form_id;

	RP_TRY(prepare(who, c, s, received_at));
	if (received_at != 0)
		then.now = received_at;
	form_id = rp_form_id_of_key(a, who->env, RP_TEXT("import"), c->id, key);
	s->token = rp_form_token_make(a, who->env, c->id, form_id, then.now);
	return rp_response_submit(&then, tx, c, s, problems, out);
}

struct rp_err *
rp_transfer_noted(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, int64_t n)
{
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("consultation.import"),
		.object_kind = RP_TEXT("consultation"),
		.object_id = c->id,
		.group_id = c->group.id,
		.after = rp_textf(rp_tx_arena(tx), "%lld responses",
		    (long long)n) });
}
