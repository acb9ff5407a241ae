/*
 * stem - words as they are counted: one form for a word and its inflections.
 *
 * A word is case folded (NFKC_Casefold), stemmed by Snowball where that knows
 * the language (some 25: Arabic, Danish, Dutch, English, Finnish, French,
 * German, Greek, Hindi, Hungarian, Indonesian, Italian, Norwegian, Portuguese,
 * Romanian, Russian, Spanish, Swedish, Turkish and others), and then loses the
 * accents that people leave out (as in tokens.h). Words that hold a digit, and
 * those of less than RP_STEM_FROM letters, are not stemmed. Words of languages
 * without a stemmer are folded only; Arabic articles go too.
 *
 * A stem is for counting and comparing; it is not a word to show.
 */
#ifndef RP_TEXT_STEM_H
#define RP_TEXT_STEM_H

#include "base/str.h"

#define RP_STEM_FROM 4 /* letters */

struct rp_stemmer;

/* Opens Snowball's stemmers when they are first asked for. */
struct rp_stemmer *rp_stemmer_new(void) RP_MUST_USE RP_NONNULL_RET;
void rp_stemmer_free(struct rp_stemmer *s); /* accepts NULL */
void rp_stemmer_freep(struct rp_stemmer **s);

/* `word`: as words.h splits them; `lang`: BCP 47, may be empty. In `a`. */
rp_text rp_stem(struct rp_stemmer *s, struct rp_arena *a, rp_text word,
    rp_text lang);

#endif
