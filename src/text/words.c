#include "text/words.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utf16.h>

#include "base/err.h"
#include "base/vec.h"
#include "text/input.h"
#include "text/utf16_private.h"

#define WORDS_MEMORY ((size_t)1024 * 1024 * 1024)
#define ELLIPSIS "\xe2\x80\xa6"

struct rp_words {
	struct rp_arena *arena, *scratch;
	UBreakIterator *breaks[RP_BREAK_KINDS];
};

static void
close_breaks(void *it)
{
	ubrk_close(it);
}

struct rp_words *
rp_words_new(void)
{
	static const UBreakIteratorType types[RP_BREAK_KINDS] = {
		UBRK_CHARACTER, UBRK_WORD, UBRK_SENTENCE
	};
	struct rp_arena *a = rp_arena_new(WORDS_MEMORY);
	struct rp_words *w = rp_new(a, struct rp_words);
	UErrorCode status = U_ZERO_ERROR;

	w->arena = a;
	w->scratch = rp_arena_new(WORDS_MEMORY);
	for (int i = 0; i < RP_BREAK_KINDS; i++) {
		w->breaks[i] = ubrk_open(types[i], "", NULL, 0, &status);
		RP_ASSERT(U_SUCCESS(status));
		rp_arena_defer(a, close_breaks, w->breaks[i]);
	}
	return w;
}

void
rp_words_free(struct rp_words *w)
{
	if (w == NULL)
		return;
	rp_arena_free(w->scratch);
	rp_arena_free(w->arena);
}

void
rp_words_freep(struct rp_words **w)
{
	rp_words_free(*w);
}

/* The iterator at the start of `u`, which stays in use until the next call. */
static UBreakIterator *
start(struct rp_words *w, enum rp_break kind, struct rp_utf16 u)
{
	UErrorCode status = U_ZERO_ERROR;

	ubrk_setText(w->breaks[kind], u.p, u.n, &status);
	RP_ASSERT(U_SUCCESS(status));
	return w->breaks[kind];
}

static bool
at_word(UBreakIterator *it)
{
	return ubrk_getRuleStatus(it) >= UBRK_WORD_NUMBER;
}

struct rp_segment *
rp_words_split(struct rp_words *w, struct rp_arena *a, enum rp_break kind,
    rp_text t, size_t *n)
{
	struct RP_VEC(struct rp_segment) list = { 0 };
	struct rp_segment s = { 0 };
	struct rp_utf16 u;
	UBreakIterator *it;

	RP_ASSERT(kind < RP_BREAK_KINDS);
	rp_arena_reset(w->scratch);
	u = rp_utf16_from(w->scratch, t);
	it = start(w, kind, u);
	for (int32_t from = 0, to; (to = ubrk_next(it)) != UBRK_DONE;
	     from = to) {
		s.from = s.to;
		s.to += rp_utf16_octets(u.p + from, to - from);
		s.is_word = kind == RP_BREAK_WORD && at_word(it);
		rp_vec_push(a, &list, s);
	}
	*n = list.n;
	return list.v;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

/* CLDR's rules count @ among the letters, so that addresses are one word. */
static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '@' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* UAX 29, WB6, WB7, WB11, WB12 without the colon, as CLDR has them. */
static bool
joins(char before, char c, char after)
{
	if (is_letter(before) && is_letter(after))
		return c == '\'' || c == '.';
	if (is_digit(before) && is_digit(after))
		return c == '\'' || c == '.' || c == ',' || c == ';';
	return false;
}

/*
 * The same as ICU for a run of ASCII between spaces. An underscore
 * (ExtendNumLet) belongs to a word, but is none by itself.
 */
static int64_t
count_ascii(const char *p, size_t n)
{
	bool inside = false, counted = false;
	int64_t words = 0;

	for (size_t i = 0; i < n; i++) {
		bool solid = is_letter(p[i]) || is_digit(p[i]);

		if (!solid && p[i] != '_') {
			inside = inside && i > 0 && i + 1 < n &&
				 joins(p[i - 1], p[i], p[i + 1]);
			continue;
		}
		if (!inside)
			counted = false;
		if (!counted && (solid || inside)) {
			counted = true;
			words++;
		}
		inside = true;
	}
	return words;
}

static int64_t
count_any(struct rp_words *w, rp_text t)
{
	UBreakIterator *it;
	int64_t words = 0;

	rp_arena_reset(w->scratch);
	it = start(w, RP_BREAK_WORD, rp_utf16_from(w->scratch, t));
	while (ubrk_next(it) != UBRK_DONE)
		words += at_word(it);
	return words;
}

/* The piece of `t` from `at` to the next space, and whether it is ASCII. */
static size_t
piece(rp_text t, size_t at, bool *ascii)
{
	uint8_t all = 0;

	for (; at < t.n && !is_space(t.p[at]); at++)
		all |= (uint8_t)t.p[at];
	*ascii = all < 0x80;
	return at;
}

/*
 * No word spans a space, so pieces between spaces can be counted one by one:
 * those in ASCII here, and what lies between two of them by ICU at once.
 */
int64_t
rp_words_count(struct rp_words *w, rp_text t)
{
	size_t other = 0, end;
	bool ascii, pending = false;
	int64_t words = 0;

	for (size_t at = 0; at < t.n; at = end) {
		if (is_space(t.p[at])) {
			end = at + 1;
			continue;
		}
		end = piece(t, at, &ascii);
		if (!ascii) {
			other = pending ? other : at;
			pending = true;
			continue;
		}
		if (pending)
			words += count_any(w, rp_text_sub(t, other, at));
		pending = false;
		words += count_ascii(t.p + at, end - at);
	}
	if (pending)
		words += count_any(w, rp_text_sub(t, other, t.n));
	return words;
}

struct word_list RP_VEC(struct rp_segment);

/* count_ascii() again, with places: one octet more ends the last word. */
static void
list_ascii(struct rp_arena *a, struct word_list *list, rp_text t, size_t from,
    size_t to)
{
	struct rp_segment s = { .is_word = true };
	bool inside = false, counted = false;

	for (size_t i = from; i <= to; i++) {
		bool solid = i < to && (is_letter(t.p[i]) || is_digit(t.p[i]));

		if (!solid && (i == to || t.p[i] != '_')) {
			if (!inside ||
			    (i > from && i + 1 < to &&
				joins(t.p[i - 1], t.p[i], t.p[i + 1])))
				continue;
			inside = false;
			s.to = i;
			if (counted)
				rp_vec_push(a, list, s);
			continue;
		}
		if (!inside) {
			s.from = i;
			counted = false;
		}
		counted = counted || solid || inside;
		inside = true;
	}
}

static void
list_any(struct rp_words *w, struct rp_arena *a, struct word_list *list,
    rp_text t, size_t from, size_t to)
{
	struct rp_segment s = { .to = from };
	struct rp_utf16 u;
	UBreakIterator *it;

	rp_arena_reset(w->scratch);
	u = rp_utf16_from(w->scratch, rp_text_sub(t, from, to));
	it = start(w, RP_BREAK_WORD, u);
	for (int32_t at = 0, end; (end = ubrk_next(it)) != UBRK_DONE;
	     at = end) {
		s.from = s.to;
		s.to += rp_utf16_octets(u.p + at, end - at);
		s.is_word = at_word(it);
		if (s.is_word)
			rp_vec_push(a, list, s);
	}
}

struct rp_segment *
rp_words_list(struct rp_words *w, struct rp_arena *a, rp_text t, size_t *n)
{
	struct word_list list = { 0 };
	bool ascii, pending = false;
	size_t other = 0, end;

	for (size_t at = 0; at < t.n; at = end) {
		if (is_space(t.p[at])) {
			end = at + 1;
			continue;
		}
		end = piece(t, at, &ascii);
		if (!ascii) {
			other = pending ? other : at;
			pending = true;
			continue;
		}
		if (pending)
			list_any(w, a, &list, t, other, at);
		pending = false;
		list_ascii(a, &list, t, at, end);
	}
	if (pending)
		list_any(w, a, &list, t, other, t.n);
	*n = list.n;
	return list.v;
}

/* Octets of the first `max` code points. */
static size_t
prefix(rp_text t, size_t max)
{
	size_t at = 0;

	while (at < t.n) {
		if (((uint8_t)t.p[at] & 0xc0) != 0x80 && max-- == 0)
			break;
		at++;
	}
	return at;
}

static rp_text
one_line(struct rp_arena *a, rp_text t)
{
	char *p = rp_alloc(a, t.n + sizeof(ELLIPSIS));
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++) {
		if (!is_space(t.p[i]))
			p[n++] = t.p[i];
		else if (n > 0 && p[n - 1] != ' ')
			p[n++] = ' ';
	}
	while (n > 0 && p[n - 1] == ' ')
		n--;
	p[n] = '\0';
	return (rp_text){ p, n };
}

rp_text
rp_words_excerpt(struct rp_words *w, struct rp_arena *a, rp_text t, size_t max)
{
	size_t look = prefix(t, 4 * max + 64);
	rp_text line, cut;
	struct rp_utf16 u;
	size_t limit, to;
	int32_t at;

	RP_ASSERT(max > 0);
	/* What is far behind cannot come into it, so it is not looked at. */
	line = one_line(a, rp_text_sub(t, 0, look));
	limit = prefix(line, max - 1);
	if (prefix(line, max) == line.n && look == t.n)
		return line;
	rp_arena_reset(w->scratch);
	u = rp_utf16_from(w->scratch, line);
	at = rp_utf16_from(w->scratch, rp_text_sub(line, 0, limit)).n;
	if (at < u.n) {
		int32_t word =
		    ubrk_preceding(start(w, RP_BREAK_WORD, u), at + 1);

		if (word < at / 2)
			word = ubrk_preceding(start(w, RP_BREAK_CHARACTER, u),
			    at + 1);
		at = word > 0 ? word : 0;
	}
	to = rp_utf16_octets(u.p, at);
	cut = rp_text_strip(rp_text_sub(line, 0, to));
	return rp_textf(a, "%.*s%s", RP_FMT(cut), ELLIPSIS);
}
