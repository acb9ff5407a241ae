#include "codec/httpval.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"

/* A place in a header value, moving right. */
struct cursor {
	const uint8_t *p;
	size_t n, i;
};

static bool
is_token(uint8_t c)
{
	if (c <= 0x20 || c >= 0x7f)
		return false;
	return strchr("()<>@,;:\\\"/[]?={}", c) == NULL;
}

static int
hex_digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The octet that the escape at p[i] stands for, or -1. */
static int
escape_at(const uint8_t *p, size_t n, size_t i)
{
	int hi, lo;

	if (p[i] != '%' || n - i < 3)
		return -1;
	hi = hex_digit(p[i + 1]);
	lo = hex_digit(p[i + 2]);
	return hi < 0 || lo < 0 ? -1 : hi << 4 | lo;
}

static void
skip_space(struct cursor *c)
{
	while (c->i < c->n && (c->p[c->i] == ' ' || c->p[c->i] == '\t'))
		c->i++;
}

static bool
take(struct cursor *c, uint8_t what)
{
	skip_space(c);
	if (c->i == c->n || c->p[c->i] != what)
		return false;
	c->i++;
	return true;
}

static rp_bytes
token(struct cursor *c)
{
	size_t from;

	skip_space(c);
	from = c->i;
	while (c->i < c->n && is_token(c->p[c->i]))
		c->i++;
	return (rp_bytes){ c->p + from, c->i - from };
}

static rp_text
lower(struct rp_arena *a, rp_bytes in)
{
	char *to = rp_alloc(a, in.n + 1);

	for (size_t i = 0; i < in.n; i++)
		to[i] =
		    (char)(in.p[i] >= 'A' && in.p[i] <= 'Z' ? in.p[i] | 0x20 :
							      in.p[i]);
	return (rp_text){ to, in.n };
}

/*
 * After the opening quote. A backslash escapes a quote or a backslash, except
 * that one before the last quote of the value is a backslash: browsers escape
 * nothing, and a file may be called "a\".
 */
static bool
quoted(struct rp_arena *a, struct cursor *c, rp_bytes *out)
{
	const uint8_t *last = memrchr(c->p + c->i, '"', c->n - c->i);
	uint8_t *to = rp_alloc(a, c->n - c->i + 1);
	size_t n = 0;

	for (; c->i < c->n; c->i++) {
		const uint8_t *at = c->p + c->i;

		if (*at == '"') {
			c->i++;
			*out = (rp_bytes){ to, n };
			return true;
		}
		if (*at == '\\' && c->n - c->i > 1 && at + 1 != last &&
		    (at[1] == '"' || at[1] == '\\'))
			c->i++;
		to[n++] = c->p[c->i];
	}
	return false;
}

static struct rp_err *
params(struct rp_arena *a, struct cursor *c, struct rp_urlform *out)
{
	while (take(c, ';')) {
		struct rp_urlform_field f;
		rp_text name;

		skip_space(c);
		if (c->i == c->n)
			break;
		name = lower(a, token(c));
		f.name = rp_text_bytes(name);
		if (f.name.n == 0 || !take(c, '='))
			return rp_fail(RP_E_INVALID, "malformed parameter");
		if (rp_urlform_find(out, name.p) != NULL)
			return rp_fail(RP_E_INVALID, "parameter twice");
		if (!take(c, '"'))
			f.value = token(c);
		else if (!quoted(a, c, &f.value))
			return rp_fail(RP_E_INVALID, "quote not closed");
		if (out->n == RP_HTTPVAL_PARAMS_MAX)
			return rp_fail(RP_E_LIMIT, "too many parameters");
		rp_vec_push(a, out, f);
	}
	skip_space(c);
	if (c->i < c->n)
		return rp_fail(RP_E_INVALID, "octets after a header value");
	return NULL;
}

static struct rp_err *
begin(rp_bytes in, struct cursor *out)
{
	if (in.n > RP_HTTPVAL_MAX)
		return rp_fail(RP_E_LIMIT, "header of %zu octets", in.n);
	for (size_t i = 0; i < in.n; i++)
		if (in.p[i] != '\t' && (in.p[i] < 0x20 || in.p[i] == 0x7f))
			return rp_fail(RP_E_INVALID, "control in a header");
	*out = (struct cursor){ .p = in.p, .n = in.n };
	return NULL;
}

struct rp_err *
rp_httpval_type_parse(struct rp_arena *a, rp_bytes in, struct rp_httpval *out)
{
	struct rp_httpval v = { 0 };
	struct cursor c;
	rp_bytes type, sub;

	RP_TRY(begin(in, &c));
	type = token(&c);
	if (type.n == 0 || c.i == c.n || c.p[c.i++] != '/')
		return rp_fail(RP_E_INVALID, "not a media type");
	sub = token(&c);
	if (sub.n == 0 || sub.p != type.p + type.n + 1)
		return rp_fail(RP_E_INVALID, "not a media type");
	v.main = lower(a, (rp_bytes){ type.p, type.n + 1 + sub.n });
	RP_TRY(params(a, &c, &v.params));
	*out = v;
	return NULL;
}

/* What browsers escape in a form's names (WHATWG HTML, 4.10.21.8). */
static rp_bytes
form_name(struct rp_arena *a, rp_bytes v)
{
	uint8_t *to = rp_alloc(a, v.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < v.n; i++) {
		int c = escape_at(v.p, v.n, i);

		if (c == '"' || c == '\r' || c == '\n') {
			to[n++] = (uint8_t)c;
			i += 2;
		} else {
			to[n++] = v.p[i];
		}
	}
	return (rp_bytes){ to, n };
}

/* RFC 8187: charset'language'percent-encoded. */
static struct rp_err *
extended(struct rp_arena *a, rp_bytes in, rp_bytes *out)
{
	const uint8_t *q1 = memchr(in.p, '\'', in.n);
	size_t head = q1 ? (size_t)(q1 - in.p) : 0;
	const uint8_t *q2 = q1 ? memchr(q1 + 1, '\'', in.n - head - 1) : NULL;
	uint8_t *to = rp_alloc(a, in.n * 2 + 1);
	rp_text charset;
	size_t n = 0;
	bool latin;

	if (q2 == NULL)
		return rp_fail(RP_E_INVALID, "extended value without charset");
	charset = lower(a, (rp_bytes){ in.p, head });
	latin = rp_text_eq(charset, RP_TEXT("iso-8859-1"));
	if (!latin && !rp_text_eq(charset, RP_TEXT("utf-8")))
		return rp_fail(RP_E_INVALID, "extended value's charset");
	for (size_t i = (size_t)(q2 + 1 - in.p); i < in.n; i++) {
		int c = in.p[i];

		if (c == '%') {
			c = escape_at(in.p, in.n, i);
			i += 2;
		}
		if (c < 0)
			return rp_fail(RP_E_INVALID, "malformed escape");
		if (latin && c > 0x7f) {
			to[n++] = (uint8_t)(0xc0 | c >> 6);
			c = 0x80 | (c & 0x3f);
		}
		to[n++] = (uint8_t)c;
	}
	*out = (rp_bytes){ to, n };
	return NULL;
}

struct rp_err *
rp_httpval_disposition_parse(struct rp_arena *a, rp_bytes in,
    struct rp_httpval *out)
{
	struct rp_httpval v = { 0 };
	struct rp_urlform_field file = { RP_BYTES("filename"), { 0 } };
	bool has_extended = false;
	struct cursor c;
	rp_bytes kind;

	RP_TRY(begin(in, &c));
	kind = token(&c);
	if (kind.n == 0)
		return rp_fail(RP_E_INVALID, "not a disposition");
	v.main = lower(a, kind);
	RP_TRY(params(a, &c, &v.params));
	for (size_t i = 0; i < v.params.n; i++) {
		struct rp_urlform_field *f = &v.params.v[i];

		if (f->name.n > 0 && f->name.p[f->name.n - 1] == '*') {
			if (f->name.n != 9 || memcmp(f->name.p, "filename", 8))
				continue;
			RP_TRY(extended(a, f->value, &file.value));
			has_extended = true;
		} else {
			f->value = form_name(a, f->value);
		}
	}
	if (has_extended) {
		struct rp_urlform kept = { 0 };

		for (size_t i = 0; i < v.params.n; i++)
			if (v.params.v[i].name.n < 8 ||
			    memcmp(v.params.v[i].name.p, "filename", 8))
				rp_vec_push(a, &kept, v.params.v[i]);
		rp_vec_push(a, &kept, file);
		v.params = kept;
	}
	*out = v;
	return NULL;
}

static rp_text
safe_name(struct rp_arena *a, rp_text name)
{
	char *to;

	if (name.n > RP_HTTPVAL_FILENAME_MAX) {
		name.n = RP_HTTPVAL_FILENAME_MAX;
		while (name.n > 0 && ((uint8_t)name.p[name.n] & 0xc0) == 0x80)
			name.n--;
	}
	to = rp_alloc(a, name.n + 1);
	for (size_t i = 0; i < name.n; i++) {
		uint8_t c = (uint8_t)name.p[i];

		to[i] = (char)(c < 0x20 || c == 0x7f || c == '/' || c == '\\' ?
				   '_' :
				   c);
	}
	return (rp_text){ to, name.n };
}

static void
ascii_name(struct rp_buf *b, rp_text name)
{
	for (size_t i = 0; i < name.n; i++) {
		uint8_t c = (uint8_t)name.p[i];

		if (c >= 0x80 && (c & 0xc0) == 0x80)
			continue;
		rp_buf_byte(b,
		    c >= 0x80 || c == '"' || c == '%' ? (uint8_t)'_' : c);
	}
}

rp_text
rp_httpval_disposition_write(struct rp_arena *a, const char *kind, rp_text name)
{
	struct rp_buf b;
	rp_text out;
	struct rp_err *e;

	name = safe_name(a, name);
	rp_buf_init(&b, a, RP_HTTPVAL_MAX);
	rp_buf_f(&b, "%s; filename=\"", kind);
	ascii_name(&b, name);
	rp_buf_text(&b, RP_TEXT("\"; filename*=UTF-8''"));
	rp_buf_text(&b, rp_percent_encode(a, rp_text_bytes(name)));
	e = rp_buf_done(&b, &out);
	RP_ASSERT(e == NULL);
	return out;
}

struct rp_err *
rp_httpval_cookie_parse(struct rp_arena *a, rp_bytes in, struct rp_urlform *out)
{
	struct rp_urlform jar = { 0 };
	struct cursor c;

	RP_TRY(begin(in, &c));
	while (c.i < c.n) {
		struct rp_urlform_field f;
		const uint8_t *semi, *end;

		f.name = token(&c);
		semi = memchr(c.p + c.i, ';', c.n - c.i);
		end = semi ? semi : c.p + c.n;
		if (f.name.n > 0 && take(&c, '=')) {
			f.value.p = c.p + c.i;
			while (end > f.value.p &&
			       (end[-1] == ' ' || end[-1] == '\t'))
				end--;
			f.value.n = (size_t)(end - f.value.p);
			if (f.value.n >= 2 && *f.value.p == '"' &&
			    end[-1] == '"') {
				f.value.p++;
				f.value.n -= 2;
			}
			if (jar.n == RP_HTTPVAL_COOKIES_MAX)
				return rp_fail(RP_E_LIMIT, "too many cookies");
			rp_vec_push(a, &jar, f);
		}
		c.i = semi ? (size_t)(semi + 1 - c.p) : c.n;
	}
	*out = jar;
	return NULL;
}

bool
rp_httpval_none_match(rp_bytes in, rp_text etag)
{
	struct cursor c = { in.p, in.n, 0 };
	bool found = false;

	if (in.n > RP_HTTPVAL_MAX)
		return false;
	if (take(&c, '*')) {
		skip_space(&c);
		return c.i == c.n;
	}
	do {
		const uint8_t *end;
		size_t from;

		skip_space(&c);
		if (c.n - c.i > 2 && memcmp(c.p + c.i, "W/", 2) == 0)
			c.i += 2;
		from = c.i;
		if (c.i == c.n || c.p[c.i] != '"')
			return false;
		end = memchr(c.p + from + 1, '"', c.n - from - 1);
		if (end == NULL)
			return false;
		c.i = (size_t)(end + 1 - c.p);
		if (c.i - from == etag.n &&
		    memcmp(c.p + from, etag.p, etag.n) == 0)
			found = true;
	} while (take(&c, ','));
	skip_space(&c);
	return found && c.i == c.n;
}

static struct rp_err *
segment(struct rp_arena *a, rp_bytes in, rp_text *out)
{
	uint8_t *to = rp_alloc(a, in.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < in.n; i++) {
		int c = in.p[i];

		if (c == '%') {
			c = escape_at(in.p, in.n, i);
			i += 2;
		}
		if (c < 0)
			return rp_fail(RP_E_INVALID, "malformed escape");
		if (c < 0x20 || c == 0x7f || c == '/' || c == '\\')
			return rp_fail(RP_E_INVALID, "octet %d in a path", c);
		to[n++] = (uint8_t)c;
	}
	if ((n == 1 && to[0] == '.') || (n == 2 && memcmp(to, "..", 2) == 0))
		return rp_fail(RP_E_INVALID, "dots in a path");
	return rp_text_from(a, (rp_bytes){ to, n }, RP_HTTPVAL_SEGMENT_MAX,
	    out);
}

struct rp_err *
rp_httpval_path_parse(struct rp_arena *a, rp_bytes in,
    struct rp_httpval_path *out)
{
	struct rp_httpval_path path = { 0 };
	size_t from = 1;

	if (in.n > RP_HTTPVAL_MAX)
		return rp_fail(RP_E_LIMIT, "path of %zu octets", in.n);
	if (in.n == 0 || in.p[0] != '/')
		return rp_fail(RP_E_INVALID, "path without a slash");
	while (in.n > 1) {
		const uint8_t *at =
		    from < in.n ? memchr(in.p + from, '/', in.n - from) : NULL;
		size_t to = at ? (size_t)(at - in.p) : in.n;
		rp_text one;

		if (to == from && at != NULL)
			return rp_fail(RP_E_INVALID, "empty segment");
		if (path.n == RP_HTTPVAL_SEGMENTS_MAX)
			return rp_fail(RP_E_LIMIT, "path too deep");
		RP_TRY(segment(a, (rp_bytes){ in.p + from, to - from }, &one));
		rp_vec_push(a, &path, one);
		if (at == NULL)
			break;
		from = to + 1;
	}
	*out = path;
	return NULL;
}

void
rp_httpval_target_split(rp_bytes target, rp_bytes *out_path,
    rp_bytes *out_query)
{
	const uint8_t *at = target.n ? memchr(target.p, '?', target.n) : NULL;
	size_t n = at ? (size_t)(at - target.p) : target.n;

	*out_path = (rp_bytes){ target.p, n };
	*out_query =
	    at ? (rp_bytes){ at + 1, target.n - n - 1 } : (rp_bytes){ 0 };
}

static bool
is_token68(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') ||
	       (c != 0 && strchr("-._~+/", c) != NULL);
}

struct rp_err *
rp_httpval_bearer_parse(struct rp_arena *a, rp_bytes in, rp_text *out)
{
	static const char scheme[] = "bearer ";
	struct cursor c;
	size_t from;

	RP_TRY(begin(in, &c));
	for (size_t i = 0; i < sizeof(scheme) - 1; i++)
		if (i == c.n || (c.p[i] | 0x20) != scheme[i])
			return rp_fail(RP_E_INVALID, "not a bearer token");
	c.i = sizeof(scheme) - 1;
	skip_space(&c);
	from = c.i;
	while (c.i < c.n && is_token68(c.p[c.i]))
		c.i++;
	while (c.i > from && c.i < c.n && c.p[c.i] == '=')
		c.i++;
	if (c.i == from || c.i < c.n || c.i - from > RP_HTTPVAL_TOKEN_MAX)
		return rp_fail(RP_E_INVALID, "malformed token");
	return rp_text_from(a, (rp_bytes){ c.p + from, c.i - from },
	    RP_HTTPVAL_TOKEN_MAX, out);
}
