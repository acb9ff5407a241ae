#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "codec/doc_label.h"
#include "codec/markdown.h"
#include "codec/markdown_private.h"
#include "text/input.h"

#define NO SIZE_MAX
#define LISTS_MAX (RP_MARKDOWN_DEPTH_MAX + 1)

enum container_kind {
	CONTAINER_QUOTE,
	CONTAINER_ITEM,
	CONTAINER_NOTE,
};

struct container {
	enum container_kind kind;
	size_t content; /* ITEM: columns before what is in it */
	rp_text marker;
	bool bullet;
	bool fresh; /* nothing was in it yet: the label waits */
	bool left;  /* a quotation in it ended it */
};

/* A block whose source is not yet read for what is in its lines. */
struct draft {
	struct rp_block block;
	rp_text source;
	bool is_code;
};

struct drafts RP_VEC(struct draft);

/* The list that is open at a depth. */
struct list {
	uint32_t id;
	struct rp_label last;
	char end;  /* '.' or ')'; 0 for bullets */
	bool lazy; /* "1. 1. 1." */
	bool open;
};

struct note_draft {
	rp_text name;
	struct drafts drafts;
};

struct blocks {
	struct rp_markdown_reading *r;
	struct rp_arena *a;
	rp_text t; /* all of the source */
	struct drafts body;
	struct RP_VEC(struct note_draft) notes;
	struct drafts *to; /* of body, or of the last note */
	struct container open[RP_MARKDOWN_DEPTH_MAX];
	size_t n_open;
	/* The line: what is left of it, its columns used, a tab partly used. */
	rp_text line;
	size_t column, spare;
	/* The paragraph that is open: its lines, parted by \n. */
	struct rp_buf paragraph;
	size_t lines;
	bool definition;
	/* The fence that is open. */
	char fence;
	size_t fence_n, fence_indent, fence_depth;
	bool in_comment;
	/* The table that is open. */
	uint32_t table, row, columns, tables;
	struct list lists[LISTS_MAX];
	uint32_t n_lists;
	bool quoted;
	size_t nested; /* items that the last block was in, as it is written */
	rp_text title, lang;
	struct RP_VEC(uint32_t) lost; /* notes to which nothing refers */
};

/* The line. */

static size_t
indent(const struct blocks *b)
{
	size_t columns = b->spare, at = b->column + b->spare;

	for (size_t i = 0; i < b->line.n; i++) {
		size_t step = b->line.p[i] == ' '  ? 1 :
			      b->line.p[i] == '\t' ? 4 - at % 4 :
						     0;

		if (step == 0 || columns > RP_MARKDOWN_COLUMNS_MAX)
			break;
		columns += step;
		at += step;
	}
	return columns;
}

static void
skip_octets(struct blocks *b, size_t n)
{
	b->line = rp_text_sub(b->line, n, b->line.n);
	b->column += n;
}

static void
skip_columns(struct blocks *b, size_t n)
{
	while (n > 0) {
		if (b->spare == 0) {
			if (b->line.n == 0)
				return;
			b->spare = b->line.p[0] == '\t' ? 4 - b->column % 4 : 1;
			b->line = rp_text_sub(b->line, 1, b->line.n);
		}
		b->spare--;
		b->column++;
		n--;
	}
}

static void
skip_indent(struct blocks *b)
{
	b->column += b->spare;
	b->spare = 0;
	while (b->line.n > 0 && (b->line.p[0] == ' ' || b->line.p[0] == '\t'))
		skip_octets(b, 1);
}

static rp_text
rest(const struct blocks *b)
{
	rp_text t = b->line;

	while (t.n > 0 && (t.p[0] == ' ' || t.p[0] == '\t'))
		t = rp_text_sub(t, 1, t.n);
	return t;
}

static rp_text
without_end(rp_text t)
{
	while (t.n > 0 && (t.p[t.n - 1] == ' ' || t.p[t.n - 1] == '\t'))
		t = rp_text_sub(t, 0, t.n - 1);
	return t;
}

/* Blocks. */

/* A quotation leaves the items round it, unless it is their first block. */
static size_t
depth_of(const struct blocks *b, bool *quoted)
{
	bool fresh = false;
	size_t n = 0;

	*quoted = false;
	for (size_t i = 0; i < b->n_open; i++) {
		const struct container *c = &b->open[i];

		n += c->kind == CONTAINER_ITEM && !c->left;
		fresh |= c->kind == CONTAINER_ITEM && c->fresh;
		if (c->kind != CONTAINER_QUOTE)
			continue;
		*quoted = true;
		n = fresh ? n : 0;
	}
	return n;
}

static void
end_lists(struct blocks *b, size_t from)
{
	for (size_t i = from; i < LISTS_MAX; i++)
		b->lists[i].open = false;
}

static bool
goes_on(const struct list *l, const struct rp_label *now, char end)
{
	if (!l->open || l->end != end || l->last.style != now->style)
		return false;
	if (now->style == RP_LABEL_BULLET || l->lazy)
		return true;
	return now->value > l->last.value ||
	       (now->value == 1 && l->last.value == 1 &&
		   now->style == RP_LABEL_DECIMAL);
}

/* The label of an item whose first block is being put down. */
static void
label_item(struct blocks *b, const struct container *c, size_t depth,
    struct rp_label *out)
{
	struct list *l = &b->lists[depth - 1];
	char end = c->bullet ? 0 : c->marker.p[c->marker.n - 1];
	struct rp_label now = { .kind = RP_LABEL_AUTO,
		.level = (uint8_t)(depth - 1) };

	if (c->bullet) {
		now.text = RP_TEXT("•");
	} else {
		rp_doc_label_of(&now, c->marker,
		    l->open && l->end == end ? &l->last : NULL);
	}
	if (!goes_on(l, &now, end)) {
		/* What came before it has no say in another list. */
		if (!c->bullet)
			rp_doc_label_of(&now, c->marker, NULL);
		*l = (struct list){ .open = true,
			.end = end,
			.id = ++b->n_lists };
	} else if (now.style == RP_LABEL_DECIMAL &&
		   now.value <= l->last.value) {
		l->lazy = true;
		now.value = l->last.value + 1;
		now.text = rp_textf(b->a, "%d%c", now.value, end);
	}
	now.list = l->id;
	l->last = now;
	*out = now;
}

/*
 * The items a block is in, as the model can say it: an item is one deeper than
 * what came before it at most, a paragraph no deeper, and a quotation is round
 * items, never in them.
 */
static size_t
settle_depth(struct blocks *b, size_t depth, bool item,
    const struct rp_block *block)
{
	bool quoted = rp_text_eq(block->style, RP_TEXT("Quote"));

	if (quoted != b->quoted) {
		end_lists(b, 0);
		b->nested = 0;
	}
	b->quoted = quoted;
	if (item)
		depth = depth <= b->nested ? depth : b->nested + 1;
	else if (block->kind != RP_BLOCK_PARAGRAPH || block->cell.table != 0 ||
		 rp_text_eq(block->style, RP_TEXT("Code")))
		depth = 0;
	else if (depth > b->nested)
		depth = b->nested;
	b->nested = depth;
	end_lists(b, depth);
	return depth;
}

static void
put(struct blocks *b, struct draft d)
{
	bool quoted;
	size_t depth = depth_of(b, &quoted);
	struct container *in = NULL;

	for (size_t i = 0; i < b->n_open; i++)
		if (b->open[i].kind == CONTAINER_ITEM)
			in = &b->open[i];
	if (in != NULL && in->fresh &&
	    rp_text_eq(d.block.style, RP_TEXT("Definition")))
		d.block.style = (rp_text){ 0 };
	if (quoted && d.block.style.n == 0)
		d.block.style = RP_TEXT("Quote");
	depth = settle_depth(b, depth, in != NULL && in->fresh, &d.block);
	if (in != NULL && in->fresh) {
		label_item(b, in, depth, &d.block.label);
		d.block.kind = RP_BLOCK_ITEM;
		d.block.level = (uint8_t)(depth - 1);
		in->fresh = false;
	} else if (d.block.kind == RP_BLOCK_PARAGRAPH) {
		d.block.level = (uint8_t)depth;
	}
	rp_vec_push(b->a, b->to, d);
	for (size_t i = 0, items = 0; i < b->n_open; i++) {
		if (b->open[i].kind != CONTAINER_QUOTE)
			continue;
		for (; items < i; items++)
			b->open[items].left = !b->open[items].fresh;
	}
}

static void
end_table(struct blocks *b)
{
	b->table = 0;
}

static void
end_paragraph(struct blocks *b)
{
	struct draft d = { 0 };

	if (b->lines == 0)
		return;
	d.source = without_end(
	    rp_doc_clean(b->a, (rp_bytes){ b->paragraph.p, b->paragraph.n }));
	if (b->definition)
		d.block.style = RP_TEXT("Definition");
	b->lines = 0;
	b->definition = false;
	b->paragraph.n = 0;
	put(b, d);
}

/* An item in which there was nothing is a block all the same. */
static void
settle_fresh(struct blocks *b, size_t from)
{
	size_t all = b->n_open;

	for (size_t i = from; i < all; i++) {
		if (b->open[i].kind != CONTAINER_ITEM || !b->open[i].fresh)
			continue;
		b->n_open = i + 1;
		put(b, (struct draft){ 0 });
	}
	b->n_open = all;
}

static void
close_to(struct blocks *b, size_t n)
{
	if (n >= b->n_open)
		return;
	end_paragraph(b);
	end_table(b);
	settle_fresh(b, n);
	for (size_t i = n; i < b->n_open; i++)
		if (b->open[i].kind == CONTAINER_NOTE) {
			end_lists(b, 0);
			b->nested = 0;
			b->to = &b->body;
		}
	b->n_open = n;
}

/* Headings, tables, code and lines are in no list. */
static void
leave_lists(struct blocks *b)
{
	size_t i = 0;

	end_paragraph(b);
	while (i < b->n_open && b->open[i].kind != CONTAINER_ITEM)
		i++;
	close_to(b, i);
}

static void
add_line(struct blocks *b, rp_text t)
{
	if (b->lines++ > 0)
		rp_buf_byte(&b->paragraph, '\n');
	rp_buf_text(&b->paragraph, t);
}

static bool
is_line_of(rp_text t, char c, size_t at_least, bool spaces)
{
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] == c)
			n++;
		else if (!spaces || (t.p[i] != ' ' && t.p[i] != '\t'))
			return false;
	}
	return n >= at_least;
}

static bool
is_break(rp_text t)
{
	return is_line_of(t, '-', 3, true) || is_line_of(t, '*', 3, true) ||
	       is_line_of(t, '_', 3, true);
}

/* "# x #": the level, or 0. */
static unsigned
heading_level(rp_text t)
{
	unsigned n = 0;

	while (n < t.n && n < 7 && t.p[n] == '#')
		n++;
	return n > 0 && n < 7 && (n == t.n || t.p[n] == ' ' || t.p[n] == '\t') ?
		   n :
		   0;
}

static rp_text
heading_text(rp_text t)
{
	size_t end;

	while (t.n > 0 && t.p[0] == '#')
		t = rp_text_sub(t, 1, t.n);
	while (t.n > 0 && (t.p[0] == ' ' || t.p[0] == '\t'))
		t = rp_text_sub(t, 1, t.n);
	t = without_end(t);
	for (end = t.n; end > 0 && t.p[end - 1] == '#'; end--)
		;
	if (end == 0 || t.p[end - 1] == ' ' || t.p[end - 1] == '\t')
		t = without_end(rp_text_sub(t, 0, end));
	return t;
}

static void
put_heading(struct blocks *b, unsigned level, rp_text source)
{
	leave_lists(b);
	end_table(b);
	put(b, (struct draft){ .source = source,
		   .block = { .kind = RP_BLOCK_HEADING,
		       .level = (uint8_t)level } });
}

/* Markers. */

static bool
is_alnum(char c)
{
	return (c >= '0' && c <= '9') ||
	       ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool
is_digits(rp_text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] < '0' || t.p[i] > '9')
			return false;
	return true;
}

size_t
rp_markdown_marker(rp_text t, size_t from, bool *bullet)
{
	size_t end = from, spaces = 0;
	struct rp_label l;

	*bullet = false;
	if (from >= t.n)
		return 0;
	if (strchr("-*+", t.p[from]) != NULL) {
		*bullet = true;
		end = from + 1;
		return end == t.n || strchr(" \t\n", t.p[end]) ? 1 : 0;
	}
	while (end < t.n && end - from < 9 && is_alnum(t.p[end]))
		end++;
	if (end == from || end == t.n || (t.p[end] != '.' && t.p[end] != ')'))
		return 0;
	while (end + 1 + spaces < t.n && t.p[end + 1 + spaces] == ' ')
		spaces++;
	if (end + 1 < t.n && spaces == 0 && t.p[end + 1] != '\t' &&
	    t.p[end + 1] != '\n')
		return 0;
	if (is_digits(rp_text_sub(t, from, end)))
		return end + 1 - from;
	rp_doc_label_of(&l, rp_text_sub(t, from, end), NULL);
	if (l.style < RP_LABEL_LOWER_LETTER || l.style > RP_LABEL_UPPER_ROMAN ||
	    (t.p[end] == '.' && spaces < 2))
		return 0;
	return end + 1 - from;
}

size_t
rp_markdown_typed(rp_text t, size_t from, rp_text *label)
{
	size_t end = from + 1;
	struct rp_label l;

	if (from >= t.n || t.p[from] != '(')
		return 0;
	while (end < t.n && end - from < 9 && is_alnum(t.p[end]))
		end++;
	if (end + 1 >= t.n || t.p[end] != ')' || t.p[end + 1] != ' ')
		return 0;
	*label = rp_text_sub(t, from, end + 1);
	rp_doc_label_of(&l, *label, NULL);
	if (l.style == RP_LABEL_OTHER)
		return 0;
	for (end++; end < t.n && t.p[end] == ' '; end++)
		;
	return end - from;
}

static bool
open_container(struct blocks *b, struct container c)
{
	if (b->n_open == RP_MARKDOWN_DEPTH_MAX)
		return false;
	b->open[b->n_open++] = c;
	return true;
}

/* A new item, if the line begins with one. */
static bool
open_item(struct blocks *b, bool in_paragraph)
{
	size_t columns = indent(b), n, spaces;
	rp_text t = rest(b);
	struct container c = { .kind = CONTAINER_ITEM, .fresh = true };
	bool empty;

	n = rp_markdown_marker(t, 0, &c.bullet);
	if (n == 0 || b->n_open == RP_MARKDOWN_DEPTH_MAX)
		return false;
	c.marker = rp_text_sub(t, 0, n);
	empty = without_end(rp_text_sub(t, n, t.n)).n == 0;
	if (in_paragraph && !c.bullet) {
		struct rp_label l;

		rp_doc_label_of(&l, c.marker, NULL);
		if (l.value != 1)
			return false;
	}
	if (in_paragraph && empty)
		return false;
	end_paragraph(b);
	end_table(b);
	settle_fresh(b, 0);
	skip_indent(b);
	skip_octets(b, n);
	spaces = indent(b);
	if (empty || spaces > 4 + 4)
		spaces = 1;
	c.content = columns + n + spaces;
	skip_columns(b, spaces);
	return open_container(b, c);
}

static bool
open_quote(struct blocks *b)
{
	if (rest(b).n == 0 || rest(b).p[0] != '>' ||
	    b->n_open == RP_MARKDOWN_DEPTH_MAX)
		return false;
	end_paragraph(b);
	end_table(b);
	skip_indent(b);
	skip_octets(b, 1);
	if (indent(b) > 0)
		skip_columns(b, 1);
	return open_container(b, (struct container){ .kind = CONTAINER_QUOTE });
}

static bool
open_note(struct blocks *b)
{
	rp_text name, t = rest(b);
	size_t end = rp_markdown_mark(t, 0, &name);
	struct note_draft *n;

	if (end == 0 || end == t.n || t.p[end] != ':' || b->n_open > 0 ||
	    rp_map_find(&b->r->defined, name) != NULL)
		return false;
	end_paragraph(b);
	end_table(b);
	end_lists(b, 0);
	b->nested = 0;
	skip_indent(b);
	skip_octets(b, end + 1);
	if (indent(b) > 0)
		skip_columns(b, 1);
	*rp_map_at(b->a, &b->r->defined, name) = (uint32_t)b->notes.n;
	rp_vec_push(b->a, &b->notes, (struct note_draft){ .name = name });
	n = &b->notes.v[b->notes.n - 1];
	b->to = &n->drafts;
	return open_container(b, (struct container){ .kind = CONTAINER_NOTE });
}

/* Tables. */

/* The next cell of a row from `i` on, which is moved behind it. */
static bool
next_cell(rp_text t, size_t *i, rp_text *out)
{
	size_t from = *i;

	if (from >= t.n)
		return false;
	for (; *i < t.n && t.p[*i] != '|'; ++*i)
		*i += t.p[*i] == '\\' && *i + 1 < t.n;
	*out = rp_text_trim(rp_text_sub(t, from, *i));
	++*i;
	return true;
}

static rp_text
row_of(rp_text t)
{
	t = rp_text_trim(t);
	if (t.n > 0 && t.p[0] == '|')
		t = rp_text_sub(t, 1, t.n);
	if (t.n > 0 && t.p[t.n - 1] == '|' &&
	    (t.n == 1 || t.p[t.n - 2] != '\\'))
		t = rp_text_sub(t, 0, t.n - 1);
	return t;
}

static uint32_t
count_cells(rp_text row)
{
	size_t i = 0;
	uint32_t n = 0;
	rp_text cell;

	while (next_cell(row, &i, &cell))
		n++;
	return n;
}

/* "| --- | :-: |": how many columns, or 0. */
static uint32_t
dashes(rp_text t)
{
	rp_text row = row_of(t), cell;
	size_t i = 0;
	uint32_t n = 0;

	if (rp_text_find(t, '|', 0) == t.n)
		return 0;
	while (next_cell(row, &i, &cell)) {
		if (cell.n > 0 && cell.p[0] == ':')
			cell = rp_text_sub(cell, 1, cell.n);
		if (cell.n > 0 && cell.p[cell.n - 1] == ':')
			cell = rp_text_sub(cell, 0, cell.n - 1);
		if (!is_line_of(cell, '-', 1, false))
			return 0;
		n++;
	}
	return n;
}

static void
put_row(struct blocks *b, rp_text row)
{
	size_t i = 0;
	rp_text cell;

	b->row++;
	for (uint32_t column = 1; column <= b->columns; column++) {
		struct draft d = { .block.cell = { .table = b->table,
				       .row = b->row,
				       .column = column } };

		if (next_cell(row, &i, &cell))
			d.source = cell;
		put(b, d);
	}
}

static bool
begin_table(struct blocks *b)
{
	rp_text head = { (const char *)b->paragraph.p, b->paragraph.n };
	uint32_t n;

	if (b->lines != 1 || b->definition)
		return false;
	n = dashes(rest(b));
	if (n == 0 || n > RP_MARKDOWN_COLUMNS_MAX ||
	    rp_text_find(head, '|', 0) == head.n ||
	    count_cells(row_of(head)) != n)
		return false;
	head = rp_text_dup(b->a, head);
	b->lines = 0;
	b->paragraph.n = 0;
	leave_lists(b);
	b->table = ++b->tables;
	b->row = 0;
	b->columns = n;
	put_row(b, row_of(head));
	return true;
}

/* Code. */

static bool
begin_fence(struct blocks *b)
{
	rp_text t = rest(b);
	size_t n = 0;

	if (t.n == 0 || (t.p[0] != '`' && t.p[0] != '~'))
		return false;
	while (n < t.n && t.p[n] == t.p[0])
		n++;
	if (n < 3 || (t.p[0] == '`' && rp_text_find(t, '`', n) < t.n))
		return false;
	leave_lists(b);
	end_table(b);
	b->fence = t.p[0];
	b->fence_n = n;
	b->fence_indent = indent(b);
	b->fence_depth = b->n_open;
	return true;
}

static void
end_fence(struct blocks *b)
{
	struct draft d = { .is_code = true, .block.style = RP_TEXT("Code") };

	d.source =
	    rp_doc_clean(b->a, (rp_bytes){ b->paragraph.p, b->paragraph.n });
	b->fence = 0;
	b->lines = 0;
	b->paragraph.n = 0;
	put(b, d);
}

static void
fence_line(struct blocks *b)
{
	rp_text t = without_end(rest(b));
	size_t columns = indent(b);

	if (t.n >= b->fence_n && is_line_of(t, b->fence, b->fence_n, false)) {
		end_fence(b);
		return;
	}
	skip_columns(b, columns < b->fence_indent ? columns : b->fence_indent);
	if (b->lines++ > 0)
		rp_buf_byte(&b->paragraph, '\n');
	for (; b->spare > 0; b->spare--)
		rp_buf_byte(&b->paragraph, ' ');
	rp_buf_text(&b->paragraph, b->line);
}

/* Lines. */

static void
comment_line(struct blocks *b, rp_text t)
{
	b->in_comment = memmem(t.p, t.n, "-->", 3) == NULL;
}

static bool
is_underline(const struct blocks *b, rp_text t)
{
	return b->lines > 0 && !b->definition &&
	       (is_line_of(without_end(t), '-', 2, false) ||
		   is_line_of(without_end(t), '=', 2, false));
}

static void
underline(struct blocks *b, rp_text t)
{
	rp_text source = without_end(
	    rp_doc_clean(b->a, (rp_bytes){ b->paragraph.p, b->paragraph.n }));

	b->lines = 0;
	b->paragraph.n = 0;
	put_heading(b, t.p[0] == '=' ? 1 : 2, source);
}

/* What is no paragraph. */
static bool
other_line(struct blocks *b, rp_text t)
{
	bool quoted;

	if (is_underline(b, t)) {
		underline(b, t);
	} else if (begin_table(b) || begin_fence(b)) {
		return true;
	} else if (heading_level(t) > 0) {
		put_heading(b, heading_level(t), heading_text(t));
	} else if (is_break(t)) {
		leave_lists(b);
		end_table(b);
		put(b, (struct draft){ .block.kind = RP_BLOCK_SECTION });
	} else if (rp_text_starts(t, RP_TEXT("<!--"))) {
		end_paragraph(b);
		end_table(b);
		settle_fresh(b, 0);
		end_lists(b, depth_of(b, &quoted));
		comment_line(b, t);
	} else {
		return false;
	}
	return true;
}

static void
text_line(struct blocks *b, rp_text t)
{
	if (b->table != 0) {
		put_row(b, row_of(t));
		return;
	}
	if (t.p[0] == ':' && t.n > 2 &&
	    (t.p[1] == '\t' || (t.p[1] == ' ' && t.p[2] == ' '))) {
		end_paragraph(b);
		b->definition = true;
		for (t = rp_text_sub(t, 1, t.n);
		     t.n > 0 && (t.p[0] == ' ' || t.p[0] == '\t');)
			t = rp_text_sub(t, 1, t.n);
		if (t.n == 0) {
			b->definition = false;
			return;
		}
	}
	add_line(b, t);
}

/* How many of the open containers the line is in. */
static size_t
matched(struct blocks *b)
{
	size_t i;

	for (i = 0; i < b->n_open; i++) {
		const struct container *c = &b->open[i];
		size_t columns = indent(b);
		bool blank = rest(b).n == 0;

		if (c->kind == CONTAINER_QUOTE) {
			if (blank || rest(b).p[0] != '>')
				break;
			skip_indent(b);
			skip_octets(b, 1);
			if (indent(b) > 0)
				skip_columns(b, 1);
			continue;
		}
		/* A blank line is in it, with what it has of the columns. */
		if (!blank &&
		    columns < (c->kind == CONTAINER_NOTE ? 4 : c->content))
			break;
		skip_columns(b, c->kind == CONTAINER_NOTE ? 4 : c->content);
	}
	return i;
}

static void
blank_line(struct blocks *b, size_t in)
{
	end_paragraph(b);
	end_table(b);
	for (size_t i = in; i < b->n_open; i++)
		if (b->open[i].kind == CONTAINER_QUOTE) {
			close_to(b, i);
			break;
		}
}

static bool
starts_something(struct blocks *b)
{
	rp_text t = rest(b), name;
	bool bullet;

	return t.p[0] == '>' || heading_level(t) > 0 || is_break(t) ||
	       rp_text_starts(t, RP_TEXT("<!--")) ||
	       rp_text_starts(t, RP_TEXT("```")) ||
	       rp_markdown_marker(t, 0, &bullet) > 0 ||
	       rp_markdown_mark(t, 0, &name) > 0 ||
	       (t.p[0] == ':' && t.n > 1 && t.p[1] <= ' ') ||
	       is_underline(b, t);
}

static void
line(struct blocks *b, rp_text t)
{
	size_t in;

	b->line = t;
	b->column = b->spare = 0;
	if (b->in_comment) {
		comment_line(b, t);
		return;
	}
	in = matched(b);
	if (b->fence != 0) {
		if (in >= b->fence_depth) {
			fence_line(b);
			return;
		}
		end_fence(b);
	}
	if (rest(b).n == 0) {
		blank_line(b, in);
		return;
	}
	if (in < b->n_open && b->lines > 0 && !starts_something(b)) {
		skip_indent(b);
		text_line(b, b->line);
		return;
	}
	close_to(b, in);
	for (;;) {
		rp_text now = rest(b);

		if (now.n == 0) /* an empty item, note or quote */
			return;
		if (other_line(b, now))
			return;
		if (!open_quote(b) && !open_note(b) &&
		    !open_item(b, b->lines > 0))
			break;
	}
	skip_indent(b);
	text_line(b, b->line);
}

/* "---" with "key: value" lines: the octet behind it, or 0. */
static size_t
front_matter(struct blocks *b)
{
	size_t step, i, end = 0;
	rp_text value = { 0 }, *target = NULL;

	if (!rp_text_starts(b->t, RP_TEXT("---\n")))
		return 0;
	for (i = 4; i < b->t.n && end == 0; i += step) {
		rp_text t = rp_text_sub(b->t, i, rp_text_find(b->t, '\n', i));

		step = t.n + 1;
		t = without_end(t);
		if (rp_text_eq(t, RP_TEXT("---")))
			end = i + step;
	}
	for (i = 4; i < end; i += step) {
		rp_text t = rp_text_sub(b->t, i, rp_text_find(b->t, '\n', i));
		size_t colon = rp_text_find(t, ':', 0);

		step = t.n + 1;
		if (t.n > 0 && t.p[0] == ' ' && target != NULL &&
		    target->n < RP_MARKDOWN_TITLE_MAX) {
			*target = rp_textf(b->a, "%.*s %.*s", RP_FMT(*target),
			    RP_FMT(rp_text_trim(t)));
			continue;
		}
		target = NULL;
		if (colon == t.n)
			continue;
		value = rp_text_trim(rp_text_sub(t, colon + 1, t.n));
		t = rp_text_sub(t, 0, colon);
		if (rp_text_eq(t, RP_TEXT("title")) ||
		    rp_text_eq(t, RP_TEXT("Title")))
			target = &b->title;
		else if (rp_text_eq(t, RP_TEXT("lang")))
			target = &b->lang;
		if (target != NULL)
			*target = value;
	}
	return end < b->t.n ? end : b->t.n;
}

static rp_text
unquoted(struct rp_arena *a, rp_text t)
{
	char *p = rp_alloc(a, t.n + 1);
	size_t n = 0;

	if (t.n < 2 || t.p[0] != '"' || t.p[t.n - 1] != '"')
		return t;
	for (size_t i = 1; i + 1 < t.n; i++) {
		i += t.p[i] == '\\' && i + 2 < t.n;
		p[n++] = t.p[i];
	}
	return (rp_text){ p, n };
}

/* From drafts to blocks. */

/* The typed label at the start of the runs is a run of its own. */
static struct rp_err *
cut_label(struct rp_markdown_reading *r, const struct draft *d,
    struct rp_block *block, struct rp_doc_runs *runs)
{
	rp_text label, t = d->source;
	struct rp_doc_runs cut = { 0 };
	size_t from = 0, n;

	if (t.n == 0)
		return NULL;
	while (rp_text_starts(rp_text_sub(t, from, t.n), RP_TEXT("<ins>")) ||
	       rp_text_starts(rp_text_sub(t, from, t.n), RP_TEXT("<del>")))
		from += 5;
	n = rp_markdown_typed(t, from, &label);
	t = rp_text_sub(t, from, from + n);
	if (n == 0 || block->label.kind != RP_LABEL_NONE ||
	    block->kind != RP_BLOCK_PARAGRAPH || block->style.n > 0 ||
	    block->cell.table != 0)
		return NULL;
	for (size_t i = 0; i < runs->n; i++) {
		struct rp_run head = runs->v[i], tail = head;

		if (n > 0 && head.kind == RP_RUN_TEXT && head.text.n > 0) {
			size_t k = head.text.n < n ? head.text.n : n;

			/* A tag that is text, or a line that ends. */
			if (memcmp(head.text.p, t.p, k) != 0)
				return NULL;
			t = rp_text_sub(t, k, t.n);
			head.text = rp_text_sub(head.text, 0, k);
			tail.text = rp_text_sub(tail.text, k, tail.text.n);
			n -= k;
			RP_TRY(rp_doc_build_run(&r->b, &cut, &head));
			if (n == 0)
				block->label_runs = (uint32_t)cut.n;
		}
		if (tail.kind != RP_RUN_TEXT || tail.text.n > 0)
			RP_TRY(rp_doc_build_run(&r->b, &cut, &tail));
	}
	/* Nor is it one without a text. */
	if (block->label_runs == cut.n)
		block->label_runs = 0;
	if (block->label_runs == 0)
		return NULL;
	*runs = cut;
	rp_doc_label_of(&block->label, label, NULL);
	block->label.kind = RP_LABEL_TYPED;
	block->label.level = block->level;
	block->kind = RP_BLOCK_ITEM;
	return NULL;
}

static bool
ends_with(rp_text t, rp_text end)
{
	return t.n >= end.n &&
	       rp_text_eq(rp_text_sub(t, t.n - end.n, t.n), end);
}

/* "<del>¶</del>" at the end of the source, and not as text. */
static bool
marks_alone(rp_text source, const struct rp_run *last)
{
	if ((last->ins == 0 && last->del == 0) || last->kind != RP_RUN_TEXT ||
	    !rp_text_eq(last->text, RP_TEXT("¶")))
		return false;
	return ends_with(source, RP_TEXT("<ins>¶</ins>")) ||
	       ends_with(source, RP_TEXT("<del>¶</del>")) ||
	       ends_with(source, RP_TEXT("<ins><del>¶</del></ins>"));
}

/* A paragraph that goes as a whole, or a mark that goes alone. */
static void
mark_revisions(struct rp_block *block, rp_text source, struct rp_doc_runs *runs)
{
	const struct rp_run *last = runs->n > 0 ? &runs->v[runs->n - 1] : NULL;

	if (last == NULL)
		return;
	block->mark_ins = last->ins;
	block->mark_del = last->del;
	if (marks_alone(source, last)) {
		runs->n--;
		return;
	}
	for (size_t i = 0; i < runs->n; i++) {
		if (runs->v[i].ins == 0)
			block->mark_ins = 0;
		if (runs->v[i].del == 0)
			block->mark_del = 0;
	}
}

/* "<b></b>" alone: what would be an empty line is no paragraph. */
static bool
is_nothing(const struct rp_block *block, const struct rp_doc_runs *runs)
{
	return block->kind == RP_BLOCK_PARAGRAPH && block->cell.table == 0 &&
	       runs->n == 0 && block->mark_ins == 0 && block->mark_del == 0;
}

static struct rp_err *
put_draft(struct rp_markdown_reading *r, const struct draft *d,
    struct rp_blocks *to)
{
	struct rp_block block = d->block;
	struct rp_doc_runs runs = { 0 };

	if (d->is_code) {
		struct rp_format f = { .look = RP_LOOK_CODE };
		struct rp_run run = { .text = d->source };

		run.format = rp_document_format(r->b.arena, r->b.doc, &f);
		RP_TRY(rp_doc_build_run(&r->b, &runs, &run));
		return rp_doc_build_block(&r->b, to, &block, &runs);
	}
	RP_TRY(rp_markdown_inline(r, d->source, &runs));
	RP_TRY(cut_label(r, d, &block, &runs));
	mark_revisions(&block, d->source, &runs);
	if (is_nothing(&block, &runs))
		return NULL;
	RP_TRY(rp_doc_build_block(&r->b, to, &block, &runs));
	/* Entities and escapes may have put a letter and its accent together.
	 */
	for (uint32_t i = 0; i < to->v[to->n - 1].n_runs; i++) {
		rp_text *text = &to->v[to->n - 1].runs[i].text;

		*text = rp_text_nfc(r->b.arena, *text);
	}
	return NULL;
}

/*
 * Tables count within the story, lists in the order in which they are met. A
 * note that is put down twice has lists of its own in each place.
 */
static struct rp_err *
put_drafts(struct rp_markdown_reading *r, const struct drafts *from,
    struct rp_blocks *to, uint32_t *tables)
{
	uint32_t last = 0, before = r->n_lists;

	for (size_t i = 0; i < from->n; i++) {
		struct draft d = from->v[i];
		uint32_t *list = &d.block.label.list;

		if (*list != 0) {
			if (r->lists[*list] <= before)
				r->lists[*list] = ++r->n_lists;
			*list = r->lists[*list];
		}
		if (d.block.cell.table != 0) {
			*tables += d.block.cell.table != last;
			last = d.block.cell.table;
			d.block.cell.table = *tables;
		}
		RP_TRY(put_draft(r, &d, to));
	}
	return NULL;
}

/* Notes in the order of their marks; a note in a note comes behind all. */
static struct rp_err *
put_notes(struct rp_markdown_reading *r, const struct blocks *b, size_t *at,
    bool *used)
{
	for (; *at < r->b.doc->notes.n; ++*at) {
		struct rp_blocks made = { 0 };
		uint32_t which = r->order.v[*at], tables = 0;

		used[which] = true;
		RP_TRY(
		    put_drafts(r, &b->notes.v[which].drafts, &made, &tables));
		r->b.doc->notes.v[*at].blocks = made;
	}
	return NULL;
}

static struct rp_err *
revisions(struct rp_markdown_reading *r)
{
	RP_TRY(rp_doc_build_revise(&r->b,
	    &(struct rp_revision){ .kind = RP_REVISION_INSERT }, &r->ins));
	return rp_doc_build_revise(&r->b,
	    &(struct rp_revision){ .kind = RP_REVISION_DELETE }, &r->del);
}

/* The body with the notes b->lost at its end, then the notes. */
static struct rp_err *
put_stories(struct rp_markdown_reading *r, struct blocks *b, bool *used,
    size_t *at)
{
	struct rp_markdown_names defined = r->defined;
	struct rp_blocks *body;
	uint32_t tables = 0;

	*r = (struct rp_markdown_reading){ .defined = defined };
	rp_doc_build_init(&r->b, b->a);
	RP_TRY(revisions(r));
	r->lists = rp_new_n(b->a, uint32_t, (size_t)b->n_lists + 1);
	body = &r->b.doc->body.blocks;
	RP_TRY(put_drafts(r, &b->body, body, &tables));
	for (size_t i = 0; i < b->lost.n; i++)
		RP_TRY(put_drafts(r, &b->notes.v[b->lost.v[i]].drafts, body,
		    &tables));
	*at = 0;
	return put_notes(r, b, at, used);
}

/*
 * The text of a note that nothing refers to is not lost: it ends the body. The
 * notes it refers to then come before those of other notes, so that they are
 * numbered anew.
 */
static struct rp_err *
put_all(struct rp_markdown_reading *r, struct blocks *b)
{
	bool *used = rp_new_n(b->a, bool, b->notes.n + 1);
	struct rp_blocks scratch = { 0 };
	uint32_t tables = 0;
	size_t at;

	RP_TRY(put_stories(r, b, used, &at));
	for (size_t i = 0; i < b->notes.n; i++) {
		if (used[i])
			continue;
		rp_vec_push(b->a, &b->lost, (uint32_t)i);
		RP_TRY(put_drafts(r, &b->notes.v[i].drafts, &scratch, &tables));
		RP_TRY(put_notes(r, b, &at, used));
	}
	return b->lost.n > 0 ? put_stories(r, b, used, &at) : NULL;
}

struct rp_err *
rp_markdown_read(struct rp_arena *a, rp_bytes in, struct rp_document **out)
{
	struct rp_markdown_reading r = { 0 };
	struct blocks *b = rp_new(a, struct blocks);
	size_t step;

	b->r = &r;
	b->a = a;
	b->to = &b->body;
	RP_TRY(rp_text_input(a, in, RP_DOCUMENT_TEXT_MAX, &b->t));
	rp_buf_init(&b->paragraph, a, RP_DOCUMENT_TEXT_MAX * 2);
	for (size_t i = front_matter(b); i < b->t.n; i += step) {
		rp_text t = rp_text_sub(b->t, i, rp_text_find(b->t, '\n', i));

		step = t.n + 1;
		line(b, t);
		if (b->body.n > RP_DOCUMENT_BLOCKS_MAX)
			return rp_fail(RP_E_LIMIT, "too many blocks");
	}
	if (b->fence != 0)
		end_fence(b);
	end_paragraph(b);
	close_to(b, 0);
	RP_TRY(put_all(&r, b));
	r.b.doc->title = unquoted(a, b->title);
	r.b.doc->lang = unquoted(a, b->lang);
	*out = r.b.doc;
	return NULL;
}
