/*
 * registry - the work on versions: their texts, and what two differ in.
 *
 * The worker claims a task, has a parse process do it, and says here what came
 * of it. When a version has been read it is compared with every other one of
 * its instrument and language, so that no reader's question makes work: what is
 * not there yet is on its way. What a version quotes is kept with it, so that
 * its references to other texts can be looked up at any time: is there a newer
 * version than the one that is quoted?
 */
#ifndef RP_DOMAIN_REGISTRY_H
#define RP_DOMAIN_REGISTRY_H

#include "base/clock.h"
#include "domain/instrument.h"

#define RP_REGISTRY_CLAIM (10 * RP_MINUTE) /* a claim is free again then */
#define RP_REGISTRY_TRIES 3

/* Octets of what pages are made from; longer ones are "not read". */
#define RP_REGISTRY_TEXT_MAX ((size_t)3 << 20)

/* Longer ones, of some thousand paragraphs, are files to take and no pages. */
#define RP_REGISTRY_PAGE_MAX ((size_t)1 << 20)

#define RP_REGISTRY_BODY_MAX ((size_t)400000) /* octets that are searched */
#define RP_REFERENCES_MAX 2000 /* of one comparison; the rest is not kept */
#define RP_CITATIONS_KEPT 2000 /* of one version, as citation.h finds them */
#define RP_CITED_MAX 500       /* different texts that one version quotes */

struct rp_comparison {
	int64_t id;
	rp_text state; /* waiting, done, failed */
	rp_text reason;
	int64_t text_blob_id, script_blob_id;
	int64_t tracked_blob_id; /* 0: none could be made */
	int64_t unchanged, modified, editorial, added, suppressed, moved,
	    renumbered;
};

/* Whether a comparison of these two goes from `old` to `now`. */
bool rp_version_is_older(const struct rp_version *old,
    const struct rp_version *now);

/*
 * `old` and `now` as a list or rp_version_get() gave them to `who`.
 * RP_E_NOTFOUND for versions that are not compared.
 */
struct rp_err *rp_comparison_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_version *old, const struct rp_version *now,
    struct rp_comparison *out) RP_MUST_USE;

/* What a text quotes of itself, in the newer version (redline/script.h). */
struct rp_self_reference {
	int64_t at;            /* block, from 0 */
	rp_text quoted, label; /* what its target is labelled now */
	rp_text state;         /* ok, updated, stale, gone */
	bool doubtful;
};

struct rp_self_references RP_VEC(struct rp_self_reference);

struct rp_err *rp_comparison_references(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_comparison *c,
    struct rp_self_references *out) RP_MUST_USE;

/* What a version quotes of other texts. */
enum rp_cited_state {
	RP_CITED_ELSEWHERE, /* the body's registry does not have it */
	RP_CITED_ANY,       /* no version is named: always the newest */
	RP_CITED_CURRENT,   /* the one that holds, or a newer one */
	RP_CITED_OLDER,     /* a newer one holds */
};

struct rp_cited {
	int64_t at; /* block of the first time, from 0 */
	int64_t times;
	rp_text quoted, kind, number, name;
	int64_t year;
	enum rp_cited_state state;
	/* If it is in the registry. */
	rp_text slug, group_slug;
	int64_t now_number; /* the version that holds; 0: none does */
	rp_text now_name, now_lang, now_state;
};

struct rp_citeds RP_VEC(struct rp_cited);

/*
 * In the order of the text, each version that is quoted once, and not the
 * version itself. What holds is the newest public one that is in force, or
 * where none is the newest that was adopted; its name in the language of `v`
 * where there is one. `v` as a list or rp_version_get() gave it to `who`.
 */
struct rp_err *rp_version_cited(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_version *v, struct rp_citeds *out) RP_MUST_USE;

/* A text of the registry that quotes older versions than there are. */
struct rp_swept {
	struct rp_instrument instrument;
	struct rp_version version;
	struct rp_citeds older; /* RP_CITED_OLDER only */
};

struct rp_swepts RP_VEC(struct rp_swept);

/*
 * All texts of a group that are to be looked at: of each text and language the
 * newest version. Needs RP_MAY_REGISTER.
 */
struct rp_err *rp_registry_sweep(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text lang, struct rp_swepts *out) RP_MUST_USE;

/* All octets of a stored file, whose id the caller has from above. */
struct rp_err *rp_registry_octets(const struct rp_actor *who, struct rp_tx *tx,
    int64_t blob_id, size_t max, rp_bytes *out) RP_MUST_USE;

/* For the worker; RP_E_DENIED for others. */

enum rp_registry_kind {
	RP_REGISTRY_NOTHING, /* the claim was all there was to do */
	RP_REGISTRY_READ,
	RP_REGISTRY_COMPARE,
	RP_REGISTRY_SALVAGE, /* flattened.h */
};

struct rp_registry_work {
	enum rp_registry_kind kind;
	int64_t task_id, ref_id, tries;
	int64_t blob_id, other_blob_id; /* the file; the newer one */
	bool markdown;                  /* what the file is, if it is text */
};

struct rp_err *rp_registry_claim(const struct rp_actor *who, struct rp_tx *tx,
    bool *out_found, struct rp_registry_work *out) RP_MUST_USE;

/*
 * What a parse process made. READ: the text, what it quotes, its words in
 * `body`. COMPARE: text, script, tracked; the counts in `c`, the references.
 * SALVAGE: the older text, the decisions in `script`, the newer in `newer`.
 */
struct rp_registry_result {
	bool failed;
	rp_text reason;
	rp_bytes text, script, tracked, newer;
	rp_text body;
	struct rp_comparison c;
	struct rp_citeds citations; /* at, quoted, kind, number, name, year */
	struct rp_self_references references;
};

struct rp_err *rp_registry_done(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_registry_work *work,
    const struct rp_registry_result *result) RP_MUST_USE;

/* Try again after `delay`. */
struct rp_err *rp_registry_later(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_registry_work *work, int64_t delay,
    rp_text why) RP_MUST_USE;

#endif
