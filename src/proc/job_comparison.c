#include "proc/job_comparison.h"

#include "base/clock.h"
#include "base/err.h"
#include "codec/ipc.h"
#include "domain/document_comparison.h"
#include "domain/registry.h"
#include "proc/attachment.h"
#include "store/db.h"

/* A reader that is not there: not sooner than this. */
#define LATER (2 * RP_MINUTE)

static struct rp_err *
claim(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    bool *found, struct rp_document_comparing *out, rp_bytes *old,
    rp_bytes *now)
{
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(w->db, a, RP_TX_WRITE, &tx));
	RP_TRY(rp_document_comparison_claim(who, tx, found, out));
	if (*found && !out->is_nothing) {
		RP_TRY(rp_registry_octets(who, tx, out->old_blob_id,
		    RP_IPC_DOCUMENT_MAX, old));
		RP_TRY(rp_registry_octets(who, tx, out->new_blob_id,
		    RP_IPC_DOCUMENT_MAX, now));
	}
	return rp_tx_commit(tx);
}

static struct rp_err *
compare(struct rp_arena *a, struct rp_worker *w, rp_bytes old, rp_bytes now,
    struct rp_document_compared *out)
{
	struct rp_ipc_reply r;

	RP_TRY(
	    rp_attachment_compare(a, w->spawn_fd, w->next_id++, old, now, &r));
	*out = r.status == RP_IPC_NOT_READ ?
		   (struct rp_document_compared){ .failed = true,
			   .reason = r.reason } :
		   (struct rp_document_compared){ .text = rp_text_bytes(r.text),
			   .tracked = r.copy };
	return NULL;
}

static struct rp_err *
store(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    const struct rp_document_comparing *work, const struct rp_err *failed,
    struct rp_document_compared *result)
{
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(w->db, a, RP_TX_WRITE, &tx));
	if (failed != NULL && work->tries < RP_DOCUMENT_COMPARISON_TRIES) {
		RP_TRY(rp_document_comparison_later(who, tx, work, LATER,
		    rp_text_z(rp_err_message(failed))));
	} else {
		if (failed != NULL)
			*result = (struct rp_document_compared){ .failed = true,
				.reason = rp_text_z(rp_err_message(failed)) };
		RP_TRY(rp_document_comparison_made(who, tx, work, result));
	}
	return rp_tx_commit(tx);
}

struct rp_err *
rp_job_comparison(struct rp_arena *a, struct rp_worker *w, bool *more)
{
	struct rp_actor who = rp_actor_system(w->env, rp_clock_now());
	RP_AUTO(rp_err_freep) struct rp_err *failed = NULL;
	struct rp_document_compared result = { 0 };
	struct rp_document_comparing work;
	rp_bytes old = { 0 }, now = { 0 };

	RP_TRY(claim(a, w, &who, more, &work, &old, &now));
	if (!*more || work.is_nothing)
		return NULL;
	failed = compare(a, w, old, now, &result);
	who.now = rp_clock_now();
	return store(a, w, &who, &work, failed, &result);
}
