/*
 * attempt - how often somebody may try to sign in.
 *
 * Guessing has to be slow, and nobody may be locked out by a stranger who
 *guesses at his account. So failures are counted per account and network (the
 * /64 or /24 of the browser), per network, and per account, and each count
 *slows down something else:
 *
 *	account and network	after 5 failures a wait of 30 s, twice as long
 *				with each failure more, to 15 min. What others
 *do elsewhere does not touch it: the owner at home never waits for them.
 *	network, wide network	after 30 (120 for the /48 or /16 around it) the
 *				same, whichever accounts were tried.
 *	account			after 20 failures from networks the owner is not
 *				known from, the account is "under attack": from
 *				each unknown wide network one failure, then 15
 *				min. The owner on a journey has a try at once
 *				all the same; a guesser gains four an hour from
 *				each /48 that he has.
 *
 * A count is forgotten an hour after its last failure; success forgets that of
 * account and network. Addresses that nobody has are counted like any other.
 *
 * It is a table of fixed size in the memory of one process: RP_ATTEMPT_SLOTS
 * counts, the oldest of a bucket makes room. With several machines each counts
 *by itself, so the budgets multiply by their number. A restart forgets.
 */
#ifndef RP_DOMAIN_ATTEMPT_H
#define RP_DOMAIN_ATTEMPT_H

#include "base/str.h"
#include "domain/env.h"

#define RP_ATTEMPT_SLOTS 65536

struct rp_attempts;

struct rp_attempt {
	rp_text account; /* key of the address that was typed */
	rp_text network; /* /64 or /24 */
	rp_text wide;    /* /48 or /16 */
	bool known;      /* rp_session_network_known() */
};

/* Lives in `a`: for a process, an arena of about 3 MiB. */
struct rp_attempts *rp_attempts_new(struct rp_arena *a,
    const struct rp_env *env) RP_NONNULL_RET;

/* Milliseconds to wait before the next try; 0: now. */
int64_t rp_attempts_wait(const struct rp_attempts *t,
    const struct rp_attempt *at, int64_t now);

void rp_attempts_failed(struct rp_attempts *t, const struct rp_attempt *at,
    int64_t now);
void rp_attempts_succeeded(struct rp_attempts *t, const struct rp_attempt *at);

#endif
