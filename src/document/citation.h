/*
 * citation - which other texts a document quotes.
 *
 * "Resolution 102 (Rev. Dubai, 2018)" names a kind, a number and, in brackets,
 * the version by its conference and year. Found are resolutions, decisions,
 * recommendations and opinions in the six languages of the interface, in any
 * case, alone or as a row ("Resolutions 101, 102 (Rev. Dubai, 2018) and 180").
 * In Chinese the number stands before the word. A bracket that has no year is
 * no version. What the conferences' names mean in other languages is not known
 * here: the year is what can be compared everywhere.
 *
 * Looked at are the body's blocks in their order, each as rp_block_text() has
 * it. A document's own heading is found too.
 */
#ifndef RP_DOCUMENT_CITATION_H
#define RP_DOCUMENT_CITATION_H

#include "document/document.h"

#define RP_CITATIONS_MAX ((size_t)2000) /* the rest is not looked for */
#define RP_CITATION_NUMBER_MAX ((size_t)20)
#define RP_CITATION_NAME_MAX ((size_t)100) /* octets in a bracket */
#define RP_CITATION_YEAR_MIN 1865          /* the oldest of such bodies */

struct rp_citation {
	uint32_t at;       /* block of the body, from 0 */
	uint32_t from, to; /* octets of its text */
	rp_text kind;      /* resolution, decision, recommendation, opinion */
	rp_text number;
	rp_text name; /* "Rev. Dubai, 2018"; empty: none is given */
	int year;     /* 0: none */
};

struct rp_citations RP_VEC(struct rp_citation);

/* In the order of the text; all texts are borrowed or in `a`. */
struct rp_citations rp_citations_find(struct rp_arena *a,
    const struct rp_document *d);

/* The same in one text, as block `at`. */
void rp_citations_add(struct rp_arena *a, rp_text text, uint32_t at,
    struct rp_citations *out);

/*
 * Are two names those of one version? Case, spaces and marks between words do
 * not count: "(Rev.Dubai 2018)" is "Rev. Dubai, 2018".
 */
bool rp_citation_same_name(rp_text x, rp_text y);

#endif
