#include "codec/xml.h"

#include "base/buf.h"
#include "base/check.h"
#include "codec/sink.h"

static void
writes(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_sink s;
	struct rp_buf b;
	struct rp_xml w;
	rp_text got;

	rp_buf_init(&b, a, 4096);
	rp_sink_to_buf(&s, a, &b);
	rp_xml_init(&w, &s);
	rp_xml_open(&w, "a");
	rp_xml_attr(&w, "b", RP_TEXT("<\"&'\n\t>"));
	rp_xml_text(&w, RP_TEXT("]]>&\n\r\x01\xef\xbf\xbf\xef\xbf\xbd\xef"));
	rp_xml_open(&w, "e");
	rp_xml_close(&w);
	rp_xml_leaf(&w, "f", RP_TEXT(""));
	rp_xml_close(&w);
	RP_CHECK_OK(rp_buf_done(&b, &got));
	RP_CHECK_TEXT(got,
	    RP_TEXT("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		    "<a b=\"&lt;&quot;&amp;'&#10;&#9;&gt;\">]]&gt;&amp;\n&#13;"
		    "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef<e/><f></f></a>"));
}

RP_CHECK_MAIN({ "writes", writes })
