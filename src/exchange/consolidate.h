/*
 * consolidate - a base and the files of several parties, as one document.
 *
 * What comes is foreign; the readers of codec/ judge it, and have the fuzz
 * targets. Files are those that pair.h knows. A party's own revisions are
 * taken, so the usual file of a delegation (the base with tracked changes) and
 * a clean text do the same; then it is compared with the base, and all are
 * merged (redline/merge.h). A move is one set of changes, and so is one
 *intention in several places (redline/merge_sets.h).
 *
 * The document with revisions is the base, in which
 *
 *	what is undisputed		is inserted, deleted or moved by its
 *					sponsors: the author is "A, B"
 *	what is in brackets		is [base] [Alt 1 (A, B): text]
 *					[Alt 2 (C): text], "[NOC (D): base]"
 *					where D objects, "SUP" for what goes
 *					as a whole and "moved" for what moves;
 *					texts are by their parties, the rest by
 *					`author`
 *	labels that a party typed anew	are counted anew, by `author`
 *
 * Rejecting it all gives the base. Labels are not counted anew where the base
 * counts in its own way, nor where a party's new provision is a "bis", which
 * waits for adoption.
 *
 * The Word document is the base's package, patched (codec/docx_write.h). It is
 * written, read back, rejected and compared with the base, accepted and
 * compared with the model; where it does not hold, paragraphs that changed are
 * tried as a whole. For all formats the projection of the merged text on each
 * party must be that party's text. RP_E_INTERNAL if anything of it does not
 * hold. The same input gives the same octets.
 *
 * Notes come with the paragraphs that parties add, and with their marks in
 *those that stay; they go where a party takes them out, and are marked word by
 *word where it changes them. A note that parties treat differently stays as it
 *is. Left out and counted are such notes, those of a paragraph that others take
 * out, and images and objects in new paragraphs; a new row of a table becomes
 * paragraphs in the cell before.
 *
 * Decisions are carried out before anything is written: what was decided for
 * the base is not shown, what was decided for an alternative is its sponsors'
 * undisputed change, and a compromise is by `author`. They name a change by its
 * key (change_key.h); one whose question is another by now has no effect. JSON
 * says them beside the changes. With `clean` and no bracket left, the Word
 * document is that of the text as decided, numbered cleanly, without revisions.
 *
 * RP_E_INVALID, RP_E_LIMIT as the readers say, with the file's name in front;
 * RP_E_INVALID for names that are empty or not different, for a Word document
 * from a base that is none, for places that are not there, and for a clean text
 * while brackets are open.
 */
#ifndef RP_EXCHANGE_CONSOLIDATE_H
#define RP_EXCHANGE_CONSOLIDATE_H

#include "exchange/pair.h"
#include "exchange/provision_edit.h"
#include "redline/merge.h"

struct rp_docx_read;

#define RP_CONSOLIDATE_PARTIES_MAX ((size_t)12)
#define RP_CONSOLIDATE_NOC_MAX ((size_t)256)
#define RP_CONSOLIDATE_NAME_MAX ((size_t)100) /* octets */
#define RP_CONSOLIDATE_DECISIONS_MAX ((size_t)1000)
/* For checking one party's text, beside the arena. */
#define RP_CONSOLIDATE_SCRATCH ((size_t)192 << 20)

struct rp_consolidate_party {
	rp_text name;
	struct rp_pair_file
	    file; /* without octets: it only objects, or edits */
	const struct rp_provision_edit *edits; /* in place of a file */
	size_t n_edits;
};

/*
 * A party wants a provision unchanged: "#12" is paragraph 12, counted from 1;
 * "b)" or "b" a label that is there once; "considering b)" one below a line
 * that begins with "considering".
 */
struct rp_consolidate_noc {
	size_t party;
	rp_text place;
};

struct rp_consolidate_decision {
	rp_text change; /* its key */
	bool base;
	rp_text choice; /* its key; empty: a compromise */
	rp_text text;   /* of the compromise: rp_merge_propose() */
};

struct rp_consolidate_options {
	enum rp_pair_format format; /* all but RP_PAIR_SIDE */
	rp_text author;             /* of brackets and labels */
	rp_text date;               /* RFC 3339; empty: none */
	const struct rp_consolidate_noc *noc;
	size_t n_noc;
	/* One after another: a later one on the same set holds. */
	const struct rp_consolidate_decision *decisions;
	size_t n_decisions;
	bool clean; /* RP_PAIR_DOCX */
};

/* Of one party. */
struct rp_consolidate_tally {
	uint32_t applied;   /* undisputed changes that it sponsors */
	uint32_t bracketed; /* brackets with its alternative */
	uint32_t objects;   /* brackets with its objection */
	uint32_t left_out;  /* images, objects, contested notes */
};

struct rp_consolidate {
	struct rp_consolidated *merged;
	struct rp_consolidate_tally parties[RP_CONSOLIDATE_PARTIES_MAX];
	uint32_t undisputed, shared; /* changes; shared: by more than one */
	uint32_t brackets, objections;
	uint32_t open; /* brackets that are not decided */
	rp_text why;   /* whole paragraphs were needed; empty: they were not */
	rp_bytes octets;
};

/* `words` is the process's; everything in `out` lives in `a`. */
struct rp_err *rp_consolidate(struct rp_arena *a, struct rp_words *words,
    const struct rp_pair_file *base, const struct rp_consolidate_party *parties,
    size_t n, const struct rp_consolidate_options *o,
    struct rp_consolidate *out) RP_MUST_USE;

/* In English: a line for each party, then the whole. */
rp_text rp_consolidate_summary(struct rp_arena *a,
    const struct rp_consolidate *c);

/*
 * The document with revisions alone. With `whole`, paragraphs that changed go
 * and come as a whole. New blocks are of package 1 and have the properties of
 * blocks of the base, so package 1 of codec/docx_write.h is the base again.
 */
struct rp_document *rp_consolidate_revise(struct rp_arena *a,
    const struct rp_consolidated *c, const struct rp_consolidate_options *o,
    bool whole) RP_MUST_USE RP_NONNULL_RET;

#endif
