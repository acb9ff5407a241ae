/*
 * moderation - what the secretariat does with a response.
 *
 *	held -> received -> checked -> published
 *	                 \-> returned to its author with a message
 *	                 \-> rejected on a listed ground
 *
 * Reject only on listed grounds and keep the log (process.md, section 8). The
 * author's text is never edited: there is no function that could.
 *
 * Every act names the revision that the page showed. If its author has sent
 * another one since, or somebody else has moved it, the act is refused with
 * RP_E_CONFLICT and nothing happens. Needs RP_MAY_CHECK on the consultation.
 * Each act writes its event, and, where the author should know, a notification
 * into the outbox, in the same transaction.
 *
 * A number is given at the first publication and stays. The revision that is
 * public stays so while a later one is received, checked, returned or
 * rejected, until that one is published in its place. Rejecting what is
 * published itself takes it out of view.
 *
 * Authorised in aggregate only: publishing gives a number and adds the response
 * to the statistics, all but the count of first-time respondents; it has no
 * page, no row in a list, cannot be found by search, and leaves no mark when it
 * is withdrawn.
 */
#ifndef RP_DOMAIN_MODERATION_H
#define RP_DOMAIN_MODERATION_H

#include "base/str.h"
#include "base/vec.h"
#include "domain/actor.h"
#include "domain/event.h"
#include "domain/response.h"

#define RP_MESSAGE_MAX 8000 /* octets, to an author */
#define RP_QUEUE_PAGE 50    /* rows at most */

/* not_relevant, duplicate, abuse, advertising, illegible, impersonation. */
extern const rp_text rp_rejection_grounds[]; /* ends with {NULL, 0} */

/* One row of the queue: the revision that stands. */
struct rp_queued {
	int64_t id, number, received_at, changed_at, public_revision_id,
	    revision_id, n, words, attachments;
	rp_text code, state, channel, hold_reason, network, name, organisation,
	    category, country, lang, authorisation;
	bool is_late;
};

struct rp_queue RP_VEC(struct rp_queued);

struct rp_queue_filter {
	int64_t consultation_id;
	rp_text state;              /* empty: all */
	int64_t after_at, after_id; /* of the last row of the page before */
};

/* Oldest first, at most RP_QUEUE_PAGE; `out_more`: there is a next page. */
struct rp_err *rp_queue_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_queue_filter *f, struct rp_queue *out,
    bool *out_more) RP_MUST_USE;

struct rp_queue_count {
	rp_text state;
	int64_t n;
};

struct rp_queue_counts RP_VEC(struct rp_queue_count);

/* By state; states without a response are left out. */
struct rp_err *rp_queue_count(const struct rp_actor *who, struct rp_tx *tx,
    int64_t consultation_id, struct rp_queue_counts *out) RP_MUST_USE;

/* No effect: how many of a state there are. */
int64_t rp_queue_count_of(const struct rp_queue_counts *all, rp_text state);

/* What was done to one response, newest first, at most RP_EVENT_PAGE. */
struct rp_err *rp_moderation_history(const struct rp_actor *who,
    struct rp_tx *tx, int64_t response_id, struct rp_events *out) RP_MUST_USE;

/* Its revisions, oldest first. */
struct rp_err *rp_moderation_revisions(const struct rp_actor *who,
    struct rp_tx *tx, int64_t response_id,
    struct rp_revisions_at *out) RP_MUST_USE;

/* An attachment of any revision of it, with the text that was read from it.
 * RP_E_NOTFOUND. */
struct rp_err *rp_moderation_attachment(const struct rp_actor *who,
    struct rp_tx *tx, int64_t response_id, int64_t attachment_id,
    struct rp_attachment *out, rp_text *out_text) RP_MUST_USE;

/* Of a received one; also takes back a return or a rejection. */
struct rp_err *rp_moderation_check(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id, int64_t revision_id) RP_MUST_USE;

/* Of a received or checked one. */
struct rp_err *rp_moderation_publish(const struct rp_actor *who,
    struct rp_tx *tx, int64_t response_id, int64_t revision_id,
    int64_t *out_number) RP_MUST_USE;

/* Of a received or checked one. RP_E_INVALID without a message, RP_E_LIMIT. */
struct rp_err *rp_moderation_return(const struct rp_actor *who,
    struct rp_tx *tx, int64_t response_id, int64_t revision_id,
    rp_text message) RP_MUST_USE;

/*
 * Of any that is not withdrawn or rejected. RP_E_INVALID for a ground that is
 * not listed; the explanation may be empty.
 */
struct rp_err *rp_moderation_reject(const struct rp_actor *who,
    struct rp_tx *tx, int64_t response_id, int64_t revision_id, rp_text ground,
    rp_text explanation) RP_MUST_USE;

/* links, many, identical, scanner: why somebody puts a response aside. */
extern const rp_text rp_hold_reasons[]; /* ends with {NULL, 0} */

/* A received one is put aside until it was looked into. RP_E_INVALID. */
struct rp_err *rp_moderation_hold(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id, int64_t revision_id, rp_text reason) RP_MUST_USE;

/* A held one goes to the queue; a late one is admitted instead. */
struct rp_err *rp_moderation_release(const struct rp_actor *who,
    struct rp_tx *tx, int64_t response_id, int64_t revision_id) RP_MUST_USE;

/* A late one goes to the queue, and stays marked as late. RP_E_CONFLICT also
 * when the consultation is in the archive. */
struct rp_err *rp_moderation_admit(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id, int64_t revision_id) RP_MUST_USE;

#endif
