/*
 * crew - pieces of work that do not depend on each other, on several cores.
 *
 * A crew forks for each call and waits: piece i is done by process i % jobs, so
 * what is computed does not depend on their number. A piece hands back what it
 * wrote into memory from rp_crew_memory(), and nothing else: its own arenas are
 * gone with its process, and it must not touch a file. It ends with the
 * process that began it. The watch is asked by that one alone: between pieces
 * and while it waits; others are ended when it says yes. With one job
 * everything happens in the caller's process, as it does in a sandbox that
 * cannot fork.
 */
#ifndef RP_THEMES_CREW_H
#define RP_THEMES_CREW_H

#include "base/arena.h"
#include "base/err.h"

#include <stdint.h>

#define RP_CREW_JOBS_MAX 64

struct rp_watch;

struct rp_crew {
	unsigned jobs;          /* 0 is 1 */
	struct rp_watch *watch; /* may be NULL */
};

/* Zeroed memory that all processes of a crew write to; freed with `a`. */
void *rp_crew_memory(struct rp_arena *a,
    size_t size) RP_MUST_USE RP_NONNULL_RET;

/*
 * piece(ctx, i) for i below `n`. RP_E_LIMIT if a process was ended (out of
 * memory, as a rule), RP_E_UNAVAILABLE if none could be started, RP_E_GONE if
 * the watch stopped it.
 */
struct rp_err *rp_crew_run(const struct rp_crew *crew, uint32_t n,
    void (*piece)(void *ctx, uint32_t i), void *ctx) RP_MUST_USE;

#endif
