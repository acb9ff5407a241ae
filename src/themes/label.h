/*
 * label - what a theme is called until a person names it: words of its own.
 *
 * The words that are much commoner in the theme than elsewhere (class-based
 * tf-idf), each in its commonest form, and pairs of words where they stand
 * together, as they are most often written ("lack of funding"): found in the
 * responses, letter by letter. Never a sentence, nothing that nobody wrote.
 */
#ifndef RP_THEMES_LABEL_H
#define RP_THEMES_LABEL_H

#include "themes/terms.h"

#define RP_LABEL_PARTS 3 /* words or pairs, with a comma between */

/*
 * Fill `label` of all r->themes, from the themes of units; a theme with themes
 * below it is called by their words together. Themes whose units have no
 * words get the beginning of a unit. No two labels are the same.
 */
void rp_labels_write(struct rp_arena *a, const struct rp_terms *terms,
    struct rp_watch *watch, struct rp_themes_result *r);

#endif
