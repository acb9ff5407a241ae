/* table - cells side by side, rows over pages. */
#include "base/err.h"
#include "pdf/pdf_private.h"

#define SIZE 9.5
#define LEADING 1.35
#define PAD_X 4.5
#define PAD_Y 3.0
#define COLUMNS_MAX 63

struct cell {
	size_t from, to; /* blocks */
	uint32_t column, columns;
	bool is_head;
	struct RP_VEC(struct pdf_paragraph) texts;
	size_t text, line; /* what is drawn next */
};

struct row {
	struct RP_VEC(struct cell) cells;
	bool is_head;
};

struct table {
	struct pdf *p;
	const struct rp_block *v;
	uint32_t columns;
	double x[COLUMNS_MAX + 1]; /* from the side where a line begins */
	struct RP_VEC(struct row) rows;
};

static bool
all_bold(const struct pdf *p, const struct rp_block *v, size_t from, size_t to)
{
	bool any = false;

	for (size_t i = from; i < to; i++) {
		for (uint32_t k = 0; k < v[i].n_runs; k++) {
			const struct rp_run *r = &v[i].runs[k];

			if (r->text.n == 0)
				continue;
			any = true;
			if (r->format >= p->d->formats.n ||
			    (p->d->formats.v[r->format].look & RP_LOOK_BOLD) ==
				0)
				return false;
		}
	}
	return any;
}

static void
gather(struct table *t, size_t from, size_t to)
{
	struct pdf *p = t->p;
	uint32_t row = 0, column = 0;

	for (size_t i = from; i < to; i++) {
		const struct rp_cell *c = &t->v[i].cell;
		struct row *r;

		if (t->rows.n == 0 || c->row != row) {
			rp_vec_push(p->a, &t->rows, ((struct row){ 0 }));
			column = 0;
		}
		r = &t->rows.v[t->rows.n - 1];
		if (r->cells.n == 0 || c->column != column)
			rp_vec_push(p->a, &r->cells,
			    ((struct cell){ .from = i,
				.column = c->column > 0 ? c->column - 1 : 0,
				.columns = c->columns > 0 ? c->columns : 1 }));
		r->cells.v[r->cells.n - 1].to = i + 1;
		row = c->row;
		column = c->column;
	}
}

static void
limit_columns(struct table *t)
{
	for (size_t i = 0; i < t->rows.n; i++) {
		struct row *r = &t->rows.v[i];

		for (size_t k = 0; k < r->cells.n; k++) {
			struct cell *c = &r->cells.v[k];

			if (c->column >= COLUMNS_MAX)
				c->column = COLUMNS_MAX - 1;
			if (c->column + c->columns > COLUMNS_MAX)
				c->columns = COLUMNS_MAX - c->column;
			if (c->column + c->columns > t->columns)
				t->columns = c->column + c->columns;
		}
	}
}

/* A label of a paragraph in a cell is text in its first line. */
static struct rp_block
labelled(struct pdf *p, const struct rp_block *b)
{
	struct rp_block out = *b;
	struct rp_run *runs;

	if (b->label.text.n == 0)
		return out;
	runs = rp_alloc_n(p->a, b->n_runs + 1, sizeof(*runs));
	runs[0] = (struct rp_run){ .kind = RP_RUN_TEXT,
		.text = rp_textf(p->a, "%.*s ", RP_FMT(b->label.text)) };
	for (uint32_t i = b->label_runs; i < b->n_runs; i++)
		runs[i - b->label_runs + 1] = b->runs[i];
	out.runs = runs;
	out.n_runs = b->n_runs - b->label_runs + 1;
	out.label_runs = 0;
	out.label = (struct rp_label){ 0 };
	return out;
}

static void
shape_cell(struct table *t, struct cell *c, uint32_t tr, bool is_head_row,
    bool is_first_row)
{
	struct pdf *p = t->p;
	bool bold = all_bold(p, t->v, c->from, c->to);
	uint32_t tag;

	c->is_head = is_head_row || bold;
	tag = pdf_element(p, c->is_head ? "TH" : "TD", tr);
	p->elements.v[tag].columns = c->columns;
	if (c->is_head)
		p->elements.v[tag].scope =
		    is_head_row || (is_first_row &&
				       !(c->column == 0 && t->columns == 2)) ?
			"Column" :
			"Row";
	for (size_t i = c->from; i < c->to; i++) {
		struct rp_block b = labelled(p, &t->v[i]);
		struct pdf_paragraph g;

		if (b.kind == RP_BLOCK_OPAQUE || b.kind == RP_BLOCK_SECTION)
			continue;
		pdf_paragraph_of(p, &b, pdf_element(p, "P", tag), SIZE,
		    is_head_row ? PDF_BOLD : 0, &g);
		rp_vec_push(p->a, &c->texts, g);
	}
}

/* What a column wants: for its text in one line, and for its longest word. */
static void
wants(const struct table *t, double *natural, double *narrowest)
{
	for (size_t i = 0; i < t->rows.n; i++) {
		const struct row *r = &t->rows.v[i];

		for (size_t k = 0; k < r->cells.n; k++) {
			const struct cell *c = &r->cells.v[k];

			if (c->columns != 1)
				continue;
			for (size_t m = 0; m < c->texts.n; m++) {
				double w = c->texts.v[m].natural + 2 * PAD_X;
				double n = c->texts.v[m].narrowest + 2 * PAD_X;

				if (w > natural[c->column])
					natural[c->column] = w;
				if (n > narrowest[c->column])
					narrowest[c->column] = n;
			}
		}
	}
}

/*
 * A column that wants no more than its share gets what it wants. The others
 * have their longest word if that fits, and what is left over by their texts.
 */
static void
place_columns(struct table *t)
{
	double natural[COLUMNS_MAX] = { 0 }, narrowest[COLUMNS_MAX] = { 0 };
	double want = 0, need = 0, all = 0;

	wants(t, natural, narrowest);
	for (uint32_t i = 0; i < t->columns; i++) {
		if (natural[i] < 2 * PAD_X + SIZE)
			natural[i] = narrowest[i] = 2 * PAD_X + SIZE;
		all += natural[i];
		if (natural[i] <= PDF_WIDTH / t->columns)
			narrowest[i] = natural[i];
		want += natural[i] - narrowest[i];
		need += narrowest[i];
	}
	for (uint32_t i = 0; i < t->columns; i++) {
		double w;

		if (all <= PDF_WIDTH)
			w = natural[i] * PDF_WIDTH / all;
		else if (need >= PDF_WIDTH)
			w = narrowest[i] * PDF_WIDTH / need;
		else
			w = narrowest[i] + (natural[i] - narrowest[i]) *
					       (PDF_WIDTH - need) / want;
		t->x[i + 1] = t->x[i] + w;
	}
}

static void
break_row(struct table *t, struct row *r)
{
	for (size_t k = 0; k < r->cells.n; k++) {
		struct cell *c = &r->cells.v[k];
		double w = t->x[c->column + c->columns] - t->x[c->column];

		for (size_t i = 0; i < c->texts.n; i++)
			pdf_break(t->p, &c->texts.v[i], w - 2 * PAD_X, 0);
		c->text = c->line = 0;
	}
}

static double
cell_height(const struct cell *c)
{
	double h = 0;

	for (size_t i = c->text; i < c->texts.n; i++)
		h += (double)(c->texts.v[i].lines.n -
			      (i == c->text ? c->line : 0)) *
		     SIZE * LEADING;
	return h + 2 * PAD_Y;
}

static double
row_height(const struct row *r)
{
	double h = SIZE * LEADING + 2 * PAD_Y;

	for (size_t k = 0; k < r->cells.n; k++) {
		double one = cell_height(&r->cells.v[k]);

		h = one > h ? one : h;
	}
	return h;
}

/* The lines of a cell that fit above `foot`; how far down they came. */
static double
draw_cell(struct table *t, struct cell *c, double top, double foot,
    bool artifact)
{
	struct pdf *p = t->p;
	double y = top - PAD_Y, left = PDF_SIDE + t->x[c->column];
	double w = t->x[c->column + c->columns] - t->x[c->column];

	if (p->rtl)
		left = PDF_SIDE + PDF_WIDTH - t->x[c->column] - w;
	for (; c->text < c->texts.n; c->text++, c->line = 0) {
		const struct pdf_paragraph *g = &c->texts.v[c->text];

		for (; c->line < g->lines.n; c->line++) {
			const struct pdf_line *l = &g->lines.v[c->line];

			if (y - SIZE * LEADING < foot)
				return y - PAD_Y;
			y -= SIZE * LEADING;
			pdf_draw_line(p, g, l,
			    g->rtl ? left + w - PAD_X - l->width : left + PAD_X,
			    y + SIZE * 0.33, artifact);
		}
	}
	return y - PAD_Y;
}

static bool
is_done(const struct row *r)
{
	for (size_t k = 0; k < r->cells.n; k++) {
		if (r->cells.v[k].text < r->cells.v[k].texts.n)
			return false;
	}
	return true;
}

static void
draw_part(struct table *t, struct row *r, bool artifact)
{
	struct pdf *p = t->p;
	double low = p->y - SIZE * LEADING - 2 * PAD_Y;

	for (size_t k = 0; k < r->cells.n; k++) {
		double y =
		    draw_cell(t, &r->cells.v[k], p->y, PDF_FOOT, artifact);

		low = y < low ? y : low;
	}
	p->y = low;
	pdf_draw_rule(p, PDF_SIDE, p->y, PDF_WIDTH, 0.5, true);
}

/* The heads again, for the eye only. */
static struct rp_err *
next_page(struct table *t, size_t current)
{
	RP_TRY(pdf_new_page(t->p));
	pdf_draw_rule(t->p, PDF_SIDE, t->p->y, PDF_WIDTH, 0.8, false);
	for (size_t i = 0; i < current && t->rows.v[i].is_head; i++) {
		struct row *r = &t->rows.v[i];

		for (size_t k = 0; k < r->cells.n; k++)
			r->cells.v[k].text = r->cells.v[k].line = 0;
		if (t->p->y - row_height(r) < PDF_PAGE_H / 2)
			return NULL;
		draw_part(t, r, true);
	}
	return NULL;
}

static struct rp_err *
draw_row(struct table *t, size_t i)
{
	struct row *r = &t->rows.v[i];
	struct pdf *p = t->p;
	double h;

	break_row(t, r);
	h = row_height(r);
	if (p->y - h < PDF_FOOT &&
	    (h < (PDF_PAGE_H - PDF_TOP - PDF_FOOT) * 0.6 ||
		p->y - PDF_FOOT < 4 * SIZE * LEADING))
		RP_TRY(next_page(t, i));
	draw_part(t, r, false);
	while (!is_done(r)) {
		RP_TRY(next_page(t, i));
		draw_part(t, r, false);
	}
	return NULL;
}

struct rp_err *
pdf_table(struct pdf *p, const struct rp_block *v, size_t from, size_t to,
    uint32_t parent)
{
	struct table *t = rp_new(p->a, struct table);
	uint32_t tag = pdf_element(p, "Table", parent);

	*t = (struct table){ .p = p, .v = v, .columns = 1 };
	gather(t, from, to);
	limit_columns(t);
	for (size_t i = 0; i < t->rows.n; i++) {
		struct row *r = &t->rows.v[i];
		uint32_t tr = pdf_element(p, "TR", tag);

		r->is_head = i < p->o->head_rows;
		for (size_t k = 0; k < r->cells.n; k++)
			shape_cell(t, &r->cells.v[k], tr, r->is_head, i == 0);
	}
	place_columns(t);
	p->y -= 4;
	if (p->y - PDF_FOOT < 30)
		RP_TRY(pdf_new_page(p));
	pdf_draw_rule(p, PDF_SIDE, p->y, PDF_WIDTH, 0.8, false);
	for (size_t i = 0; i < t->rows.n; i++)
		RP_TRY(draw_row(t, i));
	pdf_draw_rule(p, PDF_SIDE, p->y, PDF_WIDTH, 0.8, false);
	p->y -= 10;
	return NULL;
}
