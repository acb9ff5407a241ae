#include "document/accept.h"

#include "base/err.h"
#include "document/label.h"

struct settling {
	struct rp_arena *arena;
	const struct rp_document *from;
	struct rp_document *to;
	bool accept;
	uint32_t *notes; /* old note -> new note + 1 */
	bool body;
};

static bool
stays(const struct settling *s, rp_revision_ref ins, rp_revision_ref del)
{
	return s->accept ? del == 0 : ins == 0;
}

static struct rp_run
settled_run(struct settling *s, const struct rp_run *r)
{
	struct rp_run run = *r;

	run.ins = run.del = 0;
	if (r->kind != RP_RUN_NOTE)
		return run;
	if (s->notes[r->note] == 0) {
		rp_vec_push(s->arena, &s->to->notes, s->from->notes.v[r->note]);
		s->notes[r->note] = (uint32_t)s->to->notes.n;
	}
	run.note = s->notes[r->note] - 1;
	return run;
}

/* Runs that wait for the paragraph they are joined with. */
struct waiting RP_VEC(struct rp_run);

static void
add_runs(struct settling *s, const struct rp_block *b, struct waiting *w)
{
	for (uint32_t i = 0; i < b->n_runs; i++)
		if (stays(s, b->runs[i].ins, b->runs[i].del))
			rp_vec_push(s->arena, w, settled_run(s, &b->runs[i]));
}

static bool
same_cell(const struct rp_cell *x, const struct rp_cell *y)
{
	return x->table == y->table && x->row == y->row &&
	       x->column == y->column;
}

static bool
block_goes(const struct settling *s, const struct rp_block *b)
{
	return !stays(s, b->cell.row_ins, b->cell.row_del) ||
	       !stays(s, b->cell.cell_ins, b->cell.cell_del);
}

/* The paragraph that this one would be joined with. */
static const struct rp_block *
next_of(const struct settling *s, const struct rp_blocks *blocks, size_t i)
{
	const struct rp_block *b = &blocks->v[i], *next;

	if (i + 1 == blocks->n)
		return NULL;
	next = &blocks->v[i + 1];
	if (!same_cell(&b->cell, &next->cell) || block_goes(s, next) ||
	    next->kind == RP_BLOCK_OPAQUE)
		return NULL;
	return next;
}

static void
put(struct settling *s, const struct rp_block *b, struct waiting *w,
    struct rp_blocks *to)
{
	struct rp_block out = *b;

	out.runs = w->v;
	out.n_runs = (uint32_t)w->n;
	out.label_runs = 0;
	out.mark_ins = out.mark_del = out.mark_format = 0;
	out.cell.row_ins = out.cell.row_del = 0;
	out.cell.cell_ins = out.cell.cell_del = 0;
	out.label_rejected = NULL;
	out.style_rejected = NULL;
	if (b->label.kind == RP_LABEL_TYPED)
		out.label = (struct rp_label){ 0 };
	if (!s->accept && b->style_rejected != NULL)
		out.style = *b->style_rejected;
	if (!s->accept && b->label_rejected != NULL)
		out.label = *b->label_rejected;
	*w = (struct waiting){ 0 };
	rp_vec_push(s->arena, to, out);
}

/*
 * An empty paragraph whose mark goes and that has no next one: it is left out
 * where its cell or story has another paragraph already.
 */
static bool
can_go(const struct rp_block *b, const struct waiting *w,
    const struct rp_blocks *to)
{
	return w->n == 0 && to->n > 0 &&
	       same_cell(&to->v[to->n - 1].cell, &b->cell);
}

static void
settle_blocks(struct settling *s, const struct rp_blocks *from,
    struct rp_blocks *to)
{
	struct waiting w = { 0 };

	for (size_t i = 0; i < from->n; i++) {
		const struct rp_block *b = &from->v[i];

		if (block_goes(s, b)) {
			w = (struct waiting){ 0 };
			continue;
		}
		add_runs(s, b, &w);
		if (!stays(s, b->mark_ins, b->mark_del)) {
			if (next_of(s, from, i) != NULL)
				continue;
			if (can_go(b, &w, to))
				continue;
			/*
			 * What follows is a table or nothing: with nothing
			 * left in it, it may go from before a table.
			 */
			if (w.n == 0 && b->cell.table == 0 && i + 1 < from->n)
				continue;
		}
		put(s, b, &w, to);
	}
}

static struct rp_document *
settle(struct rp_arena *a, const struct rp_document *d, bool accept)
{
	struct settling s = { .arena = a, .from = d, .accept = accept };

	s.to = rp_document_new(a);
	s.to->formats = d->formats;
	s.to->links = d->links;
	s.to->fields = d->fields;
	s.to->lang = d->lang;
	s.to->title = d->title;
	s.to->body.kind = d->body.kind;
	s.to->body.id = d->body.id;
	s.notes = rp_new_n(a, uint32_t, d->notes.n + 1);
	settle_blocks(&s, &d->body.blocks, &s.to->body.blocks);
	for (size_t i = 0; i < s.to->notes.n; i++) {
		struct rp_blocks old = s.to->notes.v[i].blocks;
		struct rp_blocks blocks = { 0 };

		settle_blocks(&s, &old, &blocks);
		s.to->notes.v[i].blocks = blocks;
	}
	for (size_t i = 0; i < d->margins.n; i++) {
		struct rp_story m = d->margins.v[i];

		m.blocks = (struct rp_blocks){ 0 };
		settle_blocks(&s, &d->margins.v[i].blocks, &m.blocks);
		rp_vec_push(a, &s.to->margins, m);
	}
	rp_label_find(a, s.to);
	return s.to;
}

struct rp_document *
rp_document_accept(struct rp_arena *a, const struct rp_document *d)
{
	return settle(a, d, true);
}

struct rp_document *
rp_document_reject(struct rp_arena *a, const struct rp_document *d)
{
	return settle(a, d, false);
}

static const char *
cells_differ(const struct rp_block *x, const struct rp_block *y,
    const struct rp_block *x_last, const struct rp_block *y_last)
{
	/* Numbers may differ where a table or row went; bounds may not. */
	if ((x->cell.table == 0) != (y->cell.table == 0))
		return "table";
	if (x_last == NULL || x->cell.table == 0)
		return NULL;
	if ((x->cell.table == x_last->cell.table) !=
	    (y->cell.table == y_last->cell.table))
		return "table";
	if (x->cell.table == x_last->cell.table &&
	    (x->cell.row == x_last->cell.row) !=
		(y->cell.row == y_last->cell.row))
		return "row";
	if (same_cell(&x->cell, &x_last->cell) !=
	    same_cell(&y->cell, &y_last->cell))
		return "cell";
	return NULL;
}

/* Marks of notes and opaque runs, and where they stand in the text. */
static bool
same_marks(const struct rp_block *x, const struct rp_block *y)
{
	uint32_t i = x->label_runs, k = y->label_runs;
	size_t at_x = 0, at_y = 0;

	for (;;) {
		for (; i < x->n_runs && x->runs[i].kind == RP_RUN_TEXT; i++)
			at_x += x->runs[i].text.n;
		for (; k < y->n_runs && y->runs[k].kind == RP_RUN_TEXT; k++)
			at_y += y->runs[k].text.n;
		if (i == x->n_runs || k == y->n_runs)
			return i == x->n_runs && k == y->n_runs;
		if (at_x != at_y || x->runs[i].kind != y->runs[k].kind)
			return false;
		if (x->runs[i].kind == RP_RUN_NOTE &&
		    x->runs[i].note != y->runs[k].note)
			return false;
		i++;
		k++;
	}
}

static rp_text
blocks_differ(struct rp_arena *a, const char *where, size_t story,
    const struct rp_blocks *x, const struct rp_blocks *y)
{
	size_t n = x->n < y->n ? x->n : y->n;

	for (size_t i = 0; i < n; i++) {
		const struct rp_block *p = &x->v[i], *q = &y->v[i];
		const char *what =
		    cells_differ(p, q, i ? p - 1 : NULL, i ? q - 1 : NULL);

		if (!rp_text_eq(rp_block_text(a, p), rp_block_text(a, q)))
			what = "text";
		else if (!rp_text_eq(p->label.text, q->label.text))
			what = "label";
		else if (!same_marks(p, q))
			what = "marks";
		else if ((p->kind == RP_BLOCK_OPAQUE) !=
			 (q->kind == RP_BLOCK_OPAQUE))
			what = "kind";
		if (what != NULL)
			return rp_textf(a, "%s %zu, paragraph %zu: %s", where,
			    story, i, what);
	}
	if (x->n != y->n)
		return rp_textf(a, "%s %zu: %zu and %zu paragraphs", where,
		    story, x->n, y->n);
	return RP_TEXT("");
}

rp_text
rp_document_difference(struct rp_arena *a, const struct rp_document *x,
    const struct rp_document *y)
{
	rp_text t =
	    blocks_differ(a, "body", 0, &x->body.blocks, &y->body.blocks);

	if (t.n > 0)
		return t;
	if (x->notes.n != y->notes.n)
		return rp_textf(a, "%zu and %zu notes", x->notes.n, y->notes.n);
	for (size_t i = 0; i < x->notes.n && t.n == 0; i++)
		t = blocks_differ(a, "note", i, &x->notes.v[i].blocks,
		    &y->notes.v[i].blocks);
	return t;
}
