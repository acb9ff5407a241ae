/*
 * budget - nested limits on how fast one network may do something.
 *
 * A request is counted against the whole service, and against each network
 * around its address: the /48, /56 and /64 of IPv6, the /24 and the address of
 * IPv4 (addresses within a /64 are one subscriber's to make up). Every level is
 * a token bucket of `burst` tokens that refills at `per_hour`. A request passes
 * if every level has its tokens; if one has not, none is taken anywhere, so a
 * noisy neighbour in a /64 does not use up the /48.
 *
 * A bucket is kept as the instant at which it will be full again (the generic
 * cell rate algorithm), so an absent bucket is a full one. Each level keeps
 * `entries` buckets in sets of eight, chosen by a keyed hash; when a set is
 * full, the bucket that owes least is forgotten. So memory is bounded, work is
 * constant, and who floods the table with fresh networks loses those, not the
 * debts of the busy ones; and since the outer levels are asked first, a refused
 * /48 makes no entries at all.
 *
 * Memory only: time (milliseconds, clock.h) and the seed are arguments.
 */
#ifndef RP_TEXT_BUDGET_H
#define RP_TEXT_BUDGET_H

#include "text/ip.h"

enum rp_budget_level {
	RP_BUDGET_GLOBAL,
	RP_BUDGET_V6_48,
	RP_BUDGET_V6_56,
	RP_BUDGET_V6_64,
	RP_BUDGET_V4_24,
	RP_BUDGET_V4_ADDRESS,
	RP_BUDGET_LEVELS,
};

enum {
	RP_BUDGET_TOKENS_MAX = 1000000,
};

/* Both zero: no limit at this level. */
struct rp_budget_limit {
	uint32_t burst;
	uint32_t per_hour;
};

struct rp_budget_limits {
	struct rp_budget_limit at[RP_BUDGET_LEVELS];
	uint32_t
	    entries; /* per level, rounded up to a power of two; 0: 65536 */
};

struct rp_budget_verdict {
	bool allowed;
	enum rp_budget_level level; /* that refused */
	uint32_t retry_after;       /* seconds, at least 1 */
};

struct rp_budget;

/*
 * Lives in `a`. RP_E_INVALID if a level has a burst without a rate, a rate
 * without a burst, or a burst over RP_BUDGET_TOKENS_MAX.
 */
struct rp_err *rp_budget_new(struct rp_arena *a,
    const struct rp_budget_limits *limits, uint64_t seed,
    struct rp_budget **out) RP_MUST_USE;

/*
 * Take `cost` tokens (at most RP_BUDGET_TOKENS_MAX) at every level around
 * `who`, or none.
 */
struct rp_budget_verdict rp_budget_take(struct rp_budget *b, struct rp_ip who,
    uint32_t cost, int64_t now);

/* Would it pass? Takes nothing. */
struct rp_budget_verdict rp_budget_may(const struct rp_budget *b,
    struct rp_ip who, uint32_t cost, int64_t now);

/* "global", "v6-48", ... for logs and metrics. */
rp_text rp_budget_level_id(enum rp_budget_level level);

#endif
