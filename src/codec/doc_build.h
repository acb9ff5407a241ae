/*
 * doc_build - a document being put together by a reader.
 *
 * What the readers of all formats have in common: the limits of document.h are
 * counted here (RP_E_LIMIT), text is made clean (NFC, no controls but tab and
 * line feed), and runs that differ in nothing become one, so that equal
 * documents are equal models whatever their files did.
 *
 * Runs are gathered in the caller's own rp_doc_runs, so that a note can be read
 * in the middle of a paragraph.
 */
#ifndef RP_CODEC_DOC_BUILD_H
#define RP_CODEC_DOC_BUILD_H

#include "document/document.h"

struct rp_doc_runs RP_VEC(struct rp_run);

struct rp_doc_build {
	struct rp_arena *arena;
	struct rp_document *doc;
	size_t blocks, runs, text;
};

void rp_doc_build_init(struct rp_doc_build *b, struct rp_arena *a);

/*
 * Octets that are valid UTF-8 become text: other controls become spaces, what
 * is no character U+FFFD.
 */
rp_text rp_doc_clean(struct rp_arena *a, rp_bytes in);

/* The same with runs of white space as one space: titles, attributes. */
rp_text rp_doc_clean_line(struct rp_arena *a, rp_bytes in);

/*
 * Text of XML with white space folded: `last` is the octet before it, and then
 * its last one. It is a space where none is to come first.
 */
rp_text rp_doc_fold(struct rp_arena *a, rp_text t, char *last);

struct rp_err *rp_doc_build_run(struct rp_doc_build *b,
    struct rp_doc_runs *runs, const struct rp_run *run) RP_MUST_USE;

/*
 * Put a block with these runs behind the others of `to` and empty `runs`.
 * `block->label_runs` counts in `runs`.
 */
struct rp_err *rp_doc_build_block(struct rp_doc_build *b, struct rp_blocks *to,
    const struct rp_block *block, struct rp_doc_runs *runs) RP_MUST_USE;

/* An empty note; `out` is its index. */
struct rp_err *rp_doc_build_note(struct rp_doc_build *b,
    enum rp_story_kind kind, rp_text id, uint32_t *out) RP_MUST_USE;

/* An address; that of the link before is found again. */
uint32_t rp_doc_build_link(struct rp_doc_build *b, rp_text href);

struct rp_err *rp_doc_build_revise(struct rp_doc_build *b,
    const struct rp_revision *r, rp_revision_ref *out) RP_MUST_USE;

/* For writers: what holds for a block as a whole. */
struct rp_doc_state {
	rp_revision_ref ins, del; /* of all its runs and its mark, or 0 */
	bool changed;             /* something in it is revised */
};

struct rp_doc_state rp_doc_state_of(const struct rp_block *b);

#endif
