/*
 * linkify - what in running text is a link (UTS 58, data of version 17).
 *
 * Finds web addresses with a scheme (http, https), e-mail addresses with or
 * without mailto:, and bare domain names, in any script. A bare name or an
 * address is a link only if the public suffix list knows its top-level domain
 * (names.h): "e.g." and "end.Nextly" are not links. With a scheme any valid
 * name will do, and so will an IP address. Where a link ends is decided by UTS
 * 58's Link_Term: a full stop or a closing bracket after it stays outside, one
 * inside stays in.
 *
 * A name and a password before the host (http://someone@host/) make no link:
 * they serve only to deceive. Quoted local parts are not found (UTS 58).
 *
 * Chinese and Japanese have no spaces between words. If a name as far as it
 * goes has no known top-level domain, what stands before an ideographic full
 * stop is tried, and what is left without the letters of another script at the
 * ends: 请访问example.com谢谢 has a link to example.com.
 */
#ifndef RP_TEXT_LINKIFY_H
#define RP_TEXT_LINKIFY_H

#include "base/str.h"
#include "base/vec.h"

struct rp_names;

enum rp_link_kind {
	RP_LINK_WEB,    /* with a scheme */
	RP_LINK_MAIL,   /* an address, or mailto: and an address */
	RP_LINK_DOMAIN, /* a name without a scheme, with path or port */
};

struct rp_link {
	enum rp_link_kind kind;
	size_t from, to; /* octets of the text */
	/*
	 * Where it leads: https:// before a bare name, mailto: before an
	 * address, hosts as A-forms. Make it an address for href with
	 * rp_url_from().
	 */
	rp_text target;
};

struct rp_links RP_VEC(struct rp_link);

enum {
	RP_LINKIFY_DEPTH_MAX = 125, /* open brackets, as UTS 58 advises */
};

/* Append the links of `t` to `out`, in order; they do not overlap. */
void rp_linkify_find(struct rp_arena *a, const struct rp_names *names,
    rp_text t, struct rp_links *out);

#endif
