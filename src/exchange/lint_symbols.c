/* lint_symbols - one symbol for one document, and one spelling of it. */
#include <string.h>

#include "exchange/lint_private.h"
#include "text/symbol.h"

struct place {
	struct rp_symbol symbol;
	const struct rp_lint_line *line;
	rp_text raw;
	rp_text title; /* of what it heads; empty: it does not */
};
struct places RP_VEC(struct place);

static rp_text
trim_title(rp_text t)
{
	static const char around[] = " \t:.-()";

	while (t.n > 0 && strchr(around, t.p[0]) != NULL)
		t = rp_text_sub(t, 1, t.n);
	while (t.n > 0 && strchr(around, t.p[t.n - 1]) != NULL)
		t.n--;
	return t;
}

/* "5.1.2 SYMBOL: title" and "5.1 Title: SYMBOL", with one symbol only. */
static rp_text
title_of(const struct rp_lint_line *l, size_t at, size_t end)
{
	rp_text before = rp_text_sub(l->text, 0, at),
		after = rp_text_sub(l->text, end, l->text.n);

	if (l->label.n == 0 || l->label.p[0] < '0' || l->label.p[0] > '9')
		return RP_TEXT("");
	if (before.n == 0) {
		after = rp_text_trim(after);
		if (after.n > 0 && (after.p[0] == ':' || after.p[0] == '('))
			return trim_title(after);
	} else {
		before = rp_text_trim(before);
		if (before.p[before.n - 1] == ':' && trim_title(after).n == 0)
			return trim_title(before);
	}
	return RP_TEXT("");
}

static void
collect(struct rp_lint_run *r, struct places *out)
{
	for (size_t i = 0; i < r->lines->n; i++) {
		const struct rp_lint_line *l = &r->lines->v[i];
		size_t first = out->n;
		struct place p = { .line = l };
		size_t at, end = 0;

		while (rp_symbol_next(l->text, end, &p.symbol, &at, &end)) {
			p.raw = rp_text_sub(l->text, at, end);
			p.title = title_of(l, at, end);
			rp_vec_push(r->arena, out, p);
		}
		if (out->n != first + 1) {
			for (size_t k = first; k < out->n; k++)
				out->v[k].title = RP_TEXT("");
		}
	}
}

static void
twice(struct rp_lint_run *r, const struct places *all, size_t i)
{
	const struct place *p = &all->v[i];

	for (size_t k = 0; k < i; k++) {
		const struct place *q = &all->v[k];

		if (q->title.n == 0 ||
		    !rp_symbol_same_base(&p->symbol, &q->symbol) ||
		    rp_lint_same(p->title, q->title))
			continue;
		rp_lint_add(r,
		    (struct rp_lint_finding){ RP_LINT_SYMBOL_TWICE,
			p->line->number, q->line->number,
			rp_symbol_print(r->arena, &p->symbol), q->title });
		return;
	}
}

/* What stands between the series and the meeting: "-", " ", nothing. */
static rp_text
joint(const struct place *p)
{
	size_t from = p->symbol.series.n, to = from;

	while (to < p->raw.n && (p->raw.p[to] < '0' || p->raw.p[to] > '9'))
		to++;
	return rp_text_sub(p->raw, from, to);
}

static bool
is_plain_symbol(const struct place *p)
{
	return !p->symbol.is_proposal &&
	       rp_lint_same(rp_text_sub(p->raw, 0, p->symbol.series.n),
		   p->symbol.series);
}

static void
form(struct rp_lint_run *r, const struct place *p, const struct place *q)
{
	rp_lint_add(r, (struct rp_lint_finding){ RP_LINT_SYMBOL_FORM,
			   p->line->number, q->line->number, p->raw, q->raw });
}

/* The first use of a series in another form than its first use had. */
static void
series_form(struct rp_lint_run *r, const struct places *all, size_t i)
{
	const struct place *p = &all->v[i], *first = NULL;

	for (size_t k = 0; k < i; k++) {
		const struct place *q = &all->v[k];

		if (!is_plain_symbol(q) ||
		    !rp_lint_same(q->symbol.series, p->symbol.series))
			continue;
		if (first == NULL)
			first = q;
		else if (!rp_text_eq(joint(q), joint(first)))
			return;
	}
	if (first != NULL && !rp_text_eq(joint(p), joint(first)))
		form(r, p, first);
}

/* What is behind the number: "(Rev.1)", "R1". */
static rp_text
tail(const struct place *p)
{
	size_t slash = p->raw.n;

	while (slash > 0 && p->raw.p[slash - 1] != '/')
		slash--;
	return rp_text_sub(p->raw, slash, p->raw.n);
}

static void
revision_form(struct rp_lint_run *r, const struct places *all, size_t i)
{
	const struct place *p = &all->v[i];

	if (p->symbol.revision == 0)
		return;
	for (size_t k = 0; k < i; k++) {
		const struct place *q = &all->v[k];

		if (rp_symbol_same(&p->symbol, &q->symbol) &&
		    q->symbol.language == p->symbol.language &&
		    !rp_text_eq(tail(p), tail(q))) {
			form(r, p, q);
			return;
		}
	}
}

void
rp_lint_symbols(struct rp_lint_run *r)
{
	struct places all = { 0 };

	collect(r, &all);
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].title.n > 0)
			twice(r, &all, i);
		if (is_plain_symbol(&all.v[i]))
			series_form(r, &all, i);
		revision_form(r, &all, i);
	}
}
