/*
 * classify - of what kind a change is (process.md 13: ADD, MOD, (MOD), SUP,
 * NOC).
 *
 * A group of runs between two that are EQUAL is
 *	consequential	if it is marked so (a reference that follows a
 *			renumbering), or if it stands at the end of an item and
 *			holds only the marks ; , . and the words that join a
 *			list ("and", "or", in the languages of the UN), and the
 *			item became, or ceased to be, the last of its list;
 *	editorial	if it is the same but for white space, case, quotation
 *			marks and hyphens, or only the marks at an item's end;
 *	substance	otherwise.
 *
 * One of substance makes MOD. Else one that is editorial, or a reference that
 * follows, makes (MOD); what is left is NOC, also when renumbered or moved.
 * Blocks that were split or merged are MOD, the further pieces of a split ADD.
 * Tested in compare_test.c.
 */
#ifndef RP_REDLINE_CLASSIFY_H
#define RP_REDLINE_CLASSIFY_H

#include "redline/prose.h"
#include "redline/script.h"

/* Sets class, renumbered, reformatted, and `consequential` of marks. */
void rp_classify(struct rp_arena *a, const struct rp_side *old,
    const struct rp_side *now, struct rp_edit *e);

#endif
