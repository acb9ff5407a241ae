#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/err.h"
#include "codec/markdown.h"
#include "codec/markdown_private.h"

#define DELIMITERS_MAX 1000 /* of one run; more are text */
#define PARENS_MAX 32
#define TITLE_MAX ((size_t)1000)
#define TAG_MAX ((size_t)300)
#define TICKS_MAX 64
#define NO SIZE_MAX

/* What can be on or off: looks by their bit, then the revisions. */
enum {
	T_BOLD,
	T_ITALIC,
	T_UNDERLINE,
	T_STRIKE,
	T_SUPER,
	T_SUB,
	T_CODE,
	T_INS,
	T_DEL,
	T_N
};

static const unsigned look_bits[T_INS] = { RP_LOOK_BOLD, RP_LOOK_ITALIC,
	RP_LOOK_UNDERLINE, RP_LOOK_STRIKE, RP_LOOK_SUPERSCRIPT,
	RP_LOOK_SUBSCRIPT, RP_LOOK_CODE };

static const struct {
	const char *name;
	int what;
} tags[] = { { "ins", T_INS }, { "del", T_DEL }, { "sup", T_SUPER },
	{ "sub", T_SUB }, { "u", T_UNDERLINE }, { "s", T_STRIKE },
	{ "b", T_BOLD }, { "strong", T_BOLD }, { "i", T_ITALIC },
	{ "em", T_ITALIC }, { "code", T_CODE } };

enum atom_kind {
	ATOM_TEXT,
	ATOM_DELIMITER,
	ATOM_NOTE,
	ATOM_GAP,
};

/* A piece of the source. `delta` is what begins or ends at it. */
struct atom {
	enum atom_kind kind;
	rp_text text;
	uint32_t left; /* DELIMITER: characters not used */
	bool can_open, can_close;
	size_t before; /* DELIMITER: the one before it, or NO */
	uint32_t link;
	rp_text raw;                /* GAP: an image, in one form for all */
	int16_t from[T_N], to[T_N]; /* begins behind it, ends before it */
};

struct atoms RP_VEC(struct atom);

struct bracket {
	size_t atom, delimiter;
	bool image, inactive;
	size_t images; /* the innermost image's place + 1; 0: none */
};

struct parsing {
	struct rp_markdown_reading *r;
	struct rp_arena *a;
	rp_text t;
	size_t i;
	struct atoms v;
	size_t last;        /* delimiter */
	size_t last_target; /* of "](" */
	struct RP_VEC(struct bracket) brackets;
	struct {
		struct RP_VEC(size_t) open;
	} tags[T_N];
	bool no_ticks[TICKS_MAX];
};

uint32_t
rp_markdown_at(rp_text t, size_t i)
{
	const uint8_t *p = (const uint8_t *)t.p + i;
	size_t n = i < t.n ? rp_utf8_len(p, t.n - i) : 0;

	switch (n) {
	case 1:
		return p[0];
	case 2:
		return (p[0] & 0x1fU) << 6 | (p[1] & 0x3fU);
	case 3:
		return (p[0] & 0x0fU) << 12 | (p[1] & 0x3fU) << 6 |
		       (p[2] & 0x3fU);
	case 4:
		return (p[0] & 0x07U) << 18 | (p[1] & 0x3fU) << 12 |
		       (p[2] & 0x3fU) << 6 | (p[3] & 0x3fU);
	default:
		return 0;
	}
}

uint32_t
rp_markdown_before(rp_text t, size_t i)
{
	if (i == 0)
		return 0;
	for (i--; i > 0 && ((uint8_t)t.p[i] & 0xc0) == 0x80; i--)
		;
	return rp_markdown_at(t, i);
}

/* The ends of a text count as white space. */
bool
rp_markdown_space(uint32_t c)
{
	return c <= 0x20 || c == 0xa0 || c == 0x1680 ||
	       (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f ||
	       c == 0x3000;
}

bool
rp_markdown_punctuation(uint32_t c)
{
	if (c < 0x80)
		return c > 0x20 && c != 0x7f && !(c >= '0' && c <= '9') &&
		       !((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
	return (c >= 0xa1 && c <= 0xbf && c != 0xaa && c != 0xb2 && c != 0xb3 &&
		   c != 0xb5 && c != 0xb9 && c != 0xba &&
		   !(c >= 0xbc && c <= 0xbe)) ||
	       (c >= 0x2010 && c <= 0x2027) || (c >= 0x2030 && c <= 0x205e) ||
	       (c >= 0x3001 && c <= 0x3003) || (c >= 0x3008 && c <= 0x3011) ||
	       (c >= 0xff01 && c <= 0xff0f) || (c >= 0xff1a && c <= 0xff20) ||
	       c == 0x60c || c == 0x61b || c == 0x61f || c == 0x6d4;
}

static bool
is_wide(uint32_t c)
{
	return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
	       (c >= 0xff00 && c <= 0xff60) || (c >= 0x20000 && c < 0x30000);
}

static void
push(struct parsing *p, const struct atom *atom)
{
	rp_vec_push(p->a, &p->v, *atom);
}

static void
push_text(struct parsing *p, rp_text t)
{
	if (t.n > 0)
		push(p, &(struct atom){ .text = t });
}

/* Delimiters. */

static void
delimiter(struct parsing *p, char c)
{
	struct atom d = { .kind = ATOM_DELIMITER, .before = p->last };
	uint32_t before = rp_markdown_before(p->t, p->i), after;
	size_t to = p->i;
	bool left, right;

	while (to < p->t.n && p->t.p[to] == c)
		to++;
	d.text = rp_text_sub(p->t, p->i, to);
	d.left = (uint32_t)d.text.n;
	after = rp_markdown_at(p->t, to);
	left = !rp_markdown_space(after) &&
	       (!rp_markdown_punctuation(after) || rp_markdown_space(before) ||
		   rp_markdown_punctuation(before));
	right = !rp_markdown_space(before) &&
		(!rp_markdown_punctuation(before) || rp_markdown_space(after) ||
		    rp_markdown_punctuation(after));
	d.can_open =
	    left && (c != '_' || !right || rp_markdown_punctuation(before));
	d.can_close =
	    right && (c != '_' || !left || rp_markdown_punctuation(after));
	p->i = to;
	if (d.text.n > DELIMITERS_MAX || (c == '~' && d.text.n != 2)) {
		push_text(p, d.text);
		return;
	}
	p->last = p->v.n;
	push(p, &d);
}

static bool
matches(const struct atom *o, const struct atom *c)
{
	if (o->text.p[0] != c->text.p[0] || !o->can_open)
		return false;
	if (o->text.p[0] == '~')
		return true;
	if ((o->can_close || c->can_open) && (o->text.n + c->text.n) % 3 == 0 &&
	    !(o->text.n % 3 == 0 && c->text.n % 3 == 0))
		return false;
	return true;
}

static void
pair(struct parsing *p, size_t o, size_t c)
{
	struct atom *open = &p->v.v[o], *close = &p->v.v[c];
	bool two = open->left >= 2 && close->left >= 2;
	int what = open->text.p[0] == '~' ? T_STRIKE : two ? T_BOLD : T_ITALIC;

	open->left -= two ? 2 : 1;
	close->left -= two ? 2 : 1;
	open->from[what]++;
	close->to[what]++;
}

/* CommonMark's "process emphasis", for the delimiters after `bottom`. */
static void
emphasis(struct parsing *p, size_t bottom)
{
	/* By character, whether it can open, and length: nothing before. */
	size_t lowest[3][2][3], closer = NO, first;
	struct RP_VEC(size_t) list = { 0 };

	for (size_t i = 0; i < 18; i++)
		(&lowest[0][0][0])[i] = 0;
	for (size_t i = p->last; i != bottom && i != NO; i = p->v.v[i].before)
		rp_vec_push(p->a, &list, i);
	for (size_t i = 0; i < list.n / 2; i++) {
		size_t other = list.v[i];

		list.v[i] = list.v[list.n - 1 - i];
		list.v[list.n - 1 - i] = other;
	}
	/* `list` is a stack of what can open while `first` reads it. */
	size_t n = 0;
	for (first = 0; first < list.n; first++) {
		closer = list.v[first];
		struct atom *c = &p->v.v[closer];
		char ch = c->text.p[0];
		size_t *low =
		    &lowest[ch == '*' ? 0 :
			    ch == '_' ? 1 :
					2][c->can_open][c->text.n % 3];

		while (c->can_close && c->left > 0) {
			size_t o = n;

			while (o > *low && !matches(&p->v.v[list.v[o - 1]], c))
				o--;
			if (o <= *low) {
				*low = n;
				break;
			}
			n = o; /* those between have no partner any more */
			pair(p, list.v[o - 1], closer);
			if (p->v.v[list.v[o - 1]].left == 0)
				n--;
			for (size_t k = 0; k < 18; k++)
				if ((&lowest[0][0][0])[k] > n)
					(&lowest[0][0][0])[k] = n;
		}
		if (c->left > 0 && c->can_open)
			list.v[n++] = closer;
	}
	p->last = bottom;
}

/* Links. */

static size_t
skip_blanks(rp_text t, size_t i)
{
	while (i < t.n && (t.p[i] == ' ' || t.p[i] == '\n' || t.p[i] == '\t'))
		i++;
	return i;
}

static rp_text
unescaped(struct rp_arena *a, rp_text t)
{
	char *p = rp_alloc(a, t.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] == '\\' && i + 1 < t.n &&
		    rp_markdown_punctuation((uint8_t)t.p[i + 1]))
			i++;
		p[n++] = t.p[i];
	}
	return (rp_text){ p, n };
}

/*
 * An address with white space in it is one with %20. A stroke that begins one
 * would join the bracket it is written behind (U+226E).
 */
static rp_text
in_line(rp_text t, struct rp_arena *a)
{
	struct rp_buf b;

	rp_buf_init(&b, a, t.n * 3 + 1);
	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] == '\n' || t.p[i] == '\t') {
			rp_buf_text(&b, RP_TEXT("%20"));
		} else if (rp_markdown_at(t, i) == 0x338) {
			rp_buf_text(&b, RP_TEXT("%CC%B8"));
			i++;
		} else {
			rp_buf_byte(&b, (uint8_t)t.p[i]);
		}
	}
	return (rp_text){ (const char *)b.p, b.n };
}

static size_t
plain_target(rp_text t, size_t i)
{
	unsigned depth = 0;

	for (; i < t.n; i++) {
		if (t.p[i] == '\\' && i + 1 < t.n && t.p[i + 1] > ' ')
			i++;
		else if (t.p[i] == '(' && ++depth > PARENS_MAX)
			return NO;
		else if ((uint8_t)t.p[i] <= ' ' ||
			 (t.p[i] == ')' && depth-- == 0))
			break;
	}
	return i;
}

/* "(address "title")" at `i`: the octet behind it, or NO. */
static size_t
target(struct parsing *p, size_t i, rp_text *out, rp_text *title)
{
	rp_text t = p->t;
	size_t from, to;

	*title = (rp_text){ 0 };
	i = skip_blanks(t, i + 1);
	if (i < t.n && t.p[i] == '<') {
		for (from = to = i + 1; to < t.n && t.p[to] != '>'; to++) {
			if (t.p[to] == '<' || t.p[to] == '\n')
				return NO;
			if (t.p[to] == '\\' && to + 1 < t.n)
				to++;
		}
		if (to >= t.n)
			return NO;
		i = to + 1;
	} else {
		from = i;
		to = i = plain_target(t, i);
		if (to == NO)
			return NO;
	}
	*out = in_line(unescaped(p->a, rp_text_sub(t, from, to)), p->a);
	from = skip_blanks(t, i);
	if (from > i && from < t.n && strchr("\"'(", t.p[from]) != NULL) {
		char end = t.p[from] == '(' ? ')' : t.p[from];
		size_t limit = from + TITLE_MAX;

		for (i = from + 1; i < t.n && i < limit && t.p[i] != end; i++)
			i += t.p[i] == '\\';
		if (i >= t.n || i >= limit)
			return NO;
		*title = unescaped(p->a, rp_text_sub(t, from + 1, i));
		from = skip_blanks(t, i + 1);
	}
	return from < t.n && t.p[from] == ')' ? from + 1 : NO;
}

static void
escaped(struct rp_buf *b, rp_text t, const char *special)
{
	for (size_t i = 0; i < t.n; i++) {
		if (strchr(special, t.p[i]) != NULL)
			rp_buf_byte(b, '\\');
		rp_buf_byte(b, (uint8_t)t.p[i]);
	}
}

/* An image as it is written again, whatever stands round it. */
static rp_text
image_source(struct rp_arena *a, rp_text word, rp_text href, rp_text title)
{
	struct rp_buf b;

	title = rp_doc_clean_line(a, rp_text_bytes(title));
	rp_buf_init(&b, a, (word.n + href.n + title.n) * 2 + 16);
	rp_buf_text(&b, RP_TEXT("!["));
	escaped(&b, word, "\\`*_[]<|~&!^");
	rp_buf_text(&b, RP_TEXT("](<"));
	escaped(&b, href, "<>\\|&");
	rp_buf_byte(&b, '>');
	if (title.n > 0) {
		rp_buf_text(&b, RP_TEXT(" \""));
		escaped(&b, title, "\"\\|");
		rp_buf_byte(&b, '"');
	}
	rp_buf_byte(&b, ')');
	return (rp_text){ (const char *)b.p, b.n };
}

static void
image(struct parsing *p, const struct bracket *b, rp_text href, rp_text title)
{
	struct atom gap = { .kind = ATOM_GAP };
	size_t n = 0;
	char *word;

	for (size_t i = b->atom + 1; i < p->v.n; i++)
		n += p->v.v[i].text.n;
	word = rp_alloc(p->a, n + 1);
	n = 0;
	for (size_t i = b->atom + 1; i < p->v.n; i++) {
		rp_text t = p->v.v[i].text;

		if (p->v.v[i].kind == ATOM_DELIMITER)
			t.n = p->v.v[i].left;
		if (t.n == 0)
			continue;
		memcpy(word + n, t.p, t.n);
		n += t.n;
	}
	/* What was opened in it is gone with it. */
	for (int k = 0; k < T_N; k++)
		while (p->tags[k].open.n > 0 &&
		       p->tags[k].open.v[p->tags[k].open.n - 1] >= b->atom)
			p->tags[k].open.n--;
	p->v.n = b->atom;
	gap.text = rp_doc_clean_line(p->a, rp_text_bytes((rp_text){ word, n }));
	gap.raw = image_source(p->a, gap.text, href, title);
	push(p, &gap);
}

/* Equal addresses are one link. */
static uint32_t
link_of(struct rp_markdown_reading *r, rp_text href)
{
	uint32_t *at = rp_map_at(r->b.arena, &r->links, href);

	if (*at == 0)
		*at = rp_doc_build_link(&r->b, href);
	return *at;
}

static void
close_bracket(struct parsing *p)
{
	struct bracket b;
	rp_text href, title;
	size_t end = NO;

	if (p->brackets.n == 0) {
		push_text(p, rp_text_sub(p->t, p->i, p->i + 1));
		p->i++;
		return;
	}
	b = p->brackets.v[--p->brackets.n];
	if (!b.inactive && p->i + 1 < p->t.n && p->t.p[p->i + 1] == '(')
		end = target(p, p->i + 1, &href, &title);
	if (end == NO) {
		push_text(p, rp_text_sub(p->t, p->i, p->i + 1));
		p->i++;
		return;
	}
	emphasis(p, b.delimiter);
	p->i = end;
	if (b.image) {
		image(p, &b, href, title);
		return;
	}
	for (size_t i = b.atom + 1; i < p->v.n; i++)
		p->v.v[i].link = link_of(p->r, href);
	p->v.v[b.atom].text = RP_TEXT("");
	for (size_t i = 0; i < p->brackets.n; i++)
		if (!p->brackets.v[i].image)
			p->brackets.v[i].inactive = true;
}

static void
open_bracket(struct parsing *p, bool image_too)
{
	struct bracket b = { .atom = p->v.n,
		.delimiter = p->last,
		.image = image_too };
	size_t n = image_too ? 2 : 1;

	if (image_too)
		b.images = p->brackets.n + 1;
	else if (p->brackets.n > 0)
		b.images = p->brackets.v[p->brackets.n - 1].images;
	push_text(p, rp_text_sub(p->t, p->i, p->i + n));
	rp_vec_push(p->a, &p->brackets, b);
	p->i += n;
}

size_t
rp_markdown_mark(rp_text t, size_t from, rp_text *name)
{
	size_t end = from + 2;

	if (from + 4 > t.n || t.p[from] != '[' || t.p[from + 1] != '^')
		return 0;
	while (end < t.n && end - from - 2 <= RP_MARKDOWN_NAME_MAX &&
	       strchr("[] \t\n", t.p[end]) == NULL)
		end++;
	if (end == t.n || t.p[end] != ']' || end == from + 2)
		return 0;
	*name = rp_text_sub(t, from + 2, end);
	return end + 1;
}

/* A mark counts where it is met: it may be in what becomes an image. */
static struct rp_err *
note(struct rp_markdown_reading *r, rp_text name, uint32_t *out)
{
	uint32_t *at = rp_map_at(r->b.arena, &r->notes, name), n;

	if (*at == 0) {
		RP_TRY(rp_doc_build_note(&r->b, RP_STORY_FOOTNOTE, name, &n));
		rp_vec_push(r->b.arena, &r->order,
		    *rp_map_find(&r->defined, name));
		*at = n + 1;
	}
	*out = *at - 1;
	return NULL;
}

/* Code, entities, HTML. */

static void
code(struct parsing *p)
{
	size_t from = p->i, to, n, end;
	struct atom c = { 0 };
	rp_text t = p->t;

	while (from < t.n && t.p[from] == '`')
		from++;
	n = from - p->i;
	for (to = from; n < TICKS_MAX && !p->no_ticks[n] && to < t.n;
	     to = end) {
		for (end = to; end < t.n && t.p[end] == '`'; end++)
			;
		if (end - to == n)
			break;
		end += end == to;
	}
	if (n >= TICKS_MAX || p->no_ticks[n] || to >= t.n) {
		if (n < TICKS_MAX)
			p->no_ticks[n] = true;
		push_text(p, rp_text_sub(t, p->i, from));
		p->i = from;
		return;
	}
	p->i = to + n;
	if (to - from > 2 && (t.p[from] == ' ' || t.p[from] == '\n') &&
	    (t.p[to - 1] == ' ' || t.p[to - 1] == '\n')) {
		from++;
		to--;
	}
	char *copy = rp_alloc(p->a, to - from + 1);
	for (size_t i = from; i < to; i++)
		copy[i - from] = t.p[i] == '\n' ? ' ' : t.p[i];
	c.text = (rp_text){ copy, to - from };
	push(p, &(struct atom){ .from[T_CODE] = 1 });
	push(p, &c);
	push(p, &(struct atom){ .to[T_CODE] = 1 });
}

static rp_text
from_code_point(struct rp_arena *a, uint32_t c)
{
	uint8_t u[4];
	size_t n = 0;

	if (c == 0x85 || c == 0x2028 || c == 0x2029)
		c = '\n';
	if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		c = 0xfffd;
	if (c < 0x80) {
		u[n++] = (uint8_t)c;
	} else if (c < 0x800) {
		u[n++] = (uint8_t)(0xc0 | c >> 6);
	} else if (c < 0x10000) {
		u[n++] = (uint8_t)(0xe0 | c >> 12);
		u[n++] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
	} else {
		u[n++] = (uint8_t)(0xf0 | c >> 18);
		u[n++] = (uint8_t)(0x80 | (c >> 12 & 0x3f));
		u[n++] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
	}
	if (c >= 0x80)
		u[n++] = (uint8_t)(0x80 | (c & 0x3f));
	return rp_doc_clean(a, (rp_bytes){ u, n });
}

static bool
entity(struct parsing *p)
{
	static const struct {
		const char *name, *text;
	} names[] = { { "amp", "&" }, { "lt", "<" }, { "gt", ">" },
		{ "quot", "\"" }, { "apos", "'" }, { "nbsp", "\xc2\xa0" },
		{ "shy", "\xc2\xad" }, { "ndash", "–" }, { "mdash", "—" },
		{ "sect", "§" }, { "para", "¶" } };
	size_t end = rp_text_find(p->t, ';', p->i), from = p->i + 1;
	uint32_t c = 0;
	rp_text name;

	if (end == p->t.n || end - p->i > 10 || end - p->i < 3)
		return false;
	name = rp_text_sub(p->t, from, end);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (!rp_text_eq(name, rp_text_z(names[i].name)))
			continue;
		push_text(p, rp_text_z(names[i].text));
		p->i = end + 1;
		return true;
	}
	if (name.p[0] != '#')
		return false;
	bool hex = name.n > 2 && (name.p[1] | 0x20) == 'x';
	for (size_t i = hex ? 2 : 1; i < name.n; i++) {
		char d = name.p[i], low = (char)(d | 0x20);

		if (d >= '0' && d <= '9')
			c = c * (hex ? 16 : 10) + (uint32_t)(d - '0');
		else if (hex && low >= 'a' && low <= 'f')
			c = c * 16 + (uint32_t)(low - 'a') + 10;
		else
			return false;
	}
	push_text(p, from_code_point(p->a, c));
	p->i = end + 1;
	return true;
}

/* <https://...> and <mailto:...> */
static bool
autolink(struct parsing *p, size_t end)
{
	rp_text href = rp_text_sub(p->t, p->i + 1, end);

	if (!rp_text_starts(href, RP_TEXT("https://")) &&
	    !rp_text_starts(href, RP_TEXT("http://")) &&
	    !rp_text_starts(href, RP_TEXT("mailto:")))
		return false;
	for (size_t i = 0; i < href.n; i++)
		if ((uint8_t)href.p[i] <= ' ')
			return false;
	push(p, &(struct atom){ .text = href, .link = link_of(p->r, href) });
	p->i = end + 1;
	return true;
}

/* What is in an image ends nothing round it. */
static bool
is_round_image(const struct parsing *p, size_t atom)
{
	const struct bracket *b;

	if (p->brackets.n == 0 || p->i >= p->last_target)
		return false;
	b = &p->brackets.v[p->brackets.n - 1];
	return b->images > 0 && atom < p->brackets.v[b->images - 1].atom;
}

/* A tag is text, unless its partner comes. */
static void
matched_tag(struct parsing *p, int what, bool closing, rp_text t)
{
	size_t n = p->tags[what].open.n, at;

	if (!closing) {
		rp_vec_push(p->a, &p->tags[what].open, p->v.n);
		push_text(p, t);
		return;
	}
	at = n > 0 ? p->tags[what].open.v[n - 1] : 0;
	if (n == 0 || is_round_image(p, at)) {
		push_text(p, t);
		return;
	}
	p->tags[what].open.n--;
	p->v.v[at].text = RP_TEXT("");
	p->v.v[at].from[what]++;
	push(p, &(struct atom){ 0 });
	p->v.v[p->v.n - 1].to[what] = 1;
}

static bool
tag(struct parsing *p)
{
	size_t end = p->i + 1, name_end;
	bool closing = end < p->t.n && p->t.p[end] == '/';
	rp_text name;

	while (end < p->t.n && end - p->i < TAG_MAX * 4 && p->t.p[end] != '>' &&
	       p->t.p[end] != '<')
		end++;
	if (end >= p->t.n || p->t.p[end] != '>')
		return false;
	if (autolink(p, end))
		return true;
	name = rp_text_sub(p->t, p->i + 1 + closing, end);
	if (name.n > TAG_MAX)
		return false;
	for (name_end = 0; name_end < name.n && name.p[name_end] > ' ' &&
			   name.p[name_end] != '/';
	     name_end++)
		;
	if (name_end == 2 && strncasecmp(name.p, "br", 2) == 0) {
		push_text(p, RP_TEXT("\n"));
		p->i = end + 1;
		return true;
	}
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
		if (strlen(tags[i].name) != name_end ||
		    strncasecmp(name.p, tags[i].name, name_end) != 0)
			continue;
		matched_tag(p, tags[i].what, closing,
		    rp_text_sub(p->t, p->i, end + 1));
		p->i = end + 1;
		return true;
	}
	return false;
}

static void
strip_spaces_before(struct parsing *p, size_t *out)
{
	struct atom *last = p->v.n > 0 ? &p->v.v[p->v.n - 1] : NULL;

	*out = 0;
	while (last != NULL && last->kind == ATOM_TEXT && last->text.n > 0 &&
	       last->text.p == p->t.p + p->i - last->text.n - *out &&
	       last->text.p[last->text.n - 1] == ' ') {
		last->text.n--;
		++*out;
	}
}

static void
line_end(struct parsing *p)
{
	uint32_t before, after = rp_markdown_at(p->t, p->i + 1);
	size_t spaces;

	before = rp_markdown_before(p->t, p->i);
	strip_spaces_before(p, &spaces);
	if (spaces >= 2)
		push_text(p, RP_TEXT("\n"));
	else if (!is_wide(before) || !is_wide(after))
		push_text(p, RP_TEXT(" "));
	p->i++;
}

static struct rp_err *
special(struct parsing *p)
{
	char c = p->t.p[p->i], next = p->i + 1 < p->t.n ? p->t.p[p->i + 1] : 0;
	rp_text name;
	size_t end;

	if (c == '\n') {
		line_end(p);
		return NULL;
	}
	if (c == '\\' && next == '\n') {
		push_text(p, RP_TEXT("\n"));
		p->i += 2;
		return NULL;
	}
	if (c == '\\' && next != 0 && (uint8_t)next < 0x80 &&
	    rp_markdown_punctuation((uint8_t)next)) {
		push_text(p, rp_text_sub(p->t, p->i + 1, p->i + 2));
		p->i += 2;
		return NULL;
	}
	if (c == '*' || c == '_' || c == '~') {
		delimiter(p, c);
		return NULL;
	}
	if (c == '`') {
		code(p);
		return NULL;
	}
	if (c == '[') {
		end = rp_markdown_mark(p->t, p->i, &name);
		if (end > 0 && rp_map_find(&p->r->defined, name) != NULL) {
			push(p, &(struct atom){ .kind = ATOM_NOTE,
				    .text = rp_text_sub(p->t, p->i, end) });
			p->i = end;
			return NULL;
		}
	}
	if (c == '[' || (c == '!' && next == '[' && p->i < p->last_target)) {
		open_bracket(p, c == '!');
		return NULL;
	}
	if (c == ']') {
		close_bracket(p);
		return NULL;
	}
	if ((c == '&' && entity(p)) || (c == '<' && tag(p)))
		return NULL;
	push_text(p, rp_text_sub(p->t, p->i, p->i + 1));
	p->i++;
	return NULL;
}

static struct rp_err *
add(struct parsing *p, const struct atom *atom, const int *on,
    struct rp_doc_runs *runs)
{
	struct rp_format f = { 0 };
	struct rp_run run = { .link = atom->link };
	rp_text name;

	for (int k = 0; k < T_INS; k++)
		if (on[k] > 0)
			f.look |= look_bits[k];
	run.format = rp_document_format(p->a, p->r->b.doc, &f);
	run.ins = on[T_INS] > 0 ? p->r->ins : 0;
	run.del = on[T_DEL] > 0 ? p->r->del : 0;
	run.text = atom->text;
	if (atom->kind == ATOM_DELIMITER) {
		run.text.n = atom->left;
	} else if (atom->kind == ATOM_NOTE) {
		rp_markdown_mark(atom->text, 0, &name);
		run.kind = RP_RUN_NOTE;
		run.text = (rp_text){ 0 };
		RP_TRY(note(p->r, name, &run.note));
	} else if (atom->kind == ATOM_GAP) {
		run.kind = RP_RUN_OPAQUE;
		run.raw = rp_text_bytes(atom->raw);
	}
	return rp_doc_build_run(&p->r->b, runs, &run);
}

struct rp_err *
rp_markdown_inline(struct rp_markdown_reading *r, rp_text t,
    struct rp_doc_runs *runs)
{
	struct parsing p = { .r = r, .a = r->b.arena, .t = t, .last = NO };
	int on[T_N] = { 0 };
	size_t from;

	for (size_t i = t.n; i > 1 && p.last_target == 0; i--)
		if (t.p[i - 2] == ']' && t.p[i - 1] == '(')
			p.last_target = i - 2;
	while (p.i < t.n) {
		for (from = p.i;
		     p.i < t.n && strchr("\n\\*_~`[]!&<", t.p[p.i]) == NULL;
		     p.i++)
			;
		push_text(&p, rp_text_sub(t, from, p.i));
		if (p.i < t.n)
			RP_TRY(special(&p));
		if (r->atoms + p.v.n > RP_DOCUMENT_RUNS_MAX)
			return rp_fail(RP_E_LIMIT, "too many marks");
	}
	r->atoms += p.v.n;
	emphasis(&p, NO);
	for (size_t i = 0; i < p.v.n; i++) {
		for (int k = 0; k < T_N; k++)
			on[k] -= p.v.v[i].to[k];
		RP_TRY(add(&p, &p.v.v[i], on, runs));
		for (int k = 0; k < T_N; k++)
			on[k] += p.v.v[i].from[k];
	}
	return NULL;
}
