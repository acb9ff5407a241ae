#include "text/link_format.h"

#include "base/check.h"

static void
few_escapes(void)
{
	static const char *rows[][2] = {
		{ "https://a.b", "https://a.b" },
		{ "https://a.b/", "https://a.b/" },
		{ "https://a.b/%CE%B1?%CE%B2=%CE%B3#%CE%B4",
		    "https://a.b/α?β=γ#δ" },
		{ "https://a.b/%CE%B1%2F%CE%B2", "https://a.b/α%2Fβ" },
		{ "https://a.b/x%20y", "https://a.b/x%20y" },
		{ "https://a.b/x.", "https://a.b/x%2E" },
		{ "https://a.b/x./", "https://a.b/x./" },
		{ "https://a.b/(x)", "https://a.b/(x)" },
		{ "https://a.b/x)", "https://a.b/x%29" },
		{ "https://a.b/x(", "https://a.b/x%28" },
		{ "https://a.b/%2541", "https://a.b/%2541" },
		{ "https://a.b/%FF%CE", "https://a.b/%FF%CE" },
		{ "https://a.b/%00%0A", "https://a.b/%00%0A" },
		{ "https://a.b?x&y=&=z", "https://a.b?x&y=&=z" },
		{ "https://a.b#x:~:text=%CE%B1,b&text=c",
		    "https://a.b#x:~:text=α,b&text=c" },
		{ "https://a.b/%E2%80%AE", "https://a.b/%E2%80%AE" },
		{ "https://a.b/x!?", "https://a.b/x%21?" },
		{ "mailto:a@b", "mailto:a@b" },
	};
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		RP_CHECK_TEXT(rp_link_format(a, rp_text_z(rows[i][0]), false),
		    rp_text_z(rows[i][1]));
	RP_CHECK_TEXT(rp_link_format(a, RP_TEXT("https://a.b/x."), true),
	    RP_TEXT("https://a.b/x."));
}

static void
limits(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	char *p = rp_alloc(a, RP_LINK_FORMAT_MAX + 2);
	struct rp_link_parts parts;

	memset(p, '(', RP_LINK_FORMAT_MAX + 1);
	memcpy(p, "http://a/", 9);
	RP_CHECK_FAILS(rp_link_format_parse(a,
			   (rp_text){ p, RP_LINK_FORMAT_MAX + 1 }, &parts),
	    RP_E_LIMIT);
	RP_CHECK_OK(rp_link_format_parse(a, (rp_text){ p, RP_LINK_FORMAT_MAX },
	    &parts));
	RP_CHECK(rp_link_format_write(a, &parts, false).n > RP_LINK_FORMAT_MAX);
	RP_CHECK_FAILS(rp_link_format_parse(a, RP_TEXT("a.b/c"), &parts),
	    RP_E_INVALID);
}

RP_CHECK_MAIN({ "few escapes", few_escapes }, { "limits", limits })
