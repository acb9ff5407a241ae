#include "proc/demo_file.h"

#include "base/buf.h"
#include "base/err.h"

#define LINES 44 /* of text on a page */
#define COLUMNS 70

/* ZIP, stored: APPNOTE 4.3. */

struct entry {
	const char *name;
	rp_bytes data;
	uint32_t crc, at;
};

static uint32_t
crc32_of(rp_bytes b)
{
	uint32_t crc = 0xffffffff;

	for (size_t i = 0; i < b.n; i++) {
		crc ^= b.p[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (0xedb88320 & (0 - (crc & 1)));
	}
	return ~crc;
}

static void
le(struct rp_buf *b, uint32_t v, int octets)
{
	for (int i = 0; i < octets; i++)
		rp_buf_byte(b, (uint8_t)(v >> 8 * i));
}

/* What local and central headers share, from "version needed" to "extra". */
static void
zip_fields(struct rp_buf *b, const struct entry *e)
{
	le(b, 20, 2);
	le(b, 0x800, 2); /* names are UTF-8 */
	le(b, 0, 2);
	le(b, 0x00210000, 4); /* 1980-01-01 */
	le(b, e->crc, 4);
	le(b, (uint32_t)e->data.n, 4);
	le(b, (uint32_t)e->data.n, 4);
	le(b, (uint32_t)rp_text_z(e->name).n, 2);
	le(b, 0, 2);
}

static struct rp_err *
zip(struct rp_arena *a, struct entry *entries, size_t n, rp_bytes *out)
{
	struct rp_buf b;
	uint32_t start;

	rp_buf_init(&b, a, RP_DEMO_FILE_MAX);
	for (size_t i = 0; i < n; i++) {
		entries[i].crc = crc32_of(entries[i].data);
		entries[i].at = (uint32_t)b.n;
		le(&b, 0x04034b50, 4);
		zip_fields(&b, &entries[i]);
		rp_buf_text(&b, rp_text_z(entries[i].name));
		rp_buf_bytes_add(&b, entries[i].data);
	}
	start = (uint32_t)b.n;
	for (size_t i = 0; i < n; i++) {
		le(&b, 0x02014b50, 4);
		le(&b, 20, 2);
		zip_fields(&b, &entries[i]);
		le(&b, 0, 2);
		le(&b, 0, 4);
		le(&b, 0, 4);
		le(&b, entries[i].at, 4);
		rp_buf_text(&b, rp_text_z(entries[i].name));
	}
	uint32_t size = (uint32_t)b.n - start;
	le(&b, 0x06054b50, 4);
	le(&b, 0, 4);
	le(&b, (uint32_t)n, 2);
	le(&b, (uint32_t)n, 2);
	le(&b, size, 4);
	le(&b, start, 4);
	le(&b, 0, 2);
	return rp_buf_bytes(&b, out);
}

/* The text as paragraphs between `before` and `after`, escaped. */
static rp_html
paragraphs(struct rp_arena *a, rp_text text, const char *before,
    const char *after)
{
	struct rp_buf b;
	rp_text done = { "", 0 };
	size_t at = 0;

	rp_buf_init(&b, a, RP_DEMO_FILE_MAX);
	while (at < text.n) {
		size_t end = rp_text_find(text, '\n', at);
		rp_html line = rp_html_escape(a, rp_text_sub(text, at, end));

		if (line.n > 0) {
			rp_buf_text(&b, rp_text_z(before));
			rp_buf_add(&b, line.p, line.n);
			rp_buf_text(&b, rp_text_z(after));
		}
		at = end + 1;
	}
	rp_err_free(rp_buf_done(&b, &done)); /* too long: shorter than that */
	return (rp_html){ done.p, done.n };
}

static rp_bytes
xml(struct rp_arena *a, const char *before, rp_html middle, const char *after)
{
	rp_text t =
	    rp_textf(a, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n%s%.*s%s",
		before, RP_FMT(middle), after);

	return rp_text_bytes(t);
}

#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/"
#define WORD "application/vnd.openxmlformats-officedocument.wordprocessingml."

static struct rp_err *
docx(struct rp_arena *a, rp_text text, rp_text author, rp_bytes *out)
{
	rp_html none = RP_HTML("");
	struct entry entries[] = {
		{ "[Content_Types].xml",
		    xml(a,
			"<Types xmlns=\"" PACKAGE "content-types\">"
			"<Default Extension=\"rels\" ContentType=\"application/"
			"vnd.openxmlformats-package.relationships+xml\"/>"
			"<Override PartName=\"/word/document.xml\" "
			"ContentType=\"" WORD "document.main+xml\"/>"
			"<Override PartName=\"/docProps/core.xml\" ContentType="
			"\"application/vnd.openxmlformats-package."
			"core-properties+xml\"/></Types>",
			none, ""),
		    0, 0 },
		{ "_rels/.rels",
		    xml(a,
			"<Relationships xmlns=\"" PACKAGE "relationships\">"
			"<Relationship Id=\"r1\" Type=\"" OFFICE
			"relationships/officeDocument\" "
			"Target=\"word/document.xml\"/>"
			"<Relationship Id=\"r2\" Type=\"" PACKAGE
			"relationships/metadata/core-properties\" "
			"Target=\"docProps/core.xml\"/></Relationships>",
			none, ""),
		    0, 0 },
		{ "word/document.xml",
		    xml(a,
			"<w:document xmlns:w=\"http://schemas.openxmlformats."
			"org/wordprocessingml/2006/main\"><w:body>",
			paragraphs(a, text,
			    "<w:p><w:r><w:t xml:space=\"preserve\">",
			    "</w:t></w:r></w:p>"),
			"</w:body></w:document>"),
		    0, 0 },
		{ "docProps/core.xml",
		    xml(a,
			"<cp:coreProperties xmlns:cp=\"" PACKAGE
			"metadata/core-properties\" xmlns:dc=\"http://purl.org/"
			"dc/elements/1.1/\"><dc:creator>",
			rp_html_escape(a, author),
			"</dc:creator></cp:coreProperties>"),
		    0, 0 },
	};

	return zip(a, entries, sizeof(entries) / sizeof(entries[0]), out);
}

#define ODF "urn:oasis:names:tc:opendocument:xmlns:"
#define ODT "application/vnd.oasis.opendocument.text"

static struct rp_err *
odt(struct rp_arena *a, rp_text text, rp_text author, rp_bytes *out)
{
	struct entry entries[] = {
		{ "mimetype", rp_text_bytes(RP_TEXT(ODT)), 0, 0 },
		{ "META-INF/manifest.xml",
		    xml(a,
			"<manifest:manifest xmlns:manifest=\"" ODF
			"manifest:1.0\" manifest:version=\"1.2\">"
			"<manifest:file-entry manifest:full-path=\"/\" "
			"manifest:media-type=\"" ODT "\"/>"
			"<manifest:file-entry manifest:full-path="
			"\"content.xml\" manifest:media-type=\"text/xml\"/>"
			"<manifest:file-entry manifest:full-path=\"meta.xml\" "
			"manifest:media-type=\"text/xml\"/>"
			"</manifest:manifest>",
			RP_HTML(""), ""),
		    0, 0 },
		{ "content.xml",
		    xml(a,
			"<office:document-content xmlns:office=\"" ODF
			"office:1.0\" xmlns:text=\"" ODF "text:1.0\" "
			"office:version=\"1.2\"><office:body><office:text>",
			paragraphs(a, text, "<text:p>", "</text:p>"),
			"</office:text></office:body>"
			"</office:document-content>"),
		    0, 0 },
		{ "meta.xml",
		    xml(a,
			"<office:document-meta xmlns:office=\"" ODF
			"office:1.0\" xmlns:dc=\"http://purl.org/dc/elements/"
			"1.1/\" office:version=\"1.2\"><office:meta>"
			"<dc:creator>",
			rp_html_escape(a, author),
			"</dc:creator></office:meta></office:document-meta>"),
		    0, 0 },
	};

	return zip(a, entries, sizeof(entries) / sizeof(entries[0]), out);
}

/*
 * PDF 1.4 (ISO 32000-1): glyphs are numbered in the order in which characters
 * first occur, and the ToUnicode map says what each one is.
 */

struct glyphs {
	uint32_t *v; /* code points; glyph i + 1 */
	size_t n;
};

static uint32_t
next_point(rp_text t, size_t *at)
{
	const uint8_t *p = (const uint8_t *)t.p + *at;
	size_t n = rp_utf8_len(p, t.n - *at);
	uint32_t c = n == 1 ? p[0] : p[0] & (0xffu >> (n + 1));

	for (size_t i = 1; i < n; i++)
		c = c << 6 | (p[i] & 0x3f);
	*at += n;
	return c;
}

static unsigned
glyph(struct glyphs *g, uint32_t c)
{
	size_t i = 0;

	while (i < g->n && g->v[i] != c)
		i++;
	if (i == g->n)
		g->v[g->n++] = c;
	return (unsigned)i + 1;
}

static void
to_unicode(struct rp_buf *b, const struct glyphs *g)
{
	rp_buf_text(b,
	    RP_TEXT("/CIDInit /ProcSet findresource begin\n12 dict begin\n"
		    "begincmap\n/CMapName /U def\n/CMapType 2 def\n"
		    "1 begincodespacerange\n<0000> <FFFF>\n"
		    "endcodespacerange\n"));
	for (size_t i = 0; i < g->n; i++) {
		uint32_t c = g->v[i];

		if (i % 100 == 0)
			rp_buf_f(b, "%zu beginbfchar\n",
			    g->n - i < 100 ? g->n - i : (size_t)100);
		if (c < 0x10000)
			rp_buf_f(b, "<%04X> <%04X>\n", (unsigned)i + 1, c);
		else
			rp_buf_f(b, "<%04X> <%04X%04X>\n", (unsigned)i + 1,
			    0xd7c0 + (c >> 10), 0xdc00 + (c & 0x3ff));
		if (i % 100 == 99 || i + 1 == g->n)
			rp_buf_text(b, RP_TEXT("endbfchar\n"));
	}
	rp_buf_text(b,
	    RP_TEXT("endcmap\nCMapName currentdict /CMap defineresource pop\n"
		    "end\nend\n"));
}

/* One line of at most COLUMNS characters; false at the end of the text. */
static bool
pdf_line(struct rp_buf *b, struct glyphs *g, rp_text text, size_t *at)
{
	size_t space = 0, b_space = 0, columns = 0;

	if (*at >= text.n)
		return false;
	rp_buf_text(b, RP_TEXT("<"));
	while (*at < text.n && text.p[*at] != '\n') {
		if (columns++ == COLUMNS && space > 0) {
			*at = space;
			b->n = b_space;
			break;
		}
		if (text.p[*at] == ' ') {
			space = *at + 1;
			b_space = b->n;
		}
		if (columns > COLUMNS)
			break;
		rp_buf_f(b, "%04X", glyph(g, next_point(text, at)));
	}
	if (*at < text.n && text.p[*at] == '\n')
		(*at)++;
	rp_buf_text(b, RP_TEXT("> Tj T*\n"));
	return true;
}

struct pdf {
	struct rp_buf b;
	size_t *at; /* of objects, from 1 */
	int n;
};

static int
object(struct pdf *f)
{
	f->at[++f->n] = f->b.n;
	rp_buf_f(&f->b, "%d 0 obj\n", f->n);
	return f->n;
}

static void
stream(struct pdf *f, const struct rp_buf *content)
{
	(void)object(f);
	rp_buf_f(&f->b, "<< /Length %zu >>\nstream\n", content->n);
	rp_buf_add(&f->b, content->p, content->n);
	rp_buf_text(&f->b, RP_TEXT("\nendstream\nendobj\n"));
}

static void
fonts(struct pdf *f, const struct rp_buf *map)
{
	(void)object(f); /* 3 */
	rp_buf_text(&f->b,
	    RP_TEXT("<< /Type /Font /Subtype /Type0 /BaseFont /Sans /Encoding "
		    "/Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R "
		    ">>\nendobj\n"));
	(void)object(f); /* 4 */
	rp_buf_text(&f->b,
	    RP_TEXT("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Sans "
		    "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
		    "/Supplement 0 >> /DW 550 /FontDescriptor 5 0 R >>\n"
		    "endobj\n"));
	(void)object(f); /* 5 */
	rp_buf_text(&f->b,
	    RP_TEXT("<< /Type /FontDescriptor /FontName /Sans /Flags 4 "
		    "/FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 "
		    "/Descent -200 /CapHeight 700 /StemV 80 >>\nendobj\n"));
	stream(f, map); /* 6 */
}

static struct rp_err *
pdf_end(struct pdf *f, rp_text author, rp_bytes *out)
{
	int info = object(f);
	size_t xref;

	/* As UTF-16BE in hexadecimal, with its mark. */
	rp_buf_text(&f->b, RP_TEXT("<< /Author <FEFF"));
	for (size_t at = 0; at < author.n;) {
		uint32_t c = next_point(author, &at);

		rp_buf_f(&f->b, "%04X", c < 0x10000 ? c : 0xfffd);
	}
	rp_buf_text(&f->b, RP_TEXT("> >>\nendobj\n"));
	xref = f->b.n;
	rp_buf_f(&f->b, "xref\n0 %d\n0000000000 65535 f \n", f->n + 1);
	for (int i = 1; i <= f->n; i++)
		rp_buf_f(&f->b, "%010zu 00000 n \n", f->at[i]);
	rp_buf_f(&f->b,
	    "trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n"
	    "%zu\n%%%%EOF\n",
	    f->n + 1, info, xref);
	return rp_buf_bytes(&f->b, out);
}

/* The contents of each page, and the glyphs they use. */
static struct rp_buf *
pages(struct rp_arena *a, rp_text text, struct glyphs *g, size_t *out_n)
{
	struct rp_buf *v = rp_new_n(a, struct rp_buf, text.n / LINES + 2);
	size_t at = 0, n = 0;
	bool more = true;

	g->v = rp_new_n(a, uint32_t, text.n + 1);
	while (more && at < text.n) {
		rp_buf_init(&v[n], a, RP_DEMO_FILE_MAX);
		rp_buf_text(&v[n], RP_TEXT("BT /F 11 Tf 15 TL 70 770 Td\n"));
		for (int i = 0; more && i < LINES; i++)
			more = pdf_line(&v[n], g, text, &at);
		rp_buf_text(&v[n], RP_TEXT("ET"));
		n++;
	}
	*out_n = n;
	return v;
}

static struct rp_err *
pdf(struct rp_arena *a, rp_text text, rp_text author, rp_bytes *out)
{
	struct pdf f = { 0 };
	struct glyphs g = { 0 };
	struct rp_buf map, *page;
	size_t n;

	page = pages(a, text, &g, &n);
	if (g.n >= 0xffff)
		return rp_fail(RP_E_LIMIT, "%zu different characters", g.n);
	rp_buf_init(&f.b, a, RP_DEMO_FILE_MAX);
	rp_buf_init(&map, a, RP_DEMO_FILE_MAX);
	f.at = rp_new_n(a, size_t, 2 * n + 16);
	rp_buf_text(&f.b, RP_TEXT("%PDF-1.4\n"));
	(void)object(&f); /* 1 */
	rp_buf_text(&f.b,
	    RP_TEXT("<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"));
	(void)object(&f); /* 2 */
	rp_buf_text(&f.b, RP_TEXT("<< /Type /Pages /Kids ["));
	for (size_t i = 0; i < n; i++)
		rp_buf_f(&f.b, "%zu 0 R ", 7 + 2 * i);
	rp_buf_f(&f.b, "] /Count %zu >>\nendobj\n", n);
	to_unicode(&map, &g);
	fonts(&f, &map);
	for (size_t i = 0; i < n; i++) {
		int at = object(&f);

		rp_buf_f(&f.b,
		    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
		    "/Resources << /Font << /F 3 0 R >> >> /Contents %d 0 R "
		    ">>\nendobj\n",
		    at + 1);
		stream(&f, &page[i]);
	}
	return pdf_end(&f, author, out);
}

struct rp_err *
rp_demo_file(struct rp_arena *a, rp_text kind, rp_text text, rp_text author,
    rp_bytes *out)
{
	if (rp_text_eq(kind, RP_TEXT("txt"))) {
		*out = rp_text_bytes(text);
		return NULL;
	}
	if (rp_text_eq(kind, RP_TEXT("pdf")))
		return pdf(a, text, author, out);
	if (rp_text_eq(kind, RP_TEXT("docx")))
		return docx(a, text, author, out);
	if (rp_text_eq(kind, RP_TEXT("odt")))
		return odt(a, text, author, out);
	return rp_fail(RP_E_INVALID, "no files of kind %.*s", RP_FMT(kind));
}
