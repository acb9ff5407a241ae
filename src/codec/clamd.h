/*
 * clamd - the scanner's INSTREAM protocol, as octets.
 *
 * The client sends rp_clamd_begin, then every piece of the file behind its
 * frame, then rp_clamd_end, and reads one reply up to a NUL or LF. The socket,
 * the waiting and the giving up belong to the caller. A reply is foreign.
 */
#ifndef RP_CODEC_CLAMD_H
#define RP_CODEC_CLAMD_H

#include "base/str.h"

#define RP_CLAMD_CHUNK_MAX ((size_t)1 << 20)
#define RP_CLAMD_REPLY_MAX ((size_t)1024)
#define RP_CLAMD_NAME_MAX ((size_t)200)
#define RP_CLAMD_FRAME 4 /* octets before each piece */

enum rp_clamd_verdict { RP_CLAMD_CLEAN = 1, RP_CLAMD_FOUND, RP_CLAMD_ERROR };

struct rp_clamd_reply {
	enum rp_clamd_verdict verdict;
	rp_text name; /* what was found, or what went wrong */
};

/* "zINSTREAM" with its NUL; and the piece of no octets. */
rp_bytes rp_clamd_begin(void);
rp_bytes rp_clamd_end(void);

/* The octets that go before a piece of `n`, 1 to RP_CLAMD_CHUNK_MAX, octets. */
void rp_clamd_frame(uint8_t out[RP_CLAMD_FRAME], size_t n);

/* RP_E_INVALID if it is no such reply, RP_E_LIMIT past RP_CLAMD_REPLY_MAX. */
struct rp_err *rp_clamd_reply_parse(struct rp_arena *a, rp_bytes in,
    struct rp_clamd_reply *out) RP_MUST_USE;

#endif
