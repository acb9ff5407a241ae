#include "codec/atom.h"

#include "base/buf.h"
#include "base/check.h"
#include "codec/sink.h"

static void
writes_a_feed(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_atom_feed feed = { .id = RP_TEXT("https://a.example/f"),
		.title = RP_TEXT("News & views"),
		.language = RP_TEXT("fr"),
		.self = RP_URL("https://a.example/f.atom?x=1&y=2"),
		.page = RP_URL("https://a.example/f"),
		.updated_at = 1795248000000 };
	struct rp_atom_entry entry = { .id = RP_TEXT("https://a.example/1"),
		.title = RP_TEXT("<b>"),
		.language = RP_TEXT("ar"),
		.author = RP_TEXT("A"),
		.summary = RP_TEXT("one\ntwo"),
		.page = RP_URL("https://a.example/1"),
		.published_at = 0,
		.updated_at = 1795248000000 };
	struct rp_sink s;
	struct rp_buf b;
	struct rp_xml w;
	rp_text got;

	rp_buf_init(&b, a, 8192);
	rp_sink_to_buf(&s, a, &b);
	rp_atom_begin(&w, &s, &feed);
	rp_atom_entry(&w, &entry);
	rp_atom_end(&w);
	RP_CHECK_OK(rp_buf_done(&b, &got));
	RP_CHECK_TEXT(got,
	    RP_TEXT("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		    "<feed xmlns=\"http://www.w3.org/2005/Atom\" "
		    "xml:lang=\"fr\"><id>https://a.example/f</id>"
		    "<title>News &amp; views</title>"
		    "<updated>2026-11-21T08:00:00Z</updated>"
		    "<author><name>News &amp; views</name></author>"
		    "<link rel=\"self\" "
		    "href=\"https://a.example/f.atom?x=1&amp;y=2\"/>"
		    "<link rel=\"alternate\" href=\"https://a.example/f\"/>"
		    "<entry xml:lang=\"ar\"><id>https://a.example/1</id>"
		    "<title>&lt;b&gt;</title>"
		    "<published>1970-01-01T00:00:00Z</published>"
		    "<updated>2026-11-21T08:00:00Z</updated>"
		    "<author><name>A</name></author>"
		    "<link rel=\"alternate\" href=\"https://a.example/1\"/>"
		    "<summary>one\ntwo</summary></entry></feed>\n"));
}

RP_CHECK_MAIN({ "writes a feed", writes_a_feed })
