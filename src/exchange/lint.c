/* lint - the rules one after another, and what they say. */
#include "exchange/lint.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "document/label.h"
#include "exchange/lint_private.h"
#include "exchange/pair_private.h"
#include "text/input.h"

rp_text
rp_lint_rule_name(enum rp_lint_rule rule)
{
	static const rp_text names[RP_LINT_RULES] = {
		[RP_LINT_SYMBOL_TWICE] = RP_TEXT_INIT("symbol-twice"),
		[RP_LINT_SYMBOL_FORM] = RP_TEXT_INIT("symbol-form"),
		[RP_LINT_NUMBERING] = RP_TEXT_INIT("numbering"),
		[RP_LINT_LABEL_FORM] = RP_TEXT_INIT("label-form"),
		[RP_LINT_ORDINAL] = RP_TEXT_INIT("ordinal"),
		[RP_LINT_DATE] = RP_TEXT_INIT("date"),
		[RP_LINT_BRACKET] = RP_TEXT_INIT("bracket"),
		[RP_LINT_PUNCTUATION] = RP_TEXT_INIT("punctuation"),
		[RP_LINT_SPELLING] = RP_TEXT_INIT("spelling"),
		[RP_LINT_APPROVAL] = RP_TEXT_INIT("approval"),
		[RP_LINT_REPEATED] = RP_TEXT_INIT("repeated"),
	};

	RP_ASSERT(rule < RP_LINT_RULES);
	return names[rule];
}

/* With "%1$s" for what, "%2$s" for against. */
static rp_text
sentence(struct rp_arena *a, const struct rp_lint_finding *f)
{
	int n = (int)f->what.n, m = (int)f->against.n;
	const char *w = f->what.p, *x = f->against.p;

	switch (f->rule) {
	case RP_LINT_SYMBOL_TWICE:
		return rp_textf(a, "%.*s is given to something else too: %.*s",
		    n, w, m, x);
	case RP_LINT_SYMBOL_FORM:
		return rp_textf(a, "\"%.*s\" is spelt \"%.*s\" too", n, w, m,
		    x);
	case RP_LINT_NUMBERING:
		return rp_textf(a, "%.*s, where %.*s would follow", n, w, m, x);
	case RP_LINT_LABEL_FORM:
		return rp_textf(a,
		    "\"%.*s\" beside \"%.*s\": one form of label"
		    " at each level",
		    n, w, m, x);
	case RP_LINT_ORDINAL:
		return rp_textf(a, "\"%.*s\" beside documents of %.*s", n, w, m,
		    x);
	case RP_LINT_DATE:
		return rp_textf(a, "%.*s; %.*s", n, w, m, x);
	case RP_LINT_BRACKET:
		return rp_textf(a,
		    "%.*s: no bracket that belongs to it: "
		    "\"%.*s\"",
		    n, w, m, x);
	case RP_LINT_PUNCTUATION:
		return rp_textf(a, "\"%.*s\" in \"%.*s\"", n, w, m, x);
	case RP_LINT_SPELLING:
		return rp_textf(a, "\"%.*s\" and \"%.*s\": one spelling", n, w,
		    m, x);
	case RP_LINT_APPROVAL:
		return rp_textf(a,
		    "the report of this meeting says that it "
		    "was approved: \"%.*s\"%.*s",
		    n, w, m, x);
	case RP_LINT_REPEATED:
		return rp_textf(a, "\"%.*s\" is there twice: \"%.*s\"", n, w, m,
		    x);
	case RP_LINT_RULES:
		break;
	}
	rp_panic(__FILE__, __LINE__, "no such rule");
}

rp_text
rp_lint_message(struct rp_arena *a, const struct rp_lint_finding *f)
{
	rp_text out = sentence(a, f);

	return f->other == 0 ?
		   out :
		   rp_textf(a, "%.*s (line %u)", RP_FMT(out), f->other);
}

void
rp_lint_add(struct rp_lint_run *r, struct rp_lint_finding f)
{
	if (r->out->n < RP_LINT_FINDINGS_MAX)
		rp_vec_push(r->arena, r->out, f);
}

static int
by_line(const void *a, const void *b)
{
	const struct rp_lint_finding *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->rule != y->rule)
		return x->rule < y->rule ? -1 : 1;
	return rp_text_cmp(x->what, y->what);
}

void
rp_lint(struct rp_arena *a, const struct rp_lint_lines *lines,
    struct rp_lint_findings *out)
{
	struct rp_lint_run r = { .arena = a, .lines = lines, .out = out };

	rp_lint_symbols(&r);
	rp_lint_numbering(&r);
	rp_lint_wording(&r);
	rp_lint_spelling(&r);
	rp_lint_events(&r);
	if (out->n > 1)
		qsort(out->v, out->n, sizeof(*out->v), by_line);
}

/* Reading. */

/* How many octets of a line are its label: "5.1.1", "b)", a bullet. */
static size_t
label_length(rp_text t)
{
	size_t n = 0;

	if (rp_text_starts(t, RP_TEXT("\xc2\xb7")) ||
	    rp_text_starts(t, RP_TEXT("\xe2\x80\xa2")))
		return t.p[0] == '\xc2' ? 2 : 3;
	while (n < t.n && n < 16 &&
	       ((t.p[n] >= '0' && t.p[n] <= '9') || t.p[n] == '.'))
		n++;
	if (n == 0) {
		while (n < t.n && n < 6 && t.p[n] >= 'a' && t.p[n] <= 'z')
			n++;
		if (n == 0 || n == t.n || t.p[n] != ')')
			return 0;
		n++;
	} else if (n < t.n && t.p[n] == ')') {
		n++;
	}
	return n < t.n && (t.p[n] == '\t' || t.p[n] == ' ') ? n : 0;
}

static struct rp_err *
add_line(struct rp_arena *a, struct rp_lint_lines *out, rp_text label,
    rp_text t, uint32_t number)
{
	struct rp_lint_line l = { label, t, number };

	if (out->n == RP_LINT_LINES_MAX)
		return rp_fail(RP_E_LIMIT, "more than %zu lines",
		    RP_LINT_LINES_MAX);
	rp_vec_push(a, out, l);
	return NULL;
}

/* A plain text keeps its own lines: a reader wants to go to them. */
static struct rp_err *
read_lines(struct rp_arena *a, rp_bytes octets, struct rp_lint_lines *out)
{
	uint32_t number = 0;
	rp_text all;

	RP_TRY(rp_text_input(a, octets, octets.n + 1, &all));
	for (size_t at = 0; at < all.n;) {
		size_t end = rp_text_find(all, '\n', at), label;
		rp_text line = rp_text_trim(rp_text_sub(all, at, end));

		number++;
		at = end + 1;
		if (line.n == 0)
			continue;
		label = label_length(line);
		RP_TRY(add_line(a, out, rp_text_sub(line, 0, label),
		    rp_text_trim(rp_text_sub(line, label, line.n)), number));
	}
	return NULL;
}

static bool
is_plain(const struct rp_pair_file *f)
{
	return rp_pair_format_of(f->name) == RP_PAIR_TEXT;
}

struct rp_err *
rp_lint_read(struct rp_arena *a, const struct rp_pair_file *f,
    struct rp_lint_lines *out)
{
	struct rp_pair_side side = { 0 };
	struct rp_err *e;

	if (is_plain(f)) {
		e = read_lines(a, f->octets, out);
		return e ? rp_err_wrap(e, "%.*s", RP_FMT(f->name)) : NULL;
	}
	RP_TRY(rp_pair_read_side(a, f, &side));
	for (size_t i = 0; i < side.document->body.blocks.n; i++) {
		const struct rp_block *b = &side.document->body.blocks.v[i];

		RP_TRY(add_line(a, out, b->label.text, rp_block_text(a, b),
		    (uint32_t)i + 1));
	}
	return NULL;
}
