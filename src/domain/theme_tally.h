/*
 * theme_tally - what is counted of a codebook, kept.
 *
 * With a hundred thousand answers the figures of a question take most of a
 * second to count. The worker counts them when something has changed and keeps
 * them; a page takes what was kept, or, if anything has changed since, counts
 * by itself. So a figure is never stale: codebook.changes counts up, by
 * triggers of the database, with every row that a figure is made of (decisions,
 * the run that is shown, publication, withdrawal, erasure, revision), and what
 * was kept holds for one count of it. What is kept are numbers alone.
 */
#ifndef RP_DOMAIN_THEME_TALLY_H
#define RP_DOMAIN_THEME_TALLY_H

#include "domain/theme.h"

struct rp_tally {
	int64_t theme_id;
	struct rp_theme_figures f;
};
struct rp_tallies RP_VEC(struct rp_tally);

/* For the modules about themes. Of every theme, with those below it. */
struct rp_err *rp_tally_of_themes(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, struct rp_tallies *out) RP_MUST_USE;

/* Who is in which state; a codebook that does not exist has all unread. */
struct rp_err *rp_tally_balance(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, struct rp_theme_balance *out) RP_MUST_USE;

/* Answers that the run that is shown has not read. */
struct rp_err *rp_tally_new(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t *out) RP_MUST_USE;

/*
 * For the worker. rp_tally_count() counts a codebook that has changed, in a
 * reading transaction, into `out`; `out->codebook_id` is 0 where there is none.
 * rp_tally_keep() keeps it, if nothing has changed in between.
 */
struct rp_tally_row {
	rp_text kind, value; /* as in the table theme_tally */
	int64_t theme_id, responses, distinct_texts, campaign, heard;
};
struct rp_tally_rows RP_VEC(struct rp_tally_row);
struct rp_counted {
	int64_t codebook_id, changes;
	struct rp_tally_rows rows;
};
struct rp_err *rp_tally_count(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_counted *out) RP_MUST_USE;
struct rp_err *rp_tally_keep(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_counted *c) RP_MUST_USE;

#endif
