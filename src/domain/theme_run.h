/*
 * theme_run - runs of the engine over the answers to a question.
 *
 * A run finds themes; or it gives the themes that there are to units that
 * nobody decided on, learnt from what persons decided; or it reads new answers
 * alone and leaves all others as they are. It abstains where it is not sure.
 *
 * Somebody asks for a run; the worker claims it, reads the answers, computes
 * with no transaction open, and stores what it found under the run's id, in
 * many short transactions. Then the run is `ready`: the codebook still shows
 * what it showed. The difference is counted (how many responses would move) and
 * the run is applied by a person, as a decision that can be undone
 * (decision.h); or dropped.
 *
 * A claim ends at a time that progress puts off. When a worker dies the run is
 * begun again from the start by whoever claims it next, at most RP_RUN_TRIES
 * times, then it fails and says so; what the dead one stored is cleared first,
 * and what it might still store is refused, for its try is over. Persons'
 * decisions lie elsewhere and are not touched by any of this.
 *
 * A theme that the run found again keeps its identity: the one with which it
 * shares most units, if it shares half. What was rejected stays rejected.
 *
 * Asking, cancelling, applying and dropping need RP_MAY_THEME; the rest is for
 * the worker (RP_E_DENIED for others).
 */
#ifndef RP_DOMAIN_THEME_RUN_H
#define RP_DOMAIN_THEME_RUN_H

#include "base/clock.h"
#include "domain/theme.h"

#define RP_RUN_TRIES 3
#define RP_RUN_CLAIM (30 * RP_SECOND)
#define RP_RUN_WANTED_MAX 70 /* themes asked for */
#define RP_RUN_BATCH 2000    /* answers read at once */
#define RP_RUN_STORE_MAX 200 /* rows of one call of rp_theme_run_store() */

enum rp_run_kind {
	RP_RUN_GROUP, /* "group": find themes */
	RP_RUN_MAP,   /* "map": the themes that there are, for all answers */
	RP_RUN_MORE,  /* "more": for answers that the shown run has not read */
	RP_RUN_KINDS
};

struct rp_theme_run {
	enum rp_run_kind kind;
	int64_t id, codebook_id, seed, wanted, permille, tries, claimed_until,
	    responses, units, themes, campaigns, asked_at, started_at, ended_at;
	rp_text state; /* waiting, running, ready, applied, dropped,
			  cancelled, failed */
	rp_text stage; /* read, campaigns, group, quote, store; "" */
	rp_text reason;
	bool is_cancelled; /* asked to stop */
};

/* The last run of a question; id 0 for none. */
struct rp_err *rp_theme_run_last(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, struct rp_theme_run *out) RP_MUST_USE;

/*
 * `wanted` themes, 0: as many as there are. RP_E_CONFLICT while one waits or
 * runs, or there are no themes to map to, no run to go on with; RP_E_INVALID
 * for more than RP_RUN_WANTED_MAX.
 */
struct rp_err *rp_theme_run_ask(const struct rp_actor *who, struct rp_tx *tx,
    int64_t question_id, enum rp_run_kind kind, int64_t wanted, int64_t seed,
    int64_t *out_id) RP_MUST_USE;

/* Answers that the shown run has not read; 0 if none is shown. */
struct rp_err *rp_theme_run_new(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t *out) RP_MUST_USE;

/* RP_E_CONFLICT if it is over. */
struct rp_err *rp_theme_run_cancel(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t id) RP_MUST_USE;

/* Responses that would have other themes than now, some for the first time,
 * none any more. RP_E_CONFLICT unless it is ready. */
struct rp_theme_diff {
	int64_t moved, gained, lost;
};
struct rp_err *rp_theme_run_diff(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t id,
    struct rp_theme_diff *out) RP_MUST_USE;

/*
 * Show it: themes that it found for the first time are suggested.
 * `seen` is the difference that was confirmed: RP_E_CONFLICT if it is another
 * by now.
 */
struct rp_err *rp_theme_run_apply(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t id, const struct rp_theme_diff *seen,
    rp_text reason) RP_MUST_USE;
struct rp_err *rp_theme_run_drop(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t id) RP_MUST_USE;

/* For the worker. */

struct rp_run_work {
	enum rp_run_kind kind;
	int64_t id, codebook_id, question_id, seed, wanted, tries;
	rp_text question; /* in every language that there is, lines */
	/*
	 * The worker's, before it stores, if it gave themes that there are: by
	 * theme of the result the theme's id, by unit its turn, 0 for none.
	 */
	const int64_t *theme_ids;
	const uint32_t *turns;
};

/* A theme that stands, as its authors describe it; parents come first. */
struct rp_run_known_theme {
	int64_t id, parent_id; /* 0: at the top */
	rp_text name, words, lang;
};
struct rp_run_known_themes RP_VEC(struct rp_run_known_theme);
struct rp_err *rp_theme_run_themes(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_run_work *work,
    struct rp_run_known_themes *out) RP_MUST_USE;

/* What is said of octets of an answer: by persons, or by the shown run. */
struct rp_run_said {
	int64_t at; /* where the next batch goes on after */
	int64_t answer_id, from, to, theme_id, score; /* 0: of no theme */
};
struct rp_run_saids RP_VEC(struct rp_run_said);
struct rp_err *rp_theme_run_said(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_run_work *work, bool by_persons, int64_t after,
    struct rp_run_saids *out) RP_MUST_USE;

/* The next one; one that was cancelled, or tried too often, is ended here and
 * not given out. What an earlier try stored is cleared. */
struct rp_err *rp_theme_run_claim(const struct rp_actor *who, struct rp_tx *tx,
    bool *out_found, struct rp_run_work *out) RP_MUST_USE;

/* Texts of the body that say the same in several languages: `key` is of those
 * that do, and they lie together. RP_RUN_PARALLEL_MAX at most. */
#define RP_RUN_PARALLEL_MAX 20000
struct rp_run_text {
	rp_text key, lang, body;
};
struct rp_run_texts RP_VEC(struct rp_run_text);
struct rp_err *rp_theme_run_parallel(const struct rp_actor *who,
    struct rp_tx *tx, struct rp_run_texts *out) RP_MUST_USE;

/* The text of an attachment, to be read with the answer. */
struct rp_run_file {
	int64_t answer_id;
	rp_text text;
};

/* An answer to be read; of one that is withheld the text is empty. */
struct rp_run_input {
	int64_t response_id, answer_id;
	rp_text lang, category, text;
	bool is_withheld;
	struct RP_VEC(struct rp_run_file) files;
};
struct rp_run_inputs RP_VEC(struct rp_run_input);
struct rp_err *rp_theme_run_inputs(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_run_work *work, int64_t after_id,
    struct rp_run_inputs *out) RP_MUST_USE;

/*
 * The fields of an answer, for the engine: what was typed if there is an
 * answer, then its attachments; none if it is withheld. The k-th has so many
 * fields of its response before it; `*out_answer` is what it is of.
 */
size_t rp_run_input_fields(const struct rp_run_input *in);
rp_text rp_run_input_field(const struct rp_run_input *in, size_t k,
    int64_t *out_answer);

/* RP_E_GONE: it was cancelled, or is somebody else's by now: stop. */
struct rp_err *rp_theme_run_progress(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_run_work *work, rp_text stage,
    int64_t permille) RP_MUST_USE;

/*
 * Store the next rows of `r`, whose responses are `inputs` in their order with
 * their fields, those of one response together. `*at` begins at 0; `*out_done`
 * when nothing is left. RP_E_GONE as above, RP_E_INVALID if the result points
 * outside its input.
 */
struct rp_err *rp_theme_run_store(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_run_work *work, const struct rp_run_inputs *inputs,
    const struct rp_themes_result *r, size_t *at, bool *out_done) RP_MUST_USE;

/* All is stored: find the themes that are known, count, and be ready. */
struct rp_err *rp_theme_run_finish(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_run_work *work,
    const struct rp_themes_result *r) RP_MUST_USE;

/* It failed, or was cancelled. */
struct rp_err *rp_theme_run_fail(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_run_work *work, bool cancelled, rp_text why) RP_MUST_USE;

#endif
