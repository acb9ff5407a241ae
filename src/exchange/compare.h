/*
 * compare - a comparison as a document with revisions, and as a Word document.
 *
 * An edit script (redline/script.h) and its two documents make one document:
 * the old one, in which everything that is new is inserted or moved to its
 * place, and everything that is gone is deleted or moved away. Words are marked
 * inside paragraphs; a paragraph that was moved is marked as a whole at both
 * places. Accepting it gives the new document, rejecting the old one. Each
 * block of the body says in `margin` what the script says of it. In Word
 * documents the mark of the last paragraph of a story or a cell can neither
 * come nor go: where it would, the mark before it does, as when somebody writes
 * on or deletes from the end of a paragraph.
 *
 * Word has no revision for a column: a table whose columns changed goes and
 * comes as a whole in a Word document, and is counted in the report.
 *
 * The Word document is the old package, patched (codec/docx_write.h). It is
 * checked before it is given out: written, read back, accepted and rejected,
 * and compared with the two documents: paragraphs, labels, notes, tables. If it
 * does not hold, the next form is tried: paragraphs with their own lists, then
 * whole paragraphs deleted and inserted instead of words, then all of them. The
 * report says which one it was. RP_E_INTERNAL if even that does not hold.
 *
 * Both documents must be without revisions of their own (exchange/file.h takes
 * them). Not compared, and left as in the old document: headers and footers,
 * looks of words, properties other than styles and lists.
 */
#ifndef RP_EXCHANGE_COMPARE_H
#define RP_EXCHANGE_COMPARE_H

#include "redline/script.h"

struct rp_docx_read;
struct rp_docx_write;

/* For writing and checking, beside the arena; it is given back. */
#define RP_COMPARE_SCRATCH ((size_t)256 << 20)

enum rp_compare_form {
	RP_COMPARE_WORDS = 0,
	RP_COMPARE_OWN_LISTS,  /* words; all lists brought over */
	RP_COMPARE_PARAGRAPHS, /* what changed, as whole paragraphs */
	RP_COMPARE_ALL,        /* every paragraph deleted and inserted */
};

struct rp_compare_options {
	rp_text author;
	rp_text date;              /* RFC 3339; empty: none */
	enum rp_compare_form form; /* the first one to try */
};

struct rp_compare_report {
	enum rp_compare_form form;
	rp_text why; /* what did not hold in the form before; empty: nothing */
	uint32_t tables; /* new ones that came as a whole: their columns changed
			  */
	struct rp_document *document;
};

/*
 * The document with revisions. Its blocks are of package 0 (old) and 1 (new),
 * as codec/docx_write.h wants them; other writers look at runs and marks. `w`
 * says for two Word documents which lists are the same, and lets the layout of
 * paragraphs be compared; NULL for others: lists are the same by their numbers.
 */
struct rp_document *rp_compare_revise(struct rp_arena *a,
    const struct rp_script *s, const struct rp_compare_options *o,
    const struct rp_docx_write *w) RP_MUST_USE RP_NONNULL_RET;

/* The Word document, of at most `max` octets. */
struct rp_err *rp_compare_docx(struct rp_arena *a,
    const struct rp_docx_read *old, const struct rp_docx_read *now,
    const struct rp_script *s, const struct rp_compare_options *o, size_t max,
    rp_bytes *out, struct rp_compare_report *out_report) RP_MUST_USE;

#endif
