#include "codec/docx_new.h"

#include "base/check.h"
#include "codec/doc_build.h"
#include "codec/docx_read.h"
#include "codec/markdown.h"
#include "codec/zip.h"
#include "document/accept.h"

static struct rp_doc_build build;
static struct rp_doc_runs runs;

static void
begin(struct rp_arena *a, const char *lang)
{
	rp_doc_build_init(&build, a);
	runs = (struct rp_doc_runs){ 0 };
	build.doc->lang = rp_text_z(lang);
	build.doc->title = RP_TEXT("A <title> & more");
}

static void
add(struct rp_block block, const char *text, struct rp_run run)
{
	run.text = rp_text_z(text);
	if (run.text.n > 0)
		RP_CHECK_OK(rp_doc_build_run(&build, &runs, &run));
	RP_CHECK_OK(
	    rp_doc_build_block(&build, &build.doc->body.blocks, &block, &runs));
}

static struct rp_block
in_cell(uint32_t row, uint32_t column)
{
	return (struct rp_block){
		.cell = { .table = 1, .row = row, .column = column }
	};
}

static rp_bytes
written(struct rp_arena *a)
{
	const struct rp_docx_new options = { .head_rows = 1 };
	rp_bytes out;

	RP_CHECK_OK(rp_docx_new(a, build.doc, &options, &out));
	return out;
}

static rp_text
part(struct rp_arena *a, rp_bytes docx, const char *name)
{
	struct rp_zip *zip;
	rp_bytes out;
	size_t i;

	RP_CHECK_OK(rp_zip_open(a, docx, &zip));
	i = rp_zip_find(zip, rp_text_z(name));
	RP_CHECK(i != SIZE_MAX);
	RP_CHECK_OK(rp_zip_read(a, zip, i, &out));
	return rp_text_trusted(a, out);
}

static bool
has(rp_text t, const char *what)
{
	return memmem(t.p, t.n, what, strlen(what)) != NULL;
}

static void
read_back(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_docx_read r;
	const struct rp_blocks *v;
	uint32_t bold, link;

	begin(a, "en");
	bold = rp_document_format(a, build.doc,
	    &(struct rp_format){ .look = RP_LOOK_BOLD | RP_LOOK_ITALIC });
	link = rp_doc_build_link(&build, RP_TEXT("https://example.org/?a&b"));
	add((struct rp_block){ .kind = RP_BLOCK_HEADING }, "The title",
	    (struct rp_run){ 0 });
	add((struct rp_block){ .kind = RP_BLOCK_HEADING, .level = 2 },
	    "A heading", (struct rp_run){ 0 });
	add((struct rp_block){ 0 }, " kept  spaces \tand\na line <&> ",
	    (struct rp_run){ .format = bold });
	add((struct rp_block){ 0 }, "a link", (struct rp_run){ .link = link });
	add(in_cell(1, 1), "Head", (struct rp_run){ 0 });
	add(in_cell(1, 2), "Number", (struct rp_run){ 0 });
	add(in_cell(2, 1), "row", (struct rp_run){ 0 });
	add(in_cell(2, 2), "1,234", (struct rp_run){ 0 });
	add((struct rp_block){ .kind = RP_BLOCK_ITEM }, "an item",
	    (struct rp_run){ 0 });
	RP_CHECK_OK(rp_docx_read(a, written(a), &r));
	v = &r.document->body.blocks;
	RP_CHECK(v->v[0].kind == RP_BLOCK_HEADING && v->v[0].level == 0);
	RP_CHECK(v->v[1].kind == RP_BLOCK_HEADING && v->v[1].level == 2);
	RP_CHECK_TEXT(rp_block_text(a, &v->v[2]),
	    RP_TEXT(" kept  spaces \tand\na line <&> "));
	RP_CHECK(r.document->formats.v[v->v[2].runs[0].format].look ==
		 (RP_LOOK_BOLD | RP_LOOK_ITALIC));
	RP_CHECK_TEXT(r.document->links.v[v->v[3].runs[0].link],
	    RP_TEXT("https://example.org/?a&b"));
	RP_CHECK(v->v[4].cell.table == 1 && v->v[7].cell.row == 2 &&
		 v->v[7].cell.column == 2);
	RP_CHECK_TEXT(rp_block_text(a, &v->v[7]), RP_TEXT("1,234"));
	RP_CHECK_TEXT(rp_block_text(a, &v->v[v->n - 1]), RP_TEXT("an item"));
	RP_CHECK(v->v[v->n - 1].label.kind == RP_LABEL_AUTO);
}

static void
directions(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	rp_text body;

	begin(a, "ar");
	add((struct rp_block){ 0 }, "مرحبا", (struct rp_run){ 0 });
	add((struct rp_block){ .lang = RP_TEXT("en") }, "Hello",
	    (struct rp_run){ 0 });
	add(in_cell(1, 1), "١٢", (struct rp_run){ 0 });
	body = part(a, written(a), "word/document.xml");
	RP_CHECK(has(body, "<w:bidiVisual/>"));
	RP_CHECK(has(body, "<w:bidi/></w:sectPr>"));
	RP_CHECK(has(body, "<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/>"
			   "</w:rPr><w:t xml:space=\"preserve\">مرحبا"));
	RP_CHECK(has(body, "<w:bidi w:val=\"0\"/></w:pPr><w:r><w:rPr><w:lang "
			   "w:val=\"en\"/>"));
	begin(a, "en");
	add((struct rp_block){ .lang = RP_TEXT("ar") }, "مرحبا",
	    (struct rp_run){ 0 });
	add((struct rp_block){ .lang = RP_TEXT("zh") }, "你好",
	    (struct rp_run){ 0 });
	body = part(a, written(a), "word/document.xml");
	RP_CHECK(has(body, "<w:bidi/></w:pPr><w:r><w:rPr><w:rtl/><w:lang "
			   "w:bidi=\"ar\"/>"));
	RP_CHECK(has(body, "<w:lang w:eastAsia=\"zh\"/>"));
	RP_CHECK(!has(body, "<w:bidi/></w:sectPr>"));
}

static void
the_same_twice(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	rp_bytes x, y;

	begin(a, "fr");
	add((struct rp_block){ .style = RP_TEXT("Quote") }, "« Oui »",
	    (struct rp_run){ 0 });
	x = written(a);
	y = written(a);
	RP_CHECK(x.n == y.n && memcmp(x.p, y.p, x.n) == 0);
	RP_CHECK(has(part(a, x, "word/document.xml"),
	    "<w:pStyle w:val=\"Quote\"/>"));
	RP_CHECK(has(part(a, x, "docProps/core.xml"),
	    "<dc:title>A &lt;title&gt; &amp; more</dc:title><dc:language>fr"));
	RP_CHECK(has(part(a, x, "word/styles.xml"), "w:val=\"heading 9\""));
}

static const struct rp_docx_new usual = { .max = (size_t)16 << 20 };

static const char text[] =
    "# RESOLUTION 5 (Doha, 2026)\n\nThe Conference, *convinced*[^1]\n\n"
    "a) that **names** are read & written < 5;\n\n"
    "b) that [a page](https://example.org/?a=1&b=2) says so,\n\n"
    "| one | two |\n|---|---|\n| three | four |\n\n"
    "[^1]: This is a note.\n";

static struct rp_document *
again(struct rp_arena *a, const struct rp_document *d)
{
	struct rp_docx_read r;
	rp_bytes octets, twice;

	RP_CHECK_OK(rp_docx_new(a, d, &usual, &octets));
	RP_CHECK_OK(rp_docx_new(a, d, &usual, &twice));
	RP_CHECK(
	    octets.n == twice.n && memcmp(octets.p, twice.p, octets.n) == 0);
	RP_CHECK_OK(rp_docx_read(a, octets, &r));
	return r.document;
}

/* The same texts, labels, notes and cells come back. */
static void
comes_back(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_document *d, *r;

	RP_CHECK_OK(rp_markdown_read(a, rp_text_bytes(rp_text_z(text)), &d));
	r = again(a, d);
	RP_CHECK(r->body.blocks.n >= d->body.blocks.n);
	for (size_t i = 0; i < d->body.blocks.n; i++) {
		const struct rp_block *x = &d->body.blocks.v[i];
		const struct rp_block *y = &r->body.blocks.v[i];

		RP_CHECK_TEXT(rp_block_text(a, y), rp_block_text(a, x));
		RP_CHECK_TEXT(y->label.text, x->label.text);
		RP_CHECK(y->cell.row == x->cell.row &&
			 y->cell.column == x->cell.column);
	}
	RP_CHECK(r->body.blocks.v[0].kind == RP_BLOCK_HEADING);
	RP_CHECK(r->notes.n == 1 && r->links.n == 2);
	RP_CHECK_TEXT(rp_block_text(a, &r->notes.v[0].blocks.v[0]),
	    RP_TEXT("This is a note."));
	RP_CHECK_TEXT(r->links.v[1], RP_TEXT("https://example.org/?a=1&b=2"));
}

/* Right to left by the language, unless the block says otherwise. */
static void
right_to_left(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_document *d, *r;

	RP_CHECK_OK(rp_markdown_read(a, RP_BYTES("القرار\n\nEnglish\n"), &d));
	d->lang = RP_TEXT("ar");
	d->body.blocks.v[1].direction = RP_DIRECTION_LTR;
	r = again(a, d);
	RP_CHECK(r->body.blocks.v[0].direction == RP_DIRECTION_RTL);
	RP_CHECK(r->body.blocks.v[1].direction != RP_DIRECTION_RTL);
}

static void
hostile(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_document *d, *empty = rp_document_new(a);
	rp_bytes octets;

	RP_CHECK(again(a, empty)->body.blocks.n == 1);
	RP_CHECK_OK(rp_markdown_read(a,
	    RP_BYTES("[x](javascript:alert) <ins>new</ins>\n"), &d));
	RP_CHECK_FAILS(rp_docx_new(a, d, &usual, &octets), RP_E_INVALID);
	d = rp_document_accept(a, d);
	RP_CHECK(again(a, d)->links.n <= 1);
	/* A cell far to the right makes no million of them. */
	d->body.blocks.v[0].cell = (struct rp_cell){ .table = 1,
		.row = 1,
		.column = UINT32_MAX - 1,
		.columns = UINT16_MAX };
	RP_CHECK_OK(rp_docx_new(a, d, &usual, &octets));
	RP_CHECK(octets.n < 10000);
	RP_CHECK_FAILS(rp_docx_new(a, d, &(struct rp_docx_new){ .max = 100 },
			   &octets),
	    RP_E_LIMIT);
}

RP_CHECK_MAIN({ "read back", read_back }, { "directions", directions },
    { "the same twice", the_same_twice }, { "comes back", comes_back },
    { "right to left", right_to_left }, { "hostile", hostile })
