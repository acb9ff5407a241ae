#include "themes/label.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "themes/numeric.h"
#include "themes/watch.h"

#define CANDIDATES 12u  /* words that are looked at for pairs */
#define PAIR_LEAST 3u   /* times that a pair stands together */
#define PAIR_SHARE 0.25 /* of the rarer of its words */
#define GAP_MAX 12u     /* octets between the words of a pair */
#define LOOK_MAX 400u   /* units in which a pair's form is looked for */
#define BEGINNING 40u   /* octets, of a theme without words */

struct candidate {
	uint32_t term;
	uint32_t count;
	double score;
};

struct work {
	struct rp_arena *a, *tmp;
	const struct rp_terms *t;
	struct rp_themes_result *r;
	uint32_t *rows, *start; /* by theme, those of its children too */
	uint32_t *total;        /* of a term, over all rows */
	double per_theme;       /* words, on average */
	uint32_t *count;        /* of a term in the theme at hand */
	struct taken RP_MAP(bool) taken;
};

static uint32_t
theme_of(const struct work *w, uint32_t row)
{
	return w->r->units.v[w->t->unit[row]].theme;
}

/* A row is of its theme, and of the one above. */
static void
rows_by_theme(struct work *w)
{
	uint32_t n = (uint32_t)w->r->themes.n, k;

	w->start = rp_new_n(w->tmp, uint32_t, n + 2);
	for (uint32_t i = 0; i < w->t->n_rows; i++)
		for (k = theme_of(w, i); k != RP_NONE;
		     k = w->r->themes.v[k].parent)
			w->start[k + 2]++;
	for (k = 0; k < n; k++)
		w->start[k + 2] += w->start[k + 1];
	w->rows = rp_new_n(w->tmp, uint32_t, w->start[n + 1] + 1);
	for (uint32_t i = 0; i < w->t->n_rows; i++)
		for (k = theme_of(w, i); k != RP_NONE;
		     k = w->r->themes.v[k].parent)
			w->rows[w->start[k + 1]++] = i;
}

static int
by_score(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;

	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	return a->term < b->term ? -1 : a->term > b->term;
}

/* The theme's words, those that are most its own first. */
static uint32_t
rank_words(struct work *w, uint32_t theme, struct candidate *out)
{
	uint32_t n = 0, words = 0;

	for (uint32_t i = w->start[theme]; i < w->start[theme + 1]; i++) {
		uint32_t row = w->rows[i];

		for (uint32_t j = w->t->start[row]; j < w->t->start[row + 1];
		     j++) {
			uint32_t term = w->t->term[j];

			if (w->count[term] == 0)
				out[n++].term = term;
			w->count[term] += w->t->count[j];
			words += w->t->count[j];
		}
	}
	for (uint32_t i = 0; i < n; i++) {
		struct candidate *c = &out[i];

		c->count = w->count[c->term];
		c->score = (double)c->count / words *
			   rp_num_log(1 + w->per_theme / w->total[c->term]) *
			   (double)w->t->terms[c->term].weight;
	}
	qsort(out, n, sizeof(*out), by_score);
	return n;
}

static uint32_t
place_of(const struct candidate *c, uint32_t n, uint32_t term)
{
	for (uint32_t i = 0; i < n; i++)
		if (c[i].term == term)
			return i;
	return RP_NONE;
}

static uint8_t
lower(char c)
{
	return (uint8_t)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* `word` in `t` from `from` on; only ASCII letters are compared folded. */
static size_t
find_word(rp_text t, rp_text word, size_t from)
{
	for (size_t i = from; i + word.n <= t.n; i++) {
		size_t j = 0;

		while (j < word.n && lower(t.p[i + j]) == lower(word.p[j]))
			j++;
		if (j == word.n)
			return i;
	}
	return SIZE_MAX;
}

static bool
is_edge(rp_text t, size_t at)
{
	uint8_t c = at < t.n ? lower(t.p[at]) : ' ';

	return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80);
}

/* Chinese, Japanese, Thai and their like: words stand without spaces. */
static bool
is_unspaced(rp_text word)
{
	return (uint8_t)word.p[0] >= 0xe0;
}

/* Nothing but letters and single spaces may stand between two words. */
static bool
is_gap(rp_text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (is_edge(t, i) && t.p[i] != ' ' && t.p[i] != '-' &&
		    t.p[i] != '\'')
			return false;
	return true;
}

/* Where `t` has the one word and the other soon after it; n = 0: nowhere. */
static rp_text
find_pair(rp_text t, rp_text x, rp_text y)
{
	for (size_t at = find_word(t, x, 0); at != SIZE_MAX;
	     at = find_word(t, x, at + 1)) {
		size_t end = at + x.n, to = find_word(t, y, end);

		if (to == SIZE_MAX)
			break;
		if (to - end <= GAP_MAX &&
		    (at == 0 || is_edge(t, at - 1) || is_unspaced(x)) &&
		    (is_edge(t, to + y.n) || is_unspaced(y)) &&
		    is_gap(rp_text_sub(t, end, to)))
			return rp_text_sub(t, at, to + y.n);
	}
	return RP_TEXT("");
}

static rp_text
unit_text(const struct work *w, uint32_t row)
{
	const struct rp_theme_unit *u = &w->r->units.v[w->t->unit[row]];

	return rp_text_sub(w->r->fields.v[u->field].text, u->from, u->to);
}

/* The form in which a pair is written most often; the first of the commonest.
 */
static rp_text
form_of_pair(const struct work *w, uint32_t theme, uint32_t x, uint32_t y)
{
	struct RP_MAP(uint32_t) forms = { 0 };
	uint32_t looked = 0, best = 0;
	rp_text out = RP_TEXT("");

	for (uint32_t i = w->start[theme];
	     i < w->start[theme + 1] && looked < LOOK_MAX; i++) {
		uint32_t row = w->rows[i];
		const uint32_t *s = w->t->seq;
		bool has = false;

		for (uint32_t j = w->t->seq_start[row] + 1;
		     j < w->t->seq_start[row + 1]; j++)
			has = has || (s[j - 1] == x && s[j] == y);
		if (has) {
			rp_text form = find_pair(unit_text(w, row),
			    w->t->terms[x].surface, w->t->terms[y].surface);

			looked++;
			if (form.n > 0)
				++*rp_map_at(w->tmp, &forms, form);
		}
	}
	for (size_t i = 0; i < forms.n; i++)
		if (forms.v[i] > best) {
			best = forms.v[i];
			out = forms.keys[i];
		}
	return best >= 2 ? out : RP_TEXT("");
}

/* The word that most often stands right behind or before candidate `i`. */
static rp_text
pair_with(const struct work *w, uint32_t theme, const struct candidate *c,
    uint32_t n, uint32_t i, uint32_t *other)
{
	uint32_t after[CANDIDATES] = { 0 }, before[CANDIDATES] = { 0 };
	uint32_t best = RP_NONE, most = 0;
	bool is_after = false;

	for (uint32_t q = w->start[theme]; q < w->start[theme + 1]; q++)
		for (uint32_t j = w->t->seq_start[w->rows[q]] + 1;
		     j < w->t->seq_start[w->rows[q] + 1]; j++) {
			uint32_t x = w->t->seq[j - 1], y = w->t->seq[j], p;

			if (x == c[i].term && y != x) {
				p = place_of(c, n, y);
				after[p == RP_NONE ? i : p]++;
			} else if (y == c[i].term && y != x) {
				p = place_of(c, n, x);
				before[p == RP_NONE ? i : p]++;
			}
		}
	for (uint32_t p = 0; p < n; p++) {
		uint32_t rarer =
		    c[p].count < c[i].count ? c[p].count : c[i].count;
		uint32_t both = after[p] > before[p] ? after[p] : before[p];

		if (p == i || both < PAIR_LEAST || both < PAIR_SHARE * rarer ||
		    both <= most)
			continue;
		most = both;
		best = p;
		is_after = after[p] >= before[p];
	}
	*other = best;
	if (best == RP_NONE)
		return RP_TEXT("");
	return is_after ? form_of_pair(w, theme, c[i].term, c[best].term) :
			  form_of_pair(w, theme, c[best].term, c[i].term);
}

/* A theme whose rows have no words at all. */
static rp_text
beginning(const struct work *w, uint32_t theme)
{
	rp_text t = RP_TEXT("…");
	size_t n;

	if (w->start[theme] == w->start[theme + 1])
		return t;
	t = unit_text(w, w->rows[w->start[theme]]);
	n = t.n < BEGINNING ? t.n : BEGINNING;
	while (n < t.n && n > 0 && ((uint8_t)t.p[n] & 0xc0) == 0x80)
		n--;
	t = rp_text_sub(t, 0, n);
	for (size_t i = 0; i < t.n; i++) /* a label is one line */
		if (t.p[i] == '\n' || t.p[i] == '\t')
			return rp_text_sub(t, 0, i > 0 ? i : 1);
	return t;
}

static rp_text
comma(rp_text lang)
{
	if (rp_text_starts(lang, RP_TEXT("ar")) ||
	    rp_text_starts(lang, RP_TEXT("fa")) ||
	    rp_text_starts(lang, RP_TEXT("ur")))
		return RP_TEXT("، ");
	if (rp_text_starts(lang, RP_TEXT("zh")) ||
	    rp_text_starts(lang, RP_TEXT("ja")))
		return RP_TEXT("、");
	return RP_TEXT(", ");
}

static rp_text
append(const struct work *w, rp_text label, rp_text part, rp_text lang)
{
	return label.n == 0 ? rp_text_dup(w->a, part) :
			      rp_textf(w->a, "%.*s%.*s%.*s", RP_FMT(label),
				  RP_FMT(comma(lang)), RP_FMT(part));
}

/* The form in which `x` and then `y` stand in the theme, and how often. */
static rp_text
form_of_texts(const struct work *w, uint32_t theme, rp_text x, rp_text y,
    uint32_t *count)
{
	rp_text out = RP_TEXT("");
	uint32_t from = w->start[theme], to = w->start[theme + 1];

	*count = 0;
	for (uint32_t i = from; i < to && i < from + LOOK_MAX; i++) {
		rp_text form = find_pair(unit_text(w, w->rows[i]), x, y);

		if (form.n == 0)
			continue;
		if (++*count == 1)
			out = form;
	}
	return out;
}

/* "lack of" is not all of it if "lack of funding" is what is said. */
static rp_text
lengthen(const struct work *w, uint32_t theme, rp_text pair,
    const struct candidate *c, uint32_t n, bool *used)
{
	uint32_t most = PAIR_LEAST - 1, best = RP_NONE, count;
	rp_text out = pair, form;

	for (uint32_t i = 0; i < n; i++) {
		rp_text word = w->t->terms[c[i].term].surface;

		if (used[i])
			continue;
		form = form_of_texts(w, theme, pair, word, &count);
		if (count <= most || count < c[i].count * PAIR_SHARE)
			form = form_of_texts(w, theme, word, pair, &count);
		if (count <= most || count < c[i].count * PAIR_SHARE)
			continue;
		most = count;
		best = i;
		out = form;
	}
	if (best != RP_NONE)
		used[best] = true;
	return out;
}

static rp_text
make_label(struct work *w, uint32_t theme, const struct candidate *c,
    uint32_t all)
{
	uint32_t n = all < CANDIDATES ? all : CANDIDATES, parts = 0;
	bool used[CANDIDATES] = { false };
	rp_text label = RP_TEXT("");

	for (uint32_t i = 0; i < n; i++) {
		const struct rp_term *t = &w->t->terms[c[i].term];
		rp_text pair;
		uint32_t other;

		if (used[i])
			continue;
		if (parts >= RP_LABEL_PARTS &&
		    rp_map_find(&w->taken, label) == NULL)
			break;
		pair = pair_with(w, theme, c, n, i, &other);
		used[i] = true;
		if (pair.n > 0 && !used[other]) {
			used[other] = true;
			pair = lengthen(w, theme, pair, c, n, used);
			label = append(w, label, pair, t->lang);
		} else {
			label = append(w, label, t->surface, t->lang);
		}
		parts++;
	}
	return label;
}

static void
write_label(struct work *w, uint32_t theme, struct candidate *c)
{
	uint32_t n = rank_words(w, theme, c);
	rp_text label = make_label(w, theme, c, n);

	if (label.n == 0)
		label = rp_text_dup(w->a, beginning(w, theme));
	for (uint32_t i = 2; rp_map_find(&w->taken, label) != NULL; i++)
		label = rp_textf(w->a, "%.*s %u", RP_FMT(label), i);
	*rp_map_at(w->tmp, &w->taken, label) = true;
	w->r->themes.v[theme].label = label;
	for (uint32_t i = 0; i < n; i++)
		w->count[c[i].term] = 0;
}

void
rp_labels_write(struct rp_arena *a, const struct rp_terms *terms,
    struct rp_watch *watch, struct rp_themes_result *r)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	struct work w = { .a = a, .tmp = tmp, .t = terms, .r = r };
	struct candidate *c =
	    rp_new_n(tmp, struct candidate, terms->n_terms + 1);
	uint64_t words = 0;

	w.total = rp_new_n(tmp, uint32_t, terms->n_terms + 1);
	w.count = rp_new_n(tmp, uint32_t, terms->n_terms + 1);
	for (uint32_t j = 0;
	     terms->n_rows > 0 && j < terms->start[terms->n_rows]; j++) {
		w.total[terms->term[j]] += terms->count[j];
		words += terms->count[j];
	}
	w.per_theme = (double)words / (double)(r->themes.n + 1);
	rows_by_theme(&w);
	for (uint32_t k = 0; k < r->themes.n && !rp_watch_stops(watch); k++)
		write_label(&w, k, c);
}
