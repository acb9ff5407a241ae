/*
 * err - one error channel.
 *
 * A function that can fail returns `struct rp_err *`: NULL is success, anything
 * else is the failure and the caller owns it. There is no second channel (no
 * errno, no thread-local message, no bool beside an out-parameter), so "failed
 * without a reason" and "succeeded with a stale reason" cannot be written.
 *
 * Programming mistakes are not errors: they are RP_ASSERT, which is compiled
 * into every build and ends the process. Out of memory is an abort too.
 */
#ifndef RP_BASE_ERR_H
#define RP_BASE_ERR_H

#include "base/attr.h"

/* Each code is one HTTP status; web/status.c holds the only table. */
enum rp_ecode {
	RP_E_INVALID = 1, /* 400  the caller sent something malformed */
	RP_E_UNKNOWN,     /* 401  who is asking is not known: sign in */
	RP_E_DENIED,      /* 403  well-formed, but this actor may not */
	RP_E_NOTFOUND,    /* 404  also used where 403 would leak existence */
	RP_E_CONFLICT,    /* 409  lost a race, or a uniqueness rule */
	RP_E_GONE,        /* 410  was here: withdrawn, erased, closed */
	RP_E_LIMIT,       /* 413  a stated size was passed */
	RP_E_RATE,        /* 429  a stated rate was passed */
	RP_E_UNAVAILABLE, /* 503  a dependency is down; retry may work */
	RP_E_INTERNAL,    /* 500  our fault */
};

struct rp_err;

/* Make an error. The message is for the operator's log, never for a page. */
struct rp_err *rp_fail(enum rp_ecode code, const char *fmt, ...) RP_MUST_USE
    RP_PRINTF(2, 3) RP_NONNULL_RET;

/* The same with errno's text behind the message (": No such file ..."). */
struct rp_err *rp_fail_errno(enum rp_ecode code, const char *fmt,
    ...) RP_MUST_USE RP_PRINTF(2, 3) RP_NONNULL_RET;

/* Put context in front of `e`'s message ("loading draft 7: ..."). Takes `e`. */
struct rp_err *rp_err_wrap(struct rp_err *e, const char *fmt, ...) RP_MUST_USE
    RP_PRINTF(2, 3) RP_NONNULL_RET;

enum rp_ecode rp_err_code(const struct rp_err *e);
const char *rp_err_message(const struct rp_err *e);

/* Accepts NULL. */
void rp_err_free(struct rp_err *e);

/* For `RP_AUTO(rp_err_freep) struct rp_err *e = ...`. */
void rp_err_freep(struct rp_err **e);

void rp_panic(const char *file, int line, const char *what) RP_NORETURN;

#define RP_ASSERT(x) (rp_likely(x) ? (void)0 : rp_panic(__FILE__, __LINE__, #x))

/* The one control-flow macro of the tree: return the failure, if any. */
#define RP_TRY(call)                         \
	do {                                 \
		struct rp_err *e_ = (call);  \
		if (rp_unlikely(e_ != NULL)) \
			return e_;           \
	} while (0)

#endif
