#include "redline/joins.h"

#include "base/err.h"
#include "redline/wdiff.h"

/*
 * Both directions are the same work: `one` is the side of the block that is
 * whole, `many` that of the pieces.
 */
struct work {
	struct rp_arena *arena;
	struct rp_proses *proses;
	const struct rp_side *one, *many;
	uint32_t *many_of, *one_of; /* the pairs */
	uint32_t *whole_of;         /* of a piece: its whole */
	uint32_t *piece_of; /* of a block of `one` that is a piece itself */
	bool *one_joined, *many_joined;
};

/* Pieces in order: blocks of `many`. */
struct pieces {
	uint32_t v[2 * RP_JOINS_NEAR + 1];
	uint32_t n;
};

static bool
is_free(const struct work *w, uint32_t k)
{
	return w->one_of[k] == RP_NO_PAIR && w->whole_of[k] == RP_NO_PAIR;
}

static bool
same_cell(const struct rp_side *s, uint32_t i, uint32_t k)
{
	const struct rp_cell *a = &s->blocks[i].cell, *b = &s->blocks[k].cell;

	return a->table == b->table && a->row == b->row &&
	       a->column == b->column;
}

static float
weight_of(const struct work *w, uint32_t id)
{
	return rp_proses_idf(w->proses,
	    rp_vocabulary_norm(rp_proses_vocabulary(w->proses), id));
}

/*
 * The longest common row of block i and the pieces together; gives the weight
 * that each piece has in it.
 */
static void
cover(struct work *w, uint32_t i, const struct pieces *p, float *out)
{
	const struct rp_prose *whole = w->one->prose[i];
	struct rp_wdiff_spans s;
	size_t n = 0, start = 0, at = 0;
	uint32_t *ids;

	for (uint32_t k = 0; k < p->n; k++)
		n += w->many->prose[p->v[k]]->units.n;
	ids = rp_new_n(w->arena, uint32_t, n + 1);
	n = 0;
	for (uint32_t k = 0; k < p->n; k++) {
		const struct rp_prose *q = w->many->prose[p->v[k]];

		memcpy(ids + n, q->ids, q->units.n * sizeof(*ids));
		n += q->units.n;
		out[k] = 0;
	}
	s = rp_wdiff(w->arena, whole->ids, whole->units.n, ids, n);
	for (uint32_t k = 0; k < p->n; k++) {
		size_t end = start + w->many->prose[p->v[k]]->units.n;

		for (; at < s.n; at++) {
			const struct rp_wdiff_span *q = &s.v[at];
			size_t from = q->y > start ? q->y : start;
			size_t to = q->y + q->n < end ? q->y + q->n : end;

			for (size_t l = from; l < to; l++)
				out[k] += weight_of(w, ids[l]);
			if (q->y + q->n > end)
				break;
		}
		start = end;
	}
}

static float
sum(const float *v, uint32_t n)
{
	float s = 0;

	for (uint32_t i = 0; i < n; i++)
		s += v[i];
	return s;
}

/* What two bags have in common at most, before the order is looked at. */
static float
common(const struct work *w, uint32_t i, uint32_t k)
{
	const struct rp_bag *x = &w->one->prose[i]->bag;
	const struct rp_bag *y = &w->many->prose[k]->bag;

	return rp_similarity(w->proses, x, y) * (x->weight + y->weight) / 2;
}

static bool
could_be_piece(const struct work *w, uint32_t i, uint32_t k)
{
	const struct rp_prose *q = w->many->prose[k];

	return is_free(w, k) && q->n_words >= RP_JOINS_WORDS &&
	       common(w, i, k) >= RP_JOINS_COVERED * q->bag.weight;
}

/* Take `k` into the pieces of i if it belongs to them. */
static bool
try_piece(struct work *w, uint32_t i, struct pieces *p, uint32_t k)
{
	float before[2 * RP_JOINS_NEAR + 2], after[2 * RP_JOINS_NEAR + 2];
	float weight = w->many->prose[k]->bag.weight;
	struct pieces q = *p;
	uint32_t at = 0;

	if (p->n > 2 * RP_JOINS_NEAR)
		return false;
	while (at < q.n && q.v[at] < k)
		at++;
	memmove(q.v + at + 1, q.v + at, (q.n - at) * sizeof(*q.v));
	q.v[at] = k;
	q.n++;
	cover(w, i, p, before);
	cover(w, i, &q, after);
	if (after[at] < RP_JOINS_COVERED * weight ||
	    sum(after, q.n) - sum(before, p->n) < RP_JOINS_COVERED * weight)
		return false;
	*p = q;
	return true;
}

static void
grow(struct work *w, uint32_t i, struct pieces *p, uint32_t j)
{
	for (uint32_t d = 1; d <= RP_JOINS_NEAR && j + d < w->many->n; d++) {
		if (!is_free(w, j + d) || !same_cell(w->many, j, j + d))
			break;
		if (could_be_piece(w, i, j + d))
			try_piece(w, i, p, j + d);
	}
	for (uint32_t d = 1; d <= RP_JOINS_NEAR && d <= j; d++) {
		if (!is_free(w, j - d) || !same_cell(w->many, j, j - d))
			break;
		if (could_be_piece(w, i, j - d))
			try_piece(w, i, p, j - d);
	}
}

/* The first piece is the pair, the others belong to it. */
static void
settle(struct work *w, uint32_t i, const struct pieces *p)
{
	if (p->n < 2)
		return;
	for (uint32_t k = 0; k < p->n; k++) {
		w->one_of[p->v[k]] = k == 0 ? i : RP_NO_PAIR;
		w->whole_of[p->v[k]] = k == 0 ? RP_NO_PAIR : i;
	}
	w->many_of[i] = p->v[0];
	w->one_joined[i] = true;
	w->many_joined[p->v[0]] = true;
}

/*
 * Block i has no pair. Between the pairs of its neighbours, two blocks beside
 * each other that it covers both, and that cover most of it.
 */
static void
without_pair(struct work *w, uint32_t i)
{
	float got[2 * RP_JOINS_NEAR + 2];
	uint32_t from = 0;

	for (uint32_t k = i; k > 0; k--)
		if (w->many_of[k - 1] != RP_NO_PAIR) {
			from = w->many_of[k - 1] + 1;
			break;
		}
	for (uint32_t j = from;
	     j < from + RP_JOINS_NEAR && j + 1 < w->many->n && is_free(w, j);
	     j++) {
		struct pieces p = { { j, j + 1 }, 2 };

		if (!could_be_piece(w, i, j) || !could_be_piece(w, i, j + 1))
			continue;
		cover(w, i, &p, got);
		if (got[0] < RP_JOINS_COVERED * w->many->prose[j]->bag.weight ||
		    got[1] <
			RP_JOINS_COVERED * w->many->prose[j + 1]->bag.weight)
			continue;
		grow(w, i, &p, j + 1);
		cover(w, i, &p, got);
		if (sum(got, p.n) <
		    RP_JOINS_COVERED * w->one->prose[i]->bag.weight)
			continue;
		settle(w, i, &p);
		return;
	}
}

static void
one_way(struct work *w)
{
	for (uint32_t i = 0; i < w->one->n; i++) {
		uint32_t j = w->many_of[i];
		struct pieces p = { { j }, 1 };

		/* A block that is in pieces, or a piece, is none again. */
		if (w->piece_of[i] != RP_NO_PAIR || w->one_joined[i] ||
		    w->one->prose[i]->n_words < 2 * RP_JOINS_WORDS)
			continue;
		if (j == RP_NO_PAIR) {
			without_pair(w, i);
			continue;
		}
		if (w->one->prose[i] == w->many->prose[j])
			continue;
		grow(w, i, &p, j);
		settle(w, i, &p);
	}
}

void
rp_find_joins(struct rp_arena *a, struct rp_proses *p, struct rp_pairing *pair)
{
	struct work split = { a, p, &pair->old, &pair->now, pair->now_of,
		pair->old_of, pair->split_of, pair->merged_into,
		pair->old_joined, pair->now_joined };
	struct work merge = { a, p, &pair->now, &pair->old, pair->old_of,
		pair->now_of, pair->merged_into, pair->split_of,
		pair->now_joined, pair->old_joined };

	one_way(&split);
	one_way(&merge);
}
