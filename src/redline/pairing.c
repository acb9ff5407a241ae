#include "redline/pairing.h"

#include "base/err.h"
#include "base/map.h"
#include "redline/align.h"
#include "redline/joins.h"
#include "redline/moves.h"

/* More than any text weighs, so that the row of what stayed holds tables. */
#define TABLE_WEIGHT ((uint64_t)1 << 32)

/* Blocks [from, to) as one item. */
struct group {
	uint32_t from, to;
};
struct groups RP_VEC(struct group);

struct work {
	struct rp_arena *arena;
	struct rp_proses *proses;
	struct rp_pairing *pair;
};

typedef struct groups grouping(struct rp_arena *a, const struct rp_side *s,
    uint32_t from, uint32_t to);

bool
rp_pairing_in_table(const struct rp_side *s, uint32_t block)
{
	return s->blocks[block].cell.table != 0;
}

/* A table reaches to its last block: what is nested in it is inside. */
static uint32_t
table_end(const struct rp_side *s, uint32_t from, uint32_t to)
{
	uint32_t end = from;

	for (uint32_t i = from; i < to && s->blocks[i].cell.table != 0; i++)
		if (s->blocks[i].cell.table == s->blocks[from].cell.table)
			end = i;
	return end + 1;
}

static struct groups
by_table(struct rp_arena *a, const struct rp_side *s, uint32_t from,
    uint32_t to)
{
	struct groups out = { 0 };

	for (uint32_t i = from, end; i < to; i = end) {
		end = rp_pairing_in_table(s, i) ? table_end(s, i, to) : i + 1;
		rp_vec_push(a, &out, ((struct group){ i, end }));
	}
	return out;
}

static struct groups
by_row(struct rp_arena *a, const struct rp_side *s, uint32_t from, uint32_t to)
{
	struct groups out = { 0 };

	for (uint32_t i = from, end; i < to; i = end) {
		const struct rp_cell *c = &s->blocks[i].cell;

		for (end = i + 1; end < to; end++)
			if (s->blocks[end].cell.row != c->row ||
			    s->blocks[end].cell.table != c->table)
				break;
		rp_vec_push(a, &out, ((struct group){ i, end }));
	}
	return out;
}

static struct groups
by_cell(struct rp_arena *a, const struct rp_side *s, uint32_t from, uint32_t to)
{
	struct groups out = { 0 };

	for (uint32_t i = from, end; i < to; i = end) {
		for (end = i + 1; end < to; end++)
			if (s->blocks[end].cell.column !=
			    s->blocks[i].cell.column)
				break;
		rp_vec_push(a, &out, ((struct group){ i, end }));
	}
	return out;
}

static struct groups
by_block(struct rp_arena *a, const struct rp_side *s, uint32_t from,
    uint32_t to)
{
	struct groups out = { 0 };

	(void)s;
	for (uint32_t i = from; i < to; i++)
		rp_vec_push(a, &out, ((struct group){ i, i + 1 }));
	return out;
}

/* A group of several blocks, or of a table, is known by all that is in it. */
static void
group_item(struct work *w, const struct rp_side *s, const uint64_t *key,
    struct group g, struct rp_item *out)
{
	struct rp_bag *bag;

	if (!rp_pairing_in_table(s, g.from) || g.to == g.from + 1) {
		*out = (struct rp_item){ .key = key[g.from],
			.bag = &s->prose[g.from]->bag,
			.prose = s->prose[g.from],
			.weight = (uint32_t)s->prose[g.from]->units.n };
		return;
	}
	bag = rp_new(w->arena, struct rp_bag);
	*bag = rp_proses_bag(w->proses, s, g.from, g.to);
	*out = (struct rp_item){ .key = 5, .head = key[g.from], .bag = bag };
	for (uint32_t i = g.from; i < g.to; i++) {
		const struct rp_cell *c = &s->blocks[i].cell;

		out->key = rp_key_mix(out->key, key[i]);
		out->key = rp_key_mix(out->key,
		    (uint64_t)(c->row - s->blocks[g.from].cell.row) << 32 |
			c->column);
		out->weight += (uint32_t)s->prose[i]->units.n;
	}
}

static struct rp_items
items_of(struct work *w, const struct rp_side *s, const uint64_t *key,
    const struct groups *g)
{
	struct rp_items out = { rp_new_n(w->arena, struct rp_item, g->n + 1),
		g->n };

	for (size_t i = 0; i < g->n; i++)
		group_item(w, s, key, g->v[i], &out.v[i]);
	return out;
}

/*
 * In a table what has no pair is paired by its place, where equally many are
 * left on both sides between two pairs: a cell whose text is another is still
 * that cell, and it must keep a paragraph.
 */
static void
pair_by_place(uint32_t *match, size_t n, size_t m)
{
	size_t start = 0, y = 0;

	for (size_t i = 0; i <= n; i++) {
		size_t end = i == n ? m : match[i];

		if (i < n && match[i] == RP_NO_ITEM)
			continue;
		if (end - y == i - start)
			for (size_t k = start; k < i; k++)
				match[k] = (uint32_t)(y + k - start);
		start = i + 1;
		y = end + 1;
	}
}

static void
set_pair(struct rp_pairing *p, uint32_t i, uint32_t j)
{
	p->now_of[i] = j;
	p->old_of[j] = i;
}

static void align_groups(struct work *w, struct group x, struct group y,
    int depth);

/* Two groups are the same: what is in them. */
static void
descend(struct work *w, struct group x, struct group y, int depth)
{
	bool tables = rp_pairing_in_table(&w->pair->old, x.from) &&
		      rp_pairing_in_table(&w->pair->now, y.from);

	if (tables && depth < 3)
		align_groups(w, x, y, depth + 1);
	else if (x.to == x.from + 1 && y.to == y.from + 1)
		set_pair(w->pair, x.from, y.from);
}

static void
align_groups(struct work *w, struct group x, struct group y, int depth)
{
	static grouping *const levels[] = { by_table, by_row, by_cell,
		by_block };
	struct rp_pairing *p = w->pair;
	struct groups gx = levels[depth](w->arena, &p->old, x.from, x.to);
	struct groups gy = levels[depth](w->arena, &p->now, y.from, y.to);
	uint32_t *match = rp_new_n(w->arena, uint32_t, gx.n + 1);

	/* Cells are where they are if no column came or went. */
	if (depth == 2 && gx.n == gy.n) {
		for (size_t i = 0; i < gx.n; i++)
			match[i] = (uint32_t)i;
	} else {
		rp_align(w->arena, w->proses,
		    items_of(w, &p->old, p->old_key, &gx),
		    items_of(w, &p->now, p->now_key, &gy), match);
		if (depth > 0)
			pair_by_place(match, gx.n, gy.n);
	}
	for (size_t i = 0; i < gx.n; i++)
		if (match[i] != RP_NO_ITEM)
			descend(w, gx.v[i], gy.v[match[i]], depth);
}

/* Stable ids. */

struct ids RP_MAP(uint32_t); /* block + 1; UINT32_MAX: not only one */

static void
collect(struct rp_arena *a, const struct rp_side *s, struct ids *out)
{
	for (uint32_t i = 0; i < s->n; i++) {
		uint32_t *at;

		if (s->blocks[i].id.n == 0)
			continue;
		at = rp_map_at(a, out, s->blocks[i].id);
		*at = *at == 0 ? i + 1 : UINT32_MAX;
	}
}

static bool
same_by_id(struct work *w, uint32_t i, uint32_t j)
{
	const struct rp_prose *x = w->pair->old.prose[i];
	const struct rp_prose *y = w->pair->now.prose[j];

	return w->pair->old.key[i] == w->pair->now.key[j] || x->units.n == 0 ||
	       y->units.n == 0 ||
	       rp_similarity(w->proses, &x->bag, &y->bag) >=
		   RP_PAIRING_ID_SIMILAR;
}

/* Where ids are to be believed, a pair of them is a pair of equal keys. */
static void
use_ids(struct work *w)
{
	struct rp_pairing *p = w->pair;
	struct ids old = { 0 }, now = { 0 };
	size_t shared = 0;

	collect(w->arena, &p->old, &old);
	collect(w->arena, &p->now, &now);
	for (size_t i = 0; i < old.n; i++)
		shared += rp_map_find(&now, old.keys[i]) != NULL;
	if (shared == 0 || shared * 100 < p->old.n * RP_PAIRING_IDS_PERCENT ||
	    shared * 100 < p->now.n * RP_PAIRING_IDS_PERCENT)
		return;
	for (size_t k = 0; k < old.n; k++) {
		const uint32_t *j = rp_map_find(&now, old.keys[k]);
		uint32_t i = old.v[k];

		if (j == NULL || *j == UINT32_MAX || i == UINT32_MAX ||
		    !same_by_id(w, i - 1, *j - 1))
			continue;
		p->old_key[i - 1] = rp_key_mix(6, k);
		p->now_key[*j - 1] = p->old_key[i - 1];
	}
}

/*
 * A run of blocks without a pair, between two that are equal, can begin one
 * earlier: "considering, [the sea, considering,] the land" is better read with
 * the call-out or heading at the start of the run. `of` are the pairs of the
 * side that has the run, `back` those of the other.
 */
static void
slide_run(const struct rp_side *s, const uint64_t *key, uint32_t *of,
    uint32_t *back, uint32_t from, uint32_t to)
{
	while (from > 0 && of[from - 1] != RP_NO_PAIR &&
	       key[from - 1] == key[to - 1] &&
	       s->key[from - 1] == s->key[to - 1] &&
	       !rp_pairing_in_table(s, from - 1) &&
	       (s->blocks[to - 1].kind == RP_BLOCK_CALLOUT ||
		   s->blocks[to - 1].kind == RP_BLOCK_HEADING)) {
		of[to - 1] = of[from - 1];
		back[of[from - 1]] = to - 1;
		of[from - 1] = RP_NO_PAIR;
		from--;
		to--;
	}
}

static void
slide_runs(const struct rp_side *s, const uint64_t *key, uint32_t *of,
    uint32_t *back)
{
	for (uint32_t i = 0, end; i < s->n; i = end) {
		end = i + 1;
		if (of[i] != RP_NO_PAIR)
			continue;
		while (end < s->n && of[end] == RP_NO_PAIR)
			end++;
		slide_run(s, key, of, back, i, end);
	}
}

/*
 * The pairs that stayed: the increasing row of the greatest weight, as in
 * align.c, by a Fenwick tree over the new blocks.
 */
static void
tell_moves(struct work *w)
{
	struct rp_pairing *p = w->pair;
	size_t n = p->old.n, m = p->now.n;
	uint32_t *best = rp_new_n(w->arena, uint32_t, m + 2); /* old + 1 */
	uint32_t *before = rp_new_n(w->arena, uint32_t, n + 1);
	uint64_t *sum = rp_new_n(w->arena, uint64_t, n + 1);
	uint32_t end = 0;

	for (uint32_t i = 1; i <= n; i++) {
		uint32_t j = p->now_of[i - 1], last = 0;

		if (j == RP_NO_PAIR)
			continue;
		for (uint32_t k = j; k > 0; k &= k - 1)
			if (sum[best[k]] > sum[last])
				last = best[k];
		sum[i] =
		    sum[last] + 1 + p->old.prose[i - 1]->units.n +
		    (rp_pairing_in_table(&p->old, i - 1) ? TABLE_WEIGHT : 0);
		before[i] = last;
		for (uint32_t k = j + 1; k <= m; k += k & (~k + 1))
			if (sum[best[k]] < sum[i])
				best[k] = i;
		end = sum[i] > sum[end] ? i : end;
	}
	for (size_t j = 0; j < m; j++)
		p->moved[j] = p->old_of[j] != RP_NO_PAIR;
	for (; end != 0; end = before[end])
		p->moved[p->now_of[end - 1]] = false;
}

static uint32_t *
no_pairs(struct rp_arena *a, size_t n)
{
	uint32_t *v = rp_new_n(a, uint32_t, n + 1);

	memset(v, 0xff, n * sizeof(*v));
	return v;
}

static uint64_t *
copy_keys(struct rp_arena *a, const struct rp_side *s)
{
	uint64_t *v = rp_new_n(a, uint64_t, s->n + 1);

	memcpy(v, s->key, s->n * sizeof(*v));
	return v;
}

void
rp_pair(struct rp_arena *a, struct rp_proses *p, struct rp_pairing *pair)
{
	struct work w = { a, p, pair };
	uint32_t n = (uint32_t)pair->old.n, m = (uint32_t)pair->now.n;

	pair->now_of = no_pairs(a, n);
	pair->old_of = no_pairs(a, m);
	pair->merged_into = no_pairs(a, n);
	pair->split_of = no_pairs(a, m);
	pair->moved = rp_new_n(a, bool, m + 1);
	pair->old_joined = rp_new_n(a, bool, n + 1);
	pair->now_joined = rp_new_n(a, bool, m + 1);
	pair->old_key = copy_keys(a, &pair->old);
	pair->now_key = copy_keys(a, &pair->now);
	use_ids(&w);
	align_groups(&w, (struct group){ 0, n }, (struct group){ 0, m }, 0);
	slide_runs(&pair->old, pair->old_key, pair->now_of, pair->old_of);
	slide_runs(&pair->now, pair->now_key, pair->old_of, pair->now_of);
	rp_find_joins(a, p, pair);
	rp_find_moves(a, p, pair);
	rp_find_joins(a, p, pair);
	tell_moves(&w);
}
