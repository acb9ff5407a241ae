#include "exchange/compare_private.h"

#include <string.h>

#include "base/err.h"

struct rp_run
rp_compare_run(struct rp_compare_making *m, const struct rp_run *r, bool now,
    rp_revision_ref ins, rp_revision_ref del)
{
	struct rp_run run = *r;
	uint32_t *note;

	run.ins = ins;
	run.del = del;
	if (now) {
		run.format += m->formats;
		run.link += run.link ? m->links : 0;
		run.field += run.field ? m->fields : 0;
	}
	if (r->kind != RP_RUN_NOTE)
		return run;
	note = now ? &m->new_notes[r->note] : &m->old_notes[r->note];
	if (*note == 0) {
		struct rp_story s =
		    now ? m->now->notes.v[r->note] : m->old->notes.v[r->note];
		struct rp_blocks blocks = { 0 };

		for (size_t i = 0; i < s.blocks.n; i++) {
			struct rp_block b = s.blocks.v[i];
			struct rp_compare_runs runs = { 0 };

			b.package = now;
			/* A note comes and goes with its mark; it never moves.
			 */
			if (now || del != 0) {
				rp_compare_all_runs(m, &b, now,
				    ins ? m->ins : 0, del ? m->del : 0, &runs);
				b.runs = runs.v;
				b.n_runs = (uint32_t)runs.n;
				b.label_runs = 0;
				b.changed = true;
			}
			rp_vec_push(m->arena, &blocks, b);
		}
		s.blocks = blocks;
		rp_vec_push(m->arena, &m->d->notes, s);
		*note = (uint32_t)m->d->notes.n;
	}
	run.note = *note - 1;
	return run;
}

void
rp_compare_all_runs(struct rp_compare_making *m, const struct rp_block *b,
    bool now, rp_revision_ref ins, rp_revision_ref del,
    struct rp_compare_runs *out)
{
	for (uint32_t i = 0; i < b->n_runs; i++)
		rp_vec_push(m->arena, out,
		    rp_compare_run(m, &b->runs[i], now, ins, del));
}

void
rp_compare_text(struct rp_compare_making *m, const struct rp_block *b, bool now,
    size_t from, size_t to, rp_revision_ref ins, rp_revision_ref del,
    struct rp_compare_runs *out)
{
	size_t at = 0;

	for (uint32_t i = b->label_runs; i < b->n_runs && at < to; i++) {
		const struct rp_run *r = &b->runs[i];
		size_t lo = from > at ? from - at : 0, hi = to - at;
		struct rp_run run;

		if (r->kind != RP_RUN_TEXT)
			continue;
		at += r->text.n;
		if (hi > r->text.n)
			hi = r->text.n;
		if (lo >= hi)
			continue;
		run = rp_compare_run(m, r, now, ins, del);
		if (lo > 0 || hi < r->text.n)
			run.raw = (rp_bytes){ 0 };
		run.text = rp_text_sub(r->text, lo, hi);
		rp_vec_push(m->arena, out, run);
	}
}

static rp_text
label_text(struct rp_arena *a, const struct rp_block *b)
{
	rp_text t = RP_TEXT("");

	for (uint32_t i = 0; i < b->label_runs; i++)
		t = rp_textf(a, "%.*s%.*s", RP_FMT(t), RP_FMT(b->runs[i].text));
	return t;
}

/* The first `n` octets of the label's runs; or what is behind them. */
static void
label_part(struct rp_compare_making *m, const struct rp_block *b, bool now,
    size_t from, size_t to, rp_revision_ref ins, rp_revision_ref del,
    struct rp_compare_runs *out)
{
	struct rp_block only = *b;

	only.n_runs = b->label_runs;
	only.label_runs = 0;
	rp_compare_text(m, &only, now, from, to, ins, del, out);
}

bool
rp_compare_label(struct rp_compare_making *m, const struct rp_block *old,
    const struct rp_block *now, struct rp_compare_runs *out)
{
	rp_text x = label_text(m->arena, old), y = label_text(m->arena, now);
	size_t same = 0;

	if (rp_text_eq(x, y)) {
		label_part(m, old, false, 0, x.n, 0, 0, out);
		return false;
	}
	/* The tab behind the label may stay. */
	while (same < x.n && same < y.n &&
	       x.p[x.n - 1 - same] == y.p[y.n - 1 - same] &&
	       (x.p[x.n - 1 - same] == '\t' || x.p[x.n - 1 - same] == ' '))
		same++;
	label_part(m, old, false, 0, x.n - same, 0, m->del, out);
	label_part(m, now, true, 0, y.n - same, m->ins, 0, out);
	label_part(m, old, false, x.n - same, x.n, 0, 0, out);
	return true;
}

/* A piece of the merged text, `at` counted in octets of the longer side. */
struct piece {
	enum rp_run_change change;
	size_t old_from, old_to, from, to;
	size_t at, n;
};

struct pieces RP_VEC(struct piece);

/* A note's mark or an opaque run in the text. */
struct mark {
	const struct rp_run *run;
	size_t offset; /* in the text of its block */
	size_t lo, hi; /* where it may stand in the merged text */
	size_t at;
	bool kept, placed;
};

struct marks RP_VEC(struct mark);

static void
find_marks(struct rp_arena *a, const struct rp_block *b, struct marks *out)
{
	size_t at = 0;

	for (uint32_t i = b->label_runs; i < b->n_runs; i++) {
		struct mark k = { .run = &b->runs[i], .offset = at };

		if (b->runs[i].kind == RP_RUN_TEXT)
			at += b->runs[i].text.n;
		else
			rp_vec_push(a, out, k);
	}
}

/* Where offset x of one side stands: from the end of x-1 to the begin of x. */
static void
bounds(const struct pieces *p, bool now, struct mark *k)
{
	bool found = false;
	size_t done = 0, end = 0;

	k->lo = k->hi = 0;
	for (size_t i = 0; i < p->n; i++) {
		const struct piece *x = &p->v[i];
		bool has = x->change == RP_CHANGE_EQUAL ||
			   (x->change == RP_CHANGE_INS) == now;
		size_t n = now ? x->to - x->from : x->old_to - x->old_from;

		end = x->at + x->n;
		if (!has || n == 0)
			continue;
		if (!found && k->offset <= done + n) {
			k->lo = k->offset < done + n || x->n == n ?
				    x->at + (k->offset - done) :
				    x->at + x->n;
			found = true;
		}
		if (k->offset < done + n) {
			k->hi = x->at + (k->offset - done);
			if (k->offset == 0)
				k->lo = 0;
			return;
		}
		done += n;
	}
	if (!found)
		k->lo = 0;
	k->hi = end;
	if (k->offset == 0)
		k->lo = 0;
}

static bool
same_story(struct rp_arena *a, const struct rp_story *x,
    const struct rp_story *y)
{
	if (x->blocks.n != y->blocks.n || x->kind != y->kind)
		return false;
	for (size_t i = 0; i < x->blocks.n; i++)
		if (!rp_text_eq(rp_block_text(a, &x->blocks.v[i]),
			rp_block_text(a, &y->blocks.v[i])) ||
		    !rp_text_eq(x->blocks.v[i].label.text,
			y->blocks.v[i].label.text))
			return false;
	return true;
}

static bool
same_octets(rp_bytes x, rp_bytes y)
{
	return x.n == y.n && (x.n == 0 || memcmp(x.p, y.p, x.n) == 0);
}

static bool
same_mark(struct rp_compare_making *m, const struct rp_run *x,
    const struct rp_run *y, const struct rp_script_notes *notes)
{
	if (x->kind != y->kind)
		return false;
	if (x->kind == RP_RUN_OPAQUE)
		return same_octets(x->same.n > 0 ? x->same : x->raw,
		    y->same.n > 0 ? y->same : y->raw);
	for (size_t i = 0; notes != NULL && i < notes->n; i++)
		if (notes->v[i].old == x->note && notes->v[i].now == y->note)
			return m->old->notes.v[x->note].kind ==
			       m->now->notes.v[y->note].kind;
	return same_story(m->arena, &m->old->notes.v[x->note],
	    &m->now->notes.v[y->note]);
}

/* Marks that stay, in order; the others go and come where they stand. */
static bool
pair_marks(struct rp_compare_making *m, struct marks *old, struct marks *now,
    const struct rp_script_notes *notes)
{
	size_t from = 0, least = 0;
	bool changed = false;

	for (size_t i = 0; i < old->n; i++) {
		struct mark *x = &old->v[i];

		for (size_t k = from; k < now->n && !x->kept; k++) {
			struct mark *y = &now->v[k];
			size_t lo = x->lo > y->lo ? x->lo : y->lo;
			size_t hi = x->hi < y->hi ? x->hi : y->hi;

			lo = lo > least ? lo : least;
			if (lo > hi || !same_mark(m, x->run, y->run, notes))
				continue;
			x->kept = y->kept = true;
			x->at = least = lo;
			from = k + 1;
			/* The note's own text may differ: of y. */
			if (x->run->kind == RP_RUN_NOTE)
				m->kept_notes[x->run->note] = y->run->note + 1;
		}
		if (!x->kept) {
			x->at = x->lo > least && x->hi >= least ? x->lo : least;
			if (x->at > x->hi)
				x->at = x->hi;
			changed = true;
		}
	}
	for (size_t k = 0; k < now->n; k++) {
		now->v[k].at = now->v[k].lo;
		changed = changed || !now->v[k].kept;
	}
	return changed;
}

static void
put_marks(struct rp_compare_making *m, struct marks *old, struct marks *now,
    size_t before, struct rp_compare_runs *out)
{
	for (size_t i = 0; i < old->n; i++) {
		struct mark *x = &old->v[i];

		if (x->placed || x->at > before)
			continue;
		x->placed = true;
		rp_vec_push(m->arena, out,
		    rp_compare_run(m, x->run, false, 0, x->kept ? 0 : m->del));
	}
	for (size_t i = 0; i < now->n; i++) {
		struct mark *y = &now->v[i];

		if (y->placed || y->kept || y->at > before)
			continue;
		y->placed = true;
		rp_vec_push(m->arena, out,
		    rp_compare_run(m, y->run, true, m->ins, 0));
	}
}

static size_t
next_mark(const struct marks *old, const struct marks *now, size_t to)
{
	for (size_t i = 0; i < old->n; i++)
		if (!old->v[i].placed && old->v[i].at < to)
			to = old->v[i].at;
	for (size_t i = 0; i < now->n; i++)
		if (!now->v[i].placed && !now->v[i].kept && now->v[i].at < to)
			to = now->v[i].at;
	return to;
}

static void
put_piece(struct rp_compare_making *m, const struct rp_block *old,
    const struct rp_block *now, const struct piece *p, size_t from, size_t to,
    struct rp_compare_runs *out)
{
	if (p->change == RP_CHANGE_INS)
		rp_compare_text(m, now, true, p->from + from, p->from + to,
		    m->ins, 0, out);
	else
		rp_compare_text(m, old, false, p->old_from + from,
		    p->old_from + to, 0,
		    p->change == RP_CHANGE_DEL ? m->del : 0, out);
}

static void
push_piece(struct rp_arena *a, struct pieces *p, struct piece x)
{
	size_t old = x.old_to - x.old_from, now = x.to - x.from;

	x.n = x.change == RP_CHANGE_INS ? now : old;
	if (x.n == 0)
		return;
	x.at = p->n ? p->v[p->n - 1].at + p->v[p->n - 1].n : 0;
	rp_vec_push(a, p, x);
}

/* Pieces in which equal means equal octets; all of both texts is in them. */
static void
make_pieces(struct rp_compare_making *m, rp_text x, rp_text y,
    uint32_t old_index, const struct rp_script_run *runs, size_t n,
    struct pieces *out)
{
	struct rp_script_run all = { .old_block = old_index,
		.old_to = (uint32_t)x.n,
		.to = (uint32_t)y.n };
	size_t old_at = 0, at = 0;

	if (n == 0) {
		runs = &all;
		n = 1;
	}
	for (size_t i = 0; i < n; i++) {
		const struct rp_script_run *r = &runs[i];
		bool has_old =
		    r->change != RP_CHANGE_INS && r->old_block == old_index;
		bool has_new = r->change != RP_CHANGE_DEL;
		size_t from = r->old_from, to = r->old_to;

		if (r->change == RP_CHANGE_DEL) {
			from = r->from;
			to = r->to;
		}
		if (has_old && (from < old_at || to > x.n || from > to))
			has_old = false;
		if (has_new && (r->from < at || r->to > y.n || r->from > r->to))
			has_new = false;
		if (has_old && from > old_at) {
			push_piece(m->arena, out,
			    (struct piece){ .change = RP_CHANGE_DEL,
				.old_from = old_at,
				.old_to = from });
			old_at = from;
		}
		if (has_new && r->from > at) {
			push_piece(m->arena, out,
			    (struct piece){ .change = RP_CHANGE_INS,
				.from = at,
				.to = r->from });
			at = r->from;
		}
		if (has_old && has_new && to - from == r->to - r->from &&
		    (to == from ||
			memcmp(x.p + from, y.p + r->from, to - from) == 0)) {
			push_piece(m->arena, out,
			    (struct piece){ RP_CHANGE_EQUAL, from, to, r->from,
				r->to, 0, 0 });
			old_at = to;
			at = r->to;
			continue;
		}
		if (has_old) {
			push_piece(m->arena, out,
			    (struct piece){ .change = RP_CHANGE_DEL,
				.old_from = from,
				.old_to = to });
			old_at = to;
		}
		if (has_new) {
			push_piece(m->arena, out,
			    (struct piece){ .change = RP_CHANGE_INS,
				.from = r->from,
				.to = r->to });
			at = r->to;
		}
	}
	push_piece(m->arena, out,
	    (struct piece){ .change = RP_CHANGE_DEL,
		.old_from = old_at,
		.old_to = x.n });
	push_piece(m->arena, out,
	    (struct piece){ .change = RP_CHANGE_INS, .from = at, .to = y.n });
}

bool
rp_compare_merge(struct rp_compare_making *m, const struct rp_block *old,
    const struct rp_block *now, uint32_t old_index,
    const struct rp_script_run *runs, size_t n,
    const struct rp_script_notes *notes, struct rp_compare_runs *out)
{
	struct marks old_marks = { 0 }, new_marks = { 0 };
	struct pieces p = { 0 };
	bool changed;

	make_pieces(m, rp_block_text(m->arena, old),
	    rp_block_text(m->arena, now), old_index, runs, n, &p);
	find_marks(m->arena, old, &old_marks);
	find_marks(m->arena, now, &new_marks);
	for (size_t i = 0; i < old_marks.n; i++)
		bounds(&p, false, &old_marks.v[i]);
	for (size_t i = 0; i < new_marks.n; i++)
		bounds(&p, true, &new_marks.v[i]);
	changed = rp_compare_label(m, old, now, out);
	if (pair_marks(m, &old_marks, &new_marks, notes))
		changed = true;
	for (size_t i = 0; i < p.n; i++) {
		const struct piece *x = &p.v[i];
		size_t done = 0;

		changed = changed || x->change != RP_CHANGE_EQUAL;
		while (done < x->n) {
			size_t to;

			put_marks(m, &old_marks, &new_marks, x->at + done, out);
			to = next_mark(&old_marks, &new_marks, x->at + x->n) -
			     x->at;
			put_piece(m, old, now, x, done, to, out);
			done = to;
		}
	}
	put_marks(m, &old_marks, &new_marks, SIZE_MAX, out);
	return changed;
}
