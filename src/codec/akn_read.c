#include <string.h>

#include "base/err.h"
#include "base/map.h"
#include "codec/akn.h"
#include "codec/doc_build.h"
#include "codec/doc_label.h"
#include "codec/xmlread.h"

#define TABLES_MAX 16
#define NUM_MAX ((size_t)1000) /* a longer number is none */
#define CLASS_MAX ((size_t)400)

/* What closing an element has to do. */
enum role {
	ROLE_INLINE, /* nothing but to restore what held before */
	ROLE_BLOCK,  /* the block that it opened ends */
	ROLE_NUM,
	ROLE_INLINE_NUM,
	ROLE_HIER,
	ROLE_STRUCTURE,
	ROLE_NOTE,
	ROLE_TABLE,
	ROLE_CELL,
	ROLE_META_NOTE,
};

/* What class says, and what an element gives to the block within it. */
struct said {
	bool kind_set, level_set, typed, none;
	enum rp_block_kind kind;
	uint8_t heading, level, depth;
	bool mark_ins, mark_del;
	enum rp_margin margin;
	rp_text author; /* of the mark */
};

struct frame {
	enum role role;
	unsigned look;
	rp_revision_ref ins, del;
	uint32_t link;
	bool preserve, labelled; /* labelled: it counts for levels */
	rp_text end;             /* endQuote */
	unsigned count;          /* of <li> */
};

/* The block that is open, and the label that waits for one. */
struct block_state {
	struct rp_block block;
	struct rp_doc_runs runs;
	struct said said;
	bool open, in_num, typed;
	char last; /* octet, for folding white space */
	/* Waiting. */
	bool has_label, has_said;
	rp_text label;
	struct rp_doc_runs label_runs;
	struct rp_doc_runs
	    marks; /* of notes, in the number: the text has them */
	bool label_typed;
	struct said waiting;
	rp_text id;
};

/*
 * A table has its number from its first block on. What follows a nested table
 * in the cell around it is of a new table, as it will be when it is written.
 */
struct table_state {
	uint32_t number, row, column;
	bool used; /* it, or a table in it, has a block */
	uint16_t columns;
	rp_revision_ref row_ins, row_del;
};

struct notes RP_MAP(uint32_t);

struct reading {
	struct rp_doc_build b;
	struct rp_arena *a;
	struct rp_xmlread *xml;
	struct rp_blocks *to;
	struct block_state s, outer; /* outer: while a note is read */
	struct rp_blocks *outer_to;
	struct rp_blocks note_blocks;
	unsigned note; /* depth of the note that is read; 0: none */
	uint32_t note_index;
	struct frame frames[RP_XMLREAD_DEPTH_MAX + 2];
	unsigned skip, meta, in_notes;
	unsigned hier, levels, groups;
	struct table_state tables[TABLES_MAX];
	unsigned n_tables, in_tables;
	uint32_t table_numbers, note_tables;
	rp_revision_ref last[2]; /* INSERT and DELETE made last */
	struct notes meta_notes;
	struct RP_VEC(struct rp_blocks) meta_blocks;
};

static bool
is(const struct reading *r, const char *name)
{
	return rp_xmlread_is(r->xml, name);
}

static bool
is_one_of(const struct reading *r, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is(r, names[i]))
			return true;
	return false;
}

static rp_text
attribute(struct reading *r, const char *name)
{
	return rp_doc_clean_line(r->a, rp_xmlread_attr(r->xml, name));
}

/* Classes. */

static uint8_t
digits(rp_text t, size_t from)
{
	int64_t v = 0;

	if (!rp_text_i64(rp_text_sub(t, from, t.n), &v) || v < 0 || v > 99)
		return 0;
	return (uint8_t)v;
}

static void
say(struct said *s, rp_text t)
{
	static const struct {
		const char *name;
		enum rp_block_kind kind;
	} kinds[] = { { "p", RP_BLOCK_PARAGRAPH },
		{ "callout", RP_BLOCK_CALLOUT },
		{ "provision", RP_BLOCK_PROVISION }, { "item", RP_BLOCK_ITEM },
		{ "opaque", RP_BLOCK_OPAQUE },
		{ "section", RP_BLOCK_SECTION } };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (rp_text_eq(t, rp_text_z(kinds[i].name))) {
			s->kind_set = true;
			s->kind = kinds[i].kind;
		}
	if (rp_text_starts(t, RP_TEXT("heading-"))) {
		s->kind_set = true;
		s->kind = RP_BLOCK_HEADING;
		s->heading = digits(t, 8) < 9 ? digits(t, 8) : 9;
	} else if (rp_text_starts(t, RP_TEXT("level-"))) {
		s->level_set = true;
		s->level = digits(t, 6);
	} else if (rp_text_starts(t, RP_TEXT("depth-"))) {
		s->depth = digits(t, 6);
	} else if (rp_text_starts(t, RP_TEXT("margin-"))) {
		for (int m = RP_MARGIN_NOC; m < RP_MARGINS; m++)
			if (rp_text_eq(rp_text_sub(t, 7, t.n),
				rp_margin_text((enum rp_margin)m)))
				s->margin = (enum rp_margin)m;
	} else if (rp_text_eq(t, RP_TEXT("mark-ins"))) {
		s->mark_ins = true;
	} else if (rp_text_eq(t, RP_TEXT("mark-del"))) {
		s->mark_del = true;
	} else if (rp_text_eq(t, RP_TEXT("typed"))) {
		s->typed = true;
	} else if (rp_text_eq(t, RP_TEXT("none"))) {
		s->none = true;
	}
}

static struct said
class_of(struct reading *r)
{
	rp_text t = attribute(r, "class");
	struct said s = { 0 };

	if (t.n > CLASS_MAX)
		return s;
	for (size_t i = 0, to; i < t.n; i = to + 1) {
		to = rp_text_find(t, ' ', i);
		say(&s, rp_text_sub(t, i, to));
	}
	if (s.mark_ins || s.mark_del)
		s.author = attribute(r, "title");
	return s;
}

/* Revisions. */

static struct rp_err *
revise(struct reading *r, bool ins, rp_text author, rp_text name, bool move,
    rp_revision_ref *out)
{
	struct rp_revision rev = {
		.kind = ins ? RP_REVISION_INSERT : RP_REVISION_DELETE,
		.author = author,
		.move = name,
	};
	rp_revision_ref *last = &r->last[ins];

	if (move)
		rev.kind = ins ? RP_REVISION_MOVE_TO : RP_REVISION_MOVE_FROM;
	if (*last != 0) {
		const struct rp_revision *l = &r->b.doc->revisions.v[*last];

		if (l->kind == rev.kind && rp_text_eq(l->author, author) &&
		    rp_text_eq(l->move, name)) {
			*out = *last;
			return NULL;
		}
	}
	RP_TRY(rp_doc_build_revise(&r->b, &rev, last));
	*out = *last;
	return NULL;
}

/* Runs. */

static struct frame *
top(struct reading *r)
{
	return &r->frames[rp_xmlread_depth(r->xml)];
}

static struct rp_err *
add_run(struct reading *r, struct rp_run run)
{
	const struct frame *f = top(r);
	struct rp_format format = { .look = f->look };

	run.format = rp_document_format(r->a, r->b.doc, &format);
	run.ins = f->ins;
	run.del = f->del;
	run.link = f->link;
	return rp_doc_build_run(&r->b, &r->s.runs, &run);
}

static struct rp_err *
add_text(struct reading *r, rp_text t, bool preserve)
{
	if (!preserve)
		t = rp_doc_fold(r->a, t, &r->s.last);
	else if (t.n > 0)
		r->s.last = t.p[t.n - 1];
	return add_run(r, (struct rp_run){ .text = t });
}

/* Blocks. */

static void
place(struct reading *r, struct rp_block *b)
{
	struct table_state *t;

	if (r->n_tables == 0)
		return;
	t = &r->tables[r->n_tables - 1];
	if (t->column == 0)
		return;
	t->used = true;
	if (t->number == 0)
		t->number = ++r->table_numbers;
	b->cell = (struct rp_cell){ .table = t->number,
		.row = t->row,
		.column = t->column,
		.columns = t->columns,
		.row_ins = t->row_ins,
		.row_del = t->row_del };
}

static void
take_label(struct reading *r, struct rp_block *b)
{
	struct block_state *s = &r->s;

	rp_doc_label_of(&b->label, s->label, NULL);
	b->label.kind = s->label_typed ? RP_LABEL_TYPED : RP_LABEL_AUTO;
	b->label.level = s->waiting.level_set ? s->waiting.level :
			 r->levels > 0        ? (uint8_t)(r->levels - 1) :
						0;
	if (s->label_typed) {
		s->runs = s->label_runs;
		b->label_runs = (uint32_t)s->runs.n;
	}
	b->kind = r->groups > 0 ? RP_BLOCK_PROVISION : RP_BLOCK_ITEM;
	s->has_label = false;
}

static void
take_marks(struct reading *r)
{
	struct block_state *s = &r->s;

	for (size_t i = 0; i < s->marks.n; i++)
		rp_vec_push(r->a, &s->runs, s->marks.v[i]);
	s->marks = (struct rp_doc_runs){ 0 };
}

static void
begin(struct reading *r, enum rp_block_kind kind, struct said said)
{
	struct block_state *s = &r->s;

	s->block = (struct rp_block){ .kind = kind };
	s->runs = (struct rp_doc_runs){ 0 };
	s->open = true;
	s->last = ' ';
	if (s->has_label)
		take_label(r, &s->block);
	take_marks(r);
	if (kind == RP_BLOCK_HEADING)
		s->block.kind = kind;
	if (s->has_said) {
		if (!said.kind_set && s->waiting.kind_set) {
			said.kind_set = true;
			said.kind = s->waiting.kind;
			said.heading = s->waiting.heading;
		}
		said.mark_ins |= s->waiting.mark_ins;
		said.mark_del |= s->waiting.mark_del;
		if (said.author.n == 0)
			said.author = s->waiting.author;
		said.depth = said.depth ? said.depth : s->waiting.depth;
		if (said.margin == RP_MARGIN_NONE)
			said.margin = s->waiting.margin;
		s->block.id = s->id;
	}
	s->has_said = false;
	s->id = (rp_text){ 0 };
	if (kind == RP_BLOCK_HEADING)
		s->block.level = (uint8_t)(r->hier < 9 ? r->hier : 9);
	if (said.kind_set) {
		s->block.kind = said.kind;
		s->block.level =
		    said.kind == RP_BLOCK_HEADING ? said.heading : said.depth;
	}
	s->block.margin = said.margin;
	s->said = said;
	place(r, &s->block);
}

/* The revision of the run before it, if they are of one author. */
static struct rp_err *
mark_one(struct reading *r, bool ins, rp_revision_ref before,
    rp_revision_ref *out)
{
	rp_text author = r->s.said.author;

	if (before != 0 &&
	    rp_text_eq(r->b.doc->revisions.v[before].author, author)) {
		*out = before;
		return NULL;
	}
	return revise(r, ins, author, RP_TEXT(""), false, out);
}

static struct rp_err *
mark(struct reading *r, struct rp_block *b)
{
	size_t n = r->s.runs.n;
	struct rp_run last = n > 0 ? r->s.runs.v[n - 1] : (struct rp_run){ 0 };

	if (r->s.said.mark_ins)
		RP_TRY(mark_one(r, true, last.ins, &b->mark_ins));
	if (r->s.said.mark_del)
		RP_TRY(mark_one(r, false, last.del, &b->mark_del));
	return NULL;
}

static void
strip_end(struct reading *r)
{
	struct rp_doc_runs *v = &r->s.runs;
	struct rp_run *last;

	if (v->n == 0 || v->n <= r->s.block.label_runs || r->s.last != ' ' ||
	    top(r)->preserve)
		return;
	last = &v->v[v->n - 1];
	if (last->kind == RP_RUN_TEXT && last->text.n > 0 &&
	    last->text.p[last->text.n - 1] == ' ')
		last->text.n--;
	if (last->kind == RP_RUN_TEXT && last->text.n == 0)
		v->n--;
}

static struct rp_err *
end(struct reading *r)
{
	if (!r->s.open)
		return NULL;
	r->s.open = false;
	if (r->s.in_num) {
		/* Something that is no word begins in it: a paragraph. */
		r->s.in_num = false;
		r->s.said = (struct said){ 0 };
		place(r, &r->s.block);
	}
	if (r->s.said.none && r->s.runs.n == 0)
		return NULL;
	strip_end(r);
	RP_TRY(mark(r, &r->s.block));
	return rp_doc_build_block(&r->b, r->to, &r->s.block, &r->s.runs);
}

/* A number without a paragraph is a block all the same. */
static struct rp_err *
settle(struct reading *r)
{
	RP_TRY(end(r));
	if (r->s.has_label || r->s.marks.n > 0) {
		begin(r, RP_BLOCK_PARAGRAPH, (struct said){ 0 });
		RP_TRY(end(r));
	}
	r->s.has_said = false;
	return NULL;
}

/* Numbers. */

/* What the runs say, as a label. */
static rp_text
label_text(struct reading *r, const struct rp_doc_runs *v)
{
	struct rp_block b = { .runs = v->v, .n_runs = (uint32_t)v->n };
	rp_text t =
	    rp_doc_clean_line(r->a, rp_text_bytes(rp_block_text(r->a, &b)));

	return t.n <= NUM_MAX ? t : RP_TEXT("");
}

/* A label is text: marks of notes in a number stand behind it. */
static void
part_marks(struct reading *r)
{
	struct block_state *s = &r->s;
	size_t n = 0;

	for (size_t i = 0; i < s->runs.n; i++)
		if (s->runs.v[i].kind == RP_RUN_TEXT)
			s->runs.v[n++] = s->runs.v[i];
		else
			rp_vec_push(r->a, &s->marks, s->runs.v[i]);
	s->runs.n = n;
}

static void
end_num(struct reading *r)
{
	struct block_state *s = &r->s;
	rp_text t = label_text(r, &s->runs);

	part_marks(r);

	s->in_num = s->open = false;
	s->label_typed = s->typed;
	s->label_runs = s->runs;
	s->runs = (struct rp_doc_runs){ 0 };
	if (!s->typed || s->label.n == 0)
		s->label = t;
	s->has_label = s->label.n > 0;
}

/* The runs since it opened are the label of the block that is open. */
static void
end_inline_num(struct reading *r)
{
	struct block_state *s = &r->s;
	struct rp_label *l = &s->block.label;
	rp_text t =
	    s->typed && s->label.n > 0 ? s->label : label_text(r, &s->runs);

	s->last = ' ';
	if (t.n == 0) {
		s->typed = false;
		return;
	}
	part_marks(r);
	rp_doc_label_of(l, t, NULL);
	l->kind = s->typed ? RP_LABEL_TYPED : RP_LABEL_AUTO;
	l->level = s->said.level_set ? s->said.level : 0;
	if (s->typed)
		s->block.label_runs = (uint32_t)s->runs.n;
	else
		s->runs.n = 0;
	take_marks(r);
	s->typed = false;
}

static void
begin_num(struct reading *r)
{
	struct said said = class_of(r);

	r->s.typed = said.typed;
	if (said.typed)
		r->s.label = attribute(r, "title");
	if (r->s.label.n > NUM_MAX)
		r->s.label = (rp_text){ 0 };
}

/* Notes. */

static struct rp_err *
begin_note(struct reading *r)
{
	struct frame *f = top(r);

	f->role = ROLE_NOTE;
	if (!r->s.open)
		begin(r, RP_BLOCK_PARAGRAPH, (struct said){ 0 });
	RP_TRY(rp_doc_build_note(&r->b,
	    rp_text_eq(attribute(r, "placement"), RP_TEXT("side")) ?
		RP_STORY_ENDNOTE :
		RP_STORY_FOOTNOTE,
	    attribute(r, "eId"), &r->note_index));
	RP_TRY(add_run(r,
	    (struct rp_run){ .kind = RP_RUN_NOTE, .note = r->note_index }));
	r->s.last = 'x';
	r->note = rp_xmlread_depth(r->xml);
	r->outer = r->s;
	r->outer_to = r->to;
	r->note_blocks = (struct rp_blocks){ 0 };
	r->to = &r->note_blocks;
	r->s = (struct block_state){ 0 };
	r->in_tables = r->n_tables;
	r->n_tables = 0;
	r->note_tables = r->table_numbers;
	r->table_numbers = 0;
	f->look = 0;
	f->ins = f->del = 0;
	f->link = 0;
	return NULL;
}

static struct rp_err *
end_note(struct reading *r)
{
	RP_TRY(settle(r));
	r->b.doc->notes.v[r->note_index].blocks = r->note_blocks;
	r->s = r->outer;
	r->to = r->outer_to;
	r->n_tables = r->in_tables;
	r->table_numbers = r->note_tables;
	r->note = 0;
	return NULL;
}

/* A note of <meta>, kept until its mark comes. */
static void
begin_meta_note(struct reading *r)
{
	rp_text id = attribute(r, "eId");

	top(r)->role = ROLE_META_NOTE;
	*rp_map_at(r->a, &r->meta_notes, id) = (uint32_t)r->meta_blocks.n;
	r->note_blocks = (struct rp_blocks){ 0 };
	r->to = &r->note_blocks;
	r->in_tables = r->n_tables;
	r->n_tables = 0;
	r->note_tables = r->table_numbers;
	r->table_numbers = 0;
}

static struct rp_err *
end_meta_note(struct reading *r)
{
	RP_TRY(settle(r));
	rp_vec_push(r->a, &r->meta_blocks, r->note_blocks);
	r->to = &r->b.doc->body.blocks;
	r->n_tables = r->in_tables;
	r->table_numbers = r->note_tables;
	return NULL;
}

static struct rp_err *
note_ref(struct reading *r)
{
	rp_text href = attribute(r, "href");
	const uint32_t *at;
	uint32_t n;

	/* A note in a note would have no end. */
	if (href.n < 2 || href.p[0] != '#' || r->note != 0 || r->in_notes != 0)
		return NULL;
	at = rp_map_find(&r->meta_notes, rp_text_sub(href, 1, href.n));
	if (at == NULL || *at >= r->meta_blocks.n)
		return NULL;
	/* Of one that is referred to again there is a copy: each has one mark.
	 */
	RP_TRY(rp_doc_build_note(&r->b, RP_STORY_FOOTNOTE,
	    rp_text_sub(href, 1, href.n), &n));
	r->b.doc->notes.v[n].blocks = r->meta_blocks.v[*at];
	if (!r->s.open)
		begin(r, RP_BLOCK_PARAGRAPH, (struct said){ 0 });
	r->s.last = 'x';
	return add_run(r, (struct rp_run){ .kind = RP_RUN_NOTE, .note = n });
}

/* Elements. */

static const char *const hierarchy[] = { "clause", "section", "part",
	"paragraph", "chapter", "title", "article", "book", "tome", "division",
	"list", "point", "indent", "alinea", "rule", "subrule", "proviso",
	"subsection", "subpart", "subparagraph", "subchapter", "subtitle",
	"subdivision", "subclause", "sublist", "level", "transitional",
	"hcontainer", "item", "recital", "citation", "container", "formula",
	"tblock" };
static const char *const numbered[] = { "paragraph", "point", "indent",
	"alinea", "subparagraph", "clause", "subclause", "item", "level",
	"subsection", "rule", "subrule" };
static const char *const inlines[] = { "a", "abbr", "affectedDocument",
	"argument", "b", "change", "concept", "courtType", "date", "decoration",
	"def", "del", "docAuthority", "docCommittee", "docDate",
	"docIntroducer", "docJurisdiction", "docNumber", "docProponent",
	"docPurpose", "docStage", "docStatus", "docTitle", "docType",
	"docketNumber", "embeddedText", "entity", "eol", "eop", "event",
	"extractText", "fillIn", "i", "img", "inline", "ins", "judge", "lawyer",
	"legislature", "location", "marker", "mmod", "mod", "mref",
	"neutralCitation", "noteRef", "object", "omissis", "opinion",
	"organization", "outcome", "party", "person", "placeholder", "process",
	"quantity", "quotedText", "recordedTime", "ref", "relatedDocument",
	"remark", "rmod", "role", "rref", "session", "shortTitle", "signature",
	"soClause", "span", "sub", "sup", "term", "time", "u", "vote" };

#define N(a) (sizeof(a) / sizeof((a)[0]))

/* Those that a heading within them has its level from. */
static bool
has_level(const struct reading *r)
{
	return !is(r, "container") && !is(r, "item") && !is(r, "formula");
}

static struct rp_err *
opened_hier(struct reading *r)
{
	struct frame *f = top(r);

	RP_TRY(settle(r));
	f->role = ROLE_HIER;
	r->hier += has_level(r);
	f->labelled = is_one_of(r, numbered, N(numbered));
	r->levels += f->labelled;
	r->groups += is(r, "container") || is(r, "division");
	r->s.waiting = class_of(r);
	r->s.has_said = true;
	r->s.id = attribute(r, "wId");
	if (r->s.id.n == 0)
		r->s.id = attribute(r, "eId");
	if (r->s.id.n > RP_AKN_ID_MAX)
		r->s.id = (rp_text){ 0 };
	return NULL;
}

static struct rp_err *
closed_hier(struct reading *r, const struct frame *f)
{
	RP_TRY(settle(r));
	r->hier -= has_level(r);
	r->levels -= f->labelled;
	r->groups -= is(r, "container") || is(r, "division");
	return NULL;
}

static struct rp_err *
opened_table(struct reading *r)
{
	struct table_state *t;

	RP_TRY(end(r));
	if (r->n_tables == TABLES_MAX)
		return rp_fail(RP_E_LIMIT, "tables deeper than %d", TABLES_MAX);
	top(r)->role = ROLE_TABLE;
	t = &r->tables[r->n_tables++];
	*t = (struct table_state){ 0 };
	return NULL;
}

static void
closed_table(struct reading *r)
{
	struct table_state *around;
	bool used;

	if (r->n_tables == 0)
		return;
	used = r->tables[--r->n_tables].used;
	if (r->n_tables == 0 || !used)
		return;
	around = &r->tables[r->n_tables - 1];
	around->number = 0;
	around->used = true;
}

static struct rp_err *
opened_row(struct reading *r)
{
	struct table_state *t = &r->tables[r->n_tables - 1];
	struct said said = class_of(r);
	rp_text nobody = { "", 0 };

	RP_TRY(end(r));
	t->row++;
	t->column = 0;
	t->columns = 1;
	t->row_ins = t->row_del = 0;
	if (said.mark_ins)
		RP_TRY(revise(r, true, nobody, nobody, false, &t->row_ins));
	if (said.mark_del)
		RP_TRY(revise(r, false, nobody, nobody, false, &t->row_del));
	return NULL;
}

static struct rp_err *
opened_cell(struct reading *r)
{
	struct table_state *t = &r->tables[r->n_tables - 1];
	int64_t span;

	RP_TRY(end(r));
	top(r)->role = ROLE_CELL;
	t->column += t->column == 0 ? 1 : t->columns;
	if (!rp_text_i64(attribute(r, "colspan"), &span) || span < 1 ||
	    span > 1000)
		span = 1;
	t->columns = (uint16_t)span;
	t->row += t->row == 0;
	return NULL;
}

/* class="move move-x" */
static struct rp_err *
opened_revision(struct reading *r, bool ins)
{
	struct frame *f = top(r);
	rp_text class = attribute(r, "class"), name = { "", 0 };
	bool move = rp_text_eq(class, RP_TEXT("move")) ||
		    rp_text_starts(class, RP_TEXT("move "));

	if (rp_text_starts(class, RP_TEXT("move move-")))
		name = rp_text_sub(class, 10, class.n);
	return revise(r, ins, attribute(r, "title"), name, move,
	    ins ? &f->ins : &f->del);
}

static unsigned
look_of(struct reading *r)
{
	static const struct {
		const char *name;
		unsigned look;
	} names[] = { { "b", RP_LOOK_BOLD }, { "i", RP_LOOK_ITALIC },
		{ "u", RP_LOOK_UNDERLINE }, { "sup", RP_LOOK_SUPERSCRIPT },
		{ "sub", RP_LOOK_SUBSCRIPT } },
	  classes[] = { { "strike", RP_LOOK_STRIKE },
		  { "small-caps", RP_LOOK_SMALL_CAPS },
		  { "caps", RP_LOOK_CAPS }, { "code", RP_LOOK_CODE },
		  { "hidden", RP_LOOK_HIDDEN } };
	rp_text class;

	for (size_t i = 0; i < N(names); i++)
		if (is(r, names[i].name))
			return names[i].look;
	if (!is(r, "span"))
		return 0;
	class = attribute(r, "class");
	for (size_t i = 0; i < N(classes); i++)
		if (rp_text_eq(class, rp_text_z(classes[i].name)))
			return classes[i].look;
	return 0;
}

static struct rp_err *
opened_gap(struct reading *r, const char *word)
{
	if (!r->s.open)
		begin(r, RP_BLOCK_PARAGRAPH, (struct said){ 0 });
	r->s.last = 'x';
	return add_run(r, (struct rp_run){ .kind = RP_RUN_OPAQUE,
			      .text = attribute(r, word) });
}

static struct rp_err *
opened_inline(struct reading *r)
{
	struct frame *f = top(r);

	f->look |= look_of(r);
	if (is(r, "ins") || is(r, "del"))
		return opened_revision(r, is(r, "ins"));
	if (is(r, "eol") && r->s.open) {
		strip_end(r);
		r->s.last = ' ';
		return add_run(r, (struct rp_run){ .text = RP_TEXT("\n") });
	}
	if (is(r, "a")) {
		f->link = rp_doc_build_link(&r->b, attribute(r, "href"));
	} else if (is(r, "placeholder")) {
		r->skip = rp_xmlread_depth(r->xml);
		return opened_gap(r, "originalText");
	} else if (is(r, "img")) {
		return opened_gap(r, "alt");
	} else if (is(r, "noteRef")) {
		return note_ref(r);
	} else if (is(r, "quotedText")) {
		f->end = attribute(r, "endQuote");
		if (r->s.open)
			return add_text(r, attribute(r, "startQuote"), false);
	} else if (is(r, "docTitle") && r->s.open && r->s.runs.n == 0 &&
		   !r->s.said.kind_set) {
		r->s.block.kind = RP_BLOCK_HEADING;
	} else if (is(r, "inline") && r->s.open && r->s.runs.n == 0 &&
		   rp_text_eq(attribute(r, "name"), RP_TEXT("num"))) {
		f->role = ROLE_INLINE_NUM;
		begin_num(r);
	}
	return NULL;
}

static struct rp_err *
opened_block(struct reading *r)
{
	struct said said = class_of(r);
	enum rp_block_kind kind = RP_BLOCK_PARAGRAPH;
	rp_text id = attribute(r, "wId"), lang = attribute(r, "lang");

	RP_TRY(end(r));
	top(r)->role = ROLE_BLOCK;
	if (is(r, "heading") || is(r, "crossHeading"))
		kind = RP_BLOCK_HEADING;
	begin(r, kind, said);
	if (is(r, "crossHeading") && !r->s.said.kind_set &&
	    rp_text_eq(attribute(r, "refersTo"), RP_TEXT("#preamble")))
		r->s.block.kind = RP_BLOCK_CALLOUT;
	if (id.n > 0 && id.n <= RP_AKN_ID_MAX && r->s.block.id.n == 0)
		r->s.block.id = id;
	r->s.block.lang = lang;
	return NULL;
}

static struct rp_err *
opened_structure(struct reading *r)
{
	struct frame *f = top(r);

	f->role = ROLE_STRUCTURE;
	if (is(r, "num")) {
		RP_TRY(end(r));
		f->role = ROLE_NUM;
		begin_num(r);
		r->s.open = r->s.in_num = true;
		r->s.runs = (struct rp_doc_runs){ 0 };
		r->s.block = (struct rp_block){ 0 };
		r->s.last = ' ';
		return NULL;
	}
	if (is(r, "p") || is(r, "heading") || is(r, "subheading") ||
	    is(r, "crossHeading") || is(r, "block") ||
	    is(r, "listIntroduction") || is(r, "listWrapUp") ||
	    is(r, "tocItem") || is(r, "caption"))
		return opened_block(r);
	if (is_one_of(r, hierarchy, N(hierarchy)))
		return opened_hier(r);
	if (is(r, "table"))
		return opened_table(r);
	if (r->n_tables > 0 && is(r, "tr"))
		return opened_row(r);
	if (r->n_tables > 0 && (is(r, "td") || is(r, "th")))
		return opened_cell(r);
	RP_TRY(end(r));
	if (is(r, "li")) {
		RP_TRY(settle(r));
		r->s.label = RP_TEXT("•");
		r->s.label_typed = false;
		r->s.has_label = true;
	}
	return NULL;
}

static struct rp_err *
opened(struct reading *r)
{
	unsigned depth = rp_xmlread_depth(r->xml);
	struct frame *f = &r->frames[depth];
	rp_bytes space;

	*f = r->frames[depth - 1];
	f->role = ROLE_INLINE;
	f->labelled = false;
	f->end = (rp_text){ 0 };
	if (!rp_xmlread_in(r->xml, RP_AKN_NS)) {
		r->skip = depth;
		return NULL;
	}
	space = rp_xmlread_attr(r->xml, "space");
	if (space.n == 8 && memcmp(space.p, "preserve", 8) == 0)
		f->preserve = true;
	if (r->meta == 0 && is(r, "meta")) {
		if (r->note != 0) {
			r->skip = depth;
			return NULL;
		}
		RP_TRY(settle(r));
		r->meta = depth;
		return NULL;
	}
	if (r->meta != 0 && r->in_notes == 0) {
		if (is(r, "notes"))
			r->in_notes = depth;
		else if (is(r, "FRBRname") && r->b.doc->title.n == 0)
			r->b.doc->title = attribute(r, "value");
		return NULL;
	}
	if (r->in_notes != 0 && depth == r->in_notes + 1) {
		begin_meta_note(r);
		return NULL;
	}
	if (is(r, "authorialNote")) {
		/* In a number, or in another note, it is left out. */
		if (r->note != 0 || r->in_notes != 0 || r->s.in_num) {
			r->skip = depth;
			return NULL;
		}
		return begin_note(r);
	}
	if (is_one_of(r, inlines, N(inlines)))
		return opened_inline(r);
	return opened_structure(r);
}

static struct rp_err *
closed(struct reading *r)
{
	unsigned depth = rp_xmlread_depth(r->xml);
	const struct frame *f = &r->frames[depth];

	if (depth == r->meta)
		r->meta = 0;
	if (depth == r->in_notes)
		r->in_notes = 0;
	switch (f->role) {
	case ROLE_BLOCK:
	case ROLE_STRUCTURE:
		return end(r);
	case ROLE_NUM:
		if (r->s.in_num)
			end_num(r);
		return NULL;
	case ROLE_INLINE_NUM:
		if (r->s.open)
			end_inline_num(r);
		return NULL;
	case ROLE_HIER:
		return closed_hier(r, f);
	case ROLE_NOTE:
		return end_note(r);
	case ROLE_META_NOTE:
		return end_meta_note(r);
	case ROLE_TABLE:
		RP_TRY(end(r));
		closed_table(r);
		return NULL;
	case ROLE_CELL:
		return end(r);
	case ROLE_INLINE:
		break;
	}
	if (f->end.n > 0 && r->s.open)
		return add_text(r, f->end, false);
	return NULL;
}

static struct rp_err *
text(struct reading *r)
{
	rp_text t;

	if (r->meta != 0 && r->in_notes == 0)
		return NULL;
	t = rp_doc_clean(r->a, rp_xmlread_text(r->xml));
	if (!r->s.open) {
		if (rp_text_trim(t).n == 0)
			return NULL;
		begin(r, RP_BLOCK_PARAGRAPH, (struct said){ 0 });
	}
	return add_text(r, t, top(r)->preserve);
}

static struct rp_err *
read_all(struct reading *r)
{
	enum rp_xmlread_event event;

	for (;;) {
		RP_TRY(rp_xmlread_next(r->xml, &event));
		if (event == RP_XMLREAD_END)
			return settle(r);
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

struct rp_err *
rp_akn_read(struct rp_arena *a, rp_bytes in, struct rp_document **out)
{
	struct reading *r = rp_new(a, struct reading);
	enum rp_xmlread_event event;

	r->a = a;
	rp_doc_build_init(&r->b, a);
	r->to = &r->b.doc->body.blocks;
	RP_TRY(rp_xmlread_open(a, in, &r->xml));
	do
		RP_TRY(rp_xmlread_next(r->xml, &event));
	while (event == RP_XMLREAD_TEXT);
	if (event != RP_XMLREAD_OPEN || !is(r, "akomaNtoso") ||
	    !rp_xmlread_in(r->xml, RP_AKN_NS))
		return rp_fail(RP_E_INVALID, "not Akoma Ntoso 1.0");
	r->frames[1].role = ROLE_STRUCTURE;
	RP_TRY(read_all(r));
	*out = r->b.doc;
	return NULL;
}
