/*
 * overlap - what proposals have in common, and what one makes of another.
 *
 * Questions of several proposals are paired by the words that they share
 * (redline/prose.h: Dice's coefficient, rare words count more); changes between
 * two texts are those of the redline engine, word by word. Texts are what
 * proposal.h gave to whoever asks. Memory only.
 */
#ifndef RP_DOMAIN_OVERLAP_H
#define RP_DOMAIN_OVERLAP_H

#include "domain/proposal.h"

/* So similar at least are two questions that are shown beside each other. */
#define RP_OVERLAP_SIMILAR 0.35
#define RP_OVERLAP_NONE SIZE_MAX

/* A row has one question at most of each proposal: its index, or NONE. */
struct rp_overlap_row {
	size_t question[RP_PROPOSAL_PARENTS_MAX];
	size_t n;    /* how many it has */
	int percent; /* the least similarity to another in the row; 0: alone */
};

struct rp_overlap RP_VEC(struct rp_overlap_row);

/* Of texts[0 .. n), at most RP_PROPOSAL_PARENTS_MAX: rows in the order of the
 * first proposal's questions, then what the others ask beside. */
void rp_overlap_of(const struct rp_actor *who, struct rp_arena *a,
    const struct rp_proposal_text *const *texts, size_t n,
    struct rp_overlap *out);

/* Texts piece by piece: what stayed, came, went. */
struct rp_change_part {
	rp_text text;
	bool is_ins, is_del;
};

enum rp_change_field {
	RP_CHANGE_TITLE,
	RP_CHANGE_ISSUE,
	RP_CHANGE_RATIONALE,
	RP_CHANGE_QUESTION,
};

struct rp_change_line {
	enum rp_change_field field;
	bool changed;
	struct rp_change_parts RP_VEC(struct rp_change_part) parts;
};

struct rp_change_lines RP_VEC(struct rp_change_line);

/* Title, issue, paragraphs of the rationale, questions. RP_E_LIMIT. */
struct rp_err *rp_overlap_changes(const struct rp_actor *who,
    struct rp_arena *a, const struct rp_proposal_text *old,
    const struct rp_proposal_text *now,
    struct rp_change_lines *out) RP_MUST_USE;

/* The same between two plain texts: drafts in a room. */
struct rp_err *rp_overlap_words(const struct rp_actor *who, struct rp_arena *a,
    rp_text old, rp_text now, struct rp_change_lines *out) RP_MUST_USE;

#endif
