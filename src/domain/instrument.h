/*
 * instrument - the registry of resolutions and the like, and their versions.
 *
 * An instrument belongs to a group; it has a kind, a number as it is quoted
 * ("102", "COM5-1"), titles (wording) and versions. A version is a Word
 * document with a name ("Rev. Bucharest, 2022"), a date, a language and a
 * state. Its file is read by a parse process (registry.h); from then on the
 * public sees it, but for drafts. Versions in one
 * language are compared with each other, the older with the newer.
 *
 * Creating, adding and changing need RP_MAY_REGISTER on the group. A version is
 * never replaced: there is a new one instead.
 */
#ifndef RP_DOMAIN_INSTRUMENT_H
#define RP_DOMAIN_INSTRUMENT_H

#include "domain/actor.h"
#include "domain/wording.h"

#define RP_INSTRUMENT_NUMBER_MAX 20 /* letters, digits, "-" and "." */
#define RP_INSTRUMENT_TITLE_MAX 600 /* octets */
#define RP_VERSION_NAME_MAX 100     /* octets */
#define RP_INSTRUMENTS_MAX 200      /* in a group: one page lists them */
#define RP_VERSIONS_MAX 60          /* of an instrument, in all languages */

struct rp_instrument {
	int64_t id, group_id;
	rp_text kind, number, slug;
	struct rp_wording title;
	int64_t versions; /* that the public sees; in lists only */
};

struct rp_instruments RP_VEC(struct rp_instrument);

struct rp_version {
	int64_t id, instrument_id, number;
	rp_text name, state, lang, dated; /* "YYYY-MM-DD" */
	rp_text file_name;
	rp_text reading, reason; /* received, read, not_read and why */
	int64_t blob_id, text_blob_id;
};

struct rp_versions RP_VEC(struct rp_version);

/* The words of both columns, in their order, ended by an empty text. */
extern const rp_text rp_instrument_kinds[];
extern const rp_text rp_version_states[];

/* RP_E_NOTFOUND. */
struct rp_err *rp_instrument_get(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text slug, rp_text lang,
    struct rp_instrument *out) RP_MUST_USE;
struct rp_err *rp_instrument_get_by_id(const struct rp_actor *who,
    struct rp_tx *tx, int64_t id, rp_text lang,
    struct rp_instrument *out) RP_MUST_USE;

/* By kind, then number. */
struct rp_err *rp_instrument_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text lang, struct rp_instruments *out) RP_MUST_USE;

/*
 * A new one; its title comes next, by rp_wording_set(). RP_E_INVALID for a kind
 * or number that is none, RP_E_CONFLICT for one that is there, RP_E_LIMIT past
 * RP_INSTRUMENTS_MAX.
 */
struct rp_err *rp_instrument_create(const struct rp_actor *who,
    struct rp_tx *tx, int64_t group_id, rp_text kind, rp_text number,
    int64_t *out_id) RP_MUST_USE;

/*
 * By date, then as they came. Drafts, and versions whose file has not been
 * read, are shown to those only who may add some.
 */
struct rp_err *rp_version_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, struct rp_versions *out) RP_MUST_USE;

/* By its number; RP_E_NOTFOUND also where the list would not show it. */
struct rp_err *rp_version_get(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, int64_t number, struct rp_version *out) RP_MUST_USE;

struct rp_version_in {
	rp_text name, state, lang, dated;
	int64_t upload_id; /* a file that arrived: upload.h; or */
	int64_t blob_id;   /* one that the domain has */
	rp_text file_name, file_kind;
};

/* What is wrong with one that is to be added. */
enum rp_version_problem {
	RP_VERSION_FINE = 0,
	RP_VERSION_NO_NAME,
	RP_VERSION_BAD_STATE,
	RP_VERSION_BAD_LANG,
	RP_VERSION_BAD_DATE,
	RP_VERSION_NO_FILE,
	RP_VERSION_BAD_FILE, /* no Word document */
};

/* No effect: the first thing that is wrong. */
enum rp_version_problem rp_version_check(struct rp_arena *a,
    const struct rp_version_in *v);

/*
 * Add one; its file is read soon. RP_E_INVALID if rp_version_check() finds
 * something, RP_E_LIMIT past RP_VERSIONS_MAX.
 */
struct rp_err *rp_version_add(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, const struct rp_version_in *v,
    int64_t *out_number) RP_MUST_USE;

/* RP_E_INVALID for no state, RP_E_NOTFOUND. */
struct rp_err *rp_version_set_state(const struct rp_actor *who,
    struct rp_tx *tx, int64_t instrument_id, int64_t number,
    rp_text state) RP_MUST_USE;

#endif
