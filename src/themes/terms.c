#include "themes/terms.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/err.h"
#include "base/map.h"
#include "text/stem.h"
#include "text/words.h"
#include "themes/stop.h"
#include "themes/watch.h"

#define TERMS_MEMORY ((size_t)8 * 1024 * 1024 * 1024)
#define BLOCK ((size_t)64 * 1024) /* words */
#define LANGS_MAX 256             /* more become "und" */
#define LANG_UND 0
#define STOP_ROWS 50000 /* that stop words are learnt from */

/* A word as it is written, in a language. */
struct surface {
	uint64_t hash;
	rp_text text;
	uint32_t stem;
	uint32_t n;
};

/* What surfaces are counted as. */
struct stem {
	rp_text text;
	uint16_t lang;
	bool is_number;
	uint32_t rows, last_row; /* plus one */
	uint32_t best;           /* surface */
	uint32_t term;
};

struct building {
	struct rp_arena *arena;   /* of the result */
	struct rp_arena *temp;    /* of this run */
	struct rp_arena *scratch; /* of one unit */
	const struct rp_theme_tools *tools;
	const struct rp_themes_result *r;
	struct RP_VEC(struct surface) surfaces;
	uint32_t *slots; /* of surfaces, plus one */
	size_t mask;
	struct RP_VEC(struct stem) stems;
	struct RP_MAP(uint32_t) stem_of; /* "en card" */
	struct RP_MAP(uint16_t) langs;
	uint32_t lang_rows[LANGS_MAX];
	rp_text last_tag;
	uint16_t last_lang;
	/* All words of all rows, as stems, in blocks that do not move. */
	struct RP_VEC(uint32_t *) blocks;
	size_t n_words;
	uint32_t n_rows;
	uint32_t *unit, *ends;
	uint16_t *row_lang;
	bool *is_stop; /* by stem */
};

/* The number of a language by its primary subtag. */
static uint16_t
lang_number(struct building *b, rp_text tag)
{
	uint16_t *at;
	rp_text primary;

	if (tag.p == b->last_tag.p && tag.n == b->last_tag.n)
		return b->last_lang;
	b->last_tag = tag;
	primary = rp_text_sub(tag, 0, rp_text_find(tag, '-', 0));
	if (b->langs.n == 0)
		*rp_map_at(b->temp, &b->langs, RP_TEXT("und")) = LANG_UND;
	at = rp_map_find(&b->langs, primary);
	if (at == NULL && b->langs.n < LANGS_MAX && primary.n > 0) {
		primary = rp_text_dup(b->arena, primary);
		at = rp_map_at(b->temp, &b->langs, primary);
		*at = (uint16_t)(b->langs.n - 1);
	}
	b->last_lang = at != NULL ? *at : LANG_UND;
	return b->last_lang;
}

static bool
is_number(rp_text t)
{
	for (size_t i = 0; i < t.n; i++)
		if ((t.p[i] < '0' || t.p[i] > '9') && t.p[i] != '.' &&
		    t.p[i] != ',')
			return false;
	return true;
}

static uint32_t
stem_number(struct building *b, rp_text word, uint16_t lang)
{
	rp_text tag = b->langs.keys[lang];
	rp_text stem = rp_stem(b->tools->stemmer, b->scratch, word, tag);
	rp_text key =
	    rp_textf(b->scratch, "%.*s %.*s", RP_FMT(tag), RP_FMT(stem));
	const uint32_t *at = rp_map_find(&b->stem_of, key);
	struct stem fresh = { .lang = lang };

	if (at != NULL)
		return *at;
	key = rp_text_dup(b->arena, key);
	fresh.text = rp_text_sub(key, tag.n + 1, key.n);
	fresh.is_number = is_number(fresh.text);
	*rp_map_at(b->temp, &b->stem_of, key) = (uint32_t)b->stems.n;
	rp_vec_push(b->temp, &b->stems, fresh);
	return (uint32_t)b->stems.n - 1;
}

static void
grow_slots(struct building *b)
{
	size_t n = b->mask == 0 ? 4096 : (b->mask + 1) * 4, at;

	b->slots = rp_new_n(b->temp, uint32_t, n);
	b->mask = n - 1;
	for (size_t i = 0; i < b->surfaces.n; i++) {
		at = b->surfaces.v[i].hash & b->mask;
		while (b->slots[at] != 0)
			at = (at + 1) & b->mask;
		b->slots[at] = (uint32_t)i + 1;
	}
}

static struct surface *
surface_of(struct building *b, rp_text word, uint16_t lang)
{
	uint64_t h = XXH3_64bits_withSeed(word.p, word.n, lang);
	struct surface fresh = { .hash = h };
	size_t at;

	if (b->surfaces.n * 2 >= b->mask)
		grow_slots(b);
	for (at = h & b->mask; b->slots[at] != 0; at = (at + 1) & b->mask) {
		struct surface *s = &b->surfaces.v[b->slots[at] - 1];

		if (s->hash == h && rp_text_eq(s->text, word) &&
		    b->stems.v[s->stem].lang == lang)
			return s;
	}
	fresh.text = rp_text_dup(b->arena, word);
	fresh.stem = stem_number(b, word, lang);
	rp_vec_push(b->temp, &b->surfaces, fresh);
	b->slots[at] = (uint32_t)b->surfaces.n;
	return &b->surfaces.v[b->surfaces.n - 1];
}

static void
push_word(struct building *b, uint32_t stem)
{
	if (b->n_words % BLOCK == 0) {
		uint32_t *fresh = rp_new_n(b->temp, uint32_t, BLOCK);

		rp_vec_push(b->temp, &b->blocks, fresh);
	}
	b->blocks.v[b->n_words / BLOCK][b->n_words % BLOCK] = stem;
	b->n_words++;
}

static uint32_t
word_at(const struct building *b, size_t i)
{
	return b->blocks.v[i / BLOCK][i % BLOCK];
}

static void
read_row(struct building *b, uint32_t row)
{
	const struct rp_theme_unit *u = &b->r->units.v[b->unit[row]];
	rp_text t = rp_text_sub(b->r->fields.v[u->field].text, u->from, u->to);
	uint16_t lang = lang_number(b, u->lang);
	struct rp_segment *words;
	size_t n;

	rp_arena_reset(b->scratch);
	words = rp_words_list(b->tools->words, b->scratch, t, &n);
	b->lang_rows[lang]++;
	b->row_lang[row] = lang;
	for (size_t i = 0; i < n; i++) {
		struct surface *s = surface_of(b,
		    rp_text_sub(t, words[i].from, words[i].to), lang);
		struct stem *stem = &b->stems.v[s->stem];

		s->n++;
		if (stem->last_row != row + 1) {
			stem->last_row = row + 1;
			stem->rows++;
		}
		push_word(b, s->stem);
	}
	RP_ASSERT(b->n_words < UINT32_MAX);
	b->ends[row] = (uint32_t)b->n_words;
}

static void
read_rows(struct building *b)
{
	const struct rp_theme_units *units = &b->r->units;

	for (size_t i = 0; i < units->n; i++)
		b->n_rows += units->v[i].copy_of == i;
	b->unit = rp_new_n(b->arena, uint32_t, b->n_rows);
	b->ends = rp_new_n(b->temp, uint32_t, b->n_rows);
	b->row_lang = rp_new_n(b->temp, uint16_t, b->n_rows);
	for (size_t i = 0, row = 0; i < units->n; i++)
		if (units->v[i].copy_of == i)
			b->unit[row++] = (uint32_t)i;
	for (uint32_t row = 0; row < b->n_rows; row++) {
		if (rp_watch_stops_at(b->tools->watch, row))
			return;
		read_row(b, row);
	}
}

/* Every which row is read for the stop words of a language. */
static uint32_t
step_of(uint32_t rows)
{
	return rows / STOP_ROWS + 1;
}

static void
learn_stop_words_of(struct building *b, uint16_t lang, bool *is_stop)
{
	uint32_t step = step_of(b->lang_rows[lang]), nth = 0, at = 0;
	uint32_t *rows_of = rp_new_n(b->scratch, uint32_t, b->stems.n);
	uint32_t *words = rp_new_n(b->scratch, uint32_t, RP_UNIT_MAX + 1);
	struct rp_stop *s;

	for (size_t i = 0; i < b->stems.n; i++)
		if (b->stems.v[i].lang == lang && !b->stems.v[i].is_number)
			rows_of[i] = b->stems.v[i].rows;
	s = rp_stop_new(b->scratch, rows_of, (uint32_t)b->stems.n,
	    b->lang_rows[lang]);
	for (uint32_t row = 0; row < b->n_rows; at = b->ends[row++]) {
		size_t n = 0;

		if (rp_watch_stops_at(b->tools->watch, row))
			return;
		if (b->row_lang[row] != lang || nth++ % step != 0)
			continue;
		for (uint32_t i = at; i < b->ends[row]; i++)
			words[n++] = word_at(b, i);
		rp_stop_row(s, words, n);
	}
	rp_stop_learn(s, is_stop);
}

static void
learn_stop_words(struct building *b)
{
	b->is_stop = rp_new_n(b->temp, bool, b->stems.n);
	for (uint16_t lang = 0; lang < b->langs.n; lang++) {
		if (b->lang_rows[lang] < RP_STOP_ROWS_MIN)
			continue;
		rp_arena_reset(b->scratch);
		learn_stop_words_of(b, lang, b->is_stop);
	}
}

static bool
is_kept(const struct building *b, size_t stem)
{
	const struct stem *s = &b->stems.v[stem];

	if (s->is_number || (b->n_rows >= RP_TERMS_RARE && s->rows < 2))
		return false;
	return !b->is_stop[stem];
}

static void
find_best_surfaces(struct building *b)
{
	for (size_t i = 0; i < b->stems.n; i++)
		b->stems.v[i].best = RP_NONE;
	for (size_t i = 0; i < b->surfaces.n; i++) {
		struct stem *s = &b->stems.v[b->surfaces.v[i].stem];

		if (s->best == RP_NONE ||
		    b->surfaces.v[i].n > b->surfaces.v[s->best].n)
			s->best = (uint32_t)i;
	}
}

static struct rp_term *
number_terms(struct building *b, struct rp_terms *out)
{
	struct rp_term *terms;

	learn_stop_words(b);
	find_best_surfaces(b);
	for (size_t i = 0; i < b->stems.n; i++) {
		struct stem *s = &b->stems.v[i];

		s->term = is_kept(b, i) ? out->n_terms++ : RP_NONE;
	}
	terms = rp_new_n(b->arena, struct rp_term, out->n_terms);
	for (size_t i = 0; i < b->stems.n; i++) {
		const struct stem *s = &b->stems.v[i];

		if (s->term == RP_NONE)
			continue;
		terms[s->term] = (struct rp_term){
			.stem = s->text,
			.surface = b->surfaces.v[s->best].text,
			.lang = b->langs.keys[s->lang],
			.rows = s->rows,
			.weight = 1,
		};
	}
	return terms;
}

/* The words of the question, as they are stemmed in each language. */
static void
weigh_question(struct building *b, rp_text question, struct rp_term *terms)
{
	struct rp_segment *words;
	size_t n;

	rp_arena_reset(b->scratch);
	words = rp_words_list(b->tools->words, b->temp, question, &n);
	for (size_t i = 0; i < n * b->langs.n; i++) {
		const struct rp_segment *w = &words[i % n];
		rp_text tag = b->langs.keys[i / n];
		rp_text stem = rp_stem(b->tools->stemmer, b->scratch,
		    rp_text_sub(question, w->from, w->to), tag);
		const uint32_t *at =
		    rp_map_find(&b->stem_of, rp_textf(b->scratch, "%.*s %.*s",
						 RP_FMT(tag), RP_FMT(stem)));

		if (at != NULL && b->stems.v[*at].term != RP_NONE)
			terms[b->stems.v[*at].term].weight = RP_QUESTION_WEIGHT;
	}
}

static void
put_sequences(struct building *b, struct rp_terms *out)
{
	uint32_t *start = rp_new_n(b->arena, uint32_t, (size_t)b->n_rows + 1);
	uint32_t *seq;
	size_t n = 0, at = 0;

	for (size_t i = 0; i < b->n_words; i++)
		n += b->stems.v[word_at(b, i)].term != RP_NONE;
	seq = rp_new_n(b->arena, uint32_t, n);
	n = 0;
	for (uint32_t row = 0; row < b->n_rows; row++) {
		for (; at < b->ends[row]; at++) {
			uint32_t term = b->stems.v[word_at(b, at)].term;

			if (term != RP_NONE)
				seq[n++] = term;
		}
		start[row + 1] = (uint32_t)n;
	}
	out->seq_start = start;
	out->seq = seq;
}

static int
by_number(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}

/* Distinct terms of one row, ascending, with counts; how many. A unit is too
 * short for a count that overflows. */
static uint32_t
bag(const struct rp_terms *t, uint32_t row, uint32_t *sorted, uint16_t *counts)
{
	uint32_t n = t->seq_start[row + 1] - t->seq_start[row], k = 0;

	if (n == 0)
		return 0;
	memcpy(sorted, t->seq + t->seq_start[row], n * sizeof(*sorted));
	qsort(sorted, n, sizeof(*sorted), by_number);
	for (uint32_t i = 0; i < n; i++) {
		if (k > 0 && sorted[k - 1] == sorted[i]) {
			counts[k - 1]++;
			continue;
		}
		sorted[k] = sorted[i];
		counts[k++] = 1;
	}
	return k;
}

static void
put_bags(struct building *b, struct rp_terms *out)
{
	uint32_t *start = rp_new_n(b->arena, uint32_t, (size_t)b->n_rows + 1);
	/* A row has no more octets than a unit, so no more words. */
	uint32_t *sorted = rp_new_n(b->temp, uint32_t, RP_UNIT_MAX + 1);
	uint16_t *counts = rp_new_n(b->temp, uint16_t, RP_UNIT_MAX + 1);
	uint32_t *term;
	uint16_t *count;

	for (uint32_t row = 0; row < b->n_rows; row++) {
		if (rp_watch_stops_at(b->tools->watch, row))
			return;
		start[row + 1] = start[row] + bag(out, row, sorted, counts);
	}
	term = rp_new_n(b->arena, uint32_t, start[b->n_rows]);
	count = rp_new_n(b->arena, uint16_t, start[b->n_rows]);
	for (uint32_t row = 0; row < b->n_rows; row++) {
		uint32_t k;

		if (rp_watch_stops_at(b->tools->watch, row))
			return;
		k = bag(out, row, sorted, counts);
		if (k == 0)
			continue;
		memcpy(term + start[row], sorted, k * sizeof(*sorted));
		memcpy(count + start[row], counts, k * sizeof(*counts));
	}
	out->start = start;
	out->term = term;
	out->count = count;
}

void
rp_terms_build(struct rp_arena *a, const struct rp_theme_tools *tools,
    const struct rp_themes_result *r, rp_text question, struct rp_terms *out)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *temp = rp_arena_new(TERMS_MEMORY);
	RP_AUTO(rp_arena_freep)
	struct rp_arena *scratch = rp_arena_new(TERMS_MEMORY);
	struct building b = {
		.arena = a,
		.temp = temp,
		.scratch = scratch,
		.tools = tools,
		.r = r,
	};
	struct rp_terms t = { 0 };
	struct rp_term *terms;

	*out = t;
	read_rows(&b);
	if (rp_watch_stops(tools->watch))
		return; /* with nothing */
	t.n_rows = b.n_rows;
	t.unit = b.unit;
	terms = number_terms(&b, &t);
	if (question.n > 0)
		weigh_question(&b, question, terms);
	t.terms = terms;
	put_sequences(&b, &t);
	put_bags(&b, &t);
	if (!rp_watch_stops(tools->watch))
		*out = t;
}
