/*
 * receipt - the canonical form of a revision and its hash.
 *
 * The digest on a receipt is SHA-256 over the nonce (16 octets) followed by the
 * canonical form, so anybody who has both can check that what is stored is what
 * was sent, and a hash that is published tells nothing about its text once the
 * nonce is erased.
 *
 * The canonical form is UTF-8 (NFC). First the line
 *
 *	rapporteur-response-1
 *
 * then one record per field, in this order and also when empty:
 *
 *	capacity name organisation job_title signatories category country
 *	email lang summary authorisation notice wishes_to_present needs
 *
 * then per answered question, by position, a field `answer-POSITION`, then per
 * attachment, in order, a field `file-POSITION` that holds the SHA-256 of its
 * octets in hexadecimal, a space, and its name. A record is
 *
 *	NAME ":" LENGTH ":" VALUE LF
 *
 * with LENGTH the octets of VALUE in decimal. `notice` is the identifier of the
 * privacy notice, 0 for none; `wishes_to_present` is empty, in_person or
 * remote. A question whose answer is blank is not answered.
 */
#ifndef RP_DOMAIN_RECEIPT_H
#define RP_DOMAIN_RECEIPT_H

#include "domain/crypto.h"
#include "domain/response.h"

#define RP_CANONICAL_MAX ((size_t)8 * 1024 * 1024)

struct rp_receipt_file {
	rp_text name;
	rp_bytes digest; /* SHA-256, 32 octets */
};

struct rp_receipt_files RP_VEC(struct rp_receipt_file);

/* The canonical form, in `a`. RP_E_LIMIT past RP_CANONICAL_MAX. */
struct rp_err *rp_receipt_canonical(struct rp_arena *a,
    const struct rp_submission *s, rp_text email,
    const struct rp_receipt_files *files, rp_bytes *out) RP_MUST_USE;

struct rp_err *rp_receipt_digest(struct rp_arena *a,
    const struct rp_submission *s, rp_text email,
    const struct rp_receipt_files *files, rp_bytes nonce,
    struct rp_digest *out) RP_MUST_USE;

/* The short code for people, from 60 random bits: RP-7K2M-9QXA-3F5T. */
rp_text rp_receipt_code(struct rp_arena *a, const struct rp_env *env);

#endif
