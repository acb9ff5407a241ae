/*
 * attachment - files that came with a response, on their way to being read.
 *
 * The worker claims one, has it looked at by the scanner and read by a parse
 * process (proc/job_attachment.h), and says here what came of it: text for
 * search and later analysis, and a copy without its author's metadata, which is
 * the one that the public gets. An attachment whose reading failed is "not
 * read" and stays so: it is counted and kept, never dropped.
 */
#ifndef RP_DOMAIN_ATTACHMENT_H
#define RP_DOMAIN_ATTACHMENT_H

#include "base/clock.h"
#include "domain/actor.h"

/* A claim that nobody has ended is free again after this. */
#define RP_ATTACHMENT_CLAIM (10 * RP_MINUTE)

/* After so many tries it is "not read". */
#define RP_ATTACHMENT_TRIES 3

#define RP_ATTACHMENT_TEXT_MAX ((size_t)4 * 1024 * 1024) /* octets */

struct rp_attachment_work {
	int64_t task_id, attachment_id, response_id, blob_id, size, tries;
	rp_text name, kind;
};

struct rp_attachment_result {
	rp_text state;  /* read, not_read, infected */
	rp_text reason; /* for staff: an identifier, or the reader's words */
	rp_text kind;   /* pdf, docx, odt, txt; empty: what was thought first */
	rp_text body;
	rp_bytes copy;          /* without metadata; empty: none was made */
	bool original_is_clean; /* plain text: it has no metadata */
};

/* Claim the next one. For the worker (RP_E_DENIED). */
struct rp_err *rp_attachment_claim(const struct rp_actor *who, struct rp_tx *tx,
    bool *out_found, struct rp_attachment_work *out) RP_MUST_USE;

/* All its octets, in the transaction's arena. */
struct rp_err *rp_attachment_octets(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_attachment_work *work,
    rp_bytes *out) RP_MUST_USE;

/* Store what came of it; a public response is listed and indexed anew, and what
 * was read can be themed. */
struct rp_err *rp_attachment_done(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_attachment_work *work,
    const struct rp_attachment_result *result) RP_MUST_USE;

/* Try again after `delay` (ms): the scanner or the reader was not there. */
struct rp_err *rp_attachment_later(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_attachment_work *work, int64_t delay,
    rp_text why) RP_MUST_USE;

#endif
