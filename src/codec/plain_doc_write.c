#include "base/err.h"
#include "codec/doc_build.h"
#include "codec/plain_doc.h"
#include "codec/sink.h"

struct writing {
	struct rp_sink *s;
	const struct rp_document *d;
	struct rp_plain_doc_options o;
	bool ins, del; /* marks that are open */
	bool begun;
};

static void
lit(struct writing *w, const char *z)
{
	rp_sink_text(w->s, rp_text_z(z));
}

/* Open and close marks; the one for insertions is the outer one. */
static void
state(struct writing *w, bool ins, bool del)
{
	if (w->del && (!del || ins != w->ins)) {
		lit(w, "-]");
		w->del = false;
	}
	if (w->ins && !ins) {
		lit(w, "+}");
		w->ins = false;
	}
	if (ins && !w->ins)
		lit(w, "{+");
	if (del && !w->del)
		lit(w, "[-");
	w->ins = ins;
	w->del = del;
}

static void
begin_line(struct writing *w, bool changed)
{
	if (w->begun && w->o.blank)
		lit(w, "\n");
	w->begun = true;
	if (w->o.bars)
		lit(w, changed ? "| " : "  ");
}

/* Lines within a paragraph have the bar too. */
static void
text(struct writing *w, rp_text t, bool changed, bool in_cell)
{
	size_t from = 0;

	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] != '\n')
			continue;
		rp_sink_add(w->s, t.p + from, i - from);
		from = i + 1;
		lit(w, in_cell ? " " : "\n");
		if (w->o.bars && !in_cell)
			lit(w, changed ? "| " : "  ");
	}
	rp_sink_add(w->s, t.p + from, t.n - from);
}

static void
gap(struct writing *w, rp_text word)
{
	lit(w, "[");
	rp_sink_text(w->s, word.n > 0 ? word : RP_TEXT("..."));
	lit(w, "]");
}

static void
run(struct writing *w, const struct rp_run *r, bool changed, bool in_cell)
{
	if (w->d->formats.v[r->format].look & RP_LOOK_HIDDEN)
		return;
	state(w, r->ins != 0, r->del != 0);
	if (r->kind == RP_RUN_NOTE)
		rp_sink_text(w->s, rp_textf(w->s->arena, "[^%u]", r->note + 1));
	else if (r->kind == RP_RUN_OPAQUE)
		gap(w, r->text);
	else
		text(w, r->text, changed, in_cell);
}

static void
label(struct writing *w, const struct rp_block *b,
    const struct rp_doc_state *all)
{
	if (b->label.kind != RP_LABEL_AUTO || b->label.text.n == 0)
		return;
	state(w, all->ins != 0, all->del != 0);
	rp_sink_text(w->s, b->label.text);
	lit(w, "\t");
}

static void
content(struct writing *w, const struct rp_block *b)
{
	struct rp_doc_state all = rp_doc_state_of(b);
	bool in_cell = b->cell.table != 0;

	label(w, b, &all);
	for (uint32_t i = 0; i < b->n_runs; i++)
		run(w, &b->runs[i], all.changed, in_cell);
	if (b->kind == RP_BLOCK_OPAQUE)
		gap(w, (rp_text){ "", 0 });
	if ((b->mark_ins && (!all.ins || b->n_runs == 0)) ||
	    (b->mark_del && (!all.del || b->n_runs == 0))) {
		state(w, b->mark_ins != 0, b->mark_del != 0);
		lit(w, "¶");
	}
	state(w, false, false);
}

static bool
row_changed(const struct rp_block *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (rp_doc_state_of(&b[i]).changed)
			return true;
	return false;
}

/* The blocks of a row: how many of the `n` that follow. */
static size_t
row(struct writing *w, const struct rp_block *b, size_t n)
{
	uint32_t column = 1;
	size_t k = 1;

	while (k < n && b[k].cell.table == b[0].cell.table &&
	       b[k].cell.row == b[0].cell.row)
		k++;
	begin_line(w, row_changed(b, k));
	if (b[0].cell.row_ins)
		lit(w, "{+");
	if (b[0].cell.row_del)
		lit(w, "[-");
	for (size_t i = 0; i < k; i++) {
		if (i > 0 && b[i].cell.column == b[i - 1].cell.column)
			lit(w, " ");
		for (; column < b[i].cell.column && column < 1000; column++)
			lit(w, "\t");
		content(w, &b[i]);
	}
	if (b[0].cell.row_del)
		lit(w, "-]");
	if (b[0].cell.row_ins)
		lit(w, "+}");
	lit(w, "\n");
	return k;
}

static void
story(struct writing *w, const struct rp_story *st, rp_text before)
{
	const struct rp_blocks *blocks = &st->blocks;

	for (size_t i = 0; i < blocks->n; i++) {
		const struct rp_block *b = &blocks->v[i];

		if (b->cell.table != 0) {
			i += row(w, b, blocks->n - i) - 1;
			continue;
		}
		if (b->kind == RP_BLOCK_SECTION)
			continue;
		begin_line(w, rp_doc_state_of(b).changed);
		if (i == 0)
			rp_sink_text(w->s, before);
		content(w, b);
		lit(w, "\n");
	}
}

void
rp_plain_doc_write(struct rp_sink *s, const struct rp_document *d,
    const struct rp_plain_doc_options *options)
{
	struct writing w = { .s = s, .d = d };

	if (options != NULL)
		w.o = *options;
	story(&w, &d->body, (rp_text){ "", 0 });
	for (size_t i = 0; i < d->notes.n; i++)
		story(&w, &d->notes.v[i],
		    rp_textf(s->arena, "[^%zu]: ", i + 1));
}
