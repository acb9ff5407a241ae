/*
 * plain_doc - plain text to a document, and back with visible marks.
 *
 * Untrusted input: UTF-8, refused as text/input.h says.
 *
 * Reading: a paragraph is a line, or what stands between empty lines where the
 * text was wrapped. It was wrapped if at least three of five lines that go on
 * are so full that the next word had no room (and the longest one has between
 * RP_PLAIN_DOC_WIDTH_MIN and _MAX octets); a line that begins with a label
 *begins a paragraph then too. A label is what stands before the first tab of a
 *paragraph, if doc_label.h can read it: it is typed, and the block an
 *RP_BLOCK_ITEM. "[^1]" is the mark of a note whose text is the paragraph that
 *begins with "[^1]:".
 *
 * Writing: a paragraph is a line, its label before a tab, nothing is wrapped.
 * Marks of notes are "[^1]", their texts stand at the end. Cells of a table are
 * separated by tabs, rows are lines. Revisions are shown as git's word
 * difference shows them:
 *
 *	[-deleted-] {+inserted+}	{+[-both-]+}	[-¶-] {+¶+} a paragraph
 *							mark alone
 *
 * (a move is a deletion and an insertion), and with `bars` every line begins
 * with "| " where something changed, else with two spaces. What the model does
 * not know is "[...]", or its word in brackets. Headers and footers are left
 * out.
 */
#ifndef RP_CODEC_PLAIN_DOC_H
#define RP_CODEC_PLAIN_DOC_H

#include "document/document.h"

struct rp_sink;

#define RP_PLAIN_DOC_WIDTH_MIN ((size_t)30)
#define RP_PLAIN_DOC_WIDTH_MAX ((size_t)120)
#define RP_PLAIN_DOC_NOTE_MAX ((size_t)32) /* octets between [^ and ] */

/* RP_E_INVALID: not text. RP_E_LIMIT: as document.h says. */
struct rp_err *rp_plain_doc_read(struct rp_arena *a, rp_bytes in,
    struct rp_document **out) RP_MUST_USE;

struct rp_plain_doc_options {
	bool bars;  /* change bars in the margin */
	bool blank; /* an empty line between paragraphs */
};

/* `options` may be NULL. Errors are the sink's. */
void rp_plain_doc_write(struct rp_sink *s, const struct rp_document *d,
    const struct rp_plain_doc_options *options);

#endif
