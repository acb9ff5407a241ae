/* lint_wording - brackets, punctuation, words that stand there twice. */
#include <string.h>

#include "exchange/lint_private.h"

/* Octets around a place that a message shows; whole characters. */
#define AROUND 28

static rp_text
around(rp_text t, size_t at)
{
	size_t from = at > AROUND ? at - AROUND : 0,
	       to = t.n - at > AROUND ? at + AROUND : t.n;

	while (from > 0 && ((uint8_t)t.p[from] & 0xc0) == 0x80)
		from--;
	while (to < t.n && ((uint8_t)t.p[to] & 0xc0) == 0x80)
		to++;
	return rp_text_trim(rp_text_sub(t, from, to));
}

static void
query(struct rp_lint_run *r, const struct rp_lint_line *l,
    enum rp_lint_rule rule, rp_text what, size_t at)
{
	rp_lint_add(r, (struct rp_lint_finding){ rule, l->number, 0, what,
			   around(l->text, at) });
}

/* "a)", "12)" inside a line: an enumeration, which opens nothing. */
static bool
is_enumerator(rp_text t, size_t at)
{
	size_t i = at;

	while (i > 0 && at - i < 5 &&
	       ((t.p[i - 1] >= 'a' && t.p[i - 1] <= 'z') ||
		   (t.p[i - 1] >= '0' && t.p[i - 1] <= '9')))
		i--;
	return i < at && (i == 0 || strchr(" \t(;,", t.p[i - 1]) != NULL);
}

/*
 * Round ones close in their paragraph. Square ones may hold several, but they
 * too must be as many.
 */
static void
brackets(struct rp_lint_run *r, const struct rp_lint_line *l)
{
	size_t open[16], n = 0;

	for (size_t i = 0; i < l->text.n; i++) {
		if (l->text.p[i] == '(') {
			if (n == 16)
				return;
			open[n++] = i;
		} else if (l->text.p[i] == ')') {
			if (n > 0)
				n--;
			else if (!is_enumerator(l->text, i))
				query(r, l, RP_LINT_BRACKET, RP_TEXT(")"), i);
		}
	}
	if (n > 0)
		query(r, l, RP_LINT_BRACKET, RP_TEXT("("), open[n - 1]);
}

static void
square_brackets(struct rp_lint_run *r)
{
	const struct rp_lint_line *open = NULL;
	size_t depth = 0, at = 0;

	for (size_t i = 0; i < r->lines->n; i++) {
		const struct rp_lint_line *l = &r->lines->v[i];

		for (size_t k = 0; k < l->text.n; k++) {
			if (l->text.p[k] == '[') {
				if (depth++ == 0) {
					open = l;
					at = k;
				}
			} else if (l->text.p[k] == ']') {
				if (depth > 0)
					depth--;
				else
					query(r, l, RP_LINT_BRACKET,
					    RP_TEXT("]"), k);
			}
		}
	}
	if (depth > 0 && open != NULL)
		query(r, open, RP_LINT_BRACKET, RP_TEXT("["), at);
}

static void
punctuation(struct rp_lint_run *r, const struct rp_lint_line *l)
{
	for (size_t i = 0; i + 1 < l->text.n; i++) {
		char c = l->text.p[i], d = l->text.p[i + 1];
		bool last = i + 2 == l->text.n || l->text.p[i + 2] == ' ';

		if (strchr(":;,", c) != NULL && strchr(":;,.", d) != NULL)
			query(r, l, RP_LINT_PUNCTUATION,
			    rp_text_sub(l->text, i, i + 2), i);
		else if (c == ' ' && (d == ',' || d == '.') && last)
			query(r, l, RP_LINT_PUNCTUATION,
			    rp_text_sub(l->text, i, i + 2), i);
	}
}

/* Words that may follow themselves. */
static bool
may_double(rp_text w)
{
	static const rp_text may[] = { RP_TEXT_INIT("that"),
		RP_TEXT_INIT("had"), RP_TEXT_INIT("nous"),
		RP_TEXT_INIT("vous") };

	for (size_t i = 0; i < sizeof(may) / sizeof(may[0]); i++) {
		if (rp_lint_same(w, may[i]))
			return true;
	}
	return w.n < 2 || (w.p[0] >= '0' && w.p[0] <= '9');
}

static bool
is_article(rp_text w)
{
	return rp_lint_same(w, RP_TEXT("a")) ||
	       rp_lint_same(w, RP_TEXT("an")) ||
	       rp_lint_same(w, RP_TEXT("the"));
}

/* Only a space between them. */
static bool
are_close(rp_text t, const struct rp_lint_word *a, const struct rp_lint_word *b)
{
	return b->from == a->to + 1 && t.p[a->to] == ' ';
}

#define RECENT 16 /* words of a clause that are remembered */

struct clause {
	struct rp_lint_word words[RECENT];
	size_t n; /* all of it; the last RECENT are there */
};

static const struct rp_lint_word *
back(const struct clause *c, size_t k)
{
	return k < c->n && k < RECENT ? &c->words[(c->n - 1 - k) % RECENT] :
					NULL;
}

static bool
is_long(const struct rp_lint_word *w)
{
	return w->to - w->from >= 5;
}

static bool
same_word(rp_text t, const struct rp_lint_word *a, const struct rp_lint_word *b)
{
	return rp_lint_same(rp_text_sub(t, a->from, a->to),
	    rp_text_sub(t, b->from, b->to));
}

/*
 * "Internet resources, including names and addresses Internet resources,": two
 * long words again in one clause, at its end, straight behind a third one that
 * they do not go with. A word before them that is short, as an article or a
 * preposition is, makes them a phrase of their own.
 */
static void
phrase_again(struct rp_lint_run *r, const struct rp_lint_line *l,
    const struct clause *c)
{
	const struct rp_lint_word *z = back(c, 0), *y = back(c, 1),
				  *x = back(c, 2);
	rp_text t = l->text;

	if (x == NULL || !is_long(x) || !is_long(y) || !is_long(z) ||
	    !are_close(t, x, y) || !are_close(t, y, z) ||
	    (z->to < t.n && strchr(",.;:", t.p[z->to]) == NULL) ||
	    t.p[x->to - 1] != 's')
		return;
	for (size_t k = 3; k + 1 < c->n && k + 1 < RECENT; k++) {
		const struct rp_lint_word *b = back(c, k), *a = back(c, k + 1);

		if (same_word(t, b, z) && same_word(t, a, y) &&
		    are_close(t, a, b)) {
			query(r, l, RP_LINT_REPEATED,
			    rp_text_sub(t, y->from, z->to), y->from);
			return;
		}
	}
}

static void
repeated(struct rp_lint_run *r, const struct rp_lint_line *l)
{
	struct clause c = { 0 };
	struct rp_lint_word w;
	rp_text t = l->text;
	size_t at = 0;

	while (rp_lint_word_next(t, at, &w)) {
		const struct rp_lint_word *before = back(&c, 0);

		if (before != NULL && are_close(t, before, &w)) {
			rp_text x = rp_text_sub(t, before->from, before->to),
				y = rp_text_sub(t, w.from, w.to);

			if ((rp_lint_same(x, y) && !may_double(x)) ||
			    (is_article(x) && is_article(y)))
				query(r, l, RP_LINT_REPEATED,
				    rp_text_sub(t, before->from, w.to), w.from);
		}
		if (before != NULL) {
			for (size_t i = before->to; i < w.from; i++) {
				if (strchr(".;:", t.p[i]) != NULL)
					c.n = 0;
			}
		}
		c.words[c.n++ % RECENT] = w;
		phrase_again(r, l, &c);
		at = w.to;
	}
}

void
rp_lint_wording(struct rp_lint_run *r)
{
	for (size_t i = 0; i < r->lines->n; i++) {
		brackets(r, &r->lines->v[i]);
		punctuation(r, &r->lines->v[i]);
		repeated(r, &r->lines->v[i]);
	}
	square_brackets(r);
}
