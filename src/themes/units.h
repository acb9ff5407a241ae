/*
 * units - what is grouped: sentences, and short answers as a whole.
 *
 * A field of at most RP_UNIT_WHOLE_WORDS words is one unit. A longer one is
 * split into sentences (UAX 29; a single line end before a small letter does
 * not end one, for texts come with hard line ends); what has fewer than
 * RP_UNIT_WORDS_MIN words goes with the sentence before it; what is longer than
 * RP_UNIT_MAX octets is cut between words. White space around is not of the
 * unit, nor are bullets and signs before its first word. A field without a word
 * has none.
 *
 * The language of a unit is that of its field (languages.h), but for long
 * sentences of a field that is in several.
 *
 * Withheld responses have no units.
 */
#ifndef RP_THEMES_UNITS_H
#define RP_THEMES_UNITS_H

#include "themes/result.h"

struct rp_watch;
struct rp_words;
struct rp_folder;

#define RP_UNIT_WHOLE_WORDS 30
#define RP_UNIT_WORDS_MIN 3
#define RP_UNIT_MAX ((size_t)2000) /* octets */

/* What reading texts takes; the caller's, opened once. */
struct rp_theme_tools {
	struct rp_words *words;
	struct rp_folder *folder;
	struct rp_stemmer *stemmer;
	struct rp_watch *watch; /* may be NULL */
};

/*
 * Fill r->units from r->fields and r->responses: places, languages, copy_of.
 * All other members are "none". Fields are at most RP_FOLDED_MAX octets.
 */
void rp_units_build(struct rp_arena *a, const struct rp_theme_tools *tools,
    struct rp_themes_result *r);

#endif
