/*
 * upload - files that are still arriving.
 *
 * A form with files is stored as it comes, in chunks of at most 1 MiB, each in
 * its turn's transaction; nothing is kept in memory and no transaction waits
 * for a slow sender. When the form is accepted its files become blobs, content
 * addressed (equal files are stored once); what no accepted form claims is
 * swept away after RP_UPLOAD_AGE_MAX.
 */
#ifndef RP_DOMAIN_UPLOAD_H
#define RP_DOMAIN_UPLOAD_H

#include "base/clock.h"
#include "domain/actor.h"
#include "domain/crypto.h"

#define RP_CHUNK_MAX ((size_t)1024 * 1024)
#define RP_UPLOAD_AGE_MAX (2 * RP_DAY)

/* `name` as the sender called it; at most RP_FILE_NAME_MAX octets. */
struct rp_err *rp_upload_begin(const struct rp_actor *who, struct rp_tx *tx,
    rp_text name, int64_t *out_id) RP_MUST_USE;

/* Chunks count from 0. RP_E_LIMIT for a chunk or a file that is too large. */
struct rp_err *rp_upload_chunk(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, int64_t seq, rp_bytes data) RP_MUST_USE;

/* Turn an upload into a blob. RP_E_NOTFOUND. */
struct rp_err *rp_upload_keep(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, int64_t *out_blob_id, struct rp_digest *out) RP_MUST_USE;

/* Delete uploads that nobody claimed. For the worker. */
struct rp_err *rp_upload_sweep(const struct rp_actor *who,
    struct rp_tx *tx) RP_MUST_USE;

/* Store octets that are in memory as a blob (made or cleaned files). */
struct rp_err *rp_blob_put(const struct rp_actor *who, struct rp_tx *tx,
    rp_bytes data, int64_t *out_blob_id) RP_MUST_USE;

/* All of one that is known to be small: RP_E_LIMIT past `max` octets; empty if
 * there is none. */
struct rp_err *rp_blob_whole(const struct rp_actor *who, struct rp_tx *tx,
    int64_t blob_id, size_t max, rp_bytes *out) RP_MUST_USE;

/*
 * One chunk of a blob; `out_found` false past the last one. Who may see which
 * blob is decided by what names it (attachment): the caller holds its id from
 * there.
 */
struct rp_err *rp_blob_chunk(const struct rp_actor *who, struct rp_tx *tx,
    int64_t blob_id, int64_t seq, bool *out_found, rp_bytes *out) RP_MUST_USE;

#endif
