#include "themes/units.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/err.h"
#include "text/folded.h"
#include "text/input.h"
#include "text/words.h"
#include "themes/languages.h"
#include "themes/watch.h"

#define UNITS_MEMORY ((size_t)4 * 1024 * 1024 * 1024)
/* Octets of a sentence that is asked about by itself. */
#define LONG_ENOUGH 60
/* Percent of a field in one language: its units are not asked again. */
#define UNMIXED 90

struct place {
	size_t from, to;
	size_t words;
};

struct building {
	struct rp_arena *arena;   /* of the result */
	struct rp_arena *temp;    /* of this run */
	struct rp_arena *scratch; /* of one field */
	const struct rp_theme_tools *tools;
	struct rp_themes_result *r;
	/* First unit of each text, by the hash of its folding. */
	uint32_t *slots;
	size_t mask, n_texts;
	XXH128_hash_t *hashes; /* of units */
	size_t hashes_cap;
	struct rp_languages *languages;
	struct rp_langid *guesses; /* of fields */
};

/* Sentences. */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Octets of a mark that makes an item of a list, 0 if there is none. */
static size_t
bullet(rp_text t, size_t at)
{
	static const rp_text wide[] = { RP_TEXT_INIT("\xe2\x80\xa2"),
		RP_TEXT_INIT("\xe2\x80\x93"), RP_TEXT_INIT("\xe2\x80\x94"),
		RP_TEXT_INIT("\xe2\x96\xaa"), RP_TEXT_INIT("\xc2\xb7") };

	if (t.p[at] != '\0' && strchr("=+-@*#>|", t.p[at]) != NULL)
		return 1;
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (rp_text_starts(rp_text_sub(t, at, t.n), wide[i]))
			return wide[i].n;
	return 0;
}

/*
 * Without white space, and without what stands before items of lists: that is
 * not said, and a spreadsheet takes some of it for formulas.
 */
static struct place
trimmed(rp_text t, struct place p)
{
	size_t n;

	while (p.from < p.to) {
		n = is_blank(t.p[p.from]) ? 1 : bullet(t, p.from);
		if (n == 0)
			break;
		p.from += n;
	}
	while (p.to > p.from && is_blank(t.p[p.to - 1]))
		p.to--;
	return p;
}

/* A line end in the middle of a sentence: one, and a small letter behind it. */
static bool
runs_on(rp_text t, size_t at)
{
	size_t before = at;
	unsigned lines = 0;

	while (before > 0 && is_blank(t.p[before - 1]))
		lines += t.p[--before] == '\n';
	if (lines != 1 || before == 0 || at == t.n)
		return false;
	return t.p[at] >= 'a' && t.p[at] <= 'z' &&
	       strchr(".!?:;", t.p[before - 1]) == NULL;
}

struct places RP_VEC(struct place);

/* What fits of a piece that is too long: up to a space, if one is near. */
static size_t
cut_at(rp_text t, struct place p)
{
	size_t n = rp_text_cut(rp_text_sub(t, p.from, p.to), RP_UNIT_MAX).n;

	for (size_t i = n; i > n / 2; i--)
		if (is_blank(t.p[p.from + i - 1]))
			return p.from + i;
	return p.from + n;
}

static void
push_cut(struct building *b, struct places *list, rp_text t, struct place p)
{
	struct place head;

	p = trimmed(t, p);
	if (p.to - p.from <= RP_UNIT_MAX) {
		if (p.words > 0)
			rp_vec_push(b->scratch, list, p);
		return;
	}
	while (p.to - p.from > RP_UNIT_MAX) {
		head = (struct place){ p.from, cut_at(t, p), 0 };
		p.from = head.to;
		head = trimmed(t, head);
		if (head.to > head.from)
			rp_vec_push(b->scratch, list, head);
	}
	p = trimmed(t, p);
	if (p.to > p.from)
		rp_vec_push(b->scratch, list, p);
}

static size_t
words_in(const struct rp_folded *f, size_t *at, size_t to)
{
	size_t from = *at;

	while (*at < f->n_words && f->words[*at].from < to)
		++*at;
	return *at - from;
}

/* The sentences of a field, short ones with the one before. */
static struct places
sentences(struct building *b, rp_text t, const struct rp_folded *f)
{
	struct places list = { 0 };
	struct place open = { 0 };
	struct rp_segment *s;
	size_t n, word = 0;

	s = rp_words_split(b->tools->words, b->scratch, RP_BREAK_SENTENCE, t,
	    &n);
	for (size_t i = 0; i < n; i++) {
		size_t words = words_in(f, &word, s[i].to);

		if (i > 0 && words >= RP_UNIT_WORDS_MIN &&
		    open.words >= RP_UNIT_WORDS_MIN && !runs_on(t, s[i].from)) {
			push_cut(b, &list, t, open);
			open = (struct place){ .from = s[i].from };
		}
		open.to = s[i].to;
		open.words += words;
	}
	push_cut(b, &list, t, open);
	return list;
}

static struct places
places_of(struct building *b, rp_text t, const struct rp_folded *f)
{
	struct place all = { 0, t.n, f->n_words };
	size_t words = f->n_words;
	struct places list = { 0 };

	/* Two such characters make a word, roughly. */
	if (f->n_single > 0)
		words -= f->n_single / 2;
	if (words > RP_UNIT_WHOLE_WORDS)
		return sentences(b, t, f);
	if (words > 0)
		push_cut(b, &list, t, all);
	return list;
}

/* Copies. */

static XXH128_hash_t
hash_between(const struct rp_folded *f, size_t first, size_t end)
{
	size_t from, to;

	if (first == end)
		return (XXH128_hash_t){ 0 };
	from = f->words[first].at;
	to = f->words[end - 1].at + f->words[end - 1].n;
	return XXH3_128bits(f->p + from, to - from);
}

static void
grow_slots(struct building *b)
{
	size_t n = b->mask == 0 ? 1024 : (b->mask + 1) * 4;
	struct rp_theme_units *units = &b->r->units;

	b->slots = rp_new_n(b->temp, uint32_t, n);
	b->mask = n - 1;
	for (size_t i = 0; i < units->n; i++) {
		size_t at = b->hashes[i].low64 & b->mask;

		if (units->v[i].copy_of != i)
			continue;
		while (b->slots[at] != 0)
			at = (at + 1) & b->mask;
		b->slots[at] = (uint32_t)i + 1;
	}
}

/* The first unit with this hash; the one that is about to be put if none. */
static uint32_t
first_such(struct building *b, XXH128_hash_t h)
{
	size_t at;

	if (b->n_texts * 2 >= b->mask)
		grow_slots(b);
	for (at = h.low64 & b->mask; b->slots[at] != 0; at = (at + 1) & b->mask)
		if (XXH128_isEqual(b->hashes[b->slots[at] - 1], h))
			return b->slots[at] - 1;
	b->n_texts++;
	b->slots[at] = (uint32_t)b->r->units.n + 1;
	return (uint32_t)b->r->units.n;
}

static void
keep_hash(struct building *b, XXH128_hash_t h)
{
	size_t n = b->r->units.n;

	if (n == b->hashes_cap) {
		size_t cap = n > 0 ? n * 2 : 1024;
		XXH128_hash_t *v = rp_new_n(b->temp, XXH128_hash_t, cap);

		if (n > 0)
			memcpy(v, b->hashes, n * sizeof(*v));
		b->hashes = v;
		b->hashes_cap = cap;
	}
	b->hashes[n] = h;
}

static bool
is_read(const struct building *b, size_t field)
{
	const struct rp_theme_field *f = &b->r->fields.v[field];

	return !b->r->responses.v[f->response].is_withheld;
}

static void
push_unit(struct building *b, uint32_t field, struct place p, rp_text lang,
    XXH128_hash_t h)
{
	struct rp_theme_unit u = {
		.field = field,
		.from = (uint32_t)p.from,
		.to = (uint32_t)p.to,
		.lang = lang,
		.theme = RP_NONE,
	};

	keep_hash(b, h);
	u.copy_of = first_such(b, h);
	rp_vec_push(b->temp, &b->r->units, u);
}

static void
split_field(struct building *b, uint32_t field)
{
	const struct rp_theme_field *given = &b->r->fields.v[field];
	const struct rp_theme_response *from =
	    &b->r->responses.v[given->response];
	const struct rp_langid *g = &b->guesses[field];
	struct rp_folded f = rp_fold_words(b->tools->folder, given->text);
	struct places list;
	rp_text whole;
	size_t word = 0;

	if (f.n_words == 0)
		return;
	list = places_of(b, given->text, &f);
	whole = rp_languages_ask(b->languages, given->text, g, from->lang);
	for (size_t i = 0; i < list.n; i++) {
		rp_text t =
		    rp_text_sub(given->text, list.v[i].from, list.v[i].to);
		rp_text lang = whole;
		size_t first;

		words_in(&f, &word, list.v[i].from);
		first = word;
		words_in(&f, &word, list.v[i].to);
		if (list.n > 1 && g->percent < UNMIXED && t.n >= LONG_ENOUGH) {
			struct rp_langid one = rp_langid_guess(t, whole);

			lang = rp_languages_ask(b->languages, t, &one, whole);
		}
		push_unit(b, field, list.v[i], lang,
		    hash_between(&f, first, word));
	}
}

static void
guess_all(struct building *b)
{
	b->guesses = rp_new_n(b->temp, struct rp_langid, b->r->fields.n);
	for (size_t i = 0; i < b->r->fields.n; i++) {
		if (rp_watch_stops_at(b->tools->watch, i))
			return;
		const struct rp_theme_field *f = &b->r->fields.v[i];

		if (!is_read(b, i))
			continue;
		b->guesses[i] = rp_languages_show(b->languages, f->text,
		    b->r->responses.v[f->response].lang);
	}
}

/* What grew in doubled steps takes half of that when it is done. */
static void
keep_units(struct building *b)
{
	struct rp_theme_units *units = &b->r->units;
	struct rp_theme_unit *v =
	    rp_new_n(b->arena, struct rp_theme_unit, units->n);

	if (units->n > 0)
		memcpy(v, units->v, units->n * sizeof(*v));
	units->v = v;
	units->cap = units->n;
}

void
rp_units_build(struct rp_arena *a, const struct rp_theme_tools *tools,
    struct rp_themes_result *r)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *temp = rp_arena_new(UNITS_MEMORY);
	RP_AUTO(rp_arena_freep)
	struct rp_arena *scratch = rp_arena_new(UNITS_MEMORY);
	struct building b = {
		.arena = a,
		.temp = temp,
		.scratch = scratch,
		.tools = tools,
		.r = r,
	};

	r->units = (struct rp_theme_units){ 0 };
	b.languages = rp_languages_new(a);
	guess_all(&b);
	for (size_t i = 0; i < r->fields.n; i++) {
		if (rp_watch_stops_at(tools->watch, i))
			break;
		if (!is_read(&b, i))
			continue;
		split_field(&b, (uint32_t)i);
		rp_arena_reset(b.scratch);
	}
	keep_units(&b);
}
