/*
 * docx_style - what a Word document's styles and lists say.
 *
 * Foreign octets: the parts styles.xml and numbering.xml, either of which may
 * be absent. A style's properties are those that it inherits (w:basedOn). Of a
 * style's looks only what rp_format.look has is known. Tested in
 * docx_read_test.c.
 */
#ifndef RP_CODEC_DOCX_STYLE_H
#define RP_CODEC_DOCX_STYLE_H

#include "codec/docx_package.h"
#include "document/numbering.h"

#define RP_DOCX_STYLES_MAX 20000

struct rp_docx_style {
	rp_text name;
	rp_text based_on; /* id */
	uint32_t node;    /* in styles.xml */
	int32_t list;     /* numId; 0 none, -1 not said */
	int32_t list_level;
	int32_t outline; /* 0 to 8; -1 not said */
	unsigned look_on, look_off;
	bool settled;
};

struct rp_docx_styles {
	struct rp_docx_style_map RP_MAP(struct rp_docx_style) by_id;
	struct rp_numbering numbering;
	rp_text lang; /* of the document's defaults */
};

struct rp_err *rp_docx_styles_read(struct rp_arena *a,
    const struct rp_docx_package *p, struct rp_docx_styles *out) RP_MUST_USE;

/* NULL if there is none. */
const struct rp_docx_style *rp_docx_style_find(const struct rp_docx_styles *s,
    rp_text id);

/* Looks that a w:rPr switches on and off. */
void rp_docx_looks(const struct rp_xmltree *t, uint32_t rpr, unsigned *on,
    unsigned *off);

#endif
