#include "themes/crew.h"

#include <signal.h>
#include <unistd.h>

#include "base/check.h"
#include "base/clock.h"
#include "themes/watch.h"

enum { N = 101 };

static void
square(void *ctx, uint32_t i)
{
	uint64_t *out = ctx;

	out[i] = (uint64_t)i * i + 1;
}

static void
all_pieces(void)
{
	static const unsigned jobs[] = { 0, 1, 2, 3, 64 };

	for (size_t k = 0; k < sizeof(jobs) / sizeof(jobs[0]); k++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(1 << 16);
		uint64_t *out = rp_crew_memory(a, N * sizeof(*out));
		struct rp_crew crew = { jobs[k] };

		RP_CHECK_OK(rp_crew_run(&crew, N, square, out));
		for (uint32_t i = 0; i < N; i++)
			RP_CHECK(out[i] == (uint64_t)i * i + 1);
		RP_CHECK_OK(rp_crew_run(&crew, 0, square, out));
	}
}

static void
die(void *ctx, uint32_t i)
{
	pid_t *parent = ctx;

	if (i == 1 && getpid() != *parent)
		raise(SIGKILL);
}

static void
one_dies(void)
{
	struct rp_crew crew = { 3 };
	pid_t self = getpid();

	RP_CHECK_FAILS(rp_crew_run(&crew, N, die, &self), RP_E_LIMIT);
}

static bool
at_once(void *ctx)
{
	(void)ctx;
	return true;
}

static void
take_long(void *ctx, uint32_t i)
{
	(void)ctx;
	if (i > 0)
		sleep(60);
}

/* The others are not waited for. */
static void
stopped(void)
{
	int64_t began = rp_clock_mono();

	for (int i = 0; i < 3; i++) {
		struct rp_watch watch = { at_once, NULL, false };
		struct rp_crew crew = { 3, &watch };

		RP_CHECK_FAILS(rp_crew_run(&crew, N, take_long, NULL),
		    RP_E_GONE);
	}
	RP_CHECK(rp_clock_mono() - began < 20 * RP_SECOND);
}

RP_CHECK_MAIN({ "all pieces", all_pieces }, { "one dies", one_dies },
    { "stopped", stopped })
