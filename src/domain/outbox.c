#include "domain/outbox.h"

#include "base/err.h"
#include "domain/event.h"
#include "domain/place.h"
#include "store/db.h"
#include "store/q_mailing.h"
#include "store/q_outbox.h"
#include "store/q_response.h"

/* How many rows are looked at for one page of those that may be seen. */
#define LOOKED_AT 400

/* What the message is about lies there; a person lies nowhere. */
static struct rp_err *
place(struct rp_tx *tx, rp_text kind, int64_t id, struct rp_place *out)
{
	struct rp_err *e = rp_place_of(tx, kind, id, out);

	if (e == NULL)
		return NULL;
	if (rp_err_code(e) != RP_E_INVALID && rp_err_code(e) != RP_E_NOTFOUND)
		return e;
	rp_err_free(e);
	*out = (struct rp_place){ 0 };
	return NULL;
}

static bool
may_anywhere(const struct rp_actor *who)
{
	if (who->system)
		return true;
	for (size_t i = 0; i < who->grants.n; i++)
		if (who->grants.v[i].capability == RP_MAY_CONTACT ||
		    who->grants.v[i].capability == RP_MAY_ADMINISTER)
			return true;
	return false;
}

struct rp_err *
rp_outbox_list(const struct rp_actor *who, struct rp_tx *tx, rp_text state,
    int64_t below_id, struct rp_notifications *out, int64_t *out_next)
{
	struct q_outbox_list_rows rows;

	if (!may_anywhere(who))
		return rp_fail(RP_E_DENIED, "may see addresses nowhere");
	RP_TRY(q_outbox_list(tx,
	    &(struct q_outbox_list_param){ .state = state,
		.below_id = below_id > 0 ? below_id : INT64_MAX,
		.max = LOOKED_AT },
	    &rows));
	*out = (struct rp_notifications){ 0 };
	*out_next = 0;
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_outbox_list_row *r = &rows.v[i];
		struct rp_notification n = { .id = r->id,
			.object_id = r->object_id,
			.created_at = r->created_at,
			.sent_at = r->sent_at,
			.kind = r->kind,
			.recipient = r->recipient,
			.lang = r->lang,
			.object_kind = r->object_kind,
			.note = r->note,
			.state = r->state,
			.code = r->code,
			.number = r->number,
			.consultation_id = r->consultation_id,
			.is_public = r->public_revision_id != 0 };
		struct rp_place where;

		RP_TRY(place(tx, r->object_kind, r->object_id, &where));
		if (!rp_actor_may(who, RP_MAY_CONTACT, where))
			continue;
		if (out->n == RP_OUTBOX_PAGE) {
			*out_next = out->v[out->n - 1].id;
			return NULL;
		}
		rp_vec_push(rp_tx_arena(tx), out, n);
	}
	if (rows.n == LOOKED_AT)
		*out_next = rows.v[rows.n - 1].id;
	return NULL;
}

struct rp_err *
rp_outbox_mark_sent(const struct rp_actor *who, struct rp_tx *tx, int64_t id)
{
	struct q_outbox_get_row row;
	struct rp_place where;
	bool found;
	int64_t n;

	RP_TRY(q_outbox_get(tx, &(struct q_outbox_get_param){ .id = id }, &row,
	    &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no message %lld", (long long)id);
	RP_TRY(place(tx, row.object_kind, row.object_id, &where));
	RP_TRY(rp_actor_needs(who, RP_MAY_CONTACT, where));
	RP_TRY(q_outbox_mark(tx,
	    &(struct q_outbox_mark_param){ .id = id,
		.state = RP_TEXT("sent"),
		.now = who->now },
	    &n));
	if (n == 0)
		return rp_fail(RP_E_CONFLICT, "sent already");
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("outbox.sent"),
		.object_kind = row.object_kind,
		.object_id = row.object_id,
		.group_id = where.group_id,
		.before = row.state,
		.after = rp_textf(rp_tx_arena(tx), "sent: %.*s",
		    RP_FMT(row.kind)) });
}

struct rp_err *
rp_outbox_tell(const struct rp_actor *who, struct rp_tx *tx, int64_t person_id,
    rp_text kind, rp_text object_kind, int64_t object_id, rp_text note)
{
	struct q_outbox_person_row row;
	bool found = false;

	if (person_id != 0)
		RP_TRY(q_outbox_person(tx,
		    &(struct q_outbox_person_param){ .person_id = person_id },
		    &row, &found));
	if (!found)
		return NULL;
	return q_outbox_insert(tx,
	    &(struct q_outbox_insert_param){ .kind = kind,
		.recipient = row.address,
		.lang = row.lang,
		.object_kind = object_kind,
		.object_id = object_id,
		.note = note,
		.now = who->now });
}

/* The worker. */

static struct rp_err *
only_worker(const struct rp_actor *who)
{
	return who->system ? NULL : rp_fail(RP_E_DENIED, "the worker does it");
}

struct rp_err *
rp_outbox_is_due(const struct rp_actor *who, struct rp_tx *tx, bool *out)
{
	struct q_outbox_due_row row;

	RP_TRY(only_worker(who));
	return q_outbox_due(tx,
	    &(struct q_outbox_due_param){ .now = who->now,
		.oldest = who->now - RP_OUTBOX_AGE_MAX },
	    &row, out);
}

static struct rp_err *
load_response(struct rp_tx *tx, struct rp_outbox_work *w)
{
	struct q_outbox_of_response_row row;
	bool found;

	RP_TRY(q_outbox_of_response(tx,
	    &(struct q_outbox_of_response_param){ .response_id = w->object_id },
	    &row, &found));
	w->is_off = !found;
	if (!found)
		return NULL;
	w->code = row.code;
	w->number = row.number;
	w->consultation_id = row.consultation_id;
	w->is_public = row.public_revision_id != 0;
	return NULL;
}

static struct rp_err *
load_delivery(struct rp_tx *tx, struct rp_outbox_work *w)
{
	struct q_mailing_of_delivery_row row;
	bool found;

	RP_TRY(q_mailing_of_delivery(tx,
	    &(struct q_mailing_of_delivery_param){
		.delivery_id = w->object_id },
	    &row, &found));
	w->is_off = !found || row.refused > 0 || row.secret.n == 0;
	if (!found)
		return NULL;
	w->subject = row.subject;
	w->body = row.body;
	w->secret = row.secret;
	return NULL;
}

struct rp_err *
rp_outbox_claim(const struct rp_actor *who, struct rp_tx *tx, bool *out_found,
    struct rp_outbox_work *out)
{
	struct q_outbox_claim_row row;

	RP_TRY(only_worker(who));
	RP_TRY(q_outbox_claim(tx,
	    &(struct q_outbox_claim_param){ .now = who->now,
		.until_at = who->now + RP_OUTBOX_CLAIM,
		.oldest = who->now - RP_OUTBOX_AGE_MAX },
	    &row, out_found));
	if (!*out_found)
		return NULL;
	*out = (struct rp_outbox_work){ .id = row.id,
		.object_id = row.object_id,
		.tries = row.tries,
		.created_at = row.created_at,
		.kind = row.kind,
		.recipient = row.recipient,
		.lang = row.lang,
		.object_kind = row.object_kind,
		.note = row.note };
	if (rp_text_eq(row.object_kind, RP_TEXT("response")))
		return load_response(tx, out);
	if (rp_text_eq(row.object_kind, RP_TEXT("delivery")))
		return load_delivery(tx, out);
	return NULL;
}

struct rp_err *
rp_outbox_tried(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_outbox_work *work, enum rp_outbox_end end, rp_text why)
{
	static const rp_text states[] = { RP_TEXT_INIT("sent"),
		RP_TEXT_INIT("waiting"), RP_TEXT_INIT("failed") };
	int64_t wait = RP_OUTBOX_WAIT;

	RP_TRY(only_worker(who));
	if (end == RP_OUTBOX_LATER && work->tries >= RP_OUTBOX_TRIES)
		end = RP_OUTBOX_FAILED;
	for (int64_t i = 1; i < work->tries; i++)
		wait *= 2;
	RP_TRY(q_outbox_tried(tx,
	    &(struct q_outbox_tried_param){ .id = work->id,
		.state = states[end],
		.error = end == RP_OUTBOX_SENT ? RP_TEXT("") : why,
		.not_before_at = who->now + wait,
		.sent_at = end == RP_OUTBOX_SENT ? who->now : 0 }));
	if (!rp_text_eq(work->object_kind, RP_TEXT("delivery")))
		return NULL;
	return q_mailing_delivery_state(tx,
	    &(struct q_mailing_delivery_state_param){ .delivery_id =
							  work->object_id,
		.state = states[end],
		.error = end == RP_OUTBOX_SENT ? RP_TEXT("") : why,
		.now = who->now });
}
