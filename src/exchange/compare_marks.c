#include "exchange/compare_private.h"

#include <string.h>

static uint32_t
list_in_old(const struct rp_docx_write *w, uint32_t list)
{
	if (w == NULL)
		return list;
	for (size_t i = 0; i < w->n_lists; i++)
		if (w->lists[i].from == list)
			return w->lists[i].to;
	return 0;
}

bool
rp_compare_reformatted(const struct rp_block *x, const struct rp_block *y,
    const struct rp_docx_write *w)
{
	bool auto_x = x->label.kind == RP_LABEL_AUTO;
	bool auto_y = y->label.kind == RP_LABEL_AUTO;

	if (auto_x != auto_y || !rp_text_eq(x->style, y->style))
		return true;
	if (w != NULL && !rp_docx_same_layout(w->packages[0], x->props,
			     w->packages[1], y->props))
		return true;
	return auto_x && (x->label.level != y->label.level ||
			     list_in_old(w, y->label.list) != x->label.list);
}

static bool
same_cell(const struct rp_block *x, const struct rp_block *y)
{
	return x->cell.table == y->cell.table && x->cell.row == y->cell.row &&
	       x->cell.column == y->cell.column;
}

static bool
comes(const struct rp_block *b)
{
	return b->package != 0 && b->mark_ins != 0 && b->mark_del == 0;
}

static bool
goes(const struct rp_block *b)
{
	return b->package == 0 && b->mark_del != 0 && b->mark_ins == 0;
}

/* A paragraph whose octets can be written together with those of others. */
static bool
is_plain(const struct rp_block *b)
{
	return b->kind != RP_BLOCK_OPAQUE && b->cell.row_ins == 0 &&
	       b->cell.row_del == 0 &&
	       (b->props.n == 0 ||
		   memmem(b->props.p, b->props.n, "sectPr", 6) == NULL);
}

/*
 * p[0] stays and the n blocks behind it come: its mark comes instead of that of
 * the last one, which has the old mark. As Word has it where somebody puts the
 * cursor at the end of a paragraph and writes on.
 */
static void
write_on(struct rp_compare_making *m, struct rp_block *p, size_t n,
    const struct rp_docx_write *w)
{
	bool format =
	    p->mark_format != 0 || rp_compare_reformatted(p, &p[n], w);

	for (size_t k = 1; k <= n; k++) {
		p[k].package = 0;
		p[k].raw = p->raw;
		p[k].cell = p->cell;
	}
	p[n].mark_ins = 0;
	p[n].mark_format = format ? m->format : 0;
	if (!format) {
		p[n].props = p->props;
		p[n].props_package = 0;
	}
	p->mark_ins = m->ins;
	p->mark_format = 0;
	p->changed = true;
}

/*
 * p[0] stays and the n blocks behind it go: its mark goes instead of that of
 * the last one, which becomes its own.
 */
static void
delete_from(struct rp_compare_making *m, struct rp_block *p, size_t n,
    const struct rp_docx_write *w)
{
	struct rp_block *last = &p[n];
	bool same = p->mark_format == 0 && rp_text_eq(p->style, last->style) &&
		    p->label.kind == last->label.kind &&
		    p->label.level == last->label.level &&
		    p->label.list == last->label.list &&
		    rp_docx_same_layout(w->packages[0], p->props,
			w->packages[0], last->props);

	last->mark_del = 0;
	if (!same) {
		last->mark_format = m->format;
		last->props = p->props;
		last->props_package = p->mark_format ? p->props_package : 0;
	}
	p->mark_del = m->del;
	p->changed = true;
}

/* Both ends of a move become a deletion and an insertion. */
static void
no_move(struct rp_document *d, rp_revision_ref v)
{
	rp_text move = d->revisions.v[v].move;

	if (move.n == 0)
		return;
	for (size_t i = 1; i < d->revisions.n; i++) {
		struct rp_revision *r = &d->revisions.v[i];

		if (!rp_text_eq(r->move, move))
			continue;
		r->kind = r->kind == RP_REVISION_MOVE_TO ? RP_REVISION_INSERT :
							   RP_REVISION_DELETE;
		r->move = (rp_text){ 0 };
	}
}

/*
 * The last that goes and the last that comes share one mark; it ends the row of
 * blocks [from, to), of which one is lost.
 */
static void
share(struct rp_compare_making *m, struct rp_blocks *blocks, size_t from,
    size_t to, const struct rp_docx_write *w)
{
	struct rp_block *v = blocks->v, both, now;
	struct rp_compare_runs runs = { 0 };
	size_t gone = to, come = to, n = from;

	for (size_t i = from; i < to; i++) {
		gone = goes(&v[i]) ? i : gone;
		come = comes(&v[i]) ? i : come;
	}
	both = v[gone];
	now = v[come];
	no_move(m->d, both.mark_del);
	no_move(m->d, now.mark_ins);
	for (uint32_t i = 0; i < both.n_runs; i++)
		rp_vec_push(m->arena, &runs, both.runs[i]);
	for (uint32_t i = 0; i < now.n_runs; i++)
		rp_vec_push(m->arena, &runs, now.runs[i]);
	both.runs = runs.v;
	both.n_runs = (uint32_t)runs.n;
	both.mark_del = 0;
	if (rp_compare_reformatted(&both, &now, w)) {
		both.mark_format = m->format;
		both.props = now.props;
		both.props_package = 1;
	}
	for (size_t i = from; i < to; i++)
		if (i != gone && i != come)
			v[n++] = v[i];
	v[n++] = both;
	memmove(&v[n], &v[to], (blocks->n - to) * sizeof(*v));
	blocks->n--;
}

/* Nothing of its cell, or of the story, stands behind block `i`. */
static bool
is_last(const struct rp_blocks *b, size_t i)
{
	const struct rp_block *x = &b->v[i];

	if (x->cell.table == 0)
		return i + 1 == b->n;
	for (size_t k = i + 1; k < b->n && b->v[k].cell.table != 0; k++)
		if (same_cell(&b->v[k], x))
			return false;
	return true;
}

/* How many blocks before `to` are not what stays, in one cell or story. */
static size_t
row_before(const struct rp_blocks *b, size_t to, size_t *out_gone)
{
	size_t n = 0;

	*out_gone = 0;
	for (; n < to; n++) {
		const struct rp_block *x = &b->v[to - 1 - n];

		if (!same_cell(x, &b->v[to - 1]) || !is_plain(x) ||
		    (!goes(x) && !comes(x)))
			break;
		*out_gone += goes(x);
	}
	return n;
}

/* The mark of the last paragraph of a story or a cell can neither come nor go.
 */
static void
keep_last(struct rp_compare_making *m, struct rp_blocks *blocks, size_t i,
    const struct rp_docx_write *w)
{
	size_t gone, n = row_before(blocks, i + 1, &gone);
	struct rp_block *p;

	if (n == 0)
		return;
	if (gone > 0 && gone < n) {
		share(m, blocks, i + 1 - n, i + 1, w);
		return;
	}
	if (n > i || !same_cell(&blocks->v[i - n], &blocks->v[i]))
		return;
	p = &blocks->v[i - n];
	if (p->package != 0 || p->raw.n == 0 || !is_plain(p) ||
	    p->mark_ins != 0 || p->mark_del != 0)
		return;
	if (gone == 0)
		write_on(m, p, n, w);
	else
		delete_from(m, p, n, w);
}

static bool
ends_inserted(const struct rp_block *b)
{
	const struct rp_run *last =
	    b->n_runs > 0 ? &b->runs[b->n_runs - 1] : NULL;

	return last != NULL && last->ins != 0 && last->del == 0;
}

/*
 * What was written at the end of a paragraph and in new paragraphs behind it is
 * one insertion. LibreOffice makes one of it in any case, and then rejects the
 * mark between with it. Not where the layout differs: pandoc would see the last
 * one's layout in what is left.
 */
static void
keep_typing(struct rp_compare_making *m, struct rp_blocks *blocks, size_t i,
    const struct rp_docx_write *w)
{
	struct rp_block *p = &blocks->v[i];
	size_t n = 0;

	if (p->package != 0 || p->raw.n == 0 || !is_plain(p) ||
	    p->mark_ins != 0 || p->mark_del != 0 || !ends_inserted(p))
		return;
	while (i + n + 1 < blocks->n && comes(&p[n + 1]) &&
	       p[n + 1].mark_ins == m->ins && is_plain(&p[n + 1]) &&
	       same_cell(p, &p[n + 1]))
		n++;
	if (n > 0 && p->mark_format == 0 &&
	    rp_docx_same_layout(w->packages[0], p->props, w->packages[1],
		p[n].props))
		write_on(m, p, n, w);
}

void
rp_compare_keep_marks(struct rp_compare_making *m, struct rp_blocks *blocks,
    const struct rp_docx_write *w)
{
	for (size_t i = 0; i < blocks->n; i++)
		if (is_last(blocks, i)) {
			size_t before = blocks->n;

			keep_last(m, blocks, i, w);
			i -= before - blocks->n;
		}
	for (size_t i = 0; i < blocks->n; i++)
		keep_typing(m, blocks, i, w);
}
