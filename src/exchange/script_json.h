/*
 * script_json - an edit script as JSON, for other programs.
 *
 * Stable: members are added, never renamed, and none changes its meaning.
 * Blocks are counted from 0 in each version, all blocks of the body.
 *
 *	{"version": 1,
 *	 "blocks": [{
 *	  "op": "equal" | "edit" | "insert" | "delete" | "move",
 *	  "class": "NOC" | "MOD" | "(MOD)" | "ADD" | "SUP",
 *	  "old": 3 | null, "new": 4 | null,
 *	  "old_label": "c)" | null, "new_label": "d)" | null,
 *	  "renumbered": false, "reformatted": false,
 *	  "split_of": 3 | null,		the old block a new one came out of
 *	  "merge_of": [5],		further old blocks that went into it
 *	  "runs": [{"t": "equal" | "ins" | "del", "text": "...",
 *		    "consequential": true}],	left out where false
 *	  "notes": [{"old": 0 | null, "new": 1 | null, "runs": [...]}]}],
 *	 "references": [{
 *	  "at": 7, "text": "f)",	in the new version
 *	  "around": "in considering f)",	the words before it, and it
 *	  "old_target": 4 | null, "new_target": 5 | null,
 *	  "new_label": "f)" | null,	what the target is labelled now
 *	  "state": "ok" | "updated" | "stale" | "gone",
 *	  "doubtful": true}],		left out where false: look at it
 *	 "margins": [{			headers and footers that differ
 *	  "kind": "header" | "footer", "old": 0 | null, "new": 0 | null,
 *	  "runs": [...]}],
 *	 "summary": {"NOC": 1, "MOD": 1, "(MOD)": 0, "ADD": 0, "SUP": 0,
 *	  "moved": 0, "renumbered": 0, "words_inserted": 3,
 *	  "words_deleted": 2, "words_equal": 40}}
 *
 * "runs" are always there: the texts of "equal" and "ins" are the new text of
 * the block, those of "equal" and "del" the old one (of a split or merge: of
 * all blocks that belong together). Notes are counted from 0 as their marks
 * stand in the body; one whose mark and text are as before is not listed.
 * Headers and footers are counted from 0 as the file has them.
 */
#ifndef RP_EXCHANGE_SCRIPT_JSON_H
#define RP_EXCHANGE_SCRIPT_JSON_H

#include "redline/script.h"

struct rp_sink;

void rp_script_json_write(struct rp_arena *a, const struct rp_script *s,
    struct rp_sink *out);

#endif
