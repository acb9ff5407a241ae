/*
 * round - a version of a resolution that is open for amendments: what the tests
 * of amendments stand on. world.h with three member States and a delegate of
 * each, a member of the secretariat, and a version that was read.
 */
#ifndef RP_DOMAIN_TESTING_ROUND_H
#define RP_DOMAIN_TESTING_ROUND_H

#include "domain/consolidation.h"
#include "domain/testing/world.h"

#define ROUND_PARTIES 3

struct round {
	struct world w;
	struct rp_actor staff; /* may register */
	struct rp_actor delegates[ROUND_PARTIES];
	int64_t parties[ROUND_PARTIES]; /* Kenya, Peru, Nepal */
	int64_t instrument_id;
	struct rp_amending a; /* as the secretariat has it */
};

/* For `RP_AUTO(round_close) struct round r;` and round_open(&r) at once. */
void round_open(struct round *r);
void round_close(struct round *r);

/* The version anew, as `who` sees it. */
struct rp_amending round_of(struct round *r, const struct rp_actor *who);

/* A delegate's file with these octets; the amendment's number. */
struct rp_amendment_in round_file(struct round *r, size_t party,
    const char *octets);
int64_t round_submit(struct round *r, size_t party, const char *octets);

/* As a parse process would: all that waits. How many were consolidated. */
int round_work(struct round *r);

#endif
