#include "themes/stop.h"

#include "base/err.h"
#include "base/vec.h"
#include "themes/numeric.h"

/* Neighbours of a word for each context, for the measure to be one. */
#define ENOUGH 2
#define MEASURED 8 /* words whose median is "nothing" */
#define NOT_ONE UINT16_MAX

struct word {
	uint32_t word, rows;
	double says, error;
	bool is_judged;
};

struct rp_stop {
	struct word candidates[RP_STOP_CANDIDATES];
	uint32_t n, contexts; /* the first candidates are the contexts */
	uint32_t rows;
	uint16_t *rank; /* of a word among the candidates */
	uint32_t *seen; /* last row that had the candidate, plus one */
	uint32_t row;
	/* How often a context stands beside a candidate, and beside any. */
	uint32_t (*beside)[RP_STOP_CONTEXTS];
	uint64_t all[RP_STOP_CONTEXTS];
};

static int
by_rows(const void *x, const void *y)
{
	const struct word *a = x, *b = y;

	if (a->rows != b->rows)
		return a->rows > b->rows ? -1 : 1;
	return a->word < b->word ? -1 : a->word > b->word;
}

static int
by_value(const void *x, const void *y)
{
	const double *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}

struct rp_stop *
rp_stop_new(struct rp_arena *a, const uint32_t *rows_of, uint32_t n,
    uint32_t rows)
{
	struct rp_stop *s = rp_new(a, struct rp_stop);
	struct RP_VEC(struct word) frequent = { 0 };

	s->rows = rows;
	for (uint32_t i = 0; i < n; i++)
		if (rows_of[i] > 1 &&
		    rows_of[i] >= RP_STOP_SHARE_MIN * (double)rows)
			rp_vec_push(a, &frequent,
			    ((struct word){ .word = i, .rows = rows_of[i] }));
	if (frequent.n > 0)
		qsort(frequent.v, frequent.n, sizeof(*frequent.v), by_rows);
	s->rank = rp_new_n(a, uint16_t, n);
	memset(s->rank, 0xff, n * sizeof(*s->rank));
	while (s->n < frequent.n && s->n < RP_STOP_CANDIDATES) {
		s->rank[frequent.v[s->n].word] = (uint16_t)s->n;
		s->candidates[s->n] = frequent.v[s->n];
		s->n++;
	}
	s->contexts = s->n < RP_STOP_CONTEXTS ? s->n : RP_STOP_CONTEXTS;
	s->seen = rp_new_n(a, uint32_t, RP_STOP_CANDIDATES);
	s->beside = rp_alloc_n(a, RP_STOP_CANDIDATES, sizeof(*s->beside));
	return s;
}

void
rp_stop_row(struct rp_stop *s, const uint32_t *words, size_t n)
{
	uint16_t here[RP_STOP_CANDIDATES];
	uint32_t k = 0, contexts = 0;

	s->row++;
	for (size_t i = 0; i < n; i++) {
		uint16_t rank = s->rank[words[i]];

		if (rank == NOT_ONE || s->seen[rank] == s->row)
			continue;
		s->seen[rank] = s->row;
		here[k++] = rank;
		contexts += rank < s->contexts;
	}
	for (uint32_t i = 0; i < k; i++) {
		if (here[i] >= s->contexts)
			continue;
		s->all[here[i]] += contexts - 1;
		for (uint32_t j = 0; j < k; j++)
			s->beside[here[j]][here[i]] += i != j;
	}
}

/*
 * What the words beside a candidate say about it. A word is not beside itself,
 * so neither is it expected there.
 */
static void
judge(const struct rp_stop *s, uint32_t rank, uint64_t total, struct word *w)
{
	uint32_t others = s->contexts - (rank < s->contexts);
	uint64_t n = 0;
	double sum = 0;

	if (rank < s->contexts)
		total -= s->all[rank];
	for (uint32_t i = 0; i < s->contexts; i++)
		n += s->beside[rank][i];
	w->is_judged = n >= (uint64_t)ENOUGH * s->contexts && total > 0;
	if (!w->is_judged)
		return;
	for (uint32_t i = 0; i < s->contexts; i++) {
		double p = (double)s->beside[rank][i] / (double)n;

		if (p > 0)
			sum += p * rp_num_log(
				       p * (double)total / (double)s->all[i]);
	}
	/* 2n times the sum is chi-squared, where chance alone is at work. */
	w->says = sum - (double)(others - 1) / (2 * (double)n);
	w->error = rp_num_sqrt(2 * (double)(others - 1)) / (2 * (double)n);
}

void
rp_stop_learn(const struct rp_stop *s, bool *is_stop)
{
	struct word words[RP_STOP_CANDIDATES];
	double first[MEASURED], nothing;
	uint64_t total = 0;
	uint32_t k = 0;

	for (uint32_t i = 0; i < s->contexts; i++)
		total += s->all[i];
	for (uint32_t i = 0; i < s->n; i++) {
		words[i] = s->candidates[i];
		judge(s, i, total, &words[i]);
		if (words[i].is_judged && k < MEASURED)
			first[k++] = words[i].says;
		if (words[i].rows > RP_STOP_SHARE * (double)s->rows)
			is_stop[words[i].word] = true;
	}
	if (k < MEASURED)
		return;
	qsort(first, k, sizeof(*first), by_value);
	nothing = first[k / 2];
	for (uint32_t i = 0; i < s->n; i++)
		if (words[i].is_judged &&
		    (words[i].says <= nothing * RP_STOP_RATIO ||
			words[i].says <= RP_STOP_NOTHING ||
			words[i].says <= RP_STOP_ERRORS * words[i].error))
			is_stop[words[i].word] = true;
}
