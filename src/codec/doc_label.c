#include "codec/doc_label.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "document/numbering.h"

#define VALUE_MAX 100000000

static const char *const cjk[] = { "", "一", "二", "三", "四", "五", "六", "七",
	"八", "九" };
static const char *const latin[] = { "bis", "ter", "quater", "quinquies",
	"sexies", "septies", "octies", "novies", "decies" };
static const char *const bullets[] = { "-", "*", "+", "•", "·", "–", "—", "○",
	"▪", "●", "■", "◦", "‣", "∙", "\xef\x82\xb7" };

#define N(a) (sizeof(a) / sizeof((a)[0]))

static size_t
among(const char *const *list, size_t n, rp_text t)
{
	for (size_t i = 0; i < n; i++)
		if (rp_text_eq(t, rp_text_z(list[i])))
			return i + 1;
	return 0;
}

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_letter(char c)
{
	return is_lower((char)(c | 0x20));
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int32_t
roman_digit(char c)
{
	static const char digits[] = "ivxlcdm";
	static const int32_t values[] = { 1, 5, 10, 50, 100, 500, 1000 };
	const char *at = strchr(digits, c | 0x20);

	return at != NULL && c != '\0' ? values[at - digits] : 0;
}

/* 0 if it is not how that number is written. */
static int32_t
roman_value(rp_text t)
{
	static const char *const parts[] = { "m", "cm", "d", "cd", "c", "xc",
		"l", "xl", "x", "ix", "v", "iv", "i" };
	static const int32_t values[] = { 1000, 900, 500, 400, 100, 90, 50, 40,
		10, 9, 5, 4, 1 };
	int32_t sum = 0, left;
	size_t at = 0;

	for (size_t i = 0; i < t.n; i++) {
		int32_t d = roman_digit(t.p[i]);
		int32_t next = i + 1 < t.n ? roman_digit(t.p[i + 1]) : 0;

		if (d == 0 || t.n > 15)
			return 0;
		sum += d < next ? -d : d;
	}
	left = sum;
	for (size_t i = 0; i < N(parts); i++) {
		for (; left >= values[i]; left -= values[i]) {
			for (const char *p = parts[i]; *p != '\0'; p++)
				if (at >= t.n || (t.p[at++] | 0x20) != *p)
					return 0;
		}
	}
	return at == t.n ? sum : 0;
}

static int32_t
letter_value(rp_text t)
{
	if (!is_letter(t.p[0]))
		return 0;
	for (size_t i = 1; i < t.n; i++)
		if (t.p[i] != t.p[0])
			return 0;
	return (t.p[0] | 0x20) - 'a' + 1 + 26 * (int32_t)(t.n - 1);
}

static int32_t
decimal_value(rp_text t)
{
	int32_t v = 0;

	for (size_t i = 0; i < t.n; i++) {
		if (!is_digit(t.p[i]) || v > VALUE_MAX / 10)
			return -1;
		v = v * 10 + (t.p[i] - '0');
	}
	return t.n > 0 ? v : -1;
}

/* U+0660 to U+0669 are D9 A0 to D9 A9; Persian ones DB B0 to DB B9. */
static int32_t
arabic_indic_value(rp_text t)
{
	int32_t v = 0;

	for (size_t i = 0; i < t.n; i += 2) {
		uint8_t c = (uint8_t)t.p[i], d;

		if (i + 1 >= t.n || v > VALUE_MAX / 10)
			return -1;
		d = (uint8_t)t.p[i + 1];
		if (c == 0xd9 && d >= 0xa0 && d <= 0xa9)
			v = v * 10 + (d - 0xa0);
		else if (c == 0xdb && d >= 0xb0 && d <= 0xb9)
			v = v * 10 + (d - 0xb0);
		else
			return -1;
	}
	return t.n > 0 ? v : -1;
}

/* Up to 99. */
static int32_t
cjk_value(rp_text t)
{
	int32_t tens = 0, ones = 0;
	bool ten = false;

	if (t.n % 3 != 0 || t.n > 9)
		return 0;
	for (size_t i = 0; i < t.n; i += 3) {
		rp_text c = rp_text_sub(t, i, i + 3);
		size_t digit = among(cjk, N(cjk), c);

		if (rp_text_eq(c, RP_TEXT("十")) && !ten) {
			ten = true;
			tens = ones > 0 ? ones : 1;
			ones = 0;
		} else if (digit > 1 && ones == 0) {
			ones = (int32_t)digit - 1;
		} else {
			return 0;
		}
	}
	return tens * 10 + ones;
}

static bool
set(struct rp_label *l, enum rp_label_style style, int32_t value)
{
	l->style = style;
	l->value = value;
	return true;
}

/* "i" after "h" is a letter, alone a number; "ii" is one unless after "hh". */
static bool
set_ascii(struct rp_label *l, rp_text t, const struct rp_label *before)
{
	bool lower = is_lower(t.p[0]);
	int32_t letter = letter_value(t), roman = roman_value(t);
	enum rp_label_style as_letter =
	    lower ? RP_LABEL_LOWER_LETTER : RP_LABEL_UPPER_LETTER;
	enum rp_label_style as_roman =
	    lower ? RP_LABEL_LOWER_ROMAN : RP_LABEL_UPPER_ROMAN;

	for (size_t i = 1; i < t.n; i++)
		if (!is_letter(t.p[i]) || is_lower(t.p[i]) != lower)
			return false;
	if (roman > 0 && letter > 0) {
		bool fits_letter = before != NULL &&
				   before->style == as_letter &&
				   before->value + 1 == letter;
		bool fits_roman = before != NULL && before->style == as_roman;

		if (fits_roman || (!fits_letter && (roman == 1 || t.n > 1)))
			letter = 0;
		else
			roman = 0;
	}
	if (letter > 0)
		return set(l, as_letter, letter);
	return roman > 0 && set(l, as_roman, roman);
}

static bool
set_token(struct rp_label *l, rp_text t, const struct rp_label *before)
{
	static const struct {
		enum rp_number_format format;
		enum rp_label_style style;
	} alphabets[] = { { RP_NUMBER_LOWER_CYRILLIC, RP_LABEL_CYRILLIC },
		{ RP_NUMBER_UPPER_CYRILLIC, RP_LABEL_CYRILLIC },
		{ RP_NUMBER_ARABIC_ABJAD, RP_LABEL_ARABIC_ABJAD } };
	int32_t v;
	size_t n;

	if (t.n == 0)
		return false;
	v = decimal_value(t);
	if (v >= 0)
		return set(l, RP_LABEL_DECIMAL, v);
	if (is_letter(t.p[0]))
		return set_ascii(l, t, before);
	v = arabic_indic_value(t);
	if (v >= 0)
		return set(l, RP_LABEL_ARABIC_INDIC, v);
	v = cjk_value(t);
	if (v > 0)
		return set(l, RP_LABEL_CJK, v);
	for (size_t i = 0; i < N(alphabets); i++) {
		v = rp_number_letter(alphabets[i].format, t, &n);
		if (v > 0 && n == t.n)
			return set(l, alphabets[i].style, v);
	}
	return false;
}

static rp_text
without_ends(rp_text t)
{
	while (t.n > 0 && strchr("([ ", t.p[0]) != NULL && t.p[0] != '\0')
		t = rp_text_sub(t, 1, t.n);
	while (t.n > 0 && strchr(".)]:, ", t.p[t.n - 1]) != NULL)
		t = rp_text_sub(t, 0, t.n - 1);
	return t;
}

/* "b)bis" is "b" and 1. */
static rp_text
without_latin(rp_text t, uint8_t *out)
{
	for (size_t i = 0; i < N(latin); i++) {
		rp_text w = rp_text_z(latin[i]);

		if (t.n <= w.n || is_letter(t.p[t.n - w.n - 1]) ||
		    !rp_text_eq(rp_text_sub(t, t.n - w.n, t.n), w))
			continue;
		*out = (uint8_t)(i + 1);
		return without_ends(rp_text_sub(t, 0, t.n - w.n));
	}
	return t;
}

void
rp_doc_label_of(struct rp_label *l, rp_text shown,
    const struct rp_label *before)
{
	rp_text t = without_ends(shown);
	size_t from;

	l->text = shown;
	l->value = 0;
	l->latin = 0;
	l->style = RP_LABEL_OTHER;
	if (among(bullets, N(bullets), shown) > 0) {
		l->style = RP_LABEL_BULLET;
		return;
	}
	if (t.n == 0 || t.n > RP_DOC_LABEL_MAX)
		return;
	t = without_latin(t, &l->latin);
	for (from = t.n; from > 0 && strchr(". ", t.p[from - 1]) == NULL;
	     from--)
		;
	t = rp_text_sub(t, from, t.n);
	if (set_token(l, t, before))
		return;
	/* "1A" is 1 and a letter. */
	if (t.n > 1 && is_digit(t.p[0]) && is_letter(t.p[t.n - 1]) &&
	    l->latin == 0 && set_token(l, rp_text_sub(t, 0, t.n - 1), NULL))
		l->latin = (uint8_t)((t.p[t.n - 1] | 0x20) - 'a' + 1);
}

/* Formats by style, and the greatest value that rp_doc_label_of() reads. */
static const struct {
	enum rp_number_format format;
	int32_t most;
} formats[] = {
	[RP_LABEL_LOWER_LETTER] = { RP_NUMBER_LOWER_LETTER, 26 * 20 },
	[RP_LABEL_UPPER_LETTER] = { RP_NUMBER_UPPER_LETTER, 26 * 20 },
	[RP_LABEL_LOWER_ROMAN] = { RP_NUMBER_LOWER_ROMAN, 3999 },
	[RP_LABEL_UPPER_ROMAN] = { RP_NUMBER_UPPER_ROMAN, 3999 },
	[RP_LABEL_CJK] = { RP_NUMBER_CJK, 99 },
	[RP_LABEL_ARABIC_INDIC] = { RP_NUMBER_ARABIC_INDIC, INT32_MAX },
	[RP_LABEL_ARABIC_ABJAD] = { RP_NUMBER_ARABIC_ABJAD, 28 },
	[RP_LABEL_CYRILLIC] = { RP_NUMBER_LOWER_CYRILLIC, 28 },
};

rp_text
rp_doc_number(struct rp_arena *a, enum rp_label_style style, int32_t value)
{
	if (style == RP_LABEL_BULLET)
		return RP_TEXT("");
	if ((size_t)style < N(formats) && value <= formats[style].most)
		return rp_number_text(a, formats[style].format, value);
	return rp_textf(a, "%d", value);
}
