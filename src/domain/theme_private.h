/*
 * theme_private - what the modules about themes share.
 * Tested in theme_test.c.
 */
#ifndef RP_DOMAIN_THEME_PRIVATE_H
#define RP_DOMAIN_THEME_PRIVATE_H

#include "domain/theme.h"
#include "domain/theme_version.h"

/* RP_MAY_THEME where the codebook lies. */
struct rp_err *rp_codebook_needs(const struct rp_actor *who,
    const struct rp_codebook *b) RP_MUST_USE;

/* Suggested or confirmed. */
bool rp_theme_stands(rp_text state);

/* rp_theme_answer_get() also for who codes blind. */
struct rp_err *rp_theme_answer_load(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_codebook *b, int64_t response_id,
    struct rp_theme_answer *out) RP_MUST_USE;

/* A version that the actor sees; 0: the newest that is published. */
struct rp_err *rp_theme_version_find(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_consultation *c, int64_t number,
    struct rp_theme_version *out) RP_MUST_USE;

/* Names and definitions of the themes of a version. */
struct rp_err *rp_theme_version_words(struct rp_tx *tx, int64_t version_id,
    struct rp_wordings *out) RP_MUST_USE;

/*
 * Octets of a stored answer as text: empty if they are no whole characters any
 * more, as when the answer was erased.
 */
rp_text rp_theme_octets(struct rp_arena *a, rp_bytes octets);

/* A name of somebody who sent something, for staff. */
rp_text rp_theme_source(rp_text organisation, rp_text name);

#endif
