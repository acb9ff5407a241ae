/* draw - a line of text, and lines that are no text, on the newest page. */
#include <string.h>

#include "base/err.h"
#include "pdf/pdf_private.h"

#define BOLD_STROKE 0.028 /* of the size, where a face has no bold */
#define SLANT 0.2126
#define LIGATURE_MAX 4
#define KEY_MAX 128     /* octets; no cluster of letters is longer */
#define PIECES_MAX 4000 /* of a line; the rest is left where it is */

static struct pdf_page *
page(struct pdf *p)
{
	return &p->pages.v[p->pages.n - 1];
}

/* The glyph's number, then what it stands for; looked up for every glyph. */
static uint16_t
cid_of(struct pdf *p, uint8_t face, uint32_t gid, rp_text text)
{
	struct pdf_used *u = &p->used[face];
	char octets[KEY_MAX];
	rp_text key = { octets, sizeof(gid) + text.n };
	const uint16_t *there;
	uint16_t cid;

	if (u->glyphs.n == 0)
		rp_vec_push(p->a, &u->glyphs, ((struct pdf_glyph){ 0 }));
	if (key.n > KEY_MAX) {
		text = rp_text_sub(text, 0, 0);
		key.n = sizeof(gid);
	}
	memcpy(octets, &gid, sizeof(gid));
	if (text.n > 0)
		memcpy(octets + sizeof(gid), text.p, text.n);
	there = rp_map_find(&u->cids, key);
	if (there != NULL)
		return *there;
	if (u->glyphs.n > UINT16_MAX)
		return 0;
	cid = (uint16_t)u->glyphs.n;
	*rp_map_at(p->a, &u->cids, rp_text_dup(p->a, key)) = cid;
	rp_vec_push(p->a, &u->glyphs,
	    ((struct pdf_glyph){ gid, rp_text_dup(p->a, text) }));
	return cid;
}

/* What a glyph stands for; empty for the second one of a cluster. */
static rp_text
text_of(const struct pdf_paragraph *g, const struct pdf_piece *piece, size_t i)
{
	const struct pdf_shaped *v = piece->glyphs;
	uint32_t from = v[i].cluster, to = (uint32_t)piece->to;

	for (size_t k = 0; k < piece->n_glyphs; k++) {
		if (v[k].cluster > from && v[k].cluster < to)
			to = v[k].cluster;
		/* The widest of its glyphs, else the first of them. */
		if (k != i && v[k].cluster == from &&
		    (v[k].x > v[i].x || (v[k].x == v[i].x && k < i)))
			return RP_TEXT("");
	}
	return rp_text_sub(g->text, from, to);
}

static double
font_width(const struct pdf_face *f, uint32_t gid)
{
	return hb_font_get_glyph_h_advance(f->font, gid) / f->units;
}

/* TJ takes off thousandths of the size. */
static void
shift(struct rp_buf *b, double by)
{
	if (by > 0.5 || by < -0.5)
		rp_buf_f(b, ">%.0f<", -by);
}

/* A glyph is cut between its characters, the last `n` of them. */
static size_t
characters(rp_text t, rp_text *out, size_t max)
{
	size_t n = 0;

	for (size_t at = 0; at < t.n && n < max; n++) {
		size_t k = rp_utf8_len((const uint8_t *)t.p + at, t.n - at);

		RP_ASSERT(k > 0);
		out[n] = rp_text_sub(t, at, at + k);
		at += k;
	}
	return n;
}

/* printf is most of the time that a long document takes. */
static void
put_hex(struct rp_buf *b, uint16_t v)
{
	static const char digits[] = "0123456789abcdef";
	const char out[4] = { digits[v >> 12], digits[(v >> 8) & 15],
		digits[(v >> 4) & 15], digits[v & 15] };

	rp_buf_add(b, out, sizeof(out));
}

struct pen {
	struct pdf *p;
	struct rp_buf *b;
	uint8_t face;
	double owed; /* thousandths of the size, to where the next one is */
};

static void
put_glyph(struct pen *pen, uint32_t gid, rp_text text)
{
	shift(pen->b, pen->owed);
	put_hex(pen->b, cid_of(pen->p, pen->face, gid, text));
	pen->owed = -1000 * font_width(&pen->p->fonts->faces[pen->face], gid);
}

/*
 * From right to left, readers turn the characters around one by one. So a
 * ligature is its last one, and the others are blanks that stand behind it.
 */
static void
put_ligature(struct pen *pen, uint32_t gid, rp_text text, double width)
{
	rp_text each[LIGATURE_MAX];
	size_t n = characters(text, each, LIGATURE_MAX);
	hb_codepoint_t blank;

	if (n < 2 ||
	    !hb_font_get_nominal_glyph(pen->p->fonts->faces[pen->face].font,
		' ', &blank)) {
		put_glyph(pen, gid, text);
		return;
	}
	put_glyph(pen, gid, each[n - 1]);
	for (size_t i = 1; i < n; i++) {
		pen->owed += width * (double)i / (double)n;
		put_glyph(pen, blank, each[n - 1 - i]);
		pen->owed -= width * (double)i / (double)n;
	}
}

static void
show(struct pdf *p, const struct pdf_paragraph *g,
    const struct pdf_piece *piece, double size)
{
	const struct pdf_segment *s = &g->segments.v[piece->segment];
	struct rp_buf *b = &page(p)->content;
	struct pen pen = { .p = p, .b = b, .face = piece->face };
	double rise = 0, k = 1000 / size;

	rp_buf_f(b, "[<");
	for (size_t i = 0; i < piece->n_glyphs; i++) {
		const struct pdf_shaped *v = &piece->glyphs[i];
		rp_text text = text_of(g, piece, i);

		if (v->dy != rise) {
			rp_buf_f(b, ">]TJ %.3f Ts[<", v->dy + s->rise);
			rise = v->dy;
		}
		pen.owed += v->dx * k;
		if ((piece->level & 1) != 0)
			put_ligature(&pen, v->gid, text, v->x * k);
		else
			put_glyph(&pen, v->gid, text);
		pen.owed += (v->x - v->dx) * k;
	}
	rp_buf_f(b, ">]TJ");
	if (rise != 0)
		rp_buf_f(b, " %.3f Ts", s->rise);
}

static void
piece_text(struct pdf *p, const struct pdf_paragraph *g,
    const struct pdf_piece *piece, double x, double y)
{
	const struct pdf_segment *s = &g->segments.v[piece->segment];
	const struct pdf_face *f = &p->fonts->faces[piece->face];
	struct rp_buf *b = &page(p)->content;
	bool fat = (s->look & PDF_BOLD) != 0 && !f->has_bold;
	bool slanted = (s->look & PDF_ITALIC) != 0 && !f->has_italic;
	bool turned = (piece->level & 1) != 0;

	if (turned)
		rp_buf_f(b, "/ReversedChars BMC ");
	rp_buf_f(b, "BT %s/F%u %.2f Tf %.2f Ts %d Tr ",
	    s->is_link ? ".071 .275 .482 rg " :
	    s->soft    ? ".28 .3 .33 rg " :
			 "0 g ",
	    piece->face, s->size, s->rise, fat ? 2 : 0);
	if (fat)
		rp_buf_f(b, "%.3f w ", s->size * BOLD_STROKE);
	rp_buf_f(b, "1 0 %.4f 1 %.2f %.2f Tm ", slanted ? SLANT : 0.0, x, y);
	show(p, g, piece, s->size);
	rp_buf_f(b, " ET\n");
	if (turned)
		rp_buf_f(b, "EMC\n");
}

static void
begin(struct pdf *p, uint32_t element)
{
	struct pdf_page *pg = page(p);
	struct pdf_kid kid = { PDF_KID_CONTENT, pg->mcids,
		(uint32_t)p->pages.n - 1 };

	rp_buf_f(&pg->content, "/%s <</MCID %u>> BDC\n",
	    p->elements.v[element].type, pg->mcids);
	rp_vec_push(p->a, &p->elements.v[element].kids, kid);
	rp_vec_push(p->a, &pg->owners, element);
	pg->mcids++;
}

static void
add_link(struct pdf *p, const struct pdf_paragraph *g,
    const struct pdf_piece *piece, double x, double y)
{
	const struct pdf_segment *s = &g->segments.v[piece->segment];
	struct pdf_kid kid = { PDF_KID_OBJECT, (uint32_t)p->links.n, 0 };

	if (s->uri.n == 0 && s->note == 0)
		return;
	rp_vec_push(p->a, &p->elements.v[s->element].kids, kid);
	rp_vec_push(p->a, &p->links,
	    ((struct pdf_link){ .page = (uint32_t)p->pages.n - 1,
		.element = s->element,
		.x = x,
		.y = y - s->size * 0.25 + s->rise,
		.w = piece->width,
		.h = s->size * 1.2,
		.uri = s->uri,
		.note = s->note,
		.is_back = s->is_back,
		.says = rp_text_sub(g->text, s->from, s->to) }));
	if (s->note > 0) {
		struct pdf_place *at = s->is_back ? p->notes : p->marks;

		if (!at[s->note - 1].set)
			at[s->note - 1] =
			    (struct pdf_place){ (uint32_t)p->pages.n - 1,
				    y + s->size * 1.2, true };
	}
}

void
pdf_draw_rule(struct pdf *p, double x, double y, double w, double h, bool soft)
{
	rp_buf_f(&page(p)->content,
	    "/Artifact BMC %s rg %.2f %.2f %.2f %.2f re f EMC\n",
	    soft ? ".81 .8 .77" : ".2 .2 .2", x, y, w, h);
}

static void
decorate(struct pdf *p, const struct pdf_segment *s, double x, double y,
    double w)
{
	if (s->underline)
		pdf_draw_rule(p, x, y - s->size * 0.13, w, s->size * 0.05,
		    false);
	if (s->strike)
		pdf_draw_rule(p, x, y + s->size * 0.28, w, s->size * 0.05,
		    false);
}

/* Where each piece begins, from the left. */
static double *
places(struct pdf *p, const struct pdf_line *line, double x)
{
	double *at = rp_new_n(p->a, double, line->n);
	uint8_t *levels = rp_alloc_n(p->a, line->n, 1);
	int32_t *order = rp_new_n(p->a, int32_t, line->n);

	for (size_t i = 0; i < line->n; i++)
		levels[i] = line->pieces[i].level;
	rp_layout_order(levels, line->n, order);
	for (size_t i = 0; i < line->n; i++) {
		at[order[i]] = x;
		x += line->pieces[order[i]].width;
	}
	return at;
}

static double
width_with_spaces(const struct pdf_line *line)
{
	double w = 0;

	for (size_t i = 0; i < line->n; i++)
		w += line->pieces[i].width;
	return w;
}

void
pdf_draw_line(struct pdf *p, const struct pdf_paragraph *g,
    const struct pdf_line *line, double x, double y, bool artifact)
{
	uint32_t open = UINT32_MAX;
	double *at;

	if (line->n == 0 || line->n > PIECES_MAX)
		return;
	/* Spaces at the end of a line to the left stand outside of it. */
	if (g->rtl)
		x -= width_with_spaces(line) - line->width;
	at = places(p, line, x);
	if (artifact)
		rp_buf_f(&page(p)->content, "/Artifact BMC\n");
	for (size_t i = 0; i < line->n; i++) {
		const struct pdf_piece *piece = &line->pieces[i];
		const struct pdf_segment *s = &g->segments.v[piece->segment];

		if (!artifact && s->element != open) {
			if (open != UINT32_MAX)
				rp_buf_f(&page(p)->content, "EMC\n");
			begin(p, s->element);
			open = s->element;
		}
		piece_text(p, g, piece, at[i], y);
		if (!artifact)
			add_link(p, g, piece, at[i], y);
	}
	rp_buf_f(&page(p)->content, "EMC\n");
	for (size_t i = 0; i < line->n; i++)
		decorate(p, &g->segments.v[line->pieces[i].segment], at[i], y,
		    line->pieces[i].width);
}
