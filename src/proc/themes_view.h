/*
 * themes_view - what an analysis found, as the values of the report and the
 * summary (render/theme_report.h).
 *
 * Counts are by response. A parent's figures by group are of the responses that
 * have any of its themes. Quotations lead to their responses, which stand at
 * the end with all that is quoted of them marked; withheld responses are in
 * neither (the result's promises, checked by themes/verify.h, and again here).
 * Tested in tests/cli/themes_report_test.py.
 */
#ifndef RP_PROC_THEMES_VIEW_H
#define RP_PROC_THEMES_VIEW_H

#include "render/theme_report.h"
#include "themes/units.h"

#define RP_VIEW_SOURCE_MAX ((size_t)6000)  /* octets of a response's text */
#define RP_VIEW_SOURCES_MAX ((size_t)2000) /* responses with their text */
#define RP_VIEW_CAMPAIGNS_MAX                                 \
	((size_t)200)        /* the largest; more are counted \
			      */
#define RP_VIEW_VARIATIONS 5 /* of a campaign */

struct rp_themes_view_options {
	rp_text question, question_lang; /* may be empty */
	rp_text context;                 /* of what these are the responses */
	rp_text version;
};

/* RP_E_INTERNAL if the result has a quotation that may not be shown. */
struct rp_err *rp_themes_view(struct rp_arena *a,
    const struct rp_theme_tools *tools, const struct rp_reader *reader,
    const struct rp_themes_view_options *o, const struct rp_themes_result *r,
    struct rp_theme_report **out) RP_MUST_USE;

#endif
