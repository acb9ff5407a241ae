#include <string.h>

#include "themes/fit_private.h"
#include "themes/mixture.h"

#define BINS 64
#define BIN_NATS 0.5 /* of the second's odds against the first */

/* What a row's posterior says. */
struct verdict {
	uint32_t first, second; /* RP_NONE: no word is known */
	uint32_t bin;
};

static struct verdict
judge(const struct rp_mixture *x, const uint32_t *col, const uint16_t *count,
    uint32_t n, float *p)
{
	struct verdict v = { RP_NONE, RP_NONE, 0 };
	double odds;

	if (n == 0 || x->k == 0)
		return v;
	rp_mixture_posterior(x, col, count, n, p);
	v.first = 0;
	for (uint32_t i = 1; i < x->k; i++)
		if (p[i] > p[v.first])
			v.first = i;
	for (uint32_t i = 0; i < x->k; i++)
		if (i != v.first && (v.second == RP_NONE || p[i] > p[v.second]))
			v.second = i;
	if (v.second == RP_NONE || p[v.second] < 1e-30F) {
		v.bin = BINS - 1;
		return v;
	}
	odds = rp_num_log((double)p[v.first] / (double)p[v.second]);
	v.bin = odds >= (BINS - 1) * BIN_NATS ? BINS - 1 :
						(uint32_t)(odds / BIN_NATS);
	return v;
}

/* How often the posterior and the consensus are of one mind, by margin. */
struct scale {
	uint32_t agree[BINS], all[BINS];
	uint16_t score[BINS];
	uint32_t sure; /* bin */
};

/* Scores rise with the margin: neighbours that do not are pooled. */
static void
make_scores(struct scale *s)
{
	double level[BINS];
	uint32_t weight[BINS], width[BINS], n = 0, b = 0;
	uint64_t agree = 0, all = 0;

	for (uint32_t i = 0; i < BINS; i++) {
		level[n] = (s->agree[i] + 1.0) / (s->all[i] + 2.0);
		weight[n] = s->all[i] + 2;
		width[n++] = 1;
		while (n > 1 && level[n - 2] >= level[n - 1]) {
			uint32_t w = weight[n - 2] + weight[n - 1];

			level[n - 2] = (level[n - 2] * weight[n - 2] +
					   level[n - 1] * weight[n - 1]) /
				       w;
			weight[n - 2] = w;
			width[n - 2] += width[n - 1];
			n--;
		}
	}
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t j = 0; j < width[i]; j++)
			s->score[b++] = (uint16_t)(level[i] * 1000 + 0.5);
	s->sure = BINS - 1;
	for (uint32_t i = BINS; i > 0; i--) {
		agree += s->agree[i - 1];
		all += s->all[i - 1];
		if (agree * 1000 >= all * RP_FIT_AGREEMENT)
			s->sure = i - 1;
	}
}

struct job {
	const struct rp_terms *terms;
	const struct rp_dense *places; /* NULL: by words */
	struct rp_dense sums;          /* of the themes' rows, in places */
	const struct rp_corpus *c;
	struct rp_mixture x;
	struct scale scale;
	float *p;
	uint32_t *theme, *other;
	uint16_t *score;
};

#define NEAR_BINS 0.02 /* difference of similarities of a bin */

/* By places. `own`: the theme that it is counted in, or RP_NONE. */
static struct verdict
judge_place(const struct job *z, uint32_t row, uint32_t own)
{
	const float *x = rp_dense_row(z->places, row);
	struct verdict v = { RP_NONE, RP_NONE, 0 };
	double first = -2, second = -2;

	if (rp_num_dot(x, x, z->places->d) == 0)
		return v;
	for (uint32_t i = 0; i < z->sums.n; i++) {
		const float *s = rp_dense_row(&z->sums, i);
		double dot = rp_num_dot(x, s, z->places->d);
		double square = rp_num_dot(s, s, z->places->d), near;

		if (i == own) { /* without itself */
			square += 1 - 2 * dot;
			dot -= 1;
		}
		near = square > 1e-6 ? dot / rp_num_sqrt(square) : -1;
		if (near > first) {
			second = first;
			v.second = v.first;
			first = near;
			v.first = i;
		} else if (near > second) {
			second = near;
			v.second = i;
		}
	}
	v.bin = (uint32_t)((first - second) / NEAR_BINS);
	v.bin = v.bin < BINS ? v.bin : BINS - 1;
	return v;
}

static void
sum_places(struct rp_arena *tmp, struct job *z, const uint32_t *labels,
    uint32_t k)
{
	z->sums = rp_dense_new(tmp, k, z->places->d);
	for (uint32_t i = 0; i < z->c->n; i++)
		if (labels[i] != RP_NONE)
			rp_num_axpy(rp_dense_row(&z->sums, labels[i]), 1,
			    rp_dense_row(z->places, z->c->row[i]),
			    z->sums.stride);
}

static struct verdict
judge_without_itself(struct job *z, uint32_t i, uint32_t label)
{
	uint32_t from = z->c->start[i];
	struct verdict v;

	if (z->places != NULL)
		return judge_place(z, z->c->row[i], label);
	rp_mixture_add(&z->x, z->c, i, label, -1);
	v = judge(&z->x, z->c->col + from, z->c->count + from,
	    z->c->start[i + 1] - from, z->p);
	rp_mixture_add(&z->x, z->c, i, label, 1);
	return v;
}

/* Rows of the fit keep what the consensus says of them. */
static void
score_fitted(struct job *z, const uint32_t *labels, struct verdict *verdicts)
{
	const struct rp_corpus *c = z->c;

	for (uint32_t i = 0; i < c->n; i++) {
		if (labels[i] == RP_NONE)
			continue;
		verdicts[i] = judge_without_itself(z, i, labels[i]);
		if (verdicts[i].first == RP_NONE)
			continue;
		z->scale.all[verdicts[i].bin]++;
		z->scale.agree[verdicts[i].bin] +=
		    verdicts[i].first == labels[i];
	}
	make_scores(&z->scale);
	for (uint32_t i = 0; i < c->n; i++) {
		uint32_t row = c->row[i];
		uint16_t s;

		if (labels[i] == RP_NONE || verdicts[i].first == RP_NONE)
			continue;
		s = z->scale.score[verdicts[i].bin];
		z->theme[row] = labels[i];
		z->other[row] = verdicts[i].first == labels[i] ?
				    verdicts[i].second :
				    verdicts[i].first;
		z->score[row] =
		    verdicts[i].first == labels[i] ? s : (uint16_t)(1000 - s);
	}
}

/* Words of a row of terms that the corpus knows. */
static uint32_t
known_words(const struct job *z, uint32_t row, uint32_t *col, uint16_t *count)
{
	const struct rp_terms *t = z->terms;
	uint32_t n = 0;

	for (uint32_t j = t->start[row]; j < t->start[row + 1]; j++) {
		uint32_t w = z->c->of_term[t->term[j]];

		if (w == RP_NONE)
			continue;
		col[n] = w;
		count[n++] = t->count[j];
	}
	return n;
}

static void
score_others(struct rp_arena *tmp, struct job *z,
    const struct rp_fit_options *o)
{
	uint32_t next = 0, longest = 0, *col;
	uint16_t *count;

	for (uint32_t i = 0; i < o->n_rows; i++) {
		uint32_t n = z->terms->start[o->rows[i] + 1] -
			     z->terms->start[o->rows[i]];

		longest = n > longest ? n : longest;
	}
	col = rp_new_n(tmp, uint32_t, longest + 1);
	count = rp_new_n(tmp, uint16_t, longest + 1);
	for (uint32_t i = 0; i < o->n_rows; i++) {
		uint32_t row = o->rows[i];
		struct verdict v;

		if (rp_watch_stops_at(o->watch, i))
			return;
		if (next < z->c->n && z->c->row[next] == row) {
			next++;
			continue;
		}
		v = z->places != NULL ?
			judge_place(z, row, RP_NONE) :
			judge(&z->x, col, count,
			    known_words(z, row, col, count), z->p);
		if (v.first == RP_NONE)
			continue;
		z->other[row] = v.bin < z->scale.sure ? v.first : v.second;
		z->score[row] = z->scale.score[v.bin];
		if (v.bin >= z->scale.sure)
			z->theme[row] = v.first;
	}
}

void
rp_fit_assign(struct rp_arena *a, const struct rp_terms *terms,
    const struct rp_fit_options *o, const struct rp_corpus *c,
    const uint32_t *labels, uint32_t k, struct rp_fit *out)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *tmp = rp_arena_new(SIZE_MAX);
	struct job z = { .terms = terms, .c = c, .places = o->places };
	uint32_t *rows = rp_new_n(a, uint32_t, k + 1);

	z.theme = rp_new_n(a, uint32_t, terms->n_rows + 1);
	z.other = rp_new_n(a, uint32_t, terms->n_rows + 1);
	z.score = rp_new_n(a, uint16_t, terms->n_rows + 1);
	memset(z.theme, 0xff, terms->n_rows * sizeof(*z.theme));
	memset(z.other, 0xff, terms->n_rows * sizeof(*z.other));
	z.x = rp_mixture_count(tmp, c, labels, k);
	z.p = rp_new_n(tmp, float, z.x.stride + 1);
	if (z.places != NULL)
		sum_places(tmp, &z, labels, k);
	score_fitted(&z, labels, rp_new_n(tmp, struct verdict, c->n + 1));
	score_others(tmp, &z, o);
	for (uint32_t i = 0; i < terms->n_rows; i++)
		if (z.theme[i] != RP_NONE)
			rows[z.theme[i]]++;
	out->theme = z.theme;
	out->other = z.other;
	out->score = z.score;
	out->rows = rows;
	out->sure = z.scale.score[z.scale.sure];
}
