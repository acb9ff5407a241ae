/*
 * document_reading - what is made of a document's file, and by whom.
 *
 * A file that arrives for a document waits for a parse process, which makes of
 * it a clean Word document and a tagged PDF with the document's head (symbol,
 * date, language, sources, and the box with purpose and action), its words, the
 * labels of its paragraphs, what the lint finds, the parts by which its PDF is
 * joined with others, and of a revision what changed
 * since the one before. It is made again when the
 * document is posted, for its head may have changed. Files that are PDF already
 * are kept as they are.
 *
 * Worker only: RP_E_DENIED for others. Claimed, read, and stored in short
 * transactions of their own (proc/job_document.h). Who may see what was made is
 * decided by meeting_document.h, which has it with the file.
 */
#ifndef RP_DOMAIN_DOCUMENT_READING_H
#define RP_DOMAIN_DOCUMENT_READING_H

#include "base/clock.h"
#include "domain/actor.h"

#define RP_DOCUMENT_READING_TRIES 5
#define RP_DOCUMENT_READING_CLAIM (5 * RP_MINUTE)
#define RP_DOCUMENT_LABELS_MAX 20000   /* octets kept */
#define RP_DOCUMENT_FINDINGS_MAX 60000 /* octets kept */

/* In the transaction that adds the file or changes its document. */
struct rp_err *rp_document_reading_ask(const struct rp_actor *who,
    struct rp_tx *tx, int64_t file_id) RP_MUST_USE;

struct rp_document_work {
	int64_t task_id, file_id, document_id, tries, blob_id;
	int64_t old_blob_id; /* Word, of the revision before; 0: none */
	bool is_nothing;     /* the file is gone; the task is, too */
	bool is_pdf, is_markdown;
	/* The head, in the file's language as far as there is one. */
	rp_text lang, symbol, kind, title, purpose, action, refs;
	rp_text sources; /* full names, one a line */
	rp_text letter;  /* who transmits it to a Council; empty: no letter */
	rp_text zone;
	int64_t received_at;
};

struct rp_document_result {
	bool failed;
	rp_text reason;
	rp_text text, labels, findings;
	int64_t paragraphs;
	rp_bytes docx, pdf, tracked; /* empty: none */
	rp_bytes parts;              /* of the PDF (codec/pdf_join.h) */
	int64_t pages;
};

/* The next one that waits; `out_found` false if none does. */
struct rp_err *rp_document_claim(const struct rp_actor *who, struct rp_tx *tx,
    bool *out_found, struct rp_document_work *out) RP_MUST_USE;

struct rp_err *rp_document_later(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_document_work *work, int64_t wait_ms,
    rp_text why) RP_MUST_USE;

struct rp_err *rp_document_made(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_document_work *work,
    const struct rp_document_result *r) RP_MUST_USE;

#endif
