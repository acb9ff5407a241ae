/*
 * urlform - application/x-www-form-urlencoded (WHATWG URL, section 5).
 *
 * Untrusted input. Reads memory only: no I/O, no clock, no globals. Fields keep
 * the order they came in; a name may repeat. Names and values are raw octets
 * after percent-decoding; rp_text_from() decides whether they are text.
 *
 * As the standard says, parsing never refuses an escape: a '%' that two
 * hexadecimal digits do not follow stands for itself, so that "100 %" typed
 * into an address by hand is what it looks like. Only sizes are refused.
 *
 * The list of named octet strings is also what multipart bodies, cookies and
 * header parameters give, so a handler looks a field up in one way.
 */
#ifndef RP_CODEC_URLFORM_H
#define RP_CODEC_URLFORM_H

#include "base/str.h"
#include "base/vec.h"

struct rp_buf;

#define RP_URLFORM_FIELDS_MAX 512
/* A consultation's longest answers in a script of three octets, escaped. */
#define RP_URLFORM_BODY_MAX ((size_t)8 << 20)

struct rp_urlform_field {
	rp_bytes name, value;
};

struct rp_urlform RP_VEC(struct rp_urlform_field);

/*
 * Parse a body, or the query of an address, into `out`, allocating from `a`.
 * Fails with RP_E_LIMIT past RP_URLFORM_FIELDS_MAX fields or
 * RP_URLFORM_BODY_MAX octets.
 */
struct rp_err *rp_urlform_parse(struct rp_arena *a, rp_bytes body,
    struct rp_urlform *out) RP_MUST_USE;

/* Write `form` so that rp_urlform_parse() gives the same fields. */
void rp_urlform_write(struct rp_buf *b, const struct rp_urlform *form);

/* The first field called `name`, or NULL. */
const struct rp_urlform_field *rp_urlform_find(const struct rp_urlform *form,
    const char *name);

/* The value of the first field called `name`; empty if there is none. */
rp_bytes rp_urlform_value(const struct rp_urlform *form, const char *name);

#endif
