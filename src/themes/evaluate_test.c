#include "themes/evaluate.h"

#include <math.h>

#include "base/check.h"
#include "themes/result.h"

static bool
near(double x, double y)
{
	return fabs(x - y) < 1e-9;
}

/*
 * By hand. Gold {0 1} {2 3}, found {0 1} {2} {3}: H(gold) = ln 2, H(found) =
 * 1.5 ln 2, MI = ln 2; one pair of six is in both, two in the gold, one found.
 */
static void
by_hand(void)
{
	const uint32_t gold[] = { 5, 5, 9, 9 }, found[] = { 3, 3, 0, 1 };
	const uint32_t crossed[] = { 0, 1, 0, 1 }, one[] = { 4, 4, 4, 4 };
	struct rp_evaluate_groups r;

	r = rp_evaluate_groups(gold, found, 4, RP_EVALUATE_ALONE);
	RP_CHECK(r.n == 4 && r.n_gold == 2 && r.n_found == 3);
	RP_CHECK(near(r.nmi, 0.8) && near(r.v, 0.8));
	RP_CHECK(near(r.homogeneity, 1) && near(r.completeness, 2.0 / 3));
	RP_CHECK(near(r.ari, 4.0 / 7));
	RP_CHECK(near(r.b3_precision, 1) && near(r.b3_recall, 0.75));
	RP_CHECK(near(r.b3_f1, 6.0 / 7));
	RP_CHECK(near(r.pair_precision, 1) && near(r.pair_recall, 0.5));

	r = rp_evaluate_groups(gold, gold, 4, RP_EVALUATE_ALONE);
	RP_CHECK(near(r.nmi, 1) && near(r.ari, 1) && near(r.b3_f1, 1));
	r = rp_evaluate_groups(gold, crossed, 4, RP_EVALUATE_ALONE);
	RP_CHECK(near(r.nmi, 0) && near(r.ari, -0.5) && near(r.b3_f1, 0.5));
	r = rp_evaluate_groups(one, one, 4, RP_EVALUATE_ALONE);
	RP_CHECK(near(r.nmi, 1) && near(r.ari, 1));
	r = rp_evaluate_groups(gold, one, 4, RP_EVALUATE_ALONE);
	RP_CHECK(near(r.nmi, 0) && near(r.completeness, 1) && near(r.ari, 0));
	r = rp_evaluate_groups(NULL, NULL, 0, RP_EVALUATE_ALONE);
	RP_CHECK(r.n == 0 && near(r.nmi, 0));
}

static void
items_without_a_label(void)
{
	const uint32_t gold[] = { 0, 0, RP_NONE, RP_NONE };
	const uint32_t found[] = { 0, RP_NONE, RP_NONE, 0 };
	struct rp_evaluate_groups r;

	/* Alone: gold {0 1} {2} {3}, found {0 3} {1} {2}. */
	r = rp_evaluate_groups(gold, found, 4, RP_EVALUATE_ALONE);
	RP_CHECK(r.n == 4 && r.n_gold == 3 && r.n_found == 3);
	RP_CHECK(near(r.b3_precision, 0.75) && near(r.pair_precision, 0));
	/* Together: gold {0 1} {2 3}, found {0 3} {1 2}. */
	r = rp_evaluate_groups(gold, found, 4, RP_EVALUATE_TOGETHER);
	RP_CHECK(r.n_gold == 2 && r.n_found == 2 && near(r.ari, -0.5));
	/* Left out: item 0 is left. */
	r = rp_evaluate_groups(gold, found, 4, RP_EVALUATE_LEFT_OUT);
	RP_CHECK(r.n == 1 && near(r.nmi, 1) && near(r.b3_f1, 1));
}

/*
 * The same input given once to scikit-learn 1.2.1's normalized_mutual_info_
 * score, adjusted_rand_score, homogeneity_score and completeness_score.
 */
static void
as_scikit_learn(void)
{
	uint32_t gold[997], found[997];
	struct rp_evaluate_groups r;

	for (uint32_t i = 0; i < 997; i++) {
		gold[i] = i * i % 11 % 7;
		found[i] = (i * i % 11 + i % 5 / 3) % 9;
	}
	r = rp_evaluate_groups(gold, found, 997, RP_EVALUATE_ALONE);
	RP_CHECK(near(r.nmi, 0.658868773888));
	RP_CHECK(near(r.ari, 0.440425158716));
	RP_CHECK(near(r.homogeneity, 0.678191738074));
	RP_CHECK(near(r.completeness, 0.640616402032));
}

/* Gold {A B} {A B} {A}, found {x} {x} {y}; see the definition. */
static void
overlapping_sets(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	const uint32_t gs[] = { 0, 2, 4, 5 }, gl[] = { 0, 1, 0, 1, 0 };
	const uint32_t fs[] = { 0, 1, 2, 3 }, fl[] = { 0, 0, 1 };
	const uint32_t ns[] = { 0, 0, 0, 0 };
	struct rp_evaluate_sets gold = { 3, gs, gl }, found = { 3, fs, fl };
	struct rp_evaluate_sets none = { 3, ns, NULL };
	struct rp_evaluate_b3 r;

	RP_CHECK_OK(rp_evaluate_b3(a, &gold, &found, &r));
	RP_CHECK(near(r.precision, 1) && near(r.recall, 1.0 / 3));
	RP_CHECK(near(r.f1, 0.5));
	RP_CHECK_OK(rp_evaluate_b3(a, &gold, &gold, &r));
	RP_CHECK(near(r.f1, 1));
	/* All alone: nothing is joined wrongly, and of {A B} {A B} {A} each
	 * finds itself alone of three: (1/2 + 0 + 0) / 3, twice, and 1/3. */
	RP_CHECK_OK(rp_evaluate_b3(a, &gold, &none, &r));
	RP_CHECK(near(r.precision, 1) && near(r.recall, 2.0 / 9));
}

/* With one label each, sets and groups say the same. */
static void
sets_of_one(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	uint32_t g[200], f[200], start[201];
	struct rp_evaluate_sets gold = { 200, start, g };
	struct rp_evaluate_sets found = { 200, start, f };
	struct rp_evaluate_groups r;
	struct rp_evaluate_b3 s;

	for (uint32_t i = 0; i <= 200; i++)
		start[i] = i;
	for (uint32_t i = 0; i < 200; i++) {
		g[i] = i * i % 13;
		f[i] = i * i % 17 % 9;
	}
	r = rp_evaluate_groups(g, f, 200, RP_EVALUATE_ALONE);
	RP_CHECK_OK(rp_evaluate_b3(a, &gold, &found, &s));
	RP_CHECK(near(r.b3_precision, s.precision));
	RP_CHECK(near(r.b3_recall, s.recall) && near(r.b3_f1, s.f1));
}

static void
samples_f1(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 24);
	const uint32_t gs[] = { 0, 2, 3, 3, 3 }, gl[] = { 0, 1, 2 };
	const uint32_t fs[] = { 0, 1, 3, 3, 4 }, fl[] = { 0, 2, 3, 1 };
	struct rp_evaluate_sets gold = { 4, gs, gl }, found = { 4, fs, fl };
	struct rp_evaluate_mean r, again;

	/* 2/3, 2/3, 1 (nothing and nothing), 0. */
	r = rp_evaluate_samples_f1(a, &gold, &found, 1);
	RP_CHECK(near(r.mean, 7.0 / 12));
	RP_CHECK(r.low < r.mean && r.mean < r.high);
	RP_CHECK(r.low >= 0 && r.high <= 1);
	again = rp_evaluate_samples_f1(a, &gold, &found, 1);
	RP_CHECK(memcmp(&r, &again, sizeof(r)) == 0);
	r = rp_evaluate_samples_f1(a, &gold, &gold, 1);
	RP_CHECK(near(r.low, 1) && near(r.high, 1));
}

/* The mean of 400 answers, half of them 1: an interval of about ± .049. */
static void
interval(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 24);
	uint32_t start[401], g[400], f[400];
	struct rp_evaluate_sets gold = { 400, start, g };
	struct rp_evaluate_sets found = { 400, start, f };
	struct rp_evaluate_mean r;

	for (uint32_t i = 0; i <= 400; i++)
		start[i] = i;
	for (uint32_t i = 0; i < 400; i++) {
		g[i] = 0;
		f[i] = i % 2;
	}
	r = rp_evaluate_samples_f1(a, &gold, &found, 7);
	RP_CHECK(near(r.mean, .5));
	RP_CHECK(fabs(r.low - .451) < .008 && fabs(r.high - .549) < .008);
}

static void
assignment(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	const double square[] = { 7, 5, 11, 5, 4, 1, 9, 3, 2 };
	const double trap[] = { 10, 9, 9, 1 };
	const double tall[] = { 1, 2, 8 }, wide[] = { 1, 2, 8 };
	uint32_t at[3];

	rp_evaluate_assign(a, square, 3, 3, at);
	RP_CHECK(at[0] == 2 && at[1] == 1 && at[2] == 0);
	rp_evaluate_assign(a, trap, 2, 2, at);
	RP_CHECK(at[0] == 1 && at[1] == 0);
	rp_evaluate_assign(a, tall, 3, 1, at);
	RP_CHECK(at[0] == RP_NONE && at[1] == RP_NONE && at[2] == 0);
	rp_evaluate_assign(a, wide, 1, 3, at);
	RP_CHECK(at[0] == 2);
	rp_evaluate_assign(a, NULL, 0, 0, at);
}

static void
matching(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	const uint32_t start[] = { 0, 1, 2, 3, 4, 5, 6 };
	const uint32_t gl[] = { 0, 0, 0, 1, 1, 2 };
	const uint32_t fl[] = { 3, 3, 1, 1, 1, 0 };
	struct rp_evaluate_sets gold = { 6, start, gl },
				found = { 6, start, fl };
	struct rp_evaluate_sets renamed;
	struct rp_evaluate_match m;

	/* Gold 0 with found 3: 2*2/5; 1 with 1: 2*2/5; 2 with 0: 1. */
	RP_CHECK_OK(rp_evaluate_match(a, &gold, &found, &m));
	RP_CHECK(m.n_gold == 3 && m.n_found == 4);
	RP_CHECK(
	    m.found_of[0] == 3 && m.found_of[1] == 1 && m.found_of[2] == 0);
	RP_CHECK(near(m.f1[0], .8) && near(m.f1[1], .8) && near(m.f1[2], 1));
	RP_CHECK(near(m.coverage, 1) && near(m.groundedness, 1));
	RP_CHECK(m.gold_of[2] == RP_NONE && m.redundant == 0);
	renamed = rp_evaluate_rename(a, &found, &m);
	RP_CHECK(renamed.label[0] == 0 && renamed.label[2] == 1 &&
		 renamed.label[5] == 2);
	RP_CHECK(
	    near(rp_evaluate_samples_f1(a, &gold, &renamed, 1).mean, 5.0 / 6));
}

static void
redundant_labels(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	const uint32_t gs[] = { 0, 1, 2, 3 }, gl[] = { 0, 0, 1 };
	const uint32_t fs[] = { 0, 2, 4, 5 }, fl[] = { 0, 1, 0, 1, 2 };
	struct rp_evaluate_sets gold = { 3, gs, gl }, found = { 3, fs, fl };
	struct rp_evaluate_match m;

	RP_CHECK_OK(rp_evaluate_match(a, &gold, &found, &m));
	RP_CHECK(m.redundant == 1);
	RP_CHECK(near(m.groundedness, 2.0 / 3));
}

/* 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: kappa = (.7 - .5) / .5; alpha =
 * 1 - 99 * 15 / (45 * 55). */
static void
two_coders(void)
{
	uint8_t one[53], other[53];
	struct rp_evaluate_coders r;

	for (size_t i = 0; i < 50; i++) {
		one[i] = i < 25 ? RP_CODED_YES : RP_CODED_NO;
		other[i] =
		    i < 20 || (i >= 25 && i < 35) ? RP_CODED_YES : RP_CODED_NO;
	}
	for (size_t i = 50; i < 53; i++) {
		one[i] = RP_CODED_YES;
		other[i] = RP_CODED_NOT;
	}
	r = rp_evaluate_coders(one, other, 53);
	RP_CHECK(r.units == 50 && r.agreed == 35);
	RP_CHECK(r.has_kappa && near(r.kappa, .4));
	RP_CHECK(r.has_alpha && near(r.alpha, .4));
	/* Nothing varies: no figure, not a perfect one. */
	r = rp_evaluate_coders(one, one, 20);
	RP_CHECK(r.units == 20 && !r.has_kappa && !r.has_alpha);
	/* Krippendorff 2011, "Computing": binary, ten units, two coders. */
	static const uint8_t a1[] = { 1, 2, 1, 1, 1, 1, 1, 1, 2, 1 };
	static const uint8_t b1[] = { 2, 2, 2, 1, 1, 2, 1, 1, 1, 1 };

	r = rp_evaluate_coders(a1, b1, 10);
	RP_CHECK(r.has_alpha && fabs(r.alpha - 0.095) < .0005);
}

RP_CHECK_MAIN({ "figures by hand", by_hand },
    { "items without a label", items_without_a_label },
    { "the same as scikit-learn", as_scikit_learn },
    { "overlapping sets", overlapping_sets },
    { "sets of one label", sets_of_one }, { "samples-F1", samples_f1 },
    { "the interval of a mean", interval }, { "assignment", assignment },
    { "matching groups with themes", matching },
    { "redundant groups", redundant_labels }, { "two coders", two_coders })
