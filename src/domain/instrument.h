/*
 * instrument - the registry of resolutions and the like, and their versions.
 *
 * An instrument belongs to a group; it has a kind, a number as it is quoted
 * ("102", "COM5-1"), titles (wording) and versions. A version is a file with a
 * name ("Rev. Bucharest, 2022"), a date, a language and a state. Its file is
 * read by a parse process (registry.h); from then on the public sees it, but
 * for drafts. Versions in one language are compared with each other, the older
 * with the newer.
 *
 * The states are the readings of a conference: a draft; proposed (on white
 * paper); first reading (blue) and second reading (pink), as the editorial
 * committee gives them out; adopted; in force; superseded. A version goes from
 * one to the next, or past the second reading where both were taken at once. A
 * step back (a text referred back, a mistake) needs a reason. Every step is
 * kept with its instant, who entered it and where it was decided.
 *
 * Creating, adding and changing need RP_MAY_REGISTER on the group. A version is
 * never replaced: there is a new one instead, and a wrong one is withdrawn,
 * with a reason. It stays for those who may add some; the public, comparisons,
 * the search and sweeps for references do not see it any more.
 */
#ifndef RP_DOMAIN_INSTRUMENT_H
#define RP_DOMAIN_INSTRUMENT_H

#include "domain/actor.h"
#include "domain/wording.h"

#define RP_INSTRUMENT_NUMBER_MAX 20 /* letters, digits, "-" and "." */
#define RP_INSTRUMENT_TITLE_MAX 600 /* octets */
#define RP_VERSION_NAME_MAX 100     /* octets */
#define RP_VERSION_PLACE_MAX 200    /* octets: where it was decided */
#define RP_VERSION_WHY_MAX 1000     /* octets: reasons */
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
	rp_text format;          /* docx, odt, md, txt, akn */
	rp_text reading, reason; /* received, read, not_read and why */
	int64_t blob_id, text_blob_id;
	int64_t withdrawn_at; /* 0: it stands */
	rp_text withdrawn_why;
	int64_t flattened_id; /* flattened.h; 0: it is a file of its own */
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

/* What is in force, by kind, then number: one version of each, of the newest
 * day, in `lang` if there is one, else in English, else the first. Without
 * titles. */
struct rp_in_force {
	struct rp_instrument instrument;
	int64_t number;
	rp_text name, lang, dated; /* of the version */
};
struct rp_in_force_list RP_VEC(struct rp_in_force);
struct rp_err *rp_instrument_in_force(const struct rp_actor *who,
    struct rp_tx *tx, int64_t group_id, rp_text lang,
    struct rp_in_force_list *out) RP_MUST_USE;

/*
 * A new one; its title comes next, by rp_wording_set(). RP_E_INVALID for a kind
 * or number that is none, RP_E_CONFLICT for one that is there, RP_E_LIMIT past
 * RP_INSTRUMENTS_MAX.
 */
struct rp_err *rp_instrument_create(const struct rp_actor *who,
    struct rp_tx *tx, int64_t group_id, rp_text kind, rp_text number,
    int64_t *out_id) RP_MUST_USE;

/*
 * By date, then as they came. Drafts, versions whose file has not been read and
 * those that were withdrawn are shown to those only who may add some.
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
	RP_VERSION_BAD_FILE, /* of no kind that is read */
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

/* A state that a version may go to. */
struct rp_version_next {
	rp_text state;
	bool back; /* needs a reason */
};

struct rp_version_nexts RP_VEC(struct rp_version_next);

/* No effect: where a version in this state may go. */
struct rp_version_nexts rp_version_next_of(struct rp_arena *a, rp_text state);

struct rp_version_step_in {
	rp_text state;
	rp_text place; /* "Plenary, 12th meeting"; may be empty */
	rp_text why;   /* of a step back */
};

/*
 * RP_E_INVALID for no state, one that this version may not go to, or a step
 * back without a reason; RP_E_CONFLICT for one that was withdrawn;
 * RP_E_NOTFOUND. The state that it has already is no step and no error.
 */
struct rp_err *rp_version_step(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, int64_t number,
    const struct rp_version_step_in *step) RP_MUST_USE;

struct rp_version_step {
	rp_text state;
	int64_t at;
	rp_text person; /* empty but for those who may add versions */
	rp_text place, why;
};

struct rp_version_steps RP_VEC(struct rp_version_step);

/* As they were made; the first is that of adding. `v` from a list or get. */
struct rp_err *rp_version_steps(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_version *v, struct rp_version_steps *out) RP_MUST_USE;

/*
 * Take back a wrong one. RP_E_INVALID without a reason, RP_E_CONFLICT if it was
 * withdrawn already, RP_E_NOTFOUND.
 */
struct rp_err *rp_version_withdraw(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, int64_t number, rp_text why) RP_MUST_USE;

/*
 * The title in a further language, or in one that is there; empty: removed. The
 * first title is the original; those that follow are official. RP_E_LIMIT past
 * RP_INSTRUMENT_TITLE_MAX, RP_E_CONFLICT for removing the only one.
 */
struct rp_err *rp_instrument_set_title(const struct rp_actor *who,
    struct rp_tx *tx, int64_t id, rp_text lang, rp_text title) RP_MUST_USE;

/* All titles. */
struct rp_err *rp_instrument_titles(const struct rp_actor *who,
    struct rp_tx *tx, int64_t id, struct rp_wordings *out) RP_MUST_USE;

#endif
