#include "proc/job_letterhead.h"

#include "base/clock.h"
#include "base/err.h"
#include "codec/ipc.h"
#include "domain/letterhead.h"
#include "proc/attachment.h"
#include "proc/scan.h"
#include "store/db.h"

/* A scanner or a reader that is not there: not sooner than this. */
#define LATER (2 * RP_MINUTE)

static struct rp_err *
claim(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    bool *found, struct rp_letterhead_work *out)
{
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(w->db, a, RP_TX_WRITE, &tx));
	RP_TRY(rp_letterhead_claim(who, tx, found, out));
	return rp_tx_commit(tx);
}

/* RP_E_UNAVAILABLE: try again later. `reason` says why nothing was made. */
static struct rp_err *
make(struct rp_arena *a, struct rp_worker *w,
    const struct rp_letterhead_work *work, rp_bytes file,
    struct rp_ipc_reply *out, rp_text *reason)
{
	const struct rp_settings *s = w->settings;

	*reason = RP_TEXT("");
	if (s->scanner_socket.n > 0 && !work->is_letter)
		RP_TRY(rp_scan(a, rp_settings_path(a, s, s->scanner_socket).p,
		    file, reason));
	if (reason->n > 0)
		return NULL;
	RP_TRY(rp_attachment_fill(a, w->spawn_fd, w->next_id++, file,
	    work->is_letter ? work->facts : RP_TEXT("{}"), out));
	if (out->status == RP_IPC_NOT_READ)
		*reason = out->reason.n > 0 ? out->reason : RP_TEXT("not read");
	else if (work->is_letter && out->text.n > 0)
		*reason = RP_TEXT("a field has no fact");
	return NULL;
}

static struct rp_err *
store(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    const struct rp_letterhead_work *work, const struct rp_err *failed,
    const struct rp_ipc_reply *r, rp_text reason)
{
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(w->db, a, RP_TX_WRITE, &tx));
	if (failed != NULL && work->tries < RP_LETTERHEAD_TRIES)
		RP_TRY(rp_letterhead_later(who, tx, work, LATER,
		    rp_text_z(rp_err_message(failed))));
	else
		RP_TRY(rp_letterhead_made(who, tx, work, r->text, r->copy,
		    failed != NULL ? rp_text_z(rp_err_message(failed)) :
				     reason));
	return rp_tx_commit(tx);
}

struct rp_err *
rp_job_letterhead(struct rp_arena *a, struct rp_worker *w, bool *more)
{
	struct rp_actor who = rp_actor_system(w->env, rp_clock_now());
	RP_AUTO(rp_err_freep) struct rp_err *failed = NULL;
	struct rp_letterhead_work work;
	struct rp_ipc_reply r = { 0 };
	rp_text reason = RP_TEXT("");
	rp_bytes file;

	RP_TRY(claim(a, w, &who, more, &work));
	if (!*more)
		return NULL;
	failed = rp_worker_octets(a, w, &who, work.blob_id, RP_IPC_DOCUMENT_MAX,
	    &file);
	if (failed == NULL)
		failed = make(a, w, &work, file, &r, &reason);
	who.now = rp_clock_now();
	return store(a, w, &who, &work, failed, &r, reason);
}
