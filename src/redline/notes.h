/*
 * notes - footnotes and endnotes whose mark or text changed; headers, footers.
 *
 * Notes are stories of their own, compared as the marks stand in the blocks of
 * one edit: equal texts first, in order; what is left between two of them by
 * its place, if it is similar or if it is one for one. A note's number is not
 * looked at. Headers and footers go together if they have the same text, else
 * if they have the same name, else in their order. Tested in compare_test.c.
 */
#ifndef RP_REDLINE_NOTES_H
#define RP_REDLINE_NOTES_H

#include "redline/prose.h"
#include "redline/script.h"

/* The blocks of one edit, on either side; each new one with its edit. */
struct rp_noted {
	const uint32_t *old, *now;
	size_t n_old, n_now;
	struct rp_script_notes *out; /* out[k]: of now[k]; at least one */
};

void rp_compare_notes(struct rp_arena *a, struct rp_proses *p,
    const struct rp_side *old, const struct rp_side *now,
    const struct rp_noted *noted);

/* Into script->margins. */
void rp_compare_margins(struct rp_arena *a, struct rp_proses *p,
    struct rp_script *script);

#endif
