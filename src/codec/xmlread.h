/*
 * xmlread - foreign XML as a stream of events.
 *
 * Untrusted input, over libxml2's reader: no network, no files, no entities but
 * the five of XML. A document type declaration is refused, so there is nothing
 * to expand. UTF-8, or UTF-16 with its mark; what the declaration says of other
 * encodings is ignored and then not UTF-8. RP_E_INVALID for what is not well
 * formed, RP_E_LIMIT past the depth. Memory does not grow with the document.
 */
#ifndef RP_CODEC_XMLREAD_H
#define RP_CODEC_XMLREAD_H

#include "base/str.h"

#define RP_XMLREAD_MAX ((size_t)64 << 20)
#define RP_XMLREAD_DEPTH_MAX 200

enum rp_xmlread_event {
	RP_XMLREAD_END = 0, /* of the document */
	RP_XMLREAD_OPEN,
	RP_XMLREAD_CLOSE, /* of empty elements too */
	RP_XMLREAD_TEXT,
};

struct rp_xmlread;

/* Once in a process, before the first rp_xmlread_open() and any sandbox. */
void rp_xmlread_prepare(void);

struct rp_err *rp_xmlread_open(struct rp_arena *a, rp_bytes in,
    struct rp_xmlread **out) RP_MUST_USE;

struct rp_err *rp_xmlread_next(struct rp_xmlread *r,
    enum rp_xmlread_event *out) RP_MUST_USE;

/* Of the element that opened or closed. Namespace "" is none. */
bool rp_xmlread_in(const struct rp_xmlread *r, const char *namespace);
bool rp_xmlread_is(const struct rp_xmlread *r, const char *local);

/*
 * An attribute of the element that opened, by local name in any namespace;
 * empty if there is none. Borrowed until the next event, as text is. Valid
 * UTF-8.
 */
rp_bytes rp_xmlread_attr(struct rp_xmlread *r, const char *local);

/* Of the text event. */
rp_bytes rp_xmlread_text(const struct rp_xmlread *r);

/* Elements that are open, counting the one that opened or closes. */
unsigned rp_xmlread_depth(const struct rp_xmlread *r);

#endif
