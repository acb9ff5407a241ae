#include "document/document.h"

#include "base/err.h"

struct rp_document *
rp_document_new(struct rp_arena *a)
{
	struct rp_document *d = rp_new(a, struct rp_document);

	rp_vec_push(a, &d->formats, (struct rp_format){ 0 });
	rp_vec_push(a, &d->links, (rp_text){ 0 });
	rp_vec_push(a, &d->fields, (rp_text){ 0 });
	rp_vec_push(a, &d->revisions, (struct rp_revision){ 0 });
	return d;
}

static bool
same_octets(rp_bytes x, rp_bytes y)
{
	return x.n == y.n && (x.n == 0 || memcmp(x.p, y.p, x.n) == 0);
}

/* The last ones first: neighbours in a text look alike. */
uint32_t
rp_document_format(struct rp_arena *a, struct rp_document *d,
    const struct rp_format *f)
{
	for (size_t i = d->formats.n; i-- > 0;) {
		const struct rp_format *g = &d->formats.v[i];

		if (f->look == g->look && f->rtl == g->rtl &&
		    rp_text_eq(f->style, g->style) &&
		    rp_text_eq(f->lang, g->lang) && same_octets(f->raw, g->raw))
			return (uint32_t)i;
	}
	rp_vec_push(a, &d->formats, *f);
	return (uint32_t)(d->formats.n - 1);
}

rp_revision_ref
rp_document_revise(struct rp_arena *a, struct rp_document *d,
    const struct rp_revision *r)
{
	RP_ASSERT(r->kind != 0);
	rp_vec_push(a, &d->revisions, *r);
	return (rp_revision_ref)(d->revisions.n - 1);
}

rp_text
rp_block_text(struct rp_arena *a, const struct rp_block *b)
{
	rp_text only = { "", 0 };
	size_t n = 0, with_text = 0;
	char *p;

	for (uint32_t i = b->label_runs; i < b->n_runs; i++) {
		if (b->runs[i].kind != RP_RUN_TEXT || b->runs[i].text.n == 0)
			continue;
		only = b->runs[i].text;
		n += only.n;
		with_text++;
	}
	if (with_text <= 1)
		return only;
	p = rp_alloc(a, n + 1);
	n = 0;
	for (uint32_t i = b->label_runs; i < b->n_runs; i++) {
		rp_text t = b->runs[i].text;

		if (b->runs[i].kind != RP_RUN_TEXT || t.n == 0)
			continue;
		memcpy(p + n, t.p, t.n);
		n += t.n;
	}
	return (rp_text){ p, n };
}

static bool
blocks_revised(const struct rp_blocks *blocks)
{
	for (size_t i = 0; i < blocks->n; i++) {
		const struct rp_block *b = &blocks->v[i];

		if (b->mark_ins || b->mark_del || b->mark_format ||
		    b->cell.row_ins || b->cell.row_del)
			return true;
		for (uint32_t j = 0; j < b->n_runs; j++)
			if (b->runs[j].ins || b->runs[j].del)
				return true;
	}
	return false;
}

bool
rp_document_has_revisions(const struct rp_document *d)
{
	if (blocks_revised(&d->body.blocks))
		return true;
	for (size_t i = 0; i < d->notes.n; i++)
		if (blocks_revised(&d->notes.v[i].blocks))
			return true;
	for (size_t i = 0; i < d->margins.n; i++)
		if (blocks_revised(&d->margins.v[i].blocks))
			return true;
	return false;
}

rp_text
rp_margin_text(enum rp_margin margin)
{
	static const rp_text texts[RP_MARGINS] = {
		[RP_MARGIN_NONE] = RP_TEXT_INIT(""),
		[RP_MARGIN_NOC] = RP_TEXT_INIT("NOC"),
		[RP_MARGIN_MOD] = RP_TEXT_INIT("MOD"),
		[RP_MARGIN_MOD_EDITORIAL] = RP_TEXT_INIT("(MOD)"),
		[RP_MARGIN_ADD] = RP_TEXT_INIT("ADD"),
		[RP_MARGIN_SUP] = RP_TEXT_INIT("SUP"),
		[RP_MARGIN_ADD_MOVED] = RP_TEXT_INIT("ADD*"),
		[RP_MARGIN_SUP_MOVED] = RP_TEXT_INIT("SUP*"),
	};

	RP_ASSERT((unsigned)margin < RP_MARGINS);
	return texts[margin];
}
