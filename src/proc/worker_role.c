#include "proc/worker_role.h"

#include "base/clock.h"
#include "base/err.h"
#include "domain/actor.h"
#include "domain/draft.h"
#include "domain/privacy.h"
#include "domain/search.h"
#include "domain/silence.h"
#include "domain/theme_tally.h"
#include "domain/upload.h"
#include "proc/env.h"
#include "proc/job_attachment.h"
#include "proc/job_codebook.h"
#include "proc/job_comparison.h"
#include "proc/job_consolidate.h"
#include "proc/job_document.h"
#include "proc/job_letterhead.h"
#include "proc/job_mail.h"
#include "proc/job_registry.h"
#include "proc/job_report.h"
#include "proc/job_themes.h"
#include "proc/log.h"
#include "proc/mailer.h"
#include "proc/profile.h"
#include "proc/worker.h"
#include "store/db.h"
#include "text/folded.h"
#include "text/stem.h"
#include "themes/units.h"

static struct rp_err *
sweep(struct rp_arena *a, struct rp_worker *w, bool *more)
{
	struct rp_actor who = rp_actor_system(w->env, rp_clock_now());
	struct rp_tx *tx;

	(void)more;
	RP_TRY(rp_tx_begin(w->db, a, RP_TX_WRITE, &tx));
	RP_TRY(rp_upload_sweep(&who, tx));
	RP_TRY(rp_draft_sweep(&who, tx));
	return rp_tx_commit(tx);
}

/* Others wait for the lock of a write: no longer than this, and a little. */
#define WRITE_MAX ((int64_t)12)

/* Write from `*at` on while there is time; an entry is never split. */
static struct rp_err *
store_some(struct rp_arena *a, struct rp_worker *w, const struct rp_actor *who,
    const struct rp_search_entries *all, size_t *at)
{
	int64_t until = rp_clock_mono() + WRITE_MAX;
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(w->db, a, RP_TX_WRITE, &tx));
	do {
		RP_TRY(rp_search_store(who, tx, &all->v[(*at)++]));
	} while (*at < all->n && rp_clock_mono() < until);
	return rp_tx_commit(tx);
}

static struct rp_err *
index_responses(struct rp_arena *a, struct rp_worker *w, bool *more)
{
	struct rp_actor who = rp_actor_system(w->env, rp_clock_now());
	struct rp_search_entries all;
	struct rp_tx *tx;
	size_t at = 0;

	RP_TRY(rp_tx_begin(w->db, a, RP_TX_READ, &tx));
	RP_TRY(rp_search_prepare(&who, tx, &all));
	RP_TRY(rp_tx_commit(tx));
	*more = all.n > 0;
	while (at < all.n)
		RP_TRY(store_some(a, w, &who, &all, &at));
	return NULL;
}

static struct rp_err *
index_consultations(struct rp_arena *a, struct rp_worker *w, bool *more)
{
	struct rp_actor who = rp_actor_system(w->env, rp_clock_now());
	struct rp_search_entries all;
	struct rp_tx *tx;
	size_t at = 0;

	(void)more;
	RP_TRY(rp_tx_begin(w->db, a, RP_TX_READ, &tx));
	RP_TRY(rp_search_prepare_consultations(&who, tx, &all));
	RP_TRY(rp_tx_commit(tx));
	if (all.n == 0)
		return NULL;
	while (at < all.n)
		RP_TRY(store_some(a, w, &who, &all, &at));
	RP_TRY(rp_tx_begin(w->db, a, RP_TX_WRITE, &tx));
	RP_TRY(rp_search_mark(&who, tx));
	return rp_tx_commit(tx);
}

/* Personal data whose time is over, a batch in each transaction. */
static struct rp_err *
retain(struct rp_arena *a, struct rp_worker *w, bool *more)
{
	struct rp_actor who = rp_actor_system(w->env, rp_clock_now());
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(w->db, a, RP_TX_WRITE, &tx));
	RP_TRY(rp_privacy_retain(&who, tx, more));
	return rp_tx_commit(tx);
}

/*
 * Often and little by little, for whoever commits past a full log would do it
 * all at once, with people waiting.
 */
static struct rp_err *
checkpoint(struct rp_arena *a, struct rp_worker *w, bool *more)
{
	int64_t version;

	(void)a;
	(void)more;
	if (rp_db_is_shared(w->db))
		return NULL;
	RP_TRY(rp_db_version(w->db, &version));
	if (version == w->moved)
		return NULL;
	RP_TRY(rp_db_checkpoint(w->db));
	w->moved = version;
	return NULL;
}

/* Silence procedures that are over; a write only when there is one. */
static struct rp_err *
settle(struct rp_arena *a, struct rp_worker *w, bool *more)
{
	struct rp_actor who = rp_actor_system(w->env, rp_clock_now());
	struct rp_tx *tx;
	bool due;
	int64_t n;

	(void)more;
	RP_TRY(rp_tx_begin(w->db, a, RP_TX_READ, &tx));
	RP_TRY(rp_silence_is_due(&who, tx, &due));
	RP_TRY(rp_tx_commit(tx));
	if (!due)
		return NULL;
	RP_TRY(rp_tx_begin(w->db, a, RP_TX_WRITE, &tx));
	RP_TRY(rp_silence_settle(&who, tx, &n));
	return rp_tx_commit(tx);
}

/* Counting takes long and holds nobody up; keeping it is a short write. */
static struct rp_err *
tally(struct rp_arena *a, struct rp_worker *w, bool *more)
{
	struct rp_actor who = rp_actor_system(w->env, rp_clock_now());
	struct rp_counted counted;
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(w->db, a, RP_TX_READ, &tx));
	RP_TRY(rp_tally_count(&who, tx, &counted));
	RP_TRY(rp_tx_commit(tx));
	*more = counted.codebook_id != 0;
	if (!*more)
		return NULL;
	RP_TRY(rp_tx_begin(w->db, a, RP_TX_WRITE, &tx));
	RP_TRY(rp_tally_keep(&who, tx, &counted));
	return rp_tx_commit(tx);
}

static const struct rp_worker_job jobs[] = {
	{ "checkpoint", 25, checkpoint },
	{ "retain", RP_HOUR, retain },
	{ "attachments", 2 * RP_SECOND, rp_job_attachment },
	{ "registry", 2 * RP_SECOND, rp_job_registry },
	{ "reports", 2 * RP_SECOND, rp_job_report },
	{ "documents", RP_SECOND, rp_job_document },
	{ "letterheads", RP_SECOND, rp_job_letterhead },
	{ "comparisons", RP_SECOND, rp_job_comparison },
	{ "consolidate", RP_SECOND, rp_job_consolidate },
	{ "codebooks", 2 * RP_SECOND, rp_job_codebook },
	{ "themes", 2 * RP_SECOND, rp_job_themes },
	{ "mail", RP_SECOND, rp_job_mail },
	{ "index", RP_SECOND, index_responses },
	{ "index-consultations", 20 * RP_SECOND, index_consultations },
	{ "silence", 2 * RP_SECOND, settle },
	{ "tally", RP_SECOND, tally },
	{ "sweep", RP_HOUR, sweep },
};

/* What is opened before the sandbox, for the life of the process. */
struct own {
	struct rp_process *p;
	struct rp_theme_tools tools;
	struct rp_mailer *mailer;
};

/* Without it everything else works; what is to be sent waits. */
static void
open_mailer(struct rp_role_context *ctx, struct own *own)
{
	struct rp_err *e = NULL;

	if (ctx->settings->smarthost.n > 0)
		e = rp_mailer_open(ctx->arena, ctx->settings->smarthost,
		    &own->mailer);
	if (e != NULL)
		rp_log(RP_LOG_ERROR, "no-mail-server", rp_log_err(e));
	rp_err_free(e);
}

static struct rp_err *
prepare(struct rp_role_context *ctx)
{
	struct own *own = rp_new(ctx->arena, struct own);

	RP_TRY(rp_process_open(ctx->arena, ctx->settings, "worker", &own->p));
	own->tools = (struct rp_theme_tools){ own->p->env.words,
		rp_folder_new(), rp_stemmer_new() };
	open_mailer(ctx, own);
	ctx->own = own;
	return NULL;
}

static struct rp_err *
run(struct rp_role_context *ctx)
{
	struct own *own = ctx->own;
	struct rp_process *p = own->p;
	struct rp_worker w = { .db = p->db,
		.env = &p->env,
		.settings = ctx->settings,
		.spawn_fd = ctx->spawn_fd,
		.mailer = own->mailer,
		.tools = &own->tools,
		.locales = p->locales };

	rp_role_ready(ctx);
	return rp_worker_loop(&w, ctx->stop_fd, jobs,
	    sizeof(jobs) / sizeof(jobs[0]));
}

const struct rp_role rp_worker_role = { .name = "worker",
	.profile = rp_profile_worker,
	.prepare = prepare,
	.run = run };
