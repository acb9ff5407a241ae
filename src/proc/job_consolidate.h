/*
 * job_consolidate - the worker's job of having amendments read and
 * consolidated.
 *
 * As job_registry.h: claimed, read, and stored in short transactions of their
 * own, with none open while the scanner and the parse process are at work. The
 * clean text is asked for when no bracket is open.
 *
 * Tested in tests/journey/amendment_test.py.
 */
#ifndef RP_PROC_JOB_CONSOLIDATE_H
#define RP_PROC_JOB_CONSOLIDATE_H

#include "proc/worker.h"

struct rp_err *rp_job_consolidate(struct rp_arena *a, struct rp_worker *w,
    bool *more) RP_MUST_USE;

#endif
