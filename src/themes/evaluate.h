/*
 * evaluate - how well one grouping agrees with another.
 *
 * What `rapporteur themes --eval` and the benchmarks print. All definitions are
 * the usual ones, written out here so that figures can be compared:
 *
 * Groupings with one label an item, of n items; n_ij of them have label i in
 * the gold and j in what was found, a_i and b_j are the sums.
 *	H(gold) = - sum a_i/n log a_i/n; likewise H(found); natural logarithms
 *	MI = sum n_ij/n log(n n_ij / (a_i b_j))
 *	NMI = MI / ((H(gold) + H(found)) / 2)  (arithmetic mean; 1 if both are
 *0) homogeneity = MI / H(gold), completeness = MI / H(found) (1 if 0/0) V = 2 h
 *c / (h + c)                    (which is the NMI above) ARI = (sum C(n_ij,2) -
 *E) / (M - E), E = sum C(a_i,2) sum C(b_j,2) / C(n,2), M = (sum C(a_i,2) + sum
 *C(b_j,2)) / 2 (1 if M = E) pair precision = sum C(n_ij,2) / sum C(b_j,2),
 *recall over the gold's
 *
 * Groupings with any number of labels an item, L(e) and C(e):
 *	B3 precision = mean over e of the mean over all e' (e too) that share a
 *	found label with e of min(|C(e) & C(e')|, |L(e) & L(e')|) /
 *	|C(e) & C(e')|; recall with L and C exchanged; F1 of the two (extended
 *	BCubed, Amigó et al. 2009; with one label each it is Bagga and
 *	Baldwin's)
 *	samples-F1 = mean over e of 2 |L & C| / (|L| + |C|), 1 if both are
 *	empty
 *
 * An item without a label (RP_NONE, an empty set) is by default a group of its
 * own, on either side: nothing is won by leaving items out.
 *
 * Two coders who said of some units whether a theme is in them: Cohen's kappa
 * and Krippendorff's alpha (nominal, two values), over what both have coded:
 *	kappa = (po - pe) / (1 - pe)
 *	alpha = 1 - (2u - 1) d / (n0 n1), u units of which d differ, n0 and n1
 *	the values given by both together
 *
 * Deterministic. Nothing here fails but by RP_E_LIMIT.
 */
#ifndef RP_THEMES_EVALUATE_H
#define RP_THEMES_EVALUATE_H

#include "base/str.h"
#include "base/vec.h"

/* Labels of each side that are matched with each other. */
#define RP_EVALUATE_MATCH_MAX ((size_t)2000)
/* Pairs of items that share a label, where sets overlap. */
#define RP_EVALUATE_PAIRS_MAX ((uint64_t)2000000000)
#define RP_EVALUATE_BOOTSTRAPS 2000

/* What an item without a label is. */
enum rp_evaluate_none {
	RP_EVALUATE_ALONE = 0, /* a group of its own */
	RP_EVALUATE_TOGETHER,  /* all such items are one group */
	RP_EVALUATE_LEFT_OUT,  /* not counted; if either side has none */
};

struct rp_evaluate_groups {
	uint64_t n; /* items counted */
	uint32_t n_gold, n_found;
	double nmi, homogeneity, completeness, v, ari;
	double b3_precision, b3_recall, b3_f1;
	double pair_precision, pair_recall;
};

/* `gold` and `found`: a label or RP_NONE (result.h) for each of `n` items. */
struct rp_evaluate_groups rp_evaluate_groups(const uint32_t *gold,
    const uint32_t *found, size_t n, enum rp_evaluate_none none);

/* For each of n items a set of labels: label[start[i]] to label[start[i + 1]],
 * ascending, without repetition. */
struct rp_evaluate_sets {
	size_t n;
	const uint32_t *start; /* n + 1 */
	const uint32_t *label;
};

struct rp_evaluate_b3 {
	double precision, recall, f1;
};

/* RP_E_LIMIT past RP_EVALUATE_PAIRS_MAX. */
struct rp_err *rp_evaluate_b3(struct rp_arena *a,
    const struct rp_evaluate_sets *gold, const struct rp_evaluate_sets *found,
    struct rp_evaluate_b3 *out) RP_MUST_USE;

/*
 * With the interval that 95 % of the means of RP_EVALUATE_BOOTSTRAPS samples of
 * n items, drawn with replacement, lie in. The labels of both sides are the
 * same; rp_evaluate_rename() makes them so.
 */
struct rp_evaluate_mean {
	double mean, low, high;
};

struct rp_evaluate_mean rp_evaluate_samples_f1(struct rp_arena *a,
    const struct rp_evaluate_sets *gold, const struct rp_evaluate_sets *found,
    uint64_t seed);

/*
 * The found labels that stand for the gold ones: one for one, so that the sum
 * of their F1 over items is the highest (Kuhn 1955). A pair whose F1 is 0 is
 * none.
 */
struct rp_evaluate_match {
	uint32_t n_gold, n_found;
	uint32_t *found_of;  /* n_gold: RP_NONE if there is none */
	double *f1;          /* n_gold: of the pair; 0 if there is none */
	uint32_t *gold_of;   /* n_found */
	double coverage;     /* gold labels whose F1 is at least .5 */
	double groundedness; /* found labels that match one so */
	uint32_t redundant;  /* pairs of found labels with Jaccard >= .7 */
};

struct rp_err *rp_evaluate_match(struct rp_arena *a,
    const struct rp_evaluate_sets *gold, const struct rp_evaluate_sets *found,
    struct rp_evaluate_match *out) RP_MUST_USE;

/* `found` in the labels of the gold; what matches none becomes n_gold + it. */
struct rp_evaluate_sets rp_evaluate_rename(struct rp_arena *a,
    const struct rp_evaluate_sets *found, const struct rp_evaluate_match *m);

/* The greatest sum over an assignment of rows to columns: column of each row,
 * or RP_NONE where there are fewer columns. worth[r * columns + c] >= 0. */
void rp_evaluate_assign(struct rp_arena *a, const double *worth, size_t rows,
    size_t columns, uint32_t *column_of);

/* What a coder said of a unit. */
enum rp_coded { RP_CODED_NOT = 0, RP_CODED_NO, RP_CODED_YES };

struct rp_evaluate_coders {
	uint64_t units; /* coded by both */
	uint64_t agreed;
	bool has_kappa, has_alpha; /* false: nothing varied */
	double kappa, alpha;
};

struct rp_evaluate_coders rp_evaluate_coders(const uint8_t *one,
    const uint8_t *other, size_t n);

#endif
