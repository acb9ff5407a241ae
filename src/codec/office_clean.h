/*
 * office_clean - a copy of a DOCX or ODT without its authors' traces.
 *
 * Untrusted input: an open package. Gone from the copy are: title, author,
 * company, dates and statistics in the document's properties; the names of who
 * changed and commented (they become "Author 1", "Author 2" in the order they
 * are met, so that a discussion can still be followed); Word's revision
 * identifiers; the path of the template; the printer's settings in ODT; ODT
 * signatures. Every other part keeps its octets, inflated; so pictures keep
 * what their cameras wrote into them, and fields that show an author's name in
 * the text keep showing it. The same input gives the same octets.
 *
 * RP_E_INVALID if a part that must be cleaned is not well-formed UTF-8 XML;
 * RP_E_LIMIT past `max` octets.
 */
#ifndef RP_CODEC_OFFICE_CLEAN_H
#define RP_CODEC_OFFICE_CLEAN_H

#include "base/str.h"

struct rp_zip;

struct rp_err *rp_docx_clean(struct rp_arena *a, struct rp_zip *z, size_t max,
    rp_bytes *out) RP_MUST_USE;

struct rp_err *rp_odt_clean(struct rp_arena *a, struct rp_zip *z, size_t max,
    rp_bytes *out) RP_MUST_USE;

#endif
