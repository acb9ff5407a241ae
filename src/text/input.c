#include "text/input.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf8.h>

#include "base/err.h"
#include "text/utf16_private.h"

/* How many octets at p are a line end that is not \n, or 0. */
static size_t
other_break(const uint8_t *p, size_t n)
{
	if (p[0] == '\r')
		return n > 1 && p[1] == '\n' ? 2 : 1;
	if (p[0] == 0x0b || p[0] == 0x0c)
		return 1;
	if (n > 1 && p[0] == 0xc2 && p[1] == 0x85)
		return 2;
	if (n > 2 && p[0] == 0xe2 && p[1] == 0x80 &&
	    (p[2] == 0xa8 || p[2] == 0xa9))
		return 3;
	return 0;
}

static rp_bytes
plain_breaks(struct rp_arena *a, rp_bytes in)
{
	uint8_t *p;
	size_t n = 0, first = 0;

	while (first < in.n) {
		first += rp_printable_run(in.p + first, in.n - first);
		if (first == in.n ||
		    other_break(in.p + first, in.n - first) > 0)
			break;
		first++;
	}
	if (first == in.n)
		return in;
	p = rp_alloc(a, in.n);
	memcpy(p, in.p, first);
	n = first;
	for (size_t i = first; i < in.n;) {
		size_t skip = other_break(in.p + i, in.n - i);

		p[n++] = skip > 0 ? '\n' : in.p[i];
		i += skip > 0 ? skip : 1;
	}
	return (rp_bytes){ p, n };
}

static bool
starts_with_mark(rp_bytes in)
{
	return in.n >= 3 && memcmp(in.p, "\xef\xbb\xbf", 3) == 0;
}

/* Everything below U+0300 is in NFC already, whatever surrounds it. */
static bool
surely_nfc(rp_text t)
{
	for (size_t i = 0; i < t.n; i++)
		if ((uint8_t)t.p[i] >= 0xcc)
			return false;
	return true;
}

rp_text
rp_text_nfc(struct rp_arena *a, rp_text t)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfc;
	struct rp_utf16 u;
	int32_t yes, n;
	UChar *p;

	if (rp_text_is_ascii(t) || surely_nfc(t))
		return t;
	nfc = unorm2_getNFCInstance(&status);
	u = rp_utf16_from(a, t);
	yes = unorm2_spanQuickCheckYes(nfc, u.p, u.n, &status);
	RP_ASSERT(U_SUCCESS(status));
	if (yes == u.n)
		return t;
	/* UAX 15, section 9: NFC is at most three times as long in UTF-16. */
	p = rp_new_n(a, UChar, (size_t)u.n * 3 + 1);
	n = unorm2_normalize(nfc, u.p, u.n, p, u.n * 3 + 1, &status);
	RP_ASSERT(U_SUCCESS(status));
	return rp_utf16_text(a, p, n);
}

struct rp_err *
rp_text_input(struct rp_arena *a, rp_bytes in, size_t max, rp_text *out)
{
	rp_text t;

	if (starts_with_mark(in))
		in = (rp_bytes){ in.p + 3, in.n - 3 };
	if (in.n > max)
		return rp_fail(RP_E_LIMIT, "%zu octets of text, limit %zu",
		    in.n, max);
	RP_TRY(rp_text_from(a, plain_breaks(a, in), max, &t));
	t = rp_text_nfc(a, t);
	if (t.n > max)
		return rp_fail(RP_E_LIMIT,
		    "%zu octets after normalisation, limit %zu", t.n, max);
	*out = t;
	return NULL;
}

static bool
is_blank(UChar32 c)
{
	return u_isUWhiteSpace(c) || c == 0x200b || c == 0xfeff;
}

rp_text
rp_text_strip(rp_text t)
{
	const uint8_t *p = (const uint8_t *)t.p;
	int32_t from = 0, to = (int32_t)t.n, at;
	UChar32 c;

	RP_ASSERT(t.n < RP_UTF16_MAX);
	while (from < to) {
		at = from;
		U8_NEXT_UNSAFE(p, at, c);
		if (!is_blank(c))
			break;
		from = at;
	}
	while (to > from) {
		int32_t last = to - 1;

		while ((p[last] & 0xc0) == 0x80)
			last--;
		at = last;
		U8_NEXT_UNSAFE(p, at, c);
		if (!is_blank(c))
			break;
		to = last;
	}
	return rp_text_sub(t, (size_t)from, (size_t)to);
}

bool
rp_text_blank(rp_text t)
{
	return rp_text_strip(t).n == 0;
}

struct rp_err *
rp_text_input_line(struct rp_arena *a, rp_bytes in, size_t max, rp_text *out)
{
	rp_text t, stripped;
	char *p;

	RP_TRY(rp_text_input(a, in, max, &t));
	stripped = rp_text_strip(t);
	p = rp_alloc(a, stripped.n + 1);
	for (size_t i = 0; i < stripped.n; i++) {
		char c = stripped.p[i];

		p[i] = c == '\n' || c == '\t' ? ' ' : c;
	}
	*out = (rp_text){ p, stripped.n };
	return NULL;
}

size_t
rp_text_code_points(rp_text t)
{
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++)
		n += ((uint8_t)t.p[i] & 0xc0) != 0x80;
	return n;
}

rp_text
rp_text_cut(rp_text t, size_t max)
{
	size_t to = max;

	if (t.n <= max)
		return t;
	while (to > 0 && ((uint8_t)t.p[to] & 0xc0) == 0x80)
		to--;
	return rp_text_sub(t, 0, to);
}
