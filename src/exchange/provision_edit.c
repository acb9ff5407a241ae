#include "exchange/provision_edit.h"

#include <string.h>

#include "base/err.h"
#include "document/label.h"

static bool
is_text(const struct rp_block *b)
{
	return b->kind != RP_BLOCK_OPAQUE && b->kind != RP_BLOCK_SECTION;
}

static struct rp_err *
check(const struct rp_document *base, const struct rp_provision_edit *edits,
    size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct rp_provision_edit *e = &edits[i];

		if (e->block >= base->body.blocks.n ||
		    !is_text(&base->body.blocks.v[e->block]))
			return rp_fail(RP_E_INVALID,
			    "the base has no provision %u to edit", e->block);
		for (size_t k = 0; k < i; k++)
			if (edits[k].block == e->block &&
			    edits[k].op != RP_PROVISION_ADD &&
			    e->op != RP_PROVISION_ADD)
				return rp_fail(RP_E_INVALID,
				    "two edits of provision %u", e->block);
	}
	return NULL;
}

static rp_text
one_line(struct rp_arena *a, rp_text t)
{
	char *p = rp_alloc(a, t.n + 1);

	for (size_t i = 0; i < t.n; i++)
		p[i] = t.p[i] == '\n' ? ' ' : t.p[i];
	return (rp_text){ p, t.n };
}

/* The look of the text, which the first run behind the label has. */
static uint32_t
format_of(const struct rp_block *b)
{
	for (uint32_t i = b->label_runs; i < b->n_runs; i++)
		if (b->runs[i].kind == RP_RUN_TEXT)
			return b->runs[i].format;
	return 0;
}

static void
push(struct rp_arena *a, struct rp_document *d, struct rp_block b)
{
	b.raw = b.props = (rp_bytes){ 0 };
	b.mark_ins = b.mark_del = b.mark_format = 0;
	b.label_rejected = NULL;
	b.style_rejected = NULL;
	rp_vec_push(a, &d->body.blocks, b);
}

/* Label, text, and what of the old runs is a note's mark. */
static void
push_replaced(struct rp_arena *a, struct rp_document *d,
    const struct rp_block *old, rp_text text)
{
	struct rp_block b = *old;

	b.runs = rp_new_n(a, struct rp_run, old->n_runs + 1U);
	for (b.n_runs = 0; b.n_runs < old->label_runs; b.n_runs++)
		b.runs[b.n_runs] = old->runs[b.n_runs];
	b.runs[b.n_runs++] =
	    (struct rp_run){ .text = text, .format = format_of(old) };
	for (uint32_t i = old->label_runs; i < old->n_runs; i++)
		if (old->runs[i].kind == RP_RUN_NOTE)
			b.runs[b.n_runs++] = old->runs[i];
	push(a, d, b);
}

static rp_text
latin(unsigned n)
{
	static const char *const words[] = { "", "bis", "ter", "quater",
		"quinquies", "sexies", "septies", "octies", "novies" };
	const unsigned last = sizeof(words) / sizeof(words[0]) - 1;

	return rp_text_z(words[n < last ? n : last]);
}

/* One line of what is added; `nth` behind its block, from 1. */
static void
push_added(struct rp_arena *a, struct rp_document *d,
    const struct rp_block *behind, rp_text line, unsigned nth)
{
	struct rp_block b = *behind;
	struct rp_label own;
	size_t n = rp_label_parse(a, line, &own);

	b.id = RP_TEXT("");
	b.runs = rp_new_n(a, struct rp_run, 2);
	b.n_runs = b.label_runs = 0;
	if (n > 0 && n < line.n) {
		b.label = own;
		b.label.kind = RP_LABEL_TYPED;
		b.label.level = behind->label.level;
		b.label.list = behind->label.list;
		line = rp_text_sub(line, n, line.n);
	} else if (behind->label.kind == RP_LABEL_TYPED) {
		nth += behind->label.latin;
		b.label.latin = (uint8_t)(nth < UINT8_MAX ? nth : UINT8_MAX);
		b.label.text = rp_textf(a, "%.*s%.*s",
		    RP_FMT(behind->label.text), RP_FMT(latin(nth)));
	}
	if (behind->kind == RP_BLOCK_CALLOUT ||
	    behind->kind == RP_BLOCK_HEADING) {
		b.kind = b.label.kind == RP_LABEL_TYPED ? RP_BLOCK_PROVISION :
							  RP_BLOCK_PARAGRAPH;
		b.level = 0;
	}
	if (b.label.kind == RP_LABEL_TYPED) {
		b.runs[b.n_runs++].text =
		    rp_textf(a, "%.*s\t", RP_FMT(b.label.text));
		b.label_runs = 1;
	}
	b.runs[b.n_runs++] = (struct rp_run){ .text = rp_text_dup(a, line),
		.format = b.kind == behind->kind ? format_of(behind) : 0 };
	push(a, d, b);
}

static void
push_lines(struct rp_arena *a, struct rp_document *d,
    const struct rp_block *behind, rp_text text, unsigned *nth)
{
	for (size_t at = 0, end; at <= text.n; at = end + 1) {
		rp_text line;

		end = rp_text_find(text, '\n', at);
		line = rp_text_trim(rp_text_sub(text, at, end));
		if (line.n > 0)
			push_added(a, d, behind, line, ++*nth);
	}
}

static void
edit_block(struct rp_arena *a, struct rp_document *d,
    const struct rp_block *old, uint32_t at,
    const struct rp_provision_edit *edits, size_t n)
{
	const struct rp_provision_edit *own = NULL;
	unsigned nth = 0;

	for (size_t i = 0; i < n; i++)
		if (edits[i].block == at && edits[i].op != RP_PROVISION_ADD)
			own = &edits[i];
	if (own == NULL)
		rp_vec_push(a, &d->body.blocks, *old);
	else if (own->op == RP_PROVISION_REPLACE)
		push_replaced(a, d, old, one_line(a, rp_text_trim(own->text)));
	for (size_t i = 0; i < n; i++)
		if (edits[i].block == at && edits[i].op == RP_PROVISION_ADD)
			push_lines(a, d, old, edits[i].text, &nth);
}

struct rp_err *
rp_provision_edit(struct rp_arena *a, const struct rp_document *base,
    const struct rp_provision_edit *edits, size_t n, struct rp_document **out)
{
	struct rp_document *d = rp_new(a, struct rp_document);

	RP_TRY(check(base, edits, n));
	*d = *base;
	d->body.blocks = (struct rp_blocks){ 0 };
	for (uint32_t b = 0; b < base->body.blocks.n; b++)
		edit_block(a, d, &base->body.blocks.v[b], b, edits, n);
	*out = d;
	return NULL;
}
