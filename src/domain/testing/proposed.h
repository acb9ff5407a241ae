/*
 * proposed - a group whose delegations propose topics: world.h with three
 * member States and a delegate of each, the chair, and a member of the
 * secretariat who may launch consultations too.
 */
#ifndef RP_DOMAIN_TESTING_PROPOSED_H
#define RP_DOMAIN_TESTING_PROPOSED_H

#include "domain/proposal.h"
#include "domain/testing/world.h"

#define PROPOSED_PARTIES 3

struct proposed {
	struct world w;
	struct rp_actor desk, chair, launcher, reader;
	struct rp_actor delegates[PROPOSED_PARTIES];
	int64_t parties[PROPOSED_PARTIES];
};

/* For `RP_AUTO(proposed_close) struct proposed t;` and proposed_open(&t). */
void proposed_open(struct proposed *t);
void proposed_close(struct proposed *t);

/* What somebody may do; a proposal as he sees it. */
struct rp_proposing proposed_may(struct proposed *t,
    const struct rp_actor *who);
struct rp_proposal proposed_get(struct proposed *t, const struct rp_actor *who,
    int64_t number);

/* Filled in with two questions; proposed by a party, and its number. */
struct rp_proposal_in proposed_in(struct proposed *t, size_t party,
    const char *title);
int64_t proposed_by(struct proposed *t, size_t party, const char *title);

/* The chair enters an outcome, with a decision and a window. */
void proposed_becomes(struct proposed *t, int64_t number, const char *state);

#endif
