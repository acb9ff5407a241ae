#include "domain/attempt.h"

#include "base/check.h"
#include "base/clock.h"
#include "base/rand.h"

#define NOW INT64_C(1795248000000)

static const struct rp_env env = { .rand = rp_rand_fill };
static const struct rp_attempt home = {
	RP_TEXT_INIT("ana@example.org"),
	RP_TEXT_INIT("2001:db8:1:1::/64"),
	RP_TEXT_INIT("2001:db8:1::/48"),
	true,
};

static struct rp_attempt
from(struct rp_arena *a, const char *account, int n)
{
	return (struct rp_attempt){ rp_text_z(account),
		rp_textf(a, "2001:db8:%x:5::/64", 256 + n),
		rp_textf(a, "2001:db8:%x::/48", 256 + n), false };
}

static void
guessing_gets_slow(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(8 << 20);
	struct rp_attempts *t = rp_attempts_new(a, &env);
	static const int64_t waits[] = { 0, 0, 0, 0, 0, 30, 60, 120, 240, 480,
		900, 900 };
	int64_t now = NOW;

	for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
		RP_CHECK(
		    rp_attempts_wait(t, &home, now) == waits[i] * RP_SECOND);
		now += waits[i] * RP_SECOND;
		RP_CHECK(rp_attempts_wait(t, &home, now) == 0);
		rp_attempts_failed(t, &home, now);
	}
	RP_CHECK(rp_attempts_wait(t, &home, now + RP_HOUR) == 0);
	rp_attempts_succeeded(t, &home);
	RP_CHECK(rp_attempts_wait(t, &home, now) == 0);
}

static void
strangers_do_not_lock_out_the_owner(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(8 << 20);
	struct rp_attempts *t = rp_attempts_new(a, &env);
	struct rp_attempt stranger, journey;

	for (int n = 0; n < 1000; n++) {
		stranger = from(a, "ana@example.org", n);
		rp_attempts_failed(t, &stranger, NOW);
	}
	RP_CHECK(rp_attempts_wait(t, &home, NOW) == 0);
	journey = from(a, "ana@example.org", 5000);
	RP_CHECK(rp_attempts_wait(t, &journey, NOW) == 0);
	/* Under attack, an unknown network has one failure. */
	rp_attempts_failed(t, &journey, NOW);
	RP_CHECK(rp_attempts_wait(t, &journey, NOW) == 15 * RP_MINUTE);
	journey.network = RP_TEXT("another /64 of the same /48");
	RP_CHECK(rp_attempts_wait(t, &journey, NOW) == 15 * RP_MINUTE);
	RP_CHECK(rp_attempts_wait(t, &home, NOW) == 0);
	stranger = from(a, "bo@example.org", 5000);
	RP_CHECK(rp_attempts_wait(t, &stranger, NOW) == 0);
}

static void
many_accounts_from_one_network(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(8 << 20);
	struct rp_attempts *t = rp_attempts_new(a, &env);
	struct rp_attempt at;

	for (int n = 0; n < 30; n++) {
		at = from(a, rp_textf(a, "p%d@example.org", n).p, 1);
		RP_CHECK(rp_attempts_wait(t, &at, NOW) == 0);
		rp_attempts_failed(t, &at, NOW);
	}
	at = from(a, "p99@example.org", 1);
	RP_CHECK(rp_attempts_wait(t, &at, NOW) == 30 * RP_SECOND);
	/* A /64 beside it has its own budget, until the /48's is spent. */
	at.network = RP_TEXT("beside");
	RP_CHECK(rp_attempts_wait(t, &at, NOW) == 0);
	for (int n = 0; n < 90; n++) {
		at.account = rp_textf(a, "q%d@example.org", n);
		at.network = rp_textf(a, "net %d", n);
		rp_attempts_failed(t, &at, NOW);
	}
	at.account = RP_TEXT("new@example.org");
	at.network = RP_TEXT("new");
	RP_CHECK(rp_attempts_wait(t, &at, NOW) == 30 * RP_SECOND);
}

static void
the_table_does_not_grow(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_attempts *t = rp_attempts_new(a, &env);
	size_t taken;

	for (int n = 0; n < 6; n++)
		rp_attempts_failed(t, &home, NOW + 1);
	taken = rp_arena_taken(a);
	for (int n = 0; n < 2000; n++) {
		struct rp_attempt at = from(a, "x@example.org", n);

		at.account = at.network;
		rp_attempts_failed(t, &at, NOW);
	}
	RP_CHECK(rp_arena_taken(a) - taken < (1 << 20));
	RP_CHECK(rp_attempts_wait(t, &home, NOW + 1) > 0);
}

RP_CHECK_MAIN({ "guessing gets slow", guessing_gets_slow },
    { "strangers do not lock out the owner",
	strangers_do_not_lock_out_the_owner },
    { "many accounts from one network", many_accounts_from_one_network },
    { "the table does not grow", the_table_does_not_grow })
