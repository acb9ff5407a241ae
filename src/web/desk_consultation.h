/*
 * desk_consultation - a consultation on the desk: texts, questions, dates.
 *
 * One page for planning a new one and for changing what may still change. The
 * texts are edited one language at a time (?text=ar).
 *
 * Tested in tests/journey/desk_test.py.
 */
#ifndef RP_WEB_DESK_CONSULTATION_H
#define RP_WEB_DESK_CONSULTATION_H

#include "domain/consultation.h"
#include "domain/wording.h"
#include "web/desk.h"

/* What stands beside a field; M_none: nothing is wrong with it. */
struct rp_desk_plan_errors {
	enum rp_msg group, title, introduction, guidelines, zone, opens,
	    deadline, meeting, extend;
	enum rp_msg question[RP_QUESTIONS_MAX + 1];
	bool any;
};

/* A question as it is edited: id 0 is one that is still to be added. */
struct rp_desk_question {
	int64_t id;
	rp_text text, original, original_lang;
};

/* The whole form, from the store or as it was typed. */
struct rp_desk_plan {
	const struct rp_request *req;
	struct rp_consultation c; /* id 0: it is being planned */
	struct rp_groups groups;  /* in which one may be planned */
	int64_t group_id;
	bool may_launch, may_translate;
	enum rp_lang lang;     /* the one whose texts are edited */
	rp_text original_lang; /* empty: there is no text yet */
	enum rp_wording_status status;
	rp_text title, introduction, guidelines, place;
	struct rp_desk_question questions[RP_QUESTIONS_MAX + 1];
	size_t n_questions;
	struct rp_consultation_plan plan;
	rp_text new_deadline, reason;
	struct rp_desk_plan_errors errors;
	enum rp_msg error; /* over the page */
};

/* The page, with what was typed and what is wrong. */
struct rp_err *rp_desk_plan_show(struct rp_desk_plan *p,
    struct rp_response *out) RP_MUST_USE;

#endif
