#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "codec/sample.h"

#define SAMPLE_MAX ((size_t)256 << 20)
#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define OASIS "urn:oasis:names:tc:opendocument:xmlns:"

static void
le(struct rp_buf *b, size_t v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		rp_buf_byte(b, (uint8_t)(v >> (8 * i)));
}

static rp_bytes
deflated(struct rp_arena *a, rp_bytes in)
{
	uLong cap = compressBound(in.n);
	uint8_t *to = rp_alloc(a, cap);
	z_stream s = { .next_in = (uint8_t *)(uintptr_t)in.p,
		.avail_in = (uInt)in.n,
		.next_out = to,
		.avail_out = (uInt)cap };

	RP_ASSERT(deflateInit2(&s, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) ==
		  Z_OK);
	RP_ASSERT(deflate(&s, Z_FINISH) == Z_STREAM_END);
	deflateEnd(&s);
	return (rp_bytes){ to, s.total_out };
}

struct placed {
	rp_bytes content, stored;
	size_t at;
	uLong crc;
};

/* What local and central headers have in common. */
static void
header(struct rp_buf *b, const struct rp_sample_entry *e,
    const struct placed *p)
{
	le(b, 20, 2);
	le(b, 0, 2);
	le(b, e->deflate ? 8 : 0, 2);
	le(b, 0x6000, 2);
	le(b, 0x5b75, 2);
	le(b, p->crc, 4);
	le(b, p->stored.n, 4);
	le(b, p->content.n, 4);
	le(b, strlen(e->name), 2);
	le(b, 0, 2);
}

static rp_bytes
done(const struct rp_buf *b)
{
	rp_bytes out = { 0 };
	struct rp_err *e = rp_buf_bytes(b, &out);

	RP_ASSERT(e == NULL);
	return out;
}

rp_bytes
rp_sample_zip(struct rp_arena *a, const struct rp_sample_entry *entries,
    size_t n)
{
	struct placed *placed = rp_new_n(a, struct placed, n);
	size_t directory;
	struct rp_buf b;

	rp_buf_init(&b, a, SAMPLE_MAX);
	for (size_t i = 0; i < n; i++) {
		const struct rp_sample_entry *e = &entries[i];
		struct placed *p = &placed[i];

		p->content = (rp_bytes){ (const uint8_t *)e->content,
			e->n ? e->n : strlen(e->content) };
		p->stored = e->deflate ? deflated(a, p->content) : p->content;
		p->crc = crc32(0, p->content.p, (uInt)p->content.n);
		p->at = b.n;
		rp_buf_add(&b, "PK\x03\x04", 4);
		header(&b, e, p);
		rp_buf_add(&b, e->name, strlen(e->name));
		rp_buf_bytes_add(&b, p->stored);
	}
	directory = b.n;
	for (size_t i = 0; i < n; i++) {
		rp_buf_add(&b, "PK\x01\x02", 4);
		le(&b, 20, 2);
		header(&b, &entries[i], &placed[i]);
		le(&b, 0, 8);
		le(&b, 0, 2);
		le(&b, placed[i].at, 4);
		rp_buf_add(&b, entries[i].name, strlen(entries[i].name));
	}
	n = n > 0xffff ? 0xffff : n;
	rp_buf_add(&b, "PK\x05\x06\0\0\0", 8);
	le(&b, n, 2);
	le(&b, n, 2);
	le(&b, b.n - 12 - directory, 4);
	le(&b, directory, 4);
	le(&b, 0, 2);
	return done(&b);
}

rp_bytes
rp_sample_docx(struct rp_arena *a, const char *body, const char *notes)
{
	rp_text document = rp_textf(a,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
	    "<w:document xmlns:w=\"" W "\" xmlns:mc=\"http://schemas."
	    "openxmlformats.org/markup-compatibility/2006\"><w:body>%s"
	    "</w:body></w:document>",
	    body);
	rp_text footnotes =
	    rp_textf(a, "<w:footnotes xmlns:w=\"" W "\">%s</w:footnotes>",
		notes ? notes : "");
	struct rp_sample_entry entries[] = {
		{ .name = "[Content_Types].xml",
		    .content =
			"<Types xmlns=\"http://schemas.openxmlformats.org/"
			"package/2006/content-types\"><Override PartName=\""
			"/word/document.xml\" ContentType=\"application/vnd."
			"openxmlformats-officedocument.wordprocessingml."
			"document.main+xml\"/></Types>" },
		{ .name = "docProps/core.xml",
		    .content = "<c:coreProperties xmlns:c=\"x\" "
			       "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
			       "<dc:creator>Secret Name</dc:creator>"
			       "</c:coreProperties>" },
		{ .name = "word/document.xml",
		    .content = document.p,
		    .deflate = true },
		{ .name = "word/_rels/settings.xml.rels",
		    .content = "<Relationships><Relationship Id=\"r1\" "
			       "Target=\"file:///C:\\Users\\Secret%20Name\\"
			       "Letter.dotx\" TargetMode=\"External\"/>"
			       "</Relationships>" },
		{ .name = "word/media/image1.png",
		    .content = "\x89PNG rsid w:author=\"x\"" },
		{ .name = "word/footnotes.xml", .content = footnotes.p },
	};

	return rp_sample_zip(a, entries, 6);
}

rp_bytes
rp_sample_odt(struct rp_arena *a, const char *body)
{
	rp_text content = rp_textf(a,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<o:document-content xmlns:o=\"" OASIS
	    "office:1.0\" xmlns:text=\"" OASIS "text:1.0\" xmlns:table=\"" OASIS
	    "table:1.0\" "
	    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
	    "<o:body><o:text>%s</o:text></o:body></o:document-content>",
	    body);
	struct rp_sample_entry entries[] = {
		{ .name = "mimetype",
		    .content = "application/vnd.oasis.opendocument.text" },
		{ .name = "content.xml",
		    .content = content.p,
		    .deflate = true },
		{ .name = "meta.xml",
		    .content = "<o:document-meta xmlns:o=\"x\">Secret Name"
			       "</o:document-meta>" },
		{ .name = "settings.xml",
		    .content = "<s xmlns:config=\"c\"><config:config-item "
			       "config:name=\"PrinterName\">Secret Name"
			       "</config:config-item></s>" },
		{ .name = "META-INF/manifest.xml", .content = "<m/>" },
	};

	return rp_sample_zip(a, entries, 5);
}

/* Where each object starts, for the table at the end. */
struct writing {
	struct rp_buf out;
	size_t *at;
	size_t n;
};

static void
object(struct writing *w, rp_text content)
{
	w->at[w->n++] = w->out.n;
	rp_buf_f(&w->out, "%zu 0 obj\n", w->n);
	rp_buf_text(&w->out, content);
	rp_buf_text(&w->out, RP_TEXT("\nendobj\n"));
}

static rp_text
stream(struct rp_arena *a, const char *keys, rp_text content)
{
	return rp_textf(a, "<<%s/Length %zu>>\nstream\n%s\nendstream", keys,
	    content.n, content.p);
}

static rp_text
kids(struct rp_arena *a, size_t pages)
{
	struct rp_buf b;
	rp_text out = { 0 };
	struct rp_err *e;

	rp_buf_init(&b, a, SAMPLE_MAX);
	for (size_t i = 0; i < pages; i++)
		rp_buf_f(&b, "%zu 0 R ", i + 7);
	e = rp_buf_done(&b, &out);
	RP_ASSERT(e == NULL);
	return out;
}

static rp_bytes
finish(struct writing *w)
{
	size_t xref = w->out.n;

	rp_buf_f(&w->out, "xref\n0 %zu\n0000000000 65535 f \n", w->n + 1);
	for (size_t i = 0; i < w->n; i++)
		rp_buf_f(&w->out, "%010zu 00000 n \n", w->at[i]);
	rp_buf_f(&w->out,
	    "trailer\n<</Size %zu/Root 1 0 R/Info 4 0 R>>\n"
	    "startxref\n%zu\n%%%%EOF\n",
	    w->n + 1, xref);
	return done(&w->out);
}

rp_bytes
rp_sample_pdf(struct rp_arena *a, size_t pages, const char *line)
{
	struct writing w = { .at = rp_new_n(a, size_t, pages + 6) };

	rp_buf_init(&w.out, a, SAMPLE_MAX);
	rp_buf_text(&w.out, RP_TEXT("%PDF-1.4\n"));
	object(&w, RP_TEXT("<</Type/Catalog/Pages 2 0 R/Metadata 5 0 R>>"));
	object(&w, rp_textf(a, "<</Type/Pages/Count %zu/Kids[%s]>>", pages,
		       kids(a, pages).p));
	object(&w, RP_TEXT("<</Type/Font/Subtype/Type1/BaseFont/Helvetica"
			   "/Encoding/WinAnsiEncoding>>"));
	object(&w, RP_TEXT("<</Author(Secret Name)/Producer(Secret Tool)>>"));
	object(&w,
	    stream(a, "/Type/Metadata/Subtype/XML",
		RP_TEXT("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">Secret Name"
			"</x:xmpmeta>")));
	object(&w, stream(a, "",
		       rp_textf(a, "BT /F 12 Tf 72 700 Td (%s) Tj ET", line)));
	for (size_t i = 0; i < pages; i++)
		object(&w,
		    RP_TEXT("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
			    "/Contents 6 0 R"
			    "/Resources<</Font<</F 3 0 R>>>>>>"));
	return finish(&w);
}

rp_bytes
rp_sample_file(struct rp_arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t part[4096];
	struct rp_buf b;
	size_t n;

	if (f == NULL)
		return (rp_bytes){ 0 };
	rp_buf_init(&b, a, RP_SAMPLE_FILE_MAX);
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		rp_buf_add(&b, part, n);
	fclose(f);
	return done(&b);
}
