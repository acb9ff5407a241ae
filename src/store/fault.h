/*
 * fault - a disk that fails, or loses what was not synced, for tests.
 *
 * Between rp_fault_new() and rp_fault_free() every SQLite file that is opened
 * goes through it. Operations that change the disk (open for writing, write,
 * sync, truncate, delete; not the shared-memory file) are counted from 1, over
 * all files. Test code only; one at a time.
 *
 * Failing: the n-th operation fails, after writing half of what it was given.
 * RP_FAULT_FULL fails writes only, as a full disk does.
 *
 * Crashing: just before the n-th operation, what the disk would hold after a
 * power cut is written into a folder, and the program goes on unharmed. What
 * was synced survives; of what was written since, each 4 KiB of each write
 * survive or not by `seed` (0: none do). That an opened file exists and a
 * deleted one does not counts as synced: SQLite syncs folders by itself.
 */
#ifndef RP_STORE_FAULT_H
#define RP_STORE_FAULT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct rp_fault;

enum rp_fault_kind { RP_FAULT_IOERR, RP_FAULT_FULL };

struct rp_fault *rp_fault_new(void);
void rp_fault_free(struct rp_fault *f);
void rp_fault_freep(struct rp_fault **f);

/* Count from 1 again; the n-th fails, and if `stays` all that follow. */
void rp_fault_at(struct rp_fault *f, int64_t n, enum rp_fault_kind kind,
    bool stays);

/* The disk is well again. Whether anything has failed since rp_fault_at(). */
bool rp_fault_clear(struct rp_fault *f);

/* Count from 1 again; `folder` exists and is empty. */
void rp_fault_crash_at(struct rp_fault *f, int64_t n, const char *folder,
    uint64_t seed);

/* Whether that point was passed; and how many marks were set before it. */
bool rp_fault_crashed(const struct rp_fault *f, int64_t *out_marks);

/* Note in the trace that `what` was done here: an acknowledgement. */
void rp_fault_mark(struct rp_fault *f, const char *what);

/*
 * What happened since rp_fault_new(), a line each: "write wal 12", "sync wal",
 * "mark answered". Neighbours of the same kind are counted together. The files
 * are db, wal and journal.
 */
rp_text rp_fault_trace(const struct rp_fault *f, struct rp_arena *a);

#endif
