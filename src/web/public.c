#include "domain/public.h"

#include "base/err.h"
#include "store/db.h"
#include "web/engine_private.h"

#define CEILING ((size_t)1024 * 1024)

struct asked {
	struct rp_web *w;
	int64_t version;
};

static struct rp_err *
ask(struct rp_arena *a, void *ctx)
{
	struct asked *q = ctx;
	struct rp_actor who = rp_actor_public(q->w->o.env, q->w->now);
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(q->w->o.db, a, RP_TX_READ, &tx));
	return rp_public_version(&who, tx, &q->version);
}

struct rp_err *
rp_web_public_version(struct rp_web *w, int64_t *out)
{
	struct asked q = { .w = w };

	RP_TRY(rp_job_run(CEILING, ask, &q));
	*out = q.version;
	return NULL;
}
