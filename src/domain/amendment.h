/*
 * amendment - what parties propose to change in a version of an instrument.
 *
 * Whoever may register opens a version for amendments, with or without an end.
 * A party that is a member of the group then submits one amendment to it: a
 * Word document (the version with tracked changes, or a clean text), or edits
 * of single provisions, with reasons, and with the provisions that it wants
 * unchanged (NOC). It revises its amendment, the old revisions stay, and may
 * withdraw it. Other parties stand behind it by their own consent once they
 * were asked, or are entered by the secretariat. A party stands behind one
 * amendment to a version, so what it wants is one text.
 *
 * Who acts for a party: a person of that party with RP_MAY_AMEND on the group,
 * or whoever may register there, on its behalf. Who sees amendments: the
 * group's members (RP_MAY_READ, RP_MAY_AMEND, RP_MAY_REGISTER), and everybody
 * where the version was opened so. A draft, which is not submitted yet, is seen
 * by who acts for its party alone.
 *
 * A revision is read by a parse process; what of all of them comes is
 * consolidation.h. Acts are refused with RP_E_GONE when the time is over.
 */
#ifndef RP_DOMAIN_AMENDMENT_H
#define RP_DOMAIN_AMENDMENT_H

#include "domain/actor.h"
#include "domain/party.h"

#define RP_AMENDMENTS_MAX 12 /* to a version, standing or in draft */
#define RP_AMENDMENT_REVISIONS_MAX 50
#define RP_AMENDMENT_SPONSORS_MAX 24   /* beside the one that submits */
#define RP_AMENDMENT_REASONS_MAX 20000 /* octets, of a revision */
#define RP_AMENDMENT_FILE_MAX ((size_t)2 << 20) /* twelve are read at once */

#define RP_AMENDMENT_EDITS_MAX 400
#define RP_AMENDMENT_NOC_MAX 20
#define RP_AMENDMENT_TEXT_MAX 20000  /* octets of a provision */
#define RP_AMENDMENT_REASON_MAX 4000 /* octets, of an edit */
#define RP_AMENDMENT_EDITS_OCTETS_MAX ((size_t)200 << 10) /* all texts */
#define RP_AMENDMENT_BLOCK_MAX 200000 /* paragraphs of a version */

/* A version that is open for amendments, or was. */
struct rp_amending {
	int64_t id, instrument_id, version_id, number;
	struct rp_place where;
	rp_text version_name, version_state, lang, dated;
	int64_t base_blob_id, base_text_blob_id;
	bool open; /* now */
	rp_text state;
	int64_t until_at;
	bool is_public;
	/* The consolidated text: consolidation.h. */
	bool is_waiting, is_failed;
	rp_text reason;
	int64_t made_at, script_blob_id, text_blob_id, tracked_blob_id,
	    clean_blob_id;
	/* Of whoever asks: may open, decide and adopt; acts for this party. */
	bool may_register;
	int64_t my_party_id; /* 0: for none */
};

/*
 * Open a version, or change how it is open: until when (0: without an end), and
 * whether everybody sees the amendments. RP_E_INVALID for an end that is past,
 * RP_E_NOTFOUND for a version that has not been read.
 */
struct rp_err *rp_amending_open(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, int64_t number, int64_t until_at,
    bool is_public) RP_MUST_USE;
struct rp_err *rp_amending_close(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a) RP_MUST_USE;

/* RP_E_NOTFOUND; RP_E_UNKNOWN and RP_E_DENIED for who may not see it. */
struct rp_err *rp_amending_get(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, int64_t number, struct rp_amending *out) RP_MUST_USE;

/* Numbers of the versions that are open, or were: that is no secret. */
struct rp_version_numbers RP_VEC(int64_t);
struct rp_err *rp_amending_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, struct rp_version_numbers *out) RP_MUST_USE;

struct rp_sponsor {
	int64_t party_id;
	rp_text state; /* submits, joined, asked, left */
	rp_text slug, country, name;
};

struct rp_amendment_revision {
	int64_t id, number;
	rp_text form, state, reason; /* draft, received, read, not_read */
	rp_text person, file_name, reasons;
	int64_t submitted_at, blob_id, text_blob_id, script_blob_id,
	    tracked_blob_id;
};

struct rp_party_amendment {
	int64_t id, number, party_id, created_at;
	rp_text state; /* draft, standing, withdrawn */
	bool mine;     /* `who` acts for the party that submits it */
	struct rp_sponsors RP_VEC(struct rp_sponsor) sponsors;
	struct rp_amendment_revisions RP_VEC(
	    struct rp_amendment_revision) revisions;
	/* Its last revision that was read, and its draft; NULL: none. */
	const struct rp_amendment_revision *current, *draft;
};

struct rp_party_amendments RP_VEC(struct rp_party_amendment);

/* By number. The sponsor that submits comes first; names are in `lang`. */
struct rp_err *rp_amendment_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, rp_text lang,
    struct rp_party_amendments *out) RP_MUST_USE;
struct rp_err *rp_amendment_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, int64_t number, rp_text lang,
    struct rp_party_amendment *out) RP_MUST_USE;

/* The one that a party stands behind, submits or drafts; out->id 0: none. */
struct rp_err *rp_amendment_of_party(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_amending *a, int64_t party_id,
    rp_text lang, struct rp_party_amendment *out) RP_MUST_USE;

/* The parties that `who` may act for: members of the group, by name. */
struct rp_err *rp_amending_parties(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, rp_text lang,
    struct rp_memberships *out) RP_MUST_USE;

struct rp_amendment_edit {
	int64_t id, block;
	rp_text op; /* replace, suppress, add, noc */
	rp_text body, reason;
};

struct rp_amendment_edits RP_VEC(struct rp_amendment_edit);

/* Of a revision that rp_amendment_list() gave. */
struct rp_err *rp_amendment_edit_list(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_amendment_revision *r,
    struct rp_amendment_edits *out) RP_MUST_USE;

/* A file, which becomes the party's first or next revision. */
struct rp_amendment_in {
	int64_t party_id;
	int64_t upload_id; /* 0: none, NOC alone */
	size_t size;
	rp_text file_name, file_kind;
	rp_text reasons;
	const int64_t *noc; /* blocks */
	size_t n_noc;
};

enum rp_amendment_problem {
	RP_AMENDMENT_FINE = 0,
	RP_AMENDMENT_NO_FILE, /* and no NOC */
	RP_AMENDMENT_BAD_FILE,
	RP_AMENDMENT_LARGE_FILE,
	RP_AMENDMENT_NO_REASONS,
	RP_AMENDMENT_MANY_NOC,
};

/* No effect: the first thing that is wrong. */
enum rp_amendment_problem rp_amendment_check(const struct rp_amendment_in *in);

/*
 * RP_E_INVALID if rp_amendment_check() finds something, RP_E_CONFLICT for a
 * party that stands behind another one, RP_E_LIMIT.
 */
struct rp_err *rp_amendment_submit(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, const struct rp_amendment_in *in,
    int64_t *out_number) RP_MUST_USE;

/*
 * One provision more in the party's draft, which begins with the edits of the
 * last revision if that had some. What replaces, suppresses or keeps a
 * provision takes the place of what did before; an empty replacement and an
 * empty addition are RP_E_INVALID.
 */
struct rp_err *rp_amendment_edit(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, int64_t party_id,
    const struct rp_amendment_edit *edit) RP_MUST_USE;
struct rp_err *rp_amendment_edit_drop(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_amending *a, int64_t party_id,
    int64_t edit_id) RP_MUST_USE;

/* A draft with the edits of the last revision, if there is none yet. */
struct rp_err *rp_amendment_begin_draft(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_amending *a,
    int64_t party_id) RP_MUST_USE;

/* RP_E_INVALID for a draft without edits, RP_E_NOTFOUND without a draft. */
struct rp_err *rp_amendment_submit_draft(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_amending *a, int64_t party_id,
    rp_text reasons, int64_t *out_number) RP_MUST_USE;

struct rp_err *rp_amendment_withdraw(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_amending *a,
    const struct rp_party_amendment *m) RP_MUST_USE;

/*
 * Ask a party to stand behind an amendment: by who acts for its submitter. The
 * secretariat enters it at once. RP_E_INVALID for no member of the group,
 * RP_E_CONFLICT for one that stands behind another.
 */
struct rp_err *rp_amendment_ask(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, const struct rp_party_amendment *m,
    int64_t party_id) RP_MUST_USE;

/* By who acts for a party that was asked; RP_E_NOTFOUND for one that was not.
 * To leave, for one that joined or was asked. */
struct rp_err *rp_amendment_join(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, const struct rp_party_amendment *m,
    int64_t party_id) RP_MUST_USE;
struct rp_err *rp_amendment_leave(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, const struct rp_party_amendment *m,
    int64_t party_id) RP_MUST_USE;

#endif
