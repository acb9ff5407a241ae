/*
 * proposal - topics that delegations propose for open consultations.
 *
 * A proposal has a title, a rationale, 1 to RP_PROPOSAL_QUESTIONS_MAX questions
 * in order, the issue of Council Resolution 1305 that it falls under, the
 * resolutions it rests on, and how its author would have it consulted on. It is
 * a draft, which only the delegation that writes it sees; then proposed, with a
 * number, and revised: old revisions stay. What becomes of it (process.md,
 * section 4) is here and in merging.h, silence.h and cycle.h:
 *
 *	draft -> proposed -> discussed -> supported -> agreed
 *	             \-> withdrawn, merged
 *	no agreement: carried_over, or council (sent there for guidance),
 *	from where a decision makes it agreed
 *	merging (the authors are asked) -> proposed
 *
 * An agreed one is a topic. Whether it is launched or closed follows from the
 * consultations on it. Each step is kept with the decision that it rests on.
 *
 * Who acts for a party: a person of that party with RP_MAY_PROPOSE on the
 * group, or the secretariat (RP_MAY_MEET) on its behalf. The chair's team
 * (RP_MAY_STEER) and the secretariat enter outcomes. Who sees proposals: the
 * group's members (RP_MAY_READ, RP_MAY_PROPOSE, RP_MAY_MEET, RP_MAY_STEER), and
 * everybody where the group's rule says so; merging ones members alone; agreed
 * ones everybody. Who may not see one is told that it is not found.
 */
#ifndef RP_DOMAIN_PROPOSAL_H
#define RP_DOMAIN_PROPOSAL_H

#include "base/vec.h"
#include "domain/actor.h"
#include "domain/wording.h"

#define RP_PROPOSALS_MAX 600 /* in a group: one page lists them */
#define RP_PROPOSAL_QUESTIONS_MAX 12
#define RP_PROPOSAL_TITLE_MAX 300 /* octets, and of the issue */
#define RP_PROPOSAL_RATIONALE_MAX 20000
#define RP_PROPOSAL_QUESTION_MAX 4000 /* octets; as RP_QUESTION_MAX */
#define RP_PROPOSAL_NOTE_MAX 4000     /* octets: a decision, a reason, words */
#define RP_PROPOSAL_INSTRUMENTS_MAX 20
#define RP_PROPOSAL_REVISIONS_MAX 50
#define RP_PROPOSAL_PARENTS_MAX 6
#define RP_PROPOSAL_WORD_MAX 40 /* octets of a state and the like */

/* What somebody may do about the topics of a group. */
struct rp_proposing {
	int64_t group_id, person_id; /* whose it is: for nobody else */
	struct rp_place where;
	bool is_public; /* the group's rule */
	bool is_member; /* sees what is proposed */
	bool may_meet, may_steer, may_launch;
	int64_t my_party_id; /* that he proposes for by himself; 0: none */
};

/* RP_E_NOTFOUND. For everybody: what he may not do is false. */
struct rp_err *rp_proposing_get(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, struct rp_proposing *out) RP_MUST_USE;

/* Whether everybody sees what is proposed; by RP_MAY_MEET. */
struct rp_err *rp_proposing_rule(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, bool is_public) RP_MUST_USE;

/* A question of a parent that one was made from. */
struct rp_proposal_origin {
	int64_t id, number, position;
};

struct rp_proposal_question {
	int64_t id;
	rp_text body;
	struct rp_proposal_origins RP_VEC(struct rp_proposal_origin) origins;
};

struct rp_proposal_questions RP_VEC(struct rp_proposal_question);
struct rp_proposal_ids RP_VEC(int64_t);

/* One revision. */
struct rp_proposal_text {
	int64_t id, number, created_at, document_id;
	rp_text person; /* in histories only */
	rp_text lang, title, rationale, issue;
	rp_text format; /* any, together, apart */
	struct rp_proposal_questions questions;
	struct rp_proposal_ids instruments; /* in histories only */
};

struct rp_proposal_texts RP_VEC(struct rp_proposal_text);

struct rp_proposal_parent {
	int64_t id, number, party_id, revision_id, changed_at;
	rp_text title;
	rp_text state; /* asked, agreed, refused */
	rp_text reason;
};

struct rp_proposal {
	int64_t id, group_id, number; /* 0: a draft */
	int64_t party_id, changed_at, topic_id;
	rp_text state;               /* as stored */
	rp_text shown;               /* launched and closed too */
	rp_text opens_on, closes_on; /* days, or empty */
	bool mine;                   /* `who` acts for its party */
	struct rp_proposal_text
	    text; /* the last revision; questions in lists */
	struct rp_proposal_parents RP_VEC(struct rp_proposal_parent) parents;
	int64_t merged_into; /* its number; 0: it is not */
};

struct rp_proposals RP_VEC(struct rp_proposal);

/* All that `who` may see, by number; his drafts, which have none, first. */
struct rp_err *rp_proposal_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, struct rp_proposals *out) RP_MUST_USE;

/* By its number; RP_E_NOTFOUND. A draft by its id. */
struct rp_err *rp_proposal_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, int64_t number,
    struct rp_proposal *out) RP_MUST_USE;
struct rp_err *rp_proposal_draft(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, int64_t id,
    struct rp_proposal *out) RP_MUST_USE;

struct rp_proposal_step {
	rp_text from, to, note;
	int64_t at;
};

struct rp_proposal_steps RP_VEC(struct rp_proposal_step);

struct rp_proposal_history {
	struct rp_proposal_texts revisions; /* oldest first */
	struct rp_proposal_steps steps;
};

struct rp_err *rp_proposal_history(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *m,
    struct rp_proposal_history *out) RP_MUST_USE;

/* What parties are called: short names, where there are some, in `lang`. */
struct rp_err *rp_proposal_names(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_wordings *out) RP_MUST_USE;
rp_text rp_proposal_name(const struct rp_wordings *names, int64_t party_id,
    rp_text lang);

/* Contributions to the group's meetings, the newest meeting first. */
struct rp_proposal_document {
	int64_t id;
	rp_text symbol;
};

struct rp_proposal_documents RP_VEC(struct rp_proposal_document);

struct rp_err *rp_proposal_documents(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_proposing *p,
    struct rp_proposal_documents *out) RP_MUST_USE;

/* As it is typed. */
struct rp_proposal_in {
	int64_t party_id, document_id; /* 0: of no contribution */
	rp_text lang, title, rationale, issue, format;
	rp_text questions[RP_PROPOSAL_QUESTIONS_MAX]; /* empty: none there */
	/* Made from which questions, as the parents have them now. */
	struct rp_proposal_ids origins[RP_PROPOSAL_QUESTIONS_MAX];
	struct rp_proposal_ids instruments;
};

enum rp_proposal_problem {
	RP_PROPOSAL_FINE = 0,
	RP_PROPOSAL_NO_TITLE,
	RP_PROPOSAL_BAD_LANG,
	RP_PROPOSAL_NO_RATIONALE,
	RP_PROPOSAL_NO_ISSUE,
	RP_PROPOSAL_BAD_FORMAT,
	RP_PROPOSAL_NO_QUESTION,
	RP_PROPOSAL_MANY_INSTRUMENTS,
	RP_PROPOSAL_LONG, /* past a limit above */
};

/* No effect: the first thing that is wrong. A draft needs a title only. */
enum rp_proposal_problem rp_proposal_check(const struct rp_proposal_in *in,
    bool is_draft);

/*
 * A new one, or the draft `draft_id` anew, kept as a draft or proposed.
 * `out_number` is 0 for a draft. RP_E_INVALID, RP_E_LIMIT, the refusals.
 */
struct rp_err *rp_proposal_save(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, int64_t draft_id,
    const struct rp_proposal_in *in, bool is_draft, int64_t *out_id,
    int64_t *out_number) RP_MUST_USE;
struct rp_err *rp_proposal_drop(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, int64_t draft_id) RP_MUST_USE;

/*
 * A revision, by who acts for its party: of one that is proposed, discussed,
 * carried over or merging (then all authors are asked again). RP_E_GONE
 * otherwise, and while a silence procedure runs: silence is on one text.
 * Questions that stay as they are keep their origins.
 */
struct rp_err *rp_proposal_revise(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *m,
    const struct rp_proposal_in *in) RP_MUST_USE;

/* By who acts for its party, until it is agreed; it stays citable. */
struct rp_err *rp_proposal_withdraw(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_proposing *p,
    const struct rp_proposal *m) RP_MUST_USE;

/*
 * What the group or the Council came to: discussed, supported, carried_over,
 * council, agreed. `note` is the decision; it is needed for carried_over,
 * council and agreed. Days "YYYY-MM-DD", for agreed: the window of the cycle,
 * the second after the first. RP_E_INVALID, RP_E_CONFLICT where the state does
 * not go there, RP_E_GONE while a silence procedure runs.
 */
struct rp_err *rp_proposal_outcome(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *m, rp_text state,
    rp_text note, rp_text opens_on, rp_text closes_on) RP_MUST_USE;

/* No effect: may it go there from its state? Is it a day? A window? */
bool rp_proposal_may_become(const struct rp_proposal *m, rp_text state);
bool rp_proposal_window_ok(rp_text opens_on, rp_text closes_on);

/*
 * The private log: who is for and who against, in their words. A delegation
 * enters its own position, the chair's team anybody's. The log is for the
 * chair's team alone; the secretariat sees the counts, a delegation what it
 * entered itself. `stance`: for, against, neutral.
 */
struct rp_proposal_position {
	int64_t party_id, at;
	rp_text stance, words, person;
	bool holds;  /* the last of its party */
	bool is_own; /* the delegation entered it, not the chair's team */
};

struct rp_proposal_positions RP_VEC(struct rp_proposal_position);

struct rp_proposal_counts {
	int64_t for_it, against, neutral;
};

struct rp_err *rp_proposal_take(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *m, int64_t party_id,
    rp_text stance, rp_text words) RP_MUST_USE;
struct rp_err *rp_proposal_log(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *m,
    struct rp_proposal_positions *out,
    struct rp_proposal_counts *out_counts) RP_MUST_USE;

#endif
