/*
 * job_codebook - the worker's job of having codebooks of other programs read.
 *
 * As job_registry.h: claimed, read by a parse process, and stored in short
 * transactions, with none open meanwhile. What comes back is JSON of a process
 * that held a hostile file: it is read within the limits of codec/codebook.h.
 *
 * Tested in tests/journey/workbench_test.py.
 */
#ifndef RP_PROC_JOB_CODEBOOK_H
#define RP_PROC_JOB_CODEBOOK_H

#include "proc/worker.h"

struct rp_err *rp_job_codebook(struct rp_arena *a, struct rp_worker *w,
    bool *more) RP_MUST_USE;

#endif
