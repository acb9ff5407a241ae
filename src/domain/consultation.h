/*
 * consultation - an online open consultation: questions, window, states.
 *
 * A deadline is local time and zone; the instant is computed when it is read,
 * so a change of a zone's rules moves it. The stored state is planned, launched
 * or archived; whether a launched one is not yet open, open or closed follows
 * from the clock (process.md, sections 4 and 5). Each extension keeps the old
 * and the new date. A consultation may have several topics, a topic several
 * consultations.
 */
#ifndef RP_DOMAIN_CONSULTATION_H
#define RP_DOMAIN_CONSULTATION_H

#include "base/vec.h"
#include "domain/actor.h"
#include "domain/group.h"
#include "domain/wording.h"

#define RP_QUESTIONS_MAX 24
#define RP_CONSULTATION_TEXT_MAX 40000 /* octets of an introduction */
#define RP_QUESTION_MAX 4000           /* octets */
#define RP_REASON_MAX 2000             /* octets: why a deadline moved */

enum rp_consultation_state {
	RP_CONSULTATION_PLANNED, /* seen by staff only */
	RP_CONSULTATION_COMING,  /* launched, opens later */
	RP_CONSULTATION_OPEN,
	RP_CONSULTATION_CLOSED,
	RP_CONSULTATION_ARCHIVED,
};

/* When responses become public. */
enum rp_publication { RP_PUBLISH_AS_CHECKED, RP_PUBLISH_AFTER_DEADLINE };

struct rp_question {
	int64_t id, topic_id;
	int64_t position; /* from 1 */
	struct rp_wording text, help;
};

struct rp_questions RP_VEC(struct rp_question);

struct rp_extension {
	rp_text old_local, new_local, reason;
	int64_t at;
};

struct rp_extensions RP_VEC(struct rp_extension);

struct rp_topic {
	int64_t id, number;
	struct rp_wording title;
};

struct rp_topics RP_VEC(struct rp_topic);

struct rp_consultation {
	int64_t id, number;
	struct rp_group group;
	enum rp_consultation_state state;
	enum rp_publication publication;
	rp_text zone, opens_local, deadline_local;
	int64_t opens_at, deadline_at;
	rp_text languages; /* tags with spaces between */
	rp_text meeting_local, meeting_zone;
	int64_t meeting_at; /* 0: no physical consultation is planned */
	rp_text decided_by;
	int64_t published; /* responses that are public */
	int64_t changed_at;
	int64_t notice_id; /* privacy notice in force; 0: none */
	int64_t notice_version;
	struct rp_wording title, introduction, guidelines, moderation, place;
	struct rp_questions questions;   /* by position */
	struct rp_topics topics;         /* in order */
	struct rp_extensions extensions; /* oldest first */
	int64_t extended;                /* how often; in lists too */
};

struct rp_consultations RP_VEC(struct rp_consultation);

/*
 * With everything. RP_E_NOTFOUND also for one that is planned, unless `who`
 * may launch there.
 */
struct rp_err *rp_consultation_get(const struct rp_actor *who, struct rp_tx *tx,
    rp_text group_slug, int64_t number, rp_text lang,
    struct rp_consultation *out) RP_MUST_USE;
struct rp_err *rp_consultation_get_by_id(const struct rp_actor *who,
    struct rp_tx *tx, int64_t id, rp_text lang,
    struct rp_consultation *out) RP_MUST_USE;

/*
 * The same consultation a moment later: its state by the clock. What was loaded
 * for the public may be kept while rp_public_version() stays.
 */
void rp_consultation_advance(struct rp_consultation *c, int64_t now);

/*
 * Newest first; group_id 0: of all groups. Of the texts only title and place,
 * without questions, extensions and the privacy notice. A handful of statements
 * however many there are.
 */
struct rp_err *rp_consultation_list(const struct rp_actor *who,
    struct rp_tx *tx, int64_t group_id, rp_text lang,
    struct rp_consultations *out) RP_MUST_USE;

/* The same for a group that is loaded. */
struct rp_err *rp_consultation_list_of(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_group *group, rp_text lang,
    struct rp_consultations *out) RP_MUST_USE;

struct rp_place rp_consultation_place(const struct rp_consultation *c);

/* Whether a response that is published now would be seen by the public now. */
bool rp_consultation_shows_responses(const struct rp_consultation *c);

/* What is planned or changed; all of it, each time. */
struct rp_consultation_plan {
	rp_text zone, opens_local, deadline_local, languages;
	enum rp_publication publication;
	rp_text meeting_local, meeting_zone, decided_by;
};

/*
 * Plan a new one in a group (RP_MAY_LAUNCH): it gets the next number.
 * RP_E_INVALID: unknown zone or language, a date that is none, a deadline
 * before the opening.
 */
struct rp_err *rp_consultation_plan(const struct rp_actor *who,
    struct rp_tx *tx, int64_t group_id, const struct rp_consultation_plan *plan,
    int64_t *out_id) RP_MUST_USE;

/* Change a planned one, or what may still change of a launched one: not the
 * dates, for which there is rp_consultation_extend(). RP_E_CONFLICT. */
struct rp_err *rp_consultation_change(const struct rp_actor *who,
    struct rp_tx *tx, int64_t id,
    const struct rp_consultation_plan *plan) RP_MUST_USE;

/* Questions and topics of a planned one; positions go from 1 without gaps.
 * RP_E_CONFLICT after launch. */
struct rp_err *rp_consultation_add_question(const struct rp_actor *who,
    struct rp_tx *tx, int64_t id, int64_t topic_id,
    int64_t *out_id) RP_MUST_USE;
struct rp_err *rp_consultation_remove_question(const struct rp_actor *who,
    struct rp_tx *tx, int64_t id, int64_t question_id) RP_MUST_USE;
struct rp_err *rp_consultation_add_topic(const struct rp_actor *who,
    struct rp_tx *tx, int64_t id, int64_t topic_id) RP_MUST_USE;
struct rp_err *rp_topic_create(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, int64_t *out_id) RP_MUST_USE;

/*
 * Languages of the consultation in which the title, the introduction or a
 * question is missing.
 */
struct rp_langs RP_VEC(rp_text);
struct rp_err *rp_consultation_missing(const struct rp_actor *who,
    struct rp_tx *tx, int64_t id, struct rp_langs *out) RP_MUST_USE;

/*
 * RP_E_INVALID without a question or a title, or, unless the group's rule
 * allows it, with languages missing; RP_E_CONFLICT if launched already.
 */
struct rp_err *rp_consultation_launch(const struct rp_actor *who,
    struct rp_tx *tx, int64_t id) RP_MUST_USE;

/* A later deadline, with its reason. RP_E_INVALID if it is not later. */
struct rp_err *rp_consultation_extend(const struct rp_actor *who,
    struct rp_tx *tx, int64_t id, rp_text new_local,
    rp_text reason) RP_MUST_USE;

/* A closed one goes to the archive: still public, no late responses. */
struct rp_err *rp_consultation_archive(const struct rp_actor *who,
    struct rp_tx *tx, int64_t id) RP_MUST_USE;

#endif
