/*
 * certificate - how long a server's certificate is good, and for whom.
 *
 * Reads what the administrator wrote into a file: the first certificate of a
 * PEM chain. Nothing is verified but what is asked here; the TLS library that
 * serves it does that.
 */
#ifndef RP_DOMAIN_CERTIFICATE_H
#define RP_DOMAIN_CERTIFICATE_H

#include "base/str.h"

struct rp_err;

/* Octets of a chain. */
#define RP_CERTIFICATE_MAX ((size_t)256 * 1024)

struct rp_certificate {
	int64_t from, until; /* ms since 1970 */
	bool covers;         /* the host that was asked for */
};

/*
 * `host` is a name in its A-form or an address; may be empty. RP_E_INVALID if
 * there is no certificate, RP_E_LIMIT past RP_CERTIFICATE_MAX.
 */
struct rp_err *rp_certificate_read(struct rp_arena *a, rp_bytes pem,
    rp_text host, struct rp_certificate *out) RP_MUST_USE;

#endif
