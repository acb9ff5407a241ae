/*
 * consolidated_json - a merged text as JSON, for other programs.
 *
 * Stable: members are added, never renamed, and none changes its meaning.
 * Blocks are counted from 0 in the base, all blocks of its body; slot i is
 * before block i, the last one behind the last block; octets are those of the
 * block's text in UTF-8, without its label. Parties are called by their names,
 * in the order of submission. Changes stand in order of place.
 *
 *	{"version": 1,
 *	 "parties": ["A", "B"],
 *	 "left_out": [0, 2],		notes, images and objects of each that
 *					could not be merged; if it was counted
 *	 "provisions": [{		one for each block of the base
 *	  "block": 3, "label": "c)" | null, "text": "...",
 *	  "changes": [4, 5]}],		ids of those in it, not in slots
 *	 "changes": [{
 *	  "id": 4,
 *	  "key": "9f…",			what it is: change_key.h
 *	  "place": "slot" | "block" | "range",
 *	  "at": 3,			the block, or the slot
 *	  "from": 0, "to": 12,		octets of the block; 0 and 0 of a slot
 *	  "base": "...",		the base's text there
 *	  "bracket": true,		it is disputed
 *	  "objectors": ["N"],		parties that declared no change there
 *	  "set": 2 | null,		changes of one set are decided together
 *	  "decided": "open" | "base" | 0,	or the place of a choice
 *	  "choices": [{			one if it is undisputed
 *	   "key": "03…",
 *	   "sponsors": ["A", "B"],	none's is a compromise
 *	   "gone": false,		the block is not there
 *	   "moved_to": 7 | null,	slot
 *	   "text": "...",		in place of the base's
 *	   "blocks": [{			of a slot
 *	    "label": "b)bis" | null, "text": "...",
 *	    "moved_from": 9 | null}]}]}],
 *	 "summary": {"changes": 3, "shared": 1, "brackets": 2,
 *	  "objections": 1, "open": 2}}	brackets that are not decided
 *
 * An undisputed change is taken although it is "open".
 */
#ifndef RP_EXCHANGE_CONSOLIDATED_JSON_H
#define RP_EXCHANGE_CONSOLIDATED_JSON_H

#include "redline/merge.h"

struct rp_sink;

/* `left_out`: of each party; NULL: not counted. */
void rp_consolidated_json_write(struct rp_arena *a,
    const struct rp_consolidated *c, const uint32_t *left_out,
    struct rp_sink *out);

#endif
