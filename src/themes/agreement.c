#include "themes/agreement.h"

#include <string.h>

#include "themes/result.h"

/* Cells by labels of one run, cells merged as the tree says. */
struct table {
	uint32_t cells, labels;
	double *count; /* cells x labels */
	double *row;   /* of a cell */
	double *col;
	double n;
	const double *xlogx; /* of whole numbers to runs->n */
};

static double *
table_of_xlogx(struct rp_arena *a, uint32_t n)
{
	double *t = rp_new_n(a, double, (size_t)n + 1);

	for (uint32_t i = 2; i <= n; i++)
		t[i] = i * rp_num_log(i);
	return t;
}

static double
xlogx(const struct table *t, double x)
{
	return t->xlogx[(uint32_t)x];
}

static void
count_table(const struct rp_runs *runs, const uint32_t *labels,
    const uint32_t *cell, struct table *t)
{
	memset(t->count, 0, (size_t)t->cells * t->labels * sizeof(double));
	memset(t->row, 0, t->cells * sizeof(double));
	memset(t->col, 0, t->labels * sizeof(double));
	t->n = 0;
	for (uint32_t i = 0; i < runs->n; i++) {
		if (cell[i] == RP_NONE || labels[i] == RP_NONE)
			continue;
		t->count[(size_t)cell[i] * t->labels + labels[i]]++;
		t->row[cell[i]]++;
		t->col[labels[i]]++;
		t->n++;
	}
}

static double
row_information(const struct table *t, uint32_t row)
{
	const double *c = t->count + (size_t)row * t->labels;
	double s = 0;

	for (uint32_t j = 0; j < t->labels; j++)
		s += xlogx(t, c[j]);
	return s;
}

static double
corrected(double joint, double rows, double cols, double n, uint32_t k,
    uint32_t used)
{
	double log_n = rp_num_log(n);
	double hr = log_n - rows / n, hc = log_n - cols / n;
	double mi = (joint - rows - cols) / n + log_n;
	double chance = (k - 1.0) * (used - 1.0) / (2 * n);
	double most = (hr + hc) / 2 - chance;

	return most > 1e-9 ? (mi - chance) / most : 0;
}

/* Merge by merge; the sums of x log x change in two rows only. */
static void
walk(struct table *t, const struct rp_tree *tree, uint32_t least, uint32_t most,
    double *out, uint32_t step)
{
	double joint = 0, rows = 0, cols = 0;
	uint32_t used = 0;

	if (t->n < 2)
		return;
	for (uint32_t i = 0; i < t->cells; i++) {
		joint += row_information(t, i);
		rows += xlogx(t, t->row[i]);
	}
	for (uint32_t j = 0; j < t->labels; j++) {
		cols += xlogx(t, t->col[j]);
		used += t->col[j] > 0;
	}
	for (uint32_t k = t->cells;; k--) {
		uint32_t x, y;

		if (k <= most)
			out[(size_t)k * step] =
			    corrected(joint, rows, cols, t->n, k, used);
		if (k <= least || k < 2)
			break;
		x = tree->a[t->cells - k];
		y = tree->b[t->cells - k];
		joint -= row_information(t, x) + row_information(t, y);
		rows -= xlogx(t, t->row[x]) + xlogx(t, t->row[y]);
		for (uint32_t j = 0; j < t->labels; j++)
			t->count[(size_t)x * t->labels + j] +=
			    t->count[(size_t)y * t->labels + j];
		t->row[x] += t->row[y];
		joint += row_information(t, x);
		rows += xlogx(t, t->row[x]);
	}
}

static double
mean(const double *by_run, uint32_t n)
{
	double s = 0;

	for (uint32_t i = 0; i < n; i++)
		s += by_run[i];
	return s / n;
}

static double
standard_error(const double *by_run, uint32_t n)
{
	double m = mean(by_run, n), s = 0;

	for (uint32_t i = 0; i < n; i++)
		s += (by_run[i] - m) * (by_run[i] - m);
	return n > 1 ? rp_num_sqrt(s / ((double)n * (n - 1))) : 0;
}

/* The end of the plateau. `by_run` has n numbers for each number of groups. */
static uint32_t
choose(const double *by_run, uint32_t n, uint32_t least, uint32_t most)
{
	uint32_t best = least, out;
	double high, error;

	for (uint32_t k = least; k <= most; k++)
		if (mean(by_run + (size_t)k * n, n) >
		    mean(by_run + (size_t)best * n, n))
			best = k;
	high = mean(by_run + (size_t)best * n, n);
	error = standard_error(by_run + (size_t)best * n, n);
	out = best;
	for (uint32_t k = best; k <= most; k++)
		if (mean(by_run + (size_t)k * n, n) > high - error)
			out = k;
	return out;
}

uint32_t
rp_agreement_best(const struct rp_runs *runs, const bool *use,
    const struct rp_tree *tree, const uint32_t *cell, uint32_t least,
    uint32_t most)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	struct table t = { .cells = tree->n, .labels = runs->k };
	uint32_t n = 0, done = 0;
	double *by_run;

	if (most > tree->n)
		most = tree->n;
	if (least > most)
		least = most;
	for (uint32_t i = 0; i < runs->n_runs; i++)
		n += use[i];
	if (n == 0 || most == 0)
		return most;
	by_run = rp_new_n(tmp, double, ((size_t)most + 1) * n);
	t.count = rp_new_n(tmp, double, (size_t)t.cells *t.labels + 1);
	t.row = rp_new_n(tmp, double, t.cells + 1);
	t.col = rp_new_n(tmp, double, t.labels + 1);
	t.xlogx = table_of_xlogx(tmp, runs->n);
	for (uint32_t i = 0; i < runs->n_runs; i++) {
		if (!use[i])
			continue;
		count_table(runs, runs->labels[i], cell, &t);
		walk(&t, tree, least, most, by_run + done++, n);
	}
	return choose(by_run, n, least, most);
}
