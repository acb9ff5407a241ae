/*
 * pdf_join - several PDFs as one, piece by piece.
 *
 * The first is ours (pdf/pdf.h, to be continued); each further one comes as
 * parts, which a parse process made of a PDF in its sandbox. Its objects get
 * numbers behind those before it, its pages come behind theirs, its tags below
 * the one tree of structure, and a bookmark leads to its first page. Nothing is
 * held but the places of objects, so that hundreds of megabytes can be joined
 *in little memory. The same input gives the same octets.
 *
 * Parts are untrusted input: little-endian, "RPP1", u32 objects, pages, keys of
 * the tree of structure, the first page's object; then records, each a letter
 * and u32 n:
 *
 *	L  n octets follow that are written as they are
 *	O  object n begins; E: it ends
 *	R  a reference to object n		K  key n of the tree
 *	G  to the root of the pages, T to that of the structure; n is 0
 *
 * Object 1 has the pages, 2 the structure, 3 its keys (both only if there are
 * keys). Parts that break off, or tell of more than they say at first, are
 * RP_E_INVALID: what is wrong inside an object harms that document's pages
 *alone.
 */
#ifndef RP_CODEC_PDF_JOIN_H
#define RP_CODEC_PDF_JOIN_H

#include "base/str.h"

struct rp_sink;

#define RP_PDF_PARTS_HEAD 20        /* octets */
#define RP_PDF_PARTS_OBJECTS 250000 /* of one */
#define RP_PDF_PARTS_PAGES 5000     /* of one */
#define RP_PDF_PARTS_KEYS 1000000   /* of one */
#define RP_PDF_JOIN_OBJECTS 900000  /* of all */
#define RP_PDF_JOIN_TITLE_MAX 2000  /* octets of a bookmark */

/*
 * What the first one is like. It refers to what the join writes: the root of
 * the pages has the number behind its last object, the first bookmark of the
 * others two more.
 */
struct rp_pdf_first {
	uint32_t objects; /* the number behind its last */
	const size_t *at; /* where each begins; 0: it is not there */
	uint32_t catalog, pages, outlines, tree, parents, info;
	uint32_t elements;       /* its root of the structure */
	uint32_t bookmark, last; /* first and last on top; 0: none */
	uint32_t bookmarks;      /* on top */
	uint32_t n_pages, keys;
};

struct rp_pdf_parts {
	uint32_t objects, pages, keys, first;
};
/* Of the first octets. RP_E_INVALID, RP_E_LIMIT. */
struct rp_err *rp_pdf_parts_parse(rp_bytes head,
    struct rp_pdf_parts *out) RP_MUST_USE;

struct rp_pdf_join;

/* `n`: how many further ones there will be. `octets`: the first one, not empty.
 */
struct rp_pdf_join *rp_pdf_join_new(struct rp_arena *a, struct rp_sink *out,
    const struct rp_pdf_first *first, rp_bytes octets, uint32_t n);

/* A further one, with its head; then its records, in any pieces. */
struct rp_err *rp_pdf_join_begin(struct rp_pdf_join *j,
    const struct rp_pdf_parts *head, rp_text title) RP_MUST_USE;
struct rp_err *rp_pdf_join_add(struct rp_pdf_join *j, struct rp_sink *out,
    rp_bytes records) RP_MUST_USE;
struct rp_err *rp_pdf_join_end(struct rp_pdf_join *j) RP_MUST_USE;

/* All have come. */
struct rp_err *rp_pdf_join_finish(struct rp_pdf_join *j,
    struct rp_sink *out) RP_MUST_USE;

#endif
