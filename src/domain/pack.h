/*
 * pack - the documents of a meeting to take away, whole or what is new.
 *
 * A pack has what its reader may see of what was posted (meeting_document.h):
 * of each document the newest revision, in the languages asked for; where it is
 * in none of them, in the original. Documents of which the reader sees the
 * title alone are named, without a file. Nothing in a pack depends on when or
 * by whom it is made, but for what that reader may see.
 *
 * Three ways to ask for less: what was posted since a day (in the meeting's
 * zone); what came after an edition; and, for somebody signed in, what he has
 * not taken yet. An edition is a hash over all files that the reader sees, in
 * the order in which they came to be seen. It stands in the index of each pack,
 * and names a state as long as no document is withdrawn or closed.
 *
 * What a person took is personal data, and goes with the person (privacy.h).
 */
#ifndef RP_DOMAIN_PACK_H
#define RP_DOMAIN_PACK_H

#include "domain/meeting_document.h"

#define RP_PACK_EDITION_MAX 64 /* octets typed; an edition has 32 */
#define RP_PACK_DATE_MAX 40    /* octets typed as "YYYY-MM-DD" */
#define RP_PACK_LANGS_MAX 60   /* languages asked for */

struct rp_pack_langs RP_VEC(rp_text);

struct rp_pack_asked {
	struct rp_pack_langs langs; /* none: all there are */
	rp_text since;              /* "YYYY-MM-DD", or empty */
	rp_text edition;            /* or empty */
	bool is_new;                /* what the person has not taken */
	int64_t taken_at;           /* what he took then; 0: any */
};

struct rp_pack_file {
	int64_t id, blob_id, size;
	size_t document; /* of rp_pack.documents */
	int64_t revision;
	rp_text name;              /* in the pack: "documents/…" */
	rp_text lang, status, sum; /* SHA-256, hexadecimal */
	int64_t seen_at;
};
struct rp_pack_files RP_VEC(struct rp_pack_file);

enum rp_pack_problem {
	RP_PACK_FINE,
	RP_PACK_BAD_SINCE,
	RP_PACK_BAD_EDITION, /* no state that this reader could have seen */
};

struct rp_pack {
	enum rp_pack_problem problem;          /* then there are no files */
	struct rp_meeting_documents documents; /* posted, by number */
	struct rp_pack_files files;            /* by number, then language */
	struct rp_pack_langs langs;            /* that there are, any file */
	struct rp_wordings titles;             /* in all languages */
	rp_text edition;
	int64_t size;     /* octets of the files */
	int64_t taken_at; /* the person's last taking; 0: none */
	int64_t last_at;  /* when the newest file came to be seen */
	bool is_part;     /* asked for less than all */
};

struct rp_err *rp_pack_make(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_pack_asked *asked,
    struct rp_pack *out) RP_MUST_USE;

/* The title of a document of the pack in `lang`, or the next best. */
struct rp_wording rp_pack_title(const struct rp_pack *p, size_t document,
    rp_text lang);

/* Whether the document has a file in this pack, or only its title is seen. */
bool rp_pack_names(const struct rp_pack *p, size_t document);

/* Note that the person takes it, at who->now. RP_E_UNKNOWN for nobody. */
struct rp_err *rp_pack_take(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_pack *p) RP_MUST_USE;

#endif
