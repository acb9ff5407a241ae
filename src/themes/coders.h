/*
 * coders - how far two people who coded the same units agree.
 *
 * For each theme both say of each unit that it has it or not. `observed` is the
 * share of units of which they say the same; Cohen's kappa (1960) and
 * Krippendorff's alpha (nominal, two coders, nothing missing: "Computing
 * Krippendorff's Alpha-Reliability", 2011) take away what chance gives. Kappa
 * lets each coder have a chance of his own, alpha has one for both and corrects
 * for few units. Both are 1 for full agreement, 0 for what chance gives, below
 * 0 for less. Where both coders say the same of every unit of all (no unit has
 * the theme, or each has) there is no chance to compare with: not defined.
 *
 * Krippendorff's advice: rely on an alpha of .800 and more, draw tentative
 * conclusions from .667 and more.
 */
#ifndef RP_THEMES_CODERS_H
#define RP_THEMES_CODERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RP_CODERS_RELIABLE 0.8
#define RP_CODERS_TENTATIVE (2.0 / 3)

/* Units that both, one alone, or neither gave the theme. */
struct rp_coders_table {
	uint32_t both, first, second, neither;
};

struct rp_coders_agreement {
	double observed;
	bool is_defined;
	double kappa, alpha;
};

/* A table without units is not defined, its `observed` 0. */
struct rp_coders_agreement rp_coders_agree(const struct rp_coders_table *t);

/*
 * The same of `n` units that each coder put into one of many categories
 * (numbers; equal ones are the same).
 */
struct rp_coders_agreement rp_coders_agree_all(const uint32_t *first,
    const uint32_t *second, size_t n);

#endif
