/* document_task_private - what the worker's tasks about documents share. */
#ifndef RP_DOMAIN_DOCUMENT_TASK_PRIVATE_H
#define RP_DOMAIN_DOCUMENT_TASK_PRIVATE_H

#include "domain/actor.h"

/* RP_E_DENIED for everybody else. */
struct rp_err *rp_document_only_worker(const struct rp_actor *who) RP_MUST_USE;

/* Not before `wait_ms` from now, and why. The worker's. */
struct rp_err *rp_document_task_later(const struct rp_actor *who,
    struct rp_tx *tx, int64_t task_id, int64_t wait_ms,
    rp_text why) RP_MUST_USE;

/* The octets as a blob; 0 where there are none. */
struct rp_err *rp_document_keep(const struct rp_actor *who, struct rp_tx *tx,
    rp_bytes octets, int64_t *out) RP_MUST_USE;

#endif
