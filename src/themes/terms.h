/*
 * terms - units as words: what grouping and mapping count.
 *
 * Words are ICU's (text/words.h; dictionaries for Chinese, Japanese, Thai),
 * folded, stemmed where a stemmer exists, without the stop words learnt per
 * language; the words of the question weigh less. A unit has its words in
 * order, and as a bag: rows of a sparse matrix. Only units that are their own
 * `copy_of` (result.h) are rows.
 */
#ifndef RP_THEMES_TERMS_H
#define RP_THEMES_TERMS_H

#include "themes/units.h"

struct rp_term {
	rp_text stem;    /* what is counted */
	rp_text surface; /* its commonest form, for labels */
	rp_text lang;
	uint32_t rows; /* units that have it */
	float weight;  /* 1, less for words of the question */
};

struct rp_terms {
	uint32_t n_rows, n_terms;
	const uint32_t *unit;      /* n_rows: index of the row's unit */
	const uint32_t *seq_start; /* n_rows + 1 */
	const uint32_t *seq;       /* terms in order */
	const uint32_t *start;     /* n_rows + 1 */
	const uint32_t *term;      /* of a row, ascending */
	const uint16_t *count;
	const struct rp_term *terms;
};

/* Units of a language for it to have stop words; how: stop.h. */
#define RP_STOP_ROWS_MIN 20
/* What a word of the question counts. */
#define RP_QUESTION_WEIGHT 0.3f

/*
 * The words of r->units. `question`: what was asked, may be empty. Terms are in
 * the order in which they come first; those of a single row are left out where
 * there are RP_TERMS_RARE rows or more, and so are numbers.
 */
#define RP_TERMS_RARE 200
void rp_terms_build(struct rp_arena *a, const struct rp_theme_tools *tools,
    const struct rp_themes_result *r, rp_text question, struct rp_terms *out);

#endif
