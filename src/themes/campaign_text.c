/* campaign_text - responses as shingles; the same texts; groups of near ones.
 */
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/err.h"
#include "text/folded.h"
#include "themes/campaign_private.h"
#include "themes/watch.h"

#define WIDTH 3
#define WIDTH_SINGLE 5
#define BINS 64
#define BANDS 16
#define ROWS 4
#define EMPTY UINT32_MAX
/* Bins of 64 that agree: a similarity of about .4, to be judged exactly. */
#define AGREE 26

struct rp_creader *
rp_creader_new(struct rp_arena *a, struct rp_folder *folder,
    const struct rp_themes_result *r)
{
	struct rp_creader *c = rp_new(a, struct rp_creader);
	uint32_t *first = rp_new_n(a, uint32_t, r->responses.n + 1);

	for (size_t i = 0; i < r->fields.n; i++)
		first[r->fields.v[i].response + 1]++;
	for (size_t i = 0; i < r->responses.n; i++)
		first[i + 1] += first[i];
	c->arena = a;
	c->folder = folder;
	c->r = r;
	c->first_field = first;
	return c;
}

static uint64_t
mixed(uint64_t x)
{
	x ^= x >> 32;
	x *= 0xd6e8feb86659fd93u;
	x ^= x >> 32;
	x *= 0xd6e8feb86659fd93u;
	return x ^ x >> 32;
}

static void
put_shingles(struct rp_creader *c)
{
	struct rp_cdoc *doc = &c->doc;
	uint64_t sum = 0, key;

	doc->shingles.n = 0;
	for (size_t i = 0; i < doc->words.n; i++) {
		/* Word by word, so that order counts. */
		sum = 0;
		if (i + doc->width > doc->words.n)
			break;
		for (size_t k = 0; k < doc->width; k++)
			sum = (sum << 7 | sum >> 57) ^ doc->words.v[i + k].hash;
		key = mixed(sum);
		rp_vec_push(c->arena, &doc->shingles, key);
	}
}

const struct rp_cdoc *
rp_creader_read(struct rp_creader *c, uint32_t response)
{
	struct rp_cdoc *doc = &c->doc;
	size_t single = 0;
	XXH3_state_t state;
	XXH128_hash_t whole;

	doc->words.n = 0;
	XXH3_128bits_reset(&state);
	for (uint32_t f = c->first_field[response];
	     f < c->first_field[response + 1]; f++) {
		struct rp_folded got =
		    rp_fold_words(c->folder, c->r->fields.v[f].text);

		single += got.n_single;
		for (size_t i = 0; i < got.n_words; i++) {
			const struct rp_folded_word *w = &got.words[i];
			struct rp_cword word = {
				.hash = XXH3_64bits(got.p + w->at, w->n),
				.field = f,
				.from = w->from,
				.to = w->to,
			};

			rp_vec_push(c->arena, &doc->words, word);
		}
		if (got.n > 0)
			XXH3_128bits_update(&state, got.p, got.n);
	}
	whole = XXH3_128bits_digest(&state);
	doc->low = whole.low64;
	doc->high = whole.high64;
	doc->width = single * 2 > doc->words.n ? WIDTH_SINGLE : WIDTH;
	put_shingles(c);
	return doc;
}

/* One-permutation MinHash. */

struct sketch {
	uint8_t bins[BINS]; /* eight bits of each are enough to compare */
	uint32_t bands[BANDS];
};

/* An empty bin takes the value of one that is not, always the same one. */
static void
densify(uint32_t *bins)
{
	uint32_t from[BINS];

	memcpy(from, bins, sizeof(from));
	for (uint32_t i = 0; i < BINS; i++) {
		uint32_t at = i;

		for (uint32_t turn = 1; from[at] == EMPTY; turn++)
			at = (uint32_t)(mixed(i * 1000003u + turn) % BINS);
		bins[i] = from[at];
	}
}

static void
sketch(const struct rp_cdoc *doc, struct sketch *out)
{
	uint32_t bins[BINS];

	memset(bins, 0xff, sizeof(bins));
	for (size_t i = 0; i < doc->shingles.n; i++) {
		uint64_t h = doc->shingles.v[i];
		uint32_t bin = (uint32_t)(h >> 58), v = (uint32_t)h;

		if (v < bins[bin])
			bins[bin] = v;
	}
	densify(bins);
	for (int i = 0; i < BINS; i++)
		out->bins[i] = (uint8_t)(mixed(bins[i]));
	for (int i = 0; i < BANDS; i++)
		out->bands[i] = (uint32_t)XXH3_64bits(bins + ROWS * i,
		    ROWS * sizeof(*bins));
}

static bool
agree(const struct sketch *x, const struct sketch *y)
{
	int same = 0;

	for (int i = 0; i < BINS; i++)
		same += x->bins[i] == y->bins[i];
	return same >= AGREE;
}

/* The same texts. */

struct telling {
	struct rp_arena *arena;
	struct rp_ctexts *t;
	uint32_t *slots;
	size_t mask;
	uint64_t (*hashes)[2];
	struct sketch *sketches;
};

static size_t
slots_for(size_t n)
{
	size_t slots = 1024;

	while (slots < n * 2)
		slots *= 2;
	return slots;
}

/* The text with this hash, made if there is none. */
static uint32_t
text_of(struct telling *w, uint32_t response, const struct rp_cdoc *doc)
{
	struct rp_ctexts *t = w->t;
	size_t at = doc->low & w->mask;
	uint32_t text;

	for (; w->slots[at] != 0; at = (at + 1) & w->mask) {
		text = w->slots[at] - 1;
		if (w->hashes[text][0] == doc->low &&
		    w->hashes[text][1] == doc->high)
			return text;
	}
	text = t->n++;
	w->slots[at] = t->n;
	w->hashes[text][0] = doc->low;
	w->hashes[text][1] = doc->high;
	t->first[text] = response;
	sketch(doc, &w->sketches[text]);
	return text;
}

static uint32_t
root(uint32_t *group, uint32_t x)
{
	while (group[x] != x) {
		group[x] = group[group[x]];
		x = group[x];
	}
	return x;
}

/* The lower number is the root: the same whatever the order of joining. */
static void
join(uint32_t *group, uint32_t x, uint32_t y)
{
	x = root(group, x);
	y = root(group, y);
	if (x < y)
		group[y] = x;
	else
		group[x] = y;
}

/* Join texts that share a band, and agree with the first that has it. */
static void
join_band(struct telling *w, int band)
{
	struct rp_ctexts *t = w->t;

	memset(w->slots, 0, (w->mask + 1) * sizeof(*w->slots));
	for (uint32_t i = 0; i < t->n; i++) {
		const struct sketch *s = &w->sketches[i];
		size_t at = s->bands[band] & w->mask;

		while (
		    w->slots[at] != 0 &&
		    w->sketches[w->slots[at] - 1].bands[band] != s->bands[band])
			at = (at + 1) & w->mask;
		if (w->slots[at] == 0)
			w->slots[at] = i + 1;
		else if (agree(s, &w->sketches[w->slots[at] - 1]))
			join(t->group, i, w->slots[at] - 1);
	}
}

void
rp_ctexts_build(struct rp_arena *a, struct rp_creader *c,
    struct rp_watch *watch, struct rp_ctexts *t)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *own = rp_arena_new(SIZE_MAX);
	uint32_t n = (uint32_t)c->r->responses.n;
	struct telling w = { .arena = own, .t = t };

	*t = (struct rp_ctexts){ .of = rp_new_n(a, uint32_t, n) };
	t->first = rp_new_n(a, uint32_t, n);
	t->weight = rp_new_n(a, uint32_t, n);
	t->group = rp_new_n(a, uint32_t, n);
	w.mask = slots_for(n) - 1;
	w.slots = rp_new_n(own, uint32_t, w.mask + 1);
	w.hashes = rp_alloc_n(own, n, sizeof(*w.hashes));
	w.sketches = rp_new_n(own, struct sketch, n);
	for (uint32_t i = 0; i < n; i++) {
		const struct rp_cdoc *doc;

		t->of[i] = RP_NONE;
		if (rp_watch_stops_at(watch, i))
			return;
		if (c->r->responses.v[i].is_withheld)
			continue;
		doc = rp_creader_read(c, i);
		if (doc->shingles.n < RP_CAMPAIGN_SHARED_MIN)
			continue;
		t->of[i] = text_of(&w, i, doc);
		t->weight[t->of[i]]++;
	}
	for (uint32_t i = 0; i < t->n; i++)
		t->group[i] = i;
	for (int band = 0; band < BANDS && !rp_watch_stops(watch); band++)
		join_band(&w, band);
	for (uint32_t i = 0; i < t->n; i++)
		t->group[i] = root(t->group, i);
}
