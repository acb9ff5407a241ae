/*
 * arena - memory that lives as long as one job.
 *
 * Every request, mail, import, export and command gets one arena; everything it
 * builds is allocated there and dies in one rp_arena_free(). Memory is zeroed
 * but for rp_alloc_raw(). Nothing is freed one by one.
 *
 * Out of memory ends the process. Reaching the arena's `ceiling` (octets) ends
 * the job only: rp_job_run() is the one jump point of the tree; the arena's
 * deferred calls run, and the caller gets RP_E_LIMIT. An arena made by hand
 * with rp_arena_new() has no jump point, and reaching its ceiling panics.
 * Neither is a user-visible limit: those are named constants, checked where
 * data enters.
 *
 * Under AddressSanitizer each allocation is its own malloc() block, so a
 * use-after-free or an overflow between neighbours is reported.
 */
#ifndef RP_BASE_ARENA_H
#define RP_BASE_ARENA_H

#include <stddef.h>

#include "base/attr.h"

struct rp_arena;
struct rp_err;

struct rp_arena *rp_arena_new(size_t ceiling) RP_MUST_USE RP_NONNULL_RET;

/* Run the deferred calls, last first, then free everything. Accepts NULL. */
void rp_arena_free(struct rp_arena *a);

/* The same, but keep the arena and its first block for another job. */
void rp_arena_reset(struct rp_arena *a);

/* For `RP_AUTO(rp_arena_freep) struct rp_arena *a = ...`. */
void rp_arena_freep(struct rp_arena **a);

/*
 * For a process that does one piece of work and ends: from now on memory that
 * an arena gives up is kept for the next one, not given back to the system,
 * which would have to clear the same pages again. No more than the process had
 * at its most.
 */
void rp_arena_keep_pages(void);

/* Octets taken from the system so far. */
size_t rp_arena_taken(const struct rp_arena *a);

void *rp_alloc(struct rp_arena *a, size_t size) RP_MUST_USE RP_NONNULL_RET;
void *rp_alloc_n(struct rp_arena *a, size_t n,
    size_t size) RP_MUST_USE RP_NONNULL_RET;

/* Not zeroed: for octets that are all written before they are read. */
void *rp_alloc_raw(struct rp_arena *a, size_t size) RP_MUST_USE RP_NONNULL_RET;

#define rp_new(a, type) ((type *)rp_alloc((a), sizeof(type)))
#define rp_new_n(a, type, n) ((type *)rp_alloc_n((a), (n), sizeof(type)))

/* Call fn(ptr) when the arena is freed: how fds and statements are closed. */
void rp_arena_defer(struct rp_arena *a, void (*fn)(void *), void *ptr);

/*
 * Run fn(a, ctx) with a new arena of `ceiling` octets and free it. Returns what
 * fn returned, or RP_E_LIMIT if it reached the ceiling. Locals of fn with a
 * cleanup attribute are skipped in that case: inside a job, handles belong to
 * the arena.
 */
struct rp_err *rp_job_run(size_t ceiling,
    struct rp_err *(*fn)(struct rp_arena *a, void *ctx), void *ctx) RP_MUST_USE;

/* The same in an arena that the caller keeps, resets and frees. */
struct rp_err *rp_job_run_in(struct rp_arena *a,
    struct rp_err *(*fn)(struct rp_arena *a, void *ctx), void *ctx) RP_MUST_USE;

#endif
