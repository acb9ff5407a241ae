/*
 * markdown - documents in Markdown, in and out.
 *
 * Untrusted input: UTF-8, refused as text/input.h says; everything else is a
 * document. The subset of CommonMark that documents need, with what laws and
 * resolutions are written in:
 *
 *	headings	# and underlined; not inside lists: they end them
 *	paragraphs	lines are joined; "\" or two spaces at the end of a line
 *			or <br> break it; indentation alone means nothing (there
 *			is no indented code)
 *	lists		-, *, +; 1. 1) a) i) A) and, with two spaces, a. and i.;
 *			nested by indentation. The label is as written (AUTO),
 *			numbers count as written but for "1. 1. 1.". <!-- -->
 *			parts lists. A paragraph that goes on with an item is an
 *			RP_BLOCK_PARAGRAPH whose `level` is the depth
 *	(1) (a)		before a space at the beginning of a paragraph: typed
 *	*x* _x_ **x** ~~x~~ `x`, <sup> <sub> <u> <s> <b> <i> <code>
 *	[x](address) <https://...>; ![word](...) is an opaque run
 *	[^x]		and [^x]: with more paragraphs indented by four
 *	| a | b |	tables with their line of dashes
 *	> x		style "Quote"; ```: style "Code"; ":   x" after a term:
 *			style "Definition"; ---: RP_BLOCK_SECTION
 *	<ins> <del>	revisions by nobody; round all of a paragraph its mark
 *			too; round "¶" at its end the mark alone
 *	--- at the start of the file: title: and lang: are read, others left out
 *
 * Other HTML is text. Links are not checked: rp_url_from() before use.
 *
 * What the model cannot say is read as what it can: a quotation is round items,
 * never in them (but that an item's first block may be one); an item is one
 * deeper than the block before it at most, a paragraph no deeper; a paragraph
 * with nothing in it is none; white space in addresses is %20, U+0338 %CC%B8; a
 * note to which nothing refers ends the body.
 *
 * Writing uses the same forms, so that reading what was written for a document
 * that was read here gives the same model, as markdown_fuzz.c asks. Labels that
 * are no markers stand before the text ("1.1 x"). Moves are deletions and
 * insertions; paragraphs in a cell are separated by <br>; nested tables, spans,
 * small capitals, headers and footers are left out or flat.
 */
#ifndef RP_CODEC_MARKDOWN_H
#define RP_CODEC_MARKDOWN_H

#include "document/document.h"

struct rp_sink;

#define RP_MARKDOWN_DEPTH_MAX 24 /* quotes and items that are open */
#define RP_MARKDOWN_COLUMNS_MAX 256
#define RP_MARKDOWN_TITLE_MAX ((size_t)1000)
#define RP_MARKDOWN_NAME_MAX ((size_t)64) /* of a note */

/* RP_E_INVALID: not text. RP_E_LIMIT: as document.h says. */
struct rp_err *rp_markdown_read(struct rp_arena *a, rp_bytes in,
    struct rp_document **out) RP_MUST_USE;

/* Errors are the sink's. */
void rp_markdown_write(struct rp_sink *s, const struct rp_document *d);

#endif
