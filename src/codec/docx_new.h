/*
 * docx_new - a document as a new Word document (ECMA-376), from nothing.
 *
 * For documents that this program writes itself, and for texts that came as
 * something else: titles, headings, call-outs, paragraphs, quotations, lists,
 * tables, footnotes and links, in any script. docx_write.h is for documents
 * that somebody sent as such. docx_read.h reads from it the same texts, labels
 * and notes.
 *
 * Labels stand before a tab, as typed text. What the model does not know is its
 * word in brackets; headers and footers are left out, and endnotes are
 * footnotes. Addresses that are none (text/url) are text.
 *
 * Paragraph styles: Title, Heading 1 to 9 by the block's kind and level, "Call"
 * for call-outs, "List Bullet" for items without a label, and by the block's
 * `style` "Subtitle", "Quote", "Caption" and those of
 * codec/paper.h; what stands in tables is "Table
 * Text", everything else Normal. Styles carry the looks, so that whoever gets
 * the document can change them in one place. Directions are in paragraphs, runs
 * and tables; RP_DIRECTION_AUTO is decided by the first strong character, or by
 * the language of the block or of the document. Each run has its language.
 *
 * Ids of blocks that are lower-case letters, digits and hyphens become hidden
 * bookmarks around the text: "said-3" is "_rp_said_3". Word and LibreOffice
 * keep those through editing, and docx_read.h knows the blocks again by them.
 *
 * Written in the order of the schema; the same document gives the same octets,
 * dated as zip.h does.
 */
#ifndef RP_CODEC_DOCX_NEW_H
#define RP_CODEC_DOCX_NEW_H

#include "document/document.h"

#define RP_DOCX_MARK "_rp_"
#define RP_DOCX_MARK_MAX ((size_t)40) /* octets of a name, as Word has it */

#define RP_DOCX_NEW_MAX ((size_t)16 << 20) /* octets of the package */

struct rp_docx_new {
	uint32_t head_rows; /* of each table, repeated on each page */
	/* Of tables with 5 columns and more the first is this wide, of 100. */
	uint32_t first_column;
	size_t max; /* octets of the package; 0: RP_DOCX_NEW_MAX */
};

/*
 * RP_E_INVALID for a document with revisions (accept or reject them first) or
 * with a table cell that has no column; RP_E_LIMIT past `max`.
 */
struct rp_err *rp_docx_new(struct rp_arena *a, const struct rp_document *d,
    const struct rp_docx_new *options, rp_bytes *out) RP_MUST_USE;

#endif
