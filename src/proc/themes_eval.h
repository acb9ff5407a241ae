/*
 * themes_eval - how well a theme analysis agrees with people's.
 *
 * GOLD is a table (CSV or JSON Lines) with the columns `id` and `theme`, a row
 * for each theme that a person gave a response; an empty theme is none. Only
 * responses that stand in it are compared. What is printed is defined in
 * themes/evaluate.h. Tested in tests/cli/themes_test.py.
 */
#ifndef RP_PROC_THEMES_EVAL_H
#define RP_PROC_THEMES_EVAL_H

#include "base/err.h"
#include "themes/result.h"

/* RP_E_INVALID as rp_rows_read(), or if GOLD has an id that is not there. */
struct rp_err *rp_themes_eval(struct rp_arena *a,
    const struct rp_themes_result *r, const char *gold) RP_MUST_USE;

#endif
