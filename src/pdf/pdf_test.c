#include "pdf/pdf.h"

#include "base/check.h"

#define ARENA_MAX ((size_t)512 << 20)

static struct rp_pdf_fonts *fonts;

static struct rp_block *
add(struct rp_arena *a, struct rp_document *d, enum rp_block_kind kind,
    const char *text)
{
	struct rp_run *run = rp_new(a, struct rp_run);
	struct rp_block b = { .kind = kind, .runs = run, .n_runs = 1 };

	run->text = rp_text_z(text);
	rp_vec_push(a, &d->body.blocks, b);
	return &d->body.blocks.v[d->body.blocks.n - 1];
}

static void
in_cell(struct rp_block *b, uint32_t row, uint32_t column)
{
	b->cell = (struct rp_cell){ .table = 1,
		.row = row,
		.column = column,
		.columns = 1 };
}

static bool
contains(rp_bytes octets, const char *what)
{
	return memmem(octets.p, octets.n, what, strlen(what)) != NULL;
}

static size_t
count(rp_bytes octets, const char *what)
{
	size_t n = 0;

	for (size_t i = 0; i + strlen(what) <= octets.n; i++)
		n += memcmp(octets.p + i, what, strlen(what)) == 0;
	return n;
}

/* Something of everything. */
static struct rp_document *
whole(struct rp_arena *a)
{
	struct rp_document *d = rp_document_new(a);
	struct rp_story note = { .kind = RP_STORY_FOOTNOTE };
	struct rp_run *runs = rp_new_n(a, struct rp_run, 5);
	struct rp_run *words = rp_new(a, struct rp_run);
	struct rp_block *b;

	d->lang = RP_TEXT("en");
	(void)add(a, d, RP_BLOCK_HEADING, "A contribution");
	add(a, d, RP_BLOCK_HEADING, "Introduction")->level = 3;
	runs[0].text = RP_TEXT("It is said ");
	runs[1] = (struct rp_run){ .text = RP_TEXT("there"), .link = 1 };
	rp_vec_push(a, &d->links, RP_TEXT("https://example.org/a"));
	runs[2] = (struct rp_run){ .kind = RP_RUN_NOTE, .note = 0 };
	runs[3] =
	    (struct rp_run){ .kind = RP_RUN_OPAQUE, .text = RP_TEXT("a map") };
	runs[4].text = RP_TEXT(".");
	b = add(a, d, RP_BLOCK_PARAGRAPH, "");
	b->runs = runs;
	b->n_runs = 5;
	add(a, d, RP_BLOCK_PARAGRAPH, "أحاط الفريق علما")->lang = RP_TEXT("ar");
	b = add(a, d, RP_BLOCK_ITEM, "first");
	b->label =
	    (struct rp_label){ .kind = RP_LABEL_AUTO, .text = RP_TEXT("1") };
	in_cell(add(a, d, RP_BLOCK_PARAGRAPH, "Symbol"), 1, 1);
	in_cell(add(a, d, RP_BLOCK_PARAGRAPH, "Source"), 1, 2);
	in_cell(add(a, d, RP_BLOCK_PARAGRAPH, "20/3"), 2, 1);
	in_cell(add(a, d, RP_BLOCK_PARAGRAPH, "Brazil"), 2, 2);
	words->text = RP_TEXT("A note.");
	b = rp_new(a, struct rp_block);
	*b = (struct rp_block){ .runs = words, .n_runs = 1 };
	rp_vec_push(a, &note.blocks, *b);
	rp_vec_push(a, &d->notes, note);
	return d;
}

static void
what_it_says_of_itself(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	static const char *const must[] = { "/MarkInfo <</Marked true>>",
		"/Lang (en)", "/Lang (ar)", "/DisplayDocTitle true", "/S /H1 ",
		"/S /H2 ", "/S /L ", "/S /Lbl", "/S /LBody", "/S /TH ",
		"/Scope /Column", "/S /TD ", "/S /Note", "/S /Reference",
		"/S /Figure", "/Alt <FEFF", "/S /Link",
		"/URI (https://example.org/", "/ToUnicode",
		"/CreationDate (D:20241004090000Z)", "/FontFile2",
		"<rdf:li xml:lang=\"x-default\">A contribution</rdf:li>" };
	const struct rp_pdf_options o = { .head_rows = 1,
		.date = INT64_C(1728032400000),
		.foot = RP_TEXT("CWG-Internet-20/3") };
	rp_bytes out, again;

	RP_CHECK_OK(rp_pdf_write(a, fonts, whole(a), &o, &out));
	for (size_t i = 0; i < sizeof(must) / sizeof(must[0]); i++) {
		if (!contains(out, must[i]))
			printf("# lacks %s\n", must[i]);
		RP_CHECK(contains(out, must[i]));
	}
	/* No level is left out: Heading 3 after the title is the second. */
	RP_CHECK(!contains(out, "/S /H3"));
	/* The mark leads to the note, and the note back. */
	RP_CHECK(count(out, "/Subtype /Link") == 3);
	RP_CHECK_OK(rp_pdf_write(a, fonts, whole(a), &o, &again));
	RP_CHECK(out.n == again.n && memcmp(out.p, again.p, out.n) == 0);
}

static void
pages_follow(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct rp_document *d = rp_document_new(a);
	rp_bytes out;

	for (int i = 0; i < 200; i++)
		(void)add(a, d, RP_BLOCK_PARAGRAPH,
		    "The Group considered the document and noted it.");
	RP_CHECK_OK(rp_pdf_write(a, fonts, d, NULL, &out));
	RP_CHECK(count(out, "/Type /Page ") == 6);
	for (uint32_t i = 0; i < 300; i++)
		in_cell(add(a, d, RP_BLOCK_PARAGRAPH, "cell"), i + 1, 1);
	RP_CHECK_OK(rp_pdf_write(a, fonts, d, NULL, &out));
	RP_CHECK(count(out, "/Type /Page ") == 14);
}

/* What must not loop, fail or read behind its end. */
static void
odd_documents(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct rp_document *d = rp_document_new(a);
	char *wide = rp_alloc(a, 20001), *lines = rp_alloc(a, 4001);
	rp_bytes out;

	RP_CHECK_OK(rp_pdf_write(a, fonts, d, NULL, &out));
	RP_CHECK(contains(out, "/Type /Page "));
	memset(wide, 'w', 20000);
	memset(lines, '\n', 4000);
	(void)add(a, d, RP_BLOCK_PARAGRAPH, wide);
	(void)add(a, d, RP_BLOCK_PARAGRAPH, lines);
	(void)add(a, d, RP_BLOCK_PARAGRAPH, "\xf4\x8f\xbf\xbf \xe2\x80\x8f");
	for (uint32_t i = 0; i < 80; i++)
		in_cell(add(a, d, RP_BLOCK_PARAGRAPH, i == 5 ? wide : "ab"), 1,
		    i + 1);
	RP_CHECK_OK(rp_pdf_write(a, fonts, d,
	    &(struct rp_pdf_options){ .head_rows = 5 }, &out));
	RP_CHECK_FAILS(rp_pdf_write(a, fonts, d,
			   &(struct rp_pdf_options){ .max = 4000 }, &out),
	    RP_E_LIMIT);
	add(a, d, RP_BLOCK_PARAGRAPH, "x")->mark_ins = rp_document_revise(a, d,
	    &(struct rp_revision){ .kind = RP_REVISION_INSERT });
	RP_CHECK_FAILS(rp_pdf_write(a, fonts, d, NULL, &out), RP_E_INVALID);
}

static void
fonts_must_be_there(void)
{
	struct rp_pdf_fonts *f;

	RP_CHECK_FAILS(rp_pdf_fonts_open("/nowhere", &f), RP_E_UNAVAILABLE);
	RP_CHECK_OK(rp_pdf_fonts_open(RP_PDF_FONTS, &fonts));
}

RP_CHECK_MAIN({ "fonts must be there", fonts_must_be_there },
    { "what it says of itself", what_it_says_of_itself },
    { "pages follow", pages_follow }, { "odd documents", odd_documents })
