/*
 * salvage_labels - which paragraphs of a list were inserted, deleted or only
 * renumbered, from the labels alone.
 *
 * In a text that shows both versions of a list at once a label that was changed
 * stands there twice, the old one first: "c" that became "h" is "ch". Labels
 * count one by one in either version, so each paragraph is read with two
 * counters, the next label of the base and the next of the new text, both
 * starting at 1 (process.md 14.2):
 *
 *	label(base) = label(now)      the paragraph is kept, both go on
 *	label(base) label(now)        renumbered, both go on
 *	label(now) alone              inserted, the new text goes on; or old
 *				      text behind a new label, when an author
 *				      typed a paragraph behind the old label
 *	label(base) alone             deleted, the base goes on
 *
 * A verdict that is the same in every complete reading is forced. The others
 * are ranked: fewest insertions and deletions, in few runs, and a label left
 * behind only directly after what was inserted there.
 *
 * No reading is listed: readings that agree in both counters go on as one, so
 * the work is RP_LABELS_STATES_MAX for each paragraph at most.
 */
#ifndef RP_CODEC_SALVAGE_LABELS_H
#define RP_CODEC_SALVAGE_LABELS_H

#include "document/document.h"

#define RP_LABELS_ITEMS_MAX 512   /* of one list */
#define RP_LABELS_STATES_MAX 8192 /* of one item: pairs of counters */
#define RP_LABELS_TEXT_MAX 24     /* octets of one label, doubled */

enum rp_labels_verdict {
	RP_LABELS_KEEP = 0,
	RP_LABELS_RELABEL,
	RP_LABELS_BEHIND, /* old text, a new label that shows alone */
	RP_LABELS_INSERT,
	RP_LABELS_DELETE,
	RP_LABELS_FREE, /* does not count: "b)bis" */
	RP_LABELS_ODD,  /* the numbering has a fault here */
};

enum rp_labels_certainty {
	RP_LABELS_FORCED = 0, /* in all complete readings */
	RP_LABELS_BEST,       /* in all of the best ones, and nearly so */
	RP_LABELS_TIED,
};

struct rp_labels_item {
	rp_text text;        /* without ")" and white space */
	bool free;           /* RP_LABELS_FREE */
	bool restarts_base;  /* a call-out went: the base counts from 1 here */
	int insert_evidence; /* from elsewhere: 1 speaks for an insertion */
};

struct rp_labels_answer {
	enum rp_labels_verdict verdict;
	enum rp_labels_certainty certainty;
	int32_t base, now; /* 0: not in that version, or free */
};

enum rp_labels_outcome {
	RP_LABELS_SOLVED = 0,
	RP_LABELS_FAULTY,  /* only with faults in the numbering: fewest taken */
	RP_LABELS_TOO_BIG, /* past a limit; nothing is known */
};

/* One answer for each of `n` items, which are of one list of one style. */
enum rp_labels_outcome rp_labels_solve(struct rp_arena *a,
    enum rp_label_style style, const struct rp_labels_item *items, size_t n,
    struct rp_labels_answer *out);

/* Letters (a ... z, aa, bb), Roman or decimal numbers of 1 to 999. */
rp_text rp_labels_text(struct rp_arena *a, enum rp_label_style style,
    int32_t value);

/* The value of such a label, or 0. */
int32_t rp_labels_value(enum rp_label_style style, rp_text t);

#endif
