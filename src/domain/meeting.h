/*
 * meeting - the meetings of a group.
 *
 * A meeting has a number in its series ("the twentieth meeting", series
 * "CWG-Internet"), by which its documents are quoted. Opening and closing are
 * local times in its zone, as a consultation's deadline is.
 *
 * Everybody sees that a meeting takes place, when and where. Creating needs
 * RP_MAY_MEET on the group.
 */
#ifndef RP_DOMAIN_MEETING_H
#define RP_DOMAIN_MEETING_H

#include "base/vec.h"
#include "domain/actor.h"
#include "text/symbol.h"

#define RP_MEETING_PLACE_MAX 200 /* octets */
#define RP_MEETING_ORDINAL_MAX 9999

struct rp_meeting {
	int64_t id, group_id;
	rp_text series;
	int64_t ordinal;
	rp_text zone, opens_local, closes_local;
	int64_t opens_at, closes_at; /* computed */
	rp_text place, mode;
	int64_t created_at, body_id; /* read only */
	bool has_invitation;         /* invitation.h; read only */
};
struct rp_meetings RP_VEC(struct rp_meeting);

/* in_person, hybrid, remote; ended by an empty text. */
extern const rp_text rp_meeting_modes[];

/* "CWG-Internet-20/k" */
struct rp_symbol rp_meeting_symbol(const struct rp_meeting *m, int64_t number);

/* The latest first. */
struct rp_err *rp_meeting_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, struct rp_meetings *out) RP_MUST_USE;

/* RP_E_NOTFOUND. By its number in the newest series that has it. */
struct rp_err *rp_meeting_get(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, int64_t ordinal, struct rp_meeting *out) RP_MUST_USE;
struct rp_err *rp_meeting_get_by_id(const struct rp_actor *who,
    struct rp_tx *tx, int64_t id, struct rp_meeting *out) RP_MUST_USE;

/* What is wrong with one that is to be created. */
enum rp_meeting_problem {
	RP_MEETING_FINE = 0,
	RP_MEETING_BAD_SERIES, /* not letters and hyphens */
	RP_MEETING_BAD_ORDINAL,
	RP_MEETING_BAD_ZONE,
	RP_MEETING_BAD_OPENS,
	RP_MEETING_BAD_CLOSES, /* or before it opens */
	RP_MEETING_BAD_PLACE,
	RP_MEETING_BAD_MODE,
};
enum rp_meeting_problem rp_meeting_check(const struct rp_actor *who,
    const struct rp_meeting *m);

/*
 * RP_E_INVALID if rp_meeting_check() finds something, RP_E_CONFLICT for a
 * number that the series has already.
 */
struct rp_err *rp_meeting_create(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t *out_id) RP_MUST_USE;

#endif
