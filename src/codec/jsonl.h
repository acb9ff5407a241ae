/*
 * jsonl - JSON Lines: one JSON value on each line, read in constant memory.
 *
 * Untrusted input, fed in pieces of any size. Lines end in LF or CR LF; empty
 * lines are passed over; a byte order mark at the start is too. Errors name the
 * line. Each value lives in an arena of its own that is emptied after the
 * callback: what must stay is copied by the callback.
 */
#ifndef RP_CODEC_JSONL_H
#define RP_CODEC_JSONL_H

#include "codec/json.h"

struct rp_jsonl;

/* `a` holds the value and is reset after the call. */
typedef struct rp_err *rp_jsonl_fn(void *ctx, struct rp_arena *a, int64_t line,
    const struct rp_json *value);

struct rp_jsonl *rp_jsonl_new(struct rp_arena *a, rp_jsonl_fn *fn,
    void *ctx) RP_MUST_USE RP_NONNULL_RET;

/*
 * Lines of up to `max` octets, at most RP_JSONL_LINE_MOST, in the place of
 * RP_JSON_LINE_MAX. Before the first octets.
 */
#define RP_JSONL_LINE_MOST ((size_t)64 << 20)
void rp_jsonl_line_max(struct rp_jsonl *r, size_t max);

/*
 * The next octets. RP_E_INVALID and RP_E_LIMIT as rp_json_parse(), and past
 * the longest line; or the callback's error with the line in front. After a
 * failure the reader may only be forgotten.
 */
struct rp_err *rp_jsonl_read(struct rp_jsonl *r, rp_bytes in) RP_MUST_USE;

/* The end: the last line, if no LF followed it. */
struct rp_err *rp_jsonl_finish(struct rp_jsonl *r) RP_MUST_USE;

#endif
