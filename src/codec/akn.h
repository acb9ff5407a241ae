/*
 * akn - resolutions in Akoma Ntoso 1.0 (OASIS Standard, 29 August 2018), as
 * AKN4UN uses it.
 *
 * Untrusted input, over xmlread.h.
 *
 * Writing makes <statement name="resolution">: leading headings are the
 * preface; what follows up to the first operative call-out is the preamble (a
 * formula for each paragraph, a container for each call-out, its provisions as
 * items of a blockList); the rest is the mainBody, where a call-out or heading
 * begins a <division> of <paragraph>s, and a preambular call-out is a
 * crossHeading that refers to #preamble. A call-out is operative if its first
 * labelled paragraph is numbered by digits, or if it has none and begins with
 * one of the operative verbs of UN practice.
 *
 * eId is made of places and labels and changes with the number; wId is the
 * block's `id`. Notes are authorialNotes. Revisions are <ins> and <del>, with
 * the author as title, and one passive textualMod for each block that changed.
 * What AKN has no word for stands in `class`: heading-2, callout, provision,
 * item, level-1, typed, mark-ins, mark-del; margin-MOD and so on is what a
 * comparison says of a block. The output is valid against akomantoso30.xsd; the
 * same input gives the same octets. Headers and footers are left out; images
 * are placeholders.
 *
 * Reading takes any document type: hierarchical elements with <num> and
 * <heading>, blocks, lists, tables, notes (also those in <meta>), ins and del,
 * and the classes above. A reference to a note in <num> stands behind the
 * label, and a second one to the same note has a copy of it. Labels are AUTO
 * (typed if the class says so); `id` is wId, else eId. A paragraph below a
 * <num> is a RP_BLOCK_PROVISION within an AKN4UN container or division and a
 * RP_BLOCK_ITEM elsewhere. White space is folded unless xml:space says
 * "preserve". Elements of other namespaces and metadata are left out.
 */
#ifndef RP_CODEC_AKN_H
#define RP_CODEC_AKN_H

#include "document/document.h"

struct rp_sink;

#define RP_AKN_NS "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
#define RP_AKN_ID_MAX ((size_t)200) /* octets of an eId or wId */

/* FRBR: what the document says of itself. Dates are YYYY-MM-DD. */
struct rp_akn_meta {
	rp_text uri;      /* of the work: /akn/un/statement/2022-10-14/102 */
	rp_text date;     /* of the work */
	rp_text version;  /* of the expression: a date */
	rp_text language; /* three letters, ISO 639-2: eng */
	rp_text country;  /* or organization: un */
	rp_text number;   /* empty: none */
	rp_text author;   /* an id, as in an XML name */
	rp_text author_name;
};

/* RP_E_INVALID: not AKN. RP_E_LIMIT: as document.h and xmlread.h say. */
struct rp_err *rp_akn_read(struct rp_arena *a, rp_bytes in,
    struct rp_document **out) RP_MUST_USE;

/* What is empty in `meta` becomes a neutral value. Errors are the sink's. */
void rp_akn_write(struct rp_sink *s, const struct rp_document *d,
    const struct rp_akn_meta *meta);

#endif
