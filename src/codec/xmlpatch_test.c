#include "codec/xmlpatch.h"

#include <string.h>

#include "base/check.h"

static const struct rp_xmlpatch_rule rules[] = {
	{ RP_XMLPATCH_DROP_TAG, .element = "gone" },
	{ RP_XMLPATCH_DROP_ATTR, .name = "rsid*" },
	{ RP_XMLPATCH_NUMBER_ATTR, .name = "author", .value = "Author" },
	{ RP_XMLPATCH_SET_ATTR, .element = "i", .name = "v", .value = "0" },
	{ RP_XMLPATCH_FILE_ATTR, .name = "Target" },
	{ RP_XMLPATCH_SET_TEXT, .element = "creator", .value = "X" },
	{ RP_XMLPATCH_SET_TEXT, .element = "c", .where = "name",
	    .is = "Printer*", .value = "" },
};

static const struct {
	const char *in, *want; /* want NULL: refused */
} rows[] = {
	{ "<a/>", "<a/>" },
	{ "<?p rsid='1'?><a b = '&lt;' ><!-- <gone> --><![CDATA[<gone>]]></a >",
	    "<?p rsid='1'?><a b = '&lt;' ><!-- <gone> --><![CDATA[<gone>]]>"
	    "</a >" },
	{ "<w:a xmlns:w='x' w:rsidR=\"1\" b='2'\n w:rsidRPr='>'/>",
	    "<w:a xmlns:w='x' b='2'/>" },
	{ "<a><gone x='>'><b/></gone><gone/></a>", "<a><b/></a>" },
	{ "<a><gone><b/></gone><gone x='1' /></a>", "<a><b/></a>" },
	{ "<a author='Z'><b author=\"Y\"/><b author='Z'/></a>",
	    "<a author='Author 1'><b author=\"Author 2\"/>"
	    "<b author='Author 1'/></a>" },
	{ "<a v='1'><i v='1'/></a>", "<a v='1'><i v='0'/></a>" },
	{ "<a Target='file:///C:\\U\\me\\x.dot'/>",
	    "<a Target='file:///x.dot'/>" },
	{ "<a Target='http://x/y'/>", "<a Target='http://x/y'/>" },
	{ "<a><creator>Me &amp; you</creator><creator/><creator></creator>"
	  "</a>",
	    "<a><creator>X</creator><creator/><creator></creator></a>" },
	{ "<a><c name='PrinterName'>me</c><c name='x'>me</c></a>",
	    "<a><c name='PrinterName'></c><c name='x'>me</c></a>" },
	{ "<a>", NULL },
	{ "<!DOCTYPE a><a/>", NULL },
};

static void
patches_the_table(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(16 << 20);
		rp_bytes in = rp_text_bytes(rp_text_z(rows[i].in)), out;
		struct rp_xmlpatch_numbers numbers = { 0 };
		bool changed;

		if (rows[i].want == NULL) {
			RP_CHECK_FAILS(rp_xmlpatch(a, in, rules,
					   sizeof(rules) / sizeof(rules[0]),
					   &numbers, &out, &changed),
			    RP_E_INVALID);
			continue;
		}
		RP_CHECK_OK(
		    rp_xmlpatch(a, in, rules, sizeof(rules) / sizeof(rules[0]),
			&numbers, &out, &changed));
		RP_CHECK_TEXT(((rp_text){ (const char *)out.p, out.n }),
		    rp_text_z(rows[i].want));
		RP_CHECK(changed == (strcmp(rows[i].in, rows[i].want) != 0));
	}
}

static void
refuses_utf16(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	struct rp_xmlpatch_numbers numbers = { 0 };
	bool changed;
	rp_bytes out;

	RP_CHECK_FAILS(rp_xmlpatch(a, RP_BYTES("\xff\xfe<\0a\0/\0>\0"), rules,
			   1, &numbers, &out, &changed),
	    RP_E_INVALID);
}

RP_CHECK_MAIN({ "patches the table", patches_the_table },
    { "refuses UTF-16", refuses_utf16 })
