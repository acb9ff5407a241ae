/*
 * job_letterhead - the worker's job of reading letterheads and filling them.
 *
 * As job_document.h: claimed, read or filled by a parse process, and stored in
 * short transactions of their own.
 *
 * Tested in tests/journey/invitation_test.py.
 */
#ifndef RP_PROC_JOB_LETTERHEAD_H
#define RP_PROC_JOB_LETTERHEAD_H

#include "proc/worker.h"

struct rp_err *rp_job_letterhead(struct rp_arena *a, struct rp_worker *w,
    bool *more) RP_MUST_USE;

#endif
