/*
 * reference - what provisions quote of each other, and whether it still holds.
 *
 * A reference is a call-out of the document followed by the label of one of its
 * provisions: "considering e)", "resolves 2", "instructs the Secretary-General
 * 8", "taking into account b) and c) above". Call-outs are known from the
 * document itself (RP_BLOCK_CALLOUT), so any language will do whose labels
 * follow the call-out. Where several call-outs read the same, the nearest
 * one before the quotation that has the label is meant, else the nearest
 * behind it; unless only another of them makes the new text right.
 *
 * Where the words of the call-out were edited, the label still counts if it
 * stands where it stood.
 *
 * A quotation in the new text is compared with the same one in the old text of
 * that block: its old target became some new block, whose label it should
 * quote.
 *	OK	it does, and did;
 *	UPDATED	it does, and the label is another than before: the runs that
 *		change it are made `consequential`;
 *	STALE	it quotes the old label, which that block has no more;
 *	GONE	its target was deleted, or there never was one.
 *
 * One that is OK is `doubtful` if another call-out that reads the same had such
 * a provision too, and that one was renumbered or is gone; or if the label is
 * right, but the call-out was reworded since and the quotation does not follow.
 *
 * A quotation that was given another target on purpose, or is new, is OK if it
 * has a target. Tested in reference_test.c.
 */
#ifndef RP_REDLINE_REFERENCE_H
#define RP_REDLINE_REFERENCE_H

#include "redline/pairing.h"
#include "redline/script.h"

/* Octets of a label in a quotation, and quotations of one call-out. */
#define RP_REFERENCE_LABEL_MAX 16
#define RP_REFERENCE_LIST_MAX 16

void rp_find_references(struct rp_arena *a, const struct rp_pairing *p,
    struct rp_script *script);

#endif
