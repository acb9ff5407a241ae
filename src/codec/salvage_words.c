/*
 * The changes inside a paragraph. A place is found by what no single text would
 * say (two years, two articles, a year that runs into a name); how far the old
 * and the new words reach from there is weighed: both texts must go on with
 * words that can follow each other, best with words that the document puts side
 * by side elsewhere, and what replaces a phrase begins as the phrase began.
 */
#include <ctype.h>
#include <string.h>

#include "base/err.h"
#include "codec/salvage_private.h"

#define WORD_MAX 60 /* octets of a word that is looked up */
#define PLACE_WORDS_MAX 4

struct token {
	size_t from, to;
	unsigned c;
	bool glued; /* to the one before: they were one token */
	rp_text key;
};

struct finding {
	struct rp_salvage_words *w;
	rp_text t;
	struct tokens RP_VEC(struct token) k;
	struct rp_salvage_edits *out;
	size_t done; /* tokens before this are in an edit */
};

static size_t
space_at(rp_text t, size_t i)
{
	if (t.p[i] == ' ' || t.p[i] == '\t')
		return 1;
	return i + 1 < t.n && memcmp(t.p + i, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

/* Letters and digits; all beyond ASCII but punctuation (U+2010 on, U+00A7). */
static size_t
letter_at(rp_text t, size_t i)
{
	unsigned char c = (unsigned char)t.p[i];
	size_t n;

	if (c < 0x80)
		return isalnum(c) ? 1 : 0;
	n = rp_utf8_len((const uint8_t *)t.p + i, t.n - i);
	if (n == 2 && c == 0xc2)
		return 0;
	if (n == 3 && c == 0xe2 && (unsigned char)t.p[i + 1] == 0x80)
		return 0;
	return n;
}

/* A hyphen or an apostrophe inside of a word. */
static size_t
joint_at(rp_text t, size_t i)
{
	size_t n = 0;

	if (t.p[i] == '-' || t.p[i] == '\'')
		n = 1;
	else if (i + 3 <= t.n && (memcmp(t.p + i, "\xe2\x80\x99", 3) == 0 ||
				     memcmp(t.p + i, "\xe2\x80\x91", 3) == 0))
		n = 3;
	return n > 0 && i + n < t.n && letter_at(t, i + n) ? n : 0;
}

static size_t
word_end(rp_text t, size_t i)
{
	while (i < t.n) {
		size_t n = letter_at(t, i);

		if (n == 0)
			n = joint_at(t, i);
		if (n == 0)
			break;
		i += n;
	}
	return i;
}

static rp_text
lower(struct rp_arena *a, rp_text t)
{
	char *p = rp_alloc(a, t.n + 1);

	for (size_t i = 0; i < t.n; i++)
		p[i] = (char)tolower((unsigned char)t.p[i]);
	return (rp_text){ p, t.n };
}

static bool
all_digits(rp_text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (!isdigit((unsigned char)t.p[i]))
			return false;
	return t.n > 0;
}

/* A year of the Union, or of its next century. */
static bool
is_year(rp_text t)
{
	return t.n == 4 && all_digits(t) && memcmp(t.p, "1865", 4) >= 0 &&
	       memcmp(t.p, "2100", 4) < 0;
}

static bool
ends(rp_text t, const char *with)
{
	size_t n = strlen(with);

	return t.n > n + 2 && memcmp(t.p + t.n - n, with, n) == 0;
}

static bool
is(const struct token *k, const char *word)
{
	return k->key.n == strlen(word) &&
	       memcmp(k->key.p, word, k->key.n) == 0;
}

static bool
upper_at(rp_text t, size_t i)
{
	return i < t.n && isupper((unsigned char)t.p[i]);
}

/* What is known of a word, with `more` behind it, or NULL. */
static const struct rp_salvage_word *
look_up(struct rp_salvage_words *w, rp_text word, const char *more)
{
	char p[WORD_MAX + 2];
	size_t n = 0;

	if (word.n > WORD_MAX)
		return NULL;
	for (; n < word.n; n++)
		p[n] = (char)tolower((unsigned char)word.p[n]);
	if (*more != '\0')
		p[n++] = *more;
	return rp_map_find(&w->words, ((rp_text){ p, n }));
}

unsigned
rp_salvage_classes(struct rp_salvage_words *w, rp_text word)
{
	const struct rp_salvage_word *x;

	if (is_year(word))
		return RP_CLASS_YEAR | RP_CLASS_NUMBER;
	if (all_digits(word))
		return RP_CLASS_NUMBER;
	x = look_up(w, word, "");
	return RP_CLASS_WORD | (x ? x->classes : 0);
}

static struct token
token(struct rp_salvage_words *w, rp_text t, size_t from, size_t to, unsigned c)
{
	rp_text s = rp_text_sub(t, from, to);
	struct token k = { .from = from, .to = to, .c = c };

	k.key = lower(w->arena, s);
	if (c == 0)
		k.c = rp_salvage_classes(w, s);
	return k;
}

static void
tokenize(struct rp_salvage_words *w, rp_text t, struct tokens *out)
{
	size_t i = 0;

	while (i < t.n) {
		size_t n = space_at(t, i), to;

		if (n > 0) {
			i += n;
			continue;
		}
		if (t.p[i] == RP_SALVAGE_MARK) {
			to = rp_text_find(t, RP_SALVAGE_MARK, i + 1) + 1;
			to = to > t.n ? t.n : to;
			rp_vec_push(w->arena, out,
			    token(w, t, i, to, RP_CLASS_MARK));
			i = to;
			continue;
		}
		to = word_end(t, i);
		if (to > i) {
			rp_vec_push(w->arena, out, token(w, t, i, to, 0));
			i = to;
			continue;
		}
		n = rp_utf8_len((const uint8_t *)t.p + i, t.n - i);
		n = n == 0 ? 1 : n;
		rp_vec_push(w->arena, out,
		    token(w, t, i, i + n, RP_CLASS_PUNCTUATION));
		i += n;
	}
}

static rp_text
row_key(struct rp_arena *a, const struct token *k, size_t n)
{
	if (n == 2)
		return rp_textf(a, "%.*s %.*s", RP_FMT(k[0].key),
		    RP_FMT(k[1].key));
	return rp_textf(a, "%.*s %.*s %.*s", RP_FMT(k[0].key), RP_FMT(k[1].key),
	    RP_FMT(k[2].key));
}

/* "ITU-T" is remembered as what is left of it when the hyphen is lost. */
static void
learn_hyphen(struct rp_salvage_words *w, rp_text s)
{
	size_t at = rp_text_find(s, '-', 0);

	if (at < 2 || at + 1 >= s.n || !upper_at(s, at - 1) ||
	    !upper_at(s, at + 1))
		return;
	*rp_map_at(w->arena, &w->rows,
	    rp_textf(w->arena, "\x01%.*s%.*s", (int)at, s.p,
		(int)(s.n - at - 1), s.p + at + 1)) = (uint32_t)at;
}

void
rp_salvage_learn(struct rp_salvage_words *w, rp_text t)
{
	struct tokens k = { 0 };

	tokenize(w, t, &k);
	for (size_t i = 0; i < k.n; i++) {
		rp_text s = rp_text_sub(t, k.v[i].from, k.v[i].to);
		struct rp_salvage_word *x;

		if (k.v[i].c & (RP_CLASS_MARK | RP_CLASS_PUNCTUATION))
			continue;
		x = rp_map_at(w->arena, &w->words, k.v[i].key);
		x->n++;
		if (upper_at(s, 0) && x->shown.n == 0)
			x->shown = s;
		if (i > 0 &&
		    (k.v[i - 1].c & RP_CLASS_ARTICLE || is(&k.v[i - 1], "of")))
			x->after_noun_article = true;
		if (i > 0 && i + 1 < k.n && is(&k.v[i - 1], "to") &&
		    k.v[i + 1].c & (RP_CLASS_ARTICLE | RP_CLASS_DETERMINER))
			x->infinitive = true;
		learn_hyphen(w, s);
		if (i > 0)
			++*rp_map_at(w->arena, &w->rows,
			    row_key(w->arena, &k.v[i - 1], 2));
		if (i > 1)
			++*rp_map_at(w->arena, &w->rows,
			    row_key(w->arena, &k.v[i - 2], 3));
	}
}

/* A base form that the text itself uses as one, and never as a noun. */
static bool
only_verb(struct finding *f, const struct token *k)
{
	const struct rp_salvage_word *x;

	if (k->c & RP_CLASS_VERB && k->c & RP_CLASS_VERB_ONLY)
		return true;
	x = rp_map_find(&f->w->words, k->key);
	return x != NULL && x->infinitive && !x->after_noun_article &&
	       !ends(k->key, "ing") && !(k->c & ~(unsigned)RP_CLASS_WORD) &&
	       k->key.n > 3 && !ends(k->key, "s") &&
	       islower((unsigned char)f->t.p[k->from]);
}

static const struct token *
at(struct finding *f, size_t i)
{
	static const struct token none = { .c = RP_CLASS_PUNCTUATION,
		.key = { "", 0 } };

	return i < f->k.n ? &f->k.v[i] : &none;
}

static rp_text
words(struct finding *f, size_t from, size_t n)
{
	if (n == 0)
		return RP_TEXT("");
	return rp_text_sub(f->t, f->k.v[from].from, f->k.v[from + n - 1].to);
}

/* Tokens from .. from+n-1 become `base` or `now`. */
static void
edit(struct finding *f, size_t from, size_t n, rp_text base, rp_text now,
    enum rp_salvage_confidence confidence, enum rp_salvage_reason reason)
{
	struct rp_salvage_edit e = {
		.from = f->k.v[from].from,
		.to = f->k.v[from + n - 1].to,
		.kind = RP_SALVAGE_SUB,
		.confidence = confidence,
		.base = base,
		.now = now,
		.reason = reason,
	};

	rp_vec_push(f->w->arena, f->out, e);
	f->done = from + n;
}

/* Old words, then new ones. */
static void
replace(struct finding *f, size_t from, size_t n_old, size_t n_new,
    enum rp_salvage_confidence confidence, enum rp_salvage_reason reason)
{
	edit(f, from, n_old + n_new, words(f, from, n_old),
	    words(f, from + n_old, n_new), confidence, reason);
}

/* Tokens that ran together. */

static void
split_token(struct finding *f, size_t i, size_t at_octet)
{
	struct token one = token(f->w, f->t, f->k.v[i].from, at_octet, 0);
	struct token two = token(f->w, f->t, at_octet, f->k.v[i].to, 0);

	two.glued = true;
	one.glued = f->k.v[i].glued;
	rp_vec_push(f->w->arena, &f->k, two);
	memmove(&f->k.v[i + 2], &f->k.v[i + 1],
	    (f->k.n - i - 2) * sizeof(f->k.v[0]));
	f->k.v[i] = one;
	f->k.v[i + 1] = two;
}

/* How well `s` is known as a word of its own; 0: not at all. */
static int
known(struct finding *f, rp_text s)
{
	const struct rp_salvage_word *x = look_up(f->w, s, "");

	if (x == NULL && s.n >= 4) /* its plural, then */
		x = look_up(f->w, s, "s");
	if (x == NULL)
		return 0;
	if (x->classes & RP_CLASS_GLUE)
		return 3;
	if (x->n > 0 && s.n >= 4)
		return 2;
	return x->classes != 0 && s.n >= 4 ? 1 : 0;
}

/* "underserved", "insight": short words that begin others. */
static bool
prefix(rp_text s)
{
	static const char *const words[] = { "under", "in", "on", "with", "for",
		"through", "up", "at", "by", "to", "as", "an", "be", "is", "or",
		"are", "via", "a", "into" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (s.n == strlen(words[i]) && memcmp(s.p, words[i], s.n) == 0)
			return true;
	return false;
}

/* "investor", "format": short words that end others. */
static bool
suffix(rp_text first, rp_text s)
{
	static const char *const words[] = { "or", "an", "at", "in", "on", "is",
		"be", "a", "are" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (s.n == strlen(words[i]) && memcmp(s.p, words[i], s.n) == 0)
			return first.n < 6 || !ends(first, "s");
	return false;
}

/* Where "investmentsas" is two words, or 0. */
static size_t
seam(struct finding *f, rp_text s)
{
	const struct rp_salvage_word *x = look_up(f->w, s, "");
	size_t best = 0;
	int top = 0;

	if (x != NULL && (x->n > 1 || x->classes != 0))
		return 0;
	for (size_t i = 2; i + 2 <= s.n; i++) {
		int one = known(f, rp_text_sub(s, 0, i));
		int two = known(f, rp_text_sub(s, i, s.n));
		size_t least = i < s.n - i ? i : s.n - i;

		if (one == 0 || two == 0 || prefix(rp_text_sub(s, 0, i)) ||
		    suffix(rp_text_sub(s, 0, i), rp_text_sub(s, i, s.n)) ||
		    !islower((unsigned char)s.p[i]))
			continue;
		/* A short word and a rare one meet by chance. */
		if (one + two < 4 || (one == 3 && two == 3 && s.n < 5))
			continue;
		if (one + two == 5 && least < 3 && s.n < 7)
			continue;
		if (one + two + (int)least > top) {
			top = one + two + (int)least;
			best = i;
		}
	}
	return best;
}

/* A capital inside: "DubaiBucharest"; not "ccTLD", "IPv6", "McDonald". */
static size_t
capital_seam(struct finding *f, rp_text s)
{
	for (size_t i = 3; i + 2 < s.n; i++) {
		if (!isupper((unsigned char)s.p[i]) ||
		    !islower((unsigned char)s.p[i - 1]) ||
		    !islower((unsigned char)s.p[i + 1]))
			continue;
		if (known(f, rp_text_sub(s, 0, i)) > 0 ||
		    known(f, rp_text_sub(s, i, s.n)) > 0)
			return i;
	}
	return 0;
}

static void
split_tokens(struct finding *f)
{
	for (size_t i = 0; i < f->k.n; i++) {
		struct token k = f->k.v[i];
		rp_text s = rp_text_sub(f->t, k.from, k.to);
		size_t n = 0, where = 0;

		if (!(k.c & (RP_CLASS_WORD | RP_CLASS_NUMBER)) ||
		    s.n > WORD_MAX)
			continue;
		while (n < s.n && isdigit((unsigned char)s.p[n]))
			n++;
		if (n == 4 && n < s.n && isalpha((unsigned char)s.p[n]) &&
		    s.n > 6 && is_year(rp_text_sub(s, 0, 4)))
			where = 4;
		else if (n == 8 && s.n == 8 && is_year(rp_text_sub(s, 0, 4)) &&
			 is_year(rp_text_sub(s, 4, 8)))
			where = 4;
		else if (n == 0 && memchr(s.p, '-', s.n) == NULL)
			where = seam(f, s);
		if (where == 0 && n == 0)
			where = capital_seam(f, s);
		if (where > 0)
			split_token(f, i++, k.from + where);
	}
}

/* Places and years: "(Rev. Dubai, 2018Bucharest, 2022)". */

static bool
name_word(struct finding *f, size_t i)
{
	const struct token *k = at(f, i);

	return k->c & RP_CLASS_WORD && !is(k, "rev") && !is(k, "and") &&
	       isalpha((unsigned char)f->t.p[k->from]);
}

/* The capitals of a name, where small capitals were lost. */
static rp_text
named(struct finding *f, size_t from, size_t n)
{
	rp_text t = words(f, from, n);
	size_t start = f->k.v[from].from;
	char *p = rp_alloc(f->w->arena, t.n + 1);

	memcpy(p, t.p, t.n);
	for (size_t i = from; i < from + n && !upper_at(f->t, start); i++) {
		const struct token *k = at(f, i);
		const struct rp_salvage_word *x =
		    rp_map_find(&f->w->words, k->key);

		/* "Rio de Janeiro": short ones stay, if not seen otherwise. */
		if (i == from || k->key.n > 3 || (x && x->shown.n > 0))
			p[k->from - start] =
			    (char)toupper((unsigned char)p[k->from - start]);
	}
	return (rp_text){ p, t.n };
}

static bool
place_and_year(struct finding *f, size_t i)
{
	size_t from = i - 1, to = i + 1;
	bool rev = false, had_rev;
	rp_text now;

	if (i < 2 || !(at(f, i)->c & RP_CLASS_YEAR) || !is(at(f, i - 1), ","))
		return false;
	while (from > f->done && i - 1 - from < PLACE_WORDS_MAX &&
	       name_word(f, from - 1))
		from--;
	if (from == i - 1)
		return false;
	if (is(at(f, to), "rev")) {
		rev = true;
		to += is(at(f, to + 1), ".") ? 2 : 1;
	}
	if (!name_word(f, to) || !upper_at(f->t, at(f, to)->from))
		return false;
	for (size_t n = 0; n < PLACE_WORDS_MAX && name_word(f, to); n++)
		to++;
	if (!is(at(f, to), ",") || !(at(f, to + 1)->c & RP_CLASS_YEAR))
		return false;
	had_rev =
	    from > 1 && is(at(f, from - 1), ".") && is(at(f, from - 2), "rev");
	now = words(f, i + 1, to + 1 - i);
	if (rev && had_rev)
		now = words(f, i + 3, to - 1 - i);
	edit(f, from, to + 2 - from, named(f, from, i + 1 - from), now,
	    RP_SALVAGE_CERTAIN, RP_BECAUSE_two_places);
	return true;
}

/* Two words where one fits. */

static bool
vowel_sound(struct finding *f, size_t i)
{
	rp_text s = at(f, i)->key;

	if (s.n == 0)
		return false;
	if (s.n > 2 &&
	    (memcmp(s.p, "uni", 3) == 0 || memcmp(s.p, "use", 3) == 0 ||
		memcmp(s.p, "eur", 3) == 0))
		return false;
	return memchr("aeiou", s.p[0], 5) != NULL;
}

/* "a an international forum": an article goes with the next word's sound. */
static bool
articles(struct finding *f, size_t i)
{
	const struct token *one = at(f, i), *two = at(f, i + 1);
	unsigned both = RP_CLASS_ARTICLE | RP_CLASS_DETERMINER;
	size_t n = 0;

	if (!(one->c & both) || !(two->c & both) || one->key.n == 0 ||
	    is(one, "this") || is(one, "these") ||
	    rp_text_eq(one->key, two->key))
		return false;
	if (is(one, "a") || is(one, "an"))
		while (n < 3 && at(f, i + 2 + n)->c & RP_CLASS_WORD &&
		       vowel_sound(f, i + 2 + n) != is(one, "an"))
			n++;
	if (!(at(f, i + 2 + n)->c & RP_CLASS_WORD))
		n = 0;
	replace(f, i, 1, 1 + n, RP_SALVAGE_CERTAIN, RP_BECAUSE_two_articles);
	return true;
}

static bool
ordinal(const struct token *k)
{
	return ends(k->key, "th") || is(k, "first") || is(k, "second") ||
	       is(k, "third");
}

static bool
numbers(struct finding *f, size_t i)
{
	const struct token *one = at(f, i), *two = at(f, i + 1);

	if (one->c & two->c & RP_CLASS_YEAR) {
		replace(f, i, 1, 1, RP_SALVAGE_CERTAIN, RP_BECAUSE_two_years);
		return true;
	}
	if (one->c & two->c & RP_CLASS_NUMBER_WORD &&
	    ordinal(one) == ordinal(two)) {
		replace(f, i, 1, 1, RP_SALVAGE_CERTAIN, RP_BECAUSE_two_numbers);
		return true;
	}
	return false;
}

static bool
adverb(const struct token *k)
{
	return ends(k->key, "ly") || is(k, "also") || is(k, "not") ||
	       is(k, "already") || is(k, "been") || is(k, "be");
}

#define FINITE (RP_CLASS_FINITE | RP_CLASS_MODAL)
#define INFLECTED (RP_CLASS_PAST | RP_CLASS_ING | RP_CLASS_VERB)

/* How many tokens from i on are one verb with its auxiliaries; 0: none. */
static size_t
verb_group(struct finding *f, size_t i)
{
	size_t n = 1;

	if (!(at(f, i)->c & FINITE))
		return 0;
	while (n < 4 && adverb(at(f, i + n)))
		n++;
	if (at(f, i + n)->c & INFLECTED ||
	    (at(f, i + n)->c & RP_CLASS_WORD && ends(at(f, i + n)->key, "ed")))
		n++;
	return n;
}

static bool
may_follow(const struct token *one, const struct token *two)
{
	if (one->c & RP_CLASS_MODAL)
		return is(two, "have") || is(two, "do");
	return is(two, "had") &&
	       (is(one, "has") || is(one, "have") || is(one, "had"));
}

/* "has started is supporting", "shall should". */
static bool
finite_verbs(struct finding *f, size_t i)
{
	size_t one = verb_group(f, i), two;

	if (one == 0 || (i > 0 && (at(f, i - 1)->c & RP_CLASS_RELATIVE ||
				      is(at(f, i - 1), "that"))))
		return false;
	two = verb_group(f, i + one);
	if (two == 0 || (one == 1 && may_follow(at(f, i), at(f, i + 1))))
		return false;
	if (one == 1) /* "shall should continue": the verb is of both */
		two = 1;
	replace(f, i, one, two, RP_SALVAGE_CERTAIN, RP_BECAUSE_two_finite);
	return true;
}

/* "the Internet promises": plural or verb? A singular verb follows. */
static bool
subject_before(struct finding *f, size_t i)
{
	for (size_t n = 1; n <= 4 && i >= n; n++) {
		const struct token *k = at(f, i - n);

		if (k->c & (RP_CLASS_ARTICLE | RP_CLASS_DETERMINER))
			return n > 1;
		if (n == 1 && k->c & RP_CLASS_WORD && k->key.n > 1 &&
		    upper_at(f->t, k->from) && upper_at(f->t, k->from + 1))
			return true;
		if (k->c & (RP_CLASS_PREPOSITION | RP_CLASS_CONJUNCTION |
			       RP_CLASS_PUNCTUATION | FINITE))
			return false;
	}
	return false;
}

static unsigned
sort_of(const struct token *k)
{
	static const unsigned sorts[] = { RP_CLASS_PUNCTUATION,
		RP_CLASS_ARTICLE | RP_CLASS_DETERMINER, RP_CLASS_PREPOSITION,
		RP_CLASS_CONJUNCTION, FINITE, RP_CLASS_NUMBER, RP_CLASS_THIRD,
		RP_CLASS_VERB, RP_CLASS_ING, RP_CLASS_PAST };

	for (unsigned i = 0; i < sizeof(sorts) / sizeof(sorts[0]); i++)
		if (k->c & sorts[i])
			return i + 1;
	return 0;
}

/* A word that can be a base form, by the list or by the text's own use. */
static bool
can_be_verb(struct finding *f, const struct token *k)
{
	const struct rp_salvage_word *x = rp_map_find(&f->w->words, k->key);

	return k->c & RP_CLASS_VERB ||
	       (x != NULL && x->infinitive && sort_of(k) == 0 &&
		   !ends(k->key, "ing") &&
		   islower((unsigned char)f->t.p[k->from]));
}

/* "promises delivers", "to strengthen enhance", "promoting fostering". */
static bool
like_verbs(struct finding *f, size_t i)
{
	const struct token *one = at(f, i), *two = at(f, i + 1);
	const struct token *before = i > 0 ? at(f, i - 1) : at(f, SIZE_MAX);
	bool found = false;

	if (one->c & two->c & RP_CLASS_THIRD && two->c & RP_CLASS_VERB_ONLY)
		found = islower((unsigned char)f->t.p[one->from]) &&
			(one->c & RP_CLASS_VERB_ONLY || subject_before(f, i));
	else if ((is(before, "to") || before->c & RP_CLASS_MODAL) &&
		 can_be_verb(f, one) &&
		 (only_verb(f, two) ||
		     (can_be_verb(f, two) &&
			 at(f, i + 2)->c &
			     (RP_CLASS_ARTICLE | RP_CLASS_DETERMINER))))
		found = !is(one, "help") && !is(one, "let") && !is(one, "make");
	else if (one->c & two->c & RP_CLASS_ING)
		found = one->c & two->c & RP_CLASS_VERB_ONLY &&
			!is(two, "including") && !is(one, "including");
	else if (one->c & two->c & RP_CLASS_PAST)
		found = before->c & RP_CLASS_FINITE && !is(one, "been") &&
			at(f, i + 2)->c &
			    (RP_CLASS_PREPOSITION | RP_CLASS_PUNCTUATION);
	if (found)
		replace(f, i, 1, 1, RP_SALVAGE_CERTAIN, RP_BECAUSE_two_verbs);
	return found;
}

static bool
adjective(const struct token *k)
{
	static const char *const tails[] = { "al", "ive", "ous", "ble", "ic",
		"ful" };

	if (k->c & RP_CLASS_ADJECTIVE)
		return true;
	for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++)
		if (ends(k->key, tails[i]))
			return true;
	return false;
}

static uint32_t
row(struct finding *f, const struct token *x, const struct token *y,
    const struct token *z)
{
	const struct token *k[] = { x, y, z };
	char key[3 * WORD_MAX + 3];
	const uint32_t *n;
	size_t len = 0;

	for (int i = 0; i < 3 && k[i] != NULL; i++) {
		if (k[i]->key.n > WORD_MAX)
			return 0;
		if (i > 0)
			key[len++] = ' ';
		memcpy(key + len, k[i]->key.p, k[i]->key.n);
		len += k[i]->key.n;
	}
	n = rp_map_find(&f->w->rows, ((rp_text){ key, len }));
	return n ? *n : 0;
}

/*
 * "the future further development of the Internet": "further" stands before
 * other adjectives, so it is new. The base goes on where the text elsewhere
 * goes on after "the future".
 */
static bool
adjectives(struct finding *f, size_t i)
{
	size_t n = 1;

	if (i == 0 || !(at(f, i - 1)->c & RP_CLASS_ARTICLE) ||
	    !adjective(at(f, i)) ||
	    !(at(f, i + 1)->c & RP_CLASS_AFTER_ADJECTIVE_NOT))
		return false;
	for (size_t j = 1; j < 8 && at(f, i + 1 + j)->c & RP_CLASS_WORD; j++) {
		if (row(f, at(f, i - 1), at(f, i), at(f, i + 1 + j)) > 0) {
			n = j;
			break;
		}
	}
	replace(f, i, 1, n, RP_SALVAGE_LIKELY, RP_BECAUSE_two_adjectives);
	return true;
}

static bool
prepositions(struct finding *f, size_t i)
{
	static const char *const plain[] = { "of", "by", "with", "in", "on",
		"at", "for", "from" };
	const struct token *before = i > 0 ? at(f, i - 1) : at(f, SIZE_MAX);
	unsigned hit = 0;

	for (size_t j = 0; j < sizeof(plain) / sizeof(plain[0]); j++)
		hit += is(at(f, i), plain[j]) + is(at(f, i + 1), plain[j]);
	/* "called for by", "agreed on in" */
	if (hit != 2 || before->c & INFLECTED || before->c & RP_CLASS_THIRD ||
	    ends(before->key, "ed") || is(before, "as") ||
	    rp_text_eq(at(f, i)->key, at(f, i + 1)->key))
		return false;
	replace(f, i, 1, 1, RP_SALVAGE_LIKELY, RP_BECAUSE_two_prepositions);
	return true;
}

static bool
twice(struct finding *f, size_t i)
{
	const struct token *one = at(f, i), *two = at(f, i + 1);

	if (!(one->c & RP_CLASS_WORD) || !rp_text_eq(one->key, two->key) ||
	    is(one, "that") || is(one, "had") || upper_at(f->t, one->from))
		return false;
	replace(f, i, 1, 1, RP_SALVAGE_LIKELY, RP_BECAUSE_twice_word);
	return true;
}

static bool
conjunctions(struct finding *f, size_t i)
{
	if (!(at(f, i)->c & at(f, i + 1)->c & RP_CLASS_CONJUNCTION) ||
	    rp_text_eq(at(f, i)->key, at(f, i + 1)->key))
		return false;
	replace(f, i, 1, 1, RP_SALVAGE_LIKELY, RP_BECAUSE_two_conjunctions);
	return true;
}

static bool
last_marks(struct finding *f, size_t i)
{
	const struct token *one = at(f, i), *two = at(f, i + 1);

	if (i + 2 != f->k.n || one->key.n != 1 || two->key.n != 1 ||
	    memchr(",;.:", one->key.p[0], 4) == NULL ||
	    memchr(",;.:", two->key.p[0], 4) == NULL ||
	    one->key.p[0] == two->key.p[0])
		return false;
	replace(f, i, 1, 1, RP_SALVAGE_CERTAIN, RP_BECAUSE_two_marks);
	return true;
}

/* How far a change reaches whose seam is known. */

/* How well `y` can follow `x`, in tenths. */
static int
join(struct finding *f, const struct token *before, const struct token *x,
    const struct token *y)
{
	unsigned closed = RP_CLASS_ARTICLE | RP_CLASS_DETERMINER;
	int score = 0;

	if (y->key.n == 0 || y->c & RP_CLASS_PUNCTUATION)
		return x->c & (closed | RP_CLASS_PREPOSITION) ? -40 : 5;
	if (row(f, x, y, NULL) > 0)
		score += 25;
	if (row(f, before, x, y) > 0)
		score += 10;
	if (x->c & closed && y->c & (closed | RP_CLASS_PREPOSITION |
					RP_CLASS_CONJUNCTION | FINITE))
		score -= 40;
	if (x->c & RP_CLASS_PREPOSITION &&
	    y->c & (RP_CLASS_PREPOSITION | FINITE | RP_CLASS_CONJUNCTION))
		score -= 25;
	if (x->c & FINITE && y->c & FINITE)
		score -= 40;
	return score;
}

/* ", limited to ...", ", with ...": hangs on the noun before it. */
static bool
hangs_on(struct finding *f, size_t i)
{
	const struct token *k = at(f, i);

	return i > 0 && is(at(f, i - 1), ",") &&
	       (k->c & (RP_CLASS_PAST | RP_CLASS_ING) || is(k, "with") ||
		   ends(k->key, "ed"));
}

static bool
relative(struct finding *f, size_t i)
{
	return at(f, i)->c & RP_CLASS_RELATIVE ||
	       (at(f, i)->c & RP_CLASS_PREPOSITION &&
		   at(f, i + 1)->c & RP_CLASS_RELATIVE);
}

/* "to direct X, old and new to conduct": what is joined is alike. */
static bool
parallel_infinitive(struct finding *f, size_t from, size_t i)
{
	if (!is(at(f, i), "to") || !(at(f, i + 1)->c & RP_CLASS_VERB))
		return false;
	for (size_t j = from; j-- > 0;)
		if (is(at(f, j), "to") && at(f, j + 1)->c & RP_CLASS_VERB)
			return true;
	return false;
}

static int
weigh(struct finding *f, size_t seam_at, size_t n_old, size_t n_new)
{
	size_t from = seam_at + 1 - n_old, end = seam_at + n_new;
	const struct token *old_end = at(f, seam_at), *next = at(f, end + 1);
	const struct token *prev = from > 0 ? at(f, from - 1) : at(f, SIZE_MAX);
	int extra = (int)(n_old + n_new) - 2;
	int score = extra <= 6 ? -6 * extra : -36 - extra / 2;

	score +=
	    join(f, seam_at > 0 ? at(f, seam_at - 1) : prev, old_end, next);
	score += prev->c & RP_CLASS_PUNCTUATION ?
		     0 :
		     join(f, from > 1 ? at(f, from - 2) : prev, prev,
			 at(f, seam_at + 1));
	if (sort_of(at(f, from)) == sort_of(at(f, seam_at + 1)))
		score += sort_of(at(f, from)) ? 20 : 10;
	if (rp_text_eq(old_end->key, at(f, end)->key))
		score += 20;
	else if (sort_of(old_end) == sort_of(at(f, end)))
		score += 10;
	if (hangs_on(f, from) && relative(f, seam_at + 1))
		for (size_t j = from; j <= seam_at; j++)
			score += hangs_on(f, j) ? 40 : 0;
	if (old_end->c & RP_CLASS_CONJUNCTION &&
	    at(f, end)->c & RP_CLASS_CONJUNCTION &&
	    parallel_infinitive(f, from, end + 1))
		score += 40;
	return score;
}

static bool
stops(const struct token *k)
{
	return k->c & RP_CLASS_MARK ||
	       (k->key.n == 1 && memchr(";:()[]", k->key.p[0], 6) != NULL);
}

static bool
ran_together(struct finding *f, size_t i)
{
	size_t best_old = 1, best_new = 1, span = RP_SALVAGE_SPAN_MAX;
	int top = INT32_MIN;

	if (!at(f, i + 1)->glued)
		return false;
	if (f->w->seams++ >= RP_SALVAGE_SEAMS_MAX)
		span = 1;
	for (size_t o = 1; o <= span && i + 1 >= o + f->done; o++) {
		if (stops(at(f, i + 1 - o)))
			break;
		if (at(f, i + 1 - o)->c & RP_CLASS_PUNCTUATION)
			continue; /* a change begins with a word */
		for (size_t n = 1; n <= span; n++) {
			int score;

			if (i + n >= f->k.n || stops(at(f, i + n)))
				break;
			score = weigh(f, i, o, n);
			if (score > top) {
				top = score;
				best_old = o;
				best_new = n;
			}
		}
	}
	replace(f, i + 1 - best_old, best_old, best_new,
	    (at(f, i)->c | at(f, i + 1)->c) &
		    (RP_CLASS_GLUE | RP_CLASS_NUMBER) ?
		RP_SALVAGE_CERTAIN :
		RP_SALVAGE_LIKELY,
	    RP_BECAUSE_ran_together);
	return true;
}

/* Artefacts. */

static bool
lost_hyphen(struct finding *f, size_t i)
{
	rp_text s = words(f, i, 1), both;
	char key[WORD_MAX + 1] = "\x01";
	const uint32_t *cut;
	size_t n = 0;

	if (!(at(f, i)->c & RP_CLASS_WORD) || s.n < 3 || s.n > WORD_MAX ||
	    !upper_at(s, 0))
		return false;
	memcpy(key + 1, s.p, s.n);
	cut = rp_map_find(&f->w->rows, ((rp_text){ key, s.n + 1 }));
	if (cut != NULL)
		n = *cut;
	else if (s.n == 4 && memcmp(s.p, "ITU", 3) == 0 &&
		 memchr("TDR", s.p[3], 3) != NULL)
		n = 3;
	if (n == 0 || n >= s.n)
		return false;
	both = rp_textf(f->w->arena, "%.*s-%.*s", (int)n, s.p, (int)(s.n - n),
	    s.p + n);
	edit(f, i, 1, both, both, RP_SALVAGE_CERTAIN, RP_BECAUSE_hyphen);
	f->out->v[f->out->n - 1].kind = RP_SALVAGE_ART;
	return true;
}

/* A lone name in small capitals: "(Rev. dubai, 2018)". */
static bool
lost_capital(struct finding *f, size_t i)
{
	rp_text name;

	if (i == 0 || !name_word(f, i) || upper_at(f->t, at(f, i)->from) ||
	    !is(at(f, i + 1), ",") || !(at(f, i + 2)->c & RP_CLASS_YEAR) ||
	    !(is(at(f, i - 1), "(") || is(at(f, i - 1), ".")))
		return false;
	if (at(f, i + 3)->glued || name_word(f, i + 3))
		return false; /* two places: the year tells */
	name = named(f, i, 1);
	edit(f, i, 1, name, name, RP_SALVAGE_LIKELY, RP_BECAUSE_small_capitals);
	f->out->v[f->out->n - 1].kind = RP_SALVAGE_ART;
	return true;
}

/* What shows a change and not which. */

/* "an integrating and a human-centred ... society" */
static bool
half_a_pair(struct finding *f, size_t i)
{
	const struct token *k = at(f, i + 1);

	if (!(at(f, i)->c & RP_CLASS_ARTICLE) ||
	    !(at(f, i + 2)->c & RP_CLASS_CONJUNCTION) ||
	    !(at(f, i + 3)->c & RP_CLASS_ARTICLE) || is(at(f, i + 3), "the") ||
	    !(adjective(k) || ends(k->key, "ing")))
		return false;
	edit(f, i, 4, words(f, i, 4), words(f, i, 4), RP_SALVAGE_UNCERTAIN,
	    RP_BECAUSE_lost_noun);
	return true;
}

/* "to take a significant role participate in" */
static bool
verb_behind_object(struct finding *f, size_t i)
{
	size_t from = i;
	rp_text all;

	if (i < 3 || !only_verb(f, at(f, i)) || at(f, i)->glued ||
	    !(at(f, i - 1)->c & RP_CLASS_WORD) ||
	    ends(at(f, i - 1)->key, "s") ||
	    (sort_of(at(f, i - 1)) != 0 &&
		!(at(f, i - 1)->c & RP_CLASS_VERB)) ||
	    upper_at(f->t, at(f, i - 1)->from))
		return false;
	while (from > f->done && i - from < 6 &&
	       !(at(f, from)->c & (RP_CLASS_ARTICLE | RP_CLASS_DETERMINER)))
		from--;
	if (from < f->done + 2 ||
	    !(at(f, from)->c & (RP_CLASS_ARTICLE | RP_CLASS_DETERMINER)) ||
	    !is(at(f, from - 2), "to"))
		return false;
	all = words(f, from - 1, i + 2 - from);
	edit(f, from - 1, i + 2 - from, all, all, RP_SALVAGE_UNCERTAIN,
	    RP_BECAUSE_second_verb);
	return true;
}

static bool (*const rules[])(struct finding *f, size_t i) = {
	place_and_year,
	lost_hyphen,
	lost_capital,
	ran_together,
	numbers,
	articles,
	finite_verbs,
	like_verbs,
	adjectives,
	conjunctions,
	twice,
	prepositions,
	last_marks,
	half_a_pair,
	verb_behind_object,
};

void
rp_salvage_find(struct rp_salvage_words *w, rp_text t,
    struct rp_salvage_edits *out)
{
	struct finding f = { .w = w, .t = t, .out = out };

	tokenize(w, t, &f.k);
	split_tokens(&f);
	for (size_t i = 0; i < f.k.n; i++) {
		for (size_t r = 0;
		     i >= f.done && r < sizeof(rules) / sizeof(rules[0]); r++)
			if (rules[r](&f, i))
				break;
	}
}

/* A phrase of the kind that is put in behind a comma. */
static bool
insertable(struct finding *f, size_t i)
{
	const struct token *k = at(f, i), *next = at(f, i + 1);

	if (is(k, "and"))
		return is(next, "to") && at(f, i + 2)->c & RP_CLASS_VERB;
	return is(k, "including") || is(k, "through") ||
	       (is(k, "to") && next->c & RP_CLASS_VERB) ||
	       (is(k, "in") && is(next, "accordance")) ||
	       (is(k, "as") && is(next, "well"));
}

void
rp_salvage_suspect(struct rp_salvage_words *w, rp_text t,
    struct rp_salvage_edits *out)
{
	struct finding f = { .w = w, .t = t, .out = out };

	tokenize(w, t, &f.k);
	for (size_t i = 1; i < f.k.n; i++) {
		size_t n = 1;
		rp_text all;

		if (!is(at(&f, i - 1), ",") || !insertable(&f, i))
			continue;
		while (i + n < f.k.n && (n < 3 || !is(at(&f, i + n), ",")) &&
		       !stops(at(&f, i + n)))
			n++;
		all = words(&f, i, n);
		edit(&f, i, n, all, all, RP_SALVAGE_UNCERTAIN,
		    RP_BECAUSE_edited);
		out->v[out->n - 1].kind = RP_SALVAGE_INS;
	}
}
