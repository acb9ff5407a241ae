#include "domain/attachment.h"

#include <string.h>

#include "base/err.h"
#include "domain/attachment_private.h"
#include "domain/entering.h"
#include "domain/listing.h"
#include "domain/upload.h"
#include "store/db.h"
#include "store/q_attachment.h"
#include "text/input.h"

static struct rp_err *
only_worker(const struct rp_actor *who)
{
	if (!who->system)
		return rp_fail(RP_E_DENIED, "only the worker reads files");
	return NULL;
}

static struct rp_err *
forget(struct rp_tx *tx, int64_t task_id)
{
	return q_attachment_task_done(tx,
	    &(struct q_attachment_task_done_param){ .id = task_id });
}

struct rp_err *
rp_attachment_claim(const struct rp_actor *who, struct rp_tx *tx,
    bool *out_found, struct rp_attachment_work *out)
{
	struct q_attachment_task_claim_row task;
	struct q_attachment_work_get_row a;
	bool found;

	RP_TRY(only_worker(who));
	*out_found = false;
	RP_TRY(q_attachment_task_claim(tx,
	    &(struct q_attachment_task_claim_param){ .now = who->now,
		.until_at = who->now + RP_ATTACHMENT_CLAIM },
	    &task, &found));
	if (!found)
		return NULL;
	RP_TRY(q_attachment_work_get(tx,
	    &(struct q_attachment_work_get_param){ .id = task.ref_id }, &a,
	    &found));
	*out_found = true;
	*out = (struct rp_attachment_work){ .task_id = task.id };
	if (!found || !rp_text_eq(a.state, RP_TEXT("received"))) {
		/* Erased, or read already: the claim is all there was to do. */
		return forget(tx, task.id);
	}
	*out = (struct rp_attachment_work){ .task_id = task.id,
		.attachment_id = task.ref_id,
		.response_id = a.response_id,
		.blob_id = a.blob_id,
		.size = a.size,
		.tries = task.tries,
		.name = a.name,
		.kind = a.kind };
	return NULL;
}

struct rp_err *
rp_attachment_octets(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_attachment_work *work, rp_bytes *out)
{
	uint8_t *all;
	size_t n = 0, size = (size_t)work->size;

	RP_TRY(only_worker(who));
	RP_ASSERT(work->size >= 0);
	all = rp_alloc(rp_tx_arena(tx), size + 1);
	for (int64_t seq = 0;; seq++) {
		rp_bytes chunk;
		bool found;

		RP_TRY(
		    rp_blob_chunk(who, tx, work->blob_id, seq, &found, &chunk));
		if (!found)
			break;
		if (chunk.n > size - n)
			return rp_fail(RP_E_INTERNAL, "blob %lld is too long",
			    (long long)work->blob_id);
		memcpy(all + n, chunk.p, chunk.n);
		n += chunk.n;
	}
	if (n != size)
		return rp_fail(RP_E_INTERNAL, "blob %lld is too short",
		    (long long)work->blob_id);
	*out = (rp_bytes){ all, n };
	return NULL;
}

struct rp_err *
rp_attachment_text(struct rp_tx *tx, int64_t revision_id, int64_t id,
    rp_text body)
{
	struct q_attached_questions_rows questions;
	struct q_attached_revision_insert_row own;
	struct q_attached_answer_insert_row answer;
	bool any = false;

	if (body.n == 0)
		return NULL;
	RP_TRY(q_attached_questions(tx,
	    &(struct q_attached_questions_param){ .revision_id = revision_id },
	    &questions));
	RP_ASSERT(questions.n > 0);
	RP_TRY(q_attached_revision_insert(tx,
	    &(struct q_attached_revision_insert_param){ .revision_id =
							    revision_id,
		.n = -id },
	    &own));
	RP_TRY(q_attached_answer_insert(tx,
	    &(struct q_attached_answer_insert_param){ .revision_id = own.id,
		.question_id = questions.v[0].question_id,
		.body = body },
	    &answer));
	for (size_t i = 0; i < questions.n; i++)
		any |= questions.v[i].is_answered;
	for (size_t i = 0; i < questions.n; i++)
		RP_TRY(q_attached_text_insert(tx,
		    &(struct q_attached_text_insert_param){ .attachment_id = id,
			.revision_id = revision_id,
			.answer_id = answer.id,
			.question_id = questions.v[i].question_id,
			.is_standing = !any || questions.v[i].is_answered }));
	return NULL;
}

struct rp_err *
rp_attachment_done(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_attachment_work *work,
    const struct rp_attachment_result *result)
{
	rp_text body = rp_text_cut(result->body, RP_ATTACHMENT_TEXT_MAX);
	struct q_attachment_work_get_row now;
	int64_t clean = 0;
	bool found;

	RP_TRY(only_worker(who));
	/* As it is now: it may have been published, or erased, meanwhile. */
	RP_TRY(q_attachment_work_get(tx,
	    &(struct q_attachment_work_get_param){ .id = work->attachment_id },
	    &now, &found));
	if (!found)
		return forget(tx, work->task_id);
	/* The original of a letter is not for the public. */
	if (result->original_is_clean && !rp_channel_is_entered(now.channel))
		clean = work->blob_id;
	if (result->copy.n > 0 && !rp_channel_is_entered(now.channel))
		RP_TRY(rp_blob_put(who, tx, result->copy, &clean));
	RP_TRY(q_attachment_set(tx,
	    &(struct q_attachment_set_param){ .id = work->attachment_id,
		.state = result->state,
		.reason = result->reason,
		.kind = result->kind.n > 0 ? result->kind : work->kind,
		.body = body,
		.clean_blob_id = clean }));
	RP_TRY(
	    rp_attachment_text(tx, now.revision_id, work->attachment_id, body));
	RP_TRY(forget(tx, work->task_id));
	if (!now.is_public)
		return NULL;
	RP_TRY(rp_listing_remove(who, tx, now.response_id));
	return rp_listing_put(who, tx, now.response_id);
}

struct rp_err *
rp_attachment_later(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_attachment_work *work, int64_t delay, rp_text why)
{
	RP_TRY(only_worker(who));
	return q_attachment_task_later(tx,
	    &(struct q_attachment_task_later_param){ .id = work->task_id,
		.not_before_at = who->now + delay,
		.error = why });
}
