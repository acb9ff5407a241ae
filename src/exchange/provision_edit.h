/*
 * provision_edit - a party's text made from the base, provision by provision.
 *
 * An edit names a block of the base (the body's blocks, all counted from 0) and
 * says what becomes of it. The provision keeps its label, its form and its
 * notes. What is added stands behind the block and takes its form: each line is
 * a paragraph. A line that begins with a label of its own ("2bis", "b)") has
 * that; else, behind a provision with a typed label, the first one is its
 * "bis", the second its "ter" and so on, which a clean text counts anew.
 *
 * Several edits may add behind one block; a block is replaced or suppressed
 * once. RP_E_INVALID for a block that is not there or that is no text, and for
 * two edits of one block.
 */
#ifndef RP_EXCHANGE_PROVISION_EDIT_H
#define RP_EXCHANGE_PROVISION_EDIT_H

#include "document/document.h"

enum rp_provision_op {
	RP_PROVISION_REPLACE = 0, /* line breaks become spaces */
	RP_PROVISION_SUPPRESS,
	RP_PROVISION_ADD,
};

struct rp_provision_edit {
	enum rp_provision_op op;
	uint32_t block;
	rp_text text;
};

/* Texts are borrowed from `base` and `edits`. */
struct rp_err *rp_provision_edit(struct rp_arena *a,
    const struct rp_document *base, const struct rp_provision_edit *edits,
    size_t n, struct rp_document **out) RP_MUST_USE;

#endif
