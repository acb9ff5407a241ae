/*
 * correspondence - what the group exchanges with others: liaison statements in
 * and out, recommendations to the Council, and what it refers to a Director.
 *
 * Each has a number in the group, who it is from or to, what is expected
 * (action, comment, information), a day, and a day by which a reply is due.
 * Title and text are wording, owner "correspondence": rp_wording_set() comes
 * next. States by kind:
 *
 *	liaison_in	received -> answered | closed
 *	liaison_out	draft -> sent -> answered | closed
 *	recommendation	draft -> sent -> adopted | noted | declined
 *	referral	draft -> sent -> acknowledged
 *
 * A reply (`replies`) that is sent makes what it replies to answered. A reply
 * is late when its day is over in the group's zone and the state is received or
 * sent.
 *
 * Who sees what: all of it RP_MAY_READ and RP_MAY_MEET on the group; everybody
 * what is public and no draft. Changing needs RP_MAY_MEET.
 */
#ifndef RP_DOMAIN_CORRESPONDENCE_H
#define RP_DOMAIN_CORRESPONDENCE_H

#include "base/vec.h"
#include "domain/wording.h"

#define RP_CORRESPONDENCE_TITLE_MAX 600 /* octets */
#define RP_CORRESPONDENCE_TEXT_MAX 40000
#define RP_CORRESPONDENCE_OTHER_MAX 300
#define RP_CORRESPONDENCE_WORDS_MAX 4000

/* Ended by an empty text. */
extern const rp_text rp_correspondence_kinds[];
extern const rp_text rp_correspondence_levels[];
extern const rp_text rp_correspondence_states[];

struct rp_correspondence {
	int64_t id, group_id, number;
	rp_text kind, other, level, dated, due;
	int64_t replies; /* number of what it replies to; 0: none */
	bool is_public;
	rp_text state, words; /* read only, as all below */
	bool is_late;
	int64_t changed_at;
	struct rp_wording title, text;
};
struct rp_correspondences RP_VEC(struct rp_correspondence);

enum rp_correspondence_problem {
	RP_CORRESPONDENCE_FINE = 0,
	RP_CORRESPONDENCE_BAD_OTHER,
	RP_CORRESPONDENCE_BAD_DATED,
	RP_CORRESPONDENCE_BAD_DUE,   /* no day, or before its own */
	RP_CORRESPONDENCE_BAD_WORDS, /* kind or level */
};
enum rp_correspondence_problem rp_correspondence_check(
    const struct rp_correspondence *c);

/* Whether it may go to this state from the one it is in. */
bool rp_correspondence_may_become(const struct rp_correspondence *c,
    rp_text state);

/* By number. */
struct rp_err *rp_correspondence_list(const struct rp_actor *who,
    struct rp_tx *tx, int64_t group_id, rp_text lang,
    struct rp_correspondences *out) RP_MUST_USE;

/* RP_E_NOTFOUND also for what is not seen. */
struct rp_err *rp_correspondence_get(const struct rp_actor *who,
    struct rp_tx *tx, int64_t group_id, int64_t number, rp_text lang,
    struct rp_correspondence *out) RP_MUST_USE;

/* RP_E_INVALID, RP_E_LIMIT; RP_E_NOTFOUND for a reply to nothing. */
struct rp_err *rp_correspondence_add(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_correspondence *c, int64_t *out_id,
    int64_t *out_number) RP_MUST_USE;

/* All but kind and what it replies to, of a draft and of what came in;
 * RP_E_CONFLICT once it is sent. RP_E_INVALID. */
struct rp_err *rp_correspondence_change(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_correspondence *was,
    const struct rp_correspondence *now) RP_MUST_USE;

/* Its texts in all languages. Needs RP_MAY_MEET. */
struct rp_err *rp_correspondence_texts(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_correspondence *c,
    struct rp_wordings *out) RP_MUST_USE;

/*
 * Title and text in a language: the original one, or a further one that is as
 * good (official). RP_E_CONFLICT for the original of what was sent;
 * RP_E_INVALID without a title; RP_E_LIMIT.
 */
struct rp_err *rp_correspondence_set_text(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_correspondence *c, rp_text lang,
    rp_text title, rp_text text) RP_MUST_USE;

/* RP_E_CONFLICT for a state that does not follow; RP_E_LIMIT. */
struct rp_err *rp_correspondence_set_state(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_correspondence *c, rp_text state,
    rp_text words) RP_MUST_USE;

#endif
