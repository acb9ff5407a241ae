#include "codec/docx_revise.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "codec/docx_package.h"
#include "codec/zip.h"

/* What becomes of a paragraph. */
enum plan {
	STAYS = 0,
	JOINS,    /* its content goes into the next one */
	MAY_DROP, /* there is no next one: it goes if nothing is left in it */
};

struct revising {
	struct rp_arena *arena;
	const struct rp_xmltree *t;
	bool accept;
	bool changed;
	uint8_t *plan;          /* by node */
	uint8_t *has_one;       /* by node: this container has a paragraph */
	struct rp_buf *to;      /* where octets go */
	struct rp_buf *waiting; /* content for the next paragraph */
};

#define NO_NEXT UINT32_MAX

static bool
is(const struct revising *v, uint32_t node, enum rp_docx_name name)
{
	return rp_docx_is(v->t, node, name);
}

/* An element around runs, or a mark: does it go? */
static bool
goes(const struct revising *v, uint32_t node)
{
	if (is(v, node, RP_W_del) || is(v, node, RP_W_moveFrom))
		return v->accept;
	if (is(v, node, RP_W_ins) || is(v, node, RP_W_moveTo))
		return !v->accept;
	return false;
}

static bool
is_revised(const struct revising *v, uint32_t node)
{
	return is(v, node, RP_W_del) || is(v, node, RP_W_moveFrom) ||
	       is(v, node, RP_W_ins) || is(v, node, RP_W_moveTo);
}

static bool
is_mark(const struct revising *v, uint32_t node)
{
	static const enum rp_docx_name marks[] = { RP_W_moveFromRangeStart,
		RP_W_moveFromRangeEnd, RP_W_moveToRangeStart,
		RP_W_moveToRangeEnd, RP_W_customXmlDelRangeStart,
		RP_W_customXmlDelRangeEnd, RP_W_customXmlInsRangeStart,
		RP_W_customXmlInsRangeEnd, RP_W_customXmlMoveFromRangeStart,
		RP_W_customXmlMoveFromRangeEnd, RP_W_customXmlMoveToRangeStart,
		RP_W_customXmlMoveToRangeEnd, RP_W_numberingChange,
		RP_W_cellIns, RP_W_cellDel };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (is(v, node, marks[i]))
			return true;
	return false;
}

static uint32_t
container_of(const struct revising *v, uint32_t node)
{
	for (uint32_t c = v->t->v[node].parent; c != 0; c = v->t->v[c].parent)
		if (is(v, c, RP_W_tc) || is(v, c, RP_W_body) ||
		    is(v, c, RP_W_txbxContent) || is(v, c, RP_W_footnote) ||
		    is(v, c, RP_W_endnote) || is(v, c, RP_W_comment))
			return c;
	return 1;
}

/* Does the mark, row or cell go that has its state in `pr`? */
static bool
mark_goes(const struct revising *v, uint32_t pr)
{
	for (uint32_t c = pr ? v->t->v[pr].first : 0; c != 0;
	     c = v->t->v[c].next)
		if (goes(v, c) || (is(v, c, RP_W_cellDel) && v->accept) ||
		    (is(v, c, RP_W_cellIns) && !v->accept))
			return true;
	return false;
}

static uint32_t
child_of_child(const struct revising *v, uint32_t node, enum rp_docx_name one,
    enum rp_docx_name two)
{
	uint32_t c = rp_docx_child(v->t, node, one);

	return c ? rp_docx_child(v->t, c, two) : 0;
}

static bool row_goes(const struct revising *v, uint32_t tr);

static bool
cell_goes(const struct revising *v, uint32_t tc)
{
	return mark_goes(v, rp_docx_child(v->t, tc, RP_W_tcPr));
}

/* As a whole, or with all its cells. */
static bool
row_goes(const struct revising *v, uint32_t tr)
{
	bool cells = false;

	if (mark_goes(v, rp_docx_child(v->t, tr, RP_W_trPr)))
		return true;
	for (uint32_t c = v->t->v[tr].first; c != 0; c = v->t->v[c].next) {
		if (is(v, c, RP_W_sdt) || is(v, c, RP_W_customXml))
			return false;
		if (!is(v, c, RP_W_tc))
			continue;
		if (!cell_goes(v, c))
			return false;
		cells = true;
	}
	return cells;
}

static bool
table_goes(const struct revising *v, uint32_t tbl)
{
	bool rows = false;

	for (uint32_t c = v->t->v[tbl].first; c != 0; c = v->t->v[c].next) {
		if (is(v, c, RP_W_sdt) || is(v, c, RP_W_customXml))
			return false;
		if (!is(v, c, RP_W_tr))
			continue;
		if (!row_goes(v, c))
			return false;
		rows = true;
	}
	return rows;
}

/*
 * From the end, so that each paragraph knows what comes next in its container:
 * a paragraph to be joined with, or a table or nothing.
 */
static void
make_plan(struct revising *v)
{
	const struct rp_xmltree *t = v->t;
	uint8_t *joinable = rp_new_n(v->arena, uint8_t, t->n);

	v->plan = rp_new_n(v->arena, uint8_t, t->n);
	v->has_one = rp_new_n(v->arena, uint8_t, t->n);
	for (uint32_t i = t->n; i-- > 1;) {
		uint32_t in;

		if (is(v, i, RP_W_tbl)) {
			joinable[container_of(v, i)] = 0;
			continue;
		}
		if (!is(v, i, RP_W_p))
			continue;
		in = container_of(v, i);
		if (mark_goes(v, child_of_child(v, i, RP_W_pPr, RP_W_rPr)))
			v->plan[i] = joinable[in] ? JOINS : MAY_DROP;
		joinable[in] = 1;
	}
}

static void
put(struct revising *v, size_t from, size_t to)
{
	rp_buf_add(v->to, v->t->in.p + from, to - from);
}

static void render(struct revising *v, uint32_t node);

/* The content of an element: what stands between its children, and they. */
static void
render_inner(struct revising *v, uint32_t node)
{
	const struct rp_xmlnode *x = &v->t->v[node];
	size_t at = x->inner_from;

	for (uint32_t c = x->first; c != 0; c = v->t->v[c].next) {
		put(v, at, v->t->v[c].from);
		render(v, c);
		at = v->t->v[c].to;
	}
	put(v, at, x->inner_to);
}

static void
render_whole(struct revising *v, uint32_t node)
{
	const struct rp_xmlnode *x = &v->t->v[node];

	if (x->first == 0) {
		put(v, x->from, x->to);
		return;
	}
	put(v, x->from, x->inner_from);
	render_inner(v, node);
	put(v, x->inner_to, x->to);
}

/* The prefix in an element's tag, with its colon. */
static rp_bytes
prefix_of(const struct revising *v, uint32_t node)
{
	const uint8_t *p = v->t->in.p + v->t->v[node].from + 1;
	size_t n = 0;

	while (p[n] != ':' && p[n] != '>' && p[n] != '/' && p[n] != ' ')
		n++;
	return (rp_bytes){ p, p[n] == ':' ? n + 1 : 0 };
}

/* w:delText becomes w:t, with its attributes. */
static void
render_renamed(struct revising *v, uint32_t node, const char *old,
    const char *name)
{
	const struct rp_xmlnode *x = &v->t->v[node];
	rp_bytes prefix = prefix_of(v, node);

	rp_buf_byte(v->to, '<');
	rp_buf_bytes_add(v->to, prefix);
	rp_buf_text(v->to, rp_text_z(name));
	put(v, x->from + 1 + prefix.n + strlen(old), x->inner_to);
	if (x->to > x->inner_to) {
		rp_buf_text(v->to, RP_TEXT("</"));
		rp_buf_bytes_add(v->to, prefix);
		rp_buf_text(v->to, rp_text_z(name));
		rp_buf_byte(v->to, '>');
	}
}

/* Properties with what they were before: that is then what they are. */
static void
render_before(struct revising *v, uint32_t node, uint32_t change)
{
	const struct rp_xmlnode *x = &v->t->v[node];
	uint32_t before = v->t->v[change].first;
	rp_bytes prefix = prefix_of(v, node);
	size_t name = x->from + 1;

	while (v->t->in.p[name] != ' ' && v->t->in.p[name] != '>' &&
	       v->t->in.p[name] != '/' && v->t->in.p[name] != '\n')
		name++;
	(void)prefix;
	rp_buf_byte(v->to, '<');
	put(v, x->from + 1, name);
	rp_buf_byte(v->to, '>');
	/* References stand first in a section, a mark's last in a paragraph. */
	for (uint32_t c = x->first; c != 0; c = v->t->v[c].next)
		if (is(v, node, RP_W_sectPr) && v->t->v[c].name == 0 &&
		    v->t->v[c].space == RP_SPACE_WORD) {
			rp_bytes id = rp_xmltree_attr(v->t, c, "id");

			if (id.p != NULL)
				put(v, v->t->v[c].from, v->t->v[c].to);
		}
	if (before != 0)
		render_inner(v, before);
	for (uint32_t c = x->first; c != 0; c = v->t->v[c].next)
		if (is(v, node, RP_W_pPr) &&
		    (is(v, c, RP_W_rPr) || is(v, c, RP_W_sectPr)))
			render(v, c);
	rp_buf_text(v->to, RP_TEXT("</"));
	put(v, x->from + 1, name);
	rp_buf_byte(v->to, '>');
}

static uint32_t
change_in(const struct revising *v, uint32_t node)
{
	static const enum rp_docx_name changes[] = { RP_W_pPrChange,
		RP_W_rPrChange, RP_W_sectPrChange, RP_W_tblPrChange,
		RP_W_tblPrExChange, RP_W_trPrChange, RP_W_tcPrChange,
		RP_W_tblGridChange };

	for (uint32_t c = v->t->v[node].first; c != 0; c = v->t->v[c].next)
		for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]);
		     i++)
			if (is(v, c, changes[i]))
				return c;
	return 0;
}

/* Is anything left in an element of a paragraph? */
static bool
has_content(const struct revising *v, uint32_t node)
{
	for (uint32_t c = v->t->v[node].first; c != 0; c = v->t->v[c].next) {
		if (goes(v, c) || is(v, c, RP_W_pPr))
			continue;
		if (v->t->v[c].space == RP_SPACE_MATH)
			return true;
		if (is(v, c, RP_W_r)) {
			for (uint32_t k = v->t->v[c].first; k != 0;
			     k = v->t->v[k].next)
				if (!is(v, k, RP_W_rPr))
					return true;
			continue;
		}
		if (v->t->v[c].first != 0 && has_content(v, c))
			return true;
	}
	return false;
}

/*
 * A paragraph's content without its properties goes to `waiting`, once it is
 * whole: a text box in it has paragraphs of its own, which wait for nothing
 * that stands outside.
 */
static void
set_aside(struct revising *v, uint32_t node)
{
	const struct rp_xmlnode *x = &v->t->v[node];
	struct rp_buf *to = v->to, *waiting = v->waiting, aside, inner;

	rp_buf_init(&aside, v->arena, SIZE_MAX / 2);
	rp_buf_init(&inner, v->arena, SIZE_MAX / 2);
	v->to = &aside;
	v->waiting = &inner;
	for (uint32_t c = x->first; c != 0; c = v->t->v[c].next)
		if (!is(v, c, RP_W_pPr))
			render(v, c);
	v->to = to;
	v->waiting = waiting;
	rp_buf_add(waiting, aside.p, aside.n);
	rp_buf_add(waiting, inner.p, inner.n);
}

static void
render_paragraph(struct revising *v, uint32_t node)
{
	const struct rp_xmlnode *x = &v->t->v[node];
	uint32_t in = container_of(v, node);
	uint32_t ppr = rp_docx_child(v->t, node, RP_W_pPr);
	struct rp_buf *waiting = v->waiting, inner;
	bool empty;

	if (v->plan[node] == JOINS) {
		v->changed = true;
		set_aside(v, node);
		return;
	}
	empty = waiting->n == 0 && !has_content(v, node);
	if (v->plan[node] == MAY_DROP && empty &&
	    (v->has_one[in] || is(v, in, RP_W_body))) {
		bool last = is(v, in, RP_W_body) && !v->has_one[in];

		/* A body keeps one paragraph before what follows. */
		for (uint32_t c = x->next; last && c != 0; c = v->t->v[c].next)
			last = is(v, c, RP_W_sectPr);
		if (!last) {
			v->changed = true;
			return;
		}
	}
	v->has_one[in] = 1;
	if (waiting->n == 0) {
		render_whole(v, node);
		return;
	}
	/* Text boxes in it have paragraphs of their own. */
	rp_buf_init(&inner, v->arena, SIZE_MAX / 2);
	v->waiting = &inner;
	put(v, x->from, x->from + 1);
	if (x->first == 0 && v->t->in.p[x->to - 2] == '/') {
		put(v, x->from + 1, x->to - 2);
		rp_buf_byte(v->to, '>');
	} else {
		put(v, x->from + 1, x->inner_from);
	}
	if (ppr != 0)
		render(v, ppr);
	rp_buf_add(v->to, waiting->p, waiting->n);
	for (uint32_t c = x->first; c != 0; c = v->t->v[c].next)
		if (c != ppr)
			render(v, c);
	rp_buf_text(v->to, RP_TEXT("</"));
	rp_buf_bytes_add(v->to, prefix_of(v, node));
	rp_buf_text(v->to, RP_TEXT("p>"));
	waiting->n = 0;
	rp_buf_add(waiting, inner.p, inner.n);
	v->waiting = waiting;
}

/* w:cellMerge says how cells are merged, and were before. */
static void
render_merge(struct revising *v, uint32_t node)
{
	rp_bytes how =
	    rp_xmltree_attr(v->t, node, v->accept ? "vMerge" : "vMergeOrig");

	v->changed = true;
	if (how.n != 4)
		return;
	rp_buf_byte(v->to, '<');
	rp_buf_bytes_add(v->to, prefix_of(v, node));
	rp_buf_text(v->to, RP_TEXT("vMerge"));
	if (memcmp(how.p, "rest", 4) == 0) {
		rp_buf_byte(v->to, ' ');
		rp_buf_bytes_add(v->to, prefix_of(v, node));
		rp_buf_text(v->to, RP_TEXT("val=\"restart\""));
	}
	rp_buf_text(v->to, RP_TEXT("/>"));
}

static bool
drops(const struct revising *v, uint32_t node)
{
	if (goes(v, node) || is_mark(v, node))
		return true;
	if (is(v, node, RP_W_tr))
		return row_goes(v, node);
	if (is(v, node, RP_W_tc))
		return cell_goes(v, node);
	if (is(v, node, RP_W_tbl))
		return table_goes(v, node);
	if (is(v, node, RP_W_numPr) && !v->accept)
		return rp_docx_child(v->t, node, RP_W_ins) != 0;
	return false;
}

static void
render(struct revising *v, uint32_t node)
{
	uint32_t change;

	if (drops(v, node)) {
		v->changed = true;
		return;
	}
	if (is_revised(v, node)) {
		v->changed = true;
		render_inner(v, node);
		return;
	}
	if (is(v, node, RP_W_p)) {
		render_paragraph(v, node);
		return;
	}
	if (is(v, node, RP_W_delText) && !v->accept) {
		render_renamed(v, node, "delText", "t");
		return;
	}
	if (is(v, node, RP_W_delInstrText) && !v->accept) {
		render_renamed(v, node, "delInstrText", "instrText");
		return;
	}
	if (is(v, node, RP_W_cellMerge)) {
		render_merge(v, node);
		return;
	}
	change = v->t->v[node].first ? change_in(v, node) : 0;
	if (change == 0) {
		render_whole(v, node);
		return;
	}
	v->changed = true;
	if (!v->accept) {
		render_before(v, node, change);
		return;
	}
	/* All of it but the change. */
	put(v, v->t->v[node].from, v->t->v[node].inner_from);
	for (uint32_t c = v->t->v[node].first; c != 0; c = v->t->v[c].next)
		if (c != change)
			render(v, c);
	put(v, v->t->v[node].inner_to, v->t->v[node].to);
}

static struct rp_err *
revise_part(struct rp_arena *a, const struct rp_xmltree *t, bool accept,
    rp_bytes *out, bool *out_changed)
{
	struct revising v = { .arena = a, .t = t, .accept = accept };
	struct rp_buf to, waiting;

	rp_buf_init(&to, a, t->in.n * 2 + 4096);
	rp_buf_init(&waiting, a, t->in.n * 2 + 4096);
	v.to = &to;
	v.waiting = &waiting;
	make_plan(&v);
	put(&v, 0, t->v[1].from);
	render(&v, 1);
	put(&v, t->v[1].to, t->in.n);
	*out_changed = v.changed;
	return rp_buf_bytes(&to, out);
}

static int
by_entry(const void *x, const void *y)
{
	const struct rp_zip_change *p = x, *q = y;

	return p->i < q->i ? -1 : p->i > q->i;
}

struct changes RP_VEC(struct rp_zip_change);

static struct rp_err *
add_part(struct rp_arena *a, const struct rp_docx_package *p, size_t entry,
    bool accept, struct changes *changes)
{
	struct rp_zip_change c = { .i = entry };
	struct rp_xmltree t;
	bool changed;

	for (size_t i = 0; i < changes->n; i++)
		if (changes->v[i].i == entry)
			return NULL;
	RP_TRY(rp_docx_tree(a, p, entry, &t));
	RP_TRY(revise_part(a, &t, accept, &c.content, &changed));
	if (changed)
		rp_vec_push(a, changes, c);
	return NULL;
}

static struct rp_err *
revise(struct rp_arena *a, rp_bytes octets, bool accept, size_t max,
    rp_bytes *out)
{
	static const char *const types[] = { "footnotes", "endnotes", "header",
		"footer" };
	struct changes changes = { 0 };
	struct rp_docx_package p;
	struct rp_zip *z;

	RP_TRY(rp_zip_open(a, octets, &z));
	RP_TRY(rp_docx_open(a, z, &p));
	RP_TRY(add_part(a, &p, p.main, accept, &changes));
	for (size_t i = 0; i < p.relations.n; i++)
		for (size_t k = 0; k < sizeof(types) / sizeof(types[0]); k++) {
			size_t entry = SIZE_MAX;

			if (rp_text_eq(p.relations.v[i].type,
				rp_text_z(types[k])) &&
			    !p.relations.v[i].external)
				entry = rp_zip_find(z, p.relations.v[i].target);
			if (entry != SIZE_MAX && entry != p.main)
				RP_TRY(
				    add_part(a, &p, entry, accept, &changes));
		}
	if (changes.n > 0)
		qsort(changes.v, changes.n, sizeof(*changes.v), by_entry);
	return rp_zip_copy(a, z, changes.v, changes.n, max, out);
}

struct rp_err *
rp_docx_accept(struct rp_arena *a, rp_bytes octets, size_t max, rp_bytes *out)
{
	return revise(a, octets, true, max, out);
}

struct rp_err *
rp_docx_reject(struct rp_arena *a, rp_bytes octets, size_t max, rp_bytes *out)
{
	return revise(a, octets, false, max, out);
}
