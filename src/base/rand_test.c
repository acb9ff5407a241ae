#include "base/rand.h"

#include "base/check.h"

static void
test_fill(void)
{
	uint8_t a[64] = { 0 }, b[64] = { 0 };
	size_t zeros = 0;

	rp_rand_fill(a, sizeof(a));
	rp_rand_fill(b, sizeof(b) - 1);
	RP_CHECK(memcmp(a, b, sizeof(b) - 1) != 0);
	RP_CHECK(b[sizeof(b) - 1] == 0);
	for (size_t i = 0; i < sizeof(a); i++)
		zeros += a[i] == 0;
	RP_CHECK(zeros < 16);
	rp_rand_fill(a, 0);
}

static void
test_seed(void)
{
	RP_CHECK(rp_rand_seed() == rp_rand_seed());
}

RP_CHECK_MAIN({ "fill", test_fill }, { "seed", test_seed })
