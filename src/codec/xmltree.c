#include "codec/xmltree.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "codec/xmlread.h"

#define ATTRS_MAX 256
#define NODES_FIRST ((uint32_t)1 << 20) /* made room for, unseen */

struct binding {
	rp_bytes prefix;
	uint8_t space;
	bool bound;
	uint32_t depth;
};

struct scan {
	struct rp_arena *arena;
	const uint8_t *p;
	size_t n, at;
	const struct rp_xmltree_names *names;
	struct rp_xmltree *tree;
	uint32_t cap;
	uint32_t open[RP_XMLREAD_DEPTH_MAX + 1]; /* elements that are open */
	uint32_t last[RP_XMLREAD_DEPTH_MAX + 1]; /* the last child of each */
	rp_bytes names_open[RP_XMLREAD_DEPTH_MAX + 1];
	uint32_t depth;
	struct binding bindings[RP_XMLTREE_PREFIXES_MAX];
	uint32_t n_bindings;
	rp_bytes attrs[ATTRS_MAX]; /* names in the tag being read */
	uint32_t n_attrs;
	bool root_done;
};

static struct rp_err *
wrong(const struct scan *s, const char *what)
{
	return rp_fail(RP_E_INVALID, "XML not well formed at octet %zu: %s",
	    s->at, what);
}

static bool
is_space(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void
skip_spaces(struct scan *s)
{
	while (s->at < s->n && is_space(s->p[s->at]))
		s->at++;
}

static bool
same(rp_bytes x, rp_bytes y)
{
	return x.n == y.n && (x.n == 0 || memcmp(x.p, y.p, x.n) == 0);
}

static bool
is(rp_bytes x, const char *z)
{
	return x.n == strlen(z) && memcmp(x.p, z, x.n) == 0;
}

static bool
at_is(const struct scan *s, const char *what)
{
	size_t n = strlen(what);

	return s->n - s->at >= n && memcmp(s->p + s->at, what, n) == 0;
}

/*
 * Names are narrower than XML's: ASCII as it has them, and any other character
 * from U+00C0 on but the signs that XML excludes there.
 */
enum { NAME_NOT, NAME_BEHIND, NAME_FIRST };

static unsigned
name_octet(uint8_t c)
{
	if ((unsigned)((c | 0x20) - 'a') < 26 || c == '_' || c == ':')
		return NAME_FIRST;
	return (c >= '0' && c <= '9') || c == '-' || c == '.' ? NAME_BEHIND :
								NAME_NOT;
}

static bool
take_name(struct scan *s, rp_bytes *out)
{
	const uint8_t *p = s->p + s->at, *end = s->p + s->n, *q = p;
	const uint8_t *colon;

	if (q < end && name_octet(*q) == NAME_FIRST)
		for (q++; q < end && name_octet(*q) != NAME_NOT; q++)
			;
	*out = (rp_bytes){ p, (size_t)(q - p) };
	s->at += out->n;
	if (out->n == 0)
		return false;
	colon = memchr(p, ':', out->n);
	if (colon == NULL)
		return true;
	return colon != p && colon + 1 < q &&
	       name_octet(colon[1]) == NAME_FIRST &&
	       memchr(colon + 1, ':', (size_t)(q - colon - 1)) == NULL;
}

static void
split(rp_bytes name, rp_bytes *prefix, rp_bytes *local)
{
	const uint8_t *colon = memchr(name.p, ':', name.n);

	*prefix = (rp_bytes){ name.p, colon ? (size_t)(colon - name.p) : 0 };
	*local = name;
	if (colon != NULL)
		*local = (rp_bytes){ colon + 1,
			name.n - (size_t)(colon + 1 - name.p) };
}

/* The character that "&...;" at p stands for, and its length; 0: none. */
static uint32_t
reference(const uint8_t *p, size_t n, size_t *len)
{
	static const struct {
		const char *name;
		uint32_t c;
	} five[] = { { "&lt;", '<' }, { "&gt;", '>' }, { "&amp;", '&' },
		{ "&quot;", '"' }, { "&apos;", '\'' } };
	uint32_t c = 0;
	size_t i = 2;
	bool hex;

	for (size_t k = 0; k < sizeof(five) / sizeof(five[0]); k++) {
		*len = strlen(five[k].name);
		if (n >= *len && memcmp(p, five[k].name, *len) == 0)
			return five[k].c;
	}
	if (n < 4 || p[1] != '#')
		return 0;
	hex = p[2] == 'x';
	i += hex;
	/* libxml2 stumbles over very long ones; nobody writes them. */
	for (; i < n && i < 12 && p[i] != ';' && c < 0x110000; i++) {
		uint8_t d = p[i];

		if (d >= '0' && d <= '9')
			d = (uint8_t)(d - '0');
		else if (hex && d >= 'a' && d <= 'f')
			d = (uint8_t)(d - 'a' + 10);
		else if (hex && d >= 'A' && d <= 'F')
			d = (uint8_t)(d - 'A' + 10);
		else
			return 0;
		c = c * (hex ? 16 : 10) + d;
	}
	*len = i + 1;
	if (i >= n || p[i] != ';' || c > 0x10ffff ||
	    (c < 0x20 && c != 9 && c != 10 && c != 13) ||
	    (c >= 0xd800 && c < 0xe000) || c == 0xfffe || c == 0xffff)
		return 0;
	return c;
}

/* Characters up to `end`, none of them '<'; "&" only in references. */
static struct rp_err *
characters(struct scan *s, size_t end, bool references)
{
	while (s->at < end) {
		uint8_t c = s->p[s->at];
		size_t len;

		if (c >= 0x20 && c < 0x80 && c != '&') {
			s->at++;
		} else if (c == '&' && references) {
			if (reference(s->p + s->at, end - s->at, &len) == 0)
				return wrong(s, "entity");
			s->at += len;
		} else if (is_space(c) || c == '&') {
			s->at++;
		} else if (c < 0x20) {
			return wrong(s, "control character");
		} else {
			len = rp_utf8_len(s->p + s->at, end - s->at);
			if (len == 0 ||
			    (len == 3 && c == 0xef && s->p[s->at + 1] == 0xbf &&
				s->p[s->at + 2] >= 0xbe))
				return wrong(s, "not UTF-8");
			s->at += len;
		}
	}
	return NULL;
}

static uint8_t
find_space(const struct scan *s, rp_bytes prefix, bool *bound)
{
	*bound = prefix.n == 0 || is(prefix, "xml");
	for (uint32_t i = s->n_bindings; i-- > 0;)
		if (same(s->bindings[i].prefix, prefix)) {
			*bound = s->bindings[i].bound;
			return s->bindings[i].space;
		}
	return 0;
}

static struct rp_err *
bind_prefix(struct scan *s, rp_bytes name, rp_bytes value)
{
	rp_bytes prefix = { name.p, 0 };

	if (name.n > 6)
		prefix = (rp_bytes){ name.p + 6, name.n - 6 };
	if (is(prefix, "xml") || is(prefix, "xmlns") ||
	    (prefix.n > 0 && value.n == 0))
		return wrong(s, "namespace");
	if (s->n_bindings == RP_XMLTREE_PREFIXES_MAX)
		return rp_fail(RP_E_LIMIT, "over %d XML prefixes",
		    RP_XMLTREE_PREFIXES_MAX);
	s->bindings[s->n_bindings++] = (struct binding){ .prefix = prefix,
		.space = s->names->space(value),
		.bound = true,
		.depth = s->depth };
	return NULL;
}

static struct rp_err *
attribute(struct scan *s)
{
	const uint8_t *close;
	rp_bytes name, value;
	size_t end;

	if (!take_name(s, &name))
		return wrong(s, "attribute");
	for (uint32_t i = 0; i < s->n_attrs; i++)
		if (same(s->attrs[i], name))
			return wrong(s, "attribute twice");
	if (s->n_attrs == ATTRS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d XML attributes", ATTRS_MAX);
	s->attrs[s->n_attrs++] = name;
	skip_spaces(s);
	if (s->at >= s->n || s->p[s->at] != '=')
		return wrong(s, "attribute without a value");
	s->at++;
	skip_spaces(s);
	if (s->at >= s->n || (s->p[s->at] != '"' && s->p[s->at] != '\''))
		return wrong(s, "attribute without quotes");
	close = memchr(s->p + s->at + 1, s->p[s->at], s->n - s->at - 1);
	if (close == NULL)
		return wrong(s, "attribute not closed");
	end = (size_t)(close - s->p);
	value = (rp_bytes){ s->p + s->at + 1, end - s->at - 1 };
	if (memchr(value.p, '<', value.n) != NULL)
		return wrong(s, "tag in an attribute");
	s->at++;
	RP_TRY(characters(s, end, true));
	s->at = end + 1;
	if (is(name, "xmlns") ||
	    (name.n > 6 && memcmp(name.p, "xmlns:", 6) == 0))
		return bind_prefix(s, name, value);
	return NULL;
}

/* Prefixes must be bound, and no attribute may be there by two prefixes. */
static struct rp_err *
check_attrs(struct scan *s)
{
	bool bound;

	for (uint32_t i = 0; i < s->n_attrs; i++) {
		rp_bytes prefix, local, p2, l2;

		split(s->attrs[i], &prefix, &local);
		if (prefix.n == 0 || is(prefix, "xmlns"))
			continue;
		find_space(s, prefix, &bound);
		if (!bound)
			return wrong(s, "prefix of an attribute");
		for (uint32_t k = 0; k < i; k++) {
			split(s->attrs[k], &p2, &l2);
			if (p2.n > 0 && !is(p2, "xmlns") && same(l2, local) &&
			    find_space(s, p2, &bound) != 0 &&
			    find_space(s, p2, &bound) ==
				find_space(s, prefix, &bound))
				return wrong(s, "attribute twice");
		}
	}
	return NULL;
}

static uint16_t
find_name(const struct rp_xmltree_names *names, rp_bytes local)
{
	uint16_t lo = 1, hi = names->n_names;

	while (lo < hi) {
		uint16_t mid = (uint16_t)((lo + hi) / 2);
		const char *z = names->names[mid];
		size_t n = strlen(z);
		int c = memcmp(local.p, z, local.n < n ? local.n : n);

		if (c == 0 && local.n == n)
			return mid;
		if (c < 0 || (c == 0 && local.n < n))
			hi = mid;
		else
			lo = (uint16_t)(mid + 1);
	}
	return 0;
}

static struct rp_err *
new_node(struct scan *s, uint32_t *out)
{
	struct rp_xmltree *t = s->tree;

	if (t->n > RP_XMLTREE_NODES_MAX)
		return rp_fail(RP_E_LIMIT, "over %u XML elements",
		    RP_XMLTREE_NODES_MAX);
	if (t->n == s->cap) {
		uint32_t cap = s->cap * 2;
		struct rp_xmlnode *v =
		    rp_new_n(s->arena, struct rp_xmlnode, cap);

		memcpy(v, t->v, t->n * sizeof(*v));
		t->v = v;
		s->cap = cap;
	}
	*out = t->n++;
	return NULL;
}

static void
close_node(struct scan *s, uint32_t node, size_t inner_to)
{
	s->tree->v[node].inner_to = (uint32_t)inner_to;
	s->tree->v[node].to = (uint32_t)s->at;
	while (s->n_bindings > 0 &&
	       s->bindings[s->n_bindings - 1].depth == s->depth)
		s->n_bindings--;
	s->depth--;
	s->root_done = s->depth == 0;
}

static struct rp_err *
start_tag(struct scan *s)
{
	size_t from = s->at++;
	rp_bytes name, prefix, local;
	struct rp_xmlnode *x;
	uint32_t node;
	bool empty, bound;

	if (s->root_done)
		return wrong(s, "two roots");
	if (!take_name(s, &name))
		return wrong(s, "name");
	if (++s->depth > RP_XMLREAD_DEPTH_MAX)
		return rp_fail(RP_E_LIMIT, "XML deeper than %d",
		    RP_XMLREAD_DEPTH_MAX);
	s->n_attrs = 0;
	for (;;) {
		size_t before = s->at;

		skip_spaces(s);
		if (s->at >= s->n)
			return wrong(s, "tag not closed");
		if (s->p[s->at] == '>' || s->p[s->at] == '/')
			break;
		if (s->at == before)
			return wrong(s, "tag");
		RP_TRY(attribute(s));
	}
	RP_TRY(check_attrs(s));
	empty = s->p[s->at] == '/';
	s->at += empty;
	if (s->at >= s->n || s->p[s->at] != '>')
		return wrong(s, "tag not closed");
	s->at++;
	RP_TRY(new_node(s, &node));
	split(name, &prefix, &local);
	x = &s->tree->v[node];
	x->space = find_space(s, prefix, &bound);
	if (!bound || is(prefix, "xmlns"))
		return wrong(s, "prefix");
	x->from = (uint32_t)from;
	x->name = find_name(s->names, local);
	x->inner_from = (uint32_t)s->at;
	x->parent = s->open[s->depth - 1];
	if (s->last[s->depth - 1] != 0)
		s->tree->v[s->last[s->depth - 1]].next = node;
	else if (x->parent != 0)
		s->tree->v[x->parent].first = node;
	s->last[s->depth - 1] = node;
	s->open[s->depth] = node;
	s->last[s->depth] = 0;
	s->names_open[s->depth] = name;
	if (empty)
		close_node(s, node, s->at);
	return NULL;
}

static struct rp_err *
end_tag(struct scan *s)
{
	size_t from = s->at;
	rp_bytes name;

	s->at += 2;
	if (!take_name(s, &name) || s->depth == 0 ||
	    !same(name, s->names_open[s->depth]))
		return wrong(s, "end tag");
	skip_spaces(s);
	if (s->at >= s->n || s->p[s->at] != '>')
		return wrong(s, "end tag");
	s->at++;
	close_node(s, s->open[s->depth], from);
	return NULL;
}

/* Comment, processing instruction or CDATA; `skip` octets, up to `what`. */
static struct rp_err *
passed_over(struct scan *s, size_t skip, const char *what)
{
	const uint8_t *end;

	s->at += skip;
	end = memmem(s->p + s->at, s->n - s->at, what, strlen(what));
	if (end == NULL)
		return wrong(s, "not closed");
	RP_TRY(characters(s, (size_t)(end - s->p), false));
	s->at += strlen(what);
	return NULL;
}

static struct rp_err *
comment(struct scan *s)
{
	size_t from = s->at + 4;
	const uint8_t *dashes;

	dashes = from < s->n ? memmem(s->p + from, s->n - from, "--", 2) : NULL;
	RP_TRY(passed_over(s, 4, "-->"));
	if (dashes != s->p + s->at - 3)
		return wrong(s, "-- in a comment");
	return NULL;
}

static struct rp_err *
instruction(struct scan *s)
{
	rp_bytes name;

	s->at += 2;
	if (!take_name(s, &name) || memchr(name.p, ':', name.n) != NULL)
		return wrong(s, "processing instruction");
	if (name.n == 3 && (name.p[0] | 0x20) == 'x' &&
	    (name.p[1] | 0x20) == 'm' && (name.p[2] | 0x20) == 'l')
		return wrong(s, "XML declaration");
	if (!at_is(s, "?>") && (s->at >= s->n || !is_space(s->p[s->at])))
		return wrong(s, "processing instruction");
	return passed_over(s, 0, "?>");
}

/* The declaration says nothing that matters, but must be one. */
static struct rp_err *
declaration(struct scan *s)
{
	static const char *const names[] = { "version", "encoding",
		"standalone" };
	unsigned seen = 0;

	if (s->n >= 3 && memcmp(s->p, "\xef\xbb\xbf", 3) == 0)
		s->at = 3;
	if (!at_is(s, "<?xml") || s->n - s->at < 7 ||
	    !is_space(s->p[s->at + 5]))
		return NULL;
	s->at += 5;
	for (;;) {
		size_t before = s->at, from, k = 0;
		rp_bytes name, value;
		const uint8_t *close;

		skip_spaces(s);
		if (at_is(s, "?>"))
			break;
		if (s->at == before || !take_name(s, &name))
			return wrong(s, "XML declaration");
		while (k < 3 && !is(name, names[k]))
			k++;
		if (k == 3 || seen >> k != 0 || (seen == 0 && k != 0))
			return wrong(s, "XML declaration");
		seen |= 1U << k;
		skip_spaces(s);
		if (s->at >= s->n || s->p[s->at++] != '=')
			return wrong(s, "XML declaration");
		skip_spaces(s);
		if (s->at >= s->n ||
		    (s->p[s->at] != '"' && s->p[s->at] != '\''))
			return wrong(s, "XML declaration");
		from = s->at + 1;
		close = memchr(s->p + from, s->p[s->at], s->n - from);
		if (close == NULL)
			return wrong(s, "XML declaration");
		value =
		    (rp_bytes){ s->p + from, (size_t)(close - s->p) - from };
		if ((k == 0 && !is(value, "1.0")) ||
		    (k == 1 && !is(value, "UTF-8") && !is(value, "utf-8")) ||
		    (k == 2 && !is(value, "yes") && !is(value, "no")))
			return wrong(s, "XML declaration");
		s->at = from + value.n + 1;
	}
	if (seen == 0)
		return wrong(s, "XML declaration");
	s->at += 2;
	return NULL;
}

static struct rp_err *
text(struct scan *s)
{
	const uint8_t *lt = memchr(s->p + s->at, '<', s->n - s->at);
	size_t end = lt ? (size_t)(lt - s->p) : s->n;

	if (s->depth == 0) {
		skip_spaces(s);
		return s->at < end ? wrong(s, "text outside") : NULL;
	}
	if (memmem(s->p + s->at, end - s->at, "]]>", 3) != NULL)
		return wrong(s, "]]>");
	return characters(s, end, true);
}

/* Nearly how many elements there are: the tree takes no more than it needs. */
static uint32_t
count_tags(rp_bytes in)
{
	const uint8_t *p = in.p, *end = in.p + in.n;
	uint32_t n = 2;

	while (p < end && n <= RP_XMLTREE_NODES_MAX &&
	       (p = memchr(p, '<', (size_t)(end - p))) != NULL) {
		p++;
		n += p < end && *p != '/';
	}
	return n;
}

struct rp_err *
rp_xmltree_read(struct rp_arena *a, rp_bytes in,
    const struct rp_xmltree_names *names, struct rp_xmltree *out)
{
	struct scan *s = rp_new(a, struct scan);

	if (in.n > RP_XMLREAD_MAX)
		return rp_fail(RP_E_LIMIT, "XML of %zu octets", in.n);
	if (in.n < 4)
		return rp_fail(RP_E_INVALID, "not XML in UTF-8");
	*out = (struct rp_xmltree){ .in = in, .n = 1 };
	*s = (struct scan){ .arena = a,
		.p = in.p,
		.n = in.n,
		.names = names,
		.tree = out };
	s->cap = count_tags(in);
	s->cap = s->cap < NODES_FIRST ? s->cap : NODES_FIRST;
	out->v = rp_new_n(a, struct rp_xmlnode, s->cap);
	RP_TRY(declaration(s));
	if (s->at >= s->n || (s->at <= 3 && s->p[s->at] != '<'))
		return wrong(s, "begins with no tag");
	while (s->at < s->n) {
		if (s->p[s->at] != '<')
			RP_TRY(text(s));
		else if (at_is(s, "<!--"))
			RP_TRY(comment(s));
		else if (at_is(s, "<![CDATA[") && s->depth > 0)
			RP_TRY(passed_over(s, 9, "]]>"));
		else if (at_is(s, "<!"))
			return wrong(s, "document type");
		else if (at_is(s, "<?"))
			RP_TRY(instruction(s));
		else if (at_is(s, "</"))
			RP_TRY(end_tag(s));
		else
			RP_TRY(start_tag(s));
	}
	if (!s->root_done)
		return wrong(s, "no end");
	return NULL;
}

rp_bytes
rp_xmltree_raw(const struct rp_xmltree *t, uint32_t node)
{
	const struct rp_xmlnode *x = &t->v[node];

	return (rp_bytes){ t->in.p + x->from, x->to - x->from };
}

rp_bytes
rp_xmltree_attr(const struct rp_xmltree *t, uint32_t node, const char *local)
{
	const uint8_t *p = t->in.p;
	size_t at = t->v[node].from, end = t->v[node].inner_from;

	/* The tag was checked: names, "=", quotes, in this order. */
	while (at < end && !is_space(p[at]) && p[at] != '>' && p[at] != '/')
		at++;
	while (at < end) {
		rp_bytes name, prefix, l, value;
		const uint8_t *close;
		size_t from;

		while (at < end && is_space(p[at]))
			at++;
		from = at;
		while (at < end && p[at] != '=' && !is_space(p[at]) &&
		       p[at] != '>' && p[at] != '/')
			at++;
		if (at >= end || at == from)
			break;
		name = (rp_bytes){ p + from, at - from };
		while (p[at] != '"' && p[at] != '\'')
			at++;
		close = memchr(p + at + 1, p[at], end - at - 1);
		value = (rp_bytes){ p + at + 1, (size_t)(close - p) - at - 1 };
		at += value.n + 2;
		split(name, &prefix, &l);
		if (is(l, local) && !is(prefix, "xmlns"))
			return value;
	}
	return (rp_bytes){ 0 };
}

static void
put_char(struct rp_buf *b, uint32_t c)
{
	uint8_t u[4];
	size_t n = 0;

	if (c == '\t' || c == '\n' || c == '\r')
		c = ' ';
	if (c < 0x20 || (c >= 0x7f && c < 0xa0))
		c = 0xfffd;
	if (c < 0x80) {
		u[n++] = (uint8_t)c;
	} else if (c < 0x800) {
		u[n++] = (uint8_t)(0xc0 | c >> 6);
		u[n++] = (uint8_t)(0x80 | (c & 0x3f));
	} else if (c < 0x10000) {
		u[n++] = (uint8_t)(0xe0 | c >> 12);
		u[n++] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
		u[n++] = (uint8_t)(0x80 | (c & 0x3f));
	} else {
		u[n++] = (uint8_t)(0xf0 | c >> 18);
		u[n++] = (uint8_t)(0x80 | (c >> 12 & 0x3f));
		u[n++] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
		u[n++] = (uint8_t)(0x80 | (c & 0x3f));
	}
	rp_buf_add(b, u, n);
}

static bool
says_itself(rp_bytes t)
{
	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] < 0x20 || t.p[i] == '&' || t.p[i] == '<' ||
		    t.p[i] == 0x7f ||
		    (t.p[i] == 0xc2 && i + 1 < t.n && t.p[i + 1] < 0xa0))
			return false;
	return true;
}

/* Behind the tag, comment or instruction at `i`; CDATA's content goes out. */
static size_t
past_markup(struct rp_buf *b, rp_bytes t, size_t i)
{
	const char *end = ">";
	const uint8_t *to;
	size_t from = i;

	if (t.n - i >= 9 && memcmp(t.p + i, "<![CDATA[", 9) == 0) {
		end = "]]>";
		from = i + 9;
	} else if (t.n - i >= 4 && memcmp(t.p + i, "<!--", 4) == 0) {
		end = "-->";
	} else if (t.n - i >= 2 && t.p[i + 1] == '?') {
		end = "?>";
	}
	to = memmem(t.p + from, t.n - from, end, strlen(end));
	if (to == NULL)
		return t.n;
	if (from != i) {
		for (size_t k = from; k < (size_t)(to - t.p); k++) {
			if (t.p[k] < 0x80)
				put_char(b, t.p[k]);
			else
				rp_buf_byte(b, t.p[k]);
		}
	}
	return (size_t)(to - t.p) + strlen(end);
}

rp_text
rp_xmltree_text(struct rp_arena *a, rp_bytes octets)
{
	struct rp_buf b;

	if (octets.n == 0)
		return RP_TEXT("");
	if (says_itself(octets))
		return (rp_text){ (const char *)octets.p, octets.n };
	rp_buf_init(&b, a, octets.n * 3 + 1);
	for (size_t i = 0, len; i < octets.n;) {
		uint8_t c = octets.p[i];

		if (c == '<') {
			i = past_markup(&b, octets, i);
		} else if (c == '&') {
			uint32_t r =
			    reference(octets.p + i, octets.n - i, &len);

			put_char(&b, r ? r : 0xfffd);
			i += r ? len : 1;
		} else if (c == 0xc2 && i + 1 < octets.n &&
			   octets.p[i + 1] < 0xa0) {
			put_char(&b, 0xfffd);
			i += 2;
		} else if (c < 0x80) {
			/* CR LF is one line end. */
			if (c != '\r' || i + 1 == octets.n ||
			    octets.p[i + 1] != '\n')
				put_char(&b, c);
			i++;
		} else {
			rp_buf_byte(&b, c);
			i++;
		}
	}
	return (rp_text){ (const char *)b.p, b.n };
}

uint32_t
rp_xmltree_at(const struct rp_xmltree *t, size_t from)
{
	uint32_t lo = 1, hi = t->n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (t->v[mid].from < from)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < t->n && t->v[lo].from == from ? lo : RP_XMLTREE_NONE;
}
