#include "themes/random.h"

#include "base/check.h"

/* Octets that another implementation of the two published algorithms gave. */
static void
the_published_generator(void)
{
	struct rp_random r = { { 1, 2, 3, 4 } };
	static const uint64_t want[] = { 11520, 0, 1509978240,
		UINT64_C(1215971899390074240) };

	for (size_t i = 0; i < 4; i++)
		RP_CHECK(rp_random_next(&r) == want[i]);
}

static void
streams_differ(void)
{
	struct rp_random a = rp_random_make(1, 2), b = rp_random_make(2, 1);
	struct rp_random c = rp_random_make(1, 2);
	int same = 0;

	for (int i = 0; i < 1000; i++) {
		uint64_t x = rp_random_next(&a);

		same += x == rp_random_next(&b);
		RP_CHECK(x == rp_random_next(&c));
	}
	RP_CHECK(same == 0);
}

static void
below_is_even(void)
{
	struct rp_random r = rp_random_make(7, 0);
	int count[5] = { 0 };

	for (int i = 0; i < 50000; i++)
		count[rp_random_below(&r, 5)]++;
	for (int i = 0; i < 5; i++)
		RP_CHECK(count[i] > 9600 && count[i] < 10400);
	RP_CHECK(rp_random_below(&r, 1) == 0);
}

static void
unit_is_in_its_interval(void)
{
	struct rp_random r = rp_random_make(8, 0);
	double sum = 0;

	for (int i = 0; i < 10000; i++) {
		double x = rp_random_unit(&r);

		RP_CHECK(x >= 0 && x < 1);
		sum += x;
	}
	RP_CHECK(sum > 4850 && sum < 5150);
}

RP_CHECK_MAIN({ "the published generator", the_published_generator },
    { "streams differ", streams_differ }, { "below is even", below_is_even },
    { "unit is in its interval", unit_is_in_its_interval })
