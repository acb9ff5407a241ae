#include "themes/analyse.h"

#include "themes/campaign.h"
#include "themes/verify.h"

rp_text
rp_analysis_stage_name(enum rp_analysis_stage stage)
{
	static const rp_text names[RP_ANALYSIS_STAGES] = {
		[RP_ANALYSIS_CAMPAIGNS] = RP_TEXT_INIT("campaigns"),
		[RP_ANALYSIS_UNITS] = RP_TEXT_INIT("units"),
		[RP_ANALYSIS_TERMS] = RP_TEXT_INIT("terms"),
		[RP_ANALYSIS_GROUPING] = RP_TEXT_INIT("grouping"),
	};

	return names[stage];
}

static void
begin(const struct rp_analysis_options *o, enum rp_analysis_stage stage)
{
	if (o->stage != NULL)
		o->stage(o->ctx, stage);
}

struct rp_err *
rp_analyse(struct rp_arena *a, const struct rp_theme_tools *tools,
    const struct rp_analysis_options *o, struct rp_themes_result *r)
{
	r->seed = o->seed;
	begin(o, RP_ANALYSIS_CAMPAIGNS);
	rp_campaigns_find(a, tools->folder, r);
	begin(o, RP_ANALYSIS_UNITS);
	rp_units_build(a, tools, r);
	rp_campaigns_mark_units(r);
	rp_themes_read(r);
	rp_themes_count(r);
	begin(o, RP_ANALYSIS_STAGES);
	return rp_themes_verify(r);
}
