#include "exchange/compare.h"

#include <string.h>

#include "base/err.h"
#include "document/accept.h"
#include "exchange/compare_private.h"

/* What is made of an edit; one of the two may be RP_NO_BLOCK. */
struct item {
	uint32_t old, now;
	const struct rp_edit *edit; /* its runs and notes; NULL: none */
	uint32_t move;              /* number of the move; 0: none */
};

struct items RP_VEC(struct item);

static void
add_item(struct rp_arena *a, struct items *to, uint32_t old, uint32_t now,
    const struct rp_edit *edit, uint32_t move)
{
	struct item x = { old, now, edit, move };

	rp_vec_push(a, to, x);
}

static bool
same_row(const struct rp_cell *x, const struct rp_cell *y)
{
	return x->table == y->table && x->row == y->row;
}

/*
 * Blocks may be aligned if their cells are: rows of a table go with rows of one
 * other table, in order, and columns with columns.
 */
struct cells {
	const struct rp_cell *old,
	    *now; /* of the last aligned pair in tables */
};

static bool
may_align(struct cells *c, const struct rp_cell *x, const struct rp_cell *y)
{
	if (x->table == 0 && y->table == 0) {
		c->old = c->now = NULL;
		return true;
	}
	if (x->table == 0 || y->table == 0 || x->column != y->column)
		return false;
	if (c->old != NULL) {
		bool table = x->table == c->old->table;
		bool row = table && x->row == c->old->row;

		if (table != (y->table == c->now->table) ||
		    row != (y->table == c->now->table && y->row == c->now->row))
			return false;
	}
	c->old = x;
	c->now = y;
	return true;
}

static bool
aligned(const struct rp_edit *e, enum rp_compare_form form)
{
	if (e->op != RP_OP_EQUAL && e->op != RP_OP_EDIT)
		return false;
	if (e->old == RP_NO_BLOCK || e->now == RP_NO_BLOCK)
		return false;
	if (form == RP_COMPARE_ALL)
		return false;
	return form != RP_COMPARE_PARAGRAPHS || e->op == RP_OP_EQUAL;
}

static bool
is_opaque(const struct rp_block *b)
{
	return b->kind == RP_BLOCK_OPAQUE;
}

/*
 * Tables that stand together, on one side: run[i] is the number of that of
 * block i, 0 outside tables. Of the k-th, `from` and `to` are its blocks.
 */
struct grid {
	const struct rp_blocks *blocks;
	uint32_t *run, *from, *to, n;
	uint64_t *row;       /* of each block, which columns its row has */
	bool *whole, *taken; /* replaced as a whole; made items of */
};

/* The row that begins with block `i`; nested tables may stand in it. */
static void
read_row(struct grid *g, uint32_t i)
{
	const struct rp_cell *first = &g->blocks->v[i].cell;
	uint32_t end = i, to = g->to[g->run[i]];
	uint64_t columns = 0;

	for (; end < to; end++) {
		const struct rp_cell *c = &g->blocks->v[end].cell;

		if (c->table == first->table && c->row != first->row)
			break;
		if (c->table == first->table)
			columns |= (uint64_t)1 << (c->column & 63);
	}
	for (; i < end; i++)
		if (same_row(&g->blocks->v[i].cell, first))
			g->row[i] = columns;
}

static void
read_grid(struct rp_arena *a, const struct rp_blocks *blocks, struct grid *g)
{
	size_t n = blocks->n;

	*g = (struct grid){ .blocks = blocks,
		.run = rp_new_n(a, uint32_t, n + 1),
		.from = rp_new_n(a, uint32_t, n + 2),
		.to = rp_new_n(a, uint32_t, n + 2),
		.row = rp_new_n(a, uint64_t, n + 1),
		.whole = rp_new_n(a, bool, n + 2),
		.taken = rp_new_n(a, bool, n + 2) };
	for (uint32_t i = 0; i < n; i++) {
		const struct rp_cell *c = &blocks->v[i].cell;

		if (c->table == 0)
			continue;
		if (i == 0 || g->run[i - 1] == 0)
			g->from[++g->n] = i;
		g->run[i] = g->n;
		g->to[g->n] = i + 1;
	}
	for (uint32_t i = 0; i < n; i++)
		if (g->run[i] != 0 && g->row[i] == 0)
			read_row(g, i);
}

/*
 * Word has no revision for a column: where the columns of a table changed, or
 * its rows are not those of one table, it goes and comes as a whole, and with
 * it what stands beside it without a paragraph between.
 */
static uint32_t
find_whole_tables(const struct rp_script *s, struct grid *old, struct grid *now)
{
	struct cells cells = { 0 };
	bool more = true;
	uint32_t n = 0;

	for (bool first = true; more; first = false) {
		more = false;
		for (size_t i = 0; i < s->edits.n; i++) {
			const struct rp_edit *e = &s->edits.v[i];
			uint32_t a, b;
			bool good;

			if (!aligned(e, RP_COMPARE_WORDS))
				continue;
			a = old->run[e->old];
			b = now->run[e->now];
			good = !first ||
			       may_align(&cells, &old->blocks->v[e->old].cell,
				   &now->blocks->v[e->now].cell);
			if (a == 0 || b == 0)
				continue;
			good = good && old->row[e->old] == now->row[e->now];
			if (good && old->whole[a] == now->whole[b])
				continue;
			if (old->whole[a] && now->whole[b])
				continue;
			old->whole[a] = now->whole[b] = more = true;
		}
	}
	for (uint32_t i = 1; i <= now->n; i++)
		n += now->whole[i];
	return n;
}

/* All blocks of the tables that block `i` is in, the first time. */
static bool
take_whole(struct rp_compare_making *m, struct grid *g, uint32_t i, bool now,
    struct items *out)
{
	uint32_t run = i != RP_NO_BLOCK ? g->run[i] : 0;

	if (run == 0 || !g->whole[run])
		return false;
	for (uint32_t k = g->from[run]; k < g->to[run] && !g->taken[run]; k++)
		add_item(m->arena, out, now ? RP_NO_BLOCK : k,
		    now ? k : RP_NO_BLOCK, NULL, 0);
	g->taken[run] = true;
	return true;
}

/* Items in the order of the new text, old ones alone as the script has them. */
static void
take_edits(struct rp_compare_making *m, enum rp_compare_form form,
    struct items *out)
{
	uint32_t next = 0, moves = 0;
	struct cells cells = { 0 };
	struct grid old, now;

	/* Then nothing of one table stands inside another. */
	for (uint32_t i = 0;
	     form == RP_COMPARE_ALL && i < m->old->body.blocks.n; i++)
		add_item(m->arena, out, i, RP_NO_BLOCK, NULL, 0);
	for (uint32_t i = 0;
	     form == RP_COMPARE_ALL && i < m->now->body.blocks.n; i++)
		add_item(m->arena, out, RP_NO_BLOCK, i, NULL, 0);
	if (form == RP_COMPARE_ALL)
		return;
	read_grid(m->arena, &m->old->body.blocks, &old);
	read_grid(m->arena, &m->now->body.blocks, &now);
	if (m->word)
		m->whole_tables = find_whole_tables(m->s, &old, &now);
	for (size_t i = 0; i < m->s->edits.n; i++) {
		const struct rp_edit *e = &m->s->edits.v[i];
		bool gone = take_whole(m, &old, e->old, false, out);
		bool come = take_whole(m, &now, e->now, true, out);
		bool pair;

		if (gone || come) {
			if (!gone && e->old != RP_NO_BLOCK)
				add_item(m->arena, out, e->old, RP_NO_BLOCK,
				    NULL, 0);
			if (!come && e->now != RP_NO_BLOCK)
				add_item(m->arena, out, RP_NO_BLOCK, e->now,
				    NULL, 0);
			continue;
		}
		pair = aligned(e, form) && e->old >= next &&
		       may_align(&cells, &m->old->body.blocks.v[e->old].cell,
			   &m->now->body.blocks.v[e->now].cell);

		if (pair) {
			next = e->old + 1;
			add_item(m->arena, out, e->old, e->now, e, 0);
			continue;
		}
		if (e->op == RP_OP_MOVE && form < RP_COMPARE_PARAGRAPHS &&
		    e->old != RP_NO_BLOCK && e->now != RP_NO_BLOCK) {
			moves++;
			add_item(m->arena, out, RP_NO_BLOCK, e->now, e, moves);
			add_item(m->arena, out, e->old, RP_NO_BLOCK, e, moves);
			continue;
		}
		if (e->old != RP_NO_BLOCK)
			add_item(m->arena, out, e->old, RP_NO_BLOCK, NULL, 0);
		if (e->now != RP_NO_BLOCK)
			add_item(m->arena, out, RP_NO_BLOCK, e->now, NULL, 0);
	}
}

/* Old blocks from `from` to before `to`, which nothing new is paired with. */
static void
add_gone(struct rp_compare_making *m, const struct items *in,
    const uint32_t *gone, uint32_t from, uint32_t to, struct items *out)
{
	for (; from < to; from++)
		add_item(m->arena, out, from, RP_NO_BLOCK, NULL,
		    gone[from] ? in->v[gone[from] - 1].move : 0);
}

/*
 * Old blocks in their own order, each once: pairs keep it already. Those that
 * stand alone are put where the script has them as far as that goes: never past
 * the next pair, and what was moved away does not pull others along. `gone`
 * says of each old block which item it is alone in, plus one; `bound` of each
 * item the old block of the next pair.
 */
static void
put_in_order(struct rp_compare_making *m, const struct items *in,
    struct items *out)
{
	uint32_t n = (uint32_t)m->old->body.blocks.n, next = 0, last = n;
	uint32_t *gone = rp_new_n(m->arena, uint32_t, (size_t)n + 1);
	uint32_t *bound = rp_new_n(m->arena, uint32_t, in->n + 1);

	for (size_t i = in->n; i-- > 0;) {
		const struct item *x = &in->v[i];

		bound[i] = last;
		if (x->old == RP_NO_BLOCK)
			continue;
		if (x->now == RP_NO_BLOCK)
			gone[x->old] = (uint32_t)i + 1;
		else
			last = x->old;
	}
	for (size_t i = 0; i < in->n; i++) {
		const struct item *x = &in->v[i];
		uint32_t to = next;

		if (x->old != RP_NO_BLOCK && x->now != RP_NO_BLOCK)
			to = x->old;
		else if (x->old != RP_NO_BLOCK && x->move == 0 &&
			 x->old >= next)
			to = x->old + 1 < bound[i] ? x->old + 1 : bound[i];
		add_gone(m, in, gone, next, to, out);
		next = to;
		if (x->now == RP_NO_BLOCK)
			continue;
		rp_vec_push(m->arena, out, *x);
		if (x->old != RP_NO_BLOCK)
			next = x->old + 1;
	}
	add_gone(m, in, gone, next, n, out);
}

/*
 * The last paragraph mark of a story cannot go: Word and LibreOffice leave an
 * empty paragraph there. Where the last old and the last new paragraph would
 * both be marked as a whole, they share one mark, and only their texts go and
 * come.
 */
static void
share_last_mark(struct rp_compare_making *m, struct items *items)
{
	static const struct rp_edit nothing_equal = { .class = RP_CLASS_MOD };
	const struct rp_blocks *old = &m->old->body.blocks;
	const struct rp_blocks *now = &m->now->body.blocks;
	size_t gone = items->n, come = items->n, n = 0;

	for (size_t i = 0; i < items->n; i++) {
		const struct item *x = &items->v[i];

		if (x->move != 0 ||
		    (x->old != RP_NO_BLOCK && x->now != RP_NO_BLOCK))
			continue;
		if (x->old != RP_NO_BLOCK && x->old + 1 == old->n)
			gone = i;
		if (x->now != RP_NO_BLOCK && x->now + 1 == now->n)
			come = i;
	}
	if (gone == items->n || come == items->n)
		return;
	if (old->v[old->n - 1].cell.table != 0 ||
	    now->v[now->n - 1].cell.table != 0 ||
	    is_opaque(&old->v[old->n - 1]) || is_opaque(&now->v[now->n - 1]))
		return;
	for (size_t i = 0; i < items->n; i++)
		if (i != gone && i != come)
			items->v[n++] = items->v[i];
	items->n = n;
	add_item(m->arena, items, (uint32_t)old->n - 1, (uint32_t)now->n - 1,
	    &nothing_equal, 0);
}

static rp_revision_ref
move_revision(struct rp_compare_making *m, const struct rp_compare_options *o,
    uint32_t move, bool to)
{
	struct rp_revision r = { .kind = to ? RP_REVISION_MOVE_TO :
					      RP_REVISION_MOVE_FROM,
		.author = o->author,
		.date = o->date,
		.move = rp_textf(m->arena, "move%u", move) };

	return rp_document_revise(m->arena, m->d, &r);
}

static void
put_old(struct rp_compare_making *m, const struct rp_compare_options *o,
    const struct item *x)
{
	struct rp_block b = m->old->body.blocks.v[x->old];
	rp_revision_ref v =
	    x->move ? move_revision(m, o, x->move, false) : m->del;
	struct rp_compare_runs runs = { 0 };

	rp_compare_all_runs(m, &b, false, 0, v, &runs);
	b.runs = runs.v;
	b.n_runs = (uint32_t)runs.n;
	b.mark_del = v;
	b.margin = x->move ? RP_MARGIN_SUP_MOVED : RP_MARGIN_SUP;
	b.changed = true;
	rp_vec_push(m->arena, &m->d->body.blocks, b);
}

static void
put_new(struct rp_compare_making *m, const struct rp_compare_options *o,
    const struct item *x)
{
	struct rp_block b = m->now->body.blocks.v[x->now];
	rp_revision_ref v =
	    x->move ? move_revision(m, o, x->move, true) : m->ins;
	struct rp_compare_runs runs = { 0 };

	rp_compare_all_runs(m, &b, true, v, 0, &runs);
	b.runs = runs.v;
	b.n_runs = (uint32_t)runs.n;
	b.mark_ins = v;
	b.margin = x->move ? RP_MARGIN_ADD_MOVED : RP_MARGIN_ADD;
	b.changed = true;
	b.package = b.props_package = 1;
	rp_vec_push(m->arena, &m->d->body.blocks, b);
}

static enum rp_margin margin_of(enum rp_change_class class)
{
	switch (class) {
	case RP_CLASS_MOD:
		return RP_MARGIN_MOD;
	case RP_CLASS_MOD_EDITORIAL:
		return RP_MARGIN_MOD_EDITORIAL;
	case RP_CLASS_ADD:
		return RP_MARGIN_ADD;
	case RP_CLASS_SUP:
		return RP_MARGIN_SUP;
	case RP_CLASS_NOC:
		break;
	}
	return RP_MARGIN_NOC;
}

static void
put_pair(struct rp_compare_making *m, const struct item *x,
    const struct rp_docx_write *w)
{
	struct rp_block b = m->old->body.blocks.v[x->old];
	const struct rp_block *now = &m->now->body.blocks.v[x->now];
	struct rp_compare_runs runs = { 0 };
	bool changed;

	changed = rp_compare_merge(m, &m->old->body.blocks.v[x->old], now,
	    x->old, x->edit->runs.v, x->edit->runs.n, &x->edit->notes, &runs);
	if (rp_compare_reformatted(&b, now, w)) {
		b.mark_format = m->format;
		b.props = now->props;
		b.props_package = 1;
		changed = true;
	}
	b.runs = runs.v;
	b.n_runs = (uint32_t)runs.n;
	b.changed = changed;
	b.margin = margin_of(x->edit->class);
	rp_vec_push(m->arena, &m->d->body.blocks, b);
}

/* A note whose mark stays and whose text became another one. */
static void
merge_note(struct rp_compare_making *m, const struct rp_edit *e, uint32_t old,
    uint32_t now)
{
	struct rp_story *to = &m->d->notes.v[m->old_notes[old] - 1];
	const struct rp_blocks *x = &m->old->notes.v[old].blocks;
	const struct rp_blocks *y = &m->now->notes.v[now].blocks;
	const struct rp_script_runs *told = NULL;
	struct rp_blocks blocks = { 0 };
	size_t n = x->n > y->n ? x->n : y->n;

	for (size_t i = 0; e != NULL && i < e->notes.n; i++)
		if (e->notes.v[i].old == old && e->notes.v[i].now == now &&
		    x->n == 1 && y->n == 1)
			told = &e->notes.v[i].runs;
	for (size_t i = 0; i < n; i++) {
		struct rp_compare_runs runs = { 0 };
		struct rp_block b = i < x->n ? x->v[i] : y->v[i];
		/* A note's runs name no block of the body. */
		struct rp_script_run *own = NULL;

		if (i < x->n && i < y->n) {
			if (told != NULL && told->n > 0) {
				own = rp_new_n(m->arena, struct rp_script_run,
				    told->n);
				for (size_t k = 0; k < told->n; k++) {
					own[k] = told->v[k];
					own[k].old_block = 0;
				}
			}
			b.changed = rp_compare_merge(m, &x->v[i], &y->v[i], 0,
			    own, own ? told->n : 0, NULL, &runs);
		} else {
			bool is_new = i >= x->n;

			rp_compare_all_runs(m, &b, is_new, is_new ? m->ins : 0,
			    is_new ? 0 : m->del, &runs);
			b.mark_ins = is_new ? m->ins : 0;
			b.mark_del = is_new ? 0 : m->del;
			b.package = b.props_package = is_new;
			b.changed = true;
		}
		b.runs = runs.v;
		b.n_runs = (uint32_t)runs.n;
		rp_vec_push(m->arena, &blocks, b);
	}
	to->blocks = blocks;
}

static const struct rp_edit *
edit_of_note(const struct rp_compare_making *m, uint32_t old)
{
	for (size_t i = 0; i < m->s->edits.n; i++)
		for (size_t k = 0; k < m->s->edits.v[i].notes.n; k++)
			if (m->s->edits.v[i].notes.v[k].old == old)
				return &m->s->edits.v[i];
	return NULL;
}

/* Outside tables, or in another row of this one; nested tables are inside. */
static bool
other_row(const struct rp_cell *x, const struct rp_cell *y)
{
	return x->table == 0 || (x->table == y->table && x->row != y->row);
}

/* Rows that have no aligned block left go or come as a whole. */
static void
mark_rows(struct rp_compare_making *m)
{
	struct rp_blocks *blocks = &m->d->body.blocks;

	for (size_t i = 0; i < blocks->n; i++) {
		struct rp_block *b = &blocks->v[i];
		bool kept = false;

		if (b->cell.table == 0 || b->mark_del == 0 ||
		    b->cell.row_del != 0 || b->package != 0)
			continue;
		for (size_t k = i; k-- > 0 && !kept;) {
			const struct rp_block *o = &blocks->v[k];

			if (o->package == 0 && other_row(&o->cell, &b->cell))
				break;
			kept = o->package == 0 && o->mark_del == 0 &&
			       same_row(&o->cell, &b->cell);
		}
		for (size_t k = i + 1; k < blocks->n && !kept; k++) {
			const struct rp_block *o = &blocks->v[k];

			if (o->package == 0 && other_row(&o->cell, &b->cell))
				break;
			kept = o->package == 0 && o->mark_del == 0 &&
			       same_row(&o->cell, &b->cell);
		}
		if (!kept)
			b->cell.row_del = b->mark_del;
	}
}

/*
 * Cells of new blocks in terms of the old tables: through the aligned blocks of
 * their table and row. What has no aligned row is a new row.
 */
static void
place_cells(struct rp_compare_making *m, const struct items *items)
{
	size_t n = m->now->body.blocks.n;
	uint32_t *old_of = rp_new_n(m->arena, uint32_t, n + 1);
	uint32_t tables = 0, n_new = 0, *table_of, *row_old;

	for (size_t i = 0; i < m->old->body.blocks.n; i++)
		if (m->old->body.blocks.v[i].cell.table > tables)
			tables = m->old->body.blocks.v[i].cell.table;
	for (size_t i = 0; i < n; i++)
		if (m->now->body.blocks.v[i].cell.table > n_new)
			n_new = m->now->body.blocks.v[i].cell.table;
	table_of = rp_new_n(m->arena, uint32_t, n_new + 2);
	row_old = rp_new_n(m->arena, uint32_t, n + 1);
	for (size_t i = 0; i < items->n; i++)
		if (items->v[i].old != RP_NO_BLOCK &&
		    items->v[i].now != RP_NO_BLOCK)
			old_of[items->v[i].now] = items->v[i].old + 1;
	for (size_t i = 0; i < n; i++) {
		const struct rp_cell *c = &m->now->body.blocks.v[i].cell;

		if (c->table != 0 && old_of[i] != 0)
			table_of[c->table] =
			    m->old->body.blocks.v[old_of[i] - 1].cell.table;
	}
	/* Forwards and backwards: the old row of each new row. */
	for (size_t i = 0; i < n; i++) {
		const struct rp_cell *c = &m->now->body.blocks.v[i].cell;

		row_old[i] = old_of[i];
		if (row_old[i] == 0 && i > 0 && c->table != 0 &&
		    same_row(c, &m->now->body.blocks.v[i - 1].cell))
			row_old[i] = row_old[i - 1];
	}
	for (size_t i = n; i-- > 1;)
		if (row_old[i - 1] == 0 &&
		    m->now->body.blocks.v[i].cell.table != 0 &&
		    same_row(&m->now->body.blocks.v[i].cell,
			&m->now->body.blocks.v[i - 1].cell))
			row_old[i - 1] = row_old[i];
	for (size_t i = 0, k = 0; i < m->d->body.blocks.n; i++) {
		struct rp_block *b = &m->d->body.blocks.v[i];
		const struct rp_cell *c;
		size_t j;

		/* The k-th item made the k-th block. */
		j = items->v[k++].now;
		if (b->package == 0 || b->cell.table == 0)
			continue;
		c = &m->now->body.blocks.v[j].cell;
		b->cell.table =
		    table_of[c->table] ? table_of[c->table] : tables + c->table;
		if (row_old[j] != 0)
			b->cell.row =
			    m->old->body.blocks.v[row_old[j] - 1].cell.row;
		else
			b->cell.row_ins = b->mark_ins;
	}
}

static void
join_tables(struct rp_compare_making *m)
{
	struct rp_arena *a = m->arena;

	m->formats = (uint32_t)m->old->formats.n;
	m->links = (uint32_t)m->old->links.n;
	m->fields = (uint32_t)m->old->fields.n;
	m->d->formats.n = m->d->links.n = m->d->fields.n = 0;
	for (size_t i = 0; i < m->old->formats.n; i++)
		rp_vec_push(a, &m->d->formats, m->old->formats.v[i]);
	for (size_t i = 0; i < m->now->formats.n; i++)
		rp_vec_push(a, &m->d->formats, m->now->formats.v[i]);
	for (size_t i = 0; i < m->old->links.n; i++)
		rp_vec_push(a, &m->d->links, m->old->links.v[i]);
	for (size_t i = 0; i < m->now->links.n; i++)
		rp_vec_push(a, &m->d->links, m->now->links.v[i]);
	for (size_t i = 0; i < m->old->fields.n; i++)
		rp_vec_push(a, &m->d->fields, m->old->fields.v[i]);
	for (size_t i = 0; i < m->now->fields.n; i++)
		rp_vec_push(a, &m->d->fields, m->now->fields.v[i]);
}

static void
add_revisions(struct rp_compare_making *m, const struct rp_compare_options *o)
{
	struct rp_revision r = { .author = o->author, .date = o->date };

	r.kind = RP_REVISION_INSERT;
	m->ins = rp_document_revise(m->arena, m->d, &r);
	r.kind = RP_REVISION_DELETE;
	m->del = rp_document_revise(m->arena, m->d, &r);
	r.kind = RP_REVISION_FORMAT;
	m->format = rp_document_revise(m->arena, m->d, &r);
}

static void
put_items(struct rp_compare_making *m, const struct rp_compare_options *o,
    const struct items *items, const struct rp_docx_write *w)
{
	for (size_t i = 0; i < items->n; i++) {
		const struct item *x = &items->v[i];

		if (x->now == RP_NO_BLOCK)
			put_old(m, o, x);
		else if (x->old == RP_NO_BLOCK)
			put_new(m, o, x);
		else if (is_opaque(&m->old->body.blocks.v[x->old]))
			rp_vec_push(m->arena, &m->d->body.blocks,
			    m->old->body.blocks.v[x->old]);
		else
			put_pair(m, x, w);
	}
}

static struct rp_document *
revise(struct rp_arena *a, const struct rp_script *s,
    const struct rp_compare_options *o, const struct rp_docx_write *w,
    uint32_t *out_tables)
{
	struct rp_compare_making m = { .arena = a,
		.s = s,
		.old = s->old,
		.now = s->now,
		.word = w != NULL };
	struct items told = { 0 }, items = { 0 };

	m.d = rp_document_new(a);
	m.d->lang = s->old->lang;
	m.d->title = s->old->title;
	m.d->margins = s->old->margins;
	m.old_notes = rp_new_n(a, uint32_t, s->old->notes.n + 1);
	m.new_notes = rp_new_n(a, uint32_t, s->now->notes.n + 1);
	m.kept_notes = rp_new_n(a, uint32_t, s->old->notes.n + 1);
	join_tables(&m);
	add_revisions(&m, o);
	take_edits(&m, o->form, &told);
	put_in_order(&m, &told, &items);
	if (w != NULL && o->form < RP_COMPARE_PARAGRAPHS)
		share_last_mark(&m, &items);
	put_items(&m, o, &items, w);
	for (uint32_t i = 0; i < s->old->notes.n; i++)
		if (m.kept_notes[i] != 0)
			merge_note(&m, edit_of_note(&m, i), i,
			    m.kept_notes[i] - 1);
	mark_rows(&m);
	place_cells(&m, &items);
	if (w != NULL)
		rp_compare_keep_marks(&m, &m.d->body.blocks, w);
	for (size_t i = 0; w != NULL && i < m.d->notes.n; i++)
		rp_compare_keep_marks(&m, &m.d->notes.v[i].blocks, w);
	*out_tables = m.whole_tables;
	return m.d;
}

struct rp_document *
rp_compare_revise(struct rp_arena *a, const struct rp_script *s,
    const struct rp_compare_options *o, const struct rp_docx_write *w)
{
	uint32_t tables;

	return revise(a, s, o, w, &tables);
}

/* Votes of aligned paragraphs for which list is which. */
struct vote {
	uint32_t from, to, n;
};

struct votes RP_VEC(struct vote);

static bool
same_definition(const struct rp_docx_read *old, const struct rp_docx_read *now,
    uint32_t to, uint32_t from)
{
	const struct rp_numbering *x = &old->styles.numbering;
	const struct rp_numbering *y = &now->styles.numbering;
	const struct rp_numbering_list *l = rp_numbering_find(x, to);
	const struct rp_numbering_list *k = rp_numbering_find(y, from);

	if (l == NULL || k == NULL)
		return false;
	for (unsigned i = 0; i < RP_NUMBERING_LEVELS; i++) {
		struct rp_level p = rp_numbering_level(x, l, i);
		struct rp_level q = rp_numbering_level(y, k, i);

		if (p.format != q.format || p.start != q.start ||
		    p.legal != q.legal || p.restart != q.restart ||
		    !rp_text_eq(p.text, q.text))
			return false;
	}
	return true;
}

static int
by_votes(const void *x, const void *y)
{
	const struct vote *p = x, *q = y;

	if (p->n != q->n)
		return p->n > q->n ? -1 : 1;
	if (p->from != q->from)
		return p->from < q->from ? -1 : 1;
	return p->to < q->to ? -1 : p->to > q->to;
}

#define VOTES_MAX 2000

static void
count_votes(struct rp_arena *a, const struct rp_script *s, struct votes *out)
{
	for (size_t i = 0; i < s->edits.n; i++) {
		const struct rp_edit *e = &s->edits.v[i];
		const struct rp_label *x, *y;
		size_t k = out->n;

		if (!aligned(e, RP_COMPARE_WORDS))
			continue;
		x = &s->old->body.blocks.v[e->old].label;
		y = &s->now->body.blocks.v[e->now].label;
		if (x->kind != RP_LABEL_AUTO || y->kind != RP_LABEL_AUTO)
			continue;
		/* The last ones first: lists stand together. */
		while (k > 0 && (out->v[k - 1].from != y->list ||
				    out->v[k - 1].to != x->list))
			k--;
		if (k > 0) {
			out->v[k - 1].n++;
		} else if (out->n < VOTES_MAX) {
			struct vote v = { y->list, x->list, 1 };

			rp_vec_push(a, out, v);
		}
	}
	if (out->n > 0)
		qsort(out->v, out->n, sizeof(*out->v), by_votes);
}

struct lists RP_VEC(struct rp_docx_same_list);

static void
pair_lists(struct rp_arena *a, const struct rp_docx_read *old,
    const struct rp_docx_read *now, const struct rp_script *s,
    struct lists *out)
{
	struct votes votes = { 0 };

	count_votes(a, s, &votes);
	for (size_t i = 0; i < votes.n; i++) {
		struct rp_docx_same_list l = { votes.v[i].from, votes.v[i].to };
		bool taken = false;

		for (size_t k = 0; k < out->n; k++)
			taken = taken || out->v[k].from == l.from ||
				out->v[k].to == l.to;
		if (!taken && same_definition(old, now, l.to, l.from))
			rp_vec_push(a, out, l);
	}
}

/* One form of the Word document, tried. */
struct trial {
	struct rp_arena *arena, *scratch;
	const struct rp_docx_read *old, *now;
	const struct rp_script *s;
	struct rp_compare_options o;
	struct rp_docx_write w;
	struct rp_document *d;
	rp_bytes octets;
	uint32_t tables;
	rp_text why; /* what does not hold; empty: it holds */
};

/* What is only needed to write is not there any more when it is checked. */
static struct rp_err *
write_form(struct rp_arena *a, void *ctx)
{
	struct trial *t = ctx;
	uint8_t *p;
	rp_bytes out;

	RP_TRY(rp_docx_write(a, t->d, &t->w, &out));
	p = rp_alloc(t->arena, out.n + 1);
	memcpy(p, out.p, out.n);
	t->octets = (rp_bytes){ p, out.n };
	return NULL;
}

static void
make_form(struct trial *t)
{
	struct lists lists = { 0 };

	if (t->o.form != RP_COMPARE_OWN_LISTS)
		pair_lists(t->arena, t->old, t->now, t->s, &lists);
	t->w.lists = lists.v;
	t->w.n_lists = lists.n;
	t->d = revise(t->arena, t->s, &t->o, &t->w, &t->tables);
}

struct side {
	const struct rp_document *got, *want;
	bool accept;
	struct trial *trial;
};

static struct rp_err *
check_side(struct rp_arena *a, void *ctx)
{
	const struct side *s = ctx;
	const struct rp_document *d = s->accept ?
					  rp_document_accept(a, s->got) :
					  rp_document_reject(a, s->got);
	rp_text t = rp_document_difference(a, d, s->want);

	if (t.n > 0)
		s->trial->why = rp_textf(s->trial->arena, "%s: %.*s",
		    s->accept ? "accepted" : "rejected", RP_FMT(t));
	return NULL;
}

static struct rp_err *
check(struct rp_arena *a, void *ctx)
{
	struct trial *t = ctx;
	struct rp_docx_read r;
	struct side side = { .trial = t, .want = t->s->now, .accept = true };
	struct rp_err *e = rp_docx_read(a, t->octets, &r);

	if (e != NULL) {
		t->why =
		    rp_textf(t->arena, "unreadable: %s", rp_err_message(e));
		rp_err_free(e);
		return NULL;
	}
	side.got = r.document;
	RP_TRY(rp_job_run(RP_COMPARE_SCRATCH, check_side, &side));
	if (t->why.n > 0)
		return NULL;
	side.want = t->s->old;
	side.accept = false;
	return rp_job_run(RP_COMPARE_SCRATCH, check_side, &side);
}

/* RP_E_LIMIT, or what is wrong with the form is in t->why. */
static struct rp_err *
try_form(struct trial *t)
{
	struct rp_err *e;

	t->why = RP_TEXT("");
	make_form(t);
	e = rp_job_run_in(t->scratch, write_form, t);
	rp_arena_reset(t->scratch);
	if (e == NULL) {
		e = rp_job_run_in(t->scratch, check, t);
		rp_arena_reset(t->scratch);
	}
	if (e == NULL || rp_err_code(e) == RP_E_LIMIT)
		return e;
	t->why = rp_textf(t->arena, "%s", rp_err_message(e));
	rp_err_free(e);
	return NULL;
}

static void
free_scratch(void *scratch)
{
	rp_arena_free(scratch);
}

struct rp_err *
rp_compare_docx(struct rp_arena *a, const struct rp_docx_read *old,
    const struct rp_docx_read *now, const struct rp_script *s,
    const struct rp_compare_options *o, size_t max, rp_bytes *out,
    struct rp_compare_report *out_report)
{
	struct trial t = { .arena = a,
		.old = old,
		.now = now,
		.s = s,
		.o = *o,
		.w = { .packages = { old, now }, .max = max } };
	rp_text why = RP_TEXT("");

	t.scratch = rp_arena_new(RP_COMPARE_SCRATCH);
	rp_arena_defer(a, free_scratch, t.scratch);
	for (; t.o.form <= RP_COMPARE_ALL; t.o.form++) {
		RP_TRY(try_form(&t));
		if (t.why.n == 0) {
			*out = t.octets;
			*out_report = (struct rp_compare_report){ t.o.form, why,
				t.tables, t.d };
			return NULL;
		}
		why = t.why;
	}
	return rp_fail(RP_E_INTERNAL, "the redline does not hold: %.*s",
	    RP_FMT(why));
}
