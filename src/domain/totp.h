/*
 * totp - the second factor: time-based one-time passwords (RFC 6238).
 *
 * HMAC-SHA-1, steps of 30 seconds from 1970, six digits: what every
 * authenticator program understands. The code of the step before and of the
 * step after are taken too, for clocks that differ; a step that was used, or
 * any before it, is not taken again (RFC 6238 section 5.2).
 */
#ifndef RP_DOMAIN_TOTP_H
#define RP_DOMAIN_TOTP_H

#include "base/str.h"
#include "domain/env.h"

#define RP_TOTP_SECRET_SIZE 20 /* octets: RFC 4226 section 4, R6 */
#define RP_TOTP_DIGITS 6
#define RP_TOTP_STEP ((int64_t)30000) /* milliseconds */

/* A new secret of RP_TOTP_SECRET_SIZE octets. */
rp_bytes rp_totp_secret_new(struct rp_arena *a, const struct rp_env *env);

/* The code of a step (the instant divided by RP_TOTP_STEP). */
uint32_t rp_totp_code(rp_bytes secret, int64_t step);

/*
 * Whether what was typed is a code of now that was not used: its step is more
 * than `last_step` and is given in `out_step` to be stored. Spaces are passed
 * over; Arabic-Indic, Persian, Devanagari and full-width digits are digits too.
 */
bool rp_totp_check(rp_bytes secret, rp_text typed, int64_t now,
    int64_t last_step, int64_t *out_step);

/* The secret as people type it: RFC 4648 base 32 in groups of four. */
rp_text rp_totp_secret_text(struct rp_arena *a, rp_bytes secret);

/* The address that authenticator programs read, to be shown as text. */
rp_text rp_totp_uri(struct rp_arena *a, rp_text issuer, rp_text account,
    rp_bytes secret);

#endif
