/*
 * layout - what lines of text are made of: directions, scripts, and where a
 * line may end (UAX 9, 24 and 14).
 *
 * Positions are octets of a valid text without line feeds; its paragraphs are
 * the caller's. struct rp_layout holds ICU's break iterator and the memory that
 * it works in, and is opened once per process.
 */
#ifndef RP_TEXT_LAYOUT_H
#define RP_TEXT_LAYOUT_H

#include "base/str.h"

struct rp_layout;

struct rp_layout *rp_layout_new(void) RP_MUST_USE RP_NONNULL_RET;
void rp_layout_free(struct rp_layout *l); /* accepts NULL */

enum rp_layout_base {
	RP_LAYOUT_LTR = 0,
	RP_LAYOUT_RTL,
	RP_LAYOUT_NEITHER, /* of a text: no character of it has a direction */
};

/* The direction of the first character that has one. */
enum rp_layout_base rp_layout_direction(rp_text t);

/* One direction and one script, in the order of the text. */
struct rp_layout_run {
	size_t from, to;
	uint8_t level;  /* odd: from right to left */
	char script[5]; /* ISO 15924: "Latn", "Arab", "Hani" */
};

/* What has no script of its own has that of what is before it, else behind. */
struct rp_layout_run *rp_layout_runs(struct rp_layout *l, struct rp_arena *a,
    rp_text t, enum rp_layout_base base, size_t *n);

/*
 * For each octet, and for the end, whether a line may begin there; t.n + 1 of
 * them. The beginning is none, and the end is one.
 */
bool *rp_layout_breaks(struct rp_layout *l, struct rp_arena *a, rp_text t);

/* The order from left to right of pieces with these levels (rule L2). */
void rp_layout_order(const uint8_t *levels, size_t n, int32_t *out);

#endif
