/*
 * httpval - the values of header fields and of the request target (RFC 9110,
 * 6265, 6266, 6750, 8187, 3986).
 *
 * Untrusted input, except for what is written. Reads memory only; linear time.
 * Names in results are lower case where the protocol ignores case. Values are
 * octets; rp_text_from() decides whether they are text.
 */
#ifndef RP_CODEC_HTTPVAL_H
#define RP_CODEC_HTTPVAL_H

#include "codec/urlform.h"

#define RP_HTTPVAL_MAX ((size_t)8192) /* octets of one header value */
#define RP_HTTPVAL_PARAMS_MAX 16      /* parameters of one value */
#define RP_HTTPVAL_COOKIES_MAX 64
#define RP_HTTPVAL_SEGMENTS_MAX 16 /* of a path */
#define RP_HTTPVAL_SEGMENT_MAX ((size_t)255)
#define RP_HTTPVAL_TOKEN_MAX ((size_t)512) /* octets of a bearer token */
#define RP_HTTPVAL_FILENAME_MAX ((size_t)255)

/* `main` is "text/html" or "form-data", lower case. */
struct rp_httpval {
	rp_text main;
	struct rp_urlform params;
};

struct rp_httpval_path RP_VEC(rp_text);

/*
 * "multipart/form-data; boundary=x" and the like. RP_E_INVALID if it is not
 * type "/" subtype with parameters, or a parameter repeats; RP_E_LIMIT past
 * RP_HTTPVAL_MAX or RP_HTTPVAL_PARAMS_MAX.
 */
struct rp_err *rp_httpval_type_parse(struct rp_arena *a, rp_bytes in,
    struct rp_httpval *out) RP_MUST_USE;

/*
 * Content-Disposition as browsers write it in a form: values are quoted, in
 * them %22, %0D and %0A stand for the quote, CR and LF (and nothing else is
 * escaped: "100%25" stays), and \" and \\ are read as older clients mean them.
 * A last backslash before the closing quote is a backslash. "filename*" (RFC
 * 8187, UTF-8 or ISO-8859-1) is decoded to UTF-8 and stands in place of
 * "filename". Errors as above.
 */
struct rp_err *rp_httpval_disposition_parse(struct rp_arena *a, rp_bytes in,
    struct rp_httpval *out) RP_MUST_USE;

/*
 * A Content-Disposition of our own: `kind` is "attachment" or "inline". The
 * name stands as filename* in UTF-8 and, with what is not plain ASCII
 * replaced by "_", as filename. Slashes, backslashes and control characters
 * become "_"; it is cut to RP_HTTPVAL_FILENAME_MAX octets at a character.
 */
rp_text rp_httpval_disposition_write(struct rp_arena *a, const char *kind,
    rp_text name);

/*
 * Cookie: pairs as sent, in order. Pairs that are not name=value are left out
 * (other programs on the same host set what they like); RP_E_LIMIT past
 * RP_HTTPVAL_COOKIES_MAX or RP_HTTPVAL_MAX.
 */
struct rp_err *rp_httpval_cookie_parse(struct rp_arena *a, rp_bytes in,
    struct rp_urlform *out) RP_MUST_USE;

/*
 * If-None-Match: whether the list holds `etag` (opaque part with its quotes,
 * without W/) by weak comparison, or is "*". A malformed list matches nothing.
 */
bool rp_httpval_none_match(rp_bytes in, rp_text etag);

/*
 * The path of a request target (from "/" to before "?"), percent-decoded into
 * segments. "/" has none; a last slash adds an empty segment. RP_E_INVALID for
 * what could be read in two ways: no leading slash, an empty segment inside,
 * ".", "..", a malformed escape, an escaped slash, backslash or NUL, control
 * characters, octets that are not UTF-8. RP_E_LIMIT past the sizes.
 */
struct rp_err *rp_httpval_path_parse(struct rp_arena *a, rp_bytes in,
    struct rp_httpval_path *out) RP_MUST_USE;

/* The two parts of a request target around its first "?". Borrowed. */
void rp_httpval_target_split(rp_bytes target, rp_bytes *out_path,
    rp_bytes *out_query);

/*
 * "Authorization: Bearer TOKEN" (RFC 6750 token68). RP_E_INVALID if the scheme
 * is another or the token is malformed or longer than RP_HTTPVAL_TOKEN_MAX.
 */
struct rp_err *rp_httpval_bearer_parse(struct rp_arena *a, rp_bytes in,
    rp_text *out) RP_MUST_USE;

#endif
