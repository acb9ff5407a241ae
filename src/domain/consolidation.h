/*
 * consolidation - all amendments to a version in one text, and what the chair's
 * team decides on it.
 *
 * Whenever an amendment comes, changes or goes, and whenever something is
 * decided, the worker has the consolidated text made anew by a parse process:
 * JSON (exchange/consolidated_json.h), Akoma Ntoso with revisions, a Word
 * document with an author for each party, and, when no bracket is open, the
 * clean text as a Word document. Until then the one before stands.
 *
 * A decision is on a change, by the change's key: that names the question, not
 * the consolidation it stood in, so a decision holds as long as the same
 * question is put. It is for the base, for a choice (by its key), or for a
 * compromise that the team wrote. Decisions are rows that stay: undoing one is
 * another. Deciding and adopting need RP_MAY_REGISTER on the group.
 */
#ifndef RP_DOMAIN_CONSOLIDATION_H
#define RP_DOMAIN_CONSOLIDATION_H

#include "base/clock.h"
#include "domain/amendment.h"

#define RP_DECISIONS_MAX 300          /* that hold */
#define RP_DECISION_HISTORY_MAX 3000  /* rows */
#define RP_DECISION_TEXT_MAX 4000     /* octets, each of its texts */
#define RP_CHANGE_KEY_MAX 64          /* octets */
#define RP_CONSOLIDATION_NAME_MAX 100 /* octets of an author's name */
#define RP_CONSOLIDATION_CLAIM (10 * RP_MINUTE)
#define RP_CONSOLIDATION_TRIES 3

/* Longer ones are files to take and no pages. */
#define RP_CONSOLIDATION_SCRIPT_MAX ((size_t)4 << 20)

struct rp_bracket_decision {
	int64_t id, at;
	rp_text key;    /* of the change */
	rp_text kind;   /* base, choice, text, undone */
	rp_text choice; /* key of the choice */
	rp_text body;   /* the compromise */
	rp_text reason;
	/* What stood there, and what does: for those who read it later. */
	rp_text before, after;
	rp_text person;
	bool holds; /* the last on its change, and not undone */
};

struct rp_bracket_decisions RP_VEC(struct rp_bracket_decision);

/* All, in their order. */
struct rp_err *rp_bracket_decision_list(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_amending *a,
    struct rp_bracket_decisions *out) RP_MUST_USE;

/*
 * Decide key, kind, choice, body, reason, before and after of `d`. RP_E_INVALID
 * for a decision without a reason, for another kind and for a choice without a
 * key; RP_E_LIMIT.
 */
struct rp_err *rp_bracket_decision_make(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_amending *a,
    const struct rp_bracket_decision *d) RP_MUST_USE;

/* RP_E_NOTFOUND where nothing holds. */
struct rp_err *rp_bracket_decision_undo(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_amending *a, rp_text key,
    rp_text reason) RP_MUST_USE;

/* Whom the consolidated text calls by which name, in its order. */
struct rp_consolidation_part {
	rp_text name;
	int64_t revision_id, amendment_id, number;
};

struct rp_consolidation_parts RP_VEC(struct rp_consolidation_part);

struct rp_err *rp_consolidation_parts(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_amending *a,
    struct rp_consolidation_parts *out) RP_MUST_USE;

/*
 * The clean text as a new version: a draft or proposed. RP_E_CONFLICT while
 * brackets are open or the text is being made, RP_E_INVALID as
 * rp_version_add().
 */
struct rp_err *rp_consolidation_adopt(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_amending *a, rp_text name, rp_text dated,
    rp_text state, int64_t *out_number) RP_MUST_USE;

/* For the worker; RP_E_DENIED for others. */

enum rp_consolidation_kind {
	RP_CONSOLIDATION_NOTHING, /* the claim was all there was to do */
	RP_CONSOLIDATION_READ,    /* one revision alone */
	RP_CONSOLIDATION_ALL,
};

struct rp_consolidation_party {
	int64_t revision_id, blob_id; /* blob 0: edits */
	rp_text name;
	struct rp_amendment_edits edits;
};

struct rp_consolidation_work {
	enum rp_consolidation_kind kind;
	int64_t task_id, ref_id, tries;
	int64_t amending_id, wanted, base_blob_id;
	rp_text author;   /* of brackets and compromises */
	int64_t dated_at; /* of the last thing that it follows */
	struct rp_consolidation_parties RP_VEC(
	    struct rp_consolidation_party) parties;
	struct rp_bracket_decisions decisions; /* that hold */
};

struct rp_err *rp_consolidation_claim(const struct rp_actor *who,
    struct rp_tx *tx, bool *out_found,
    struct rp_consolidation_work *out) RP_MUST_USE;

struct rp_consolidation_result {
	bool failed;
	rp_text reason;
	rp_bytes text, script, tracked, clean; /* clean: empty while open */
};

struct rp_err *rp_consolidation_done(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_consolidation_work *work,
    const struct rp_consolidation_result *result) RP_MUST_USE;

/* Try again after `delay`. */
struct rp_err *rp_consolidation_later(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_consolidation_work *work, int64_t delay,
    rp_text why) RP_MUST_USE;

#endif
