/* embed - the fonts of a document, cut to the glyphs that it uses. */
#include <hb-ot.h>
#include <hb-subset.h>
#include <string.h>

#include "base/err.h"
#include "pdf/pdf_private.h"

/* "ABCDEF+NotoSans-Bold": the tag counts the document's fonts. */
static rp_text
font_name(struct pdf_file *f, size_t face)
{
	char name[64] = "", clean[64];
	unsigned n = sizeof(name);
	size_t k = 0;

	hb_ot_name_get_utf8(f->p->fonts->faces[face].face,
	    HB_OT_NAME_ID_POSTSCRIPT_NAME, hb_language_from_string("en", -1),
	    &n, name);
	for (size_t i = 0; name[i] != '\0' && i < sizeof(name) - 1; i++) {
		char c = name[i];

		if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		    (c >= '0' && c <= '9') || c == '-')
			clean[k++] = c;
	}
	clean[k] = '\0';
	return rp_textf(f->p->a, "RAPP%c%c+%s", 'A' + (char)(face / 26),
	    'A' + (char)(face % 26), k > 0 ? clean : "Font");
}

struct subset {
	rp_bytes file, map; /* the font, CID to glyph of it */
};

static void
drop_blob(void *at)
{
	hb_blob_destroy(at);
}

static void
drop_tables(hb_subset_input_t *input)
{
	static const char tags[][5] = { "GSUB", "GPOS", "GDEF", "name", "post",
		"OS/2", "cmap", "kern", "DSIG", "MATH", "STAT", "meta" };
	hb_set_t *drop =
	    hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);

	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		hb_set_add(drop, hb_tag_from_string(tags[i], 4));
}

static struct rp_err *
subset(struct pdf_file *f, size_t face, struct subset *out)
{
	const struct pdf_used *u = &f->p->used[face];
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	uint8_t *map = rp_alloc_n(f->p->a, u->glyphs.n, 2);
	hb_subset_plan_t *plan;
	hb_face_t *made;
	hb_blob_t *blob;
	const hb_map_t *to;
	unsigned n;

	RP_ASSERT(input != NULL);
	for (size_t i = 0; i < u->glyphs.n; i++)
		hb_set_add(hb_subset_input_glyph_set(input),
		    u->glyphs.v[i].gid);
	hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
	drop_tables(input);
	plan =
	    hb_subset_plan_create_or_fail(f->p->fonts->faces[face].face, input);
	hb_subset_input_destroy(input);
	if (plan == NULL)
		return rp_fail(RP_E_INTERNAL, "font not cut");
	to = hb_subset_plan_old_to_new_glyph_mapping(plan);
	for (size_t i = 0; i < u->glyphs.n; i++) {
		hb_codepoint_t g = hb_map_get(to, u->glyphs.v[i].gid);

		if (g == HB_MAP_VALUE_INVALID)
			g = 0;
		map[2 * i] = (uint8_t)(g >> 8);
		map[2 * i + 1] = (uint8_t)g;
	}
	made = hb_subset_plan_execute_or_fail(plan);
	hb_subset_plan_destroy(plan);
	if (made == NULL)
		return rp_fail(RP_E_INTERNAL, "font not cut");
	blob = hb_face_reference_blob(made);
	hb_face_destroy(made);
	rp_arena_defer(f->p->a, drop_blob, blob);
	out->file.p = (const uint8_t *)hb_blob_get_data(blob, &n);
	out->file.n = n;
	out->map = (rp_bytes){ map, 2 * u->glyphs.n };
	return NULL;
}

static struct rp_err *
to_unicode(struct pdf_file *f, size_t face, rp_bytes *out)
{
	const struct pdf_used *u = &f->p->used[face];
	struct rp_buf b;
	size_t n = 0;

	rp_buf_init(&b, f->p->a, (size_t)16 << 20);
	rp_buf_f(&b,
	    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
	    "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement "
	    "0>> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
	    "1 begincodespacerange <0000> <FFFF> endcodespacerange\n");
	for (size_t i = 1; i < u->glyphs.n; i++) {
		if (u->glyphs.v[i].text.n == 0)
			continue;
		if (n++ % 100 == 0)
			rp_buf_f(&b, "%s1 beginbfchar\n",
			    n > 1 ? "endbfchar\n" : "");
		rp_buf_f(&b, "<%04X> <", (unsigned)i);
		pdf_utf16(&b, u->glyphs.v[i].text);
		rp_buf_f(&b, ">\n");
	}
	rp_buf_f(&b,
	    "%sendcmap CMapName currentdict /CMap defineresource pop "
	    "end end",
	    n > 0 ? "endbfchar\n" : "");
	return rp_buf_bytes(&b, out);
}

static int
box_edge(const uint8_t *head, size_t at, double units)
{
	int16_t v = (int16_t)((head[at] << 8) | head[at + 1]);

	return (int)(v * 1000 / units);
}

static void
descriptor(struct pdf_file *f, size_t face, rp_text name, uint32_t first)
{
	const struct pdf_face *pf = &f->p->fonts->faces[face];
	hb_blob_t *head =
	    hb_face_reference_table(pf->face, HB_TAG('h', 'e', 'a', 'd'));
	unsigned n;
	const uint8_t *h = (const uint8_t *)hb_blob_get_data(head, &n);
	int edges[4] = { -500, -300, 1500, 1200 };

	for (size_t i = 0; n >= 44 && i < 4; i++)
		edges[i] = box_edge(h, 36 + 2 * i, pf->units);
	hb_blob_destroy(head);
	pdf_begin(f, first + 2);
	rp_buf_f(&f->b,
	    "<</Type /FontDescriptor /FontName /%.*s /Flags 4 /FontBBox [%d "
	    "%d %d %d] /ItalicAngle %d /Ascent %.0f /Descent %.0f /CapHeight "
	    "%.0f /StemV 80 /FontFile2 %u 0 R>>",
	    RP_FMT(name), edges[0], edges[1], edges[2], edges[3],
	    pf->has_italic ? -12 : 0, pf->ascent * 1000, pf->descent * 1000,
	    pf->ascent * 700, first + 3);
	pdf_end(f);
}

static void
cid_font(struct pdf_file *f, size_t face, rp_text name, uint32_t first)
{
	const struct pdf_face *pf = &f->p->fonts->faces[face];
	const struct pdf_used *u = &f->p->used[face];

	pdf_begin(f, first);
	rp_buf_f(&f->b,
	    "<</Type /Font /Subtype /Type0 /BaseFont /%.*s /Encoding "
	    "/Identity-H /DescendantFonts [%u 0 R] /ToUnicode %u 0 R>>",
	    RP_FMT(name), first + 1, first + 5);
	pdf_end(f);
	pdf_begin(f, first + 1);
	rp_buf_f(&f->b,
	    "<</Type /Font /Subtype /CIDFontType2 /BaseFont /%.*s "
	    "/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) "
	    "/Supplement 0>> /FontDescriptor %u 0 R /CIDToGIDMap %u 0 R /DW 0 "
	    "/W [0 [",
	    RP_FMT(name), first + 2, first + 4);
	for (size_t i = 0; i < u->glyphs.n; i++)
		rp_buf_f(&f->b, "%.3f ",
		    hb_font_get_glyph_h_advance(pf->font, u->glyphs.v[i].gid) *
			1000 / pf->units);
	rp_buf_f(&f->b, "]]>>");
	pdf_end(f);
}

struct rp_err *
pdf_embed(struct pdf_file *f)
{
	for (size_t i = 0; i < f->p->fonts->n; i++) {
		uint32_t first = f->fonts[i];
		struct subset cut;
		rp_bytes unicode;
		rp_text name;

		if (first == 0)
			continue;
		name = font_name(f, i);
		RP_TRY(subset(f, i, &cut));
		RP_TRY(to_unicode(f, i, &unicode));
		cid_font(f, i, name, first);
		descriptor(f, i, name, first);
		pdf_stream(f, first + 3,
		    rp_textf(f->p->a, "/Length1 %zu", cut.file.n).p, cut.file);
		pdf_stream(f, first + 4, "", cut.map);
		pdf_stream(f, first + 5, "", unicode);
	}
	return NULL;
}
