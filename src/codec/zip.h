/*
 * zip - ZIP packages from memory, read with suspicion.
 *
 * Untrusted input. The central directory is the truth, as for office programs;
 * what is written is made from it, so a copy cannot be read in two ways.
 * Opening refuses (RP_E_INVALID): what is no ZIP file, encrypted entries,
 * methods other than stored and deflated, names that are not UTF-8 or could
 * escape (absolute, "..", backslash, colon, controls), and names that are equal
 * but for ASCII case. RP_E_LIMIT: the sizes below, by the directory; reading
 * checks them again by what really comes out, and the CRC.
 */
#ifndef RP_CODEC_ZIP_H
#define RP_CODEC_ZIP_H

#include "base/str.h"

#define RP_ZIP_FILE_MAX ((size_t)16 << 20) /* octets of the package */
#define RP_ZIP_ENTRIES_MAX 2000
#define RP_ZIP_NAME_MAX ((size_t)255)
#define RP_ZIP_ENTRY_MAX ((size_t)64 << 20)  /* one entry, inflated */
#define RP_ZIP_TOTAL_MAX ((size_t)192 << 20) /* all of them, inflated */
#define RP_ZIP_RATIO_MAX                                     \
	300 /* inflated to deflated, where inflated is over: \
	     */
#define RP_ZIP_RATIO_FROM ((size_t)16 << 20)

struct rp_zip;

/* Lives in `a`, as long as `in` does. */
struct rp_err *rp_zip_open(struct rp_arena *a, rp_bytes in,
    struct rp_zip **out) RP_MUST_USE;

size_t rp_zip_n(const struct rp_zip *z);
rp_text rp_zip_name(const struct rp_zip *z, size_t i);

/* The CRC-32 of an entry, as the directory has it; reading checks it. */
uint32_t rp_zip_sum(const struct rp_zip *z, size_t i);

/* The entry with exactly this name, or SIZE_MAX. */
size_t rp_zip_find(const struct rp_zip *z, rp_text name);

/* An entry's octets, in `a`. */
struct rp_err *rp_zip_read(struct rp_arena *a, struct rp_zip *z, size_t i,
    rp_bytes *out) RP_MUST_USE;

#define RP_ZIP_ADD SIZE_MAX

/* An entry in place of the one at `i`; or without it; or one more, at the end.
 */
struct rp_zip_change {
	size_t i; /* RP_ZIP_ADD: a new entry */
	bool drop;
	rp_bytes content;
	rp_text name; /* of a new entry, ended by NUL */
};

/*
 * A copy of `z` with `n` changes (ordered by i, new entries last), in `a`, of
 * at most `max` octets. A new entry's name must not be there yet. Entries keep
 * their order and method; those not changed keep their deflated octets. All are
 * dated 1980-01-01 and comments and extra fields are left out, so the same
 * input gives the same octets.
 */
struct rp_err *rp_zip_copy(struct rp_arena *a, struct rp_zip *z,
    const struct rp_zip_change *changes, size_t n, size_t max,
    rp_bytes *out) RP_MUST_USE;

/* A package of new entries only, in the same way. */
struct rp_err *rp_zip_new(struct rp_arena *a,
    const struct rp_zip_change *entries, size_t n, size_t max,
    rp_bytes *out) RP_MUST_USE;

#endif
