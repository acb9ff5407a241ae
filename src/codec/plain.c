#include "codec/plain.h"

#include "base/err.h"

#define TABS_MAX 64 /* empty cells kept in a row */

void
rp_plain_init(struct rp_plain *p, struct rp_arena *a, size_t max)
{
	*p = (struct rp_plain){ .max = max };
	/* One octet for the NUL. */
	rp_buf_init(&p->buf, a, max + 1);
}

static void
raw(struct rp_plain *p, const void *octets, size_t n)
{
	if (p->truncated || n > p->max - p->buf.n) {
		p->truncated = true;
		return;
	}
	rp_buf_add(&p->buf, octets, n);
}

/* What is due, now that text follows. */
static void
settle(struct rp_plain *p)
{
	unsigned breaks = p->buf.n > 0 ? p->breaks : 0;

	for (unsigned i = 0; i < breaks; i++)
		raw(p, "\n", 1);
	if (p->space && p->breaks == 0 && p->tabs == 0 && p->buf.n > 0)
		raw(p, " ", 1);
	for (unsigned i = 0; i < p->tabs; i++)
		raw(p, "\t", 1);
	p->breaks = p->tabs = 0;
	p->space = false;
}

static bool
is_blank(const uint8_t *c, size_t n)
{
	return c[0] <= 0x20 || c[0] == 0x7f ||
	       (n == 2 && c[0] == 0xc2 && c[1] < 0xa0);
}

static void
add(struct rp_plain *p, rp_bytes in, bool lines)
{
	for (size_t i = 0, step; i < in.n && !p->truncated; i += step) {
		const uint8_t *c = in.p + i;

		step = rp_utf8_len(c, in.n - i);
		if (step == 0) {
			settle(p);
			raw(p, "\xef\xbf\xbd", 3);
			step = 1;
		} else if (lines && c[0] == '\n') {
			rp_plain_break(p, p->breaks < 2 ? p->breaks + 1 : 2);
		} else if (lines && (c[0] == '\f' || c[0] == '\v')) {
			rp_plain_break(p, 2);
		} else if (is_blank(c, step)) {
			p->space = true;
		} else {
			settle(p);
			raw(p, c, step);
		}
	}
}

void
rp_plain_add(struct rp_plain *p, rp_bytes in)
{
	add(p, in, false);
}

void
rp_plain_add_lines(struct rp_plain *p, rp_bytes in)
{
	add(p, in, true);
}

/* The character as UTF-8; what is none becomes U+FFFD. */
static size_t
utf8_put(uint32_t c, uint8_t out[4])
{
	if (c >= 0xd800 && c < 0xe000)
		c = 0xfffd;
	if (c < 0x80) {
		out[0] = (uint8_t)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (uint8_t)(0xc0 | c >> 6);
		out[1] = (uint8_t)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (uint8_t)(0xe0 | c >> 12);
		out[1] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
		out[2] = (uint8_t)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (uint8_t)(0xf0 | c >> 18);
	out[1] = (uint8_t)(0x80 | (c >> 12 & 0x3f));
	out[2] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
	out[3] = (uint8_t)(0x80 | (c & 0x3f));
	return 4;
}

void
rp_plain_add_utf16(struct rp_plain *p, rp_bytes in)
{
	bool big = in.n >= 2 && in.p[0] == 0xfe;
	uint32_t high = 0;

	for (size_t i = 2; i + 1 < in.n && !p->truncated; i += 2) {
		uint32_t c = (uint32_t)in.p[i + !big] << 8 | in.p[i + big];
		uint8_t octets[4];

		if (high != 0 && c >= 0xdc00 && c < 0xe000) {
			c = 0x10000 + ((high - 0xd800) << 10) + (c - 0xdc00);
			high = 0;
		} else if (high != 0) {
			add(p, RP_BYTES("\xef\xbf\xbd"), true);
			high = 0;
		}
		if (c >= 0xd800 && c < 0xdc00) {
			high = c;
			continue;
		}
		add(p, (rp_bytes){ octets, utf8_put(c, octets) }, true);
	}
}

void
rp_plain_break(struct rp_plain *p, unsigned n)
{
	if (p->breaks < n)
		p->breaks = n;
	p->tabs = 0;
	p->space = false;
}

void
rp_plain_tab(struct rp_plain *p)
{
	if (p->tabs < TABS_MAX)
		p->tabs++;
	p->space = false;
}

bool
rp_plain_empty(const struct rp_plain *p)
{
	return p->buf.n == 0;
}

rp_text
rp_plain_done(struct rp_plain *p)
{
	struct rp_err *e;
	rp_text t;

	e = rp_buf_done(&p->buf, &t);
	RP_ASSERT(e == NULL);
	return t;
}
