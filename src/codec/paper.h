/*
 * paper - the head of a document of a meeting, in front of its body.
 *
 * A letter of transmittal, if there is one; a table with symbol, date, language
 * and source; a line above the title and the title; the box with purpose or
 * summary, action required and references; a rule; the body. As the
 * contributions to a group and to a Council have it. All words are the
 * caller's, in the document's language; empty rows are left out.
 *
 * Between processes it goes as JSON, which the parse role reads from the
 * worker.
 */
#ifndef RP_CODEC_PAPER_H
#define RP_CODEC_PAPER_H

#include "document/document.h"

struct rp_err;

#define RP_PAPER_ROWS_MAX ((size_t)80)
#define RP_PAPER_TEXT_MAX ((size_t)20000) /* octets of one text */

struct rp_paper_row {
	rp_text name, value; /* line feeds in a value begin paragraphs */
};

struct rp_paper {
	rp_text lang;
	rp_text symbol; /* at the foot of the pages too */
	struct rp_paper_rows RP_VEC(
	    struct rp_paper_row) letter; /* names: none */
	struct rp_paper_rows head, box;
	rp_text above, title;
};

/* As JSON: {"lang":"en","symbol":…,"above":…,"title":…,"letter":[["",…]],…} */
rp_text rp_paper_json(struct rp_arena *a, const struct rp_paper *p);

/* RP_E_INVALID, RP_E_LIMIT. */
struct rp_err *rp_paper_parse(struct rp_arena *a, rp_bytes json,
    struct rp_paper *out) RP_MUST_USE;

/*
 * A document of its own with the head in front of the blocks of `body`, whose
 * notes, links and formats it has. Block styles: "Box", "Rule" and "Right", as
 * pdf/pdf.h and docx_new.h show them.
 */
struct rp_document *rp_paper_document(struct rp_arena *a,
    const struct rp_paper *p, const struct rp_document *body);

#endif
