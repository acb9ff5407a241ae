/* event_private - rows of the trail, after the rights were checked. */
#ifndef RP_DOMAIN_EVENT_PRIVATE_H
#define RP_DOMAIN_EVENT_PRIVATE_H

#include "domain/event.h"
#include "store/q_event.h"

/* Newest first, at most param->max. */
struct rp_err *rp_event_load(struct rp_tx *tx,
    const struct q_event_list_param *param, struct rp_events *out) RP_MUST_USE;

#endif
