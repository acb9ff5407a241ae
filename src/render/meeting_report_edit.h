/*
 * meeting_report_edit - what people changed in a report, put over the lines
 * that the machine makes.
 *
 * An edit is tied to the origin of a line, so it stays when the report is made
 * again: it replaces the line or removes it. A line that was added stands after
 * the line of another origin, several of one place in the order they came in;
 * where that line is gone, before the signature. An edit of a line that is made
 * no more is an orphan, for somebody to look at. An edited line is stale if the
 * machine writes it otherwise now than when it was edited.
 *
 * In edited and added lines "[[origin]]" is a reference: the label of that line
 * without its full stop or bracket. One that leads nowhere stays as it is, and
 * makes the line stale. Labels are made again (rp_meeting_report_number()).
 */
#ifndef RP_RENDER_MEETING_REPORT_EDIT_H
#define RP_RENDER_MEETING_REPORT_EDIT_H

#include "render/meeting_report.h"

enum rp_report_op {
	RP_REPORT_REPLACE = 0,
	RP_REPORT_REMOVE,
	RP_REPORT_ADD,
};

struct rp_report_edit {
	enum rp_report_op op;
	rp_text origin; /* of ADD its own */
	rp_text after;  /* ADD: an origin */
	rp_text body;
	rp_text was;                   /* the machine's words then */
	enum rp_report_line_kind kind; /* ADD: SECTION, PARAGRAPH or TEXT */
	uint8_t level;                 /* of a section */
};
struct rp_report_edits RP_VEC(struct rp_report_edit);

void rp_meeting_report_edit(struct rp_arena *a,
    const struct rp_report_lines *made, const struct rp_report_edits *edits,
    struct rp_report_lines *out, struct rp_report_edits *out_orphans);

#endif
