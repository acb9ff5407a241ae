/*
 * multipart - multipart/form-data bodies (RFC 7578), as they arrive.
 *
 * Untrusted input. A push parser: it is fed the body in pieces of any size and
 * gives the same result, and the same calls of the sink, however the body was
 * cut. It holds at most the fields collected so far and one chunk of a file;
 * the body as a whole is never in memory. No I/O, no clock.
 *
 * Parts without a file name are fields and are collected. Parts with one are
 * files and go to the sink: begin, data in chunks of exactly
 * RP_MULTIPART_CHUNK octets but for the last, end. A file input that was left
 * empty (no name and no octet) is passed over in silence. Names are octets as
 * they were meant (httpval.h says how escapes are read); of a file name only
 * the part after the last slash or backslash is given.
 *
 * Lines end in CRLF; folded headers, a Content-Transfer-Encoding other than
 * 7bit, 8bit and binary, and anything after a boundary but blanks are refused.
 * What stands before the first boundary and after the last is ignored.
 */
#ifndef RP_CODEC_MULTIPART_H
#define RP_CODEC_MULTIPART_H

#include "codec/urlform.h"

#define RP_MULTIPART_PARTS_MAX 600
#define RP_MULTIPART_BOUNDARY_MAX ((size_t)70)     /* RFC 2046, 5.1.1 */
#define RP_MULTIPART_HEADER_MAX ((size_t)8192)     /* headers of one part */
#define RP_MULTIPART_FIELD_MAX ((size_t)512 << 10) /* one field's value */
#define RP_MULTIPART_FIELDS_MAX ((size_t)8 << 20)  /* all of them together */
#define RP_MULTIPART_TOTAL_MAX ((size_t)64 << 20)  /* the body */
#define RP_MULTIPART_CHUNK ((size_t)1 << 20)

struct rp_multipart;

struct rp_multipart_part {
	rp_bytes name;
	rp_bytes filename;
	rp_bytes type; /* Content-Type as sent; empty if there is none */
};

/*
 * Where files go. What is passed is borrowed for the call. A sink that fails
 * ends the parsing with its error: that is how it refuses a file that is too
 * large, or one too many.
 */
struct rp_multipart_sink {
	void *ctx;
	struct rp_err *(*begin)(void *ctx, const struct rp_multipart_part *p);
	struct rp_err *(*data)(void *ctx, rp_bytes chunk);
	struct rp_err *(*end)(void *ctx);
};

/*
 * A parser for the body that `content_type` announces, living in `a`, which
 * must not be reset before it is done. RP_E_INVALID if that is not
 * multipart/form-data with a good boundary.
 */
struct rp_err *rp_multipart_new(struct rp_arena *a, rp_bytes content_type,
    const struct rp_multipart_sink *sink,
    struct rp_multipart **out) RP_MUST_USE;

/*
 * The next octets. RP_E_INVALID if malformed, RP_E_LIMIT past a size, or the
 * sink's error. After a failure the parser may only be forgotten.
 */
struct rp_err *rp_multipart_feed(struct rp_multipart *m,
    rp_bytes in) RP_MUST_USE;

/* The end of the body: the fields, or RP_E_INVALID if it came too early. */
struct rp_err *rp_multipart_finish(struct rp_multipart *m,
    struct rp_urlform *out) RP_MUST_USE;

#endif
