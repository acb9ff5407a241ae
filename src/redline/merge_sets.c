#include "redline/merge_sets.h"

#include <string.h>

#include "base/err.h"
#include "base/map.h"

/* The changes that say the same. */
struct same RP_VEC(uint32_t);

struct sames RP_MAP(struct same);

static bool
is_letter(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c >= 0x80;
}

static size_t
letters(rp_text t, size_t *out_words)
{
	size_t n = 0;

	*out_words = 0;
	for (size_t i = 0; i < t.n; i++) {
		bool is = is_letter((uint8_t)t.p[i]);

		n += is;
		*out_words += is && (i == 0 || !is_letter((uint8_t)t.p[i - 1]));
	}
	return n;
}

/* Equal but for the case of ASCII, and for all that is no letter. */
static bool
reads_the_same(rp_text x, rp_text y)
{
	size_t i = 0, k = 0;

	for (;;) {
		while (i < x.n && !is_letter((uint8_t)x.p[i]))
			i++;
		while (k < y.n && !is_letter((uint8_t)y.p[k]))
			k++;
		if (i == x.n || k == y.n)
			return i == x.n && k == y.n;
		if (((uint8_t)x.p[i] | 0x20) != ((uint8_t)y.p[k] | 0x20))
			return false;
		i++;
		k++;
	}
}

static bool
is_meant(rp_text goes, rp_text comes)
{
	size_t words[2];
	size_t n = letters(goes, &words[0]) + letters(comes, &words[1]);

	if (reads_the_same(goes, comes))
		return false;
	return n >= RP_MERGE_SET_LETTERS || words[0] > 1 || words[1] > 1;
}

static rp_text
base_text(struct rp_arena *a, const struct rp_consolidated *c,
    const struct rp_merge_change *k)
{
	rp_text t;

	if (k->place != RP_MERGE_RANGE)
		return RP_TEXT("");
	t = rp_block_text(a, &c->base->body.blocks.v[k->at]);
	return rp_text_trim(rp_text_sub(t, k->from, k->to));
}

/* What comes; false if it is something else than words. */
static bool
text_of(struct rp_arena *a, const struct rp_merge_change *k,
    const struct rp_merge_choice *x, rp_text *out)
{
	if (k->place == RP_MERGE_RANGE) {
		*out = rp_text_trim(x->text);
		return !x->gone;
	}
	*out = RP_TEXT("");
	for (size_t i = 0; i < x->blocks.n; i++) {
		if (x->blocks.v[i].moved_from != RP_NO_BLOCK)
			return false;
		*out = rp_textf(a, "%.*s\n%.*s", RP_FMT(*out),
		    RP_FMT(x->blocks.v[i].text));
	}
	return k->place == RP_MERGE_SLOT && x->blocks.n > 0;
}

struct rp_err *
rp_merge_find_sets(struct rp_arena *a, struct rp_consolidated *c)
{
	struct RP_VEC(rp_text) order = { 0 };
	struct sames sames = { 0 };

	for (uint32_t i = 0; i < c->changes.n; i++) {
		const struct rp_merge_change *k = &c->changes.v[i];
		rp_text goes = base_text(a, c, k);

		for (size_t j = 0; j < k->choices.n; j++) {
			const struct rp_merge_choice *x = &k->choices.v[j];
			struct same *s;
			rp_text comes, key;

			if (!text_of(a, k, x, &comes) || !is_meant(goes, comes))
				continue;
			key = rp_textf(a, "%llx %d %zu %.*s%.*s",
			    (unsigned long long)x->parties, (int)k->place,
			    goes.n, RP_FMT(goes), RP_FMT(comes));
			s = rp_map_at(a, &sames, key);
			if (s->n == 0)
				rp_vec_push(a, &order, key);
			rp_vec_push(a, s, i);
		}
	}
	for (size_t i = 0; i < order.n; i++) {
		const struct same *s = rp_map_find(&sames, order.v[i]);

		if (s->n > 1)
			RP_TRY(rp_merge_link(c, s->v, s->n));
	}
	return NULL;
}

uint32_t
rp_merge_count_sets(struct rp_arena *a, const struct rp_consolidated *c)
{
	uint32_t *n = rp_new_n(a, uint32_t, (size_t)c->n_sets + 1), sets = 0;

	for (size_t i = 0; i < c->changes.n; i++)
		if (c->changes.v[i].set != 0)
			sets += ++n[c->changes.v[i].set] == 2;
	return sets;
}
