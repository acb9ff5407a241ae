/*
 * link_format - web addresses as people can read them (UTS 58, data of 17).
 *
 * A percent-encoded address is unreadable in most scripts. This shows it with
 * as few escapes as possible, yet so that what is shown still is one link when
 * it is copied into running text (linkify.h): kept are escapes of characters
 * that end a link, of brackets without a partner, of the syntax of the part in
 * which they stand, of "%" before two hexadecimal digits, of octets that are
 * not UTF-8, of controls of direction (more than UTS 58 asks), and of
 * punctuation at the very end.
 *
 * What is shown is for reading and copying; a link leads to the address as it
 * was given.
 */
#ifndef RP_TEXT_LINK_FORMAT_H
#define RP_TEXT_LINK_FORMAT_H

#include "base/str.h"
#include "base/vec.h"

enum {
	RP_LINK_FORMAT_MAX = 8192, /* octets of an address looked at */
	RP_LINK_FORMAT_DEPTH_MAX = 125,
};

/* A pair of a query; `value` has no "=" before it if has_value is false. */
struct rp_link_pair {
	rp_bytes key, value;
	bool has_value;
};

/* An address in its parts, without escapes: octets, and mostly UTF-8. */
struct rp_link_parts {
	rp_text scheme; /* with "://" */
	rp_text host;   /* with a port; shown as it is */
	struct RP_VEC(rp_bytes) path;
	struct RP_VEC(struct rp_link_pair) query;
	bool has_fragment;
	rp_bytes fragment;
	struct RP_VEC(rp_bytes) directives; /* after ":~:" */
};

/*
 * Take an address apart. RP_E_LIMIT past RP_LINK_FORMAT_MAX, RP_E_INVALID if
 * there is no "://".
 */
struct rp_err *rp_link_format_parse(struct rp_arena *a, rp_text url,
    struct rp_link_parts *out) RP_MUST_USE;

/*
 * Put it together with the fewest escapes. `alone`: the address stands by
 * itself, as in a table, so punctuation at its end needs no escape.
 */
rp_text rp_link_format_write(struct rp_arena *a,
    const struct rp_link_parts *parts, bool alone);

/* Both; what cannot be taken apart comes back as it is. */
rp_text rp_link_format(struct rp_arena *a, rp_text url, bool alone);

#endif
