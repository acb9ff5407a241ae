/*
 * docx_revise - a Word document with its tracked changes taken, or undone.
 *
 * Works on foreign octets (docx_read_fuzz.c): what no revision touches stays as
 * it is, in every part; parts without revisions are copied deflated. Done in
 * the body, notes, headers and footers, and in text boxes: inserted, deleted
 * and moved runs, paragraph marks (joined as document/accept.h says), rows,
 * cells and merged cells, and what properties of runs, paragraphs, sections,
 * tables and lists were before. Content controls that were themselves inserted
 * or deleted stay around their text. The same input gives the same octets.
 *
 * RP_E_INVALID and RP_E_LIMIT as docx_read.h says, and past `max` octets.
 */
#ifndef RP_CODEC_DOCX_REVISE_H
#define RP_CODEC_DOCX_REVISE_H

#include "base/str.h"

struct rp_err *rp_docx_accept(struct rp_arena *a, rp_bytes octets, size_t max,
    rp_bytes *out) RP_MUST_USE;

struct rp_err *rp_docx_reject(struct rp_arena *a, rp_bytes octets, size_t max,
    rp_bytes *out) RP_MUST_USE;

#endif
