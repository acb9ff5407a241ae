#include "codec/xlsx.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "codec/sink.h"
#include "codec/xml.h"
#include "codec/zip.h"

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define REL \
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

#define WIDTH_MIN 6
#define WIDTH_MAX 60

static const char types[] = HEAD
    "<Types xmlns=\"" PACKAGE "content-types\"><Default Extension=\"rels\" "
    "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override "
    "PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd."
    "openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override "
    "PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd."
    "openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/><Override "
    "PartName=\"/xl/styles.xml\" ContentType=\"application/vnd."
    "openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>";

static const char root[] = HEAD
    "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship "
    "Id=\"rId1\" Type=\"" REL "/officeDocument\" Target=\"xl/workbook.xml\"/>"
    "</Relationships>";

static const char links[] = HEAD
    "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship "
    "Id=\"rId1\" Type=\"" REL "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
    "<Relationship Id=\"rId2\" Type=\"" REL "/styles\" Target=\"styles.xml\"/>"
    "</Relationships>";

/* Style 1 is bold, 2 wraps. */
static const char styles[] = HEAD
    "<styleSheet xmlns=\"" MAIN "\"><fonts count=\"2\"><font><sz val=\"11\"/>"
    "<name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name "
    "val=\"Calibri\"/></font></fonts><fills count=\"2\"><fill><patternFill "
    "patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/>"
    "</fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/>"
    "<diagonal/></border></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\""
    " fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs "
    "count=\"3\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" "
    "xfId=\"0\"/><xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" "
    "xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyAlignment=\"1\">"
    "<alignment vertical=\"top\" wrapText=\"1\"/></xf><xf numFmtId=\"49\" "
    "fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
    "applyNumberFormat=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" "
    "wrapText=\"1\"/></xf></cellXfs></styleSheet>";

/* A name has none of []:*?/\ and at most 31 characters. */
static rp_text
sheet_name(struct rp_arena *a, rp_text name)
{
	static const char bad[] = "[]:*?/\\'";
	char *out = rp_alloc(a, name.n + 1);
	size_t n = 0, characters = 0;

	for (size_t i = 0; i < name.n; i++) {
		bool first = ((uint8_t)name.p[i] & 0xC0) != 0x80;

		if (first && characters == RP_XLSX_NAME_MAX)
			break;
		characters += first;
		if (strchr(bad, name.p[i]) == NULL)
			out[n++] = name.p[i];
	}
	return n == 0 ? RP_TEXT("1") : (rp_text){ out, n };
}

static struct rp_err *
workbook(struct rp_arena *a, const struct rp_xlsx *x, struct rp_buf *b)
{
	struct rp_sink sink;
	struct rp_xml w;

	rp_sink_to_buf(&sink, a, b);
	rp_xml_init(&w, &sink);
	rp_xml_open(&w, "workbook");
	rp_xml_attr(&w, "xmlns", RP_TEXT(MAIN));
	rp_xml_attr(&w, "xmlns:r", RP_TEXT(REL));
	rp_xml_open(&w, "sheets");
	rp_xml_open(&w, "sheet");
	rp_xml_attr(&w, "name", sheet_name(a, x->name));
	rp_xml_attr(&w, "sheetId", RP_TEXT("1"));
	rp_xml_attr(&w, "r:id", RP_TEXT("rId1"));
	rp_xml_close(&w);
	rp_xml_close(&w);
	rp_xml_close(&w);
	return rp_sink_flush(&sink);
}

/* Characters of the longest line of a cell. */
static size_t
width(const struct rp_xlsx *x, size_t column)
{
	size_t most = WIDTH_MIN;

	for (size_t r = 0; r < x->rows; r++) {
		rp_text t = x->cells[r * x->columns + column];
		size_t n = 0;

		for (size_t i = 0; i < t.n; i++)
			n += ((uint8_t)t.p[i] & 0xC0) != 0x80;
		if (n + 2 > most)
			most = n + 2;
	}
	return most < WIDTH_MAX ? most : WIDTH_MAX;
}

static void
view(struct rp_xml *w, const struct rp_xlsx *x)
{
	rp_xml_open(w, "sheetViews");
	rp_xml_open(w, "sheetView");
	if (x->rtl)
		rp_xml_attr(w, "rightToLeft", RP_TEXT("1"));
	rp_xml_attr(w, "workbookViewId", RP_TEXT("0"));
	rp_xml_open(w, "pane");
	rp_xml_attr(w, "ySplit", RP_TEXT("1"));
	rp_xml_attr(w, "topLeftCell", RP_TEXT("A2"));
	rp_xml_attr(w, "activePane", RP_TEXT("bottomLeft"));
	rp_xml_attr(w, "state", RP_TEXT("frozen"));
	rp_xml_close(w);
	rp_xml_close(w);
	rp_xml_close(w);
}

static void
columns(struct rp_arena *a, struct rp_xml *w, const struct rp_xlsx *x)
{
	rp_xml_open(w, "cols");
	for (size_t c = 0; c < x->columns; c++) {
		rp_text n = rp_textf(a, "%zu", c + 1);

		rp_xml_open(w, "col");
		rp_xml_attr(w, "min", n);
		rp_xml_attr(w, "max", n);
		rp_xml_attr(w, "width", rp_textf(a, "%zu", width(x, c)));
		rp_xml_attr(w, "customWidth", RP_TEXT("1"));
		rp_xml_close(w);
	}
	rp_xml_close(w);
}

static void
cell(struct rp_arena *a, struct rp_xml *w, const struct rp_xlsx *x, size_t r,
    size_t c)
{
	rp_xml_open(w, "c");
	rp_xml_attr(w, "r", rp_textf(a, "%c%zu", (char)('A' + c), r + 1));
	rp_xml_attr(w, "s", r == 0 ? RP_TEXT("1") : RP_TEXT("2"));
	rp_xml_attr(w, "t", RP_TEXT("inlineStr"));
	rp_xml_open(w, "is");
	rp_xml_open(w, "t");
	rp_xml_attr(w, "xml:space", RP_TEXT("preserve"));
	rp_xml_text(w, x->cells[r * x->columns + c]);
	rp_xml_close(w);
	rp_xml_close(w);
	rp_xml_close(w);
}

static struct rp_err *
sheet(struct rp_arena *a, const struct rp_xlsx *x, struct rp_buf *b)
{
	struct rp_sink sink;
	struct rp_xml w;

	rp_sink_to_buf(&sink, a, b);
	rp_xml_init(&w, &sink);
	rp_xml_open(&w, "worksheet");
	rp_xml_attr(&w, "xmlns", RP_TEXT(MAIN));
	view(&w, x);
	columns(a, &w, x);
	rp_xml_open(&w, "sheetData");
	for (size_t r = 0; r < x->rows; r++) {
		rp_xml_open(&w, "row");
		rp_xml_attr(&w, "r", rp_textf(a, "%zu", r + 1));
		for (size_t c = 0; c < x->columns; c++)
			cell(a, &w, x, r, c);
		rp_xml_close(&w);
	}
	rp_xml_close(&w);
	rp_xml_close(&w);
	return rp_sink_flush(&sink);
}

static struct rp_err *
part(struct rp_arena *a, const struct rp_xlsx *x, size_t max,
    struct rp_err *(
	*make)(struct rp_arena *a, const struct rp_xlsx *x, struct rp_buf *b),
    rp_bytes *out)
{
	struct rp_buf b;

	rp_buf_init(&b, a, max);
	RP_TRY(make(a, x, &b));
	return rp_buf_bytes(&b, out);
}

static rp_bytes
fixed(const char *z)
{
	return rp_text_bytes(rp_text_z(z));
}

static struct rp_zip_change
entry(const char *name, rp_bytes content)
{
	return (struct rp_zip_change){ .i = RP_ZIP_ADD,
		.content = content,
		.name = rp_text_z(name) };
}

struct rp_err *
rp_xlsx_write(struct rp_arena *a, const struct rp_xlsx *x, size_t max,
    rp_bytes *out)
{
	rp_bytes book, one;

	if (x->rows > RP_XLSX_ROWS_MAX || x->columns > RP_XLSX_COLUMNS_MAX)
		return rp_fail(RP_E_LIMIT, "a table of %zu by %zu", x->rows,
		    x->columns);
	RP_ASSERT(x->rows > 0 && x->columns > 0);
	RP_TRY(part(a, x, max, workbook, &book));
	RP_TRY(part(a, x, max, sheet, &one));
	return rp_zip_new(a,
	    (const struct rp_zip_change[]){
		entry("[Content_Types].xml", fixed(types)),
		entry("_rels/.rels", fixed(root)),
		entry("xl/workbook.xml", book),
		entry("xl/_rels/workbook.xml.rels", fixed(links)),
		entry("xl/styles.xml", fixed(styles)),
		entry("xl/worksheets/sheet1.xml", one) },
	    6, max, out);
}
