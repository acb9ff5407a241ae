/*
 * odt_text - the text of an OpenDocument text (ODF 1.3).
 *
 * Untrusted input: an open package. The form of the result is that of
 * docx_text.h; notes keep the mark that the document gives them. Tracked
 * deletions and annotations are left out.
 */
#ifndef RP_CODEC_ODT_TEXT_H
#define RP_CODEC_ODT_TEXT_H

#include "codec/plain.h"

struct rp_zip;

/* Whether the package says that it is an OpenDocument text. */
struct rp_err *rp_odt_is(struct rp_arena *a, struct rp_zip *z,
    bool *out) RP_MUST_USE;

/* RP_E_INVALID if the package's manifest says that it is encrypted. */
struct rp_err *rp_odt_refuse_encrypted(struct rp_arena *a,
    struct rp_zip *z) RP_MUST_USE;

/* RP_E_INVALID (encrypted too), RP_E_LIMIT as zip.h and xmlread.h say. */
struct rp_err *rp_odt_text(struct rp_arena *a, struct rp_zip *z,
    struct rp_plain *out) RP_MUST_USE;

#endif
