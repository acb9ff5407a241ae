#include "text/budget.h"

#include "base/check.h"
#include "base/clock.h"

static const int64_t T0 = 1800000000000;

static struct rp_ip
ip(const char *z)
{
	struct rp_ip out = { 0 };

	RP_CHECK_OK(rp_ip_parse(rp_text_z(z), &out));
	return out;
}

static struct rp_budget *
budget(struct rp_arena *a, struct rp_budget_limits limits)
{
	struct rp_budget *b = NULL;

	RP_CHECK_OK(rp_budget_new(a, &limits, 42, &b));
	return b;
}

/* How many requests of `who` pass at `now`, up to 1000. */
static int
passing(struct rp_budget *b, const char *who, int64_t now)
{
	int n = 0;

	while (n < 1000 && rp_budget_take(b, ip(who), 1, now).allowed)
		n++;
	return n;
}

static void
bursts_and_refills(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_budget *b = budget(a,
	    (struct rp_budget_limits){
		.at[RP_BUDGET_V4_ADDRESS] = { .burst = 5, .per_hour = 60 } });
	struct rp_budget_verdict v;

	RP_CHECK(passing(b, "192.0.2.1", T0) == 5);
	RP_CHECK(passing(b, "192.0.2.2", T0) == 5);
	v = rp_budget_take(b, ip("192.0.2.1"), 1, T0);
	RP_CHECK(!v.allowed && v.level == RP_BUDGET_V4_ADDRESS);
	RP_CHECK(v.retry_after == 60);
	RP_CHECK(passing(b, "192.0.2.1", T0 + 59 * RP_SECOND) == 0);
	RP_CHECK(passing(b, "192.0.2.1", T0 + 60 * RP_SECOND) == 1);
	RP_CHECK(passing(b, "192.0.2.1", T0 + RP_HOUR) == 5);
	RP_CHECK(passing(b, "192.0.2.1", T0 + RP_DAY) == 5);
	/* Another family is not limited by this. */
	RP_CHECK(passing(b, "2001:db8::1", T0) == 1000);
}

/* A v4-mapped address is the IPv4 address. */
static void
one_family(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_budget *b = budget(a,
	    (struct rp_budget_limits){
		.at[RP_BUDGET_V4_ADDRESS] = { .burst = 5, .per_hour = 60 } });

	RP_CHECK(passing(b, "192.0.2.1", T0) == 5);
	RP_CHECK(passing(b, "::ffff:192.0.2.1", T0) == 0);
}

static void
nested(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_budget *b =
	    budget(a, (struct rp_budget_limits){
			  .at = { [RP_BUDGET_GLOBAL] = { 100, 100 },
			      [RP_BUDGET_V6_48] = { 40, 40 },
			      [RP_BUDGET_V6_56] = { 20, 20 },
			      [RP_BUDGET_V6_64] = { 10, 10 },
			      [RP_BUDGET_V4_24] = { 30, 30 },
			      [RP_BUDGET_V4_ADDRESS] = { 10, 10 } } });
	char who[64];

	RP_CHECK(passing(b, "2001:db8:1:0::1", T0) == 10);
	RP_CHECK(passing(b, "2001:db8:1:0::2", T0) == 0);
	RP_CHECK(passing(b, "2001:db8:1:1::1", T0) == 10);
	RP_CHECK(passing(b, "2001:db8:1:2::1", T0) == 0);
	RP_CHECK(rp_budget_may(b, ip("2001:db8:1:2::1"), 1, T0).level ==
		 RP_BUDGET_V6_56);
	RP_CHECK(passing(b, "2001:db8:1:100::1", T0) == 10);
	RP_CHECK(passing(b, "2001:db8:1:200::1", T0) == 10);
	RP_CHECK(passing(b, "2001:db8:1:300::1", T0) == 0);
	RP_CHECK(rp_budget_may(b, ip("2001:db8:1:300::1"), 1, T0).level ==
		 RP_BUDGET_V6_48);
	for (int i = 1; i < 10; i++) {
		snprintf(who, sizeof(who), "192.0.2.%d", i);
		RP_CHECK(passing(b, who, T0) == (i <= 3 ? 10 : 0));
	}
	RP_CHECK(passing(b, "198.51.100.1", T0) == 10);
	RP_CHECK(passing(b, "198.51.100.2", T0) == 10);
	RP_CHECK(passing(b, "203.0.113.1", T0) == 10);
	RP_CHECK(passing(b, "203.0.113.2", T0) == 0);
	RP_CHECK(rp_budget_may(b, ip("203.0.113.2"), 1, T0).level ==
		 RP_BUDGET_GLOBAL);
}

/* One refused /64 does not use up the tokens of its neighbours' /48. */
static void
a_refusal_takes_nothing(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_budget *b = budget(a,
	    (struct rp_budget_limits){ .at = { [RP_BUDGET_V6_48] = { 20, 20 },
					   [RP_BUDGET_V6_64] = { 5, 5 } } });

	RP_CHECK(passing(b, "2001:db8::1", T0) == 5);
	for (int i = 0; i < 1000; i++)
		RP_CHECK(!rp_budget_take(b, ip("2001:db8::1"), 1, T0).allowed);
	RP_CHECK(passing(b, "2001:db8:0:1::1", T0) == 5);
	RP_CHECK(!rp_budget_take(b, ip("2001:db8:0:2::1"), 6, T0).allowed);
	RP_CHECK(passing(b, "2001:db8:0:2::1", T0) == 5);
}

/* A flood of fresh networks does not make the table forget a busy one. */
static void
a_flood_forgets_itself(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_budget *b = budget(a,
	    (struct rp_budget_limits){ .entries = 64,
		.at[RP_BUDGET_V6_64] = { .burst = 10, .per_hour = 10 } });
	char who[64];

	RP_CHECK(passing(b, "2001:db8::1", T0) == 10);
	for (int i = 1; i < 20000; i++) {
		snprintf(who, sizeof(who), "2001:db8:%x:%x::1", i >> 8 | 0x100,
		    i & 0xff);
		RP_CHECK(rp_budget_take(b, ip(who), 1, T0).allowed);
	}
	RP_CHECK(passing(b, "2001:db8::1", T0) == 0);
}

static void
nonsense_is_refused(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_budget_limits limits = { .at[RP_BUDGET_GLOBAL] = { 5, 0 } };
	struct rp_budget *b;

	RP_CHECK_FAILS(rp_budget_new(a, &limits, 1, &b), RP_E_INVALID);
	limits.at[RP_BUDGET_GLOBAL] =
	    (struct rp_budget_limit){ RP_BUDGET_TOKENS_MAX + 1, 1 };
	RP_CHECK_FAILS(rp_budget_new(a, &limits, 1, &b), RP_E_INVALID);
	RP_CHECK_TEXT(rp_budget_level_id(RP_BUDGET_V6_56), RP_TEXT("v6-56"));
}

RP_CHECK_MAIN({ "bursts and refills", bursts_and_refills },
    { "one family", one_family }, { "nested", nested },
    { "a refusal takes nothing", a_refusal_takes_nothing },
    { "a flood forgets itself", a_flood_forgets_itself },
    { "nonsense is refused", nonsense_is_refused })
