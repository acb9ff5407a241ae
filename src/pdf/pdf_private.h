/*
 * pdf_private - between the parts of pdf: fonts, shaped lines, pages, objects.
 *
 * Lengths are points (1/72 inch) but where they are said to be units of a font.
 * A page's y goes up from its foot, as PDF has it.
 */
#ifndef RP_PDF_PDF_PRIVATE_H
#define RP_PDF_PDF_PRIVATE_H

#include <hb.h>

#include "base/buf.h"
#include "base/map.h"
#include "pdf/pdf.h"
#include "text/layout.h"

/* Fonts. */

#define PDF_FACES_MAX 64

struct pdf_face {
	hb_face_t *face;
	hb_font_t *font;
	double units; /* per em */
	double ascent, descent;
	bool has_bold, has_italic; /* no need to imitate it */
};

/* Of a family's faces the one that is asked for comes first. */
enum pdf_look {
	PDF_BOLD = 1,
	PDF_ITALIC = 2,
	PDF_MONO = 4,
};

struct rp_pdf_fonts {
	struct rp_arena *arena;
	struct rp_layout *layout;
	struct pdf_face faces[PDF_FACES_MAX];
	/* In the order in which they are tried, for each look. */
	uint8_t order[8][PDF_FACES_MAX];
	size_t n;
};

/* The first face that has the character; else the first of all. */
size_t pdf_face_for(const struct rp_pdf_fonts *f, unsigned look, uint32_t c);

/* A glyph as it stands for a text: what the PDF calls a CID. */
struct pdf_glyph {
	uint32_t gid;
	rp_text text; /* empty: it belongs to another one's text */
};
struct pdf_use RP_MAP(uint16_t); /* key: gid and text; value: CID */

struct pdf_used {
	struct pdf_use cids;
	struct RP_VEC(struct pdf_glyph) glyphs; /* by CID; 0 is .notdef */
};

/* The structure tree. */

struct pdf_kid {
	enum { PDF_KID_ELEMENT, PDF_KID_CONTENT, PDF_KID_OBJECT } kind;
	uint32_t at;   /* element; MCID; annotation */
	uint32_t page; /* of the content */
};

struct pdf_element {
	const char *type;
	uint32_t parent;
	struct RP_VEC(struct pdf_kid) kids;
	rp_text lang, alt;
	const char *scope; /* "Column", "Row" */
	const char *list;  /* ListNumbering */
	uint32_t columns;  /* that it spans; 0: one */
	uint32_t id;       /* of a note; 0: none */
};

struct pdf_link {
	uint32_t page, element;
	double x, y, w, h;
	rp_text uri;   /* empty: to a note or back from it */
	uint32_t note; /* counted from 1 */
	bool is_back;
	rp_text says;
};

struct pdf_place {
	uint32_t page;
	double y;
	bool set;
};

struct pdf_bookmark {
	rp_text title;
	uint8_t level;
	struct pdf_place place;
};

struct pdf_page {
	struct rp_buf content;
	uint32_t mcids;
	struct RP_VEC(uint32_t) owners; /* element of each MCID */
};

/* Lines. */

/* A part of a paragraph with one look; positions in the paragraph's text. */
struct pdf_segment {
	size_t from, to;
	unsigned look; /* enum pdf_look */
	double size, rise;
	bool underline, strike, soft; /* soft: in grey */
	bool is_link, is_figure;
	uint32_t element;
	rp_text uri, lang;
	uint32_t note;
	bool is_back;
};
struct pdf_segments RP_VEC(struct pdf_segment);

struct pdf_shaped {
	uint32_t gid, cluster;
	double x, dx, dy; /* advance and offsets */
};

/* One face, one direction, one segment. */
struct pdf_piece {
	size_t from, to;
	uint8_t level, face;
	uint32_t segment;
	double width;
	struct pdf_shaped *glyphs;
	size_t n_glyphs;
	char script[5];
};
struct pdf_pieces RP_VEC(struct pdf_piece);

struct pdf_line {
	struct pdf_piece *pieces; /* in the order of the text */
	size_t n;
	double width;
};

struct pdf_paragraph {
	rp_text text;
	struct pdf_segments segments;
	bool rtl;
	rp_text lang;
	struct pdf_pieces pieces;
	double *advance; /* for each octet, at the first of what it begins */
	bool *begins, *breaks;
	struct pdf_lines RP_VEC(struct pdf_line) lines;
	double natural, narrowest; /* widths: of it all, of its longest word */
};

/* Everything of one document. */
struct pdf {
	struct rp_arena *a;
	struct rp_pdf_fonts *fonts;
	const struct rp_document *d;
	const struct rp_pdf_options *o;
	rp_text lang;
	bool rtl;
	struct RP_VEC(struct pdf_element) elements; /* 0: Document */
	struct RP_VEC(struct pdf_page) pages;
	struct RP_VEC(struct pdf_link) links;
	struct RP_VEC(struct pdf_bookmark) bookmarks;
	struct pdf_place *notes, *marks; /* of each note, and of its mark */
	struct pdf_used used[PDF_FACES_MAX];
	rp_text title;
	double y; /* where the next line of the page begins */
	bool in_box;
	double box_top;
};

#define PDF_PAGE_W 595.28
#define PDF_PAGE_H 841.89
#define PDF_SIDE 62.0
#define PDF_TOP 62.0
#define PDF_FOOT 68.0
#define PDF_WIDTH (PDF_PAGE_W - 2 * PDF_SIDE)

/* shape: into pieces; then into lines of `width`, the first `first` shorter. */
void pdf_shape(struct pdf *p, struct pdf_paragraph *g);
void pdf_break(struct pdf *p, struct pdf_paragraph *g, double width,
    double first);

/* draw: text and lines on the newest page. */
void pdf_draw_line(struct pdf *p, const struct pdf_paragraph *g,
    const struct pdf_line *line, double x, double y, bool artifact);
void pdf_draw_rule(struct pdf *p, double x, double y, double w, double h,
    bool soft);

/* flow: the document on pages. RP_E_LIMIT. */
struct rp_err *pdf_flow(struct pdf *p) RP_MUST_USE;
uint32_t pdf_element(struct pdf *p, const char *type, uint32_t parent);

/* table: the blocks v[from..to) of one. */
struct rp_err *pdf_table(struct pdf *p, const struct rp_block *v, size_t from,
    size_t to, uint32_t parent) RP_MUST_USE;
void pdf_paragraph_of(struct pdf *p, const struct rp_block *b, uint32_t element,
    double size, unsigned look, struct pdf_paragraph *out);
struct rp_err *pdf_new_page(struct pdf *p) RP_MUST_USE;
bool pdf_is_rtl(const struct pdf *p, const struct rp_block *b, rp_text t);

/* A file that is being put together. */
#define PDF_FONT_OBJECTS 6

struct pdf_file {
	struct pdf *p;
	struct rp_buf b;
	size_t *at; /* where each object begins */
	uint32_t n; /* objects and the free one */
	uint32_t fonts[PDF_FACES_MAX];
	uint32_t pages, links, elements, bookmarks; /* the first of each */
};

/* An object, its end, one with a deflated stream; UTF-16 in hexadecimal. */
void pdf_begin(struct pdf_file *f, uint32_t object);
void pdf_end(struct pdf_file *f);
void pdf_stream(struct pdf_file *f, uint32_t object, const char *entries,
    rp_bytes in);
void pdf_utf16(struct rp_buf *b, rp_text t);

/* embed: PDF_FONT_OBJECTS for each font, from f->fonts[] on. */
struct rp_err *pdf_embed(struct pdf_file *f) RP_MUST_USE;

/* objects: the pages as octets. */
struct rp_err *pdf_objects(struct pdf *p, rp_bytes *out) RP_MUST_USE;

#endif
