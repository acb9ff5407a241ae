/*
 * job_comparison - the worker's way with two files of a document: one pair, by
 * a parse process.
 *
 * Tested in tests/journey/difference_test.py.
 */
#ifndef RP_PROC_JOB_COMPARISON_H
#define RP_PROC_JOB_COMPARISON_H

#include "proc/worker.h"

/* One of them; `more`: there may be another. */
struct rp_err *rp_job_comparison(struct rp_arena *a, struct rp_worker *w,
    bool *more) RP_MUST_USE;

#endif
