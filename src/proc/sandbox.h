/*
 * sandbox - what a role may do, and the kernel's word for it.
 *
 * A role enters its sandbox before it reads its first foreign octet; there is
 * no way back. Three nets: seccomp (a list of allowed system calls; any other
 * ends the process with SIGSYS), Landlock (files and TCP ports by list; the
 * rest is refused with EACCES), resource limits. no_new_privs is set always.
 *
 * A kernel may lack Landlock, or have an old one that knows no ports. What is
 * in force is told in struct rp_sandbox_state; `require` makes a lack an error.
 */
#ifndef RP_PROC_SANDBOX_H
#define RP_PROC_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"

struct rp_err;

/* System calls beyond those that every program needs. */
enum rp_sandbox_calls {
	RP_CALLS_READ_FILES = 1 << 0,  /* open for reading */
	RP_CALLS_WRITE_FILES = 1 << 1, /* and all else with files */
	RP_CALLS_SOCKETS = 1 << 2,     /* use the sockets that are there */
	RP_CALLS_ACCEPT = 1 << 3,      /* take connections */
	RP_CALLS_CONNECT_UNIX = 1 << 4,
	RP_CALLS_CONNECT_INET = 1 << 5,
	RP_CALLS_LOAD_CODE = 1 << 6, /* libraries at run time: resolvers */
};

/* A file, or a folder with all below it. One that is absent is left out. */
struct rp_sandbox_path {
	const char *path;
	bool write; /* read otherwise */
};

#define RP_SANDBOX_PATHS_MAX 16
#define RP_SANDBOX_PORTS_MAX 4

struct rp_sandbox_profile {
	const char *name;
	unsigned calls;
	struct rp_sandbox_path paths[RP_SANDBOX_PATHS_MAX]; /* to a NULL */
	uint16_t ports[RP_SANDBOX_PORTS_MAX]; /* to connect to; to a 0 */
	uint64_t cpu_seconds;                 /* 0: no limit */
	uint64_t memory;                      /* octets of address space */
	bool write_no_file;                   /* RLIMIT_FSIZE 0 */
};

struct rp_sandbox_state {
	bool seccomp;
	int landlock_abi; /* 0: the kernel has none */
};

/* What this kernel offers. Changes nothing. */
struct rp_sandbox_state rp_sandbox_probe(void);

/* Whether everything is there that a role can be closed by. */
bool rp_sandbox_is_full(const struct rp_sandbox_state *s);

/*
 * Close this process. RP_E_UNAVAILABLE if the kernel refused, or if `require`
 * and something lacks. `out` tells what is in force; may be NULL.
 */
struct rp_err *rp_sandbox_enter(const struct rp_sandbox_profile *p,
    bool require, struct rp_sandbox_state *out) RP_MUST_USE;

#endif
