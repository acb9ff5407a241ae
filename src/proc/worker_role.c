#include "proc/worker_role.h"

#include "base/clock.h"
#include "base/err.h"
#include "domain/actor.h"
#include "domain/draft.h"
#include "domain/upload.h"
#include "proc/env.h"
#include "proc/profile.h"
#include "proc/worker.h"
#include "store/db.h"

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

static const struct rp_worker_job jobs[] = {
	{ "sweep", RP_HOUR, sweep },
};

static struct rp_err *
prepare(struct rp_role_context *ctx)
{
	struct rp_process *p;

	RP_TRY(rp_process_open(ctx->arena, ctx->settings, "worker", &p));
	ctx->own = p;
	return NULL;
}

static struct rp_err *
run(struct rp_role_context *ctx)
{
	struct rp_process *p = ctx->own;
	struct rp_worker w = { .db = p->db,
		.env = &p->env,
		.settings = ctx->settings,
		.spawn_fd = ctx->spawn_fd };

	rp_role_ready(ctx);
	return rp_worker_loop(&w, ctx->stop_fd, jobs,
	    sizeof(jobs) / sizeof(jobs[0]));
}

const struct rp_role rp_worker_role = { .name = "worker",
	.profile = rp_profile_worker,
	.prepare = prepare,
	.run = run };
