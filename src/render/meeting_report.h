/*
 * meeting_report - the report of a meeting, written from what happened in it.
 *
 * Given are the items of the agenda in order, with their documents, what was
 * said, and how each ended; made is the report as numbered lines, and from them
 * a document for the writers of codec/. Sections are items; in them stand the
 * authors' summaries as they were submitted, the discussion, and the outcome in
 * the fixed phrase of its verb.
 *
 * Who said something is told by how many said it: one is "a member" (another
 * one "another member"), several "some members", all "members". Names of
 * delegations are no input.
 *
 * Each line has an origin, a word that is the same when the report is made
 * again: edits and links are tied to it. It is made of the keys of the facts,
 * which stay when others come before them, or of their places where they have
 * none. The same input gives the same lines.
 * Source: the structure of reports of the group (process.md 7.4, 12).
 */
#ifndef RP_RENDER_MEETING_REPORT_H
#define RP_RENDER_MEETING_REPORT_H

#include "base/vec.h"
#include "render/message.h"
#include "text/meeting_words.h"

struct rp_document;
struct rp_err;

struct rp_report_outcome {
	enum rp_outcome verb;
	rp_text object;      /* "the contribution", "a topic"; may be empty */
	rp_text reservation; /* a sentence that is recorded with it */
};

enum rp_report_speaker {
	RP_SPEAKER_MEMBERS = 0,
	RP_SPEAKER_CHAIR, /* or the Acting Chair */
	RP_SPEAKER_SECRETARIAT,
	RP_SPEAKER_NAMED, /* elected officials, guests */
	RP_SPEAKERS
};

/* "highlighted the relevance of ..."; `outcome` is of this alone. */
struct rp_report_statement {
	int64_t key; /* for origins; 0: its place */
	enum rp_report_speaker speaker;
	uint32_t voices; /* of members, 1 and more */
	bool is_all;     /* no member said otherwise */
	rp_text name;    /* of NAMED */
	rp_text words;   /* what follows who said it, to the full stop */
	struct rp_report_outcome outcome;
};
struct rp_report_statements RP_VEC(struct rp_report_statement);
struct rp_report_outcomes RP_VEC(struct rp_report_outcome);
struct rp_report_texts RP_VEC(rp_text);

/* The fixed phrase of an outcome in the reader's language, and what is recorded
 * with it. Empty for none. */
rp_text rp_report_sentence(struct rp_arena *a, const struct rp_reader *reader,
    const struct rp_report_outcome *o);

struct rp_report_paper {
	int64_t key;
	rp_text symbol, title, sources;
	struct rp_report_texts summary; /* as submitted, paragraphs */
	struct rp_report_statements statements;
	struct rp_report_outcomes outcomes;
};
struct rp_report_papers RP_VEC(struct rp_report_paper);

struct rp_report_action {
	int64_t key;
	rp_text text;
};
struct rp_report_actions RP_VEC(struct rp_report_action);

struct rp_report_item {
	int64_t key;
	enum rp_report_kind kind;
	rp_text title; /* empty: that of its kind */
	struct rp_report_papers papers;
	struct rp_report_statements statements;
	struct rp_report_outcomes outcomes;
	struct rp_report_actions actions;
};
struct rp_report_items RP_VEC(struct rp_report_item);

struct rp_report_facts {
	rp_text group, group_name; /* "CWG-Internet", and in full */
	int64_t ordinal;
	rp_text date; /* as the reader writes it */
	rp_text chair, chair_country;
	rp_text acting; /* the Acting Chair; empty: the Chair presided */
	rp_text acting_country;
	struct rp_report_items items;
};

/* Made. */

enum rp_report_line_kind {
	RP_LINE_BOX_HEAD, /* "Purpose" */
	RP_LINE_BOX,
	RP_LINE_SECTION,   /* label and title; `level` 1 to 3 */
	RP_LINE_PARAGRAPH, /* with a label of its own */
	RP_LINE_TEXT,      /* without one */
	RP_LINE_LETTER,    /* "a)" */
	RP_LINE_SIGNATURE,
};

struct rp_report_line {
	enum rp_report_line_kind kind;
	uint8_t level; /* depth of the label */
	rp_text label; /* "5.1.2", "b)" */
	rp_text text;
	rp_text origin;
	uint32_t
	    voices; /* of members, behind "some members"; 0: none counted */
	/* By meeting_report_edit.h. */
	bool is_edited, is_stale, is_added, is_removed;
	rp_text made; /* of an edited one: what the machine writes now */
};
struct rp_report_lines RP_VEC(struct rp_report_line);

void rp_meeting_report(struct rp_arena *a, const struct rp_reader *reader,
    const struct rp_report_facts *facts, struct rp_report_lines *out);

/* The labels anew, after lines came or went. Of lines as they were made it
 * changes nothing. */
void rp_meeting_report_number(struct rp_arena *a,
    struct rp_report_lines *lines);

/* Without removed lines. Labels are typed, so that they are the same in every
 * program. RP_E_LIMIT. */
struct rp_err *rp_meeting_report_document(struct rp_arena *a,
    const struct rp_reader *reader, const struct rp_report_lines *lines,
    struct rp_document **out) RP_MUST_USE;

#endif
