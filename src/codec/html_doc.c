#include "codec/html_doc.h"

#include <string.h>

#include "base/err.h"
#include "codec/doc_build.h"
#include "codec/sink.h"
#include "text/lang.h"

const struct rp_html_doc_texts rp_html_doc_english = {
	.lang = RP_TEXT_INIT("en"),
	.inserted = RP_TEXT_INIT("inserted"),
	.deleted = RP_TEXT_INIT("deleted"),
	.moved_here = RP_TEXT_INIT("moved here"),
	.moved_away = RP_TEXT_INIT("moved away"),
	.by = RP_TEXT_INIT("by"),
	.old = RP_TEXT_INIT("Old"),
	.now = RP_TEXT_INIT("New"),
	.notes = RP_TEXT_INIT("Notes"),
	.back = RP_TEXT_INIT("back to the text"),
	.gap = RP_TEXT_INIT("not shown here"),
	.margin = RP_TEXT_INIT("Change"),
	.untitled = RP_TEXT_INIT("Document"),
};

/* Which versions are shown. */
enum side {
	SIDE_BOTH,
	SIDE_OLD,
	SIDE_NEW,
};

struct writing {
	struct rp_sink *s;
	const struct rp_document *d;
	struct rp_html_doc_options o;
	const struct rp_html_doc_texts *t;
	enum side side;
	bool titled; /* a title is h1, so that headings begin with h2 */
	/* Of the runs: what is open. */
	rp_revision_ref ins, del;
	uint32_t link;
	unsigned look;
	rp_text lang;
	bool in_note;
	/* Cells of a row lie side by side and their symbols in one place: the
	 * block whose symbol is the row's. */
	const struct rp_block *of_row;
	uint32_t last_note; /* the first mark of a note has an id */
};

static void
lit(struct writing *w, const char *z)
{
	rp_sink_text(w->s, rp_text_z(z));
}

static void
escaped(struct writing *w, rp_text t)
{
	size_t from = 0;

	for (size_t i = 0; i < t.n; i++) {
		const char *e = t.p[i] == '&' ? "&amp;" :
				t.p[i] == '<' ? "&lt;" :
				t.p[i] == '>' ? "&gt;" :
				t.p[i] == '"' ? "&quot;" :
						NULL;

		if (e == NULL)
			continue;
		rp_sink_add(w->s, t.p + from, i - from);
		lit(w, e);
		from = i + 1;
	}
	rp_sink_add(w->s, t.p + from, t.n - from);
}

static void
number(struct writing *w, uint32_t n)
{
	rp_sink_text(w->s, rp_textf(w->s->arena, "%u", n));
}

static void
attribute(struct writing *w, const char *name, rp_text value)
{
	if (value.n == 0)
		return;
	lit(w, " ");
	lit(w, name);
	lit(w, "=\"");
	escaped(w, value);
	lit(w, "\"");
}

/* Revisions. */

static bool
is_move(const struct rp_revision *r)
{
	return r->kind == RP_REVISION_MOVE_FROM ||
	       r->kind == RP_REVISION_MOVE_TO || r->move.n > 0;
}

/* What RFC 3339 has and HTML's datetime takes: digits and - : T Z . + */
static bool
is_date(rp_text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (strchr("0123456789-:TZ.+", t.p[i]) == NULL)
			return false;
	return t.n >= 10 && t.n <= 40;
}

static void
open_revision(struct writing *w, rp_revision_ref ref, bool ins)
{
	const struct rp_revision *r = &w->d->revisions.v[ref];
	rp_text what = ins ? w->t->inserted : w->t->deleted;

	if (is_move(r))
		what = ins ? w->t->moved_here : w->t->moved_away;
	lit(w, ins ? "<ins" : "<del");
	if (is_move(r))
		lit(w, " class=\"doc-move\"");
	if (is_date(r->date))
		attribute(w, "datetime", r->date);
	lit(w, " title=\"");
	escaped(w, what);
	if (r->author.n > 0) {
		lit(w, " ");
		escaped(w, w->t->by);
		lit(w, " ");
		escaped(w, r->author);
	}
	lit(w, "\">");
}

/* Nothing of it is in the version that is shown. */
static bool
is_out(const struct writing *w, rp_revision_ref ins, rp_revision_ref del)
{
	return (w->side == SIDE_OLD && ins != 0) ||
	       (w->side == SIDE_NEW && del != 0);
}

/* Runs. */

static const struct {
	unsigned look;
	const char *open, *close;
} looks[] = {
	{ RP_LOOK_BOLD, "<b>", "</b>" },
	{ RP_LOOK_ITALIC, "<i>", "</i>" },
	{ RP_LOOK_UNDERLINE, "<u>", "</u>" },
	{ RP_LOOK_STRIKE, "<s>", "</s>" },
	{ RP_LOOK_SUPERSCRIPT, "<sup>", "</sup>" },
	{ RP_LOOK_SUBSCRIPT, "<sub>", "</sub>" },
	{ RP_LOOK_SMALL_CAPS, "<span class=\"doc-small-caps\">", "</span>" },
	{ RP_LOOK_CAPS, "<span class=\"doc-caps\">", "</span>" },
	{ RP_LOOK_CODE, "<code>", "</code>" },
};

#define LOOKS (sizeof(looks) / sizeof(looks[0]))

static void
close_looks(struct writing *w)
{
	for (size_t i = LOOKS; i > 0; i--)
		if (w->look & looks[i - 1].look)
			lit(w, looks[i - 1].close);
	if (w->lang.n > 0)
		lit(w, "</span>");
	w->look = 0;
	w->lang = (rp_text){ 0 };
}

static void
open_looks(struct writing *w, const struct rp_format *f)
{
	if (f->lang.n > 0) {
		lit(w, "<span");
		attribute(w, "lang", f->lang);
		lit(w, ">");
	}
	for (size_t i = 0; i < LOOKS; i++)
		if (f->look & looks[i].look)
			lit(w, looks[i].open);
	w->look = f->look;
	w->lang = f->lang;
}

static void
close_link(struct writing *w)
{
	close_looks(w);
	if (w->link != 0)
		lit(w, "</a>");
	w->link = 0;
}

static void
close_revisions(struct writing *w)
{
	close_link(w);
	if (w->del != 0)
		lit(w, "</del>");
	if (w->ins != 0)
		lit(w, "</ins>");
	w->ins = w->del = 0;
}

static void
open_link(struct writing *w, uint32_t link)
{
	rp_text href = link ? w->d->links.v[link] : (rp_text){ "", 0 };
	struct rp_err *e;
	rp_url url;

	if (link == 0)
		return;
	e = rp_url_from(w->s->arena, href, &url);
	if (e != NULL) {
		rp_err_free(e);
		return;
	}
	w->link = link;
	lit(w, "<a href=\"");
	escaped(w, (rp_text){ url.p, url.n });
	lit(w, "\">");
}

/* Open and close until what holds is what `r` has. */
static void
settle(struct writing *w, const struct rp_run *r)
{
	const struct rp_format *f = &w->d->formats.v[r->format];
	rp_revision_ref ins = w->side == SIDE_OLD ? 0 : r->ins;
	rp_revision_ref del = w->side == SIDE_NEW ? 0 : r->del;
	/* A note's mark is a link itself. */
	uint32_t link = r->kind == RP_RUN_TEXT ? r->link : 0;

	if (w->ins != ins || w->del != del) {
		close_revisions(w);
		if (ins != 0)
			open_revision(w, ins, true);
		if (del != 0)
			open_revision(w, del, false);
		w->ins = ins;
		w->del = del;
	}
	if (w->link != link) {
		close_link(w);
		open_link(w, link);
	}
	if (w->look != (f->look & ~RP_LOOK_HIDDEN) ||
	    !rp_text_eq(w->lang, f->lang)) {
		close_looks(w);
		open_looks(w, f);
	}
}

static void
text(struct writing *w, rp_text t)
{
	size_t from = 0;

	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] != '\n' && t.p[i] != '\t')
			continue;
		escaped(w, rp_text_sub(t, from, i));
		lit(w, t.p[i] == '\n' ? "<br>" : "&emsp;");
		from = i + 1;
	}
	escaped(w, rp_text_sub(t, from, t.n));
}

static void
id_of(struct writing *w, const char *what, uint32_t n)
{
	escaped(w, w->o.prefix);
	lit(w, what);
	/* Each side has its own notes. */
	if (w->side == SIDE_OLD)
		lit(w, "old-");
	number(w, n + 1);
}

static void
note_mark(struct writing *w, uint32_t n)
{
	lit(w, "<sup class=\"doc-note\"><a href=\"#");
	id_of(w, "note-", n);
	lit(w, "\"");
	if (n >= w->last_note && !w->in_note) {
		lit(w, " id=\"");
		id_of(w, "mark-", n);
		lit(w, "\"");
		w->last_note = n + 1;
	}
	lit(w, ">");
	number(w, n + 1);
	lit(w, "</a></sup>");
}

static void
gap(struct writing *w, rp_text word)
{
	rp_text t = word.n > 0 ? word : w->t->gap;

	lit(w, "<span class=\"doc-gap\">[");
	if (w->o.original.n > 0) {
		lit(w, "<a href=\"");
		escaped(w, (rp_text){ w->o.original.p, w->o.original.n });
		lit(w, "\">");
	}
	escaped(w, t);
	if (w->o.original.n > 0)
		lit(w, "</a>");
	lit(w, "]</span>");
}

static void
runs(struct writing *w, const struct rp_block *b, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++) {
		const struct rp_run *r = &b->runs[i];

		if (is_out(w, r->ins, r->del) ||
		    (w->d->formats.v[r->format].look & RP_LOOK_HIDDEN))
			continue;
		settle(w, r);
		if (r->kind == RP_RUN_NOTE)
			note_mark(w, r->note);
		else if (r->kind == RP_RUN_OPAQUE)
			gap(w, r->text);
		else
			text(w, r->text);
	}
	close_revisions(w);
}

/* Blocks. */

/* Its place in the body, from 1; 0: it has no anchor. */
static uint32_t
anchor_of(const struct writing *w, const struct rp_block *b)
{
	if (!w->o.anchors || w->in_note || w->side == SIDE_OLD)
		return 0;
	return (uint32_t)(b - w->d->body.blocks.v) + 1;
}

/* A typed label is runs, with their revisions; tabs behind it are no text. */
static void
label(struct writing *w, const struct rp_block *b,
    const struct rp_doc_state *all)
{
	const struct rp_label *l = w->side == SIDE_OLD && b->label_rejected ?
				       b->label_rejected :
				       &b->label;
	rp_text t = l->kind == RP_LABEL_AUTO ? l->text : RP_TEXT("");
	struct rp_run as_all = { .ins = all->ins, .del = all->del };

	if (t.n == 0 && b->label_runs == 0)
		return;
	lit(w, "<span class=\"doc-label\">");
	if (t.n > 0) {
		settle(w, &as_all);
		if (anchor_of(w, b) != 0) {
			lit(w, "<a href=\"#");
			escaped(w, w->o.prefix);
			lit(w, "p-");
			number(w, anchor_of(w, b));
			lit(w, "\">");
		}
		text(w, t);
		if (anchor_of(w, b) != 0)
			lit(w, "</a>");
		close_revisions(w);
	} else {
		for (uint32_t i = 0; i < b->label_runs; i++) {
			struct rp_run r = b->runs[i];
			struct rp_block one = { .runs = &r, .n_runs = 1 };

			while (i + 1 == b->label_runs && r.text.n > 0 &&
			       strchr(" \t", r.text.p[r.text.n - 1]) != NULL)
				r.text = rp_text_sub(r.text, 0, r.text.n - 1);
			runs(w, &one, 0, 1);
		}
	}
	lit(w, "</span> ");
}

static void
content(struct writing *w, const struct rp_block *b)
{
	struct rp_doc_state all = rp_doc_state_of(b);
	struct rp_run mark = { .ins = b->mark_ins, .del = b->mark_del };
	bool alone = (b->mark_ins && (!all.ins || b->n_runs == 0)) ||
		     (b->mark_del && (!all.del || b->n_runs == 0));

	label(w, b, &all);
	runs(w, b, b->label_runs, b->n_runs);
	if (alone && !is_out(w, mark.ins, mark.del)) {
		settle(w, &mark);
		lit(w, "<span class=\"doc-mark\">¶</span>");
		close_revisions(w);
	}
	if (b->kind == RP_BLOCK_OPAQUE)
		gap(w, (rp_text){ "", 0 });
}

static void
classes(struct writing *w, const struct rp_block *b)
{
	static const char *const kinds[] = {
		[RP_BLOCK_CALLOUT] = "doc-callout ",
		[RP_BLOCK_PROVISION] = "doc-provision ",
		[RP_BLOCK_ITEM] = "doc-item ",
		[RP_BLOCK_OPAQUE] = "doc-gap ",
		[RP_BLOCK_SECTION] = NULL,
	};
	const char *kind = kinds[b->kind];
	uint8_t level = b->label.kind != RP_LABEL_NONE ? b->label.level : 0;
	bool changed = w->side == SIDE_BOTH && rp_doc_state_of(b).changed;

	if (kind == NULL && level == 0 && !changed)
		return;
	lit(w, " class=\"");
	if (kind != NULL)
		rp_sink_text(w->s, rp_text_trim(rp_text_z(kind)));
	if (level > 0) {
		lit(w, kind != NULL ? " doc-l" : "doc-l");
		number(w, level < 9 ? level : 9);
	}
	if (changed)
		lit(w,
		    kind != NULL || level > 0 ? " doc-changed" : "doc-changed");
	lit(w, "\"");
}

static void
direction(struct writing *w, const struct rp_block *b)
{
	lit(w, b->direction == RP_DIRECTION_RTL ? " dir=\"rtl\"" :
	       b->direction == RP_DIRECTION_LTR ? " dir=\"ltr\"" :
						  " dir=\"auto\"");
	attribute(w, "lang", b->lang);
}

static void
anchor(struct writing *w, const struct rp_block *b)
{
	if (anchor_of(w, b) == 0)
		return;
	lit(w, " id=\"");
	escaped(w, w->o.prefix);
	lit(w, "p-");
	number(w, anchor_of(w, b));
	lit(w, "\"");
}

/* Proposals have their symbols in Latin letters in all languages. */
static void
margin(struct writing *w, const struct rp_block *b)
{
	if (!w->o.margins || w->in_note || b->margin == RP_MARGIN_NONE ||
	    b->n_runs == 0 ||
	    (w->side == SIDE_BOTH && b->cell.table != 0 && b != w->of_row))
		return;
	lit(w, "<span class=\"doc-margin\"><bdi>");
	escaped(w, rp_margin_text(b->margin));
	lit(w, "</bdi></span> ");
}

static void
block(struct writing *w, const struct rp_block *b)
{
	static const char *const headings[] = { "h1", "h2", "h3", "h4", "h5",
		"h6" };
	unsigned level = b->level > 0 && !w->titled ? b->level - 1U : b->level;
	const char *name = "p";

	if (b->kind == RP_BLOCK_SECTION) {
		lit(w, "<hr>\n");
		return;
	}
	level += w->o.below;
	if (b->kind == RP_BLOCK_HEADING)
		name = headings[level < 5 ? level : 5];
	lit(w, "<");
	lit(w, name);
	anchor(w, b);
	classes(w, b);
	direction(w, b);
	lit(w, ">");
	if (w->side == SIDE_BOTH)
		margin(w, b);
	content(w, b);
	lit(w, "</");
	lit(w, name);
	lit(w, ">\n");
}

/* Nothing of the block is in this version. */
static bool
block_is_out(const struct writing *w, const struct rp_block *b)
{
	struct rp_doc_state all = rp_doc_state_of(b);

	return is_out(w, all.ins, all.del) ||
	       is_out(w, b->cell.row_ins, b->cell.row_del);
}

static void
open_row(struct writing *w, const struct rp_block *b)
{
	rp_revision_ref ins = w->side == SIDE_OLD ? 0 : b->cell.row_ins;
	rp_revision_ref del = w->side == SIDE_NEW ? 0 : b->cell.row_del;

	if (w->side != SIDE_BOTH || (ins == 0 && del == 0))
		lit(w, "<tr>");
	else
		lit(w, del != 0 ? "<tr class=\"doc-row-del\">" :
				  "<tr class=\"doc-row-ins\">");
}

static void
open_cell(struct writing *w, const struct rp_cell *c)
{
	lit(w, "<td");
	if (c->columns > 1) {
		lit(w, " colspan=\"");
		number(w, c->columns < RP_HTML_DOC_COLUMNS_MAX ?
			      c->columns :
			      RP_HTML_DOC_COLUMNS_MAX);
		lit(w, "\"");
	}
	lit(w, ">");
}

/* The first block that a proposal changes, or else the first one with words. */
static const struct rp_block *
symbol_of(const struct rp_block *b, size_t n)
{
	const struct rp_block *out = NULL;

	for (size_t i = 0; i < n; i++) {
		if (b[i].n_runs == 0 || b[i].margin == RP_MARGIN_NONE)
			continue;
		if (b[i].margin != RP_MARGIN_NOC)
			return &b[i];
		if (out == NULL)
			out = &b[i];
	}
	return out;
}

/* The blocks of a row: how many. */
static size_t
row(struct writing *w, const struct rp_block *b, size_t n)
{
	uint32_t next = 1;
	size_t k = 0;

	while (k < n && b[k].cell.table == b[0].cell.table &&
	       b[k].cell.row == b[0].cell.row)
		k++;
	if (is_out(w, b->cell.row_ins, b->cell.row_del))
		return k;
	open_row(w, b);
	w->of_row = symbol_of(b, k);
	for (size_t i = 0; i < k; i++) {
		const struct rp_cell *c = &b[i].cell;

		if (i == 0 || c->column != b[i - 1].cell.column) {
			for (;
			     next < c->column && next < RP_HTML_DOC_COLUMNS_MAX;
			     next++)
				lit(w, "<td></td>");
			open_cell(w, c);
			next = c->column + (c->columns > 1 ? c->columns : 1);
		}
		if (!block_is_out(w, &b[i]))
			block(w, &b[i]);
		if (i + 1 == k || c->column != b[i + 1].cell.column)
			lit(w, "</td>");
	}
	lit(w, "</tr>\n");
	return k;
}

static size_t
table(struct writing *w, const struct rp_block *b, size_t n)
{
	size_t k = 0;

	lit(w, "<table>\n");
	while (k < n && b[k].cell.table == b[0].cell.table)
		k += row(w, b + k, n - k);
	lit(w, "</table>\n");
	return k;
}

static void
story(struct writing *w, const struct rp_blocks *v)
{
	for (size_t i = 0; i < v->n; i++) {
		if (v->v[i].cell.table != 0)
			i += table(w, &v->v[i], v->n - i) - 1;
		else if (!block_is_out(w, &v->v[i]))
			block(w, &v->v[i]);
	}
}

/* A row of both sides: how many blocks it took. */
static size_t
side_row(struct writing *w, const struct rp_block *b, size_t n, uint32_t *marks)
{
	static const enum side sides[] = { SIDE_OLD, SIDE_NEW };
	size_t k = 1;

	lit(w,
	    rp_doc_state_of(b).changed ? "<tr class=\"doc-changed\">" : "<tr>");
	if (w->o.margins) {
		lit(w, "<td class=\"doc-symbol\">");
		margin(w, b);
		lit(w, "</td>");
	}
	for (unsigned i = 0; i < 2; i++) {
		w->side = sides[i];
		w->last_note = marks[i];
		lit(w, i == 0 ? "<td class=\"doc-old\">" :
				"<td class=\"doc-new\">");
		if (b->cell.table != 0)
			k = table(w, b, n);
		else if (!block_is_out(w, b))
			block(w, b);
		lit(w, "</td>");
		marks[i] = w->last_note;
	}
	lit(w, "</tr>\n");
	w->side = SIDE_BOTH;
	return k;
}

static void
sides(struct writing *w, const struct rp_blocks *v)
{
	uint32_t marks[2] = { 0, 0 };

	lit(w, "<table class=\"doc-sides\">\n<thead><tr>");
	if (w->o.margins) {
		lit(w, "<th scope=\"col\" class=\"doc-symbol\">");
		escaped(w, w->t->margin);
		lit(w, "</th>");
	}
	lit(w, "<th scope=\"col\">");
	escaped(w, w->t->old);
	lit(w, "</th><th scope=\"col\">");
	escaped(w, w->t->now);
	lit(w, "</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < v->n;)
		i += side_row(w, &v->v[i], v->n - i, marks);
	lit(w, "</tbody></table>\n");
}

static void
notes_of(struct writing *w)
{
	if (w->d->notes.n == 0)
		return;
	lit(w, "<section class=\"doc-notes\"><h2>");
	escaped(w, w->t->notes);
	if (w->side != SIDE_BOTH) {
		lit(w, " (");
		escaped(w, w->side == SIDE_OLD ? w->t->old : w->t->now);
		lit(w, ")");
	}
	lit(w, "</h2>\n<ol>\n");
	w->in_note = true;
	for (uint32_t i = 0; i < w->d->notes.n; i++) {
		lit(w, "<li id=\"");
		id_of(w, "note-", i);
		lit(w, "\">");
		story(w, &w->d->notes.v[i].blocks);
		lit(w, "<a href=\"#");
		id_of(w, "mark-", i);
		lit(w, "\" aria-label=\"");
		escaped(w, w->t->back);
		lit(w, "\">↩</a></li>\n");
	}
	w->in_note = false;
	lit(w, "</ol></section>\n");
}

static void
fragment(struct writing *w)
{
	static const char *const views[] = { "doc-inline", "doc-bars",
		"doc-side" };

	lit(w, "<div class=\"doc ");
	lit(w, views[w->o.view]);
	if (w->o.margins)
		lit(w, " doc-margins");
	lit(w, "\"");
	attribute(w, "lang", w->d->lang);
	if (w->d->lang.n > 0)
		attribute(w, "dir", rp_dir_name(rp_lang_tag_dir(w->d->lang)));
	lit(w, ">\n");
	if (w->o.view != RP_HTML_DOC_SIDE) {
		story(w, &w->d->body.blocks);
		notes_of(w);
	} else {
		sides(w, &w->d->body.blocks);
		w->side = SIDE_OLD;
		notes_of(w);
		w->side = SIDE_NEW;
		notes_of(w);
		w->side = SIDE_BOTH;
	}
	lit(w, "</div>\n");
}

static const char style[] =
    "body{margin:2em auto;max-inline-size:70em;padding-inline:1em;"
    "font-family:serif;line-height:1.45;color:#111;background:#fff}\n"
    "ins{color:#045d2c;background:#e3f4e8;text-decoration:underline}\n"
    "del{color:#9b1c1c;background:#fbe9e9;text-decoration:line-through}\n"
    ".doc-move{color:#1d4f91;background:#e8eff9;"
    "text-decoration-style:double}\n"
    ".doc-callout{font-style:italic}\n"
    ".doc-label{font-style:normal;white-space:nowrap;"
    "margin-inline-end:.4em}\n"
    ".doc-l1{margin-inline-start:1.5em}\n"
    ".doc-l2{margin-inline-start:3em}\n"
    ".doc-l3{margin-inline-start:4.5em}\n"
    ".doc-l4,.doc-l5,.doc-l6,.doc-l7,.doc-l8,.doc-l9"
    "{margin-inline-start:6em}\n"
    ".doc-bars .doc-changed{border-inline-start:.2em solid #111;"
    "padding-inline-start:.6em}\n"
    ".doc-margins{padding-inline-start:4.5em}"
    ".doc-margins.doc-side{padding-inline-start:0}"
    ".doc-margin{font:.75em sans-serif;color:#444}"
    ".doc-margins:not(.doc-side) .doc-margin{float:inline-start;"
    "inline-size:4.5em;margin-inline-start:-6em}\n"
    ".doc-sides .doc-symbol{inline-size:4em}"
    ".doc-row-ins{background:#e3f4e8}.doc-row-del{background:#fbe9e9}\n"
    ".doc-gap{color:#555}.doc-caps{text-transform:uppercase}"
    ".doc-small-caps{font-variant:small-caps}\n"
    "table{border-collapse:collapse}"
    "td,th{border:1px solid #999;padding:.2em .5em;vertical-align:top;"
    "text-align:start}\n"
    ".doc-sides{inline-size:100%;table-layout:fixed}\n"
    ".doc-sides>tbody>tr>td,.doc-sides>thead>tr>th"
    "{border-width:0 0 1px;overflow-wrap:anywhere}\n"
    "@media print{body{margin:0;max-inline-size:none;font-size:10pt}"
    "a{color:inherit}thead{display:table-header-group}"
    "tr,p{break-inside:avoid}h1,h2,h3{break-after:avoid}"
    "ins,del,.doc-move{print-color-adjust:exact}}\n";

static void
page(struct writing *w)
{
	lit(w, "<!DOCTYPE html>\n<html");
	attribute(w, "lang", w->d->lang.n > 0 ? w->d->lang : w->t->lang);
	lit(w, ">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
	       "content=\"width=device-width\">\n<title>");
	escaped(w, w->d->title.n > 0 ? w->d->title : w->t->untitled);
	lit(w, "</title>\n<style>\n");
	lit(w, style);
	lit(w, "</style>\n</head>\n<body>\n");
	fragment(w);
	lit(w, "</body>\n</html>\n");
}

void
rp_html_doc_write(struct rp_sink *s, const struct rp_document *d,
    const struct rp_html_doc_options *options)
{
	struct writing w = { .s = s, .d = d, .t = &rp_html_doc_english };

	if (options != NULL)
		w.o = *options;
	if (w.o.texts != NULL)
		w.t = w.o.texts;
	for (size_t i = 0; i < d->body.blocks.n; i++)
		w.titled |= d->body.blocks.v[i].kind == RP_BLOCK_HEADING &&
			    d->body.blocks.v[i].level == 0;
	if (w.o.complete)
		page(&w);
	else
		fragment(&w);
}
