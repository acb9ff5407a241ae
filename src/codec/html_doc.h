/*
 * html_doc - a document with its revisions as HTML.
 *
 * Three views: inline (<ins> and <del> in the text), the same with change bars
 * at the side, and old | new side by side. A fragment for a page, or a complete
 * page with one small style sheet. No script, no style attributes; everything
 * is escaped, and links are what rp_url_from() passes, else text. Valid HTML5.
 *
 * Classes, all below one <div class="doc doc-inline|doc-bars|doc-side">:
 *
 *	doc-label	span with the label; a space follows it
 *	doc-callout doc-provision doc-item doc-changed	on blocks; level as
 *			doc-l1 ... doc-l9
 *	doc-move	on <ins> and <del> of moved text, with a title
 *	doc-mark	span "¶" in <ins> or <del>: a paragraph mark alone
 *	doc-gap		span or p: what cannot be shown, linked if `original` is
 *			set
 *	doc-note doc-notes	the mark (a sup with a link), the section of all
 *	doc-row-ins doc-row-del	on <tr>
 *	doc-margin	span with what a comparison says of the block: "MOD";
 *			side by side a cell of its own in front
 *	doc-sides	table of the side-by-side view; a row for each block,
 *cells doc-old and doc-new, empty where a version has none
 *
 * In the side-by-side view the old side has the labels of `label_rejected`.
 * Blocks have dir (auto unless the model says it) and lang where it is known;
 * the whole has that of its language, whatever the page around it has.
 * Ids of notes begin with `prefix`, so that two documents can stand in a page.
 * With `anchors` the n-th block of the body has the id "p-n" after it, counted
 * from 1 (side by side: of the new version), and its label leads there.
 * A table whose cells are nested in another follows it. In the side-by-side
 * view a table stands in both cells of one row, each side as it was or is.
 */
#ifndef RP_CODEC_HTML_DOC_H
#define RP_CODEC_HTML_DOC_H

#include "document/document.h"

struct rp_sink;

#define RP_HTML_DOC_COLUMNS_MAX 1000

enum rp_html_doc_view {
	RP_HTML_DOC_INLINE = 0,
	RP_HTML_DOC_BARS,
	RP_HTML_DOC_SIDE,
};

/* What people read; the page's own language is `lang`. */
struct rp_html_doc_texts {
	rp_text lang;
	rp_text inserted, deleted; /* titles, with the author behind */
	rp_text moved_here, moved_away;
	rp_text by;       /* between "inserted" and the author */
	rp_text old, now; /* heads of the columns */
	rp_text notes;    /* head of the notes */
	rp_text back;     /* from a note to its mark */
	rp_text gap;      /* "not shown here" */
	rp_text margin;   /* head of the column of symbols */
	rp_text untitled;
};

/* For the command. */
extern const struct rp_html_doc_texts rp_html_doc_english;

struct rp_html_doc_options {
	enum rp_html_doc_view view;
	const struct rp_html_doc_texts *texts; /* NULL: English */
	rp_text prefix;  /* of ids: letters, digits, hyphens */
	rp_url original; /* where gaps lead; empty: nowhere */
	bool anchors;    /* see above */
	bool below;      /* a page has its h1 already: headings begin with h2 */
	bool margins;    /* the symbols of proposals beside the blocks */
	bool complete;   /* a page, not a fragment */
};

/* `options` may be NULL. Errors are the sink's. */
void rp_html_doc_write(struct rp_sink *s, const struct rp_document *d,
    const struct rp_html_doc_options *options);

#endif
