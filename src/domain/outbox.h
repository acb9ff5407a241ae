/*
 * outbox - notifications, written in the transaction of what they tell.
 *
 * A row says what happened to what, to whom it is to be told, and in which
 * language; the words are made when it is shown or sent. The worker sends what
 * waits. Until mail is configured nothing is sent: a page offers the text to
 * copy, and somebody marks the message as sent. Addresses are personal data:
 * reading needs RP_MAY_CONTACT where the object lies; what lies nowhere, on the
 * system.
 */
#ifndef RP_DOMAIN_OUTBOX_H
#define RP_DOMAIN_OUTBOX_H

#include "base/clock.h"
#include "base/str.h"
#include "base/vec.h"
#include "domain/actor.h"

#define RP_OUTBOX_PAGE 50

struct rp_notification {
	int64_t id, object_id, created_at, sent_at;
	rp_text kind; /* receipt, returned, rejected, published, … */
	rp_text recipient, lang, object_kind, note;
	rp_text state; /* waiting, sent, failed */
	/* Of a response: */
	rp_text code;
	int64_t number, consultation_id;
	bool is_public;
};

struct rp_notifications RP_VEC(struct rp_notification);

/*
 * Newest first, those before `below_id` (0: from the newest), at most
 * RP_OUTBOX_PAGE that `who` may see; an empty state lets all through.
 * `out_next` is where the next page begins, 0 at the end. RP_E_DENIED if `who`
 * has RP_MAY_CONTACT nowhere.
 */
struct rp_err *rp_outbox_list(const struct rp_actor *who, struct rp_tx *tx,
    rp_text state, int64_t below_id, struct rp_notifications *out,
    int64_t *out_next) RP_MUST_USE;

/* Somebody sent it by hand: an event. RP_E_NOTFOUND, RP_E_CONFLICT. */
struct rp_err *rp_outbox_mark_sent(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id) RP_MUST_USE;

/*
 * For the domain: tell a person, at his first address and in his language.
 * `note` has facts that every language writes alike (a symbol, an instant, a
 * hash). Nothing for who has no address, or is nobody.
 */
struct rp_err *rp_outbox_tell(const struct rp_actor *who, struct rp_tx *tx,
    int64_t person_id, rp_text kind, rp_text object_kind, int64_t object_id,
    rp_text note) RP_MUST_USE;

/*
 * For the worker, where a mail server is set: the next that is due. One that is
 * older than RP_OUTBOX_AGE_MAX is left to people. RP_E_DENIED for others.
 */
#define RP_OUTBOX_AGE_MAX (7 * RP_DAY)
#define RP_OUTBOX_TRIES 10
#define RP_OUTBOX_CLAIM (10 * RP_MINUTE)
#define RP_OUTBOX_WAIT (5 * RP_MINUTE) /* doubled with each try */

struct rp_outbox_work {
	int64_t id, object_id, tries, created_at;
	rp_text kind, recipient, lang, object_kind, note;
	/* Of a response: */
	rp_text code;
	int64_t number, consultation_id;
	bool is_public;
	/* Of an announcement: what is to be said, and the recipient's secret.
	 */
	rp_text subject, body, secret;
	bool is_off; /* not to be sent any more: RP_OUTBOX_FAILED */
};
struct rp_err *rp_outbox_is_due(const struct rp_actor *who, struct rp_tx *tx,
    bool *out) RP_MUST_USE;
struct rp_err *rp_outbox_claim(const struct rp_actor *who, struct rp_tx *tx,
    bool *out_found, struct rp_outbox_work *out) RP_MUST_USE;

/* How it ended. Later: once more, but for the last try. `why`: the server's
 * words, for the operator. */
enum rp_outbox_end { RP_OUTBOX_SENT, RP_OUTBOX_LATER, RP_OUTBOX_FAILED };
struct rp_err *rp_outbox_tried(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_outbox_work *work, enum rp_outbox_end end,
    rp_text why) RP_MUST_USE;

#endif
