#include "codec/docx_read.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "codec/sample.h"

static const struct rp_block *
read_one(struct rp_arena *a, const char *body, struct rp_docx_read *r)
{
	RP_CHECK_OK(rp_docx_read(a, rp_sample_docx(a, body, NULL), r));
	return r->document->body.blocks.v;
}

#define T(t) "<w:r><w:t xml:space=\"preserve\">" t "</w:t></w:r>"
#define P(t) "<w:p>" T(t) "</w:p>"

static void
reads_runs(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_docx_read r;
	const struct rp_block *b = read_one(a,
	    "<w:p><w:r><w:rPr><w:b/><w:i w:val=\"0\"/></w:rPr><w:t> a&amp;b "
	    "</w:t><w:tab/><w:t xml:space=\"preserve\"> c</w:t><w:br/>"
	    "<w:noBreakHyphen/></w:r><w:smartTag><w:r><w:t>d</w:t></w:r>"
	    "</w:smartTag><w:sdt><w:sdtPr/><w:sdtContent>" T(
		"e") "</w:sdtContent></w:sdt><w:r><w:sym w:font=\"S\" "
		     "w:char=\"00E9\"/>"
		     "</w:r><w:hyperlink w:anchor=\"x\">" T(
			 "f") "</w:hyperlink>"
			      "<w:fldSimple w:instr=\" PAGE \">" T(
				  "7") "</w:fldSimple></w:p>",
	    &r);

	RP_CHECK_TEXT(rp_block_text(a, b), RP_TEXT("a&b\t c\n\xe2\x80\x91"
						   "de\xc3\xa9"
						   "f7"));
	RP_CHECK(r.document->formats.v[b->runs[0].format].look == RP_LOOK_BOLD);
	RP_CHECK_TEXT(r.document->links.v[b->runs[4].link], RP_TEXT("#x"));
	RP_CHECK_TEXT(r.document->fields.v[b->runs[5].field],
	    RP_TEXT(" PAGE "));
	RP_CHECK(b->raw.n > 6 && memcmp(b->raw.p, "<w:p><", 6) == 0);
}

static void
reads_fields(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_docx_read r;
	const struct rp_block *b = read_one(a,
	    "<w:p>" T("a") "<w:r><w:fldChar "
			   "w:fldCharType=\"begin\"/></w:r>"
			   "<w:r><w:instrText> HYPERLINK "
			   "\"http://x/\" </w:instrText></w:r>"
			   "<w:r><w:fldChar "
			   "w:fldCharType=\"separate\"/></"
			   "w:r>" T("b") "<w:r><w:fldChar "
					 "w:fldCharType="
					 "\"end\"/></w:r>" T("c") "<w:r><w:"
								  "fldChar "
								  "w:"
								  "fldCharType="
								  "\"begin\"/"
								  "></w:r></"
								  "w:p>" P("d"),
	    &r);

	RP_CHECK_TEXT(rp_block_text(a, b), RP_TEXT("abc"));
	RP_CHECK_TEXT(r.document->links.v[b->runs[1].link],
	    RP_TEXT("http://x/"));
	RP_CHECK(b->runs[2].link == 0);
	/* A field that never ends hides no paragraph. */
	RP_CHECK_TEXT(rp_block_text(a, b + 1), RP_TEXT("d"));
}

static void
reads_revisions(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_docx_read r;
	const struct rp_revision *v;
	const struct rp_block *b = read_one(a,
	    "<w:p><w:pPr><w:rPr><w:del w:id=\"1\" w:author=\"A\"/></w:rPr>"
	    "</w:pPr><w:ins w:id=\"2\" w:author=\"B\" w:date=\"2026-01-01T00:"
	    "00:00Z\">" T(
		"x") "<w:del w:id=\"3\" w:author=\"C\"><w:r>"
		     "<w:delText>y</w:delText></w:r></w:del></w:ins></w:p>"
		     "<w:moveFromRangeStart w:id=\"4\" "
		     "w:name=\"m\"/><w:p><w:moveFrom "
		     "w:id=\"5\" w:author=\"A\">" T(
			 "z") "</w:moveFrom></w:p>"
			      "<w:moveFromRangeEnd w:id=\"4\"/>",
	    &r);

	RP_CHECK(b[0].mark_del != 0 && b[0].mark_ins == 0);
	v = &r.document->revisions.v[b[0].runs[0].ins];
	RP_CHECK(v->kind == RP_REVISION_INSERT);
	RP_CHECK_TEXT(v->author, RP_TEXT("B"));
	RP_CHECK_TEXT(v->date, RP_TEXT("2026-01-01T00:00:00Z"));
	RP_CHECK(b[0].runs[1].ins != 0 && b[0].runs[1].del != 0);
	v = &r.document->revisions.v[b[1].runs[0].del];
	RP_CHECK(v->kind == RP_REVISION_MOVE_FROM);
	RP_CHECK_TEXT(v->move, RP_TEXT("m"));
}

#define CELL(pr, t) "<w:tc><w:tcPr>" pr "</w:tcPr>" t "</w:tc>"

static void
reads_tables(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_docx_read r;
	const struct rp_block *b = read_one(a,
	    P("0") "<w:tbl><w:tr>" CELL("<w:gridSpan w:val=\"2\"/>",
		P("1")) CELL("",
		P("2") "<w:tbl><w:tr>" CELL("",
		    P("3")) "</w:tr>"
			    "</w:tbl>" P(
				"4")) "</w:tr><w:tr><w:trPr><w:del w:id=\"1\" "
				      "w:author=\"A\"/></w:trPr>" CELL("",
					  P("5")) "</w:tr></w:tbl>" P("6"),
	    &r);

	RP_CHECK(r.document->body.blocks.n == 7);
	RP_CHECK(b[0].cell.table == 0 && b[6].cell.table == 0);
	RP_CHECK(b[1].cell.table == 1 && b[1].cell.row == 1 &&
		 b[1].cell.column == 1 && b[1].cell.columns == 2);
	RP_CHECK(b[2].cell.column == 3 && b[4].cell.column == 3);
	RP_CHECK(b[3].cell.table == 2 && b[3].cell.row == 1);
	RP_CHECK(b[5].cell.row == 2 && b[5].cell.row_del != 0);
}

static void
marks_what_is_opaque(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_docx_read r;
	const struct rp_block *b = read_one(a,
	    "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:docPr "
	    "descr=\"a map\"/><w:txbxContent>" P(
		"box") "</w:txbxContent>"
		       "</w:drawing></mc:Choice></mc:AlternateContent><w:t>t</"
		       "w:t></w:r>"
		       "</w:p>",
	    &r);

	RP_CHECK(b[0].n_runs == 2 && b[0].runs[0].kind == RP_RUN_OPAQUE);
	RP_CHECK_TEXT(b[0].runs[0].text, RP_TEXT("a map"));
	RP_CHECK_TEXT(rp_block_text(a, b), RP_TEXT("t"));
}

static void
refuses(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)1 << 30);
	struct rp_docx_read r;
	struct rp_buf b;
	rp_text t;

	RP_CHECK_FAILS(rp_docx_read(a, RP_BYTES("PK"), &r), RP_E_INVALID);
	RP_CHECK_FAILS(rp_docx_read(a, rp_sample_docx(a, "<w:p>", NULL), &r),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_docx_read(a, rp_sample_docx(a, "&lol;", NULL), &r),
	    RP_E_INVALID);
	rp_buf_init(&b, a, 64 << 20);
	for (int i = 0; i < 300; i++)
		rp_buf_text(&b, RP_TEXT("<w:sdt>"));
	RP_CHECK_OK(rp_buf_done(&b, &t));
	RP_CHECK_FAILS(rp_docx_read(a, rp_sample_docx(a, t.p, NULL), &r),
	    RP_E_LIMIT);
	rp_buf_init(&b, a, 64 << 20);
	for (int i = 0; i < 1000000; i++)
		rp_buf_text(&b, RP_TEXT("<w:p/>"));
	RP_CHECK_OK(rp_buf_done(&b, &t));
	RP_CHECK_FAILS(rp_docx_read(a, rp_sample_docx(a, t.p, NULL), &r),
	    RP_E_LIMIT);
}

/* A paragraph as the gold texts have it: label, tab, text, [^n]. */
static void
show(struct rp_buf *b, const struct rp_block *x)
{
	if (x->label.kind != RP_LABEL_NONE) {
		rp_buf_text(b, x->label.text);
		rp_buf_byte(b, '\t');
	}
	for (uint32_t i = x->label_runs; i < x->n_runs; i++) {
		if (x->runs[i].kind == RP_RUN_NOTE)
			rp_buf_f(b, "[^%u]", x->runs[i].note + 1);
		else if (x->runs[i].kind == RP_RUN_TEXT)
			rp_buf_text(b, x->runs[i].text);
	}
	rp_buf_byte(b, '\n');
}

static rp_text
shown(struct rp_arena *a, const struct rp_document *d)
{
	struct rp_buf b;
	rp_text t;

	rp_buf_init(&b, a, 1 << 20);
	for (size_t i = 0; i < d->body.blocks.n; i++)
		show(&b, &d->body.blocks.v[i]);
	for (size_t i = 0; i < d->notes.n; i++) {
		rp_buf_f(&b, "[^%zu]: ", i + 1);
		for (size_t k = 0; k < d->notes.v[i].blocks.n; k++)
			rp_buf_text(&b, rp_text_trim(rp_block_text(a,
					    &d->notes.v[i].blocks.v[k])));
		rp_buf_byte(&b, '\n');
	}
	RP_CHECK_OK(rp_buf_done(&b, &t));
	return t;
}

static void
reads_the_gold_pairs(void)
{
	const char *root = getenv("RP_TEST_DATA");
	int n = 0;

	for (int i = 0; root != NULL && i < 120; i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(64 << 20);
		const char *path =
		    rp_textf(a, "%s/docx/redline-gold/pair%03d-%s", root, i / 2,
			i % 2 ? "new" : "old")
			.p;
		rp_bytes docx =
		    rp_sample_file(a, rp_textf(a, "%s.docx", path).p);
		rp_bytes want =
		    rp_sample_file(a, rp_textf(a, "%s.txt", path).p);
		struct rp_docx_read r;

		if (docx.n == 0)
			break;
		RP_CHECK_OK(rp_docx_read(a, docx, &r));
		n++;
		RP_CHECK_TEXT(rp_text_trim(shown(a, r.document)),
		    rp_text_trim((rp_text){ (const char *)want.p, want.n }));
	}
	if (n != 120)
		printf("# %d gold documents there\n", n);
}

RP_CHECK_MAIN({ "reads runs", reads_runs }, { "reads fields", reads_fields },
    { "reads revisions", reads_revisions }, { "reads tables", reads_tables },
    { "marks what is opaque", marks_what_is_opaque }, { "refuses", refuses },
    { "reads the gold pairs", reads_the_gold_pairs })
