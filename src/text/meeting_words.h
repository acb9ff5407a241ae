/*
 * meeting_words - the closed lists of words in which the record of a meeting is
 * kept: what an item of the agenda is about, and how it ended.
 *
 * They stand in the database and in files, decide what happens to documents,
 * and which fixed phrase the report has. Source: the outcomes in reports of the
 * group, and the sections these have (process.md 7.4, 12).
 */
#ifndef RP_TEXT_MEETING_WORDS_H
#define RP_TEXT_MEETING_WORDS_H

#include "base/str.h"

/* The closed list of how an item, or one document of it, ended. */
enum rp_outcome {
	RP_OUTCOME_NONE = 0,
	RP_OUTCOME_ADOPTED,
	RP_OUTCOME_NOTED,
	RP_OUTCOME_AGREED,
	RP_OUTCOME_APPROVED,
	RP_OUTCOME_NO_AGREEMENT,    /* on `object` */
	RP_OUTCOME_REVISED_INVITED, /* a revised proposal, at the next meeting
				     */
	RP_OUTCOME_CONSIDERED,      /* comments, in future versions of it */
	RP_OUTCOME_INFORMAL,        /* informal consultations on `object` */
	RP_OUTCOME_MERGE,           /* merging the proposals be considered */
	RP_OUTCOME_DEFERRED,        /* approval at the next meeting */
	RP_OUTCOME_TO_COUNCIL,      /* submitted to the Council */
	RP_OUTCOMES
};

/* "adopted", "no_agreement", ...; and back. */
rp_text rp_outcome_name(enum rp_outcome outcome);
bool rp_outcome_from(rp_text name, enum rp_outcome *out);

/* What an item is about decides how its section begins. */
enum rp_report_kind {
	RP_ITEM_OPENING = 0,
	RP_ITEM_AGENDA,
	RP_ITEM_REPORT,        /* one document, commented and noted */
	RP_ITEM_CONTRIBUTIONS, /* each with its discussion */
	RP_ITEM_TOPICS,        /* all of them, then the discussion */
	RP_ITEM_ACTIONS,
	RP_ITEM_APPROVAL, /* of this report, or of the one before */
	RP_ITEM_OTHER,
	RP_ITEM_CLOSING,
	RP_ITEM_KINDS
};
rp_text rp_report_kind_name(enum rp_report_kind kind);
bool rp_report_kind_from(rp_text name, enum rp_report_kind *out);

#endif
