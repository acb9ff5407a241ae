#include "themes/languages.h"

#include <string.h>

#include "base/err.h"
#include "base/map.h"
#include "text/input.h"
#include "text/lang.h"
#include "themes/numeric.h"

#define BUCKETS (1u << 14)
/* How much more likely what was declared is, as a logarithm. */
#define DECLARED 4.0
#define SMOOTH 0.5

struct language {
	rp_text tag, script;
	uint32_t texts;
	uint32_t *counts; /* of BUCKETS */
	uint64_t total;
	float *score; /* logarithm of a bucket's share; made when asked */
};

struct rp_languages {
	struct rp_arena *arena;
	struct language known[RP_LANGUAGES_MAX];
	size_t n;
	struct RP_MAP(uint32_t) scripts; /* clear texts */
	struct RP_MAP(rp_text) tags;
	bool is_asked;
};

struct rp_languages *
rp_languages_new(struct rp_arena *a)
{
	struct rp_languages *l = rp_new(a, struct rp_languages);

	l->arena = a;
	return l;
}

static bool
is_und(rp_text tag)
{
	return tag.n == 0 || rp_text_eq(tag, RP_TEXT("und"));
}

static uint8_t
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (uint8_t)(c - 'A' + 'a') : (uint8_t)c;
}

/* The bucket of the run that ends at octet i. */
static uint32_t
bucket(rp_text t, size_t i)
{
	uint32_t h = 0;

	for (size_t k = i + 1 - RP_LANGUAGES_GRAM; k <= i; k++)
		h = h << 8 | lower(t.p[k]);
	return (h * 2654435761u) >> 18;
}

static struct language *
find(struct rp_languages *l, rp_text script, rp_text tag)
{
	for (size_t i = 0; i < l->n; i++)
		if (rp_text_eq(l->known[i].tag, tag) &&
		    rp_text_eq(l->known[i].script, script))
			return &l->known[i];
	return NULL;
}

struct rp_langid
rp_languages_show(struct rp_languages *l, rp_text t, rp_text declared)
{
	struct rp_langid g = rp_langid_guess(t, declared);
	struct language *k;
	rp_text script;

	RP_ASSERT(!l->is_asked);
	if (!g.reliable || is_und(g.tag) || t.n < RP_LANGUAGES_TEACHES)
		return g;
	script = rp_text_script(rp_text_cut(t, RP_LANGUAGES_LOOK));
	++*rp_map_at(l->arena, &l->scripts, script);
	k = find(l, script, g.tag);
	if (k == NULL) {
		if (l->n == RP_LANGUAGES_MAX)
			return g;
		k = &l->known[l->n++];
		*k = (struct language){ .tag = g.tag, .script = script };
		k->counts = rp_new_n(l->arena, uint32_t, BUCKETS);
	}
	if (k->texts++ >= RP_LANGUAGES_ENOUGH)
		return g;
	t = rp_text_cut(t, RP_LANGUAGES_LOOK);
	for (size_t i = RP_LANGUAGES_GRAM - 1; i < t.n; i++) {
		k->counts[bucket(t, i)]++;
		k->total++;
	}
	return g;
}

static bool
is_used(const struct rp_languages *l, const struct language *k)
{
	const uint32_t *all = rp_map_find(&l->scripts, k->script);

	return all != NULL && k->texts * (uint64_t)RP_LANGUAGES_USED >= *all;
}

static void
prepare(struct rp_languages *l)
{
	if (l->is_asked)
		return;
	l->is_asked = true;
	for (size_t i = 0; i < l->n; i++) {
		struct language *k = &l->known[i];

		if (!is_used(l, k))
			continue;
		k->score = rp_new_n(l->arena, float, BUCKETS);
		for (uint32_t b = 0; b < BUCKETS; b++)
			k->score[b] = (float)rp_num_log(
			    (k->counts[b] + SMOOTH) /
			    ((double)k->total + SMOOTH * BUCKETS));
	}
}

/* The best among the languages in use that have this script. */
static const struct language *
best_of(const struct rp_languages *l, rp_text t, rp_text declared)
{
	const struct language *best = NULL;
	rp_text script;
	double most = 0;

	t = rp_text_cut(t, RP_LANGUAGES_LOOK);
	script = rp_text_script(t);
	for (size_t i = 0; i < l->n; i++) {
		const struct language *k = &l->known[i];
		double sum = 0;

		if (k->score == NULL || !rp_text_eq(k->script, script))
			continue;
		if (rp_lang_tag_same_primary(declared, k->tag))
			sum += DECLARED;
		for (size_t c = RP_LANGUAGES_GRAM - 1; c < t.n; c++)
			sum += (double)k->score[bucket(t, c)];
		if (best == NULL || sum > most) {
			best = k;
			most = sum;
		}
	}
	return best;
}

/* In the arena, once. */
static rp_text
kept(struct rp_languages *l, rp_text tag)
{
	const rp_text *at = rp_map_find(&l->tags, tag);

	if (at != NULL)
		return *at;
	tag = rp_text_dup(l->arena, tag);
	*rp_map_at(l->arena, &l->tags, tag) = tag;
	return tag;
}

static rp_text
found(rp_text tag, rp_text declared)
{
	return rp_lang_tag_same_primary(declared, tag) ? declared : tag;
}

rp_text
rp_languages_ask(struct rp_languages *l, rp_text t, const struct rp_langid *g,
    rp_text declared)
{
	bool sure = g->reliable && !is_und(g->tag);
	const struct language *k;

	prepare(l);
	if (sure && t.n >= RP_LANGUAGES_LONG)
		return kept(l, found(g->tag, declared));
	if (sure && rp_lang_tag_same_primary(declared, g->tag))
		return kept(l, declared);
	k = best_of(l, t, declared);
	if (k != NULL)
		return kept(l, found(k->tag, declared));
	if (!is_und(declared))
		return kept(l, declared);
	return sure ? kept(l, g->tag) : RP_TEXT("und");
}
