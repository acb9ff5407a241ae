/*
 * account - how people prove who they are.
 *
 * Signing in, in steps. Hashing a passphrase takes 55 ms and 64 MiB, so another
 * process does it, and the steps are apart:
 *
 *	1. rp_account_for_sign_in(): the address gives the hash to compare. An
 *	   address that nobody has gives one that nothing matches, so that the
 *	   time and the answer are the same.
 *	2. rp_passphrase_verify() in the process that hashes.
 *	3. Without a second factor: rp_session_begin(). With one: the browser
 *	   gets a ticket, rp_account_ticket(), good for ten minutes, only for
 *	   this passphrase and this network; with it comes the code.
 *	4. rp_account_second_factor(): a code of now, or a recovery code. Then
 *	   rp_session_begin().
 *
 * attempt.h says how often anybody may try. There is no account without a
 * passphrase chosen by its owner: the first one is set by a one-time link.
 *
 * A passphrase has at least RP_PASSPHRASE_MIN characters, is not the owner's
 * name or address, and not easily guessed: a word that everybody takes, with or
 * without digits and signs, one piece repeated, a run of the alphabet or of the
 * keyboard. There are no other rules (NIST SP 800-63B, 5.1.1.2).
 */
#ifndef RP_DOMAIN_ACCOUNT_H
#define RP_DOMAIN_ACCOUNT_H

#include "base/str.h"
#include "base/vec.h"
#include "domain/actor.h"

#define RP_PASSPHRASE_MIN 12 /* characters */
#define RP_RECOVERY_CODES 10
#define RP_TICKET_MAX_AGE ((int64_t)10 * 60 * 1000)

struct rp_sign_in {
	int64_t person_id; /* 0: nobody; go on all the same */
	rp_text key;       /* of the address, for attempt.h */
	rp_text hash;      /* for rp_passphrase_verify() */
	bool needs_second; /* a second factor is set up */
};

/* RP_E_INVALID if what was typed is no address. Closed people are nobody. */
struct rp_err *rp_account_for_sign_in(const struct rp_actor *who,
    struct rp_tx *tx, rp_text address, struct rp_sign_in *out) RP_MUST_USE;

/* The passphrase was right; who->network is the browser's. */
rp_text rp_account_ticket(const struct rp_actor *who, struct rp_arena *a,
    const struct rp_sign_in *in);

/*
 * Whose ticket it is. RP_E_UNKNOWN if it was not made here, for another
 * network, too long ago, or the passphrase was changed since.
 */
struct rp_err *rp_account_ticket_check(const struct rp_actor *who,
    struct rp_tx *tx, rp_text ticket, int64_t *out_person_id) RP_MUST_USE;

/*
 * A code of now or a recovery code; either is spent. RP_E_UNKNOWN if it is
 * neither. Only after the passphrase: the caller has a checked ticket.
 */
struct rp_err *rp_account_second_factor(const struct rp_actor *who,
    struct rp_tx *tx, int64_t person_id, rp_text typed) RP_MUST_USE;

/* Whether a second factor is set up; after a one-time link was used. */
struct rp_err *rp_account_needs_second(struct rp_tx *tx, int64_t person_id,
    bool *out) RP_MUST_USE;

/* Whether the person has chosen a passphrase; asked by who may see the person.
 */
struct rp_err *rp_account_exists(struct rp_tx *tx, int64_t person_id,
    bool *out) RP_MUST_USE;

/* Before hashing: RP_E_INVALID if too short or a name, RP_E_LIMIT if too long.
 */
struct rp_err *rp_passphrase_judge(rp_text passphrase, rp_text name,
    rp_text address) RP_MUST_USE;

/* What somebody signed in has. */
struct rp_account {
	rp_text hash; /* to verify the old passphrase before a change */
	bool totp_on;
	int64_t codes_left;
};
struct rp_err *rp_account_get(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_account *out) RP_MUST_USE;

/* One's own new passphrase, after the old one was verified. The other sessions
 * end. */
struct rp_err *rp_account_set_passphrase(const struct rp_actor *who,
    struct rp_tx *tx, rp_text hash) RP_MUST_USE;

struct rp_codes RP_VEC(rp_text);

/*
 * Set up the second factor with a secret from rp_totp_secret_new() that the
 * page carried, proved by a code (RP_E_INVALID if it is not). The recovery
 * codes are new, and shown this once.
 */
struct rp_err *rp_account_totp_on(const struct rp_actor *who, struct rp_tx *tx,
    rp_bytes secret, rp_text typed, struct rp_codes *out) RP_MUST_USE;

/* New recovery codes; the old ones end. RP_E_CONFLICT without second factor. */
struct rp_err *rp_account_new_codes(const struct rp_actor *who,
    struct rp_tx *tx, struct rp_codes *out) RP_MUST_USE;

/* Take the second factor away: one's own with a code, RP_E_UNKNOWN if wrong. */
struct rp_err *rp_account_totp_off(const struct rp_actor *who, struct rp_tx *tx,
    rp_text typed) RP_MUST_USE;

/*
 * For somebody who lost everything: second factor, sessions, tokens and open
 * links end; rp_one_time_make() gives a new way in. Needs
 * rp_right_may_manage().
 */
struct rp_err *rp_account_reset(const struct rp_actor *who, struct rp_tx *tx,
    int64_t person_id) RP_MUST_USE;

#endif
