#include "proc/job_codebook.h"

#include "base/clock.h"
#include "base/err.h"
#include "codec/ipc.h"
#include "domain/codebook_import.h"
#include "domain/registry.h"
#include "proc/attachment.h"
#include "proc/codebook_rows.h"
#include "proc/scan.h"
#include "store/db.h"

/* A scanner or a reader that is not there: not sooner than this. */
#define LATER (2 * RP_MINUTE)

static struct rp_err *
claim(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    bool *found, struct rp_import_work *out)
{
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(w->db, a, RP_TX_WRITE, &tx));
	RP_TRY(rp_codebook_import_claim(who, tx, found, out));
	return rp_tx_commit(tx);
}

/* `*reason` says why there are no codes; RP_E_UNAVAILABLE: try again later. */
static struct rp_err *
look_at(struct rp_arena *a, struct rp_worker *w, rp_bytes file,
    struct rp_import_codes *codes, rp_text *reason)
{
	const struct rp_settings *s = w->settings;
	struct rp_ipc_reply r;
	struct rp_err *e;

	*reason = RP_TEXT("");
	if (s->scanner_socket.n > 0)
		RP_TRY(rp_scan(a, rp_settings_path(a, s, s->scanner_socket).p,
		    file, reason));
	if (reason->n > 0)
		return NULL;
	RP_TRY(rp_attachment_codebook(a, w->spawn_fd, w->next_id++, file, &r));
	if (r.status == RP_IPC_NOT_READ) {
		*reason = r.reason.n > 0 ? r.reason : RP_TEXT("not read");
		return NULL;
	}
	e = rp_codebook_rows(a, r.text, codes);
	if (e != NULL)
		*reason = rp_textf(a, "%s", rp_err_message(e));
	rp_err_free(e);
	return NULL;
}

static struct rp_err *
store(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    const struct rp_import_work *work, const struct rp_err *failed,
    const struct rp_import_codes *codes, rp_text reason)
{
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(w->db, a, RP_TX_WRITE, &tx));
	if (failed != NULL && work->tries < RP_IMPORT_TRIES)
		RP_TRY(rp_codebook_import_later(who, tx, work, LATER,
		    rp_text_z(rp_err_message(failed))));
	else if (failed != NULL)
		RP_TRY(rp_codebook_import_read(who, tx, work, NULL,
		    rp_text_z(rp_err_message(failed))));
	else
		RP_TRY(rp_codebook_import_read(who, tx, work,
		    reason.n > 0 ? NULL : codes, reason));
	return rp_tx_commit(tx);
}

struct rp_err *
rp_job_codebook(struct rp_arena *a, struct rp_worker *w, bool *more)
{
	struct rp_actor who = rp_actor_system(w->env, rp_clock_now());
	RP_AUTO(rp_err_freep) struct rp_err *failed = NULL;
	struct rp_import_codes codes = { 0 };
	struct rp_import_work work;
	rp_text reason;
	rp_bytes file;

	RP_TRY(claim(a, w, &who, more, &work));
	if (!*more)
		return NULL;
	failed = rp_worker_octets(a, w, &who, work.blob_id,
	    RP_CODEBOOK_ROWS_FILE_MAX, &file);
	if (failed == NULL)
		failed = look_at(a, w, file, &codes, &reason);
	who.now = rp_clock_now();
	return store(a, w, &who, &work, failed, &codes, reason);
}
