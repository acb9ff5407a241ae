/*
 * action - what somebody has to do: decided by a meeting, or taken from a
 * comment, and followed up until it is done.
 *
 * An action has a number in its group, an owner (a party, an office of the
 * group or of the body, or words), a day by which it is due, and a state: open,
 * progress, done, superseded by another one. It is overdue when its day is over
 * in the group's zone and it is neither done nor superseded. The text is
 * wording, owner "action", field "text": rp_wording_set() comes next.
 *
 * Who sees what: all of them RP_MAY_READ and RP_MAY_MEET on the group; public
 * ones everybody. Changing needs RP_MAY_MEET. Notes of steps are for those who
 * read all.
 */
#ifndef RP_DOMAIN_ACTION_H
#define RP_DOMAIN_ACTION_H

#include "domain/meeting.h"
#include "domain/wording.h"

#define RP_ACTION_TEXT_MAX 4000  /* octets */
#define RP_ACTION_OWNER_MAX 400  /* octets */
#define RP_ACTION_NOTE_MAX 2000  /* octets */
#define RP_ACTION_ORIGIN_MAX 100 /* octets */

/* party, office, words; ended by an empty text. */
extern const rp_text rp_action_owner_kinds[];
/* chair, vice_chairs, secretariat, director_r, director_t, director_d,
 * secretary_general; ended by an empty text. */
extern const rp_text rp_action_offices[];
/* open, progress, done, superseded; ended by an empty text. */
extern const rp_text rp_action_states[];

struct rp_action {
	int64_t id, group_id, number;
	int64_t meeting_id, ordinal;   /* where it was decided; 0: nowhere */
	rp_text series, meeting_opens; /* of that meeting; read only */
	rp_text origin;                /* of the report's line */
	rp_text owner_kind;
	int64_t party_id;
	rp_text owner;    /* an office, or words */
	rp_text due;      /* "YYYY-MM-DD"; empty: none */
	rp_text state;    /* read only, as all below */
	int64_t follower; /* number of the one that superseded it */
	bool is_public, is_overdue;
	int64_t created_at, closed_at;
	struct rp_wording text;
	rp_text party; /* its name */
};
struct rp_actions RP_VEC(struct rp_action);

enum rp_action_problem {
	RP_ACTION_FINE = 0,
	RP_ACTION_BAD_OWNER,
	RP_ACTION_BAD_DUE, /* no such day */
};
enum rp_action_problem rp_action_check(const struct rp_action *in);

/* By number; texts in `lang` or the next best. */
struct rp_err *rp_action_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text lang, struct rp_actions *out) RP_MUST_USE;

/* Those that a meeting's section on actions has: decided there, and earlier
 * ones that were not closed when it opened. */
struct rp_err *rp_action_list_at(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, rp_text lang,
    struct rp_actions *out) RP_MUST_USE;

/* RP_E_NOTFOUND also for one that is not seen. */
struct rp_err *rp_action_get(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, int64_t number, rp_text lang,
    struct rp_action *out) RP_MUST_USE;

/* RP_E_INVALID, RP_E_LIMIT; RP_E_NOTFOUND for a meeting or party that is of
 * another group or body. The next meeting gets an item for actions. */
struct rp_err *rp_action_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_action *in, int64_t *out_id,
    int64_t *out_number) RP_MUST_USE;

/* Owner, day, and who sees it. */
struct rp_err *rp_action_change(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_action *was, const struct rp_action *in) RP_MUST_USE;

/*
 * `follower`: the number of the one that supersedes it. RP_E_INVALID for a
 * state that is none, itself or no follower; RP_E_CONFLICT from superseded.
 */
struct rp_err *rp_action_set_state(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_action *a, rp_text state, int64_t follower,
    rp_text note) RP_MUST_USE;

struct rp_action_step {
	rp_text state, note;
	int64_t at;
};
struct rp_action_steps RP_VEC(struct rp_action_step);
struct rp_err *rp_action_steps(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_action *a, struct rp_action_steps *out) RP_MUST_USE;

#endif
