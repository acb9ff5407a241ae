/* shape - text to glyphs, and paragraphs to lines. */
#include <string.h>

#include "base/err.h"
#include "pdf/pdf_private.h"

static uint32_t
character_at(rp_text t, size_t at, size_t *n)
{
	const uint8_t *p = (const uint8_t *)t.p + at;
	uint32_t c;

	*n = rp_utf8_len(p, t.n - at);
	RP_ASSERT(*n > 0);
	c = *n == 1 ? p[0] : p[0] & (0xffU >> (*n + 1));
	for (size_t i = 1; i < *n; i++)
		c = (c << 6) | (p[i] & 0x3fU);
	return c;
}

static bool
is_space(rp_text t, size_t at)
{
	return t.p[at] == ' ' || t.p[at] == '\n';
}

static bool
has(const struct rp_pdf_fonts *f, size_t face, uint32_t c)
{
	hb_codepoint_t g;

	return hb_font_get_nominal_glyph(f->faces[face].font, c, &g);
}

/* What joins the character before it, or fits every face. */
static bool
is_follower(uint32_t c)
{
	hb_unicode_general_category_t g =
	    hb_unicode_general_category(hb_unicode_funcs_get_default(), c);

	return g == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK ||
	       g == HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK ||
	       g == HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK ||
	       g == HB_UNICODE_GENERAL_CATEGORY_FORMAT || c == ' ';
}

/* The octet behind the last that this face shows, from `at` on. */
static size_t
face_reaches(const struct pdf *p, rp_text t, size_t at, size_t to,
    unsigned look, size_t *face)
{
	size_t n, from = at;

	while (at < to && t.p[at] != '\n') {
		uint32_t c = character_at(t, at, &n);

		if (at == from)
			*face = pdf_face_for(p->fonts, look, c);
		else if (!(is_follower(c) && has(p->fonts, *face, c)) &&
			 pdf_face_for(p->fonts, look, c) != *face)
			break;
		at += n;
	}
	return at;
}

static double
size_of(const struct pdf_paragraph *g, const struct pdf_piece *piece)
{
	return g->segments.v[piece->segment].size;
}

static void
shape_piece(struct pdf *p, const struct pdf_paragraph *g,
    struct pdf_piece *piece)
{
	const struct pdf_face *f = &p->fonts->faces[piece->face];
	hb_buffer_t *b = hb_buffer_create();
	rp_text lang = g->segments.v[piece->segment].lang;
	const hb_glyph_info_t *info;
	const hb_glyph_position_t *at;
	double k = size_of(g, piece) / f->units;
	unsigned n;

	hb_buffer_set_cluster_level(b,
	    HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
	hb_buffer_add_utf8(b, g->text.p, (int)g->text.n, (unsigned)piece->from,
	    (int)(piece->to - piece->from));
	hb_buffer_set_direction(b,
	    (piece->level & 1) != 0 ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
	hb_buffer_set_script(b, hb_script_from_string(piece->script, 4));
	if (lang.n > 0)
		hb_buffer_set_language(b,
		    hb_language_from_string(lang.p, (int)lang.n));
	hb_shape(f->font, b, NULL, 0);
	info = hb_buffer_get_glyph_infos(b, &n);
	at = hb_buffer_get_glyph_positions(b, NULL);
	piece->glyphs = rp_alloc_n(p->a, n + 1, sizeof(*piece->glyphs));
	piece->n_glyphs = n;
	piece->width = 0;
	for (unsigned i = 0; i < n; i++) {
		piece->glyphs[i] =
		    (struct pdf_shaped){ .gid = info[i].codepoint,
			    .cluster = info[i].cluster,
			    .x = at[i].x_advance * k,
			    .dx = at[i].x_offset * k,
			    .dy = at[i].y_offset * k };
		piece->width += piece->glyphs[i].x;
	}
	hb_buffer_destroy(b);
}

/* Pieces of one segment, direction and face. */
static void
itemize(struct pdf *p, struct pdf_paragraph *g, uint32_t segment,
    const struct rp_layout_run *run)
{
	const struct pdf_segment *s = &g->segments.v[segment];
	size_t at = s->from > run->from ? s->from : run->from;
	size_t to = s->to < run->to ? s->to : run->to;

	while (at < to) {
		struct pdf_piece piece = { .from = at,
			.level = run->level,
			.segment = segment };
		size_t face = 0;

		if (g->text.p[at] == '\n') {
			at++;
			continue;
		}
		piece.to = face_reaches(p, g->text, at, to, s->look, &face);
		piece.face = (uint8_t)face;
		memcpy(piece.script, run->script, sizeof(piece.script));
		shape_piece(p, g, &piece);
		rp_vec_push(p->a, &g->pieces, piece);
		at = piece.to;
	}
}

static void
widths(struct pdf *p, struct pdf_paragraph *g)
{
	double word = 0;

	g->advance = rp_new_n(p->a, double, g->text.n + 1);
	g->begins = rp_new_n(p->a, bool, g->text.n + 1);
	for (size_t i = 0; i < g->pieces.n; i++) {
		const struct pdf_piece *piece = &g->pieces.v[i];

		for (size_t k = 0; k < piece->n_glyphs; k++) {
			uint32_t at = piece->glyphs[k].cluster;

			g->advance[at] += piece->glyphs[k].x;
			g->begins[at] = true;
		}
		g->natural += piece->width;
	}
	g->begins[g->text.n] = true;
	for (size_t i = 0; i < g->text.n; i++) {
		if (g->breaks[i])
			word = 0;
		word += is_space(g->text, i) ? 0 : g->advance[i];
		if (word > g->narrowest)
			g->narrowest = word;
	}
}

void
pdf_shape(struct pdf *p, struct pdf_paragraph *g)
{
	struct rp_layout_run *runs;
	uint32_t segment = 0;
	size_t n;

	runs = rp_layout_runs(p->fonts->layout, p->a, g->text,
	    g->rtl ? RP_LAYOUT_RTL : RP_LAYOUT_LTR, &n);
	g->breaks = rp_layout_breaks(p->fonts->layout, p->a, g->text);
	for (size_t i = 0; i < n; i++) {
		while (
		    segment > 0 && g->segments.v[segment].from > runs[i].from)
			segment--;
		while (segment < g->segments.n &&
		       g->segments.v[segment].to <= runs[i].from)
			segment++;
		for (uint32_t s = segment;
		     s < g->segments.n && g->segments.v[s].from < runs[i].to;
		     s++)
			itemize(p, g, s, &runs[i]);
	}
	widths(p, g);
}

/* The end of the line that begins at `from`, with the spaces behind it. */
static size_t
line_end(const struct pdf_paragraph *g, size_t from, double width)
{
	double all = 0, seen = 0; /* with and without spaces at the end */
	size_t last = from, fits = from;

	for (size_t i = from; i < g->text.n; i++) {
		if (i > from && g->breaks[i])
			last = i;
		if (i > from && g->text.p[i - 1] == '\n')
			return i;
		/* One character stands in a line, however narrow it is. */
		if (i > from && g->begins[i] && (seen <= width || fits == from))
			fits = i;
		all += g->advance[i];
		if (!is_space(g->text, i))
			seen = all;
		if (seen <= width + 0.01 || i == from)
			continue;
		if (last > from)
			return last;
		if (fits > from)
			return fits;
	}
	return g->text.n;
}

/* The part of a piece that is in a line. */
static struct pdf_piece
cut(struct pdf *p, const struct pdf_paragraph *g, const struct pdf_piece *whole,
    size_t from, size_t to)
{
	struct pdf_piece piece = *whole;

	if (from <= whole->from && to >= whole->to)
		return piece;
	piece.from = from > whole->from ? from : whole->from;
	piece.to = to < whole->to ? to : whole->to;
	shape_piece(p, g, &piece);
	return piece;
}

static void
add_line(struct pdf *p, struct pdf_paragraph *g, size_t *piece, size_t from,
    size_t to)
{
	struct pdf_line line = { 0 };
	struct pdf_pieces all = { 0 };
	size_t end = to;

	while (end > from && is_space(g->text, end - 1))
		end--;
	while (*piece > 0 && g->pieces.v[*piece - 1].to > from)
		(*piece)--;
	for (size_t i = *piece; i < g->pieces.n; i++) {
		const struct pdf_piece *w = &g->pieces.v[i];

		if (w->to <= from)
			continue;
		if (w->from >= to)
			break;
		*piece = i;
		if (w->from < end && w->to > from) {
			struct pdf_piece part = cut(p, g, w, from, end);

			line.width += part.width;
			rp_vec_push(p->a, &all, part);
		}
		/* Rule L1: spaces at the end are as the paragraph is. */
		if (w->to > end && (w->from > end ? w->from : end) < to) {
			struct pdf_piece space =
			    cut(p, g, w, w->from > end ? w->from : end, to);

			space.level = g->rtl ? 1 : 0;
			rp_vec_push(p->a, &all, space);
		}
	}
	line.pieces = all.v;
	line.n = all.n;
	rp_vec_push(p->a, &g->lines, line);
}

void
pdf_break(struct pdf *p, struct pdf_paragraph *g, double width, double first)
{
	size_t from = 0, to, piece = 0;

	g->lines.n = 0;
	do {
		double room = g->lines.n == 0 ? width - first : width;

		to = g->text.n == 0 ? 0 : line_end(g, from, room);
		add_line(p, g, &piece, from, to);
		from = to;
	} while (from < g->text.n);
}
