/*
 * docx_names - the vocabulary of WordprocessingML, for xmltree.h.
 *
 * docx_names.def is the list: RP_W_p is the place of "p". Tested in
 * docx_read_test.c.
 */
#ifndef RP_CODEC_DOCX_NAMES_H
#define RP_CODEC_DOCX_NAMES_H

#include "codec/xmltree.h"

enum rp_docx_name {
	RP_W_NONE = 0,
#define NAME(n) RP_W_##n,
#include "codec/docx_names.def"
#undef NAME
	RP_W_COUNT,
};

/* Transitional and strict are one. */
enum rp_docx_space {
	RP_SPACE_OTHER = 0,
	RP_SPACE_WORD,
	RP_SPACE_MATH,
	RP_SPACE_COMPATIBILITY, /* mc: */
};

extern const struct rp_xmltree_names rp_docx_names;

/* An element of WordprocessingML with this name. */
static inline bool
rp_docx_is(const struct rp_xmltree *t, uint32_t node, enum rp_docx_name name)
{
	return t->v[node].name == (uint16_t)name &&
	       t->v[node].space == RP_SPACE_WORD;
}

/* The first child with this name, or RP_XMLTREE_NONE. */
uint32_t rp_docx_child(const struct rp_xmltree *t, uint32_t node,
    enum rp_docx_name name);

/* The value of w:val of the child with this name; p is NULL without either. */
rp_bytes rp_docx_value(const struct rp_xmltree *t, uint32_t node,
    enum rp_docx_name name);

/* Is it there, and not switched off (w:val="0", "false", "off", "none")? */
bool rp_docx_on(const struct rp_xmltree *t, uint32_t node,
    enum rp_docx_name name);

/* A decimal number in octets, or `otherwise`. */
int32_t rp_docx_number(rp_bytes octets, int32_t otherwise);

/* Something that is drawn, in whatever form, is in it. */
bool rp_docx_has_drawing(const struct rp_xmltree *t, uint32_t node);

#endif
