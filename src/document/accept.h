/*
 * accept - a document with its revisions taken, or undone.
 *
 * Accepting takes what was inserted or moved to a place, and drops what was
 * deleted or moved away; rejecting does the opposite. Both make a new document
 * without revisions; its texts are borrowed from the old one, so they live
 * together. What applies to runs applies to paragraph marks, table rows and
 * cells, and to notes: a note without a mark is gone, and the others are
 * numbered anew.
 *
 * A paragraph mark that goes joins its paragraph with the next one, whose
 * properties stay, as in Word; a paragraph that goes as a whole leaves nothing.
 * There is nothing to join with at the end of a cell, of a story and before a
 * table: then the paragraph stays, but for one that is empty where another one
 * is left.
 *
 * Labels: automatic ones are those that the reader's numbering engine counted
 * for this view; typed ones are found anew (label.h).
 */
#ifndef RP_DOCUMENT_ACCEPT_H
#define RP_DOCUMENT_ACCEPT_H

#include "document/document.h"

struct rp_document *rp_document_accept(struct rp_arena *a,
    const struct rp_document *d) RP_MUST_USE RP_NONNULL_RET;

struct rp_document *rp_document_reject(struct rp_arena *a,
    const struct rp_document *d) RP_MUST_USE RP_NONNULL_RET;

/*
 * Do two documents say the same: blocks with their labels, texts, notes' marks
 * and cells in the same order, and notes? Empty texts, or what differs first.
 * Looks, styles and properties are not compared.
 */
rp_text rp_document_difference(struct rp_arena *a, const struct rp_document *x,
    const struct rp_document *y);

#endif
