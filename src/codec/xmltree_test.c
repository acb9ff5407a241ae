#include "codec/xmltree.h"

#include "base/buf.h"
#include "base/check.h"
#include "codec/docx_names.h"

#define W                                                                    \
	"xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/" \
	"main\""

static void
reads(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	static const char in[] = "<?xml version=\"1.0\" encoding='UTF-8'?>\n"
				 "<w:p " W "><!-- c --><w:r w:val='1&lt;2' "
				 "x='3'/>a<w:t>b</w:t><p/></w:p>\n";
	struct rp_xmltree t;

	RP_CHECK_OK(rp_xmltree_read(a, rp_text_bytes(rp_text_z(in)),
	    &rp_docx_names, &t));
	RP_CHECK(t.n == 5);
	RP_CHECK(rp_docx_is(&t, 1, RP_W_p) && rp_docx_is(&t, 2, RP_W_r) &&
		 rp_docx_is(&t, 3, RP_W_t) && !rp_docx_is(&t, 4, RP_W_p));
	RP_CHECK(t.v[1].first == 2 && t.v[2].next == 3 && t.v[3].next == 4 &&
		 t.v[4].next == 0 && t.v[3].parent == 1);
	RP_CHECK_TEXT(rp_xmltree_text(a, rp_xmltree_attr(&t, 2, "val")),
	    RP_TEXT("1<2"));
	RP_CHECK(rp_xmltree_attr(&t, 2, "y").p == NULL);
	RP_CHECK(rp_xmltree_at(&t, t.v[3].from) == 3);
	RP_CHECK(rp_xmltree_at(&t, t.v[3].from + 1) == 0);
	RP_CHECK(rp_xmltree_raw(&t, 3).n == strlen("<w:t>b</w:t>"));
}

static void
says_text(void)
{
	static const struct {
		const char *in, *want;
	} rows[] = { { "abc", "abc" }, { "a&amp;&#x41;&#66;&quot;", "a&AB\"" },
		{ "a<!-- x -->b<![CDATA[<&]]>c", "ab<&c" },
		{ "a\r\nb\tc", "a b c" },
		{ "&#133;\xc2\x85", "\xef\xbf\xbd\xef\xbf\xbd" } };
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		RP_CHECK_TEXT(rp_xmltree_text(a,
				  rp_text_bytes(rp_text_z(rows[i].in))),
		    rp_text_z(rows[i].want));
}

static void
refuses(void)
{
	static const char *const bad[] = { "", "text", "<a>", "<a></b>",
		"<a/><b/>", "<a/>x", "x<a/>", "<a b=1/>", "<a b/>",
		"<a b='1' b='2'/>", "<a b='<'/>", "<a>&x;</a>", "<a>&#0;</a>",
		"<a>&#x000000000fa;</a>", "<a>]]></a>", "<a>\xff</a>",
		"<a>\x01</a>", "<!DOCTYPE a><a/>", "<a><!-- -- --></a>",
		"<a><!-- x --", "<x:a/>", "<a x:b='1'/>", "<a><![CDATA[x</a>",
		"<a", "<a b='1", "<1/>", " <a/>", " <?xml version='1.0'?><a/>",
		"<?xml version='1.0' encoding="
		"'UTF-16'?><a/>",
		"<a xmlns:x=''/>",
		"<a xmlns:x='u' xmlns:y='u' x:b='' y:b=''>" };
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_xmltree t;
	struct rp_buf b;
	rp_bytes in;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		RP_CHECK_FAILS(rp_xmltree_read(a,
				   rp_text_bytes(rp_text_z(bad[i])),
				   &rp_docx_names, &t),
		    RP_E_INVALID);
	rp_buf_init(&b, a, 1 << 20);
	for (int i = 0; i < 1000; i++)
		rp_buf_text(&b, RP_TEXT("<a>"));
	RP_CHECK_OK(rp_buf_bytes(&b, &in));
	RP_CHECK_FAILS(rp_xmltree_read(a, in, &rp_docx_names, &t), RP_E_LIMIT);
}

RP_CHECK_MAIN({ "reads", reads }, { "says text", says_text },
    { "refuses", refuses })
