#include "themes/fit.h"

#include "base/check.h"
#include "themes/planted.h"

#define N 480u

static struct rp_fit
fit(struct rp_arena *a, const struct rp_terms *t, struct rp_fit_options o)
{
	struct rp_fit f;

	rp_fit(a, t, &o, &f);
	return f;
}

static void
planted_themes_and_their_number(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_terms t = rp_planted(a, N, 9, 4, 1);

	for (uint64_t seed = 1; seed < 3; seed++) {
		struct rp_fit f =
		    fit(a, &t, (struct rp_fit_options){ .seed = seed });

		RP_CHECK(rp_planted_right(f.theme, N, 9) > 990);
		RP_CHECK(f.n_leaves >= 9 && f.n_leaves <= 11);
		RP_CHECK(f.n_themes == f.n_leaves); /* few: one level */
	}
}

static void
what_is_asked_for_is_made(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_terms t = rp_planted(a, N, 16, 4, 1);
	struct rp_fit f =
	    fit(a, &t, (struct rp_fit_options){ .seed = 1, .k = 16 });
	uint32_t sum = 0, tops = 0;

	RP_CHECK(f.n_leaves == 16);
	RP_CHECK(rp_planted_right(f.theme, N, 16) > 990);
	for (uint32_t i = 0; i < f.n_leaves; i++) {
		RP_CHECK(
		    f.rows[i] > 0 && (i == 0 || f.rows[i] <= f.rows[i - 1]));
		sum += f.rows[i];
	}
	RP_CHECK(sum == N);
	for (uint32_t i = 0; i < f.n_themes; i++) {
		RP_CHECK(f.parent[i] == RP_NONE ||
			 (i < f.n_leaves && f.parent[i] >= f.n_leaves &&
			     f.parent[i] < f.n_themes));
		tops += f.parent[i] == RP_NONE;
	}
	RP_CHECK(tops >= 3 && tops <= 8);
	f = fit(a, &t, (struct rp_fit_options){ .seed = 1, .k_most = 5 });
	RP_CHECK(f.n_leaves <= 5);
}

static uint32_t
hash(const struct rp_fit *f, uint32_t n)
{
	uint32_t h = 2166136261U;

	for (uint32_t i = 0; i < n; i++) {
		h = (h ^ f->theme[i]) * 16777619U;
		h = (h ^ f->score[i]) * 16777619U;
		h = (h ^ f->other[i]) * 16777619U;
	}
	return h;
}

/* On any machine, with any compiler: integers that must not change. */
static void
the_same_twice_and_everywhere(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_terms t = rp_planted(a, N, 20, 2, 3);
	struct rp_fit f = fit(a, &t, (struct rp_fit_options){ .seed = 5 });
	struct rp_fit g = fit(a, &t, (struct rp_fit_options){ .seed = 5 });

	RP_CHECK(hash(&f, N) == hash(&g, N));
	printf("# leaves %u hash %u\n", f.n_leaves, hash(&f, N));
	RP_CHECK(hash(&f, N) == 2517959093U);
}

/* More rows than are fitted: the others by the posterior, or not at all. */
static void
rows_beyond_the_fit(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	uint32_t n = 2 * N, *rows = rp_new_n(a, uint32_t, n / 2);
	struct rp_terms t = rp_planted(a, n, 6, 4, 1);
	struct rp_fit f;
	struct rp_fit_options o = { .seed = 1,
		.k = 6,
		.rows = rows,
		.n_rows = n / 2 };

	for (uint32_t i = 0; i < n / 2; i++)
		rows[i] = 2 * i;
	f = fit(a, &t, o);
	RP_CHECK(f.theme[1] == RP_NONE && f.score[1] == 0);
	for (uint32_t i = 0; i < n; i += 2)
		RP_CHECK(f.theme[i] != RP_NONE);
}

static void
strata_have_their_share(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	uint32_t n = RP_FIT_ROWS_MAX * 2 + 90;
	struct rp_terms t = rp_planted(a, n, 4, 3, 1);
	uint32_t *stratum = rp_new_n(a, uint32_t, n);
	struct rp_fit_options o = { .seed = 1, .k = 4, .stratum = stratum };
	struct rp_fit_plan *p;

	for (uint32_t i = 0; i < 90; i++)
		stratum[i * 1000] = 1; /* few, and all of them are fitted */
	p = rp_fit_plan(a, &t, &o);
	RP_CHECK(rp_fit_run_rows(p) <= RP_FIT_ROWS_MAX);
	RP_CHECK(rp_fit_run_rows(p) >= RP_FIT_ROWS_MAX - 2);
}

static void
nothing_and_little(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	static const uint32_t counts[] = { 0, 1, 2, 5, 20 };

	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
		struct rp_terms t = rp_planted(a, counts[i], 2, 4, 1);
		struct rp_fit f =
		    fit(a, &t, (struct rp_fit_options){ .seed = 1 });
		struct rp_fit g =
		    fit(a, &t, (struct rp_fit_options){ .seed = 1, .k = 30 });

		RP_CHECK(f.n_leaves <= counts[i]);
		RP_CHECK(g.n_leaves <= counts[i]);
		for (uint32_t j = 0; j < counts[i]; j++)
			RP_CHECK(
			    f.theme[j] == RP_NONE || f.theme[j] < f.n_leaves);
	}
}

/* Two themes that the same responses have are one. */
static void
themes_of_the_same_responses(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_terms t = rp_planted(a, N, 6, 4, 1);
	uint32_t *response = rp_new_n(a, uint32_t, N);
	struct rp_fit f;

	for (uint32_t i = 0; i < N; i++) /* groups 4 and 5 always together */
		response[i] = i % 6 >= 4 ? i / 6 : N + i;
	f = fit(a, &t,
	    (struct rp_fit_options){ .seed = 1, .response = response });
	RP_CHECK(f.theme[4] == f.theme[5]);
	RP_CHECK(f.theme[0] != f.theme[1]);
	RP_CHECK(rp_fit_least(10) == 2 && rp_fit_least(2000) == 5);
	RP_CHECK(rp_fit_least(1000000) == 1000);
}

RP_CHECK_MAIN({ "planted themes and their number",
		  planted_themes_and_their_number },
    { "what is asked for is made", what_is_asked_for_is_made },
    { "the same twice and everywhere", the_same_twice_and_everywhere },
    { "rows beyond the fit", rows_beyond_the_fit },
    { "strata have their share", strata_have_their_share },
    { "nothing and little", nothing_and_little },
    { "themes of the same responses", themes_of_the_same_responses })
