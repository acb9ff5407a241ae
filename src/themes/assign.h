/*
 * assign - themes that are there already, given to units that nobody decided
 * on.
 *
 * campaigns -> units -> learning (mapping.h) -> quotations -> figures and
 * states -> rp_themes_verify(). What is known of some units teaches the rest:
 * a person's decisions, and of fields that are kept also what the machine said
 * of them before. Units of kept fields keep exactly that; the others get the
 * theme that the machine is sure of, or none.
 *
 * Candidates are themes without others below them, and those that a person gave
 * to a unit. A result has two levels: a theme deeper in the tree stands below
 * its topmost one. Themes that no unit got are not in the result.
 *
 * The same octets for the same input on any machine.
 */
#ifndef RP_THEMES_ASSIGN_H
#define RP_THEMES_ASSIGN_H

#include "themes/analyse.h"

#define RP_ASSIGN_EXAMPLES 200 /* of each theme, that the machine gave */
#define RP_ASSIGN_QUEUE 1000   /* units in the order of reading */

/* What is known of octets of a field. */
struct rp_assign_known {
	uint32_t field, from, to;
	uint32_t theme; /* RP_NONE: of no theme */
	uint16_t score; /* of the machine */
	bool is_person; /* else the machine, of a kept field */
};

struct rp_assign_options {
	rp_text question;
	uint64_t seed;
	const struct rp_coded_theme *themes; /* parents before children */
	size_t n_themes;
	const struct rp_assign_known *known; /* in any order */
	size_t n_known;
	const bool *is_kept; /* by field; NULL: none is */
	void *ctx;
	/* A stage begins; RP_ANALYSIS_STAGES at the end. May be NULL. */
	void (*stage)(void *ctx, enum rp_analysis_stage stage);
	/* Asked often, as in analyse.h; may be NULL. */
	bool (*is_cancelled)(void *ctx);
};

struct rp_assigned {
	const uint32_t *theme; /* by theme of the result: of the options */
	/* By unit, from 1: in which order a person best reads them, the least
	 * certain first and each as different as can be from those before; 0:
	 * after all these. */
	const uint32_t *turn;
};

/*
 * `r` has responses (with their fields) and fields. RP_E_INVALID if a parent, a
 * field or a theme is not there, RP_E_LIMIT as mapping.h, RP_E_GONE if it was
 * cancelled (then `r` is good for nothing), RP_E_INTERNAL if the result does
 * not keep its promises.
 */
struct rp_err *rp_themes_assign(struct rp_arena *a,
    const struct rp_theme_tools *tools, const struct rp_assign_options *o,
    struct rp_themes_result *r, struct rp_assigned *out) RP_MUST_USE;

#endif
