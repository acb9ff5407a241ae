/*
 * consolidated - a consolidation's JSON read back, for the pages that show it.
 *
 * What exchange/consolidated_json.h writes. It was made by a process that held
 * the parties' files: untrusted input. RP_E_INVALID for what is none, or points
 * past itself; RP_E_LIMIT past the sizes of json.h and those below. Texts live
 * in the arena.
 *
 * Decisions can be laid over it, as redline/merge.h carries them out: so a page
 * shows what was decided although the consolidation is made anew only later. A
 * change's set is decided with it: in another change of the set the choice is
 * the one that a sponsor of the chosen one has there; where none has one, the
 * base.
 */
#ifndef RP_CODEC_CONSOLIDATED_H
#define RP_CODEC_CONSOLIDATED_H

#include "base/str.h"
#include "base/vec.h"

#define RP_CONSOLIDATED_PARTIES_MAX 64
#define RP_CONSOLIDATED_PROVISIONS_MAX ((size_t)50000)
#define RP_CONSOLIDATED_CHANGES_MAX ((size_t)50000)
#define RP_CONSOLIDATED_CHOICES_MAX ((size_t)64)
#define RP_CONSOLIDATED_KEY_MAX ((size_t)64)

enum rp_consolidated_place {
	RP_CONSOLIDATED_SLOT = 0,
	RP_CONSOLIDATED_BLOCK,
	RP_CONSOLIDATED_RANGE,
};

/* `decided` of a change; else the place of a choice. */
#define RP_CONSOLIDATED_OPEN (-3)
#define RP_CONSOLIDATED_BASE (-2)
#define RP_CONSOLIDATED_TEXT (-1) /* a compromise */

struct rp_consolidated_block {
	rp_text label, text; /* label empty: none */
	bool moved;          /* from elsewhere */
};

struct rp_consolidated_choice {
	rp_text key;
	uint64_t sponsors; /* bit i: party i */
	bool gone, moved;
	rp_text text;
	struct rp_consolidated_blocks RP_VEC(
	    struct rp_consolidated_block) blocks;
};

struct rp_consolidated_change {
	enum rp_consolidated_place place;
	rp_text key;
	size_t at, from, to; /* octets of the block's text */
	rp_text base;
	bool bracket;
	uint64_t objectors;
	int64_t set; /* 0: by itself */
	/* Of the parties alone: what nobody sponsors is left out. */
	struct rp_consolidated_choices RP_VEC(
	    struct rp_consolidated_choice) choices;
	int decided;
	rp_text compromise; /* RP_CONSOLIDATED_TEXT */
	size_t by;          /* the change whose decision this follows */
};

struct rp_consolidated_provision {
	rp_text label, text;
};

struct rp_consolidated_view {
	struct rp_consolidated_names RP_VEC(rp_text) parties;
	/* Of each: notes, images and objects that could not be merged. */
	int64_t left_out[RP_CONSOLIDATED_PARTIES_MAX];
	struct rp_consolidated_provisions RP_VEC(
	    struct rp_consolidated_provision) provisions;
	/* In order of place. */
	struct rp_consolidated_changes RP_VEC(
	    struct rp_consolidated_change) changes;
};

/* Nothing is decided in it yet, whatever the JSON says. */
struct rp_err *rp_consolidated_parse(struct rp_arena *a, rp_bytes in,
    struct rp_consolidated_view *out) RP_MUST_USE;

/* The change of this key, or changes.n. */
size_t rp_consolidated_find(const struct rp_consolidated_view *v, rp_text key);

/*
 * Lay a decision over a change and its set: RP_CONSOLIDATED_BASE, _TEXT with
 * `text`, or a choice. Without effect for a choice that is not there, and for a
 * compromise on a change of a set.
 */
void rp_consolidated_decide(struct rp_consolidated_view *v, size_t change,
    int choice, rp_text text);

/*
 * A compromise as somebody typed it, in the place of a range: with space before
 * and behind it where the first alternative has some, for that may stand
 * between two words.
 */
rp_text rp_consolidated_spaced(struct rp_arena *a,
    const struct rp_consolidated_change *c, rp_text typed);

/* The choice of this key, or RP_CONSOLIDATED_OPEN. */
int rp_consolidated_choice(const struct rp_consolidated_change *c, rp_text key);

/* Brackets that are not decided. */
size_t rp_consolidated_open(const struct rp_consolidated_view *v);

#endif
