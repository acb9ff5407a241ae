/*
 * filetype - what a document is, from its octets and never from its name.
 *
 * Untrusted input. rp_filetype_sniff() looks at the beginning only and may be
 * asked anywhere; rp_filetype_find() opens packages and is for the parse role.
 */
#ifndef RP_CODEC_FILETYPE_H
#define RP_CODEC_FILETYPE_H

#include "base/str.h"

struct rp_zip;

/* Stored in rows and sent between processes: numbers do not change. */
enum rp_filetype {
	RP_FILETYPE_UNKNOWN = 0,
	RP_FILETYPE_PDF = 1,
	RP_FILETYPE_DOCX = 2,
	RP_FILETYPE_ODT = 3,
	RP_FILETYPE_TXT = 4,        /* valid UTF-8 */
	RP_FILETYPE_TXT_LEGACY = 5, /* text in some older encoding */
	RP_FILETYPE_ZIP = 6,        /* a package, no document that we read */
};

#define RP_FILETYPE_SNIFF 1024 /* octets that rp_filetype_sniff() looks at */

/*
 * By the first octets: PDF, ZIP (which may be a DOCX or ODT), TXT (no control
 * characters so far: may turn out TXT_LEGACY) or UNKNOWN.
 */
enum rp_filetype rp_filetype_sniff(rp_bytes head);

/*
 * By all octets. For packages `out_zip` is the open package, else NULL. A ZIP
 * file that zip.h refuses is that error.
 */
struct rp_err *rp_filetype_find(struct rp_arena *a, rp_bytes in,
    enum rp_filetype *out, struct rp_zip **out_zip) RP_MUST_USE;

/* "application/pdf" and so on; application/octet-stream for the unknown. */
rp_text rp_filetype_media(enum rp_filetype t);

/* "pdf", "docx" and so on; "bin" for the unknown. */
rp_text rp_filetype_suffix(enum rp_filetype t);

#endif
