/*
 * response - what a respondent sends: answers, who they are, how it may be
 * used.
 *
 * Answering needs no account; the form's token is what ties a submission to a
 * form. A response keeps every revision; the last one stands. A revision that
 * is published stays public until a later one is published in its place. The
 * author holds a secret link (32 characters; stored as its hash) to read,
 * revise and withdraw.
 *
 * States (process.md, section 4): received -> checked -> published, or returned
 * to the author, rejected, withdrawn; held when something about the way it came
 * needs a look first. Who moves it is domain/moderation.h.
 */
#ifndef RP_DOMAIN_RESPONSE_H
#define RP_DOMAIN_RESPONSE_H

#include "base/vec.h"
#include "domain/consultation.h"

/* Limits of the form. Characters are code points; octets bound them too. */
#define RP_ANSWER_CHARS_MAX 40000
#define RP_ANSWER_MAX (4 * RP_ANSWER_CHARS_MAX) /* octets */
#define RP_SUMMARY_CHARS_MAX 6000
#define RP_SUMMARY_MAX (4 * RP_SUMMARY_CHARS_MAX)
#define RP_PERSON_NAME_MAX 400   /* octets */
#define RP_ORGANISATION_MAX 1000 /* octets */
#define RP_JOB_TITLE_MAX 400     /* octets */
#define RP_SIGNATORIES_MAX 8000  /* octets, one per line */
#define RP_NEEDS_MAX 4000        /* octets */
#define RP_ATTACHMENTS_MAX 5
#define RP_ATTACHMENT_SIZE_MAX ((int64_t)10 * 1024 * 1024)
#define RP_FILE_NAME_MAX 400 /* octets */

/* Above this many words in all, or with an attachment, a summary is a must. */
#define RP_SUMMARY_FROM_WORDS 1500

/* A form sent within form_age_min of being made is held, not refused. */

/* Fields of the form, in its order; answers and files have a position. */
enum rp_field {
	RP_FIELD_FORM, /* the form as a whole: its token, its window */
	RP_FIELD_CAPACITY,
	RP_FIELD_NAME,
	RP_FIELD_ORGANISATION,
	RP_FIELD_JOB_TITLE,
	RP_FIELD_SIGNATORIES,
	RP_FIELD_CATEGORY,
	RP_FIELD_COUNTRY,
	RP_FIELD_EMAIL,
	RP_FIELD_LANG,
	RP_FIELD_ANSWER,
	RP_FIELD_SUMMARY,
	RP_FIELD_ATTACHMENT,
	RP_FIELD_AUTHORISATION,
	RP_FIELD_NOTICE,
	RP_FIELD_NEEDS,
	RP_FIELD_COUNT
};

enum rp_problem_kind {
	RP_PROBLEM_MISSING,      /* needed and empty */
	RP_PROBLEM_TOO_LONG,     /* `limit` characters at most */
	RP_PROBLEM_NOT_A_CHOICE, /* not one of the offered values */
	RP_PROBLEM_NOT_TEXT,     /* not UTF-8, or control characters */
	RP_PROBLEM_NOT_AN_EMAIL, /* `reason` says what is wrong */
	RP_PROBLEM_NO_ANSWER,    /* not one question is answered */
	RP_PROBLEM_TOO_MANY,     /* more than `limit` files */
	RP_PROBLEM_TOO_LARGE,    /* a file over `limit` octets */
	RP_PROBLEM_BAD_FILE,     /* not PDF, DOCX, ODT or TXT */
	RP_PROBLEM_BAD_TOKEN,    /* the form was not made here */
	RP_PROBLEM_NOT_OPEN,     /* the consultation is not open yet */
	RP_PROBLEM_CLOSED,       /* the deadline has passed */
};

struct rp_problem {
	enum rp_field field;
	int64_t position; /* of the question or file, from 1; 0 otherwise */
	enum rp_problem_kind kind;
	int64_t limit;
	rp_text reason; /* identifier, for NOT_AN_EMAIL */
};

struct rp_problems RP_VEC(struct rp_problem);

/* "job_title", "not_an_email": as the API and the commands say it. */
rp_text rp_field_name(enum rp_field field);
rp_text rp_problem_name(enum rp_problem_kind kind);

/* The values of choice fields, as they stand in forms, the API and the store.
 */
extern const rp_text rp_capacities[];     /* organisation, individual */
extern const rp_text rp_categories[];     /* seven; ends with {NULL, 0} */
extern const rp_text rp_authorisations[]; /* full, without_name, aggregate */

struct rp_answer_in {
	int64_t position; /* of the question */
	rp_text body;
};

struct rp_answers_in RP_VEC(struct rp_answer_in);

/* A file whose octets are stored already: domain/upload.h. */
struct rp_upload_in {
	int64_t upload_id, size;
	rp_text name;
	rp_text kind; /* pdf, docx, odt, txt from its octets; empty: neither */
};

struct rp_uploads_in RP_VEC(struct rp_upload_in);
struct rp_ids RP_VEC(int64_t);

/*
 * What was typed, after the input gate (text/input.h). All fields are borrowed.
 */
struct rp_submission {
	rp_text token; /* of the form */
	rp_text capacity, name, organisation, job_title, signatories, category,
	    country, email, lang, summary, authorisation, needs;
	rp_text present;   /* "", in_person, remotely: wishes to present */
	bool agrees;       /* to the privacy notice */
	int64_t notice_id; /* the version that was shown */
	struct rp_answers_in answers;
	struct rp_uploads_in uploads; /* files of this form, in order */
	struct rp_ids keep;           /* attachments of the revised one */
	rp_text honeypot;             /* people leave it empty */
	rp_text channel;              /* web, api, email, paper, import,
					spoken */
	bool late;                    /* sent knowingly after the deadline */
	bool once; /* other content for the same form is RP_E_CONFLICT */
};

/* The members of a submission that are one text each, for whoever fills one in
 * by name; ended by a NULL name. `lines`: of several lines. */
struct rp_submission_text {
	const char *name;
	size_t offset, max; /* max: octets */
	enum rp_field field;
	bool lines;
};

extern const struct rp_submission_text rp_submission_texts[];

/* The one of that name, or NULL. */
const struct rp_submission_text *rp_submission_text_find(rp_text name);

/* The place of it in `s`. */
rp_text *rp_submission_text_of(struct rp_submission *s,
    const struct rp_submission_text *t);

/* All texts empty, instead of absent. */
void rp_submission_init(struct rp_submission *s);

/* What the author gets: shown on the receipt page and in its file. */
struct rp_receipt {
	int64_t response_id, revision_id, n;
	rp_text secret; /* of the link; only right after submitting */
	rp_text code;   /* short, for people: RP-7K2M-9QXA-3F5T */
	int64_t received_at;
	rp_text digest;         /* hexadecimal */
	rp_text nonce;          /* hexadecimal */
	bool again, late, held; /* again: the same form had been sent before */
};

/*
 * Check and store. RP_E_INVALID with `problems` filled (in the order of the
 * form) if anything is wrong; then nothing is stored. A form sent again makes
 * no second response: the same content gives the same receipt, other content
 * is a revision (RP_E_CONFLICT with `once`). What is held stays held whatever
 * its author sends after it. A token that is no token is a problem of
 * RP_FIELD_FORM. Writes the notification to the author into the outbox.
 */
struct rp_err *rp_response_submit(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, const struct rp_submission *s,
    struct rp_problems *problems, struct rp_receipt *out) RP_MUST_USE;

/* The checks alone, for forms of staff and for a dry run of an import. */
struct rp_err *rp_submission_check(const struct rp_actor *who,
    struct rp_arena *a, const struct rp_consultation *c,
    const struct rp_submission *s, struct rp_problems *problems) RP_MUST_USE;

/*
 * Whether it is taken as a late one: sent knowingly, the deadline passed, and
 * the consultation not yet in the archive. Before the deadline it is an
 * ordinary one, so an extension meanwhile does nobody harm.
 */
bool rp_submission_is_late(const struct rp_consultation *c,
    const struct rp_submission *s);

/* A new revision by the holder of the secret link; the state becomes received.
 * What stands already is sent in vain: `again`.
 * RP_E_NOTFOUND, RP_E_GONE (withdrawn, erased), RP_E_INVALID as above. */
struct rp_err *rp_response_revise(const struct rp_actor *who, struct rp_tx *tx,
    rp_text secret, const struct rp_consultation *c,
    const struct rp_submission *s, struct rp_problems *problems,
    struct rp_receipt *out) RP_MUST_USE;

/*
 * Before the deadline it is removed from view; afterwards, if it was public, a
 * mark stays. RP_E_NOTFOUND, RP_E_GONE.
 */
struct rp_err *rp_response_withdraw(const struct rp_actor *who,
    struct rp_tx *tx, rp_text secret) RP_MUST_USE;

struct rp_answer {
	int64_t id, question_id, position, words;
	rp_text body;
};

struct rp_answers RP_VEC(struct rp_answer);

struct rp_attachment {
	int64_t id, size, blob_id, clean_blob_id;
	rp_text name, kind, state, reason;
	rp_bytes digest; /* SHA-256 of the original */
};

struct rp_attachments RP_VEC(struct rp_attachment);

struct rp_redaction {
	int64_t id, answer_id;
	rp_text field;    /* "answer" with answer_id, or the name of a field */
	int64_t from, to; /* octets */
	rp_text reason;
	int64_t at;
	rp_text person; /* who did it */
};

struct rp_redactions RP_VEC(struct rp_redaction);

/* One revision as it was sent. Not for the public: see rp_public_response. */
struct rp_revision {
	int64_t id, response_id, n, received_at, notice_id, words;
	rp_text capacity, name, organisation, job_title, signatories, category,
	    country, email, lang, summary, authorisation, needs;
	rp_text present;
	rp_text digest, nonce; /* hexadecimal */
	struct rp_answers answers;
	struct rp_attachments attachments;
	struct rp_redactions redactions;
};

struct rp_message {
	rp_text kind, reason, body; /* returned, rejected, note */
	int64_t at;
};

struct rp_messages RP_VEC(struct rp_message);

/* Everything about one response, for its author and for staff. */
struct rp_response_record {
	int64_t id, consultation_id, number, received_at, changed_at,
	    published_at, withdrawn_at;
	rp_text code, state, channel, hold_reason;
	bool is_late, is_erased;
	int64_t standing_revision_id, public_revision_id;
	struct rp_revision standing;
	struct rp_messages messages;
};

struct rp_revision_at {
	int64_t id, n, received_at;
	rp_text digest;
};

struct rp_revisions_at RP_VEC(struct rp_revision_at);

/* By its author's secret link. RP_E_NOTFOUND. */
struct rp_err *rp_response_by_secret(const struct rp_actor *who,
    struct rp_tx *tx, rp_text secret,
    struct rp_response_record *out) RP_MUST_USE;

/* What its author sent, oldest first, by the secret link. RP_E_NOTFOUND. */
struct rp_err *rp_response_revisions(const struct rp_actor *who,
    struct rp_tx *tx, rp_text secret, struct rp_revisions_at *out) RP_MUST_USE;

/* By staff (RP_MAY_CHECK); e-mail is empty without RP_MAY_CONTACT. */
struct rp_err *rp_response_get(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, struct rp_response_record *out) RP_MUST_USE;

/* A revision of it, by staff. */
struct rp_err *rp_response_revision(const struct rp_actor *who,
    struct rp_tx *tx, int64_t response_id, int64_t n,
    struct rp_revision *out) RP_MUST_USE;

/*
 * What the public sees of a published response: names left out where the
 * author authorised publication without name, redacted octets replaced by
 * U+2588 marks, one per redaction (`redacted` counts them, `redactions` are
 * their reasons in the order in which they stand in the fields below).
 */
struct rp_translation {
	rp_text lang;
	enum rp_wording_status status;
	rp_text body;
};

struct rp_translations RP_VEC(struct rp_translation);

struct rp_public_answer {
	int64_t position, question_id, answer_id;
	rp_text body;
	struct rp_translations translations;
};

struct rp_public_answers RP_VEC(struct rp_public_answer);

struct rp_public_response {
	int64_t id, consultation_id, number, revision_id, n, received_at,
	    published_at, withdrawn_at, words, redacted;
	int64_t newest_n;       /* the revision that stands in public */
	int64_t previous, next; /* numbers of the public ones beside; or 0 */
	bool withdrawn;         /* only number and dates are there */
	bool without_name, is_late;
	rp_text capacity, name, organisation, job_title, signatories, category,
	    country, lang, summary, digest, channel;
	struct rp_translations summary_translations;
	struct rp_public_answers answers;
	struct rp_attachments attachments; /* clean copies only */
	struct rp_redactions redactions;   /* reason and time only */
};

/*
 * Of a revision, for the domain's own modules: numbers and dates of the
 * response are left as they are. RP_E_NOTFOUND for one that is authorised in
 * aggregate only: it is counted and never shown.
 */
struct rp_err *rp_response_public_view(struct rp_tx *tx, int64_t revision_id,
    struct rp_public_response *out) RP_MUST_USE;

/* By number. RP_E_NOTFOUND also while the consultation does not show them. */
struct rp_err *rp_response_public(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, int64_t number,
    struct rp_public_response *out) RP_MUST_USE;

/*
 * One of its revisions that was public once. RP_E_NOTFOUND. Names are left out
 * of all of them while the one that stands is without name.
 */
struct rp_err *rp_response_public_revision(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_consultation *c, int64_t number,
    int64_t n, struct rp_public_response *out) RP_MUST_USE;

#endif
