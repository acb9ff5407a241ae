/*
 * report_facts - what happened in a meeting, from JSON.
 *
 * Untrusted input: RP_E_INVALID with the member that is wrong, RP_E_LIMIT.
 *
 *	{"group": "CWG-Internet", "group_name": "Council Working Group ...",
 *	 "ordinal": 20, "date": "2024-10-04",
 *	 "chair": {"name": "...", "country": "..."},
 *	 "acting": {"name": "...", "country": "..."},	if somebody acted
 *	 "items": [{
 *	  "kind": "opening" | "agenda" | "report" | "contributions" | "topics" |
 *		"actions" | "approval" | "other" | "closing",
 *	  "title": "...",				if not that of its kind
 *	  "papers": [{"symbol": "CWG-Internet-20/3", "title": "...",
 *	   "sources": "Utopia, Laputa", "summary": ["...", "..."],
 *	   "statements": [...], "outcomes": [...]}],
 *	  "statements": [{"by": "members" | "chair" | "secretariat" | a name,
 *	   "voices": 3, "all": false, "words": "supported the proposal.",
 *	   "outcome": {"verb": "agreed", "object": "..."}}],
 *	  "outcomes": [{"verb": "noted", "object": "the report"}],
 *	  "actions": ["..."]}]}
 *
 * All but group, ordinal, date, items, kind, symbol, words and verb may be left
 * out. `voices` is 1 if it is.
 */
#ifndef RP_PROC_REPORT_FACTS_H
#define RP_PROC_REPORT_FACTS_H

#include "render/meeting_report.h"

#define RP_REPORT_TEXT_MAX ((size_t)20000) /* octets of one text */
#define RP_REPORT_LIST_MAX ((size_t)1000)  /* entries of one list */

/* `date` of `out` is as it was given: the caller writes it for a reader. */
struct rp_err *rp_report_facts_read(struct rp_arena *a, rp_bytes in,
    struct rp_report_facts *out) RP_MUST_USE;

#endif
