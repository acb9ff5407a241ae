#include "codec/docx_read_private.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "codec/zip.h"

static bool
same(rp_bytes got, const char *want)
{
	return got.n == strlen(want) && memcmp(got.p, want, got.n) == 0;
}

static rp_text
attr_text(struct rp_docx_reading *r, uint32_t node, const char *name)
{
	return rp_xmltree_text(r->arena, rp_xmltree_attr(r->t, node, name));
}

/* Neighbours are of one revision most of the time: look at the last ones. */
#define LAST_REVISIONS 4

rp_revision_ref
rp_docx_revision(struct rp_docx_reading *r, uint32_t node,
    enum rp_revision_kind kind)
{
	struct rp_revision v = { .kind = kind };
	size_t n = r->d->revisions.n;

	v.author = attr_text(r, node, "author");
	v.date = attr_text(r, node, "date");
	if (kind == RP_REVISION_MOVE_FROM)
		v.move = r->move_from;
	if (kind == RP_REVISION_MOVE_TO)
		v.move = r->move_to;
	for (size_t i = n; i > 1 && i + LAST_REVISIONS > n; i--) {
		const struct rp_revision *o = &r->d->revisions.v[i - 1];

		if (o->kind == kind && rp_text_eq(o->author, v.author) &&
		    rp_text_eq(o->date, v.date) && rp_text_eq(o->move, v.move))
			return (rp_revision_ref)(i - 1);
	}
	return rp_document_revise(r->arena, r->d, &v);
}

bool
rp_docx_move_mark(struct rp_docx_reading *r, uint32_t node)
{
	if (rp_docx_is(r->t, node, RP_W_moveFromRangeStart))
		r->move_from = attr_text(r, node, "name");
	else if (rp_docx_is(r->t, node, RP_W_moveToRangeStart))
		r->move_to = attr_text(r, node, "name");
	else if (rp_docx_is(r->t, node, RP_W_moveFromRangeEnd))
		r->move_from = (rp_text){ 0 };
	else if (rp_docx_is(r->t, node, RP_W_moveToRangeEnd))
		r->move_to = (rp_text){ 0 };
	else
		return false;
	return true;
}

/* The octets of w:rPr without what it was before. */
static rp_bytes
without_change(struct rp_docx_reading *r, uint32_t rpr)
{
	uint32_t change = rp_docx_child(r->t, rpr, RP_W_rPrChange);
	rp_bytes raw = rp_xmltree_raw(r->t, rpr);
	const struct rp_xmlnode *x;
	struct rp_buf b;
	size_t from;

	if (change == 0)
		return raw;
	x = &r->t->v[change];
	from = r->t->v[rpr].from;
	rp_buf_init(&b, r->arena, raw.n);
	rp_buf_add(&b, raw.p, x->from - from);
	rp_buf_add(&b, r->t->in.p + x->to, raw.n - (x->to - from));
	return (rp_bytes){ b.p, b.n };
}

static uint32_t
format_of(struct rp_docx_reading *r, uint32_t rpr)
{
	struct rp_format f = { 0 };
	const struct rp_docx_style *style;
	unsigned on = 0, off = 0;
	uint32_t *at;
	rp_text key;

	f.raw = rpr ? without_change(r, rpr) : (rp_bytes){ 0 };
	key = rp_textf(r->arena, "%u:", r->style_look);
	if (f.raw.n > 0) {
		char *p = rp_alloc(r->arena, key.n + f.raw.n + 1);

		memcpy(p, key.p, key.n);
		memcpy(p + key.n, f.raw.p, f.raw.n);
		key = (rp_text){ p, key.n + f.raw.n };
	}
	at = rp_map_find(&r->formats, key);
	if (at != NULL)
		return *at;
	f.look = r->style_look;
	if (rpr != 0) {
		f.style = rp_xmltree_text(r->arena,
		    rp_docx_value(r->t, rpr, RP_W_rStyle));
		style = rp_docx_style_find(&r->out->styles, f.style);
		if (f.style.n > 0 && style != NULL)
			f.look = (f.look | style->look_on) & ~style->look_off;
		rp_docx_looks(r->t, rpr, &on, &off);
		f.look = (f.look | on) & ~off;
		f.rtl = rp_docx_on(r->t, rpr, RP_W_rtl);
		f.lang = rp_xmltree_text(r->arena,
		    rp_docx_value(r->t, rpr, RP_W_lang));
	}
	at = rp_map_at(r->arena, &r->formats, key);
	if (f.look == 0 && rpr == 0)
		return *at = 0;
	rp_vec_push(r->arena, &r->d->formats, f);
	return *at = (uint32_t)(r->d->formats.n - 1);
}

static struct rp_err *
push(struct rp_docx_reading *r, struct rp_run run)
{
	if (++r->n_runs > RP_DOCUMENT_RUNS_MAX)
		return rp_fail(RP_E_LIMIT, "over %zu runs",
		    RP_DOCUMENT_RUNS_MAX);
	run.ins = r->state.ins;
	run.del = r->state.del;
	run.link = r->state.link;
	run.field = r->state.field;
	for (unsigned i = r->n_fields; i-- > 0;) {
		if (run.field == 0)
			run.field = r->fields[i].field;
		if (run.link == 0)
			run.link = r->fields[i].link;
	}
	rp_vec_push(r->arena, &r->runs, run);
	return NULL;
}

/* Text of one w:r that is being put together. */
struct piece {
	rp_text one; /* as long as there is only one */
	struct rp_buf all;
	uint32_t format;
	uint32_t pushed;
};

static struct rp_err *
flush(struct rp_docx_reading *r, struct piece *p)
{
	struct rp_run run = { .text = p->one, .format = p->format };

	if (p->all.n > 0)
		run.text = (rp_text){ (const char *)p->all.p, p->all.n };
	if (run.text.n == 0)
		return NULL;
	r->n_text += run.text.n;
	if (r->n_text > RP_DOCUMENT_TEXT_MAX)
		return rp_fail(RP_E_LIMIT, "over %zu octets of text",
		    RP_DOCUMENT_TEXT_MAX);
	p->one = (rp_text){ 0 };
	p->all = (struct rp_buf){ 0 };
	p->pushed++;
	return push(r, run);
}

static void
add(struct rp_docx_reading *r, struct piece *p, rp_text t)
{
	if (t.n == 0)
		return;
	if (p->one.n == 0 && p->all.n == 0) {
		p->one = t;
		return;
	}
	if (p->all.n == 0) {
		rp_buf_init(&p->all, r->arena, RP_DOCUMENT_TEXT_MAX + 1);
		rp_buf_text(&p->all, p->one);
	}
	rp_buf_text(&p->all, t);
}

/* w:t keeps the space at its ends only if it says so. */
static rp_text
text_of(struct rp_docx_reading *r, uint32_t node)
{
	const struct rp_xmlnode *x = &r->t->v[node];
	rp_bytes in = { r->t->in.p + x->inner_from,
		x->inner_to - x->inner_from };
	rp_text t = rp_xmltree_text(r->arena, in);
	rp_bytes space;

	if (t.n == 0 || (t.p[0] != ' ' && t.p[t.n - 1] != ' '))
		return t;
	space = rp_xmltree_attr(r->t, node, "space");
	if (space.p == NULL ? r->preserve : same(space, "preserve"))
		return t;
	return rp_text_trim(t);
}

/* The description of what is in an opaque run: of the first w*:docPr. */
static rp_text
described(struct rp_docx_reading *r, uint32_t node)
{
	uint32_t end = r->t->v[node].to;

	for (uint32_t i = node; i < r->t->n && r->t->v[i].from < end; i++)
		if (r->t->v[i].name == RP_W_docPr)
			return attr_text(r, i, "descr");
	return RP_TEXT("");
}

/* The text of an equation: of its m:t. */
static rp_text
equation(struct rp_docx_reading *r, uint32_t node)
{
	uint32_t end = r->t->v[node].to;
	struct rp_buf b;

	rp_buf_init(&b, r->arena, r->t->v[node].to - r->t->v[node].from + 1);
	for (uint32_t i = node; i < r->t->n && r->t->v[i].from < end; i++) {
		const struct rp_xmlnode *x = &r->t->v[i];

		if (x->space == RP_SPACE_MATH && x->name == RP_W_t)
			rp_buf_text(&b,
			    rp_xmltree_text(r->arena,
				(rp_bytes){ r->t->in.p + x->inner_from,
				    x->inner_to - x->inner_from }));
	}
	return (rp_text){ (const char *)b.p, b.n };
}

/* What a relation leads to, whatever it is called. */
static void
put_target(struct rp_docx_reading *r, struct rp_buf *b, rp_bytes id)
{
	const struct rp_docx_package *p = &r->out->package;
	rp_text t = { (const char *)id.p, id.n };
	const struct rp_docx_relation *o = rp_docx_relation_find(p, t);
	size_t entry = o != NULL && !o->external ?
			   rp_zip_find(p->zip, o->target) :
			   SIZE_MAX;

	if (entry != SIZE_MAX)
		rp_buf_f(b, "%08x", rp_zip_sum(p->zip, entry));
	else
		rp_buf_text(b, o != NULL ? o->target : t);
}

/*
 * A drawing with what its relations lead to in their place, and without its
 * number: Word gives both anew. Empty: its octets say it all.
 */
static rp_bytes
compared_by(struct rp_docx_reading *r, rp_bytes raw)
{
	const uint8_t *end = raw.p + raw.n, *p = raw.p, *from = raw.p;
	struct rp_buf b;

	if (r->t != &r->out->body || memmem(p, raw.n, " r:", 3) == NULL)
		return (rp_bytes){ 0 };
	rp_buf_init(&b, r->arena, RP_DOCUMENT_TEXT_MAX * 4);
	while ((p = memchr(p, ' ', (size_t)(end - p))) != NULL) {
		bool relation = end - p > 3 && memcmp(p, " r:", 3) == 0;
		bool number = end - p > 5 && memcmp(p, " id=\"", 5) == 0 &&
			      p - raw.p >= 5 && memcmp(p - 5, "docPr", 5) == 0;
		const uint8_t *open, *close;

		p++;
		if (!relation && !number)
			continue;
		open = memchr(p, '"', (size_t)(end - p));
		close = open ? memchr(open + 1, '"', (size_t)(end - open - 1)) :
			       NULL;
		if (close == NULL)
			break;
		rp_buf_add(&b, from, (size_t)(open + 1 - from));
		if (relation)
			put_target(r, &b,
			    (rp_bytes){ open + 1, (size_t)(close - open - 1) });
		p = from = close;
	}
	rp_buf_add(&b, from, (size_t)(end - from));
	return (rp_bytes){ b.p, b.n };
}

static struct rp_err *
push_opaque(struct rp_docx_reading *r, struct piece *p, uint32_t node)
{
	struct rp_run run = { .kind = RP_RUN_OPAQUE,
		.raw = rp_xmltree_raw(r->t, node) };

	RP_TRY(flush(r, p));
	run.same = compared_by(r, run.raw);
	run.format = p->format;
	run.text = r->t->v[node].space == RP_SPACE_MATH ? equation(r, node) :
							  described(r, node);
	p->pushed++;
	return push(r, run);
}

static struct rp_err *
push_note(struct rp_docx_reading *r, struct piece *p, uint32_t node, char kind)
{
	struct rp_run run = { .kind = RP_RUN_NOTE, .format = p->format };
	rp_text id = attr_text(r, node, "id");
	rp_text key = rp_textf(r->arena, "%c%.*s", kind, RP_FMT(id));
	uint32_t *at = rp_map_find(&r->notes, key);

	RP_TRY(flush(r, p));
	if (at == NULL) {
		struct rp_story s = { .kind = kind == 'f' ? RP_STORY_FOOTNOTE :
							    RP_STORY_ENDNOTE,
			.id = id };

		if (r->d->notes.n >= RP_DOCUMENT_NOTES_MAX)
			return rp_fail(RP_E_LIMIT, "over %zu notes",
			    RP_DOCUMENT_NOTES_MAX);
		rp_vec_push(r->arena, &r->d->notes, s);
		at = rp_map_at(r->arena, &r->notes, key);
		*at = (uint32_t)(r->d->notes.n - 1);
	}
	run.note = *at;
	p->pushed++;
	return push(r, run);
}

static uint32_t
intern(struct rp_docx_reading *r, rp_text t)
{
	uint32_t *at = rp_map_find(&r->links, t);

	if (at != NULL)
		return *at;
	rp_vec_push(r->arena, &r->d->links, t);
	at = rp_map_at(r->arena, &r->links, t);
	return *at = (uint32_t)(r->d->links.n - 1);
}

/* HYPERLINK "address" and HYPERLINK \l "place" are links. */
static uint32_t
link_of(struct rp_docx_reading *r, rp_text instruction)
{
	rp_text t = rp_text_trim(instruction);
	size_t from, to;
	bool local;

	if (!rp_text_starts(t, RP_TEXT("HYPERLINK")))
		return 0;
	from = rp_text_find(t, '"', 0);
	to = from < t.n ? rp_text_find(t, '"', from + 1) : t.n;
	if (to >= t.n)
		return 0;
	local = rp_text_find(t, '\\', 0) < from;
	t = rp_text_sub(t, from + 1, to);
	return intern(r, local ? rp_textf(r->arena, "#%.*s", RP_FMT(t)) : t);
}

static void
finish_instruction(struct rp_docx_reading *r, struct rp_docx_field *f)
{
	rp_text t = { (const char *)f->instruction.p, f->instruction.n };

	if (f->result)
		return;
	f->result = true;
	f->link = link_of(r, t);
	if (f->link != 0 || t.n == 0 || r->d->fields.n > RP_DOCUMENT_RUNS_MAX)
		return;
	rp_vec_push(r->arena, &r->d->fields, t);
	f->field = (uint32_t)(r->d->fields.n - 1);
}

void
rp_docx_end_fields(struct rp_docx_reading *r)
{
	for (unsigned i = 0; i < r->n_fields; i++)
		finish_instruction(r, &r->fields[i]);
}

static bool
in_instruction(const struct rp_docx_reading *r)
{
	for (unsigned i = 0; i < r->n_fields; i++)
		if (!r->fields[i].result)
			return true;
	return false;
}

static struct rp_err *
field_mark(struct rp_docx_reading *r, struct piece *p, uint32_t node)
{
	rp_bytes type = rp_xmltree_attr(r->t, node, "fldCharType");
	struct rp_docx_field *top =
	    r->n_fields ? &r->fields[r->n_fields - 1] : NULL;

	RP_TRY(flush(r, p));
	if (same(type, "begin")) {
		if (r->n_fields == RP_DOCX_FIELDS_OPEN_MAX)
			return rp_fail(RP_E_LIMIT, "over %d fields inside",
			    RP_DOCX_FIELDS_OPEN_MAX);
		top = &r->fields[r->n_fields++];
		*top = (struct rp_docx_field){ 0 };
		rp_buf_init(&top->instruction, r->arena,
		    RP_DOCX_INSTRUCTION_MAX);
	} else if (top != NULL && same(type, "separate")) {
		finish_instruction(r, top);
	} else if (top != NULL && same(type, "end")) {
		r->n_fields--;
	}
	return NULL;
}

static rp_text
symbol(struct rp_docx_reading *r, uint32_t node)
{
	rp_text hex = attr_text(r, node, "char");
	uint32_t c = 0;

	for (size_t i = 0; i < hex.n && i < 4; i++) {
		char d = hex.p[i];
		char low = (char)(d | 0x20);

		if (d >= '0' && d <= '9')
			c = c * 16 + (uint32_t)(d - '0');
		else if (low >= 'a' && low <= 'f')
			c = c * 16 + (uint32_t)(low - 'a' + 10);
	}
	if (c < 0xa0 || (c >= 0xd800 && c < 0xe000) || c >= 0xfffe)
		return c >= 0x20 && c < 0x7f ?
			   rp_textf(r->arena, "%c", (int)c) :
			   RP_TEXT("\xef\xbf\xbd");
	if (c < 0x800)
		return rp_textf(r->arena, "%c%c", (int)(0xc0 | c >> 6),
		    (int)(0x80 | (c & 0x3f)));
	return rp_textf(r->arena, "%c%c%c", (int)(0xe0 | c >> 12),
	    (int)(0x80 | (c >> 6 & 0x3f)), (int)(0x80 | (c & 0x3f)));
}

static struct rp_err *read_run_child(struct rp_docx_reading *r, struct piece *p,
    uint32_t node);

static struct rp_err *
alternatives(struct rp_docx_reading *r, struct piece *p, uint32_t node)
{
	uint32_t first = r->t->v[node].first;

	if (rp_docx_has_drawing(r->t, node))
		return push_opaque(r, p, node);
	if (first == 0)
		return NULL;
	for (uint32_t c = r->t->v[first].first; c != 0; c = r->t->v[c].next)
		RP_TRY(read_run_child(r, p, c));
	return NULL;
}

static struct rp_err *
read_run_child(struct rp_docx_reading *r, struct piece *p, uint32_t node)
{
	const struct rp_xmlnode *x = &r->t->v[node];

	if (x->space == RP_SPACE_COMPATIBILITY &&
	    x->name == RP_W_AlternateContent)
		return alternatives(r, p, node);
	if (x->space != RP_SPACE_WORD)
		return NULL;
	if (in_instruction(r) && x->name != RP_W_instrText &&
	    x->name != RP_W_delInstrText && x->name != RP_W_fldChar)
		return NULL;
	switch (x->name) {
	case RP_W_t:
	case RP_W_delText:
		add(r, p, text_of(r, node));
		return NULL;
	case RP_W_tab:
	case RP_W_ptab:
		add(r, p, RP_TEXT("\t"));
		return NULL;
	case RP_W_br:
	case RP_W_cr:
		add(r, p, RP_TEXT("\n"));
		return NULL;
	case RP_W_noBreakHyphen:
		add(r, p, RP_TEXT("\xe2\x80\x91"));
		return NULL;
	case RP_W_softHyphen:
		add(r, p, RP_TEXT("\xc2\xad"));
		return NULL;
	case RP_W_sym:
		add(r, p, symbol(r, node));
		return NULL;
	case RP_W_footnoteReference:
		return push_note(r, p, node, 'f');
	case RP_W_endnoteReference:
		return push_note(r, p, node, 'e');
	case RP_W_drawing:
	case RP_W_pict:
	case RP_W_object:
		return push_opaque(r, p, node);
	case RP_W_fldChar:
		return field_mark(r, p, node);
	case RP_W_instrText:
	case RP_W_delInstrText:
		if (r->n_fields > 0 && !r->fields[r->n_fields - 1].result)
			rp_buf_text(&r->fields[r->n_fields - 1].instruction,
			    rp_xmltree_text(r->arena,
				(rp_bytes){ r->t->in.p + x->inner_from,
				    x->inner_to - x->inner_from }));
		return NULL;
	default:
		return NULL;
	}
}

static struct rp_err *
read_run(struct rp_docx_reading *r, uint32_t node)
{
	struct piece p = { 0 };
	size_t before = r->runs.n;

	p.format = format_of(r, rp_docx_child(r->t, node, RP_W_rPr));
	for (uint32_t c = r->t->v[node].first; c != 0; c = r->t->v[c].next)
		RP_TRY(read_run_child(r, &p, c));
	RP_TRY(flush(r, &p));
	if (r->runs.n == before + 1 && r->runs.v[before].kind != RP_RUN_OPAQUE)
		r->runs.v[before].raw = rp_xmltree_raw(r->t, node);
	return NULL;
}

static struct rp_err *
read_link(struct rp_docx_reading *r, uint32_t node)
{
	uint32_t was = r->state.link;
	rp_text id = attr_text(r, node, "id"), anchor;
	const struct rp_docx_relation *rel = NULL;
	struct rp_err *e;

	anchor = attr_text(r, node, "anchor");
	if (id.n > 0)
		rel = rp_docx_relation_find(&r->out->package, id);
	if (rel != NULL)
		r->state.link = intern(r, rel->target);
	else if (anchor.n > 0)
		r->state.link =
		    intern(r, rp_textf(r->arena, "#%.*s", RP_FMT(anchor)));
	e = rp_docx_read_content(r, node);
	r->state.link = was;
	return e;
}

static struct rp_err *
read_field(struct rp_docx_reading *r, uint32_t node)
{
	struct rp_docx_state was = r->state;
	rp_text instruction = attr_text(r, node, "instr");
	struct rp_err *e;

	r->state.link = link_of(r, instruction);
	if (r->state.link == 0) {
		rp_vec_push(r->arena, &r->d->fields, instruction);
		r->state.field = (uint32_t)(r->d->fields.n - 1);
	}
	e = rp_docx_read_content(r, node);
	r->state = was;
	return e;
}

static struct rp_err *
read_revised(struct rp_docx_reading *r, uint32_t node,
    enum rp_revision_kind kind)
{
	struct rp_docx_state was = r->state;
	rp_revision_ref v = rp_docx_revision(r, node, kind);
	struct rp_err *e;

	if (kind == RP_REVISION_INSERT || kind == RP_REVISION_MOVE_TO)
		r->state.ins = v;
	else
		r->state.del = v;
	e = rp_docx_read_content(r, node);
	r->state = was;
	return e;
}

static struct rp_err *
read_word(struct rp_docx_reading *r, uint32_t node)
{
	switch (r->t->v[node].name) {
	case RP_W_r:
		return read_run(r, node);
	case RP_W_ins:
		return read_revised(r, node, RP_REVISION_INSERT);
	case RP_W_del:
		return read_revised(r, node, RP_REVISION_DELETE);
	case RP_W_moveFrom:
		return read_revised(r, node, RP_REVISION_MOVE_FROM);
	case RP_W_moveTo:
		return read_revised(r, node, RP_REVISION_MOVE_TO);
	case RP_W_hyperlink:
		return read_link(r, node);
	case RP_W_fldSimple:
		return read_field(r, node);
	case RP_W_sdt:
	case RP_W_sdtContent:
	case RP_W_smartTag:
	case RP_W_customXml:
	case RP_W_dir:
	case RP_W_bdo:
	case RP_W_ruby:
	case RP_W_rubyBase:
		return rp_docx_read_content(r, node);
	default:
		rp_docx_move_mark(r, node);
		return NULL;
	}
}

struct rp_err *
rp_docx_read_content(struct rp_docx_reading *r, uint32_t node)
{
	for (uint32_t c = r->t->v[node].first; c != 0; c = r->t->v[c].next) {
		const struct rp_xmlnode *x = &r->t->v[c];
		struct piece none = { 0 };

		if (x->space == RP_SPACE_WORD) {
			RP_TRY(read_word(r, c));
		} else if (x->space == RP_SPACE_MATH &&
			   (x->name == RP_W_oMath ||
			       x->name == RP_W_oMathPara)) {
			RP_TRY(push_opaque(r, &none, c));
		} else if (x->space == RP_SPACE_COMPATIBILITY &&
			   x->name == RP_W_AlternateContent && x->first != 0) {
			RP_TRY(rp_docx_read_content(r, x->first));
		}
	}
	return NULL;
}
