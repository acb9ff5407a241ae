/*
 * entering - responses that did not come by the form.
 *
 * What came on paper or by e-mail becomes the same object as any other
 * (process.md, section 8): the secretariat types it in, says by whom and when
 * it was received, and attaches the original. It counts from the instant it was
 * received, so one that came in time may be entered after the deadline. Needs
 * RP_MAY_ENTER on the consultation.
 *
 * What was presented or said at the physical consultation meeting and written
 * down is one too ("spoken"): its speaker is the source, the instant that of
 * the speech. It is read and themed like any other and counted apart (theme.h).
 *
 * Nobody is asked for a summary that the author did not write, and one that
 * came on paper or was spoken may have no e-mail address. Attachments of such a
 * response are originals: they are read, for search and for staff, and have no
 * clean copy, so they are never published.
 */
#ifndef RP_DOMAIN_ENTERING_H
#define RP_DOMAIN_ENTERING_H

#include "domain/response.h"

#define RP_RECEIVED_BY_MAX 400 /* octets */

struct rp_entering {
	rp_text channel;     /* paper, email, spoken */
	rp_text received_by; /* who at the secretariat took it; must be said */
	int64_t received_at; /* not in the future */
};

/*
 * As rp_response_submit(), with the channel and the token of `s` made here.
 * RP_E_INVALID for another channel, nobody who received it, or an instant to
 * come; then `problems` is empty.
 */
struct rp_err *rp_response_enter(const struct rp_actor *who, struct rp_tx *tx,
    int64_t consultation_id, const struct rp_submission *s,
    const struct rp_entering *how, struct rp_problems *problems,
    struct rp_receipt *out) RP_MUST_USE;

/* Whether a response of this channel was entered by staff. */
bool rp_channel_is_entered(rp_text channel);

#endif
