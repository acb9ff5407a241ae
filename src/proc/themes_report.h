/*
 * themes_report - a theme analysis as the values of its report and summary.
 *
 * From what was read and found to what render/theme_report.h shows: groups,
 * languages and words counted, quotations with the response they are from,
 * campaigns with a few of their variations. Tested in tests/cli/themes_test.py.
 */
#ifndef RP_PROC_THEMES_REPORT_H
#define RP_PROC_THEMES_REPORT_H

#include "render/theme_report.h"
#include "themes/analyse.h"

struct rp_words;

/* Groups beyond these are shown as one. */
#define RP_REPORT_KEPT_GROUPS 60
#define RP_REPORT_KEPT_QUOTATIONS 5 /* of a theme */
#define RP_REPORT_KEPT_VARIATIONS 4 /* of a campaign */
#define RP_REPORT_KEPT_CAMPAIGNS 200
#define RP_REPORT_KEPT_TEXT ((size_t)3000) /* octets of a response */

/*
 * `question` may be empty; `file` is where the responses come from; `is_coded`:
 * labels are those of a person.
 */
struct rp_theme_report *rp_themes_report(struct rp_arena *a,
    struct rp_words *words, const struct rp_themes_result *r,
    const struct rp_theme_place *places, rp_text question, rp_text file,
    bool is_coded);

#endif
