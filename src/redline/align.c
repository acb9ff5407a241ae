#include "redline/align.h"

#include <string.h>

#include "base/err.h"

struct work {
	struct rp_arena *arena;
	const struct rp_proses *proses;
	struct rp_item *x, *y;
	uint32_t *match;
};

struct range {
	uint32_t x0, x1, y0, y1;
};

struct pair {
	uint32_t x, y;
	uint32_t weight;
};
struct pairs RP_VEC(struct pair);

static void align_range(struct work *w, struct range r);

/*
 * Things that occur once on each side: an open hash table of 64-bit keys.
 * `count` has 1 for one in x, 0x100 for one in y, saturated.
 */
struct seen {
	uint64_t key;
	uint32_t x, y;
	uint16_t count;
};

struct table {
	struct seen *v;
	size_t mask;
};

static struct table
table_new(struct rp_arena *a, size_t n)
{
	size_t size = 16;

	while (size < 2 * n)
		size *= 2;
	return (struct table){ rp_new_n(a, struct seen, size), size - 1 };
}

static struct seen *
table_at(struct table *t, uint64_t key)
{
	size_t i = (size_t)(key ^ key >> 31) & t->mask;

	while (t->v[i].count != 0 && t->v[i].key != key)
		i = (i + 1) & t->mask;
	t->v[i].key = key;
	return &t->v[i];
}

static void
see(struct table *t, uint64_t key, uint32_t at, bool in_y)
{
	struct seen *s = table_at(t, key);

	if (in_y) {
		s->y = at;
		s->count |= s->count & 0xff00 ? 0x200 : 0x100;
	} else {
		s->x = at;
		s->count |= s->count & 0xff ? 0x02 : 0x01;
	}
}

static bool
once(const struct seen *s)
{
	return s->count == 0x101;
}

/*
 * The increasing row of greatest weight among pairs that are sorted by x: a
 * Fenwick tree over y holds the best end so far. Leaves only that row.
 */
static void
keep_increasing(struct work *w, struct pairs *p, struct range r)
{
	size_t n = r.y1 - r.y0 + 1;
	uint32_t *best = rp_new_n(w->arena, uint32_t, n + 1); /* pair + 1 */
	uint64_t *sum = rp_new_n(w->arena, uint64_t, p->n + 1);
	uint32_t *before = rp_new_n(w->arena, uint32_t, p->n + 1);
	uint32_t end = 0;

	for (uint32_t i = 1; i <= p->n; i++) {
		const struct pair *q = &p->v[i - 1];
		uint32_t at = q->y - r.y0, last = 0;

		for (uint32_t k = at; k > 0; k &= k - 1)
			if (best[k] != 0 &&
			    (last == 0 || sum[best[k]] > sum[last]))
				last = best[k];
		sum[i] = sum[last] + q->weight + 1;
		before[i] = last;
		for (uint32_t k = at + 1; k <= n; k += k & (~k + 1))
			if (best[k] == 0 || sum[best[k]] < sum[i])
				best[k] = i;
		if (end == 0 || sum[i] > sum[end])
			end = i;
	}
	/* From the end of the row to its start, then turned round. */
	n = 0;
	for (uint32_t i = end; i != 0; i = before[i])
		best[n++] = i - 1;
	for (size_t i = 0; i < n; i++)
		p->v[i] = p->v[best[n - 1 - i]];
	p->n = n;
}

static struct pairs
unique_keys(struct work *w, struct range r)
{
	struct table t = table_new(w->arena, r.x1 - r.x0 + r.y1 - r.y0);
	struct pairs out = { 0 };

	for (uint32_t i = r.x0; i < r.x1; i++)
		if (w->x[i].key != 0 && !w->x[i].taken)
			see(&t, w->x[i].key, i, false);
	for (uint32_t j = r.y0; j < r.y1; j++)
		if (w->y[j].key != 0 && !w->y[j].taken)
			see(&t, w->y[j].key, j, true);
	for (uint32_t i = r.x0; i < r.x1; i++) {
		const struct seen *s;

		if (w->x[i].key == 0 || w->x[i].taken)
			continue;
		s = table_at(&t, w->x[i].key);
		if (once(s))
			rp_vec_push(w->arena, &out,
			    ((struct pair){ i, s->y, w->x[i].weight }));
	}
	return out;
}

/* Those that cross the kept row and are long are moves: not for others. */
static void
reserve_moves(struct work *w, const struct pairs *all, const struct pairs *kept)
{
	size_t k = 0;

	for (size_t i = 0; i < all->n; i++) {
		const struct pair *q = &all->v[i];

		if (k < kept->n && kept->v[k].x == q->x) {
			k++;
			continue;
		}
		if (w->x[q->x].prose == NULL ||
		    w->x[q->x].prose->n_words < RP_ALIGN_MOVE_WORDS)
			continue;
		w->x[q->x].taken = true;
		w->y[q->y].taken = true;
	}
}

/* The pairs are settled; what is between them is aligned each by itself. */
static void
between(struct work *w, const struct pairs *p, struct range r)
{
	uint32_t x = r.x0, y = r.y0;

	for (size_t i = 0; i < p->n; i++) {
		w->match[p->v[i].x] = p->v[i].y;
		align_range(w, (struct range){ x, p->v[i].x, y, p->v[i].y });
		x = p->v[i].x + 1;
		y = p->v[i].y + 1;
	}
	align_range(w, (struct range){ x, r.x1, y, r.y1 });
}

static float
similarity(const struct work *w, uint32_t i, uint32_t j)
{
	const struct rp_item *x = &w->x[i], *y = &w->y[j];
	float least, most, floor;

	if (x->taken || y->taken)
		return 0;
	if (x->key == y->key)
		return x->key == 0 ? 0.05F : 1.1F;
	floor = x->head != 0 && x->head == y->head ? RP_ALIGN_SIMILAR : 0;
	least = x->bag->weight;
	most = y->bag->weight;
	if (least > most) {
		least = y->bag->weight;
		most = x->bag->weight;
	}
	if (2 * least < RP_ALIGN_SIMILAR * (least + most))
		return floor;
	least = rp_similarity(w->proses, x->bag, y->bag);
	return least >= RP_ALIGN_SIMILAR ? least : floor;
}

/*
 * Needleman-Wunsch in the range, without a price for a gap: pairs are what is
 * gained. Of a row i only the columns from first(i) on are computed, `width` of
 * them: all, or a band around the diagonal.
 */
enum { STEP_NONE, STEP_X, STEP_Y, STEP_BOTH };

static uint32_t
first(struct range r, uint32_t width, uint32_t i)
{
	uint64_t n = r.x1 - r.x0, m = r.y1 - r.y0;
	uint64_t middle = n > 0 ? i * m / n : 0;
	uint64_t from = middle > width / 2 ? middle - width / 2 : 0;

	return (uint32_t)(from + width > m + 1 ? m + 1 - width : from);
}

/* The score in a row that begins at column `f`; nothing outside of it. */
static float
score_at(const float *row, uint32_t f, uint32_t width, uint32_t j)
{
	return j >= f && j < f + width ? row[j - f] : -1;
}

static void
fill(struct work *w, struct range r, uint32_t width, uint8_t *steps)
{
	uint32_t n = r.x1 - r.x0;
	float *above = rp_new_n(w->arena, float, width);
	float *row = rp_new_n(w->arena, float, width);

	for (uint32_t i = 0; i <= n; i++) {
		uint32_t f = first(r, width, i);
		uint32_t g = i > 0 ? first(r, width, i - 1) : 0;
		float *old = above;

		for (uint32_t j = f; j < f + width; j++) {
			float best = 0, got;
			uint8_t step = STEP_NONE;

			if (i > 0 &&
			    (got = score_at(above, g, width, j)) >= best) {
				best = got;
				step = STEP_X;
			}
			if (j > f && row[j - f - 1] >= best) {
				best = row[j - f - 1];
				step = STEP_Y;
			}
			if (i > 0 && j > 0 &&
			    score_at(above, g, width, j - 1) >= 0) {
				got = similarity(w, r.x0 + i - 1, r.y0 + j - 1);
				if (got > 0 && (got += score_at(above, g, width,
						    j - 1)) >= best) {
					best = got;
					step = STEP_BOTH;
				}
			}
			row[j - f] = best;
			steps[(size_t)i * width + j - f] = step;
		}
		above = row;
		row = old;
	}
}

static void
needleman(struct work *w, struct range r)
{
	uint32_t n = r.x1 - r.x0, m = r.y1 - r.y0, width = m + 1;
	uint32_t i = n, j = m;
	uint8_t *steps;

	if ((size_t)n * m > RP_ALIGN_CELLS) {
		/* A band must be as wide as the diagonal is steep. */
		uint32_t need = 2 * (RP_ALIGN_BAND + m / n + 1);

		width = need < width ? need : width;
	}
	steps = rp_new_n(w->arena, uint8_t, (size_t)(n + 1) * width);
	fill(w, r, width, steps);
	while (i > 0 || j > 0) {
		uint32_t f = first(r, width, i);
		uint8_t step;

		if (j < f || j >= f + width)
			break;
		step = steps[(size_t)i * width + j - f];
		if (step == STEP_NONE)
			break;
		if (step == STEP_BOTH)
			w->match[r.x0 + i - 1] = r.y0 + j - 1;
		i -= step != STEP_Y;
		j -= step != STEP_X;
	}
}

/* Every passage of RP_ALIGN_SHINGLE units of the items that are text. */
static void
see_shingles(struct table *t, const struct rp_item *v, uint32_t from,
    uint32_t to, bool in_y)
{
	for (uint32_t i = from; i < to; i++) {
		const struct rp_prose *p = v[i].prose;

		if (p == NULL || v[i].taken)
			continue;
		for (size_t k = 0; k + RP_ALIGN_SHINGLE <= p->units.n; k++) {
			uint64_t key = 1;

			for (size_t l = 0; l < RP_ALIGN_SHINGLE; l++)
				key = rp_key_mix(key, p->ids[k + l]);
			see(t, key, i, in_y);
		}
	}
}

static int
by_place(const void *x, const void *y)
{
	const struct pair *a = x, *b = y;

	if (a->x != b->x)
		return a->x < b->x ? -1 : 1;
	return (a->y > b->y) - (a->y < b->y);
}

/* Pairs of items that have a passage in common that no other item has. */
static struct pairs
unique_passages(struct work *w, struct range r)
{
	struct pairs out = { 0 };
	struct table t;
	size_t n = 0, k = 0;

	for (uint32_t i = r.x0; i < r.x1; i++)
		n += w->x[i].weight;
	for (uint32_t j = r.y0; j < r.y1; j++)
		n += w->y[j].weight;
	t = table_new(w->arena, n);
	see_shingles(&t, w->x, r.x0, r.x1, false);
	see_shingles(&t, w->y, r.y0, r.y1, true);
	for (size_t i = 0; i <= t.mask; i++)
		if (once(&t.v[i]))
			rp_vec_push(w->arena, &out,
			    ((struct pair){ t.v[i].x, t.v[i].y, 1 }));
	if (out.n > 1)
		qsort(out.v, out.n, sizeof(*out.v), by_place);
	for (size_t i = 0; i < out.n; i++) {
		if (k > 0 && out.v[k - 1].x == out.v[i].x &&
		    out.v[k - 1].y == out.v[i].y)
			out.v[k - 1].weight++;
		else
			out.v[k++] = out.v[i];
	}
	n = k;
	k = 0;
	for (size_t i = 0; i < n; i++)
		if (similarity(w, out.v[i].x, out.v[i].y) > 0)
			out.v[k++] = out.v[i];
	out.n = k;
	return out;
}

/* Two pairs of one x, or of one y, are no row: of those the heaviest stays. */
static void
keep_one_each(struct pairs *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++) {
		if (n > 0 && p->v[n - 1].x == p->v[i].x) {
			if (p->v[i].weight > p->v[n - 1].weight)
				p->v[n - 1] = p->v[i];
			continue;
		}
		p->v[n++] = p->v[i];
	}
	p->n = n;
}

static bool
large(struct range r)
{
	return (size_t)(r.x1 - r.x0) * (r.y1 - r.y0) > RP_ALIGN_CELLS;
}

static void
align_range(struct work *w, struct range r)
{
	struct pairs all, kept = { 0 };

	while (r.x0 < r.x1 && r.y0 < r.y1 && w->x[r.x0].key == w->y[r.y0].key &&
	       !w->x[r.x0].taken && !w->y[r.y0].taken)
		w->match[r.x0++] = r.y0++;
	while (r.x0 < r.x1 && r.y0 < r.y1 &&
	       w->x[r.x1 - 1].key == w->y[r.y1 - 1].key &&
	       !w->x[r.x1 - 1].taken && !w->y[r.y1 - 1].taken)
		w->match[--r.x1] = --r.y1;
	if (r.x0 == r.x1 || r.y0 == r.y1)
		return;
	all = unique_keys(w, r);
	if (all.n > 0) {
		for (size_t i = 0; i < all.n; i++)
			rp_vec_push(w->arena, &kept, all.v[i]);
		keep_increasing(w, &kept, r);
		reserve_moves(w, &all, &kept);
		between(w, &kept, r);
		return;
	}
	if (large(r)) {
		kept = unique_passages(w, r);
		keep_one_each(&kept);
		keep_increasing(w, &kept, r);
		if (kept.n > 0) {
			between(w, &kept, r);
			return;
		}
	}
	needleman(w, r);
}

void
rp_align(struct rp_arena *a, const struct rp_proses *p, struct rp_items x,
    struct rp_items y, uint32_t *match)
{
	struct work w = { a, p, x.v, y.v, match };

	for (size_t i = 0; i < x.n; i++)
		match[i] = RP_NO_ITEM;
	align_range(&w, (struct range){ 0, (uint32_t)x.n, 0, (uint32_t)y.n });
}
