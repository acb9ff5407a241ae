/*
 * redaction - hide personal data from the public, with a reason.
 *
 * The author's text stays as it is; a redaction is a range of octets of one
 * field of one revision, on bounds of UTF-8 sequences, that the public view
 * shows as a mark. Ranges of a field never overlap. Needs RP_MAY_REDACT on the
 * consultation. Adding and removing are events that name the field, the range
 * and the reason, never what is hidden. If the revision is public its row in
 * the lists is made anew and what is found by search follows.
 * Tested in moderation_test.c and response_read_test.c.
 */
#ifndef RP_DOMAIN_REDACTION_H
#define RP_DOMAIN_REDACTION_H

#include "base/str.h"
#include "domain/actor.h"

#define RP_REDACTION_REASON_MAX 500 /* octets; it is public */

struct rp_redacting {
	int64_t response_id, revision_id;
	rp_text field;     /* name, organisation, job_title, signatories,
			      summary, answer */
	int64_t answer_id; /* of an answer; 0 otherwise */
	int64_t from, to;  /* octets */
	rp_text reason;
};

/*
 * RP_E_INVALID: no such field, a range that is empty, outside or not on bounds
 * of characters, no reason. RP_E_LIMIT: a reason that is too long.
 * RP_E_CONFLICT: a part of it is redacted already. RP_E_NOTFOUND.
 */
struct rp_err *rp_redaction_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_redacting *r, int64_t *out_id) RP_MUST_USE;

/* RP_E_NOTFOUND also for one of another response. */
struct rp_err *rp_redaction_remove(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id, int64_t redaction_id) RP_MUST_USE;

/*
 * Where `passage` stands in `text`: found exactly once, as it was typed.
 * RP_E_NOTFOUND, or RP_E_CONFLICT if it is there more than once.
 */
struct rp_err *rp_redaction_find(rp_text text, rp_text passage,
    int64_t *out_from, int64_t *out_to) RP_MUST_USE;

#endif
