#include "codec/docx_make.h"

#include "base/buf.h"
#include "base/err.h"
#include "codec/sink.h"
#include "codec/xml.h"
#include "codec/zip.h"
#include "text/lang.h"

#define W_NS "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define R_NS \
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PR_NS "http://schemas.openxmlformats.org/package/2006/relationships"

/* Twips: one step of indentation. */
#define PAGE_WIDTH 9070 /* twentieths of a point, of A4 with margins */
#define STEP 567
#define COLUMNS_MAX 63 /* Word takes no more in a table */

static const char types[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/"
    "content-types\"><Default Extension=\"rels\" ContentType=\"application/"
    "vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\""
    " ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml"
    "\" ContentType=\"application/vnd.openxmlformats-officedocument."
    "wordprocessingml.document.main+xml\"/><Override PartName=\"/word/styles."
    "xml\" ContentType=\"application/vnd.openxmlformats-officedocument."
    "wordprocessingml.styles+xml\"/><Override PartName=\"/word/footnotes.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument."
    "wordprocessingml.footnotes+xml\"/></Types>";

static const char root[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Relationships xmlns=\"" PR_NS "\"><Relationship Id=\"rId1\" Type=\"" R_NS
    "/officeDocument\" Target=\"word/document.xml\"/></Relationships>";

#define HEADING(n, half)                                                    \
	"<w:style w:type=\"paragraph\" w:styleId=\"Heading" n "\"><w:name " \
	"w:val=\"heading " n "\"/><w:basedOn w:val=\"Normal\"/><w:next "    \
	"w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing "     \
	"w:before=\"240\" w:after=\"120\"/></w:pPr><w:rPr><w:b/><w:sz "     \
	"w:val=\"" half "\"/></w:rPr></w:style>"

#define SIDE(name)                                               \
	"<w:" name " w:val=\"single\" w:sz=\"6\" w:space=\"6\" " \
	"w:color=\"333333\"/>"
#define STYLE(id, properties)                                               \
	"<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"" id \
	"\"><w:name w:val=\"" id                                            \
	"\"/><w:basedOn w:val=\"Normal\"/><w:pPr>" properties               \
	"</w:pPr></w:style>"
/* Paragraphs of one box that follow each other have one frame. */
#define BOX                                                             \
	STYLE("Box", "<w:pBdr>" SIDE("top") SIDE("left") SIDE("bottom") \
			 SIDE("right") "</w:pBdr>")
#define RULE_ABOVE STYLE("Rule", "<w:pBdr>" SIDE("bottom") "</w:pBdr>")
#define RIGHT STYLE("Right", "<w:jc w:val=\"right\"/>")
#define SUBTITLE                                                            \
	"<w:style w:type=\"paragraph\" w:styleId=\"Subtitle\"><w:name "     \
	"w:val=\"Subtitle\"/><w:basedOn w:val=\"Normal\"/><w:rPr><w:color " \
	"w:val=\"474C55\"/></w:rPr></w:style>"

static const char styles[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<w:styles xmlns:w=\"" W_NS "\"><w:docDefaults><w:rPrDefault><w:rPr><w:sz "
    "w:val=\"22\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing "
    "w:after=\"120\"/></w:pPr></w:pPrDefault></w:docDefaults>"
    "<w:style w:type=\"paragraph\" w:default=\"1\" "
    "w:styleId=\"Normal\"><w:name "
    "w:val=\"Normal\"/><w:qFormat/></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name "
    "w:val=\"Title\"/>"
    "<w:basedOn w:val=\"Normal\"/><w:qFormat/><w:rPr><w:b/><w:sz w:val=\"32\"/>"
    "</w:rPr></w:style>" HEADING("1", "28") HEADING("2", "26") HEADING("3",
	"24") HEADING("4", "22") HEADING("5", "22") HEADING("6",
	"22") HEADING("7", "22") HEADING("8", "22") HEADING("9",
	"22") "<w:style w:type=\"paragraph\" w:customStyle=\"1\" "
	      "w:styleId=\"Call\">"
	      "<w:name w:val=\"Call\"/><w:basedOn w:val=\"Normal\"/><w:next "
	      "w:val=\"Normal\"/><w:pPr><w:keepNext/><w:spacing "
	      "w:before=\"160\"/></w:pPr>"
	      "<w:rPr><w:i/></w:rPr></w:style>" BOX RULE_ABOVE RIGHT SUBTITLE
	      "<w:style w:type=\"paragraph\" "
	      "w:styleId=\"FootnoteText\"><w:name "
	      "w:val=\"footnote text\"/><w:basedOn "
	      "w:val=\"Normal\"/><w:rPr><w:sz "
	      "w:val=\"18\"/></w:rPr></w:style>"
	      "<w:style w:type=\"character\" "
	      "w:styleId=\"FootnoteReference\"><w:name "
	      "w:val=\"footnote reference\"/><w:rPr><w:vertAlign "
	      "w:val=\"superscript\"/>"
	      "</w:rPr></w:style></w:styles>";

struct making {
	struct rp_arena *arena;
	const struct rp_document *d;
	struct rp_xml x;
	struct rp_sink sink;
	struct rp_buf buf;
	bool in_note, linked; /* links are of the main part */
};

static void
value(struct making *m, const char *element, rp_text v)
{
	rp_xml_open(&m->x, element);
	rp_xml_attr(&m->x, "w:val", v);
	rp_xml_close(&m->x);
}

static void
flag(struct making *m, const char *element)
{
	rp_xml_open(&m->x, element);
	rp_xml_close(&m->x);
}

static rp_text
number(struct making *m, int64_t n)
{
	return rp_textf(m->arena, "%lld", (long long)n);
}

/* Runs. */

static void
run_properties(struct making *m, const struct rp_format *f)
{
	static const struct {
		unsigned look;
		const char *element, *value;
	} looks[] = {
		{ RP_LOOK_BOLD, "w:b", NULL },
		{ RP_LOOK_ITALIC, "w:i", NULL },
		{ RP_LOOK_CAPS, "w:caps", NULL },
		{ RP_LOOK_SMALL_CAPS, "w:smallCaps", NULL },
		{ RP_LOOK_STRIKE, "w:strike", NULL },
		{ RP_LOOK_HIDDEN, "w:vanish", NULL },
		{ RP_LOOK_UNDERLINE, "w:u", "single" },
		{ RP_LOOK_SUPERSCRIPT, "w:vertAlign", "superscript" },
		{ RP_LOOK_SUBSCRIPT, "w:vertAlign", "subscript" },
	};

	if (f->look == 0 && f->lang.n == 0 && !f->rtl)
		return;
	rp_xml_open(&m->x, "w:rPr");
	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		if ((f->look & looks[i].look) == 0)
			continue;
		if (looks[i].value == NULL)
			flag(m, looks[i].element);
		else
			value(m, looks[i].element, rp_text_z(looks[i].value));
	}
	if (f->rtl)
		flag(m, "w:rtl");
	if (f->lang.n > 0)
		value(m, "w:lang", f->lang);
	rp_xml_close(&m->x);
}

static void
piece(struct making *m, rp_text t)
{
	if (t.n == 0)
		return;
	rp_xml_open(&m->x, "w:t");
	rp_xml_attr(&m->x, "xml:space", RP_TEXT("preserve"));
	rp_xml_text(&m->x, t);
	rp_xml_close(&m->x);
}

static void
text(struct making *m, const struct rp_format *f, rp_text t)
{
	size_t from = 0;

	rp_xml_open(&m->x, "w:r");
	run_properties(m, f);
	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] != '\t' && t.p[i] != '\n')
			continue;
		piece(m, rp_text_sub(t, from, i));
		flag(m, t.p[i] == '\t' ? "w:tab" : "w:br");
		from = i + 1;
	}
	piece(m, rp_text_sub(t, from, t.n));
	rp_xml_close(&m->x);
}

static void
note_mark(struct making *m, uint32_t note)
{
	rp_xml_open(&m->x, "w:r");
	rp_xml_open(&m->x, "w:rPr");
	value(m, "w:rStyle", RP_TEXT("FootnoteReference"));
	rp_xml_close(&m->x);
	rp_xml_open(&m->x, "w:footnoteReference");
	rp_xml_attr(&m->x, "w:id", number(m, note + 1));
	rp_xml_close(&m->x);
	rp_xml_close(&m->x);
}

static bool
good_link(struct making *m, uint32_t link, rp_url *out)
{
	struct rp_err *e = rp_url_from(m->arena, m->d->links.v[link], out);
	bool good = e == NULL;

	rp_err_free(e);
	return good;
}

static void
run(struct making *m, const struct rp_run *r)
{
	const struct rp_format *f = &m->d->formats.v[r->format];
	rp_url url;
	bool link = r->kind == RP_RUN_TEXT && r->link != 0 && !m->in_note &&
		    good_link(m, r->link, &url);

	if (r->kind == RP_RUN_NOTE) {
		if (!m->in_note)
			note_mark(m, r->note);
		return;
	}
	if (link) {
		m->linked = true;
		rp_xml_open(&m->x, "w:hyperlink");
		rp_xml_attr(&m->x, "r:id",
		    rp_textf(m->arena, "rLink%u", r->link));
	}
	text(m, f,
	    r->kind == RP_RUN_TEXT ?
		r->text :
		rp_textf(m->arena, "[%.*s]",
		    RP_FMT(r->text.n > 0 ? r->text : RP_TEXT("…"))));
	if (link)
		rp_xml_close(&m->x);
}

/* Blocks. */

/* Those that this program gives its own documents. */
static void
own_style(struct making *m, const struct rp_block *b)
{
	static const rp_text names[] = { RP_TEXT_INIT("Box"),
		RP_TEXT_INIT("Right"), RP_TEXT_INIT("Rule"),
		RP_TEXT_INIT("Subtitle") };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (rp_text_eq(b->style, names[i]))
			value(m, "w:pStyle", names[i]);
	}
}

static void
style_of(struct making *m, const struct rp_block *b)
{
	if (m->in_note)
		value(m, "w:pStyle", RP_TEXT("FootnoteText"));
	else if (b->kind == RP_BLOCK_HEADING && b->level == 0)
		value(m, "w:pStyle", RP_TEXT("Title"));
	else if (b->kind == RP_BLOCK_HEADING)
		value(m, "w:pStyle",
		    rp_textf(m->arena, "Heading%u",
			b->level < 9 ? b->level : 9U));
	else if (b->kind == RP_BLOCK_CALLOUT)
		value(m, "w:pStyle", RP_TEXT("Call"));
	else
		own_style(m, b);
}

static bool
is_rtl(const struct making *m, const struct rp_block *b)
{
	rp_text lang = b->lang.n > 0 ? b->lang : m->d->lang;

	return b->direction == RP_DIRECTION_RTL ||
	       (b->direction == RP_DIRECTION_AUTO && lang.n > 0 &&
		   rp_lang_tag_dir(lang) == RP_DIR_RTL);
}

static void
block_properties(struct making *m, const struct rp_block *b)
{
	bool labelled =
	    b->label.kind != RP_LABEL_NONE && b->kind != RP_BLOCK_HEADING;

	rp_xml_open(&m->x, "w:pPr");
	style_of(m, b);
	if (is_rtl(m, b))
		flag(m, "w:bidi");
	if (labelled) {
		rp_xml_open(&m->x, "w:ind");
		rp_xml_attr(&m->x, "w:left",
		    number(m, STEP * (b->label.level + 1)));
		rp_xml_attr(&m->x, "w:hanging", number(m, STEP));
		rp_xml_close(&m->x);
	}
	rp_xml_close(&m->x);
}

static void
block(struct making *m, const struct rp_block *b)
{
	rp_xml_open(&m->x, "w:p");
	block_properties(m, b);
	if (b->label.kind == RP_LABEL_AUTO && b->label.text.n > 0)
		text(m, &m->d->formats.v[0],
		    rp_textf(m->arena, "%.*s\t", RP_FMT(b->label.text)));
	for (uint32_t i = 0; i < b->n_runs; i++)
		run(m, &b->runs[i]);
	rp_xml_close(&m->x);
}

static void
cell_begins(struct making *m, const struct rp_cell *c)
{
	rp_xml_open(&m->x, "w:tc");
	rp_xml_open(&m->x, "w:tcPr");
	rp_xml_open(&m->x, "w:tcW");
	rp_xml_attr(&m->x, "w:w", RP_TEXT("0"));
	rp_xml_attr(&m->x, "w:type", RP_TEXT("auto"));
	rp_xml_close(&m->x);
	if (c != NULL && c->columns > 1)
		value(m, "w:gridSpan", number(m, c->columns));
	rp_xml_close(&m->x);
}

static void
empty_cells(struct making *m, uint32_t from, uint32_t to)
{
	for (; from < to && from <= COLUMNS_MAX; from++) {
		cell_begins(m, NULL);
		flag(m, "w:p");
		rp_xml_close(&m->x);
	}
}

/* The blocks of a row: how many. */
static size_t
row(struct making *m, const struct rp_block *b, size_t n)
{
	uint32_t next = 1;
	size_t k = 0;

	rp_xml_open(&m->x, "w:tr");
	while (k < n && b[k].cell.table == b[0].cell.table &&
	       b[k].cell.row == b[0].cell.row) {
		const struct rp_cell *c = &b[k].cell;

		empty_cells(m, next, c->column);
		cell_begins(m, c);
		do
			block(m, &b[k++]);
		while (k < n && b[k].cell.table == c->table &&
		       b[k].cell.row == c->row &&
		       b[k].cell.column == c->column);
		rp_xml_close(&m->x);
		next = c->column + (c->columns > 1 ? c->columns : 1);
	}
	rp_xml_close(&m->x);
	return k;
}

static void
table_begins(struct making *m, uint32_t columns)
{
	static const char *const sides[] = { "w:top", "w:left", "w:bottom",
		"w:right", "w:insideH", "w:insideV" };

	rp_xml_open(&m->x, "w:tbl");
	rp_xml_open(&m->x, "w:tblPr");
	rp_xml_open(&m->x, "w:tblW");
	rp_xml_attr(&m->x, "w:w", RP_TEXT("0"));
	rp_xml_attr(&m->x, "w:type", RP_TEXT("auto"));
	rp_xml_close(&m->x);
	rp_xml_open(&m->x, "w:tblBorders");
	for (size_t i = 0; i < sizeof(sides) / sizeof(sides[0]); i++) {
		rp_xml_open(&m->x, sides[i]);
		rp_xml_attr(&m->x, "w:val", RP_TEXT("single"));
		rp_xml_attr(&m->x, "w:sz", RP_TEXT("4"));
		rp_xml_close(&m->x);
	}
	rp_xml_close(&m->x);
	rp_xml_close(&m->x);
	rp_xml_open(&m->x, "w:tblGrid");
	/* pandoc leaves out the cells of columns without a width. */
	for (uint32_t i = 0; i < columns; i++) {
		rp_xml_open(&m->x, "w:gridCol");
		rp_xml_attr(&m->x, "w:w", number(m, PAGE_WIDTH / columns));
		rp_xml_close(&m->x);
	}
	rp_xml_close(&m->x);
}

static size_t
table(struct making *m, const struct rp_block *b, size_t n)
{
	uint32_t columns = 1;
	size_t k = 0;

	while (k < n && b[k].cell.table == b[0].cell.table) {
		const struct rp_cell *c = &b[k++].cell;
		uint32_t last =
		    c->column + (c->columns > 1 ? c->columns - 1U : 0);

		columns = last > columns ? last : columns;
	}
	table_begins(m, columns < COLUMNS_MAX ? columns : COLUMNS_MAX);
	for (k = 0; k < n && b[k].cell.table == b[0].cell.table;)
		k += row(m, b + k, n - k);
	rp_xml_close(&m->x);
	return k;
}

static void
story(struct making *m, const struct rp_blocks *v)
{
	for (size_t i = 0; i < v->n;) {
		if (v->v[i].cell.table != 0)
			i += table(m, &v->v[i], v->n - i);
		else
			block(m, &v->v[i++]);
	}
}

/* Parts. */

static void
part_begins(struct making *m, size_t max, const char *element)
{
	rp_buf_init(&m->buf, m->arena, max);
	rp_sink_to_buf(&m->sink, m->arena, &m->buf);
	rp_xml_init(&m->x, &m->sink);
	rp_xml_open(&m->x, element);
	rp_xml_attr(&m->x, "xmlns:w", RP_TEXT(W_NS));
	rp_xml_attr(&m->x, "xmlns:r", RP_TEXT(R_NS));
}

static struct rp_err *
part_ends(struct making *m, rp_bytes *out)
{
	rp_xml_close(&m->x);
	RP_TRY(rp_sink_flush(&m->sink));
	return rp_buf_bytes(&m->buf, out);
}

static struct rp_err *
main_part(struct making *m, size_t max, rp_bytes *out)
{
	const struct rp_blocks *v = &m->d->body.blocks;

	part_begins(m, max, "w:document");
	rp_xml_open(&m->x, "w:body");
	story(m, v);
	/* A body ends with a paragraph, never with a table. */
	if (v->n == 0 || v->v[v->n - 1].cell.table != 0)
		flag(m, "w:p");
	rp_xml_close(&m->x);
	return part_ends(m, out);
}

/* The two lines that Word puts above notes. */
static void
separator(struct making *m, const char *id, const char *type,
    const char *element)
{
	rp_xml_open(&m->x, "w:footnote");
	rp_xml_attr(&m->x, "w:type", rp_text_z(type));
	rp_xml_attr(&m->x, "w:id", rp_text_z(id));
	rp_xml_open(&m->x, "w:p");
	rp_xml_open(&m->x, "w:r");
	flag(m, element);
	rp_xml_close(&m->x);
	rp_xml_close(&m->x);
	rp_xml_close(&m->x);
}

static struct rp_err *
notes_part(struct making *m, size_t max, rp_bytes *out)
{
	part_begins(m, max, "w:footnotes");
	separator(m, "-1", "separator", "w:separator");
	separator(m, "0", "continuationSeparator", "w:continuationSeparator");
	m->in_note = true;
	for (size_t i = 0; i < m->d->notes.n; i++) {
		rp_xml_open(&m->x, "w:footnote");
		rp_xml_attr(&m->x, "w:id", number(m, (int64_t)i + 1));
		story(m, &m->d->notes.v[i].blocks);
		if (m->d->notes.v[i].blocks.n == 0)
			flag(m, "w:p");
		rp_xml_close(&m->x);
	}
	m->in_note = false;
	return part_ends(m, out);
}

static void
relation(struct making *m, rp_text id, const char *type, rp_text target,
    bool external)
{
	rp_xml_open(&m->x, "Relationship");
	rp_xml_attr(&m->x, "Id", id);
	rp_xml_attr(&m->x, "Type", rp_textf(m->arena, R_NS "/%s", type));
	rp_xml_attr(&m->x, "Target", target);
	if (external)
		rp_xml_attr(&m->x, "TargetMode", RP_TEXT("External"));
	rp_xml_close(&m->x);
}

static struct rp_err *
relations(struct making *m, size_t max, rp_bytes *out)
{
	rp_buf_init(&m->buf, m->arena, max);
	rp_sink_to_buf(&m->sink, m->arena, &m->buf);
	rp_xml_init(&m->x, &m->sink);
	rp_xml_open(&m->x, "Relationships");
	rp_xml_attr(&m->x, "xmlns", RP_TEXT(PR_NS));
	relation(m, RP_TEXT("rId1"), "styles", RP_TEXT("styles.xml"), false);
	relation(m, RP_TEXT("rId2"), "footnotes", RP_TEXT("footnotes.xml"),
	    false);
	for (uint32_t i = 1; m->linked && i < m->d->links.n; i++) {
		rp_url url;

		if (good_link(m, i, &url))
			relation(m, rp_textf(m->arena, "rLink%u", i),
			    "hyperlink", (rp_text){ url.p, url.n }, true);
	}
	return part_ends(m, out);
}

static struct rp_err *
package(struct rp_arena *a, rp_bytes body, rp_bytes notes, rp_bytes rels,
    size_t max, rp_bytes *out)
{
	const struct {
		const char *name;
		rp_bytes content;
	} parts[] = {
		{ "[Content_Types].xml", rp_text_bytes(rp_text_z(types)) },
		{ "_rels/.rels", rp_text_bytes(rp_text_z(root)) },
		{ "word/document.xml", body },
		{ "word/styles.xml", rp_text_bytes(rp_text_z(styles)) },
		{ "word/footnotes.xml", notes },
		{ "word/_rels/document.xml.rels", rels },
	};
	struct rp_zip_change entries[sizeof(parts) / sizeof(parts[0])];
	const size_t n = sizeof(parts) / sizeof(parts[0]);

	for (size_t i = 0; i < n; i++)
		entries[i] = (struct rp_zip_change){ .i = RP_ZIP_ADD,
			.name = rp_text_z(parts[i].name),
			.content = parts[i].content };
	return rp_zip_new(a, entries, n, max, out);
}

struct rp_err *
rp_docx_make(struct rp_arena *a, const struct rp_document *d, size_t max,
    rp_bytes *out)
{
	struct making m = { .arena = a, .d = d };
	rp_bytes body, notes, rels;

	if (rp_document_has_revisions(d))
		return rp_fail(RP_E_INVALID, "a document with revisions");
	RP_TRY(main_part(&m, max, &body));
	RP_TRY(notes_part(&m, max, &notes));
	RP_TRY(relations(&m, max, &rels));
	return package(a, body, notes, rels, max, out);
}
