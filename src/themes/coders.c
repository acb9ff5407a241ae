#include "themes/coders.h"

/* `chance` of kappa and `differ`, what alpha expects to differ by chance. */
static struct rp_coders_agreement
corrected(double observed, double chance, double differ)
{
	struct rp_coders_agreement out = { .observed = observed };

	out.is_defined = differ > 0;
	if (!out.is_defined)
		return out;
	/* One coder has one category alone, and the other another: kappa's
	 * chance is 0 then, never 1. */
	out.kappa = (observed - chance) / (1 - chance);
	out.alpha = 1 - (1 - observed) / differ;
	return out;
}

struct rp_coders_agreement
rp_coders_agree(const struct rp_coders_table *t)
{
	double n = (double)t->both + t->first + t->second + t->neither;
	double a = (double)t->both + t->first, b = (double)t->both + t->second;
	double chance, differ;

	if (n == 0)
		return (struct rp_coders_agreement){ 0 };
	chance = (a * b + (n - a) * (n - b)) / (n * n);
	differ = 2 * (a + b) * (2 * n - a - b) / (2 * n * (2 * n - 1));
	return corrected((t->both + t->neither) / n, chance, differ);
}

static uint32_t
count(const uint32_t *all, size_t n, uint32_t value)
{
	uint32_t found = 0;

	for (size_t i = 0; i < n; i++)
		found += all[i] == value;
	return found;
}

/*
 * A category's share is taken at each of its places and divided by how many
 * they are: no table of categories is needed.
 */
struct rp_coders_agreement
rp_coders_agree_all(const uint32_t *first, const uint32_t *second, size_t n)
{
	double same = 0, chance = 0, alike = 0, m = (double)n;

	if (n == 0)
		return (struct rp_coders_agreement){ 0 };
	for (size_t i = 0; i < n; i++) {
		uint32_t a = count(first, n, first[i]);
		uint32_t b = count(second, n, first[i]);
		uint32_t c = count(first, n, second[i]);
		uint32_t d = count(second, n, second[i]);

		same += first[i] == second[i];
		chance += b / (m * m);
		alike += (double)(a + b) - 1 + (double)(c + d) - 1;
	}
	return corrected(same / m, chance, 1 - alike / (2 * m * (2 * m - 1)));
}
