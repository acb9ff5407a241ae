/*
 * archive - documents of earlier meetings, entered with their files.
 *
 * What a body has kept of thirty years comes as files and a table. Each row is
 * one file: a language of a revision of a document. It is entered as posted on
 * its date, for its rules of posting are of another time; revisions may be
 * missing. Entering the same again changes nothing; a symbol that is there with
 * another kind, access, title or file is told and not touched. A meeting that
 * is not there is made of what the row says of it, or is told.
 *
 * Needs RP_MAY_MEET on the group, and is for commands: files are stored without
 * an upload.
 */
#ifndef RP_DOMAIN_ARCHIVE_H
#define RP_DOMAIN_ARCHIVE_H

#include "domain/crypto.h"
#include "domain/meeting_document.h"

struct rp_archived {
	rp_text symbol; /* in any spelling of symbol.h */
	rp_text title, lang, status, kind, access; /* of meeting_document.h */
	bool is_for_action, is_title_public;
	rp_text sources; /* slugs or names in any language, with ";" between */
	rp_text date;    /* "YYYY-MM-DD", in the body's zone */
	rp_text file_name, file_kind;
	/* Of the meeting, if it is to be made; else empty. */
	rp_text opens_local, closes_local, zone, place;
};

enum rp_archive_problem {
	RP_ARCHIVE_FINE,
	RP_ARCHIVE_BAD_SYMBOL,
	RP_ARCHIVE_NO_MEETING,
	RP_ARCHIVE_BAD_MEETING, /* what the row says of it makes none */
	RP_ARCHIVE_NO_TITLE,
	RP_ARCHIVE_BAD_LANG,
	RP_ARCHIVE_BAD_STATUS,
	RP_ARCHIVE_BAD_KIND,
	RP_ARCHIVE_BAD_ACCESS,
	RP_ARCHIVE_BAD_SOURCE, /* no party of the body */
	RP_ARCHIVE_BAD_DATE,   /* none, or one to come */
	RP_ARCHIVE_BAD_FILE,   /* of no kind that is read */
	RP_ARCHIVE_OTHER_KIND, /* is there with another one */
	RP_ARCHIVE_OTHER_ACCESS,
	RP_ARCHIVE_OTHER_TITLE,
	RP_ARCHIVE_OTHER_FILE,
	RP_ARCHIVE_PROBLEM_COUNT
};

/* For who made the table: "no meeting of this number". */
rp_text rp_archive_problem_name(enum rp_archive_problem p);

enum rp_archive_outcome {
	RP_ARCHIVE_NEW,   /* a new document */
	RP_ARCHIVE_ADDED, /* a file to one that was there */
	RP_ARCHIVE_THERE, /* nothing to do */
};

struct rp_archive; /* a group's, with the parties of its body */

struct rp_err *rp_archive_open(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, struct rp_archive **out) RP_MUST_USE;

/* The one spelling of the row's symbol and language, to find doubles, or of the
 * document alone, without revision; empty where it is no symbol. */
rp_text rp_archive_key(struct rp_arena *a, const struct rp_archived *row);
rp_text rp_archive_document_key(struct rp_arena *a,
    const struct rp_archived *row);

/* No effect. `file`: SHA-256 of its octets. */
struct rp_err *rp_archive_check(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_archive *a, const struct rp_archived *row,
    const struct rp_digest *file, enum rp_archive_problem *out,
    enum rp_archive_outcome *out_outcome) RP_MUST_USE;

/* RP_E_INVALID if rp_archive_check() finds something. */
struct rp_err *rp_archive_put(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_archive *a, const struct rp_archived *row, rp_bytes octets,
    enum rp_archive_outcome *out) RP_MUST_USE;

#endif
