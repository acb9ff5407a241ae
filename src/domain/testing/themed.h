/*
 * themed - a question whose answers are themed: what tests of themes stand on.
 * floor.h with somebody who may theme, and runs whose results are made by rule:
 * an answer is one unit; "access" makes it a unit of the first theme, "cost" of
 * the second, both below a third; answers that begin with "Dear" are a
 * campaign.
 */
#ifndef RP_DOMAIN_TESTING_THEMED_H
#define RP_DOMAIN_TESTING_THEMED_H

#include "domain/decision.h"
#include "domain/testing/floor.h"
#include "domain/theme_run.h"
#include "domain/theme_version.h"

enum themed_theme { THEMED_ACCESS, THEMED_COST, THEMED_TOP, THEMED_THEMES };

struct themed {
	struct floor f;
	struct rp_actor who;
	int64_t question_id;
	struct rp_codebook b;
};

/* For `RP_AUTO(themed_close) struct themed t;` and themed_open(&t) at once. */
void themed_open(struct themed *t);
void themed_close(struct themed *t);

/* An answer, published; its response's id. */
int64_t themed_answer(struct themed *t, const char *source, const char *body);

/* The answers of all, as a run reads them, and what it makes of them. */
struct rp_run_inputs themed_inputs(struct themed *t,
    const struct rp_run_work *work);
struct rp_themes_result themed_result(struct themed *t,
    const struct rp_run_inputs *in);

/* Ask for a run, claim it, store it: its id. */
int64_t themed_run(struct themed *t);
/* And apply it. */
void themed_apply(struct themed *t, int64_t run_id);

/* The codebook anew, and its themes that stand. */
struct rp_theme_items themed_items(struct themed *t);
/* The one whose label or name is so; NULL. */
const struct rp_theme_item *themed_find(const struct rp_theme_items *all,
    const char *name);
struct rp_theme_balance themed_balance(struct themed *t);

#endif
