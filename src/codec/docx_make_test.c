#include "codec/docx_make.h"

#include "base/check.h"
#include "codec/doc_show.h"
#include "codec/docx_read.h"
#include "codec/markdown.h"
#include "document/accept.h"

#define MAX ((size_t)16 << 20)

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

	RP_CHECK_OK(rp_docx_make(a, d, MAX, &octets));
	RP_CHECK_OK(rp_docx_make(a, d, MAX, &twice));
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
	RP_CHECK_FAILS(rp_docx_make(a, d, MAX, &octets), RP_E_INVALID);
	d = rp_document_accept(a, d);
	RP_CHECK(again(a, d)->links.n <= 1);
	/* A cell far to the right makes no million of them. */
	d->body.blocks.v[0].cell = (struct rp_cell){ .table = 1,
		.row = 1,
		.column = UINT32_MAX - 1,
		.columns = UINT16_MAX };
	RP_CHECK_OK(rp_docx_make(a, d, MAX, &octets));
	RP_CHECK(octets.n < 10000);
	RP_CHECK_FAILS(rp_docx_make(a, d, 100, &octets), RP_E_LIMIT);
}

RP_CHECK_MAIN({ "comes back", comes_back }, { "right to left", right_to_left },
    { "hostile", hostile })
