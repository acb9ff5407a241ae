#include "document/label.h"

#include <string.h>

#include "base/err.h"
#include "document/numbering.h"

enum {
	PARTS_MAX = 9,
	STACK_MAX = 9,
	VALUE_MAX = 9999,
};

/* What a label looks like without its number: lists have one form. */
struct form {
	uint8_t style; /* enum rp_label_style */
	char open;     /* '(' or 0 */
	char close;    /* ')', '.', '-', ',' for U+3001, or 0 */
	uint8_t word;  /* place in words[], 0: none */
	uint8_t parts; /* 1.2.3 is 3 */
	bool tab;      /* a tab follows, or nothing */
};

struct guess {
	struct form form;
	int32_t value;
	int32_t roman; /* 0: it is none; else what it is as a Roman number */
	uint8_t latin;
	uint32_t block;
	uint32_t outer; /* hash of the parts before the last one */
	size_t n;       /* octets with the space behind */
	size_t shown;   /* octets of the label itself, from `from` on */
	size_t from;
	bool believed;
};

struct guesses RP_VEC(struct guess);

static const struct {
	const char *text;
} words[] = { { "" }, { "§" }, { "No." }, { "Article" }, { "Art." },
	{ "Artikel" }, { "Section" }, { "Rule" } };

static const char *const latins[] = { "bis", "ter", "quater", "quinquies",
	"sexies", "septies", "octies", "novies", "decies" };

static const char *const cjk_digits[] = { "〇", "一", "二", "三", "四", "五",
	"六", "七", "八", "九", "十" };

static const char *const bullets[] = { "•", "‣", "◦", "▪", "●", "○", "■", "–",
	"—", "-" };
#define WEAK_BULLETS 7 /* from here on they are dashes as well */

struct cursor {
	const char *p;
	size_t n, at;
};

static bool
starts(const struct cursor *c, const char *z)
{
	size_t n = strlen(z);

	return c->n - c->at >= n && memcmp(c->p + c->at, z, n) == 0;
}

static bool
take(struct cursor *c, const char *z)
{
	if (!starts(c, z))
		return false;
	c->at += strlen(z);
	return true;
}

static char
peek(const struct cursor *c)
{
	return c->at < c->n ? c->p[c->at] : '\0';
}

/* A space of any kind that stands inside a line; not a tab. */
static bool
take_space(struct cursor *c)
{
	return take(c, " ") || take(c, "\xc2\xa0") || take(c, "\xe2\x80\xaf") ||
	       take(c, "\xe2\x80\x82") || take(c, "\xe2\x80\x83") ||
	       take(c, "\xe2\x80\x89");
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static int32_t
roman_value(const char *p, size_t n)
{
	static const char letters[] = "ivxlcdm";
	static const int32_t values[] = { 1, 5, 10, 50, 100, 500, 1000 };
	int32_t sum = 0, last = 0;

	if (n == 0 || n > 9)
		return 0;
	for (size_t i = n; i-- > 0;) {
		const char *at = strchr(letters, p[i] | 0x20);
		int32_t v;

		if (at == NULL || *at == '\0')
			return 0;
		v = values[at - letters];
		sum += v < last ? -v : v;
		last = v > last ? v : last;
	}
	return sum;
}

/* "iix" has a value but is no number: write it again and compare. */
static bool
is_roman(const char *p, size_t n, int32_t v)
{
	static const char *const tens[] = { "", "x", "xx", "xxx", "xl", "l",
		"lx", "lxx", "lxxx", "xc" };
	static const char *const ones[] = { "", "i", "ii", "iii", "iv", "v",
		"vi", "vii", "viii", "ix" };
	size_t n_tens;

	if (v < 1 || v > 99)
		return false;
	n_tens = strlen(tens[v / 10]);
	if (n != n_tens + strlen(ones[v % 10]))
		return false;
	for (size_t i = 0; i < n; i++) {
		char want =
		    i < n_tens ? tens[v / 10][i] : ones[v % 10][i - n_tens];

		if ((p[i] | 0x20) != want)
			return false;
	}
	return true;
}

/* Letters a to z, or one letter doubled; Roman numbers too. */
static bool
take_letters(struct cursor *c, struct guess *g)
{
	size_t from = c->at, n;
	bool upper = is_upper(peek(c));
	const char *p = c->p + from;

	while (upper ? is_upper(peek(c)) : is_lower(peek(c)))
		c->at++;
	n = c->at - from;
	/* A suffix may follow without a space: "bbis)" is not read so. */
	if (n == 0 || n > 8)
		return false;
	g->form.style = upper ? RP_LABEL_UPPER_LETTER : RP_LABEL_LOWER_LETTER;
	g->value = (p[0] | 0x20) - 'a' + 1 + 26 * (int32_t)(n - 1);
	for (size_t i = 1; i < n; i++)
		if (p[i] != p[0])
			g->value = 0;
	if (n > 3)
		g->value = 0;
	g->roman = roman_value(p, n);
	if (g->roman > 0 && !is_roman(p, n, g->roman))
		g->roman = 0;
	return g->value > 0 || g->roman > 0;
}

static uint32_t
mix(uint32_t h, int32_t v)
{
	return (h ^ (uint32_t)v) * 16777619U;
}

/* Digits with dots between; the last part is the value. */
static bool
take_decimal(struct cursor *c, struct guess *g)
{
	if (!is_digit(peek(c)))
		return false;
	g->form.style = RP_LABEL_DECIMAL;
	g->outer = 2166136261U;
	for (;;) {
		int32_t v = 0;

		while (is_digit(peek(c)) && v <= VALUE_MAX)
			v = v * 10 + (c->p[c->at++] - '0');
		if (v > VALUE_MAX || is_digit(peek(c)))
			return false;
		g->value = v;
		if (++g->form.parts > PARTS_MAX)
			return false;
		if (peek(c) != '.' || c->at + 1 >= c->n ||
		    !is_digit(c->p[c->at + 1]))
			break;
		g->outer = mix(g->outer, v);
		c->at++;
	}
	/* 184A, 6.1a: letters behind the number count below it. */
	if ((is_upper(peek(c)) || is_lower(peek(c))) && !starts(c, "bis") &&
	    !starts(c, "ter") && c->at + 1 < c->n &&
	    !is_upper(c->p[c->at + 1]) && !is_lower(c->p[c->at + 1])) {
		g->outer = mix(g->outer, g->value);
		g->value = (peek(c) | 0x20) - 'a' + 1;
		g->form.parts = (uint8_t)(g->form.parts + 1);
		c->at++;
	}
	return true;
}

static bool
take_indic(struct cursor *c, struct guess *g)
{
	size_t from = c->at;
	int32_t v = 0;

	while (c->n - c->at >= 2 && (uint8_t)c->p[c->at] == 0xd9 &&
	       (uint8_t)c->p[c->at + 1] >= 0xa0 &&
	       (uint8_t)c->p[c->at + 1] <= 0xa9 && v <= VALUE_MAX) {
		v = v * 10 + ((uint8_t)c->p[c->at + 1] - 0xa0);
		c->at += 2;
	}
	g->form.style = RP_LABEL_ARABIC_INDIC;
	g->value = v;
	return c->at > from && v <= VALUE_MAX;
}

static bool
take_cjk(struct cursor *c, struct guess *g)
{
	int32_t sum = 0, digit = -1;
	size_t from = c->at;

	for (;;) {
		int32_t d = 0;

		while (d <= 10 && !starts(c, cjk_digits[d]))
			d++;
		if (d > 10 || c->at - from > 12)
			break;
		c->at += 3;
		if (d == 10) {
			sum += digit < 0 ? 10 : digit * 10;
			digit = -1;
		} else {
			digit = digit > 0 ? digit * 10 + d : d;
		}
	}
	g->form.style = RP_LABEL_CJK;
	g->value = sum + (digit > 0 ? digit : 0);
	return c->at > from && g->value > 0;
}

/* One letter of an alphabet that has formats in numbering.h. */
static bool
take_foreign(struct cursor *c, struct guess *g)
{
	static const struct {
		enum rp_number_format f;
		uint8_t style;
	} tries[] = { { RP_NUMBER_ARABIC_ABJAD, RP_LABEL_ARABIC_ABJAD },
		{ RP_NUMBER_LOWER_CYRILLIC, RP_LABEL_CYRILLIC },
		{ RP_NUMBER_UPPER_CYRILLIC, RP_LABEL_CYRILLIC } };
	uint8_t first = (uint8_t)peek(c);
	size_t n = 0;

	if (first < 0xd0 || first > 0xd9)
		return false;
	for (size_t k = 0; k < 3; k++) {
		g->value = rp_number_letter(tries[k].f,
		    (rp_text){ c->p + c->at, c->n - c->at }, &n);
		g->form.style = tries[k].style;
		if (g->value == 0)
			continue;
		c->at += n;
		return true;
	}
	return false;
}

static void
take_latin(struct cursor *c, struct guess *g)
{
	struct cursor was = *c;

	while (take_space(c))
		;
	for (size_t i = sizeof(latins) / sizeof(latins[0]); i-- > 0;) {
		if (!take(c, latins[i]))
			continue;
		if (is_lower(peek(c)))
			break;
		g->latin = (uint8_t)(i + 1);
		return;
	}
	*c = was;
}

static char
take_close(struct cursor *c)
{
	struct cursor was = *c;

	if (take(c, ")") || take(c, "\xef\xbc\x89"))
		return ')';
	/* Arabic typists leave a space before it. */
	if (take_space(c) && take(c, ")"))
		return ')';
	*c = was;
	if (take(c, "."))
		return '.';
	if (take(c, "\xe3\x80\x81"))
		return ',';
	if (take(c, "-") || take(c, "\xe2\x80\x93"))
		return '-';
	return 0;
}

static void
take_word(struct cursor *c, struct guess *g)
{
	struct cursor was = *c;

	for (size_t i = 1; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!take(c, words[i].text))
			continue;
		while (take_space(c))
			;
		if (is_digit(peek(c))) {
			g->form.word = (uint8_t)i;
			return;
		}
		*c = was;
	}
}

/* What follows a label; false if text goes on. */
static bool
take_separator(struct cursor *c, struct guess *g)
{
	bool space = false, ideograph = g->form.close == ',';

	while (take_space(c))
		space = true;
	while (take(c, "\t")) {
		g->form.tab = true;
		while (take_space(c))
			;
	}
	if (c->at == c->n)
		g->form.tab = true;
	return space || g->form.tab || ideograph;
}

static bool
take_bullet(struct cursor *c, struct guess *g)
{
	for (size_t i = 0; i < sizeof(bullets) / sizeof(bullets[0]); i++) {
		if (!take(c, bullets[i]))
			continue;
		g->form.style = RP_LABEL_BULLET;
		g->form.word = (uint8_t)i;
		g->shown = c->at - g->from;
		if (!take_separator(c, g) || c->at == c->n)
			return false;
		if (i < WEAK_BULLETS)
			g->form.tab = true;
		g->n = c->at;
		return true;
	}
	return false;
}

static bool
guess_label(rp_text t, struct guess *g)
{
	struct cursor c = { t.p, t.n, 0 };
	struct cursor number;

	while (take_space(&c) || take(&c, "\t"))
		;
	g->from = c.at;
	if (take_bullet(&c, g))
		return true;
	c.at = g->from;
	*g = (struct guess){ .from = g->from, .block = g->block };
	take_word(&c, g);
	if (take(&c, "(") || take(&c, "\xef\xbc\x88"))
		g->form.open = '(';
	number = c;
	g->form.parts = 0;
	if (!take_decimal(&c, g)) {
		bool got;

		c = number;
		got = take_letters(&c, g);
		if (!got) {
			c = number;
			got = take_indic(&c, g);
		}
		if (!got) {
			c = number;
			got = take_cjk(&c, g);
		}
		if (!got) {
			c = number;
			got = take_foreign(&c, g);
		}
		if (!got)
			return false;
	}
	take_latin(&c, g);
	g->form.close = take_close(&c);
	if (g->latin == 0)
		take_latin(&c, g);
	g->shown = c.at - g->from;
	/* Only numbers stand without a sign behind them. */
	if (g->form.close == 0 && g->form.style != RP_LABEL_DECIMAL &&
	    g->form.style != RP_LABEL_ARABIC_INDIC)
		return false;
	if (g->form.open != 0 && g->form.close != ')')
		return false;
	if (!take_separator(&c, g) || c.at > RP_LABEL_OCTETS_MAX)
		return false;
	g->n = c.at;
	return true;
}

static void
as_roman(struct guess *g)
{
	g->form.style = g->form.style == RP_LABEL_UPPER_LETTER ?
			    RP_LABEL_UPPER_ROMAN :
			    RP_LABEL_LOWER_ROMAN;
	g->value = g->roman;
}

size_t
rp_label_parse(struct rp_arena *a, rp_text t, struct rp_label *out)
{
	struct guess g = { 0 };

	if (!guess_label(t, &g))
		return 0;
	if (g.roman > 0 && (g.roman == 1 || g.value == 0 || g.value > 26))
		as_roman(&g);
	*out = (struct rp_label){ .kind = RP_LABEL_TYPED,
		.style = (enum rp_label_style)g.form.style,
		.value = g.value,
		.latin = g.latin,
		.text =
		    rp_text_dup(a, rp_text_sub(t, g.from, g.from + g.shown)) };
	return g.n;
}

/* The beginning of a block's text without its deleted runs. */
static rp_text
beginning(struct rp_arena *a, const struct rp_block *b)
{
	char *p = NULL;
	size_t n = 0;

	for (uint32_t i = 0; i < b->n_runs; i++) {
		const struct rp_run *r = &b->runs[i];
		size_t more = r->text.n;

		if (r->del != 0)
			continue;
		if (r->kind != RP_RUN_TEXT)
			break;
		if (n == 0 && more > RP_LABEL_OCTETS_MAX)
			return r->text;
		if (p == NULL)
			p = rp_alloc(a, RP_LABEL_OCTETS_MAX * 2 + 1);
		if (more > RP_LABEL_OCTETS_MAX * 2 - n)
			more = RP_LABEL_OCTETS_MAX * 2 - n;
		if (more > 0)
			memcpy(p + n, r->text.p, more);
		n += more;
		if (n > RP_LABEL_OCTETS_MAX)
			break;
	}
	return (rp_text){ p ? p : "", n };
}

static bool
same_form(const struct guess *x, const struct guess *y)
{
	return x->form.style == y->form.style && x->form.open == y->form.open &&
	       x->form.close == y->form.close && x->form.word == y->form.word &&
	       x->form.parts == y->form.parts;
}

/* y may come right after x in one list. */
static bool
counts_on(const struct guess *x, const struct guess *y)
{
	if (!same_form(x, y))
		return false;
	if (x->form.style == RP_LABEL_BULLET)
		return x->block + 1 == y->block;
	/* 1.1, 1.2 and then 2.1 are one list of lists. */
	if (x->form.parts > 1 && x->outer != y->outer)
		return y->value <= 1;
	if (y->latin != 0)
		return y->value == x->value && y->latin == x->latin + 1;
	return y->value == x->value + 1;
}

/*
 * "i)": a letter if the open list of letters has come to "h", unless "ii"
 * follows; else a Roman number where the list of those has come so far.
 */
static void
decide_roman(struct guesses *g)
{
	int32_t letter = 0, roman = 0;

	for (size_t i = 0; i < g->n; i++) {
		struct guess *x = &g->v[i];
		const struct guess *next = i + 1 < g->n ? &g->v[i + 1] : NULL;
		bool letters = x->form.style == RP_LABEL_LOWER_LETTER ||
			       x->form.style == RP_LABEL_UPPER_LETTER;
		bool goes_on = false;

		if (!letters)
			continue;
		if (next != NULL && same_form(x, next) && x->roman > 0)
			goes_on =
			    next->roman == x->roman + 1 &&
			    (next->value == 0 || next->value != x->value + 1);
		if (x->roman == 0) {
			letter = x->value;
			roman = 0;
			continue;
		}
		if (x->value == 0 || goes_on ||
		    (x->roman == roman + 1 && roman > 0) ||
		    ((x->roman == 1 || x->value > 26) &&
			x->value != letter + 1)) {
			roman = x->roman;
			as_roman(x);
			continue;
		}
		letter = x->value;
	}
}

/*
 * Believe what a tab follows, and what counts with a neighbour of its form. The
 * last guess of each form is kept in a small table; forms are few.
 */
#define FORMS_MAX 64

static void
believe(struct guesses *g)
{
	size_t last[FORMS_MAX], n = 0;

	for (size_t i = 0; i < g->n; i++) {
		struct guess *x = &g->v[i];
		size_t k = 0;

		if (x->form.tab)
			x->believed = true;
		while (k < n && !same_form(&g->v[last[k]], x))
			k++;
		if (k == n && n == FORMS_MAX)
			continue;
		if (k < n && counts_on(&g->v[last[k]], x))
			x->believed = g->v[last[k]].believed = true;
		if (k == n)
			n++;
		last[k] = i;
	}
}

static uint32_t
split_runs(struct rp_arena *a, struct rp_block *b, size_t octets)
{
	uint32_t i = 0;

	for (; i < b->n_runs && octets > 0; i++) {
		struct rp_run *r = &b->runs[i], *more;

		if (r->del != 0)
			continue;
		if (octets >= r->text.n) {
			octets -= r->text.n;
			continue;
		}
		more = rp_new_n(a, struct rp_run, b->n_runs + 1U);
		memcpy(more, b->runs, (i + 1) * sizeof(*more));
		memcpy(more + i + 1, r, (b->n_runs - i) * sizeof(*more));
		more[i].text = rp_text_sub(r->text, 0, octets);
		more[i + 1].text = rp_text_sub(r->text, octets, r->text.n);
		more[i].raw = more[i + 1].raw = (rp_bytes){ 0 };
		b->runs = more;
		b->n_runs++;
		octets = 0;
	}
	return i;
}

/* What was deleted among the label's runs is an old label, or it is text. */
static bool
deleted_is_label(const struct rp_block *b, size_t octets)
{
	char p[RP_LABEL_OCTETS_MAX * 2];
	struct guess g = { 0 };
	size_t n = 0;

	for (uint32_t i = 0; i < b->n_runs && octets > 0; i++) {
		const struct rp_run *r = &b->runs[i];

		if (r->del == 0) {
			octets -= r->text.n < octets ? r->text.n : octets;
			continue;
		}
		if (r->kind != RP_RUN_TEXT || r->text.n > sizeof(p) - n - 1)
			return false;
		if (r->text.n > 0)
			memcpy(p + n, r->text.p, r->text.n);
		n += r->text.n;
	}
	if (n == 0)
		return true;
	/* Its tab may have stayed. */
	if (p[n - 1] != '\t')
		p[n++] = '\t';
	return guess_label((rp_text){ p, n }, &g) && g.n == n;
}

/* Lists that are open, outermost first. */
struct stack {
	struct guess top[STACK_MAX];
	uint32_t list[STACK_MAX];
	uint32_t n;
	uint32_t lists;
};

static void
enter(struct stack *s, const struct guess *g, struct rp_label *l)
{
	uint32_t i = s->n;
	bool deeper = g->form.parts > 1;

	while (i > 0 && !same_form(&s->top[i - 1], g))
		i--;
	if (i == 0) {
		/* A new form is a list inside the one that is open. */
		if (s->n == STACK_MAX)
			s->n--;
		i = ++s->n;
		s->list[i - 1] = ++s->lists;
	} else if (!counts_on(&s->top[i - 1], g) && !deeper &&
		   g->form.style != RP_LABEL_BULLET &&
		   g->value <= s->top[i - 1].value) {
		s->list[i - 1] = ++s->lists;
	}
	s->n = i;
	s->top[i - 1] = *g;
	l->list = RP_LABEL_TYPED_LIST + s->list[i - 1];
	l->level = (uint8_t)(deeper ? g->form.parts - 1U : i - 1U);
}

static void
set_label(struct rp_arena *a, struct stack *s, const struct guess *g,
    rp_text begins, struct rp_block *b)
{
	struct rp_label l = { .kind = RP_LABEL_TYPED,
		.style = (enum rp_label_style)g->form.style,
		.value = g->value,
		.latin = g->latin };

	l.text =
	    rp_text_dup(a, rp_text_sub(begins, g->from, g->from + g->shown));
	if (l.style == RP_LABEL_BULLET)
		l.value = 0;
	enter(s, g, &l);
	b->label = l;
	b->label_runs = split_runs(a, b, g->n);
}

/* Looks of all runs with text, and whether there are any. */
static bool
all_look(const struct rp_document *d, const struct rp_block *b, unsigned look)
{
	bool some = false;

	for (uint32_t i = b->label_runs; i < b->n_runs; i++) {
		const struct rp_run *r = &b->runs[i];

		if (r->kind != RP_RUN_TEXT || r->del != 0 ||
		    rp_text_trim(r->text).n == 0)
			continue;
		if (!(d->formats.v[r->format].look & look))
			return false;
		some = true;
	}
	return some;
}

/* The text that stays, if it is short enough for a line of its own. */
static rp_text
short_text(struct rp_arena *a, const struct rp_block *b)
{
	char *p = NULL;
	size_t n = 0;

	for (uint32_t i = 0; i < b->n_runs; i++) {
		const struct rp_run *r = &b->runs[i];

		if (r->kind != RP_RUN_TEXT || r->del != 0 || r->text.n == 0)
			continue;
		if (r->text.n > RP_CALLOUT_OCTETS_MAX - n)
			return (rp_text){ 0 };
		if (p == NULL)
			p = rp_alloc(a, RP_CALLOUT_OCTETS_MAX);
		memcpy(p + n, r->text.p, r->text.n);
		n += r->text.n;
	}
	return (rp_text){ p, n };
}

static bool
style_starts(rp_text style, const char *z)
{
	size_t n = strlen(z);

	if (style.n < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		char c = style.p[i];

		if (is_upper(c))
			c = (char)(c | 0x20);
		if (c != z[i])
			return false;
	}
	return true;
}

static void
kind_by_style(struct rp_block *b)
{
	if (style_starts(b->style, "heading ") && b->style.n == 9 &&
	    is_digit(b->style.p[8])) {
		b->kind = RP_BLOCK_HEADING;
		b->level = (uint8_t)(b->style.p[8] - '0');
	} else if (rp_text_eq(b->style, RP_TEXT("Title"))) {
		b->kind = RP_BLOCK_HEADING;
		b->level = 0;
	} else if (rp_text_eq(b->style, RP_TEXT("Call")) ||
		   rp_text_eq(b->style, RP_TEXT("call"))) {
		b->kind = RP_BLOCK_CALLOUT;
	}
}

static bool
ends_as_sentence(rp_text t)
{
	char c;

	t = rp_text_trim(t);
	c = t.n > 0 ? t.p[t.n - 1] : '.';
	return c == '.' || c == ';' || c == ',' || c == ':' || c == '?' ||
	       c == '!';
}

static void
kind_by_shape(const struct rp_document *d, struct rp_block *b, rp_text t,
    bool first)
{
	bool small = t.n > 0 && is_lower(t.p[0]);

	if (t.n == 0)
		return;
	if (all_look(d, b, RP_LOOK_BOLD)) {
		b->kind = RP_BLOCK_HEADING;
		b->level = first ? 0 : 1;
	} else if (all_look(d, b, RP_LOOK_ITALIC) && !ends_as_sentence(t)) {
		b->kind = RP_BLOCK_CALLOUT;
	} else if (small && !ends_as_sentence(t) && t.n <= 80) {
		b->kind = RP_BLOCK_CALLOUT;
	}
}

static void
forget(struct rp_block *b)
{
	if (b->label.kind == RP_LABEL_TYPED)
		b->label = (struct rp_label){ 0 };
	b->label_runs = 0;
	if (b->kind == RP_BLOCK_CALLOUT || b->kind == RP_BLOCK_PROVISION ||
	    b->kind == RP_BLOCK_ITEM)
		b->kind = RP_BLOCK_PARAGRAPH;
}

/* Whether the first text of a block can begin a label at all. */
static bool
worth_it(rp_text t)
{
	return t.n > 0 && t.p[0] != '"';
}

/* A number alone in a cell, or on a line, is what the author had to say. */
static bool
is_content(const struct rp_block *b, rp_text t, const struct guess *g)
{
	if (g->n < t.n)
		return false;
	return b->cell.table != 0 ||
	       (g->form.word == 0 && g->form.close == 0 && g->form.parts < 2);
}

/* Kinds and lists, in order: a call-out or a heading closes all lists. */
static void
settle(struct rp_arena *a, const struct rp_document *d,
    struct rp_blocks *blocks, const struct guesses *g)
{
	struct stack s = { 0 };
	bool below = false, first = true;
	size_t k = 0;

	for (size_t i = 0; i < blocks->n; i++) {
		struct rp_block *b = &blocks->v[i];
		rp_text begins;

		while (k < g->n && g->v[k].block < i)
			k++;
		if (k < g->n && g->v[k].block == i && g->v[k].believed) {
			begins = beginning(a, b);
			if (deleted_is_label(b, g->v[k].n))
				set_label(a, &s, &g->v[k], begins, b);
		}
		if (b->kind == RP_BLOCK_PARAGRAPH)
			kind_by_style(b);
		if (b->kind == RP_BLOCK_PARAGRAPH && b->cell.table == 0 &&
		    b->label.kind == RP_LABEL_NONE)
			kind_by_shape(d, b, short_text(a, b), first);
		first = first && b->kind != RP_BLOCK_HEADING;
		if (b->kind == RP_BLOCK_CALLOUT ||
		    b->kind == RP_BLOCK_HEADING) {
			below = b->kind == RP_BLOCK_CALLOUT;
			if (b->label.kind != RP_LABEL_TYPED)
				s.n = 0;
		} else if (b->kind == RP_BLOCK_PARAGRAPH &&
			   b->label.kind != RP_LABEL_NONE) {
			b->kind = below && b->cell.table == 0 ?
				      RP_BLOCK_PROVISION :
				      RP_BLOCK_ITEM;
		}
	}
}

void
rp_label_find_in(struct rp_arena *a, const struct rp_document *d,
    struct rp_blocks *blocks)
{
	struct guesses g = { 0 };

	for (size_t i = 0; i < blocks->n; i++) {
		struct rp_block *b = &blocks->v[i];
		struct guess one = { .block = (uint32_t)i };
		rp_text t;

		forget(b);
		if (b->kind == RP_BLOCK_OPAQUE || b->kind == RP_BLOCK_SECTION ||
		    b->label.kind == RP_LABEL_AUTO)
			continue;
		t = beginning(a, b);
		if (worth_it(t) && guess_label(t, &one) &&
		    !is_content(b, t, &one))
			rp_vec_push(a, &g, one);
	}
	decide_roman(&g);
	believe(&g);
	settle(a, d, blocks, &g);
}

void
rp_label_find(struct rp_arena *a, struct rp_document *d)
{
	rp_label_find_in(a, d, &d->body.blocks);
}
