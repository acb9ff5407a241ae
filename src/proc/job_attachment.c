#include "proc/job_attachment.h"

#include "base/clock.h"
#include "base/err.h"
#include "codec/filetype.h"
#include "codec/ipc.h"
#include "domain/attachment.h"
#include "proc/attachment.h"
#include "proc/scan.h"
#include "store/db.h"

/* A scanner or a reader that is not there: not sooner than this. */
#define LATER (2 * RP_MINUTE)

static struct rp_err *
claim(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    bool *found, struct rp_attachment_work *out)
{
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(w->db, a, RP_TX_WRITE, &tx));
	RP_TRY(rp_attachment_claim(who, tx, found, out));
	return rp_tx_commit(tx);
}

static struct rp_err *
octets(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    const struct rp_attachment_work *work, rp_bytes *out)
{
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(w->db, a, RP_TX_READ, &tx));
	RP_TRY(rp_attachment_octets(who, tx, work, out));
	return rp_tx_commit(tx);
}

static struct rp_attachment_result
not_read(rp_text reason)
{
	return (struct rp_attachment_result){ .state = RP_TEXT("not_read"),
		.reason = reason };
}

static struct rp_attachment_result
result_of(const struct rp_ipc_reply *r)
{
	enum rp_filetype kind = (enum rp_filetype)r->kind;
	bool known = kind == RP_FILETYPE_PDF || kind == RP_FILETYPE_DOCX ||
		     kind == RP_FILETYPE_ODT || kind == RP_FILETYPE_TXT;
	struct rp_attachment_result out = {
		.state = RP_TEXT("read"),
		.reason = r->reason,
		.kind = known ? rp_filetype_suffix(kind) : RP_TEXT(""),
		.body = r->text,
		.copy = r->copy,
		.original_is_clean = kind == RP_FILETYPE_TXT,
	};

	if (r->status == RP_IPC_NOT_READ || !known)
		return not_read(r->reason.n ? r->reason : RP_TEXT("kind"));
	/* Pages without a word are pictures of pages: nobody has read them. */
	if (r->pages > 0 && r->text.n == 0) {
		out.state = RP_TEXT("not_read");
		out.reason = RP_TEXT("no text");
	}
	return out;
}

/* Scanner, then reader. RP_E_UNAVAILABLE: try again later. */
static struct rp_err *
look_at(struct rp_arena *a, struct rp_worker *w,
    const struct rp_attachment_work *work, rp_bytes file,
    struct rp_attachment_result *out)
{
	const struct rp_settings *s = w->settings;
	rp_text found = RP_TEXT("");
	struct rp_ipc_reply reply;

	if (s->scanner_socket.n > 0)
		RP_TRY(rp_scan(a, rp_settings_path(a, s, s->scanner_socket).p,
		    file, &found));
	if (found.n > 0) {
		*out =
		    (struct rp_attachment_result){ .state = RP_TEXT("infected"),
			    .reason = found };
		return NULL;
	}
	(void)work;
	RP_TRY(rp_attachment_read(a, w->spawn_fd, w->next_id++, file, &reply));
	*out = result_of(&reply);
	return NULL;
}

static struct rp_err *
store(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    const struct rp_attachment_work *work, struct rp_err *failed,
    const struct rp_attachment_result *result)
{
	struct rp_attachment_result gave_up;
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(w->db, a, RP_TX_WRITE, &tx));
	if (failed == NULL) {
		RP_TRY(rp_attachment_done(who, tx, work, result));
	} else if (work->tries < RP_ATTACHMENT_TRIES) {
		RP_TRY(rp_attachment_later(who, tx, work, LATER,
		    rp_text_z(rp_err_message(failed))));
	} else {
		gave_up = not_read(rp_text_z(rp_err_message(failed)));
		RP_TRY(rp_attachment_done(who, tx, work, &gave_up));
	}
	return rp_tx_commit(tx);
}

struct rp_err *
rp_job_attachment(struct rp_arena *a, struct rp_worker *w, bool *more)
{
	struct rp_actor who = rp_actor_system(w->env, rp_clock_now());
	RP_AUTO(rp_err_freep) struct rp_err *failed = NULL;
	struct rp_attachment_result result = { 0 };
	struct rp_attachment_work work;
	bool found;
	rp_bytes file;

	RP_TRY(claim(a, w, &who, &found, &work));
	*more = found;
	if (!found || work.attachment_id == 0)
		return NULL;
	RP_TRY(octets(a, w, &who, &work, &file));
	failed = look_at(a, w, &work, file, &result);
	who.now = rp_clock_now();
	return store(a, w, &who, &work, failed, &result);
}
