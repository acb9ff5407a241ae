#include "text/link_format.h"

#include <string.h>
#include <unicode/utf8.h>

#include "base/buf.h"
#include "base/err.h"
#include "text/codepoint.h"

/* Taking apart */

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static rp_bytes
unescape(struct rp_arena *a, rp_text t)
{
	uint8_t *p = rp_alloc(a, t.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++) {
		bool escape = t.p[i] == '%' && i + 2 < t.n &&
			      hex_digit(t.p[i + 1]) >= 0 &&
			      hex_digit(t.p[i + 2]) >= 0;

		if (!escape) {
			p[n++] = (uint8_t)t.p[i];
			continue;
		}
		p[n++] = (uint8_t)(hex_digit(t.p[i + 1]) << 4 |
				   hex_digit(t.p[i + 2]));
		i += 2;
	}
	return (rp_bytes){ p, n };
}

/* The field that starts at `*at` and ends before `separator` or `end`. */
static rp_text
field(rp_text t, char separator, size_t *at, size_t end)
{
	size_t from = *at, to = rp_text_find(t, separator, from);

	if (to > end)
		to = end;
	*at = to + 1;
	return rp_text_sub(t, from, to);
}

static void
parse_query(struct rp_arena *a, rp_text t, size_t at, size_t end,
    struct rp_link_parts *out)
{
	while (at <= end) {
		rp_text pair = field(t, '&', &at, end);
		size_t eq = rp_text_find(pair, '=', 0);
		struct rp_link_pair p = { .has_value = eq < pair.n };

		p.key = unescape(a, rp_text_sub(pair, 0, eq));
		if (p.has_value)
			p.value =
			    unescape(a, rp_text_sub(pair, eq + 1, pair.n));
		rp_vec_push(a, &out->query, p);
	}
}

static size_t
find_directive(rp_text t, size_t from)
{
	const char *p = memmem(t.p + from, t.n - from, ":~:", 3);

	return p ? (size_t)(p - t.p) : t.n;
}

static void
parse_fragment(struct rp_arena *a, rp_text t, size_t at,
    struct rp_link_parts *out)
{
	size_t end = find_directive(t, at);

	out->has_fragment = true;
	out->fragment = unescape(a, rp_text_sub(t, at, end));
	at = end + 3;
	while (at <= t.n)
		rp_vec_push(a, &out->directives,
		    unescape(a, field(t, '&', &at, t.n)));
}

static size_t
first_of(rp_text t, size_t from, const char *stops)
{
	while (from < t.n && strchr(stops, t.p[from]) == NULL)
		from++;
	return from;
}

struct rp_err *
rp_link_format_parse(struct rp_arena *a, rp_text url, struct rp_link_parts *out)
{
	struct rp_link_parts parts = { 0 };
	size_t at, end;
	const char *p;

	if (url.n > RP_LINK_FORMAT_MAX)
		return rp_fail(RP_E_LIMIT, "address of %zu octets", url.n);
	p = memmem(url.p, url.n, "://", 3);
	if (p == NULL)
		return rp_fail(RP_E_INVALID, "address without a scheme");
	at = (size_t)(p - url.p) + 3;
	parts.scheme = rp_text_sub(url, 0, at);
	end = first_of(url, at, "/?#");
	parts.host = rp_text_sub(url, at, end);
	at = end + 1;
	if (end < url.n && url.p[end] == '/') {
		end = first_of(url, at, "?#");
		while (at <= end)
			rp_vec_push(a, &parts.path,
			    unescape(a, field(url, '/', &at, end)));
	}
	if (end < url.n && url.p[end] == '?') {
		at = end + 1;
		end = first_of(url, at, "#");
		parse_query(a, url, at, end, &parts);
	}
	if (end < url.n)
		parse_fragment(a, url, end + 1, &parts);
	*out = parts;
	return NULL;
}

/* Putting together */

/* One character as it will be shown, unless something decides to escape it. */
struct unit {
	uint8_t octets[4];
	uint8_t n;
	bool escaped;
	bool safe;   /* a link may end after it */
	bool syntax; /* between parts: escaped it would mean another thing */
};

struct writer {
	struct rp_arena *arena;
	struct RP_VEC(struct unit) units;
	uint32_t open[RP_LINK_FORMAT_DEPTH_MAX];
	size_t depth;
};

static void
put(struct writer *w, const uint8_t *p, size_t n, bool escaped, bool safe)
{
	struct unit u = { .n = (uint8_t)n,
		.escaped = escaped,
		.safe = safe || escaped };

	memcpy(u.octets, p, n);
	rp_vec_push(w->arena, &w->units, u);
}

/* Syntax between parts; brackets do not match across it. */
static void
put_syntax(struct writer *w, const char *z)
{
	w->depth = 0;
	for (; *z != '\0'; z++) {
		put(w, (const uint8_t *)z, 1, false,
		    rp_codepoint_class(&rp_link_term, (uint8_t)*z) ==
			RP_LINK_INCLUDE);
		w->units.v[w->units.n - 1].syntax = true;
	}
}

static bool
is_escape(rp_bytes s, size_t i)
{
	return s.p[i] == '%' && i + 2 < s.n &&
	       hex_digit((char)s.p[i + 1]) >= 0 &&
	       hex_digit((char)s.p[i + 2]) >= 0;
}

static void
put_char(struct writer *w, const uint8_t *p, size_t n, uint32_t cp)
{
	bool matched;

	switch (rp_codepoint_class(&rp_link_term, cp)) {
	case RP_LINK_INCLUDE:
		put(w, p, n, false, true);
		break;
	case RP_LINK_SOFT:
		put(w, p, n, false, false);
		break;
	case RP_LINK_OPEN:
		if (w->depth < RP_LINK_FORMAT_DEPTH_MAX) {
			w->open[w->depth++] = cp;
			put(w, p, n, false, false);
		} else {
			put(w, p, n, true, true);
		}
		break;
	case RP_LINK_CLOSE:
		matched = w->depth > 0 &&
			  w->open[w->depth - 1] == rp_codepoint_opening(cp);
		if (matched)
			w->depth--;
		put(w, p, n, !matched, true);
		break;
	default:
		put(w, p, n, true, true);
	}
}

/* UTS 58 includes them; shown, they would reorder what surrounds the link. */
static bool
is_bidi_control(uint32_t cp)
{
	return cp == 0x061C || cp == 0x200E || cp == 0x200F ||
	       (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
}

/* `syntax`: what must stay escaped within this kind of part. */
static void
put_part(struct writer *w, rp_bytes s, const char *syntax)
{
	int32_t i = 0;

	w->depth = 0;
	while ((size_t)i < s.n) {
		int32_t from = i;
		UChar32 cp;

		U8_NEXT(s.p, i, (int32_t)s.n, cp);
		if (cp < 0) {
			for (; from < i; from++)
				put(w, s.p + from, 1, true, true);
			continue;
		}
		if (is_bidi_control((uint32_t)cp) ||
		    (cp < 0x80 && cp != 0 &&
			(strchr(syntax, (int)cp) != NULL ||
			    is_escape(s, (size_t)from))))
			put(w, s.p + from, (size_t)(i - from), true, true);
		else
			put_char(w, s.p + from, (size_t)(i - from),
			    (uint32_t)cp);
	}
}

static rp_text
write_units(struct writer *w, rp_text scheme, rp_text host, bool alone)
{
	size_t last = w->units.n;
	struct rp_buf b;
	rp_bytes out;

	while (!alone && last > 0 && !w->units.v[last - 1].safe)
		last--;
	rp_buf_init(&b, w->arena, scheme.n + host.n + 12 * w->units.n + 1);
	rp_buf_text(&b, scheme);
	rp_buf_text(&b, host);
	for (size_t i = 0; i < w->units.n; i++) {
		const struct unit *u = &w->units.v[i];

		for (size_t k = 0; k < u->n; k++) {
			if (u->escaped || (i >= last && !u->syntax))
				rp_buf_f(&b, "%%%02X", u->octets[k]);
			else
				rp_buf_byte(&b, u->octets[k]);
		}
	}
	RP_ASSERT(!b.over);
	out = (rp_bytes){ b.p, b.n };
	return rp_text_trusted(w->arena, out);
}

rp_text
rp_link_format_write(struct rp_arena *a, const struct rp_link_parts *parts,
    bool alone)
{
	struct writer w = { .arena = a };

	for (size_t i = 0; i < parts->path.n; i++) {
		put_syntax(&w, "/");
		put_part(&w, parts->path.v[i], "/?#");
	}
	for (size_t i = 0; i < parts->query.n; i++) {
		const struct rp_link_pair *p = &parts->query.v[i];

		put_syntax(&w, i == 0 ? "?" : "&");
		put_part(&w, p->key, "#&=");
		if (!p->has_value)
			continue;
		put_syntax(&w, "=");
		put_part(&w, p->value, "#&=");
	}
	if (parts->has_fragment) {
		put_syntax(&w, "#");
		put_part(&w, parts->fragment, "");
	}
	for (size_t i = 0; i < parts->directives.n; i++) {
		put_syntax(&w, i == 0 ? ":~:" : "&");
		put_part(&w, parts->directives.v[i], "&");
	}
	return write_units(&w, parts->scheme, parts->host, alone);
}

rp_text
rp_link_format(struct rp_arena *a, rp_text url, bool alone)
{
	struct rp_link_parts parts;
	struct rp_err *e = rp_link_format_parse(a, url, &parts);

	if (e != NULL) {
		rp_err_free(e);
		return url;
	}
	return rp_link_format_write(a, &parts, alone);
}
