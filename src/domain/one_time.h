/*
 * one_time - links that let somebody choose a passphrase, once.
 *
 * The first administrator, an invitation, a new passphrase for somebody who
 * forgot it. The secret is in the link only; its hash is stored. Making a link
 * ends the links that were made before for the same person. Whoever opens it
 * proves the primary address (the link went there, or was handed over).
 */
#ifndef RP_DOMAIN_ONE_TIME_H
#define RP_DOMAIN_ONE_TIME_H

#include "base/str.h"
#include "domain/actor.h"

enum rp_one_time_kind {
	RP_ONE_TIME_FIRST_ADMINISTRATOR, /* good for a day */
	RP_ONE_TIME_INVITATION,          /* fourteen days */
	RP_ONE_TIME_NEW_PASSPHRASE,      /* a day */
};

/*
 * Needs rp_right_may_manage() of the person; the first administrator's link the
 * system itself. RP_E_NOTFOUND. rp_one_time_url() is what to send.
 */
struct rp_err *rp_one_time_make(const struct rp_actor *who, struct rp_tx *tx,
    enum rp_one_time_kind kind, int64_t person_id,
    rp_text *out_secret) RP_MUST_USE;

/* PUBLIC_URL/LANG/l/SECRET. */
rp_text rp_one_time_url(struct rp_arena *a, const struct rp_env *env,
    rp_text lang, rp_text secret);

/*
 * What `rapporteur init` does: the person with this address (a new one by this
 * name, if nobody has it) may administer the system, and here is a link. For
 * the system only. The name is in the language `lang`, one of the six.
 * RP_E_INVALID.
 */
struct rp_err *rp_one_time_administrator(const struct rp_actor *who,
    struct rp_tx *tx, rp_text address, rp_text name, rp_text lang,
    rp_text *out_secret) RP_MUST_USE;

struct rp_one_time {
	int64_t id, person_id;
	rp_text kind; /* as in the table */
	rp_text name; /* of the person, for the page */
};

/* RP_E_NOTFOUND; RP_E_GONE if it was used or is too old. Untrusted secret. */
struct rp_err *rp_one_time_get(const struct rp_actor *who, struct rp_tx *tx,
    rp_text secret, struct rp_one_time *out) RP_MUST_USE;

/*
 * Use it: the hash of the passphrase is set, the address counts as verified,
 * all sessions of the person end. A second factor stays: it is asked for at
 * sign-in. The same errors; of two at the same time one gets RP_E_GONE.
 */
struct rp_err *rp_one_time_use(const struct rp_actor *who, struct rp_tx *tx,
    rp_text secret, rp_text hash, int64_t *out_person_id) RP_MUST_USE;

#endif
