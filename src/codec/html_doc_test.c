#include "codec/html_doc.h"

#include "base/buf.h"
#include "base/check.h"
#include "codec/doc_build.h"
#include "codec/markdown.h"
#include "codec/sink.h"

static rp_text
written(struct rp_arena *a, const struct rp_document *d,
    const struct rp_html_doc_options *o)
{
	struct rp_sink s;
	struct rp_buf b;
	rp_text t;

	rp_buf_init(&b, a, 8 << 20);
	rp_sink_to_buf(&s, a, &b);
	rp_html_doc_write(&s, d, o);
	RP_CHECK_OK(rp_buf_done(&b, &t));
	return t;
}

static bool
has(rp_text t, const char *part)
{
	bool is = memmem(t.p, t.n, part, strlen(part)) != NULL;

	if (!is)
		printf("# no %s in\n%.*s\n", part, RP_FMT(t));
	return is;
}

/* Every element that opens closes in its turn; ids are there once. */
static void
check_nesting(struct rp_arena *a, rp_text t)
{
	struct RP_VEC(rp_text) open = { 0 };

	for (size_t i = 0; i < t.n; i++) {
		bool closing = i + 1 < t.n && t.p[i + 1] == '/';
		size_t end, to;
		rp_text name;

		if (t.p[i] != '<')
			continue;
		to = rp_text_find(t, '>', i);
		RP_CHECK(to < t.n);
		for (end = i + 1 + closing;
		     end < to && t.p[end] != ' ' && t.p[end] != '>'; end++)
			;
		name = rp_text_sub(t, i + 1 + closing, end);
		i = to;
		if (rp_text_eq(name, RP_TEXT("br")) ||
		    rp_text_eq(name, RP_TEXT("hr")) ||
		    rp_text_eq(name, RP_TEXT("meta")) ||
		    rp_text_eq(name, RP_TEXT("!DOCTYPE")))
			continue;
		if (!closing) {
			rp_vec_push(a, &open, name);
			continue;
		}
		RP_CHECK(open.n > 0);
		RP_CHECK_TEXT(name, open.v[open.n - 1]);
		open.n--;
	}
	RP_CHECK(open.n == 0);
}

static struct rp_document *
example(struct rp_arena *a)
{
	struct rp_doc_runs runs = { 0 };
	struct rp_document *d;
	struct rp_doc_build b;
	rp_revision_ref move;
	struct rp_err *e;

	e = rp_markdown_read(a,
	    RP_BYTES(
		"---\nlang: ar\ntitle: A <b> & \"c\"\n---\n"
		"# Title\n\n(1) x <ins>new **bold**</ins><del>old</del>[^1] "
		"&lt;script&gt;\n\n"
		"<del>gone</del>\n\n<ins>come</ins>\n\n"
		"a) [x](https://e.org/?a=1&b=\"2) [y](javascript:alert)\n\n"
		"   i) deep![a map](m.png)\n\n"
		"| a | b |\n|-|-|\n| c | <ins>d</ins> |\n\n"
		"split<ins>¶</ins>\n\n***\n\n[^1]: note <ins>n</ins>[^1]\n"),
	    &d);
	RP_CHECK_OK(e);
	b = (struct rp_doc_build){ .arena = a, .doc = d };
	RP_CHECK_OK(rp_doc_build_revise(&b,
	    &(struct rp_revision){ .kind = RP_REVISION_MOVE_TO,
		.author = RP_TEXT("A & <B>"),
		.date = RP_TEXT("2026-01-02T03:04:05Z"),
		.move = RP_TEXT("m1") },
	    &move));
	RP_CHECK_OK(rp_doc_build_run(&b, &runs,
	    &(struct rp_run){ .text = RP_TEXT("moved\ttext\nline"),
		.ins = move }));
	RP_CHECK_OK(rp_doc_build_block(&b, &d->body.blocks,
	    &(struct rp_block){ .kind = RP_BLOCK_CALLOUT,
		.lang = RP_TEXT("ar"),
		.direction = RP_DIRECTION_RTL,
		.mark_ins = move },
	    &runs));
	return d;
}

static void
writes_inline(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_html_doc_options o = { .prefix = RP_TEXT("x-"),
		.original = RP_URL("/f?a&b") };
	rp_text t = written(a, example(a), &o);

	check_nesting(a, t);
	RP_CHECK(
	    has(t, "<div class=\"doc doc-inline\" lang=\"ar\" dir=\"rtl\">\n"));
	RP_CHECK(has(t, "<h1 dir=\"auto\">Title</h1>\n"));
	RP_CHECK(has(t, "<p class=\"doc-item doc-changed\" dir=\"auto\">"
			"<span class=\"doc-label\">(1)</span> x "
			"<ins title=\"inserted\">new <b>bold</b></ins>"
			"<del title=\"deleted\">old</del>"
			"<sup class=\"doc-note\"><a href=\"#x-note-1\" "
			"id=\"x-mark-1\">1</a></sup> &lt;script&gt;</p>"));
	RP_CHECK(has(t, "<a href=\"https://e.org/?a=1&amp;b=%222\">x</a> y"));
	RP_CHECK(memmem(t.p, t.n, "javascript", 10) == NULL);
	RP_CHECK(has(t, "<p class=\"doc-item doc-l1\" dir=\"auto\"><span "
			"class=\"doc-label\">i)</span> deep<span "
			"class=\"doc-gap\">[<a href=\"/f?a&amp;b\">a map</a>]"
			"</span></p>"));
	RP_CHECK(has(t, "<tr><td><p dir=\"auto\">c</p>\n</td><td><p "
			"class=\"doc-changed\" dir=\"auto\"><ins "
			"title=\"inserted\">d</ins></p>\n</td></tr>"));
	RP_CHECK(has(t, "split<ins title=\"inserted\"><span "
			"class=\"doc-mark\">¶</span></ins></p>"));
	RP_CHECK(has(t, "<hr>"));
	RP_CHECK(has(t, "<p class=\"doc-callout doc-changed\" dir=\"rtl\" "
			"lang=\"ar\"><ins class=\"doc-move\" "
			"datetime=\"2026-01-02T03:04:05Z\" title=\"moved here "
			"by A &amp; &lt;B&gt;\">moved&emsp;text<br>line</ins>"
			"</p>"));
	RP_CHECK(has(t, "<li id=\"x-note-1\"><p class=\"doc-changed\" "
			"dir=\"auto\">note <ins title=\"inserted\">n</ins>"));
	RP_CHECK(has(t, "<a href=\"#x-mark-1\" aria-label=\"back to the "
			"text\">"));
	RP_CHECK(memmem(t.p, t.n, "style=", 6) == NULL);
}

static void
writes_sides(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	static const struct rp_html_doc_texts texts = {
		.lang = RP_TEXT_INIT("fr"),
		.old = RP_TEXT_INIT("Ancien"),
		.now = RP_TEXT_INIT("Nouveau"),
		.notes = RP_TEXT_INIT("Notes"),
		.inserted = RP_TEXT_INIT("inséré"),
		.deleted = RP_TEXT_INIT("supprimé"),
		.moved_here = RP_TEXT_INIT("déplacé ici"),
		.by = RP_TEXT_INIT("par"),
	};
	struct rp_html_doc_options o = { .view = RP_HTML_DOC_SIDE,
		.texts = &texts };
	rp_text t = written(a, example(a), &o);

	check_nesting(a, t);
	RP_CHECK(has(t, "<th scope=\"col\">Ancien</th>"));
	RP_CHECK(has(t,
	    "<tr class=\"doc-changed\"><td class=\"doc-old\"><p dir=\"auto\">"
	    "<del title=\"supprimé\">gone</del></p>\n</td><td "
	    "class=\"doc-new\"></td></tr>"));
	RP_CHECK(has(t, "<td class=\"doc-old\"></td><td class=\"doc-new\"><p "
			"dir=\"auto\"><ins title=\"inséré\">come</ins>"));
	/* A changed paragraph: each side has its own. */
	RP_CHECK(has(t, "</span> x <del title=\"supprimé\">old</del><sup "
			"class=\"doc-note\"><a href=\"#note-old-1\""));
	RP_CHECK(has(t, "</span> x <ins title=\"inséré\">new <b>bold</b>"
			"</ins><sup class=\"doc-note\"><a href=\"#note-1\""));
	RP_CHECK(has(t, "<td class=\"doc-old\"><table>"));
	RP_CHECK(has(t, "<h2>Notes (Ancien)</h2>"));
}

static void
writes_a_page(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_html_doc_options o = { .complete = true,
		.view = RP_HTML_DOC_BARS };
	rp_text t = written(a, example(a), &o);

	check_nesting(a, t);
	RP_CHECK(has(t, "<!DOCTYPE html>\n<html lang=\"ar\">"));
	RP_CHECK(has(t, "<title>A &lt;b&gt; &amp; &quot;c&quot;</title>"));
	RP_CHECK(has(t, "@media print"));
	RP_CHECK(has(t, ".doc-bars .doc-changed"));
	RP_CHECK(memmem(t.p, t.n, "<script", 7) == NULL);
	/* The same again. */
	RP_CHECK_TEXT(written(a, example(a), &o), t);
}

/* Attributes cannot be left, columns cannot fill the memory. */
static void
hostile(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_html_doc_options o = { .view = RP_HTML_DOC_SIDE,
		.complete = true };
	struct rp_format f = { .lang = RP_TEXT("\"><script>"),
		.look = 0xffff & ~RP_LOOK_HIDDEN };
	struct rp_doc_runs runs = { 0 };
	struct rp_doc_build b;
	rp_revision_ref ins;
	rp_text t;

	rp_doc_build_init(&b, a);
	b.doc->lang = b.doc->title = RP_TEXT("\"></title><script>");
	RP_CHECK_OK(rp_doc_build_revise(&b,
	    &(struct rp_revision){ .kind = RP_REVISION_INSERT,
		.author = RP_TEXT("\"><script>"),
		.date = RP_TEXT("\"><script>") },
	    &ins));
	for (unsigned i = 0; i < 200; i++) {
		RP_CHECK_OK(rp_doc_build_run(&b, &runs,
		    &(struct rp_run){ .text = RP_TEXT("<script>\"'&"),
			.format = i % 3 ? rp_document_format(a, b.doc, &f) : 0,
			.ins = i % 5 ? ins : 0,
			.del = i % 7 ? 0 : ins,
			.link = i % 2 ? rp_doc_build_link(&b,
					    RP_TEXT("http://\"><script>")) :
					0 }));
		RP_CHECK_OK(rp_doc_build_block(&b, &b.doc->body.blocks,
		    &(struct rp_block){ .lang = f.lang,
			.kind = i % 7,
			.level = (uint8_t)i,
			.label = { .kind = RP_LABEL_AUTO,
			    .level = (uint8_t)i,
			    .text = f.lang },
			.cell = { .table = i / 10,
			    .row = 1,
			    .column = i % 4 ? i : UINT32_MAX,
			    .columns = UINT16_MAX } },
		    &runs));
	}
	t = written(a, b.doc, &o);
	check_nesting(a, t);
	RP_CHECK(memmem(t.p, t.n, "<script", 7) == NULL);
}

/* Places to link to, of the body only and once, also beside an old text. */
static void
writes_anchors(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	struct rp_html_doc_options o = { .anchors = true,
		.prefix = RP_TEXT("x-") };
	struct rp_document *d;
	rp_text t;

	RP_CHECK_OK(rp_markdown_read(a,
	    RP_BYTES("# One\n\n1. Two[^n]\n\n[^n]: Note\n"), &d));
	t = written(a, d, &o);
	RP_CHECK(has(t, "id=\"x-p-1\""));
	RP_CHECK(has(t, "id=\"x-p-2\"") && has(t, "href=\"#x-p-2\">1.</a>"));
	RP_CHECK(memmem(t.p, t.n, "x-p-3", 5) == NULL);
	check_nesting(a, t);
	o.view = RP_HTML_DOC_SIDE;
	t = written(a, d, &o);
	check_nesting(a, t);
	for (const char *at = t.p; (at = strstr(at, "id=\"x-p-2\"")) != NULL;
	     at++)
		RP_CHECK(strstr(at + 1, "id=\"x-p-2\"") == NULL);
	o.anchors = false;
	t = written(a, d, &o);
	RP_CHECK(memmem(t.p, t.n, "x-p-", 4) == NULL);
}

/* The symbols of proposals: before the text, or in a column of their own. */
static void
writes_margins(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	struct rp_html_doc_options o = { .margins = true };
	struct rp_document *d;
	rp_text t;

	RP_CHECK_OK(rp_markdown_read(a,
	    RP_BYTES("one[^1]\n\ntwo\n\nthree\n\n[^1]: a note\n"), &d));
	for (size_t i = 0; i < d->body.blocks.n; i++)
		d->body.blocks.v[i].margin = RP_MARGIN_MOD;
	d->notes.v[0].blocks.v[0].margin = RP_MARGIN_MOD;
	d->body.blocks.v[1].margin = RP_MARGIN_SUP_MOVED;
	d->body.blocks.v[2].margin = RP_MARGIN_NONE;
	t = written(a, d, &o);
	RP_CHECK(has(t, "doc-inline doc-margins\"") &&
		 has(t, "<span class=\"doc-margin\"><bdi>MOD</bdi></span> "
			"one") &&
		 has(t, ">SUP*</bdi></span> two") &&
		 has(t, "auto\">three</p>") && has(t, "auto\">a note</p>"));
	o.view = RP_HTML_DOC_SIDE;
	t = written(a, d, &o);
	check_nesting(a, t);
	RP_CHECK(has(t, "<th scope=\"col\" class=\"doc-symbol\">Change</th>") &&
		 has(t, "<td class=\"doc-symbol\"><span "
			"class=\"doc-margin\"><bdi>MOD</bdi></span> </td><td "
			"class=\"doc-old\">") &&
		 has(t, "<td class=\"doc-symbol\"></td>") &&
		 memmem(t.p, t.n, "MOD</bdi></span> one", 20) == NULL);
	o.margins = false;
	t = written(a, d, &o);
	RP_CHECK(memmem(t.p, t.n, "doc-margin", 10) == NULL &&
		 memmem(t.p, t.n, "doc-symbol", 10) == NULL);
}

/* One symbol for a row, that of a change in it: cells lie side by side. */
static void
writes_margins_of_rows(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	const struct rp_html_doc_options o = { .margins = true };
	struct rp_document *d;
	rp_text t;

	RP_CHECK_OK(rp_markdown_read(a,
	    RP_BYTES("| a | b |\n| - | - |\n| c | d |\n"), &d));
	RP_CHECK(d->body.blocks.n == 4);
	for (size_t i = 0; i < 4; i++)
		d->body.blocks.v[i].margin = RP_MARGIN_NOC;
	d->body.blocks.v[3].margin = RP_MARGIN_MOD;
	t = written(a, d, &o);
	check_nesting(a, t);
	RP_CHECK(has(t, "NOC</bdi></span> a<") && has(t, "\">b</p>"));
	RP_CHECK(has(t, "\">c</p>") && has(t, "MOD</bdi></span> d<"));
}

/* In a page that has its title, the text's own is one lower. */
static void
writes_below(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	struct rp_html_doc_options o = { .below = true };
	struct rp_document *d;
	rp_text t;

	RP_CHECK_OK(rp_markdown_read(a, RP_BYTES("# one\n\n## two\n"), &d));
	t = written(a, d, &o);
	RP_CHECK(has(t, "<h2 dir=\"auto\">one</h2>") &&
		 has(t, "<h3 dir=\"auto\">two</h3>"));
	o.below = false;
	t = written(a, d, &o);
	RP_CHECK(has(t, "<h1 dir=\"auto\">one</h1>"));
}

RP_CHECK_MAIN({ "writes inline", writes_inline },
    { "writes sides", writes_sides }, { "writes a page", writes_a_page },
    { "writes anchors", writes_anchors }, { "writes margins", writes_margins },
    { "symbols in rows", writes_margins_of_rows },
    { "writes below", writes_below }, { "hostile", hostile })
