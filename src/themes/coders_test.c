#include "themes/coders.h"

#include <math.h>

#include "base/check.h"

static bool
near(double x, double y)
{
	return fabs(x - y) < 0.0005;
}

/* Worked by hand: n = 50, both 20, first alone 5, second alone 10, neither 15:
 * observed .7, chance .5; of 100 values 55 are yes: 2*55*45/(100*99) = .5. */
static void
two(void)
{
	const struct rp_coders_table t = { 20, 5, 10, 15 };
	struct rp_coders_agreement got = rp_coders_agree(&t);

	RP_CHECK(got.is_defined && near(got.observed, 0.7));
	RP_CHECK(near(got.kappa, 0.4) && near(got.alpha, 0.4));
}

/* Krippendorff 2011, example A: ten units, 0 or 1; alpha = .095. */
static void
published(void)
{
	const uint32_t a[] = { 0, 1, 0, 0, 0, 0, 0, 0, 1, 0 };
	const uint32_t b[] = { 1, 1, 1, 0, 0, 1, 0, 0, 0, 0 };
	const struct rp_coders_table t = { 1, 1, 3, 5 };
	struct rp_coders_agreement x = rp_coders_agree_all(a, b, 10);
	struct rp_coders_agreement y = rp_coders_agree(&t);

	RP_CHECK(near(x.alpha, 0.095) && near(y.alpha, x.alpha));
	RP_CHECK(near(x.kappa, y.kappa) && near(x.observed, 0.6));
}

/* The same, example B: twelve units in five categories; alpha = .692. */
static void
categories(void)
{
	const uint32_t a[] = { 1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1 };
	const uint32_t b[] = { 1, 2, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4 };

	RP_CHECK(near(rp_coders_agree_all(a, b, 12).alpha, 0.692));
}

static void
edges(void)
{
	const struct rp_coders_table none = { 0 }, all = { 4, 0, 0, 0 };
	const struct rp_coders_table full = { 2, 0, 0, 2 };
	const struct rp_coders_table against = { 0, 2, 2, 0 };
	const struct rp_coders_table apart = { 0, 3, 0, 0 };

	RP_CHECK(!rp_coders_agree(&none).is_defined);
	RP_CHECK(!rp_coders_agree(&all).is_defined);
	RP_CHECK(rp_coders_agree(&all).observed == 1);
	RP_CHECK(near(rp_coders_agree(&full).alpha, 1));
	RP_CHECK(near(rp_coders_agree(&full).kappa, 1));
	RP_CHECK(rp_coders_agree(&against).alpha < 0);
	RP_CHECK(near(rp_coders_agree(&against).kappa, -1));
	RP_CHECK(near(rp_coders_agree(&apart).kappa, 0));
	RP_CHECK(!rp_coders_agree_all(NULL, NULL, 0).is_defined);
}

RP_CHECK_MAIN({ "two coders, one theme", two },
    { "as it was published", published }, { "many categories", categories },
    { "edges", edges })
