/*
 * sections - a report of figures as a document: sections with words, a table
 * and what a chart shows.
 *
 * A section has the words of a person, in their own language, then a sentence
 * of figures, a table, and the figures of its chart as a table of two columns:
 * a document has no chart, and says the same. The same input gives the same
 * document.
 */
#ifndef RP_RENDER_SECTIONS_H
#define RP_RENDER_SECTIONS_H

#include "base/vec.h"
#include "render/message.h"

struct rp_document;
struct rp_err;

struct rp_section_cells RP_VEC(rp_text);
struct rp_section_bar {
	rp_text label;
	int64_t n;
};
struct rp_section_bars RP_VEC(struct rp_section_bar);

struct rp_section {
	rp_text key;                   /* letters: an id in a page */
	rp_text title;                 /* empty: no heading */
	rp_text words, words_lang;     /* lines are paragraphs; may be empty */
	rp_text summary;               /* may be empty */
	size_t columns;                /* 0: has no table */
	struct rp_section_cells cells; /* row by row, the head first */
	rp_text none;                  /* in place of a table without rows */
	rp_text bars_title;
	struct rp_section_bars bars; /* none: no chart */
};
struct rp_section_list RP_VEC(struct rp_section);

struct rp_sections {
	rp_text title, about;
	struct rp_section_list all;
};

/* Whether its table has more than a head. */
bool rp_section_has_rows(const struct rp_section *s);

/* Sections without anything are left out. RP_E_LIMIT. */
struct rp_err *rp_sections_document(struct rp_arena *a,
    const struct rp_reader *reader, const struct rp_sections *s,
    struct rp_document **out) RP_MUST_USE;

#endif
