/*
 * job_mail - the worker's job of sending what waits in the outbox.
 *
 * Claimed, sent, and marked in short transactions of their own; a process that
 * ends between the last two sends once more, which is better than not at all.
 * Nothing is done where no mail server is set.
 *
 * Tested in tests/journey/mailing_test.py.
 */
#ifndef RP_PROC_JOB_MAIL_H
#define RP_PROC_JOB_MAIL_H

#include "proc/worker.h"

struct rp_err *rp_job_mail(struct rp_arena *a, struct rp_worker *w,
    bool *more) RP_MUST_USE;

#endif
