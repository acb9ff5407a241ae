#include "redline/notes.h"

#include "base/err.h"
#include "redline/compare.h"
#include "redline/runs.h"
#include "redline/wdiff.h"

/* A mark: which note, its text, and which of the blocks it stands in. */
struct mark {
	uint32_t note;
	size_t block;
	const struct rp_prose *prose;
};
struct marks RP_VEC(struct mark);

struct work {
	struct rp_arena *arena;
	struct rp_proses *proses;
	const struct rp_noted *noted;
	struct marks old, now;
};

rp_text
rp_story_text(struct rp_arena *a, const struct rp_story *s)
{
	const struct rp_blocks *b = &s->blocks;
	size_t n = 0;
	char *p;

	if (b->n == 1)
		return rp_block_text(a, &b->v[0]);
	for (size_t i = 0; i < b->n; i++)
		n += rp_block_text(a, &b->v[i]).n + 1;
	p = rp_alloc(a, n + 1);
	n = 0;
	for (size_t i = 0; i < b->n; i++) {
		rp_text t = rp_block_text(a, &b->v[i]);

		if (i > 0)
			p[n++] = '\n';
		memcpy(p + n, t.p, t.n);
		n += t.n;
	}
	return (rp_text){ p, n };
}

rp_text
rp_note_text(struct rp_arena *a, const struct rp_document *d, uint32_t note)
{
	if (note >= d->notes.n)
		return RP_TEXT("");
	return rp_story_text(a, &d->notes.v[note]);
}

static void
collect(struct work *w, const struct rp_side *s, const uint32_t *block,
    size_t n, struct marks *out)
{
	for (size_t k = 0; k < n; k++) {
		const struct rp_block *b = &s->blocks[block[k]];

		for (uint32_t r = 0; r < b->n_runs; r++) {
			uint32_t note = b->runs[r].note;
			struct mark m = { note, k, NULL };

			if (b->runs[r].kind != RP_RUN_NOTE)
				continue;
			m.prose = rp_proses_of(w->proses,
			    rp_note_text(w->arena, s->doc, note));
			rp_vec_push(w->arena, out, m);
		}
	}
}

/* Changed, or only on one side: `x` or `y` may be NULL. */
static void
report(struct work *w, const struct mark *x, const struct mark *y)
{
	struct rp_script_note note = { x ? x->note : RP_NO_BLOCK,
		y ? y->note : RP_NO_BLOCK, { 0 } };
	const struct rp_prose *empty = rp_proses_of(w->proses, RP_TEXT(""));
	const struct rp_prose *px = x ? x->prose : empty;
	const struct rp_prose *py = y ? y->prose : empty;
	struct rp_strand sx = rp_strand_of(w->arena, &px, &note.old, 1);
	struct rp_strand sy = rp_strand_of(w->arena, &py, &note.now, 1);
	size_t at = y ? y->block : 0;

	if (x != NULL && y != NULL && rp_text_eq(px->text, py->text))
		return;
	rp_runs_of(w->arena, rp_proses_vocabulary(w->proses), &sx, &sy,
	    &note.runs);
	rp_vec_push(w->arena, &w->noted->out[at], note);
}

/* Two notes share a good part of their words. */
static bool
alike(const struct mark *x, const struct mark *y)
{
	const struct rp_bag *a = &x->prose->bag, *b = &y->prose->bag;
	uint32_t i = 0, j = 0, common = 0;

	while (i < a->n && j < b->n) {
		common += a->id[i] == b->id[j];
		if (a->id[i] <= b->id[j])
			i++;
		else
			j++;
	}
	return 4 * common >= a->n + b->n;
}

/* Old marks [i, i_end) became new marks [j, j_end), none of them equal. */
static void
gap(struct work *w, size_t i, size_t i_end, size_t j, size_t j_end)
{
	bool one_for_one = i_end - i == j_end - j;

	while (i < i_end && j < j_end) {
		const struct mark *x = &w->old.v[i], *y = &w->now.v[j];

		if (one_for_one || alike(x, y)) {
			report(w, x, y);
			i++;
			j++;
		} else if (i_end - i > j_end - j) {
			report(w, x, NULL);
			i++;
		} else {
			report(w, NULL, y);
			j++;
		}
	}
	for (; i < i_end; i++)
		report(w, &w->old.v[i], NULL);
	for (; j < j_end; j++)
		report(w, NULL, &w->now.v[j]);
}

static uint32_t *
keys(struct rp_arena *a, const struct marks *m)
{
	uint32_t *v = rp_new_n(a, uint32_t, m->n + 1);

	for (size_t i = 0; i < m->n; i++)
		v[i] =
		    (uint32_t)(m->v[i].prose->key ^ m->v[i].prose->key >> 32);
	return v;
}

void
rp_compare_notes(struct rp_arena *a, struct rp_proses *p,
    const struct rp_side *old, const struct rp_side *now,
    const struct rp_noted *noted)
{
	struct work w = { .arena = a, .proses = p, .noted = noted };
	struct rp_wdiff_spans s;
	size_t i = 0, j = 0;

	collect(&w, old, noted->old, noted->n_old, &w.old);
	collect(&w, now, noted->now, noted->n_now, &w.now);
	if (w.old.n == 0 && w.now.n == 0)
		return;
	s = rp_wdiff(a, keys(a, &w.old), w.old.n, keys(a, &w.now), w.now.n);
	for (size_t k = 0; k < s.n; k++) {
		gap(&w, i, s.v[k].x, j, s.v[k].y);
		for (i = s.v[k].x, j = s.v[k].y; i < s.v[k].x + s.v[k].n;
		     i++, j++)
			report(&w, &w.old.v[i], &w.now.v[j]);
	}
	gap(&w, i, w.old.n, j, w.now.n);
}

/* Headers and footers. */

struct margins {
	struct rp_arena *arena;
	struct rp_proses *proses;
	struct rp_script *script;
	const struct rp_stories *old, *now;
	const struct rp_prose **old_text, **now_text;
	uint32_t *now_of, *old_of; /* pairs; RP_NO_BLOCK: none yet */
};

static const struct rp_prose **
margin_texts(struct margins *m, const struct rp_stories *s)
{
	const struct rp_prose **v =
	    rp_new_n(m->arena, const struct rp_prose *, s->n + 1);

	for (size_t i = 0; i < s->n; i++)
		v[i] =
		    rp_proses_of(m->proses, rp_story_text(m->arena, &s->v[i]));
	return v;
}

static uint32_t *
unpaired(struct rp_arena *a, size_t n)
{
	uint32_t *v = rp_new_n(a, uint32_t, n + 1);

	for (size_t i = 0; i < n; i++)
		v[i] = RP_NO_BLOCK;
	return v;
}

enum how { BY_TEXT, BY_NAME, BY_ORDER };

static void
pair_margins(struct margins *m, enum how how)
{
	for (uint32_t i = 0; i < m->old->n; i++) {
		const struct rp_story *x = &m->old->v[i];

		for (uint32_t j = 0;
		     m->now_of[i] == RP_NO_BLOCK && j < m->now->n; j++) {
			const struct rp_story *y = &m->now->v[j];
			bool good =
			    how == BY_ORDER ||
			    (how == BY_NAME && x->id.n > 0 &&
				rp_text_eq(x->id, y->id)) ||
			    (how == BY_TEXT && rp_text_eq(m->old_text[i]->text,
						   m->now_text[j]->text));

			if (x->kind != y->kind || !good ||
			    m->old_of[j] != RP_NO_BLOCK)
				continue;
			m->now_of[i] = j;
			m->old_of[j] = i;
		}
	}
}

static void
report_margin(struct margins *m, uint32_t old, uint32_t now)
{
	struct rp_script_margin r = { .old = old, .now = now };
	const struct rp_prose *empty = rp_proses_of(m->proses, RP_TEXT(""));
	const struct rp_prose *x =
	    old != RP_NO_BLOCK ? m->old_text[old] : empty;
	const struct rp_prose *y =
	    now != RP_NO_BLOCK ? m->now_text[now] : empty;
	struct rp_strand sx = rp_strand_of(m->arena, &x, &r.old, 1);
	struct rp_strand sy = rp_strand_of(m->arena, &y, &r.now, 1);

	if (rp_text_eq(rp_text_trim(x->text), rp_text_trim(y->text)))
		return;
	r.kind = old != RP_NO_BLOCK ? m->old->v[old].kind : m->now->v[now].kind;
	rp_runs_of(m->arena, rp_proses_vocabulary(m->proses), &sx, &sy,
	    &r.runs);
	rp_vec_push(m->arena, &m->script->margins, r);
}

void
rp_compare_margins(struct rp_arena *a, struct rp_proses *p,
    struct rp_script *script)
{
	struct margins m = { .arena = a,
		.proses = p,
		.script = script,
		.old = &script->old->margins,
		.now = &script->now->margins };

	m.old_text = margin_texts(&m, m.old);
	m.now_text = margin_texts(&m, m.now);
	m.now_of = unpaired(a, m.old->n);
	m.old_of = unpaired(a, m.now->n);
	for (enum how how = BY_TEXT; how <= BY_ORDER; how++)
		pair_margins(&m, how);
	for (uint32_t i = 0; i < m.old->n; i++)
		report_margin(&m, i, m.now_of[i]);
	for (uint32_t j = 0; j < m.now->n; j++)
		if (m.old_of[j] == RP_NO_BLOCK)
			report_margin(&m, RP_NO_BLOCK, j);
}
