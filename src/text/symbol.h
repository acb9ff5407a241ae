/*
 * symbol - the symbols by which documents are quoted.
 *
 * Many spellings are in use and all are read; one is printed:
 *
 *	CWG-Internet-18/1(Rev.1)	group, meeting, number, revision
 *	CWG-Internet 18/1, 18/1R1, 18/1 (Rev. 1), Revision 1 to Document 18/1
 *	OPCWGINT-11/3			documents of an open consultation
 *	C17/130-E, C17/DT/5		the Council's, with kind and language
 *	PP-14/20(Add.1)-E, Addendum 16 to Document 48-E
 *	S14-PP14-C-0015!Cor1!MSW-E	names of files
 *	CL-24/43			letters
 *	ARB/14/26			a proposal to a conference: who, the
 *					document, the proposal in it
 *
 * Series are compared without regard to case and printed as they were given,
 * or as `context` has them. A symbol without a series ("18/4", "Document 48")
 * takes series and meeting from the context, and is no symbol without one.
 * Untrusted input. Sources: ITU's rules for names of documents and files; the
 *forms that reports of meetings use.
 */
#ifndef RP_TEXT_SYMBOL_H
#define RP_TEXT_SYMBOL_H

#include "base/str.h"

#define RP_SYMBOL_MAX 120          /* octets that are looked at */
#define RP_SYMBOL_SERIES_MAX 40    /* octets */
#define RP_SYMBOL_NUMBER_MAX 99999 /* of every number in it */

struct rp_symbol {
	rp_text series;   /* "CWG-Internet", "C", "PP", "ARB"; borrowed */
	bool is_proposal; /* `session` is the document's number then */
	uint32_t session; /* the meeting's number, or the year's last digits */
	rp_text kind;     /* "DT", "DL", "INF"; empty for the usual one */
	uint32_t number;
	uint32_t revision, addendum, corrigendum; /* 0: none */
	bool
	    is_part_revised; /* the addendum or corrigendum is, by `revision` */
	char language;       /* A C E F R S, or 0 */
};

/*
 * The whole of `t`, but for white space at its ends. `context` may be NULL.
 * False if it is no symbol.
 */
bool rp_symbol_parse(rp_text t, const struct rp_symbol *context,
    struct rp_symbol *out);

/* The one spelling. */
rp_text rp_symbol_print(struct rp_arena *a, const struct rp_symbol *s);

/*
 * The next symbol with a series in running text, at or after octet `from`.
 * False if there is none; *at and *end are its place.
 */
bool rp_symbol_next(rp_text t, size_t from, struct rp_symbol *out, size_t *at,
    size_t *end);

/* One document: language aside. */
bool rp_symbol_same(const struct rp_symbol *a, const struct rp_symbol *b);

/* One document in any of its revisions; addenda are documents of their own. */
bool rp_symbol_same_base(const struct rp_symbol *a, const struct rp_symbol *b);

/* The same series and meeting. */
bool rp_symbol_same_series(const struct rp_symbol *a,
    const struct rp_symbol *b);

#endif
