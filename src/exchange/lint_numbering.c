/*
 * lint_numbering - labels that follow each other.
 *
 * A dotted label continues the one before at its own level or a higher one, or
 * is the first below it. A list 1, 2, 3 inside a section counts for itself: its
 * numbers go on from one another and not from the section's.
 */
#include "exchange/lint_private.h"

#define DEPTH_MAX 8

struct dotted {
	uint32_t v[DEPTH_MAX];
	size_t n;
	bool stop; /* "1.1." */
};

static bool
read_dotted(rp_text label, struct dotted *out)
{
	size_t i = 0;

	*out = (struct dotted){ 0 };
	while (i < label.n && out->n < DEPTH_MAX) {
		uint32_t v = 0;
		size_t from = i;

		while (i < label.n && label.p[i] >= '0' && label.p[i] <= '9' &&
		       v < 10000)
			v = v * 10 + (uint32_t)(label.p[i++] - '0');
		if (i == from)
			return false;
		out->v[out->n++] = v;
		if (i == label.n)
			return true;
		if (label.p[i++] != '.')
			return false;
	}
	out->stop = true;
	return i == label.n && out->n > 0;
}

static rp_text
print_dotted(struct rp_arena *a, const struct dotted *d)
{
	rp_text out = RP_TEXT("");

	for (size_t i = 0; i < d->n; i++)
		out = rp_textf(a, "%.*s%s%u", RP_FMT(out), i > 0 ? "." : "",
		    d->v[i]);
	return out;
}

static bool
same_start(const struct dotted *a, const struct dotted *b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (a->v[i] != b->v[i])
			return false;
	}
	return true;
}

static bool
follows(const struct dotted *d, const struct dotted *before)
{
	if (d->n > before->n + 1)
		return false;
	if (d->n == before->n + 1)
		return same_start(d, before, before->n) && d->v[d->n - 1] == 1;
	return same_start(d, before, d->n - 1) &&
	       d->v[d->n - 1] == before->v[d->n - 1] + 1;
}

/* What would follow at the level of `d`, or at the nearest one. */
static struct dotted
expected(const struct dotted *d, const struct dotted *before)
{
	struct dotted out = *before;

	if (d->n > before->n) {
		out.v[out.n++] = 1;
		return out;
	}
	out.n = d->n;
	out.v[out.n - 1]++;
	return out;
}

struct sections {
	struct dotted before;
	uint32_t inside; /* the last number of a list in a section; 0: none */
};

/* A list's "1.": the section's own number would be another one. */
static bool
is_inside(const struct sections *s, const struct dotted *d)
{
	if (d->n != 1 || s->before.n == 0 || d->v[0] == s->before.v[0] + 1)
		return false;
	return d->v[0] == 1 || (s->inside > 0 && d->v[0] == s->inside + 1);
}

static void
numbers(struct rp_lint_run *r)
{
	struct sections s = { 0 };

	for (size_t i = 0; i < r->lines->n && s.before.n < DEPTH_MAX; i++) {
		const struct rp_lint_line *l = &r->lines->v[i];
		struct dotted d, want;

		if (!read_dotted(l->label, &d))
			continue;
		if (is_inside(&s, &d)) {
			s.inside = d.v[0];
			continue;
		}
		if (s.before.n > 0 && !follows(&d, &s.before)) {
			want = expected(&d, &s.before);
			rp_lint_add(r,
			    (struct rp_lint_finding){ RP_LINT_NUMBERING,
				l->number, 0, print_dotted(r->arena, &d),
				print_dotted(r->arena, &want) });
		}
		s.before = d;
		s.inside = 0;
	}
}

/* Letters: "a)", "b)"; a list begins anew at "a)". */
static void
letters(struct rp_lint_run *r)
{
	char before = 0;

	for (size_t i = 0; i < r->lines->n; i++) {
		const struct rp_lint_line *l = &r->lines->v[i];
		char c =
		    l->label.n == 2 && l->label.p[1] == ')' ? l->label.p[0] : 0;

		if (c < 'a' || c > 'z') {
			struct dotted d;

			/* A section ends the list; its notes do not. */
			if (read_dotted(l->label, &d))
				before = 0;
			continue;
		}
		/* "i)" may be one, as i, ii, iii, if it does not follow h. */
		if (before != 0 && c != 'a' && c != before + 1 && c != 'i')
			rp_lint_add(r,
			    (struct rp_lint_finding){ RP_LINT_NUMBERING,
				l->number, 0, l->label,
				rp_textf(r->arena, "%c)", before + 1) });
		before = c == 'i' && before != 'h' ? 0 : c;
	}
}

/* With and without the last full stop, level by level. */
struct level {
	const struct rp_lint_line *with, *without;
	size_t n_with, n_without;
};

static void
forms(struct rp_lint_run *r)
{
	struct level levels[DEPTH_MAX] = { 0 };
	struct sections s = { 0 };

	for (size_t i = 0; i < r->lines->n; i++) {
		const struct rp_lint_line *l = &r->lines->v[i];
		struct level *of;
		struct dotted d;

		if (!read_dotted(l->label, &d) || is_inside(&s, &d))
			continue;
		s.before = d;
		of = &levels[d.n - 1];
		if (d.stop && of->n_with++ == 0)
			of->with = l;
		if (!d.stop && of->n_without++ == 0)
			of->without = l;
	}
	for (size_t i = 0; i < DEPTH_MAX; i++) {
		const struct rp_lint_line *few = levels[i].without,
					  *many = levels[i].with;

		if (few == NULL || many == NULL)
			continue;
		if (levels[i].n_with < levels[i].n_without) {
			few = levels[i].with;
			many = levels[i].without;
		}
		rp_lint_add(r,
		    (struct rp_lint_finding){ RP_LINT_LABEL_FORM, few->number,
			many->number, few->label, many->label });
	}
}

void
rp_lint_numbering(struct rp_lint_run *r)
{
	numbers(r);
	letters(r);
	forms(r);
}
