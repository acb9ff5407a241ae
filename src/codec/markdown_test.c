#include "codec/markdown.h"

#include <glob.h>
#include <time.h>

#include "base/buf.h"
#include "base/check.h"
#include "codec/doc_build.h"
#include "codec/doc_show.h"
#include "codec/sample.h"
#include "codec/sink.h"

#ifndef RP_MARKDOWN_TEST_N
#define RP_MARKDOWN_TEST_N 3000
#define RP_MARKDOWN_TEST_SEED 1
#endif

static rp_text
written(struct rp_arena *a, const struct rp_document *d)
{
	struct rp_sink s;
	struct rp_buf b;
	rp_text t;

	rp_buf_init(&b, a, 8 << 20);
	rp_sink_to_buf(&s, a, &b);
	rp_markdown_write(&s, d);
	RP_CHECK_OK(rp_buf_done(&b, &t));
	return t;
}

static const struct {
	const char *in, *want;
} rows[] = {
	{ "", "" },
	{ "One\ntwo  \nthree\\\nfour\n\n\nFive", "P: One two\\nthree\\nfour\n"
						 "P: Five\n" },
	{ "# A *b* #\nx\n\nT\n===\n\nS\n---\n\n---\n",
	    "H1: A {i:b}\nP: x\nH1: T\nH2: S\nS: \n" },
	{ "---\nTitle: Long\n  title\nlang: de\n---\n# A",
	    "title: Long title\nlang: de\nH1: A\n" },
	{ "*a* **b** ***c*** _d_ a_b_c *a*b ~~s~~ `x*y` * no *",
	    "P: {i:a} {b:b} {b:i:c} {i:d} a_b_c {i:a}b {k:s} "
	    "{c:x*y} * no *\n" },
	{ "**a *b* c** *a **b***", "P: {b:a }{b:i:b}{b: c} {i:a }{b:i:b}\n" },
	{ "x^2 <sup>2</sup><b>B</b></i> a<br>b <foo>",
	    "P: x^2 {p:2}{b:B}</i> a\\nb <foo>\n" },
	{ "[a *b*](http://x/(y) \"t\") <https://z/> [no] [a](<b c>)",
	    "P: {->http://x/(y):a }{i:->http://x/(y):b} "
	    "{->https://z/:https://z/} [no] {->b c:a}\n" },
	{ "27\\. April \\*x\\* &amp; &#167; &lt;", "P: 27. April *x* & § <\n" },
	{ "![a map](m.png) x", "P: {gap a map} x\n" },
	/* Lists. */
	{ "1.  Unternehmen\n    für\n\n    a)  eins\n        zwei,\n\n\n"
	  "    b)  drei\n\n2.  vier\n",
	    "I <1.|D1@0#1>: Unternehmen für\n"
	    "I1 <a)|a1@1#2>: eins zwei,\n"
	    "I1 <b)|a2@1#2>: drei\n"
	    "I <2.|D2@0#1>: vier\n" },
	{ "- a\n- b\n\n  more\n* * c\n\ntext\n\n- d",
	    "I <•|B0@0#1>: a\nI <•|B0@0#1>: b\nP1: more\n"
	    "I <•|B0@0#1>: \nI1 <•|B0@1#2>: c\nP: text\n"
	    "I <•|B0@0#3>: d\n" },
	{ "1. a\n1. b\n1. c\n\n<!-- x -->\n\n1. d\n4) e",
	    "I <1.|D1@0#1>: a\nI <2.|D2@0#1>: b\nI <3.|D3@0#1>: c\n"
	    "I <1.|D1@0#2>: d\nI <4)|D4@0#3>: e\n" },
	{ "h) x\ni) y\n\ntext\n\ni) one\nii) two",
	    "I <h)|a8@0#1>: x\nI <i)|a9@0#1>: y\nP: text\n"
	    "I <i)|i1@0#2>: one\nI <ii)|i2@0#2>: two\n" },
	{ "aa) x\n\nz.B. y\n\n1981 was\n2. no list", "I <aa)|a27@0#1>: x\n"
						     "P: z.B. y\n"
						     "P: 1981 was 2. no "
						     "list\n" },
	{ "(1) Die *Verordnung*\ngilt.\n\n(2) Die\n\n\\(3) nicht",
	    "I <(1)|D1@0 typed>: (1) |Die {i:Verordnung} gilt.\n"
	    "I <(2)|D2@0 typed>: (2) |Die\nP: (3) nicht\n" },
	{ "- a\nlazy\n- # H\n\n- ", "I <•|B0@0#1>: a lazy\nI <•|B0@0#1>: \n"
				    "H1: H\nI <•|B0@0#2>: \n" },
	/* Other blocks. */
	{ "> q\ngo on\n>\n> - i\n\nx", "P(Quote): q go on\n"
				       "I(Quote) <•|B0@0#1>: i\nP: x\n" },
	{ "Term\n:   What\n    it is\n\nx",
	    "P: Term\nP(Definition): What it is\nP: x\n" },
	{ "```c\na  b\n\n  *c*\n```\nx",
	    "P(Code): {c:a  b\\n\\n  *c*}\nP: x\n" },
	{ "| a | *b* |\n| - | :-: |\n| c\\|d |\n\nx | y",
	    "T1.1.1 P: a\nT1.1.2 P: {i:b}\nT1.2.1 P: c|d\nT1.2.2 P: \n"
	    "P: x | y\n" },
	{ "A[^b] c[^a] [^no][^b].\n\n[^a]: one\n[^b]: two\n\n    more\n\nx",
	    "P: A{note 1} c{note 2} [^no]{note 1}.\nP: x\n"
	    "note 1\nP: two\nP: more\nnote 2\nP: one\n" },
	{ "x\n\n[^a]: lost [^b]\n[^b]: two",
	    "P: x\nP: lost {note 1}\nnote 1\nP: two\n" },
	{ "a <ins>b</ins><del>c *d*</del>\n\n<ins>all</ins>\n\n"
	  "x<del>¶</del>\n\n<ins>(1) t</ins>",
	    "P: a +[b]-[c ]-[{i:d}]\nP: +[all]¶+\nP: x¶-\n"
	    "I <(1)|D1@0 typed>: +[(1) ]|+[t]¶+\n" },
	{ "日本\n語 x\ny", "P: 日本語 x y\n" },
	/* What is not closed is text. */
	{ "*a `b [c](d <ins>e <!x", "P: *a `b [c](d <ins>e <!x\n" },
	{ "*a*&#32;&#9;b&#32;\n\n&#32;c", "P: {i:a} \\tb \nP:  c\n" },
	{ "a*\"b\"*c **d**e", "P: a*\"b\"*c {b:d}e\n" },
	/* What the model can say of it, and the same when it was written. */
	{ "- - > q\n  > r", "I <•|B0@0#1>: \n"
			    "I(Quote) <•|B0@0#2>: q\nP(Quote): r\n" },
	{ "- <!-- -->\n  x\n\n- - y", "I <•|B0@0#1>: \nP1: x\n"
				      "I <•|B0@0#1>: \nI1 <•|B0@1#2>: y\n" },
	{ "[^0]:a) [^0]", "I <a)|a1@0#1>: {note 1}\n"
			  "note 1\nI <a)|a1@0#2>: {note 1}\n" },
	{ "<del></del>\n\n[](x)\n\nx", "P: x\n" },
	{ "h) x\n\n<!-- -->\n\ni) y\n\nx) z\n\nv) u",
	    "I <h)|a8@0#1>: x\nI <i)|i1@0#2>: y\n"
	    "I <x)|i10@0#2>: z\nI <v)|a22@0#3>: u\n" },
	{ "<ins>a</ins><ins><del>¶</del></ins>\n\n<ins>&para;</ins>\n\n"
	  "x<ins>\\*¶</ins>",
	    "P: +[a]¶+¶-\nP: +[¶]¶+\nP: x+[*¶]\n" },
	{ "<ins>(1) x\n\n(1)  \ny", "P: <ins>(1) x\nP: (1)\\ny\n" },
	{ "![a[^b]*c*](u\\|v \"t\") <b>d ![e</b>](f) g</b>\n\n[^b]: n",
	    "P: {gap a[^b]c} {b:d }{b:{gap e</b>}}{b: g}\nP: n\n" },
	{ "[a](x)[](y)[b](x) [c](<d\te>) [\\^1](z) [^1]\n\n[^1]: n",
	    "P: {->x:ab} {->d%20e:c} {->z:^1} {note 1}\nnote 1\nP: n\n" },
	{ "x [^b]\n\n[^a]: y [^c]\n\n[^b]: z [^d]\n\n[^c]: u\n\n[^d]: v",
	    "P: x {note 1}\nP: y {note 2}\n"
	    "note 1\nP: z {note 3}\nnote 2\nP: u\nnote 3\nP: v\n" },
	{ "| a |\n|-|\n\n[^a]: | b |\n    |-|\n\nx",
	    "T1.1.1 P: a\nP: x\nT2.1.1 P: b\n" },
	{ "e&#769; <b>x</b>&#824; a&#x2028;b", "P: é {b:x}\xcc\xb8 a\\nb\n" },
	{ "(1) <b></b>\n\n<ins>\\(1) x</ins>y", "P: (1) \nP: +[(1) x]y\n" },
	{ "[^c]\n\n[^c]:```\n     \n      \n    x\n    ```",
	    "P: {note 1}\nnote 1\nP(Code): {c: \\n  \\nx}\n" },
	{ "(1) &#3;$", "I <(1)|D1@0 typed>: (1) | $\n" },
	{ "| &#32;a |\n|-|\n| b&#32; |\n\n[^a]:```\n     c\n    ```\n",
	    "T1.1.1 P:  a\nT1.2.1 P: b \nP(Code): {c: c}\n" },
};

static void
check(struct rp_arena *a, rp_bytes in, const char *want)
{
	struct rp_document *d, *again;
	rp_text out;

	RP_CHECK_OK(rp_markdown_read(a, in, &d));
	if (want != NULL)
		RP_CHECK_TEXT(rp_doc_show(a, d), rp_text_z(want));
	out = written(a, d);
	printf("# %.60s\n", in.n > 0 ? (const char *)in.p : "");
	RP_CHECK_OK(rp_markdown_read(a, rp_text_bytes(out), &again));
	if (!rp_text_eq(rp_doc_show(a, again), rp_doc_show(a, d)))
		printf("written:\n%.*s\n", RP_FMT(out));
	RP_CHECK_TEXT(rp_doc_show(a, again), rp_doc_show(a, d));
	RP_CHECK_TEXT(written(a, again), out);
}

static void
reads_the_table(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(64 << 20);

		check(a, rp_text_bytes(rp_text_z(rows[i].in)), rows[i].want);
	}
}

/* What only other formats have comes out as something that can be read. */
static void
writes_what_it_cannot_say(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	static const char *const texts[] = { "# no", "1. no", "a) no", "- no",
		"(1) no", "> no", "    x", "=", ": x", "a\n- b", "+", "---",
		"a\nb ", "[^1]", "<ins>", "| x |", "!", "![a](b)", "&amp;",
		"\\", "``", "_a_ *b*", "~~~", "* * *", "1)", "<!-- -->" };
	struct rp_doc_runs runs = { 0 };
	struct rp_document *d;
	struct rp_doc_build b;

	rp_doc_build_init(&b, a);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		RP_CHECK_OK(rp_doc_build_run(&b, &runs,
		    &(struct rp_run){ .text = rp_text_z(texts[i]) }));
		RP_CHECK_OK(rp_doc_build_block(&b, &b.doc->body.blocks,
		    &(struct rp_block){ 0 }, &runs));
	}
	RP_CHECK_OK(rp_markdown_read(a, rp_text_bytes(written(a, b.doc)), &d));
	RP_CHECK_TEXT(rp_doc_show(a, d), rp_doc_show(a, b.doc));
}

/* Marks in every place where asterisks would not do. */
static void
writes_marks(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	static const char *const texts[] = { "a", " ", ".", "b ", "*", "é", "",
		"(", "`" };
	static const unsigned looks[] = { 0, RP_LOOK_BOLD, RP_LOOK_ITALIC,
		RP_LOOK_BOLD | RP_LOOK_ITALIC, RP_LOOK_CODE,
		RP_LOOK_SUPERSCRIPT | RP_LOOK_BOLD };
	struct rp_doc_build b;
	struct rp_document *d;
	uint32_t random = 1;

	rp_doc_build_init(&b, a);
	for (size_t i = 0; i < 2000; i++) {
		struct rp_doc_runs runs = { 0 };

		for (size_t j = 0; j < 6; j++) {
			struct rp_format f = { 0 };
			struct rp_run r = { 0 };

			random = random * 1103515245 + 12345;
			r.text = rp_text_z(texts[(random >> 16) % 9]);
			random = random * 1103515245 + 12345;
			f.look = looks[(random >> 16) % 6];
			r.format = rp_document_format(a, b.doc, &f);
			RP_CHECK_OK(rp_doc_build_run(&b, &runs, &r));
		}
		RP_CHECK_OK(rp_doc_build_block(&b, &b.doc->body.blocks,
		    &(struct rp_block){ 0 }, &runs));
	}
	RP_CHECK_OK(rp_markdown_read(a, rp_text_bytes(written(a, b.doc)), &d));
	RP_CHECK(d->body.blocks.n == b.doc->body.blocks.n);
	RP_CHECK_TEXT(rp_doc_show(a, d), rp_doc_show(a, b.doc));
}

/* Pieces of structure in any order: what was read is written and read again. */
static void
reads_what_it_wrote(void)
{
	static const char *const parts[] = { "- ", "> ", "1. ", "2) ", "a)  ",
		"i)  ", "h)  ", "\n", "\n\n", "  ", "    ", "x", "<!-- -->\n",
		"[^1]", "\n\n[^1]: ", "\n\n[^2]: ", "[^2]", "# ", "\n***\n",
		"\n| a | b |\n|-|-|\n", "\n```\n", ":   ", "<ins>", "</ins>",
		"¶", "(1) ", "![", "](y)", "[", "**", "`", "\\", "&#32;", "<b>",
		"</b>", "<br>", "\n- ", "\n\n  ", "\n\n    ", "|", "\n> ",
		"<del>¶</del>", "&#824;" };
	uint32_t random = RP_MARKDOWN_TEST_SEED;

	for (size_t i = 0; i < RP_MARKDOWN_TEST_N; i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(64 << 20);
		struct rp_document *d, *again;
		struct rp_buf b;
		rp_text out;

		rp_buf_init(&b, a, 4096);
		for (size_t j = 0; j < 14; j++) {
			random = random * 1103515245 + 12345;
			rp_buf_text(&b,
			    rp_text_z(
				parts[(random >> 16) %
				      (sizeof(parts) / sizeof(parts[0]))]));
		}
		RP_CHECK_OK(rp_markdown_read(a, (rp_bytes){ b.p, b.n }, &d));
		out = written(a, d);
		RP_CHECK_OK(rp_markdown_read(a, rp_text_bytes(out), &again));
		if (!rp_text_eq(rp_doc_show(a, again), rp_doc_show(a, d)))
			printf("# %.*s\nwritten:\n%.*s\n", (int)b.n, b.p,
			    RP_FMT(out));
		RP_CHECK_TEXT(rp_doc_show(a, again), rp_doc_show(a, d));
	}
}

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Notes to which nothing refers, each with a name of its own. */
static void
takes_linear_time_for_notes(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)1 << 30);
	double begin = seconds();
	struct rp_document *d;
	struct rp_buf b;

	rp_buf_init(&b, a, 8 << 20);
	for (int i = 0; i < 60000; i++)
		rp_buf_f(&b, "[^%d]: a\n\n", i);
	RP_CHECK_OK(rp_markdown_read(a, (rp_bytes){ b.p, b.n }, &d));
	RP_CHECK(d->body.blocks.n == 60000);
	printf("# %.2f s\n", seconds() - begin);
	RP_CHECK(seconds() - begin < 10);
}

/* Twice as long takes twice as long, not four times. */
static void
takes_linear_time(void)
{
	static const char *const parts[] = { "*a _b ", "[", "[a](", "`", "``a`",
		"<ins>", "**a*", "> ", "- ", "a\n", "&#", "[^a]: x\n\n", "![",
		"|", "\\", "*a **a ", "]", "[a](<b", "| a |\n|-|\n", "_",
		"1. a\n", "<!--", "[^a]" };

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new((size_t)2 << 30);
		size_t n = strlen(parts[i]), all = (size_t)100000 / n * n;
		double begin = seconds();
		struct rp_document *d;
		char *p = rp_alloc(a, all);
		struct rp_err *e;

		for (size_t k = 0; k < all; k += n)
			memcpy(p + k, parts[i], n);
		e = rp_markdown_read(a, (rp_bytes){ (uint8_t *)p, all }, &d);
		RP_CHECK(e == NULL || rp_err_code(e) == RP_E_LIMIT);
		rp_err_free(e);
		printf("# %s %.2f s\n", parts[i][0] == '\n' ? "" : parts[i],
		    seconds() - begin);
		RP_CHECK(seconds() - begin < 10);
	}
}

static void
refuses(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_document *d;

	RP_CHECK_FAILS(rp_markdown_read(a, RP_BYTES("a\0b"), &d), RP_E_INVALID);
	RP_CHECK_FAILS(rp_markdown_read(a, RP_BYTES("\xc0"), &d), RP_E_INVALID);
}

/* Laws before and after an amendment: what is numbered there has its label. */
static void
reads_laws(void)
{
	const char *data = getenv("RP_TEST_DATA");
	size_t titles = 0, typed = 0, automatic = 0, headings = 0;
	char pattern[4096];
	glob_t found;

	snprintf(pattern, sizeof(pattern), "%s/docx/laws/*.md",
	    data ? data : "");
	if (data == NULL || glob(pattern, 0, NULL, &found) != 0) {
		printf("# skipped: the shared test data is not here\n");
		return;
	}
	for (size_t i = 0; i < found.gl_pathc; i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new((size_t)256 << 20);
		rp_bytes in = rp_sample_file(a, found.gl_pathv[i]);
		struct rp_document *d;

		check(a, in, NULL);
		RP_CHECK_OK(rp_markdown_read(a, in, &d));
		titles += d->title.n > 0;
		for (size_t j = 0; j < d->body.blocks.n; j++) {
			const struct rp_block *b = &d->body.blocks.v[j];
			rp_text t = rp_block_text(a, b), label;

			typed += b->label.kind == RP_LABEL_TYPED;
			automatic += b->label.kind == RP_LABEL_AUTO &&
				     b->label.style != RP_LABEL_BULLET;
			headings += b->kind == RP_BLOCK_HEADING;
			label = rp_text_sub(t, 0, rp_text_find(t, ' ', 0));
			/* No list swallowed the next item. */
			RP_CHECK(memmem(t.p, t.n, " \n", 2) == NULL);
			if (b->kind == RP_BLOCK_PARAGRAPH)
				RP_CHECK(!rp_text_eq(label, RP_TEXT("a)")));
		}
	}
	printf("# %zu laws: %zu (1), %zu 1. and a), %zu headings\n",
	    (size_t)found.gl_pathc, typed, automatic, headings);
	RP_CHECK(
	    typed > 1000 && automatic > 1500 && headings > 900 && titles > 50);
	globfree(&found);
}

RP_CHECK_MAIN({ "reads the table", reads_the_table },
    { "writes what it cannot say", writes_what_it_cannot_say },
    { "writes marks", writes_marks }, { "reads laws", reads_laws },
    { "reads what it wrote", reads_what_it_wrote },
    { "takes linear time", takes_linear_time },
    { "takes linear time for notes", takes_linear_time_for_notes },
    { "refuses", refuses })
