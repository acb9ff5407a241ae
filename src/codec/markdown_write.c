#include <string.h>

#include "base/err.h"
#include "codec/doc_build.h"
#include "codec/markdown.h"
#include "codec/markdown_private.h"
#include "codec/sink.h"

#define INDENT_MAX (RP_MARKDOWN_DEPTH_MAX * 12)

/* Marks from the outermost to the innermost; `code` is the last. */
enum {
	M_LINK,
	M_INS,
	M_DEL,
	M_BOLD,
	M_ITALIC,
	M_STRIKE,
	M_UNDERLINE,
	M_SUPER,
	M_SUB,
	M_CODE,
	M_N
};

static const struct {
	unsigned look;
	const char *mark; /* NULL: tags only */
	const char *open, *close;
} marks[M_N] = {
	[M_INS] = { 0, NULL, "<ins>", "</ins>" },
	[M_DEL] = { 0, NULL, "<del>", "</del>" },
	[M_BOLD] = { RP_LOOK_BOLD, "**", "<b>", "</b>" },
	[M_ITALIC] = { RP_LOOK_ITALIC, "*", "<i>", "</i>" },
	[M_STRIKE] = { RP_LOOK_STRIKE, NULL, "<s>", "</s>" },
	[M_UNDERLINE] = { RP_LOOK_UNDERLINE, NULL, "<u>", "</u>" },
	[M_SUPER] = { RP_LOOK_SUPERSCRIPT, NULL, "<sup>", "</sup>" },
	[M_SUB] = { RP_LOOK_SUBSCRIPT, NULL, "<sub>", "</sub>" },
	[M_CODE] = { RP_LOOK_CODE, "`", "<code>", "</code>" },
};

struct writing {
	struct rp_sink *s;
	const struct rp_document *d;
	/* What lines of the block begin with. */
	bool quote;
	size_t indent;
	bool one_line; /* a heading or a cell: no line ends in it */
	bool line_start;
	bool after_note; /* "[^1]:" would begin a note */
	bool raw;        /* between backticks */
	char last;       /* octet that was written */
	/* Columns of the content of the item that is open at each depth. */
	size_t content[RP_MARKDOWN_DEPTH_MAX + 1], depth;
	size_t base; /* columns for a note's blocks */
	const struct rp_label *lists[RP_MARKDOWN_DEPTH_MAX + 1];
	bool was_quote, no_margin;
	bool empty_item; /* a paragraph in it would be its own */
	bool same_line;  /* an empty item's marker waits for a nested one */
	bool begun;
};

static void
put(struct writing *w, const char *p, size_t n)
{
	if (n == 0)
		return;
	rp_sink_add(w->s, p, n);
	w->last = p[n - 1];
}

static void
lit(struct writing *w, const char *z)
{
	put(w, z, strlen(z));
}

static void
spaces(struct writing *w, size_t n)
{
	for (; n > 0; n--)
		lit(w, " ");
}

static void
margin(struct writing *w)
{
	if (w->no_margin) {
		w->no_margin = false;
		if (w->quote)
			lit(w, "> ");
		return;
	}
	spaces(w, w->base);
	if (w->quote)
		lit(w, "> ");
	spaces(w, w->indent);
}

/* Text. */

/* What would begin something else at the start of a line. */
static size_t
escape_start(struct writing *w, rp_text t)
{
	rp_text label;
	bool bullet;
	size_t n;

	if (t.n == 0)
		return 0;
	n = rp_markdown_marker(t, 0, &bullet);
	if (n > 1) {
		put(w, t.p, n - 1);
		lit(w, "\\");
		put(w, t.p + n - 1, 1);
		return n;
	}
	if (strchr("-+#>=:", t.p[0]) != NULL ||
	    rp_markdown_typed(t, 0, &label) > 0) {
		lit(w, "\\");
		put(w, t.p, 1);
		return 1;
	}
	return 0;
}

static bool
is_entity(rp_text t, size_t i)
{
	size_t end = rp_text_find(t, ';', i);

	return end < t.n && end - i <= 10;
}

static void
text(struct writing *w, rp_text t, bool last)
{
	if (w->after_note && t.n > 0 && t.p[0] == ':')
		lit(w, "\\");
	w->after_note = false;
	for (size_t i = 0; i < t.n; i++) {
		char c = t.p[i];
		bool ends = last && i + 1 == t.n;

		if (w->line_start && c != ' ' && c != '\n' && c != '\t') {
			size_t n = escape_start(w, rp_text_sub(t, i, t.n));

			w->line_start = false;
			if (n > 0) {
				i += n - 1;
				continue;
			}
		}
		if (rp_markdown_at(t, i) == 0xfeff) {
			/* At the start of a file it would be a mark. */
			lit(w, "&#xfeff;");
			i += 2;
		} else if (rp_markdown_at(t, i) == 0x338 && w->last == '>') {
			/* A stroke through the end of a tag. */
			lit(w, "&#x338;");
			i++;
		} else if (c == '\n' && (w->one_line || ends)) {
			lit(w, "<br>");
		} else if (c == '\n') {
			lit(w, "\\\n");
			margin(w);
			w->line_start = true;
		} else if (c == '\t') {
			lit(w, "&#9;");
			w->line_start = false;
		} else if (c == ' ' &&
			   (w->line_start || ends ||
			       (i + 1 < t.n && t.p[i + 1] == '\n'))) {
			lit(w, "&#32;");
			w->line_start = false;
		} else {
			if (strchr("\\`*_[]<|~", c) != NULL ||
			    (c == '&' && is_entity(t, i)) ||
			    (c == '#' && w->one_line && ends) ||
			    (c == '^' && i == 0 && w->last == '[') ||
			    (c == '!' && i + 1 == t.n && !last))
				lit(w, "\\");
			put(w, &t.p[i], 1);
		}
	}
}

/* Marks. */

static unsigned
on(const struct writing *w, const struct rp_run *r)
{
	unsigned look = w->d->formats.v[r->format].look, m = 0;

	if (r->link != 0)
		m |= 1U << M_LINK;
	if (r->ins != 0)
		m |= 1U << M_INS;
	if (r->del != 0)
		m |= 1U << M_DEL;
	for (unsigned i = M_BOLD; i < M_N; i++)
		if (look & marks[i].look)
			m |= 1U << i;
	return m;
}

static bool
is_shown(const struct writing *w, const struct rp_run *r)
{
	return !(w->d->formats.v[r->format].look & RP_LOOK_HIDDEN) &&
	       (r->kind != RP_RUN_TEXT || r->text.n > 0);
}

/* Where the mark `m` that begins at run `i` ends. */
static uint32_t
span(const struct writing *w, const struct rp_block *b, uint32_t i, unsigned m)
{
	unsigned outer = (2U << m) - 1, want = on(w, &b->runs[i]) & outer;
	uint32_t j = i + 1;

	for (; j < b->n_runs; j++)
		if ((on(w, &b->runs[j]) & outer) != want ||
		    b->runs[j].link != b->runs[i].link)
			break;
	return j;
}

static bool
is_plain_text(const struct rp_run *r)
{
	return r->kind == RP_RUN_TEXT && r->text.n > 0;
}

/*
 * Whether asterisks do: the mark stands between white space, or before the
 * punctuation that ends a sentence, with text inside at both ends, and nothing
 * else opens or closes there.
 */
static bool
asterisks(const struct writing *w, const struct rp_block *b, uint32_t i,
    uint32_t j, unsigned m)
{
	const struct rp_run *first = &b->runs[i], *last = &b->runs[j - 1];
	unsigned inner = on(w, first) >> (m + 1);
	uint32_t after;

	if (!is_plain_text(first) || !is_plain_text(last) ||
	    !(w->line_start || w->last == ' ') || inner != 0)
		return false;
	for (uint32_t k = i; k < j; k++)
		if (on(w, &b->runs[k]) != on(w, first))
			return false;
	if (rp_markdown_space(rp_markdown_at(first->text, 0)) ||
	    rp_markdown_space(rp_markdown_before(last->text, last->text.n)))
		return false;
	if (j == b->n_runs)
		return true;
	if (!is_plain_text(&b->runs[j]) ||
	    on(w, &b->runs[j]) != (on(w, first) & ((1U << m) - 1)))
		return false;
	after = rp_markdown_at(b->runs[j].text, 0);
	return after == ' ' || after == ',' || after == '.' || after == ';';
}

/* Whether backticks do: nothing in it or beside it needs more care. */
static bool
backticks(const struct writing *w, const struct rp_block *b, uint32_t i,
    uint32_t j)
{
	rp_text t = b->runs[i].text;

	if (j != i + 1 || !is_plain_text(&b->runs[i]) || w->last == '`' ||
	    i < b->label_runs || t.p[0] == ' ' || t.p[t.n - 1] == ' ')
		return false;
	for (size_t k = 0; k < t.n; k++)
		if (strchr("`|\n\t", t.p[k]) != NULL)
			return false;
	return rp_markdown_at(t, 0) != 0xfeff;
}

struct state {
	unsigned open;
	uint32_t link;
	bool tag[M_N]; /* opened as a tag, not by asterisks */
};

static void
close_link(struct writing *w, rp_text href)
{
	lit(w, "](<");
	for (size_t i = 0; i < href.n; i++) {
		if (href.p[i] == '\n' || href.p[i] == '\t') {
			lit(w, "%20");
			continue;
		}
		if (rp_markdown_at(href, i) == 0x338) {
			lit(w, "%CC%B8");
			i++;
			continue;
		}
		if (strchr("<>\\|&", href.p[i]) != NULL)
			lit(w, "\\");
		put(w, &href.p[i], 1);
	}
	lit(w, ">)");
}

static void
close_mark(struct writing *w, struct state *st, unsigned m)
{
	if (m == M_LINK)
		close_link(w, w->d->links.v[st->link]);
	else
		lit(w, st->tag[m] ? marks[m].close : marks[m].mark);
	w->raw = false;
	st->open &= ~(1U << m);
}

static void
open_mark(struct writing *w, struct state *st, const struct rp_block *b,
    uint32_t i, unsigned m)
{
	uint32_t j = span(w, b, i, m);

	st->open |= 1U << m;
	if (m == M_LINK) {
		lit(w, "[");
		st->link = b->runs[i].link;
		w->line_start = false;
		return;
	}
	if (m == M_CODE)
		st->tag[m] = !backticks(w, b, i, j);
	else
		st->tag[m] = marks[m].mark == NULL || !asterisks(w, b, i, j, m);
	w->raw = m == M_CODE && !st->tag[m];
	lit(w, st->tag[m] ? marks[m].open : marks[m].mark);
	w->line_start = false;
}

/* Close what run `r` does not have, from the innermost one on. */
static void
settle(struct writing *w, struct state *st, unsigned want, uint32_t link)
{
	unsigned lowest = M_N;

	for (unsigned m = 0; m < M_N && lowest == M_N; m++) {
		bool is = st->open & 1U << m, wanted = want & 1U << m;

		if (is && (!wanted || (m == M_LINK && st->link != link)))
			lowest = m;
		/* One further out is to open: all within it close first. */
		if (!is && wanted && st->open >> m != 0)
			lowest = m;
	}
	for (unsigned m = M_N; m > lowest; m--)
		if (st->open & 1U << (m - 1))
			close_mark(w, st, m - 1);
}

static void
gap(struct writing *w, const struct rp_run *r)
{
	rp_text raw = { (const char *)r->raw.p, r->raw.n };

	/* An image that came from Markdown goes back as it was. */
	if (rp_text_starts(raw, RP_TEXT("![")) &&
	    rp_text_find(raw, '\n', 0) == raw.n) {
		put(w, raw.p, raw.n);
		return;
	}
	lit(w, "\\[");
	text(w, r->text.n > 0 ? r->text : RP_TEXT("..."), false);
	lit(w, "\\]");
}

static bool
is_revised_pilcrow(const struct rp_run *r)
{
	return (r->ins || r->del) && r->kind == RP_RUN_TEXT &&
	       rp_text_eq(r->text, RP_TEXT("¶"));
}

static void
one_run(struct writing *w, const struct rp_run *r, bool last)
{
	if (r->kind == RP_RUN_NOTE) {
		rp_text t = rp_textf(w->s->arena, "[^%u]", r->note + 1);

		put(w, t.p, t.n);
		w->line_start = false;
		w->after_note = true;
	} else if (w->raw) {
		put(w, r->text.p, r->text.n);
	} else if (r->kind == RP_RUN_OPAQUE) {
		w->line_start = false;
		gap(w, r);
	} else if (last && is_revised_pilcrow(r)) {
		/* Bare it would be the mark itself. */
		lit(w, "&para;");
	} else {
		text(w, r->text, last);
	}
}

/* The mark is taken to go as all of the runs do, unless it is written. */
static void
paragraph_mark(struct writing *w, const struct rp_block *b)
{
	bool ins = b->n_runs > 0, del = ins;

	for (uint32_t i = 0; i < b->n_runs; i++) {
		ins = ins && b->runs[i].ins;
		del = del && b->runs[i].del;
	}
	if ((!b->mark_ins && !b->mark_del) ||
	    (ins == (b->mark_ins != 0) && del == (b->mark_del != 0)))
		return;
	if (b->mark_ins && b->mark_del)
		lit(w, "<ins><del>¶</del></ins>");
	else
		lit(w, b->mark_ins ? "<ins>¶</ins>" : "<del>¶</del>");
}

/*
 * A space that begins the text is not one of those behind the label, and what
 * begins a paragraph like a label within <ins> is none.
 */
static void
guard_label(struct writing *w, const struct rp_block *b, uint32_t i,
    struct rp_run *r)
{
	rp_text label;

	if (i != b->label_runs || !is_plain_text(r) || w->raw)
		return;
	if (i > 0 && r->text.p[0] == ' ') {
		lit(w, "&#32;");
		r->text = rp_text_sub(r->text, 1, r->text.n);
	} else if (i == 0 && !w->line_start &&
		   rp_markdown_typed(r->text, 0, &label) > 0) {
		lit(w, "\\");
	}
}

static void
runs(struct writing *w, const struct rp_block *b)
{
	struct state st = { 0 };
	uint32_t last = b->n_runs;

	while (last > 0 && !is_shown(w, &b->runs[last - 1]))
		last--;
	for (uint32_t i = 0; i < last; i++) {
		const struct rp_run *r = &b->runs[i];
		struct rp_run run = *r;
		unsigned want = on(w, r);

		if (!is_shown(w, r))
			continue;
		settle(w, &st, want, r->link);
		for (unsigned m = 0; m < M_N; m++)
			if ((want & ~st.open) & 1U << m)
				open_mark(w, &st, b, i, m);
		/* A typed label stays one: it is not escaped. */
		if (i < b->label_runs) {
			put(w, r->text.p, r->text.n);
			w->line_start = false;
		} else {
			guard_label(w, b, i, &run);
			one_run(w, &run, i + 1 == last);
		}
	}
	settle(w, &st, 0, 0);
	paragraph_mark(w, b);
}

/* Blocks. */

static void
begin(struct writing *w)
{
	if (w->begun && w->same_line)
		return;
	if (w->begun && w->quote && w->was_quote) {
		spaces(w, w->base);
		lit(w, ">");
	}
	if (w->begun)
		lit(w, "\n");
	w->begun = true;
}

static void
inline_block(struct writing *w, const struct rp_block *b)
{
	w->line_start = true;
	w->after_note = false;
	runs(w, b);
	lit(w, "\n");
	w->line_start = false;
}

/* The marker that Markdown has for a label; or it is no marker. */
static rp_text
marker_of(struct writing *w, const struct rp_label *l)
{
	bool bullet;
	rp_text t;

	if (l->style == RP_LABEL_BULLET)
		return RP_TEXT("- ");
	t = rp_textf(w->s->arena, "%.*s  ", RP_FMT(l->text));
	if (l->text.n > 0 && rp_markdown_marker(t, 0, &bullet) == l->text.n &&
	    !bullet)
		return t;
	return RP_TEXT("");
}

/* Letters and Roman numbers can be taken for each other. */
static bool
same_style(enum rp_label_style x, enum rp_label_style y)
{
	return x == y ||
	       (x == RP_LABEL_LOWER_LETTER && y == RP_LABEL_LOWER_ROMAN) ||
	       (x == RP_LABEL_LOWER_ROMAN && y == RP_LABEL_LOWER_LETTER) ||
	       (x == RP_LABEL_UPPER_LETTER && y == RP_LABEL_UPPER_ROMAN) ||
	       (x == RP_LABEL_UPPER_ROMAN && y == RP_LABEL_UPPER_LETTER);
}

static bool
same_kind(const struct rp_label *x, const struct rp_label *y)
{
	return same_style(x->style, y->style) && x->text.n > 0 &&
	       y->text.n > 0 &&
	       (x->style == RP_LABEL_BULLET ||
		   x->text.p[x->text.n - 1] == y->text.p[y->text.n - 1]);
}

static void
comment(struct writing *w)
{
	begin(w);
	margin(w);
	lit(w, "<!-- -->\n");
}

/* Two lists, one behind the other, would be read as one. */
static void
part_lists(struct writing *w, const struct rp_block *b, size_t depth)
{
	const struct rp_label *l = w->lists[depth];

	if (l == NULL || w->same_line || l->list == b->label.list ||
	    !same_kind(&b->label, l))
		return;
	comment(w);
}

/* The lists from `depth` on have ended. */
static void
end_lists(struct writing *w, size_t depth)
{
	for (size_t i = depth; i <= RP_MARKDOWN_DEPTH_MAX; i++)
		w->lists[i] = NULL;
}

static void
item(struct writing *w, const struct rp_block *b, const struct rp_block *next)
{
	rp_text marker = marker_of(w, &b->label);
	size_t depth = b->label.level < w->depth ? b->label.level : w->depth;

	if (depth >= RP_MARKDOWN_DEPTH_MAX)
		depth = RP_MARKDOWN_DEPTH_MAX - 1;
	w->indent = depth > 0 ? w->content[depth - 1] : 0;
	part_lists(w, b, depth);
	end_lists(w, depth);
	w->lists[depth] = &b->label;
	begin(w);
	if (!w->same_line)
		margin(w);
	w->same_line = false;
	put(w, marker.p, marker.n);
	if (marker.n > 0) {
		w->content[depth] = w->indent + marker.n;
		w->depth = depth + 1;
	} else if (b->label.text.n > 0) {
		put(w, b->label.text.p, b->label.text.n);
		lit(w, " ");
	}
	w->indent = w->depth > 0 ? w->content[w->depth - 1] : 0;
	if (marker.n > 0 && b->n_runs == 0 && !b->mark_ins && !b->mark_del &&
	    next != NULL && next->n_runs > 0 &&
	    next->label.kind == RP_LABEL_AUTO &&
	    next->label.level == depth + 1 && next->cell.table == 0 &&
	    rp_text_eq(next->style, b->style)) {
		w->same_line = true;
		w->empty_item = false;
		return;
	}
	inline_block(w, b);
	w->empty_item =
	    marker.n > 0 && b->n_runs == 0 && !b->mark_ins && !b->mark_del;
}

static void
paragraph(struct writing *w, const struct rp_block *b)
{
	size_t before = w->depth, depth = b->level < before ? b->level : before;

	if (b->kind == RP_BLOCK_HEADING)
		depth = 0;
	w->depth = depth;
	w->indent = depth > 0 ? w->content[depth - 1] : 0;
	if (w->empty_item && depth > 0 && depth == before)
		comment(w);
	begin(w);
	margin(w);
	if (b->kind == RP_BLOCK_HEADING) {
		for (unsigned i = 1; i < b->level && i < 6; i++)
			lit(w, "#");
		lit(w, "# ");
		if (b->label.kind == RP_LABEL_AUTO && b->label.text.n > 0) {
			put(w, b->label.text.p, b->label.text.n);
			lit(w, " ");
		}
		w->one_line = true;
	} else if (rp_text_eq(b->style, RP_TEXT("Definition"))) {
		lit(w, ":   ");
	}
	inline_block(w, b);
	w->one_line = false;
}

static void
code_block(struct writing *w, const struct rp_block *b)
{
	rp_text t = rp_block_text(w->s->arena, b);
	size_t ticks = 3, n = 0, step;

	for (size_t i = 0; i < t.n; i++) {
		n = t.p[i] == '`' ? n + 1 : 0;
		ticks = n >= ticks ? n + 1 : ticks;
	}
	w->depth = w->indent = 0;
	begin(w);
	margin(w);
	for (size_t i = 0; i < ticks; i++)
		lit(w, "`");
	lit(w, "\n");
	for (size_t i = 0; i <= t.n && t.n > 0; i += step) {
		size_t to = rp_text_find(t, '\n', i);

		step = to - i + 1;
		margin(w);
		put(w, t.p + i, to - i);
		lit(w, "\n");
	}
	margin(w);
	for (size_t i = 0; i < ticks; i++)
		lit(w, "`");
	lit(w, "\n");
}

/* The blocks of a row: how many. */
static size_t
row(struct writing *w, const struct rp_block *b, size_t n, uint32_t columns)
{
	uint32_t column = 1;
	size_t k;

	margin(w);
	lit(w, "| ");
	w->one_line = true;
	for (k = 0; k < n && b[k].cell.table == b[0].cell.table &&
		    b[k].cell.row == b[0].cell.row;
	     k++) {
		if (k > 0 && b[k].cell.column == b[k - 1].cell.column)
			lit(w, "<br>");
		for (; column < b[k].cell.column && column < columns; column++)
			lit(w, " | ");
		if (b[0].cell.row_ins)
			lit(w, "<ins>");
		if (b[0].cell.row_del)
			lit(w, "<del>");
		w->after_note = false;
		w->line_start = true;
		runs(w, &b[k]);
		w->line_start = false;
		if (b[0].cell.row_del)
			lit(w, "</del>");
		if (b[0].cell.row_ins)
			lit(w, "</ins>");
	}
	for (; column < columns; column++)
		lit(w, " | ");
	lit(w, " |\n");
	w->one_line = false;
	return k;
}

static size_t
table(struct writing *w, const struct rp_block *b, size_t n)
{
	uint32_t columns = 1;
	size_t k = 0, all = 0;

	w->depth = w->indent = 0;
	for (; all < n && b[all].cell.table == b[0].cell.table; all++)
		if (b[all].cell.column > columns)
			columns = b[all].cell.column;
	if (columns > RP_MARKDOWN_COLUMNS_MAX)
		columns = RP_MARKDOWN_COLUMNS_MAX;
	begin(w);
	while (k < all) {
		bool head = k == 0;

		k += row(w, b + k, all - k, columns);
		if (!head)
			continue;
		margin(w);
		lit(w, "|");
		for (uint32_t i = 0; i < columns; i++)
			lit(w, " --- |");
		lit(w, "\n");
	}
	return all;
}

static void
one_block(struct writing *w, const struct rp_block *b,
    const struct rp_block *next)
{
	bool quote = rp_text_eq(b->style, RP_TEXT("Quote"));

	if (quote != w->quote) {
		w->depth = 0;
		end_lists(w, 0);
	}
	w->quote = quote;
	if (b->kind == RP_BLOCK_SECTION) {
		w->depth = w->indent = 0;
		begin(w);
		margin(w);
		lit(w, "***\n");
	} else if (rp_text_eq(b->style, RP_TEXT("Code"))) {
		code_block(w, b);
	} else if (b->kind == RP_BLOCK_OPAQUE) {
		w->depth = w->indent = 0;
		begin(w);
		margin(w);
		lit(w, "\\[...\\]\n");
	} else if (b->label.kind == RP_LABEL_AUTO &&
		   b->kind != RP_BLOCK_HEADING) {
		item(w, b, next);
	} else {
		paragraph(w, b);
	}
	if (b->label.kind != RP_LABEL_AUTO || b->kind == RP_BLOCK_HEADING) {
		w->empty_item = false;
		end_lists(w, w->depth);
	}
	w->was_quote = w->quote;
}

static void
story(struct writing *w, const struct rp_story *st)
{
	const struct rp_blocks *v = &st->blocks;

	w->depth = 0;
	end_lists(w, 0);
	w->quote = w->was_quote = w->empty_item = false;
	for (size_t i = 0; i < v->n; i++) {
		if (v->v[i].cell.table != 0) {
			bool quote =
			    rp_text_eq(v->v[i].style, RP_TEXT("Quote"));

			w->quote = quote;
			w->empty_item = false;
			end_lists(w, 0);
			w->was_quote = w->was_quote && quote;
			i += table(w, &v->v[i], v->n - i) - 1;
			continue;
		}
		one_block(w, &v->v[i], i + 1 < v->n ? &v->v[i + 1] : NULL);
	}
}

static void
quoted(struct writing *w, const char *key, rp_text t)
{
	if (t.n == 0)
		return;
	lit(w, key);
	lit(w, ": \"");
	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] == '"' || t.p[i] == '\\')
			lit(w, "\\");
		put(w, t.p[i] == '\n' ? " " : &t.p[i], 1);
	}
	lit(w, "\"\n");
}

/* A note begins on the line of its mark. */
static void
note(struct writing *w, size_t i)
{
	rp_text t = rp_textf(w->s->arena, "[^%zu]: ", i + 1);

	if (w->begun)
		lit(w, "\n");
	put(w, t.p, t.n);
	if (w->d->notes.v[i].blocks.n == 0) {
		lit(w, "\n");
		w->begun = true;
		return;
	}
	w->base = 4;
	w->begun = false;
	w->no_margin = true;
	story(w, &w->d->notes.v[i]);
	w->base = 0;
	w->begun = true;
}

void
rp_markdown_write(struct rp_sink *s, const struct rp_document *d)
{
	struct writing w = { .s = s, .d = d };

	if (d->title.n > 0 || d->lang.n > 0) {
		lit(&w, "---\n");
		quoted(&w, "title", d->title);
		quoted(&w, "lang", d->lang);
		lit(&w, "---\n");
		w.begun = true;
	}
	story(&w, &d->body);
	for (size_t i = 0; i < d->notes.n; i++)
		note(&w, i);
}
