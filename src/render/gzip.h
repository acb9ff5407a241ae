/*
 * gzip - compressed bodies (RFC 1952), by libdeflate.
 *
 * For pages that are in memory as a whole. The level is chosen for pages made
 * once and sent often; the same input gives the same octets.
 */
#ifndef RP_RENDER_GZIP_H
#define RP_RENDER_GZIP_H

#include "base/str.h"

struct rp_gzip;

/* One compressor per process. */
struct rp_gzip *rp_gzip_new(void);
void rp_gzip_free(struct rp_gzip *z);

/* False if the result would not be smaller than the input. */
bool rp_gzip_write(struct rp_gzip *z, struct rp_arena *a, rp_bytes in,
    rp_bytes *out);

#endif
