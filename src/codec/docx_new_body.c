#include "base/err.h"
#include "codec/docx_new_private.h"
#include "text/lang.h"

#define PAGE_WIDTH 9070 /* twentieths of a point between the margins of A4 */
#define STEP 567        /* of indentation, for each level of labels */
#define COLUMNS_MAX 63  /* Word takes no more in a table */

static const struct {
	const char *name, *id;
} paragraph_styles[] = {
	{ "Subtitle", "Subtitle" },
	{ "Quote", "Quote" },
	{ "Caption", "Caption" },
	{ "Box", "Box" },
	{ "Right", "Right" },
	{ "Rule", "Rule" },
};

static rp_text
number(struct rp_docx_new_writing *w, uint64_t v)
{
	return rp_textf(w->a, "%llu", (unsigned long long)v);
}

static void
value(struct rp_docx_new_writing *w, const char *name, rp_text v)
{
	rp_xml_open(&w->x, name);
	rp_xml_attr(&w->x, "w:val", v);
	rp_xml_close(&w->x);
}

static void
mark(struct rp_docx_new_writing *w, const char *name)
{
	rp_xml_open(&w->x, name);
	rp_xml_close(&w->x);
}

static rp_text
style_of(struct rp_docx_new_writing *w, const struct rp_block *b)
{
	if (w->in_note)
		return RP_TEXT("FootnoteText");
	if (b->kind == RP_BLOCK_HEADING)
		return b->level == 0 ? RP_TEXT("Title") :
				       rp_textf(w->a, "Heading%u",
					   b->level < 9 ? b->level : 9U);
	if (b->kind == RP_BLOCK_CALLOUT)
		return RP_TEXT("Call");
	if (b->cell.table != 0)
		return RP_TEXT("TableText");
	if (b->kind == RP_BLOCK_ITEM && b->label.kind == RP_LABEL_NONE)
		return RP_TEXT("ListBullet");
	for (size_t i = 0;
	     i < sizeof(paragraph_styles) / sizeof(*paragraph_styles); i++)
		if (rp_text_eq(b->style, rp_text_z(paragraph_styles[i].name)))
			return rp_text_z(paragraph_styles[i].id);
	return RP_TEXT("");
}

static bool
is_rtl(struct rp_docx_new_writing *w, const struct rp_block *b)
{
	enum rp_dir dir;

	if (b->direction != RP_DIRECTION_AUTO)
		return b->direction == RP_DIRECTION_RTL;
	dir = rp_text_dir(rp_block_text(w->a, b));
	if (dir == RP_DIR_AUTO && b->lang.n > 0)
		dir = rp_lang_tag_dir(b->lang);
	return dir == RP_DIR_AUTO ? w->rtl : dir == RP_DIR_RTL;
}

static void
language(struct rp_docx_new_writing *w, rp_text lang, bool rtl)
{
	rp_text script = lang;

	if (lang.n == 0)
		return;
	rp_xml_open(&w->x, "w:lang");
	if (rtl)
		rp_xml_attr(&w->x, "w:bidi", script);
	else if (rp_lang_tag_same_primary(lang, RP_TEXT("zh")) ||
		 rp_lang_tag_same_primary(lang, RP_TEXT("ja")) ||
		 rp_lang_tag_same_primary(lang, RP_TEXT("ko")))
		rp_xml_attr(&w->x, "w:eastAsia", script);
	else
		rp_xml_attr(&w->x, "w:val", script);
	rp_xml_close(&w->x);
}

/* In the order of the schema (CT_RPr). */
static void
run_properties(struct rp_docx_new_writing *w, const struct rp_run *r,
    const struct rp_block *b, bool rtl, bool linked)
{
	const struct rp_format *f = &w->d->formats.v[r->format];
	rp_text lang = f->lang.n > 0 ? f->lang : b->lang;

	rp_xml_open(&w->x, "w:rPr");
	if (linked)
		value(w, "w:rStyle", RP_TEXT("Hyperlink"));
	if (f->look & RP_LOOK_BOLD) {
		mark(w, "w:b");
		mark(w, "w:bCs");
	}
	if (f->look & RP_LOOK_ITALIC) {
		mark(w, "w:i");
		mark(w, "w:iCs");
	}
	if (f->look & RP_LOOK_CAPS)
		mark(w, "w:caps");
	if (f->look & RP_LOOK_SMALL_CAPS)
		mark(w, "w:smallCaps");
	if (f->look & RP_LOOK_STRIKE)
		mark(w, "w:strike");
	if (f->look & RP_LOOK_HIDDEN)
		mark(w, "w:vanish");
	if (f->look & RP_LOOK_UNDERLINE)
		value(w, "w:u", RP_TEXT("single"));
	if (f->look & RP_LOOK_SUPERSCRIPT)
		value(w, "w:vertAlign", RP_TEXT("superscript"));
	else if (f->look & RP_LOOK_SUBSCRIPT)
		value(w, "w:vertAlign", RP_TEXT("subscript"));
	if (f->rtl || rtl)
		mark(w, "w:rtl");
	language(w, lang, f->rtl || rtl);
	rp_xml_close(&w->x);
}

static void
text(struct rp_docx_new_writing *w, rp_text t)
{
	if (t.n == 0)
		return;
	rp_xml_open(&w->x, "w:t");
	rp_xml_attr(&w->x, "xml:space", RP_TEXT("preserve"));
	rp_xml_text(&w->x, t);
	rp_xml_close(&w->x);
}

/* A run goes the way of its own letters; without any, that of its paragraph. */
static bool
is_run_rtl(const struct rp_run *r, bool paragraph)
{
	enum rp_dir dir = rp_text_dir(r->text);

	return dir == RP_DIR_AUTO ? paragraph : dir == RP_DIR_RTL;
}

bool
rp_docx_new_link(struct rp_docx_new_writing *w, uint32_t link, rp_url *out)
{
	struct rp_err *e = rp_url_from(w->a, w->d->links.v[link], out);
	bool good = e == NULL;

	rp_err_free(e);
	return good;
}

static void
note_mark(struct rp_docx_new_writing *w, uint32_t note)
{
	rp_xml_open(&w->x, "w:r");
	rp_xml_open(&w->x, "w:rPr");
	value(w, "w:rStyle", RP_TEXT("FootnoteReference"));
	rp_xml_close(&w->x);
	rp_xml_open(&w->x, "w:footnoteReference");
	rp_xml_attr(&w->x, "w:id", number(w, (uint64_t)note + 1));
	rp_xml_close(&w->x);
	rp_xml_close(&w->x);
}

/* Text; what the model does not know is its word in brackets. */
static void
plain_run(struct rp_docx_new_writing *w, const struct rp_run *r,
    const struct rp_block *b, bool rtl, bool linked)
{
	rp_text t = r->text;
	size_t from = 0;

	if (r->kind != RP_RUN_TEXT)
		t = rp_textf(w->a, "[%.*s]",
		    RP_FMT(t.n > 0 ? t : RP_TEXT("…")));
	rp_xml_open(&w->x, "w:r");
	run_properties(w, r, b, is_run_rtl(r, rtl), linked);
	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] != '\t' && t.p[i] != '\n')
			continue;
		text(w, rp_text_sub(t, from, i));
		mark(w, t.p[i] == '\t' ? "w:tab" : "w:br");
		from = i + 1;
	}
	text(w, rp_text_sub(t, from, t.n));
	rp_xml_close(&w->x);
}

static void
run(struct rp_docx_new_writing *w, const struct rp_run *r,
    const struct rp_block *b, bool rtl)
{
	bool linked = false;
	rp_url url;

	if (r->kind == RP_RUN_NOTE) {
		if (!w->in_note)
			note_mark(w, r->note);
		return;
	}
	if (r->kind == RP_RUN_TEXT && r->link != 0 && !w->in_note)
		linked = rp_docx_new_link(w, r->link, &url);
	if (linked) {
		rp_xml_open(&w->x, "w:hyperlink");
		rp_xml_attr(&w->x, "r:id", rp_textf(w->a, "rIdL%u", r->link));
	}
	plain_run(w, r, b, rtl, linked);
	if (linked)
		rp_xml_close(&w->x);
}

/* A label stands before its text, which begins where those beside it do. */
static void
indentation(struct rp_docx_new_writing *w, const struct rp_block *b)
{
	if (b->label.kind == RP_LABEL_NONE || b->kind == RP_BLOCK_HEADING)
		return;
	rp_xml_open(&w->x, "w:ind");
	rp_xml_attr(&w->x, "w:start", number(w, STEP * (b->label.level + 1U)));
	rp_xml_attr(&w->x, "w:hanging", number(w, STEP));
	rp_xml_close(&w->x);
}

/* The id of a block as the name of a bookmark, or an empty text. */
static rp_text
bookmark_of(const struct rp_docx_new_writing *w, const struct rp_block *b)
{
	char *name = rp_alloc(w->a, RP_DOCX_MARK_MAX + 1);
	size_t n = sizeof(RP_DOCX_MARK) - 1;

	if (w->in_note || b->id.n == 0 || b->id.n + n > RP_DOCX_MARK_MAX)
		return RP_TEXT("");
	memcpy(name, RP_DOCX_MARK, n);
	for (size_t i = 0; i < b->id.n; i++) {
		char c = b->id.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') &&
		    c != '-')
			return RP_TEXT("");
		name[n++] = c == '-' ? '_' : c;
	}
	return (rp_text){ name, n };
}

static void
bookmark(struct rp_docx_new_writing *w, const char *element, rp_text name)
{
	rp_xml_open(&w->x, element);
	rp_xml_attr(&w->x, "w:id", number(w, w->marks));
	if (name.n > 0)
		rp_xml_attr(&w->x, "w:name", name);
	rp_xml_close(&w->x);
}

static void
paragraph(struct rp_docx_new_writing *w, const struct rp_block *b,
    bool is_number)
{
	rp_text style = style_of(w, b), name = bookmark_of(w, b);
	bool rtl = is_rtl(w, b);

	rp_xml_open(&w->x, "w:p");
	rp_xml_open(&w->x, "w:pPr");
	if (style.n > 0)
		value(w, "w:pStyle", style);
	if (rtl)
		mark(w, "w:bidi");
	else if (w->rtl)
		/* Said aloud: LibreOffice takes the section's else. */
		value(w, "w:bidi", RP_TEXT("0"));
	indentation(w, b);
	if (is_number)
		value(w, "w:jc", RP_TEXT("end"));
	rp_xml_close(&w->x);
	if (name.n > 0) {
		w->marks++;
		bookmark(w, "w:bookmarkStart", name);
	}
	if (b->label.kind == RP_LABEL_AUTO && b->label.text.n > 0) {
		struct rp_run label = { .text = rp_textf(w->a, "%.*s\t",
					    RP_FMT(b->label.text)) };

		plain_run(w, &label, b, rtl, false);
	}
	for (uint32_t i = 0; i < b->n_runs; i++)
		run(w, &b->runs[i], b, rtl);
	if (name.n > 0)
		bookmark(w, "w:bookmarkEnd", RP_TEXT(""));
	rp_xml_close(&w->x);
}

/* Tables. */

static uint32_t
columns_of(const struct rp_blocks *v, size_t from, size_t to)
{
	uint32_t most = 1;

	for (size_t i = from; i < to; i++) {
		uint32_t last =
		    v->v[i].cell.column +
		    (v->v[i].cell.columns > 1 ? v->v[i].cell.columns - 1U : 0);

		most = last > most ? last : most;
	}
	return most < COLUMNS_MAX ? most : COLUMNS_MAX;
}

static uint32_t
width_of(const struct rp_docx_new_writing *w, uint32_t column, uint32_t columns)
{
	uint32_t first = w->options->first_column;

	if (columns < 5 || first == 0 || first > 90)
		return PAGE_WIDTH / columns;
	return column == 1 ? PAGE_WIDTH * first / 100 :
			     PAGE_WIDTH * (100 - first) / 100 / (columns - 1);
}

static void
table_head(struct rp_docx_new_writing *w, uint32_t columns)
{
	rp_xml_open(&w->x, "w:tblPr");
	value(w, "w:tblStyle", RP_TEXT("TableGrid"));
	if (w->rtl)
		mark(w, "w:bidiVisual");
	rp_xml_open(&w->x, "w:tblW");
	rp_xml_attr(&w->x, "w:w", number(w, PAGE_WIDTH));
	rp_xml_attr(&w->x, "w:type", RP_TEXT("dxa"));
	rp_xml_close(&w->x);
	rp_xml_close(&w->x);
	rp_xml_open(&w->x, "w:tblGrid");
	for (uint32_t c = 1; c <= columns; c++) {
		rp_xml_open(&w->x, "w:gridCol");
		rp_xml_attr(&w->x, "w:w", number(w, width_of(w, c, columns)));
		rp_xml_close(&w->x);
	}
	rp_xml_close(&w->x);
}

static bool
is_digits(struct rp_docx_new_writing *w, const struct rp_block *b)
{
	rp_text t = rp_block_text(w->a, b);

	return t.n > 0 && rp_text_dir(t) == RP_DIR_AUTO;
}

static size_t
cell(struct rp_docx_new_writing *w, const struct rp_blocks *v, size_t i,
    size_t to, uint32_t columns, bool is_number)
{
	const struct rp_cell *c = &v->v[i].cell;
	size_t next = i;

	rp_xml_open(&w->x, "w:tc");
	rp_xml_open(&w->x, "w:tcPr");
	rp_xml_open(&w->x, "w:tcW");
	rp_xml_attr(&w->x, "w:w", number(w, width_of(w, c->column, columns)));
	rp_xml_attr(&w->x, "w:type", RP_TEXT("dxa"));
	rp_xml_close(&w->x);
	if (c->columns > 1)
		value(w, "w:gridSpan", number(w, c->columns));
	rp_xml_close(&w->x);
	for (; next < to && v->v[next].cell.row == c->row &&
	       v->v[next].cell.column == c->column;
	     next++)
		paragraph(w, &v->v[next], is_number);
	rp_xml_close(&w->x);
	return next;
}

static void
empty_cell(struct rp_docx_new_writing *w)
{
	rp_xml_open(&w->x, "w:tc");
	mark(w, "w:p");
	rp_xml_close(&w->x);
}

static size_t
row(struct rp_docx_new_writing *w, const struct rp_blocks *v, size_t i,
    size_t to, uint32_t columns, const bool *numbers)
{
	uint32_t at = v->v[i].cell.row, column = 1;

	rp_xml_open(&w->x, "w:tr");
	rp_xml_open(&w->x, "w:trPr");
	mark(w, "w:cantSplit");
	if (at <= w->options->head_rows)
		mark(w, "w:tblHeader");
	rp_xml_close(&w->x);
	while (i < to && v->v[i].cell.row == at) {
		const struct rp_cell *c = &v->v[i].cell;

		for (; column < c->column && column <= columns; column++)
			empty_cell(w);
		column = c->column + (c->columns > 1 ? c->columns : 1U);
		i = cell(w, v, i, to, columns,
		    c->column <= columns && numbers[c->column]);
	}
	for (; column <= columns; column++)
		empty_cell(w);
	rp_xml_close(&w->x);
	return i;
}

/* A column of which all cells below the head are figures is one of numbers. */
static const bool *
number_columns(struct rp_docx_new_writing *w, const struct rp_blocks *v,
    size_t from, size_t to, uint32_t columns)
{
	bool *out = rp_new_n(w->a, bool, columns + 2);

	for (uint32_t c = 2; c <= columns; c++)
		out[c] = true;
	for (size_t i = from; i < to; i++)
		if (v->v[i].cell.column <= columns &&
		    v->v[i].cell.row > w->options->head_rows &&
		    rp_block_text(w->a, &v->v[i]).n > 0 &&
		    !is_digits(w, &v->v[i]))
			out[v->v[i].cell.column] = false;
	return out;
}

static size_t
table(struct rp_docx_new_writing *w, const struct rp_blocks *v, size_t from)
{
	size_t to = from;
	uint32_t columns;
	const bool *numbers;

	while (to < v->n && v->v[to].cell.table == v->v[from].cell.table)
		to++;
	columns = columns_of(v, from, to);
	numbers = number_columns(w, v, from, to, columns);
	rp_xml_open(&w->x, "w:tbl");
	table_head(w, columns);
	for (size_t i = from; i < to;)
		i = row(w, v, i, to, columns, numbers);
	rp_xml_close(&w->x);
	/* Tables that touch would be one; and no story ends in one. */
	if (to == v->n || v->v[to].cell.table != 0)
		mark(w, "w:p");
	return to;
}

static void
section(struct rp_docx_new_writing *w)
{
	rp_xml_open(&w->x, "w:sectPr");
	rp_xml_open(&w->x, "w:pgSz");
	rp_xml_attr(&w->x, "w:w", RP_TEXT("11906"));
	rp_xml_attr(&w->x, "w:h", RP_TEXT("16838"));
	rp_xml_close(&w->x);
	rp_xml_open(&w->x, "w:pgMar");
	rp_xml_attr(&w->x, "w:top", RP_TEXT("1418"));
	rp_xml_attr(&w->x, "w:right", RP_TEXT("1418"));
	rp_xml_attr(&w->x, "w:bottom", RP_TEXT("1418"));
	rp_xml_attr(&w->x, "w:left", RP_TEXT("1418"));
	rp_xml_attr(&w->x, "w:header", RP_TEXT("709"));
	rp_xml_attr(&w->x, "w:footer", RP_TEXT("709"));
	rp_xml_attr(&w->x, "w:gutter", RP_TEXT("0"));
	rp_xml_close(&w->x);
	if (w->rtl)
		mark(w, "w:bidi");
	rp_xml_close(&w->x);
}

static void
story(struct rp_docx_new_writing *w, const struct rp_blocks *v)
{
	for (size_t i = 0; i < v->n;) {
		if (v->v[i].cell.table != 0)
			i = table(w, v, i);
		else
			paragraph(w, &v->v[i++], false);
	}
	if (v->n == 0)
		mark(w, "w:p");
}

static void
root(struct rp_docx_new_writing *w, const char *name)
{
	rp_xml_open(&w->x, name);
	rp_xml_attr(&w->x, "xmlns:w", RP_TEXT(RP_DOCX_W));
	rp_xml_attr(&w->x, "xmlns:r", RP_TEXT(RP_DOCX_R));
}

void
rp_docx_new_body(struct rp_docx_new_writing *w)
{
	root(w, "w:document");
	rp_xml_open(&w->x, "w:body");
	story(w, &w->d->body.blocks);
	section(w);
	rp_xml_close(&w->x);
	rp_xml_close(&w->x);
}

/* The two lines that Word puts above notes. */
static void
separator(struct rp_docx_new_writing *w, const char *id, const char *type,
    const char *element)
{
	rp_xml_open(&w->x, "w:footnote");
	rp_xml_attr(&w->x, "w:type", rp_text_z(type));
	rp_xml_attr(&w->x, "w:id", rp_text_z(id));
	rp_xml_open(&w->x, "w:p");
	rp_xml_open(&w->x, "w:r");
	mark(w, element);
	rp_xml_close(&w->x);
	rp_xml_close(&w->x);
	rp_xml_close(&w->x);
}

void
rp_docx_new_notes(struct rp_docx_new_writing *w)
{
	root(w, "w:footnotes");
	separator(w, "-1", "separator", "w:separator");
	separator(w, "0", "continuationSeparator", "w:continuationSeparator");
	w->in_note = true;
	for (size_t i = 0; i < w->d->notes.n; i++) {
		rp_xml_open(&w->x, "w:footnote");
		rp_xml_attr(&w->x, "w:id", number(w, i + 1));
		story(w, &w->d->notes.v[i].blocks);
		rp_xml_close(&w->x);
	}
	w->in_note = false;
	rp_xml_close(&w->x);
}
