/*
 * access_log - who opened which document that is not public, and when.
 *
 * A row for each page of such a document that somebody signed in was shown, and
 * for each of its files that went out: by itself, in a pack, or by the API. The
 * row names the account; there are no networks and no browsers in it. Public
 * documents are never in it, and so nobody without an account is.
 *
 * It is for RP_MAY_MEET on the group. Rows go after env->access_log_age; with a
 * person's data goes the name. Noting is the web engine's, which does it in the
 * next turn that writes.
 */
#ifndef RP_DOMAIN_ACCESS_LOG_H
#define RP_DOMAIN_ACCESS_LOG_H

#include "base/vec.h"
#include "domain/meeting_document.h"

#define RP_ACCESS_PAGE 100
#define RP_ACCESS_EXPORT_MAX 50000 /* rows of one table */
#define RP_ACCESS_SWEEP_MAX 1000   /* rows in one transaction */

enum rp_access_what {
	RP_ACCESS_PAGE_SHOWN,
	RP_ACCESS_FILE, /* as it was sent */
	RP_ACCESS_PDF,
	RP_ACCESS_DOCX,
	RP_ACCESS_CHANGES,
	RP_ACCESS_PACK,
	RP_ACCESS_API,
	RP_ACCESS_WHATS,
};
rp_text rp_access_what_name(enum rp_access_what what);
bool rp_access_what_from(rp_text name, enum rp_access_what *out);

/* One to be noted; no effect. */
struct rp_access {
	int64_t group_id, document_id, person_id, at;
	int64_t file_id; /* 0: a page */
	enum rp_access_what what;
};
struct rp_accesses RP_VEC(struct rp_access);

/*
 * Add it to `out` if it is to be noted: the reader is somebody, and the
 * document is not public. `f` may be NULL.
 */
void rp_access_add(const struct rp_actor *who, struct rp_arena *a,
    const struct rp_meeting *m, const struct rp_meeting_document *d,
    const struct rp_document_file *f, enum rp_access_what what,
    struct rp_accesses *out);

/* For the web engine: `who` is not judged again. */
struct rp_err *rp_access_note(struct rp_tx *tx, const struct rp_access *v,
    size_t n) RP_MUST_USE;

struct rp_access_row {
	int64_t id, at, person_id;
	rp_text person; /* empty: erased */
	enum rp_access_what what;
	rp_text series, lang; /* lang empty: a page */
	int64_t ordinal, number, revision;
};
struct rp_access_rows RP_VEC(struct rp_access_row);

/* Those before `below_id` (0: from the newest), at most RP_ACCESS_PAGE. */
struct rp_err *rp_access_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, int64_t below_id, struct rp_access_rows *out) RP_MUST_USE;

/* All, for a table: at most RP_ACCESS_EXPORT_MAX, the newest. */
struct rp_err *rp_access_export(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, struct rp_access_rows *out) RP_MUST_USE;

/* For the worker: a batch of what is too old; `out_more`: there may be more. */
struct rp_err *rp_access_sweep(const struct rp_actor *who, struct rp_tx *tx,
    bool *out_more) RP_MUST_USE;

#endif
