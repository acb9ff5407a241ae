#include "text/budget.h"

#include <string.h>

#include "base/err.h"

enum {
	WAYS = 8,
	DEFAULT_ENTRIES = 65536,
	MAX_ENTRIES = 1 << 24,
};

/* One bucket: full again at `full_at` (microseconds); 0 if never used. */
struct bucket {
	struct rp_ip net;
	int64_t full_at;
};

struct table {
	struct bucket *v;
	uint64_t mask; /* of sets */
	int64_t step;  /* microseconds that one token takes; 0: no limit */
	int64_t depth; /* microseconds that the whole bucket takes */
};

struct rp_budget {
	struct table at[RP_BUDGET_LEVELS];
	uint64_t seed;
};

/* Outermost first; the bits of the network at each level. */
static const uint8_t bits[RP_BUDGET_LEVELS] = {
	[RP_BUDGET_GLOBAL] = 0,
	[RP_BUDGET_V6_48] = 48,
	[RP_BUDGET_V6_56] = 56,
	[RP_BUDGET_V6_64] = 64,
	[RP_BUDGET_V4_24] = 96 + 24,
	[RP_BUDGET_V4_ADDRESS] = 128,
};

static uint64_t
round_up(uint64_t n)
{
	uint64_t p = WAYS;

	while (p < n && p < MAX_ENTRIES)
		p *= 2;
	return p;
}

struct rp_err *
rp_budget_new(struct rp_arena *a, const struct rp_budget_limits *limits,
    uint64_t seed, struct rp_budget **out)
{
	struct rp_budget *b = rp_new(a, struct rp_budget);
	uint64_t n =
	    round_up(limits->entries ? limits->entries : DEFAULT_ENTRIES);

	b->seed = seed;
	for (int i = 0; i < RP_BUDGET_LEVELS; i++) {
		struct rp_budget_limit limit = limits->at[i];
		struct table *t = &b->at[i];
		uint64_t entries = i == RP_BUDGET_GLOBAL ? WAYS : n;

		if ((limit.burst == 0) != (limit.per_hour == 0) ||
		    limit.burst > RP_BUDGET_TOKENS_MAX)
			return rp_fail(RP_E_INVALID,
			    "budget %s: burst %u at %u per hour",
			    rp_budget_level_id((enum rp_budget_level)i).p,
			    limit.burst, limit.per_hour);
		if (limit.burst == 0)
			continue;
		t->step = 3600000000 / limit.per_hour;
		t->step += t->step == 0;
		t->depth = t->step * limit.burst;
		t->mask = entries / WAYS - 1;
		t->v = rp_new_n(a, struct bucket, entries);
	}
	*out = b;
	return NULL;
}

/* Keyed, so that nobody outside can choose whose set a network shares. */
static uint64_t
hash(uint64_t seed, struct rp_ip net)
{
	uint64_t half[2], h = seed;

	memcpy(half, net.b, sizeof(half));
	for (int i = 0; i < 2; i++) {
		h ^= half[i];
		h *= 0x9fb21c651e98df25u;
		h ^= h >> 32;
		h += seed;
		h *= 0xd6e8feb86659fd93u;
		h ^= h >> 29;
	}
	return h;
}

static struct bucket *
set_of(const struct rp_budget *b, const struct table *t, struct rp_ip net)
{
	return t->v + (hash(b->seed, net) & t->mask) * WAYS;
}

static const struct bucket *
find(const struct rp_budget *b, const struct table *t, struct rp_ip net)
{
	const struct bucket *set = set_of(b, t, net);

	for (int i = 0; i < WAYS; i++) {
		if (set[i].full_at != 0 && rp_ip_eq(set[i].net, net))
			return &set[i];
	}
	return NULL;
}

/* The network's bucket, or the one in its set that owes least, made anew. */
static struct bucket *
find_or_make(const struct rp_budget *b, const struct table *t, struct rp_ip net)
{
	struct bucket *set = set_of(b, t, net), *least = set;

	for (int i = 0; i < WAYS; i++) {
		if (set[i].full_at != 0 && rp_ip_eq(set[i].net, net))
			return &set[i];
		if (set[i].full_at < least->full_at)
			least = &set[i];
	}
	*least = (struct bucket){ .net = net };
	return least;
}

static bool
applies(const struct rp_budget *b, int level, bool v4)
{
	if (b->at[level].step == 0)
		return false;
	return level == RP_BUDGET_GLOBAL || (level >= RP_BUDGET_V4_24) == v4;
}

/* When the bucket will be full after taking `cost` at `now`. */
static int64_t
full_after(const struct table *t, const struct bucket *have, uint32_t cost,
    int64_t now)
{
	int64_t from = have && have->full_at > now ? have->full_at : now;

	return from + t->step * cost;
}

static uint32_t
seconds(int64_t microseconds)
{
	int64_t s = (microseconds + 999999) / 1000000;

	if (s < 1)
		return 1;
	return s > UINT32_MAX ? UINT32_MAX : (uint32_t)s;
}

struct rp_budget_verdict
rp_budget_may(const struct rp_budget *b, struct rp_ip who, uint32_t cost,
    int64_t now)
{
	bool v4 = rp_ip_is_v4(who);

	RP_ASSERT(cost <= RP_BUDGET_TOKENS_MAX);
	now *= 1000;
	for (int i = 0; i < RP_BUDGET_LEVELS; i++) {
		const struct table *t = &b->at[i];
		int64_t late;

		if (!applies(b, i, v4))
			continue;
		late = full_after(t, find(b, t, rp_ip_prefix(who, bits[i]).ip),
			   cost, now) -
		       now - t->depth;
		if (late > 0)
			return (struct rp_budget_verdict){
				.level = (enum rp_budget_level)i,
				.retry_after = seconds(late),
			};
	}
	return (struct rp_budget_verdict){ .allowed = true };
}

struct rp_budget_verdict
rp_budget_take(struct rp_budget *b, struct rp_ip who, uint32_t cost,
    int64_t now)
{
	struct rp_budget_verdict v = rp_budget_may(b, who, cost, now);
	bool v4 = rp_ip_is_v4(who);

	for (int i = 0; v.allowed && i < RP_BUDGET_LEVELS; i++) {
		const struct table *t = &b->at[i];
		struct bucket *mine;

		if (!applies(b, i, v4))
			continue;
		mine = find_or_make(b, t, rp_ip_prefix(who, bits[i]).ip);
		mine->full_at = full_after(t, mine, cost, now * 1000);
	}
	return v;
}

rp_text
rp_budget_level_id(enum rp_budget_level level)
{
	static const rp_text ids[RP_BUDGET_LEVELS] = {
		[RP_BUDGET_GLOBAL] = RP_TEXT_INIT("global"),
		[RP_BUDGET_V6_48] = RP_TEXT_INIT("v6-48"),
		[RP_BUDGET_V6_56] = RP_TEXT_INIT("v6-56"),
		[RP_BUDGET_V6_64] = RP_TEXT_INIT("v6-64"),
		[RP_BUDGET_V4_24] = RP_TEXT_INIT("v4-24"),
		[RP_BUDGET_V4_ADDRESS] = RP_TEXT_INIT("v4-address"),
	};

	RP_ASSERT(level < RP_BUDGET_LEVELS);
	return ids[level];
}
