/*
 * registration - who takes part in a meeting.
 *
 * A member of the group who is signed in registers himself, for the party that
 * he belongs to; the secretariat (RP_MAY_MEET) enters anybody. A focal point of
 * the party confirms; the secretariat may as well. What somebody needs to take
 * part is read by himself and by the secretariat.
 *
 * The list of participants is for members (RP_MAY_READ) and the secretariat:
 * those who are confirmed. For everybody else there is none.
 */
#ifndef RP_DOMAIN_REGISTRATION_H
#define RP_DOMAIN_REGISTRATION_H

#include "domain/meeting.h"

#define RP_REGISTRATION_NAME_MAX 400   /* octets */
#define RP_REGISTRATION_TITLE_MAX 300  /* octets */
#define RP_REGISTRATION_NEEDS_MAX 2000 /* octets */
#define RP_REGISTRATIONS_MAX 5000      /* of one meeting */

struct rp_registration {
	int64_t id;
	int64_t person_id;   /* who has an account; or 0 */
	int64_t party_id;    /* or 0 */
	rp_text name, title; /* as on the badge; `title`: the function */
	rp_text mode;        /* in_person, remote */
	rp_text needs;
	rp_text state; /* requested, confirmed, refused, withdrawn; read only */
	int64_t asked_at, decided_at; /* read only */
};
struct rp_registrations RP_VEC(struct rp_registration);

/* All with their needs: needs RP_MAY_MEET. */
struct rp_err *rp_registration_list(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m,
    struct rp_registrations *out) RP_MUST_USE;

/* The confirmed, without needs. RP_E_NOTFOUND for who is no member. */
struct rp_err *rp_participant_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct rp_registrations *out) RP_MUST_USE;

/* What concerns one reader. */
struct rp_registering {
	struct rp_registration own;         /* id 0: none yet */
	bool is_focal;                      /* of his party */
	struct rp_registrations to_confirm; /* without needs */
	int64_t party_id;
};
/* RP_E_UNKNOWN, RP_E_NOTFOUND for who is no member. */
struct rp_err *rp_registering_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct rp_registering *out) RP_MUST_USE;

enum rp_registration_problem {
	RP_REGISTRATION_FINE = 0,
	RP_REGISTRATION_BAD_NAME,
	RP_REGISTRATION_BAD_TITLE,
	RP_REGISTRATION_BAD_MODE, /* not offered by the meeting */
	RP_REGISTRATION_BAD_NEEDS,
};
enum rp_registration_problem rp_registration_check(const struct rp_meeting *m,
    const struct rp_registration *r);

/*
 * Register oneself, or change it: name and party are those of the account. It
 * is to be confirmed again if it was refused or withdrawn. RP_E_INVALID,
 * RP_E_LIMIT, the refusals.
 */
struct rp_err *rp_registration_ask(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_registration *r) RP_MUST_USE;
struct rp_err *rp_registration_withdraw(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m) RP_MUST_USE;

/* Somebody without an account, confirmed at once; needs RP_MAY_MEET. */
struct rp_err *rp_registration_enter(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_registration *r, int64_t *out_id) RP_MUST_USE;

/* confirmed or refused: by RP_MAY_MEET, or a focal point of the party (to
 * whom those of others are not found). RP_E_CONFLICT for a withdrawn one. */
struct rp_err *rp_registration_decide(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m, int64_t id,
    bool confirmed) RP_MUST_USE;

struct rp_focal_point {
	int64_t party_id, person_id;
	rp_text name;
};
struct rp_focal_points RP_VEC(struct rp_focal_point);

/* These need RP_MAY_MEET. RP_E_NOTFOUND for a person of another party. */
struct rp_err *rp_focal_point_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, struct rp_focal_points *out) RP_MUST_USE;
struct rp_err *rp_focal_point_set(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, int64_t person_id) RP_MUST_USE;
struct rp_err *rp_focal_point_end(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, int64_t party_id, int64_t person_id) RP_MUST_USE;

#endif
