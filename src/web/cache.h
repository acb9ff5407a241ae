/*
 * cache - public pages, ready to send.
 *
 * Keyed on the address as it came and the encoding. An entry holds finished
 * libmicrohttpd responses (headers and all), so a hit costs a look-up and no
 * SQL. It is good while the public version is the one it was made at and its
 * time has not run out. Bounded in octets; the longest unused goes first.
 */
#ifndef RP_WEB_CACHE_H
#define RP_WEB_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct MHD_Response;
struct rp_cache;

struct rp_cache *rp_cache_new(size_t octets_max);
void rp_cache_free(struct rp_cache *c);

/* The response, borrowed, and its status; or NULL. */
struct MHD_Response *rp_cache_find(struct rp_cache *c, const char *uri,
    bool gzip, int64_t version, int64_t now, int *out_status);

/* Takes a reference of its own on nothing: `r` becomes the cache's. */
void rp_cache_put_take(struct rp_cache *c, const char *uri, bool gzip,
    int64_t version, int64_t until, struct MHD_Response *r, int status,
    size_t octets);

#endif
