#include "codec/docx_write.h"

#include <string.h>

#include "base/err.h"
#include "codec/docx_write_private.h"
#include "codec/zip.h"

#define WORD "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

/* Octets in place of [from, to) of a part; in the order they were made. */
struct patch {
	size_t from, to;
	rp_bytes with;
	size_t order;
};

struct patches RP_VEC(struct patch);

static void
put(struct rp_buf *b, const char *z)
{
	rp_buf_text(b, rp_text_z(z));
}

static void
add_patch(struct rp_arena *a, struct patches *p, size_t from, size_t to,
    struct rp_buf *with)
{
	struct patch one = { from, to, { with->p, with->n }, p->n };

	rp_vec_push(a, p, one);
}

static int
by_place(const void *x, const void *y)
{
	const struct patch *p = x, *q = y;

	if (p->from != q->from)
		return p->from < q->from ? -1 : 1;
	/* What is put in stands before what is replaced there. */
	if ((p->to == p->from) != (q->to == q->from))
		return p->to == p->from ? -1 : 1;
	return p->order < q->order ? -1 : p->order > q->order;
}

/* The octets [from, to) with the patches that lie in them. */
static struct rp_err *
apply(rp_bytes in, struct patches *p, size_t from, size_t to, struct rp_buf *b)
{
	if (p->n > 0)
		qsort(p->v, p->n, sizeof(*p->v), by_place);
	for (size_t i = 0; i < p->n; i++) {
		const struct patch *x = &p->v[i];

		if (x->from < from)
			return rp_fail(RP_E_INTERNAL, "patches overlap");
		rp_buf_add(b, in.p + from, x->from - from);
		rp_buf_bytes_add(b, x->with);
		from = x->to;
	}
	rp_buf_add(b, in.p + from, to - from);
	return NULL;
}

static uint32_t
node_in(const struct rp_xmltree *t, const struct rp_block *b)
{
	if (b->raw.n == 0 || t->n == 0 || b->raw.p < t->in.p ||
	    b->raw.p >= t->in.p + t->in.n)
		return 0;
	return rp_xmltree_at(t, (size_t)(b->raw.p - t->in.p));
}

static uint32_t
ancestor(const struct rp_xmltree *t, uint32_t node, enum rp_docx_name name)
{
	uint32_t c = node ? t->v[node].parent : 0;

	while (c != 0 && !rp_docx_is(t, c, name))
		c = t->v[c].parent;
	return c;
}

static uint32_t
outermost_table(const struct rp_xmltree *t, uint32_t node)
{
	uint32_t top = 0;

	for (uint32_t c = node; c != 0; c = ancestor(t, c, RP_W_tbl))
		top = rp_docx_is(t, c, RP_W_tbl) ? c : top;
	return top;
}

/* w:trPr with the state of the row; a patch of the part it is in. */
static void
patch_row(struct rp_docx_writing *w, const struct rp_xmltree *t, uint32_t tr,
    const char *name, rp_revision_ref v, struct patches *p)
{
	uint32_t pr = rp_docx_child(t, tr, RP_W_trPr);
	uint32_t change = pr ? rp_docx_child(t, pr, RP_W_trPrChange) : 0;
	uint32_t exceptions = rp_docx_child(t, tr, RP_W_tblPrEx);
	const struct rp_xmlnode *x = &t->v[pr ? pr : tr];
	bool empty = pr != 0 && x->inner_to == x->to;
	size_t at = x->inner_from;
	struct rp_buf b;

	rp_buf_init(&b, w->arena, w->w->max);
	if (pr == 0 || empty)
		put(&b, "<w:trPr>");
	rp_docx_put_revision(w, &b, name, v, "/>");
	if (pr == 0 || empty)
		put(&b, "</w:trPr>");
	if (empty) {
		add_patch(w->arena, p, x->from, x->to, &b);
		return;
	}
	if (pr == 0 && exceptions != 0)
		at = t->v[exceptions].to;
	if (pr != 0)
		at = change ? t->v[change].from : x->inner_to;
	add_patch(w->arena, p, at, at, &b);
}

/* The row of table `tbl` that a node is in, however deep. */
static uint32_t
row_in(const struct rp_xmltree *t, uint32_t node, uint32_t tbl)
{
	uint32_t row = 0;

	for (uint32_t c = node; c != 0 && c != tbl; c = t->v[c].parent)
		if (rp_docx_is(t, c, RP_W_tr))
			row = c;
	return row;
}

/* Rows that `n` blocks are in, all of one table of package 1, as new ones. */
static struct rp_err *
put_rows(struct rp_docx_writing *w, const struct rp_block *blocks, size_t n,
    struct rp_buf *out, bool whole_table)
{
	const struct rp_xmltree *t = &w->w->packages[1]->body;
	uint32_t tbl = outermost_table(t, node_in(t, &blocks[0]));
	struct patches p = { 0 };
	uint32_t first = 0, last = 0;

	for (size_t i = 0; i < n; i++) {
		uint32_t node = node_in(t, &blocks[i]);
		uint32_t tr = row_in(t, node, tbl);
		struct rp_buf b;

		if (node == 0 || tr == 0)
			return rp_fail(RP_E_INTERNAL, "row without octets");
		if (tr != last)
			patch_row(w, t, tr, "ins", blocks[i].cell.row_ins, &p);
		first = first ? first : tr;
		last = tr;
		rp_buf_init(&b, w->arena, w->w->max);
		RP_TRY(rp_docx_put_blocks(w, &b, t, &blocks[i], 1));
		add_patch(w->arena, &p, t->v[node].from, t->v[node].to, &b);
	}
	if (whole_table)
		return apply(t->in, &p, t->v[tbl].from, t->v[tbl].to, out);
	return apply(t->in, &p, t->v[first].from, t->v[last].to, out);
}

/* Another identifier in a note or a reference to one. */
static void
patch_id(struct rp_docx_writing *w, const struct rp_xmltree *t, uint32_t node,
    int32_t id, struct patches *p)
{
	rp_bytes old = rp_xmltree_attr(t, node, "id");
	size_t at = (size_t)(old.p - t->in.p);
	struct rp_buf b;

	if (old.n == 0 || rp_docx_number(old, -1) == id)
		return;
	rp_buf_init(&b, w->arena, w->w->max);
	rp_buf_f(&b, "%d", id);
	add_patch(w->arena, p, at, at + old.n, &b);
}

/* References in a paragraph that is otherwise left as it is. */
static void
patch_references(struct rp_docx_writing *w, const struct rp_xmltree *t,
    const struct rp_block *b, uint32_t node, struct patches *p)
{
	size_t end = t->v[node].to;
	uint32_t run = 0;

	for (uint32_t i = node + 1; i < t->n && t->v[i].from < end; i++) {
		if (!rp_docx_is(t, i, RP_W_footnoteReference) &&
		    !rp_docx_is(t, i, RP_W_endnoteReference))
			continue;
		while (run < b->n_runs && b->runs[run].kind != RP_RUN_NOTE)
			run++;
		if (run == b->n_runs)
			return;
		patch_id(w, t, i, w->note_ids[b->runs[run++].note], p);
	}
}

struct body {
	struct rp_docx_writing *w;
	const struct rp_xmltree *t;
	const struct rp_block *blocks;
	size_t n;
	struct patches patches;
	uint32_t content;              /* w:body, or the note */
	const struct rp_block *before; /* the last old block so far */
	size_t after;                  /* place of the next one */
};

static bool
is_base(const struct rp_block *b)
{
	return b->package == 0 && b->raw.n > 0;
}

/* The next old block from i on; looked for once for a row of new ones. */
static const struct rp_block *
base_after(struct body *x, size_t i)
{
	if (x->after < i)
		x->after = i;
	while (x->after < x->n && !is_base(&x->blocks[x->after]))
		x->after++;
	return x->after < x->n ? &x->blocks[x->after] : NULL;
}

static bool
same_cell(const struct rp_cell *x, const struct rp_cell *y)
{
	return x->table == y->table && x->row == y->row &&
	       x->column == y->column;
}

/* Content controls around a paragraph are left where they end with it. */
static size_t
after_block(const struct body *x, const struct rp_block *b)
{
	return x->t->v[node_in(x->t, b)].to;
}

static size_t
end_of_story(const struct body *x)
{
	uint32_t sect = rp_docx_child(x->t, x->content, RP_W_sectPr);

	return sect ? x->t->v[sect].from : x->t->v[x->content].inner_to;
}

/* Where a new paragraph, row or table goes. */
static size_t
place_of(const struct body *x, const struct rp_block *b, bool row,
    const struct rp_block *before, const struct rp_block *after)
{
	const struct rp_xmltree *t = x->t;
	uint32_t node;

	if (row) {
		if (before != NULL && before->cell.table == b->cell.table)
			return t->v[ancestor(t, node_in(t, before), RP_W_tr)]
			    .to;
		if (after != NULL && after->cell.table == b->cell.table)
			return t->v[ancestor(t, node_in(t, after), RP_W_tr)]
			    .from;
	}
	if (!row && before != NULL && same_cell(&before->cell, &b->cell))
		return after_block(x, before);
	if (!row && after != NULL && same_cell(&after->cell, &b->cell))
		return t->v[node_in(t, after)].from;
	/* Between tables, or what has no place of its own. */
	if (before != NULL && before->cell.table == 0)
		return after_block(x, before);
	if (after != NULL && after->cell.table == 0)
		return t->v[node_in(t, after)].from;
	if (before != NULL) {
		node = outermost_table(t, node_in(t, before));
		return t->v[node].to;
	}
	if (after != NULL) {
		node = outermost_table(t, node_in(t, after));
		return t->v[node].from;
	}
	return end_of_story(x);
}

/* How many blocks from i on are rows of one new or old table. */
static size_t
rows_from(struct body *x, size_t i, bool *out_table)
{
	const struct rp_xmltree *t = &x->w->w->packages[1]->body;
	const struct rp_block *b = &x->blocks[i], *before, *after;
	size_t n = 0;

	for (; i + n < x->n; n++) {
		const struct rp_block *c = &x->blocks[i + n];

		if (is_base(c) || c->cell.row_ins == 0)
			break;
		/* Nested tables come along with their row. */
		if (outermost_table(t, node_in(t, c)) !=
		    outermost_table(t, node_in(t, b)))
			break;
	}
	before = x->before;
	after = base_after(x, i + n);
	*out_table = !(before != NULL && before->cell.table == b->cell.table) &&
		     !(after != NULL && after->cell.table == b->cell.table);
	return n;
}

static struct rp_err *
put_new(struct body *x, size_t i, size_t *out_n)
{
	const struct rp_block *b = &x->blocks[i];
	bool row = b->cell.row_ins != 0, table = false;
	struct rp_buf out;
	size_t at;

	rp_buf_init(&out, x->w->arena, x->w->w->max);
	*out_n = row ? rows_from(x, i, &table) : 1;
	at = place_of(x, b, row, x->before, base_after(x, i + *out_n));
	if (row)
		RP_TRY(put_rows(x->w, b, *out_n, &out, table));
	else
		RP_TRY(rp_docx_put_blocks(x->w, &out, x->t, b, 1));
	add_patch(x->w->arena, &x->patches, at, at, &out);
	return NULL;
}

static struct rp_err *
put_old(struct body *x, size_t i, size_t *out_n)
{
	const struct rp_block *b = &x->blocks[i];
	uint32_t node = node_in(x->t, b);
	struct rp_buf out;
	bool changed = false;
	size_t n = 1;

	while (i + n < x->n && is_base(&x->blocks[i + n]) &&
	       x->blocks[i + n].raw.p == b->raw.p)
		n++;
	*out_n = n;
	for (size_t k = 0; k < n; k++)
		changed = changed || b[k].changed;
	if (node == 0)
		return rp_fail(RP_E_INTERNAL, "paragraph without octets");
	if (!changed && n == 1) {
		patch_references(x->w, x->t, b, node, &x->patches);
		return NULL;
	}
	rp_buf_init(&out, x->w->arena, x->w->w->max);
	RP_TRY(rp_docx_put_blocks(x->w, &out, x->t, b, n));
	add_patch(x->w->arena, &x->patches, x->t->v[node].from,
	    x->t->v[node].to, &out);
	return NULL;
}

static void
mark_rows(struct body *x)
{
	uint32_t last = 0;

	for (size_t i = 0; i < x->n; i++) {
		const struct rp_block *b = &x->blocks[i];
		uint32_t tr;

		if (!is_base(b) || b->cell.row_del == 0 || !b->changed)
			continue;
		tr = ancestor(x->t, node_in(x->t, b), RP_W_tr);
		if (tr != 0 && tr != last)
			patch_row(x->w, x->t, tr, "del", b->cell.row_del,
			    &x->patches);
		last = tr;
	}
}

static struct rp_err *
write_story(struct body *x)
{
	size_t n;

	for (size_t i = 0; i < x->n; i += n) {
		if (is_base(&x->blocks[i])) {
			RP_TRY(put_old(x, i, &n));
			x->before = &x->blocks[i + n - 1];
		} else {
			RP_TRY(put_new(x, i, &n));
		}
	}
	mark_rows(x);
	return NULL;
}

/* Annotations share one space of numbers. */
static uint32_t
highest_id(const struct rp_xmltree *t, uint32_t top)
{
	static const enum rp_docx_name names[] = { RP_W_ins, RP_W_del,
		RP_W_moveFrom, RP_W_moveTo, RP_W_bookmarkStart, RP_W_comment,
		RP_W_commentRangeStart, RP_W_moveFromRangeStart,
		RP_W_moveToRangeStart, RP_W_pPrChange, RP_W_rPrChange,
		RP_W_permStart, RP_W_sectPrChange, RP_W_tblPrChange,
		RP_W_tcPrChange, RP_W_trPrChange, RP_W_tblGridChange,
		RP_W_tblPrExChange, RP_W_cellIns, RP_W_cellDel,
		RP_W_cellMerge };

	for (uint32_t i = 1; i < t->n; i++) {
		int32_t id;

		if (t->v[i].space != RP_SPACE_WORD || t->v[i].name == 0)
			continue;
		for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++) {
			if (t->v[i].name != (uint16_t)names[k])
				continue;
			id = rp_docx_number(rp_xmltree_attr(t, i, "id"), 0);
			if (id > 0 && (uint32_t)id > top)
				top = (uint32_t)id;
		}
	}
	return top;
}

/* The note that a block of it is in, as a child of the part's root. */
static uint32_t
note_of(const struct rp_xmltree *t, const struct rp_block *b)
{
	uint32_t node = node_in(t, b);

	while (node != 0 && t->v[node].parent != 1)
		node = t->v[node].parent;
	return node;
}

static unsigned
note_package(const struct rp_story *s)
{
	return s->blocks.n > 0 ? s->blocks.v[0].package : 0;
}

/* The highest identifier of what the document has no note for. */
static int32_t
highest_other(const struct rp_docx_writing *w, const struct rp_xmltree *t,
    enum rp_story_kind kind)
{
	bool *known = rp_new_n(w->arena, bool, t->n + 1);
	int32_t top = 0;

	for (size_t i = 0; i < w->d->notes.n; i++) {
		const struct rp_story *s = &w->d->notes.v[i];

		if (s->kind == kind && s->blocks.n > 0 && note_package(s) == 0)
			known[note_of(t, &s->blocks.v[0])] = true;
	}
	for (uint32_t c = t->n ? t->v[1].first : 0; c != 0; c = t->v[c].next) {
		int32_t id = rp_docx_number(rp_xmltree_attr(t, c, "id"), 0);

		top = id > top && !known[c] ? id : top;
	}
	return top;
}

/*
 * Notes keep their identifiers unless some are new: then all are numbered in
 * the order of their marks.
 */
static void
number_notes(struct rp_docx_writing *w, enum rp_story_kind kind,
    const struct rp_xmltree *t)
{
	int32_t next = highest_other(w, t, kind);
	bool fresh = false;

	for (size_t i = 0; i < w->d->notes.n; i++) {
		const struct rp_story *s = &w->d->notes.v[i];

		fresh = fresh || (s->kind == kind && note_package(s) != 0);
	}
	for (size_t i = 0; i < w->d->notes.n; i++) {
		const struct rp_story *s = &w->d->notes.v[i];

		if (s->kind == kind)
			w->note_ids[i] =
			    fresh ? ++next :
				    rp_docx_number(rp_text_bytes(s->id), 0);
	}
}

/* A note's mark stands before the text of its first paragraph. */
static struct rp_err *
put_new_note(struct rp_docx_writing *w, const struct rp_story *s, int32_t id,
    struct rp_buf *b)
{
	bool end = s->kind == RP_STORY_ENDNOTE;
	const char *name = end ? "endnote" : "footnote";

	rp_buf_f(b, "<w:%s w:id=\"%d\">", name, id);
	for (size_t i = 0; i < s->blocks.n; i++) {
		struct rp_buf one;
		const uint8_t *at;
		size_t n = 0;

		rp_buf_init(&one, w->arena, w->w->max);
		RP_TRY(rp_docx_put_blocks(w, &one, &w->w->packages[1]->body,
		    &s->blocks.v[i], 1));
		at = memmem(one.p, one.n, "</w:pPr>", 8);
		n = at ? (size_t)(at - one.p) + 8 : strlen("<w:p>");
		rp_buf_add(b, one.p, n);
		if (i == 0)
			rp_buf_f(b,
			    "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/>"
			    "</w:rPr><w:%sRef/></w:r>",
			    name);
		rp_buf_add(b, one.p + n, one.n - n);
	}
	rp_buf_f(b, "</w:%s>", name);
	return NULL;
}

static struct rp_err *
patch_note(struct rp_docx_writing *w, const struct rp_xmltree *t,
    const struct rp_story *s, struct patches *p)
{
	struct body x = { .w = w,
		.t = t,
		.blocks = s->blocks.v,
		.n = s->blocks.n };
	uint32_t node = node_in(t, &s->blocks.v[0]);

	x.content = t->v[node].parent;
	x.patches = *p;
	RP_TRY(write_story(&x));
	*p = x.patches;
	return NULL;
}

/* The notes of one part, in the order of their marks. */
struct notes {
	struct rp_buf all;  /* each as it is now */
	bool *here;         /* by node of the part: it is in `all` */
	bool fresh;         /* some are new */
	struct patches old; /* of the part, if none is */
};

static struct rp_err *
add_note(struct rp_docx_writing *w, const struct rp_xmltree *t,
    const struct rp_story *s, int32_t id, struct notes *to)
{
	struct patches p = { 0 };
	uint32_t note;

	if (note_package(s) != 0) {
		to->fresh = true;
		return put_new_note(w, s, id, &to->all);
	}
	note = t->n > 0 ? note_of(t, &s->blocks.v[0]) : 0;
	if (note == 0)
		return NULL;
	patch_id(w, t, note, id, &p);
	RP_TRY(patch_note(w, t, s, &p));
	for (size_t i = 0; i < p.n; i++) {
		p.v[i].order = to->old.n;
		rp_vec_push(w->arena, &to->old, p.v[i]);
	}
	to->here[note] = true;
	return apply(t->in, &p, t->v[note].from, t->v[note].to, &to->all);
}

/* A part that holds nothing yet but these. */
static void
put_new_notes(const struct notes *n, const char *name, struct rp_buf *b)
{
	rp_buf_f(b,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone="
	    "\"yes\"?>\n<w:%ss xmlns:w=\"" WORD
	    "\"><w:%s w:type=\"separator\" w:id=\"-1\"><w:p><w:r>"
	    "<w:separator/></w:r></w:p></w:%s><w:%s w:type=\""
	    "continuationSeparator\" w:id=\"0\"><w:p><w:r>"
	    "<w:continuationSeparator/></w:r></w:p></w:%s>",
	    name, name, name, name, name);
	rp_buf_add(b, n->all.p, n->all.n);
	rp_buf_f(b, "</w:%ss>", name);
}

/*
 * Separators and what nothing refers to, then the notes. Readers that go by the
 * order of the part and not by identifiers (LibreOffice 7.4) find the right
 * ones, too.
 */
static void
put_notes(const struct notes *n, const struct rp_xmltree *t, struct rp_buf *b)
{
	rp_buf_add(b, t->in.p, t->v[1].inner_from);
	for (uint32_t c = t->v[1].first; c != 0; c = t->v[c].next)
		if (!n->here[c])
			rp_buf_bytes_add(b, rp_xmltree_raw(t, c));
	rp_buf_add(b, n->all.p, n->all.n);
	rp_buf_add(b, t->in.p + t->v[1].inner_to, t->in.n - t->v[1].inner_to);
}

static struct rp_err *
write_notes(struct rp_docx_writing *w, enum rp_story_kind kind,
    struct rp_docx_changes *out)
{
	const struct rp_docx_read *base = w->w->packages[0];
	bool end = kind == RP_STORY_ENDNOTE;
	const struct rp_xmltree *t = end ? &base->endnotes : &base->footnotes;
	struct rp_zip_change c = { .i = end ? base->endnotes_entry :
					      base->footnotes_entry };
	struct notes n = { .here = rp_new_n(w->arena, bool, t->n + 1) };
	struct rp_buf b;

	rp_buf_init(&b, w->arena, w->w->max);
	rp_buf_init(&n.all, w->arena, w->w->max);
	for (size_t i = 0; i < w->d->notes.n; i++) {
		const struct rp_story *s = &w->d->notes.v[i];

		if (s->kind == kind && s->blocks.n > 0)
			RP_TRY(add_note(w, t, s, w->note_ids[i], &n));
	}
	if (n.old.n == 0 && !n.fresh)
		return NULL;
	if (c.i == SIZE_MAX || t->v[1].inner_to == t->v[1].to)
		put_new_notes(&n, end ? "endnote" : "footnote", &b);
	else if (n.fresh)
		put_notes(&n, t, &b);
	else
		RP_TRY(apply(t->in, &n.old, 0, t->in.n, &b));
	RP_TRY(rp_buf_bytes(&b, &c.content));
	if (c.i == SIZE_MAX)
		return rp_docx_add_part(w, out, end ? "endnotes" : "footnotes",
		    end ? "endnotes.xml" : "footnotes.xml", c.content);
	rp_vec_push(w->arena, out, c);
	return NULL;
}

static struct rp_err *
write_body(struct rp_docx_writing *w, struct rp_docx_changes *out)
{
	const struct rp_docx_read *base = w->w->packages[0];
	struct rp_zip_change c = { .i = base->package.main };
	struct body x = { .w = w,
		.t = &base->body,
		.blocks = w->d->body.blocks.v,
		.n = w->d->body.blocks.n };
	struct rp_buf b;

	x.content = rp_docx_child(x.t, 1, RP_W_body);
	RP_TRY(write_story(&x));
	if (x.patches.n == 0)
		return NULL;
	rp_buf_init(&b, w->arena, w->w->max);
	RP_TRY(apply(x.t->in, &x.patches, 0, x.t->in.n, &b));
	RP_TRY(rp_buf_bytes(&b, &c.content));
	rp_vec_push(w->arena, out, c);
	return NULL;
}

static int
by_entry(const void *x, const void *y)
{
	const struct rp_zip_change *p = x, *q = y;

	if (p->i != q->i)
		return p->i < q->i ? -1 : 1;
	return p->name.n == 0 ? 0 : rp_text_cmp(p->name, q->name);
}

struct rp_err *
rp_docx_write(struct rp_arena *a, const struct rp_document *d,
    const struct rp_docx_write *w, rp_bytes *out)
{
	const struct rp_docx_read *base = w->packages[0];
	struct rp_docx_writing x = { .arena = a, .d = d, .w = w };
	struct rp_docx_changes changes = { 0 };
	const uint8_t *root = base->body.in.p + base->body.v[1].from;

	if (memcmp(root, "<w:", 3) != 0)
		return rp_fail(RP_E_INVALID,
		    "Word document with an unusual prefix");
	x.next_id = highest_id(&base->body, 0);
	x.next_id = highest_id(&base->footnotes, x.next_id);
	x.next_id = highest_id(&base->endnotes, x.next_id) + 1;
	for (size_t i = 0; i < base->styles.numbering.lists.n; i++)
		if (base->styles.numbering.lists.v[i].id > x.next_list)
			x.next_list = base->styles.numbering.lists.v[i].id;
	x.note_ids = rp_new_n(a, int32_t, d->notes.n + 1);
	number_notes(&x, RP_STORY_FOOTNOTE, &base->footnotes);
	number_notes(&x, RP_STORY_ENDNOTE, &base->endnotes);
	RP_TRY(write_body(&x, &changes));
	RP_TRY(write_notes(&x, RP_STORY_FOOTNOTE, &changes));
	RP_TRY(write_notes(&x, RP_STORY_ENDNOTE, &changes));
	RP_TRY(rp_docx_bring_objects(&x, &changes));
	RP_TRY(rp_docx_bring_styles(&x, &changes));
	RP_TRY(rp_docx_bring_lists(&x, &changes));
	if (changes.n > 0)
		qsort(changes.v, changes.n, sizeof(*changes.v), by_entry);
	return rp_zip_copy(a, base->package.zip, changes.v, changes.n, w->max,
	    out);
}
