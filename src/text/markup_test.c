#include "text/markup.h"

#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"

/* Finds "https://" up to the next blank, enough to try what the parser does. */
static bool
find_https(void *ctx, struct rp_arena *a, rp_text t,
    struct rp_markup_found *out)
{
	(void)a;
	(void)ctx;
	for (size_t i = 0; i + 8 < t.n; i++) {
		size_t to = i;

		if (memcmp(t.p + i, "https://", 8) != 0)
			continue;
		while (to < t.n && strchr(" \n)]", t.p[to]) == NULL)
			to++;
		*out = (struct rp_markup_found){ i, to, rp_text_sub(t, i, to) };
		return true;
	}
	return false;
}

static const struct rp_markup_linker https = { .find = find_https };

static void
write_tag(struct rp_buf *b, const struct rp_markup_node *node, bool open)
{
	static const char *const names[] = { "p", "l", "i", "", "", "em",
		"strong", "a" };

	rp_buf_f(b, open ? "<%s" : "</%s", names[node->kind]);
	if (open && node->kind == RP_MARKUP_LIST && node->ordered)
		rp_buf_byte(b, '1');
	if (open && node->n > 0)
		rp_buf_f(b, "%u", node->n);
	if (open && node->number > 0)
		rp_buf_f(b, "=%u", node->number);
	if (open && node->kind == RP_MARKUP_LINK)
		rp_buf_f(b, " %.*s", RP_FMT(node->href));
	rp_buf_byte(b, '>');
}

/* The tree as one line, checking on the way that it is one. */
static rp_text
show(struct rp_arena *a, const struct rp_markup *m)
{
	size_t stack[RP_MARKUP_DEPTH], depth = 0;
	struct rp_buf b;
	rp_text out;

	rp_buf_init(&b, a, 1 << 24);
	for (size_t i = 0; i <= m->nodes.n; i++) {
		const struct rp_markup_node *node = &m->nodes.v[i];

		while (depth > 0 && m->nodes.v[stack[depth - 1]].end == i)
			write_tag(&b, &m->nodes.v[stack[--depth]], false);
		if (i == m->nodes.n)
			break;
		RP_CHECK(node->end > i && node->end <= m->nodes.n);
		RP_CHECK(node->from < node->to && node->to <= m->source.n);
		if (node->kind == RP_MARKUP_TEXT)
			rp_buf_add(&b, m->source.p + node->from,
			    node->to - node->from);
		else if (node->kind == RP_MARKUP_BREAK)
			rp_buf_text(&b, RP_TEXT("<br>"));
		else {
			RP_CHECK(depth < RP_MARKUP_DEPTH);
			stack[depth++] = i;
			write_tag(&b, node, true);
		}
	}
	RP_CHECK(depth == 0);
	RP_CHECK_OK(rp_buf_done(&b, &out));
	return out;
}

struct row {
	const char *in, *tree;
};

static void
run(const struct row *rows, size_t n)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 24);

	for (size_t i = 0; i < n; i++) {
		const struct rp_markup *m =
		    rp_markup_parse(a, rp_text_z(rows[i].in), &https);

		RP_CHECK_TEXT(show(a, m), rp_text_z(rows[i].tree));
	}
}
#define RUN(rows) run(rows, sizeof(rows) / sizeof((rows)[0]))

static void
blocks(void)
{
	static const struct row rows[] = {
		{ "", "" },
		{ " \n\t\n\n", "" },
		{ "one", "<p1>one</p>" },
		{ "one\ntwo  \n  three", "<p1>one<br>two<br>three</p>" },
		{ "one\n\ntwo\n \n\nthree\n",
		    "<p1>one</p><p2>two</p><p3>three</p>" },
		{ "- a\n- b", "<l><i1>a</i><i2>b</i></l>" },
		{ "* a\n\xe2\x80\xa2 b", "<l><i1>a</i><i2>b</i></l>" },
		{ "We ask:\n- a\n- b\n\nThen",
		    "<p1>We ask:</p>"
		    "<l><i2>a</i><i3>b</i></l><p4>Then</p>" },
		{ "- a\n  more\n\tand more\n- b",
		    "<l><i1>a<br>more<br>and more</i><i2>b</i></l>" },
		{ "- a\nnot b", "<l><i1>a</i></l><p2>not b</p>" },
		{ "- a\n\n- b", "<l><i1>a</i><i2>b</i></l>" },
		{ "- a\n\n  b", "<l><i1>a</i></l><p2>b</p>" },
		{ "1. a\n2. b", "<l1><i1=1>a</i><i2=2>b</i></l>" },
		{ "7. a\n9. b", "<l1><i1=7>a</i><i2=9>b</i></l>" },
		{ "- a\n1. b", "<l><i1>a</i></l><l1><i2=1>b</i></l>" },
		{ "in\n14. is", "<p1>in<br>14. is</p>" },
		{ "in\n1. is", "<p1>in</p><l1><i2=1>is</i></l>" },
		{ "2024. was", "<p1>2024. was</p>" },
		{ "1) a", "<p1>1) a</p>" },
		{ "-a\n*b\n1.c", "<p1>-a<br>*b<br>1.c</p>" },
		{ "-\n- ", "<p1>-<br>-</p>" },
		{ "# no heading\n> no quote\n    no code",
		    "<p1># no heading<br>> no quote<br>no code</p>" },
		{ "<b>&amp;", "<p1><b>&amp;</p>" },
	};

	RUN(rows);
}

static void
emphasis(void)
{
	static const struct row rows[] = {
		{ "*a* _b_ **c**",
		    "<p1><em>a</em> <em>b</em> <strong>c</strong></p>" },
		{ "**a *b* c**", "<p1><strong>a <em>b</em> c</strong></p>" },
		{ "*a **b** _c_*",
		    "<p1><em>a <strong>b</strong> <em>c</em></em></p>" },
		{ "*two\nlines*", "<p1><em>two<br>lines</em></p>" },
		{ "2 * 3 * 4", "<p1>2 * 3 * 4</p>" },
		{ "5*3*2", "<p1>5*3*2</p>" },
		{ "snake_case_name", "<p1>snake_case_name</p>" },
		{ "*open", "<p1>*open</p>" },
		{ "shut*", "<p1>shut*</p>" },
		{ "*a\n\nb*", "<p1>*a</p><p2>b*</p>" },
		{ "****", "<p1>****</p>" },
		{ "***a***", "<p1>***a***</p>" },
		{ "__a__", "<p1>__a__</p>" },
		{ "* a*", "<l><i1>a*</i></l>" },
		{ "*a **b* c**", "<p1><em>a **b</em> c**</p>" },
		{ "(*a*), \"*b*\"", "<p1>(<em>a</em>), \"<em>b</em>\"</p>" },
		{ "- *a*: b", "<l><i1><em>a</em>: b</i></l>" },
		/* Chinese has no spaces: inside of words, but not for _ */
		{ "这是**重要**的", "<p1>这是<strong>重要</strong>的</p>" },
		{ "这是**“重要”**的", "<p1>这是<strong>“重要”</strong>的</p>" },
		{ "这是_重要_的", "<p1>这是_重要_的</p>" },
		{ "*\xc3\xa9* *\xd9\x85\xd9\x87\xd9\x85*",
		    "<p1><em>\xc3\xa9</em> <em>\xd9\x85\xd9\x87\xd9\x85</em>"
		    "</p>" },
		{ "caf\xc3\xa9*s*", "<p1>caf\xc3\xa9*s*</p>" },
	};

	RUN(rows);
}

static void
links(void)
{
	static const struct row rows[] = {
		{ "[a](https://x.example)",
		    "<p1><a https://x.example>a</a></p>" },
		{ "[a *b*](http://x.example/p_q_r)",
		    "<p1><a http://x.example/p_q_r>a <em>b</em></a></p>" },
		{ "[a](mailto:a@b.example)",
		    "<p1><a mailto:a@b.example>a</a></p>" },
		{ "[a](https://x.example/a_(b))",
		    "<p1><a https://x.example/a_(b)>a</a></p>" },
		{ "[a](https://[2001:db8::1]/x)",
		    "<p1><a https://[2001:db8::1]/x>a</a></p>" },
		{ "[a](javascript:x)", "<p1>[a](javascript:x)</p>" },
		{ "[a](/local)", "<p1>[a](/local)</p>" },
		{ "[](http://x.example)", "<p1>[](http://x.example)</p>" },
		{ "[a] (http://x.example)", "<p1>[a] (http://x.example)</p>" },
		{ "[a](http://x", "<p1>[a](http://x</p>" },
		{ "[a][b](http://x)", "<p1>[a]<a http://x>b</a></p>" },
		{ "[a [b](http://x) c](http://y)",
		    "<p1>[a <a http://x>b</a> c](http://y)</p>" },
		{ "*a [b* c](http://x)", "<p1><em>a [b</em> c](http://x)</p>" },
		{ "[a *b](http://x) c*", "<p1><a http://x>a *b</a> c*</p>" },
		{ "*a [b](http://x) c*",
		    "<p1><em>a <a http://x>b</a> c</em></p>" },
		{ "see https://x.example/a_b_c now",
		    "<p1>see <a https://x.example/a_b_c>https://x.example/a_b_c"
		    "</a> now</p>" },
		{ "**https://x.example**",
		    "<p1><strong><a https://x.example>https://x.example</a>"
		    "</strong></p>" },
		{ "[https://a.example](https://b.example)",
		    "<p1><a https://b.example>https://a.example</a></p>" },
		{ "[a](https://b.example) https://c.example",
		    "<p1><a https://b.example>a</a> <a https://c.example>"
		    "https://c.example</a></p>" },
	};

	RUN(rows);
}

static void
excerpts(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);

	RP_CHECK_TEXT(rp_markup_excerpt(a, RP_TEXT("*short*"), 20),
	    RP_TEXT("short"));
	RP_CHECK_TEXT(rp_markup_excerpt(a, RP_TEXT("some *words* that go on"),
			  14),
	    RP_TEXT("some words…"));
	RP_CHECK_TEXT(rp_markup_shorten(a, RP_TEXT("a *star* is one"), 10),
	    RP_TEXT("a *star*…"));
	RP_CHECK_TEXT(rp_markup_shorten(a, RP_TEXT("Ελλάδα"), 5),
	    RP_TEXT("Ελ…"));
	RP_CHECK_TEXT(rp_markup_shorten(a, RP_TEXT("12345"), 5),
	    RP_TEXT("12345"));
}

static void
plain(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 24);
	rp_text in = RP_TEXT("We *ask*:\n- [a](https://x.example)\n- b\n\n"
			     "7. c  \n\nEnd\nof https://y.example");
	const struct rp_markup *m = rp_markup_parse(a, in, &https);
	rp_text got;

	RP_CHECK_TEXT(rp_markup_plain(a, m, true),
	    RP_TEXT("We ask:\n\n- a (https://x.example)\n- b\n\n7. c\n\n"
		    "End\nof https://y.example"));
	RP_CHECK_TEXT(rp_markup_plain(a, m, false),
	    RP_TEXT("We ask:\n\n- a\n- b\n\n7. c\n\n"
		    "End\nof https://y.example"));
	RP_CHECK(m->paragraphs == 5);
	RP_CHECK(rp_markup_paragraph(m, 2, &got));
	RP_CHECK_TEXT(got, RP_TEXT("- [a](https://x.example)"));
	RP_CHECK(rp_markup_paragraph(m, 5, &got));
	RP_CHECK_TEXT(got, RP_TEXT("End\nof https://y.example"));
	RP_CHECK(!rp_markup_paragraph(m, 6, &got));
	RP_CHECK(!rp_markup_paragraph(m, 0, &got));
}

/*
 * Time is linear: four times the text takes some four times as long, where a
 * quadratic parser would take sixteen. A floor keeps the clock's noise out.
 */
static void
pathological(void)
{
	static const char *const pieces[] = { "*_[", "**a _b ", "[", "](",
		"[a](http://", "_a*", "*a **", "https://a* ", "- \n",
		"[a](http://[", "(", "*", "\n\n", "- a\n", "1. a\n", "x*y_",
		"[a](https://b)" };
	static const size_t sizes[] = { 25000, 100000 };

	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		int64_t took[2];

		for (size_t k = 0; k < 2; k++) {
			RP_AUTO(rp_arena_freep)
			struct rp_arena *a = rp_arena_new((size_t)1 << 30);
			size_t len = strlen(pieces[i]);
			char *p = rp_alloc(a, sizes[k] * len + 1);
			int64_t start;

			for (size_t at = 0; at < sizes[k]; at++)
				memcpy(p + at * len, pieces[i], len);
			start = rp_clock_mono();
			rp_markup_parse(a, (rp_text){ p, sizes[k] * len },
			    &https);
			took[k] = rp_clock_mono() - start;
		}
		RP_CHECK(took[1] < 12 * took[0] + 1500);
	}
}

RP_CHECK_MAIN({ "blocks", blocks }, { "emphasis", emphasis },
    { "links", links }, { "plain text", plain }, { "excerpts", excerpts },
    { "pathological texts", pathological })
