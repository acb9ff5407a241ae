/* flow - blocks one under the other, over pages, and what they are. */
#include "base/err.h"
#include "pdf/pdf_private.h"
#include "text/lang.h"

#define BODY 10.5
#define LEADING 1.4
#define STEP 20.0 /* of a list's level */
#define NOTE_SIZE 8.5
#define CONTENT_MAX ((size_t)64 << 20) /* of a page, before it is deflated */
#define LISTS_MAX 10
#define RULE 0.6
#define BOX_PAD 8.0

/* How a block looks. */
struct look {
	double size, before, after, indent, end;
	unsigned look;
	bool soft, keep; /* keep: with what follows */
	const char *type;
};

struct flow {
	struct pdf *p;
	struct {
		uint32_t list, body;
	} lists[LISTS_MAX];
	size_t n_lists;
	bool has_title;
	uint8_t heading; /* of the last one, as shown */
	uint32_t parent;
};

uint32_t
pdf_element(struct pdf *p, const char *type, uint32_t parent)
{
	uint32_t at = (uint32_t)p->elements.n;
	struct pdf_kid kid = { PDF_KID_ELEMENT, at, 0 };

	rp_vec_push(p->a, &p->elements,
	    ((struct pdf_element){ .type = type, .parent = parent }));
	if (at != parent)
		rp_vec_push(p->a, &p->elements.v[parent].kids, kid);
	return at;
}

static void
box_sides(struct pdf *p, double to)
{
	double h = p->box_top - to;

	if (h <= 0)
		return;
	pdf_draw_rule(p, PDF_SIDE, to, RULE, h, false);
	pdf_draw_rule(p, PDF_SIDE + PDF_WIDTH - RULE, to, RULE, h, false);
}

struct rp_err *
pdf_new_page(struct pdf *p)
{
	struct pdf_page page = { 0 };

	if (p->pages.n >= RP_PDF_PAGES_MAX)
		return rp_fail(RP_E_LIMIT, "over %d pages", RP_PDF_PAGES_MAX);
	if (p->in_box && p->pages.n > 0)
		box_sides(p, PDF_FOOT);
	rp_buf_init(&page.content, p->a, CONTENT_MAX);
	rp_vec_push(p->a, &p->pages, page);
	p->y = PDF_PAGE_H - PDF_TOP;
	p->box_top = p->y;
	return NULL;
}

/* A text of ours: a label, a note's number, the foot of a page. */
static void
short_paragraph(struct pdf *p, rp_text t, uint32_t element, double size,
    unsigned look, bool rtl, struct pdf_paragraph *out)
{
	struct pdf_segment s = { .to = t.n,
		.look = look,
		.size = size,
		.element = element };

	*out = (struct pdf_paragraph){ .text = t, .rtl = rtl, .lang = p->lang };
	if (t.n > 0)
		rp_vec_push(p->a, &out->segments, s);
	pdf_shape(p, out);
	pdf_break(p, out, PDF_WIDTH, 0);
}

/* Where lines go. */

struct place {
	double indent, end; /* from both sides of the page */
	double first;       /* how much the first line begins later */
	double size, before, after;
	bool keep, at_end;
	struct pdf_paragraph *label;
	double label_at; /* how much before the indent */
};

static double
x_of(const struct pdf_paragraph *g, const struct place *at, double width,
    double first)
{
	if (g->rtl != at->at_end)
		return PDF_SIDE + PDF_WIDTH - at->indent - first - width;
	return PDF_SIDE + at->indent + first;
}

static struct rp_err *
put_label(struct pdf *p, const struct pdf_paragraph *g, const struct place *at,
    double y)
{
	const struct pdf_line *l = &at->label->lines.v[0];
	double x = PDF_SIDE + at->indent - at->label_at;

	if (g->rtl)
		x = PDF_SIDE + PDF_WIDTH - at->indent + at->label_at - l->width;
	pdf_draw_line(p, at->label, l, x, y, false);
	return NULL;
}

/* Whether the next line must go on a new page. */
static bool
needs_page(const struct pdf *p, const struct pdf_paragraph *g, size_t line,
    const struct place *at)
{
	double h = at->size * LEADING, room = p->y - PDF_FOOT;
	size_t left = g->lines.n - line, want = 1;

	/* No first line alone at the foot, no last one at the head. */
	if (line == 0 && left > 1)
		want = 2;
	if (left == 2)
		want = 2;
	if (line == 0 && at->keep)
		want = left + 2;
	if (line == 0 && at->keep && (double)want * h > PDF_PAGE_H / 2)
		want = 2;
	return room < (double)want * h;
}

static struct rp_err *
put(struct pdf *p, struct pdf_paragraph *g, const struct place *at)
{
	double h = at->size * LEADING;

	pdf_break(p, g, PDF_WIDTH - at->indent - at->end, at->first);
	if (p->y < PDF_PAGE_H - PDF_TOP)
		p->y -= at->before;
	for (size_t i = 0; i < g->lines.n; i++) {
		const struct pdf_line *l = &g->lines.v[i];
		double base;

		if (needs_page(p, g, i, at) && p->y < PDF_PAGE_H - PDF_TOP)
			RP_TRY(pdf_new_page(p));
		base = p->y - at->size * (LEADING - 0.33);
		if (i == 0 && at->label != NULL)
			RP_TRY(put_label(p, g, at, base));
		pdf_draw_line(p, g, l,
		    x_of(g, at, l->width, i == 0 ? at->first : 0), base, false);
		p->y -= h;
	}
	p->y -= at->after;
	return NULL;
}

static bool
styled(const struct rp_block *b, const char *style)
{
	return rp_text_eq(b->style, rp_text_z(style));
}

static struct look
heading_look(struct flow *f, const struct rp_block *b)
{
	static const char *const types[] = { "H1", "H2", "H3", "H4", "H5",
		"H6" };
	static const double sizes[] = { 18, 14, 12.5, 11.5, 10.5, 10.5 };
	uint8_t level = b->level;

	/* The title is H1; then no level is left out. */
	if (!f->has_title && level > 0)
		level--;
	if (level > f->heading)
		level = f->heading;
	f->heading = (uint8_t)(level + 1);
	if (level > 5)
		level = 5;
	return (struct look){ .size = b->level == 0 ?
					  18 :
					  sizes[level > 0 ? level : 1],
		.before = level == 0 ? 4 : 10,
		.after = 4,
		.look = PDF_BOLD,
		.keep = true,
		.type = types[level] };
}

static struct look
look_of(struct flow *f, const struct rp_block *b)
{
	struct look l = { .size = BODY, .after = 5, .type = "P" };

	if (b->kind == RP_BLOCK_HEADING)
		return heading_look(f, b);
	if (b->kind == RP_BLOCK_CALLOUT) {
		l.look = PDF_ITALIC;
		l.indent = STEP;
		l.before = 5;
		l.keep = true;
	} else if (styled(b, "Subtitle")) {
		l.size = 12;
		l.soft = true;
	} else if (styled(b, "Quote")) {
		l.indent = l.end = STEP;
		l.type = "BlockQuote";
	} else if (styled(b, "Caption")) {
		l.size = 9.5;
		l.soft = true;
		l.type = "Caption";
		l.indent = STEP;
	} else if (styled(b, "Box")) {
		l.indent = l.end = BOX_PAD;
	}
	return l;
}

static void
close_lists(struct flow *f)
{
	f->n_lists = 0;
}

/* The body of a list's item at the block's level; its label too. */
static uint32_t
open_item(struct flow *f, const struct rp_block *b, uint32_t *out_label)
{
	struct pdf *p = f->p;
	size_t level = b->label.level;
	uint32_t item;

	if (level >= LISTS_MAX)
		level = LISTS_MAX - 1;
	if (level > f->n_lists)
		level = f->n_lists;
	if (f->n_lists > level + 1)
		f->n_lists = level + 1;
	if (f->n_lists == level) {
		uint32_t at = level == 0 ? f->parent : f->lists[level - 1].body;

		f->lists[level].list = pdf_element(p, "L", at);
		p->elements.v[f->lists[level].list].list =
		    b->label.style == RP_LABEL_BULLET ? "Disc" : "Decimal";
		f->n_lists++;
	}
	item = pdf_element(p, "LI", f->lists[level].list);
	*out_label = pdf_element(p, "Lbl", item);
	f->lists[level].body = pdf_element(p, "LBody", item);
	return f->lists[level].body;
}

static void
bookmark(struct pdf *p, const struct pdf_paragraph *g, uint8_t level)
{
	if (g->text.n == 0)
		return;
	rp_vec_push(p->a, &p->bookmarks,
	    ((struct pdf_bookmark){ g->text, level,
		{ (uint32_t)p->pages.n - 1, p->y, true } }));
}

static struct rp_err *
item(struct flow *f, const struct rp_block *b)
{
	struct pdf *p = f->p;
	struct pdf_paragraph g, label;
	struct place at = { .size = BODY, .after = 4 };
	uint32_t body, tag;
	double room;

	body = open_item(f, b, &tag);
	pdf_paragraph_of(p, b, pdf_element(p, "P", body), BODY, 0, &g);
	short_paragraph(p, b->label.text, tag, BODY, 0, g.rtl, &label);
	at.indent = STEP * (b->label.level + 1);
	at.label = &label;
	at.label_at = STEP;
	room = label.lines.v[0].width + 5;
	at.first = room > STEP ? room - STEP : 0;
	return put(p, &g, &at);
}

/* A heading's label stands before it, in its line. */
static void
with_label(struct pdf *p, const struct rp_block *b, struct rp_block *out)
{
	struct rp_run *runs;

	*out = *b;
	if (b->label.text.n == 0)
		return;
	runs = rp_alloc_n(p->a, b->n_runs + 1, sizeof(*runs));
	runs[0] = (struct rp_run){ .kind = RP_RUN_TEXT,
		.text = rp_textf(p->a, "%.*s  ", RP_FMT(b->label.text)) };
	for (uint32_t i = b->label_runs; i < b->n_runs; i++)
		runs[i - b->label_runs + 1] = b->runs[i];
	out->runs = runs;
	out->n_runs = b->n_runs - b->label_runs + 1;
	out->label_runs = 0;
	out->label = (struct rp_label){ 0 };
}

static void
quote_rule(struct pdf *p, const struct pdf_paragraph *g, double from)
{
	double x = PDF_SIDE + STEP - 8;

	if (g->rtl)
		x = PDF_SIDE + PDF_WIDTH - x + PDF_SIDE;
	if (from > p->y + 4)
		pdf_draw_rule(p, x, p->y + 4, 1.5, from - p->y - 4, false);
}

static struct rp_err *
paragraph(struct flow *f, const struct rp_block *b)
{
	struct pdf *p = f->p;
	struct look l = look_of(f, b);
	struct rp_block whole;
	struct pdf_paragraph g;
	struct place at = { .size = l.size,
		.before = l.before,
		.after = l.after,
		.indent = l.indent,
		.end = l.end,
		.keep = l.keep,
		.at_end = styled(b, "Right") };
	size_t page = p->pages.n;
	double from = p->y;

	with_label(p, b, &whole);
	pdf_paragraph_of(p, &whole, pdf_element(p, l.type, f->parent), l.size,
	    l.look, &g);
	if (g.text.n == 0) {
		p->y -= l.size * 0.6;
		return NULL;
	}
	for (size_t i = 0; i < g.segments.n; i++)
		g.segments.v[i].soft = l.soft;
	RP_TRY(put(p, &g, &at));
	if (b->kind == RP_BLOCK_HEADING)
		bookmark(p, &g, f->heading);
	if (p->title.n == 0 && b->kind == RP_BLOCK_HEADING)
		p->title = g.text;
	if (styled(b, "Quote"))
		quote_rule(p, &g,
		    p->pages.n == page ? from : PDF_PAGE_H - PDF_TOP);
	return NULL;
}

static struct rp_err *
box_begins(struct pdf *p)
{
	if (p->y - PDF_FOOT < 60)
		RP_TRY(pdf_new_page(p));
	p->y -= 4;
	p->in_box = true;
	p->box_top = p->y;
	pdf_draw_rule(p, PDF_SIDE, p->y, PDF_WIDTH, RULE, false);
	p->y -= 5;
	return NULL;
}

static void
box_ends(struct pdf *p)
{
	box_sides(p, p->y);
	pdf_draw_rule(p, PDF_SIDE, p->y, PDF_WIDTH, RULE, false);
	p->in_box = false;
	p->y -= 10;
}

static bool
is_item(const struct rp_block *b)
{
	return (b->kind == RP_BLOCK_ITEM || b->kind == RP_BLOCK_PROVISION) &&
	       b->label.text.n > 0;
}

static struct rp_err *
one(struct flow *f, const struct rp_block *b)
{
	struct pdf *p = f->p;

	if (b->kind == RP_BLOCK_SECTION || b->kind == RP_BLOCK_OPAQUE)
		return NULL;
	if (styled(b, "Box") != p->in_box) {
		if (p->in_box)
			box_ends(p);
		else
			RP_TRY(box_begins(p));
	}
	if (is_item(b))
		return item(f, b);
	close_lists(f);
	if (styled(b, "Rule")) {
		if (p->y - PDF_FOOT > 20)
			pdf_draw_rule(p, PDF_SIDE, p->y - 6, PDF_WIDTH, RULE,
			    false);
		p->y -= 14;
		return NULL;
	}
	return paragraph(f, b);
}

static struct rp_err *
blocks(struct flow *f, const struct rp_blocks *all)
{
	for (size_t i = 0, to; i < all->n; i = to) {
		const struct rp_block *b = &all->v[i];

		to = i + 1;
		if (b->cell.table == 0) {
			RP_TRY(one(f, b));
			continue;
		}
		while (to < all->n && all->v[to].cell.table == b->cell.table)
			to++;
		close_lists(f);
		if (f->p->in_box)
			box_ends(f->p);
		RP_TRY(pdf_table(f->p, all->v, i, to, f->parent));
	}
	if (f->p->in_box)
		box_ends(f->p);
	return NULL;
}

/* A note's number leads back to its mark; then come its blocks. */
static struct rp_err *
note(struct pdf *p, uint32_t i, uint32_t parent)
{
	const struct rp_blocks *v = &p->d->notes.v[i].blocks;
	uint32_t tag = pdf_element(p, "Note", parent);
	uint32_t label = pdf_element(p, "Lbl", tag);
	struct pdf_paragraph number;

	p->elements.v[tag].id = i + 1;
	short_paragraph(p, rp_textf(p->a, "%u", i + 1),
	    pdf_element(p, "Link", label), NOTE_SIZE, 0, p->rtl, &number);
	number.segments.v[0].note = i + 1;
	number.segments.v[0].is_back = true;
	number.segments.v[0].is_link = true;
	for (size_t k = 0; k < v->n; k++) {
		struct place at = { .size = NOTE_SIZE,
			.after = 2,
			.indent = STEP,
			.label_at = STEP,
			.label = k == 0 ? &number : NULL };
		struct rp_block whole;
		struct pdf_paragraph g;

		with_label(p, &v->v[k], &whole);
		pdf_paragraph_of(p, &whole, pdf_element(p, "P", tag), NOTE_SIZE,
		    0, &g);
		RP_TRY(put(p, &g, &at));
	}
	return NULL;
}

static struct rp_err *
notes(struct pdf *p)
{
	uint32_t n = (uint32_t)p->d->notes.n;

	if (n == 0)
		return NULL;
	if (p->y - PDF_FOOT < 40)
		RP_TRY(pdf_new_page(p));
	p->y -= 8;
	pdf_draw_rule(p, PDF_SIDE, p->y, PDF_WIDTH / 3, RULE, false);
	p->y -= 6;
	for (uint32_t i = 0; i < n; i++)
		RP_TRY(note(p, i, 0));
	return NULL;
}

/* The symbol and the number, on every page, when all are there. */
static void
foot(struct pdf *p)
{
	size_t n = p->pages.n;
	rp_text left = p->o->foot;

	/* Drawing is always on the newest page: make each the newest. */
	for (size_t i = 0; i < n; i++) {
		struct pdf_paragraph g;
		double x = PDF_SIDE, w;

		p->pages.n = i + 1;
		short_paragraph(p, rp_textf(p->a, "%zu / %zu", i + 1, n), 0,
		    8.5, 0, false, &g);
		w = g.lines.v[0].width;
		g.segments.v[0].soft = true;
		pdf_draw_line(p, &g, &g.lines.v[0],
		    p->rtl ? x : x + PDF_WIDTH - w, 40, true);
		if (left.n == 0)
			continue;
		short_paragraph(p, left, 0, 8.5, 0, false, &g);
		w = g.lines.v[0].width;
		g.segments.v[0].soft = true;
		pdf_draw_line(p, &g, &g.lines.v[0],
		    p->rtl ? x + PDF_WIDTH - w : x, 40, true);
	}
}

static bool
has_title(const struct rp_document *d)
{
	for (size_t i = 0; i < d->body.blocks.n; i++) {
		const struct rp_block *b = &d->body.blocks.v[i];

		if (b->kind == RP_BLOCK_HEADING && b->level == 0)
			return true;
	}
	return false;
}

struct rp_err *
pdf_flow(struct pdf *p)
{
	struct flow f = { .p = p, .has_title = has_title(p->d) };

	RP_TRY(pdf_new_page(p));
	(void)pdf_element(p, "Document", 0);
	RP_TRY(blocks(&f, &p->d->body.blocks));
	RP_TRY(notes(p));
	foot(p);
	return NULL;
}
