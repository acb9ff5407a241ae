/*
 * invitation - the letter that invites to a meeting.
 *
 * What it says is made from the meeting's facts by those who show it; here are
 * its number ("CL-26/12"), who signs it, and when it was issued. Issuing again
 * is a revision. Before it is issued there is none, but for RP_MAY_MEET on the
 * group, which issues it; then everybody reads it, each with the parts of the
 * meeting that he sees (agenda.h).
 */
#ifndef RP_DOMAIN_INVITATION_H
#define RP_DOMAIN_INVITATION_H

#include "domain/meeting.h"

#define RP_INVITATION_NUMBER_MAX 60     /* octets */
#define RP_INVITATION_SIGNATURE_MAX 400 /* octets; lines: name, function */

struct rp_invitation {
	rp_text number, signature;
	int64_t issued_at; /* 0: was not */
	int64_t revision;
};

/* RP_E_NOTFOUND if it was not issued, for who may not issue it. */
struct rp_err *rp_invitation_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct rp_invitation *out) RP_MUST_USE;

enum rp_invitation_problem {
	RP_INVITATION_FINE = 0,
	RP_INVITATION_BAD_NUMBER,    /* too long */
	RP_INVITATION_BAD_SIGNATURE, /* none, or too long */
};
enum rp_invitation_problem rp_invitation_check(const struct rp_invitation *in);

/* RP_E_INVALID if the check finds something. An event. */
struct rp_err *rp_invitation_issue(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_invitation *in) RP_MUST_USE;

#endif
