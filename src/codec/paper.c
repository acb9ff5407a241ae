#include "codec/paper.h"

#include "base/buf.h"
#include "base/err.h"
#include "codec/json.h"
#include "codec/sink.h"

#define JSON_MAX ((size_t)8 << 20)

/* JSON. */

static void
put_text(struct rp_json_writer *w, const char *key, rp_text t)
{
	rp_json_key(w, rp_text_z(key));
	rp_json_put_text(w, t);
}

static void
put_rows(struct rp_json_writer *w, const char *key,
    const struct rp_paper_rows *rows)
{
	rp_json_key(w, rp_text_z(key));
	rp_json_array_begin(w);
	for (size_t i = 0; i < rows->n; i++) {
		rp_json_array_begin(w);
		rp_json_put_text(w, rows->v[i].name);
		rp_json_put_text(w, rows->v[i].value);
		rp_json_array_end(w);
	}
	rp_json_array_end(w);
}

rp_text
rp_paper_json(struct rp_arena *a, const struct rp_paper *p)
{
	struct rp_json_writer w;
	rp_text out = { "", 0 };
	struct rp_sink sink;
	struct rp_buf b;

	rp_buf_init(&b, a, JSON_MAX);
	rp_sink_to_buf(&sink, a, &b);
	rp_json_init(&w, &sink);
	rp_json_object_begin(&w);
	put_text(&w, "lang", p->lang);
	put_text(&w, "symbol", p->symbol);
	put_text(&w, "above", p->above);
	put_text(&w, "title", p->title);
	put_rows(&w, "letter", &p->letter);
	put_rows(&w, "head", &p->head);
	put_rows(&w, "box", &p->box);
	rp_json_object_end(&w);
	rp_err_free(rp_sink_flush(&sink));
	rp_err_free(rp_buf_done(&b, &out));
	return out;
}

static struct rp_err *
take_rows(struct rp_arena *a, const struct rp_json *v, const char *key,
    struct rp_paper_rows *out)
{
	const struct rp_json *all;

	RP_TRY(rp_json_array(v, key, RP_PAPER_ROWS_MAX, &all));
	for (size_t i = 0; i < rp_json_n(all); i++) {
		const struct rp_json *pair = rp_json_at(all, i);
		struct rp_paper_row row;

		if (rp_json_n(pair) != 2)
			return rp_fail(RP_E_INVALID, "%s: not a pair", key);
		RP_TRY(rp_json_as_text(a, rp_json_at(pair, 0),
		    RP_PAPER_TEXT_MAX, &row.name));
		RP_TRY(rp_json_as_text(a, rp_json_at(pair, 1),
		    RP_PAPER_TEXT_MAX, &row.value));
		rp_vec_push(a, out, row);
	}
	return NULL;
}

struct rp_err *
rp_paper_parse(struct rp_arena *a, rp_bytes json, struct rp_paper *out)
{
	const struct rp_json *v;
	struct rp_paper p = { 0 };

	RP_TRY(rp_json_parse(a, json, &v));
	RP_TRY(rp_json_text(a, v, "lang", RP_PAPER_TEXT_MAX, &p.lang));
	RP_TRY(rp_json_text(a, v, "symbol", RP_PAPER_TEXT_MAX, &p.symbol));
	RP_TRY(rp_json_text(a, v, "above", RP_PAPER_TEXT_MAX, &p.above));
	RP_TRY(rp_json_text(a, v, "title", RP_PAPER_TEXT_MAX, &p.title));
	RP_TRY(take_rows(a, v, "letter", &p.letter));
	RP_TRY(take_rows(a, v, "head", &p.head));
	RP_TRY(take_rows(a, v, "box", &p.box));
	*out = p;
	return NULL;
}

/* The document. */

struct making {
	struct rp_arena *a;
	struct rp_document *d;
	uint32_t bold;
	uint32_t table, row;
};

static struct rp_block *
add(struct making *m, enum rp_block_kind kind, const char *style, rp_text text,
    uint32_t format)
{
	struct rp_run *run = rp_new(m->a, struct rp_run);
	struct rp_block b = { .kind = kind,
		.style = rp_text_z(style),
		.runs = run,
		.n_runs = 1 };

	run->text = text;
	run->format = format;
	rp_vec_push(m->a, &m->d->body.blocks, b);
	return &m->d->body.blocks.v[m->d->body.blocks.n - 1];
}

/* The lines of a text, one after the other; empty ones are left out. */
static bool
next_line(rp_text t, size_t *at, rp_text *out)
{
	while (*at < t.n) {
		size_t end = rp_text_find(t, '\n', *at);

		*out = rp_text_trim(rp_text_sub(t, *at, end));
		*at = end < t.n ? end + 1 : t.n;
		if (out->n > 0)
			return true;
	}
	return false;
}

static void
cell(struct making *m, rp_text text, uint32_t column, uint32_t format)
{
	struct rp_block *b = add(m, RP_BLOCK_PARAGRAPH, "", text, format);

	b->cell = (struct rp_cell){ .table = m->table,
		.row = m->row,
		.column = column,
		.columns = 1 };
}

static void
head_row(struct making *m, const struct rp_paper_row *r)
{
	size_t at = 0;
	rp_text line;

	if (rp_text_trim(r->value).n == 0)
		return;
	m->row++;
	cell(m, r->name, 1, m->bold);
	while (next_line(r->value, &at, &line))
		cell(m, line, 2, 0);
}

static void
box_row(struct making *m, const struct rp_paper_row *r)
{
	size_t at = 0;
	rp_text line;

	if (rp_text_trim(r->value).n == 0)
		return;
	(void)add(m, RP_BLOCK_PARAGRAPH, "Box", r->name, m->bold);
	while (next_line(r->value, &at, &line))
		(void)add(m, RP_BLOCK_PARAGRAPH, "Box", line, 0);
}

static void
letter(struct making *m, const struct rp_paper *p)
{
	for (size_t i = 0; i < p->letter.n; i++)
		(void)add(m, RP_BLOCK_PARAGRAPH,
		    i == 0 || i + 1 == p->letter.n ? "Right" : "",
		    p->letter.v[i].value, 0);
	if (p->letter.n > 0)
		(void)add(m, RP_BLOCK_PARAGRAPH, "Rule", RP_TEXT(""), 0);
}

/* Tables of the body are counted behind the head's. */
static void
copy_body(struct making *m, const struct rp_document *body)
{
	uint32_t first = m->table;

	for (size_t i = 0; i < body->body.blocks.n; i++) {
		struct rp_block b = body->body.blocks.v[i];

		if (b.cell.table != 0)
			b.cell.table += first;
		/* The title is the paper's. */
		if (b.kind == RP_BLOCK_HEADING && b.level == 0)
			b.level = 1;
		rp_vec_push(m->a, &m->d->body.blocks, b);
	}
}

struct rp_document *
rp_paper_document(struct rp_arena *a, const struct rp_paper *p,
    const struct rp_document *body)
{
	struct rp_document *d = rp_new(a, struct rp_document);
	struct making m = { .a = a, .d = d };

	*d = *body;
	d->body = (struct rp_story){ 0 };
	d->lang = p->lang;
	d->title = p->title.n > 0 ? p->title : p->symbol;
	m.bold = rp_document_format(a, d,
	    &(struct rp_format){ .look = RP_LOOK_BOLD });
	letter(&m, p);
	m.table = p->head.n > 0 ? 1 : 0;
	for (size_t i = 0; i < p->head.n; i++)
		head_row(&m, &p->head.v[i]);
	if (p->above.n > 0)
		(void)add(&m, RP_BLOCK_PARAGRAPH, "Subtitle", p->above, 0);
	if (p->title.n > 0)
		(void)add(&m, RP_BLOCK_HEADING, "", p->title, 0);
	for (size_t i = 0; i < p->box.n; i++)
		box_row(&m, &p->box.v[i]);
	(void)add(&m, RP_BLOCK_PARAGRAPH, "Rule", RP_TEXT(""), 0);
	copy_body(&m, body);
	return d;
}
