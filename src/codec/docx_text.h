/*
 * docx_text - the text of a Word document (ECMA-376 WordprocessingML).
 *
 * Untrusted input: an open package. Paragraphs are separated by an empty line,
 * items of a list start with "- " on a line each, table rows are lines and
 * cells are separated by tabs. Notes are numbered in the order of their marks,
 * "[1]", and stand at the end. What was deleted or moved away by a tracked
 * change is left out, what was inserted is in. Headers, footers, comments and
 * field instructions are left out; text boxes are in.
 */
#ifndef RP_CODEC_DOCX_TEXT_H
#define RP_CODEC_DOCX_TEXT_H

#include "codec/plain.h"

struct rp_zip;

#define RP_DOCX_NOTES_MAX 20000

/*
 * The part that [Content_Types].xml declares as the document, itself or as the
 * package's main part of the default type; or RP_E_INVALID: then the package is
 * no (macro-free) Word document.
 */
struct rp_err *rp_docx_main(struct rp_arena *a, struct rp_zip *z,
    size_t *out) RP_MUST_USE;

/* RP_E_INVALID, RP_E_LIMIT as zip.h and xmlread.h say. */
struct rp_err *rp_docx_text(struct rp_arena *a, struct rp_zip *z,
    struct rp_plain *out) RP_MUST_USE;

#endif
