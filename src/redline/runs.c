#include "redline/runs.h"

#include "base/err.h"
#include "redline/wdiff.h"

/* Octets of the two strands; one of the ranges is empty for INS and DEL. */
struct piece {
	enum rp_run_change change;
	uint32_t x0, x1, y0, y1;
};

struct work {
	struct rp_arena *arena;
	const struct rp_strand *old, *now;
	uint32_t x, y; /* all before is in `pieces` */
	struct pieces RP_VEC(struct piece) pieces;
};

struct rp_strand
rp_strand_of(struct rp_arena *a, const struct rp_prose *const *prose,
    const uint32_t *block, size_t n)
{
	struct rp_strand s = { .n = n };
	size_t octets = 0, units = 0;
	char *p;

	s.block = rp_new_n(a, uint32_t, n + 1);
	s.start = rp_new_n(a, uint32_t, n + 1);
	for (size_t i = 0; i < n; i++) {
		s.block[i] = block[i];
		s.start[i] = (uint32_t)octets;
		octets += prose[i]->text.n;
		units += prose[i]->units.n;
	}
	RP_ASSERT(octets < UINT32_MAX);
	s.start[n] = (uint32_t)octets;
	if (n == 1) {
		s.text = prose[0]->text;
		s.units = prose[0]->units;
		return s;
	}
	p = rp_alloc(a, octets + 1);
	s.text = (rp_text){ p, octets };
	s.units.v = rp_new_n(a, struct rp_unit, units + 1);
	for (size_t i = 0; i < n; i++) {
		if (prose[i]->text.n > 0)
			memcpy(p + s.start[i], prose[i]->text.p,
			    prose[i]->text.n);
		for (size_t k = 0; k < prose[i]->units.n; k++) {
			struct rp_unit u = prose[i]->units.v[k];

			u.from += s.start[i];
			u.to += s.start[i];
			s.units.v[s.units.n++] = u;
		}
	}
	return s;
}

static void
put(struct work *w, enum rp_run_change change, uint32_t n_x, uint32_t n_y)
{
	struct piece *last =
	    w->pieces.n > 0 ? &w->pieces.v[w->pieces.n - 1] : NULL;
	struct piece p = { change, w->x, w->x + n_x, w->y, w->y + n_y };

	if (n_x == 0 && n_y == 0)
		return;
	w->x = p.x1;
	w->y = p.y1;
	if (last != NULL && last->change == change) {
		last->x1 = p.x1;
		last->y1 = p.y1;
		return;
	}
	rp_vec_push(w->arena, &w->pieces, p);
}

static void
put_equal(struct work *w, uint32_t n)
{
	put(w, RP_CHANGE_EQUAL, n, n);
}

/* A deletion stands before the insertion beside it, also when found later. */
static void
put_changed(struct work *w, uint32_t n_x, uint32_t n_y)
{
	struct piece *last =
	    w->pieces.n > 0 ? &w->pieces.v[w->pieces.n - 1] : NULL;

	if (n_x > 0 && last != NULL && last->change == RP_CHANGE_INS) {
		struct piece ins = *last;

		w->pieces.n--;
		w->y = ins.y0;
		put(w, RP_CHANGE_DEL, n_x, 0);
		put(w, RP_CHANGE_INS, 0, ins.y1 - ins.y0 + n_y);
		return;
	}
	put(w, RP_CHANGE_DEL, n_x, 0);
	put(w, RP_CHANGE_INS, 0, n_y);
}

/* Octets of white space that both have at their places, code point by it. */
static uint32_t
common_space(rp_text x, uint32_t i, uint32_t i_end, rp_text y, uint32_t j,
    uint32_t j_end)
{
	uint32_t n = 0;
	size_t space;

	while (i + n < i_end && j + n < j_end) {
		space = rp_space_at(x, i + n);
		if (space == 0 || i + n + space > i_end ||
		    j + n + space > j_end ||
		    memcmp(x.p + i + n, y.p + j + n, space) != 0)
			break;
		n += (uint32_t)space;
	}
	return n;
}

static bool
starts_point(rp_text t, uint32_t at)
{
	return at >= t.n || ((uint8_t)t.p[at] & 0xc0) != 0x80;
}

/* The same from the end. */
static uint32_t
common_space_back(rp_text x, uint32_t i, uint32_t i_end, rp_text y, uint32_t j,
    uint32_t j_end)
{
	uint32_t n = 0;

	for (uint32_t k = 1; k <= i_end - i && k <= j_end - j; k++) {
		if (!starts_point(x, i_end - k) || !starts_point(y, j_end - k))
			continue;
		if (rp_space_at(x, i_end - k) != k - n ||
		    memcmp(x.p + i_end - k, y.p + j_end - k, k - n) != 0)
			break;
		n = k;
	}
	return n;
}

/* Code points as ids and their octets, if all are ideographs. */
static bool
ideographs(struct rp_arena *a, rp_text t, uint32_t from, uint32_t to,
    struct rp_units *out)
{
	struct rp_split_points RP_VEC(struct rp_unit) list = { 0 };

	for (uint32_t at = from, end; at < to; at = end) {
		struct rp_unit u = { 0, at, 0 };

		if (!rp_ideograph_at(t, at))
			return false;
		for (end = at + 1; end < to && !starts_point(t, end);)
			end++;
		for (uint32_t i = at; i < end; i++)
			u.id = u.id << 8 | (uint8_t)t.p[i];
		u.to = end;
		rp_vec_push(a, &list, u);
	}
	*out = (struct rp_units){ list.v, list.n };
	return list.n > 0;
}

/* x[.. x_end) became y[.. y_end), without white space around. */
static void
replace(struct work *w, uint32_t x_end, uint32_t y_end)
{
	struct rp_wdiff_spans s;
	struct rp_units x, y;

	if (!ideographs(w->arena, w->old->text, w->x, x_end, &x) ||
	    !ideographs(w->arena, w->now->text, w->y, y_end, &y)) {
		put_changed(w, x_end - w->x, y_end - w->y);
		return;
	}
	s = rp_wdiff(w->arena, rp_units_ids(w->arena, x), x.n,
	    rp_units_ids(w->arena, y), y.n);
	for (size_t i = 0; i < s.n; i++) {
		const struct rp_wdiff_span *q = &s.v[i];

		put_changed(w, x.v[q->x].from - w->x, y.v[q->y].from - w->y);
		put_equal(w, x.v[q->x + q->n - 1].to - w->x);
	}
	put_changed(w, x_end - w->x, y_end - w->y);
}

/* What lies between two units that were kept, or at an end. */
static void
between(struct work *w, uint32_t x_end, uint32_t y_end)
{
	rp_text x = w->old->text, y = w->now->text;
	uint32_t n, tail;

	if (x_end - w->x == y_end - w->y &&
	    (x_end == w->x ||
		memcmp(x.p + w->x, y.p + w->y, x_end - w->x) == 0)) {
		put_equal(w, x_end - w->x);
		return;
	}
	n = common_space(x, w->x, x_end, y, w->y, y_end);
	put_equal(w, n);
	tail = common_space_back(x, w->x, x_end, y, w->y, y_end);
	replace(w, x_end - tail, y_end - tail);
	put_equal(w, tail);
}

/* The block that octet `at` is in; at a bound the one that starts there. */
static size_t
block_at(const struct rp_strand *s, uint32_t at)
{
	size_t i = 0;

	while (i + 1 < s->n && s->start[i + 1] <= at)
		i++;
	return i;
}

/* The end of a piece, or of the block it is in, whichever comes first. */
static uint32_t
cut(const struct rp_strand *s, uint32_t from, uint32_t to)
{
	uint32_t end = s->start[block_at(s, from) + 1];

	return to < end ? to : end;
}

static void
give(struct work *w, const struct piece *p, struct rp_script_runs *out,
    size_t *current)
{
	const struct rp_strand *x = w->old, *y = w->now;
	struct rp_script_run r = { .change = p->change,
		.old_block = RP_NO_BLOCK };

	if (p->change != RP_CHANGE_DEL) {
		*current = block_at(y, p->y0);
		r.from = p->y0 - y->start[*current];
		r.to = p->y1 - y->start[*current];
	}
	if (p->change != RP_CHANGE_INS) {
		size_t i = block_at(x, p->x0);

		r.old_block = x->block[i];
		r.old_from = p->x0 - x->start[i];
		r.old_to = p->x1 - x->start[i];
	}
	if (p->change == RP_CHANGE_DEL) {
		r.from = r.old_from;
		r.to = r.old_to;
	}
	rp_vec_push(w->arena, &out[*current], r);
}

/* Pieces end where a block of either side ends. */
static void
give_all(struct work *w, struct rp_script_runs *out)
{
	size_t current = 0;

	for (size_t i = 0; i < w->pieces.n; i++) {
		struct piece p = w->pieces.v[i];

		while (p.x0 < p.x1 || p.y0 < p.y1) {
			struct piece part = p;
			uint32_t n = UINT32_MAX;

			if (p.x0 < p.x1)
				n = cut(w->old, p.x0, p.x1) - p.x0;
			if (p.y0 < p.y1) {
				uint32_t m = cut(w->now, p.y0, p.y1) - p.y0;

				n = m < n ? m : n;
			}
			if (p.x0 < p.x1)
				part.x1 = p.x0 += n;
			if (p.y0 < p.y1)
				part.y1 = p.y0 += n;
			give(w, &part, out, &current);
		}
	}
}

void
rp_runs_of(struct rp_arena *a, const struct rp_vocabulary *voc,
    const struct rp_strand *old, const struct rp_strand *now,
    struct rp_script_runs *out)
{
	struct work w = { .arena = a, .old = old, .now = now };
	uint32_t *x = rp_units_ids(a, old->units);
	uint32_t *y = rp_units_ids(a, now->units);
	struct rp_wdiff_spans s = rp_wdiff(a, x, old->units.n, y, now->units.n);

	rp_wdiff_tidy(a, &s, voc, x, old->units.n, y, now->units.n);
	for (size_t i = 0; i < s.n; i++) {
		for (uint32_t k = 0; k < s.v[i].n; k++) {
			const struct rp_unit *u = &old->units.v[s.v[i].x + k];

			between(&w, u->from, now->units.v[s.v[i].y + k].from);
			put_equal(&w, u->to - u->from);
		}
	}
	between(&w, (uint32_t)old->text.n, (uint32_t)now->text.n);
	give_all(&w, out);
}
