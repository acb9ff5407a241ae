/*
 * public_response - what the public sees of a response, in one row.
 *
 * A page of a response, and each row of an export, comes from one stored value:
 * the public view (response.h) with its translations and the marks of what is
 * hidden, written when the response is published, redacted, translated or
 * erased. So nothing is joined, redacted or decided while a page is made.
 *
 * The value is ours alone: a version octet, then each field in a fixed order,
 * numbers as decimals ended by a space, texts as their length, a colon, their
 * octets and a NUL. Reading gives texts that point into the row. What does not
 * read as such is RP_E_INTERNAL.
 * Tested in catalog_test.c.
 */
#ifndef RP_DOMAIN_PUBLIC_RESPONSE_H
#define RP_DOMAIN_PUBLIC_RESPONSE_H

#include "domain/response.h"

/* Rows and octets of one batch of an export. */
#define RP_PUBLIC_BATCH_ROWS 64
#define RP_PUBLIC_BATCH_OCTETS ((int64_t)1024 * 1024)

/* Write the row anew from the revision that is public. For the domain. */
struct rp_err *rp_public_response_put(const struct rp_actor *who,
    struct rp_tx *tx, int64_t response_id) RP_MUST_USE;
struct rp_err *rp_public_response_delete(struct rp_tx *tx,
    int64_t response_id) RP_MUST_USE;

/*
 * A text of an owner has changed (wording.h): if it is a translation of
 * something public, its row is written anew.
 */
struct rp_err *rp_public_response_translated(const struct rp_actor *who,
    struct rp_tx *tx, rp_text owner_kind, int64_t owner_id) RP_MUST_USE;

/* With the numbers before and after it. For the domain; rp_response_public()
 * asks whether the consultation shows its responses. */
struct rp_err *rp_public_response_find(struct rp_tx *tx,
    int64_t consultation_id, int64_t number, struct rp_public_response *out,
    bool *out_found) RP_MUST_USE;

struct rp_public_responses RP_VEC(struct rp_public_response);

/*
 * The next ones by number, after `after`: at most RP_PUBLIC_BATCH_ROWS and
 * about RP_PUBLIC_BATCH_OCTETS, at least one if there is one. For exports.
 * RP_E_NOTFOUND while the consultation does not show them.
 */
struct rp_err *rp_public_response_batch(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_consultation *c, int64_t after,
    struct rp_public_responses *out) RP_MUST_USE;

/* For tests and for the search: there and back. */
struct rp_err *rp_public_response_write(struct rp_arena *a,
    const struct rp_public_response *p, rp_bytes *out) RP_MUST_USE;
struct rp_err *rp_public_response_read(struct rp_arena *a, rp_bytes in,
    struct rp_public_response *out) RP_MUST_USE;

#endif
