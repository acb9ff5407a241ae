#include "text/tokens.h"

#include <libstemmer.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "text/fold_private.h"
#include "text/input.h"

#define TOKENS_MEMORY ((size_t)1024 * 1024 * 1024)
#define STEM_MARK "\xcb\xa2" /* U+02E2, which NFKC makes an s */
#define STEM_FROM 4          /* letters */

enum token_kind { WORD, PAIR, SINGLE };

struct token {
	rp_text t;
	enum token_kind kind;
	size_t run; /* which run of Chinese, Japanese or Korean; 0: none */
};

struct token_list RP_VEC(struct token);

struct rp_tokenizer {
	struct rp_arena *arena, *scratch;
	UBreakIterator *dictionary;
	struct sb_stemmer *stemmers[RP_LANG_COUNT]; /* NULL: none */
};

static void
close_breaks(void *p)
{
	ubrk_close(p);
}

static void
close_stemmer(void *p)
{
	sb_stemmer_delete(p);
}

struct rp_tokenizer *
rp_tokenizer_new(void)
{
	static const char *const names[RP_LANG_COUNT] = {
		[RP_LANG_EN] = "english",
		[RP_LANG_FR] = "french",
		[RP_LANG_RU] = "russian",
		[RP_LANG_ES] = "spanish",
	};
	struct rp_arena *a = rp_arena_new(TOKENS_MEMORY);
	struct rp_tokenizer *k = rp_new(a, struct rp_tokenizer);
	UErrorCode status = U_ZERO_ERROR;

	k->arena = a;
	k->scratch = rp_arena_new(TOKENS_MEMORY);
	k->dictionary = ubrk_open(UBRK_WORD, "", NULL, 0, &status);
	RP_ASSERT(U_SUCCESS(status));
	rp_arena_defer(a, close_breaks, k->dictionary);
	for (int i = 0; i < RP_LANG_COUNT; i++) {
		if (names[i] == NULL)
			continue;
		k->stemmers[i] = sb_stemmer_new(names[i], "UTF_8");
		RP_ASSERT(k->stemmers[i] != NULL);
		rp_arena_defer(a, close_stemmer, k->stemmers[i]);
	}
	return k;
}

void
rp_tokenizer_free(struct rp_tokenizer *k)
{
	if (k == NULL)
		return;
	rp_arena_free(k->scratch);
	rp_arena_free(k->arena);
}

void
rp_tokenizer_freep(struct rp_tokenizer **k)
{
	rp_tokenizer_free(*k);
}

enum letter { OTHER, PART, MARK, PAIRED, DICTIONARY };

static enum letter
letter_of(UChar32 c)
{
	UErrorCode status = U_ZERO_ERROR;
	int8_t type;

	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? PART :
									  OTHER;
	type = u_charType(c);
	if (type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK)
		return u_getIntPropertyValue(c, UCHAR_LINE_BREAK) ==
			       U_LB_COMPLEX_CONTEXT ?
			   DICTIONARY :
			   MARK;
	if (!u_isalnum(c))
		return OTHER;
	if (u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT)
		return DICTIONARY;
	switch (uscript_getScript(c, &status)) {
	case USCRIPT_HAN:
	case USCRIPT_HIRAGANA:
	case USCRIPT_KATAKANA:
	case USCRIPT_HANGUL:
	case USCRIPT_BOPOMOFO:
		return PAIRED;
	default:
		return c == 0x30fc ? PAIRED : PART; /* the long vowel's mark */
	}
}

struct splitting {
	struct rp_tokenizer *k;
	struct rp_arena *arena;
	struct rp_utf16 u;
	struct token_list list;
	size_t runs;
};

static void
push(struct splitting *s, int32_t from, int32_t to, enum token_kind kind)
{
	struct token token = { .kind = kind,
		.run = kind == WORD ? 0 : s->runs };

	token.t = rp_utf16_text(s->arena, s->u.p + from, to - from);
	rp_vec_push(s->arena, &s->list, token);
}

static void
push_word(struct splitting *s, int32_t from, int32_t to)
{
	int32_t end = from;

	if (to - from > RP_TOKEN_MAX) {
		U16_FWD_N(s->u.p, end, to, RP_TOKEN_MAX);
		to = end;
	}
	push(s, from, to, WORD);
}

/* Every two neighbours; a lone character by itself. */
static void
push_pairs(struct splitting *s, int32_t from, int32_t to)
{
	int32_t next = from, after;

	s->runs++;
	U16_FWD_1(s->u.p, next, to);
	if (next == to) {
		push(s, from, to, SINGLE);
		return;
	}
	for (after = next; after < to; from = next, next = after) {
		U16_FWD_1(s->u.p, after, to);
		push(s, from, after, PAIR);
	}
}

static void
push_dictionary(struct splitting *s, int32_t from, int32_t to)
{
	UErrorCode status = U_ZERO_ERROR;
	UBreakIterator *it = s->k->dictionary;

	ubrk_setText(it, s->u.p + from, to - from, &status);
	RP_ASSERT(U_SUCCESS(status));
	for (int32_t at = 0, end; (end = ubrk_next(it)) != UBRK_DONE; at = end)
		push_word(s, from + at, from + end);
}

static void
push_run(struct splitting *s, enum letter kind, int32_t from, int32_t to)
{
	if (kind == PART)
		push_word(s, from, to);
	else if (kind == PAIRED)
		push_pairs(s, from, to);
	else
		push_dictionary(s, from, to);
}

/* Cut u[from..to) where the kind of letter changes; marks go with their base.
 */
static void
split(struct splitting *s, int32_t from, int32_t to)
{
	enum letter run = OTHER, kind;
	int32_t start = from;
	UChar32 c;

	for (int32_t at = from, next = from; at < to; at = next) {
		c = rp_utf16_next(s->u.p, &next);
		kind = letter_of(c);
		if (kind == MARK)
			kind = run == OTHER ? PART : run;
		if (kind == run)
			continue;
		if (run != OTHER)
			push_run(s, run, start, at);
		run = kind;
		start = at;
	}
	if (run != OTHER)
		push_run(s, run, start, to);
}

/*
 * The Spanish stemmer knows -ción and -sión by their accents, which folding has
 * taken; the plural has none, and both must come to one stem.
 */
static rp_text
with_accent(struct rp_arena *a, rp_text word, int lang)
{
	size_t head = word.n > 4 ? word.n - 4 : 0;
	rp_text end = rp_text_sub(word, head, word.n);

	if (lang != RP_LANG_ES || (!rp_text_eq(end, RP_TEXT("cion")) &&
				      !rp_text_eq(end, RP_TEXT("sion"))))
		return word;
	return rp_textf(a, "%.*s\xc3\xb3n", (int)(word.n - 2), word.p);
}

/* The stem where it has one that differs, marked; otherwise n == 0. */
static rp_text
stem(struct rp_tokenizer *k, struct rp_arena *a, rp_text word, int lang)
{
	const sb_symbol *got;

	if (lang < 0 || k->stemmers[lang] == NULL ||
	    rp_text_code_points(word) < STEM_FROM)
		return (rp_text){ 0 };
	for (size_t i = 0; i < word.n; i++)
		if (word.p[i] >= '0' && word.p[i] <= '9')
			return (rp_text){ 0 };
	word = with_accent(a, word, lang);
	got = sb_stemmer_stem(k->stemmers[lang], (const sb_symbol *)word.p,
	    (int)word.n);
	RP_ASSERT(got != NULL);
	return rp_textf(a, STEM_MARK "%.*s",
	    sb_stemmer_length(k->stemmers[lang]), (const char *)got);
}

static rp_text
without_mark(rp_text stemmed)
{
	size_t mark = sizeof(STEM_MARK) - 1;

	return rp_text_sub(stemmed, mark, stemmed.n);
}

static int
lang_of(rp_text tag)
{
	for (int i = 0; i < RP_LANG_COUNT; i++)
		if (rp_lang_tag_same_primary(tag, rp_lang_tag((enum rp_lang)i)))
			return i;
	return -1;
}

struct others RP_MAP(bool);

static void
add_other(struct splitting *s, struct others *others, rp_text t)
{
	*rp_map_at(s->arena, others, t) = true;
}

/* The single characters of a pair: the second is also the next pair's first. */
static void
add_singles(struct splitting *s, struct others *others, rp_text pair)
{
	size_t first = 1;

	while (first < pair.n && ((uint8_t)pair.p[first] & 0xc0) == 0x80)
		first++;
	add_other(s, others, rp_text_sub(pair, 0, first));
	add_other(s, others, rp_text_sub(pair, first, pair.n));
}

static void
add_others(struct splitting *s, struct others *others,
    const struct token *token, int lang)
{
	size_t article;
	rp_text other;

	if (token->kind == PAIR) {
		add_singles(s, others, token->t);
		return;
	}
	if (token->kind == SINGLE)
		return;
	article = rp_fold_article(token->t);
	if (article > 0)
		add_other(s, others,
		    rp_text_sub(token->t, article, token->t.n));
	other = stem(s->k, s->arena, token->t, lang);
	if (other.n > 0 && !rp_text_eq(without_mark(other), token->t))
		add_other(s, others, other);
}

static void
append(struct rp_buf *b, rp_text t)
{
	/* All or nothing: no token is cut in the middle. */
	if (b->n + t.n + 1 > RP_TOKENS_MAX)
		return;
	if (b->n > 0)
		rp_buf_byte(b, ' ');
	rp_buf_text(b, t);
}

static struct splitting
begin(struct rp_tokenizer *k, rp_text t)
{
	struct splitting s = { .k = k, .arena = k->scratch };

	rp_arena_reset(k->scratch);
	s.u = rp_fold(s.arena, rp_utf16_from(s.arena, t));
	return s;
}

rp_text
rp_tokens_index(struct rp_tokenizer *k, struct rp_arena *a, rp_text t,
    rp_text tag)
{
	struct splitting s = begin(k, t);
	struct others others = { 0 };
	int lang = lang_of(tag);
	struct rp_buf b;
	rp_text out;

	rp_buf_init(&b, a, RP_TOKENS_MAX + 1);
	split(&s, 0, s.u.n);
	for (size_t i = 0; i < s.list.n; i++) {
		append(&b, s.list.v[i].t);
		add_others(&s, &others, &s.list.v[i], lang);
	}
	for (size_t i = 0; i < others.n; i++)
		append(&b, others.keys[i]);
	RP_ASSERT(!b.over);
	rp_err_free(rp_buf_done(&b, &out));
	return out;
}

static bool
is_quote(UChar c)
{
	return c == '"' || c == 0x00ab || c == 0x00bb ||
	       (c >= 0x201c && c <= 0x201f) || c == 0x300c || c == 0x300d;
}

static bool
is_cyrillic(rp_text word)
{
	return word.n > 0 &&
	       ((uint8_t)word.p[0] == 0xd0 || (uint8_t)word.p[0] == 0xd1);
}

static void
add_any(struct rp_arena *a, struct rp_query_group *g, rp_text t)
{
	for (size_t i = 0; i < g->any.n; i++)
		if (rp_text_eq(g->any.v[i], t))
			return;
	rp_vec_push(a, &g->any, rp_text_dup(a, t));
}

/* A word, and by what else it is found. */
static struct rp_query_group
word_group(struct rp_tokenizer *k, struct rp_arena *a, rp_text word,
    enum rp_lang lang)
{
	int whose = is_cyrillic(word) ? RP_LANG_RU : (int)lang;
	struct rp_query_group g = { 0 };
	size_t article = rp_fold_article(word);
	rp_text stemmed;

	add_any(a, &g, word);
	if (article > 0)
		add_any(a, &g, rp_text_sub(word, article, word.n));
	stemmed = stem(k, k->scratch, word, whose);
	if (stemmed.n > 0) {
		add_any(a, &g, without_mark(stemmed));
		add_any(a, &g, stemmed);
	}
	return g;
}

/* Tokens from..to of the list, one after the other. */
static struct rp_query_group
phrase_group(struct rp_arena *a, const struct splitting *s, size_t from,
    size_t to)
{
	struct rp_query_group g = { 0 };
	struct rp_buf b;
	rp_text all;

	rp_buf_init(&b, a, RP_TOKENS_MAX + 1);
	for (size_t i = from; i < to; i++)
		append(&b, s->list.v[i].t);
	rp_err_free(rp_buf_done(&b, &all));
	rp_vec_push(a, &g.any, all);
	return g;
}

static void
add_groups(struct splitting *s, struct rp_arena *a, struct rp_query *q,
    size_t from, bool quoted, enum rp_lang lang)
{
	struct rp_query_group g;
	size_t to;

	for (; from < s->list.n && q->groups.n < RP_QUERY_GROUPS_MAX;
	     from = to) {
		size_t run = s->list.v[from].run;

		to = from + 1;
		while (to < s->list.n &&
		       (quoted || (run > 0 && s->list.v[to].run == run)))
			to++;
		g = to > from + 1 || run > 0 || quoted ?
			phrase_group(a, s, from, to) :
			word_group(s->k, a, s->list.v[from].t, lang);
		rp_vec_push(a, &q->groups, g);
	}
}

struct rp_query
rp_tokens_query(struct rp_tokenizer *k, struct rp_arena *a, rp_text t,
    enum rp_lang lang)
{
	struct splitting s = begin(k, rp_text_cut(t, RP_QUERY_MAX));
	struct rp_query q = { 0 };
	bool quoted = false;
	int32_t start = 0;

	for (int32_t i = 0; i <= s.u.n; i++) {
		size_t before = s.list.n;

		if (i < s.u.n && !is_quote(s.u.p[i]))
			continue;
		split(&s, start, i);
		/* An opened quotation that nothing closes is no phrase. */
		add_groups(&s, a, &q, before, quoted && i < s.u.n, lang);
		quoted = !quoted;
		start = i + 1;
	}
	return q;
}

/* `open`..`close` around a token, `with` between tokens of an alternative. */
struct notation {
	const char *phrase, *token, *with, *end, *any, *all;
};

static rp_text
write_query(struct rp_arena *a, const struct rp_query *q,
    const struct notation *how)
{
	struct rp_buf b;
	rp_text out;

	rp_buf_init(&b, a, RP_TOKENS_MAX);
	for (size_t i = 0; i < q->groups.n; i++) {
		const struct rp_query_group *g = &q->groups.v[i];

		rp_buf_f(&b, "%s(", i > 0 ? how->all : "");
		for (size_t k = 0; k < g->any.n; k++) {
			rp_text t = g->any.v[k];

			rp_buf_f(&b, "%s%s%s", k > 0 ? how->any : "",
			    how->phrase, how->token);
			for (size_t c = 0; c < t.n; c++) {
				if (t.p[c] != ' ')
					rp_buf_byte(&b, (uint8_t)t.p[c]);
				else
					rp_buf_f(&b, "%s%s%s", how->token,
					    how->with, how->token);
			}
			rp_buf_f(&b, "%s%s", how->token, how->end);
		}
		rp_buf_byte(&b, ')');
	}
	if (b.over)
		return RP_TEXT("");
	rp_err_free(rp_buf_done(&b, &out));
	return out;
}

rp_text
rp_query_fts5(struct rp_arena *a, const struct rp_query *q)
{
	static const struct notation fts5 = { "\"", "", " ", "\"", " OR ",
		" AND " };

	return write_query(a, q, &fts5);
}

rp_text
rp_query_tsquery(struct rp_arena *a, const struct rp_query *q)
{
	static const struct notation ts = { "(", "'", " & ", ")", " | ",
		" & " };

	return write_query(a, q, &ts);
}
