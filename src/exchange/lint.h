/*
 * lint - what a careful reader would query in a report, an agenda or a
 * contribution.
 *
 * What comes is foreign; the readers of codec/ judge it, and have the fuzz
 * targets. The rules look at lines: the paragraphs of a document, or the lines
 * of a plain text, each with its label apart.
 *
 *	symbol-twice	one symbol heads two different things
 *	symbol-form	one symbol, or one series, in two spellings
 *	numbering	a label that does not follow the one before
 *	label-form	labels of one level with and without a full stop
 *	ordinal		"tenth consultation" beside documents of the eleventh
 *	date		two dates of one event, or two events on one day of
 *which one came before the other
 *	bracket		opened and not closed, or closed and not opened
 *	punctuation	":.", a space before a comma
 *	spelling	one word in two spellings (time zones, timezones; chair,
 *			chairman)
 *	approval	a report that says that its own meeting approved it
 *	repeated	words that stand there twice, as flattened revisions
 *leave
 *
 * The rules of symbols, numbering, brackets and punctuation hold in every
 * language; those of ordinals, dates, approval and spelling know English only,
 * which the group's reports are written in, and find nothing in others. What is
 * found is a query, not a fault: a quotation may be as it is on purpose.
 *
 * Sources: the defects of real reports; symbol.h for symbols.
 */
#ifndef RP_EXCHANGE_LINT_H
#define RP_EXCHANGE_LINT_H

#include "base/vec.h"
#include "exchange/pair.h"

#define RP_LINT_LINES_MAX ((size_t)100000)
#define RP_LINT_FINDINGS_MAX ((size_t)1000) /* the rest is not told */

enum rp_lint_rule {
	RP_LINT_SYMBOL_TWICE = 0,
	RP_LINT_SYMBOL_FORM,
	RP_LINT_NUMBERING,
	RP_LINT_LABEL_FORM,
	RP_LINT_ORDINAL,
	RP_LINT_DATE,
	RP_LINT_BRACKET,
	RP_LINT_PUNCTUATION,
	RP_LINT_SPELLING,
	RP_LINT_APPROVAL,
	RP_LINT_REPEATED,
	RP_LINT_RULES
};

struct rp_lint_line {
	rp_text label;   /* as printed; may be empty */
	rp_text text;    /* without it */
	uint32_t number; /* from 1 */
};
struct rp_lint_lines RP_VEC(struct rp_lint_line);

struct rp_lint_finding {
	enum rp_lint_rule rule;
	uint32_t line;   /* number */
	uint32_t other;  /* another line that it is about, or 0 */
	rp_text what;    /* the words; borrowed from the lines, or made */
	rp_text against; /* what they do not agree with; may be empty */
};
struct rp_lint_findings RP_VEC(struct rp_lint_finding);

/* The names above. */
rp_text rp_lint_rule_name(enum rp_lint_rule rule);

/* One sentence in English, without the place. */
rp_text rp_lint_message(struct rp_arena *a, const struct rp_lint_finding *f);

/* In order of lines. Everything lives in `a` or is borrowed from `lines`. */
void rp_lint(struct rp_arena *a, const struct rp_lint_lines *lines,
    struct rp_lint_findings *out);

/*
 * The lines of a file that pair.h knows; of a plain text its own, with their
 * numbers, and paragraphs from 1 for the others. RP_E_INVALID, RP_E_LIMIT.
 */
struct rp_err *rp_lint_read(struct rp_arena *a, const struct rp_pair_file *f,
    struct rp_lint_lines *out) RP_MUST_USE;

#endif
