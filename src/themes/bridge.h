/*
 * bridge - rows of several languages as places in one space, by a parallel
 * text: segments that say the same in each language.
 *
 * The body's own documents exist in its languages; their paragraphs, aligned by
 * number, are such a text. All words of a segment, whatever their language,
 * are taken to stand near each other, and so are the words of a response; the
 * words' directions come from both (corpus.h). Thus a word that the parallel
 * text does not have is placed by its company. The mean of each language is
 * taken away, for what all rows of a language have in common is the language.
 *
 * A few hundred segments give a rough map (SIB-200, five languages, 350
 * segments: in bench/RESULTS.md); below RP_BRIDGE_SEGMENTS_MIN it is better to
 * group each language by itself.
 */
#ifndef RP_THEMES_BRIDGE_H
#define RP_THEMES_BRIDGE_H

#include "themes/numeric.h"
#include "themes/terms.h"

#define RP_BRIDGE_SEGMENTS_MIN 100
#define RP_BRIDGE_DIMS 100
#define RP_BRIDGE_MATE_DIMS 250 /* to tell one text from the next */
#define RP_BRIDGE_WORDS 60      /* of a segment in one language */
#define RP_BRIDGE_ROWS 20000    /* responses that words are placed by */
#define RP_BRIDGE_MATE_LEAST 0.4

struct rp_bridge_text {
	/* Words of responses and of the parallel text, built together. */
	const struct rp_terms *terms;
	const uint32_t *segment; /* by row; RP_NONE: of a response */
	const uint32_t *lang;    /* by row: a number for each language */
	uint32_t n_segments, n_langs;
	struct rp_watch *watch; /* may be NULL */
};

/*
 * A place for each row of b->terms: length 1, or zero if none of its words is
 * known, and for rows of the parallel text. For rp_fit_options (fit.h).
 */
struct rp_dense rp_bridge_places(struct rp_arena *a,
    const struct rp_bridge_text *b, uint32_t dims, uint64_t seed);

/*
 * Who says the same in another language: of `n` rows, each one's mate (its
 * index in `rows`), or RP_NONE. Mates choose each other before all others of
 * the two languages, and are at least RP_BRIDGE_MATE_LEAST alike. For the
 * letters of campaigns; the cost is the square of n.
 */
void rp_bridge_mates(const struct rp_bridge_text *b,
    const struct rp_dense *places, const uint32_t *rows, uint32_t n,
    uint32_t *mate);

#endif
