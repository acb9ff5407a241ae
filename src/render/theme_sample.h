/* theme_sample - a report of themes for tests and to look at: several
 * languages and scripts, two levels, campaigns, long and odd names. Tested in
 * src/render/theme_report_test.c. */
#ifndef RP_RENDER_THEME_SAMPLE_H
#define RP_RENDER_THEME_SAMPLE_H

#include "render/theme_report.h"

struct rp_theme_report *rp_theme_sample(
    struct rp_arena *a) RP_MUST_USE RP_NONNULL_RET;

#endif
