/*
 * edition - editions of the report on activities, and what becomes of members'
 * comments on one.
 *
 * An edition has a number in its group, the year whose activities it tells, and
 * a last day for comments. A comment is on an activity, on what is told under a
 * resolution, or on the whole; its author is a party, or a person without one.
 * The secretariat answers it, declines it with a reason, or takes it: then
 * there is an action (action.h), and the next edition tells what was done.
 *
 * Editions and comments are for RP_MAY_READ, RP_MAY_REGISTER and RP_MAY_MEET on
 * the group; for others they are not found. Commenting is for the same, until
 * the day is over in the group's zone. Editions and answers need
 * RP_MAY_REGISTER; taking a comment RP_MAY_MEET too, as actions do.
 */
#ifndef RP_DOMAIN_EDITION_H
#define RP_DOMAIN_EDITION_H

#include "base/vec.h"
#include "domain/actor.h"

#define RP_EDITION_COMMENT_MAX 4000  /* octets; an action has no more */
#define RP_EDITION_COMMENTS_MAX 2000 /* of an edition */
#define RP_EDITION_ANSWER_MAX 4000   /* octets */
#define RP_EDITION_YEAR_MIN 1900
#define RP_EDITION_YEAR_MAX 9999
#define RP_EDITIONS_MAX 200 /* of a group */

/* open, answered, taken, declined; ended by an empty text. */
extern const rp_text rp_edition_comment_states[];

struct rp_edition {
	int64_t id, group_id, number, year;
	rp_text closes;         /* "YYYY-MM-DD" */
	bool is_open;           /* read only, as all below */
	int64_t comments, open; /* how many; that wait for an answer */
};
struct rp_editions RP_VEC(struct rp_edition);

enum rp_edition_problem {
	RP_EDITION_FINE = 0,
	RP_EDITION_BAD_YEAR,
	RP_EDITION_BAD_CLOSES,
};
enum rp_edition_problem rp_edition_check(const struct rp_edition *e);

/* The newest first. RP_E_NOTFOUND for who sees none. */
struct rp_err *rp_edition_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, struct rp_editions *out) RP_MUST_USE;
struct rp_err *rp_edition_get(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, int64_t number, struct rp_edition *out) RP_MUST_USE;

/* RP_E_INVALID, RP_E_LIMIT. */
struct rp_err *rp_edition_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_edition *e, int64_t *out_number) RP_MUST_USE;

struct rp_edition_comment {
	int64_t id;
	int64_t activity;      /* its number; 0: on none */
	int64_t instrument_id; /* 0: on none */
	rp_text body;
	rp_text author; /* read only, as all below */
	rp_text state, answer;
	int64_t action; /* number of the action that it became; 0: none */
	rp_text action_state;
	int64_t at;
};
struct rp_edition_comments RP_VEC(struct rp_edition_comment);

/* As they came; names of parties in `lang` or the next best. */
struct rp_err *rp_edition_comments(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_edition *e, rp_text lang,
    struct rp_edition_comments *out) RP_MUST_USE;

/* RP_E_INVALID for an empty one; RP_E_NOTFOUND for an activity or a resolution
 * that is not there; RP_E_CONFLICT after the last day; RP_E_LIMIT. */
struct rp_err *rp_edition_comment_add(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_edition *e,
    const struct rp_edition_comment *c) RP_MUST_USE;

/* Answer or decline it. RP_E_INVALID for another state, or without words;
 * RP_E_NOTFOUND; RP_E_CONFLICT for one that was taken. */
struct rp_err *rp_edition_comment_answer(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_edition *e, int64_t id, rp_text state,
    rp_text answer) RP_MUST_USE;

/* Make it an action of the secretariat, for members, due on a day or (empty)
 * none. The comment's words in `lang` are the action's. */
struct rp_err *rp_edition_comment_take(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_edition *e, int64_t id, rp_text lang,
    rp_text due, rp_text answer, int64_t *out_action) RP_MUST_USE;

#endif
