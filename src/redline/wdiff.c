#include "redline/wdiff.h"

#include <string.h>

#include "base/err.h"

#define NONE UINT32_MAX

/*
 * One comparison. `ahead` and `back` hold, for each diagonal x - y, how far
 * along x the paths from the start and from the end have come; both are
 * indexed from the lowest diagonal there is.
 */
struct work {
	const uint32_t *x, *y;
	int32_t *ahead, *back;
	uint32_t *match; /* of each x: its y, or NONE */
	int32_t effort;
};

struct box {
	int32_t x0, x1, y0, y1;
};

/* The diagonals that a search has reached, growing by one on both sides. */
struct front {
	int32_t low, high;
};

static void
grow(struct front *f, int32_t *v, int32_t least, int32_t most, int32_t unset)
{
	if (f->low > least)
		v[--f->low - 1] = unset;
	else
		f->low++;
	if (f->high < most)
		v[++f->high + 1] = unset;
	else
		f->high--;
}

/* One step of the search from the start; true if it met the other one. */
static bool
step_ahead(struct work *w, struct box b, const struct front *f,
    const struct front *other, bool odd, int32_t *x, int32_t *y)
{
	for (int32_t d = f->high; d >= f->low; d -= 2) {
		int32_t below = w->ahead[d - 1], above = w->ahead[d + 1];
		int32_t i = below >= above ? below + 1 : above;

		while (i < b.x1 && i - d < b.y1 && w->x[i] == w->y[i - d])
			i++;
		w->ahead[d] = i;
		if (odd && d >= other->low && d <= other->high &&
		    w->back[d] <= i) {
			*x = i;
			*y = i - d;
			return true;
		}
	}
	return false;
}

static bool
step_back(struct work *w, struct box b, const struct front *f,
    const struct front *other, bool odd, int32_t *x, int32_t *y)
{
	for (int32_t d = f->high; d >= f->low; d -= 2) {
		int32_t below = w->back[d - 1], above = w->back[d + 1];
		int32_t i = below < above ? below : above - 1;

		while (
		    i > b.x0 && i - d > b.y0 && w->x[i - 1] == w->y[i - d - 1])
			i--;
		w->back[d] = i;
		if (!odd && d >= other->low && d <= other->high &&
		    i <= w->ahead[d]) {
			*x = i;
			*y = i - d;
			return true;
		}
	}
	return false;
}

/* Too much effort: the point that came furthest from the start. */
static void
give_up(const struct work *w, struct box b, const struct front *f, int32_t *x,
    int32_t *y)
{
	int32_t best = -1;

	for (int32_t d = f->high; d >= f->low; d -= 2) {
		int32_t i = w->ahead[d] < b.x1 ? w->ahead[d] : b.x1;

		if (i - d > b.y1)
			i = b.y1 + d;
		if (i >= b.x0 && i - d >= b.y0 && i + i - d > best) {
			best = i + i - d;
			*x = i;
			*y = i - d;
		}
	}
}

/* A point on a best path through the box, which is not empty on either side. */
static void
middle(struct work *w, struct box b, int32_t *x, int32_t *y)
{
	int32_t least = b.x0 - b.y1, most = b.x1 - b.y0;
	int32_t start = b.x0 - b.y0, end = b.x1 - b.y1;
	struct front f = { start, start }, r = { end, end };
	bool odd = ((start - end) & 1) != 0;

	w->ahead[start] = b.x0;
	w->back[end] = b.x1;
	for (int32_t effort = 1;; effort++) {
		grow(&f, w->ahead, least, most, -1);
		if (step_ahead(w, b, &f, &r, odd, x, y))
			return;
		grow(&r, w->back, least, most, INT32_MAX);
		if (step_back(w, b, &r, &f, odd, x, y))
			return;
		if (effort >= w->effort) {
			give_up(w, b, &f, x, y);
			return;
		}
	}
}

static void
compare(struct work *w, struct box b)
{
	int32_t x = 0, y = 0;

	while (b.x0 < b.x1 && b.y0 < b.y1 && w->x[b.x0] == w->y[b.y0])
		w->match[b.x0++] = (uint32_t)b.y0++;
	while (b.x0 < b.x1 && b.y0 < b.y1 && w->x[b.x1 - 1] == w->y[b.y1 - 1])
		w->match[--b.x1] = (uint32_t)--b.y1;
	if (b.x0 == b.x1 || b.y0 == b.y1)
		return;
	middle(w, b, &x, &y);
	compare(w, (struct box){ b.x0, x, b.y0, y });
	compare(w, (struct box){ x, b.x1, y, b.y1 });
}

static struct rp_wdiff_spans
gather(struct rp_arena *a, const uint32_t *match, size_t n)
{
	struct rp_wdiff_spans out = { 0 };

	for (uint32_t i = 0; i < n; i++) {
		struct rp_wdiff_span *last =
		    out.n > 0 ? &out.v[out.n - 1] : NULL;

		if (match[i] == NONE)
			continue;
		if (last != NULL && last->x + last->n == i &&
		    last->y + last->n == match[i])
			last->n++;
		else
			rp_vec_push(a, &out,
			    ((struct rp_wdiff_span){ i, match[i], 1 }));
	}
	return out;
}

struct rp_wdiff_spans
rp_wdiff(struct rp_arena *a, const uint32_t *x, size_t n_x, const uint32_t *y,
    size_t n_y)
{
	struct work w = { .x = x, .y = y };
	size_t diagonals = n_x + n_y + 3;

	RP_ASSERT(n_x < INT32_MAX / 4 && n_y < INT32_MAX / 4);
	if (n_x == 0 || n_y == 0)
		return (struct rp_wdiff_spans){ 0 };
	w.match = rp_new_n(a, uint32_t, n_x);
	memset(w.match, 0xff, n_x * sizeof(*w.match));
	w.ahead = rp_new_n(a, int32_t, 2 * diagonals);
	w.back = w.ahead + diagonals + n_y + 1;
	w.ahead += n_y + 1;
	/* The product with the length is what it may cost. */
	w.effort = RP_WDIFF_EFFORT;
	while (w.effort > RP_WDIFF_EFFORT_MIN &&
	       (size_t)w.effort * diagonals > RP_WDIFF_COST)
		w.effort /= 2;
	compare(&w, (struct box){ 0, (int32_t)n_x, 0, (int32_t)n_y });
	return gather(a, w.match, n_x);
}

uint32_t *
rp_units_ids(struct rp_arena *a, struct rp_units u)
{
	uint32_t *ids = rp_new_n(a, uint32_t, u.n + 1);

	for (size_t i = 0; i < u.n; i++)
		ids[i] = u.v[i].id;
	return ids;
}

/* Sliding. */

/*
 * How well the change row[from .. to) is bounded: after a mark or at the start,
 * and with a mark or the end behind it.
 */
static int
bounds(const struct rp_vocabulary *voc, const uint32_t *row, size_t n,
    uint32_t from, uint32_t to)
{
	bool before = from == 0 || !rp_vocabulary_is_word(voc, row[from - 1]);
	bool inside = !rp_vocabulary_is_word(voc, row[from]);
	bool last = !rp_vocabulary_is_word(voc, row[to - 1]);
	bool after = to == n || !rp_vocabulary_is_word(voc, row[to]);

	/* ", c" before a mark reads as well as "c," after one. */
	return 2 * ((before && last) || (inside && after)) + before + after;
}

/*
 * The change between `left` and `right` is of one side, row[at .. at + n): how
 * far it may go to the left, and what the best place is.
 */
static uint32_t
best_slide(const struct rp_vocabulary *voc, const uint32_t *row, size_t n_row,
    uint32_t at, uint32_t n, uint32_t max)
{
	int best = bounds(voc, row, n_row, at, at + n);
	uint32_t slide = 0;

	for (uint32_t k = 1; k <= max && row[at - k] == row[at + n - k]; k++) {
		int got = bounds(voc, row, n_row, at - k, at - k + n);

		if (got > best) {
			best = got;
			slide = k;
		}
	}
	return slide;
}

static void
slide(struct rp_wdiff_spans *s, const struct rp_vocabulary *voc,
    const uint32_t *x, size_t n_x, const uint32_t *y, size_t n_y)
{
	for (size_t i = 1; i <= s->n; i++) {
		struct rp_wdiff_span *l = &s->v[i - 1];
		bool end = i == s->n;
		uint32_t rx = end ? (uint32_t)n_x : s->v[i].x;
		uint32_t ry = end ? (uint32_t)n_y : s->v[i].y;
		uint32_t dx = rx - l->x - l->n, dy = ry - l->y - l->n;
		uint32_t k = 0;

		/* The first span must not vanish, nor a new one be made. */
		if (end || (dx > 0) == (dy > 0))
			continue;
		if (dx > 0)
			k = best_slide(voc, x, n_x, l->x + l->n, dx, l->n - 1);
		else
			k = best_slide(voc, y, n_y, l->y + l->n, dy, l->n - 1);
		l->n -= k;
		s->v[i].x -= k;
		s->v[i].y -= k;
		s->v[i].n += k;
	}
}

/* Joining. */

static bool
ends_sentence(const struct rp_vocabulary *voc, uint32_t id)
{
	rp_text t = rp_vocabulary_text(voc, id);

	if (t.n == 1)
		return t.p[0] == '.' || t.p[0] == ';' || t.p[0] == '!' ||
		       t.p[0] == '?';
	return rp_text_eq(t, RP_TEXT("\xe3\x80\x82")) || /* 。 */
	       rp_text_eq(t, RP_TEXT("\xd8\x9b"));       /* ؛ */
}

static bool
is_short(const struct rp_wdiff_span *s, const struct rp_vocabulary *voc,
    const uint32_t *x)
{
	if (s->n >= RP_WDIFF_JOIN_UNITS)
		return false;
	for (uint32_t i = s->x; i < s->x + s->n; i++)
		if (rp_vocabulary_text(voc, x[i]).n > RP_WDIFF_JOIN_OCTETS ||
		    ends_sentence(voc, x[i]))
			return false;
	return true;
}

/* The sentence that each unit of a row is in: where it starts and ends. */
struct sentences {
	uint32_t *from, *to;
};

static struct sentences
sentences(struct rp_arena *a, const struct rp_vocabulary *voc,
    const uint32_t *row, size_t n)
{
	struct sentences s = { rp_new_n(a, uint32_t, n + 1),
		rp_new_n(a, uint32_t, n + 1) };
	uint32_t from = 0, to = (uint32_t)n;

	for (uint32_t i = 0; i < n; i++) {
		s.from[i] = from;
		if (ends_sentence(voc, row[i]))
			from = i + 1;
	}
	for (uint32_t i = (uint32_t)n; i-- > 0;) {
		if (ends_sentence(voc, row[i]))
			to = i;
		s.to[i] = to;
	}
	return s;
}

/* How many of row y before each unit were kept. */
static uint32_t *
kept_before(struct rp_arena *a, const struct rp_wdiff_spans *s, size_t n_y)
{
	uint32_t *before = rp_new_n(a, uint32_t, n_y + 1);

	for (size_t i = 0; i < s->n; i++)
		for (uint32_t k = 0; k < s->v[i].n; k++)
			before[s->v[i].y + k + 1] = 1;
	for (size_t j = 0; j < n_y; j++)
		before[j + 1] += before[j];
	return before;
}

/* A span at the start or the end of both has a change on one side only. */
static bool
between_changes(const struct rp_wdiff_span *s, size_t n_x, size_t n_y)
{
	return (s->x > 0 || s->y > 0) &&
	       (s->x + s->n < n_x || s->y + s->n < n_y);
}

void
rp_wdiff_tidy(struct rp_arena *a, struct rp_wdiff_spans *s,
    const struct rp_vocabulary *voc, const uint32_t *x, size_t n_x,
    const uint32_t *y, size_t n_y)
{
	struct sentences in_x, in_y;
	uint32_t *kept;
	size_t n = 0;

	slide(s, voc, x, n_x, y, n_y);
	if (s->n == 0)
		return;
	in_x = sentences(a, voc, x, n_x);
	in_y = sentences(a, voc, y, n_y);
	kept = kept_before(a, s, n_y);
	for (size_t i = 0; i < s->n; i++) {
		const struct rp_wdiff_span *q = &s->v[i];
		uint32_t all = in_x.to[q->x] - in_x.from[q->x] + in_y.to[q->y] -
			       in_y.from[q->y];
		uint32_t same =
		    2 * (kept[in_y.to[q->y]] - kept[in_y.from[q->y]]);

		if (between_changes(q, n_x, n_y) && is_short(q, voc, x) &&
		    same <= all &&
		    (uint64_t)(all - same) * 100 >=
			(uint64_t)RP_WDIFF_JOIN_PERCENT * all)
			continue;
		s->v[n++] = *q;
	}
	s->n = n;
}
