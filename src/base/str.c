#include "base/str.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"

static bool
follows(const uint8_t *p, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if ((p[i] & 0xc0) != 0x80)
			return false;
	return true;
}

size_t
rp_utf8_len(const uint8_t *p, size_t n)
{
	uint8_t lo = 0x80, hi = 0xbf;
	size_t len;

	if (n == 0)
		return 0;
	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return 0;
	len = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (p[0] == 0xe0)
		lo = 0xa0;
	else if (p[0] == 0xed)
		hi = 0x9f;
	else if (p[0] == 0xf0)
		lo = 0x90;
	else if (p[0] == 0xf4)
		hi = 0x8f;
	if (len > n || p[1] < lo || p[1] > hi || !follows(p, 2, len))
		return 0;
	return len;
}

#define EACH(octet) (UINT64_C(0x0101010101010101) * (octet))

/* Eight octets at once; the sums may run over only where one is none anyway. */
static bool
eight_printable(const uint8_t *p)
{
	uint64_t x;

	memcpy(&x, p, sizeof(x));
	return (((x + EACH(0x01)) | x | (x - EACH(0x20))) & EACH(0x80)) == 0;
}

size_t
rp_printable_run(const uint8_t *p, size_t n)
{
	size_t i = 0;

	while (n - i >= sizeof(uint64_t) && eight_printable(p + i))
		i += sizeof(uint64_t);
	while (i < n && p[i] >= 0x20 && p[i] < 0x7f)
		i++;
	return i;
}

static bool
is_control(const uint8_t *p)
{
	if (p[0] < 0x20)
		return p[0] != '\n' && p[0] != '\t';
	return p[0] == 0x7f || (p[0] == 0xc2 && p[1] < 0xa0);
}

struct rp_err *
rp_text_from(struct rp_arena *a, rp_bytes in, size_t max, rp_text *out)
{
	size_t step;

	if (in.n > max)
		return rp_fail(RP_E_LIMIT, "%zu octets of text, limit %zu",
		    in.n, max);
	for (size_t i = 0; i < in.n; i += step) {
		step = rp_printable_run(in.p + i, in.n - i);
		if (step > 0)
			continue;
		step = rp_utf8_len(in.p + i, in.n - i);
		if (step == 0 || is_control(in.p + i))
			return rp_fail(RP_E_INVALID,
			    "not plain UTF-8 at octet %zu", i);
	}
	*out = rp_text_trusted(a, in);
	return NULL;
}

rp_text
rp_text_trusted(struct rp_arena *a, rp_bytes stored)
{
	char *copy = rp_alloc(a, stored.n + 1);

	if (stored.n > 0)
		memcpy(copy, stored.p, stored.n);
	return (rp_text){ copy, stored.n };
}

rp_text
rp_text_dup(struct rp_arena *a, rp_text t)
{
	return rp_text_trusted(a, rp_text_bytes(t));
}

static rp_text vformat(struct rp_arena *a, const char *fmt, va_list ap)
    RP_PRINTF(2, 0);

static rp_text
vformat(struct rp_arena *a, const char *fmt, va_list ap)
{
	char small[256], *p;
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(small, sizeof(small), fmt, again);
	va_end(again);
	RP_ASSERT(n >= 0);
	p = rp_alloc(a, (size_t)n + 1);
	if ((size_t)n < sizeof(small))
		memcpy(p, small, (size_t)n);
	else
		vsnprintf(p, (size_t)n + 1, fmt, ap);
	return (rp_text){ p, (size_t)n };
}

rp_text
rp_textf(struct rp_arena *a, const char *fmt, ...)
{
	va_list ap;
	rp_text t;

	va_start(ap, fmt);
	t = vformat(a, fmt, ap);
	va_end(ap);
	return t;
}

rp_url
rp_urlf(struct rp_arena *a, const char *fmt, ...)
{
	va_list ap;
	rp_text t;

	va_start(ap, fmt);
	t = vformat(a, fmt, ap);
	va_end(ap);
	return (rp_url){ t.p, t.n };
}

rp_text
rp_text_z(const char *z)
{
	return (rp_text){ z, strlen(z) };
}

bool
rp_text_eq(rp_text a, rp_text b)
{
	if (a.n != b.n)
		return false;
	/* Most that differ do at once: one of a list, codes and tags. */
	return a.n == 0 || (a.p[0] == b.p[0] && memcmp(a.p, b.p, a.n) == 0);
}

bool
rp_text_in(const rp_text *words, rp_text t)
{
	for (; words->n > 0; words++)
		if (rp_text_eq(*words, t))
			return true;
	return false;
}

int
rp_text_cmp(rp_text a, rp_text b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n > 0 ? memcmp(a.p, b.p, n) : 0;

	if (c != 0)
		return c;
	return a.n < b.n ? -1 : a.n > b.n;
}

bool
rp_text_starts(rp_text t, rp_text prefix)
{
	return t.n >= prefix.n &&
	       rp_text_eq(rp_text_sub(t, 0, prefix.n), prefix);
}

rp_text
rp_text_sub(rp_text t, size_t from, size_t to)
{
	RP_ASSERT(from <= to && to <= t.n);
	/* No text has no octets to count from. */
	return (rp_text){ from > 0 ? t.p + from : t.p, to - from };
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

rp_text
rp_text_trim(rp_text t)
{
	size_t from = 0, to = t.n;

	while (from < to && is_space(t.p[from]))
		from++;
	while (to > from && is_space(t.p[to - 1]))
		to--;
	return rp_text_sub(t, from, to);
}

size_t
rp_text_find(rp_text t, char c, size_t from)
{
	const char *at = from < t.n ? memchr(t.p + from, c, t.n - from) : NULL;

	return at ? (size_t)(at - t.p) : t.n;
}

bool
rp_text_i64(rp_text t, int64_t *out)
{
	bool minus = t.n > 0 && t.p[0] == '-';
	int64_t v = 0;

	if (t.n == (size_t)minus)
		return false;
	for (size_t i = minus; i < t.n; i++) {
		if (t.p[i] < '0' || t.p[i] > '9' ||
		    __builtin_mul_overflow(v, 10, &v) ||
		    __builtin_sub_overflow(v, t.p[i] - '0', &v))
			return false;
	}
	if (!minus && __builtin_sub_overflow(0, v, &v))
		return false;
	*out = v;
	return true;
}

static const char *
entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

rp_html
rp_html_escape(struct rp_arena *a, rp_text t)
{
	size_t size = 0, at = 0;
	char *copy;

	for (size_t i = 0; i < t.n; i++)
		size += entity(t.p[i]) ? strlen(entity(t.p[i])) : 1;
	copy = rp_alloc(a, size + 1);
	for (size_t i = 0; i < t.n; i++) {
		const char *e = entity(t.p[i]);
		size_t len = e ? strlen(e) : 1;

		memcpy(copy + at, e ? e : t.p + i, len);
		at += len;
	}
	return (rp_html){ copy, size };
}

static bool
unreserved(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
	       c == '~';
}

static rp_text
percent(struct rp_arena *a, rp_bytes in, const char *also)
{
	static const char digits[] = "0123456789ABCDEF";
	char *p = rp_alloc(a, in.n * 3 + 1);
	size_t n = 0;

	for (size_t i = 0; i < in.n; i++) {
		uint8_t c = in.p[i];

		if (unreserved(c) || (c != 0 && strchr(also, c) != NULL)) {
			p[n++] = (char)c;
			continue;
		}
		p[n++] = '%';
		p[n++] = digits[c >> 4];
		p[n++] = digits[c & 15];
	}
	return (rp_text){ p, n };
}

rp_text
rp_percent_encode(struct rp_arena *a, rp_bytes in)
{
	return percent(a, in, "");
}

struct rp_err *
rp_url_from(struct rp_arena *a, rp_text t, rp_url *out)
{
	static const rp_text schemes[] = { RP_TEXT_INIT("http://"),
		RP_TEXT_INIT("https://"), RP_TEXT_INIT("mailto:") };
	rp_text safe;

	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
		if (!rp_text_starts(t, schemes[i]))
			continue;
		safe = percent(a, rp_text_bytes(t), ":/?#[]@!$&()*+,;=%");
		*out = (rp_url){ safe.p, safe.n };
		return NULL;
	}
	return rp_fail(RP_E_INVALID, "not an http, https or mailto address");
}

rp_text
rp_hex(struct rp_arena *a, rp_bytes in)
{
	static const char digits[] = "0123456789abcdef";
	char *p = rp_alloc(a, in.n * 2 + 1);

	for (size_t i = 0; i < in.n; i++) {
		p[2 * i] = digits[in.p[i] >> 4];
		p[2 * i + 1] = digits[in.p[i] & 15];
	}
	return (rp_text){ p, in.n * 2 };
}

static int
nibble(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

struct rp_err *
rp_unhex(struct rp_arena *a, rp_text in, rp_bytes *out)
{
	uint8_t *p = rp_alloc(a, in.n / 2 + 1);

	if (in.n % 2 != 0)
		return rp_fail(RP_E_INVALID, "odd number of hex digits");
	for (size_t i = 0; i < in.n; i += 2) {
		int hi = nibble(in.p[i]), lo = nibble(in.p[i + 1]);

		if (hi < 0 || lo < 0)
			return rp_fail(RP_E_INVALID, "not a hex digit");
		p[i / 2] = (uint8_t)(hi << 4 | lo);
	}
	*out = (rp_bytes){ p, in.n / 2 };
	return NULL;
}

rp_text
rp_base32(struct rp_arena *a, rp_bytes in)
{
	static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
	char *p = rp_alloc(a, in.n * 8 / 5 + 2);
	unsigned hold = 0, bits = 0;
	size_t n = 0;

	for (size_t i = 0; i < in.n; i++) {
		hold = (hold << 8 | in.p[i]) & 0xffff;
		for (bits += 8; bits >= 5; bits -= 5)
			p[n++] = digits[hold >> (bits - 5) & 31];
	}
	if (bits > 0)
		p[n++] = digits[hold << (5 - bits) & 31];
	return (rp_text){ p, n };
}
