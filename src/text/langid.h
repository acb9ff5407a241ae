/*
 * langid - which language a text is written in (CLD2).
 *
 * A guess to offer, never to impose: the author's own word counts. Short texts
 * are hard, so `reliable` says whether the guess is worth showing. CLD2 knows
 * some 80 languages; it holds no state, so there is nothing to open.
 */
#ifndef RP_TEXT_LANGID_H
#define RP_TEXT_LANGID_H

#include "base/str.h"

/* Octets of a text that are looked at. */
#define RP_LANGID_LOOK ((size_t)64 * 1024)

struct rp_langid {
	rp_text tag; /* BCP 47, "und" if nothing can be said; lives for ever */
	bool reliable;
	int percent; /* of the text that is in this language */
};

/* `declared`: the tag that the author gave, a hint; may be empty. */
struct rp_langid rp_langid_guess(rp_text t, rp_text declared);

#endif
