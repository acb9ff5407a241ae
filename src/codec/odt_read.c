#include "codec/odt_read.h"

#include <string.h>

#include "base/err.h"
#include "codec/doc_build.h"
#include "codec/doc_label.h"
#include "codec/odt_style_private.h"
#include "codec/odt_text.h"
#include "codec/xmlread.h"
#include "codec/zip.h"

#define TEXT RP_ODT_NS "text:1.0"
#define TABLE RP_ODT_NS "table:1.0"
#define OFFICE RP_ODT_NS "office:1.0"
#define STYLE RP_ODT_NS "style:1.0"
#define DRAW RP_ODT_NS "drawing:1.0"
#define DC "http://purl.org/dc/elements/1.1/"
#define TABLES_MAX 16

enum role {
	ROLE_NONE,
	ROLE_PARAGRAPH,
	ROLE_LIST,
	ROLE_TABLE,
	ROLE_NOTE,
	ROLE_CHANGES,
	ROLE_MARGIN,
};

struct frame {
	enum role role;
	unsigned look;
	uint32_t link;
	rp_text style, lang; /* of text */
};

struct list {
	rp_text style, id;
	struct rp_odt_counters counters;
};

/* A <text:list> that is open. */
struct open_list {
	uint32_t list; /* in lists; shared by its levels */
	rp_text style;
	bool fresh; /* the item has no paragraph yet */
	int32_t start;
};

struct table_state {
	uint32_t number, row, column;
	uint16_t columns;
};

/* Where text goes: the body, a note, a header, a deletion. */
struct place {
	struct rp_blocks *to;
	struct rp_block block;
	struct rp_doc_runs runs;
	bool open;
	char last; /* octet, for folding white space */
	struct open_list lists[RP_ODT_LEVELS + 1];
	size_t n_lists;
	struct table_state tables[TABLES_MAX];
	size_t n_tables;
	uint32_t table_numbers;
};

struct change {
	rp_revision_ref revision;
	bool deletion;
	struct rp_blocks blocks;
};

struct changes RP_MAP(struct change);
struct names RP_MAP(uint32_t);

struct reading {
	struct rp_doc_build b;
	struct rp_arena *a;
	struct rp_xmlread *xml;
	struct rp_odt_styles styles;
	struct place p, outer;
	struct rp_blocks made; /* of the note, header or deletion */
	struct frame frames[RP_XMLREAD_DEPTH_MAX + 2];
	unsigned skip, note;
	bool in_body, in_masters;
	uint32_t note_index;
	enum rp_story_kind margin;
	struct RP_VEC(struct list) lists;
	struct names by_style, by_id; /* the list that was last, plus 1 */
	struct rp_odt_counters outline;
	/* Tracked changes. */
	struct changes changes;
	rp_text change; /* id of the region that is read */
	bool in_changes, in_info, in_deletion;
	rp_text creator, date;
	rp_text *gather; /* text goes there */
	rp_revision_ref ins, del;
	rp_text ins_id;
};

static bool
is(const struct reading *r, const char *name)
{
	return rp_xmlread_is(r->xml, name);
}

static rp_text
attribute(struct reading *r, const char *name)
{
	return rp_doc_clean_line(r->a, rp_xmlread_attr(r->xml, name));
}

static struct frame *
top(struct reading *r)
{
	return &r->frames[rp_xmlread_depth(r->xml)];
}

/* Runs. */

static struct rp_err *
add_run(struct reading *r, struct rp_run run)
{
	const struct frame *f = top(r);
	struct rp_format format = { .look = f->look,
		.style = f->style,
		.lang = f->lang };

	run.format = rp_document_format(r->a, r->b.doc, &format);
	run.link = f->link;
	run.ins = r->ins;
	run.del = r->del;
	return rp_doc_build_run(&r->b, &r->p.runs, &run);
}

static struct rp_err *
add_text(struct reading *r, rp_bytes in)
{
	rp_text t = rp_doc_clean(r->a, in);

	return add_run(r,
	    (struct rp_run){ .text = rp_doc_fold(r->a, t, &r->p.last) });
}

static struct rp_err *
add_spaces(struct reading *r)
{
	int64_t n;
	char *p;

	if (!rp_text_i64(attribute(r, "c"), &n) || n < 1)
		n = 1;
	n = n < RP_ODT_SPACES_MAX ? n : RP_ODT_SPACES_MAX;
	p = rp_alloc(r->a, (size_t)n + 1);
	memset(p, ' ', (size_t)n);
	r->p.last = 'x';
	return add_run(r, (struct rp_run){ .text = { p, (size_t)n } });
}

/* Blocks. */

static void
place_in_table(struct reading *r, struct rp_block *b)
{
	const struct table_state *t;

	if (r->p.n_tables == 0)
		return;
	t = &r->p.tables[r->p.n_tables - 1];
	if (t->column > 0)
		b->cell = (struct rp_cell){ .table = t->number,
			.row = t->row,
			.column = t->column,
			.columns = t->columns };
}

static void
style_block(struct reading *r, struct rp_block *b, rp_text name)
{
	const struct rp_odt_style *st =
	    rp_odt_style_find(&r->styles, 'p', name);

	b->style = rp_odt_style_shown(&r->styles, 'p', name);
	if (st != NULL && st->rtl)
		b->direction = RP_DIRECTION_RTL;
	/* A title is the heading of all. */
	if (b->kind == RP_BLOCK_PARAGRAPH &&
	    rp_text_eq(b->style, RP_TEXT("Title")))
		b->kind = RP_BLOCK_HEADING;
}

static void
label_item(struct reading *r, struct rp_block *b, rp_text style)
{
	struct place *p = &r->p;
	struct open_list *l = &p->lists[p->n_lists - 1];
	struct list *list = &r->lists.v[l->list];
	rp_text name = l->style;

	if (name.n == 0)
		name = rp_odt_style_list(&r->styles, style);
	l->fresh = false;
	b->label.level = (uint8_t)(p->n_lists - 1);
	rp_odt_label(&r->styles, name, &list->counters, p->n_lists - 1,
	    l->start, &b->label);
	l->start = -1;
	b->label.list = b->label.kind == RP_LABEL_NONE ? 0 : l->list + 1;
	if (b->label.kind != RP_LABEL_NONE && b->kind == RP_BLOCK_PARAGRAPH)
		b->kind = RP_BLOCK_ITEM;
}

static struct rp_err *
begin_paragraph(struct reading *r)
{
	struct place *p = &r->p;
	struct frame *f = top(r);
	rp_text style = attribute(r, "style-name"), level;
	const struct rp_odt_style *st =
	    rp_odt_style_find(&r->styles, 'p', style);
	int64_t n = 1;

	/* A paragraph in a paragraph is that of a frame: not read. */
	if (p->open)
		return NULL;
	f->role = ROLE_PARAGRAPH;
	p->block = (struct rp_block){ 0 };
	p->runs = (struct rp_doc_runs){ 0 };
	p->open = true;
	p->last = ' ';
	f->look = st != NULL && st->automatic ? st->on : 0;
	if (is(r, "h")) {
		level = attribute(r, "outline-level");
		if (!rp_text_i64(level, &n) || n < 1 || n > 9)
			n = 1;
		p->block.kind = RP_BLOCK_HEADING;
		p->block.level = (uint8_t)n;
	}
	style_block(r, &p->block, style);
	place_in_table(r, &p->block);
	if (p->n_lists > 0 && p->lists[p->n_lists - 1].fresh && !r->in_deletion)
		label_item(r, &p->block, style);
	else if (p->n_lists > 0 && p->block.kind == RP_BLOCK_PARAGRAPH)
		p->block.level = (uint8_t)p->n_lists;
	else if (is(r, "h") && !r->in_deletion &&
		 !rp_text_eq(attribute(r, "is-list-header"), RP_TEXT("true")))
		rp_odt_label(&r->styles, RP_TEXT("o"), &r->outline,
		    (size_t)n - 1, -1, &p->block.label);
	if (p->block.kind == RP_BLOCK_HEADING)
		p->block.label.level = (uint8_t)(n - 1);
	return NULL;
}

static struct rp_err *
end_paragraph(struct reading *r)
{
	struct place *p = &r->p;
	struct rp_run *last = p->runs.n > 0 ? &p->runs.v[p->runs.n - 1] : NULL;

	p->open = false;
	/* White space at the end is none, unless a text:s made it. */
	if (last != NULL && p->last == ' ' && last->kind == RP_RUN_TEXT &&
	    last->text.n > 0 && last->text.p[last->text.n - 1] == ' ') {
		last->text.n--;
		p->runs.n -= last->text.n == 0;
	}
	p->block.mark_ins = r->ins;
	return rp_doc_build_block(&r->b, p->to, &p->block, &p->runs);
}

/* Elsewhere, and back. */

static void
go(struct reading *r)
{
	r->outer = r->p;
	r->made = (struct rp_blocks){ 0 };
	r->p = (struct place){ .to = &r->made };
}

static void
come_back(struct reading *r)
{
	r->p = r->outer;
}

/* Tracked changes. */

static struct rp_err *
add_again(struct reading *r, const struct rp_block *b)
{
	for (uint32_t i = 0; i < b->n_runs; i++)
		RP_TRY(rp_doc_build_run(&r->b, &r->p.runs, &b->runs[i]));
	return NULL;
}

/* What was deleted stands at its mark; all but the last end a paragraph. */
static struct rp_err *
deleted_here(struct reading *r, const struct change *c)
{
	struct place *p = &r->p;

	for (size_t i = 0; i < c->blocks.n; i++) {
		struct rp_block b = c->blocks.v[i];

		RP_TRY(add_again(r, &b));
		if (i + 1 == c->blocks.n)
			break;
		b.label_runs = 0;
		b.cell = p->block.cell;
		b.mark_del = c->revision;
		b.mark_ins = 0;
		RP_TRY(rp_doc_build_block(&r->b, p->to, &b, &p->runs));
	}
	p->last = p->runs.n > 0 ? 'x' : ' ';
	return NULL;
}

/* The paragraph before a mark between paragraphs is in the mark's place. */
static struct rp_err *
deleted_between(struct reading *r, const struct change *c)
{
	for (size_t i = 0; i < c->blocks.n; i++) {
		struct rp_block b = c->blocks.v[i];

		if (i + 1 == c->blocks.n && b.n_runs == 0)
			break;
		r->p.runs = (struct rp_doc_runs){ 0 };
		RP_TRY(add_again(r, &b));
		b.cell = (struct rp_cell){ 0 };
		place_in_table(r, &b);
		b.mark_del = c->revision;
		RP_TRY(rp_doc_build_block(&r->b, r->p.to, &b, &r->p.runs));
	}
	return NULL;
}

static struct rp_err *
change_mark(struct reading *r)
{
	rp_text id = attribute(r, "change-id");
	const struct change *c = rp_map_find(&r->changes, id);

	if (c == NULL || r->in_changes)
		return NULL;
	if (is(r, "change") && c->deletion)
		return r->p.open ? deleted_here(r, c) : deleted_between(r, c);
	if (is(r, "change-start") && !c->deletion) {
		r->ins = c->revision;
		r->ins_id = id;
	} else if (is(r, "change-end") && rp_text_eq(id, r->ins_id)) {
		r->ins = 0;
		r->ins_id = (rp_text){ 0 };
	}
	return NULL;
}

static struct rp_err *
end_info(struct reading *r)
{
	struct change *c = rp_map_at(r->a, &r->changes, r->change);
	struct rp_revision rev = {
		.kind =
		    r->in_deletion ? RP_REVISION_DELETE : RP_REVISION_INSERT,
		.author = r->creator,
		.date = r->date,
	};

	r->in_info = false;
	r->gather = NULL;
	RP_TRY(rp_doc_build_revise(&r->b, &rev, &c->revision));
	c->deletion = r->in_deletion;
	r->del = r->in_deletion ? c->revision : 0;
	return NULL;
}

static struct rp_err *
opened_in_changes(struct reading *r)
{
	if (is(r, "changed-region")) {
		r->change = attribute(r, "id");
		*rp_map_at(r->a, &r->changes, r->change) = (struct change){ 0 };
		r->made = (struct rp_blocks){ 0 };
	} else if (is(r, "deletion")) {
		r->in_deletion = true;
	} else if (is(r, "format-change")) {
		r->skip = rp_xmlread_depth(r->xml);
	} else if (is(r, "change-info")) {
		r->in_info = true;
		r->creator = r->date = (rp_text){ 0 };
	} else if (r->in_info && is(r, "creator")) {
		r->gather = &r->creator;
	} else if (r->in_info && is(r, "date")) {
		r->gather = &r->date;
	}
	return NULL;
}

static struct rp_err *
closed_in_changes(struct reading *r)
{
	struct change *c;

	if (is(r, "change-info") && r->in_info)
		return end_info(r);
	if (is(r, "creator") || is(r, "date"))
		r->gather = NULL;
	if (!is(r, "changed-region"))
		return NULL;
	c = rp_map_at(r->a, &r->changes, r->change);
	c->blocks = r->made;
	/* Without who and when it is none. */
	if (c->revision == 0)
		c->blocks.n = 0;
	r->made = (struct rp_blocks){ 0 };
	r->in_deletion = false;
	r->del = 0;
	return NULL;
}

/* Lists. */

static struct rp_err *
opened_list(struct reading *r)
{
	struct place *p = &r->p;
	struct open_list l = { .style = attribute(r, "style-name"),
		.start = -1 };
	const struct open_list *in =
	    p->n_lists > 0 ? &p->lists[p->n_lists - 1] : NULL;
	rp_text id = attribute(r, "id"), before;
	const uint32_t *found = NULL;

	if (p->n_lists > RP_ODT_LEVELS)
		return NULL;
	top(r)->role = ROLE_LIST;
	if (in != NULL) {
		l.list = in->list;
		if (l.style.n == 0)
			l.style = in->style;
		p->lists[p->n_lists++] = l;
		return NULL;
	}
	before = attribute(r, "continue-list");
	if (before.n > 0)
		found = rp_map_find(&r->by_id, before);
	else if (rp_text_eq(attribute(r, "continue-numbering"),
		     RP_TEXT("true")))
		found = rp_map_find(&r->by_style, l.style);
	if (found != NULL) {
		l.list = *found - 1;
	} else {
		if (r->lists.n >= RP_ODT_LISTS_MAX)
			return rp_fail(RP_E_LIMIT, "more than %zu lists",
			    RP_ODT_LISTS_MAX);
		l.list = (uint32_t)r->lists.n;
		rp_vec_push(r->a, &r->lists, (struct list){ .style = l.style });
	}
	*rp_map_at(r->a, &r->by_style, l.style) = l.list + 1;
	if (id.n > 0)
		*rp_map_at(r->a, &r->by_id, id) = l.list + 1;
	p->lists[p->n_lists++] = l;
	return NULL;
}

static void
opened_item(struct reading *r)
{
	struct place *p = &r->p;
	struct open_list *l;
	int64_t start;

	if (p->n_lists == 0)
		return;
	l = &p->lists[p->n_lists - 1];
	l->fresh = is(r, "list-item");
	l->start = -1;
	if (rp_text_i64(attribute(r, "start-value"), &start) && start >= 0 &&
	    start <= 1000000)
		l->start = (int32_t)start;
}

/* Notes, headers. */

static struct rp_err *
opened_note(struct reading *r)
{
	bool end = rp_text_eq(attribute(r, "note-class"), RP_TEXT("endnote"));

	if (r->note != 0 || !r->p.open || r->in_deletion || r->in_masters) {
		r->skip = rp_xmlread_depth(r->xml);
		return NULL;
	}
	top(r)->role = ROLE_NOTE;
	r->note = rp_xmlread_depth(r->xml);
	RP_TRY(
	    rp_doc_build_note(&r->b, end ? RP_STORY_ENDNOTE : RP_STORY_FOOTNOTE,
		attribute(r, "id"), &r->note_index));
	RP_TRY(add_run(r,
	    (struct rp_run){ .kind = RP_RUN_NOTE, .note = r->note_index }));
	r->p.last = 'x';
	go(r);
	return NULL;
}

static struct rp_err *
opened_margin(struct reading *r)
{
	bool header =
	    is(r, "header") || is(r, "header-left") || is(r, "header-first");

	top(r)->role = ROLE_MARGIN;
	r->margin = header ? RP_STORY_HEADER : RP_STORY_FOOTER;
	go(r);
	return NULL;
}

static bool
is_margin(const struct reading *r)
{
	return is(r, "header") || is(r, "footer") || is(r, "header-left") ||
	       is(r, "footer-left") || is(r, "header-first") ||
	       is(r, "footer-first");
}

/* Elements. */

static struct rp_err *
opened_in_paragraph(struct reading *r)
{
	struct frame *f = top(r);
	rp_text name;

	if (is(r, "span")) {
		name = attribute(r, "style-name");
		f->look = rp_odt_style_look(&r->styles, 't', name, f->look);
		f->style = rp_odt_style_shown(&r->styles, 't', name);
		const struct rp_odt_style *st =
		    rp_odt_style_find(&r->styles, 't', name);
		if (st != NULL && st->lang.n > 0)
			f->lang = st->lang;
	} else if (is(r, "a")) {
		f->link = rp_doc_build_link(&r->b, attribute(r, "href"));
	} else if (is(r, "s")) {
		return add_spaces(r);
	} else if (is(r, "tab")) {
		r->p.last = 'x';
		return add_run(r, (struct rp_run){ .text = RP_TEXT("\t") });
	} else if (is(r, "line-break")) {
		r->p.last = ' ';
		return add_run(r, (struct rp_run){ .text = RP_TEXT("\n") });
	} else if (is(r, "note")) {
		return opened_note(r);
	}
	return NULL;
}

static struct rp_err *
opened_text(struct reading *r)
{
	if (is(r, "tracked-changes")) {
		if (r->p.open || r->in_changes || r->note != 0 ||
		    r->lists.n > 0) {
			r->skip = rp_xmlread_depth(r->xml);
			return NULL;
		}
		top(r)->role = ROLE_CHANGES;
		r->in_changes = true;
		go(r);
		return NULL;
	}
	if (r->in_changes)
		RP_TRY(opened_in_changes(r));
	if (r->skip != 0)
		return NULL;
	if (is(r, "ruby-text") || is(r, "note-citation")) {
		r->skip = rp_xmlread_depth(r->xml);
		return NULL;
	}
	if (is(r, "change") || is(r, "change-start") || is(r, "change-end"))
		return change_mark(r);
	if (r->p.open)
		return opened_in_paragraph(r);
	if (is(r, "p") || is(r, "h"))
		return begin_paragraph(r);
	if (is(r, "list"))
		return opened_list(r);
	if (is(r, "list-item") || is(r, "list-header"))
		opened_item(r);
	return NULL;
}

static struct rp_err *
opened_table(struct reading *r)
{
	struct place *p = &r->p;
	struct table_state *t =
	    p->n_tables > 0 ? &p->tables[p->n_tables - 1] : NULL;
	int64_t span;

	if (p->open)
		return NULL;
	if (is(r, "table")) {
		if (p->n_tables == TABLES_MAX)
			return rp_fail(RP_E_LIMIT, "tables deeper than %d",
			    TABLES_MAX);
		top(r)->role = ROLE_TABLE;
		p->tables[p->n_tables++] =
		    (struct table_state){ .number = ++p->table_numbers };
	} else if (t != NULL && is(r, "table-row")) {
		t->row++;
		t->column = 0;
	} else if (t != NULL &&
		   (is(r, "table-cell") || is(r, "covered-table-cell"))) {
		t->column++;
		t->row += t->row == 0;
		if (!rp_text_i64(attribute(r, "number-columns-spanned"),
			&span) ||
		    span < 1 || span > 1000)
			span = 1;
		t->columns = (uint16_t)span;
	}
	return NULL;
}

static struct rp_err *
opened_frame(struct reading *r)
{
	r->skip = rp_xmlread_depth(r->xml);
	if (!r->p.open)
		return NULL;
	r->p.last = 'x';
	return add_run(r, (struct rp_run){ .kind = RP_RUN_OPAQUE,
			      .text = attribute(r, "name") });
}

static struct rp_err *
opened(struct reading *r)
{
	unsigned depth = rp_xmlread_depth(r->xml);
	struct rp_xmlread *x = r->xml;

	r->frames[depth] = r->frames[depth - 1];
	r->frames[depth].role = ROLE_NONE;
	if (rp_xmlread_in(x, OFFICE)) {
		if (is(r, "annotation") || is(r, "forms")) {
			r->skip = depth;
			return NULL;
		}
		r->in_body |= is(r, "text") || is(r, "body");
		r->in_masters |= is(r, "master-styles");
		if (r->in_changes)
			return opened_in_changes(r);
	}
	if (rp_xmlread_in(x, DC) && r->in_changes)
		return opened_in_changes(r);
	if (!r->in_body && !r->in_masters)
		return rp_odt_style_open(&r->styles, x);
	if (rp_xmlread_in(x, TEXT))
		return opened_text(r);
	if (rp_xmlread_in(x, TABLE))
		return opened_table(r);
	if (rp_xmlread_in(x, DRAW))
		return opened_frame(r);
	if (r->in_masters && rp_xmlread_in(x, STYLE) && is_margin(r) &&
	    !r->p.open)
		return opened_margin(r);
	return NULL;
}

static void
end_margin(struct reading *r)
{
	struct rp_story s = { .kind = r->margin, .blocks = r->made };

	come_back(r);
	if (s.blocks.n > 0)
		rp_vec_push(r->a, &r->b.doc->margins, s);
}

static struct rp_err *
closed(struct reading *r)
{
	const struct frame *f = top(r);

	if (r->in_changes)
		RP_TRY(closed_in_changes(r));
	if (!r->in_body && !r->in_masters)
		rp_odt_style_close(&r->styles, r->xml);
	switch (f->role) {
	case ROLE_PARAGRAPH:
		if (r->p.open)
			return end_paragraph(r);
		break;
	case ROLE_LIST:
		r->p.n_lists -= r->p.n_lists > 0;
		break;
	case ROLE_TABLE:
		r->p.n_tables -= r->p.n_tables > 0;
		break;
	case ROLE_NOTE:
		r->b.doc->notes.v[r->note_index].blocks = r->made;
		come_back(r);
		r->note = 0;
		break;
	case ROLE_CHANGES:
		r->in_changes = false;
		/* Lists of what was deleted count nothing. */
		r->lists.n = 0;
		r->by_style = r->by_id = (struct names){ 0 };
		come_back(r);
		break;
	case ROLE_MARGIN:
		end_margin(r);
		break;
	case ROLE_NONE:
		break;
	}
	return NULL;
}

static struct rp_err *
text(struct reading *r)
{
	rp_bytes in = rp_xmlread_text(r->xml);

	if (r->gather != NULL) {
		/* In pieces only where a comment or the like parts it. */
		if (r->gather->n == 0)
			*r->gather = rp_doc_clean_line(r->a, in);
		return NULL;
	}
	return r->p.open ? add_text(r, in) : NULL;
}

static struct rp_err *
read_part(struct reading *r, rp_bytes octets)
{
	enum rp_xmlread_event event;

	r->skip = 0;
	r->in_body = r->in_masters = false;
	r->frames[0] = (struct frame){ 0 };
	RP_TRY(rp_xmlread_open(r->a, octets, &r->xml));
	for (;;) {
		RP_TRY(rp_xmlread_next(r->xml, &event));
		if (event == RP_XMLREAD_END)
			return NULL;
		if (r->skip != 0) {
			if (event == RP_XMLREAD_CLOSE &&
			    rp_xmlread_depth(r->xml) == r->skip)
				r->skip = 0;
		} else if (event == RP_XMLREAD_OPEN) {
			RP_TRY(opened(r));
		} else if (event == RP_XMLREAD_CLOSE) {
			RP_TRY(closed(r));
		} else {
			RP_TRY(text(r));
		}
	}
}

/* Title and language from meta.xml. */
static struct rp_err *
read_meta(struct reading *r, rp_bytes octets)
{
	enum rp_xmlread_event event = RP_XMLREAD_TEXT;
	rp_text *to = NULL;

	RP_TRY(rp_xmlread_open(r->a, octets, &r->xml));
	while (event != RP_XMLREAD_END) {
		RP_TRY(rp_xmlread_next(r->xml, &event));
		if (event == RP_XMLREAD_OPEN && rp_xmlread_in(r->xml, DC))
			to = is(r, "title")    ? &r->b.doc->title :
			     is(r, "language") ? &r->b.doc->lang :
						 NULL;
		else if (event == RP_XMLREAD_CLOSE)
			to = NULL;
		else if (event == RP_XMLREAD_TEXT && to != NULL && to->n == 0)
			*to = rp_doc_clean_line(r->a, rp_xmlread_text(r->xml));
	}
	return NULL;
}

static struct rp_err *
part(struct reading *r, struct rp_zip *z, rp_text name,
    struct rp_err *(*read)(struct reading *, rp_bytes))
{
	size_t i = rp_zip_find(z, name);
	rp_bytes octets;

	if (i == SIZE_MAX)
		return NULL;
	RP_TRY(rp_zip_read(r->a, z, i, &octets));
	return read(r, octets);
}

struct rp_err *
rp_odt_read(struct rp_arena *a, struct rp_zip *z, struct rp_document **out)
{
	struct reading *r = rp_new(a, struct reading);

	if (rp_zip_find(z, RP_TEXT("content.xml")) == SIZE_MAX)
		return rp_fail(RP_E_INVALID, "no content.xml");
	RP_TRY(rp_odt_refuse_encrypted(a, z));
	r->a = a;
	r->styles.arena = a;
	rp_doc_build_init(&r->b, a);
	r->p.to = &r->b.doc->body.blocks;
	RP_TRY(part(r, z, RP_TEXT("meta.xml"), read_meta));
	RP_TRY(part(r, z, RP_TEXT("styles.xml"), read_part));
	RP_TRY(part(r, z, RP_TEXT("content.xml"), read_part));
	*out = r->b.doc;
	return NULL;
}
