/*
 * agenda_private - what reading and changing an agenda share.
 */
#ifndef RP_DOMAIN_AGENDA_PRIVATE_H
#define RP_DOMAIN_AGENDA_PRIVATE_H

#include "domain/agenda.h"

/* The whole agenda for somebody who may change it; refuses everybody else. */
struct rp_err *rp_agenda_change(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct rp_agenda *out) RP_MUST_USE;

/* The event, and a new version of what is public. */
struct rp_err *rp_agenda_record(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, rp_text action, rp_text kind, int64_t id,
    rp_text before, rp_text after) RP_MUST_USE;

/* The same where it is not as it was issued any more. */
struct rp_err *rp_agenda_event(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, rp_text action, rp_text kind, int64_t id,
    rp_text before, rp_text after) RP_MUST_USE;

#endif
