#include "themes/random.h"

#include "base/err.h"

static uint64_t
splitmix(uint64_t *x)
{
	uint64_t z = (*x += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

struct rp_random
rp_random_make(uint64_t seed, uint64_t stream)
{
	struct rp_random r;
	uint64_t x = stream;

	/* Through the mixer once, so that (1, 2) and (2, 1) differ. */
	x = seed ^ splitmix(&x);
	for (int i = 0; i < 4; i++)
		r.s[i] = splitmix(&x);
	return r;
}

static uint64_t
rotl(uint64_t x, int k)
{
	return (x << k) | (x >> (64 - k));
}

uint64_t
rp_random_next(struct rp_random *r)
{
	uint64_t *s = r->s, out = rotl(s[1] * 5, 7) * 9, t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotl(s[3], 45);
	return out;
}

uint32_t
rp_random_below(struct rp_random *r, uint32_t n)
{
	uint32_t floor, x;
	uint64_t m;

	RP_ASSERT(n > 0);
	floor = -n % n;
	/* Lemire 2019: the high half of a product, the unfair low ones again.
	 */
	do {
		x = (uint32_t)(rp_random_next(r) >> 32);
		m = (uint64_t)x * n;
	} while ((uint32_t)m < floor);
	return (uint32_t)(m >> 32);
}

double
rp_random_unit(struct rp_random *r)
{
	return (double)(rp_random_next(r) >> 11) * 0x1p-53;
}
