/*
 * supervise - the parent of all roles.
 *
 * Opens the listening sockets, forks the roles, starts again what ended by
 * itself (waiting longer each time), and on SIGTERM or SIGINT lets the web
 * processes finish what they have, then ends the rest. Forks parse processes
 * for the worker (spawn.h) and gives out the metrics. It reads no octet that
 * came from outside, opens no database, and does nothing in signal handlers:
 * signals, ends of processes and requests are events of one epoll loop.
 */
#ifndef RP_PROC_SUPERVISE_H
#define RP_PROC_SUPERVISE_H

#include "proc/role.h"

/* Milliseconds that the roles have to end before they are killed. */
#define RP_SUPERVISE_STOP_MAX (20 * (int64_t)1000)

struct rp_supervise_options {
	const struct rp_settings *settings;
	const struct rp_role *web, *worker, *hash;
	/* Path of the program that reads a document from descriptor 0 and
	 * answers on 1; it closes itself before it reads. NULL: none is read.
	 */
	const char *parse_program;
	int inherited;             /* sockets from 3 on, instead of `listen` */
	const char *notify_socket; /* of the service manager, or NULL */
	int64_t backoff_first;     /* ms before the first restart; 0: 100 */
};

/*
 * Until SIGTERM or SIGINT. An address that this machine has not is told in the
 * log and left out, if any other is there. RP_E_UNAVAILABLE if listening
 * failed, RP_E_INVALID if a role says that its settings are wrong.
 */
struct rp_err *rp_supervise(struct rp_arena *a,
    const struct rp_supervise_options *o) RP_MUST_USE;

#endif
