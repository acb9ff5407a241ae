/*
 * coded - themes from a codebook in place of found ones.
 *
 * What a person defined (names, definitions, examples of what people said) is
 * learnt by mapping.h, examples as if they were units that a person decided
 * about, and the units of the result get the themes that it is sure of. Labels
 * are the person's names.
 *
 * Only codes without others below them are given to units. A result has two
 * levels: a code deeper in the tree stands below its topmost one. Themes that
 * no unit got are not in the result, nor are those above them alone.
 */
#ifndef RP_THEMES_CODED_H
#define RP_THEMES_CODED_H

#include "themes/mapping.h"

#define RP_CODED_EXAMPLES_MAX ((size_t)20000)

struct rp_coded_theme {
	rp_text name;
	rp_text words;   /* definition and what it includes; may be empty */
	rp_text lang;    /* may be empty */
	uint32_t parent; /* a theme before this one, or RP_NONE */
};

struct rp_coded_example {
	uint32_t theme;
	rp_text text;
};

struct rp_codes {
	const struct rp_coded_theme *themes;
	size_t n_themes;
	const struct rp_coded_example *examples;
	size_t n_examples;
};

/*
 * After units (units.h): fill r->themes but their figures, and theme, by and
 * score of r->units. RP_E_INVALID if a parent or an example's theme is not
 * there, RP_E_LIMIT as mapping.h and past RP_CODED_EXAMPLES_MAX, RP_E_GONE if
 * tools->watch says to stop.
 */
struct rp_err *rp_themes_code(struct rp_arena *a,
    const struct rp_theme_tools *tools, rp_text question,
    const struct rp_codes *codes, struct rp_themes_result *r) RP_MUST_USE;

#endif
