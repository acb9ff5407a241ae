#include "codec/cues.h"

#include <string.h>

#include "base/check.h"
#include "base/err.h"

/* Lines joined by "|". */
static rp_text
lines(struct rp_arena *a, const char *in)
{
	struct rp_cues all = { 0 };
	rp_text out = RP_TEXT("");

	RP_CHECK_OK(rp_cues_read(a,
	    (rp_bytes){ (const uint8_t *)in, strlen(in) }, &all));
	for (size_t i = 0; i < all.n; i++)
		out = rp_textf(a, "%.*s%s%.*s", RP_FMT(out), i > 0 ? "|" : "",
		    RP_FMT(all.v[i]));
	return out;
}

static void
lines_are_what_is_said(void)
{
	static const struct {
		const char *in, *out;
	} rows[] = {
		{ "", "" },
		{ "Good morning.\n\n  \r\nThe floor is yours.\rThank you",
		    "Good morning.|The floor is yours.|Thank you" },
		{ "\xef\xbb\xbfOne", "One" },
		{ "<v Ana>kept in plain text", "<v Ana>kept in plain text" },
		{ "one --> two", "one --> two" },
		{ "WEBVTT - live\nKind: captions\n\nNOTE\nnot this\n\n1\n"
		  "00:01.000 --> 00:03.500 align:start\n<v.loud Ana>Good\n"
		  "<i>morning</i>.\n\nSTYLE\n::cue{}\n\n"
		  "00:00:04.000 --> 00:00:05.000\nA &amp; B &lt; C &x;\n",
		    "Ana: Good morning.|A & B < C &x;" },
		{ "WEBVTT", "" },
		{ "WEBVTTs are files", "WEBVTTs are files" },
		{ "1\r\n00:00:01,000 --> 00:00:02,000\r\nHello\r\n\r\n2\r\n"
		  "00:00:02,000 --> 00:00:03,000\r\n<b>there",
		    "Hello|there" },
		{ "00:01.000 --> 00:02.000\na < b\n", "a < b" },
		{ "00:01.000 --> 00:02.000\n<v>x</v>\n", "x" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(1 << 20);
		rp_text got = lines(a, rows[i].in);

		RP_CHECK(rp_text_eq(got, rp_text_z(rows[i].out)));
	}
}

static void
what_is_too_much_is_refused(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	struct rp_cues all = { 0 };
	uint8_t *p = rp_new_n(a, uint8_t, RP_CUES_INPUT_MAX + 1);

	memset(p, 'x', RP_CUES_INPUT_MAX + 1);
	RP_CHECK_FAILS(rp_cues_read(a, (rp_bytes){ p, RP_CUES_INPUT_MAX + 1 },
			   &all),
	    RP_E_LIMIT);
	RP_CHECK_FAILS(rp_cues_read(a, (rp_bytes){ p, RP_CUE_MAX + 1 }, &all),
	    RP_E_LIMIT);
	RP_CHECK_OK(rp_cues_read(a, (rp_bytes){ p, RP_CUE_MAX }, &all));
	RP_CHECK(all.n == 1);
	for (size_t i = 1; i < 2 * RP_CUES_MAX + 2; i += 2)
		p[i] = '\n';
	RP_CHECK_OK(rp_cues_read(a, (rp_bytes){ p, 2 * RP_CUES_MAX }, &all));
	RP_CHECK(all.n == RP_CUES_MAX);
	RP_CHECK_FAILS(rp_cues_read(a, (rp_bytes){ p, 2 * RP_CUES_MAX + 2 },
			   &all),
	    RP_E_LIMIT);
	RP_CHECK_FAILS(rp_cues_read(a, (rp_bytes){ (const uint8_t *)"\xff", 1 },
			   &all),
	    RP_E_INVALID);
	RP_CHECK(all.n == RP_CUES_MAX);
}

RP_CHECK_MAIN({ "lines are what is said", lines_are_what_is_said },
    { "what is too much is refused", what_is_too_much_is_refused })
