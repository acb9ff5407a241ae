#include "codec/xmlread.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"

static struct rp_err *
walk(struct rp_arena *a, rp_bytes in, rp_text *out)
{
	enum rp_xmlread_event event;
	struct rp_xmlread *r;
	struct rp_buf b;

	rp_buf_init(&b, a, 1 << 20);
	RP_TRY(rp_xmlread_open(a, in, &r));
	for (;;) {
		rp_bytes v;

		RP_TRY(rp_xmlread_next(r, &event));
		switch (event) {
		case RP_XMLREAD_END:
			return rp_buf_done(&b, out);
		case RP_XMLREAD_OPEN:
			v = rp_xmlread_attr(r, "id");
			rp_buf_f(&b, "<%u%s%.*s>", rp_xmlread_depth(r),
			    rp_xmlread_in(r, "u:x") ? "x" : "", RP_FMT(v));
			break;
		case RP_XMLREAD_CLOSE:
			rp_buf_f(&b, "</%u%s>", rp_xmlread_depth(r),
			    rp_xmlread_is(r, "b") ? "b" : "");
			break;
		case RP_XMLREAD_TEXT:
			v = rp_xmlread_text(r);
			rp_buf_f(&b, "%.*s", RP_FMT(v));
			break;
		}
	}
}

static void
walks(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	rp_text got;

	RP_CHECK_OK(walk(a,
	    RP_BYTES("<?xml version='1.0' encoding='koi8-r'?><!-- c -->"
		     "<a xmlns:p='u:x' n='1'><p:b q='2' p:id='7'/>"
		     "t&amp;<![CDATA[<]]>&#x6587;<b><c></c></b></a>"),
	    &got));
	RP_CHECK_TEXT(got,
	    RP_TEXT("<1><2x7></2b>t&<\xe6\x96\x87<2><3></3></2b></1>"));
	RP_CHECK_OK(walk(a,
	    RP_BYTES("\xff\xfe<\0a\0>\0"
		     "\x87\x65<\0/\0a\0>\0"),
	    &got));
	RP_CHECK_TEXT(got, RP_TEXT("<1>\xe6\x96\x87</1>"));
}

static void
refuses(void)
{
	static const char *bad[] = { "", "abcd", "<a>", "<a></b>", "<a/><b/>",
		"<a b=1/>", "<a>&x;</a>", "<a>\xff</a>", "<a>\x01</a>",
		"<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
		"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
		"<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'>"
		"<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
		"<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>"
		"<!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'>"
		"]><a x='&d;'>&d;</a>",
		"\x4c\x6f\xa7\x94" };
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	char deep[(RP_XMLREAD_DEPTH_MAX + 2) * 3];
	rp_text got;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		RP_CHECK_FAILS(walk(a, rp_text_bytes(rp_text_z(bad[i])), &got),
		    RP_E_INVALID);
	for (size_t i = 0; i < sizeof(deep); i++)
		deep[i] = "<a>"[i % 3];
	RP_CHECK_FAILS(walk(a, (rp_bytes){ (uint8_t *)deep, sizeof(deep) },
			   &got),
	    RP_E_LIMIT);
}

RP_CHECK_MAIN({ "walks", walks }, { "refuses", refuses })
