/*
 * random - numbers that a seed decides: xoshiro256** (Blackman, Vigna 2018).
 *
 * For sampling in an analysis that must give the same octets twice; never for
 * secrets (base/rand.h). Each stream of a seed is independent of the others:
 * a run takes the stream of its own number.
 */
#ifndef RP_THEMES_RANDOM_H
#define RP_THEMES_RANDOM_H

#include <stdint.h>

struct rp_random {
	uint64_t s[4];
};

/* Filled from `seed` and `stream` by SplitMix64, as its authors advise. */
struct rp_random rp_random_make(uint64_t seed, uint64_t stream);

uint64_t rp_random_next(struct rp_random *r);

/* In [0, n), without bias; n > 0. */
uint32_t rp_random_below(struct rp_random *r, uint32_t n);

/* In [0, 1), 53 bits. */
double rp_random_unit(struct rp_random *r);

#endif
