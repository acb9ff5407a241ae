/*
 * The inside of one block. Marks are collected in one pass; a mark that can
 * close meets the last one of its kind that could open, which takes constant
 * time because of each kind only the last is remembered. What was opened
 * between the two can no longer be closed, so pairs never cross. A second pass
 * turns marks that found a partner into nodes.
 */
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/err.h"
#include "text/markup_private.h"
#include "text/utf16_private.h"

enum open_kind { STAR, UNDERSCORE, DOUBLE, BRACKET, OPEN_KINDS };
enum mark_use { LITERAL, OPENS, CLOSES, WHOLE };

struct mark {
	size_t from, to;
	enum open_kind kind;
	enum mark_use use;
	rp_text href; /* BRACKET that opens, WHOLE */
};

struct scan {
	struct rp_arena *arena;
	rp_text t; /* the block */
	const struct rp_markup_linker *linker;
	struct rp_markup_found link; /* the next bare one, from >= at */
	bool has_link, no_link;      /* no_link: there is none any more */
	struct RP_VEC(struct mark) marks;
	size_t open[OPEN_KINDS]; /* index in marks, plus one; 0: none */
};

static UChar32
char_before(rp_text t, size_t at)
{
	const uint8_t *p = (const uint8_t *)t.p;
	size_t i = at;
	UChar32 c;

	if (at == 0)
		return '\n';
	do
		i--;
	while (i > 0 && (p[i] & 0xc0) == 0x80);
	U8_NEXT_UNSAFE(p, i, c);
	return c;
}

static UChar32
char_at(rp_text t, size_t at)
{
	const uint8_t *p = (const uint8_t *)t.p;
	UChar32 c;

	if (at >= t.n)
		return '\n';
	U8_NEXT_UNSAFE(p, at, c);
	return c;
}

/* Letters of scripts that write no spaces, so that any letter may be an edge.
 */
static bool
is_unspaced(UChar32 c)
{
	switch (u_getIntPropertyValue(c, UCHAR_LINE_BREAK)) {
	case U_LB_IDEOGRAPHIC:
	case U_LB_COMPLEX_CONTEXT:
	case U_LB_CONDITIONAL_JAPANESE_STARTER:
	case U_LB_H2:
	case U_LB_H3:
		return true;
	default:
		return false;
	}
}

/* Part of a word, so that a mark beside it stands inside the word. */
static bool
is_inner(UChar32 c, enum open_kind kind)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
		       (c >= 'a' && c <= 'z');
	if (!u_isalnum(c) && u_charType(c) != U_NON_SPACING_MARK &&
	    u_charType(c) != U_COMBINING_SPACING_MARK)
		return false;
	return kind == UNDERSCORE || !is_unspaced(c);
}

static bool
can_open(const struct scan *s, const struct mark *m)
{
	return !u_isUWhiteSpace(char_at(s->t, m->to)) &&
	       !is_inner(char_before(s->t, m->from), m->kind);
}

static bool
can_close(const struct scan *s, const struct mark *m)
{
	return !u_isUWhiteSpace(char_before(s->t, m->from)) &&
	       !is_inner(char_at(s->t, m->to), m->kind);
}

/* Forget what was opened at or after mark `i`. */
static void
forget_from(struct scan *s, size_t i)
{
	for (int k = 0; k < OPEN_KINDS; k++)
		if (s->open[k] > i)
			s->open[k] = 0;
}

/* A run of * or _ at `at`: returns the octet after it. */
static size_t
scan_run(struct scan *s, size_t at)
{
	struct mark m = { .from = at, .to = at };
	size_t opener;

	while (m.to < s->t.n && s->t.p[m.to] == s->t.p[at])
		m.to++;
	if (m.to - at > 2 || (m.to - at == 2 && s->t.p[at] == '_'))
		return m.to;
	m.kind = s->t.p[at] == '_' ? UNDERSCORE :
		 m.to - at == 2    ? DOUBLE :
				     STAR;
	opener = s->open[m.kind];
	if (opener > 0 && can_close(s, &m)) {
		s->marks.v[opener - 1].use = OPENS;
		m.use = CLOSES;
		forget_from(s, opener - 1);
		rp_vec_push(s->arena, &s->marks, m);
	} else if (can_open(s, &m)) {
		rp_vec_push(s->arena, &s->marks, m);
		s->open[m.kind] = s->marks.n;
	}
	return m.to;
}

static bool
is_scheme(rp_text t)
{
	return rp_text_starts(t, RP_TEXT("https://")) ||
	       rp_text_starts(t, RP_TEXT("http://")) ||
	       rp_text_starts(t, RP_TEXT("mailto:"));
}

/* "[2001:db8::1]" at the place of the host: its length, or 0. */
static size_t
bracketed_host(rp_text t)
{
	size_t i = 1;

	if (t.n == 0 || t.p[0] != '[')
		return 0;
	while (i < t.n && t.p[i] != '\0' &&
	       strchr("0123456789abcdefABCDEF:.", t.p[i]) != NULL)
		i++;
	return i < t.n && t.p[i] == ']' ? i + 1 : 0;
}

/*
 * The address in "](address)", t beginning behind the bracket: its length, or
 * 0. It stops at the next square bracket, so that no octet is looked at twice
 * however many links begin.
 */
static size_t
address_len(rp_text t)
{
	size_t i, depth = 0;

	if (!is_scheme(t))
		return 0;
	i = rp_text_find(t, ':', 0) + 1;
	while (i < t.n && t.p[i] == '/')
		i++;
	i += bracketed_host(rp_text_sub(t, i, t.n));
	for (; i < t.n; i++) {
		char c = t.p[i];

		if (c == '(')
			depth++;
		else if (c == ')' && depth-- == 0)
			return i;
		else if (c == '[' || c == ']' || c == '<' || c == '>' ||
			 c == '"' || c == ' ' || c == '\n' || c == '\t')
			return 0;
	}
	return 0;
}

/* A "](" at `at`: the octet after the link, or after the "]". */
static size_t
scan_link_end(struct scan *s, size_t at)
{
	size_t opener = s->open[BRACKET], from = at + 2, len;
	struct mark m = { .from = at, .kind = BRACKET, .use = CLOSES };

	if (from > s->t.n || s->t.p[at + 1] != '(' || opener == 0 ||
	    s->marks.v[opener - 1].to == at)
		return at + 1;
	len = address_len(rp_text_sub(s->t, from, s->t.n));
	if (len == 0)
		return at + 1;
	s->marks.v[opener - 1].use = OPENS;
	s->marks.v[opener - 1].href = rp_text_sub(s->t, from, from + len);
	forget_from(s, opener - 1);
	m.to = from + len + 1;
	rp_vec_push(s->arena, &s->marks, m);
	return m.to;
}

/* Stars may end an address, but after one they mostly end emphasis. */
static void
trim_stars(struct scan *s)
{
	struct rp_markup_found *l = &s->link;

	while (l->to > l->from + 1 && s->t.p[l->to - 1] == '*') {
		l->to--;
		if (l->href.n > 0 && l->href.p[l->href.n - 1] == '*')
			l->href.n--;
	}
}

/* The next bare link at or after `at`. */
static void
next_link(struct scan *s, size_t at)
{
	if (s->no_link || (s->has_link && s->link.from >= at))
		return;
	s->has_link = s->linker->find(s->linker->ctx, s->arena,
	    rp_text_sub(s->t, at, s->t.n), &s->link);
	s->no_link = !s->has_link;
	if (s->no_link)
		return;
	s->link.from += at;
	s->link.to += at;
	trim_stars(s);
	RP_ASSERT(s->link.from < s->link.to && s->link.to <= s->t.n);
}

static size_t
scan_bare(struct scan *s)
{
	struct mark m = { .from = s->link.from,
		.to = s->link.to,
		.use = WHOLE,
		.href = s->link.href };

	rp_vec_push(s->arena, &s->marks, m);
	return m.to;
}

static void
scan_marks(struct scan *s)
{
	struct mark m = { .kind = BRACKET };
	size_t at = 0;

	while (at < s->t.n) {
		next_link(s, at);
		if (s->has_link && s->link.from == at) {
			at = scan_bare(s);
			continue;
		}
		switch (s->t.p[at]) {
		case '*':
		case '_':
			at = scan_run(s, at);
			break;
		case '[':
			m.from = at;
			m.to = ++at;
			rp_vec_push(s->arena, &s->marks, m);
			s->open[BRACKET] = s->marks.n;
			break;
		case ']':
			at = scan_link_end(s, at);
			break;
		default:
			at++;
		}
	}
}

/* From marks to nodes. */
struct emit {
	struct rp_arena *arena;
	struct rp_markup *m;
	size_t base; /* where the block starts in the source */
	size_t stack[OPEN_KINDS];
	size_t depth;
	bool in_link;
};

static void
emit_node(struct emit *e, enum rp_markup_kind kind, size_t from, size_t to)
{
	struct rp_markup_node node = { .kind = kind,
		.from = e->base + from,
		.to = e->base + to,
		.end = e->m->nodes.n + 1 };

	rp_vec_push(e->arena, &e->m->nodes, node);
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t';
}

/* Literal text: one node per line, without the blanks beside a line break. */
static void
emit_text(struct emit *e, rp_text t, size_t from, size_t to)
{
	while (from < to) {
		const char *nl = memchr(t.p + from, '\n', to - from);
		size_t end = nl ? (size_t)(nl - t.p) : to, trim = end;

		while (nl && trim > from && is_space(t.p[trim - 1]))
			trim--;
		if (trim > from)
			emit_node(e, RP_MARKUP_TEXT, from, trim);
		if (nl == NULL)
			return;
		emit_node(e, RP_MARKUP_BREAK, end, end + 1);
		from = end + 1;
		while (from < to && is_space(t.p[from]))
			from++;
	}
}

static void
emit_open(struct emit *e, const struct mark *m)
{
	static const enum rp_markup_kind kinds[] = { RP_MARKUP_EM, RP_MARKUP_EM,
		RP_MARKUP_STRONG, RP_MARKUP_LINK };

	RP_ASSERT(e->depth < OPEN_KINDS);
	e->stack[e->depth++] = e->m->nodes.n;
	emit_node(e, kinds[m->kind], m->from, m->to);
	e->m->nodes.v[e->m->nodes.n - 1].href = m->href;
	e->in_link = e->in_link || m->kind == BRACKET;
}

static void
emit_close(struct emit *e, const struct mark *m)
{
	struct rp_markup_node *node;

	RP_ASSERT(e->depth > 0);
	node = &e->m->nodes.v[e->stack[--e->depth]];
	node->end = e->m->nodes.n;
	node->to = e->base + m->to;
	if (m->kind == BRACKET)
		e->in_link = false;
}

static void
emit_bare(struct emit *e, rp_text t, const struct mark *m)
{
	size_t at = e->m->nodes.n;

	/* A link inside a link is only text. */
	if (!e->in_link) {
		emit_node(e, RP_MARKUP_LINK, m->from, m->to);
		e->m->nodes.v[at].href = m->href;
	}
	emit_text(e, t, m->from, m->to);
	if (!e->in_link)
		e->m->nodes.v[at].end = e->m->nodes.n;
}

void
rp_markup_inline(struct rp_arena *a, struct rp_markup *m, size_t from,
    size_t to, const struct rp_markup_linker *linker)
{
	struct scan s = { .arena = a,
		.linker = linker,
		.no_link = linker == NULL,
		.t = rp_text_sub(m->source, from, to) };
	struct emit e = { .arena = a, .m = m, .base = from };
	size_t done = 0;

	scan_marks(&s);
	for (size_t i = 0; i < s.marks.n; i++) {
		const struct mark *k = &s.marks.v[i];

		if (k->use == LITERAL)
			continue;
		emit_text(&e, s.t, done, k->from);
		if (k->use == OPENS)
			emit_open(&e, k);
		else if (k->use == CLOSES)
			emit_close(&e, k);
		else
			emit_bare(&e, s.t, k);
		done = k->to;
	}
	emit_text(&e, s.t, done, s.t.n);
	RP_ASSERT(e.depth == 0);
}
