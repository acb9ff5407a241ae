/* campaign_core - what the members of a campaign share. */
#include <string.h>

#include "base/err.h"
#include "themes/campaign_private.h"

#define SAMPLE 1000        /* texts that a core is learnt from */
#define SHINGLES_MAX 20000 /* of one of them */
#define LEADERS 200        /* that are tried for a group */
#define COHESION 0.5
#define ROUNDS 2 /* of looking for the core's members */
#define FILTER_BITS (1u << 22)
#define CLEAR 0.65 /* of a letter: texts that its core is learnt from */
#define ALIKE 0.65 /* cores that share more are one */

/* A shingle of a core; those with the same key follow by `next`. */
struct entry {
	uint64_t key;
	uint32_t core, next; /* plus one */
	float share;
	bool is_pruned; /* others use it too: it makes nobody a member */
	uint32_t seen;  /* last text that had it */
	uint32_t used, used_by_members;
};

/* A core that is proposed. */
struct proposal {
	uint64_t *keys;
	float *shares;
	uint32_t n, weight, leader;
};

struct rp_ccores {
	struct rp_arena *arena;
	struct RP_VEC(struct proposal) proposals;
	struct RP_VEC(struct rp_ccore) cores;
	struct RP_VEC(struct entry) entries;
	uint32_t *slots;
	size_t mask, n_keys;
	uint64_t *filter; /* most shingles are of no core */
	/* Of rp_ccores_judge(). */
	struct RP_VEC(uint32_t) hits, met, keys;
	uint32_t turn;
};

struct rp_ccores *
rp_ccores_new(struct rp_arena *a)
{
	struct rp_ccores *c = rp_new(a, struct rp_ccores);

	c->arena = a;
	c->mask = 4096 - 1;
	c->slots = rp_new_n(a, uint32_t, c->mask + 1);
	c->filter = rp_new_n(a, uint64_t, FILTER_BITS / 64);
	return c;
}

size_t
rp_ccores_n(const struct rp_ccores *c)
{
	return c->cores.n;
}

struct rp_ccore *
rp_ccores_at(const struct rp_ccores *c, size_t i)
{
	RP_ASSERT(i < c->cores.n);
	return &c->cores.v[i];
}

/* Keys are mixed already: their bits are as good as a hash. */
static size_t
slot_of(const struct rp_ccores *c, uint64_t key)
{
	size_t at = (key >> 8) & c->mask;

	while (c->slots[at] != 0 && c->entries.v[c->slots[at] - 1].key != key)
		at = (at + 1) & c->mask;
	return at;
}

static void
grow(struct rp_ccores *c)
{
	const uint32_t *old = c->slots;
	size_t n = c->mask + 1;

	c->slots = rp_new_n(c->arena, uint32_t, n * 4);
	c->mask = n * 4 - 1;
	for (size_t i = 0; i < n; i++)
		if (old[i] != 0)
			c->slots[slot_of(c, c->entries.v[old[i] - 1].key)] =
			    old[i];
}

static bool
may_have(const struct rp_ccores *c, uint64_t key)
{
	uint32_t bit = (uint32_t)key % FILTER_BITS;

	return c->filter[bit / 64] >> (bit % 64) & 1;
}

static uint32_t
entry_of(const struct rp_ccores *c, uint64_t key)
{
	return may_have(c, key) ? c->slots[slot_of(c, key)] : 0;
}

static void
add(struct rp_ccores *c, const struct proposal *p)
{
	const uint64_t *keys = p->keys;
	const float *shares = p->shares;
	struct rp_ccore core = { .leader = p->leader, .n = p->n };

	for (uint32_t i = 0; i < p->n; i++) {
		uint32_t bit = (uint32_t)keys[i] % FILTER_BITS;
		struct entry e = { .key = keys[i],
			.core = (uint32_t)c->cores.n,
			.share = shares[i] };
		size_t at;

		if (c->n_keys * 2 > c->mask)
			grow(c);
		at = slot_of(c, keys[i]);
		e.next = c->slots[at];
		c->n_keys += e.next == 0;
		rp_vec_push(c->arena, &c->entries, e);
		c->slots[at] = (uint32_t)c->entries.n;
		c->filter[bit / 64] |= (uint64_t)1 << bit % 64;
		core.typical += (double)shares[i];
	}
	rp_vec_push(c->arena, &c->cores, core);
	rp_vec_push(c->arena, &c->hits, 0u);
}

float
rp_ccores_share(const struct rp_ccores *c, uint64_t key, uint32_t core)
{
	for (uint32_t at = entry_of(c, key); at != 0;
	     at = c->entries.v[at - 1].next)
		if (c->entries.v[at - 1].core == core)
			return c->entries.v[at - 1].share;
	return 0;
}

/* The rule of campaign.h, for a text of `n` shingles. */
static bool
is_member(uint32_t hits, double typical, size_t n)
{
	double least = RP_CAMPAIGN_SHORT * typical;

	if (least < RP_CAMPAIGN_SHARED_MIN)
		least = RP_CAMPAIGN_SHARED_MIN;
	if (hits < RP_CAMPAIGN_SHARED &&
	    (hits < least || hits < RP_CAMPAIGN_PART * (double)n))
		return false;
	if (hits >= RP_CAMPAIGN_COVER * typical)
		return true;
	return hits >= RP_CAMPAIGN_WITHIN * (double)n &&
	       hits >= RP_CAMPAIGN_EXCERPT * typical;
}

/* Which cores the text has shingles of, and how many. */
static void
meet(struct rp_ccores *c, const struct rp_cdoc *doc)
{
	c->turn++;
	c->met.n = c->keys.n = 0;
	for (size_t i = 0; i < doc->shingles.n; i++) {
		uint32_t first = entry_of(c, doc->shingles.v[i]);

		if (first == 0 || c->entries.v[first - 1].seen == c->turn)
			continue;
		c->entries.v[first - 1].seen = c->turn;
		rp_vec_push(c->arena, &c->keys, first);
		for (uint32_t at = first; at != 0;
		     at = c->entries.v[at - 1].next) {
			const struct entry *e = &c->entries.v[at - 1];

			if (!e->is_pruned && c->hits.v[e->core]++ == 0)
				rp_vec_push(c->arena, &c->met, e->core);
		}
	}
}

static void
count_uses(struct rp_ccores *c, uint32_t best, uint32_t weight)
{
	for (size_t i = 0; i < c->keys.n; i++)
		for (uint32_t at = c->keys.v[i]; at != 0;
		     at = c->entries.v[at - 1].next) {
			struct entry *e = &c->entries.v[at - 1];

			e->used += weight;
			if (e->core == best)
				e->used_by_members += weight;
		}
}

uint32_t
rp_ccores_judge(struct rp_ccores *c, const struct rp_cdoc *doc, uint32_t weight,
    bool *out_met)
{
	uint32_t best = RP_NONE;

	meet(c, doc);
	for (size_t i = 0; i < c->met.n; i++) {
		uint32_t k = c->met.v[i];

		if (!is_member(c->hits.v[k], c->cores.v[k].typical,
			doc->shingles.n))
			continue;
		if (best == RP_NONE || c->hits.v[k] > c->hits.v[best] ||
		    (c->hits.v[k] == c->hits.v[best] && k < best))
			best = k;
	}
	count_uses(c, best, weight);
	*out_met = c->met.n > 0;
	for (size_t i = 0; i < c->met.n; i++)
		c->hits.v[c->met.v[i]] = 0;
	return best;
}

bool
rp_ccores_prune(struct rp_ccores *c)
{
	bool some = false;

	for (size_t i = 0; i < c->entries.n; i++) {
		struct entry *e = &c->entries.v[i];
		struct rp_ccore *core = &c->cores.v[e->core];

		if (!e->is_pruned && e->used > 0 &&
		    e->used_by_members < RP_CAMPAIGN_EXCLUSIVE * e->used) {
			core->typical -= (double)e->share;
			core->n--;
			e->is_pruned = true;
			some = true;
		}
		e->used = e->used_by_members = 0;
	}
	/* Less than the least that a member needs is no core at all. */
	for (size_t i = 0; i < c->cores.n; i++)
		if (c->cores.v[i].typical < RP_CAMPAIGN_SHARED_MIN)
			c->cores.v[i].typical = 1e9;
	return some;
}

/* Learning: a group's texts as sets of numbered shingles. */

struct set {
	const uint32_t *v;
	uint32_t n, text, weight;
	bool is_done;
};

struct learning {
	struct rp_arena *arena;
	struct rp_ccores *cores;
	uint32_t *slots;
	size_t mask;
	struct RP_VEC(uint64_t) keys;
	struct set *sets;
	uint32_t n;
	uint32_t *count; /* of responses that have a shingle */
	bool *in;        /* of the core that is being made */
	bool *is_member;
};

static void
grow_keys(struct learning *l)
{
	size_t n = l->mask == 0 ? 1024 : (l->mask + 1) * 4, at;

	l->slots = rp_new_n(l->arena, uint32_t, n);
	l->mask = n - 1;
	for (size_t i = 0; i < l->keys.n; i++) {
		at = (l->keys.v[i] >> 8) & l->mask;
		while (l->slots[at] != 0)
			at = (at + 1) & l->mask;
		l->slots[at] = (uint32_t)i + 1;
	}
}

static uint32_t
number_of(struct learning *l, uint64_t key)
{
	size_t at;

	if (l->keys.n * 2 >= l->mask)
		grow_keys(l);
	at = (key >> 8) & l->mask;
	for (; l->slots[at] != 0; at = (at + 1) & l->mask)
		if (l->keys.v[l->slots[at] - 1] == key)
			return l->slots[at] - 1;
	rp_vec_push(l->arena, &l->keys, key);
	l->slots[at] = (uint32_t)l->keys.n;
	return l->slots[at] - 1;
}

static int
by_number(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}

static struct set
set_of(struct learning *l, const struct rp_cdoc *doc, uint32_t text)
{
	size_t n =
	    doc->shingles.n < SHINGLES_MAX ? doc->shingles.n : SHINGLES_MAX;
	uint32_t *v = rp_new_n(l->arena, uint32_t, n), k = 0;

	for (size_t i = 0; i < n; i++)
		v[i] = number_of(l, doc->shingles.v[i]);
	qsort(v, n, sizeof(*v), by_number);
	for (size_t i = 0; i < n; i++)
		if (k == 0 || v[k - 1] != v[i])
			v[k++] = v[i];
	return (struct set){ .v = v, .n = k, .text = text };
}

/* Texts of the group spread evenly, at most SAMPLE. */
static void
read_sets(struct learning *l, struct rp_creader *reader,
    const struct rp_ctexts *texts, const uint32_t *group, uint32_t n)
{
	uint32_t k = n < SAMPLE ? n : SAMPLE;

	l->sets = rp_new_n(l->arena, struct set, k);
	for (uint32_t i = 0; i < k; i++) {
		uint32_t text = group[(uint64_t)i * n / k];

		l->sets[l->n] = set_of(l,
		    rp_creader_read(reader, texts->first[text]), text);
		l->sets[l->n++].weight = texts->weight[text];
	}
	l->count = rp_new_n(l->arena, uint32_t, l->keys.n);
	l->in = rp_new_n(l->arena, bool, l->keys.n);
	l->is_member = rp_new_n(l->arena, bool, l->n);
}

/* Count responses by shingle: of texts not done, or of members only. */
static uint32_t
count(struct learning *l, bool members)
{
	uint32_t n = 0;

	memset(l->count, 0, l->keys.n * sizeof(*l->count));
	for (uint32_t i = 0; i < l->n; i++) {
		const struct set *s = &l->sets[i];

		if (s->is_done || (members && !l->is_member[i]))
			continue;
		n += s->weight;
		for (uint32_t k = 0; k < s->n; k++)
			l->count[s->v[k]] += s->weight;
	}
	return n;
}

/*
 * How much of a letter a text has, and how little else: the counts of its
 * shingles that are not much rarer than the commonest, times their share.
 */
static double
letter_in(const struct learning *l, const struct set *s)
{
	uint32_t most = 0, n = 0;
	double sum = 0;

	for (uint32_t k = 0; k < s->n; k++)
		if (l->count[s->v[k]] > most)
			most = l->count[s->v[k]];
	for (uint32_t k = 0; k < s->n; k++)
		if (l->count[s->v[k]] >= RP_CAMPAIGN_CORE * most) {
			sum += l->count[s->v[k]];
			n++;
		}
	return sum * n / s->n;
}

static uint32_t
leader_of(struct learning *l)
{
	uint32_t best = RP_NONE;
	double most = 0;

	count(l, false);
	for (uint32_t i = 0; i < l->n; i++) {
		double got;

		if (l->sets[i].is_done)
			continue;
		got = letter_in(l, &l->sets[i]);
		if (best == RP_NONE || got > most) {
			best = i;
			most = got;
		}
	}
	return best;
}

static uint32_t
hits(const struct learning *l, const struct set *s)
{
	uint32_t n = 0;

	for (uint32_t k = 0; k < s->n; k++)
		n += l->in[s->v[k]];
	return n;
}

static void
core_from_leader(struct learning *l, const struct set *leader)
{
	memset(l->in, 0, l->keys.n * sizeof(*l->in));
	for (uint32_t k = 0; k < leader->n; k++)
		l->in[leader->v[k]] = true;
	for (uint32_t i = 0; i < l->n; i++) {
		const struct set *s = &l->sets[i];
		uint32_t less = s->n < leader->n ? s->n : leader->n;
		uint32_t n = hits(l, s);

		l->is_member[i] = !s->is_done && n >= CLEAR * less;
	}
}

/* The core of the members there are; then the members of that core. */
static void
improve(struct learning *l)
{
	uint32_t n = count(l, true);
	double typical = 0;

	for (size_t i = 0; i < l->keys.n; i++) {
		l->in[i] =
		    l->count[i] > 0 && l->count[i] >= RP_CAMPAIGN_CORE * n;
		typical += l->in[i] ? (double)l->count[i] / n : 0;
	}
	for (uint32_t i = 0; i < l->n; i++)
		l->is_member[i] =
		    !l->sets[i].is_done &&
		    is_member(hits(l, &l->sets[i]), typical, l->sets[i].n);
}

/* How much of what is in the core a member of it has, on average. */
static double
cohesion(const struct learning *l, uint32_t n)
{
	double sum = 0, squares = 0;

	for (size_t i = 0; i < l->keys.n; i++)
		if (l->in[i]) {
			double share = (double)l->count[i] / n;

			sum += share;
			squares += share * share;
		}
	return sum > 0 ? squares / sum : 0;
}

/* Propose the core, if it is one; then its members are done. */
static void
propose(struct learning *l, uint32_t leader)
{
	struct rp_arena *a = l->cores->arena;
	uint32_t n = count(l, true);
	struct proposal p = { .leader = l->sets[leader].text };

	l->sets[leader].is_done = true;
	/* Sentences in changing company, without a letter around them. */
	if (n == 0 || cohesion(l, n) < COHESION)
		return;
	for (uint32_t i = 0; i < l->n; i++)
		if (l->is_member[i]) {
			p.weight += l->sets[i].weight;
			l->sets[i].is_done = true;
		}
	for (size_t i = 0; i < l->keys.n; i++)
		p.n += l->in[i];
	if (p.weight < RP_CAMPAIGN_MEMBERS_MIN || p.n < RP_CAMPAIGN_SHARED_MIN)
		return;
	p.keys = rp_new_n(a, uint64_t, p.n);
	p.shares = rp_new_n(a, float, p.n);
	p.n = 0;
	for (size_t i = 0; i < l->keys.n; i++)
		if (l->in[i]) {
			p.keys[p.n] = l->keys.v[i];
			p.shares[p.n++] = (float)l->count[i] / (float)n;
		}
	rp_vec_push(a, &l->cores->proposals, p);
}

void
rp_ccores_learn(struct rp_ccores *c, struct rp_creader *reader,
    const struct rp_ctexts *texts, const uint32_t *group, uint32_t n)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *own = rp_arena_new(SIZE_MAX);
	struct learning l = { .arena = own, .cores = c };

	read_sets(&l, reader, texts, group, n);
	for (int i = 0; i < LEADERS; i++) {
		uint32_t leader = leader_of(&l);

		if (leader == RP_NONE)
			return;
		core_from_leader(&l, &l.sets[leader]);
		for (int round = 0; round < ROUNDS; round++)
			improve(&l);
		propose(&l, leader);
	}
}

/* Whether the shingles are mostly those of a core, or the other way round. */
static bool
is_like_another(const struct rp_ccores *c, const struct proposal *p)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	uint32_t *shared = rp_new_n(a, uint32_t, c->cores.n + 1);

	for (uint32_t i = 0; i < p->n; i++)
		for (uint32_t at = entry_of(c, p->keys[i]); at != 0;
		     at = c->entries.v[at - 1].next)
			shared[c->entries.v[at - 1].core]++;
	for (size_t k = 0; k < c->cores.n; k++) {
		uint32_t less = c->cores.v[k].n < p->n ? c->cores.v[k].n : p->n;

		if (shared[k] > ALIKE * less)
			return true;
	}
	return false;
}

static int
by_weight(const void *x, const void *y)
{
	const struct proposal *a = x, *b = y;

	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return a->leader < b->leader ? -1 : a->leader > b->leader;
}

bool
rp_ccores_settle(struct rp_ccores *c)
{
	size_t before = c->cores.n;

	if (c->proposals.n > 0)
		qsort(c->proposals.v, c->proposals.n, sizeof(*c->proposals.v),
		    by_weight);
	for (size_t i = 0; i < c->proposals.n; i++)
		if (!is_like_another(c, &c->proposals.v[i]))
			add(c, &c->proposals.v[i]);
	c->proposals.n = 0;
	return c->cores.n > before;
}
