#include "exchange/compare.h"

#include <dirent.h>
#include <string.h>

#include "base/check.h"
#include "codec/docx_read.h"
#include "codec/docx_revise.h"
#include "codec/sample.h"
#include "document/accept.h"

#define MAX ((size_t)16 << 20)

static const struct rp_compare_options options = {
	.author = RP_TEXT_INIT("Party"),
	.date = RP_TEXT_INIT("2026-01-02T03:04:05Z"),
};

/* What two texts begin and end with is equal, the middle is not. */
static void
differ_text(struct rp_arena *a, rp_text x, rp_text y, uint32_t old,
    struct rp_script_runs *out)
{
	uint32_t from = 0, to_x = (uint32_t)x.n, to_y = (uint32_t)y.n;
	struct rp_script_run r = { .old_block = old };

	while (from < to_x && from < to_y && x.p[from] == y.p[from])
		from++;
	while (from > 0 && ((uint8_t)x.p[from - 1] & 0x80) != 0)
		from--;
	while (to_x > from && to_y > from && x.p[to_x - 1] == y.p[to_y - 1] &&
	       ((uint8_t)x.p[to_x - 1] & 0x80) == 0) {
		to_x--;
		to_y--;
	}
	r.old_to = r.to = from;
	if (from > 0)
		rp_vec_push(a, out, r);
	r = (struct rp_script_run){ .change = RP_CHANGE_DEL,
		.old_block = old,
		.from = from,
		.to = to_x };
	if (to_x > from)
		rp_vec_push(a, out, r);
	r = (struct rp_script_run){ .change = RP_CHANGE_INS,
		.from = from,
		.to = to_y };
	if (to_y > from)
		rp_vec_push(a, out, r);
	r = (struct rp_script_run){ .old_block = old,
		.old_from = to_x,
		.old_to = (uint32_t)x.n,
		.from = to_y,
		.to = (uint32_t)y.n };
	if (to_y < y.n)
		rp_vec_push(a, out, r);
}

static void
push_edit(struct rp_arena *a, struct rp_script *s, enum rp_op op, uint32_t old,
    uint32_t now)
{
	struct rp_edit e = { .op = op,
		.old = old,
		.now = now,
		.split_of = RP_NO_BLOCK };

	if (op == RP_OP_EDIT)
		differ_text(a, rp_block_text(a, &s->old->body.blocks.v[old]),
		    rp_block_text(a, &s->now->body.blocks.v[now]), old,
		    &e.runs);
	rp_vec_push(a, &s->edits, e);
}

/* Longest common run of equal paragraphs; between, one by one. */
static struct rp_script *
differ(struct rp_arena *a, const struct rp_document *old,
    const struct rp_document *now, bool words)
{
	size_t n = old->body.blocks.n, m = now->body.blocks.n;
	uint32_t *len = rp_new_n(a, uint32_t, (n + 1) * (m + 1));
	struct rp_script *s = rp_new(a, struct rp_script);
	rp_text *x = rp_new_n(a, rp_text, n + 1);
	rp_text *y = rp_new_n(a, rp_text, m + 1);
	uint32_t i = 0, k = 0;

	s->old = old;
	s->now = now;
	for (size_t p = 0; p < n; p++)
		x[p] = rp_block_text(a, &old->body.blocks.v[p]);
	for (size_t p = 0; p < m; p++)
		y[p] = rp_block_text(a, &now->body.blocks.v[p]);
#define LEN(p, q) len[(p) * (m + 1) + (q)]
	for (size_t p = n; p-- > 0;)
		for (size_t q = m; q-- > 0;) {
			uint32_t down = LEN(p + 1, q), right = LEN(p, q + 1);

			LEN(p, q) = rp_text_eq(x[p], y[q]) ?
					LEN(p + 1, q + 1) + 1 :
				    down > right ? down :
						   right;
		}
	while (i < n || k < m) {
		bool same = i < n && k < m && rp_text_eq(x[i], y[k]);

		if (same) {
			push_edit(a, s, RP_OP_EQUAL, i++, k++);
		} else if (words && i < n && k < m &&
			   LEN(i + 1, k + 1) >= LEN(i, k)) {
			push_edit(a, s, RP_OP_EDIT, i++, k++);
		} else if (i < n &&
			   (k == m || LEN(i + 1, k) >= LEN(i, k + 1))) {
			push_edit(a, s, RP_OP_DELETE, i++, RP_NO_BLOCK);
		} else {
			push_edit(a, s, RP_OP_INSERT, RP_NO_BLOCK, k++);
		}
	}
	return s;
}

/* Write, and take the octets themselves both ways. */
static struct rp_compare_report
write_and_settle(struct rp_arena *a, const struct rp_docx_read *x,
    const struct rp_docx_read *y, const struct rp_script *s, rp_bytes *out)
{
	struct rp_compare_report report;
	struct rp_docx_read z;
	rp_bytes settled;

	RP_CHECK_OK(rp_compare_docx(a, x, y, s, &options, MAX, out, &report));
	RP_CHECK_OK(rp_docx_accept(a, *out, MAX, &settled));
	RP_CHECK_OK(rp_docx_read(a, settled, &z));
	RP_CHECK_TEXT(rp_document_difference(a, z.document, y->document),
	    RP_TEXT(""));
	RP_CHECK_OK(rp_docx_reject(a, *out, MAX, &settled));
	RP_CHECK_OK(rp_docx_read(a, settled, &z));
	RP_CHECK_TEXT(rp_document_difference(a, z.document, x->document),
	    RP_TEXT(""));
	return report;
}

static struct rp_compare_report
round_trip(struct rp_arena *a, rp_bytes old, rp_bytes now, bool words,
    rp_bytes *out)
{
	struct rp_docx_read x, y;

	RP_CHECK_OK(rp_docx_read(a, old, &x));
	RP_CHECK_OK(rp_docx_read(a, now, &y));
	return write_and_settle(a, &x, &y,
	    differ(a, x.document, y.document, words), out);
}

#define T(t) "<w:r><w:t xml:space=\"preserve\">" t "</w:t></w:r>"
#define P(t) "<w:p>" T(t) "</w:p>"
#define NOTE(i) "<w:r><w:footnoteReference w:id=\"" i "\"/></w:r>"
#define FOOT(i, t) "<w:footnote w:id=\"" i "\">" P(t) "</w:footnote>"
#define ROW(x, y) "<w:tr><w:tc>" P(x) "</w:tc><w:tc>" P(y) "</w:tc></w:tr>"

static const struct {
	const char *old, *old_notes, *now, *new_notes;
} rows[] = {
	{ P("a"), NULL, P("a"), NULL },
	{ P("one two three"), NULL, P("one 2 three"), NULL },
	{ P("a") P("b"), NULL, P("b"), NULL },
	{ P("a"), NULL, P("x") P("a") P("y"), NULL },
	{ P("a)\tone") P("b)\ttwo"), NULL,
	    P("a)\tnew") P("b)\tone") P("c)\ttwo"), NULL },
	{ "<w:p>" T("x") NOTE("1") T(" y") "</w:p>", FOOT("1", " note"),
	    "<w:p>" T("x") NOTE("1") T(" y") "</w:p>", FOOT("1", " other") },
	{ "<w:p>" T("x") NOTE("1") T(" y") "</w:p>", FOOT("1", " note"),
	    P("x y"), NULL },
	{ P("x y"), NULL, "<w:p>" T("x") NOTE("2") T(" y") NOTE("5") "</w:p>",
	    FOOT("2", " note") FOOT("5", " <w:tab/> more") },
	{ P("s") "<w:tbl>" ROW("1", "2") ROW("3", "4") "</w:tbl>" P("e"), NULL,
	    P("s") "<w:tbl>" ROW("1", "2") ROW("n", "m")
		ROW("3", "4 x") "</w:tbl>" P("e"),
	    NULL },
	{ P("s") "<w:tbl>" ROW("1", "2") ROW("3", "4") "</w:tbl>" P("e"), NULL,
	    P("s") "<w:tbl>" ROW("3", "4") "</w:tbl>" P("e"), NULL },
	{ P("s") P("e"), NULL, P("s") "<w:tbl>" ROW("1", "2") "</w:tbl>" P("e"),
	    NULL },
	{ "<w:tbl>" ROW("1", "2") "</w:tbl>" P("e"), NULL,
	    P("new") "<w:tbl>" ROW("1", "2") "</w:tbl>" P("e"), NULL },
	{ P("s") "<w:tbl>" ROW("1", "2") "</w:tbl>" P("e"), NULL, P("s") P("e"),
	    NULL },
	{ "<w:p><w:bookmarkStart w:id=\"7\" w:name=\"k\"/>"
	  "<w:hyperlink w:anchor=\"z\">" T("link") "</w:hyperlink>" T(
	      " tail") "<w:bookmarkEnd w:id=\"7\"/></w:p>",
	    NULL, P("lank tail end"), NULL },
	{ "<w:p>" T("a") "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r>"
			 "<w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar "
			 "w:fldCharType=\"separate\"/></w:r>" T(
			     "7") "<w:r><w:fldChar "
				  "w:fldCharType=\"end\"/></w:r>" T(
				      "z") "</w:p>" P("q"),
	    NULL, P("q") P("b"), NULL },
	{ P("q"), NULL,
	    P("q") "<w:p><w:fldSimple w:instr=\"PAGE\">" T(
		"7") "</w:fldSimple><w:hyperlink w:anchor=\"z\">" T("l") "</"
									 "w:"
									 "hyper"
									 "link>"
									 "</"
									 "w:p>",
	    NULL },
};

static void
holds_for_the_table(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (int words = 0; words < 2; words++) {
			RP_AUTO(rp_arena_freep)
			struct rp_arena *a = rp_arena_new(256 << 20);
			rp_bytes out, again;
			struct rp_compare_report r;
			rp_bytes old =
			    rp_sample_docx(a, rows[i].old, rows[i].old_notes);
			rp_bytes now =
			    rp_sample_docx(a, rows[i].now, rows[i].new_notes);

			r = round_trip(a, old, now, words, &out);
			RP_CHECK(r.form == RP_COMPARE_WORDS);
			round_trip(a, old, now, words, &again);
			RP_CHECK(out.n == again.n &&
				 memcmp(out.p, again.p, out.n) == 0);
		}
	}
}

static size_t
count(rp_bytes in, const char *what)
{
	size_t n = 0;

	for (size_t i = 0; i + strlen(what) <= in.n; i++)
		n += memcmp(in.p + i, what, strlen(what)) == 0;
	return n;
}

/* "a" goes behind "c", with its note and another word. */
static void
moves_paragraphs(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	rp_bytes old = rp_sample_docx(a,
	    "<w:p>" T("a one") NOTE("1") "</w:p>" P("b") P("c") P("d"),
	    FOOT("1", " note"));
	rp_bytes now = rp_sample_docx(a,
	    P("b") P("c") "<w:p>" T("a two") NOTE("4") "</w:p>" P("d"),
	    FOOT("4", " note"));
	struct rp_compare_report report;
	struct rp_docx_read x, y, z;
	struct rp_script s = { 0 };
	rp_bytes out, settled;

	RP_CHECK_OK(rp_docx_read(a, old, &x));
	RP_CHECK_OK(rp_docx_read(a, now, &y));
	s.old = x.document;
	s.now = y.document;
	push_edit(a, &s, RP_OP_EQUAL, 1, 0);
	push_edit(a, &s, RP_OP_EQUAL, 2, 1);
	push_edit(a, &s, RP_OP_MOVE, 0, 2);
	push_edit(a, &s, RP_OP_EQUAL, 3, 3);
	RP_CHECK_OK(
	    rp_compare_docx(a, &x, &y, &s, &options, MAX, &out, &report));
	RP_CHECK(report.form == RP_COMPARE_WORDS);
	RP_CHECK_OK(rp_docx_read(a, out, &z));
	RP_CHECK(z.document->body.blocks.n == 5);
	RP_CHECK(count(z.body.in, "w:name=\"move1\"") == 2);
	RP_CHECK(count(z.body.in, "<w:moveFrom ") == 3);
	RP_CHECK(count(z.body.in, "<w:moveTo ") == 2);
	RP_CHECK(count(z.body.in, "w:delText") == 0);
	RP_CHECK_OK(rp_docx_accept(a, out, MAX, &settled));
	RP_CHECK_OK(rp_docx_read(a, settled, &z));
	RP_CHECK_TEXT(rp_document_difference(a, z.document, y.document),
	    RP_TEXT(""));
	RP_CHECK_OK(rp_docx_reject(a, out, MAX, &settled));
	RP_CHECK_OK(rp_docx_read(a, settled, &z));
	RP_CHECK_TEXT(rp_document_difference(a, z.document, x.document),
	    RP_TEXT(""));
}

#define WORD "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define ITEM(list, t)                                                      \
	"<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"" list \
	"\"/></w:numPr></w:pPr>" T(t) "</w:p>"

/* Two lists, of letters and of numbers. */
static rp_bytes
with_lists(struct rp_arena *a, const char *body)
{
	struct rp_sample_entry e[] = {
		{ .name = "[Content_Types].xml",
		    .content = "<Types><Override PartName=\"/word/document.xml"
			       "\" ContentType=\"" TYPE
			       "document.main+xml\"/></Types>" },
		{ .name = "word/document.xml" },
		{ .name = "word/numbering.xml",
		    .content =
			"<w:numbering xmlns:w=\"" WORD "\"><w:abstractNum "
			"w:abstractNumId=\"0\"><w:nsid w:val=\"1\"/><w:lvl "
			"w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\""
			"lowerLetter\"/><w:lvlText w:val=\"%1)\"/></w:lvl>"
			"</w:abstractNum><w:abstractNum w:abstractNumId=\"1\">"
			"<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt "
			"w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl>"
			"</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId "
			"w:val=\"0\"/></w:num><w:num w:numId=\"2\">"
			"<w:abstractNumId "
			"w:val=\"1\"/></w:num></w:numbering>" },
	};

	e[1].content = rp_textf(a,
	    "<w:document xmlns:w=\"" WORD "\"><w:body>%s</w:body>"
	    "</w:document>",
	    body)
			   .p;
	return rp_sample_zip(a, e, 3);
}

static void
brings_lists_over(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(256 << 20);
	rp_bytes plain = rp_sample_docx(a, P("x") P("y"), NULL), out;
	rp_bytes one = with_lists(a, ITEM("1", "x") ITEM("1", "y"));
	rp_bytes two = with_lists(a,
	    ITEM("2", "n") ITEM("1", "x") ITEM("1", "z") ITEM("1", "y"));
	rp_bytes three = with_lists(a, ITEM("2", "x") ITEM("2", "y"));

	/* A package that has no lists, and no relations, gets both. */
	RP_CHECK(
	    round_trip(a, plain, two, true, &out).form == RP_COMPARE_WORDS);
	RP_CHECK(
	    round_trip(a, one, plain, true, &out).form == RP_COMPARE_WORDS);
	RP_CHECK(round_trip(a, one, two, true, &out).form == RP_COMPARE_WORDS);
	/* Only the list is another one: the paragraphs' properties changed. */
	RP_CHECK(
	    round_trip(a, one, three, true, &out).form == RP_COMPARE_WORDS);
}

static bool
is_moved_to(const struct rp_document *d, const struct rp_block *b)
{
	return d->revisions.v[b->mark_ins].kind == RP_REVISION_MOVE_TO;
}

/* What is moved backwards pulls nothing along that stays where it is. */
static void
keeps_order_around_moves(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	rp_bytes out;
	struct rp_docx_read x, y;
	struct rp_script s = { 0 };
	struct rp_compare_report r;
	int moved = 0, kept = 0;

	RP_CHECK_OK(rp_docx_read(a,
	    rp_sample_docx(a, P("a") P("b") P("c") P("d") P("e"), NULL), &x));
	RP_CHECK_OK(rp_docx_read(a,
	    rp_sample_docx(a, P("d") P("a") P("c") P("n") P("b") P("e"), NULL),
	    &y));
	s.old = x.document;
	s.now = y.document;
	push_edit(a, &s, RP_OP_MOVE, 3, 0);
	push_edit(a, &s, RP_OP_EQUAL, 0, 1);
	push_edit(a, &s, RP_OP_EQUAL, 2, 2);
	push_edit(a, &s, RP_OP_INSERT, RP_NO_BLOCK, 3);
	push_edit(a, &s, RP_OP_MOVE, 1, 4);
	push_edit(a, &s, RP_OP_EQUAL, 4, 5);
	r = write_and_settle(a, &x, &y, &s, &out);
	RP_CHECK(r.form == RP_COMPARE_WORDS);
	for (size_t i = 0; i < r.document->body.blocks.n; i++) {
		const struct rp_block *b = &r.document->body.blocks.v[i];

		moved += is_moved_to(r.document, b);
		kept += b->mark_ins == 0 && b->mark_del == 0;
	}
	RP_CHECK(moved == 2 && kept == 3);
}

/* Nothing is left of the last paragraph where its mark cannot go. */
static void
shares_the_last_mark(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	rp_bytes old = rp_sample_docx(a, P("a") P("b") P("c"), NULL), out;
	rp_bytes now = rp_sample_docx(a, P("a") P("x") P("y") P("z"), NULL);
	struct rp_compare_report r = round_trip(a, old, now, false, &out);
	const struct rp_blocks *b = &r.document->body.blocks;

	RP_CHECK(r.form == RP_COMPARE_WORDS && b->n == 5);
	RP_CHECK(b->v[4].mark_ins == 0 && b->v[4].mark_del == 0);
	RP_CHECK(b->v[4].n_runs == 2 && b->v[4].runs[0].del != 0 &&
		 b->v[4].runs[1].ins != 0);
}

static void
holds_for_the_gold_pairs(void)
{
	const char *root = getenv("RP_TEST_DATA");
	int forms[RP_COMPARE_ALL + 1] = { 0 }, n = 0;

	for (int i = 0; root != NULL && i < 60; i++) {
		for (int words = 0; words < 2; words++) {
			RP_AUTO(rp_arena_freep)
			struct rp_arena *a = rp_arena_new(512 << 20);
			const char *stem = rp_textf(a,
			    "%s/docx/redline-gold/pair%03d-", root, i)
					       .p;
			rp_bytes old = rp_sample_file(a,
			    rp_textf(a, "%sold.docx", stem).p);
			rp_bytes now = rp_sample_file(a,
			    rp_textf(a, "%snew.docx", stem).p);
			const char *to = getenv("RP_TEST_OUT");
			struct rp_compare_report r;
			rp_bytes out;

			if (old.n == 0)
				continue;
			r = round_trip(a, old, now, words, &out);
			if (r.why.n > 0)
				printf("# %d: %.*s\n", i, RP_FMT(r.why));
			forms[r.form]++;
			n++;
			if (to != NULL) {
				FILE *f =
				    fopen(rp_textf(a, "%s/pair%03d-%d.docx", to,
					      i, words)
					      .p,
					"wb");

				fwrite(out.p, 1, out.n, f);
				fclose(f);
			}
		}
	}
	printf("# %d comparisons: %d words, %d own lists, %d paragraphs, %d "
	       "all\n",
	    n, forms[0], forms[1], forms[2], forms[3]);
	RP_CHECK(forms[RP_COMPARE_WORDS] == n);
}

static int
is_rejected(const struct dirent *d)
{
	return strstr(d->d_name, "-Rejected.docx") != NULL;
}

/* Documents that Word wrote: what was rejected is old, what accepted is new. */
static void
holds_for_documents_of_word(void)
{
	const char *root = getenv("RP_TEST_DATA");
	struct dirent **names;
	int forms[RP_COMPARE_ALL + 1] = { 0 }, n;
	char dir[4096];

	if (root == NULL)
		return;
	(void)snprintf(dir, sizeof(dir), "%s/docx/revisions", root);
	n = scandir(dir, &names, is_rejected, alphasort);
	for (int i = 0; i < n; i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(512 << 20);
		rp_text stem = rp_textf(a, "%s/%.*s", dir,
		    (int)(strlen(names[i]->d_name) - strlen("-Rejected.docx")),
		    names[i]->d_name);
		rp_bytes old = rp_sample_file(a,
		    rp_textf(a, "%.*s-Rejected.docx", RP_FMT(stem)).p);
		rp_bytes now = rp_sample_file(a,
		    rp_textf(a, "%.*s-Accepted.docx", RP_FMT(stem)).p);
		struct rp_compare_report r;
		rp_bytes out;

		r = round_trip(a, old, now, true, &out);
		if (r.why.n > 0)
			printf("# %s: form %d, %.*s\n", names[i]->d_name,
			    (int)r.form, RP_FMT(r.why));
		forms[r.form]++;
		free(names[i]);
	}
	if (n > 0)
		free(names);
	printf("# %d documents: %d words, %d own lists, %d paragraphs, %d "
	       "all\n",
	    n, forms[0], forms[1], forms[2], forms[3]);
	/* RP034, RP035: where columns of a table change, all of it does. */
	RP_CHECK(n <= 0 || forms[RP_COMPARE_WORDS] + 2 >= n);
}

RP_CHECK_MAIN({ "holds for the table", holds_for_the_table },
    { "keeps order around moves", keeps_order_around_moves },
    { "shares the last mark", shares_the_last_mark },
    { "moves paragraphs", moves_paragraphs },
    { "brings lists over", brings_lists_over },
    { "holds for the gold pairs", holds_for_the_gold_pairs },
    { "holds for documents of Word", holds_for_documents_of_word })
