#include "codec/urlform.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"

static int
hex_digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static rp_bytes
decode(struct rp_arena *a, rp_bytes in)
{
	uint8_t *to = rp_alloc(a, in.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < in.n; i++) {
		int hi = -1, lo = -1;

		if (in.p[i] == '%' && in.n - i > 2) {
			hi = hex_digit(in.p[i + 1]);
			lo = hex_digit(in.p[i + 2]);
		}
		if (hi < 0 || lo < 0) {
			to[n++] = in.p[i] == '+' ? ' ' : in.p[i];
			continue;
		}
		to[n++] = (uint8_t)(hi << 4 | lo);
		i += 2;
	}
	return (rp_bytes){ to, n };
}

/* Cut `in` at the first `sep`: return the head, leave the tail in `in`. */
static rp_bytes
cut(rp_bytes *in, uint8_t sep)
{
	const uint8_t *at = in->n ? memchr(in->p, sep, in->n) : NULL;
	rp_bytes head = { in->p, at ? (size_t)(at - in->p) : in->n };
	size_t skip = at ? head.n + 1 : head.n;

	if (skip > 0)
		*in = (rp_bytes){ in->p + skip, in->n - skip };
	return head;
}

struct rp_err *
rp_urlform_parse(struct rp_arena *a, rp_bytes body, struct rp_urlform *out)
{
	struct rp_urlform form = { 0 };

	if (body.n > RP_URLFORM_BODY_MAX)
		return rp_fail(RP_E_LIMIT, "form of %zu octets", body.n);
	while (body.n > 0) {
		rp_bytes value = cut(&body, '&');
		bool blank = value.n == 0;
		rp_bytes name = cut(&value, '=');
		struct rp_urlform_field f;

		if (blank)
			continue;
		if (form.n == RP_URLFORM_FIELDS_MAX)
			return rp_fail(RP_E_LIMIT, "more than %d form fields",
			    RP_URLFORM_FIELDS_MAX);
		f.name = decode(a, name);
		f.value = decode(a, value);
		rp_vec_push(a, &form, f);
	}
	*out = form;
	return NULL;
}

static bool
stands_for_itself(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '*' || c == '-' || c == '.' ||
	       c == '_';
}

static void
encode(struct rp_buf *b, rp_bytes in)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < in.n; i++) {
		uint8_t c = in.p[i];

		if (stands_for_itself(c)) {
			rp_buf_byte(b, c);
		} else if (c == ' ') {
			rp_buf_byte(b, '+');
		} else {
			rp_buf_byte(b, '%');
			rp_buf_byte(b, (uint8_t)digits[c >> 4]);
			rp_buf_byte(b, (uint8_t)digits[c & 15]);
		}
	}
}

void
rp_urlform_write(struct rp_buf *b, const struct rp_urlform *form)
{
	for (size_t i = 0; i < form->n; i++) {
		if (i > 0)
			rp_buf_byte(b, '&');
		encode(b, form->v[i].name);
		rp_buf_byte(b, '=');
		encode(b, form->v[i].value);
	}
}

const struct rp_urlform_field *
rp_urlform_find(const struct rp_urlform *form, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < form->n; i++)
		if (form->v[i].name.n == n &&
		    memcmp(form->v[i].name.p, name, n) == 0)
			return &form->v[i];
	return NULL;
}

rp_bytes
rp_urlform_value(const struct rp_urlform *form, const char *name)
{
	const struct rp_urlform_field *f = rp_urlform_find(form, name);

	return f ? f->value : (rp_bytes){ 0 };
}
