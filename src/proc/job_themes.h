/*
 * job_themes - the worker's job of running the engine over answers.
 *
 * A run is claimed, its answers are read, the engine computes in this process
 * with no transaction open, and what it found is stored in short ones. Progress
 * is written when a stage begins; a run that was cancelled meanwhile, or is
 * somebody else's by now, is given up there or when the computing is done.
 * While it computes, the worker does nothing else.
 *
 * Tested in tests/journey/theme_test.py.
 */
#ifndef RP_PROC_JOB_THEMES_H
#define RP_PROC_JOB_THEMES_H

#include "proc/worker.h"

/* What one run may take: a million answers need less. */
#define RP_THEMES_ARENA_MAX ((size_t)1536 * 1024 * 1024)

struct rp_err *rp_job_themes(struct rp_arena *a, struct rp_worker *w,
    bool *more) RP_MUST_USE;

#endif
