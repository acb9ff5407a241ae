#include "redline/merge.h"

#include "base/buf.h"
#include "base/err.h"

/* octets [from, to) of a base block become `text`. */
struct hunk {
	uint32_t from, to;
	rp_text text;
	uint32_t party;
};
struct hunks RP_VEC(struct hunk);

/* What one party does to one base block. */
struct state {
	bool gone;
	uint32_t moved_to;
	struct hunks hunks;
};

struct work {
	struct rp_arena *arena;
	struct rp_consolidated *out;
	size_t n_blocks;
	rp_text *base;                 /* texts */
	struct state *states;          /* [party * n_blocks + block] */
	struct rp_merge_blocks *slots; /* [party * (n_blocks + 1) + slot] */
	rp_parties *objectors;         /* of a block */
	rp_parties *movers;            /* the same: who moves it elsewhere */
};

static rp_text
text_of(struct rp_arena *a, const struct rp_document *d, uint32_t block)
{
	return rp_block_text(a, &d->body.blocks.v[block]);
}

static bool
has(rp_parties set, uint32_t party)
{
	return (set >> party & 1) != 0;
}

static struct state *
state_at(const struct work *w, uint32_t party, uint32_t block)
{
	return &w->states[party * w->n_blocks + block];
}

static struct rp_merge_blocks *
slot_at(const struct work *w, uint32_t party, uint32_t slot)
{
	return &w->slots[party * (w->n_blocks + 1) + slot];
}

/* Into base coordinates. */

/*
 * What is EQUAL from the block itself, going forward, is kept; everything
 * between is a replacement. So what was merged into the block is inserted, and
 * what was split off it is deleted.
 */
static void
add_hunks(struct work *w, uint32_t party, const struct rp_edit *e, rp_text now)
{
	struct state *s = state_at(w, party, e->old);
	uint32_t x = 0, y = 0, x_end = (uint32_t)w->base[e->old].n;

	if (e->runs.n == 0)
		return;
	for (size_t i = 0; i <= e->runs.n; i++) {
		struct rp_script_run end = { .old_from = x_end,
			.old_to = x_end,
			.from = (uint32_t)now.n,
			.to = (uint32_t)now.n,
			.old_block = e->old };
		const struct rp_script_run *r =
		    i < e->runs.n ? &e->runs.v[i] : &end;

		if (r->change != RP_CHANGE_EQUAL || r->old_block != e->old ||
		    r->old_from < x)
			continue;
		if (r->old_from > x || r->from > y) {
			struct hunk h = { x, r->old_from,
				rp_text_sub(now, y, r->from), party };

			rp_vec_push(w->arena, &s->hunks, h);
		}
		x = r->old_to;
		y = r->to;
	}
}

static void
read_amendment(struct work *w, uint32_t party)
{
	const struct rp_script *s = w->out->amendments[party].script;
	uint32_t slot = 0;

	for (uint32_t b = 0; b < w->n_blocks; b++)
		*state_at(w, party, b) =
		    (struct state){ .gone = true, .moved_to = RP_NO_BLOCK };
	for (size_t i = 0; i < s->edits.n; i++) {
		const struct rp_edit *e = &s->edits.v[i];
		struct rp_merge_block b = { .party = party,
			.block = e->now,
			.moved_from = RP_NO_BLOCK };

		if (e->now == RP_NO_BLOCK)
			continue;
		b.text = text_of(w->arena, s->now, e->now);
		if (e->old != RP_NO_BLOCK && e->op != RP_OP_MOVE &&
		    e->old >= slot) {
			state_at(w, party, e->old)->gone = false;
			add_hunks(w, party, e, b.text);
			slot = e->old + 1;
			continue;
		}
		if (e->old != RP_NO_BLOCK) {
			b.moved_from = e->old;
			state_at(w, party, e->old)->moved_to = slot;
			w->movers[e->old] |= (rp_parties)1 << party;
		}
		rp_vec_push(w->arena, slot_at(w, party, slot), b);
	}
}

/* Changes. */

static struct rp_merge_change *
add_change(struct work *w, enum rp_merge_place place, uint32_t at,
    uint32_t from, uint32_t to)
{
	struct rp_merge_change c = { .place = place,
		.at = at,
		.from = from,
		.to = to,
		.decided = RP_MERGE_OPEN };

	rp_vec_push(w->arena, &w->out->changes, c);
	return &w->out->changes.v[w->out->changes.n - 1];
}

static bool
same_blocks(const struct rp_merge_blocks *x, const struct rp_merge_blocks *y)
{
	if (x->n != y->n)
		return false;
	for (size_t i = 0; i < x->n; i++)
		if (!rp_text_eq(x->v[i].text, y->v[i].text) ||
		    x->v[i].moved_from != y->v[i].moved_from)
			return false;
	return true;
}

/* One more party wants this: it joins who wants the same. */
static void
add_choice(struct work *w, struct rp_merge_change *c, uint32_t party,
    const struct rp_merge_choice *want)
{
	for (size_t i = 0; i < c->choices.n; i++) {
		struct rp_merge_choice *k = &c->choices.v[i];

		if (k->gone == want->gone && k->moved_to == want->moved_to &&
		    rp_text_eq(k->text, want->text) &&
		    same_blocks(&k->blocks, &want->blocks)) {
			k->parties |= (rp_parties)1 << party;
			return;
		}
	}
	rp_vec_push(w->arena, &c->choices, *want);
	c->choices.v[c->choices.n - 1].parties = (rp_parties)1 << party;
}

static struct rp_merge_choice
choice_of(rp_text t)
{
	return (struct rp_merge_choice){ .text = t, .moved_to = RP_NO_BLOCK };
}

/* Base blocks that more than one intention moves, or that somebody edits. */
static bool
contested_move(const struct work *w, uint32_t block)
{
	uint32_t to = RP_NO_BLOCK;

	if (w->objectors[block] & ~w->movers[block])
		return true;
	for (uint32_t p = 0; p < w->out->n; p++) {
		const struct state *s = state_at(w, p, block);

		if (s->moved_to == RP_NO_BLOCK) {
			if (s->gone || s->hunks.n > 0)
				return true;
			continue;
		}
		if (to != RP_NO_BLOCK && to != s->moved_to)
			return true;
		to = s->moved_to;
	}
	return false;
}

static void
merge_slot(struct work *w, uint32_t slot)
{
	struct rp_merge_change *c = NULL;

	for (uint32_t p = 0; p < w->out->n; p++) {
		const struct rp_merge_blocks *b = slot_at(w, p, slot);
		struct rp_merge_choice want = choice_of(RP_TEXT(""));

		if (b->n == 0)
			continue;
		if (c == NULL)
			c = add_change(w, RP_MERGE_SLOT, slot, 0, 0);
		want.blocks = *b;
		add_choice(w, c, p, &want);
		for (size_t i = 0; i < b->n; i++)
			if (b->v[i].moved_from != RP_NO_BLOCK &&
			    contested_move(w, b->v[i].moved_from)) {
				c->bracket = true;
				c->objectors |=
				    w->objectors[b->v[i].moved_from];
			}
	}
	if (c != NULL && c->choices.n > 1)
		c->bracket = true;
}

/* The party's text of base octets [from, to), which no hunk crosses. */
static rp_text
text_in(struct work *w, uint32_t party, uint32_t block, uint32_t from,
    uint32_t to)
{
	const struct hunks *h = &state_at(w, party, block)->hunks;
	rp_text base = w->base[block], out;
	uint32_t at = from;
	struct rp_buf b;

	rp_buf_init(&b, w->arena, SIZE_MAX / 4);
	for (size_t i = 0; i < h->n; i++) {
		const struct hunk *k = &h->v[i];

		if (k->from < from || k->to > to)
			continue;
		rp_buf_text(&b, rp_text_sub(base, at, k->from));
		rp_buf_text(&b, k->text);
		at = k->to;
	}
	rp_buf_text(&b, rp_text_sub(base, at, to));
	if (rp_buf_done(&b, &out) != NULL)
		rp_panic(__FILE__, __LINE__, "a text is no text");
	return out;
}

static int
by_place(const void *x, const void *y)
{
	const struct hunk *a = x, *b = y;
	int text;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	if (a->to != b->to)
		return a->to < b->to ? -1 : 1;
	text = rp_text_cmp(a->text, b->text);
	return text != 0 ? text : (a->party > b->party) - (a->party < b->party);
}

/* A range of hunks that belong together, and whether they differ. */
struct cluster {
	uint32_t from, to;
	size_t first, n;
	bool differ;
	bool inserts_at_end; /* some hunk that ends there puts text in */
	bool point_at_end;   /* some hunk there is an insertion alone */
};
struct clusters RP_VEC(struct cluster);

/*
 * Overlapping, or touching where that leaves the order open: two that insert,
 * or an insertion at the edge of anything.
 */
static bool
belongs(const struct cluster *c, const struct hunk *h)
{
	if (h->from != c->to)
		return h->from < c->to;
	return h->from == h->to || c->point_at_end ||
	       (h->text.n > 0 && c->inserts_at_end);
}

static struct cluster
cluster_of(const struct hunk *h, size_t i)
{
	return (struct cluster){ h->from, h->to, i, 1, false, h->text.n > 0,
		h->from == h->to };
}

static struct clusters
cluster(struct work *w, const struct hunks *all)
{
	struct clusters out = { 0 };

	for (size_t i = 0; i < all->n; i++) {
		const struct hunk *h = &all->v[i];
		struct cluster *c = out.n > 0 ? &out.v[out.n - 1] : NULL;

		if (c == NULL || !belongs(c, h)) {
			rp_vec_push(w->arena, &out, cluster_of(h, i));
			continue;
		}
		c->n++;
		c->differ = c->differ || h->from != all->v[c->first].from ||
			    h->to != all->v[c->first].to ||
			    !rp_text_eq(h->text, all->v[c->first].text);
		if (h->to > c->to) {
			c->to = h->to;
			c->inserts_at_end = c->point_at_end = false;
		}
		if (h->to == c->to) {
			c->inserts_at_end |= h->text.n > 0;
			c->point_at_end |= h->from == h->to;
		}
	}
	return out;
}

/* The choices of all who changed something in a range of a block. */
static void
merge_range(struct work *w, uint32_t block, enum rp_merge_place place,
    uint32_t from, uint32_t to, rp_parties who)
{
	struct rp_merge_change *c = add_change(w, place, block, from, to);

	for (uint32_t p = 0; p < w->out->n; p++) {
		struct rp_merge_choice want;

		if (!has(who, p))
			continue;
		want = choice_of(text_in(w, p, block, from, to));
		if (state_at(w, p, block)->gone) {
			want = choice_of(RP_TEXT(""));
			want.gone = true;
			want.moved_to = state_at(w, p, block)->moved_to;
		}
		add_choice(w, c, p, &want);
	}
	c->objectors = w->objectors[block] & ~who;
	c->bracket = c->choices.n > 1 || c->objectors != 0;
}

static bool
too_much(const struct clusters *c, size_t octets)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].differ)
			n += c->v[i].to - c->v[i].from;
	return n * 100 > octets * RP_MERGE_WHOLE_PERCENT;
}

static void
merge_block(struct work *w, uint32_t block)
{
	uint32_t end = (uint32_t)w->base[block].n;
	rp_parties gone = 0, edited = 0;
	struct hunks all = { 0 };
	struct clusters c;

	for (uint32_t p = 0; p < w->out->n; p++) {
		const struct state *s = state_at(w, p, block);

		if (s->gone)
			gone |= (rp_parties)1 << p;
		else if (s->hunks.n > 0)
			edited |= (rp_parties)1 << p;
		for (size_t i = 0; i < s->hunks.n; i++)
			rp_vec_push(w->arena, &all, s->hunks.v[i]);
	}
	if (gone != 0) {
		merge_range(w, block, RP_MERGE_BLOCK, 0, end, gone | edited);
		return;
	}
	if (all.n > 1)
		qsort(all.v, all.n, sizeof(*all.v), by_place);
	c = cluster(w, &all);
	if (too_much(&c, end)) {
		merge_range(w, block, RP_MERGE_BLOCK, 0, end, edited);
		return;
	}
	for (size_t i = 0; i < c.n; i++) {
		rp_parties who = 0;

		for (size_t k = 0; k < c.v[i].n; k++)
			who |= (rp_parties)1 << all.v[c.v[i].first + k].party;
		merge_range(w, block, RP_MERGE_RANGE, c.v[i].from, c.v[i].to,
		    who);
	}
}

struct rp_err *
rp_redline_merge(struct rp_arena *a, const struct rp_document *base,
    const struct rp_amendment *amendments, size_t n,
    struct rp_consolidated **out)
{
	struct work w = { .arena = a, .n_blocks = base->body.blocks.n };

	if (n > RP_MERGE_PARTIES_MAX)
		return rp_fail(RP_E_LIMIT, "%zu amendments", n);
	for (size_t p = 0; p < n; p++)
		if (amendments[p].script->old != base)
			return rp_fail(RP_E_INVALID,
			    "amendment %zu is on another base", p);
	w.out = rp_new(a, struct rp_consolidated);
	*w.out = (struct rp_consolidated){ base, amendments, n, { 0 }, 0 };
	w.base = rp_new_n(a, rp_text, w.n_blocks + 1);
	w.objectors = rp_new_n(a, rp_parties, w.n_blocks + 1);
	w.movers = rp_new_n(a, rp_parties, w.n_blocks + 1);
	w.states = rp_new_n(a, struct state, n * w.n_blocks + 1);
	w.slots = rp_new_n(a, struct rp_merge_blocks, n * (w.n_blocks + 1) + 1);
	for (uint32_t b = 0; b < w.n_blocks; b++)
		w.base[b] = text_of(a, base, b);
	for (uint32_t p = 0; p < n; p++) {
		for (size_t i = 0; i < amendments[p].n_noc; i++)
			if (amendments[p].noc[i] < w.n_blocks)
				w.objectors[amendments[p].noc[i]] |=
				    (rp_parties)1 << p;
		read_amendment(&w, p);
	}
	for (uint32_t b = 0; b <= w.n_blocks; b++) {
		merge_slot(&w, b);
		if (b < w.n_blocks)
			merge_block(&w, b);
	}
	*out = w.out;
	return NULL;
}

/* Texts out of it. */

/* The choice to take of each change; RP_MERGE_BASE: none. */
struct picks {
	struct rp_arena *arena;
	const struct rp_consolidated *c;
	int32_t *v;
	struct rp_document *doc;
};

static void
push_block(struct picks *p, const struct rp_block *like, rp_text t, bool notes)
{
	struct rp_block b = *like;

	b.runs = rp_new_n(p->arena, struct rp_run, like->n_runs + 1);
	b.runs[0].text = t;
	b.n_runs = 1;
	for (uint32_t i = 0; i < like->n_runs && notes; i++)
		if (like->runs[i].kind == RP_RUN_NOTE)
			b.runs[b.n_runs++] = like->runs[i];
	b.label_runs = 0;
	b.mark_ins = b.mark_del = b.mark_format = 0;
	b.raw = b.props = (rp_bytes){ 0 };
	if (b.label.kind == RP_LABEL_TYPED)
		b.label.kind = RP_LABEL_AUTO;
	rp_vec_push(p->arena, &p->doc->body.blocks, b);
}

static void
put_slot(struct picks *p, const struct rp_merge_choice *k)
{
	for (size_t i = 0; i < k->blocks.n; i++) {
		const struct rp_merge_block *b = &k->blocks.v[i];
		const struct rp_document *from =
		    p->c->amendments[b->party].script->now;

		push_block(p,
		    b->own != NULL ? b->own : &from->body.blocks.v[b->block],
		    b->text, false);
	}
}

/* Block `b` with changes [from, to), none of them a slot. */
static void
put_block(struct picks *p, uint32_t b, size_t from, size_t to)
{
	const struct rp_block *block = &p->c->base->body.blocks.v[b];
	rp_text base = rp_block_text(p->arena, block), out;
	bool changed = false;
	uint32_t at = 0;
	struct rp_buf buf;

	rp_buf_init(&buf, p->arena, SIZE_MAX / 4);
	for (size_t i = from; i < to; i++) {
		const struct rp_merge_change *c = &p->c->changes.v[i];
		const struct rp_merge_choice *k;

		if (p->v[i] < 0)
			continue;
		k = &c->choices.v[p->v[i]];
		if (k->gone)
			return;
		changed = true;
		rp_buf_text(&buf, rp_text_sub(base, at, c->from));
		rp_buf_text(&buf, k->text);
		at = c->to;
	}
	if (!changed) {
		rp_vec_push(p->arena, &p->doc->body.blocks, *block);
		return;
	}
	rp_buf_text(&buf, rp_text_sub(base, at, base.n));
	if (rp_buf_done(&buf, &out) != NULL)
		rp_panic(__FILE__, __LINE__, "a text is no text");
	push_block(p, block, out, true);
}

static struct rp_document *
build(struct picks *p)
{
	const struct rp_document *base = p->c->base;
	size_t i = 0;

	p->doc = rp_new(p->arena, struct rp_document);
	*p->doc = *base;
	p->doc->body.blocks = (struct rp_blocks){ 0 };
	for (uint32_t b = 0; b <= base->body.blocks.n; b++) {
		size_t first;

		for (; i < p->c->changes.n && p->c->changes.v[i].at == b &&
		       p->c->changes.v[i].place == RP_MERGE_SLOT;
		     i++)
			if (p->v[i] >= 0)
				put_slot(p,
				    &p->c->changes.v[i].choices.v[p->v[i]]);
		first = i;
		while (i < p->c->changes.n && p->c->changes.v[i].at == b)
			i++;
		if (b < base->body.blocks.n)
			put_block(p, b, first, i);
	}
	return p->doc;
}

static int32_t
choice_with(const struct rp_merge_change *c, rp_parties who)
{
	for (size_t k = 0; k < c->choices.n; k++)
		if (c->choices.v[k].parties & who)
			return (int32_t)k;
	return RP_MERGE_BASE;
}

struct rp_document *
rp_merge_project(struct rp_arena *a, const struct rp_consolidated *c,
    int32_t party)
{
	struct picks p = { a, c, NULL, NULL };

	RP_ASSERT(
	    party == RP_MERGE_BASE || (party >= 0 && (size_t)party < c->n));
	p.v = rp_new_n(a, int32_t, c->changes.n + 1);
	for (size_t i = 0; i < c->changes.n; i++)
		p.v[i] = party == RP_MERGE_BASE ? RP_MERGE_BASE :
						  choice_with(&c->changes.v[i],
						      (rp_parties)1 << party);
	return build(&p);
}

/* Deciding. */

struct rp_err *
rp_merge_link(struct rp_consolidated *c, const uint32_t *ids, size_t n)
{
	uint32_t set = c->n_sets + 1;

	for (size_t i = 0; i < n; i++)
		if (ids[i] >= c->changes.n)
			return rp_fail(RP_E_NOTFOUND, "no change %u", ids[i]);
	for (size_t i = 0; i < n; i++) {
		uint32_t was = c->changes.v[ids[i]].set;

		c->changes.v[ids[i]].set = set;
		for (size_t k = 0; k < c->changes.n && was != 0; k++)
			if (c->changes.v[k].set == was)
				c->changes.v[k].set = set;
	}
	c->n_sets = set;
	return NULL;
}

struct rp_err *
rp_merge_decide(struct rp_consolidated *c, uint32_t id, int32_t choice)
{
	struct rp_merge_change *first;
	rp_parties who = 0;

	if (id >= c->changes.n)
		return rp_fail(RP_E_NOTFOUND, "no change %u", id);
	first = &c->changes.v[id];
	if (choice < RP_MERGE_BASE || choice >= (int32_t)first->choices.n)
		return rp_fail(RP_E_NOTFOUND, "no choice %d", choice);
	if (choice >= 0)
		who = first->choices.v[choice].parties;
	for (size_t i = 0; i < c->changes.n; i++)
		if (first->set != 0 && c->changes.v[i].set == first->set)
			c->changes.v[i].decided =
			    choice_with(&c->changes.v[i], who);
	first->decided = choice;
	return NULL;
}

/* The first alternative that has blocks: what is new is made after them. */
static const struct rp_merge_blocks *
forms(const struct rp_merge_change *k)
{
	for (size_t i = 0; i < k->choices.n; i++)
		if (k->choices.v[i].blocks.n > 0)
			return &k->choices.v[i].blocks;
	return NULL;
}

/* A block in another's form, with its label; what was no text is not there. */
static const struct rp_block *
in_form_of(struct rp_arena *a, const struct rp_block *like, rp_text text)
{
	struct rp_block *b = rp_new(a, struct rp_block);

	*b = *like;
	b->runs = rp_new_n(a, struct rp_run, like->label_runs + 1U);
	for (uint32_t i = 0; i < like->label_runs; i++)
		b->runs[i] = like->runs[i];
	if (like->n_runs > like->label_runs)
		b->runs[like->label_runs].format =
		    like->runs[like->label_runs].format;
	b->runs[like->label_runs].text = text;
	b->n_runs = like->label_runs + 1;
	return b;
}

static void
put_lines(struct rp_arena *a, const struct rp_consolidated *c,
    const struct rp_merge_blocks *like, rp_text text,
    struct rp_merge_choice *out)
{
	for (size_t at = 0, end, i = 0; at <= text.n; at = end + 1) {
		size_t form = i < like->n ? i : like->n - 1;
		struct rp_merge_block b = like->v[form];
		const struct rp_document *from =
		    c->amendments[b.party].script->now;

		end = rp_text_find(text, '\n', at);
		b.text = rp_text_trim(rp_text_sub(text, at, end));
		if (b.text.n == 0)
			continue;
		b.moved_from = RP_NO_BLOCK;
		b.own = in_form_of(a, &from->body.blocks.v[b.block], b.text);
		rp_vec_push(a, &out->blocks, b);
		i++;
	}
}

struct rp_err *
rp_merge_propose(struct rp_arena *a, struct rp_consolidated *c, uint32_t id,
    rp_text text, int32_t *out_choice)
{
	struct rp_merge_choice new = { .moved_to = RP_NO_BLOCK,
		.text = RP_TEXT("") };
	const struct rp_merge_blocks *like;
	struct rp_merge_change *k;

	if (id >= c->changes.n)
		return rp_fail(RP_E_NOTFOUND, "no change %u", id);
	k = &c->changes.v[id];
	like = forms(k);
	if (k->set != 0)
		return rp_fail(RP_E_INVALID, "change %u is one of a set", id);
	if (k->place == RP_MERGE_SLOT && like != NULL)
		put_lines(a, c, like, text, &new);
	else
		new.text = text;
	if (k->place == RP_MERGE_SLOT ? new.blocks.n == 0 :
					rp_text_find(text, '\n', 0) < text.n)
		return rp_fail(RP_E_INVALID, "change %u: no text for its place",
		    id);
	rp_vec_push(a, &k->choices, new);
	*out_choice = (int32_t)k->choices.n - 1;
	return NULL;
}

struct rp_consolidated *
rp_merge_settle(struct rp_arena *a, const struct rp_consolidated *c)
{
	struct rp_consolidated *out = rp_new(a, struct rp_consolidated);

	*out = *c;
	out->changes = (struct rp_merge_changes){ 0 };
	for (size_t i = 0; i < c->changes.n; i++) {
		struct rp_merge_change k = c->changes.v[i];
		struct rp_merge_choices one = { 0 };

		if (k.decided == RP_MERGE_BASE)
			continue;
		if (k.decided != RP_MERGE_OPEN) {
			rp_vec_push(a, &one, k.choices.v[k.decided]);
			k.choices = one;
			k.bracket = false;
			k.objectors = 0;
			k.decided = RP_MERGE_OPEN;
		}
		rp_vec_push(a, &out->changes, k);
	}
	return out;
}

/* Numbering. */

/* Roman numerals up to 39, which no list of provisions passes. */
static void
roman(struct rp_buf *b, int32_t v)
{
	static const char *const ones[] = { "", "i", "ii", "iii", "iv", "v",
		"vi", "vii", "viii", "ix" };

	for (; v >= 10; v -= 10)
		rp_buf_byte(b, 'x');
	rp_buf_text(b, rp_text_z(ones[v > 0 ? v : 0]));
}

static bool
is_core(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9');
}

/* The value in the shape of the label: what stands around it stays. */
static rp_text
label_text(struct rp_arena *a, const struct rp_label *l, int32_t value)
{
	size_t from = 0, to;
	struct rp_buf b;
	rp_text out;

	while (from < l->text.n && !is_core(l->text.p[from]))
		from++;
	for (to = from; to < l->text.n && is_core(l->text.p[to]);)
		to++;
	rp_buf_init(&b, a, 256);
	rp_buf_text(&b, rp_text_sub(l->text, 0, from));
	if (l->style == RP_LABEL_DECIMAL)
		rp_buf_i64(&b, value);
	else if (l->style == RP_LABEL_LOWER_ROMAN)
		roman(&b, value < 40 ? value : 39);
	else
		for (int32_t i = 0; i <= (value - 1) / 26; i++)
			rp_buf_byte(&b,
			    (uint8_t)((l->style == RP_LABEL_UPPER_LETTER ?
					      'A' :
					      'a') +
				      (value - 1) % 26));
	while (to < l->text.n && !is_core(l->text.p[to]))
		rp_buf_byte(&b, (uint8_t)l->text.p[to++]);
	return rp_buf_done(&b, &out) == NULL ? out : l->text;
}

static bool
is_counted(const struct rp_label *l)
{
	switch (l->style) {
	case RP_LABEL_DECIMAL:
		return rp_text_find(l->text, '.', 0) + 1 >= l->text.n;
	case RP_LABEL_LOWER_LETTER:
	case RP_LABEL_UPPER_LETTER:
	case RP_LABEL_LOWER_ROMAN:
		return true;
	default:
		return false;
	}
}

/* A typed label stands in the first runs too; white space behind it stays. */
static void
retype(struct rp_arena *a, struct rp_block *b)
{
	struct rp_run *runs = rp_new_n(a, struct rp_run, b->n_runs + 1);

	if (b->label.kind != RP_LABEL_TYPED || b->label_runs == 0)
		return;
	memcpy(runs, b->runs, b->n_runs * sizeof(*runs));
	runs[0].text = b->label.text;
	for (uint32_t i = 1; i < b->label_runs; i++)
		if (rp_text_trim(runs[i].text).n > 0)
			runs[i].text = RP_TEXT("");
	b->runs = runs;
}

/*
 * Each list below a call-out, a heading or a shallower item is counted from 1.
 * A paragraph between does not end it.
 */
static void
number(struct rp_arena *a, struct rp_document *d)
{
	int32_t next[256] = { 0 };

	for (size_t i = 0; i < d->body.blocks.n; i++) {
		struct rp_block *b = &d->body.blocks.v[i];
		int32_t *at = &next[b->label.level];

		if (b->kind == RP_BLOCK_CALLOUT || b->kind == RP_BLOCK_HEADING)
			memset(next, 0, sizeof(next));
		if (b->label.kind == RP_LABEL_NONE || !is_counted(&b->label))
			continue;
		for (size_t k = b->label.level + 1U; k < 256; k++)
			next[k] = 0;
		++*at;
		if (b->label.value != *at || b->label.latin != 0) {
			b->label.text = label_text(a, &b->label, *at);
			retype(a, b);
		}
		b->label.value = *at;
		b->label.latin = 0;
	}
}

struct rp_document *
rp_merge_clean(struct rp_arena *a, const struct rp_consolidated *c)
{
	struct picks p = { a, c, NULL, NULL };
	struct rp_document *d;

	p.v = rp_new_n(a, int32_t, c->changes.n + 1);
	for (size_t i = 0; i < c->changes.n; i++) {
		const struct rp_merge_change *k = &c->changes.v[i];

		p.v[i] = k->decided != RP_MERGE_OPEN ? k->decided :
			 k->bracket                  ? RP_MERGE_BASE :
						       0;
	}
	d = build(&p);
	number(a, d);
	return d;
}

/* Brackets as characters. */

static void
put_parties(struct rp_buf *b, const struct rp_consolidated *c, rp_parties who)
{
	bool some = false;

	for (uint32_t p = 0; p < c->n; p++) {
		if (!has(who, p))
			continue;
		rp_buf_f(b, "%s%.*s", some ? ", " : "",
		    RP_FMT(c->amendments[p].party));
		some = true;
	}
}

static void
put_choice(struct rp_buf *b, const struct rp_consolidated *c,
    const struct rp_merge_choice *k, size_t number)
{
	rp_buf_f(b, "[Alt %zu (", number);
	put_parties(b, c, k->parties);
	rp_buf_f(b, "): %.*s", RP_FMT(k->text));
	for (size_t i = 0; i < k->blocks.n; i++)
		rp_buf_f(b, "%s%.*s", i > 0 ? "\n" : "",
		    RP_FMT(k->blocks.v[i].text));
	rp_buf_byte(b, ']');
}

static void
put_bracket(struct rp_buf *b, const struct rp_consolidated *c,
    const struct rp_merge_change *k, rp_text base)
{
	if (k->place != RP_MERGE_SLOT) {
		rp_buf_byte(b, '[');
		if (k->objectors != 0) {
			rp_buf_text(b, RP_TEXT("NOC ("));
			put_parties(b, c, k->objectors);
			rp_buf_text(b, RP_TEXT("): "));
		}
		rp_buf_text(b, rp_text_sub(base, k->from, k->to));
		rp_buf_byte(b, ']');
	}
	for (size_t i = 0; i < k->choices.n; i++) {
		if (i > 0 || k->place != RP_MERGE_SLOT)
			rp_buf_byte(b, ' ');
		put_choice(b, c, &k->choices.v[i], i + 1);
	}
}

/* A change as it stands: decided, undisputed, or in brackets; false: gone. */
static bool
put_change(struct rp_buf *b, const struct rp_consolidated *c,
    const struct rp_merge_change *k, rp_text base)
{
	int32_t pick = k->decided;

	if (pick == RP_MERGE_OPEN && k->bracket) {
		put_bracket(b, c, k, base);
		return true;
	}
	if (pick == RP_MERGE_OPEN)
		pick = 0;
	if (pick == RP_MERGE_BASE) {
		if (k->place != RP_MERGE_SLOT)
			rp_buf_text(b, rp_text_sub(base, k->from, k->to));
		return k->place != RP_MERGE_SLOT;
	}
	if (k->choices.v[pick].gone)
		return false;
	rp_buf_text(b, k->choices.v[pick].text);
	for (size_t i = 0; i < k->choices.v[pick].blocks.n; i++)
		rp_buf_f(b, "%s%.*s", i > 0 ? "\n" : "",
		    RP_FMT(k->choices.v[pick].blocks.v[i].text));
	return true;
}

rp_text
rp_merge_text(struct rp_arena *a, const struct rp_consolidated *c)
{
	const struct rp_blocks *blocks = &c->base->body.blocks;
	struct rp_buf b;
	rp_text out;
	size_t i = 0;

	rp_buf_init(&b, a, SIZE_MAX / 4);
	for (uint32_t n = 0; n <= blocks->n; n++) {
		rp_text base = { "", 0 };
		bool there = true;
		uint32_t at = 0;

		for (; i < c->changes.n && c->changes.v[i].at == n &&
		       c->changes.v[i].place == RP_MERGE_SLOT;
		     i++)
			if (put_change(&b, c, &c->changes.v[i], base))
				rp_buf_byte(&b, '\n');
		if (n == blocks->n)
			break;
		base = rp_block_text(a, &blocks->v[n]);
		for (; i < c->changes.n && c->changes.v[i].at == n; i++) {
			rp_buf_text(&b,
			    rp_text_sub(base, at, c->changes.v[i].from));
			there = put_change(&b, c, &c->changes.v[i], base);
			at = c->changes.v[i].to;
		}
		rp_buf_text(&b, rp_text_sub(base, at, base.n));
		if (there)
			rp_buf_byte(&b, '\n');
	}
	if (rp_buf_done(&b, &out) != NULL)
		rp_panic(__FILE__, __LINE__, "a text is no text");
	return out;
}
