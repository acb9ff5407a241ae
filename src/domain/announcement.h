/*
 * announcement - telling of an occasion, and who was told.
 *
 * An occasion is the opening of a consultation, its posted summary, or a
 * meeting. For each channel and language there is a text: made from the facts
 * by those who show it, until somebody changes it; what was changed is kept
 * here, and an empty text goes back to the facts.
 *
 * The log has a row for each recipient told, by channel and language, and
 * whether the recipient acknowledged it. Who asked not to be written to again
 * is kept for the group, and is not entered any more. Recipients are the same
 * by their name without outer space and the case of ASCII letters.
 *
 * Recipients are personal data: everything needs RP_MAY_CONTACT on the group.
 * An occasion that is none, a consultation that is only planned among them, is
 * not found.
 */
#ifndef RP_DOMAIN_ANNOUNCEMENT_H
#define RP_DOMAIN_ANNOUNCEMENT_H

#include "base/vec.h"
#include "domain/actor.h"

#define RP_ANNOUNCEMENT_MAX 20000 /* octets of a text */
#define RP_RECIPIENT_MAX 300      /* octets */
#define RP_RECIPIENTS_MAX 500     /* entered at once */
#define RP_DELIVERIES_SHOWN 100   /* of an occasion, the newest */

/* consultation, summary, meeting; web, letter, mail, social. Ended by an empty
 * text. */
extern const rp_text rp_occasions[];
extern const rp_text rp_channels[];

struct rp_occasion {
	rp_text kind;
	int64_t object_id; /* of a consultation or a meeting */
	int64_t group_id;  /* read only */
};

/* Sets group_id. RP_E_NOTFOUND, the refusals. */
struct rp_err *rp_occasion_find(const struct rp_actor *who, struct rp_tx *tx,
    rp_text kind, int64_t object_id, struct rp_occasion *out) RP_MUST_USE;

struct rp_announcement {
	rp_text channel, body;
	int64_t changed_at;
};
struct rp_announcements RP_VEC(struct rp_announcement);

/* Those that were changed. */
struct rp_err *rp_announcement_list(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_occasion *o, rp_text lang,
    struct rp_announcements *out) RP_MUST_USE;

/* RP_E_INVALID for a channel or language that is none, RP_E_LIMIT. */
struct rp_err *rp_announcement_set(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_occasion *o, rp_text channel, rp_text lang,
    rp_text body) RP_MUST_USE;

struct rp_delivery {
	int64_t id, sent_at, acknowledged_at;
	rp_text channel, lang, recipient;
	rp_text state;   /* told (by hand), waiting, sent, failed */
	rp_text error;   /* of a failed one, for the operator */
	bool is_refused; /* asked not to be written to again, then or later */
};
struct rp_deliveries RP_VEC(struct rp_delivery);

/* Newest first. */
struct rp_err *rp_delivery_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_occasion *o, struct rp_deliveries *out) RP_MUST_USE;

struct rp_reach {
	rp_text channel, lang;
	int64_t sent, acknowledged;
};
struct rp_reaches RP_VEC(struct rp_reach);

/* By channel, then language. */
struct rp_err *rp_delivery_reach(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_occasion *o, struct rp_reaches *out) RP_MUST_USE;

/*
 * Recipients as they are typed, one on each line. Either all are entered, or
 * none and `out_wrong` says which lines are too long or refused; those that
 * were told already are passed over. `out_n`: how many are new. RP_E_LIMIT past
 * RP_RECIPIENTS_MAX, RP_E_INVALID for a channel or language.
 */
enum rp_recipient_problem { RP_RECIPIENT_TOO_LONG, RP_RECIPIENT_REFUSED };
struct rp_recipient_wrong {
	int64_t line;
	enum rp_recipient_problem problem;
	rp_text recipient;
};
struct rp_recipients_wrong RP_VEC(struct rp_recipient_wrong);
struct rp_err *rp_delivery_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_occasion *o, rp_text channel, rp_text lang,
    rp_text recipients, struct rp_recipients_wrong *out_wrong,
    int64_t *out_n) RP_MUST_USE;

/* RP_E_NOTFOUND also for one of another occasion. */
struct rp_err *rp_delivery_acknowledge(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_occasion *o, int64_t id) RP_MUST_USE;
struct rp_err *rp_delivery_refuse(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_occasion *o, int64_t id) RP_MUST_USE;

#endif
