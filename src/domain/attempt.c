#include "domain/attempt.h"

#include "base/clock.h"
#include "domain/crypto.h"

#define WAYS 8
#define FORGET RP_HOUR
#define WAIT_MIN (30 * RP_SECOND)
#define WAIT_MAX (15 * RP_MINUTE)

/* Failures that are free. */
#define FREE_PAIR 5
#define FREE_NETWORK 30
#define FREE_WIDE 120
#define FREE_ACCOUNT 20
#define FREE_UNDER_ATTACK 1

struct count {
	uint64_t key; /* 0: empty */
	int64_t last_at;
	uint32_t failures;
};

struct rp_attempts {
	uint8_t secret[RP_KEY_SIZE]; /* or buckets could be aimed at */
	struct count slots[RP_ATTEMPT_SLOTS];
};

struct rp_attempts *
rp_attempts_new(struct rp_arena *a, const struct rp_env *env)
{
	struct rp_attempts *t = rp_new(a, struct rp_attempts);

	env->rand(t->secret, sizeof(t->secret));
	return t;
}

static uint64_t
key_of(const struct rp_attempts *t, rp_text what, rp_text one, rp_text two)
{
	struct rp_env env = { 0 };
	const rp_bytes parts[] = { rp_text_bytes(one), rp_text_bytes(two) };
	struct rp_digest d;
	uint64_t key;

	memcpy(env.key, t->secret, sizeof(env.key));
	d = rp_keyed(&env, what, parts, 2);
	memcpy(&key, d.b, sizeof(key));
	return key != 0 ? key : 1;
}

/* Failures of the last hour, and when the last one was. */
static struct count
get(const struct rp_attempts *t, uint64_t key, int64_t now)
{
	const struct count *b =
	    &t->slots[key % (RP_ATTEMPT_SLOTS / WAYS) * WAYS];

	for (size_t i = 0; i < WAYS; i++)
		if (b[i].key == key && now - b[i].last_at < FORGET)
			return b[i];
	return (struct count){ .key = key };
}

static void
add(struct rp_attempts *t, uint64_t key, int64_t now)
{
	struct count *b = &t->slots[key % (RP_ATTEMPT_SLOTS / WAYS) * WAYS];
	struct count next = get(t, key, now);
	size_t oldest = 0;

	if (next.failures < UINT32_MAX)
		next.failures++;
	next.last_at = now;
	for (size_t i = 0; i < WAYS; i++) {
		if (b[i].key == key) {
			oldest = i;
			break;
		}
		if (b[i].last_at < b[oldest].last_at)
			oldest = i;
	}
	b[oldest] = next;
}

/* 30 s after the last free failure, then twice as long each time. */
static int64_t
wait_for(struct count c, uint32_t free_failures, int64_t least, int64_t now)
{
	int64_t wait = least;

	if (c.failures < free_failures)
		return 0;
	for (uint32_t i = free_failures; i < c.failures && wait < WAIT_MAX; i++)
		wait *= 2;
	if (wait > WAIT_MAX)
		wait = WAIT_MAX;
	return c.last_at + wait > now ? c.last_at + wait - now : 0;
}

static int64_t
longer(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

struct keys {
	uint64_t pair, network, wide, account, unknown;
};

static struct keys
keys_of(const struct rp_attempts *t, const struct rp_attempt *at)
{
	rp_text none = RP_TEXT("");

	return (struct keys){
		.pair = key_of(t, RP_TEXT("pair"), at->account, at->network),
		.network = key_of(t, RP_TEXT("network"), at->network, none),
		.wide = key_of(t, RP_TEXT("wide"), at->wide, none),
		.account = key_of(t, RP_TEXT("account"), at->account, none),
		.unknown = key_of(t, RP_TEXT("unknown"), at->account, at->wide),
	};
}

int64_t
rp_attempts_wait(const struct rp_attempts *t, const struct rp_attempt *at,
    int64_t now)
{
	struct keys k = keys_of(t, at);
	int64_t wait = wait_for(get(t, k.pair, now), FREE_PAIR, WAIT_MIN, now);

	wait = longer(wait,
	    wait_for(get(t, k.network, now), FREE_NETWORK, WAIT_MIN, now));
	wait = longer(wait,
	    wait_for(get(t, k.wide, now), FREE_WIDE, WAIT_MIN, now));
	if (!at->known && get(t, k.account, now).failures >= FREE_ACCOUNT)
		wait = longer(wait, wait_for(get(t, k.unknown, now),
					FREE_UNDER_ATTACK, WAIT_MAX, now));
	return wait;
}

void
rp_attempts_failed(struct rp_attempts *t, const struct rp_attempt *at,
    int64_t now)
{
	struct keys k = keys_of(t, at);

	add(t, k.pair, now);
	add(t, k.network, now);
	add(t, k.wide, now);
	if (at->known)
		return;
	add(t, k.account, now);
	add(t, k.unknown, now);
}

void
rp_attempts_succeeded(struct rp_attempts *t, const struct rp_attempt *at)
{
	struct keys k = keys_of(t, at);
	struct count *b = &t->slots[k.pair % (RP_ATTEMPT_SLOTS / WAYS) * WAYS];

	for (size_t i = 0; i < WAYS; i++)
		if (b[i].key == k.pair)
			b[i] = (struct count){ 0 };
}
