/*
 * docx_read - a Word document as a struct rp_document.
 *
 * Untrusted input: an open package. Body, footnotes, endnotes, headers and
 * footers; paragraphs in tables (nested ones too), content controls, smart tags
 * and custom XML; runs with their looks; links, fields (simple and complex: the
 * result is text, the instruction stands beside), tabs, breaks, no-break
 * hyphens, symbols. Of alternatives (mc:AlternateContent) the first is taken.
 * Images, drawings, objects and equations are opaque runs. Text at the ends of
 * w:t counts only with xml:space="preserve", as in Word.
 *
 * Revisions: inserted, deleted and moved runs, paragraph marks, rows and cells;
 * changed numbering and styles of paragraphs. Changed looks and properties of
 * tables and sections stay in the octets and make no revision here.
 *
 * Labels are counted (numbering.h), those that people typed are found
 * (label.h). label.list of an automatic label is w:numId. `raw`, `props` and
 * the formats' `raw` borrow the parts' octets, which live in `a`.
 *
 * RP_E_INVALID, RP_E_LIMIT as zip.h, xmltree.h and document.h say.
 */
#ifndef RP_CODEC_DOCX_READ_H
#define RP_CODEC_DOCX_READ_H

#include "codec/docx_style.h"
#include "document/document.h"

struct rp_docx_read {
	struct rp_document *document;
	struct rp_docx_package package;
	struct rp_docx_styles styles;
	struct rp_xmltree body; /* the main part */
	/* Entry and tree of the notes' parts; n is 0 without the part. */
	size_t footnotes_entry, endnotes_entry;
	struct rp_xmltree footnotes, endnotes;
};

struct rp_err *rp_docx_read(struct rp_arena *a, rp_bytes octets,
    struct rp_docx_read *out) RP_MUST_USE;

#endif
