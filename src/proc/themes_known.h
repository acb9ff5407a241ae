/*
 * themes_known - what a run that gives themes that there are learns from: the
 * themes of the codebook, what persons decided, and, for a run of new answers,
 * what the shown run said of the others.
 *
 * Read in batches, each in a transaction of its own, as answers are. What is
 * said of answers that are not read any more is passed over, and so is what the
 * run said where a person has decided.
 *
 * Tested in tests/journey/workbench_test.py.
 */
#ifndef RP_PROC_THEMES_KNOWN_H
#define RP_PROC_THEMES_KNOWN_H

#include "domain/theme_run.h"
#include "themes/assign.h"

struct rp_db;

struct rp_known {
	struct rp_run_known_themes themes; /* by theme of the options */
	struct rp_assign_options o;        /* but for its stage */
};

/* `in` are the answers in the order of r->responses. */
struct rp_err *rp_themes_known(struct rp_arena *a, struct rp_db *db,
    const struct rp_actor *who, const struct rp_run_work *work,
    const struct rp_run_inputs *in, const struct rp_themes_result *r,
    struct rp_known *out) RP_MUST_USE;

#endif
