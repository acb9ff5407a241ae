/*
 * registry - the work on versions: their texts, and what two differ in.
 *
 * The worker claims a task, has a parse process do it, and says here what came
 * of it. When a version has been read it is compared with every other one of
 * its instrument and language, so that no reader's question makes work: what is
 * not there yet is on its way.
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

struct rp_comparison {
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

/* All octets of a stored file, whose id the caller has from above. */
struct rp_err *rp_registry_octets(const struct rp_actor *who, struct rp_tx *tx,
    int64_t blob_id, size_t max, rp_bytes *out) RP_MUST_USE;

/* For the worker; RP_E_DENIED for others. */

enum rp_registry_kind {
	RP_REGISTRY_NOTHING, /* the claim was all there was to do */
	RP_REGISTRY_READ,
	RP_REGISTRY_COMPARE,
};

struct rp_registry_work {
	enum rp_registry_kind kind;
	int64_t task_id, ref_id, tries;
	int64_t blob_id, other_blob_id; /* the file; the newer one */
};

struct rp_err *rp_registry_claim(const struct rp_actor *who, struct rp_tx *tx,
    bool *out_found, struct rp_registry_work *out) RP_MUST_USE;

/* What a parse process made; the counts of a comparison are in `c`. */
struct rp_registry_result {
	bool failed;
	rp_text reason;
	rp_bytes text, script, tracked;
	struct rp_comparison c;
};

struct rp_err *rp_registry_done(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_registry_work *work,
    const struct rp_registry_result *result) RP_MUST_USE;

/* Try again after `delay`. */
struct rp_err *rp_registry_later(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_registry_work *work, int64_t delay,
    rp_text why) RP_MUST_USE;

#endif
