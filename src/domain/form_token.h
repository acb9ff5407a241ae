/*
 * form_token - what a form carries so that it can be sent without an account.
 *
 * A token says which form it is, for which consultation, and when it was given
 * out, and nobody else can make one. It is no proof of who fills it in: anybody
 * may ask for one. It gives a form's age (a form sent back within a second was
 * not typed), makes a form sent twice one response (by `form_id`), and ties the
 * receipt to the form.
 *
 *	token	= "1-" issued "-" form_id "-" mac
 *	issued	= the instant in milliseconds, lower-case hexadecimal
 *	form_id = 48 bits of the instant in milliseconds and 80 random ones,
 *		  rp_base32(), 26 characters
 *	mac	= first 128 bits of rp_keyed("form", consultation_id, form_id,
 *		  issued) as rp_base32(), 26 characters
 *
 * Numbers enter the mac as decimal text. A token has no end of its own: the
 * caller decides by age, and a draft taken up again after weeks keeps its form.
 */
#ifndef RP_DOMAIN_FORM_TOKEN_H
#define RP_DOMAIN_FORM_TOKEN_H

#include "base/str.h"
#include "domain/env.h"

#define RP_FORM_ID_LEN 26
#define RP_FORM_TOKEN_MAX 80 /* octets */

rp_text rp_form_id_new(struct rp_arena *a, const struct rp_env *env,
    int64_t now);

/*
 * The identifier that belongs to a key of the sender's own choice, so that the
 * same thing sent again by a program is one response. `purpose` keeps the keys
 * of the API and of imports apart.
 */
rp_text rp_form_id_of_key(struct rp_arena *a, const struct rp_env *env,
    rp_text purpose, int64_t consultation_id, rp_bytes key);

rp_text rp_form_token_make(struct rp_arena *a, const struct rp_env *env,
    int64_t consultation_id, rp_text form_id, int64_t now);

/*
 * RP_E_INVALID if it was not made here for this consultation. `out_age` is in
 * milliseconds, 0 if the token's instant is still to come (another machine's
 * clock). Untrusted input.
 */
struct rp_err *rp_form_token_check(struct rp_arena *a, const struct rp_env *env,
    int64_t consultation_id, rp_text token, int64_t now, int64_t *out_age,
    rp_text *out_form_id) RP_MUST_USE;

/*
 * The secret of the receipt of the response that the form makes: derived, so
 * that the same form sent again is answered with the same link. 160 bits.
 */
rp_text rp_receipt_secret(struct rp_arena *a, const struct rp_env *env,
    int64_t consultation_id, rp_text form_id);

#endif
