/*
 * docx_make - a document without a package as a Word document.
 *
 * For texts that came as something else: a small package of its own, with
 * styles for headings and call-outs and those that codec/paper.h names, typed
 * labels before a tab, tables,
 * footnotes and links. Bidirectional text is marked as such. What the model
 * does not know is its word in brackets; headers and footers are left out, and
 * endnotes are footnotes. Written in the order of the schema (ECMA-376); the
 * same input gives the same octets, dated as zip.h does. docx_read.h reads from
 * it the same texts, labels and notes.
 *
 * RP_E_INVALID for a document with revisions: accept or reject them first.
 * RP_E_LIMIT past `max` octets, also of one part before it is deflated.
 */
#ifndef RP_CODEC_DOCX_MAKE_H
#define RP_CODEC_DOCX_MAKE_H

#include "document/document.h"

struct rp_err *rp_docx_make(struct rp_arena *a, const struct rp_document *d,
    size_t max, rp_bytes *out) RP_MUST_USE;

#endif
