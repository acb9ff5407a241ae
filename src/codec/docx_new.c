#include "codec/docx_new.h"

#include "base/buf.h"
#include "base/err.h"
#include "codec/sink.h"
#include "codec/xml.h"
#include "codec/zip.h"
#include "text/lang.h"

#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define R "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PART_MAX ((size_t)64 << 20)
#define PAGE_WIDTH 9070 /* twentieths of a point between the margins of A4 */

static const char content_types[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/"
    "content-types\"><Default Extension=\"rels\" ContentType=\"application/"
    "vnd.openxmlformats-package.relationships+xml\"/><Default "
    "Extension=\"xml\" ContentType=\"application/xml\"/><Override "
    "PartName=\"/word/document.xml\" ContentType=\"application/vnd."
    "openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
    "<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd."
    "openxmlformats-officedocument.wordprocessingml.styles+xml\"/><Override "
    "PartName=\"/word/numbering.xml\" ContentType=\"application/vnd."
    "openxmlformats-officedocument.wordprocessingml.numbering+xml\"/>"
    "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/"
    "vnd.openxmlformats-package.core-properties+xml\"/></Types>";

static const char package_relations[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"
    "relationships\"><Relationship Id=\"rId1\" Type=\"" R "/officeDocument\" "
    "Target=\"word/document.xml\"/><Relationship Id=\"rId2\" Type=\"http://"
    "schemas.openxmlformats.org/package/2006/relationships/metadata/"
    "core-properties\" Target=\"docProps/core.xml\"/></Relationships>";

static const char numbering[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
    "<w:numbering xmlns:w=\"" W "\"><w:abstractNum w:abstractNumId=\"0\">"
    "<w:multiLevelType w:val=\"hybridMultilevel\"/><w:lvl w:ilvl=\"0\">"
    "<w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText "
    "w:val=\"\xe2\x80\xa2\"/><w:lvlJc w:val=\"start\"/><w:pPr><w:ind "
    "w:start=\"425\" w:hanging=\"283\"/></w:pPr></w:lvl></w:abstractNum>"
    "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
    "</w:numbering>";

/* Looks of the styles: all sizes in half points, spaces in twentieths. */
static const char styles_head[] =
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">"
    "<w:name w:val=\"Normal\"/><w:qFormat/><w:pPr><w:spacing "
    "w:after=\"120\" w:line=\"276\" w:lineRule=\"auto\"/></w:pPr></w:style>"
    "<w:style w:type=\"character\" w:default=\"1\" "
    "w:styleId=\"DefaultParagraphFont\"><w:name w:val=\"Default Paragraph "
    "Font\"/></w:style><w:style w:type=\"table\" w:default=\"1\" "
    "w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr>"
    "<w:tblCellMar><w:top w:w=\"40\" w:type=\"dxa\"/><w:start w:w=\"85\" "
    "w:type=\"dxa\"/><w:bottom w:w=\"40\" w:type=\"dxa\"/><w:end w:w=\"85\" "
    "w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style><w:style "
    "w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/>"
    "<w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders><w:top "
    "w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"76787C\"/><w:bottom "
    "w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"76787C\"/><w:insideH "
    "w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"CFCCC4\"/>"
    "</w:tblBorders></w:tblPr></w:style><w:style w:type=\"paragraph\" "
    "w:styleId=\"Title\"><w:name w:val=\"Title\"/><w:basedOn "
    "w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:qFormat/><w:pPr>"
    "<w:keepNext/><w:spacing w:after=\"120\"/></w:pPr><w:rPr><w:b/><w:bCs/>"
    "<w:sz w:val=\"40\"/><w:szCs w:val=\"40\"/></w:rPr></w:style><w:style "
    "w:type=\"paragraph\" w:styleId=\"Subtitle\"><w:name "
    "w:val=\"Subtitle\"/><w:basedOn w:val=\"Normal\"/><w:next "
    "w:val=\"Normal\"/><w:qFormat/><w:rPr><w:color w:val=\"474C55\"/></w:rPr>"
    "</w:style><w:style w:type=\"paragraph\" w:styleId=\"Quote\"><w:name "
    "w:val=\"Quote\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>"
    "<w:keepLines/><w:pBdr><w:start w:val=\"single\" w:sz=\"12\" "
    "w:space=\"8\" w:color=\"12467B\"/></w:pBdr><w:spacing w:after=\"40\"/>"
    "<w:ind w:start=\"284\" w:end=\"284\"/></w:pPr></w:style><w:style "
    "w:type=\"paragraph\" w:styleId=\"Caption\"><w:name w:val=\"Caption\"/>"
    "<w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr><w:ind "
    "w:start=\"284\"/></w:pPr><w:rPr><w:color w:val=\"474C55\"/><w:sz "
    "w:val=\"19\"/><w:szCs w:val=\"19\"/></w:rPr></w:style><w:style "
    "w:type=\"paragraph\" w:styleId=\"ListBullet\"><w:name w:val=\"List "
    "Bullet\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:numPr><w:numId "
    "w:val=\"1\"/></w:numPr><w:spacing w:after=\"40\"/></w:pPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"TableText\"><w:name "
    "w:val=\"Table Text\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:spacing "
    "w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:rPr><w:sz "
    "w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr></w:style>"
    "<w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name "
    "w:val=\"Hyperlink\"/><w:rPr><w:color w:val=\"12467B\"/><w:u "
    "w:val=\"single\"/></w:rPr></w:style>";

struct writing {
	struct rp_arena *a;
	const struct rp_document *d;
	const struct rp_docx_new *options;
	struct rp_xml x;
	bool rtl; /* the document */
};

static const struct {
	const char *name, *id;
} paragraph_styles[] = {
	{ "Subtitle", "Subtitle" },
	{ "Quote", "Quote" },
	{ "Caption", "Caption" },
};

static rp_text
number(struct writing *w, uint64_t v)
{
	return rp_textf(w->a, "%llu", (unsigned long long)v);
}

static void
value(struct writing *w, const char *name, rp_text v)
{
	rp_xml_open(&w->x, name);
	rp_xml_attr(&w->x, "w:val", v);
	rp_xml_close(&w->x);
}

static void
mark(struct writing *w, const char *name)
{
	rp_xml_open(&w->x, name);
	rp_xml_close(&w->x);
}

static rp_text
style_of(struct writing *w, const struct rp_block *b)
{
	if (b->kind == RP_BLOCK_HEADING)
		return b->level == 0 ? RP_TEXT("Title") :
				       rp_textf(w->a, "Heading%u",
					   b->level < 9 ? b->level : 9U);
	if (b->cell.table != 0)
		return RP_TEXT("TableText");
	if (b->kind == RP_BLOCK_ITEM)
		return RP_TEXT("ListBullet");
	for (size_t i = 0;
	     i < sizeof(paragraph_styles) / sizeof(*paragraph_styles); i++)
		if (rp_text_eq(b->style, rp_text_z(paragraph_styles[i].name)))
			return rp_text_z(paragraph_styles[i].id);
	return RP_TEXT("");
}

static bool
is_rtl(struct writing *w, const struct rp_block *b)
{
	enum rp_dir dir;

	if (b->direction != RP_DIRECTION_AUTO)
		return b->direction == RP_DIRECTION_RTL;
	dir = rp_text_dir(rp_block_text(w->a, b));
	if (dir == RP_DIR_AUTO && b->lang.n > 0)
		dir = rp_lang_tag_dir(b->lang);
	return dir == RP_DIR_AUTO ? w->rtl : dir == RP_DIR_RTL;
}

static void
language(struct writing *w, rp_text lang, bool rtl)
{
	rp_text script = lang;

	if (lang.n == 0)
		return;
	rp_xml_open(&w->x, "w:lang");
	if (rtl)
		rp_xml_attr(&w->x, "w:bidi", script);
	else if (rp_lang_tag_same_primary(lang, RP_TEXT("zh")) ||
		 rp_lang_tag_same_primary(lang, RP_TEXT("ja")) ||
		 rp_lang_tag_same_primary(lang, RP_TEXT("ko")))
		rp_xml_attr(&w->x, "w:eastAsia", script);
	else
		rp_xml_attr(&w->x, "w:val", script);
	rp_xml_close(&w->x);
}

/* In the order of the schema (CT_RPr). */
static void
run_properties(struct writing *w, const struct rp_run *r,
    const struct rp_block *b, bool rtl)
{
	const struct rp_format *f = &w->d->formats.v[r->format];
	rp_text lang = f->lang.n > 0 ? f->lang : b->lang;

	rp_xml_open(&w->x, "w:rPr");
	if (r->link != 0)
		value(w, "w:rStyle", RP_TEXT("Hyperlink"));
	if (f->look & RP_LOOK_BOLD) {
		mark(w, "w:b");
		mark(w, "w:bCs");
	}
	if (f->look & RP_LOOK_ITALIC) {
		mark(w, "w:i");
		mark(w, "w:iCs");
	}
	if (f->look & RP_LOOK_CAPS)
		mark(w, "w:caps");
	if (f->look & RP_LOOK_SMALL_CAPS)
		mark(w, "w:smallCaps");
	if (f->look & RP_LOOK_STRIKE)
		mark(w, "w:strike");
	if (f->look & RP_LOOK_UNDERLINE)
		value(w, "w:u", RP_TEXT("single"));
	if (f->look & RP_LOOK_SUPERSCRIPT)
		value(w, "w:vertAlign", RP_TEXT("superscript"));
	else if (f->look & RP_LOOK_SUBSCRIPT)
		value(w, "w:vertAlign", RP_TEXT("subscript"));
	if (f->rtl || rtl)
		mark(w, "w:rtl");
	language(w, lang, f->rtl || rtl);
	rp_xml_close(&w->x);
}

static void
text(struct writing *w, rp_text t)
{
	if (t.n == 0)
		return;
	rp_xml_open(&w->x, "w:t");
	rp_xml_attr(&w->x, "xml:space", RP_TEXT("preserve"));
	rp_xml_text(&w->x, t);
	rp_xml_close(&w->x);
}

/* A run goes the way of its own letters; without any, that of its paragraph. */
static bool
is_run_rtl(const struct rp_run *r, bool paragraph)
{
	enum rp_dir dir = rp_text_dir(r->text);

	return dir == RP_DIR_AUTO ? paragraph : dir == RP_DIR_RTL;
}

static void
run(struct writing *w, const struct rp_run *r, const struct rp_block *b,
    bool rtl)
{
	size_t from = 0;

	if (r->link != 0) {
		rp_xml_open(&w->x, "w:hyperlink");
		rp_xml_attr(&w->x, "r:id", rp_textf(w->a, "rIdL%u", r->link));
	}
	rp_xml_open(&w->x, "w:r");
	run_properties(w, r, b, is_run_rtl(r, rtl));
	for (size_t i = 0; i < r->text.n; i++) {
		if (r->text.p[i] != '\t' && r->text.p[i] != '\n')
			continue;
		text(w, rp_text_sub(r->text, from, i));
		mark(w, r->text.p[i] == '\t' ? "w:tab" : "w:br");
		from = i + 1;
	}
	text(w, rp_text_sub(r->text, from, r->text.n));
	rp_xml_close(&w->x);
	if (r->link != 0)
		rp_xml_close(&w->x);
}

static void
paragraph(struct writing *w, const struct rp_block *b, bool is_number)
{
	rp_text style = style_of(w, b);
	bool rtl = is_rtl(w, b);

	rp_xml_open(&w->x, "w:p");
	rp_xml_open(&w->x, "w:pPr");
	if (style.n > 0)
		value(w, "w:pStyle", style);
	if (rtl)
		mark(w, "w:bidi");
	else if (w->rtl)
		/* Said aloud: LibreOffice takes the section's else. */
		value(w, "w:bidi", RP_TEXT("0"));
	if (is_number)
		value(w, "w:jc", RP_TEXT("end"));
	rp_xml_close(&w->x);
	for (uint32_t i = 0; i < b->n_runs; i++)
		run(w, &b->runs[i], b, rtl);
	rp_xml_close(&w->x);
}

/* Tables. */

static uint32_t
columns_of(const struct rp_blocks *v, size_t from, size_t to)
{
	uint32_t most = 1;

	for (size_t i = from; i < to; i++) {
		uint32_t last =
		    v->v[i].cell.column +
		    (v->v[i].cell.columns > 1 ? v->v[i].cell.columns - 1U : 0);

		most = last > most ? last : most;
	}
	return most;
}

static uint32_t
width_of(const struct writing *w, uint32_t column, uint32_t columns)
{
	uint32_t first = w->options->first_column;

	if (columns < 5 || first == 0 || first > 90)
		return PAGE_WIDTH / columns;
	return column == 1 ? PAGE_WIDTH * first / 100 :
			     PAGE_WIDTH * (100 - first) / 100 / (columns - 1);
}

static void
table_head(struct writing *w, uint32_t columns)
{
	rp_xml_open(&w->x, "w:tblPr");
	value(w, "w:tblStyle", RP_TEXT("TableGrid"));
	if (w->rtl)
		mark(w, "w:bidiVisual");
	rp_xml_open(&w->x, "w:tblW");
	rp_xml_attr(&w->x, "w:w", number(w, PAGE_WIDTH));
	rp_xml_attr(&w->x, "w:type", RP_TEXT("dxa"));
	rp_xml_close(&w->x);
	rp_xml_close(&w->x);
	rp_xml_open(&w->x, "w:tblGrid");
	for (uint32_t c = 1; c <= columns; c++) {
		rp_xml_open(&w->x, "w:gridCol");
		rp_xml_attr(&w->x, "w:w", number(w, width_of(w, c, columns)));
		rp_xml_close(&w->x);
	}
	rp_xml_close(&w->x);
}

static bool
is_digits(struct writing *w, const struct rp_block *b)
{
	rp_text t = rp_block_text(w->a, b);

	return t.n > 0 && rp_text_dir(t) == RP_DIR_AUTO;
}

static size_t
cell(struct writing *w, const struct rp_blocks *v, size_t i, size_t to,
    uint32_t columns, bool is_number)
{
	const struct rp_cell *c = &v->v[i].cell;
	size_t next = i;

	rp_xml_open(&w->x, "w:tc");
	rp_xml_open(&w->x, "w:tcPr");
	rp_xml_open(&w->x, "w:tcW");
	rp_xml_attr(&w->x, "w:w", number(w, width_of(w, c->column, columns)));
	rp_xml_attr(&w->x, "w:type", RP_TEXT("dxa"));
	rp_xml_close(&w->x);
	if (c->columns > 1)
		value(w, "w:gridSpan", number(w, c->columns));
	rp_xml_close(&w->x);
	for (; next < to && v->v[next].cell.row == c->row &&
	       v->v[next].cell.column == c->column;
	     next++)
		paragraph(w, &v->v[next], is_number);
	rp_xml_close(&w->x);
	return next;
}

static void
empty_cell(struct writing *w)
{
	rp_xml_open(&w->x, "w:tc");
	mark(w, "w:p");
	rp_xml_close(&w->x);
}

static size_t
row(struct writing *w, const struct rp_blocks *v, size_t i, size_t to,
    uint32_t columns, const bool *numbers)
{
	uint32_t at = v->v[i].cell.row, column = 1;

	rp_xml_open(&w->x, "w:tr");
	rp_xml_open(&w->x, "w:trPr");
	mark(w, "w:cantSplit");
	if (at <= w->options->head_rows)
		mark(w, "w:tblHeader");
	rp_xml_close(&w->x);
	while (i < to && v->v[i].cell.row == at) {
		const struct rp_cell *c = &v->v[i].cell;

		for (; column < c->column; column++)
			empty_cell(w);
		column = c->column + (c->columns > 1 ? c->columns : 1U);
		i = cell(w, v, i, to, columns, numbers[c->column]);
	}
	for (; column <= columns; column++)
		empty_cell(w);
	rp_xml_close(&w->x);
	return i;
}

/* A column of which all cells below the head are figures is one of numbers. */
static const bool *
number_columns(struct writing *w, const struct rp_blocks *v, size_t from,
    size_t to, uint32_t columns)
{
	bool *out = rp_new_n(w->a, bool, columns + 2);

	for (uint32_t c = 2; c <= columns; c++)
		out[c] = true;
	for (size_t i = from; i < to; i++)
		if (v->v[i].cell.row > w->options->head_rows &&
		    rp_block_text(w->a, &v->v[i]).n > 0 &&
		    !is_digits(w, &v->v[i]))
			out[v->v[i].cell.column] = false;
	return out;
}

static size_t
table(struct writing *w, const struct rp_blocks *v, size_t from)
{
	size_t to = from;
	uint32_t columns;
	const bool *numbers;

	while (to < v->n && v->v[to].cell.table == v->v[from].cell.table)
		to++;
	columns = columns_of(v, from, to);
	numbers = number_columns(w, v, from, to, columns);
	rp_xml_open(&w->x, "w:tbl");
	table_head(w, columns);
	for (size_t i = from; i < to;)
		i = row(w, v, i, to, columns, numbers);
	rp_xml_close(&w->x);
	/* Tables that touch would be one; and a document does not end in one.
	 */
	mark(w, "w:p");
	return to;
}

/* Parts. */

static void
section(struct writing *w)
{
	rp_xml_open(&w->x, "w:sectPr");
	rp_xml_open(&w->x, "w:pgSz");
	rp_xml_attr(&w->x, "w:w", RP_TEXT("11906"));
	rp_xml_attr(&w->x, "w:h", RP_TEXT("16838"));
	rp_xml_close(&w->x);
	rp_xml_open(&w->x, "w:pgMar");
	rp_xml_attr(&w->x, "w:top", RP_TEXT("1418"));
	rp_xml_attr(&w->x, "w:right", RP_TEXT("1418"));
	rp_xml_attr(&w->x, "w:bottom", RP_TEXT("1418"));
	rp_xml_attr(&w->x, "w:left", RP_TEXT("1418"));
	rp_xml_attr(&w->x, "w:header", RP_TEXT("709"));
	rp_xml_attr(&w->x, "w:footer", RP_TEXT("709"));
	rp_xml_attr(&w->x, "w:gutter", RP_TEXT("0"));
	rp_xml_close(&w->x);
	if (w->rtl)
		mark(w, "w:bidi");
	rp_xml_close(&w->x);
}

static void
body(struct writing *w)
{
	const struct rp_blocks *v = &w->d->body.blocks;

	rp_xml_open(&w->x, "w:document");
	rp_xml_attr(&w->x, "xmlns:w", RP_TEXT(W));
	rp_xml_attr(&w->x, "xmlns:r", RP_TEXT(R));
	rp_xml_open(&w->x, "w:body");
	for (size_t i = 0; i < v->n;) {
		if (v->v[i].cell.table != 0)
			i = table(w, v, i);
		else
			paragraph(w, &v->v[i++], false);
	}
	section(w);
	rp_xml_close(&w->x);
	rp_xml_close(&w->x);
}

static void
relations(struct writing *w)
{
	rp_xml_open(&w->x, "Relationships");
	rp_xml_attr(&w->x, "xmlns",
	    RP_TEXT("http://schemas.openxmlformats.org/package/2006/"
		    "relationships"));
	rp_xml_open(&w->x, "Relationship");
	rp_xml_attr(&w->x, "Id", RP_TEXT("rId1"));
	rp_xml_attr(&w->x, "Type", RP_TEXT(R "/styles"));
	rp_xml_attr(&w->x, "Target", RP_TEXT("styles.xml"));
	rp_xml_close(&w->x);
	rp_xml_open(&w->x, "Relationship");
	rp_xml_attr(&w->x, "Id", RP_TEXT("rId2"));
	rp_xml_attr(&w->x, "Type", RP_TEXT(R "/numbering"));
	rp_xml_attr(&w->x, "Target", RP_TEXT("numbering.xml"));
	rp_xml_close(&w->x);
	for (size_t i = 1; i < w->d->links.n; i++) {
		rp_xml_open(&w->x, "Relationship");
		rp_xml_attr(&w->x, "Id", rp_textf(w->a, "rIdL%zu", i));
		rp_xml_attr(&w->x, "Type", RP_TEXT(R "/hyperlink"));
		rp_xml_attr(&w->x, "Target", w->d->links.v[i]);
		rp_xml_attr(&w->x, "TargetMode", RP_TEXT("External"));
		rp_xml_close(&w->x);
	}
	rp_xml_close(&w->x);
}

static void
properties(struct writing *w)
{
	rp_xml_open(&w->x, "cp:coreProperties");
	rp_xml_attr(&w->x, "xmlns:cp",
	    RP_TEXT("http://schemas.openxmlformats.org/package/2006/metadata/"
		    "core-properties"));
	rp_xml_attr(&w->x, "xmlns:dc",
	    RP_TEXT("http://purl.org/dc/elements/1.1/"));
	if (w->d->title.n > 0)
		rp_xml_leaf(&w->x, "dc:title", w->d->title);
	if (w->d->lang.n > 0)
		rp_xml_leaf(&w->x, "dc:language", w->d->lang);
	rp_xml_close(&w->x);
}

static void
heading_style(struct writing *w, struct rp_buf *b, unsigned level)
{
	static const unsigned sizes[] = { 30, 26, 23, 21, 21, 21, 21, 21, 21 };

	(void)w;
	rp_buf_f(b,
	    "<w:style w:type=\"paragraph\" w:styleId=\"Heading%u\"><w:name "
	    "w:val=\"heading %u\"/><w:basedOn w:val=\"Normal\"/><w:next "
	    "w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/>"
	    "<w:spacing w:before=\"%u\" w:after=\"80\"/><w:outlineLvl "
	    "w:val=\"%u\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val=\"%u\"/>"
	    "<w:szCs w:val=\"%u\"/></w:rPr></w:style>",
	    level, level, level == 1 ? 360U : 240U, level - 1, sizes[level - 1],
	    sizes[level - 1]);
}

static struct rp_err *
styles(struct writing *w, rp_bytes *out)
{
	rp_html lang =
	    rp_html_escape(w->a, w->d->lang.n > 0 ? w->d->lang : RP_TEXT("en"));
	struct rp_buf b;

	rp_buf_init(&b, w->a, PART_MAX);
	rp_buf_f(&b,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
	    "<w:styles xmlns:w=\"" W "\"><w:docDefaults><w:rPrDefault><w:rPr>"
	    "<w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" "
	    "w:cs=\"Arial\"/><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/>"
	    "<w:lang w:val=\"%.*s\" w:eastAsia=\"%.*s\" w:bidi=\"%.*s\"/>"
	    "</w:rPr></w:rPrDefault></w:docDefaults>",
	    RP_FMT(lang), RP_FMT(lang), RP_FMT(lang));
	rp_buf_text(&b, rp_text_z(styles_head));
	for (unsigned level = 1; level <= 9; level++)
		heading_style(w, &b, level);
	rp_buf_text(&b, RP_TEXT("</w:styles>"));
	return rp_buf_bytes(&b, out);
}

static struct rp_err *
part(struct writing *w, void (*make)(struct writing *w), rp_bytes *out)
{
	struct rp_sink sink;
	struct rp_buf b;

	rp_buf_init(&b, w->a, PART_MAX);
	rp_sink_to_buf(&sink, w->a, &b);
	rp_xml_init(&w->x, &sink);
	make(w);
	RP_TRY(rp_sink_flush(&sink));
	return rp_buf_bytes(&b, out);
}

static struct rp_err *
check(const struct rp_document *d)
{
	if (d->notes.n > 0 || rp_document_has_revisions(d))
		return rp_fail(RP_E_INVALID,
		    "notes and revisions are not of a new document");
	for (size_t i = 0; i < d->body.blocks.n; i++) {
		const struct rp_block *b = &d->body.blocks.v[i];

		for (uint32_t k = 0; k < b->n_runs; k++)
			if (b->runs[k].kind != RP_RUN_TEXT ||
			    b->runs[k].field != 0)
				return rp_fail(RP_E_INVALID,
				    "block %zu holds more than text", i);
		if (b->cell.table != 0 && b->cell.column == 0)
			return rp_fail(RP_E_INVALID, "block %zu has no column",
			    i);
	}
	return NULL;
}

static void
entry(struct rp_zip_change *c, const char *name, rp_bytes content)
{
	*c = (struct rp_zip_change){ .i = RP_ZIP_ADD,
		.content = content,
		.name = rp_text_z(name) };
}

static rp_bytes
literal(const char *z)
{
	rp_text t = rp_text_z(z);

	return rp_text_bytes(t);
}

struct rp_err *
rp_docx_new(struct rp_arena *a, const struct rp_document *d,
    const struct rp_docx_new *options, rp_bytes *out)
{
	struct writing w = { .a = a, .d = d, .options = options };
	rp_bytes document, relation, style, core;
	struct rp_zip_change c[7];

	RP_TRY(check(d));
	w.rtl = d->lang.n > 0 && rp_lang_tag_dir(d->lang) == RP_DIR_RTL;
	RP_TRY(part(&w, body, &document));
	RP_TRY(part(&w, relations, &relation));
	RP_TRY(part(&w, properties, &core));
	RP_TRY(styles(&w, &style));
	entry(&c[0], "[Content_Types].xml", literal(content_types));
	entry(&c[1], "_rels/.rels", literal(package_relations));
	entry(&c[2], "word/document.xml", document);
	entry(&c[3], "word/_rels/document.xml.rels", relation);
	entry(&c[4], "word/styles.xml", style);
	entry(&c[5], "word/numbering.xml", literal(numbering));
	entry(&c[6], "docProps/core.xml", core);
	return rp_zip_new(a, c, 7,
	    options->max > 0 ? options->max : RP_DOCX_NEW_MAX, out);
}
