/*
 * parallel - texts of a body in its languages, as the segments of a bridge
 * (analyse.h, struct rp_parallel).
 *
 * Texts with one key say the same. Each is cut into paragraphs, the lines that
 * are not empty; those languages of a key that have as many paragraphs as most
 * others are taken to have the same ones, in order, and the rest is passed
 * over: a paragraph too many would set all after it against another. What
 * stands there letter for letter in two languages (a number, a name) bridges
 * nothing.
 */
#ifndef RP_THEMES_PARALLEL_H
#define RP_THEMES_PARALLEL_H

#include "themes/analyse.h"

#define RP_PARALLEL_LANGS_MAX 12
#define RP_PARALLEL_SEGMENTS_MAX ((size_t)20000)
#define RP_PARALLEL_PARAGRAPHS_MAX                 \
	5000 /* of one text; longer is passed over \
	      */

struct rp_parallel_text {
	rp_text key, lang, body;
};

/* `texts` lie by key. Languages are primary tags, in the order of their first
 * text. */
void rp_parallel_align(struct rp_arena *a, const struct rp_parallel_text *texts,
    size_t n, struct rp_parallel *out);

#endif
