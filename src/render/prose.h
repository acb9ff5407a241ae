/*
 * prose - what people wrote, as HTML.
 *
 * Answers, introductions and notices are text with a little markup
 * (text/markup.h). Here it becomes paragraphs, lists, emphasis and links; every
 * paragraph and item can have an anchor to cite it by. All text is escaped, an
 * address stands in href only if it is http, https or mailto, and links carry
 * rel="nofollow ugc noopener".
 */
#ifndef RP_RENDER_PROSE_H
#define RP_RENDER_PROSE_H

#include "base/str.h"

struct rp_markup_linker;

/*
 * `anchor`: the beginning of the ids ("q2": q2-p1, q2-p2, …), or empty for
 * none. `linker` finds addresses in running text; may be NULL.
 */
rp_html rp_prose(struct rp_arena *a, rp_text source, rp_text anchor,
    const struct rp_markup_linker *linker);

/* A question and, smaller below it, what helps to answer it. */
rp_html rp_prose_question(struct rp_arena *a, rp_text text, rp_text help);

/* The beginning of a text without markup, at most `max` octets, cut at a word
 * with an ellipsis. */
rp_text rp_prose_excerpt(struct rp_arena *a, rp_text source, size_t max);

#endif
