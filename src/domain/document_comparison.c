#include "domain/document_comparison.h"

#include "base/err.h"
#include "domain/document_task_private.h"
#include "domain/public.h"
#include "domain/upload.h"
#include "store/db.h"
#include "store/q_meeting.h"

static bool
is_pair(const struct rp_document_file *old, const struct rp_document_file *now)
{
	return old->docx_blob_id != 0 && now->docx_blob_id != 0 &&
	       rp_text_eq(old->lang, now->lang);
}

static void
add(struct rp_arena *a, const struct rp_document_file *old,
    const struct rp_document_file *now, bool is_of_whole,
    struct rp_document_pairs *out)
{
	struct rp_document_pair one = { old, now, is_of_whole };

	rp_vec_push(a, out, one);
}

/* Files come with the newest revision first. */
void
rp_document_pairs(struct rp_arena *a, const struct rp_meeting_document *d,
    const struct rp_meeting_document *of, struct rp_document_pairs *out)
{
	for (size_t i = 0; i < d->files.n; i++) {
		const struct rp_document_file *now = &d->files.v[i];

		for (size_t k = 0; k < d->files.n; k++) {
			const struct rp_document_file *old = &d->files.v[k];

			if (is_pair(old, now) &&
			    old->revision < now->revision &&
			    now->revision - old->revision <=
				RP_DOCUMENT_COMPARED_MAX)
				add(a, old, now, false, out);
		}
		for (size_t k = 0;
		     of != NULL && now->revision == 0 && k < of->files.n; k++) {
			if (!is_pair(&of->files.v[k], now))
				continue;
			add(a, &of->files.v[k], now, true, out);
			break;
		}
	}
}

struct rp_err *
rp_document_comparison_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_document_pair *pair, struct rp_document_comparison *out)
{
	struct q_document_comparison_get_row row;
	bool found;

	RP_ASSERT(who != NULL); /* the files came to who may read them */
	RP_TRY(q_document_comparison_get(tx,
	    &(struct q_document_comparison_get_param){ .old_file_id =
							   pair->old->id,
		.new_file_id = pair->now->id },
	    &row, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "are not compared");
	*out = (struct rp_document_comparison){ .id = row.id,
		.state = row.state,
		.reason = row.reason,
		.text_blob_id = row.text_blob_id,
		.tracked_blob_id = row.tracked_blob_id };
	return NULL;
}

struct rp_err *
rp_document_comparison_ask(const struct rp_actor *who, struct rp_tx *tx,
    int64_t file_id)
{
	RP_TRY(q_document_comparison_ask(tx,
	    &(struct q_document_comparison_ask_param){ .file_id = file_id,
		.max = RP_DOCUMENT_COMPARED_MAX }));
	RP_TRY(q_document_comparison_ask_whole(tx,
	    &(struct q_document_comparison_ask_whole_param){
		.file_id = file_id }));
	return q_document_comparison_task(tx,
	    &(struct q_document_comparison_task_param){ .file_id = file_id,
		.now = who->now });
}

struct rp_err *
rp_document_comparison_claim(const struct rp_actor *who, struct rp_tx *tx,
    bool *out_found, struct rp_document_comparing *out)
{
	struct q_document_comparison_claim_row task;
	struct q_document_comparison_files_row row;
	bool there;

	RP_TRY(rp_document_only_worker(who));
	*out = (struct rp_document_comparing){ .is_nothing = true };
	RP_TRY(q_document_comparison_claim(tx,
	    &(struct q_document_comparison_claim_param){ .now = who->now,
		.until_at = who->now + RP_DOCUMENT_COMPARISON_CLAIM },
	    &task, out_found));
	if (!*out_found)
		return NULL;
	RP_TRY(q_document_comparison_files(tx,
	    &(struct q_document_comparison_files_param){ .id = task.ref_id },
	    &row, &there));
	if (!there)
		return q_document_task_done(tx,
		    &(struct q_document_task_done_param){ .id = task.id });
	*out = (struct rp_document_comparing){ .task_id = task.id,
		.id = task.ref_id,
		.tries = task.tries,
		.old_blob_id = row.old_blob_id,
		.new_blob_id = row.new_blob_id };
	return NULL;
}

struct rp_err *
rp_document_comparison_later(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_document_comparing *work, int64_t wait_ms, rp_text why)
{
	return rp_document_task_later(who, tx, work->task_id, wait_ms, why);
}

struct rp_err *
rp_document_comparison_made(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_document_comparing *work,
    const struct rp_document_compared *r)
{
	struct q_document_comparison_made_param p = { .id = work->id,
		.state = r->failed ? RP_TEXT("failed") : RP_TEXT("made"),
		.reason = r->reason,
		.now = who->now };

	RP_TRY(rp_document_only_worker(who));
	RP_TRY(rp_document_keep(who, tx, r->text, &p.text_blob_id));
	RP_TRY(rp_document_keep(who, tx, r->tracked, &p.tracked_blob_id));
	RP_TRY(q_document_comparison_made(tx, &p));
	RP_TRY(rp_public_touch(who, tx));
	return q_document_task_done(tx,
	    &(struct q_document_task_done_param){ .id = work->task_id });
}
