#include "text/markup.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "text/input.h"
#include "text/markup_private.h"

#define NONE SIZE_MAX
#define DIGITS_MAX 3

/* One line of the source. */
struct line {
	size_t from, to; /* without indent and trailing blanks */
	size_t indent;   /* spaces; a tab counts as two */
	bool blank;
	bool marker, ordered;
	uint32_t number;
	size_t content; /* behind the marker */
};

struct parser {
	struct rp_arena *arena;
	struct rp_markup *m;
	const struct rp_markup_linker *linker;
	size_t list, block;    /* open node or NONE; block: paragraph or item */
	size_t content, until; /* of the open block */
	bool gap;              /* an empty line since the block */
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t
bullet_len(rp_text t)
{
	if (t.n > 0 && (t.p[0] == '-' || t.p[0] == '*'))
		return 1;
	return rp_text_starts(t, RP_TEXT("\xe2\x80\xa2")) ? 3 : 0;
}

static size_t
number_len(rp_text t, uint32_t *number)
{
	size_t n = 0;

	*number = 0;
	while (n < t.n && n < DIGITS_MAX && is_digit(t.p[n]))
		*number = *number * 10 + (uint32_t)(t.p[n++] - '0');
	return n > 0 && n < t.n && t.p[n] == '.' ? n + 1 : 0;
}

/* A marker has a blank and something else behind it. */
static void
find_marker(rp_text source, struct line *l)
{
	rp_text t = rp_text_sub(source, l->from, l->to);
	size_t len = bullet_len(t);

	if (len == 0) {
		len = number_len(t, &l->number);
		l->ordered = len > 0;
	}
	if (len == 0 || len >= t.n || (t.p[len] != ' ' && t.p[len] != '\t'))
		return;
	while (t.p[len] == ' ' || t.p[len] == '\t')
		len++;
	l->marker = true;
	l->content = l->from + len;
}

static struct line
read_line(rp_text source, size_t from, size_t to)
{
	struct line l = { .from = from, .to = to };

	while (l.to > from &&
	       (source.p[l.to - 1] == ' ' || source.p[l.to - 1] == '\t'))
		l.to--;
	l.blank = l.to == from;
	for (; l.from < l.to; l.from++) {
		if (source.p[l.from] == '\t')
			l.indent++;
		else if (source.p[l.from] != ' ')
			break;
		l.indent++;
	}
	if (!l.blank && l.indent < 2)
		find_marker(source, &l);
	return l;
}

static size_t
open_node(struct parser *p, enum rp_markup_kind kind, size_t from)
{
	struct rp_markup_node node = { .kind = kind, .from = from };

	if (kind != RP_MARKUP_LIST)
		node.n = ++p->m->paragraphs;
	rp_vec_push(p->arena, &p->m->nodes, node);
	return p->m->nodes.n - 1;
}

static void
close_node(struct parser *p, size_t at, size_t to)
{
	p->m->nodes.v[at].end = p->m->nodes.n;
	p->m->nodes.v[at].to = to;
}

static void
close_block(struct parser *p)
{
	if (p->block == NONE)
		return;
	rp_markup_inline(p->arena, p->m, p->content, p->until, p->linker);
	close_node(p, p->block, p->until);
	p->block = NONE;
}

static void
close_list(struct parser *p)
{
	close_block(p);
	if (p->list == NONE)
		return;
	close_node(p, p->list, p->until);
	p->list = NONE;
}

static void
begin(struct parser *p, enum rp_markup_kind kind, const struct line *l)
{
	p->block = open_node(p, kind, l->from);
	p->content = kind == RP_MARKUP_ITEM ? l->content : l->from;
	p->until = l->to;
	p->gap = false;
}

static void
take_item(struct parser *p, const struct line *l)
{
	if (p->list != NONE && p->m->nodes.v[p->list].ordered != l->ordered)
		close_list(p);
	close_block(p);
	if (p->list == NONE) {
		p->list = open_node(p, RP_MARKUP_LIST, l->from);
		p->m->nodes.v[p->list].ordered = l->ordered;
	}
	begin(p, RP_MARKUP_ITEM, l);
	p->m->nodes.v[p->block].number = l->number;
}

static void
take_text(struct parser *p, const struct line *l)
{
	bool goes_on =
	    p->block != NONE && !p->gap && (p->list == NONE || l->indent >= 2);

	if (goes_on) {
		p->until = l->to;
		return;
	}
	close_list(p);
	begin(p, RP_MARKUP_PARAGRAPH, l);
}

static bool
is_item(const struct parser *p, const struct line *l)
{
	bool in_paragraph = p->block != NONE && p->list == NONE && !p->gap;

	return l->marker && !(in_paragraph && l->ordered && l->number != 1);
}

struct rp_markup *
rp_markup_parse(struct rp_arena *a, rp_text source,
    const struct rp_markup_linker *linker)
{
	struct rp_markup *m = rp_new(a, struct rp_markup);
	struct parser p = { .arena = a,
		.m = m,
		.linker = linker,
		.list = NONE,
		.block = NONE };

	m->source = source;
	for (size_t at = 0, end; at < source.n; at = end + 1) {
		struct line l;

		end = rp_text_find(source, '\n', at);
		l = read_line(source, at, end);
		if (l.blank)
			p.gap = true;
		else if (is_item(&p, &l))
			take_item(&p, &l);
		else
			take_text(&p, &l);
	}
	close_list(&p);
	return m;
}

bool
rp_markup_paragraph(const struct rp_markup *m, uint32_t n, rp_text *out)
{
	for (size_t i = 0; i < m->nodes.n; i++) {
		const struct rp_markup_node *node = &m->nodes.v[i];

		if (node->n == n && n > 0) {
			*out = rp_text_sub(m->source, node->from, node->to);
			return true;
		}
	}
	return false;
}

static void
plain_block(struct rp_buf *b, const struct rp_markup *m, size_t at,
    bool ordered)
{
	const struct rp_markup_node *node = &m->nodes.v[at];
	bool after_item = at > 0 && node->kind == RP_MARKUP_ITEM &&
			  m->nodes.v[at - 1].kind != RP_MARKUP_LIST;

	if (b->n > 0)
		rp_buf_add(b, "\n\n", after_item ? 1 : 2);
	if (node->kind != RP_MARKUP_ITEM)
		return;
	if (ordered)
		rp_buf_f(b, "%u. ", node->number);
	else
		rp_buf_text(b, RP_TEXT("- "));
}

/* What a link shows is its address, but for the scheme. */
static bool
shows_address(const struct rp_markup *m, const struct rp_markup_node *node)
{
	rp_text shown = rp_text_sub(m->source, node->from, node->to);

	return node->href.n >= shown.n &&
	       rp_text_eq(rp_text_sub(node->href, node->href.n - shown.n,
			      node->href.n),
		   shown);
}

rp_text
rp_markup_plain(struct rp_arena *a, const struct rp_markup *m, bool with_links)
{
	size_t link_end = 0;
	bool ordered = false;
	rp_text href = { 0 }, out;
	struct rp_buf b;

	/* Addresses are shown at most once, numbers as they stood. */
	rp_buf_init(&b, a, m->source.n * 8 + 64);
	for (size_t i = 0; i < m->nodes.n; i++) {
		const struct rp_markup_node *node = &m->nodes.v[i];

		if (node->kind == RP_MARKUP_LIST)
			ordered = node->ordered;
		if (node->kind == RP_MARKUP_PARAGRAPH ||
		    node->kind == RP_MARKUP_ITEM)
			plain_block(&b, m, i, ordered);
		if (node->kind == RP_MARKUP_TEXT)
			rp_buf_add(&b, m->source.p + node->from,
			    node->to - node->from);
		if (node->kind == RP_MARKUP_BREAK)
			rp_buf_byte(&b, '\n');
		if (node->kind == RP_MARKUP_LINK && with_links &&
		    !shows_address(m, node)) {
			link_end = node->end;
			href = node->href;
		}
		if (i + 1 == link_end) {
			rp_buf_text(&b, RP_TEXT(" ("));
			rp_buf_text(&b, href);
			rp_buf_byte(&b, ')');
		}
	}
	if (b.over)
		return m->source;
	rp_err_free(rp_buf_done(&b, &out));
	return out;
}

rp_text
rp_markup_shorten(struct rp_arena *a, rp_text plain, size_t max)
{
	rp_text cut = rp_text_cut(plain, max);

	if (cut.n == plain.n)
		return plain;
	for (size_t i = cut.n; i > cut.n / 2; i--)
		if (cut.p[i - 1] == ' ') {
			cut.n = i - 1;
			break;
		}
	return rp_textf(a, "%.*s…", RP_FMT(cut));
}

rp_text
rp_markup_excerpt(struct rp_arena *a, rp_text source, size_t max)
{
	return rp_markup_shorten(a,
	    rp_markup_plain(a,
		rp_markup_parse(a, rp_text_cut(source, max * 4), NULL), false),
	    max);
}
