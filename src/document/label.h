/*
 * label - numbers that people typed, and what kind a paragraph is.
 *
 * In many texts the "b)" before a paragraph is typed, with a tab or a space.
 * It is found by its grammar, and believed if a tab follows or if its
 * neighbours of the same form count with it: so "2018 was a good year" is text
 * and the "2 The Council" between "1 ..." and "3 ..." is not. "i)" is a letter
 * behind "h)" and a Roman number before "ii)".
 *
 *	a)  (a)  a.  b)bis  aa)  ii)  1  1.  1.2.3  1bis  6.1a  § 3  No. 184A
 *	Article 5  (3)  أ )  ١-  一、  а)  •  –
 *
 * Kinds follow process by which resolutions are drafted: a call-out is a line
 * in the style "Call", in italics throughout, or one that is short, begins with
 * a small letter and does not end as a sentence; what is labelled below it is a
 * provision. A heading is known by its style, or by bold type throughout.
 *
 * Works on the model alone, so every reader uses it, after its blocks are all
 * there. Time and memory are linear in the text that may be labels.
 */
#ifndef RP_DOCUMENT_LABEL_H
#define RP_DOCUMENT_LABEL_H

#include "document/document.h"

#define RP_LABEL_OCTETS_MAX ((size_t)64) /* a typed label with its space */
#define RP_CALLOUT_OCTETS_MAX ((size_t)160)
/* Typed lists are numbered from here on, above those of the file. */
#define RP_LABEL_TYPED_LIST ((uint32_t)0x40000000)

/*
 * Set label, label_runs and kind of the blocks of a document: of those that
 * have no automatic label, and are paragraphs so far. What was found before is
 * found anew. Deleted runs are looked through: the label is that of the text as
 * it is when revisions are taken.
 */
void rp_label_find(struct rp_arena *a, struct rp_document *d);

/* The same for a row of blocks. */
void rp_label_find_in(struct rp_arena *a, const struct rp_document *d,
    struct rp_blocks *blocks);

/*
 * The label that `t` begins with, by grammar alone, and its octets with the
 * space behind; 0 if there is none. `list` is not set.
 */
size_t rp_label_parse(struct rp_arena *a, rp_text t, struct rp_label *out);

#endif
