/* consolidate_revise - the merged text as the base with revisions. */
#include <stdlib.h>
#include <string.h>

#include "exchange/consolidate_private.h"
#include "redline/compare.h"

/* How far away a new paragraph looks for one that it shall look like. */
#define REACH ((size_t)2000)

struct runs RP_VEC(struct rp_run);

/* A revision that was made already. */
struct author {
	rp_parties parties;
	enum rp_revision_kind kind;
	rp_revision_ref ref;
};

struct authors RP_VEC(struct author);

struct making {
	struct rp_arena *arena;
	const struct rp_consolidated *c;
	const struct rp_consolidate_options *o;
	const struct rp_document *base;
	struct rp_document *d;
	bool whole;
	struct authors authors;
	/* Changes by block and by slot, plus one; 0: none. */
	uint32_t *of_block, *of_slot;
	/* Of each party, by block of its text: the base block that it was. */
	uint32_t **versions;
	/* Labels after renumbering, of base blocks; NULL: as it is. */
	const struct rp_label **labels;
	/* The same for blocks in undisputed slots, in order. */
	const struct rp_label **slot_labels;
	size_t next_slot_label;
	struct rp_merged_notes *notes;
	size_t next_note; /* of those added, in the order of the base */
};

/* Authors. */

static rp_text
names_of(struct making *m, rp_parties who)
{
	rp_text t = RP_TEXT("");

	for (size_t p = 0; p < m->c->n; p++)
		if ((who >> p & 1) != 0)
			t = rp_textf(m->arena, "%.*s%s%.*s", RP_FMT(t),
			    t.n > 0 ? ", " : "",
			    RP_FMT(m->c->amendments[p].party));
	return t;
}

/* By these parties; by nobody of them: by whoever makes the consolidation. */
static rp_revision_ref
revision(struct making *m, rp_parties who, enum rp_revision_kind kind)
{
	struct rp_revision r = { .kind = kind, .date = m->o->date };
	struct author made = { who, kind, 0 };

	for (size_t i = 0; i < m->authors.n; i++)
		if (m->authors.v[i].parties == who &&
		    m->authors.v[i].kind == kind)
			return m->authors.v[i].ref;
	r.author = who != 0 ? names_of(m, who) : m->o->author;
	made.ref = rp_document_revise(m->arena, m->d, &r);
	rp_vec_push(m->arena, &m->authors, made);
	return made.ref;
}

static rp_revision_ref
inserted(struct making *m, rp_parties who)
{
	return revision(m, who, RP_REVISION_INSERT);
}

static rp_revision_ref
deleted(struct making *m, rp_parties who)
{
	return revision(m, who, RP_REVISION_DELETE);
}

static rp_revision_ref
moved(struct making *m, rp_parties who, enum rp_revision_kind kind,
    uint32_t block)
{
	struct rp_revision r = { .kind = kind,
		.author = names_of(m, who),
		.date = m->o->date,
		.move = rp_textf(m->arena, "move%u", block + 1) };

	return rp_document_revise(m->arena, m->d, &r);
}

/* What is decided without anybody deciding. */
static const struct rp_merge_choice *
undisputed(const struct rp_merge_change *k)
{
	return k->bracket ? NULL : &k->choices.v[0];
}

static void
index_changes(struct making *m)
{
	size_t n = m->base->body.blocks.n;

	m->of_block = rp_new_n(m->arena, uint32_t, n + 1);
	m->of_slot = rp_new_n(m->arena, uint32_t, n + 1);
	for (uint32_t i = 0; i < m->c->changes.n; i++) {
		const struct rp_merge_change *k = &m->c->changes.v[i];

		if (k->place == RP_MERGE_BLOCK)
			m->of_block[k->at] = i + 1;
		else if (k->place == RP_MERGE_SLOT)
			m->of_slot[k->at] = i + 1;
	}
}

/*
 * Who moves a base block to a slot, where nobody disputes either end: then it
 * is shown as a move. Else nobody.
 */
static rp_parties
movers(const struct making *m, uint32_t block, uint32_t slot)
{
	uint32_t from = m->of_block[block], to = m->of_slot[slot];
	const struct rp_merge_choice *x, *y;

	if (from == 0 || to == 0)
		return 0;
	x = undisputed(&m->c->changes.v[from - 1]);
	y = undisputed(&m->c->changes.v[to - 1]);
	if (x == NULL || y == NULL || !x->gone || x->moved_to != slot ||
	    x->parties != y->parties)
		return 0;
	for (size_t j = 0; j < y->blocks.n; j++)
		if (y->blocks.v[j].moved_from == block)
			return x->parties;
	return 0;
}

/* Labels. */

static bool
begins_list(const struct rp_block *b)
{
	return b->kind == RP_BLOCK_CALLOUT || b->kind == RP_BLOCK_HEADING;
}

/*
 * One stretch of the base between call-outs or headings: does the base count as
 * a clean text does, and did a party count anew? `bis`: in what is new; `old`:
 * in the base.
 */
struct stretch {
	bool regular, anew, bis, old;
};

/* What the parties' scripts say of blocks: versions, and labels typed anew. */
static bool *
read_scripts(struct making *m)
{
	bool *anew = rp_new_n(m->arena, bool, m->base->body.blocks.n + 1);

	m->versions = rp_new_n(m->arena, uint32_t *, m->c->n + 1);
	for (size_t p = 0; p < m->c->n; p++) {
		const struct rp_script *s = m->c->amendments[p].script;

		m->versions[p] =
		    rp_new_n(m->arena, uint32_t, s->now->body.blocks.n + 1);
		for (size_t i = 0; i < s->edits.n; i++) {
			const struct rp_edit *e = &s->edits.v[i];

			if (e->now != RP_NO_BLOCK)
				m->versions[p][e->now] = e->old;
			if (e->old != RP_NO_BLOCK && e->renumbered)
				anew[e->old] = true;
		}
	}
	return anew;
}

static const struct rp_block *
block_of(const struct making *m, const struct rp_merge_block *b)
{
	if (b->own != NULL)
		return b->own;
	return &m->c->amendments[b->party].script->now->body.blocks.v[b->block];
}

static void
look_at_slots(const struct making *m, const uint32_t *stretch_of,
    struct stretch *all)
{
	for (size_t i = 0; i < m->c->changes.n; i++) {
		const struct rp_merge_change *k = &m->c->changes.v[i];

		if (k->place != RP_MERGE_SLOT || undisputed(k) == NULL)
			continue;
		for (size_t j = 0; j < k->choices.v[0].blocks.n; j++)
			if (block_of(m, &k->choices.v[0].blocks.v[j])
				->label.latin != 0)
				all[stretch_of[k->at > 0 ? k->at - 1 : 0]].bis =
				    true;
	}
}

/* The base's own blocks numbered cleanly, with nothing changed. */
static struct rp_document *
clean_base(struct rp_arena *a, const struct rp_consolidated *c)
{
	struct rp_consolidated none = *c;

	none.changes.n = 0;
	return rp_merge_clean(a, &none);
}

static void
take_labels(struct making *m, const uint32_t *stretch_of,
    const struct stretch *all)
{
	const struct rp_document *clean = rp_merge_clean(m->arena, m->c);
	size_t at = 0, slots = 0, i = 0;

	for (uint32_t b = 0; b <= m->base->body.blocks.n; b++) {
		const struct stretch *before =
		    &all[stretch_of[b > 0 ? b - 1 : 0]];
		const struct stretch *here;
		bool gone = false;

		for (; i < m->c->changes.n && m->c->changes.v[i].at == b; i++) {
			const struct rp_merge_choice *k =
			    undisputed(&m->c->changes.v[i]);

			for (size_t j = 0; k != NULL && j < k->blocks.n; j++) {
				const struct rp_block *now =
				    &clean->body.blocks.v[at++];

				if (before->regular && before->anew)
					m->slot_labels[slots] = &now->label;
				slots++;
			}
			gone = gone || (k != NULL && k->gone);
		}
		if (b == m->base->body.blocks.n || gone)
			continue;
		here = &all[stretch_of[b]];
		if (here->regular && here->anew &&
		    !rp_text_eq(clean->body.blocks.v[at].label.text,
			m->base->body.blocks.v[b].label.text))
			m->labels[b] = &clean->body.blocks.v[at].label;
		at++;
	}
}

static void
number(struct making *m)
{
	size_t n = m->base->body.blocks.n, slots = 0;
	const struct rp_document *same = clean_base(m->arena, m->c);
	uint32_t *stretch_of = rp_new_n(m->arena, uint32_t, n + 1), at = 0;
	struct stretch *all = rp_new_n(m->arena, struct stretch, n + 2);
	const bool *anew = read_scripts(m);

	m->labels = rp_new_n(m->arena, const struct rp_label *, n + 1);
	all[0].regular = true;
	for (uint32_t b = 0; b < n; b++) {
		const struct rp_block *x = &m->base->body.blocks.v[b];

		if (begins_list(x))
			all[++at].regular = true;
		stretch_of[b] = at;
		if (!rp_text_eq(x->label.text,
			same->body.blocks.v[b].label.text))
			all[at].regular = false;
		all[at].anew = all[at].anew || anew[b] || m->o->clean;
		all[at].old = all[at].old || x->label.latin != 0;
	}
	stretch_of[n] = at;
	for (size_t i = 0; i < m->c->changes.n; i++)
		if (undisputed(&m->c->changes.v[i]) != NULL)
			slots += m->c->changes.v[i].choices.v[0].blocks.n;
	m->slot_labels = rp_new_n(m->arena, const struct rp_label *, slots + 1);
	look_at_slots(m, stretch_of, all);
	/* On adoption all of them are counted, those that waited for it too. */
	for (size_t i = 0; i <= n; i++)
		all[i].regular = m->o->clean ? all[i].regular || all[i].old :
					       all[i].regular && !all[i].bis;
	take_labels(m, stretch_of, all);
}

/* A label with another number; how it is made stays. */
static struct rp_label
renumbered(const struct rp_label *was, const struct rp_label *now)
{
	struct rp_label l = *was;

	l.value = now->value;
	l.latin = now->latin;
	l.text = now->text;
	return l;
}

/* Runs. */

/* Notes. */

/* A paragraph of a note that a party wrote, like those of the base. */
static struct rp_block
note_block(struct making *m, const struct rp_story *s, const struct rp_block *b,
    rp_revision_ref ins)
{
	struct rp_block new = { .changed = true,
		.package = 1,
		.props_package = 1 };
	struct runs runs = { 0 };

	for (size_t i = 0; i < m->base->notes.n; i++) {
		const struct rp_story *x = &m->base->notes.v[i];

		if (x->kind != s->kind || x->blocks.n == 0)
			continue;
		new.raw = x->blocks.v[0].raw;
		new.props = x->blocks.v[0].props;
		new.style = x->blocks.v[0].style;
		break;
	}
	for (uint32_t i = 0; i < b->n_runs; i++) {
		struct rp_run r = { .text = b->runs[i].text, .ins = ins };

		if (b->runs[i].kind == RP_RUN_TEXT && r.text.n > 0)
			rp_vec_push(m->arena, &runs, r);
	}
	new.runs = runs.v;
	new.n_runs = (uint32_t)runs.n;
	return new;
}

/* The mark of a note of a party, and the note. */
static void
put_note(struct making *m, const struct rp_document *from, uint32_t note,
    rp_revision_ref ins, struct runs *out)
{
	const struct rp_story *s = &from->notes.v[note];
	struct rp_story new = { .kind = s->kind };
	struct rp_run mark = { .kind = RP_RUN_NOTE,
		.ins = ins,
		.note = (uint32_t)m->d->notes.n };
	struct rp_format f = { .look = RP_LOOK_SUPERSCRIPT };

	if (s->blocks.n == 0)
		return;
	for (size_t i = 0; i < s->blocks.n; i++)
		rp_vec_push(m->arena, &new.blocks,
		    note_block(m, s, &s->blocks.v[i], ins));
	if (m->o->format == RP_PAIR_DOCX)
		mark.format = rp_document_format(m->arena, m->d, &f);
	rp_vec_push(m->arena, &m->d->notes, new);
	rp_vec_push(m->arena, out, mark);
}

/* A base block on its way into runs: what comes next of it. */
struct cursor {
	const struct rp_block *b;
	uint32_t run;
	size_t at; /* in that run */
	size_t pos;
	uint32_t at_block;
};

/* A note of the base goes with its mark where parties want that. */
static rp_revision_ref
note_goes(struct making *m, uint32_t note)
{
	const struct rp_base_note *n = &m->notes->base[note];

	return n->gone != 0 && !n->contested ? deleted(m, n->gone) : 0;
}

/* Up to octet `to` of the text; what is no text stays. */
static void
put_old(struct making *m, struct cursor *c, size_t to, rp_revision_ref del,
    struct runs *out)
{
	while (c->run < c->b->n_runs && (c->pos < to || to == SIZE_MAX)) {
		struct rp_run r = c->b->runs[c->run];
		size_t left, n;

		if (r.kind != RP_RUN_TEXT) {
			if (r.kind == RP_RUN_NOTE)
				r.del = note_goes(m, r.note);
			rp_vec_push(m->arena, out, r);
			c->run++;
			continue;
		}
		left = r.text.n - c->at;
		n = to == SIZE_MAX || to - c->pos > left ? left : to - c->pos;
		if (n < r.text.n)
			r.raw = (rp_bytes){ 0 };
		r.text = rp_text_sub(r.text, c->at, c->at + n);
		r.del = del;
		if (n > 0)
			rp_vec_push(m->arena, out, r);
		c->at += n;
		c->pos += n;
		if (c->at == c->b->runs[c->run].text.n) {
			c->run++;
			c->at = 0;
		}
	}
}

/* The same, with the notes that parties put before octet `to`. */
static void
put_base(struct making *m, struct cursor *c, size_t to, rp_revision_ref del,
    struct runs *out)
{
	const struct rp_added_notes *added = &m->notes->added;

	while (m->next_note < added->n) {
		const struct rp_added_note *n = &added->v[m->next_note];

		if (n->at != c->at_block || n->pos >= to)
			break;
		put_old(m, c, n->pos, del, out);
		put_note(m, m->c->amendments[n->party].script->now, n->note,
		    inserted(m, n->who), out);
		m->next_note++;
	}
	put_old(m, c, to, del, out);
}

static void
put_text(struct making *m, rp_text t, rp_revision_ref ins, uint32_t format,
    struct runs *out)
{
	struct rp_run r = { .text = t, .ins = ins, .format = format };

	if (t.n > 0)
		rp_vec_push(m->arena, out, r);
}

/* The look of the text at an octet, or else of what is before it. */
static uint32_t
format_at(const struct rp_block *b, size_t at)
{
	uint32_t format = 0;
	size_t pos = 0;

	for (uint32_t i = b->label_runs; i < b->n_runs; i++) {
		if (b->runs[i].kind != RP_RUN_TEXT || b->runs[i].text.n == 0)
			continue;
		format = b->runs[i].format;
		pos += b->runs[i].text.n;
		if (at < pos)
			break;
	}
	return format;
}

static rp_text
opening(struct making *m, const struct rp_merge_choice *k, size_t number)
{
	return rp_textf(m->arena, "[Alt %zu (%.*s): ", number,
	    RP_FMT(names_of(m, k->parties)));
}

/* [base] [Alt 1 (A, B): ...] [Alt 2 (C): ...]; nothing of the base goes. */
static void
put_bracket(struct making *m, const struct rp_merge_change *k, struct cursor *c,
    struct runs *out)
{
	uint32_t format = format_at(c->b, k->from);
	rp_revision_ref by = inserted(m, 0);
	rp_text open = RP_TEXT("[");

	if (k->objectors != 0)
		open = rp_textf(m->arena,
		    "[NOC (%.*s): ", RP_FMT(names_of(m, k->objectors)));
	if (k->to > k->from || k->objectors != 0) {
		put_text(m, open, by, format, out);
		put_base(m, c, k->to, 0, out);
		put_text(m, RP_TEXT("] "), by, format, out);
	}
	for (size_t i = 0; i < k->choices.n; i++) {
		const struct rp_merge_choice *x = &k->choices.v[i];

		if (i > 0)
			put_text(m, RP_TEXT(" "), by, format, out);
		put_text(m, opening(m, x, i + 1), by, format, out);
		if (x->gone)
			put_text(m,
			    x->moved_to == RP_NO_BLOCK ? RP_TEXT("SUP") :
							 RP_TEXT("moved"),
			    by, format, out);
		put_text(m, x->text, inserted(m, x->parties), format, out);
		put_text(m, RP_TEXT("]"), by, format, out);
	}
}

/* The label's runs; where it is counted anew, the old one goes. */
static void
put_label(struct making *m, const struct rp_block *b,
    const struct rp_label *now, rp_revision_ref gone, struct runs *out)
{
	size_t left = b->label.text.n;
	bool told = now == NULL;

	for (uint32_t i = 0; i < b->label_runs; i++) {
		struct rp_run r = b->runs[i], rest = r;
		size_t n = r.text.n < left ? r.text.n : left;

		if (gone != 0 || now == NULL) {
			r.del = gone;
			rp_vec_push(m->arena, out, r);
			continue;
		}
		left -= n;
		r.text = rp_text_sub(r.text, 0, n);
		rest.text = rp_text_sub(rest.text, n, rest.text.n);
		r.raw = rest.raw = (rp_bytes){ 0 };
		r.del = deleted(m, 0);
		if (r.text.n > 0)
			rp_vec_push(m->arena, out, r);
		if (left == 0 && !told)
			put_text(m, now->text, inserted(m, 0), r.format, out);
		told = told || left == 0;
		if (rest.text.n > 0)
			rp_vec_push(m->arena, out, rest);
	}
}

/* Do the label's runs begin with the label? Then it may be put anew. */
static bool
label_is_typed_plainly(struct rp_arena *a, const struct rp_block *b)
{
	rp_text t = RP_TEXT("");

	for (uint32_t i = 0; i < b->label_runs; i++) {
		if (b->runs[i].kind != RP_RUN_TEXT)
			return false;
		t = rp_textf(a, "%.*s%.*s", RP_FMT(t), RP_FMT(b->runs[i].text));
	}
	return rp_text_starts(t, b->label.text);
}

/* New blocks. */

static bool
same_form(const struct rp_block *x, const struct rp_block *y)
{
	bool auto_x = x->label.kind == RP_LABEL_AUTO;
	bool auto_y = y->label.kind == RP_LABEL_AUTO;
	bool none_x = x->label.kind == RP_LABEL_NONE;
	bool none_y = y->label.kind == RP_LABEL_NONE;

	return auto_x == auto_y && none_x == none_y && x->kind == y->kind &&
	       x->level == y->level &&
	       (none_x || x->label.level == y->label.level);
}

/*
 * The base block whose properties a new one gets: the version of the nearest
 * block in the party's text that looks the same; else the nearest in the base
 * of the same form. NULL: none.
 */
static const struct rp_block *
model_for(const struct making *m, const struct rp_merge_block *b, uint32_t slot)
{
	const struct rp_script *s = m->c->amendments[b->party].script;
	const struct rp_blocks *now = &s->now->body.blocks;
	const struct rp_blocks *base = &m->base->body.blocks;
	const struct rp_block *x = &now->v[b->block];

	for (size_t d = 1; d < 2 * now->n && d < REACH; d++) {
		size_t k = d % 2 ? b->block - (d + 1) / 2 : b->block + d / 2;
		uint32_t old;

		if (k >= now->n || !same_form(x, &now->v[k]) ||
		    !rp_text_eq(x->style, now->v[k].style) ||
		    x->label.list != now->v[k].label.list)
			continue;
		old = m->versions[b->party][k];
		if (old != RP_NO_BLOCK && same_form(x, &base->v[old]))
			return &base->v[old];
	}
	for (size_t d = 1; d < 2 * base->n + 2 && d < REACH; d++) {
		size_t k = d % 2 ? slot - (d + 1) / 2 : slot + (d - 2) / 2;

		if (k < base->n && same_form(x, &base->v[k]))
			return &base->v[k];
	}
	return NULL;
}

static bool
same_cell(const struct rp_cell *x, const struct rp_cell *y)
{
	return x->table == y->table && x->row == y->row &&
	       x->column == y->column;
}

/* Where it stands: in the cell of a neighbour, or outside tables. */
static struct rp_cell
cell_for(const struct making *m, const struct rp_merge_block *b, uint32_t slot)
{
	const struct rp_script *s = m->c->amendments[b->party].script;
	const struct rp_blocks *now = &s->now->body.blocks;
	const struct rp_blocks *base = &m->base->body.blocks;
	const struct rp_cell *x = &now->v[b->block].cell;
	const struct rp_cell out = { 0 };
	const struct rp_cell *before =
	    slot > 0 ? &base->v[slot - 1].cell : &out;
	const struct rp_cell *after =
	    slot < base->n ? &base->v[slot].cell : &out;

	if (before->table == after->table && before->table == 0)
		return out;
	if (x->table == 0 && before->table != after->table)
		return out;
	for (size_t k = b->block + 1; x->table != 0 && k < now->n; k++) {
		if (!same_cell(&now->v[k].cell, x))
			break;
		if (m->versions[b->party][k] == slot)
			return *after;
	}
	return slot > 0 ? *before : *after;
}

/* A format of the base with this look: of its neighbours' or a new one. */
static uint32_t
format_like(struct making *m, const struct rp_block *near, unsigned look)
{
	static const struct {
		unsigned look;
		const char *tag;
	} tags[] = {
		{ RP_LOOK_BOLD, "<w:b/>" },
		{ RP_LOOK_ITALIC, "<w:i/>" },
		{ RP_LOOK_CAPS, "<w:caps/>" },
		{ RP_LOOK_SMALL_CAPS, "<w:smallCaps/>" },
		{ RP_LOOK_STRIKE, "<w:strike/>" },
		{ RP_LOOK_UNDERLINE, "<w:u w:val=\"single\"/>" },
		{ RP_LOOK_SUPERSCRIPT, "<w:vertAlign w:val=\"superscript\"/>" },
		{ RP_LOOK_SUBSCRIPT, "<w:vertAlign w:val=\"subscript\"/>" },
	};
	struct rp_format f = { .look = look };
	rp_text t = RP_TEXT("");

	for (uint32_t i = 0; near != NULL && i < near->n_runs; i++)
		if (near->runs[i].kind == RP_RUN_TEXT &&
		    m->d->formats.v[near->runs[i].format].look == look)
			return near->runs[i].format;
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		if ((look & tags[i].look) != 0)
			t = rp_textf(m->arena, "%.*s%s", RP_FMT(t),
			    tags[i].tag);
	if (t.n > 0)
		f.raw = rp_text_bytes(
		    rp_textf(m->arena, "<w:rPr>%.*s</w:rPr>", RP_FMT(t)));
	return rp_document_format(m->arena, m->d, &f);
}

/* A list that the base has no paragraph of: its number as text. */
static void
type_label(struct making *m, const struct rp_label *l, rp_revision_ref ins,
    uint32_t format, struct runs *out)
{
	put_text(m, rp_textf(m->arena, "%.*s\t", RP_FMT(l->text)), ins, format,
	    out);
}

/* What stands around the text of an alternative. */
struct around {
	rp_text before, after;
};

static void
put_new(struct making *m, const struct rp_merge_block *b, uint32_t slot,
    rp_revision_ref ins, const struct around *around,
    const struct rp_label *label)
{
	const struct rp_script *s = m->c->amendments[b->party].script;
	const struct rp_block *x = block_of(m, b);
	const struct rp_block *like = model_for(m, b, slot);
	rp_revision_ref by = inserted(m, 0);
	struct rp_block new = *x;
	struct runs runs = { 0 };
	uint32_t format = 0;

	for (uint32_t i = 0; i <= x->n_runs; i++) {
		const struct rp_run *r = i < x->n_runs ? &x->runs[i] : NULL;

		if (r != NULL)
			format = format_like(m, like,
			    s->now->formats.v[r->format].look);
		if (i == 0 && like == NULL && x->label.kind == RP_LABEL_AUTO &&
		    m->o->format == RP_PAIR_DOCX) {
			type_label(m, label != NULL ? label : &x->label, ins,
			    format, &runs);
			new.label.kind = RP_LABEL_TYPED;
		}
		if (i == x->label_runs) {
			new.label_runs = (uint32_t)runs.n;
			put_text(m, around->before, by, format, &runs);
		}
		if (r != NULL && r->kind == RP_RUN_NOTE)
			put_note(m, s->now, r->note, ins, &runs);
		if (r == NULL || r->kind != RP_RUN_TEXT)
			continue;
		if (i == 0 && x->label_runs > 0 && label != NULL &&
		    rp_text_starts(r->text, x->label.text))
			put_text(m,
			    rp_textf(m->arena, "%.*s%.*s", RP_FMT(label->text),
				RP_FMT(rp_text_sub(r->text, x->label.text.n,
				    r->text.n))),
			    ins, format, &runs);
		else
			put_text(m, r->text, ins, format, &runs);
	}
	put_text(m, around->after, by, format, &runs);
	if (label != NULL)
		new.label = renumbered(&new.label, label);
	new.runs = runs.v;
	new.n_runs = (uint32_t)runs.n;
	new.mark_ins = ins;
	new.mark_del = new.mark_format = 0;
	new.label_rejected = NULL;
	new.style_rejected = NULL;
	new.cell = cell_for(m, b, slot);
	new.raw = like != NULL ? like->raw : (rp_bytes){ 0 };
	new.props = like != NULL ? like->props : (rp_bytes){ 0 };
	new.style = like != NULL ? like->style : RP_TEXT("");
	new.id = RP_TEXT("");
	new.package = new.props_package = 1;
	new.changed = true;
	rp_vec_push(m->arena, &m->d->body.blocks, new);
}

static bool
can_be_new(const struct rp_block *b)
{
	return b->kind != RP_BLOCK_OPAQUE && b->kind != RP_BLOCK_SECTION;
}

static void
put_slot(struct making *m, const struct rp_merge_change *k)
{
	bool bracket = undisputed(k) == NULL;

	for (size_t i = 0; i < k->choices.n; i++) {
		const struct rp_merge_choice *x = &k->choices.v[i];
		size_t last = x->blocks.n;

		while (last > 0 &&
		       !can_be_new(block_of(m, &x->blocks.v[last - 1])))
			last--;
		for (size_t j = 0, first = 1; j < x->blocks.n; j++) {
			const struct rp_merge_block *b = &x->blocks.v[j];
			rp_revision_ref ins = inserted(m, x->parties);
			struct around around = { RP_TEXT(""), RP_TEXT("") };
			const struct rp_label *label = NULL;

			if (!bracket)
				label = m->slot_labels[m->next_slot_label++];
			if (!can_be_new(block_of(m, b)))
				continue;
			if (bracket && first)
				around.before = opening(m, x, i + 1);
			if (bracket && j + 1 == last)
				around.after = RP_TEXT("]");
			first = 0;
			if (b->moved_from != RP_NO_BLOCK &&
			    movers(m, b->moved_from, k->at) != 0)
				ins = moved(m, x->parties, RP_REVISION_MOVE_TO,
				    b->moved_from);
			put_new(m, b, k->at, ins, &around, label);
		}
	}
}

/* Blocks of the base. */

static void
put_gone(struct making *m, uint32_t at, const struct rp_merge_choice *k)
{
	struct rp_block b = m->base->body.blocks.v[at];
	rp_revision_ref del = deleted(m, k->parties);
	struct runs runs = { 0 };

	if (k->moved_to != RP_NO_BLOCK && movers(m, at, k->moved_to) != 0 &&
	    can_be_new(&m->base->body.blocks.v[at]))
		del = moved(m, k->parties, RP_REVISION_MOVE_FROM, at);
	for (uint32_t i = 0; i < b.n_runs; i++) {
		struct rp_run r = b.runs[i];

		r.del = del;
		rp_vec_push(m->arena, &runs, r);
	}
	b.runs = runs.v;
	b.n_runs = (uint32_t)runs.n;
	b.mark_del = del;
	b.changed = true;
	rp_vec_push(m->arena, &m->d->body.blocks, b);
}

/* The block once gone and once come, with what is inserted and not deleted. */
static void
put_whole(struct making *m, const struct rp_block *b, const struct runs *all)
{
	struct rp_block old = *b, new = *b;
	struct runs gone = { 0 }, come = { 0 };
	rp_revision_ref del = 0, ins = 0;

	for (size_t i = 0; i < all->n; i++) {
		if (all->v[i].del != 0)
			del = all->v[i].del;
		if (all->v[i].ins != 0)
			ins = all->v[i].ins;
	}
	del = del ? del : deleted(m, 0);
	ins = ins ? ins : inserted(m, 0);
	for (size_t i = 0; i < all->n; i++) {
		struct rp_run r = all->v[i];

		if (r.del == 0) {
			r.ins = r.ins ? r.ins : ins;
			r.link = r.field = 0;
			rp_vec_push(m->arena, &come, r);
		}
	}
	for (uint32_t i = 0; i < old.n_runs; i++) {
		struct rp_run r = old.runs[i];

		r.del = del;
		rp_vec_push(m->arena, &gone, r);
	}
	old.runs = gone.v;
	old.n_runs = (uint32_t)gone.n;
	old.mark_del = del;
	old.changed = new.changed = true;
	new.runs = come.v;
	new.n_runs = (uint32_t)come.n;
	new.label_runs = 0;
	new.mark_ins = ins;
	new.package = new.props_package = 1;
	rp_vec_push(m->arena, &m->d->body.blocks, old);
	rp_vec_push(m->arena, &m->d->body.blocks, new);
}

static bool
has_things(const struct rp_block *b)
{
	for (uint32_t i = 0; i < b->n_runs; i++)
		if (b->runs[i].kind != RP_RUN_TEXT)
			return true;
	return false;
}

static bool
notes_change(struct making *m, uint32_t at, const struct rp_block *b)
{
	const struct rp_added_notes *added = &m->notes->added;

	while (m->next_note < added->n && added->v[m->next_note].at < at)
		m->next_note++;
	if (m->next_note < added->n && added->v[m->next_note].at == at)
		return true;
	for (uint32_t i = 0; i < b->n_runs; i++)
		if (b->runs[i].kind == RP_RUN_NOTE &&
		    note_goes(m, b->runs[i].note) != 0)
			return true;
	return false;
}

/* Block `at` with changes [from, to), none of them a slot. */
static void
put_block(struct making *m, uint32_t at, size_t from, size_t to)
{
	const struct rp_block *old = &m->base->body.blocks.v[at];
	struct rp_block b = *old;
	struct cursor c = { .b = old, .run = old->label_runs, .at_block = at };
	const struct rp_label *label = m->labels[at];
	bool notes = notes_change(m, at, old);
	struct runs runs = { 0 };

	for (size_t i = from; i < to; i++) {
		const struct rp_merge_choice *k =
		    undisputed(&m->c->changes.v[i]);

		if (k != NULL && k->gone) {
			put_gone(m, at, k);
			return;
		}
	}
	if (label != NULL && old->label_runs > 0 &&
	    !label_is_typed_plainly(m->arena, old))
		label = NULL;
	if (b.kind == RP_BLOCK_OPAQUE ||
	    (from == to && label == NULL && !notes)) {
		rp_vec_push(m->arena, &m->d->body.blocks, b);
		return;
	}
	if (label != NULL && old->label_runs == 0) {
		b.label_rejected = &old->label;
		b.label = renumbered(&old->label, label);
	}
	put_label(m, old, label, 0, &runs);
	for (size_t i = from; i < to; i++) {
		const struct rp_merge_change *k = &m->c->changes.v[i];
		const struct rp_merge_choice *x = undisputed(k);

		put_base(m, &c, k->from, 0, &runs);
		if (x == NULL) {
			put_bracket(m, k, &c, &runs);
			continue;
		}
		put_base(m, &c, k->to, deleted(m, x->parties), &runs);
		put_text(m, x->text, inserted(m, x->parties),
		    format_at(old, k->from), &runs);
	}
	put_base(m, &c, SIZE_MAX, 0, &runs);
	if (m->whole && !has_things(old)) {
		put_whole(m, &b, &runs);
		return;
	}
	b.runs = runs.v;
	b.n_runs = (uint32_t)runs.n;
	/* A label of an old block that is counted alone is no change to write.
	 */
	b.changed = from < to || notes || old->label_runs > 0;
	rp_vec_push(m->arena, &m->d->body.blocks, b);
}

static uint64_t
row_of(const struct rp_cell *c)
{
	return (uint64_t)c->table << 32 | c->row;
}

static int
by_row(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return (a > b) - (a < b);
}

/* Rows of all blocks of the base, sorted. */
static uint64_t *
sort_rows(struct making *m)
{
	size_t n = m->base->body.blocks.n;
	uint64_t *rows = rp_new_n(m->arena, uint64_t, n + 1);

	for (size_t i = 0; i < n; i++)
		rows[i] = row_of(&m->base->body.blocks.v[i].cell);
	if (n > 1)
		qsort(rows, n, sizeof(*rows), by_row);
	return rows;
}

/* How many are less than `row`. */
static size_t
rank(const uint64_t *rows, size_t n, uint64_t row)
{
	size_t lo = 0;

	while (lo < n) {
		size_t mid = lo + (n - lo) / 2;

		if (rows[mid] < row)
			lo = mid + 1;
		else
			n = mid;
	}
	return lo;
}

/* Rows of which every block goes, go as a whole. */
static void
mark_rows(struct making *m)
{
	struct rp_blocks *blocks = &m->d->body.blocks;
	size_t n = m->base->body.blocks.n;
	const uint64_t *rows = sort_rows(m);

	for (size_t i = 0, to; i < blocks->n; i = to) {
		uint64_t row = row_of(&blocks->v[i].cell);
		bool all = blocks->v[i].cell.table != 0;

		for (to = i; to < blocks->n; to++) {
			const struct rp_block *b = &blocks->v[to];

			if (row_of(&b->cell) != row)
				break;
			all = all && b->mark_del != 0 && b->package == 0;
		}
		if (!all ||
		    rank(rows, n, row + 1) - rank(rows, n, row) != to - i)
			continue;
		for (size_t k = i; k < to; k++)
			blocks->v[k].cell.row_del = blocks->v[i].mark_del;
	}
}

/* A note of the base that parties changed alike, word by word. */
static void
change_note(struct making *m, struct rp_story *s, const struct rp_base_note *n)
{
	const struct rp_document *now = m->c->amendments[n->party].script->now;
	rp_text t = rp_note_text(m->arena, now, n->note);
	struct rp_blocks blocks = { 0 };
	struct rp_block b = s->blocks.v[0];
	struct cursor c = { .b = &s->blocks.v[0] };
	struct runs runs = { 0 };

	for (size_t i = 0; i < n->told->runs.n; i++) {
		const struct rp_script_run *r = &n->told->runs.v[i];

		if (r->change == RP_CHANGE_EQUAL)
			put_old(m, &c, r->old_to, 0, &runs);
		else if (r->change == RP_CHANGE_DEL)
			put_old(m, &c, r->old_to, deleted(m, n->changed),
			    &runs);
		else
			put_text(m, rp_text_sub(t, r->from, r->to),
			    inserted(m, n->changed), format_at(&b, c.pos),
			    &runs);
	}
	put_old(m, &c, SIZE_MAX, 0, &runs);
	b.runs = runs.v;
	b.n_runs = (uint32_t)runs.n;
	b.changed = true;
	rp_vec_push(m->arena, &blocks, b);
	s->blocks = blocks;
}

/* A note that goes with its mark goes with its text. */
static void
delete_note(struct making *m, struct rp_story *s, rp_revision_ref del)
{
	struct rp_blocks blocks = { 0 };

	for (size_t i = 0; i < s->blocks.n; i++) {
		struct rp_block b = s->blocks.v[i];
		struct runs runs = { 0 };

		for (uint32_t k = 0; k < b.n_runs; k++) {
			struct rp_run r = b.runs[k];

			r.del = del;
			rp_vec_push(m->arena, &runs, r);
		}
		b.runs = runs.v;
		b.n_runs = (uint32_t)runs.n;
		b.changed = true;
		rp_vec_push(m->arena, &blocks, b);
	}
	s->blocks = blocks;
}

static void
begin_notes(struct making *m)
{
	m->notes = rp_consolidate_notes(m->arena, m->c);
	for (uint32_t i = 0; i < m->base->notes.n; i++)
		rp_vec_push(m->arena, &m->d->notes, m->base->notes.v[i]);
}

static void
settle_notes(struct making *m)
{
	for (uint32_t i = 0; i < m->base->notes.n; i++) {
		const struct rp_base_note *n = &m->notes->base[i];

		if (n->contested)
			continue;
		if (n->gone != 0)
			delete_note(m, &m->d->notes.v[i], deleted(m, n->gone));
		else if (n->changed != 0)
			change_note(m, &m->d->notes.v[i], n);
	}
}

/* As their marks stand; what has none comes last. */
static void
order_notes(struct making *m)
{
	size_t n = m->d->notes.n;
	uint32_t *to = rp_new_n(m->arena, uint32_t, n + 1), next = 0;
	struct rp_stories notes = { 0 };

	if (n == m->base->notes.n)
		return;
	for (size_t i = 0; i < m->d->body.blocks.n; i++) {
		struct rp_block *b = &m->d->body.blocks.v[i];
		struct rp_run *runs = NULL;

		for (uint32_t k = 0; k < b->n_runs; k++) {
			uint32_t note = b->runs[k].note;

			if (b->runs[k].kind != RP_RUN_NOTE)
				continue;
			if (to[note] == 0) {
				to[note] = ++next;
				rp_vec_push(m->arena, &notes,
				    m->d->notes.v[note]);
			}
			if (runs == NULL) {
				runs = rp_new_n(m->arena, struct rp_run,
				    b->n_runs);
				memcpy(runs, b->runs,
				    b->n_runs * sizeof(*runs));
			}
			runs[k].note = to[note] - 1;
		}
		if (runs != NULL)
			b->runs = runs;
	}
	for (size_t i = 0; i < n; i++)
		if (to[i] == 0)
			rp_vec_push(m->arena, &notes, m->d->notes.v[i]);
	m->d->notes = notes;
}

struct rp_document *
rp_consolidate_revise(struct rp_arena *a, const struct rp_consolidated *c,
    const struct rp_consolidate_options *o, bool whole)
{
	struct making m = { .arena = a,
		.c = c,
		.o = o,
		.base = c->base,
		.whole = whole };
	size_t i = 0;

	m.d = rp_document_new(a);
	m.d->lang = c->base->lang;
	m.d->title = c->base->title;
	m.d->margins = c->base->margins;
	m.d->links = c->base->links;
	m.d->fields = c->base->fields;
	m.d->body.kind = c->base->body.kind;
	m.d->body.id = c->base->body.id;
	/* Formats are added to, and those of the base stay as they are. */
	m.d->formats.n = 0;
	for (size_t f = 0; f < c->base->formats.n; f++)
		rp_vec_push(a, &m.d->formats, c->base->formats.v[f]);
	begin_notes(&m);
	index_changes(&m);
	number(&m);
	for (uint32_t b = 0; b <= c->base->body.blocks.n; b++) {
		size_t first;

		for (; i < c->changes.n && c->changes.v[i].at == b &&
		       c->changes.v[i].place == RP_MERGE_SLOT;
		     i++)
			put_slot(&m, &c->changes.v[i]);
		first = i;
		while (i < c->changes.n && c->changes.v[i].at == b)
			i++;
		if (b < c->base->body.blocks.n)
			put_block(&m, b, first, i);
	}
	mark_rows(&m);
	settle_notes(&m);
	order_notes(&m);
	return m.d;
}
