/*
 * spawn - asking the supervisor for a process that reads one document.
 *
 * Over a SEQPACKET socket. A request is an id and two descriptors (the document
 * to read, the result to write); the answer says how the process ended. The
 * supervisor reads nothing else and never looks into the descriptors.
 */
#ifndef RP_PROC_SPAWN_H
#define RP_PROC_SPAWN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Processes at once; more are refused as busy. */
#define RP_SPAWN_MAX 4

/* Milliseconds on the wall for one document. */
#define RP_SPAWN_TIME_MAX (120 * (int64_t)1000)

enum rp_spawn_outcome {
	RP_SPAWN_DONE,   /* exit status 0 */
	RP_SPAWN_FAILED, /* another; `detail` is the status */
	RP_SPAWN_KILLED, /* by signal `detail`: the sandbox, a limit, a fault */
	RP_SPAWN_BUSY,
	RP_SPAWN_OUTCOMES,
};

struct rp_spawn_answer {
	uint32_t id;
	enum rp_spawn_outcome outcome;
	int detail;
};

/* The asking side. Closes neither descriptor. RP_E_UNAVAILABLE. */
struct rp_err *rp_spawn_ask(int fd, uint32_t id, int in, int out) RP_MUST_USE;

/* RP_E_UNAVAILABLE if none comes in `wait_ms`, RP_E_INVALID if malformed. */
struct rp_err *rp_spawn_answer_get(int fd, int wait_ms,
    struct rp_spawn_answer *out) RP_MUST_USE;

/*
 * The supervisor's side: one request that waits on `fd`, with its descriptors,
 * which the caller closes. False if none waits. RP_E_INVALID for a malformed
 * one (its descriptors are closed), RP_E_GONE at the end.
 */
struct rp_err *rp_spawn_request_get(int fd, uint32_t *out_id, int *out_in,
    int *out_out, bool *out_got) RP_MUST_USE;

void rp_spawn_answer_send(int fd, const struct rp_spawn_answer *answer);

/*
 * Ask, feed `document`, take the result (at most `result_max` octets, else
 * RP_E_LIMIT), wait for the end. RP_E_UNAVAILABLE: busy, try later.
 * RP_E_INVALID: the document ended its process; the message says how.
 */
struct rp_err *rp_spawn_run(struct rp_arena *a, int fd, uint32_t id,
    rp_bytes document, size_t result_max, rp_bytes *out) RP_MUST_USE;

#endif
