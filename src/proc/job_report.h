/*
 * job_report - have reports read that were edited in a word processor.
 *
 * One a call, by a parse process (proc/attachment.h): what comes back are its
 * paragraphs with their ids, its own tracked changes taken. Tested in
 * tests/journey/report_test.py.
 */
#ifndef RP_PROC_JOB_REPORT_H
#define RP_PROC_JOB_REPORT_H

#include "proc/worker.h"

struct rp_err *rp_job_report(struct rp_arena *a, struct rp_worker *w,
    bool *more) RP_MUST_USE;

#endif
