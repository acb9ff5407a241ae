#include "themes/mapping.h"

#include <string.h>

#include "base/err.h"
#include "themes/mapping_private.h"

/* Of the losses against the length of the weights (C of the literature). */
#define COST 10.0
#define SWEEPS 40
#define SWEEPS_AGAIN 3
#define TOLERANCE 1e-3
/* An example that moved by less rests for some sweeps: most of those against a
 * theme are far from it, and looking at them again and again is most of the
 * work. */
#define QUIET 1e-3
#define REST 5
#define FOLDS 5
#define CALIBRATED_FROM 8 /* unseen examples above a margin */
/* Below it the words of a theme and of a unit have nothing to do. */
#define NAMED_FROM 0.12
/* Of the units that are least certain, those that the queue compares. */
#define QUEUE_POOL 400
#define QUEUE_SEEN 300 /* decided ones that they are compared with */

enum said { NOT_SAID = 0, SAID_NO, SAID_YES };

/* A row of the space that a person decided about, or a theme's own words. */
struct example {
	uint32_t row;
	bool is_name;
	uint8_t *said; /* by candidate */
};

struct rp_mapping {
	const struct rp_mapping_space *space;
	uint32_t k; /* candidates */
	const uint32_t *theme;
	struct RP_VEC(struct example) examples;
	uint32_t *example_of; /* by row, plus one */
	uint32_t *rows;       /* by row: units that have it; 0 for themes */
	/* A column of weights for each sparse column: k together, so that a
	 * unit's k values are sums of runs of memory. */
	float *w;     /* x.m * k */
	float *dense; /* k rows of dense.stride */
	float *bias;  /* k */
	struct rp_mapping_state state;
};

/* One regression being solved. */
struct problem {
	const struct rp_mapping_space *s;
	const uint32_t *row;
	const int8_t *y;
	const double *cost;
	const bool *left_out; /* or NULL */
	uint8_t *rest;        /* sweeps for which an example is passed over */
	uint32_t n;
	double *alpha; /* in (0, cost) */
	float *w, *dense;
	double bias;
};

static double
value(const struct problem *p, uint32_t row)
{
	const struct rp_sparse *x = &p->s->x;
	double sum =
	    p->bias + rp_num_dot(p->dense, rp_dense_row(&p->s->dense, row),
			  p->s->dense.d);

	for (uint32_t k = x->start[row]; k < x->start[row + 1]; k++)
		sum += (double)p->w[x->col[k]] * x->v[k];
	return sum;
}

static void
add(struct problem *p, uint32_t row, double by)
{
	const struct rp_sparse *x = &p->s->x;

	rp_num_axpy(p->dense, (float)by, rp_dense_row(&p->s->dense, row),
	    p->s->dense.d);
	for (uint32_t k = x->start[row]; k < x->start[row + 1]; k++)
		p->w[x->col[k]] += (float)(by * x->v[k]);
	p->bias += by;
}

/*
 * The best alpha of one example while the others stay: the minimum over z of
 * z log z + (c - z) log(c - z) + q/2 (z - old)² + b (z - old), by Newton from
 * the half of (0, c) that the minimum is in, in the variable that is small
 * there, whose logarithm bends most.
 */
static double
best(double old, double c, double q, double b)
{
	bool turned = q / 2 * (c - 2 * old) + b < 0;
	double from = turned ? c - old : old, sign = turned ? -1 : 1;
	double z = from < c / 2 ? from : 0.1 * from;

	/* The sweeps come back here: a few steps are enough. */
	for (int i = 0; i < 4; i++) {
		double g = q * (z - from) + sign * b + rp_num_log(z / (c - z));
		double step = g / (q + c / ((c - z) * z));

		if (g < 1e-3 && g > -1e-3)
			break;
		z = z - step > 0 ? z - step : z * 0.1;
		if (z > c * (1 - 1e-12))
			z = c * (1 - 1e-12);
	}
	z = z < c * 1e-12 ? c * 1e-12 : z;
	return turned ? c - z : z;
}

/* Returns the greatest change of a share of alpha in this sweep. */
static double
sweep(struct problem *p)
{
	double most = 0;

	for (uint32_t i = 0; i < p->n; i++) {
		double c = p->cost[i], z, change;

		if (p->y[i] == 0 || (p->left_out != NULL && p->left_out[i]))
			continue;
		if (p->rest[i] > 0) {
			p->rest[i]--;
			continue;
		}
		z = best(p->alpha[i], c, (double)p->s->norm2[p->row[i]] + 1,
		    p->y[i] * value(p, p->row[i]));
		change = z - p->alpha[i];
		add(p, p->row[i], p->y[i] * change);
		p->alpha[i] = z;
		change = (change < 0 ? -change : change) / c;
		most = change > most ? change : most;
		p->rest[i] = change < QUIET ? REST : 0;
	}
	return most;
}

static void
solve(struct problem *p, int sweeps)
{
	for (int i = 0; i < sweeps && !rp_watch_stops(p->s->watch); i++)
		if (sweep(p) < TOLERANCE && i > REST)
			return;
}

static void
begin(struct problem *p)
{
	for (uint32_t i = 0; i < p->n; i++) {
		if (p->y[i] == 0)
			continue;
		p->alpha[i] = p->cost[i] * 1e-3;
		p->rest[i] = 0;
		add(p, p->row[i], p->y[i] * p->alpha[i]);
	}
}

static double
probable(double v)
{
	v = v > 30 ? 30 : v < -30 ? -30 : v;
	return 1 / (1 + rp_num_exp(-v));
}

/* What example i says about candidate k: 1, -1, 0 for nothing. */
static int8_t
answer(const struct example *e, uint32_t k, uint32_t n)
{
	if (e->said[k] != NOT_SAID)
		return e->said[k] == SAID_YES ? 1 : -1;
	for (uint32_t j = 0; j < n; j++)
		if (e->said[j] == SAID_YES)
			return -1;
	return 0;
}

/* The same models, each without a part of the examples, on that part. */
static void
unseen(struct rp_arena *a, struct problem *p, uint32_t k, uint32_t n,
    double *out)
{
	size_t m = p->s->x.m, d = p->s->dense.stride;
	float *w = rp_new_n(a, float, m + 1), *dense = rp_new_n(a, float, d);
	double *alpha = rp_new_n(a, double, p->n + 1);
	bool *left = rp_new_n(a, bool, p->n + 1);
	struct problem q = *p;

	q.w = w;
	q.dense = dense;
	q.alpha = alpha;
	q.left_out = left;
	for (uint32_t fold = 0; fold < FOLDS; fold++) {
		if (rp_watch_stops(p->s->watch))
			return;
		memcpy(w, p->w, m * sizeof(*w));
		memcpy(dense, p->dense, d * sizeof(*dense));
		memcpy(alpha, p->alpha, p->n * sizeof(*alpha));
		q.bias = p->bias;
		for (uint32_t i = 0; i < p->n; i++) {
			left[i] = i < n && i % FOLDS == fold;
			/* Those that weigh nothing will not weigh more. */
			p->rest[i] = alpha[i] < p->cost[i] * QUIET ? REST : 0;
			if (left[i] && p->y[i] != 0)
				add(&q, p->row[i], -p->y[i] * alpha[i]);
		}
		solve(&q, SWEEPS_AGAIN);
		for (uint32_t i = fold; i < n; i += FOLDS)
			out[(size_t)i * k] = probable(value(&q, p->row[i]));
	}
}

/* The two greatest of k. */
static void
two_best(const double *p, uint32_t k, uint32_t *first, double *margin)
{
	double second = 0;

	*first = 0;
	for (uint32_t j = 1; j < k; j++)
		if (p[j] > p[*first])
			*first = j;
	for (uint32_t j = 0; j < k; j++)
		if (j != *first && p[j] > second)
			second = p[j];
	*margin = p[*first] - second;
}

struct unseen_one {
	double margin;
	bool is_right;
	uint32_t example;
};

static int
by_margin(const void *x, const void *y)
{
	const struct unseen_one *a = x, *b = y;

	if (a->margin < b->margin || a->margin > b->margin)
		return a->margin > b->margin ? -1 : 1;
	return a->example < b->example ? -1 : a->example > b->example;
}

/* The smallest margin above which enough of the unseen ones were right. */
static void
calibrate(struct rp_arena *a, struct rp_mapping *m, const double *p, uint32_t n)
{
	struct unseen_one *v = rp_new_n(a, struct unseen_one, n + 1);
	size_t right = 0, some = 0;

	for (uint32_t i = 0; i < n; i++) {
		const struct example *e = &m->examples.v[i];
		uint32_t first, yes = 0;

		for (uint32_t j = 0; j < m->k; j++)
			yes += e->said[j] == SAID_YES;
		if (yes == 0)
			continue;
		two_best(p + (size_t)i * m->k, m->k, &first, &v[some].margin);
		v[some].is_right = e->said[first] == SAID_YES;
		v[some++].example = i;
	}
	qsort(v, some, sizeof(*v), by_margin);
	m->state.margin = 2;
	for (size_t i = 0; i < some; i++) {
		right += v[i].is_right;
		if (i + 1 < CALIBRATED_FROM ||
		    (i + 1 < some && !(v[i + 1].margin < v[i].margin)))
			continue;
		if ((double)right < RP_MAPPING_AGREEMENT * (double)(i + 1))
			continue;
		m->state.is_calibrated = true;
		m->state.margin = v[i].margin;
		m->state.agreement = (double)right / (double)(i + 1);
		m->state.coverage = (double)(i + 1) / (double)some;
	}
}

static void
learn(struct rp_arena *a, struct rp_arena *temp, struct rp_mapping *m)
{
	uint32_t n = (uint32_t)m->examples.n, decided = n - m->k;
	size_t cols = m->space->x.m, stride = m->space->dense.stride;
	double *cost = rp_new_n(temp, double, n + 1);
	double *alpha = rp_new_n(temp, double, n + 1);
	double *p = rp_new_n(temp, double, (size_t)decided * m->k + 1);
	uint32_t *row = rp_new_n(temp, uint32_t, n + 1);
	int8_t *y = rp_new_n(temp, int8_t, n + 1);
	uint8_t *rest = rp_new_n(temp, uint8_t, n + 1);
	float *w = rp_new_n(temp, float, cols + 1);

	m->w = rp_new_n(a, float, cols * m->k + 1);
	m->dense = rp_new_n(a, float, stride * m->k + 1);
	m->bias = rp_new_n(a, float, m->k + 1);
	for (uint32_t i = 0; i < n; i++) {
		row[i] = m->examples.v[i].row;
		cost[i] =
		    m->examples.v[i].is_name ? COST * RP_MAPPING_NAMED : COST;
	}
	for (uint32_t k = 0; k < m->k; k++) {
		struct problem one = { .s = m->space,
			.row = row,
			.y = y,
			.cost = cost,
			.n = n,
			.alpha = alpha,
			.w = w,
			.rest = rest,
			.dense = m->dense + stride * k };

		if (rp_watch_stops(m->space->watch))
			return;
		memset(w, 0, cols * sizeof(*w));
		for (uint32_t i = 0; i < n; i++)
			y[i] = answer(&m->examples.v[i], k, m->k);
		begin(&one);
		solve(&one, SWEEPS);
		for (size_t c = 0; c < cols; c++)
			m->w[c * m->k + k] = w[c];
		m->bias[k] = (float)one.bias;
		if (m->state.is_learnt)
			unseen(temp, &one, m->k, decided, p + k);
	}
	if (m->state.is_learnt)
		calibrate(temp, m, p, decided);
}

static struct example *
example_at(struct rp_arena *a, struct rp_mapping *m, uint32_t row)
{
	struct example e = { .row = row };

	if (m->example_of[row] == 0) {
		e.said = rp_new_n(a, uint8_t, m->k + 1);
		rp_vec_push(a, &m->examples, e);
		m->example_of[row] = (uint32_t)m->examples.n;
	}
	return &m->examples.v[m->example_of[row] - 1];
}

static int
by_row(const void *x, const void *y)
{
	const struct example *a = x, *b = y;

	if (a->is_name != b->is_name)
		return a->is_name ? 1 : -1;
	return a->row < b->row ? -1 : a->row > b->row;
}

/* In the order of rows, whatever the order of decisions; names come last. */
static void
order(struct rp_arena *a, struct rp_mapping *m)
{
	for (uint32_t k = 0; k < m->k; k++) {
		struct example e = { .is_name = true,
			.row = m->space->theme_row[m->theme[k]],
			.said = rp_new_n(a, uint8_t, m->k + 1) };

		e.said[k] = SAID_YES;
		rp_vec_push(a, &m->examples, e);
	}
	if (m->examples.n > 0)
		qsort(m->examples.v, m->examples.n, sizeof(*m->examples.v),
		    by_row);
	for (uint32_t i = 0; i < m->examples.n; i++)
		if (!m->examples.v[i].is_name)
			m->example_of[m->examples.v[i].row] = i + 1;
}

static uint32_t
candidate(const struct rp_mapping *m, uint32_t theme)
{
	for (uint32_t k = 0; k < m->k; k++)
		if (m->theme[k] == theme)
			return k;
	return RP_NONE;
}

static struct rp_err *
take(struct rp_arena *a, struct rp_mapping *m,
    const struct rp_mapping_decision *d, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint32_t k = candidate(m, d[i].theme);

		if (d[i].unit >= m->space->n_units ||
		    d[i].theme >= m->space->n_themes)
			return rp_fail(RP_E_INVALID,
			    "decision %zu is about unit %u and theme %u", i + 1,
			    d[i].unit, d[i].theme);
		if (k == RP_NONE)
			continue;
		example_at(a, m, m->space->row_of[d[i].unit])->said[k] =
		    d[i].is_yes ? SAID_YES : SAID_NO;
	}
	return NULL;
}

static void
count_examples(struct rp_mapping *m)
{
	uint32_t themes = 0;

	for (uint32_t k = 0; k < m->k; k++) {
		uint32_t yes = 0;

		for (size_t i = 0; i < m->examples.n; i++)
			yes += m->examples.v[i].said[k] == SAID_YES;
		themes += yes > 0;
	}
	for (size_t i = 0; i < m->examples.n; i++) {
		bool yes = false;

		for (uint32_t k = 0; k < m->k; k++)
			yes |= m->examples.v[i].said[k] == SAID_YES;
		m->state.examples += yes;
	}
	m->state.is_learnt =
	    themes >= 2 && m->state.examples >= RP_MAPPING_EXAMPLES_MIN;
}

static const uint32_t *
copy_themes(struct rp_arena *a, const uint32_t *themes, size_t n)
{
	uint32_t *out = rp_new_n(a, uint32_t, n + 1);

	if (n > 0)
		memcpy(out, themes, n * sizeof(*out));
	return out;
}

struct rp_err *
rp_mapping_learn(struct rp_arena *a, const struct rp_mapping_space *space,
    const uint32_t *themes, size_t n_themes,
    const struct rp_mapping_decision *decisions, size_t n,
    struct rp_mapping **out)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *temp = rp_arena_new(SIZE_MAX);
	struct rp_mapping *m = rp_new(a, struct rp_mapping);

	for (size_t i = 0; i < n_themes; i++)
		if (themes[i] >= space->n_themes)
			return rp_fail(RP_E_INVALID, "no theme %u", themes[i]);
	m->space = space;
	m->k = (uint32_t)n_themes;
	m->theme = copy_themes(a, themes, n_themes);
	m->example_of = rp_new_n(a, uint32_t, space->x.n + 1);
	m->rows = rp_new_n(a, uint32_t, space->x.n + 1);
	for (uint32_t i = 0; i < space->n_units; i++)
		m->rows[space->row_of[i]]++;
	RP_TRY(take(a, m, decisions, n));
	count_examples(m);
	order(a, m);
	if (m->k > 0)
		learn(a, temp, m);
	*out = m;
	return rp_mapping_go_on(space->watch);
}

struct rp_mapping_state
rp_mapping_state(const struct rp_mapping *m)
{
	return m->state;
}

static double
likeness(const struct rp_mapping_space *s, uint32_t x, uint32_t y)
{
	uint32_t i = s->x.start[x], j = s->x.start[y];
	double sum = rp_num_dot(rp_dense_row(&s->dense, x),
	    rp_dense_row(&s->dense, y), s->dense.d);
	double both = (double)s->norm2[x] * s->norm2[y];

	while (i < s->x.start[x + 1] && j < s->x.start[y + 1]) {
		uint32_t p = s->x.col[i], q = s->x.col[j];

		if (p == q)
			sum += (double)s->x.v[i] * s->x.v[j];
		i += p <= q;
		j += q <= p;
	}
	return both > 0 ? sum / rp_num_sqrt(both) : 0;
}

static void
probabilities(const struct rp_mapping *m, uint32_t row, double *p)
{
	const struct rp_sparse *x = &m->space->x;
	const float *v = rp_dense_row(&m->space->dense, row);

	for (uint32_t k = 0; k < m->k; k++)
		p[k] = m->bias[k] +
		       rp_num_dot(m->dense + (size_t)m->space->dense.stride * k,
			   v, m->space->dense.d);
	for (uint32_t c = x->start[row]; c < x->start[row + 1]; c++) {
		const float *w = m->w + (size_t)x->col[c] * m->k;

		for (uint32_t k = 0; k < m->k; k++)
			p[k] += (double)w[k] * x->v[c];
	}
	for (uint32_t k = 0; k < m->k; k++)
		p[k] = probable(p[k]);
}

static int
by_score(const void *x, const void *y)
{
	const struct rp_mapping_proposal *a = x, *b = y;

	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	return a->theme < b->theme ? -1 : a->theme > b->theme;
}

static bool
is_decided(const struct rp_mapping *m, uint32_t row)
{
	const struct example *e;

	if (m->example_of[row] == 0)
		return false;
	e = &m->examples.v[m->example_of[row] - 1];
	for (uint32_t k = 0; k < m->k; k++)
		if (e->said[k] == SAID_YES)
			return true;
	return false;
}

/* What persons said of this row. */
static void
put_decided(struct rp_arena *a, const struct rp_mapping *m, uint32_t row,
    struct rp_mapping_unit *out)
{
	const struct example *e = &m->examples.v[m->example_of[row] - 1];
	struct rp_mapping_proposal one = { .score = 1000, .by = RP_BY_PERSON };

	for (uint32_t k = 0; k < m->k; k++)
		if (e->said[k] == SAID_YES) {
			one.theme = m->theme[k];
			rp_vec_push(a, &out->themes, one);
		}
	out->is_sure = out->is_decided = true;
	out->margin = 1000;
}

/* Near to what the theme is called, or to an example of it. */
static bool
is_like(const struct rp_mapping *m, uint32_t row, uint32_t k)
{
	for (size_t i = 0; i < m->examples.n; i++) {
		const struct example *e = &m->examples.v[i];

		if (e->said[k] == SAID_YES &&
		    likeness(m->space, row, e->row) >= NAMED_FROM)
			return true;
	}
	return false;
}

static bool
is_sure(const struct rp_mapping *m, uint32_t row, uint32_t first, double margin)
{
	if (m->state.is_calibrated)
		return margin >= m->state.margin;
	/* With examples enough, and yet no margin: nothing is sure. */
	if (m->state.examples >= CALIBRATED_FROM)
		return false;
	return is_like(m, row, first);
}

static uint16_t
thousand(double p)
{
	return (uint16_t)(p * 1000 + 0.5);
}

struct rp_mapping_unit
rp_mapping_unit(struct rp_arena *a, const struct rp_mapping *m, uint32_t unit)
{
	struct rp_mapping_unit out = { 0 };
	double *p = rp_new_n(a, double, m->k + 1), margin;
	uint32_t row, first;
	const uint8_t *said = NULL;

	RP_ASSERT(unit < m->space->n_units);
	row = m->space->row_of[unit];
	if (m->k == 0)
		return out;
	if (is_decided(m, row)) {
		put_decided(a, m, row, &out);
		return out;
	}
	if (m->example_of[row] != 0)
		said = m->examples.v[m->example_of[row] - 1].said;
	probabilities(m, row, p);
	for (uint32_t k = 0; k < m->k && said != NULL; k++)
		p[k] = said[k] == SAID_NO ? -1 : p[k];
	two_best(p, m->k, &first, &margin);
	if (p[first] < 0)
		return out;
	out.is_sure = is_sure(m, row, first, margin);
	out.margin = thousand(margin > 1 ? 1 : margin);
	for (uint32_t k = 0; k < m->k; k++) {
		struct rp_mapping_proposal one = { .theme = m->theme[k],
			.by = RP_BY_MACHINE };

		if (k != first && !(p[k] >= 0.5))
			continue;
		one.score = thousand(p[k]);
		rp_vec_push(a, &out.themes, one);
	}
	qsort(out.themes.v, out.themes.n, sizeof(*out.themes.v), by_score);
	return out;
}

void
rp_mapping_fill(const struct rp_mapping *m, const uint32_t *theme_of,
    uint32_t from, uint32_t to, struct rp_themes_result *r)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *temp = rp_arena_new(1 << 24);

	for (uint32_t i = from; i < to; i++) {
		struct rp_theme_unit *u = &r->units.v[i];
		struct rp_mapping_unit got;

		if (rp_watch_stops_at(m->space->watch, i))
			return;
		if (u->by == RP_BY_PERSON)
			continue;
		rp_arena_reset(temp);
		got = rp_mapping_unit(temp, m, i);
		u->theme = RP_NONE;
		u->by = RP_BY_NOBODY;
		u->score = got.themes.n > 0 ? got.themes.v[0].score : 0;
		if (!got.is_sure || got.themes.n == 0)
			continue;
		u->theme = theme_of[got.themes.v[0].theme];
		u->by = got.themes.v[0].by;
	}
}

/* The queue. */

struct waiting {
	uint32_t unit, row;
	double margin;
	double near; /* to what is decided or stands before it */
};

static int
by_doubt(const void *x, const void *y)
{
	const struct waiting *a = x, *b = y;

	if (a->margin < b->margin || a->margin > b->margin)
		return a->margin < b->margin ? -1 : 1;
	return a->unit < b->unit ? -1 : a->unit > b->unit;
}

static size_t
waiting(struct rp_arena *a, const struct rp_mapping *m, const uint32_t *units,
    size_t n, struct waiting *v)
{
	bool *seen = rp_new_n(a, bool, m->space->x.n + 1);
	double *p = rp_new_n(a, double, m->k + 1);
	size_t got = 0;

	for (size_t i = 0; i < n; i++) {
		uint32_t row = m->space->row_of[units[i]], first;

		if (rp_watch_stops_at(m->space->watch, i))
			break;
		if (seen[row] || is_decided(m, row))
			continue;
		seen[row] = true;
		v[got].unit = units[i];
		v[got].row = row;
		probabilities(m, row, p);
		two_best(p, m->k, &first, &v[got].margin);
		got++;
	}
	qsort(v, got, sizeof(*v), by_doubt);
	return got < QUEUE_POOL ? got : QUEUE_POOL;
}

static void
come_near(const struct rp_mapping *m, struct waiting *v, size_t n, uint32_t row)
{
	for (size_t i = 0; i < n; i++) {
		double x = likeness(m->space, v[i].row, row);

		v[i].near = x > v[i].near ? x : v[i].near;
	}
}

uint32_t *
rp_mapping_queue(struct rp_arena *a, const struct rp_mapping *m,
    const uint32_t *units, size_t n_units, size_t n, size_t *got)
{
	struct waiting *v = rp_new_n(a, struct waiting, n_units + 1);
	uint32_t *out = rp_new_n(a, uint32_t, n + 1);
	size_t pool = m->k == 0 ? 0 : waiting(a, m, units, n_units, v);
	size_t decided = m->examples.n - m->k, first;

	first = decided > QUEUE_SEEN ? decided - QUEUE_SEEN : 0;
	for (size_t i = first; i < decided; i++)
		come_near(m, v, pool, m->examples.v[i].row);
	*got = 0;
	while (*got < n && pool > 0 && !rp_watch_stops(m->space->watch)) {
		size_t best_at = 0;
		double most = -1;

		for (size_t i = 0; i < pool; i++) {
			double worth = (1 - v[i].margin) * (1 - v[i].near);

			if (worth > most) {
				most = worth;
				best_at = i;
			}
		}
		out[(*got)++] = v[best_at].unit;
		first = v[best_at].row;
		v[best_at] = v[--pool];
		come_near(m, v, pool, (uint32_t)first);
	}
	return out;
}
