/*
 * meeting_document - the register of a meeting's documents.
 *
 * A document has one symbol in all languages ("CWG-Internet-20/3"), its number
 * being given once; revisions of it ("(Rev.1)") and languages are files. Its
 * sources are parties, in their order. Title: wording, owner "document", field
 * "title".
 *
 * Who sees what: the whole register RP_MAY_MEET on the group; posted documents
 * RP_MAY_READ; posted ones under an item its guests (guest.h); posted ones with
 * access "public" everybody. Of posted ones with
 * a public title everybody sees symbol, title and sources, and no file. A
 * withdrawn one stays in the register, so that its symbol can be cited, and its
 * files are for RP_MAY_MEET. What somebody does not see is not found, and not
 * counted. From the instant `public_from_at` on, access is "public". One that
 * was merged into another is read as before, and leads to where it went.
 *
 * Addenda and corrigenda (document_part.h) are documents of their own under
 * another one; they are seen by nobody who does not see that one, and of no
 * more than he sees of it.
 */
#ifndef RP_DOMAIN_MEETING_DOCUMENT_H
#define RP_DOMAIN_MEETING_DOCUMENT_H

#include "domain/meeting.h"
#include "domain/posting.h"
#include "domain/wording.h"

#define RP_DOCUMENT_TITLE_MAX 600 /* octets */
#define RP_DOCUMENT_NUMBER_MAX 9999
#define RP_DOCUMENT_SOURCES_MAX 60
#define RP_DOCUMENT_REVISION_MAX 99
#define RP_DOCUMENT_FILES_MAX 200 /* of a document */

struct rp_document_file {
	int64_t id, document_id, revision, blob_id;
	rp_text lang, status; /* original, official, courtesy, machine */
	rp_text file_name, file_kind;
	int64_t received_at;
	/* What was made of it: domain/document_reading.h. */
	rp_text reading, reason; /* waiting, made, failed; empty: nothing */
	int64_t paragraphs, docx_blob_id, pdf_blob_id, text_blob_id;
	int64_t tracked_blob_id;      /* changes since the revision before */
	int64_t parts_blob_id, pages; /* of its PDF; 0: of none */
	rp_text labels, findings;
};
struct rp_document_files RP_VEC(struct rp_document_file);
struct rp_document_sources RP_VEC(int64_t);
struct rp_document_numbers RP_VEC(int64_t);
struct rp_source_name {
	rp_text name, short_name; /* the short one is never empty */
};
struct rp_source_names RP_VEC(struct rp_source_name);

struct rp_meeting_document;
struct rp_document_parts RP_VEC(struct rp_meeting_document);

struct rp_meeting_document {
	int64_t id, meeting_id;
	int64_t number;                /* of a part: of what it is a part of */
	int64_t parent_id;             /* of a part; 0 */
	int64_t addendum, corrigendum; /* of a part; one of them may be 0 */
	rp_text only_lang; /* the language that it is about; empty: all */
	int64_t revision;  /* the newest one that is seen */
	rp_text kind, access;
	rp_text state; /* received, posted, merged, withdrawn */
	int64_t merged_into_id, merged_into;    /* id and number; 0 */
	struct rp_document_numbers merged_from; /* what it was merged of */
	bool is_for_action, is_title_public;
	bool is_summary_public;
	bool is_title_only; /* the reader sees no more of it, but a summary */
	int64_t received_at, posted_at;
	int64_t admitted_at;    /* 0: was not */
	int64_t public_from_at; /* 0: no day is set */
	enum rp_posting_effect posting;
	struct rp_wording title;
	struct rp_document_sources sources; /* parties */
	struct rp_source_names names;       /* theirs, in the same order */
	struct rp_document_files files;     /* newest revision first */
	struct rp_document_parts parts;     /* addenda, each with corrigenda */
};
struct rp_meeting_documents RP_VEC(struct rp_meeting_document);

/* agenda, contribution, secretariat, report, information; ended by an empty
 * text. */
extern const rp_text rp_document_kinds[];
extern const rp_text rp_document_statuses[];
bool rp_document_kind_ok(rp_text kind);

/* It was posted, and was not taken back. */
bool rp_document_is_out(const struct rp_meeting_document *d);

/* By number, with their parts; titles in `lang` where they are there. */
struct rp_err *rp_meeting_document_list(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m, rp_text lang,
    struct rp_meeting_documents *out) RP_MUST_USE;

/* The same with the group's rules, where they are loaded already. */
struct rp_err *rp_meeting_document_list_by(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_posting_rules *rules, rp_text lang,
    struct rp_meeting_documents *out) RP_MUST_USE;

/* RP_E_NOTFOUND also for one that is not seen. */
struct rp_err *rp_meeting_document_get(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m, int64_t number, rp_text lang,
    struct rp_meeting_document *out) RP_MUST_USE;

/* The same, or a part of one, by its identifier. */
struct rp_err *rp_meeting_document_get_by_id(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m, int64_t id, rp_text lang,
    struct rp_meeting_document *out) RP_MUST_USE;

/* The texts of its head and its author's summary, in `lang` where they are
 * there. Of one whose title alone is seen purpose and summary, if they are
 * public, and nothing of one that is withdrawn. */
struct rp_document_words {
	struct rp_wording purpose, action, summary, refs, letter;
};
struct rp_err *rp_meeting_document_words(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting_document *d, rp_text lang,
    struct rp_document_words *out) RP_MUST_USE;

/*
 * Who transmits it to a Council, by name and title: a letter goes with its
 * files. Empty: none does. Needs RP_MAY_MEET. RP_E_LIMIT.
 */
#define RP_DOCUMENT_LETTER_MAX 400 /* octets */
struct rp_err *rp_meeting_document_set_letter(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_meeting_document *d, rp_text lang,
    rp_text signature) RP_MUST_USE;

/* The number that is free next. */
struct rp_err *rp_meeting_document_next(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m, int64_t *out) RP_MUST_USE;

struct rp_document_in {
	int64_t number; /* 0: the next one */
	rp_text kind, access;
	bool is_for_action, is_title_public;
	int64_t received_at; /* 0: now */
	struct rp_document_sources sources;
};

/*
 * Enter one; its title comes next, by rp_wording_set(). Needs RP_MAY_MEET.
 * RP_E_CONFLICT for a symbol that is given, RP_E_INVALID, RP_E_LIMIT,
 * RP_E_NOTFOUND for a source that is no party of the body.
 */
struct rp_err *rp_meeting_document_add(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_document_in *in, int64_t *out_id,
    int64_t *out_number) RP_MUST_USE;

struct rp_document_file_in {
	int64_t revision;
	rp_text lang, status;
	int64_t upload_id; /* a file that arrived: upload.h */
	rp_text file_name, file_kind;
};

/*
 * Add a file. RP_E_INVALID for a language, status or kind of file that is none,
 * for no file, and for a revision that skips one; RP_E_CONFLICT for a language
 * that the revision has; RP_E_LIMIT.
 */
struct rp_err *rp_meeting_document_add_file(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_meeting_document *d,
    const struct rp_document_file_in *in) RP_MUST_USE;

/* received -> posted -> withdrawn; merged -> posted, if that was a mistake, or
 * withdrawn. RP_E_CONFLICT for another way. */
struct rp_err *rp_meeting_document_set_state(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_meeting_document *d, rp_text state) RP_MUST_USE;

/* Who may read it, and its parts. */
struct rp_document_access {
	rp_text access;         /* of its text: public, members */
	bool is_title_public;   /* symbol, title and sources */
	bool is_summary_public; /* purpose and summary; with the title only */
	int64_t public_from_at; /* 0: no day is set */
};
struct rp_err *rp_meeting_document_set_access(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_meeting_document *d,
    const struct rp_document_access *access) RP_MUST_USE;

/*
 * The party that submitted it takes it back, whatever its state. For
 * contribution.h, which has asked who acts for the party.
 */
struct rp_err *rp_meeting_document_withdraw_own(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m, int64_t id) RP_MUST_USE;

/* A late one, on the decision of the Chair or the Director. */
struct rp_err *rp_meeting_document_admit(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_meeting_document *d) RP_MUST_USE;

/*
 * It went into another document of the meeting, with the consent of its
 * sources. For contribution.h, which has asked them. RP_E_CONFLICT unless it is
 * posted.
 */
struct rp_err *rp_meeting_document_merge(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_meeting_document *d, int64_t into_id) RP_MUST_USE;

/* "CWG-Internet-20/3(Rev.1)", "CWG-Internet-20/3(Add.1)(Rev.1)" */
rp_text rp_meeting_document_symbol(struct rp_arena *a,
    const struct rp_meeting *m, const struct rp_meeting_document *d);

#endif
