/* lint_private - what the rules share. */
#ifndef RP_EXCHANGE_LINT_PRIVATE_H
#define RP_EXCHANGE_LINT_PRIVATE_H

#include "exchange/lint.h"

struct rp_lint_run {
	struct rp_arena *arena;
	const struct rp_lint_lines *lines;
	struct rp_lint_findings *out;
};

/* Words are letters of any script, and digits; hyphens inside belong to them.
 */
struct rp_lint_word {
	size_t from, to;
};

/* The next word at or after `from`; false at the end. */
bool rp_lint_word_next(rp_text t, size_t from, struct rp_lint_word *out);

/* ASCII letters in lower case; others as they are. */
rp_text rp_lint_lower(struct rp_arena *a, rp_text t);

bool rp_lint_same(rp_text a, rp_text b); /* but for the case of ASCII */

/* The first place of `what` (in lower case) in `t`, or SIZE_MAX. */
size_t rp_lint_find(rp_text t, const char *what, size_t from);

/* "eighteenth", "18th": 18; 0 if it is no ordinal up to 99. */
uint32_t rp_lint_ordinal(rp_text word);

void rp_lint_add(struct rp_lint_run *r, struct rp_lint_finding f);

void rp_lint_symbols(struct rp_lint_run *r);
void rp_lint_numbering(struct rp_lint_run *r);
void rp_lint_wording(struct rp_lint_run *r);
void rp_lint_spelling(struct rp_lint_run *r);
void rp_lint_events(struct rp_lint_run *r);

#endif
