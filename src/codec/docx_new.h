/*
 * docx_new - a document as a new Word document (ECMA-376), from nothing.
 *
 * For documents that this program writes itself: titles, headings, paragraphs,
 * quotations, lists, tables and links, in any script. docx_write.h is for
 * documents that somebody sent. What the model says of text is written; raw
 * octets, notes, fields and revisions are not (RP_E_INVALID if there are any).
 *
 * Paragraph styles: Title, Heading 1 to 9 by the block's kind and level, "List
 * Bullet" for items, and by the block's `style` "Subtitle", "Quote", "Caption";
 * what stands in tables is "Table Text", everything else Normal. Styles carry
 * the looks, so that whoever gets the document can change them in one place.
 * Directions are in paragraphs, runs and tables; RP_DIRECTION_AUTO is decided
 * by the first strong character, or by the document's language. Each run has
 * its language.
 *
 * The same document gives the same octets.
 */
#ifndef RP_CODEC_DOCX_NEW_H
#define RP_CODEC_DOCX_NEW_H

#include "document/document.h"

#define RP_DOCX_NEW_MAX ((size_t)16 << 20) /* octets of the package */

struct rp_docx_new {
	uint32_t head_rows; /* of each table, repeated on each page */
	/* Of tables with 5 columns and more the first is this wide, of 100. */
	uint32_t first_column;
	size_t max; /* octets of the package; 0: RP_DOCX_NEW_MAX */
};

/* RP_E_INVALID as above, RP_E_LIMIT past `max`. */
struct rp_err *rp_docx_new(struct rp_arena *a, const struct rp_document *d,
    const struct rp_docx_new *options, rp_bytes *out) RP_MUST_USE;

#endif
