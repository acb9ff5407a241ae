/*
 * contribution - what a delegation submits to a meeting.
 *
 * A party's contribution is a draft until it is received; the secretariat
 * checks it, or returns it with a reason, and gives it its symbol, by which it
 * becomes a document of the meeting (meeting_document.h) with the day of its
 * arrival, its sources in their order, and its text. It may be a new revision
 * of a document of the same party; then it becomes a revision of that one.
 *
 *	draft -> received -> checked -> numbered
 *	  ^------- returned <-'
 *	withdrawn: from each; the document it became is withdrawn with it
 *
 * A further source stands behind it by its own consent: it is asked, and joins
 * or refuses. Only those that joined are sources of the document. One that is
 * merged of several documents (contribution_merge.h) waits for all their
 *sources.
 *
 * Who acts for a party: a person of that party with RP_MAY_CONTRIBUTE on the
 * group, or whoever has RP_MAY_MEET, on its behalf. A draft is seen by who acts
 * for its party or for one that was asked; everything else by RP_MAY_MEET too.
 * What somebody does not see is not found.
 *
 * The body is a file (DOCX, ODT, Markdown or plain text), or Markdown typed in
 * the page; with a file the typed text is not used.
 */
#ifndef RP_DOMAIN_CONTRIBUTION_H
#define RP_DOMAIN_CONTRIBUTION_H

#include "domain/meeting_document.h"
#include "domain/party.h"

#define RP_CONTRIBUTIONS_MAX 2000        /* of a meeting */
#define RP_CONTRIBUTION_LINE_MAX 200     /* octets: the agenda item */
#define RP_CONTRIBUTION_BOX_MAX 4000     /* octets: purpose, action */
#define RP_CONTRIBUTION_SUMMARY_MAX 8000 /* octets */
#define RP_CONTRIBUTION_BODY_MAX 120000  /* octets, typed */
#define RP_CONTRIBUTION_REASON_MAX 2000  /* octets */

struct rp_contribution_source {
	int64_t party_id;
	rp_text state; /* asked, joined, refused */
};
struct rp_contribution_sources RP_VEC(struct rp_contribution_source);

/* What its author writes. */
struct rp_contribution_in {
	int64_t party_id;
	int64_t revises_id; /* document; 0: it is a new one */
	rp_text kind;       /* of meeting_document.h */
	bool is_for_action;
	rp_text item;
	rp_text lang, title;
	rp_text purpose, action; /* the box: purpose or summary, action */
	rp_text summary;         /* reproduced "as submitted" in the report */
	rp_text refs, body;
	int64_t upload_id; /* a file that arrived; 0: none */
	size_t size;
	rp_text file_name, file_kind;
	bool drop_file; /* take the one that is there off */
};

struct rp_contribution {
	int64_t id, meeting_id;
	int64_t document_id, number; /* what it became; 0 */
	int64_t revises_id, revises; /* id and number; 0 */
	int64_t person_id, blob_id;
	int64_t created_at, received_at, decided_at;
	struct rp_contribution_in in; /* upload_id is 0 */
	rp_text state, reason;
	struct rp_contribution_sources sources; /* beside in.party_id */
	enum rp_posting_effect posting;         /* of its arrival, or of now */
	bool mine;       /* `who` acts for the party that submits it */
	int64_t asked;   /* a party that `who` acts for and was asked; 0 */
	bool may_decide; /* RP_MAY_MEET */
};
struct rp_contributions RP_VEC(struct rp_contribution);

/* Of `who`: the parties of the group that he acts for, by name. */
struct rp_err *rp_contribution_parties(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m, rp_text lang,
    struct rp_memberships *out) RP_MUST_USE;

/* Those that `who` sees, in the order in which they were begun. */
struct rp_err *rp_contribution_list(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m,
    struct rp_contributions *out) RP_MUST_USE;
struct rp_err *rp_contribution_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t id,
    struct rp_contribution *out) RP_MUST_USE;

/* Bits. What stops a draft, and what stops submitting it. */
#define RP_CONTRIBUTION_BAD_TITLE 0x01U
#define RP_CONTRIBUTION_BAD_FILE 0x02U
#define RP_CONTRIBUTION_LARGE_FILE 0x04U
#define RP_CONTRIBUTION_NO_PURPOSE 0x08U
#define RP_CONTRIBUTION_NO_ACTION 0x10U /* that is asked for */
#define RP_CONTRIBUTION_NO_BODY 0x20U

/* No effect. `whole`: it is to be submitted; `has_file`: there is one. */
unsigned rp_contribution_check(const struct rp_contribution_in *in, bool whole,
    bool has_file);

/*
 * Begin a draft (`id` 0), or change one that is a draft or was returned.
 * RP_E_INVALID if the check of a draft finds something or a kind, language or
 * revised document is none; RP_E_CONFLICT in another state; RP_E_LIMIT;
 * RP_E_DENIED for a party that `who` does not act for.
 */
struct rp_err *rp_contribution_save(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m, int64_t id,
    const struct rp_contribution_in *in, int64_t *out_id) RP_MUST_USE;

/* To the secretariat: RP_E_INVALID if it is not whole, RP_E_CONFLICT. Who does
 * it gets a receipt by mail, with the hash of the file or the text. */
struct rp_err *rp_contribution_submit(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_contribution *c) RP_MUST_USE;

/* By its party or the secretariat; twice is once. */
struct rp_err *rp_contribution_withdraw(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_contribution *c) RP_MUST_USE;

/*
 * Ask a party of the group to join, while there is no symbol yet. The
 * secretariat enters its consent at once. RP_E_CONFLICT for one that was asked,
 * RP_E_NOTFOUND for no member, RP_E_LIMIT.
 */
struct rp_err *rp_contribution_ask(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_contribution *c,
    int64_t party_id) RP_MUST_USE;

/* By who acts for the party that was asked; it may change its mind. */
struct rp_err *rp_contribution_answer(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_contribution *c, int64_t party_id, bool joins) RP_MUST_USE;

/* The secretariat, of one that was received: it is as the template, the
 * sources and the deadline want it; or back to its author, with a reason. */
struct rp_err *rp_contribution_accept(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_contribution *c) RP_MUST_USE;
struct rp_err *rp_contribution_return(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_contribution *c, rp_text reason) RP_MUST_USE;

/*
 * Give a checked one its symbol: `number` 0 is the next that is free, and is
 * not asked of a revision. RP_E_CONFLICT for a symbol that is given, another
 * state, or if a source of what it is merged of has not joined. `out_number` is
 * the document's.
 */
struct rp_err *rp_contribution_number(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_contribution *c, int64_t number, rp_text access,
    bool is_title_public, int64_t *out_number) RP_MUST_USE;

#endif
