/*
 * job_document - the worker's job of making Word and PDF of documents.
 *
 * As job_registry.h: claimed, made, and stored in short transactions of their
 * own, with none open while the scanner and the parse process are at work. The
 * words of the head are in the file's language, in English where that is none
 * of the six.
 *
 * Tested in tests/journey/contribution_test.py.
 */
#ifndef RP_PROC_JOB_DOCUMENT_H
#define RP_PROC_JOB_DOCUMENT_H

#include "proc/worker.h"

struct rp_err *rp_job_document(struct rp_arena *a, struct rp_worker *w,
    bool *more) RP_MUST_USE;

#endif
