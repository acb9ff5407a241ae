#include "codec/docx_new_private.h"

#include "base/buf.h"
#include "base/err.h"
#include "codec/sink.h"
#include "codec/zip.h"
#include "text/lang.h"

#define W RP_DOCX_W
#define R RP_DOCX_R
#define PART_MAX ((size_t)64 << 20)

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
    "vnd.openxmlformats-package.core-properties+xml\"/>";

static const char notes_type[] =
    "<Override PartName=\"/word/footnotes.xml\" ContentType=\"application/vnd."
    "openxmlformats-officedocument.wordprocessingml.footnotes+xml\"/>";

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
#define RULE STYLE("Rule", "<w:pBdr>" SIDE("bottom") "</w:pBdr>")
#define RIGHT STYLE("Right", "<w:jc w:val=\"end\"/>")

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
    "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"Call\">"
    "<w:name w:val=\"Call\"/><w:basedOn w:val=\"Normal\"/><w:next "
    "w:val=\"Normal\"/><w:pPr><w:keepNext/><w:spacing w:before=\"160\"/>"
    "</w:pPr><w:rPr><w:i/><w:iCs/></w:rPr></w:style>" BOX RULE RIGHT
    "<w:style w:type=\"paragraph\" w:styleId=\"FootnoteText\"><w:name "
    "w:val=\"footnote text\"/><w:basedOn w:val=\"Normal\"/><w:rPr><w:sz "
    "w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr></w:style><w:style "
    "w:type=\"character\" w:styleId=\"FootnoteReference\"><w:name "
    "w:val=\"footnote reference\"/><w:rPr><w:vertAlign "
    "w:val=\"superscript\"/></w:rPr></w:style>"
    "<w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name "
    "w:val=\"Hyperlink\"/><w:rPr><w:color w:val=\"12467B\"/><w:u "
    "w:val=\"single\"/></w:rPr></w:style>";

static void
relation(struct rp_docx_new_writing *w, rp_text id, const char *type,
    rp_text target, bool external)
{
	rp_xml_open(&w->x, "Relationship");
	rp_xml_attr(&w->x, "Id", id);
	rp_xml_attr(&w->x, "Type", rp_textf(w->a, R "/%s", type));
	rp_xml_attr(&w->x, "Target", target);
	if (external)
		rp_xml_attr(&w->x, "TargetMode", RP_TEXT("External"));
	rp_xml_close(&w->x);
}

static void
relations(struct rp_docx_new_writing *w)
{
	rp_xml_open(&w->x, "Relationships");
	rp_xml_attr(&w->x, "xmlns",
	    RP_TEXT("http://schemas.openxmlformats.org/package/2006/"
		    "relationships"));
	relation(w, RP_TEXT("rId1"), "styles", RP_TEXT("styles.xml"), false);
	relation(w, RP_TEXT("rId2"), "numbering", RP_TEXT("numbering.xml"),
	    false);
	if (w->d->notes.n > 0)
		relation(w, RP_TEXT("rId3"), "footnotes",
		    RP_TEXT("footnotes.xml"), false);
	for (uint32_t i = 1; i < w->d->links.n; i++) {
		rp_url url;

		if (rp_docx_new_link(w, i, &url))
			relation(w, rp_textf(w->a, "rIdL%u", i), "hyperlink",
			    (rp_text){ url.p, url.n }, true);
	}
	rp_xml_close(&w->x);
}

static void
properties(struct rp_docx_new_writing *w)
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
heading_style(struct rp_docx_new_writing *w, struct rp_buf *b, unsigned level)
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
styles(struct rp_docx_new_writing *w, rp_bytes *out)
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
part(struct rp_docx_new_writing *w, void (*make)(struct rp_docx_new_writing *w),
    rp_bytes *out)
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
	if (rp_document_has_revisions(d))
		return rp_fail(RP_E_INVALID, "a document with revisions");
	for (size_t i = 0; i < d->body.blocks.n; i++)
		if (d->body.blocks.v[i].cell.table != 0 &&
		    d->body.blocks.v[i].cell.column == 0)
			return rp_fail(RP_E_INVALID, "block %zu has no column",
			    i);
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
	struct rp_docx_new_writing w = { .a = a, .d = d, .options = options };
	rp_bytes document, relation, style, core, notes;
	bool noted = d->notes.n > 0;
	struct rp_zip_change c[8];

	RP_TRY(check(d));
	w.rtl = d->lang.n > 0 && rp_lang_tag_dir(d->lang) == RP_DIR_RTL;
	RP_TRY(part(&w, rp_docx_new_body, &document));
	RP_TRY(part(&w, relations, &relation));
	RP_TRY(part(&w, properties, &core));
	RP_TRY(styles(&w, &style));
	entry(&c[0], "[Content_Types].xml",
	    rp_text_bytes(rp_textf(a, "%s%s</Types>", content_types,
		noted ? notes_type : "")));
	entry(&c[1], "_rels/.rels", literal(package_relations));
	entry(&c[2], "word/document.xml", document);
	entry(&c[3], "word/_rels/document.xml.rels", relation);
	entry(&c[4], "word/styles.xml", style);
	entry(&c[5], "word/numbering.xml", literal(numbering));
	entry(&c[6], "docProps/core.xml", core);
	if (noted) {
		RP_TRY(part(&w, rp_docx_new_notes, &notes));
		entry(&c[7], "word/footnotes.xml", notes);
	}
	return rp_zip_new(a, c, noted ? 8 : 7,
	    options->max > 0 ? options->max : RP_DOCX_NEW_MAX, out);
}
