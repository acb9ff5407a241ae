#include "text/input.h"

#include "base/check.h"

static const struct row {
	const char *in, *lines, *line; /* NULL: refused */
} rows[] = {
	{ "", "", "" },
	{ "plain words", "plain words", "plain words" },
	{ "  a\tb \n", "  a\tb \n", "a b" },
	{ "a\r\nb\rc\nd", "a\nb\nc\nd", "a b c d" },
	{ "a\r\r\n\nb", "a\n\n\nb", "a   b" },
	{ "a\x0b"
	  "b\x0c"
	  "c",
	    "a\nb\nc", "a b c" },
	{ "a\xc2\x85"
	  "b\xe2\x80\xa8"
	  "c\xe2\x80\xa9",
	    "a\nb\nc\n", "a b c" },
	{ "\xef\xbb\xbfmark", "mark", "mark" },
	{ "mid\xef\xbb\xbfmark", "mid\xef\xbb\xbfmark", "mid\xef\xbb\xbfmark" },
	/* e + acute; A + ring; the Ohm and Angstrom signs */
	{ "e\xcc\x81", "\xc3\xa9", "\xc3\xa9" },
	{ "\xe2\x84\xa6\xe2\x84\xab", "\xce\xa9\xc3\x85", "\xce\xa9\xc3\x85" },
	/* Latin-1 only: never touches ICU, stays */
	{ "caf\xc3\xa9", "caf\xc3\xa9", "caf\xc3\xa9" },
	/* order of marks: dot below before acute */
	{ "a\xcc\x81\xcc\xa3", "\xe1\xba\xa1\xcc\x81", "\xe1\xba\xa1\xcc\x81" },
	/* Hangul jamo compose */
	{ "\xe1\x84\x80\xe1\x85\xa1", "\xea\xb0\x80", "\xea\xb0\x80" },
	/* compatibility characters stay */
	{ "\xef\xac\x81\xef\xbc\xa1", "\xef\xac\x81\xef\xbc\xa1",
	    "\xef\xac\x81\xef\xbc\xa1" },
	/* ideographic and no-break space, zero-width space at the ends */
	{ "\xe3\x80\x80x\xc2\xa0", "\xe3\x80\x80x\xc2\xa0", "x" },
	{ "\xe2\x80\x8bx\xe2\x80\x8b", "\xe2\x80\x8bx\xe2\x80\x8b", "x" },
	{ "\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7",
	    "\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7",
	    "\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7" },
	{ "bell\x07", NULL, NULL },
	{ "esc\x1b[0m", NULL, NULL },
	{ "\xc2\x9b", NULL, NULL },
	{ "\xff\xfe", NULL, NULL },
	{ "cut \xe4\xb8", NULL, NULL },
	{ "\xed\xa0\x80", NULL, NULL },
};

static void
table(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *r = &rows[i];
		rp_bytes in = rp_text_bytes(rp_text_z(r->in));
		rp_text out;

		if (r->lines == NULL) {
			RP_CHECK_FAILS(rp_text_input(a, in, 99, &out),
			    RP_E_INVALID);
			RP_CHECK_FAILS(rp_text_input_line(a, in, 99, &out),
			    RP_E_INVALID);
			continue;
		}
		RP_CHECK_OK(rp_text_input(a, in, 99, &out));
		RP_CHECK_TEXT(out, rp_text_z(r->lines));
		RP_CHECK(out.p[out.n] == '\0');
		RP_CHECK_OK(rp_text_input_line(a, in, 99, &out));
		RP_CHECK_TEXT(out, rp_text_z(r->line));
		RP_CHECK(out.p[out.n] == '\0');
	}
}

static void
limits(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	rp_text out;

	RP_CHECK_OK(rp_text_input(a, RP_BYTES("abc"), 3, &out));
	RP_CHECK_OK(rp_text_input_line(a, (rp_bytes){ 0 }, 3, &out));
	RP_CHECK(out.n == 0);
	RP_CHECK_FAILS(rp_text_input(a, RP_BYTES("abcd"), 3, &out), RP_E_LIMIT);
	/* U+0958 is three octets and six in NFC */
	RP_CHECK_FAILS(rp_text_input(a, RP_BYTES("\xe0\xa5\x98"), 5, &out),
	    RP_E_LIMIT);
	RP_CHECK_OK(rp_text_input(a, RP_BYTES("\xe0\xa5\x98"), 6, &out));
	RP_CHECK_TEXT(out, RP_TEXT("\xe0\xa4\x95\xe0\xa4\xbc"));
	/* U+1D160 is the worst: four octets become twelve */
	RP_CHECK_OK(rp_text_input(a, RP_BYTES("\xf0\x9d\x85\xa0"), 12, &out));
	RP_CHECK(out.n == 12);
}

static void
counting(void)
{
	rp_text t = RP_TEXT("a\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80");
	static const size_t cuts[] = { 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10 };

	RP_CHECK(rp_text_code_points(t) == 4);
	RP_CHECK(rp_text_code_points(RP_TEXT("")) == 0);
	for (size_t i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++)
		RP_CHECK(rp_text_cut(t, i).n == cuts[i]);
	RP_CHECK(rp_text_blank(RP_TEXT(" \n\t\xe3\x80\x80\xe2\x80\x8b")));
	RP_CHECK(!rp_text_blank(RP_TEXT(" .")));
	RP_CHECK_TEXT(rp_text_strip(RP_TEXT("\xc2\xa0 a b\n")), RP_TEXT("a b"));
}

RP_CHECK_MAIN({ "what becomes of input", table }, { "limits", limits },
    { "counting and cutting", counting })
