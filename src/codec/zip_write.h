/*
 * zip_write - ZIP archives written as a stream, of any size in constant memory.
 *
 * For packs of stored files (zip.h makes small packages in memory). Entries are
 * written one after another into a sink as their octets come; sizes and sums
 * follow each entry in a data descriptor, so nothing is read twice. Octets go
 * out as deflate's stored blocks (RFC 1951, 3.2.4): documents are compressed
 * already, readers that take an archive as a stream can read these where they
 * cannot read method 0 with a descriptor, and the same entries give the same
 * octets whatever library is installed. All are dated 1980-01-01; names are
 * UTF-8. ZIP64 records are written where offsets or counts need them
 * (APPNOTE.TXT 4.3.14).
 *
 * Names are the caller's: relative, no "..", each once. Writing never fails;
 * the sink keeps its first error.
 */
#ifndef RP_CODEC_ZIP_WRITE_H
#define RP_CODEC_ZIP_WRITE_H

#include "base/str.h"

struct rp_sink;
struct rp_zip_writer;

#define RP_ZIP_WRITE_NAME_MAX ((size_t)1000)          /* octets */
#define RP_ZIP_WRITE_ENTRY_MAX (UINT64_C(4000) << 20) /* octets */

/* Remembers its entries in `a`, some 60 octets each. */
struct rp_zip_writer *rp_zip_writer_new(struct rp_arena *a) RP_NONNULL_RET;

/* Begin an entry, add its octets, end it. `name` lives as long as the writer.
 */
void rp_zip_writer_begin(struct rp_zip_writer *w, struct rp_sink *s,
    rp_text name);
void rp_zip_writer_add(struct rp_zip_writer *w, struct rp_sink *s,
    rp_bytes octets);
void rp_zip_writer_end(struct rp_zip_writer *w, struct rp_sink *s);

/* The directory. Nothing comes after it. */
void rp_zip_writer_finish(struct rp_zip_writer *w, struct rp_sink *s);

#endif
