#include "render/prose.h"

#include "base/check.h"

static void
paragraphs_lists_links_and_escapes(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	rp_html h = rp_prose(a,
	    RP_TEXT("One <b> & *two*\n\n- a\n- [b](javascript:x)\n- "
		    "[c](https://c.example/?a=1&b=2)"),
	    RP_TEXT("q2"), NULL);

	RP_CHECK_TEXT(((rp_text){ h.p, h.n }),
	    RP_TEXT(
		"<p id=\"q2-p1\">One &lt;b&gt; &amp; <em>two</em> <a "
		"class=\"anchor\" href=\"#q2-p1\" aria-label=\"§ "
		"1\">§</a></p>\n"
		"<ul>\n<li id=\"q2-p2\">a <a class=\"anchor\" href=\"#q2-p2\" "
		"aria-label=\"§ 2\">§</a></li>\n<li id=\"q2-p3\">"
		"[b](javascript:x) <a class=\"anchor\" href=\"#q2-p3\" "
		"aria-label=\"§ 3\">§</a></li>\n<li id=\"q2-p4\"><a "
		"rel=\"nofollow ugc noopener\" "
		"href=\"https://c.example/?a=1&amp;b=2\">c</a> <a "
		"class=\"anchor\" href=\"#q2-p4\" aria-label=\"§ "
		"4\">§</a></li>\n"
		"</ul>\n"));
}

static void
an_excerpt_ends_at_a_word(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);

	RP_CHECK_TEXT(rp_prose_excerpt(a, RP_TEXT("short"), 20),
	    RP_TEXT("short"));
	RP_CHECK_TEXT(rp_prose_excerpt(a, RP_TEXT("some *words* that go on"),
			  14),
	    RP_TEXT("some words…"));
}

RP_CHECK_MAIN({ "paragraphs, lists, links and escapes",
		  paragraphs_lists_links_and_escapes },
    { "an excerpt ends at a word", an_excerpt_ends_at_a_word })
