/* compare_private - what compare.c, compare_marks.c and
 * compare_merge.c share. */
#ifndef RP_EXCHANGE_COMPARE_PRIVATE_H
#define RP_EXCHANGE_COMPARE_PRIVATE_H

#include "codec/docx_write.h"
#include "exchange/compare.h"

struct rp_compare_runs RP_VEC(struct rp_run);

/* One document that is being made of two. */
struct rp_compare_making {
	struct rp_arena *arena;
	const struct rp_script *s;
	const struct rp_document *old, *now;
	struct rp_document *d;
	rp_revision_ref ins, del, format;
	uint32_t formats, links, fields; /* where those of `now` begin */
	uint32_t *old_notes, *new_notes; /* place in d->notes, plus one */
	bool word;             /* what is made is for a Word document */
	uint32_t whole_tables; /* that go and come, as their columns changed */
	uint32_t *kept_notes;  /* old note -> new note whose mark it is, + 1 */
};

/* A run of either document as one of the document being made. */
struct rp_run rp_compare_run(struct rp_compare_making *m,
    const struct rp_run *r, bool now, rp_revision_ref ins, rp_revision_ref del);

/* All runs of a block. */
void rp_compare_all_runs(struct rp_compare_making *m, const struct rp_block *b,
    bool now, rp_revision_ref ins, rp_revision_ref del,
    struct rp_compare_runs *out);

/*
 * The runs of an old block that became a new one, labels and marks included.
 * True if anything in them is inserted or deleted.
 */
bool rp_compare_merge(struct rp_compare_making *m, const struct rp_block *old,
    const struct rp_block *now, uint32_t old_index,
    const struct rp_script_run *runs, size_t n,
    const struct rp_script_notes *notes, struct rp_compare_runs *out);

/* Text [from, to) of a block. */
void rp_compare_text(struct rp_compare_making *m, const struct rp_block *b,
    bool now, size_t from, size_t to, rp_revision_ref ins, rp_revision_ref del,
    struct rp_compare_runs *out);

/* Would its properties give paragraph x another number, style or layout? */
bool rp_compare_reformatted(const struct rp_block *x, const struct rp_block *y,
    const struct rp_docx_write *w);

/*
 * Marks that can be taken and undone in Word: the last one of a story or a cell
 * stays, and what was written in one go is one insertion.
 */
void rp_compare_keep_marks(struct rp_compare_making *m,
    struct rp_blocks *blocks, const struct rp_docx_write *w);

/* The label's runs, or what becomes of them. */
bool rp_compare_label(struct rp_compare_making *m, const struct rp_block *old,
    const struct rp_block *now, struct rp_compare_runs *out);

#endif
