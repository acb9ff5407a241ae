/*
 * decision - what persons decide about themes, each with its way back.
 *
 * Every act on a codebook is a row of its log: who, when, what, why; and an
 * event of the audit trail. Each row that the act changed is kept beside it as
 * it was and as it became, so any decision can be undone, even long after: it
 * is refused only where a later decision changed the same row, which then has
 * to be undone first. Undoing is a decision too, and can be undone.
 *
 * Nothing is ever deleted. What a person said about octets of an answer is
 * pinned: a run of the engine shows only where no person has decided.
 *
 * All acts need RP_MAY_THEME. RP_E_INVALID: no reason where one is needed, a
 * name or place that is none, a theme of another question; RP_E_CONFLICT: the
 * theme is in no state for it; RP_E_NOTFOUND; RP_E_LIMIT.
 */
#ifndef RP_DOMAIN_DECISION_H
#define RP_DOMAIN_DECISION_H

#include "domain/theme.h"

#define RP_DECISION_REASON_MAX 1000 /* octets */
#define RP_DECISION_PAGE 50         /* of one list */
#define RP_DECISION_COPIES 2000     /* texts that say the same, in one act */
#define RP_DECISION_SPLIT 500       /* passages in one act */

/* A theme made by hand: confirmed. parent_id 0: at the top. */
struct rp_err *rp_theme_create(const struct rp_actor *who, struct rp_tx *tx,
    int64_t question_id, int64_t parent_id, rp_text name, rp_text lang,
    rp_text reason, int64_t *out_id) RP_MUST_USE;

/* A suggestion becomes a theme, or does not. */
struct rp_err *rp_theme_confirm(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, rp_text reason) RP_MUST_USE;
struct rp_err *rp_theme_reject(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, rp_text reason) RP_MUST_USE;

/* No longer used; what is under it is unread again. */
struct rp_err *rp_theme_retire(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, rp_text reason) RP_MUST_USE;

/* One of rp_theme_fields in one language; empty removes it, but for a name. */
struct rp_err *rp_theme_reword(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, rp_text field, rp_text lang, rp_text text,
    rp_text reason) RP_MUST_USE;

/* All that is under `id` is under `into` from now on. */
struct rp_err *rp_theme_merge(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, int64_t into, rp_text reason) RP_MUST_USE;

/* Under another theme of the top; parent_id 0 promotes it to the top. */
struct rp_err *rp_theme_move(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, int64_t parent_id, rp_text reason) RP_MUST_USE;

/* Octets of an answer. */
struct rp_span {
	int64_t answer_id, from, to;
};
struct rp_spans RP_VEC(struct rp_span);

/* Passages of a theme become a new one beside it, pinned there. */
struct rp_err *rp_theme_split(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, const struct rp_spans *spans, rp_text name, rp_text lang,
    rp_text reason, int64_t *out_id) RP_MUST_USE;

/* What to do with octets. */
struct rp_coding_act {
	struct rp_span span;
	int64_t theme_id; /* 0: read, and of no theme */
	bool add;         /* beside what was decided; else in its place */
	bool copies;      /* also where the same is said, word for word */
	rp_text reason;   /* may be empty */
};
struct rp_err *rp_coding_set(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, const struct rp_coding_act *act) RP_MUST_USE;

/* No person's word any more: the machine's shows again. */
struct rp_err *rp_coding_clear(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, struct rp_span span,
    rp_text reason) RP_MUST_USE;

/* A whole answer was read: RP_READING_NO_THEME or RP_READING_EMPTY. */
struct rp_err *rp_reading_set(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t response_id, enum rp_reading state,
    rp_text reason) RP_MUST_USE;

/* Into the library: `kind` is practice or challenge. */
struct rp_err *rp_passage_mark(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, struct rp_span span, rp_text kind,
    rp_text reason) RP_MUST_USE;

/* To illustrate a theme; once more takes it back. Public octets only. */
struct rp_err *rp_theme_quote(const struct rp_actor *who, struct rp_tx *tx,
    int64_t theme_id, struct rp_span span) RP_MUST_USE;

struct rp_decision {
	int64_t id, at, theme_id, other_id, response_id, n, undoes, undone_by;
	rp_text person, kind, reason;
	/* The reader codes blind (recoding.h): what it was is not told. */
	bool is_hidden;
};
struct rp_decisions RP_VEC(struct rp_decision);

/* Newest first, below an id (0: the newest). */
struct rp_err *rp_decision_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t below_id,
    struct rp_decisions *out) RP_MUST_USE;

/* RP_E_CONFLICT if it is undone, or a later decision changed the same. */
struct rp_err *rp_decision_undo(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, rp_text reason) RP_MUST_USE;

#endif
