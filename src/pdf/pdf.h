/*
 * pdf - a document as a tagged PDF (ISO 32000-1), for every page and job.
 *
 *	struct rp_pdf_fonts *fonts;	once per process, before its sandbox
 *	RP_TRY(rp_pdf_fonts_open(RP_PDF_FONTS, &fonts));
 *	RP_TRY(rp_pdf_write(a, fonts, doc, &options, &octets));
 *
 * The document is ours or was read by one of our readers; what stands in it may
 * be foreign, the fonts are the installation's. No file is opened while it is
 * written, so every role may call it; 60 pages take some 70 ms of the
 *processor. The same document, options and fonts give the same octets.
 *
 * On A4: titles and headings (level 0 to 9), paragraphs, call-outs, labelled
 * and bulleted paragraphs, tables that go over pages (heads are repeated),
 * notes at the end with links both ways, links, and by the block's `style`
 *
 *	Subtitle, Quote, Caption	as codec/docx_new.h
 *	Box				a frame around those that follow each
 *					other
 *	Rule				a line across, and no text
 *	Right				at the end of the line: dates, places
 *
 * Text of any script that the fonts have, in both directions; what no font has
 * is an empty box. A block without a direction takes that of its first strong
 * character, else of the document's language.
 *
 * Tags: Document; H1 to H6 without a gap; P; L, LI, Lbl, LBody; Table, TR, TH
 * with its scope, TD; Link with its annotation; Reference and Note; Figure with
 * the alternative text for what the model does not know (pictures); BlockQuote,
 * Caption. Every element of another language than its parent has it (/Lang);
 * the catalogue has the document's, /MarkInfo, and shows the title. Lines,
 * frames and the foot of pages are artifacts. Headings are bookmarks. Text that
 * runs from right to left is marked as such (ReversedChars), in logical order
 * by pieces. Cells of the first `head_rows` rows are heads of columns; a cell
 * that is all bold is the head of its column in the first row, else of its row.
 *
 * RP_E_INVALID for a document with revisions: take or undo them first.
 * RP_E_LIMIT past RP_PDF_PAGES_MAX pages or `max` octets.
 */
#ifndef RP_PDF_PDF_H
#define RP_PDF_PDF_H

#include "document/document.h"

/* The folder of fonts, as the packages of packages.txt install them. */
#define RP_PDF_FONTS "/usr/share/fonts/truetype"

#define RP_PDF_PAGES_MAX 5000
#define RP_PDF_MAX ((size_t)16 << 20) /* octets */

struct rp_pdf_fonts;

/*
 * Of a document that others are joined behind (codec/pdf_join.h): its objects,
 * the number behind the last, and where each begins (0: it is left to the join,
 * as are the root of the structure, that of the bookmarks and the table of
 * objects). It refers to two objects of the join: the root of the pages has the
 * number `objects`, the bookmark behind its own, if there are `others`,
 * `objects` + 2.
 */
struct rp_pdf_front {
	uint32_t others; /* the caller's: how many come behind */
	uint32_t objects;
	const size_t *at;
	uint32_t catalog, pages, outlines, tree, parents, info;
	uint32_t elements;       /* the root of its structure */
	uint32_t bookmark, last; /* first and last on top; 0: none */
	uint32_t bookmarks;      /* on top */
	uint32_t n_pages, keys;  /* keys of the tree of structure */
};

/*
 * Map the fonts that are there, for the life of the process.
 * RP_E_UNAVAILABLE if there is none for Latin letters.
 */
struct rp_err *rp_pdf_fonts_open(const char *folder,
    struct rp_pdf_fonts **out) RP_MUST_USE;
void rp_pdf_fonts_free(struct rp_pdf_fonts *f); /* accepts NULL */
void rp_pdf_fonts_freep(struct rp_pdf_fonts **f);

struct rp_pdf_options {
	rp_text title;      /* empty: of the document, else its first heading */
	rp_text foot;       /* at the foot of each page: the symbol */
	rp_text author;     /* empty: none is told */
	int64_t date;       /* milliseconds; 0: none is told */
	uint32_t head_rows; /* of each table */
	size_t max;         /* 0: RP_PDF_MAX */
	struct rp_pdf_front *front; /* not NULL: others are joined behind it */
};

/* `options` may be NULL. */
struct rp_err *rp_pdf_write(struct rp_arena *a, struct rp_pdf_fonts *fonts,
    const struct rp_document *d, const struct rp_pdf_options *options,
    rp_bytes *out) RP_MUST_USE;

#endif
