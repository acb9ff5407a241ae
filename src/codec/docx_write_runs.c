#include "codec/docx_write_private.h"

#include <string.h>

#include "base/err.h"

static void
put(struct rp_buf *b, const char *z)
{
	rp_buf_text(b, rp_text_z(z));
}

static void
escape(struct rp_buf *b, rp_text t)
{
	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] == '<')
			put(b, "&lt;");
		else if (t.p[i] == '>')
			put(b, "&gt;");
		else if (t.p[i] == '&')
			put(b, "&amp;");
		else if (t.p[i] == '"')
			put(b, "&quot;");
		else
			rp_buf_byte(b, (uint8_t)t.p[i]);
	}
}

void
rp_docx_put_revision(struct rp_docx_writing *w, struct rp_buf *b,
    const char *name, rp_revision_ref v, const char *end)
{
	const struct rp_revision *r = &w->d->revisions.v[v];

	rp_buf_f(b, "<w:%s w:id=\"%u\" w:author=\"", name, w->next_id++);
	escape(b, r->author.n ? r->author : RP_TEXT("unknown"));
	if (r->date.n > 0) {
		put(b, "\" w:date=\"");
		escape(b, r->date);
	}
	put(b, "\"");
	put(b, end);
}

static const char *
element_of(const struct rp_docx_writing *w, rp_revision_ref v)
{
	switch (w->d->revisions.v[v].kind) {
	case RP_REVISION_DELETE:
		return "del";
	case RP_REVISION_MOVE_FROM:
		return "moveFrom";
	case RP_REVISION_MOVE_TO:
		return "moveTo";
	default:
		return "ins";
	}
}

/* The octets of w:rPr for the states of a paragraph mark. */
static void
put_mark(struct rp_docx_writing *w, struct rp_buf *b, const struct rp_block *x)
{
	if (x->mark_ins != 0)
		rp_docx_put_revision(w, b, element_of(w, x->mark_ins),
		    x->mark_ins, "/>");
	if (x->mark_del != 0)
		rp_docx_put_revision(w, b, element_of(w, x->mark_del),
		    x->mark_del, "/>");
}

/* The list that a paragraph counts in by its style, and the level. */
struct counts {
	int32_t list, level; /* 0: none */
};

static struct counts
by_style(const struct rp_docx_style *s)
{
	if (s == NULL || s->list <= 0)
		return (struct counts){ 0 };
	return (
	    struct counts){ s->list, s->list_level > 0 ? s->list_level : 0 };
}

/*
 * The same in package 0 once the style is there: styles are brought over
 * without their own lists.
 */
static struct counts
by_style_there(const struct rp_docx_writing *w, rp_text id)
{
	for (unsigned i = 0; i < RP_DOCX_STYLES_MAX && id.n > 0; i++) {
		const struct rp_docx_style *s =
		    rp_docx_style_find(&w->w->packages[0]->styles, id);

		if (s != NULL)
			return by_style(s);
		s = rp_docx_style_find(&w->w->packages[1]->styles, id);
		id = s ? s->based_on : RP_TEXT("");
	}
	return (struct counts){ 0 };
}

/*
 * w:numPr for what w:pPr of package 1 says with its style, in package 0. It is
 * left out where the style says the same there.
 */
static void
put_numpr(struct rp_docx_writing *w, struct rp_buf *b,
    const struct rp_xmltree *t, uint32_t ppr)
{
	uint32_t numpr = rp_docx_child(t, ppr, RP_W_numPr);
	rp_text style =
	    rp_xmltree_text(w->arena, rp_docx_value(t, ppr, RP_W_pStyle));
	struct counts here =
	    by_style(rp_docx_style_find(&w->w->packages[1]->styles, style));
	struct counts there = by_style_there(w, style);
	int32_t level = -1, list = -1;

	if (numpr != 0) {
		level = rp_docx_number(rp_docx_value(t, numpr, RP_W_ilvl), -1);
		list = rp_docx_number(rp_docx_value(t, numpr, RP_W_numId), -1);
	}
	if (list < 0) {
		list = here.list;
		level = level < 0 ? here.level : level;
	}
	if (list > 0)
		list = (int32_t)rp_docx_list_of(w, (uint32_t)list);
	if (numpr == 0 && list == there.list &&
	    (list == 0 || level == there.level))
		return;
	put(b, "<w:numPr>");
	if (level >= 0 && list > 0)
		rp_buf_f(b, "<w:ilvl w:val=\"%d\"/>", level);
	rp_buf_f(b, "<w:numId w:val=\"%d\"/></w:numPr>", list);
}

static bool
is_base_property(const struct rp_xmltree *t, uint32_t c)
{
	return t->v[c].space == RP_SPACE_WORD && !rp_docx_is(t, c, RP_W_rPr) &&
	       !rp_docx_is(t, c, RP_W_sectPr) &&
	       !rp_docx_is(t, c, RP_W_pPrChange);
}

static uint32_t
next_layout(const struct rp_xmltree *t, uint32_t c)
{
	while (c != 0 &&
	       (!is_base_property(t, c) || rp_docx_is(t, c, RP_W_numPr) ||
		   rp_docx_is(t, c, RP_W_pStyle)))
		c = t->v[c].next;
	return c;
}

static uint32_t
first_layout(const struct rp_xmltree *t, rp_bytes props)
{
	uint32_t ppr;

	if (props.n == 0 || props.p < t->in.p || props.p >= t->in.p + t->in.n)
		return 0;
	ppr = rp_xmltree_at(t, (size_t)(props.p - t->in.p));
	return next_layout(t, t->v[ppr].first);
}

bool
rp_docx_same_layout(const struct rp_docx_read *x, rp_bytes props_x,
    const struct rp_docx_read *y, rp_bytes props_y)
{
	uint32_t i = first_layout(&x->body, props_x);
	uint32_t k = first_layout(&y->body, props_y);

	while (i != 0 && k != 0) {
		rp_bytes p = rp_xmltree_raw(&x->body, i);
		rp_bytes q = rp_xmltree_raw(&y->body, k);

		if (p.n != q.n || memcmp(p.p, q.p, p.n) != 0)
			return false;
		i = next_layout(&x->body, x->body.v[i].next);
		k = next_layout(&y->body, y->body.v[k].next);
	}
	return i == 0 && k == 0;
}

/* What stands before w:numPr in CT_PPrBase. */
static bool
is_before_numpr(const struct rp_xmltree *t, uint32_t c)
{
	static const char *const names[] = { "pStyle", "keepNext", "keepLines",
		"pageBreakBefore", "framePr", "widowControl" };
	rp_bytes raw = rp_xmltree_raw(t, c);

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t n = strlen(names[i]);

		if (raw.n > n + 3 && memcmp(raw.p, "<w:", 3) == 0 &&
		    memcmp(raw.p + 3, names[i], n) == 0 &&
		    memchr(" />\t\r\n", raw.p[3 + n], 6) != NULL)
			return true;
	}
	return false;
}

/* What w:pPr says of the paragraph itself (CT_PPrBase). */
static void
put_base_properties(struct rp_docx_writing *w, struct rp_buf *b,
    const struct rp_xmltree *t, uint32_t ppr, bool foreign)
{
	bool counted = !foreign || ppr == 0;

	for (uint32_t c = ppr ? t->v[ppr].first : 0; c != 0; c = t->v[c].next) {
		if (!is_base_property(t, c))
			continue;
		if (foreign && rp_docx_is(t, c, RP_W_pStyle))
			rp_docx_need_style(w,
			    rp_xmltree_text(w->arena,
				rp_xmltree_attr(t, c, "val")));
		if (!counted && !is_before_numpr(t, c)) {
			put_numpr(w, b, t, ppr);
			counted = true;
		}
		if (!foreign || !rp_docx_is(t, c, RP_W_numPr))
			rp_buf_bytes_add(b, rp_xmltree_raw(t, c));
	}
	if (!counted)
		put_numpr(w, b, t, ppr);
}

/* Only what WordprocessingML has: other prefixes may not be bound there. */
static void
put_word_children(struct rp_docx_writing *w, struct rp_buf *b,
    const struct rp_xmltree *t, uint32_t node, bool foreign)
{
	for (uint32_t c = node ? t->v[node].first : 0; c != 0;
	     c = t->v[c].next) {
		if ((foreign && t->v[c].space != RP_SPACE_WORD) ||
		    rp_docx_is(t, c, RP_W_rPrChange) ||
		    rp_docx_is(t, c, RP_W_ins) || rp_docx_is(t, c, RP_W_del) ||
		    rp_docx_is(t, c, RP_W_moveFrom) ||
		    rp_docx_is(t, c, RP_W_moveTo))
			continue;
		if (foreign && rp_docx_is(t, c, RP_W_rStyle))
			rp_docx_need_style(w,
			    rp_xmltree_text(w->arena,
				rp_xmltree_attr(t, c, "val")));
		rp_buf_bytes_add(b, rp_xmltree_raw(t, c));
	}
}

/* The tree of package 1 that octets of its body or notes are in. */
static const struct rp_xmltree *
tree_of(const struct rp_docx_writing *w, unsigned package, rp_bytes octets)
{
	const struct rp_docx_read *r = w->w->packages[package];
	const struct rp_xmltree *trees[3];

	if (r == NULL || octets.n == 0)
		return NULL;
	trees[0] = &r->body;
	trees[1] = &r->footnotes;
	trees[2] = &r->endnotes;
	for (size_t i = 0; i < 3; i++)
		if (trees[i]->n > 0 && octets.p >= trees[i]->in.p &&
		    octets.p < trees[i]->in.p + trees[i]->in.n)
			return trees[i];
	return NULL;
}

static uint32_t
node_of(const struct rp_xmltree *t, rp_bytes octets)
{
	return t ? rp_xmltree_at(t, (size_t)(octets.p - t->in.p)) : 0;
}

/* w:pPr in the order of the schema: base, rPr, sectPr, pPrChange. */
static void
put_properties(struct rp_docx_writing *w, struct rp_buf *b,
    const struct rp_block *x, bool sections)
{
	const struct rp_xmltree *old = tree_of(w, x->package, x->raw), *now;
	uint32_t p = node_of(old, x->raw), ppr, new_ppr, rpr = 0, sect = 0;
	bool foreign = x->package != 0;
	struct rp_buf inner;

	ppr = p ? rp_docx_child(old, p, RP_W_pPr) : 0;
	new_ppr = ppr;
	now = old;
	if (x->mark_format != 0 || x->props_package != x->package) {
		now = tree_of(w, x->props_package, x->props);
		new_ppr = node_of(now, x->props);
		foreign = x->props_package != 0;
	}
	rp_buf_init(&inner, w->arena, w->w->max);
	put_base_properties(w, &inner, now, new_ppr, foreign);
	if (ppr != 0) {
		rpr = rp_docx_child(old, ppr, RP_W_rPr);
		sect = rp_docx_child(old, ppr, RP_W_sectPr);
	}
	if (x->mark_ins != 0 || x->mark_del != 0 || rpr != 0) {
		put(&inner, "<w:rPr>");
		put_mark(w, &inner, x);
		put_word_children(w, &inner, old, rpr, x->package != 0);
		put(&inner, "</w:rPr>");
	}
	if (sect != 0 && sections && x->package == 0)
		rp_buf_bytes_add(&inner, rp_xmltree_raw(old, sect));
	if (x->mark_format != 0) {
		rp_docx_put_revision(w, &inner, "pPrChange", x->mark_format,
		    "><w:pPr>");
		put_base_properties(w, &inner, old, ppr, false);
		put(&inner, "</w:pPr></w:pPrChange>");
	}
	if (inner.n == 0)
		return;
	put(b, "<w:pPr>");
	rp_buf_add(b, inner.p, inner.n);
	put(b, "</w:pPr>");
}

/* What is open in the paragraph that is being written. */
struct line {
	struct rp_docx_writing *w;
	struct rp_buf *b;
	const struct rp_xmltree *t;
	const struct rp_block *x;
	rp_revision_ref ins, del; /* of the wrapper that is open */
	bool in_run;
	rp_bytes tag, rpr; /* the run's start tag and properties */
	/* Walking old octets: the next piece of the model. */
	uint32_t run;
	size_t at;
	bool all_del;
	unsigned depth;     /* elements around runs */
	uint8_t fields[16]; /* 1: past "separate" */
	unsigned n_fields;
	struct rp_err *error;
};

static void
close_run(struct line *l)
{
	if (l->in_run)
		put(l->b, "</w:r>");
	l->in_run = false;
}

static void
close_state(struct line *l)
{
	close_run(l);
	if (l->del != 0)
		rp_buf_f(l->b, "</w:%s>", element_of(l->w, l->del));
	if (l->ins != 0)
		rp_buf_f(l->b, "</w:%s>", element_of(l->w, l->ins));
	l->ins = l->del = 0;
}

static void
set_state(struct line *l, rp_revision_ref ins, rp_revision_ref del)
{
	if (l->ins == ins && l->del == del)
		return;
	close_state(l);
	l->ins = ins;
	l->del = del;
	if (ins != 0)
		rp_docx_put_revision(l->w, l->b, element_of(l->w, ins), ins,
		    ">");
	if (del != 0)
		rp_docx_put_revision(l->w, l->b, element_of(l->w, del), del,
		    ">");
}

static void
open_run(struct line *l)
{
	if (l->in_run)
		return;
	l->in_run = true;
	if (l->tag.n > 0)
		rp_buf_bytes_add(l->b, l->tag);
	else
		put(l->b, "<w:r>");
	rp_buf_bytes_add(l->b, l->rpr);
}

static bool
is_deleted(const struct line *l)
{
	return l->del != 0 &&
	       l->w->d->revisions.v[l->del].kind == RP_REVISION_DELETE;
}

static void
put_plain(struct line *l, rp_text t)
{
	const char *name = is_deleted(l) ? "delText" : "t";

	if (t.n == 0)
		return;
	rp_buf_f(l->b, "<w:%s xml:space=\"preserve\">", name);
	escape(l->b, t);
	rp_buf_f(l->b, "</w:%s>", name);
}

/* Text in an open run: tabs, line ends and some hyphens are elements. */
static void
put_text(struct line *l, rp_text t)
{
	size_t from = 0;

	open_run(l);
	for (size_t i = 0; i < t.n;) {
		const char *element = NULL;
		size_t n = 1;

		if (t.p[i] == '\t')
			element = "<w:tab/>";
		else if (t.p[i] == '\n')
			element = "<w:br/>";
		else if (t.n - i >= 3 &&
			 memcmp(t.p + i, "\xe2\x80\x91", 3) == 0)
			element = "<w:noBreakHyphen/>", n = 3;
		else if (t.n - i >= 2 && memcmp(t.p + i, "\xc2\xad", 2) == 0)
			element = "<w:softHyphen/>", n = 2;
		if (element != NULL) {
			put_plain(l, rp_text_sub(t, from, i));
			put(l->b, element);
			from = i + n;
		}
		i += n;
	}
	put_plain(l, rp_text_sub(t, from, t.n));
}

static void
put_field_mark(struct line *l, const char *type)
{
	open_run(l);
	rp_buf_f(l->b, "<w:fldChar w:fldCharType=\"%s\"/>", type);
	close_run(l);
}

static void
open_field(struct line *l, const struct rp_run *r)
{
	const struct rp_document *d = l->w->d;
	const char *name = is_deleted(l) ? "delInstrText" : "instrText";

	put_field_mark(l, "begin");
	open_run(l);
	rp_buf_f(l->b, "<w:%s xml:space=\"preserve\">", name);
	if (r->link != 0) {
		rp_text to = d->links.v[r->link];
		bool local = to.n > 0 && to.p[0] == '#';

		put(l->b,
		    local ? " HYPERLINK \\l &quot;" : " HYPERLINK &quot;");
		escape(l->b, local ? rp_text_sub(to, 1, to.n) : to);
		put(l->b, "&quot; ");
	} else {
		escape(l->b, d->fields.v[r->field]);
	}
	rp_buf_f(l->b, "</w:%s>", name);
	close_run(l);
	put_field_mark(l, "separate");
}

static void
put_note(struct line *l, const struct rp_run *r)
{
	bool end = l->w->d->notes.v[r->note].kind == RP_STORY_ENDNOTE;

	open_run(l);
	rp_buf_f(l->b, "<w:%s w:id=\"%d\"/>",
	    end ? "endnoteReference" : "footnoteReference",
	    l->w->note_ids[r->note]);
}

/* Of the package that is only there to take from. */
static bool
is_foreign(const struct line *l, rp_bytes raw)
{
	return l->w->w->packages[1] != NULL &&
	       l->w->w->packages[1] != l->w->w->packages[0] &&
	       tree_of(l->w, 0, raw) == NULL && tree_of(l->w, 1, raw) != NULL;
}

static void
put_opaque(struct line *l, const struct rp_run *r)
{
	bool math = r->raw.n > 3 && memcmp(r->raw.p, "<m:", 3) == 0;

	if (math) {
		close_run(l);
		rp_buf_bytes_add(l->b, r->raw);
		return;
	}
	open_run(l);
	if (!is_foreign(l, r->raw))
		rp_buf_bytes_add(l->b, r->raw);
	else if (l->error == NULL)
		l->error = rp_docx_put_object(l->w, l->b, r->raw);
}

/* The octets of a format, as they may stand in package 0. */
static rp_bytes
properties_of(struct line *l, const struct rp_run *r)
{
	const struct rp_format *f = &l->w->d->formats.v[r->format];
	const struct rp_xmltree *t = tree_of(l->w, 1, f->raw);
	struct rp_buf b;

	if (t == NULL)
		return f->raw;
	rp_buf_init(&b, l->w->arena, l->w->w->max);
	put(&b, "<w:rPr>");
	put_word_children(l->w, &b, t, node_of(t, f->raw), true);
	put(&b, "</w:rPr>");
	return (rp_bytes){ b.p, b.n };
}

static bool
same_field(const struct rp_run *x, const struct rp_run *y)
{
	return x->field == y->field && x->link == y->link && x->ins == y->ins &&
	       x->del == y->del;
}

/* A run from the model alone; neighbours of one field share it. */
static void
put_run(struct line *l, const struct rp_run *r, const struct rp_run *before,
    const struct rp_run *after)
{
	rp_bytes tag = l->tag, rpr = l->rpr;
	bool field = r->field != 0 || r->link != 0;

	set_state(l, r->ins, r->del);
	close_run(l);
	l->tag = (rp_bytes){ 0 };
	l->rpr = properties_of(l, r);
	if (field && (before == NULL || !same_field(before, r)))
		open_field(l, r);
	if (r->kind == RP_RUN_NOTE)
		put_note(l, r);
	else if (r->kind == RP_RUN_OPAQUE)
		put_opaque(l, r);
	else
		put_text(l, r->text);
	close_run(l);
	if (field && (after == NULL || !same_field(after, r)))
		put_field_mark(l, "end");
	l->tag = tag;
	l->rpr = rpr;
}

static void
put_all_runs(struct line *l, const struct rp_block *x)
{
	for (uint32_t i = 0; i < x->n_runs; i++)
		put_run(l, &x->runs[i], i ? &x->runs[i - 1] : NULL,
		    i + 1 < x->n_runs ? &x->runs[i + 1] : NULL);
	close_state(l);
}

/* Insertions that stand before the next old piece. */
static void
flush_inserted(struct line *l)
{
	while (l->run < l->x->n_runs && l->x->runs[l->run].ins != 0) {
		const struct rp_run *r = &l->x->runs[l->run];
		const struct rp_run *before = l->run ? r - 1 : NULL;
		const struct rp_run *after =
		    l->run + 1 < l->x->n_runs ? r + 1 : NULL;

		put_run(l, r, before, after);
		l->run++;
		l->at = 0;
	}
}

static void
wrong(struct line *l)
{
	if (l->error == NULL)
		l->error = rp_fail(RP_E_INTERNAL,
		    "runs are not those of the paragraph's octets");
}

/* The state of the next old piece; what comes before it goes out first. */
static const struct rp_run *
next_old(struct line *l)
{
	while (
	    l->run < l->x->n_runs && l->x->runs[l->run].kind == RP_RUN_TEXT &&
	    l->x->runs[l->run].ins == 0 && l->at == l->x->runs[l->run].text.n) {
		l->run++;
		l->at = 0;
	}
	flush_inserted(l);
	/* Empty runs stand for nothing. */
	if (l->run < l->x->n_runs && l->x->runs[l->run].kind == RP_RUN_TEXT &&
	    l->x->runs[l->run].text.n == 0)
		return next_old(l);
	if (l->run == l->x->n_runs) {
		wrong(l);
		return NULL;
	}
	return &l->x->runs[l->run];
}

/* A piece of text of the old octets, of `n` octets in the model. */
static void
walk_text(struct line *l, uint32_t node, size_t n)
{
	bool whole = true;

	while (n > 0) {
		const struct rp_run *r = next_old(l);
		size_t take;

		if (r == NULL || r->kind != RP_RUN_TEXT) {
			wrong(l);
			return;
		}
		take = r->text.n - l->at;
		if (take > n)
			take = n;
		whole = whole && take == n && r->del == 0;
		set_state(l, 0, r->del);
		open_run(l);
		if (whole)
			rp_buf_bytes_add(l->b, rp_xmltree_raw(l->t, node));
		else
			put_text(l, rp_text_sub(r->text, l->at, l->at + take));
		l->at += take;
		n -= take;
		whole = false;
	}
}

/* A reference as it is, but for the note's identifier. */
static void
put_reference(struct line *l, uint32_t node, const struct rp_run *r)
{
	rp_bytes id = rp_xmltree_attr(l->t, node, "id");
	const struct rp_xmlnode *x = &l->t->v[node];
	size_t at = (size_t)(id.p - l->t->in.p);

	if (id.n == 0) {
		put_note(l, r);
		return;
	}
	rp_buf_add(l->b, l->t->in.p + x->from, at - x->from);
	rp_buf_f(l->b, "%d", l->w->note_ids[r->note]);
	rp_buf_add(l->b, id.p + id.n, x->to - at - id.n);
}

static void
walk_thing(struct line *l, uint32_t node)
{
	const struct rp_run *r = next_old(l);

	if (r == NULL || r->kind == RP_RUN_TEXT) {
		wrong(l);
		return;
	}
	set_state(l, 0, r->del);
	if (l->t->v[node].space != RP_SPACE_MATH)
		open_run(l);
	else
		close_run(l);
	if (r->kind == RP_RUN_NOTE)
		put_reference(l, node, r);
	else
		rp_buf_bytes_add(l->b, rp_xmltree_raw(l->t, node));
	l->run++;
	l->at = 0;
}

static bool
in_instruction(const struct line *l)
{
	for (unsigned i = 0; i < l->n_fields; i++)
		if (!l->fields[i])
			return true;
	return false;
}

static void
walk_field_mark(struct line *l, uint32_t node)
{
	rp_bytes type = rp_xmltree_attr(l->t, node, "fldCharType");

	if (type.n == 5 && l->n_fields < sizeof(l->fields))
		l->fields[l->n_fields++] = 0;
	else if (type.n == 8 && l->n_fields > 0)
		l->fields[l->n_fields - 1] = 1;
	else if (type.n == 3 && l->n_fields > 0)
		l->n_fields--;
}

/* What has no place in the model goes where its neighbours go. */
static void
walk_other(struct line *l, uint32_t node)
{
	rp_bytes raw = rp_xmltree_raw(l->t, node);

	if (l->all_del)
		set_state(l, 0, l->x->mark_del);
	else
		set_state(l, 0, 0);
	open_run(l);
	if (is_deleted(l) && rp_docx_is(l->t, node, RP_W_instrText)) {
		const struct rp_xmlnode *x = &l->t->v[node];

		put(l->b, "<w:delInstrText xml:space=\"preserve\">");
		rp_buf_add(l->b, l->t->in.p + x->inner_from,
		    x->inner_to - x->inner_from);
		put(l->b, "</w:delInstrText>");
		return;
	}
	rp_buf_bytes_add(l->b, raw);
}

static size_t
text_octets(struct line *l, uint32_t node)
{
	const struct rp_xmlnode *x = &l->t->v[node];
	rp_text t =
	    rp_xmltree_text(l->w->arena, (rp_bytes){ l->t->in.p + x->inner_from,
					     x->inner_to - x->inner_from });
	rp_bytes space;

	if (t.n == 0 || (t.p[0] != ' ' && t.p[t.n - 1] != ' '))
		return t.n;
	space = rp_xmltree_attr(l->t, node, "space");
	if (space.p == NULL)
		space = rp_xmltree_attr(l->t, 1, "space");
	if (space.n == 8 && memcmp(space.p, "preserve", 8) == 0)
		return t.n;
	return rp_text_trim(t).n;
}

static void
walk_run_child(struct line *l, uint32_t node)
{
	const struct rp_xmlnode *x = &l->t->v[node];

	if (x->space == RP_SPACE_COMPATIBILITY &&
	    x->name == RP_W_AlternateContent) {
		if (rp_docx_has_drawing(l->t, node))
			walk_thing(l, node);
		else
			wrong(l);
		return;
	}
	if (x->space != RP_SPACE_WORD) {
		walk_other(l, node);
		return;
	}
	if (x->name == RP_W_fldChar)
		walk_field_mark(l, node);
	if (in_instruction(l)) {
		walk_other(l, node);
		return;
	}
	switch (x->name) {
	case RP_W_t:
		walk_text(l, node, text_octets(l, node));
		return;
	case RP_W_tab:
	case RP_W_ptab:
	case RP_W_br:
	case RP_W_cr:
		walk_text(l, node, 1);
		return;
	case RP_W_noBreakHyphen:
		walk_text(l, node, 3);
		return;
	case RP_W_softHyphen:
		walk_text(l, node, 2);
		return;
	case RP_W_sym:
		/* As long as the model has it: it is a run's text here. */
		if (next_old(l) != NULL) {
			const uint8_t *p =
			    (const uint8_t *)l->x->runs[l->run].text.p + l->at;

			walk_text(l, node,
			    rp_utf8_len(p, l->x->runs[l->run].text.n - l->at));
		}
		return;
	case RP_W_footnoteReference:
	case RP_W_endnoteReference:
	case RP_W_drawing:
	case RP_W_pict:
	case RP_W_object:
		walk_thing(l, node);
		return;
	default:
		walk_other(l, node);
		return;
	}
}

static void
walk_run(struct line *l, uint32_t node)
{
	const struct rp_xmlnode *x = &l->t->v[node];
	uint32_t rpr = rp_docx_child(l->t, node, RP_W_rPr);

	close_run(l);
	l->tag = (rp_bytes){ l->t->in.p + x->from, x->inner_from - x->from };
	if (x->first == 0)
		l->tag = (rp_bytes){ 0 };
	l->rpr = rpr ? rp_xmltree_raw(l->t, rpr) : (rp_bytes){ 0 };
	for (uint32_t c = x->first; c != 0; c = l->t->v[c].next)
		if (c != rpr)
			walk_run_child(l, c);
	close_run(l);
	/* What follows may be no run at all. */
	close_state(l);
	l->tag = l->rpr = (rp_bytes){ 0 };
}

static bool
has_runs(const struct rp_xmltree *t, uint32_t node)
{
	uint32_t end = t->v[node].to;

	for (uint32_t i = node + 1; i < t->n && t->v[i].from < end; i++)
		if (rp_docx_is(t, i, RP_W_r) || t->v[i].space == RP_SPACE_MATH)
			return true;
	return false;
}

static bool
begins_field(const struct rp_xmltree *t, uint32_t node)
{
	uint32_t c = rp_docx_child(t, node, RP_W_fldChar);
	rp_bytes type =
	    c ? rp_xmltree_attr(t, c, "fldCharType") : (rp_bytes){ 0 };

	return type.n == 5;
}

/* Old pieces that are used up make way for what is inserted behind them. */
static void
flush_at_top(struct line *l)
{
	while (l->run < l->x->n_runs && l->x->runs[l->run].ins == 0 &&
	       l->x->runs[l->run].kind == RP_RUN_TEXT &&
	       l->at == l->x->runs[l->run].text.n) {
		l->run++;
		l->at = 0;
	}
	flush_inserted(l);
	close_state(l);
}

static void
walk(struct line *l, uint32_t node)
{
	size_t at = l->t->v[node].inner_from;

	for (uint32_t c = l->t->v[node].first; c != 0; c = l->t->v[c].next) {
		const struct rp_xmlnode *x = &l->t->v[c];
		bool math = x->space == RP_SPACE_MATH;

		rp_buf_add(l->b, l->t->in.p + at, x->from - at);
		at = x->to;
		if (rp_docx_is(l->t, c, RP_W_pPr))
			continue;
		if (l->depth == 0 && l->n_fields == 0 &&
		    (!rp_docx_is(l->t, c, RP_W_r) || begins_field(l->t, c)) &&
		    has_runs(l->t, c))
			flush_at_top(l);
		if (rp_docx_is(l->t, c, RP_W_r)) {
			walk_run(l, c);
		} else if (math) {
			walk_thing(l, c);
			close_state(l);
		} else if (has_runs(l->t, c)) {
			rp_buf_add(l->b, l->t->in.p + x->from,
			    x->inner_from - x->from);
			l->depth++;
			walk(l, c);
			l->depth--;
			rp_buf_add(l->b, l->t->in.p + x->inner_to,
			    x->to - x->inner_to);
		} else {
			rp_buf_bytes_add(l->b, rp_xmltree_raw(l->t, c));
		}
	}
}

/* The last paragraph of the body moves without its mark; notes only follow. */
static rp_revision_ref
move_ref(const struct rp_docx_writing *w, const struct rp_block *x)
{
	const struct rp_run *r = x->n_runs > 0 ? &x->runs[0] : NULL;

	if (x->mark_ins != 0 || x->mark_del != 0 || r == NULL ||
	    tree_of(w, x->package, x->raw) != &w->w->packages[x->package]->body)
		return x->mark_ins ? x->mark_ins : x->mark_del;
	return r->ins ? r->ins : r->del;
}

/* Ends of a move's range, around the runs. */
static const struct rp_revision *
move_of(const struct rp_docx_writing *w, const struct rp_block *x)
{
	rp_revision_ref v = move_ref(w, x);
	const struct rp_revision *r = &w->d->revisions.v[v];

	return v != 0 && r->move.n > 0 ? r : NULL;
}

static uint32_t
put_move_start(struct rp_docx_writing *w, struct rp_buf *b,
    const struct rp_block *x)
{
	const struct rp_revision *r = move_of(w, x);
	uint32_t id = w->next_id;
	bool from;

	if (r == NULL)
		return 0;
	from = r->kind == RP_REVISION_MOVE_FROM;
	rp_docx_put_revision(w, b,
	    from ? "moveFromRangeStart" : "moveToRangeStart", move_ref(w, x),
	    " w:name=\"");
	escape(b, r->move);
	put(b, "\"/>");
	return id;
}

static void
put_move_end(struct rp_docx_writing *w, struct rp_buf *b,
    const struct rp_block *x, uint32_t id)
{
	const struct rp_revision *r = move_of(w, x);

	if (r != NULL)
		rp_buf_f(b, "<w:%s w:id=\"%u\"/>",
		    r->kind == RP_REVISION_MOVE_FROM ? "moveFromRangeEnd" :
						       "moveToRangeEnd",
		    id);
}

static bool
is_all_deleted(const struct rp_block *x)
{
	if (x->mark_del == 0)
		return false;
	for (uint32_t i = 0; i < x->n_runs; i++)
		if (x->runs[i].del == 0 || x->runs[i].ins != 0)
			return false;
	return true;
}

/* The start tag of the block's own paragraph, or a new one. */
static void
put_tag(struct rp_docx_writing *w, struct rp_buf *b, const struct rp_block *x,
    bool own)
{
	const struct rp_xmltree *t = tree_of(w, x->package, x->raw);
	uint32_t node = node_of(t, x->raw);
	const struct rp_xmlnode *v = t ? &t->v[node] : NULL;
	size_t n;

	if (!own || node == 0) {
		put(b, "<w:p>");
		return;
	}
	n = v->inner_from - v->from;
	rp_buf_add(b, t->in.p + v->from,
	    t->in.p[v->inner_from - 2] == '/' ? n - 2 : n - 1);
	put(b, ">");
}

/* Bookmarks and the like of a paragraph that is written from the model. */
static void
put_marks(struct rp_buf *b, const struct rp_xmltree *t, uint32_t p)
{
	for (uint32_t c = t->v[p].first; c != 0; c = t->v[c].next)
		if (rp_docx_is(t, c, RP_W_bookmarkStart) ||
		    rp_docx_is(t, c, RP_W_bookmarkEnd) ||
		    rp_docx_is(t, c, RP_W_commentRangeStart) ||
		    rp_docx_is(t, c, RP_W_commentRangeEnd))
			rp_buf_bytes_add(b, rp_xmltree_raw(t, c));
}

/* The first of several that share octets has all of them. */
static bool
has_all_octets(const struct rp_block *blocks, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (uint32_t k = 0; k < blocks[i].n_runs; k++)
			if (blocks[i].runs[k].ins == 0)
				return false;
	return blocks[0].package == 0;
}

struct rp_err *
rp_docx_put_blocks(struct rp_docx_writing *w, struct rp_buf *b,
    const struct rp_xmltree *t, const struct rp_block *blocks, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct rp_block *x = &blocks[i];
		struct line l = { .w = w, .b = b, .t = t, .x = x };
		bool walks = i == 0 && has_all_octets(blocks, n);
		uint32_t node = node_of(t, x->raw), move;

		put_tag(w, b, x, x->package == 0 && i + 1 == n);
		put_properties(w, b, x, i + 1 == n);
		if (x->package == 0 && n > 1 && i == 0 && !walks)
			put_marks(b, t, node);
		move = put_move_start(w, b, x);
		if (walks) {
			l.all_del = is_all_deleted(x);
			walk(&l, node);
			flush_at_top(&l);
			if (l.run < x->n_runs &&
			    x->runs[l.run].kind == RP_RUN_TEXT &&
			    x->runs[l.run].text.n == 0)
				l.run = x->n_runs;
			if (l.run < x->n_runs)
				wrong(&l);
		} else {
			put_all_runs(&l, x);
		}
		put_move_end(w, b, x, move);
		put(b, "</w:p>");
		if (l.error != NULL)
			return l.error;
	}
	return NULL;
}
