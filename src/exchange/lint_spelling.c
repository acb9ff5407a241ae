/*
 * lint_spelling - one word in two spellings.
 *
 * Words are entered under what they have in common: without hyphens, with -iz-
 * for -is-. Two words are entered as one if together they are a word that is
 * there, or a title with capitals that is there with a hyphen: "time zones",
 * "Vice Chair". What is a verb in two words and a noun in one ("set up") ends
 * in a particle and is left alone.
 */
#include "base/map.h"
#include "exchange/lint_private.h"

struct seen {
	rp_text form; /* the first one, in lower case */
	rp_text shown;
	uint32_t line;
	bool told;
};
struct spellings RP_MAP(struct seen);

static bool
ends(rp_text t, rp_text with)
{
	return t.n > with.n &&
	       rp_text_eq(rp_text_sub(t, t.n - with.n, t.n), with);
}

/* "organisation" is entered as "organization"; `w` is in lower case. */
static rp_text
with_z(struct rp_arena *a, rp_text w)
{
	static const rp_text after[] = { RP_TEXT_INIT("ise"),
		RP_TEXT_INIT("ised"), RP_TEXT_INIT("ises"),
		RP_TEXT_INIT("ising"), RP_TEXT_INIT("isation"),
		RP_TEXT_INIT("isations") };

	for (size_t i = 0; i < sizeof(after) / sizeof(after[0]); i++) {
		size_t at = w.n - after[i].n + 1;
		char *p;

		if (w.n < after[i].n + 3 || !ends(w, after[i]))
			continue;
		p = rp_alloc(a, w.n + 1);
		memcpy(p, w.p, w.n);
		p[at] = 'z';
		return (rp_text){ p, w.n };
	}
	return w;
}

static rp_text
joined(struct rp_arena *a, rp_text w)
{
	char *p = rp_alloc(a, w.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < w.n; i++) {
		if (w.p[i] != '-')
			p[n++] = w.p[i];
	}
	return with_z(a, (rp_text){ p, n });
}

static void
tell(struct rp_lint_run *r, struct seen *s, const struct rp_lint_line *l,
    rp_text shown)
{
	if (s->told)
		return;
	s->told = true;
	rp_lint_add(r, (struct rp_lint_finding){ RP_LINT_SPELLING, l->number,
			   s->line, shown, s->shown });
}

/* Short ones are too often two words by chance. */
#define WORD_MIN 6

static void
enter(struct rp_lint_run *r, struct spellings *all,
    const struct rp_lint_line *l, rp_text shown)
{
	rp_text form = rp_lint_lower(r->arena, shown);
	rp_text key = joined(r->arena, form);
	struct seen *s;

	if (key.n < WORD_MIN)
		return;
	s = rp_map_at(r->arena, all, key);
	if (s->form.n == 0)
		*s = (struct seen){ form, shown, l->number, false };
	else if (!rp_text_eq(s->form, form))
		tell(r, s, l, shown);
}

static bool
is_particle(rp_text w)
{
	static const rp_text all[] = { RP_TEXT_INIT("up"), RP_TEXT_INIT("out"),
		RP_TEXT_INIT("in"), RP_TEXT_INIT("on"), RP_TEXT_INIT("off"),
		RP_TEXT_INIT("down"), RP_TEXT_INIT("by"), RP_TEXT_INIT("to"),
		RP_TEXT_INIT("over"), RP_TEXT_INIT("back"), RP_TEXT_INIT("one"),
		RP_TEXT_INIT("body"), RP_TEXT_INIT("thing"),
		RP_TEXT_INIT("time"), RP_TEXT_INIT("times"),
		RP_TEXT_INIT("self") };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (rp_lint_same(w, all[i]))
			return true;
	}
	return w.n < 3;
}

static bool
is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
has_hyphen(rp_text t)
{
	return rp_text_find(t, '-', 0) < t.n;
}

/* Two words, if they are one word elsewhere. */
static void
enter_two(struct rp_lint_run *r, struct spellings *all,
    const struct rp_lint_line *l, const struct rp_lint_word *v,
    const struct rp_lint_word *w)
{
	rp_text x = rp_text_sub(l->text, v->from, v->to),
		y = rp_text_sub(l->text, w->from, w->to), both;
	struct seen *s;

	if (w->from != v->to + 1 || l->text.p[v->to] != ' ' || x.n < 3 ||
	    is_particle(y) || has_hyphen(x) || has_hyphen(y))
		return;
	both = rp_lint_lower(r->arena, rp_text_sub(l->text, v->from, w->to));
	s = rp_map_find(all,
	    joined(r->arena, rp_textf(r->arena, "%.*s%.*s", (int)x.n, both.p,
				 (int)y.n, both.p + x.n + 1)));
	if (s == NULL || rp_text_eq(s->form, both))
		return;
	if (has_hyphen(s->form) && !(is_capital(x.p[0]) && is_capital(y.p[0])))
		return;
	tell(r, s, l, rp_text_sub(l->text, v->from, w->to));
}

static void
each_word(struct rp_lint_run *r, struct spellings *all, bool two)
{
	for (size_t i = 0; i < r->lines->n; i++) {
		const struct rp_lint_line *l = &r->lines->v[i];
		struct rp_lint_word w, before = { 0 };
		size_t at = 0;

		while (rp_lint_word_next(l->text, at, &w)) {
			if (!two)
				enter(r, all, l,
				    rp_text_sub(l->text, w.from, w.to));
			else if (before.to > 0)
				enter_two(r, all, l, &before, &w);
			before = w;
			at = w.to;
		}
	}
}

/* One office, one word for it: by the place of the second one. */
static void
offices(struct rp_lint_run *r)
{
	static const rp_text chairs[] = { RP_TEXT_INIT("chair"),
		RP_TEXT_INIT("chairman"), RP_TEXT_INIT("chairperson"),
		RP_TEXT_INIT("chairwoman") };
	struct seen first = { 0 };
	size_t kind = 0;

	for (size_t i = 0; i < r->lines->n; i++) {
		const struct rp_lint_line *l = &r->lines->v[i];
		struct rp_lint_word w;
		size_t at = 0;

		for (; rp_lint_word_next(l->text, at, &w); at = w.to) {
			rp_text t = rp_text_sub(l->text, w.from, w.to);

			for (size_t k = 0; k < 4; k++) {
				if (!rp_lint_same(t, chairs[k]))
					continue;
				if (first.line == 0) {
					first = (struct seen){ t, t, l->number,
						false };
					kind = k;
				} else if (k != kind) {
					tell(r, &first, l, t);
				}
			}
		}
	}
}

void
rp_lint_spelling(struct rp_lint_run *r)
{
	struct spellings all = { 0 };

	each_word(r, &all, false);
	each_word(r, &all, true);
	offices(r);
}
