/*
 * sample - documents that tests and measurements write as plain lines.
 *
 *	RESOLUTION 102
 *	considering
 *	a)<tab>that the Internet[^1]
 *	| cell | cell |		a row; rows beside each other are one table
 *	[^1]: the text of note 1
 *
 * A line is a block; what stands before a tab is its label. A line without one
 * that starts in lower case, has no mark at its end and at most twelve words,
 * and is followed by a line with a label or by one of at least five words, is a
 * call-out; labelled lines below it are provisions, roman ones below
 * letters or numbers a level deeper. Empty lines are left out; a line "_" is an
 * empty block. Not a reader of anybody's files. Tested in compare_test.c.
 */
#ifndef RP_REDLINE_SAMPLE_H
#define RP_REDLINE_SAMPLE_H

#include "document/document.h"

struct rp_document *rp_sample_document(struct rp_arena *a, rp_text lines,
    enum rp_label_kind kind);

#endif
