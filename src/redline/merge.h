/*
 * merge - the amendments of several parties to one base, in one text.
 *
 * Each party proposes a text of its own; its edit script (compare.h) says what
 * it changes of the base. Put into base coordinates, that is for each block of
 * the base: unchanged, gone, or replacements of ranges of its octets; and for
 * each slot between two blocks (slot i is before block i, the last one behind
 * the last block): new blocks. A moved block is gone at one place and new in a
 * slot. A consolidated text is the base and, in order of place, its changes:
 *
 *	what is proposed			what it becomes
 *	by one party, or by several alike	a change, with its sponsors
 *	by several at different places		changes, each with its sponsors
 *	replacements that overlap, or touch	a bracket over the smallest
 *	and both insert; different blocks in	range that holds them all; the
 *	one slot; deleted here, edited there;	whole block where it would be
 *	moved to two places			more than RP_MERGE_WHOLE_PERCENT
 *	a change where a party declared NOC	a bracket with its objectors
 *
 * A bracket is data: the base text, and alternatives with the parties they came
 * from, in order of submission. Nothing is lost: what a party wrote in a range
 * is its alternative, whole. Brackets become characters in rp_merge_text()
 * only, and never nest.
 *
 * It holds: the projection on a party is that party's text exactly, block by
 * block; the projection on nobody is the base; but for the order of
 * alternatives and sponsors, nothing depends on the order of the amendments.
 *
 * Deciding: base, or one of the choices; the changes of one set (one intention
 * in several places) are decided together. rp_merge_clean() gives the text as
 * decided, with its labels counted anew: "b)bis" becomes c). A bracket that is
 * not decided stays the base text there; a change that is not decided is
 * taken.
 *
 * What is merged is text. The base's notes stay with their blocks (at the end
 * of one that changed) and go with a block that goes; notes that a party added
 * or changed, and formatting in blocks that changed, are not merged: they are
 * in the party's script.
 *
 * Errors: RP_E_INVALID for a script on another base, RP_E_LIMIT for more than
 * RP_MERGE_PARTIES_MAX amendments.
 */
#ifndef RP_REDLINE_MERGE_H
#define RP_REDLINE_MERGE_H

#include "redline/script.h"

struct rp_err;

#define RP_MERGE_PARTIES_MAX 64
#define RP_MERGE_WHOLE_PERCENT 60

struct rp_amendment {
	rp_text party;
	const struct rp_script *script; /* from the base to its text */
	const uint32_t *noc;            /* blocks it wants unchanged */
	size_t n_noc;
};

/* Bit i: the i-th amendment. */
typedef uint64_t rp_parties;

/* A block that a party put into a slot. */
struct rp_merge_block {
	rp_text text;
	uint32_t party, block; /* where it is from: of its new text */
	uint32_t moved_from;   /* block of the base; RP_NO_BLOCK: it is new */
	/* Of a compromise: the block itself, made after that of the party. */
	const struct rp_block *own;
};

struct rp_merge_choice {
	rp_parties parties;
	bool gone;         /* the block is not there */
	uint32_t moved_to; /* slot, if it is gone to there; or RP_NO_BLOCK */
	rp_text text;      /* in the place of the range */
	struct rp_merge_blocks RP_VEC(struct rp_merge_block) blocks;
};

enum rp_merge_place {
	RP_MERGE_SLOT = 0, /* blocks before block `at` */
	RP_MERGE_BLOCK,    /* all of block `at` */
	RP_MERGE_RANGE,    /* octets [from, to) of block `at` */
};

#define RP_MERGE_OPEN (-2)
#define RP_MERGE_BASE (-1)

struct rp_merge_change {
	enum rp_merge_place place;
	uint32_t at, from, to;
	bool bracket;
	rp_parties objectors;
	struct rp_merge_choices RP_VEC(struct rp_merge_choice) choices;
	uint32_t set;    /* 0: by itself */
	int32_t decided; /* RP_MERGE_OPEN, RP_MERGE_BASE, or a choice */
};

struct rp_consolidated {
	const struct rp_document *base;
	const struct rp_amendment *amendments;
	size_t n;
	/* In order of place; the index is a change's id. */
	struct rp_merge_changes RP_VEC(struct rp_merge_change) changes;
	uint32_t n_sets;
};

struct rp_err *rp_redline_merge(struct rp_arena *a,
    const struct rp_document *base, const struct rp_amendment *amendments,
    size_t n, struct rp_consolidated **out) RP_MUST_USE;

/* The text of one party, or with RP_MERGE_BASE that of the base. */
struct rp_document *rp_merge_project(struct rp_arena *a,
    const struct rp_consolidated *c, int32_t party);

/* Make one set of these changes, and of those in their sets. */
struct rp_err *rp_merge_link(struct rp_consolidated *c, const uint32_t *ids,
    size_t n) RP_MUST_USE;

/*
 * Decide a change and its set. In another change of the set the choice is the
 * one that a sponsor of the chosen one has there; where none has one, the base.
 * RP_E_NOTFOUND for no such change or choice.
 */
struct rp_err *rp_merge_decide(struct rp_consolidated *c, uint32_t id,
    int32_t choice) RP_MUST_USE;

/*
 * A compromise: one more choice for a change, of none of the parties, and not
 * decided by this. In a slot each line is a paragraph in the form of those that
 * were proposed there. RP_E_NOTFOUND for no such change, RP_E_INVALID for a
 * change of a set, and for lines outside a slot or none in it.
 */
struct rp_err *rp_merge_propose(struct rp_arena *a, struct rp_consolidated *c,
    uint32_t id, rp_text text, int32_t *out_choice) RP_MUST_USE;

/*
 * The same with what was decided carried out: a change that was decided for the
 * base is there no more, and one for a choice is undisputed. Ids are others.
 */
struct rp_consolidated *rp_merge_settle(struct rp_arena *a,
    const struct rp_consolidated *c) RP_MUST_USE RP_NONNULL_RET;

/* The text as decided, numbered cleanly. */
struct rp_document *rp_merge_clean(struct rp_arena *a,
    const struct rp_consolidated *c);

/* One line for each block, with what is open in square brackets:
 * "to [report] [Alt 1 (A, B): write] [Alt 2 (C): speak] each year". */
rp_text rp_merge_text(struct rp_arena *a, const struct rp_consolidated *c);

#endif
