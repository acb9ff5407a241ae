/*
 * mapping - units with themes that a person defined, learnt from what persons
 * decided.
 *
 * A space holds the units of an analysis and the themes' own words as rows of
 * numbers: stems (tf-idf), sequences of RP_MAPPING_GRAM characters inside words
 * (tf-idf, so that spelling, inflection and languages without a stemmer do not
 * matter), and the place that the unit's words have among the words of all
 * units (corpus.h). It is built once for the responses and the names of the
 * themes; learning from more decisions only takes its rows.
 *
 * Learning: for each theme one L2-regularised logistic regression against the
 * rest (dual coordinate descent, Yu, Huang, Lin 2011, in a fixed order). A yes
 * is an example of its theme and against those that nobody said yes to for the
 * same unit; a no is an example against its theme alone. The words of the
 * theme (name, definition) are one more example, that weighs RP_MAPPING_NAMED.
 *
 * Then each unit gets the themes that are at least as probable as not, and the
 * most probable one in any case. Whether that is said or only suggested is
 * calibrated: the examples are predicted by models that did not see them, and
 * the machine is sure where the most probable theme leads by a margin above
 * which RP_MAPPING_AGREEMENT of those were right. With too few examples for
 * that it is sure of units that are near to the words or an example of the
 * theme.
 *
 * A person's decision stands: what was decided is given back as it was, never
 * proposed otherwise. Byte for byte the same on every machine and in every
 * order of decisions.
 */
#ifndef RP_THEMES_MAPPING_H
#define RP_THEMES_MAPPING_H

#include "base/vec.h"
#include "themes/units.h"

#define RP_MAPPING_THEMES_MAX ((size_t)1000)
#define RP_MAPPING_UNITS_MAX ((size_t)200000) /* that differ */
#define RP_MAPPING_WORDS_MAX ((size_t)20000)  /* octets of a theme's words */
#define RP_MAPPING_GRAM 4
#define RP_MAPPING_NAMED 2.0
/* Yeses for the machine to learn from, in at least two themes. */
#define RP_MAPPING_EXAMPLES_MIN 5
#define RP_MAPPING_AGREEMENT 0.9

/* A theme as its author describes it: name, definition, what it includes. */
struct rp_mapping_theme {
	rp_text words;
	rp_text lang; /* may be empty */
};

struct rp_mapping_space;

/*
 * Of the units of `r` (only r->fields and r->units are read). Fails with
 * RP_E_LIMIT past the limits above, with RP_E_GONE if tools->watch says to stop
 * (watch.h), which what is made of the space asks as well. `seed` decides the
 * start of a decomposition, nothing else.
 */
struct rp_err *rp_mapping_space_build(struct rp_arena *a,
    const struct rp_theme_tools *tools, const struct rp_themes_result *r,
    rp_text question, const struct rp_mapping_theme *themes, size_t n_themes,
    uint64_t seed, struct rp_mapping_space **out) RP_MUST_USE;

/* A person said that the unit has the theme, or has not. */
struct rp_mapping_decision {
	uint32_t unit, theme;
	bool is_yes;
};

struct rp_mapping;

/*
 * Learn, with `themes` of the space (ascending; those of one question) as
 * candidates. Decisions of other themes are passed over; of two about the same
 * the later one counts. RP_E_INVALID: a unit or a theme that is not there;
 * RP_E_GONE.
 */
struct rp_err *rp_mapping_learn(struct rp_arena *a,
    const struct rp_mapping_space *space, const uint32_t *themes,
    size_t n_themes, const struct rp_mapping_decision *decisions, size_t n,
    struct rp_mapping **out) RP_MUST_USE;

/* What was learnt from, and how well it is known to do. */
struct rp_mapping_state {
	uint32_t examples; /* units with a yes */
	bool is_learnt;    /* else by the themes' words alone */
	bool is_calibrated;
	double margin;    /* from which on the machine is sure */
	double agreement; /* of the unseen examples above it */
	double coverage;  /* examples above it */
};

struct rp_mapping_state rp_mapping_state(const struct rp_mapping *m);

struct rp_mapping_proposal {
	uint32_t theme;
	uint16_t score; /* 0 to 1000: how probable; 1000 if a person said so */
	enum rp_said_by by; /* RP_BY_MACHINE or RP_BY_PERSON */
};

struct rp_mapping_unit {
	bool is_sure;    /* of the machine's proposals */
	bool is_decided; /* a person said yes to something here */
	uint16_t margin; /* of the first before the next, 0 to 1000 */
	/* By score, the best first; never empty unless persons refused all. */
	struct rp_mapping_proposals RP_VEC(struct rp_mapping_proposal) themes;
};

/*
 * What a unit has. Where a person said yes, that is all: the machine adds
 * nothing. Where persons only said no, those themes are left out.
 */
struct rp_mapping_unit rp_mapping_unit(struct rp_arena *a,
    const struct rp_mapping *m, uint32_t unit);

/*
 * Write theme, by and score into the units [from, to) of `r`: the most probable
 * theme where the machine is sure, RP_NONE and RP_BY_NOBODY with the score of
 * the best where it is not. `theme_of`: the result's theme for each theme of
 * the space. Units with RP_BY_PERSON stay as they are. Stopped,
 * it leaves the rest as it was.
 */
void rp_mapping_fill(const struct rp_mapping *m, const uint32_t *theme_of,
    uint32_t from, uint32_t to, struct rp_themes_result *r);

/*
 * The next `n` of the given units for a person to read: those that the machine
 * knows least about and that differ most from what was decided and from each
 * other. Units that say the same are there once; decided ones are not.
 */
uint32_t *rp_mapping_queue(struct rp_arena *a, const struct rp_mapping *m,
    const uint32_t *units, size_t n_units, size_t n, size_t *got);

#endif
