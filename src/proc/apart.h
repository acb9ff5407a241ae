/*
 * apart - foreign octets of a command, read in a process of their own.
 *
 * The server has its parse role for this; a command forks. The child enters the
 * same sandbox (rp_profile_parse: no file, no socket, a limit of time and of
 * memory), does its work, and its answer comes back through a pipe. What the
 * parent gets is the work of a process that may have been taken over: octets to
 * be written where the user asked for them, and nothing to be believed.
 * Tested in tests/cli/compare_test.py.
 */
#ifndef RP_PROC_APART_H
#define RP_PROC_APART_H

#include "base/err.h"
#include "base/str.h"

struct rp_buf;

/* What the work may take: less than its sandbox does. */
#define RP_APART_MEMORY ((size_t)448 << 20)
#define RP_APART_ANSWER_MAX ((size_t)80 << 20)

/*
 * All octets of a file, or of standard input if `name` is "-". RP_E_NOTFOUND,
 * RP_E_UNAVAILABLE, and RP_E_LIMIT for more than `max`.
 */
struct rp_err *rp_apart_read(struct rp_arena *a, const char *name, size_t max,
    rp_bytes *out) RP_MUST_USE;

/*
 * Run `work` in the child; what it adds to `answer` (of RP_APART_ANSWER_MAX
 * octets at most) is the answer. Its failure becomes RP_E_INVALID with its
 * message; RP_E_LIMIT if the sandbox ended it.
 */
struct rp_err *rp_apart_run(struct rp_arena *a,
    struct rp_err *(
	*work)(struct rp_arena *a, void *ctx, struct rp_buf *answer),
    void *ctx, rp_bytes *out) RP_MUST_USE;

/*
 * Write a file, or standard output if `name` is "-". A file is made beside and
 * takes the name when it is complete. RP_E_UNAVAILABLE.
 */
struct rp_err *rp_apart_write(struct rp_arena *a, const char *name,
    rp_bytes octets) RP_MUST_USE;

#endif
