#include "proc/worker.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "domain/registry.h"
#include "proc/log.h"
#include "proc/metrics.h"
#include "store/db.h"

#define PERIODS_AFTER_FAILURE 10

struct call {
	struct rp_worker *w;
	const struct rp_worker_job *job;
	bool more;
};

static struct rp_err *
in_arena(struct rp_arena *a, void *ctx)
{
	struct call *c = ctx;

	return c->job->run(a, c->w, &c->more);
}

static void
failed(const struct rp_worker_job *job, struct rp_worker_state *s,
    const struct rp_err *e)
{
	const char *message = rp_err_message(e);

	rp_metric_add(RP_METRIC_job_failures, 1);
	if (s->failures < PERIODS_AFTER_FAILURE)
		s->failures++;
	if (s->last_error != NULL && strcmp(s->last_error, message) == 0)
		return;
	rp_log(RP_LOG_ERROR, "job-failed", rp_log_z("job", job->name),
	    rp_log_err(e));
	free(s->last_error);
	s->last_error = strdup(message);
}

static void
succeeded(const struct rp_worker_job *job, struct rp_worker_state *s)
{
	if (s->last_error != NULL)
		rp_log(RP_LOG_INFO, "job-works-again",
		    rp_log_z("job", job->name));
	free(s->last_error);
	s->last_error = NULL;
	s->failures = 0;
}

static void
run_one(struct rp_worker *w, const struct rp_worker_job *job,
    struct rp_worker_state *s, int64_t now)
{
	struct call c = { .w = w, .job = job };
	int64_t began = rp_clock_mono();
	struct rp_err *e = rp_job_run(RP_WORKER_ARENA_MAX, in_arena, &c);

	rp_metric_add(RP_METRIC_job_runs, 1);
	rp_metric_observe(RP_METRIC_job_seconds,
	    (rp_clock_mono() - began) * 1000);
	if (e != NULL) {
		failed(job, s, e);
		rp_err_free(e);
		s->due_at = now + job->period * s->failures;
		return;
	}
	succeeded(job, s);
	s->due_at = c.more ? now : now + job->period;
}

int64_t
rp_worker_turn(struct rp_worker *w, const struct rp_worker_job *jobs,
    struct rp_worker_state *states, size_t n, int64_t now)
{
	int64_t wait = RP_MINUTE;

	for (size_t i = 0; i < n; i++) {
		if (states[i].due_at <= now)
			run_one(w, &jobs[i], &states[i], now);
		if (states[i].due_at - now < wait)
			wait = states[i].due_at - now;
	}
	return wait;
}

struct rp_err *
rp_worker_loop(struct rp_worker *w, int stop_fd,
    const struct rp_worker_job *jobs, size_t n)
{
	struct rp_worker_state *states = calloc(n + 1, sizeof(*states));
	struct pollfd stop = { .fd = stop_fd, .events = POLLIN };
	struct rp_err *e = NULL;

	if (states == NULL)
		rp_panic(__FILE__, __LINE__, "out of memory");
	for (;;) {
		int64_t wait =
		    rp_worker_turn(w, jobs, states, n, rp_clock_mono());
		int got = poll(&stop, 1, (int)wait);

		if (got < 0 && errno != EINTR)
			e = rp_fail_errno(RP_E_INTERNAL, "poll");
		if (got > 0 || e != NULL)
			break;
	}
	for (size_t i = 0; i < n; i++)
		free(states[i].last_error);
	free(states);
	return e;
}

struct rp_err *
rp_worker_octets(struct rp_arena *a, struct rp_worker *w,
    const struct rp_actor *who, int64_t blob_id, size_t max, rp_bytes *out)
{
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(w->db, a, RP_TX_READ, &tx));
	RP_TRY(rp_registry_octets(who, tx, blob_id, max, out));
	return rp_tx_commit(tx);
}
