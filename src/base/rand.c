#include "base/rand.h"

#include <errno.h>
#include <sys/random.h>

#include "base/err.h"

void
rp_rand_fill(void *p, size_t n)
{
	uint8_t *at = p;

	while (n > 0) {
		ssize_t got = getrandom(at, n, 0);

		if (got < 0 && errno == EINTR)
			continue;
		RP_ASSERT(got > 0);
		at += got;
		n -= (size_t)got;
	}
}

/* A process constant, as a program's address is: drawn once, never changed. */
uint64_t
rp_rand_seed(void)
{
	static uint64_t seed;

	if (seed == 0) {
		rp_rand_fill(&seed, sizeof(seed));
		seed |= 1;
	}
	return seed;
}
