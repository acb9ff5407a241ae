/*
 * clock - the time, as an argument.
 *
 * An instant is milliseconds since 1970-01-01T00:00:00Z (int64_t, names end in
 * `_at`). Layers below `web` never ask for the time: it is in the actor, so
 * that tests own it. rp_clock_now() is for the top of a job.
 */
#ifndef RP_BASE_CLOCK_H
#define RP_BASE_CLOCK_H

#include "base/str.h"

#define RP_SECOND ((int64_t)1000)
#define RP_MINUTE (60 * RP_SECOND)
#define RP_HOUR (60 * RP_MINUTE)
#define RP_DAY (24 * RP_HOUR)

int64_t rp_clock_now(void);

/* Milliseconds of a clock that never goes back, for durations. */
int64_t rp_clock_mono(void);

/* RFC 3339, UTC, whole seconds: 2026-11-21T07:53:00Z. */
rp_text rp_clock_rfc3339(struct rp_arena *a, int64_t at);

/* RFC 9110 IMF-fixdate: Sat, 21 Nov 2026 07:53:00 GMT. */
rp_text rp_clock_http(struct rp_arena *a, int64_t at);

/* Reads what rp_clock_rfc3339() writes; RP_E_INVALID. */
struct rp_err *rp_clock_parse(rp_text t, int64_t *out) RP_MUST_USE;

#endif
