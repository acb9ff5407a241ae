#include "proc/worker.h"

#include <unistd.h>

#include "base/check.h"

static int runs[3];
static const char *fails;

static struct rp_err *
count(struct rp_arena *a, struct rp_worker *w, bool *more)
{
	RP_CHECK(a != NULL && w->next_id == 42);
	*more = runs[0]++ < 2;
	return NULL;
}

static struct rp_err *
fail(struct rp_arena *a, struct rp_worker *w, bool *more)
{
	(void)a, (void)w, (void)more;
	runs[1]++;
	return fails ? rp_fail(RP_E_UNAVAILABLE, "%s", fails) : NULL;
}

static struct rp_err *
devour(struct rp_arena *a, struct rp_worker *w, bool *more)
{
	(void)w, (void)more;
	runs[2]++;
	/* Until the ceiling ends it. */
	while (runs[2] > 0)
		memset(rp_alloc(a, (size_t)16 << 20), 1, 16);
	return NULL;
}

static const struct rp_worker_job jobs[] = {
	{ "count", 1000, count },
	{ "fail", 100, fail },
	{ "devour", 50000, devour },
};

static void
test_turns(void)
{
	struct rp_worker w = { .next_id = 42 };
	struct rp_worker_state states[3] = { 0 };

	fails = "no";
	/* There is more to do: again at once. */
	RP_CHECK(rp_worker_turn(&w, jobs, states, 3, 10) == 0);
	RP_CHECK(runs[0] == 1 && runs[1] == 1 && runs[2] == 1);
	RP_CHECK(rp_worker_turn(&w, jobs, states, 3, 10) == 0);
	RP_CHECK(rp_worker_turn(&w, jobs, states, 3, 10) == 100);
	RP_CHECK(runs[0] == 3 && runs[1] == 1 && runs[2] == 1);
	/* A failed job waits longer each time, and not when it works again. */
	RP_CHECK(rp_worker_turn(&w, jobs, states, 3, 110) == 200);
	RP_CHECK(runs[1] == 2 && states[1].failures == 2);
	for (int64_t now = 200; now < 10000; now += 100)
		rp_worker_turn(&w, jobs, states, 3, now);
	RP_CHECK(states[1].failures == 10);
	fails = NULL;
	rp_worker_turn(&w, jobs, states, 3, 20000);
	RP_CHECK(states[1].failures == 0 && states[1].due_at == 20100);
	RP_CHECK(states[2].failures == 1);
	free(states[2].last_error);
}

static void
test_stop(void)
{
	struct rp_worker w = { .next_id = 42 };
	int fds[2];

	RP_CHECK(pipe(fds) == 0);
	close(fds[1]);
	RP_CHECK_OK(rp_worker_loop(&w, fds[0], jobs, 2));
	close(fds[0]);
}

RP_CHECK_MAIN({ "turns", test_turns }, { "stop", test_stop })
