/*
 * consolidate_bundle - all that a consolidation is made from, in one row of
 * octets: who asks and who consolidates are different processes.
 *
 *	"RPB1" | u32 files | u32 octets of the order | u32 octets of each file |
 *	the order | the files
 *
 * Integers are little-endian. The order is JSON:
 *
 *	{"author": "...", "date": "...",
 *	 "parties": [{"name": "A", "file": 0 | null,
 *	  "edits": [{"op": "replace" | "suppress" | "add", "block": 3,
 *	   "text": "..."}],
 *	  "noc": ["#3"]}],
 *	 "decisions": [{"change": "9f…", "base": false, "choice": "03…",
 *	  "text": ""}]}
 *
 * Untrusted input. RP_E_INVALID for what is none, RP_E_LIMIT past the sizes
 * below and those of consolidate.h.
 */
#ifndef RP_EXCHANGE_CONSOLIDATE_BUNDLE_H
#define RP_EXCHANGE_CONSOLIDATE_BUNDLE_H

#include "exchange/consolidate.h"

struct rp_buf;

#define RP_BUNDLE_MAX ((size_t)32 << 20)
#define RP_BUNDLE_ORDER_MAX ((size_t)8 << 20)
#define RP_BUNDLE_EDITS_MAX ((size_t)400)     /* of one party */
#define RP_BUNDLE_EDIT_MAX ((size_t)40 << 10) /* octets of one text */
#define RP_BUNDLE_PLACE_MAX ((size_t)400)     /* octets of one NOC */

struct rp_consolidate_bundle {
	struct rp_consolidate_party parties[RP_CONSOLIDATE_PARTIES_MAX];
	size_t n;
	/* noc, decisions, author and date; format and clean are the asker's. */
	struct rp_consolidate_options options;
};

/* RP_E_LIMIT past RP_BUNDLE_MAX. */
struct rp_err *rp_consolidate_bundle_write(struct rp_arena *a,
    const struct rp_consolidate_bundle *bundle, rp_bytes *out) RP_MUST_USE;

/* Files are borrowed from `in`. */
struct rp_err *rp_consolidate_bundle_parse(struct rp_arena *a, rp_bytes in,
    struct rp_consolidate_bundle *out) RP_MUST_USE;

#endif
