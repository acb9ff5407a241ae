/*
 * xmlpatch - XML with a few things taken out or replaced, the rest octet for
 * octet.
 *
 * Untrusted input. What is not touched keeps its octets, so a document stays as
 * its author's program wrote it (no new prefixes, quotes or white space). The
 * input is first read with xmlread.h; then it is well formed, has no document
 * type, and finding tags needs no more than looking for brackets and quotes.
 * UTF-8 only: RP_E_INVALID for UTF-16, and for what xmlread.h refuses.
 */
#ifndef RP_CODEC_XMLPATCH_H
#define RP_CODEC_XMLPATCH_H

#include "base/map.h"

enum rp_xmlpatch_do {
	RP_XMLPATCH_DROP_ATTR,   /* the attribute goes, with the space before */
	RP_XMLPATCH_SET_ATTR,    /* its value becomes `value` */
	RP_XMLPATCH_NUMBER_ATTR, /* `value` and a number: the same for the same
				  */
	RP_XMLPATCH_FILE_ATTR,   /* "file:" and a path: only the last part stays
				  */
	RP_XMLPATCH_DROP_TAG,    /* start, end and empty tags of the element */
	RP_XMLPATCH_SET_TEXT,    /* text right after the start tag: `value` */
};

/*
 * Names are local names: prefixes are not looked at. A `name` that ends in "*"
 * stands for all that start so. `element` NULL is any.
 */
struct rp_xmlpatch_rule {
	enum rp_xmlpatch_do act;
	const char *element;
	const char *name; /* of the attribute */
	/* With SET_TEXT: only where this attribute has this value. */
	const char *where, *is;
	const char *value;
};

/* Numbers given so far; shared by the parts of one document. */
struct rp_xmlpatch_numbers RP_MAP(int64_t);

struct rp_err *rp_xmlpatch(struct rp_arena *a, rp_bytes in,
    const struct rp_xmlpatch_rule *rules, size_t n,
    struct rp_xmlpatch_numbers *numbers, rp_bytes *out,
    bool *out_changed) RP_MUST_USE;

#endif
