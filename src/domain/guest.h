/*
 * guest - somebody admitted to one item of an agenda.
 *
 * An expert who is asked for under one item is its guest for a time: sees that
 * item, the documents under it that are posted, and its list of speakers, and
 * nothing else of what is for members: not the part of the meeting in which the
 * item lies, no other item, nothing of the group. The item may be in a part for
 * members or in none. Before its time and after it there is nothing at all.
 *
 * A guest has an account; who has none yet is given one, without a right, and
 * an invitation (one_time.h). The admission names the decision that allows it.
 * It is ended, never changed or deleted: what was open to whom can be told
 * afterwards. An item that had a guest stays.
 *
 * Everything needs RP_MAY_MEET on the group; admitting and ending are events.
 */
#ifndef RP_DOMAIN_GUEST_H
#define RP_DOMAIN_GUEST_H

#include "domain/meeting.h"
#include "domain/right.h"

#define RP_GUESTS_MAX 100          /* of one item, ended ones included */
#define RP_GUEST_SPAN_MAX_DAYS 366 /* from the first to the last instant */
#define RP_GUEST_LOCAL_MAX 40      /* octets of a time as it is typed */

struct rp_guest {
	int64_t id, person_id;
	rp_text name;                    /* read only */
	rp_text instrument;              /* must be said */
	rp_text from_local, until_local; /* in the meeting's zone; entered */
	int64_t from_at, until_at;       /* read only */
	int64_t admitted_at, ended_at;   /* 0: was not ended; read only */
	rp_text admitted_by, ended_by;   /* read only */
};
struct rp_guests RP_VEC(struct rp_guest);

/* The newest first, ended ones included. RP_E_NOTFOUND for an item of another
 * meeting. */
struct rp_err *rp_guest_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id,
    struct rp_guests *out) RP_MUST_USE;

enum rp_guest_problem {
	RP_GUEST_FINE = 0,
	RP_GUEST_BAD_FROM,  /* no time */
	RP_GUEST_BAD_UNTIL, /* no time, not after it begins, past, too far */
	RP_GUEST_BAD_INSTRUMENT, /* none, or too long */
};
/* Of what was typed; sets the instants. */
enum rp_guest_problem rp_guest_check(const struct rp_actor *who,
    const struct rp_meeting *m, struct rp_guest *g);

/*
 * Who has the address, or a new person with this name and language, who has no
 * right but this one; `out_is_new` tells which. `person` has name, language and
 * zone. RP_E_INVALID for no address, or no name where it is needed; RP_E_GONE
 * for somebody whose account is closed.
 */
struct rp_person;
struct rp_err *rp_guest_person(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, rp_text address, const struct rp_person *person,
    int64_t *out_id, bool *out_is_new) RP_MUST_USE;

/* A link for a person whom rp_guest_person() has just made. */
struct rp_err *rp_guest_invite(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t person_id,
    rp_text *out_secret) RP_MUST_USE;

/*
 * RP_E_INVALID if the check finds something, RP_E_CONFLICT for somebody who is
 * a guest of the item already, RP_E_LIMIT, RP_E_NOTFOUND.
 */
struct rp_err *rp_guest_admit(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, const struct rp_guest *in,
    int64_t *out_id) RP_MUST_USE;

/* Now. RP_E_GONE if it had ended, RP_E_NOTFOUND. */
struct rp_err *rp_guest_end(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, int64_t id) RP_MUST_USE;

#endif
