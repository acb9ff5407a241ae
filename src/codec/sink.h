/*
 * sink - where the writers put their octets.
 *
 * Gathers what a writer makes and hands it on in pieces of at most
 * RP_SINK_CHUNK octets, so that an export of any length takes the same memory.
 * Adding never fails: the first error of `put` is kept, what follows is
 * dropped, and rp_sink_flush() gives it back. A loop over many rows asks
 * rp_sink_failed() to stop early. Lives as long as its arena.
 */
#ifndef RP_CODEC_SINK_H
#define RP_CODEC_SINK_H

#include "base/str.h"

struct rp_buf;

#define RP_SINK_CHUNK ((size_t)64 << 10)

struct rp_sink {
	struct rp_arena *arena;
	struct rp_err *(*put)(void *ctx, rp_bytes chunk);
	void *ctx;
	struct rp_buf *buf; /* or here at once, without gathering */
	uint8_t *p;
	size_t n;
	struct rp_err *failed;
};

void rp_sink_init(struct rp_sink *s, struct rp_arena *a,
    struct rp_err *(*put)(void *ctx, rp_bytes chunk), void *ctx);

/* Into `b`, which has its own limit and says itself when it is reached. */
void rp_sink_to_buf(struct rp_sink *s, struct rp_arena *a, struct rp_buf *b);

void rp_sink_add(struct rp_sink *s, const void *p, size_t n);
void rp_sink_byte(struct rp_sink *s, uint8_t c);
void rp_sink_text(struct rp_sink *s, rp_text t);

bool rp_sink_failed(const struct rp_sink *s);

/* Hand on the rest; the first error of all, the caller's from now on. */
struct rp_err *rp_sink_flush(struct rp_sink *s) RP_MUST_USE;

#endif
