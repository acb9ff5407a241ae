/* UAX 15 through text/input.h: Normalization Form C. */
#include "base/buf.h"
#include "base/check.h"
#include "conformance/reader.h"
#include "text/input.h"

/* "0044 030C" as text. */
static rp_text
column(struct rp_arena *a, rp_text line, size_t n)
{
	rp_text field = rp_reader_field(line, ';', n), out;
	struct rp_buf b;

	rp_buf_init(&b, a, 1000);
	for (size_t i = 0;; i++) {
		rp_text code = rp_reader_field(field, ' ', i);
		char z[16];

		if (code.n == 0)
			break;
		snprintf(z, sizeof(z), "%.*s", RP_FMT(code));
		rp_buf_text(&b,
		    rp_reader_utf8(a, (uint32_t)strtoul(z, NULL, 16)));
	}
	RP_CHECK_OK(rp_buf_done(&b, &out));
	return out;
}

/* NFC: c2 is the form of c1, c2 and c3; c4 that of c4 and c5. */
static bool
conforms(struct rp_arena *a, const rp_text c[5])
{
	return rp_text_eq(rp_text_nfc(a, c[0]), c[1]) &&
	       rp_text_eq(rp_text_nfc(a, c[1]), c[1]) &&
	       rp_text_eq(rp_text_nfc(a, c[2]), c[1]) &&
	       rp_text_eq(rp_text_nfc(a, c[3]), c[3]) &&
	       rp_text_eq(rp_text_nfc(a, c[4]), c[3]);
}

static void
mark_seen(bool *seen, rp_text t)
{
	const uint8_t *p = (const uint8_t *)t.p;
	size_t n = rp_utf8_len(p, t.n);
	uint32_t c = n == 1 ? p[0] : p[0] & (0x7fu >> n);

	if (n == 0 || n != t.n)
		return;
	for (size_t i = 1; i < n; i++)
		c = c << 6 | (p[i] & 0x3f);
	seen[c] = true;
}

static void
all_lines(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)1 << 30);
	RP_AUTO(rp_arena_freep) struct rp_arena *b = rp_arena_new(1 << 24);
	rp_text rest = rp_reader_file(a, "NormalizationTest.txt"), line, c[5];
	bool *seen = rp_new_n(a, bool, 0x110000);
	bool in_part1 = false;
	size_t lines = 0;

	while (rp_reader_line(&rest, &line)) {
		if (rp_text_starts(line, RP_TEXT("@Part")))
			in_part1 = rp_text_starts(line, RP_TEXT("@Part1"));
		if (line.n == 0 || line.p[0] == '#' || line.p[0] == '@')
			continue;
		for (size_t i = 0; i < 5; i++)
			c[i] = column(a, line, i);
		if (!conforms(a, c))
			printf("# %.*s\n", RP_FMT(line));
		RP_CHECK(conforms(a, c));
		if (in_part1)
			mark_seen(seen, c[0]);
		lines++;
	}
	RP_CHECK(lines > 18000);
	/* What part 1 does not list is its own form. */
	for (uint32_t cp = 1; cp < 0x110000; cp++) {
		rp_text t;

		if (cp % 1024 == 0)
			rp_arena_reset(b);
		if (seen[cp] || (cp >= 0xd800 && cp < 0xe000))
			continue;
		t = rp_reader_utf8(b, cp);
		RP_CHECK(rp_text_eq(rp_text_nfc(b, t), t));
	}
}

RP_CHECK_MAIN({ "every line", all_lines })
