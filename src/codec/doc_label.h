/*
 * doc_label - what the labels of list items say, and how they are written.
 *
 * For formats that name a label themselves: a Markdown marker, <num> of Akoma
 * Ntoso, text:list of ODF. Whether words at the beginning of a paragraph are a
 * label at all is not decided here.
 */
#ifndef RP_CODEC_DOC_LABEL_H
#define RP_CODEC_DOC_LABEL_H

#include "document/document.h"

/* A label of more octets is RP_LABEL_OTHER. */
#define RP_DOC_LABEL_MAX ((size_t)32)

/*
 * Set style, value, latin and text of `l` from a label as shown: "a)", "(1)",
 * "1.2.3", "b)bis", "§ 4", "-". `before` is the label before it in the same
 * list, or NULL: it decides whether "i)" is a letter or a number.
 */
void rp_doc_label_of(struct rp_label *l, rp_text shown,
    const struct rp_label *before);

/*
 * A number in a style, without punctuation: "c", "iv", "三". Letters go on
 * with aa, bb after z as office programs do it. Decimal where a style cannot
 * hold the value; empty for bullets.
 */
rp_text rp_doc_number(struct rp_arena *a, enum rp_label_style style,
    int32_t value);

#endif
