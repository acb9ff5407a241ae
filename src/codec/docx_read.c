#include "codec/docx_read.h"

#include <string.h>

#include "base/err.h"
#include "codec/docx_new.h"
#include "codec/docx_read_private.h"
#include "codec/zip.h"
#include "document/label.h"

static bool
same(rp_bytes got, const char *want)
{
	return got.n == strlen(want) && memcmp(got.p, want, got.n) == 0;
}

/* Number and style as the paragraph's properties say, or its style. */
struct counted {
	rp_text style_id;
	const struct rp_docx_style *style;
	int32_t list, level;
};

static struct counted
counted_by(struct rp_docx_reading *r, uint32_t ppr)
{
	struct counted k = { .list = -1, .level = -1 };
	uint32_t numpr;

	if (ppr != 0) {
		k.style_id = rp_xmltree_text(r->arena,
		    rp_docx_value(r->t, ppr, RP_W_pStyle));
		numpr = rp_docx_child(r->t, ppr, RP_W_numPr);
		if (numpr != 0) {
			k.list = rp_docx_number(rp_docx_value(r->t, numpr,
						    RP_W_numId),
			    -1);
			k.level = rp_docx_number(rp_docx_value(r->t, numpr,
						     RP_W_ilvl),
			    -1);
		}
	}
	if (k.style_id.n > 0)
		k.style = rp_docx_style_find(&r->out->styles, k.style_id);
	if (k.style != NULL && k.list < 0 && k.style->list > 0) {
		k.list = k.style->list;
		if (k.level < 0)
			k.level = k.style->list_level;
	}
	if (k.level < 0)
		k.level = 0;
	return k;
}

static void
set_kind(struct rp_docx_reading *r, uint32_t ppr, struct rp_block *b,
    const struct counted *k)
{
	int32_t outline = k->style ? k->style->outline : -1;

	if (ppr != 0)
		outline =
		    rp_docx_number(rp_docx_value(r->t, ppr, RP_W_outlineLvl),
			outline);
	if (outline >= 0 && outline <= 8) {
		b->kind = RP_BLOCK_HEADING;
		b->level = (uint8_t)(outline + 1);
	}
	if (k->style != NULL)
		b->style = k->style->name.n ? k->style->name : k->style_id;
	else
		b->style = k->style_id;
}

static void
next_label(struct rp_docx_reading *r, struct rp_numbering_count *c,
    const struct counted *k, bool counts, struct rp_label *out)
{
	*out = (struct rp_label){ 0 };
	if (k->list > 0)
		rp_numbering_next(r->arena, c, (uint32_t)k->list,
		    (unsigned)k->level, counts, out);
}

static bool
same_label(const struct rp_label *x, const struct rp_label *y)
{
	return x->kind == y->kind && x->list == y->list &&
	       x->level == y->level && rp_text_eq(x->text, y->text);
}

/* Labels as they are with all revisions taken, and with all undone. */
static void
set_labels(struct rp_docx_reading *r, uint32_t ppr, struct rp_block *b,
    const struct counted *k)
{
	uint32_t change = ppr ? rp_docx_child(r->t, ppr, RP_W_pPrChange) : 0;
	uint32_t numpr = ppr ? rp_docx_child(r->t, ppr, RP_W_numPr) : 0;
	bool gone =
	    b->mark_del != 0 || b->cell.row_del != 0 || b->cell.cell_del != 0;
	bool fresh =
	    b->mark_ins != 0 || b->cell.row_ins != 0 || b->cell.cell_ins != 0;
	struct counted old = *k;
	struct rp_label rejected;
	struct rp_label *kept;
	rp_text *style;

	if (change != 0)
		old = counted_by(r, rp_docx_child(r->t, change, RP_W_pPr));
	else if (numpr != 0 && rp_docx_child(r->t, numpr, RP_W_ins) != 0)
		old.list = k->style ? k->style->list : 0;
	next_label(r, r->count, k, !gone, &b->label);
	next_label(r, r->count_rejected, &old, !fresh, &rejected);
	if (!same_label(&b->label, &rejected)) {
		kept = rp_new(r->arena, struct rp_label);
		*kept = rejected;
		b->label_rejected = kept;
	}
	if (change == 0 && old.list == k->list)
		return;
	if (old.style != k->style) {
		style = rp_new(r->arena, rp_text);
		*style = old.style ? old.style->name : old.style_id;
		b->style_rejected = style;
	}
	if (old.style != k->style || old.list != k->list ||
	    old.level != k->level)
		b->mark_format = rp_docx_revision(r,
		    change ? change : rp_docx_child(r->t, numpr, RP_W_ins),
		    RP_REVISION_FORMAT);
}

static void
set_mark(struct rp_docx_reading *r, uint32_t ppr, struct rp_block *b)
{
	uint32_t rpr = ppr ? rp_docx_child(r->t, ppr, RP_W_rPr) : 0;

	if (rpr == 0)
		return;
	for (uint32_t c = r->t->v[rpr].first; c != 0; c = r->t->v[c].next) {
		if (rp_docx_is(r->t, c, RP_W_ins))
			b->mark_ins =
			    rp_docx_revision(r, c, RP_REVISION_INSERT);
		else if (rp_docx_is(r->t, c, RP_W_moveTo))
			b->mark_ins =
			    rp_docx_revision(r, c, RP_REVISION_MOVE_TO);
		else if (rp_docx_is(r->t, c, RP_W_del))
			b->mark_del =
			    rp_docx_revision(r, c, RP_REVISION_DELETE);
		else if (rp_docx_is(r->t, c, RP_W_moveFrom))
			b->mark_del =
			    rp_docx_revision(r, c, RP_REVISION_MOVE_FROM);
	}
}

static struct rp_err *
add_block(struct rp_docx_reading *r, struct rp_block *b, uint32_t node)
{
	if (++r->n_blocks > RP_DOCUMENT_BLOCKS_MAX)
		return rp_fail(RP_E_LIMIT, "over %zu paragraphs",
		    RP_DOCUMENT_BLOCKS_MAX);
	if (r->d->revisions.n > RP_DOCUMENT_REVISIONS_MAX)
		return rp_fail(RP_E_LIMIT, "over %zu revisions",
		    RP_DOCUMENT_REVISIONS_MAX);
	b->raw = rp_xmltree_raw(r->t, node);
	b->n_runs = (uint32_t)r->runs.n;
	if (b->n_runs > 0) {
		b->runs = rp_new_n(r->arena, struct rp_run, b->n_runs);
		memcpy(b->runs, r->runs.v, b->n_runs * sizeof(*b->runs));
	}
	r->runs.n = 0;
	rp_vec_push(r->arena, r->blocks, *b);
	return NULL;
}

static void
set_cell(const struct rp_docx_reading *r, struct rp_block *b)
{
	b->cell = (struct rp_cell){ .table = r->cell.table,
		.row = r->cell.row,
		.column = r->cell.column,
		.columns = r->cell.columns,
		.row_ins = r->cell.row_ins,
		.row_del = r->cell.row_del,
		.cell_ins = r->cell.cell_ins,
		.cell_del = r->cell.cell_del };
}

/* The id that docx_new.h wrote: that of the first such bookmark in it. */
static rp_text
marked_id(const struct rp_docx_reading *r, uint32_t node)
{
	static const rp_text mark = RP_TEXT_INIT(RP_DOCX_MARK);

	for (uint32_t c = r->t->v[node].first; c != 0; c = r->t->v[c].next) {
		rp_text name;
		char *id;

		if (!rp_docx_is(r->t, c, RP_W_bookmarkStart))
			continue;
		name =
		    rp_xmltree_text(r->arena, rp_xmltree_attr(r->t, c, "name"));
		if (!rp_text_starts(name, mark) || name.n > RP_DOCX_MARK_MAX)
			continue;
		name = rp_text_sub(name, mark.n, name.n);
		id = rp_alloc(r->arena, name.n + 1);
		for (size_t i = 0; i < name.n; i++)
			id[i] = name.p[i] == '_' ? '-' : name.p[i];
		return (rp_text){ id, name.n };
	}
	return RP_TEXT("");
}

static struct rp_err *
read_paragraph(struct rp_docx_reading *r, uint32_t node)
{
	uint32_t ppr = rp_docx_child(r->t, node, RP_W_pPr);
	struct counted k = counted_by(r, ppr);
	struct rp_block b = { 0 };

	set_cell(r, &b);
	b.id = marked_id(r, node);
	if (b.id.n == 0)
		b.id = rp_xmltree_text(r->arena,
		    rp_xmltree_attr(r->t, node, "paraId"));
	set_kind(r, ppr, &b, &k);
	set_mark(r, ppr, &b);
	set_labels(r, ppr, &b, &k);
	if (ppr != 0) {
		b.props = rp_xmltree_raw(r->t, ppr);
		if (rp_docx_on(r->t, ppr, RP_W_bidi))
			b.direction = RP_DIRECTION_RTL;
	}
	r->style_look = k.style ? k.style->look_on : 0;
	RP_TRY(rp_docx_read_content(r, node));
	rp_docx_end_fields(r);
	if (r->runs.n == 0 && ppr != 0 && b.label.kind == RP_LABEL_NONE &&
	    rp_docx_child(r->t, ppr, RP_W_sectPr) != 0)
		b.kind = RP_BLOCK_SECTION;
	return add_block(r, &b, node);
}

static struct rp_err *read_blocks(struct rp_docx_reading *r, uint32_t node);

static struct rp_err *
read_cell(struct rp_docx_reading *r, uint32_t node, uint32_t *column)
{
	uint32_t pr = rp_docx_child(r->t, node, RP_W_tcPr);
	struct rp_docx_row was = r->cell;
	struct rp_err *e;
	int32_t span = 1;

	r->cell.column = *column;
	r->cell.cell_ins = r->cell.cell_del = 0;
	if (pr != 0) {
		uint32_t ins = rp_docx_child(r->t, pr, RP_W_cellIns);
		uint32_t del = rp_docx_child(r->t, pr, RP_W_cellDel);

		span =
		    rp_docx_number(rp_docx_value(r->t, pr, RP_W_gridSpan), 1);
		if (ins != 0)
			r->cell.cell_ins =
			    rp_docx_revision(r, ins, RP_REVISION_INSERT);
		if (del != 0)
			r->cell.cell_del =
			    rp_docx_revision(r, del, RP_REVISION_DELETE);
	}
	if (span < 1 || span > UINT16_MAX)
		span = 1;
	r->cell.columns = (uint16_t)span;
	*column += (uint32_t)span;
	e = read_blocks(r, node);
	was.column = *column;
	r->cell = was;
	return e;
}

/* Cells may stand in content controls and custom XML. */
static struct rp_err *
read_cells(struct rp_docx_reading *r, uint32_t node, uint32_t *column)
{
	for (uint32_t c = r->t->v[node].first; c != 0; c = r->t->v[c].next) {
		if (rp_docx_is(r->t, c, RP_W_tc))
			RP_TRY(read_cell(r, c, column));
		else if (rp_docx_is(r->t, c, RP_W_sdt) ||
			 rp_docx_is(r->t, c, RP_W_sdtContent) ||
			 rp_docx_is(r->t, c, RP_W_customXml))
			RP_TRY(read_cells(r, c, column));
	}
	return NULL;
}

static struct rp_err *
read_row(struct rp_docx_reading *r, uint32_t node)
{
	uint32_t pr = rp_docx_child(r->t, node, RP_W_trPr);
	uint32_t column = 1;

	r->cell.row++;
	r->cell.row_ins = r->cell.row_del = 0;
	if (pr != 0) {
		uint32_t ins = rp_docx_child(r->t, pr, RP_W_ins);
		uint32_t del = rp_docx_child(r->t, pr, RP_W_del);

		if (ins != 0)
			r->cell.row_ins =
			    rp_docx_revision(r, ins, RP_REVISION_INSERT);
		if (del != 0)
			r->cell.row_del =
			    rp_docx_revision(r, del, RP_REVISION_DELETE);
	}
	return read_cells(r, node, &column);
}

static struct rp_err *
read_rows(struct rp_docx_reading *r, uint32_t node)
{
	for (uint32_t c = r->t->v[node].first; c != 0; c = r->t->v[c].next) {
		if (rp_docx_is(r->t, c, RP_W_tr))
			RP_TRY(read_row(r, c));
		else if (rp_docx_is(r->t, c, RP_W_sdt) ||
			 rp_docx_is(r->t, c, RP_W_sdtContent) ||
			 rp_docx_is(r->t, c, RP_W_customXml))
			RP_TRY(read_rows(r, c));
	}
	return NULL;
}

static struct rp_err *
read_table(struct rp_docx_reading *r, uint32_t node)
{
	struct rp_docx_row was = r->cell;
	struct rp_err *e;

	r->cell = (struct rp_docx_row){ .table = ++r->tables };
	e = read_rows(r, node);
	r->cell = was;
	return e;
}

static struct rp_err *
read_opaque(struct rp_docx_reading *r, uint32_t node)
{
	struct rp_block b = { .kind = RP_BLOCK_OPAQUE };

	set_cell(r, &b);
	return add_block(r, &b, node);
}

static struct rp_err *
read_blocks(struct rp_docx_reading *r, uint32_t node)
{
	for (uint32_t c = r->t->v[node].first; c != 0; c = r->t->v[c].next) {
		const struct rp_xmlnode *x = &r->t->v[c];

		if (x->space == RP_SPACE_COMPATIBILITY &&
		    x->name == RP_W_AlternateContent && x->first != 0)
			RP_TRY(read_blocks(r, x->first));
		if (x->space == RP_SPACE_MATH && x->name == RP_W_oMathPara)
			RP_TRY(read_opaque(r, c));
		if (x->space != RP_SPACE_WORD)
			continue;
		switch (x->name) {
		case RP_W_p:
			RP_TRY(read_paragraph(r, c));
			break;
		case RP_W_tbl:
			RP_TRY(read_table(r, c));
			break;
		case RP_W_altChunk:
			RP_TRY(read_opaque(r, c));
			break;
		case RP_W_sdt:
		case RP_W_sdtContent:
		case RP_W_customXml:
		case RP_W_ins:
		case RP_W_del:
		case RP_W_moveFrom:
		case RP_W_moveTo:
			RP_TRY(read_blocks(r, c));
			break;
		default:
			rp_docx_move_mark(r, c);
			break;
		}
	}
	return NULL;
}

static struct rp_err *
read_story(struct rp_docx_reading *r, const struct rp_xmltree *t, uint32_t node,
    struct rp_story *s)
{
	rp_bytes space = rp_xmltree_attr(t, 1, "space");

	r->t = t;
	r->preserve = same(space, "preserve");
	r->blocks = &s->blocks;
	r->tables = 0;
	r->n_fields = 0;
	r->state = (struct rp_docx_state){ 0 };
	r->cell = (struct rp_docx_row){ 0 };
	r->move_from = r->move_to = (rp_text){ 0 };
	return read_blocks(r, node);
}

/* For the body, for all notes of a kind, for all headers and footers. */
static void
begin_count(struct rp_docx_reading *r)
{
	r->count = rp_numbering_count_new(r->arena, &r->out->styles.numbering);
	r->count_rejected =
	    rp_numbering_count_new(r->arena, &r->out->styles.numbering);
}

static struct rp_err *
read_notes(struct rp_docx_reading *r, const struct rp_xmltree *t, char kind,
    enum rp_docx_name name)
{
	for (uint32_t c = t->v[1].first; c != 0; c = t->v[c].next) {
		rp_text id;
		uint32_t *at, i;

		if (!rp_docx_is(t, c, name))
			continue;
		id = rp_xmltree_text(r->arena, rp_xmltree_attr(t, c, "id"));
		at = rp_map_find(&r->notes,
		    rp_textf(r->arena, "%c%.*s", kind, RP_FMT(id)));
		if (at == NULL)
			continue;
		i = *at;
		if (r->d->notes.v[i].blocks.n == 0)
			RP_TRY(read_story(r, t, c, &r->d->notes.v[i]));
	}
	return NULL;
}

static struct rp_err *
read_notes_part(struct rp_docx_reading *r, const char *type, char kind,
    enum rp_docx_name name, size_t *entry, struct rp_xmltree *t)
{
	*entry = rp_docx_part(r->arena, &r->out->package, type);
	if (*entry == SIZE_MAX)
		return NULL;
	RP_TRY(rp_docx_tree(r->arena, &r->out->package, *entry, t));
	begin_count(r);
	return read_notes(r, t, kind, name);
}

static struct rp_err *
read_margins(struct rp_docx_reading *r)
{
	const struct rp_docx_package *p = &r->out->package;

	begin_count(r);
	for (size_t i = 0; i < p->relations.n; i++) {
		const struct rp_docx_relation *rel = &p->relations.v[i];
		bool header = rp_text_eq(rel->type, RP_TEXT("header"));
		struct rp_xmltree *t;
		struct rp_story s;
		size_t entry;

		if (!header && !rp_text_eq(rel->type, RP_TEXT("footer")))
			continue;
		entry = rp_zip_find(p->zip, rel->target);
		if (entry == SIZE_MAX)
			continue;
		t = rp_new(r->arena, struct rp_xmltree);
		RP_TRY(rp_docx_tree(r->arena, p, entry, t));
		s = (struct rp_story){ .kind = header ? RP_STORY_HEADER :
							RP_STORY_FOOTER,
			.id = rel->target };
		RP_TRY(read_story(r, t, 1, &s));
		rp_vec_push(r->arena, &r->d->margins, s);
	}
	return NULL;
}

static struct rp_err *
read_title(struct rp_docx_reading *r)
{
	size_t entry =
	    rp_zip_find(r->out->package.zip, RP_TEXT("docProps/core.xml"));
	struct rp_xmltree t;

	if (entry == SIZE_MAX)
		return NULL;
	RP_TRY(rp_docx_tree(r->arena, &r->out->package, entry, &t));
	for (uint32_t c = t.v[1].first; c != 0; c = t.v[c].next)
		if (t.v[c].name == RP_W_title)
			r->d->title = rp_xmltree_text(r->arena,
			    (rp_bytes){ t.in.p + t.v[c].inner_from,
				t.v[c].inner_to - t.v[c].inner_from });
	return NULL;
}

struct rp_err *
rp_docx_read(struct rp_arena *a, rp_bytes octets, struct rp_docx_read *out)
{
	struct rp_docx_reading *r = rp_new(a, struct rp_docx_reading);
	struct rp_zip *z;
	uint32_t body;

	*out = (struct rp_docx_read){ .footnotes_entry = SIZE_MAX,
		.endnotes_entry = SIZE_MAX };
	out->document = rp_document_new(a);
	*r = (struct rp_docx_reading){ .arena = a,
		.out = out,
		.d = out->document };
	RP_TRY(rp_zip_open(a, octets, &z));
	RP_TRY(rp_docx_open(a, z, &out->package));
	RP_TRY(rp_docx_styles_read(a, &out->package, &out->styles));
	r->d->lang = out->styles.lang;
	RP_TRY(rp_docx_tree(a, &out->package, out->package.main, &out->body));
	body = rp_docx_child(&out->body, 1, RP_W_body);
	if (body == 0)
		return rp_fail(RP_E_INVALID, "Word document without a body");
	begin_count(r);
	RP_TRY(read_story(r, &out->body, body, &r->d->body));
	RP_TRY(read_notes_part(r, "footnotes", 'f', RP_W_footnote,
	    &out->footnotes_entry, &out->footnotes));
	RP_TRY(read_notes_part(r, "endnotes", 'e', RP_W_endnote,
	    &out->endnotes_entry, &out->endnotes));
	RP_TRY(read_margins(r));
	RP_TRY(read_title(r));
	rp_label_find(a, r->d);
	return NULL;
}
