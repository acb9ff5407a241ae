/*
 * worker - what is done without anybody waiting for it.
 *
 * One process, one job at a time. A job is a row of rp_worker_jobs[]: a name, a
 * period, a function. It is given a fresh arena and the process's context, and
 * returns how much more there is to do: while it says `more`, it is run again
 * at once, in turns with the others. A failure is logged once, and again only
 * when its message changes; after it the job waits ten periods at most.
 */
#ifndef RP_PROC_WORKER_H
#define RP_PROC_WORKER_H

#include "base/str.h"
#include "proc/role.h"

struct rp_actor;
struct rp_db;
struct rp_env;
struct rp_locale;
struct rp_mailer;
struct rp_theme_tools;

#define RP_WORKER_ARENA_MAX ((size_t)256 * 1024 * 1024)

struct rp_worker {
	struct rp_db *db;
	const struct rp_env *env;
	const struct rp_settings *settings;
	int spawn_fd;     /* for rp_spawn_run() */
	uint32_t next_id; /* of documents */
	int64_t moved;    /* the version that was moved out of the log */
	const struct rp_mailer *mailer;     /* NULL: no mail server is set */
	const struct rp_theme_tools *tools; /* for rp_job_themes() */
	/* By enum rp_lang: for rp_job_document(). */
	const struct rp_locale *const *locales;
};

struct rp_worker_job {
	const char *name;
	int64_t period; /* ms */
	struct rp_err *(
	    *run)(struct rp_arena *a, struct rp_worker *w, bool *more);
};

/* Where a job stands; one beside each job. */
struct rp_worker_state {
	int64_t due_at; /* monotonic */
	unsigned failures;
	char *last_error;
};

/* Run what is due. Returns the milliseconds until the next is. */
int64_t rp_worker_turn(struct rp_worker *w, const struct rp_worker_job *jobs,
    struct rp_worker_state *states, size_t n, int64_t now);

/* Turns until `stop_fd` is readable. */
struct rp_err *rp_worker_loop(struct rp_worker *w, int stop_fd,
    const struct rp_worker_job *jobs, size_t n) RP_MUST_USE;

/*
 * For jobs: a blob that the registry's rights let them read, up to `max`
 * octets, in a transaction of its own. RP_E_LIMIT.
 */
struct rp_err *rp_worker_octets(struct rp_arena *a, struct rp_worker *w,
    const struct rp_actor *who, int64_t blob_id, size_t max,
    rp_bytes *out) RP_MUST_USE;

#endif
