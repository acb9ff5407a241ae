/*
 * proceedings - what happened in a meeting, as its report is made from it.
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
#ifndef RP_DOMAIN_PROCEEDINGS_H
#define RP_DOMAIN_PROCEEDINGS_H

#include "domain/meeting.h"

struct rp_proceedings_outcome {
	rp_text verb, object, reservation;
};
struct rp_proceedings_outcomes RP_VEC(struct rp_proceedings_outcome);

struct rp_proceedings_statement {
	int64_t id;
	rp_text speaker, name, words; /* as in the table */
	bool is_all;
	int64_t voices; /* distinct parties, 1 where nothing is logged */
	int64_t logged; /* interventions */
	struct rp_proceedings_outcome outcome; /* of this alone; may be empty */
};
struct rp_proceedings_statements RP_VEC(struct rp_proceedings_statement);

struct rp_proceedings_paper {
	int64_t document_id;
	rp_text symbol, title, sources;
	rp_text summary; /* as submitted */
	struct rp_proceedings_statements statements;
	struct rp_proceedings_outcomes outcomes;
};
struct rp_proceedings_papers RP_VEC(struct rp_proceedings_paper);

struct rp_proceedings_action {
	int64_t id;
	rp_text text;
};
struct rp_proceedings_actions RP_VEC(struct rp_proceedings_action);

struct rp_proceedings_item {
	int64_t id;
	rp_text kind, title;
	/* Of an approval: the meeting whose report it is about; 0: this one. */
	int64_t report_ordinal;
	struct rp_proceedings_papers papers;
	struct rp_proceedings_statements statements;
	struct rp_proceedings_outcomes outcomes;
	struct rp_proceedings_actions actions; /* of an item of actions */
};

struct rp_proceedings {
	rp_text chair, acting;                 /* names; acting may be empty */
	rp_text chair_country, acting_country; /* codes */
	struct RP_VEC(struct rp_proceedings_item) items;
};

struct rp_err *rp_proceedings_load(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, rp_text lang,
    struct rp_proceedings *out) RP_MUST_USE;

#endif
