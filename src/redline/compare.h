/*
 * compare - the edit script between two versions of a document.
 *
 * Blocks are made comparable (prose.h), paired (pairing.h), compared word by
 * word (runs.h), classified (classify.h), and what they quote of each other is
 * followed (reference.h). Both documents are read as they stand, with all their
 * runs: whoever wants one state of a text with revisions accepts or rejects
 * them first. Nothing of the documents is changed.
 *
 * What the script says, beyond script.h: an INSERT has one INS run with its
 * text and a DELETE one DEL run, unless they are empty. EQUAL runs are the same
 * octets on both sides. A block that is only in the old version stands after
 * the nearest one before it that stayed in its place (and after all pieces of
 * it, if it was split). A note that is only in one version has one run.
 *
 * Time and memory grow with the size of the documents; how much a range of
 * blocks without anything in common costs is bounded in align.h, a pair of
 * paragraphs in wdiff.h.
 *
 * The work is done in memory beside the arena, which is given back: RP_E_LIMIT
 * if it is more than RP_REDLINE_SCRATCH, or if a document is larger than
 * document.h allows.
 */
#ifndef RP_REDLINE_COMPARE_H
#define RP_REDLINE_COMPARE_H

#include "redline/script.h"

struct rp_err;
struct rp_words;

#define RP_REDLINE_SCRATCH ((size_t)256 << 20)

struct rp_err *rp_redline_compare(struct rp_arena *a, struct rp_words *w,
    const struct rp_document *old, const struct rp_document *now,
    struct rp_script **out) RP_MUST_USE;

/* The text of a story: that of its blocks, each on a line. */
rp_text rp_story_text(struct rp_arena *a, const struct rp_story *s);

/* The same of a note; empty if there is none. */
rp_text rp_note_text(struct rp_arena *a, const struct rp_document *d,
    uint32_t note);

#endif
