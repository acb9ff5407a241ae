/*
 * quote - which units stand for a theme, word for word.
 *
 * What is central in its theme (LexRank: Erkan, Radev 2004; in great themes
 * among the RP_QUOTE_CANDIDATES nearest to the middle of an even sample), and
 * unlike what is quoted already (maximal marginal relevance, weight 0.7 on
 * centrality). At most one of a response and one of a campaign; respondents'
 * groups and languages that have not been heard yet come first among equals.
 * A very short unit says little and counts less.
 */
#ifndef RP_THEMES_QUOTE_H
#define RP_THEMES_QUOTE_H

#include "themes/terms.h"

#define RP_QUOTES_MAX 5 /* of one theme */
#define RP_QUOTE_CANDIDATES 100

/*
 * Fill r->quotations for the themes that units have, by theme, the best first.
 * Each theme with a row gets one at least.
 */
void rp_quotations_choose(struct rp_arena *a, const struct rp_terms *terms,
    struct rp_watch *watch, struct rp_themes_result *r);

#endif
