#include "codec/xmlpatch.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "codec/xmlread.h"

#define NUMBERS_MAX 10000

struct patch {
	struct rp_arena *arena;
	rp_bytes in;
	const struct rp_xmlpatch_rule *rules;
	size_t n;
	struct rp_xmlpatch_numbers *numbers;
	struct rp_buf out;
	size_t kept; /* the input up to here is in `out` */
	bool changed;
};

/* One start tag; text rules look at it once its attributes are known. */
struct tag {
	rp_bytes local;
	const char *text; /* what its text becomes, or NULL */
};

static struct rp_err *
check(rp_bytes in)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *own = rp_arena_new((size_t)16 << 20);
	enum rp_xmlread_event event;
	struct rp_xmlread *xml;

	if (in.n < 2 || in.p[0] >= 0xfe)
		return rp_fail(RP_E_INVALID, "XML is not UTF-8");
	RP_TRY(rp_xmlread_open(own, in, &xml));
	do
		RP_TRY(rp_xmlread_next(xml, &event));
	while (event != RP_XMLREAD_END);
	return NULL;
}

static rp_bytes
local_part(rp_bytes name)
{
	const uint8_t *colon = memchr(name.p, ':', name.n);

	if (colon == NULL)
		return name;
	return (rp_bytes){ colon + 1, name.n - (size_t)(colon + 1 - name.p) };
}

static bool
same(rp_bytes got, const char *want)
{
	size_t n = strlen(want);

	if (n > 0 && want[n - 1] == '*')
		return got.n >= n - 1 && memcmp(got.p, want, n - 1) == 0;
	return got.n == n && memcmp(got.p, want, n) == 0;
}

/* Put the input up to `from` out, then `with`, and go on at `to`. */
static void
replace(struct patch *x, size_t from, size_t to, rp_text with)
{
	rp_buf_add(&x->out, x->in.p + x->kept, from - x->kept);
	rp_buf_text(&x->out, with);
	x->kept = to;
	x->changed = true;
}

static rp_text
numbered(struct patch *x, const char *what, rp_bytes value)
{
	rp_text key = { (const char *)value.p, value.n };
	int64_t *n;

	/* Past so many they are all one. */
	if (x->numbers->n >= NUMBERS_MAX &&
	    rp_map_find(x->numbers, key) == NULL)
		return rp_text_z(what);
	/* The key outlives this part's octets. */
	n = rp_map_find(x->numbers, key);
	if (n == NULL) {
		n = rp_map_at(x->arena, x->numbers, rp_text_dup(x->arena, key));
		*n = (int64_t)x->numbers->n;
	}
	return rp_textf(x->arena, "%s %lld", what, (long long)*n);
}

static void
file_name(struct patch *x, rp_bytes value, size_t at)
{
	size_t from = value.n;

	if (value.n < 5 || memcmp(value.p, "file:", 5) != 0)
		return;
	while (
	    from > 5 && value.p[from - 1] != '/' && value.p[from - 1] != '\\')
		from--;
	if (from > 5)
		replace(x, at, at + from, RP_TEXT("file:///"));
}

/* The attribute stands at [space, end) with its value at `at`. */
static void
attribute(struct patch *x, struct tag *tag, rp_bytes name, rp_bytes value,
    size_t space, size_t at, size_t end)
{
	for (size_t i = 0; i < x->n; i++) {
		const struct rp_xmlpatch_rule *r = &x->rules[i];

		if (r->element != NULL && !same(tag->local, r->element))
			continue;
		if (r->act == RP_XMLPATCH_SET_TEXT && r->where != NULL &&
		    same(name, r->where) && same(value, r->is))
			tag->text = r->value;
		if (r->name == NULL || !same(name, r->name))
			continue;
		if (r->act == RP_XMLPATCH_DROP_ATTR)
			replace(x, space, end, (rp_text){ 0 });
		else if (r->act == RP_XMLPATCH_SET_ATTR)
			replace(x, at, at + value.n, rp_text_z(r->value));
		else if (r->act == RP_XMLPATCH_NUMBER_ATTR)
			replace(x, at, at + value.n,
			    numbered(x, r->value, value));
		else if (r->act == RP_XMLPATCH_FILE_ATTR)
			file_name(x, value, at);
		return;
	}
}

static bool
is_space(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* From `i`, behind the tag's name, to behind its ">". */
static struct rp_err *
attributes(struct patch *x, struct tag *tag, size_t *i)
{
	const uint8_t *p = x->in.p;
	size_t n = x->in.n, at = *i;

	while (at < n && p[at] != '>') {
		size_t space = at, from;
		const uint8_t *close;
		rp_bytes name, value;

		while (at < n && is_space(p[at]))
			at++;
		if (at < n && (p[at] == '/' || p[at] == '>')) {
			at += p[at] == '/';
			continue;
		}
		from = at;
		while (at < n && p[at] != '=' && !is_space(p[at]))
			at++;
		name = local_part((rp_bytes){ p + from, at - from });
		while (at < n && (is_space(p[at]) || p[at] == '='))
			at++;
		if (at >= n || (p[at] != '"' && p[at] != '\''))
			return rp_fail(RP_E_INVALID, "XML attribute");
		close = memchr(p + at + 1, p[at], n - at - 1);
		if (close == NULL)
			return rp_fail(RP_E_INVALID, "XML attribute");
		at++;
		value = (rp_bytes){ p + at, (size_t)(close - p) - at };
		attribute(x, tag, name, value, space, at, at + value.n + 1);
		at += value.n + 1;
	}
	*i = at + 1;
	return at < n ? NULL : rp_fail(RP_E_INVALID, "XML tag not closed");
}

static const struct rp_xmlpatch_rule *
element_rule(const struct patch *x, rp_bytes local, enum rp_xmlpatch_do act)
{
	for (size_t i = 0; i < x->n; i++)
		if (x->rules[i].act == act && x->rules[i].where == NULL &&
		    same(local, x->rules[i].element))
			return &x->rules[i];
	return NULL;
}

/* A start, end or empty tag at `from`; `i` goes behind it. */
static struct rp_err *
element(struct patch *x, size_t from, size_t *i)
{
	const uint8_t *p = x->in.p;
	size_t at = from + 1, n = x->in.n, name;
	const struct rp_xmlpatch_rule *r;
	struct tag tag = { 0 };
	struct patch quiet; /* to step over a tag without its rules */
	const uint8_t *next;
	bool end;

	end = at < n && p[at] == '/';
	at += end;
	for (name = at;
	     at < n && !is_space(p[at]) && p[at] != '>' && p[at] != '/';)
		at++;
	tag.local = local_part((rp_bytes){ p + name, at - name });
	if (element_rule(x, tag.local, RP_XMLPATCH_DROP_TAG) != NULL) {
		quiet = *x;
		quiet.n = 0;
		*i = at;
		RP_TRY(attributes(&quiet, &tag, i));
		replace(x, from, *i, (rp_text){ 0 });
		return NULL;
	}
	RP_TRY(attributes(x, &tag, &at));
	*i = at;
	if (end || p[at - 2] == '/')
		return NULL;
	r = element_rule(x, tag.local, RP_XMLPATCH_SET_TEXT);
	if (r != NULL)
		tag.text = r->value;
	next = memchr(p + at, '<', n - at);
	if (tag.text == NULL || next == NULL || next == p + at)
		return NULL;
	*i = (size_t)(next - p);
	replace(x, at, *i, rp_text_z(tag.text));
	return NULL;
}

/* Behind `what` from `at` on. */
static struct rp_err *
skip_to(const struct patch *x, size_t at, const char *what, size_t *i)
{
	size_t len = strlen(what);
	const uint8_t *found = memmem(x->in.p + at, x->in.n - at, what, len);

	if (found == NULL)
		return rp_fail(RP_E_INVALID, "XML not closed");
	*i = (size_t)(found - x->in.p) + len;
	return NULL;
}

static bool
at_is(const struct patch *x, size_t at, const char *what)
{
	size_t len = strlen(what);

	return x->in.n - at >= len && memcmp(x->in.p + at, what, len) == 0;
}

struct rp_err *
rp_xmlpatch(struct rp_arena *a, rp_bytes in,
    const struct rp_xmlpatch_rule *rules, size_t n,
    struct rp_xmlpatch_numbers *numbers, rp_bytes *out, bool *out_changed)
{
	struct patch x = { .arena = a,
		.in = in,
		.rules = rules,
		.n = n,
		.numbers = numbers };
	size_t i = 0;

	RP_TRY(check(in));
	rp_buf_init(&x.out, a, in.n * 2 + 4096);
	while (i < in.n) {
		const uint8_t *open = memchr(in.p + i, '<', in.n - i);
		size_t at;

		if (open == NULL)
			break;
		at = (size_t)(open - in.p);
		if (at_is(&x, at, "<!--"))
			RP_TRY(skip_to(&x, at + 4, "-->", &i));
		else if (at_is(&x, at, "<![CDATA["))
			RP_TRY(skip_to(&x, at + 9, "]]>", &i));
		else if (at_is(&x, at, "<?"))
			RP_TRY(skip_to(&x, at + 2, "?>", &i));
		else
			RP_TRY(element(&x, at, &i));
	}
	rp_buf_add(&x.out, in.p + x.kept, in.n - x.kept);
	*out_changed = x.changed;
	return rp_buf_bytes(&x.out, out);
}
