/*
 * document_comparison - two files of a document, and what changed.
 *
 * When a file has been read (document_reading.h) it is compared with the
 * RP_DOCUMENT_COMPARED_MAX revisions before it in the same language; and the
 * first revision of an addendum or corrigendum with the newest one of what it
 * belongs to. Versions in different languages are not compared. The worker has
 * it done by a parse process, from the Word documents with their heads; what
 * has none (a PDF) is not compared.
 *
 * Who sees what: who reads both files (meeting_document.h).
 */
#ifndef RP_DOMAIN_DOCUMENT_COMPARISON_H
#define RP_DOMAIN_DOCUMENT_COMPARISON_H

#include "base/clock.h"
#include "domain/meeting_document.h"

#define RP_DOCUMENT_COMPARED_MAX 5 /* earlier revisions */
#define RP_DOCUMENT_COMPARISON_TRIES 5
#define RP_DOCUMENT_COMPARISON_CLAIM (5 * RP_MINUTE)

/* The older file of a pair and the newer one, as the reader has them. */
struct rp_document_pair {
	const struct rp_document_file *old, *now;
	bool is_of_whole; /* `old` is of what the part belongs to */
};
struct rp_document_pairs RP_VEC(struct rp_document_pair);

/* No effect. Those of a document; `of`: what it is a part of, or NULL. */
void rp_document_pairs(struct rp_arena *a, const struct rp_meeting_document *d,
    const struct rp_meeting_document *of, struct rp_document_pairs *out);

struct rp_document_comparison {
	int64_t id;
	rp_text state; /* waiting, made, failed */
	rp_text reason;
	int64_t text_blob_id;
	int64_t tracked_blob_id; /* 0: none could be made */
};

/* RP_E_NOTFOUND for a pair that is not compared. */
struct rp_err *rp_document_comparison_get(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_document_pair *pair,
    struct rp_document_comparison *out) RP_MUST_USE;

/* For document_reading.c: the file was read; what it is compared with waits. */
struct rp_err *rp_document_comparison_ask(const struct rp_actor *who,
    struct rp_tx *tx, int64_t file_id) RP_MUST_USE;

/* The worker's: RP_E_DENIED for others. */
struct rp_document_comparing {
	int64_t task_id, id, tries, old_blob_id, new_blob_id;
	bool is_nothing; /* the claim was all there was to do */
};
struct rp_err *rp_document_comparison_claim(const struct rp_actor *who,
    struct rp_tx *tx, bool *out_found,
    struct rp_document_comparing *out) RP_MUST_USE;
struct rp_err *rp_document_comparison_later(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_document_comparing *work, int64_t wait_ms,
    rp_text why) RP_MUST_USE;

struct rp_document_compared {
	bool failed;
	rp_text reason;
	rp_bytes text, tracked; /* empty: none */
};
struct rp_err *rp_document_comparison_made(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_document_comparing *work,
    const struct rp_document_compared *r) RP_MUST_USE;

#endif
