/*
 * analyse - responses in, themes out: all steps of this layer, in order.
 *
 * campaigns -> units -> terms -> grouping, labels, quotations -> figures and
 * states -> rp_themes_verify(). The same input, seed and options give the same
 * octets on any machine and any number of jobs.
 */
#ifndef RP_THEMES_ANALYSE_H
#define RP_THEMES_ANALYSE_H

#include "themes/crew.h"
#include "themes/terms.h"

enum rp_analysis_stage {
	RP_ANALYSIS_CAMPAIGNS,
	RP_ANALYSIS_UNITS,
	RP_ANALYSIS_TERMS,
	RP_ANALYSIS_GROUPING,
	RP_ANALYSIS_STAGES
};

struct rp_analysis_options {
	rp_text question; /* what was asked; may be empty */
	uint64_t seed;
	uint32_t themes; /* how many; 0: as many as are stable */
	bool only_campaigns;
	struct rp_crew crew;
	void *ctx;
	/* A stage begins; RP_ANALYSIS_STAGES at the end. May be NULL. */
	void (*stage)(void *ctx, enum rp_analysis_stage stage);
};

rp_text rp_analysis_stage_name(enum rp_analysis_stage stage);

/*
 * `r` has responses (with their fields) and fields; the rest is filled in.
 * RP_E_INTERNAL if the result does not keep its promises, RP_E_LIMIT if memory
 * does not suffice for a process of the crew.
 */
struct rp_err *rp_analyse(struct rp_arena *a,
    const struct rp_theme_tools *tools, const struct rp_analysis_options *o,
    struct rp_themes_result *r) RP_MUST_USE;

#endif
