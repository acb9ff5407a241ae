/* lint_words - words, ordinals, and looking for phrases. */
#include <string.h>

#include "exchange/lint_private.h"

static bool
is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9');
}

/*
 * Octets of the character at `i` if it belongs to a word, else 0. Beyond ASCII
 * all do but the punctuation of U+2000 to U+206F and the signs of U+0080 to
 * U+00BF.
 */
static size_t
word_octets(rp_text t, size_t i)
{
	uint8_t c = (uint8_t)t.p[i];
	size_t n;

	if (c < 0x80)
		return is_alnum(t.p[i]) ? 1 : 0;
	n = rp_utf8_len((const uint8_t *)t.p + i, t.n - i);
	if (n == 0 || c == 0xc2 ||
	    (c == 0xe2 && ((uint8_t)t.p[i + 1] & 0xfe) == 0x80))
		return 0;
	return n;
}

bool
rp_lint_word_next(rp_text t, size_t from, struct rp_lint_word *out)
{
	size_t i = from, n;

	while (i < t.n && word_octets(t, i) == 0)
		i++;
	if (i == t.n)
		return false;
	out->from = i;
	for (;;) {
		while (i < t.n && (n = word_octets(t, i)) > 0)
			i += n;
		if (i + 1 < t.n && t.p[i] == '-' && word_octets(t, i + 1) > 0)
			i++;
		else
			break;
	}
	out->to = i;
	return true;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

rp_text
rp_lint_lower(struct rp_arena *a, rp_text t)
{
	char *p = rp_alloc(a, t.n + 1);

	for (size_t i = 0; i < t.n; i++)
		p[i] = lower(t.p[i]);
	return (rp_text){ p, t.n };
}

bool
rp_lint_same(rp_text a, rp_text b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++) {
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	}
	return true;
}

size_t
rp_lint_find(rp_text t, const char *what, size_t from)
{
	size_t n = strlen(what);

	for (size_t i = from; i + n <= t.n; i++) {
		size_t k = 0;

		while (k < n && lower(t.p[i + k]) == what[k])
			k++;
		if (k == n)
			return i;
	}
	return SIZE_MAX;
}

static uint32_t
digits_ordinal(rp_text w)
{
	uint32_t v = 0;
	size_t i = 0;

	while (i < w.n && i < 2 && w.p[i] >= '0' && w.p[i] <= '9')
		v = v * 10 + (uint32_t)(w.p[i++] - '0');
	if (i == 0 || w.n != i + 2)
		return 0;
	w = rp_text_sub(w, i, w.n);
	return rp_lint_same(w, RP_TEXT("st")) ||
		       rp_lint_same(w, RP_TEXT("nd")) ||
		       rp_lint_same(w, RP_TEXT("rd")) ||
		       rp_lint_same(w, RP_TEXT("th")) ?
		   v :
		   0;
}

uint32_t
rp_lint_ordinal(rp_text word)
{
	static const rp_text units[] = { RP_TEXT_INIT("first"),
		RP_TEXT_INIT("second"), RP_TEXT_INIT("third"),
		RP_TEXT_INIT("fourth"), RP_TEXT_INIT("fifth"),
		RP_TEXT_INIT("sixth"), RP_TEXT_INIT("seventh"),
		RP_TEXT_INIT("eighth"), RP_TEXT_INIT("ninth"),
		RP_TEXT_INIT("tenth"), RP_TEXT_INIT("eleventh"),
		RP_TEXT_INIT("twelfth"), RP_TEXT_INIT("thirteenth"),
		RP_TEXT_INIT("fourteenth"), RP_TEXT_INIT("fifteenth"),
		RP_TEXT_INIT("sixteenth"), RP_TEXT_INIT("seventeenth"),
		RP_TEXT_INIT("eighteenth"), RP_TEXT_INIT("nineteenth") };
	static const struct {
		rp_text whole, before;
	} tens[] = { { RP_TEXT_INIT("twentieth"), RP_TEXT_INIT("twenty-") },
		{ RP_TEXT_INIT("thirtieth"), RP_TEXT_INIT("thirty-") },
		{ RP_TEXT_INIT("fortieth"), RP_TEXT_INIT("forty-") },
		{ RP_TEXT_INIT("fiftieth"), RP_TEXT_INIT("fifty-") },
		{ RP_TEXT_INIT("sixtieth"), RP_TEXT_INIT("sixty-") },
		{ RP_TEXT_INIT("seventieth"), RP_TEXT_INIT("seventy-") },
		{ RP_TEXT_INIT("eightieth"), RP_TEXT_INIT("eighty-") },
		{ RP_TEXT_INIT("ninetieth"), RP_TEXT_INIT("ninety-") } };

	for (uint32_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (rp_lint_same(word, units[i]))
			return i + 1;
	}
	for (uint32_t i = 0; i < sizeof(tens) / sizeof(tens[0]); i++) {
		size_t n = tens[i].before.n;

		if (rp_lint_same(word, tens[i].whole))
			return 10 * (i + 2);
		if (word.n <= n ||
		    !rp_lint_same(rp_text_sub(word, 0, n), tens[i].before))
			continue;
		for (uint32_t k = 0; k < 9; k++) {
			if (rp_lint_same(rp_text_sub(word, n, word.n),
				units[k]))
				return 10 * (i + 2) + k + 1;
		}
	}
	return digits_ordinal(word);
}
