/*
 * report - the report of a meeting: what people changed in it, what is said of
 * it, and how it gets approved.
 *
 * What it says is made from the minutes (minutes.h) above the domain, and what
 * people changed is put over it. Here is kept what was changed, by the origin
 * of a line and in each language; the versions that were shown to others, as
 * octets that do not change any more; comments on them; and the state:
 *
 *	draft -> comments -> revision -> approved -> posted -> sent
 *	            ^----------'
 *
 * A draft is approved by its own meeting or a later one, on whose agenda an
 * item appears by itself as soon as there is such a meeting, or by
 * correspondence: it is endorsed if no member objects by a date (silence rule).
 * From then on it is locked.
 *
 * Who sees what: RP_MAY_MEET on the group everything. RP_MAY_READ the versions,
 * comments and endorsements, from the first round on. Everybody the versions of
 * rounds that were open to all, until the report is locked, and those and the
 * approved one once it is posted if its access is public. What somebody does
 *not see is not found.
 */
#ifndef RP_DOMAIN_REPORT_H
#define RP_DOMAIN_REPORT_H

#include "domain/meeting.h"

#define RP_REPORT_BODY_MAX ((size_t)20000) /* octets of an edited line */
#define RP_REPORT_EDITS_MAX 2000           /* of one language */
#define RP_REPORT_ORIGIN_MAX 100           /* octets */
#define RP_REPORT_COMMENT_MAX 8000         /* octets */
#define RP_REPORT_COMMENTS_MAX 5000        /* of a report */
#define RP_REPORT_SOURCE_MAX 300           /* octets */
#define RP_REPORT_WORDS_MAX 4000           /* octets: of an objection, answer */
#define RP_REPORT_OCTETS_MAX ((size_t)8 << 20) /* of a version */

struct rp_report {
	int64_t id; /* 0: nothing was done with it so far */
	int64_t meeting_id, group_id;
	rp_text state, access, commenters;
	int64_t until_at, silence_at;
	int64_t approved_in; /* meeting */
	int64_t item_id, document_id;
	int64_t approved_at, posted_at, sent_at;
	int64_t versions; /* number of the newest */
	/* What the reader may. */
	bool may_edit, may_read, may_comment, may_endorse;
	bool is_locked;
	int64_t party_id; /* of the reader, if a member; for endorsing */
};

/* RP_E_NOTFOUND for who sees nothing of it. */
struct rp_err *rp_report_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct rp_report *out) RP_MUST_USE;

/* What people changed. */

struct rp_report_change {
	rp_text origin, op; /* replace, remove, add */
	rp_text after;      /* of add */
	rp_text kind;       /* of add: section, paragraph, text */
	int64_t level;
	rp_text body, was;
	int64_t at;
	rp_text person; /* read only */
};
struct rp_report_changes RP_VEC(struct rp_report_change);

/* Needs RP_MAY_MEET. */
struct rp_err *rp_report_changes(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_report *r, rp_text lang,
    struct rp_report_changes *out) RP_MUST_USE;

/*
 * Add one, or change it. An added line has an empty origin and gets one.
 * RP_E_INVALID, RP_E_LIMIT; RP_E_CONFLICT once the report is locked.
 */
struct rp_err *rp_report_change_set(const struct rp_actor *who,
    struct rp_tx *tx, struct rp_report *r, rp_text lang,
    const struct rp_report_change *c) RP_MUST_USE;

/* The line is the machine's again; an added one is gone. */
struct rp_err *rp_report_change_undo(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_report *r, rp_text lang,
    rp_text origin) RP_MUST_USE;

/* Versions. */

struct rp_report_octets {
	rp_text lang;
	rp_bytes octets;
};
struct rp_report_files RP_VEC(struct rp_report_octets);

struct rp_report_version {
	int64_t number, blob_id, at;
	rp_text lang, reason; /* comments, revised, approved */
};
struct rp_report_versions RP_VEC(struct rp_report_version);

/* Newest first; those that the reader sees. */
struct rp_err *rp_report_version_list(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_report *r,
    struct rp_report_versions *out) RP_MUST_USE;

/* The version in the language, else in English, else in any. RP_E_NOTFOUND. */
struct rp_err *rp_report_version_read(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_report *r,
    const struct rp_report_versions *all, int64_t number, rp_text lang,
    struct rp_report_version *out, rp_bytes *octets) RP_MUST_USE;

/* Steps. Each needs RP_MAY_MEET; RP_E_CONFLICT from a state it does not follow.
 */

struct rp_report_round {
	rp_text commenters; /* members, public */
	int64_t until_at;
	int64_t silence_at; /* 0: no endorsement is asked for */
};

/* Show it for comments: a new version of `files`. RP_E_INVALID for an end in
 * the past or no file. Endorsements of a version before do not count. */
struct rp_err *rp_report_open(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct rp_report *r,
    const struct rp_report_round *round,
    const struct rp_report_files *files) RP_MUST_USE;

/* End the round before its time. */
struct rp_err *rp_report_close(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_report *r) RP_MUST_USE;

/* Leave the approval to the next meeting. */
struct rp_err *rp_report_defer(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct rp_report *r) RP_MUST_USE;

/* By meeting `in`: its own or a later one; 0: by correspondence, which is
 * RP_E_CONFLICT unless it is endorsed. */
struct rp_err *rp_report_approve(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct rp_report *r, int64_t in,
    const struct rp_report_files *files) RP_MUST_USE;

struct rp_report_posting {
	rp_text lang, title, file_name;
	rp_bytes docx;
};
struct rp_report_postings RP_VEC(struct rp_report_posting);

/* Into the register of its meeting, with the number that is free next. */
struct rp_err *rp_report_post(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct rp_report *r, rp_text access,
    const struct rp_report_postings *files) RP_MUST_USE;

struct rp_err *rp_report_send(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_report *r) RP_MUST_USE;

/* Comments. */

struct rp_report_comment {
	int64_t id, number; /* of the version */
	rp_text lang, origin;
	int64_t party_id;
	rp_text party;  /* its name */
	rp_text source; /* where it is no party */
	rp_text body, state, answer;
	int64_t at;
};
struct rp_report_comments RP_VEC(struct rp_report_comment);

/* For who edits and members. Others see none. */
struct rp_err *rp_report_comment_list(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_report *r, rp_text lang,
    struct rp_report_comments *out) RP_MUST_USE;

/*
 * On the newest version, for the reader's party or for who `source` says. Only
 * while the round is open: RP_E_GONE. RP_E_INVALID, RP_E_LIMIT.
 */
struct rp_err *rp_report_comment_add(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_report *r,
    const struct rp_report_comment *c, int64_t *out_id) RP_MUST_USE;

/* `state`: open, taken, declined. */
struct rp_err *rp_report_comment_answer(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_report *r, int64_t id, rp_text state,
    rp_text answer) RP_MUST_USE;

/* Endorsement. */

struct rp_report_stance {
	int64_t party_id;
	rp_text party, stance, words; /* endorsed, objected, silent */
	int64_t at;
};
struct rp_report_stances RP_VEC(struct rp_report_stance);

struct rp_report_standing {
	int64_t endorsed, objected, silent;
	bool is_over, is_endorsed;
	struct rp_report_stances members; /* all of the group, by slug */
};

struct rp_err *rp_report_standing(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_report *r, rp_text lang,
    struct rp_report_standing *out) RP_MUST_USE;

/* For the reader's party; an objection has its reasons. RP_E_GONE after the
 * end, RP_E_DENIED for who acts for no member. */
struct rp_err *rp_report_endorse(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_report *r, bool objects, rp_text words) RP_MUST_USE;

/* For the domain: what earlier meetings left to this new one becomes items of
 * its agenda; and for an action, of the next meeting's. */
struct rp_err *rp_report_carry(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m) RP_MUST_USE;
struct rp_err *rp_report_carry_actions(const struct rp_actor *who,
    struct rp_tx *tx, int64_t group_id, int64_t meeting_id) RP_MUST_USE;

/* Words of an old line and a new one. Texts are borrowed. */
enum rp_report_piece_kind {
	RP_PIECE_KEPT = 0,
	RP_PIECE_INSERTED,
	RP_PIECE_DELETED
};
struct rp_report_piece {
	enum rp_report_piece_kind kind;
	rp_text text;
};
struct rp_report_pieces RP_VEC(struct rp_report_piece);
void rp_report_compare(const struct rp_actor *who, struct rp_arena *a,
    rp_text old, rp_text now, struct rp_report_pieces *out);

#endif
