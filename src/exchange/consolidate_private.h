/* consolidate_private - what consolidate.c and consolidate_revise.c share. */
#ifndef RP_EXCHANGE_CONSOLIDATE_PRIVATE_H
#define RP_EXCHANGE_CONSOLIDATE_PRIVATE_H

#include "exchange/consolidate.h"

/* A note that parties put into a paragraph that stays. */
struct rp_added_note {
	uint32_t at; /* block of the base */
	size_t pos;  /* octet of its text */
	rp_parties who;
	uint32_t party, note; /* of whom the text is; in its document */
};

/* What becomes of a note of the base. */
struct rp_base_note {
	rp_parties gone;    /* by whom */
	rp_parties changed; /* all to the same text, or it is contested */
	bool contested;     /* then it stays as it is */
	uint32_t party, note;
	const struct rp_script_note *told; /* of that party */
};

struct rp_merged_notes {
	struct rp_added_notes RP_VEC(struct rp_added_note) added; /* in order */
	struct rp_base_note *base;
	uint32_t left_out[RP_MERGE_PARTIES_MAX]; /* of each party */
};

/* The parties' notes beside the merged text. */
struct rp_merged_notes *rp_consolidate_notes(struct rp_arena *a,
    const struct rp_consolidated *c);

#endif
