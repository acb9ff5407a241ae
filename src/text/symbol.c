/* symbol - a cursor over octets; symbols are ASCII. */
#include <string.h>

#include "base/err.h"
#include "text/symbol.h"

struct cursor {
	const char *p, *end;
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool
is_letter(char c)
{
	return lower(c) >= 'a' && lower(c) <= 'z';
}

/* A part of a word: also octets of letters beyond ASCII. */
static bool
is_word(char c)
{
	return is_letter(c) || is_digit(c) || (c & 0x80) != 0;
}

/* The no-break space is what a word processor puts before a bracket. */
static bool
skip_space(struct cursor *c)
{
	const char *from = c->p;

	for (;;) {
		if (c->p < c->end && (*c->p == ' ' || *c->p == '\t'))
			c->p++;
		else if (c->end - c->p >= 2 && memcmp(c->p, "\xc2\xa0", 2) == 0)
			c->p += 2;
		else
			return c->p > from;
	}
}

static bool
take(struct cursor *c, char want)
{
	if (c->p == c->end || *c->p != want)
		return false;
	c->p++;
	return true;
}

/* Any of the hyphens; word processors have one that does not break. */
static bool
take_hyphen(struct cursor *c)
{
	if (take(c, '-'))
		return true;
	if (c->end - c->p < 3 || (memcmp(c->p, "\xe2\x80\x90", 3) != 0 &&
				     memcmp(c->p, "\xe2\x80\x91", 3) != 0))
		return false;
	c->p += 3;
	return true;
}

static bool
take_word(struct cursor *c, const char *want)
{
	size_t n = strlen(want);

	if ((size_t)(c->end - c->p) < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (lower(c->p[i]) != want[i])
			return false;
	}
	c->p += n;
	return true;
}

static bool
take_number(struct cursor *c, uint32_t *out)
{
	uint32_t v = 0;
	const char *from = c->p;

	while (c->p < c->end && is_digit(*c->p)) {
		v = v * 10 + (uint32_t)(*c->p++ - '0');
		if (v > RP_SYMBOL_NUMBER_MAX)
			return false;
	}
	*out = v;
	return c->p > from;
}

/* "Rev", "Revision", "R": which of the three counts it is, or NULL. */
static uint32_t *
take_part(struct cursor *c, struct rp_symbol *s)
{
	if (take_word(c, "revision") || take_word(c, "rev"))
		return &s->revision;
	if (take_word(c, "addendum") || take_word(c, "add"))
		return &s->addendum;
	if (take_word(c, "corrigendum") || take_word(c, "corr") ||
	    take_word(c, "cor"))
		return &s->corrigendum;
	return NULL;
}

/* "(Rev.1)", " (Rev. 2)", "Rev.1", "R2", "-Rev1". */
static bool
take_suffix(struct cursor *c, struct rp_symbol *s)
{
	struct cursor at = *c;
	bool spaced = skip_space(&at), bracket = take(&at, '(');
	uint32_t *part, n;

	if (bracket)
		skip_space(&at);
	else if (!spaced)
		(void)take_hyphen(&at);
	part = take_part(&at, s);
	if (part == NULL && !spaced && !bracket && at.p < at.end &&
	    *at.p == 'R') {
		at.p++;
		part = &s->revision;
	}
	if (part == NULL)
		return false;
	(void)take(&at, '.');
	skip_space(&at);
	if (!take_number(&at, &n) || n == 0)
		return false;
	if (bracket) {
		skip_space(&at);
		if (!take(&at, ')'))
			return false;
	}
	if (at.p < at.end && is_word(*at.p))
		return false;
	if (part == &s->revision)
		s->is_part_revised = s->addendum > 0 || s->corrigendum > 0;
	*part = n;
	*c = at;
	return true;
}

/* "-E", the end of a word. */
static void
take_language(struct cursor *c, struct rp_symbol *s)
{
	struct cursor at = *c;

	if (!take_hyphen(&at) || at.p == at.end ||
	    strchr("ACEFRS", *at.p) == NULL)
		return;
	s->language = *at.p++;
	if (at.p < at.end && is_word(*at.p)) {
		s->language = 0;
		return;
	}
	*c = at;
}

#define KIND_MAX 4 /* octets */

static bool
is_kind(rp_text t)
{
	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] < 'A' || t.p[i] > 'Z')
			return false;
	}
	return t.n > 0 && t.n <= KIND_MAX;
}

/* "DT/", "INF/": capitals before the number. */
static void
take_kind(struct cursor *c, struct rp_symbol *s)
{
	const char *from = c->p, *p = from;

	while (p < c->end && *p >= 'A' && *p <= 'Z')
		p++;
	if (p == from || p - from > KIND_MAX || p == c->end || *p != '/')
		return;
	s->kind = (rp_text){ from, (size_t)(p - from) };
	c->p = p + 1;
}

/* What comes after the slash. */
static bool
take_number_and_suffixes(struct cursor *c, struct rp_symbol *s)
{
	take_kind(c, s);
	if (!take_number(c, &s->number) || s->number == 0)
		return false;
	if (c->p < c->end && is_letter(*c->p) && *c->p != 'R' && *c->p != 'A' &&
	    *c->p != 'C')
		return false;
	while (take_suffix(c, s))
		;
	take_language(c, s);
	return c->p == c->end || !is_word(*c->p);
}

/* "CWG-Internet": letters and hyphens; the last hyphen is not part of it. */
static bool
take_series(struct cursor *c, rp_text *out)
{
	const char *from = c->p, *last = NULL;

	while (c->p < c->end && c->p - from <= RP_SYMBOL_SERIES_MAX) {
		struct cursor at = *c;

		if (is_letter(*c->p)) {
			c->p++;
			last = c->p;
		} else if (last != NULL && take_hyphen(&at) && at.p < at.end &&
			   is_letter(*at.p)) {
			*c = at;
		} else {
			break;
		}
	}
	if (last == NULL || last - from > RP_SYMBOL_SERIES_MAX)
		return false;
	c->p = last;
	*out = (rp_text){ from, (size_t)(last - from) };
	return true;
}

/*
 * A series that a space may separate from what follows: "CWG-Internet 18/4",
 * and not "Resolution 70/1".
 */
static bool
is_acronym(rp_text series)
{
	size_t capitals = 0;

	for (size_t i = 0; i < series.n; i++) {
		if (series.p[i] >= 'A' && series.p[i] <= 'Z')
			capitals++;
	}
	return capitals >= 3 && (capitals == series.n ||
				    rp_text_find(series, '-', 0) < series.n);
}

/* "ARB/14/26". */
static bool
take_proposal(struct cursor *c, struct rp_symbol *s)
{
	if (s->series.n < 2 || !take_number(c, &s->session) ||
	    s->session == 0 || !take(c, '/') || !take_number(c, &s->number) ||
	    s->number == 0)
		return false;
	s->is_proposal = true;
	return c->p == c->end || !is_word(*c->p);
}

/* "CWG-Internet-18/1(Rev.1)", "C17/130-E". */
static bool
take_full(struct cursor *c, struct rp_symbol *s)
{
	if (!take_series(c, &s->series))
		return false;
	if (take(c, '/'))
		return take_proposal(c, s);
	if (!take_hyphen(c) && skip_space(c) && !is_acronym(s->series))
		return false;
	return take_number(c, &s->session) && s->session > 0 && take(c, '/') &&
	       take_number_and_suffixes(c, s);
}

/* "18/1R2", "48-E", "Document 48". */
static bool
take_short(struct cursor *c, const struct rp_symbol *context,
    struct rp_symbol *s)
{
	uint32_t n;
	struct cursor at = *c;

	if (context == NULL || !take_number(&at, &n) || n == 0)
		return false;
	s->series = context->series;
	s->session = context->session;
	if (take(&at, '/')) {
		s->session = n;
		*c = at;
	}
	return take_number_and_suffixes(c, s);
}

/* "Revision 1 to Document ", "Revision 1 to Addendum 2 to Document ". */
static bool
take_part_of(struct cursor *c, struct rp_symbol *s)
{
	struct cursor at = *c;
	uint32_t *part = take_part(&at, s), n;

	if (part == NULL || !skip_space(&at) || !take_number(&at, &n) ||
	    n == 0 || !skip_space(&at) || !take_word(&at, "to") ||
	    !skip_space(&at))
		return false;
	s->is_part_revised |= part != &s->revision && s->revision > 0;
	*part = n;
	*c = at;
	return true;
}

/* "S14-PP14-C-0015!Cor1!MSW-E": Sector and year, event, kind, number. */
static bool
take_file_name(struct cursor *c, struct rp_symbol *s)
{
	static const char sectors[] = "SRTD";
	uint32_t year, *part;
	rp_text kind;

	if (c->p == c->end || strchr(sectors, *c->p) == NULL)
		return false;
	c->p++;
	if (!take_number(c, &year) || !take(c, '-') ||
	    !take_series(c, &s->series))
		return false;
	/* "PP-C": the event has no year of its own. */
	if (c->p < c->end && is_digit(*c->p)) {
		if (!take_number(c, &s->session) || !take(c, '-') ||
		    !take_series(c, &kind))
			return false;
	} else {
		size_t dash = s->series.n;

		while (dash > 0 && s->series.p[dash - 1] != '-')
			dash--;
		if (dash == 0)
			return false;
		kind = rp_text_sub(s->series, dash, s->series.n);
		s->series.n = dash - 1;
		s->session = year;
	}
	if (!is_kind(kind) || s->session == 0)
		return false;
	if (!rp_text_eq(kind, RP_TEXT("C")))
		s->kind = kind;
	if (!take(c, '-') || !take_number(c, &s->number) || s->number == 0)
		return false;
	if (!take(c, '!'))
		return c->p == c->end || !is_word(*c->p);
	part = take_part(c, s);
	if (part != NULL && (!take_number(c, part) || *part == 0))
		return false;
	if (!take(c, '!'))
		return false;
	while (c->p < c->end && is_letter(*c->p))
		c->p++;
	take_language(c, s);
	return c->p == c->end || !is_word(*c->p);
}

bool
rp_symbol_parse(rp_text t, const struct rp_symbol *context,
    struct rp_symbol *out)
{
	static bool (*const full[])(struct cursor *,
	    struct rp_symbol *) = { take_file_name, take_full };
	rp_text whole = rp_text_trim(t);
	struct cursor start = { whole.p, whole.p + whole.n }, at;
	struct rp_symbol empty = { 0 };

	if (whole.n == 0 || whole.n > RP_SYMBOL_MAX)
		return false;
	while (take_part_of(&start, &empty))
		;
	at = start;
	if (take_word(&at, "document") && skip_space(&at))
		start = at;
	for (size_t i = 0; i < sizeof(full) / sizeof(full[0]); i++) {
		at = start;
		*out = empty;
		if (full[i](&at, out) && at.p == at.end)
			return true;
	}
	at = start;
	*out = empty;
	return take_short(&at, context, out) && at.p == at.end;
}

rp_text
rp_symbol_print(struct rp_arena *a, const struct rp_symbol *s)
{
	/* "C17/51": one letter stands close to the year. */
	const char *dash = s->series.n > 1 ? "-" : "";
	rp_text out;

	if (s->is_proposal)
		return rp_textf(a, "%.*s/%u/%u", RP_FMT(s->series), s->session,
		    s->number);
	out = rp_textf(a, "%.*s%s%u/%.*s%s%u", RP_FMT(s->series), dash,
	    s->session, RP_FMT(s->kind), s->kind.n > 0 ? "/" : "", s->number);
	if (s->revision > 0 && !s->is_part_revised)
		out = rp_textf(a, "%.*s(Rev.%u)", RP_FMT(out), s->revision);
	if (s->addendum > 0)
		out = rp_textf(a, "%.*s(Add.%u)", RP_FMT(out), s->addendum);
	if (s->corrigendum > 0)
		out = rp_textf(a, "%.*s(Corr.%u)", RP_FMT(out), s->corrigendum);
	if (s->revision > 0 && s->is_part_revised)
		out = rp_textf(a, "%.*s(Rev.%u)", RP_FMT(out), s->revision);
	if (s->language != 0)
		out = rp_textf(a, "%.*s-%c", RP_FMT(out), s->language);
	return out;
}

/* Where a word begins: a symbol is none in the middle of something else. */
static bool
is_start(rp_text t, size_t i)
{
	if (!is_letter(t.p[i]))
		return false;
	return i == 0 || !(is_word(t.p[i - 1]) || t.p[i - 1] == '/' ||
			     t.p[i - 1] == '-' || t.p[i - 1] == '!');
}

bool
rp_symbol_next(rp_text t, size_t from, struct rp_symbol *out, size_t *at,
    size_t *end)
{
	for (size_t i = from; i < t.n; i++) {
		size_t to = t.n - i > RP_SYMBOL_MAX ? i + RP_SYMBOL_MAX : t.n;
		struct cursor c = { t.p + i, t.p + to }, file = c;

		if (!is_start(t, i))
			continue;
		*out = (struct rp_symbol){ 0 };
		if (take_file_name(&file, out)) {
			c = file;
		} else {
			*out = (struct rp_symbol){ 0 };
			if (!take_full(&c, out))
				continue;
		}
		*at = i;
		*end = (size_t)(c.p - t.p);
		return true;
	}
	return false;
}

static bool
same_letters(rp_text a, rp_text b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++) {
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	}
	return true;
}

bool
rp_symbol_same_series(const struct rp_symbol *a, const struct rp_symbol *b)
{
	return a->session == b->session && a->is_proposal == b->is_proposal &&
	       same_letters(a->series, b->series);
}

bool
rp_symbol_same_base(const struct rp_symbol *a, const struct rp_symbol *b)
{
	return rp_symbol_same_series(a, b) && same_letters(a->kind, b->kind) &&
	       a->number == b->number && a->addendum == b->addendum &&
	       a->corrigendum == b->corrigendum;
}

bool
rp_symbol_same(const struct rp_symbol *a, const struct rp_symbol *b)
{
	return rp_symbol_same_base(a, b) && a->revision == b->revision &&
	       a->is_part_revised == b->is_part_revised;
}
