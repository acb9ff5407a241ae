/*
 * analyse - responses in, themes out: all steps of this layer, in order.
 *
 * campaigns -> units -> terms -> grouping, labels, quotations -> figures and
 * states -> rp_themes_verify(). The same input, seed and options give the same
 * octets on any machine and any number of jobs.
 */
#ifndef RP_THEMES_ANALYSE_H
#define RP_THEMES_ANALYSE_H

#include "themes/coded.h"
#include "themes/crew.h"
#include "themes/map.h"
#include "themes/terms.h"

enum rp_analysis_stage {
	RP_ANALYSIS_CAMPAIGNS,
	RP_ANALYSIS_UNITS,
	RP_ANALYSIS_TERMS,
	RP_ANALYSIS_GROUPING,
	RP_ANALYSIS_STAGES
};

/*
 * Segments that say the same in several languages: paragraphs of the body's own
 * documents, say. With RP_BRIDGE_SEGMENTS_MIN of them (bridge.h) responses in
 * these languages are grouped together, and campaigns are held against each
 * other's translations; without, each language has themes of its own.
 */
struct rp_parallel {
	const rp_text *langs; /* n_langs tags */
	const rp_text *texts; /* by segment, then language; may be empty */
	size_t n_langs, n_segments;
};

struct rp_analysis_options {
	rp_text question; /* what was asked; may be empty */
	uint64_t seed;
	uint32_t themes;              /* how many; 0: as many as are stable */
	const struct rp_codes *codes; /* themes of a person; NULL: found */
	const struct rp_parallel *parallel; /* may be NULL */
	bool only_campaigns;
	struct rp_crew crew;
	void *ctx;
	/* A stage begins; RP_ANALYSIS_STAGES at the end. May be NULL. */
	void (*stage)(void *ctx, enum rp_analysis_stage stage);
	/*
	 * Whether to stop; may be NULL. Asked at least once a second, but
	 * often, in all stages and always in the process that called (watch.h).
	 */
	bool (*is_cancelled)(void *ctx);
};

rp_text rp_analysis_stage_name(enum rp_analysis_stage stage);

/*
 * `r` has responses (with their fields) and fields; the rest is filled in.
 * `out_places`: where each theme lies (map.h); NULL if there are none.
 * RP_E_GONE if it was cancelled: then `r` is good for nothing. RP_E_INTERNAL if
 * the result does not keep its promises, RP_E_LIMIT if memory
 * does not suffice for a process of the crew.
 */
struct rp_err *rp_analyse(struct rp_arena *a,
    const struct rp_theme_tools *tools, const struct rp_analysis_options *o,
    struct rp_themes_result *r, struct rp_theme_place **out_places) RP_MUST_USE;

#endif
