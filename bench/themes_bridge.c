/*
 * themes_bridge - grouping across languages, and finding translations.
 *
 * usage: themes_bridge FOLDER SEGMENTS SEEDS LANG=FILE...
 * FOLDER/FILE: TSV of SIB-200 (index_id, category, text), the same sentences in
 * each. Of each seed's order of sentences the first SEGMENTS are the parallel
 * text; each of the others is a response in one language, drawn at random.
 * Prints NMI with the topics and with the languages; then, with the others in
 * the first two languages, how often the nearest is the translation.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/map.h"
#include "text/folded.h"
#include "text/stem.h"
#include "text/words.h"
#include "themes/bridge.h"
#include "themes/evaluate.h"
#include "themes/fit.h"

#define LANGS_MAX 10
#define SENTENCES_MAX 1200

struct sentence {
	rp_text text[LANGS_MAX];
	uint32_t topic;
};

static struct rp_arena *arena;
static struct sentence sentences[SENTENCES_MAX];
static rp_text langs[LANGS_MAX];
static uint32_t n_langs, n_sentences;
static struct RP_MAP(uint32_t) ids, topics;

static uint32_t
number_in(struct rp_arena *a, void *map, rp_text key)
{
	struct numbers RP_MAP(uint32_t) *m = map;
	uint32_t n = (uint32_t)m->n, *at = rp_map_at(a, m, key);

	if (m->n > n)
		*at = n;
	return *at;
}

static void
load(const char *path, uint32_t lang)
{
	static char line[1 << 16];
	FILE *f = fopen(path, "r");

	if (f == NULL) {
		perror(path);
		exit(1);
	}
	while (fgets(line, sizeof(line), f) != NULL) {
		char *save, *id = strtok_r(line, "\t", &save);
		char *topic = strtok_r(NULL, "\t", &save);
		char *text = strtok_r(NULL, "\n", &save);
		struct sentence *s;

		if (text == NULL || strcmp(id, "index_id") == 0)
			continue;
		s = &sentences[number_in(arena, &ids,
		    rp_text_dup(arena, rp_text_z(id)))];
		s->topic = number_in(arena, &topics,
		    rp_text_dup(arena, rp_text_z(topic)));
		s->text[lang] = rp_text_dup(arena, rp_text_z(text));
	}
	fclose(f);
	n_sentences = (uint32_t)ids.n;
}

/* One set of texts with its words; of each field a segment or none. */
struct set {
	struct rp_themes_result r;
	struct RP_VEC(uint32_t) segment, lang, item;
	struct rp_terms terms;
	uint32_t *row_segment, *row_lang;
};

static void
add(struct rp_arena *a, struct set *s, uint32_t item, uint32_t lang,
    uint32_t segment)
{
	struct rp_theme_response r = { .lang = langs[lang],
		.campaign = RP_NONE };
	struct rp_theme_field f = { (uint32_t)s->r.responses.n, 0,
		sentences[item].text[lang] };

	rp_vec_push(a, &s->r.responses, r);
	rp_vec_push(a, &s->r.fields, f);
	rp_vec_push(a, &s->segment, segment);
	rp_vec_push(a, &s->lang, lang);
	rp_vec_push(a, &s->item, item);
}

static struct rp_bridge_text
build(struct rp_arena *a, struct set *s, uint32_t segments)
{
	struct rp_theme_tools tools = { .words = rp_words_new(),
		.folder = rp_folder_new(),
		.stemmer = rp_stemmer_new() };

	rp_units_build(a, &tools, &s->r);
	rp_terms_build(a, &tools, &s->r, RP_TEXT(""), &s->terms);
	s->row_segment = rp_new_n(a, uint32_t, s->terms.n_rows + 1);
	s->row_lang = rp_new_n(a, uint32_t, s->terms.n_rows + 1);
	for (uint32_t i = 0; i < s->terms.n_rows; i++) {
		uint32_t f = s->r.units.v[s->terms.unit[i]].field;

		s->row_segment[i] = s->segment.v[f];
		s->row_lang[i] = s->lang.v[f];
	}
	rp_words_free(tools.words);
	rp_folder_free(tools.folder);
	rp_stemmer_free(tools.stemmer);
	return (struct rp_bridge_text){ &s->terms, s->row_segment, s->row_lang,
		segments, n_langs };
}

static void
group(struct rp_arena *a, const uint32_t *order, uint32_t segments,
    uint64_t seed, double *topic, double *lang)
{
	struct rp_random r = rp_random_make(seed, 1);
	struct set s = { 0 };
	struct rp_bridge_text b;
	struct rp_dense places;
	uint32_t *rows, *gold, *tongue, *found, n = 0;
	struct rp_fit fit;
	struct rp_fit_options o = { .seed = seed, .k = (uint32_t)topics.n };

	for (uint32_t i = segments; i < n_sentences; i++)
		add(a, &s, order[i], rp_random_below(&r, n_langs), RP_NONE);
	for (uint32_t i = 0; i < segments; i++)
		for (uint32_t l = 0; l < n_langs; l++)
			add(a, &s, order[i], l, i);
	b = build(a, &s, segments);
	rows = rp_new_n(a, uint32_t, s.terms.n_rows + 1);
	for (uint32_t i = 0; i < s.terms.n_rows; i++)
		if (s.row_segment[i] == RP_NONE)
			rows[n++] = i;
	places = rp_bridge_places(a, &b, RP_BRIDGE_DIMS, seed);
	o.places = &places;
	o.rows = rows;
	o.n_rows = n;
	rp_fit(a, &s.terms, &o, &fit);
	gold = rp_new_n(a, uint32_t, n);
	tongue = rp_new_n(a, uint32_t, n);
	found = rp_new_n(a, uint32_t, n);
	n = 0;
	for (uint32_t i = 0; i < s.terms.n_rows; i++) {
		const struct rp_theme_unit *u = &s.r.units.v[s.terms.unit[i]];

		if (s.row_segment[i] != RP_NONE ||
		    (i > 0 && s.r.units.v[s.terms.unit[i - 1]].field ==
				  u->field)) /* a response counts once */
			continue;
		gold[n] = sentences[s.item.v[u->field]].topic;
		tongue[n] = s.row_lang[i];
		found[n++] = fit.theme[i];
	}
	*topic = rp_evaluate_groups(gold, found, n, RP_EVALUATE_TOGETHER).nmi;
	*lang = rp_evaluate_groups(tongue, found, n, RP_EVALUATE_TOGETHER).nmi;
	printf("seed %llu: %u responses, NMI topic %.3f, language %.3f\n",
	    (unsigned long long)seed, n, *topic, *lang);
}

/* The others in two languages: the nearest, and who choose each other. */
static void
mates(struct rp_arena *a, const uint32_t *order, uint32_t segments,
    uint64_t seed, double *first, double *precision, double *recall)
{
	struct set s = { 0 };
	struct rp_bridge_text b;
	struct rp_dense x;
	uint32_t *rows, *mate, *item, n = 0, right = 0, all = 0, hit = 0;
	uint32_t chosen = 0;

	for (uint32_t i = segments; i < n_sentences; i++)
		for (uint32_t l = 0; l < 2; l++)
			add(a, &s, order[i], l, RP_NONE);
	for (uint32_t i = 0; i < segments; i++)
		for (uint32_t l = 0; l < n_langs; l++)
			add(a, &s, order[i], l, i);
	b = build(a, &s, segments);
	x = rp_bridge_places(a, &b, RP_BRIDGE_MATE_DIMS, seed);
	rows = rp_new_n(a, uint32_t, s.terms.n_rows + 1);
	mate = rp_new_n(a, uint32_t, s.terms.n_rows + 1);
	item = rp_new_n(a, uint32_t, s.terms.n_rows + 1);
	for (uint32_t i = 0; i < s.terms.n_rows; i++) {
		uint32_t f = s.r.units.v[s.terms.unit[i]].field;

		if (s.row_segment[i] != RP_NONE ||
		    (i > 0 && s.r.units.v[s.terms.unit[i - 1]].field == f))
			continue;
		item[n] = s.item.v[f];
		rows[n++] = i;
	}
	for (uint32_t i = 0; i < n; i++) {
		double most = -2, near;
		uint32_t best = 0;

		for (uint32_t j = 0; j < n; j++) {
			if (s.row_lang[rows[j]] == s.row_lang[rows[i]])
				continue;
			near = rp_num_dot(rp_dense_row(&x, rows[i]),
			    rp_dense_row(&x, rows[j]), x.d);
			if (near > most) {
				most = near;
				best = j;
			}
		}
		all++;
		right += item[best] == item[i];
	}
	rp_bridge_mates(&b, &x, rows, n, mate);
	for (uint32_t i = 0; i < n; i++)
		if (mate[i] != RP_NONE) {
			chosen++;
			hit += item[mate[i]] == item[i];
		}
	*first = (double)right / all;
	*precision = chosen > 0 ? (double)hit / chosen : 0;
	*recall = (double)hit / all;
}

int
main(int argc, char **argv)
{
	uint32_t segments, seeds, *order;
	double t = 0, l = 0, f = 0, p = 0, c = 0;

	arena = rp_arena_new(SIZE_MAX);
	if (argc < 6 || argc - 4 > LANGS_MAX) {
		fprintf(stderr, "usage: themes_bridge FOLDER SEGMENTS SEEDS "
				"LANG=FILE...\n");
		return 2;
	}
	segments = (uint32_t)strtoul(argv[2], NULL, 10);
	seeds = (uint32_t)strtoul(argv[3], NULL, 10);
	for (int i = 4; i < argc; i++) {
		char *eq = strchr(argv[i], '=');

		*eq = '\0';
		langs[n_langs] = rp_text_z(argv[i]);
		load(rp_textf(arena, "%s/%s", argv[1], eq + 1).p, n_langs++);
	}
	order = rp_new_n(arena, uint32_t, n_sentences);
	for (uint64_t seed = 1; seed <= seeds; seed++) {
		struct rp_arena *a = rp_arena_new(SIZE_MAX);
		struct rp_random r = rp_random_make(seed, 0);
		double topic, lang, first, precision, recall;

		for (uint32_t i = 0; i < n_sentences; i++)
			order[i] = i;
		for (uint32_t i = n_sentences; i > 1; i--) {
			uint32_t j = rp_random_below(&r, i), x = order[j];

			order[j] = order[i - 1];
			order[i - 1] = x;
		}
		group(a, order, segments, seed, &topic, &lang);
		mates(a, order, segments, seed, &first, &precision, &recall);
		t += topic / seeds;
		l += lang / seeds;
		f += first / seeds;
		p += precision / seeds;
		c += recall / seeds;
		rp_arena_free(a);
	}
	printf("mean of %u: NMI topic %.3f, language %.3f; nearest is the "
	       "translation %.3f; mates: precision %.3f, recall %.3f\n",
	    seeds, t, l, f, p, c);
	return 0;
}
