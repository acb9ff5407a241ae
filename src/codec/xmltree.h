/*
 * xmltree - foreign XML as a tree of places in its own octets.
 *
 * Untrusted input. One pass checks that the document is well formed and notes
 * where each element begins and ends; names and values stay where they are. So
 * a reader can look around freely, and a writer can copy what it does not touch
 * octet for octet.
 *
 * UTF-8 only. Refused (RP_E_INVALID): what is not well formed, UTF-16, document
 * types, entities but the five of XML, characters that XML has not. RP_E_LIMIT:
 * past RP_XMLREAD_MAX octets, RP_XMLREAD_DEPTH_MAX elements in each other, or
 * RP_XMLTREE_NODES_MAX elements. Whatever passes here passes xmlread.h too.
 *
 * Prefixes are resolved, and local names are looked up in the caller's
 * vocabulary; an element of no interest is 0 in either.
 */
#ifndef RP_CODEC_XMLTREE_H
#define RP_CODEC_XMLTREE_H

#include "base/str.h"

#define RP_XMLTREE_NODES_MAX ((uint32_t)4000000)
#define RP_XMLTREE_PREFIXES_MAX 64 /* bound at one time */

/* No node: what the root's parent, and the last child's next, are. */
#define RP_XMLTREE_NONE 0U

struct rp_xmlnode {
	uint32_t from, to;             /* the element with its tags */
	uint32_t inner_from, inner_to; /* its content; empty element: equal */
	uint32_t parent, first, next;
	uint16_t name; /* place in the vocabulary's names */
	uint8_t space; /* what its space() said; 0: of no interest */
};

/* Names are sorted by octets, the first is "". */
struct rp_xmltree_names {
	uint8_t (*space)(rp_bytes uri); /* 0: of no interest */
	const char *const *names;
	uint16_t n_names;
};

struct rp_xmltree {
	rp_bytes in;
	struct rp_xmlnode *v; /* v[0] is no node, v[1] the root */
	uint32_t n;
};

/* Lives in `a`, as long as `in` does. */
struct rp_err *rp_xmltree_read(struct rp_arena *a, rp_bytes in,
    const struct rp_xmltree_names *names, struct rp_xmltree *out) RP_MUST_USE;

/* The octets of an element, with its tags. */
rp_bytes rp_xmltree_raw(const struct rp_xmltree *t, uint32_t node);

/*
 * The octets of an attribute's value between its quotes, by local name in any
 * namespace; p is NULL if there is none.
 */
rp_bytes rp_xmltree_attr(const struct rp_xmltree *t, uint32_t node,
    const char *local);

/*
 * What octets between tags or quotes say: references and CDATA resolved, tags
 * and comments left out, tab and line ends as spaces, and U+FFFD for what text
 * may not hold. Borrowed where they say themselves.
 */
rp_text rp_xmltree_text(struct rp_arena *a, rp_bytes octets);

/* The node whose element begins at octet `from`, or RP_XMLTREE_NONE. */
uint32_t rp_xmltree_at(const struct rp_xmltree *t, size_t from);

#endif
