/*
 * role - a process of the server, from its fork to its end.
 *
 * Each starts by the same steps in the same order: signals and descriptors,
 * name, what must be opened before the door closes (`prepare`), the sandbox,
 * and only then `run`, which may read foreign octets. A role is one struct
 * literal; the supervisor knows no more of it.
 *
 * `stop_fd` becomes readable (end of file) when the role shall end, also when
 * the supervisor is gone.
 * Tested in supervise_test.c.
 */
#ifndef RP_PROC_ROLE_H
#define RP_PROC_ROLE_H

#include <stdbool.h>
#include <stddef.h>

#include "proc/sandbox.h"
#include "proc/settings.h"

#define RP_ROLE_LISTEN_MAX 16
#define RP_ROLE_WEB_MAX 64
#define RP_ROLE_ARENA_MAX ((size_t)512 * 1024 * 1024)

/* Exit status of a role that no restart will help: wrong settings. */
#define RP_ROLE_EXIT_SETTINGS 78

struct rp_role_context {
	struct rp_arena *arena; /* for the life of the process */
	const struct rp_settings *settings;
	int index; /* among the processes of this role */
	int stop_fd;
	int listen[RP_ROLE_LISTEN_MAX]; /* web */
	size_t n_listen;
	int spawn_fd; /* worker: asks for parse processes; else -1 */
	int hash_fds[RP_ROLE_WEB_MAX]; /* web: one; hash: one per web */
	size_t n_hash_fds;
	void *own; /* made by prepare for run */
};

struct rp_role {
	const char *name;
	struct rp_sandbox_profile (
	    *profile)(struct rp_arena *a, const struct rp_settings *s);
	struct rp_err *(*prepare)(struct rp_role_context *ctx); /* or NULL */
	struct rp_err *(*run)(struct rp_role_context *ctx);
};

/* Tell the supervisor that this role serves now. */
void rp_role_ready(const struct rp_role_context *ctx);

/*
 * Become the role, in a child that has just been forked; does not return.
 * Standard error stays; every other descriptor not in `ctx` is closed. Ends
 * without running exit handlers: 0, 1, or RP_ROLE_EXIT_SETTINGS after
 * RP_E_INVALID from `prepare`.
 */
void rp_role_start(const struct rp_role *role, struct rp_role_context *ctx,
    bool require_sandbox) RP_NORETURN;

/*
 * The common half of rp_role_start(): default signals, nothing open but 0
 * (/dev/null), 1, 2 and `keep` (sorted in place), no capabilities, the name,
 * not dumpable.
 */
void rp_role_become(const char *name, int *keep, size_t n_keep);

#endif
