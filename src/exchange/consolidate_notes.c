/* consolidate_notes - which notes of the parties go where. */
#include <stdlib.h>

#include "exchange/consolidate_private.h"
#include "redline/compare.h"

struct collecting {
	struct rp_arena *arena;
	const struct rp_consolidated *c;
	struct rp_merged_notes *out;
	bool *gone; /* blocks of the base */
};

static const struct rp_script *
script_of(const struct collecting *k, uint32_t party)
{
	return k->c->amendments[party].script;
}

/* Where the mark of a note stands in the text of its block. */
static size_t
mark_at(const struct rp_block *b, uint32_t note)
{
	size_t pos = 0;

	for (uint32_t i = b->label_runs; i < b->n_runs; i++) {
		if (b->runs[i].kind == RP_RUN_NOTE && b->runs[i].note == note)
			break;
		if (b->runs[i].kind == RP_RUN_TEXT)
			pos += b->runs[i].text.n;
	}
	return pos;
}

/* The octet of the old block that one of the new block was, or stands behind.
 */
static size_t
old_octet(const struct rp_edit *e, size_t pos)
{
	size_t at = 0;

	if (e->runs.n == 0)
		return pos;
	for (size_t i = 0; i < e->runs.n; i++) {
		const struct rp_script_run *r = &e->runs.v[i];

		if (r->change == RP_CHANGE_INS) {
			if (pos <= r->from)
				break;
			continue;
		}
		if (r->old_block != e->old)
			continue;
		if (r->change == RP_CHANGE_EQUAL && pos <= r->to)
			return pos < r->from ? at :
					       r->old_from + (pos - r->from);
		at = r->old_to;
	}
	return at;
}

static bool
same_text(const struct collecting *k, uint32_t p, uint32_t x, uint32_t q,
    uint32_t y)
{
	return rp_text_eq(rp_note_text(k->arena, script_of(k, p)->now, x),
	    rp_note_text(k->arena, script_of(k, q)->now, y));
}

static void
add(struct collecting *k, uint32_t party, const struct rp_edit *e,
    uint32_t note)
{
	const struct rp_block *b =
	    &script_of(k, party)->now->body.blocks.v[e->now];
	struct rp_added_note n = { e->old, old_octet(e, mark_at(b, note)),
		(rp_parties)1 << party, party, note };

	if (k->gone[e->old]) {
		k->out->left_out[party]++;
		return;
	}
	for (size_t i = 0; i < k->out->added.n; i++) {
		struct rp_added_note *o = &k->out->added.v[i];

		if (o->at == n.at && o->pos == n.pos && (o->who & n.who) == 0 &&
		    same_text(k, o->party, o->note, party, note)) {
			o->who |= n.who;
			return;
		}
	}
	rp_vec_push(k->arena, &k->out->added, n);
}

static void
change(struct collecting *k, uint32_t party, const struct rp_script_note *n)
{
	struct rp_base_note *b = &k->out->base[n->old];

	if (b->changed == 0) {
		b->party = party;
		b->note = n->now;
		b->told = n;
	} else if (!same_text(k, b->party, b->note, party, n->now)) {
		b->contested = true;
	}
	b->changed |= (rp_parties)1 << party;
}

static void
read_party(struct collecting *k, uint32_t party)
{
	const struct rp_script *s = script_of(k, party);

	for (size_t i = 0; i < s->edits.n; i++) {
		const struct rp_edit *e = &s->edits.v[i];

		/* With new and moved blocks come their notes. */
		if (e->old == RP_NO_BLOCK || e->now == RP_NO_BLOCK ||
		    e->op == RP_OP_MOVE)
			continue;
		for (size_t j = 0; j < e->notes.n; j++) {
			const struct rp_script_note *n = &e->notes.v[j];

			if (n->old == RP_NO_BLOCK)
				add(k, party, e, n->now);
			else if (n->now == RP_NO_BLOCK)
				k->out->base[n->old].gone |= (rp_parties)1
							     << party;
			else
				change(k, party, n);
		}
	}
}

/* Of one paragraph before and after: others are not shown word by word. */
static bool
can_be_told(const struct collecting *k, const struct rp_base_note *b,
    uint32_t old)
{
	return k->c->base->notes.v[old].blocks.n == 1 &&
	       script_of(k, b->party)->now->notes.v[b->note].blocks.n == 1;
}

static int
by_place(const void *x, const void *y)
{
	const struct rp_added_note *p = x, *q = y;

	if (p->at != q->at)
		return p->at < q->at ? -1 : 1;
	if (p->pos != q->pos)
		return p->pos < q->pos ? -1 : 1;
	if (p->party != q->party)
		return p->party < q->party ? -1 : 1;
	return p->note < q->note ? -1 : p->note > q->note;
}

struct rp_merged_notes *
rp_consolidate_notes(struct rp_arena *a, const struct rp_consolidated *c)
{
	struct collecting k = { .arena = a, .c = c };
	size_t n = c->base->notes.n;

	k.out = rp_new(a, struct rp_merged_notes);
	k.out->base = rp_new_n(a, struct rp_base_note, n + 1);
	k.gone = rp_new_n(a, bool, c->base->body.blocks.n + 1);
	for (size_t i = 0; i < c->changes.n; i++) {
		const struct rp_merge_change *x = &c->changes.v[i];

		if (x->place != RP_MERGE_SLOT && !x->bracket &&
		    x->choices.v[0].gone)
			k.gone[x->at] = true;
	}
	for (uint32_t p = 0; p < c->n; p++)
		if (c->amendments[p].script != NULL)
			read_party(&k, p);
	for (uint32_t i = 0; i < n; i++) {
		struct rp_base_note *b = &k.out->base[i];

		if (b->changed == 0)
			continue;
		b->contested =
		    b->contested || b->gone != 0 || !can_be_told(&k, b, i);
		for (uint32_t p = 0; p < c->n && b->contested; p++)
			k.out->left_out[p] +=
			    (uint32_t)((b->changed | b->gone) >> p & 1);
	}
	if (k.out->added.n > 0)
		qsort(k.out->added.v, k.out->added.n, sizeof(*k.out->added.v),
		    by_place);
	return k.out;
}
