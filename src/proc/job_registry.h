/*
 * job_registry - the worker's job of having versions read and compared.
 *
 * As job_attachment.h: claimed, read, and stored in short transactions of their
 * own, with none open while the scanner and the parse process are at work.
 *
 * Tested in tests/journey/registry_test.py.
 */
#ifndef RP_PROC_JOB_REGISTRY_H
#define RP_PROC_JOB_REGISTRY_H

#include "proc/worker.h"

struct rp_err *rp_job_registry(struct rp_arena *a, struct rp_worker *w,
    bool *more) RP_MUST_USE;

#endif
