#include "redline/compare.h"

#include <string.h>

#include "base/err.h"
#include "redline/classify.h"
#include "redline/notes.h"
#include "redline/pairing.h"
#include "redline/reference.h"
#include "redline/runs.h"
#include "text/words.h"

struct work {
	struct rp_arena *arena;
	struct rp_words *words;
	struct rp_proses *proses;
	struct rp_pairing pair;
	struct rp_script *script;
	struct rp_script_runs *runs;   /* of each new block */
	struct rp_script_notes *notes; /* the same */
	uint32_t *gone;      /* first old block behind each new one, + 1 */
	uint32_t *gone_next; /* the next such of an old block, + 1 */
	uint32_t gone_first;
	bool *split; /* of each old block: it has further pieces */
};

struct list RP_VEC(uint32_t);

/* The runs of one pair, with all that was split off it or merged into it. */
static void
compare_strands(struct work *w, const struct list *old, const struct list *now)
{
	struct rp_pairing *p = &w->pair;
	const struct rp_prose **x =
	    rp_new_n(w->arena, const struct rp_prose *, old->n + 1);
	const struct rp_prose **y =
	    rp_new_n(w->arena, const struct rp_prose *, now->n + 1);
	struct rp_script_runs *out =
	    rp_new_n(w->arena, struct rp_script_runs, now->n + 1);
	struct rp_strand sx, sy;

	for (size_t i = 0; i < old->n; i++)
		x[i] = p->old.prose[old->v[i]];
	for (size_t i = 0; i < now->n; i++)
		y[i] = p->now.prose[now->v[i]];
	sx = rp_strand_of(w->arena, x, old->v, old->n);
	sy = rp_strand_of(w->arena, y, now->v, now->n);
	rp_runs_of(w->arena, rp_proses_vocabulary(w->proses), &sx, &sy, out);
	for (size_t i = 0; i < now->n; i++)
		w->runs[now->v[i]] = out[i];
}

static void
compare_notes(struct work *w, const struct list *old, const struct list *now,
    struct rp_script_notes *to)
{
	struct rp_script_notes *out =
	    rp_new_n(w->arena, struct rp_script_notes, now->n + 1);
	struct rp_noted noted = { old->v, now->v, old->n, now->n, out };

	rp_compare_notes(w->arena, w->proses, &w->pair.old, &w->pair.now,
	    &noted);
	if (to != NULL)
		*to = out[0];
	else
		for (size_t i = 0; i < now->n; i++)
			w->notes[now->v[i]] = out[i];
}

/* Pieces and merged blocks by the block they belong to, in order. */
static struct list *
belongings(struct rp_arena *a, const uint32_t *of, size_t n, size_t n_of)
{
	struct list *out = rp_new_n(a, struct list, n_of + 1);

	for (uint32_t i = 0; i < n; i++)
		if (of[i] != RP_NO_PAIR)
			rp_vec_push(a, &out[of[i]], i);
	return out;
}

static void
compare_pairs(struct work *w)
{
	struct rp_pairing *p = &w->pair;
	struct list *pieces =
	    belongings(w->arena, p->split_of, p->now.n, p->old.n);
	struct list *merged =
	    belongings(w->arena, p->merged_into, p->old.n, p->now.n);

	for (uint32_t j = 0; j < p->now.n; j++) {
		struct list old = { 0 }, now = { 0 };
		uint32_t i = p->old_of[j];

		if (p->split_of[j] != RP_NO_PAIR)
			continue;
		rp_vec_push(w->arena, &now, j);
		if (i != RP_NO_PAIR) {
			rp_vec_push(w->arena, &old, i);
			for (size_t k = 0; k < merged[j].n; k++)
				rp_vec_push(w->arena, &old, merged[j].v[k]);
			for (size_t k = 0; k < pieces[i].n; k++)
				rp_vec_push(w->arena, &now, pieces[i].v[k]);
			w->split[i] = pieces[i].n > 0;
		}
		if (old.n != 1 || now.n != 1 ||
		    p->old.prose[i] != p->now.prose[j])
			compare_strands(w, &old, &now);
		compare_notes(w, &old, &now, NULL);
	}
}

/* Old blocks without a pair, each behind what it stands behind. */
static void
place_gone(struct work *w)
{
	struct rp_pairing *p = &w->pair;
	uint32_t at = RP_NO_BLOCK, *last = &w->gone_first;

	for (uint32_t i = 0; i < p->old.n; i++) {
		uint32_t j = p->now_of[i] != RP_NO_PAIR ? p->now_of[i] :
							  p->merged_into[i];

		if (j != RP_NO_PAIR) {
			if (p->moved[j] || (at != RP_NO_BLOCK && j < at))
				continue;
			at = j;
			while (at + 1 < p->now.n &&
			       p->split_of[at + 1] != RP_NO_PAIR &&
			       p->split_of[at + 1] == i)
				at++;
			last = &w->gone[at];
			while (*last != 0)
				last = &w->gone_next[*last - 1];
			continue;
		}
		*last = i + 1;
		last = &w->gone_next[i];
	}
}

static void
emit_gone(struct work *w, uint32_t first)
{
	for (uint32_t i = first; i != 0; i = w->gone_next[i - 1]) {
		struct rp_edit e = { .op = RP_OP_DELETE,
			.old = i - 1,
			.now = RP_NO_BLOCK,
			.split_of = RP_NO_BLOCK };
		rp_text t = w->pair.old.prose[i - 1]->text;
		struct list old = { 0 }, none = { 0 };

		if (t.n > 0)
			rp_vec_push(w->arena, &e.runs,
			    ((struct rp_script_run){ .change = RP_CHANGE_DEL,
				.old_block = i - 1,
				.old_to = (uint32_t)t.n,
				.to = (uint32_t)t.n }));
		rp_vec_push(w->arena, &old, i - 1);
		compare_notes(w, &old, &none, &e.notes);
		rp_vec_push(w->arena, &w->script->edits, e);
	}
}

/* True if both sides are the same octets from start to end. */
static bool
all_equal(const struct rp_edit *e, const struct rp_side *old)
{
	return e->runs.n == 0 ||
	       (e->runs.n == 1 && e->runs.v[0].change == RP_CHANGE_EQUAL &&
		   e->runs.v[0].old_block == e->old &&
		   e->runs.v[0].old_to == old->prose[e->old]->text.n);
}

static void
emit_new(struct work *w, uint32_t j)
{
	struct rp_pairing *p = &w->pair;
	struct rp_edit e = { .old = p->old_of[j],
		.now = j,
		.split_of = p->split_of[j],
		.runs = w->runs[j],
		.notes = w->notes[j] };
	bool same;

	if (e.old == RP_NO_PAIR) {
		e.op = RP_OP_INSERT;
		rp_vec_push(w->arena, &w->script->edits, e);
		return;
	}
	same = all_equal(&e, &p->old);
	if (same)
		e.runs.n = 0;
	e.op = p->moved[j] ? RP_OP_MOVE :
	       same && e.notes.n == 0 && !w->split[e.old] &&
		       p->old.key[e.old] == p->now.key[j] ?
			     RP_OP_EQUAL :
			     RP_OP_EDIT;
	rp_vec_push(w->arena, &w->script->edits, e);
}

static void
emit(struct work *w)
{
	struct rp_pairing *p = &w->pair;
	struct list *merged =
	    belongings(w->arena, p->merged_into, p->old.n, p->now.n);

	emit_gone(w, w->gone_first);
	for (uint32_t j = 0; j < p->now.n; j++) {
		struct rp_edit *e;

		emit_new(w, j);
		e = &w->script->edits.v[w->script->edits.n - 1];
		for (size_t k = 0; k < merged[j].n; k++)
			rp_vec_push(w->arena, &e->merged, merged[j].v[k]);
		if (e->merged.n > 0 && e->op == RP_OP_EQUAL)
			e->op = RP_OP_EDIT;
		emit_gone(w, w->gone[j]);
	}
}

/* Counts. */

static void
count_runs(struct work *w, const struct rp_script_runs *runs, rp_text now,
    const struct rp_script_note *note)
{
	struct rp_script *s = w->script;

	for (size_t i = 0; i < runs->n; i++) {
		const struct rp_script_run *r = &runs->v[i];
		rp_text t = now;
		uint32_t n;

		if (r->change == RP_CHANGE_DEL)
			t = note != NULL ?
				rp_note_text(w->arena, s->old, note->old) :
				w->pair.old.prose[r->old_block]->text;
		n = (uint32_t)rp_words_count(w->words,
		    rp_text_sub(t, r->from, r->to));
		if (r->change == RP_CHANGE_INS)
			s->words_inserted += n;
		else if (r->change == RP_CHANGE_DEL)
			s->words_deleted += n;
		else
			s->words_equal += n;
	}
}

static void
count_edit(struct work *w, const struct rp_edit *e)
{
	struct rp_script *s = w->script;
	rp_text now = { "", 0 };

	if (e->now != RP_NO_BLOCK)
		now = w->pair.now.prose[e->now]->text;
	s->n_noc += e->class == RP_CLASS_NOC;
	s->n_mod += e->class == RP_CLASS_MOD;
	s->n_editorial += e->class == RP_CLASS_MOD_EDITORIAL;
	s->n_add += e->class == RP_CLASS_ADD;
	s->n_sup += e->class == RP_CLASS_SUP;
	s->n_moved += e->op == RP_OP_MOVE;
	s->n_renumbered += e->renumbered;
	if (e->old != RP_NO_BLOCK && e->now != RP_NO_BLOCK && e->runs.n == 0)
		s->words_equal += (uint32_t)rp_words_count(w->words, now);
	count_runs(w, &e->runs, now, NULL);
	for (size_t i = 0; i < e->notes.n; i++) {
		const struct rp_script_note *n = &e->notes.v[i];
		rp_text t = { "", 0 };

		if (n->now != RP_NO_BLOCK)
			t = rp_note_text(w->arena, s->now, n->now);
		count_runs(w, &n->runs, t, n);
	}
}

static void
classify(struct work *w)
{
	struct rp_script *s = w->script;

	for (size_t i = 0; i < s->edits.n; i++) {
		struct rp_edit *e = &s->edits.v[i];

		rp_classify(w->arena, &w->pair.old, &w->pair.now, e);
		if (e->old != RP_NO_BLOCK && w->split[e->old])
			e->class = RP_CLASS_MOD;
		count_edit(w, e);
	}
}

static struct rp_err *
check(const struct rp_document *d)
{
	size_t octets = 0;

	if (d->body.blocks.n > RP_DOCUMENT_BLOCKS_MAX)
		return rp_fail(RP_E_LIMIT, "%zu blocks", d->body.blocks.n);
	for (size_t i = 0; i < d->body.blocks.n; i++) {
		const struct rp_block *b = &d->body.blocks.v[i];

		for (uint32_t r = b->label_runs; r < b->n_runs; r++)
			octets += b->runs[r].text.n;
	}
	if (octets > RP_DOCUMENT_TEXT_MAX)
		return rp_fail(RP_E_LIMIT, "%zu octets of text", octets);
	return NULL;
}

#define KEEP(a, vec)                                                  \
	do {                                                          \
		__typeof__((vec)->v) v_ =                             \
		    rp_alloc_n((a), (vec)->n + 1, sizeof(*v_));       \
		if ((vec)->n > 0)                                     \
			memcpy(v_, (vec)->v, (vec)->n * sizeof(*v_)); \
		(vec)->v = v_;                                        \
		(vec)->cap = (vec)->n + 1;                            \
	} while (0)

/* The script in another arena: it borrows no text. */
static struct rp_script *
keep_script(struct rp_arena *a, const struct rp_script *from)
{
	struct rp_script *s = rp_new(a, struct rp_script);

	*s = *from;
	KEEP(a, &s->edits);
	KEEP(a, &s->references);
	KEEP(a, &s->margins);
	for (size_t i = 0; i < s->margins.n; i++)
		KEEP(a, &s->margins.v[i].runs);
	for (size_t i = 0; i < s->edits.n; i++) {
		struct rp_edit *e = &s->edits.v[i];

		KEEP(a, &e->merged);
		KEEP(a, &e->runs);
		KEEP(a, &e->notes);
		for (size_t k = 0; k < e->notes.n; k++)
			KEEP(a, &e->notes.v[k].runs);
	}
	return s;
}

struct comparing {
	struct rp_words *words;
	const struct rp_document *old, *now;
	struct rp_script *script;
};

static struct rp_err *
compare(struct rp_arena *a, void *ctx)
{
	struct comparing *c = ctx;
	struct work w = { .arena = a, .words = c->words };
	size_t n, m;

	w.script = rp_new(a, struct rp_script);
	w.script->old = c->old;
	w.script->now = c->now;
	w.proses = rp_proses_new(a, c->words);
	rp_proses_side(w.proses, c->old, &w.pair.old);
	rp_proses_side(w.proses, c->now, &w.pair.now);
	rp_proses_weigh(w.proses, &w.pair.old, &w.pair.now);
	rp_pair(a, w.proses, &w.pair);
	n = w.pair.old.n;
	m = w.pair.now.n;
	w.runs = rp_new_n(a, struct rp_script_runs, m + 1);
	w.notes = rp_new_n(a, struct rp_script_notes, m + 1);
	w.gone = rp_new_n(a, uint32_t, m + 1);
	w.gone_next = rp_new_n(a, uint32_t, n + 1);
	w.split = rp_new_n(a, bool, n + 1);
	compare_pairs(&w);
	place_gone(&w);
	emit(&w);
	rp_find_references(a, &w.pair, w.script);
	rp_compare_margins(a, w.proses, w.script);
	classify(&w);
	c->script = w.script;
	return NULL;
}

static void
free_scratch(void *scratch)
{
	rp_arena_free(scratch);
}

struct rp_err *
rp_redline_compare(struct rp_arena *a, struct rp_words *words,
    const struct rp_document *old, const struct rp_document *now,
    struct rp_script **out)
{
	struct comparing c = { .words = words, .old = old, .now = now };
	struct rp_arena *scratch;

	RP_TRY(check(old));
	RP_TRY(check(now));
	scratch = rp_arena_new(RP_REDLINE_SCRATCH);
	rp_arena_defer(a, free_scratch, scratch);
	RP_TRY(rp_job_run_in(scratch, compare, &c));
	*out = keep_script(a, c.script);
	rp_arena_reset(scratch);
	return NULL;
}
