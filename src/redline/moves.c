#include "redline/moves.h"

#include "base/err.h"
#include "redline/align.h"

struct candidate {
	float score;
	uint32_t i, j;
};

struct list RP_VEC(uint32_t);

struct work {
	struct rp_arena *arena;
	struct rp_proses *proses;
	struct rp_pairing *pair;
	struct list old, now; /* blocks that could move */
	struct candidates RP_VEC(struct candidate) found;
	struct list *postings; /* by id: places in `now` */
};

static float
similarity(const struct work *w, uint32_t i, uint32_t j)
{
	return rp_similarity(w->proses, &w->pair->old.prose[i]->bag,
	    &w->pair->now.prose[j]->bag);
}

static bool
free_old(const struct rp_pairing *p, uint32_t i)
{
	return p->now_of[i] == RP_NO_PAIR && p->merged_into[i] == RP_NO_PAIR &&
	       !rp_pairing_in_table(&p->old, i);
}

static bool
free_now(const struct rp_pairing *p, uint32_t j)
{
	return p->old_of[j] == RP_NO_PAIR && p->split_of[j] == RP_NO_PAIR &&
	       !rp_pairing_in_table(&p->now, j);
}

static bool
long_enough(const struct rp_prose *p)
{
	return p->n_words >= RP_ALIGN_MOVE_WORDS;
}

static void
set_pair(struct rp_pairing *p, uint32_t i, uint32_t j)
{
	p->now_of[i] = j;
	p->old_of[j] = i;
}

/* Equal keys. */

struct keyed {
	uint64_t key;
	uint32_t block;
};

static int
by_key(const void *x, const void *y)
{
	const struct keyed *a = x, *b = y;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->block > b->block) - (a->block < b->block);
}

/* True if the neighbours of both are paired with each other. */
static bool
beside(const struct rp_pairing *p, uint32_t i, uint32_t j)
{
	if (i > 0 && j > 0 && p->now_of[i - 1] == j - 1)
		return true;
	return i + 1 < p->old.n && j + 1 < p->now.n &&
	       p->now_of[i + 1] == j + 1;
}

static void
pair_equal(struct work *w)
{
	struct rp_pairing *p = w->pair;
	struct keyed *v = rp_new_n(w->arena, struct keyed, p->now.n + 1);
	size_t n = 0;

	for (uint32_t j = 0; j < p->now.n; j++)
		if (free_now(p, j) && long_enough(p->now.prose[j]))
			v[n++] = (struct keyed){ p->now_key[j], j };
	if (n > 1)
		qsort(v, n, sizeof(*v), by_key);
	for (uint32_t i = 0; i < p->old.n; i++) {
		uint32_t got = RP_NO_PAIR;
		size_t low = 0, high = n;

		if (!free_old(p, i) || !long_enough(p->old.prose[i]))
			continue;
		while (low < high) {
			size_t middle = low + (high - low) / 2;

			if (v[middle].key < p->old_key[i])
				low = middle + 1;
			else
				high = middle;
		}
		for (; low < n && v[low].key == p->old_key[i]; low++) {
			if (!free_now(p, v[low].block))
				continue;
			if (got == RP_NO_PAIR || beside(p, i, v[low].block))
				got = v[low].block;
		}
		if (got != RP_NO_PAIR)
			set_pair(p, i, got);
	}
}

/* Similar ones. */

/* A pair in order that is weak may be taken apart, so it takes part. */
static bool
weak(const struct work *w, uint32_t i, uint32_t j)
{
	return !rp_pairing_in_table(&w->pair->old, i) &&
	       !w->pair->old_joined[i] &&
	       w->pair->old_key[i] != w->pair->now_key[j] &&
	       similarity(w, i, j) < RP_MOVES_WEAK;
}

static void
collect(struct work *w)
{
	struct rp_pairing *p = w->pair;

	for (uint32_t i = 0; i < p->old.n; i++) {
		uint32_t j = p->now_of[i];

		if (!long_enough(p->old.prose[i]))
			continue;
		if (free_old(p, i)) {
			rp_vec_push(w->arena, &w->old, i);
		} else if (j != RP_NO_PAIR && weak(w, i, j)) {
			struct candidate c = {
				similarity(w, i, j) + RP_MOVES_BETTER, i, j
			};

			rp_vec_push(w->arena, &w->found, c);
			rp_vec_push(w->arena, &w->old, i);
			rp_vec_push(w->arena, &w->now, j);
		}
	}
	for (uint32_t j = 0; j < p->now.n; j++)
		if (free_now(p, j) && long_enough(p->now.prose[j]))
			rp_vec_push(w->arena, &w->now, j);
}

/* The ids of a bag that weigh most, the first RP_MOVES_RARE of them. */
static uint32_t
rarest(const struct work *w, const struct rp_bag *b, uint32_t *out)
{
	uint32_t n = 0;

	for (uint32_t k = 0; k < b->n; k++) {
		float idf = rp_proses_idf(w->proses, b->id[k]);
		uint32_t at = n;

		while (at > 0 && rp_proses_idf(w->proses, out[at - 1]) < idf)
			at--;
		if (at == RP_MOVES_RARE)
			continue;
		if (n < RP_MOVES_RARE)
			n++;
		memmove(out + at + 1, out + at, (n - at - 1) * sizeof(*out));
		out[at] = b->id[k];
	}
	return n;
}

static void
index_now(struct work *w)
{
	uint32_t ids = rp_vocabulary_n(rp_proses_vocabulary(w->proses));

	w->postings = rp_new_n(w->arena, struct list, ids + 1);
	for (uint32_t k = 0; k < w->now.n; k++) {
		const struct rp_bag *b = &w->pair->now.prose[w->now.v[k]]->bag;

		for (uint32_t l = 0; l < b->n; l++) {
			struct list *at = &w->postings[b->id[l]];

			if (at->n <= RP_MOVES_POSTINGS)
				rp_vec_push(w->arena, at, k);
		}
	}
}

static void
look_up(struct work *w)
{
	uint32_t *seen = rp_new_n(w->arena, uint32_t, w->now.n + 1);

	for (uint32_t o = 0; o < w->old.n; o++) {
		uint32_t i = w->old.v[o], rare[RP_MOVES_RARE + 1];
		uint32_t n = rarest(w, &w->pair->old.prose[i]->bag, rare);

		for (uint32_t k = 0; k < n; k++) {
			const struct list *at = &w->postings[rare[k]];

			for (size_t l = 0;
			     l < at->n && at->n <= RP_MOVES_POSTINGS; l++) {
				uint32_t j = w->now.v[at->v[l]];
				float s;

				if (seen[at->v[l]] == o + 1)
					continue;
				seen[at->v[l]] = o + 1;
				s = similarity(w, i, j);
				if (s >= RP_MOVES_SIMILAR &&
				    w->pair->now_of[i] != j)
					rp_vec_push(w->arena, &w->found,
					    ((struct candidate){ s, i, j }));
			}
		}
	}
}

static int
by_score(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;

	if (a->score > b->score || a->score < b->score)
		return a->score > b->score ? -1 : 1;
	if (a->i != b->i)
		return a->i < b->i ? -1 : 1;
	return (a->j > b->j) - (a->j < b->j);
}

static void
pair_similar(struct work *w)
{
	struct rp_pairing *p = w->pair;
	bool *x = rp_new_n(w->arena, bool, p->old.n + 1);
	bool *y = rp_new_n(w->arena, bool, p->now.n + 1);

	collect(w);
	if (w->old.n == 0 || w->now.n == 0)
		return;
	index_now(w);
	look_up(w);
	if (w->found.n > 1)
		qsort(w->found.v, w->found.n, sizeof(*w->found.v), by_score);
	for (size_t k = 0; k < w->found.n; k++) {
		const struct candidate *c = &w->found.v[k];

		if (x[c->i] || y[c->j])
			continue;
		x[c->i] = true;
		y[c->j] = true;
		if (p->now_of[c->i] == c->j)
			continue;
		/* What they were paired with is free again. */
		if (p->now_of[c->i] != RP_NO_PAIR)
			p->old_of[p->now_of[c->i]] = RP_NO_PAIR;
		if (p->old_of[c->j] != RP_NO_PAIR)
			p->now_of[p->old_of[c->j]] = RP_NO_PAIR;
		set_pair(p, c->i, c->j);
	}
}

/* The neighbours of what is paired, where they are alike. */
static bool
extend(struct work *w, uint32_t i, uint32_t j)
{
	struct rp_pairing *p = w->pair;

	if (i >= p->old.n || j >= p->now.n || !free_old(p, i) ||
	    !free_now(p, j))
		return false;
	if (p->old_key[i] != p->now_key[j] &&
	    similarity(w, i, j) < RP_ALIGN_SIMILAR)
		return false;
	set_pair(p, i, j);
	return true;
}

static void
extend_runs(struct work *w)
{
	struct rp_pairing *p = w->pair;

	for (uint32_t i = 0; i < p->old.n; i++)
		if (p->now_of[i] != RP_NO_PAIR)
			extend(w, i + 1, p->now_of[i] + 1);
	for (uint32_t i = (uint32_t)p->old.n; i-- > 1;)
		if (p->now_of[i] != RP_NO_PAIR && p->now_of[i] > 0)
			extend(w, i - 1, p->now_of[i] - 1);
}

/*
 * One block alone is left between two pairs on either side: it was rewritten in
 * its place if most of what the lighter one says is in the other.
 */
static void
pair_alone(struct work *w)
{
	struct rp_pairing *p = w->pair;

	for (uint32_t i = 1; i + 1 < p->old.n; i++) {
		uint32_t before = p->now_of[i - 1], j = before + 1;
		const struct rp_bag *x = &p->old.prose[i]->bag, *y;
		float least;

		if (before == RP_NO_PAIR || !free_old(p, i) ||
		    j + 1 >= p->now.n || p->now_of[i + 1] != j + 1 ||
		    !free_now(p, j))
			continue;
		y = &p->now.prose[j]->bag;
		least = x->weight < y->weight ? x->weight : y->weight;
		if (similarity(w, i, j) * (x->weight + y->weight) >=
		    2 * RP_MOVES_CONTAINED * least)
			set_pair(p, i, j);
	}
}

void
rp_find_moves(struct rp_arena *a, struct rp_proses *p, struct rp_pairing *pair)
{
	struct work w = { .arena = a, .proses = p, .pair = pair };

	pair_equal(&w);
	pair_similar(&w);
	extend_runs(&w);
	pair_alone(&w);
}
