/*
 * buf - octets being put together.
 *
 * Appending never fails: past `limit` octets (given at birth) the rest is
 * dropped and `over` stays set, so one check at the end is enough. The storage
 * is in the arena. rp_buf_bytes() is valid until the next append.
 */
#ifndef RP_BASE_BUF_H
#define RP_BASE_BUF_H

#include "base/str.h"

struct rp_buf {
	struct rp_arena *arena;
	uint8_t *p;
	size_t n, cap, limit;
	bool over;
};

void rp_buf_init(struct rp_buf *b, struct rp_arena *a, size_t limit);

/* Room for `n` more octets, or false and `over`. */
bool rp_buf_room(struct rp_buf *b, size_t n);

void rp_buf_add(struct rp_buf *b, const void *p, size_t n);
void rp_buf_byte(struct rp_buf *b, uint8_t c);
void rp_buf_text(struct rp_buf *b, rp_text t);
void rp_buf_bytes_add(struct rp_buf *b, rp_bytes s);
void rp_buf_i64(struct rp_buf *b, int64_t v);
void rp_buf_f(struct rp_buf *b, const char *fmt, ...) RP_PRINTF(2, 3);

/* RP_E_LIMIT if anything was dropped. */
struct rp_err *rp_buf_bytes(const struct rp_buf *b, rp_bytes *out) RP_MUST_USE;

/* The same as text: what was put in must have been text. Adds the NUL. */
struct rp_err *rp_buf_done(struct rp_buf *b, rp_text *out) RP_MUST_USE;

#endif
