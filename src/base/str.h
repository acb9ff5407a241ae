/*
 * str - the kinds of string, kept apart by the compiler.
 *
 *	rp_bytes   octets as they came. Nothing is known about them.
 *	rp_text	   valid UTF-8 without control characters except \n and \t,
 *		   NUL-terminated at p[n] for the sake of C libraries.
 *	rp_html	   a fragment that may be sent to a browser as it is.
 *	rp_url	   an address that may stand in href or action: made of the
 *		   server's own parts, or http, https, mailto.
 *
 * They are different struct types on purpose: passing user input where markup
 * is expected does not compile. The only ways from one to the next are the
 * functions below. Values are passed by value and never own memory.
 */
#ifndef RP_BASE_STR_H
#define RP_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"

struct rp_err;

typedef struct {
	const uint8_t *p;
	size_t n;
} rp_bytes;
typedef struct {
	const char *p;
	size_t n;
} rp_text;
typedef struct {
	const char *p;
	size_t n;
} rp_html;
typedef struct {
	const char *p;
	size_t n;
} rp_url;

/* From literals only: given a variable, the "" makes a syntax error. */
#define RP_TEXT(lit) ((rp_text){ "" lit, sizeof(lit) - 1 })
#define RP_HTML(lit) ((rp_html){ "" lit, sizeof(lit) - 1 })
#define RP_URL(lit) ((rp_url){ "" lit, sizeof(lit) - 1 })
#define RP_BYTES(lit) ((rp_bytes){ (const uint8_t *)("" lit), sizeof(lit) - 1 })

/* The same for tables of static data, where an expression is not allowed. */
#define RP_TEXT_INIT(lit)               \
	{                               \
		"" lit, sizeof(lit) - 1 \
	}

/* For printf("%.*s", RP_FMT(t)). */
#define RP_FMT(t) (int)(t).n, (const char *)(t).p

/*
 * The gate: copy `in` into `a` as text, or fail with RP_E_INVALID if it is not
 * UTF-8 (RFC 3629) or holds a control character (C0 but \n \t, DEL, C1),
 * RP_E_LIMIT if it is longer than `max` octets. What people type or upload
 * comes in through text/input.h, which is this and then NFC.
 */
struct rp_err *rp_text_from(struct rp_arena *a, rp_bytes in, size_t max,
    rp_text *out) RP_MUST_USE;

/* How many octets from p on are printable ASCII, 0x20 to 0x7e. */
size_t rp_printable_run(const uint8_t *p, size_t n);

/* The length of the UTF-8 sequence at p (of n octets), 0 if it is malformed. */
size_t rp_utf8_len(const uint8_t *p, size_t n);

/* Octets that this program made or stored itself: copied, not validated. */
rp_text rp_text_dup(struct rp_arena *a, rp_text t);
rp_text rp_text_trusted(struct rp_arena *a, rp_bytes stored);

/* printf into the arena; the format and its arguments must make valid text. */
rp_text rp_textf(struct rp_arena *a, const char *fmt, ...) RP_PRINTF(2, 3);

/* A C string that this program or a library owns, not copied. */
rp_text rp_text_z(const char *z);

static inline rp_bytes
rp_text_bytes(rp_text t)
{
	return (rp_bytes){ (const uint8_t *)t.p, t.n };
}

bool rp_text_eq(rp_text a, rp_text b);
/* Is it one of these? They are ended by an empty text. */
bool rp_text_in(const rp_text *words, rp_text t);
int rp_text_cmp(rp_text a, rp_text b); /* octets, as memcmp */
bool rp_text_starts(rp_text t, rp_text prefix);
rp_text rp_text_sub(rp_text t, size_t from, size_t to); /* not NUL-terminated */
rp_text rp_text_trim(rp_text t); /* ASCII white space; not NUL-terminated */

/* The first place of `c` from octet `from` on, or t.n. */
size_t rp_text_find(rp_text t, char c, size_t from);

/* Decimal digits with an optional minus sign, nothing else, in range. */
bool rp_text_i64(rp_text t, int64_t *out);

/* Escape for element content and for double-quoted attribute values. */
rp_html rp_html_escape(struct rp_arena *a, rp_text t);

/*
 * The door into rp_url for foreign addresses: http, https and mailto pass,
 * anything else is RP_E_INVALID. What may not stand in an address is
 * percent-encoded.
 */
struct rp_err *rp_url_from(struct rp_arena *a, rp_text t,
    rp_url *out) RP_MUST_USE;

/* An address of our own: printf; every %s must be a slug or encoded already. */
rp_url rp_urlf(struct rp_arena *a, const char *fmt, ...) RP_PRINTF(2, 3);

/* Percent-encode everything but RFC 3986 unreserved characters. */
rp_text rp_percent_encode(struct rp_arena *a, rp_bytes in);

/* Lower-case hexadecimal, and back (RP_E_INVALID). */
rp_text rp_hex(struct rp_arena *a, rp_bytes in);
struct rp_err *rp_unhex(struct rp_arena *a, rp_text in,
    rp_bytes *out) RP_MUST_USE;

/* Crockford's base 32 in lower case, most significant first, no padding. */
rp_text rp_base32(struct rp_arena *a, rp_bytes in);

#endif
