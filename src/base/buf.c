#include "base/buf.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"

void
rp_buf_init(struct rp_buf *b, struct rp_arena *a, size_t limit)
{
	*b = (struct rp_buf){ .arena = a, .limit = limit };
}

bool
rp_buf_room(struct rp_buf *b, size_t n)
{
	size_t cap = b->cap ? b->cap : 256;
	uint8_t *p;

	if (b->over || n > b->limit - b->n) {
		b->over = true;
		return false;
	}
	if (n <= b->cap - b->n)
		return true;
	while (cap < b->n + n)
		cap *= 2;
	p = rp_alloc_raw(b->arena, cap);
	if (b->n > 0)
		memcpy(p, b->p, b->n);
	b->p = p;
	b->cap = cap;
	return true;
}

void
rp_buf_add(struct rp_buf *b, const void *p, size_t n)
{
	if (n == 0 || !rp_buf_room(b, n))
		return;
	memcpy(b->p + b->n, p, n);
	b->n += n;
}

void
rp_buf_byte(struct rp_buf *b, uint8_t c)
{
	rp_buf_add(b, &c, 1);
}

void
rp_buf_text(struct rp_buf *b, rp_text t)
{
	rp_buf_add(b, t.p, t.n);
}

void
rp_buf_bytes_add(struct rp_buf *b, rp_bytes s)
{
	rp_buf_add(b, s.p, s.n);
}

void
rp_buf_i64(struct rp_buf *b, int64_t v)
{
	char digits[24];
	int n = snprintf(digits, sizeof(digits), "%" PRId64, v);

	rp_buf_add(b, digits, (size_t)n);
}

void
rp_buf_f(struct rp_buf *b, const char *fmt, ...)
{
	char small[256];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(small, sizeof(small), fmt, ap);
	va_end(ap);
	RP_ASSERT(n >= 0);
	if ((size_t)n < sizeof(small)) {
		rp_buf_add(b, small, (size_t)n);
		return;
	}
	if (!rp_buf_room(b, (size_t)n + 1))
		return;
	va_start(ap, fmt);
	vsnprintf((char *)b->p + b->n, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->n += (size_t)n;
}

struct rp_err *
rp_buf_bytes(const struct rp_buf *b, rp_bytes *out)
{
	if (b->over)
		return rp_fail(RP_E_LIMIT, "more than %zu octets", b->limit);
	*out = (rp_bytes){ b->p, b->n };
	return NULL;
}

struct rp_err *
rp_buf_done(struct rp_buf *b, rp_text *out)
{
	b->limit++;
	rp_buf_byte(b, 0);
	if (b->over)
		return rp_fail(RP_E_LIMIT, "more than %zu octets",
		    b->limit - 1);
	b->n--;
	*out = (rp_text){ (const char *)b->p, b->n };
	return NULL;
}
