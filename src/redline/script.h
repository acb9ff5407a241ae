/*
 * script - what was done to an old text to make the new one.
 *
 * The truth of a comparison: the JSON edit script, the tracked changes of a
 * DOCX, the page and the counts are all made from it. Blocks are counted from 0
 * in each version, all blocks of the body, in reading order; positions in a
 * block are octets of rp_block_text(), so a label is never marked.
 *
 * Edits stand in the order of the new text; what is only in the old one stands
 * after the edit of what was before it. Each block of either version is named
 * exactly once as `old`, or in one `merged`, or as `now`.
 *
 * Split and merge: where old block i became new blocks j, k, the edit of (i, j)
 * keeps what stayed, and k is an RP_OP_INSERT with split_of = i whose runs say
 * EQUAL where its text came out of i; the runs of (i, j) do not delete that
 * text. Where old i and h became new j, the edit of (i, j) has h in `merged`,
 * with runs that say EQUAL for what came out of h. Runs carry the block they
 * are from.
 *
 * Everything lives in the arena of the comparison and borrows the two
 * documents.
 */
#ifndef RP_REDLINE_SCRIPT_H
#define RP_REDLINE_SCRIPT_H

#include "document/document.h"

#define RP_NO_BLOCK UINT32_MAX

enum rp_op {
	RP_OP_EQUAL = 0,
	RP_OP_EDIT,
	RP_OP_INSERT,
	RP_OP_DELETE,
	RP_OP_MOVE, /* moved, and edited too where a run is not EQUAL */
};

/* The conventions of proposals to an ITU conference (process.md 13). */
enum rp_change_class {
	RP_CLASS_NOC = 0, /* no change, also when only renumbered */
	RP_CLASS_MOD,
	RP_CLASS_MOD_EDITORIAL, /* (MOD): case, white space, quotes, references
				 */
	RP_CLASS_ADD,
	RP_CLASS_SUP,
};

enum rp_run_change {
	RP_CHANGE_EQUAL = 0,
	RP_CHANGE_INS,
	RP_CHANGE_DEL,
};

/*
 * A piece of text. `from` and `to` are octets in the old block for DEL and in
 * the new block for INS and EQUAL; EQUAL also has its place in the old block
 * `old_block` at `old_from` (the octets may differ where only the class of
 * white space does; `to - from` is of the new one, old_to - old_from of the old
 * one).
 */
struct rp_script_run {
	enum rp_run_change change;
	uint32_t old_block; /* EQUAL and DEL */
	uint32_t old_from, old_to;
	uint32_t from, to;
	/* Follows from another change (a reference renumbered), no substance.
	 */
	bool consequential;
};

/* A footnote or endnote whose mark or text changed. Indices in doc->notes. */
struct rp_script_note {
	uint32_t old, now; /* RP_NO_BLOCK: only in the other version */
	struct rp_script_runs RP_VEC(struct rp_script_run) runs;
};

/* A header or footer that differs. Indices in doc->margins. */
struct rp_script_margin {
	enum rp_story_kind kind;
	uint32_t old, now; /* RP_NO_BLOCK: only in the other version */
	struct rp_script_runs runs;
};

struct rp_edit {
	enum rp_op op;
	enum rp_change_class class;
	uint32_t old, now; /* RP_NO_BLOCK: none */
	uint32_t split_of; /* RP_NO_BLOCK: none */
	struct rp_merged RP_VEC(uint32_t) merged;
	bool renumbered;  /* both have a label and they differ */
	bool reformatted; /* the same text in another style, level or list */
	struct rp_script_runs runs; /* empty: EQUAL as a whole */
	struct rp_script_notes RP_VEC(struct rp_script_note) notes;
};

enum rp_reference_state {
	RP_REFERENCE_OK = 0,  /* the target has the label that is quoted */
	RP_REFERENCE_UPDATED, /* it was renumbered and the text follows */
	RP_REFERENCE_STALE,   /* it was renumbered and the text does not */
	RP_REFERENCE_GONE,    /* there is no such provision any more */
};

/* A quotation of another provision, in the new text. */
struct rp_script_reference {
	uint32_t at;                     /* block of the new version */
	uint32_t from, to;               /* octets there */
	uint32_t old_target, new_target; /* blocks; RP_NO_BLOCK: none */
	enum rp_reference_state state;
	/*
	 * OK if it means what it seems to, but it may mean a provision of
	 * another call-out that reads the same, and that one was renumbered or
	 * is gone; or the call-out was reworded: somebody should look.
	 */
	bool doubtful;
};

struct rp_script {
	const struct rp_document *old, *now;
	struct rp_edits RP_VEC(struct rp_edit) edits;
	struct rp_script_references RP_VEC(
	    struct rp_script_reference) references;
	struct rp_script_margins RP_VEC(struct rp_script_margin) margins;
	/* For the summary. Words are those of text/words.h that are words. */
	uint32_t n_noc, n_mod, n_editorial, n_add, n_sup, n_moved, n_renumbered;
	uint32_t words_inserted, words_deleted, words_equal;
};

#endif
