#include "base/str.h"

#include "base/check.h"

static void
utf8_gate(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	static const struct {
		const char *in;
		bool ok;
	} rows[] = {
		{ "plain", true },
		{ "tab\tand\nnewline", true },
		{ "caf\xc3\xa9 \xe4\xb8\xad \xf0\x9f\x98\x80", true },
		{ "\xc0\x80", false },         /* overlong */
		{ "\xe0\x80\xaf", false },     /* overlong */
		{ "\xf0\x80\x80\xaf", false }, /* overlong */
		{ "\xed\xa0\x80", false },     /* surrogate */
		{ "\xf4\x90\x80\x80", false }, /* beyond U+10FFFF */
		{ "\xf5\x80\x80\x80", false },
		{ "\x80", false },
		{ "\xe4\xb8", false }, /* cut short */
		{ "bell\x07", false },
		{ "del\x7f", false },
		{ "c1\xc2\x85", false },
		{ "nbsp\xc2\xa0", true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		rp_text in = rp_text_z(rows[i].in), out;
		struct rp_err *e =
		    rp_text_from(a, rp_text_bytes(in), 100, &out);

		RP_CHECK((e == NULL) == rows[i].ok);
		if (e == NULL)
			RP_CHECK_TEXT(out, in);
		rp_err_free(e);
	}
}

static void
limit_and_nul(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	rp_text out;

	RP_CHECK_OK(rp_text_from(a, RP_BYTES("abc"), 3, &out));
	RP_CHECK(out.p[3] == '\0');
	RP_CHECK_FAILS(rp_text_from(a, RP_BYTES("abcd"), 3, &out), RP_E_LIMIT);
	RP_CHECK_FAILS(rp_text_from(a, (rp_bytes){ (const uint8_t *)"a\0b", 3 },
			   9, &out),
	    RP_E_INVALID);
}

static void
numbers(void)
{
	static const struct {
		const char *in;
		bool ok;
		int64_t v;
	} rows[] = {
		{ "0", true, 0 },
		{ "42", true, 42 },
		{ "-7", true, -7 },
		{ "9223372036854775807", true, INT64_MAX },
		{ "-9223372036854775808", true, INT64_MIN },
		{ "9223372036854775808", false, 0 },
		{ "", false, 0 },
		{ "-", false, 0 },
		{ "1 ", false, 0 },
		{ "0x1", false, 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t v = 0;

		RP_CHECK(rp_text_i64(rp_text_z(rows[i].in), &v) == rows[i].ok);
		RP_CHECK(v == rows[i].v);
	}
}

static void
escaping(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	rp_html h = rp_html_escape(a, RP_TEXT("<a href=\"x\">'&'</a>"));
	rp_bytes raw;
	rp_url url;

	RP_CHECK_TEXT(((rp_text){ h.p, h.n }),
	    RP_TEXT("&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;"));
	RP_CHECK_FAILS(rp_url_from(a, RP_TEXT("javascript:alert(1)"), &url),
	    RP_E_INVALID);
	RP_CHECK_OK(rp_url_from(a, RP_TEXT("https://a.example/\"x y"), &url));
	RP_CHECK_TEXT(((rp_text){ url.p, url.n }),
	    RP_TEXT("https://a.example/%22x%20y"));
	RP_CHECK_TEXT(rp_percent_encode(a, RP_BYTES("a/\xc3\xa9")),
	    RP_TEXT("a%2F%C3%A9"));
	RP_CHECK_TEXT(rp_hex(a, RP_BYTES("\x01\xfe")), RP_TEXT("01fe"));
	RP_CHECK_OK(rp_unhex(a, RP_TEXT("01FE"), &raw));
	RP_CHECK(raw.n == 2 && raw.p[1] == 0xfe);
	RP_CHECK_FAILS(rp_unhex(a, RP_TEXT("0g"), &raw), RP_E_INVALID);
	RP_CHECK_TEXT(rp_base32(a, RP_BYTES("\xff\xff\xff\xff\xff")),
	    RP_TEXT("zzzzzzzz"));
	RP_CHECK_TEXT(rp_base32(a, RP_BYTES("\x08")), RP_TEXT("10"));
}

static void
pieces(void)
{
	static const rp_text words[] = { RP_TEXT_INIT("one"),
		RP_TEXT_INIT("two"), RP_TEXT_INIT("") };
	rp_text t = RP_TEXT(" a=b\n");

	RP_CHECK_TEXT(rp_text_trim(t), RP_TEXT("a=b"));
	RP_CHECK(
	    rp_text_find(t, '=', 0) == 2 && rp_text_find(t, 'q', 0) == t.n);
	RP_CHECK(rp_text_starts(t, RP_TEXT(" a")) &&
		 !rp_text_starts(t, RP_TEXT(" a=b\n ")));
	RP_CHECK(rp_text_cmp(RP_TEXT("a"), RP_TEXT("ab")) < 0 &&
		 rp_text_cmp(RP_TEXT("b"), RP_TEXT("ab")) > 0 &&
		 rp_text_cmp(RP_TEXT("b"), RP_TEXT("b")) == 0);
	RP_CHECK(rp_text_in(words, RP_TEXT("two")) &&
		 !rp_text_in(words, RP_TEXT("three")) &&
		 !rp_text_in(words, RP_TEXT("")));
}

/* Against each octet by itself, with the odd one at each place. */
static void
printable_runs(void)
{
	uint8_t p[20];

	for (unsigned c = 0; c < 256; c++)
		for (size_t at = 0; at < sizeof(p); at++) {
			bool good = c >= 0x20 && c <= 0x7e;

			memset(p, at % 2 ? '~' : ' ', sizeof(p));
			p[at] = (uint8_t)c;
			for (size_t n = 0; n <= sizeof(p); n++)
				RP_CHECK(rp_printable_run(p, n) ==
					 (good || n < at ? n : at));
		}
	memset(p, 0xff, sizeof(p));
	RP_CHECK(rp_printable_run(p, sizeof(p)) == 0);
}

RP_CHECK_MAIN({ "the UTF-8 gate", utf8_gate },
    { "runs of printable ASCII", printable_runs },
    { "limit and NUL", limit_and_nul }, { "numbers", numbers },
    { "escaping", escaping }, { "pieces", pieces })
