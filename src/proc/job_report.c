#include "proc/job_report.h"

#include "base/clock.h"
#include "base/err.h"
#include "domain/report_return.h"
#include "proc/attachment.h"
#include "proc/scan.h"
#include "store/db.h"

static struct rp_err *
claim(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    bool *found, struct rp_report_return_work *out)
{
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(w->db, a, RP_TX_READ, &tx));
	RP_TRY(rp_report_return_claim(who, tx, found, out));
	return rp_tx_commit(tx);
}

/* RP_E_UNAVAILABLE: try again later. `reason` says why it was not read. */
static struct rp_err *
look_at(struct rp_arena *a, struct rp_worker *w, rp_bytes file, rp_bytes *text,
    rp_text *reason)
{
	const struct rp_settings *s = w->settings;
	struct rp_ipc_reply r;

	*reason = RP_TEXT("");
	if (s->scanner_socket.n > 0)
		RP_TRY(rp_scan(a, rp_settings_path(a, s, s->scanner_socket).p,
		    file, reason));
	if (reason->n > 0)
		return NULL;
	RP_TRY(
	    rp_attachment_model(a, w->spawn_fd, w->next_id++, file, false, &r));
	*text = rp_text_bytes(r.text);
	if (r.status == RP_IPC_NOT_READ)
		*reason = r.reason.n > 0 ? r.reason : RP_TEXT("not read");
	return NULL;
}

struct rp_err *
rp_job_report(struct rp_arena *a, struct rp_worker *w, bool *more)
{
	struct rp_actor who = rp_actor_system(w->env, rp_clock_now());
	struct rp_report_return_work work;
	rp_bytes text = { 0 };
	struct rp_tx *tx;
	rp_text reason;

	RP_TRY(claim(a, w, &who, more, &work));
	if (!*more)
		return NULL;
	RP_TRY(look_at(a, w, work.file, &text, &reason));
	RP_TRY(rp_tx_begin(w->db, a, RP_TX_WRITE, &tx));
	RP_TRY(rp_report_return_done(&who, tx, &work, text, reason));
	return rp_tx_commit(tx);
}
