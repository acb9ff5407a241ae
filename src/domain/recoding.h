/*
 * recoding - the same passages coded by a second person, blind, and how far
 * the two agree.
 *
 * Somebody draws passages that were decided on: at random, or those of which
 * the machine was least sure. What was decided is kept as it was then. Another
 * person, who decided on none of them, begins and says of each passage which
 * themes it has; until that is done that person is not shown what others said
 * of passages of this question (theme.h, decision.h), nor how they agree.
 * The second coder's word counts nowhere; where the two differ, somebody
 * settles it: that is a decision, which counts, and can be undone (decision.h).
 *
 * Who withdrew meanwhile is passed over. All of it needs RP_MAY_THEME.
 * RP_E_NOTFOUND; RP_E_INVALID: a size or basis that is none, nothing was
 * decided, no reason; RP_E_CONFLICT: it is in no state for it.
 */
#ifndef RP_DOMAIN_RECODING_H
#define RP_DOMAIN_RECODING_H

#include "domain/decision.h"
#include "themes/coders.h"

#define RP_RECODING_MAX 500    /* passages of one */
#define RP_RECODINGS_MAX 50    /* in a list */
#define RP_RECODING_THEMES 20  /* of one passage, by one coder */
#define RP_RECODING_LOOK 50000 /* decided passages that are drawn from */

struct rp_recoding {
	int64_t id, asked_at, coder_id;
	int64_t units, coded, settled;
	rp_text basis; /* sample, uncertain */
	rp_text person, coder;
	struct rp_codebook b;
};
struct rp_recodings RP_VEC(struct rp_recoding);

bool rp_recoding_done(const struct rp_recoding *r);

/* Draw `size` passages, fewer if fewer were decided; `seed` decides which. */
struct rp_err *rp_recoding_ask(const struct rp_actor *who, struct rp_tx *tx,
    int64_t question_id, rp_text basis, int64_t size, uint64_t seed,
    int64_t *out_id) RP_MUST_USE;

/* Newest first. */
struct rp_err *rp_recoding_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, struct rp_recodings *out) RP_MUST_USE;
struct rp_err *rp_recoding_get(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, struct rp_recoding *out) RP_MUST_USE;

/* Whether the actor codes blind in this codebook, and is not done. */
struct rp_err *rp_recoding_blind(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, bool *out) RP_MUST_USE;

/* Be the second coder. RP_E_CONFLICT: there is one, or who decided on one of
 * the passages asks. */
struct rp_err *rp_recoding_begin(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id) RP_MUST_USE;

/* What is to be coded next, for the second coder alone (RP_E_DENIED). */
struct rp_err *rp_recoding_next(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_recoding *r, size_t max,
    struct rp_theme_passages *out) RP_MUST_USE;

/* The second coder's word on a passage; theme_id 0: of no theme. `add`: beside
 * what was said before. */
struct rp_err *rp_recoding_code(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_recoding *r, struct rp_span span, int64_t theme_id,
    bool add) RP_MUST_USE;

/* What each coder said of a passage; themes ascending by id. */
struct rp_said {
	size_t n;
	int64_t themes[RP_RECODING_THEMES];
};

struct rp_recoded {
	int64_t id, position, response_id, number;
	struct rp_span span;
	bool is_settled, differ;
	bool is_heard; /* at a session: no response has a number */
	struct rp_said first, second;
};

struct rp_theme_agreement {
	int64_t theme_id;
	struct rp_coders_table n;
	struct rp_coders_agreement is;
};

struct rp_agreement {
	struct RP_VEC(struct rp_recoded) units; /* that both coded */
	/* Of themes that one of them gave, by id. */
	struct RP_VEC(struct rp_theme_agreement) themes;
	size_t same, differ, open; /* open: differ, and not settled */
	/* Of all themes of a passage at once: the same ones or not. */
	struct rp_coders_agreement all;
};

/* RP_E_CONFLICT to the second coder who is not done. */
struct rp_err *rp_recoding_agreement(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_recoding *r,
    struct rp_agreement *out) RP_MUST_USE;

/* The words of passages from one position to another. */
struct rp_recoded_text {
	int64_t position;
	rp_text text, lang;
};
struct rp_recoded_texts RP_VEC(struct rp_recoded_text);
struct rp_err *rp_recoding_texts(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_recoding *r, int64_t first, int64_t last,
    struct rp_recoded_texts *out) RP_MUST_USE;

enum rp_settle {
	RP_SETTLE_FIRST,
	RP_SETTLE_SECOND,
	RP_SETTLE_BOTH,
	RP_SETTLE_OTHER /* a theme, or none */
};

/* A difference is settled, here and where the same is said word for word.
 * RP_E_INVALID without a reason, RP_E_CONFLICT if there is none, or it is. */
struct rp_err *rp_recoding_settle(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_recoding *r, int64_t unit_id, enum rp_settle how,
    int64_t theme_id, rp_text reason) RP_MUST_USE;

#endif
