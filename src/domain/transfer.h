/*
 * transfer - whole consultations out into files and in from them.
 *
 * Out: the revisions that stand, with what is not public (RP_MAY_EXPORT on the
 * consultation; e-mail addresses only with RP_MAY_CONTACT), in the order in
 * which the responses came, in batches that bound memory. Erased ones are left
 * out. What the public may have is domain/public_response.h.
 *
 * In: a response that came somewhere else. It is checked by the same rules as
 * any other, but neither the window nor the privacy notice of the form hold for
 * it, it may have no e-mail address and needs no summary, and nobody is told.
 * It enters the queue as received.
 */
#ifndef RP_DOMAIN_TRANSFER_H
#define RP_DOMAIN_TRANSFER_H

#include "domain/response.h"

/* Rows of one batch, and about how many characters of answers. */
#define RP_TRANSFER_ROWS 128
#define RP_TRANSFER_CHARACTERS ((int64_t)1024 * 1024)

struct rp_names_list RP_VEC(rp_text);

struct rp_transfer_row {
	int64_t id, number, n, words;
	rp_text code, state, channel;
	bool is_late;
	int64_t received_at, published_at; /* of the revision; first public */
	rp_text capacity, name, organisation, job_title, signatories, category,
	    country, email, lang, summary, authorisation, needs, present;
	rp_text digest; /* hexadecimal */
	struct rp_answers_in answers;
	struct rp_names_list attachments;
};

struct rp_transfer_rows RP_VEC(struct rp_transfer_row);

/* The ones after `after` (0: from the beginning); none: that was all. */
struct rp_err *rp_transfer_batch(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, int64_t after,
    struct rp_transfer_rows *out) RP_MUST_USE;

/*
 * Check (rp_submission_check()) or store an imported one. `s->channel` is set
 * here. `key` is what makes it the same one when it is imported again: then
 * `out->again` is set, or RP_E_CONFLICT comes back if it says something else
 * now. `received_at` 0: now; RP_E_INVALID if it is to come. Needs RP_MAY_EXPORT
 * on the consultation.
 */
struct rp_err *rp_transfer_check(const struct rp_actor *who, struct rp_arena *a,
    const struct rp_consultation *c, struct rp_submission *s,
    int64_t received_at, struct rp_problems *problems) RP_MUST_USE;
struct rp_err *rp_transfer_put(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, struct rp_submission *s, rp_bytes key,
    int64_t received_at, struct rp_problems *problems,
    struct rp_receipt *out) RP_MUST_USE;

/* The act as a whole, into the audit trail. */
struct rp_err *rp_transfer_noted(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, int64_t n) RP_MUST_USE;

#endif
