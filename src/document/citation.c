#include "document/citation.h"

#include <string.h>

#include "document/lower.h"

/* A row goes on only behind a word that is, or may be, of several. */
static const struct word {
	const char *word, *kind;
	bool several;
} words[] = {
	{ "resolutions", "resolution", true },
	{ "resolution", "resolution", false },
	{ "résolutions", "resolution", true },
	{ "résolution", "resolution", false },
	{ "resoluciones", "resolution", true },
	{ "resolución", "resolution", false },
	{ "резолюциями", "resolution", true },
	{ "резолюциях", "resolution", true },
	{ "резолюциям", "resolution", true },
	{ "резолюцией", "resolution", false },
	{ "резолюций", "resolution", true },
	{ "резолюция", "resolution", false },
	{ "резолюцию", "resolution", false },
	{ "резолюции", "resolution", true },
	{ "القرارات", "resolution", true },
	{ "القرارين", "resolution", true },
	{ "القرار", "resolution", false },
	{ "للقرار", "resolution", false },
	{ "بالقرار", "resolution", false },
	{ "decisions", "decision", true },
	{ "decision", "decision", false },
	{ "décisions", "decision", true },
	{ "décision", "decision", false },
	{ "decisiones", "decision", true },
	{ "decisión", "decision", false },
	{ "решениями", "decision", true },
	{ "решениях", "decision", true },
	{ "решением", "decision", false },
	{ "решений", "decision", true },
	{ "решения", "decision", true },
	{ "решение", "decision", false },
	{ "решению", "decision", false },
	{ "المقررات", "decision", true },
	{ "المقرر", "decision", false },
	{ "recommendations", "recommendation", true },
	{ "recommendation", "recommendation", false },
	{ "recommandations", "recommendation", true },
	{ "recommandation", "recommendation", false },
	{ "recomendaciones", "recommendation", true },
	{ "recomendación", "recommendation", false },
	{ "рекомендациях", "recommendation", true },
	{ "рекомендацией", "recommendation", false },
	{ "рекомендаций", "recommendation", true },
	{ "рекомендация", "recommendation", false },
	{ "рекомендацию", "recommendation", false },
	{ "рекомендации", "recommendation", true },
	{ "التوصيات", "recommendation", true },
	{ "التوصية", "recommendation", false },
	{ "opinions", "opinion", true },
	{ "opinion", "opinion", false },
	{ "avis", "opinion", true },
	{ "opiniones", "opinion", true },
	{ "opinión", "opinion", false },
	{ "мнениями", "opinion", true },
	{ "мнений", "opinion", true },
	{ "мнения", "opinion", true },
	{ "мнение", "opinion", false },
	{ "الآراء", "opinion", true },
	{ "الرأي", "opinion", false },
};

/* "第102号决议" */
static const struct word behind[] = {
	{ "决议", "resolution", true },
	{ "决定", "decision", true },
	{ "建议", "recommendation", true },
	{ "意见", "opinion", true },
};

static const char *const between[] = { ", and ", ", ", " and ", " or ", " et ",
	" ou ", " y ", " e ", " o ", " и ", " или ", " و ", " و", "، ", "、",
	"和", "及", ",", NULL };

static const char *const before_number[] = { "no. ", "no.", "nos. ", "n° ",
	"n°", "nº ", "№ ", "№", "رقم ", NULL };

static bool
stands(rp_text t, size_t at, const char *z)
{
	size_t n = strlen(z);

	return at <= t.n && n <= t.n - at && memcmp(t.p + at, z, n) == 0;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The character whose first octet is at `at`, if it is one of two octets. */
static unsigned
two_octets(rp_text t, size_t at)
{
	uint8_t c = at < t.n ? (uint8_t)t.p[at] : 0;

	if (c < 0xc2 || c > 0xdf || at + 1 >= t.n)
		return 0;
	return (unsigned)(c & 0x1f) << 6 | ((uint8_t)t.p[at + 1] & 0x3f);
}

/* Latin, Greek, Cyrillic, Arabic: scripts whose words have bounds. */
static bool
is_letter(rp_text t, size_t at)
{
	char c = at < t.n ? t.p[at] : ' ';
	unsigned u = two_octets(t, at);

	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (u >= 0xc0 && u != 0xd7 && u != 0xf7 && u < 0x60c) ||
	       (u >= 0x610 && u != 0x61b && u != 0x61f && u != 0x66a);
}

/* Where the character before `at` begins. */
static size_t
before(rp_text t, size_t at)
{
	do
		at--;
	while (at > 0 && ((uint8_t)t.p[at] & 0xc0) == 0x80);
	return at;
}

/* In Arabic, "and" is written together with what follows. */
static bool
word_begins(rp_text t, size_t at)
{
	size_t b;

	if (at == 0 || !is_letter(t, before(t, at)))
		return true;
	b = before(t, at);
	return stands(t, b, "و") && (b == 0 || !is_letter(t, before(t, b)));
}

/* A no-break space is two octets. */
static size_t
skip_spaces(rp_text t, size_t at)
{
	while (at < t.n && (t.p[at] == ' ' || stands(t, at, "\u00a0")))
		at += t.p[at] == ' ' ? 1 : 2;
	return at;
}

/* The number from `at` on; its end is `at` where there is none. */
static size_t
number_end(rp_text t, size_t at)
{
	size_t i = at;
	bool some = false;

	for (; i < t.n && i - at < RP_CITATION_NUMBER_MAX; i++) {
		char c = t.p[i];

		if (!is_digit(c) && !(c >= 'A' && c <= 'Z') && c != '/' &&
		    c != '-' && c != '.')
			break;
		if (c >= 'A' && i > at && is_digit(t.p[i - 1]))
			break;
		some = some || is_digit(c);
	}
	while (i > at && !is_digit(t.p[i - 1]) &&
	       !(t.p[i - 1] >= 'A' && t.p[i - 1] <= 'Z'))
		i--;
	/* A word goes on: "3G", "2nd", "102bis" are no numbers of texts. */
	if (!some || is_letter(t, i))
		return at;
	return i;
}

/* The last group of four digits that can be a year. */
static int
year_in(rp_text t)
{
	int found = 0;

	for (size_t i = 0, n; i<t.n; i += n> 0 ? n : 1) {
		int year = 0;

		for (n = 0; i + n < t.n && is_digit(t.p[i + n]); n++)
			year = n < 4 ? year * 10 + (t.p[i + n] - '0') : 0;
		if (n == 4 && year >= RP_CITATION_YEAR_MIN && year < 2200)
			found = year;
	}
	return found;
}

/* "(Rev. Dubai, 2018)" from `at` on, and where it ends. */
static size_t
version(rp_text t, size_t at, struct rp_citation *c)
{
	size_t open = skip_spaces(t, at), from, to;
	const char *close = ")";
	rp_text name;

	if (stands(t, open, "（")) {
		close = "）";
		from = open + strlen("（");
	} else if (stands(t, open, "(")) {
		from = open + 1;
	} else {
		return at;
	}
	for (to = from; to < t.n && !stands(t, to, close); to++)
		if (to - from >= RP_CITATION_NAME_MAX || t.p[to] == '(')
			return at;
	if (to == t.n)
		return at;
	name = rp_text_trim(rp_text_sub(t, from, to));
	if (year_in(name) == 0)
		return at;
	c->name = name;
	c->year = year_in(name);
	return to + strlen(close);
}

static size_t
skip_any(rp_text t, size_t at, const char *const *all)
{
	for (; *all != NULL; all++)
		if (stands(t, at, *all))
			return at + strlen(*all);
	return at;
}

/* A number and its version at `at`; the end, or `at`. */
static size_t
one(struct rp_arena *a, rp_text t, size_t from, size_t at, const char *kind,
    uint32_t block, struct rp_citations *out)
{
	struct rp_citation c = { .at = block,
		.from = (uint32_t)from,
		.kind = rp_text_z(kind) };
	size_t end = number_end(t, at);

	if (end == at || out->n >= RP_CITATIONS_MAX)
		return at;
	c.number = rp_text_sub(t, at, end);
	end = version(t, end, &c);
	c.to = (uint32_t)end;
	rp_vec_push(a, out, c);
	return end;
}

/* What stands behind the word, in the original; where to go on. */
static size_t
row(struct rp_arena *a, rp_text t, rp_text low, size_t from, size_t at,
    const struct word *w, uint32_t block, struct rp_citations *out)
{
	size_t next = skip_spaces(t, at), end;

	next = skip_spaces(t, skip_any(low, next, before_number));
	end = one(a, t, from, next, w->kind, block, out);
	if (end == next)
		return at;
	while (w->several) {
		size_t begin = skip_any(t, end, between);
		size_t after;

		if (begin == end)
			break;
		begin = skip_spaces(t, begin);
		after = one(a, t, begin, begin, w->kind, block, out);
		if (after == begin)
			break;
		end = after;
	}
	return end;
}

/* "第102号决议（2018年，迪拜，修订版）" */
static size_t
chinese(struct rp_arena *a, rp_text t, size_t at, uint32_t block,
    struct rp_citations *out)
{
	size_t from = at, number, end;
	struct rp_citation c = { .at = block, .from = (uint32_t)from };

	number = skip_spaces(t, at + strlen("第"));
	end = number_end(t, number);
	at = skip_spaces(t, end);
	if (end == number || !stands(t, at, "号") || out->n >= RP_CITATIONS_MAX)
		return from + 1;
	at = skip_spaces(t, at + strlen("号"));
	for (size_t i = 0; i < sizeof(behind) / sizeof(behind[0]); i++) {
		if (!stands(t, at, behind[i].word))
			continue;
		c.number = rp_text_sub(t, number, end);
		c.kind = rp_text_z(behind[i].kind);
		end = version(t, at + strlen(behind[i].word), &c);
		c.to = (uint32_t)end;
		rp_vec_push(a, out, c);
		return end;
	}
	return from + 1;
}

void
rp_citations_add(struct rp_arena *a, rp_text t, uint32_t block,
    struct rp_citations *out)
{
	const size_t n = sizeof(words) / sizeof(words[0]);
	rp_text low = rp_lower(a, t);

	for (size_t i = 0; i < t.n;) {
		size_t k = n, next = i + 1;

		if (stands(t, i, "第")) {
			i = chinese(a, t, i, block, out);
			continue;
		}
		if (((uint8_t)t.p[i] & 0xc0) != 0x80 && word_begins(t, i))
			for (k = 0; k < n; k++)
				if (stands(low, i, words[k].word) &&
				    !is_letter(t, i + strlen(words[k].word)))
					break;
		if (k < n)
			next = row(a, t, low, i, i + strlen(words[k].word),
			    &words[k], block, out);
		i = next;
	}
}

struct rp_citations
rp_citations_find(struct rp_arena *a, const struct rp_document *d)
{
	struct rp_citations out = { 0 };

	for (size_t i = 0; i < d->body.blocks.n; i++)
		if (out.n < RP_CITATIONS_MAX)
			rp_citations_add(a,
			    rp_block_text(a, &d->body.blocks.v[i]), (uint32_t)i,
			    &out);
	return out;
}

/* The next letter or digit in lower case, or 0. */
static char
next_of(rp_text t, size_t *i)
{
	while (*i < t.n) {
		char c = t.p[*i];

		if (stands(t, *i, "\u00a0")) {
			*i += 2;
			continue;
		}
		++*i;
		if (c >= 'A' && c <= 'Z')
			return (char)(c | 0x20);
		if ((c >= 'a' && c <= 'z') || is_digit(c) || (uint8_t)c >= 0x80)
			return c;
	}
	return 0;
}

bool
rp_citation_same_name(rp_text x, rp_text y)
{
	size_t i = 0, k = 0;
	char c;

	do {
		c = next_of(x, &i);
		if (c != next_of(y, &k))
			return false;
	} while (c != 0);
	return true;
}
