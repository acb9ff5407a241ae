/*
 * minutes - what happened in a meeting, as its report is made from it.
 *
 * From the agenda, the documents called under each item, the statements with
 * the number of members that stand behind each, and the outcomes. The number is
 * that of the distinct parties in the private log below a statement; who they
 * are is not told here, to nobody.
 *
 * Loading needs RP_MAY_MEET on the group. Titles, summaries and names of
 * parties are in the language asked for where there is such a text.
 *
 * Tested in report_test.c.
 */
#ifndef RP_DOMAIN_MINUTES_H
#define RP_DOMAIN_MINUTES_H

#include "domain/meeting.h"

struct rp_minutes_outcome {
	rp_text verb, object, reservation;
};
struct rp_minutes_outcomes RP_VEC(struct rp_minutes_outcome);

struct rp_minutes_statement {
	int64_t id;
	rp_text speaker, name, words; /* as in the table */
	bool is_all;
	int64_t voices; /* distinct parties, 1 where nothing is logged */
	int64_t logged; /* interventions */
	struct rp_minutes_outcome outcome; /* of this alone; may be empty */
};
struct rp_minutes_statements RP_VEC(struct rp_minutes_statement);

struct rp_minutes_paper {
	int64_t document_id;
	rp_text symbol, title, sources;
	rp_text summary; /* as submitted */
	struct rp_minutes_statements statements;
	struct rp_minutes_outcomes outcomes;
};
struct rp_minutes_papers RP_VEC(struct rp_minutes_paper);

struct rp_minutes_action {
	int64_t id;
	rp_text text;
};
struct rp_minutes_actions RP_VEC(struct rp_minutes_action);

struct rp_minutes_item {
	int64_t id;
	rp_text kind, title;
	/* Of an approval: the meeting whose report it is about; 0: this one. */
	int64_t report_ordinal;
	struct rp_minutes_papers papers;
	struct rp_minutes_statements statements;
	struct rp_minutes_outcomes outcomes;
	struct rp_minutes_actions actions; /* of an item of actions */
};

struct rp_minutes {
	rp_text chair, acting;                 /* names; acting may be empty */
	rp_text chair_country, acting_country; /* codes */
	struct RP_VEC(struct rp_minutes_item) items;
};

struct rp_err *rp_minutes_load(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, rp_text lang,
    struct rp_minutes *out) RP_MUST_USE;

#endif
