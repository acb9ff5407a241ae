/* pair_private - what pair.c and consolidate.c share: files in, formats out. */
#ifndef RP_EXCHANGE_PAIR_PRIVATE_H
#define RP_EXCHANGE_PAIR_PRIVATE_H

#include "codec/docx_write.h"
#include "exchange/pair.h"

struct rp_sink;

/* A file as it was read, its own revisions taken. */
struct rp_pair_side {
	struct rp_document *document;
	struct rp_docx_read docx;
	bool is_docx;
};

/* What is wrong with it is said with its name in front. */
struct rp_err *rp_pair_read_side(struct rp_arena *a,
    const struct rp_pair_file *f, struct rp_pair_side *out) RP_MUST_USE;

/*
 * For all but Word documents: labels as what they are, computed, so that one
 * that moved on is shown as it is now and not as words deleted and inserted.
 */
void rp_pair_free_labels(struct rp_document *d);

/* A document with revisions in a format that is neither Word's nor JSON. */
void rp_pair_write(struct rp_sink *s, const struct rp_document *d,
    const struct rp_pair_options *o);

#endif
