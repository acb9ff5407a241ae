/*
 * decision_private - how an act on a codebook is written down.
 *
 * rp_act_begin() asks for the right, writes the row of the log and the event;
 * then every row that the act changes goes through one of the functions below,
 * which change it and keep what it was.
 * Tested in decision_test.c.
 */
#ifndef RP_DOMAIN_DECISION_PRIVATE_H
#define RP_DOMAIN_DECISION_PRIVATE_H

#include "domain/decision.h"
#include "store/q_theme.h"

struct rp_theme_act {
	const struct rp_actor *who;
	struct rp_tx *tx;
	struct rp_codebook b;
	int64_t id; /* of the decision */
};

/* What is told of an act; ids may be 0. */
struct rp_act_about {
	const char *kind;
	int64_t theme_id, other_id, response_id, n, undoes;
	rp_text reason;
};

struct rp_err *rp_act_begin(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, const struct rp_act_about *about,
    struct rp_theme_act *out) RP_MUST_USE;

/* A theme as it is to be; the row must be one of the codebook. */
struct rp_theme_to {
	rp_text state;
	int64_t parent_id, merged_into;
};
struct rp_err *rp_act_theme(const struct rp_theme_act *d, int64_t theme_id,
    const struct rp_theme_to *to) RP_MUST_USE;

/* A new theme. */
struct rp_err *rp_act_new_theme(const struct rp_theme_act *d,
    const struct rp_theme_to *to, rp_text made_by, rp_text label,
    rp_text label_lang, int64_t *out_id) RP_MUST_USE;

/* `kind`: coding, reading, quote, passage, settled or attached, whose rows
 * stand or not. `is_new`: it was inserted just now. */
struct rp_err *rp_act_stand(const struct rp_theme_act *d, const char *kind,
    int64_t row_id, bool is_standing, bool is_new) RP_MUST_USE;

/* The run that the codebook shows. */
struct rp_err *rp_act_run(const struct rp_theme_act *d,
    int64_t run_id) RP_MUST_USE;

struct rp_err *rp_act_wording(const struct rp_theme_act *d, int64_t theme_id,
    rp_text field, rp_text lang, rp_text text) RP_MUST_USE;

/* A person's word on a span, in place of what was decided or beside it. */
struct rp_err *rp_act_code(const struct rp_theme_act *d, struct rp_span span,
    int64_t response_id, int64_t theme_id, bool add) RP_MUST_USE;

/* The same where the run found the same text; `n` grows by how many. */
struct rp_err *rp_act_copies(const struct rp_theme_act *d,
    const struct rp_coding_act *act, int64_t *n) RP_MUST_USE;

/* The row of a theme of this codebook that stands. */
struct rp_err *rp_act_standing(struct rp_tx *tx, const struct rp_codebook *b,
    int64_t theme_id, struct q_theme_get_row *out) RP_MUST_USE;

#endif
