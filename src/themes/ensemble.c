#include "themes/ensemble.h"

#include "themes/kmeans.h"
#include "themes/mixture.h"

#define ROUND 36   /* runs; with 27 the consensus hangs more on the seed */
#define SMALL 2500 /* rows: fewer have the runs twice, and so on */
#define ROUNDS_MOST 4
#define SWEEPS 15 /* of 30, the others change no figure */
#define NEIGHBOUR_DIMS 100u
#define LATENT_DIMS 100u
/* Streams of the views: beyond the runs'. */
#define STREAM_NEIGHBOURS 1000000
#define STREAM_LATENT 1000001

enum kind {
	NEIGHBOURS,
	LATENT,
	TFIDF,
	MIXTURE,
};

/*
 * The first runs of a round, the others are mixtures. Two processes that take
 * turns (crew.h) have one view each to make.
 */
static const enum kind kinds[] = { NEIGHBOURS, LATENT, NEIGHBOURS, LATENT,
	NEIGHBOURS, TFIDF, NEIGHBOURS };

static enum kind
kind_of(uint32_t i)
{
	i %= ROUND;
	return i < sizeof(kinds) / sizeof(*kinds) ? kinds[i] : MIXTURE;
}

struct rp_ensemble
rp_ensemble_plan(uint32_t n, uint32_t k, uint64_t seed)
{
	struct rp_ensemble e = { .seed = seed, .k = k, .is_k_given = k > 0 };
	uint32_t times = SMALL / (n + 1) + 1;

	if (k == 0) {
		e.k = (uint32_t)(1.25 * rp_num_sqrt(n));
		if (e.k < RP_ENSEMBLE_K_LEAST)
			e.k = RP_ENSEMBLE_K_LEAST;
		if (e.k > RP_ENSEMBLE_K_MOST)
			e.k = RP_ENSEMBLE_K_MOST;
	}
	e.n_runs = ROUND * (times < ROUNDS_MOST ? times : ROUNDS_MOST);
	return e;
}

static uint32_t
dims(const struct rp_views *v, uint32_t most)
{
	return v->corpus->m < most ? v->corpus->m : most;
}

struct rp_dense *
rp_views_neighbours(struct rp_views *v, uint64_t seed)
{
	struct rp_random r = rp_random_make(seed, STREAM_NEIGHBOURS);

	if (v->neighbours.v == NULL)
		v->neighbours = rp_corpus_neighbours(v->arena, v->corpus,
		    dims(v, NEIGHBOUR_DIMS), &r, v->watch);
	return &v->neighbours;
}

static struct rp_dense *
latent(struct rp_views *v, uint64_t seed)
{
	struct rp_random r = rp_random_make(seed, STREAM_LATENT);

	if (v->latent.v == NULL)
		v->latent = rp_corpus_latent(v->arena, v->corpus,
		    dims(v, LATENT_DIMS), &r, v->watch);
	return &v->latent;
}

bool
rp_ensemble_is_mixture(uint32_t i)
{
	return kind_of(i) == MIXTURE;
}

void
rp_ensemble_run(const struct rp_ensemble *e, struct rp_views *v, uint32_t i,
    uint32_t *labels)
{
	struct rp_random r = rp_random_make(e->seed, i);
	/* Not all the same mistake about how many there are. */
	const struct rp_kmeans how = {
		.k = e->is_k_given ? e->k : e->k * (6 + i % 4) / 10,
		.rounds = RP_KMEANS_ROUNDS,
		.watch = v->watch,
	};

	if (v->places != NULL) {
		rp_kmeans(v->places, NULL, &how, &r, labels);
		return;
	}
	switch (kind_of(i)) {
	case MIXTURE:
		rp_mixture_run(v->corpus, e->k, SWEEPS, &r, v->watch, labels);
		break;
	case NEIGHBOURS:
		rp_kmeans(rp_views_neighbours(v, e->seed), NULL, &how, &r,
		    labels);
		break;
	case LATENT:
		rp_kmeans(latent(v, e->seed), NULL, &how, &r, labels);
		break;
	case TFIDF:
		rp_kmeans(NULL, &v->corpus->tfidf, &how, &r, labels);
		break;
	}
}

struct rp_runs
rp_ensemble_runs(const struct rp_ensemble *e, uint32_t n,
    const uint32_t *const *labels)
{
	return (struct rp_runs){ .n = n,
		.n_runs = e->n_runs,
		.k = e->k,
		.labels = labels,
		.first = ROUND - 1,
		.second = 0 };
}
