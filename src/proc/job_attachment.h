/*
 * job_attachment - the worker's job of having attachments read.
 *
 * One document at a time: claimed in a short write transaction, its octets read
 * in a short read one, then scanned and read with no transaction open, then
 * stored. What the parse process says is foreign and was checked by ipc.h.
 *
 * Tested in tests/journey/desk_test.py.
 */
#ifndef RP_PROC_JOB_ATTACHMENT_H
#define RP_PROC_JOB_ATTACHMENT_H

#include "proc/worker.h"

struct rp_err *rp_job_attachment(struct rp_arena *a, struct rp_worker *w,
    bool *more) RP_MUST_USE;

#endif
