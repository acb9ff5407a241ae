#include "themes/crew.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "themes/watch.h"

#define ASK_EVERY 10000000 /* nanoseconds, while others work */

struct mapping {
	void *p;
	size_t size;
};

static void
unmap(void *ptr)
{
	struct mapping *m = ptr;

	munmap(m->p, m->size);
}

void *
rp_crew_memory(struct rp_arena *a, size_t size)
{
	struct mapping *m = rp_new(a, struct mapping);

	m->size = size > 0 ? size : 1;
	m->p = mmap(NULL, m->size, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (m->p == MAP_FAILED)
		rp_panic(__FILE__, __LINE__, "out of memory");
	rp_arena_defer(a, unmap, m);
	return m->p;
}

static void
share(const struct rp_crew *crew, unsigned jobs, unsigned own, uint32_t n,
    void (*piece)(void *ctx, uint32_t i), void *ctx)
{
	for (uint32_t i = own; i < n && !rp_watch_stops(crew->watch); i += jobs)
		piece(ctx, i);
}

/* A process that is waited for, without asking: true when it has ended. */
static bool
has_ended(pid_t child, bool wait, bool *good)
{
	int status = 0;
	pid_t got;

	do {
		got = waitpid(child, &status, wait ? 0 : WNOHANG);
	} while (got < 0 && errno == EINTR);
	if (got == 0)
		return false;
	*good = *good && got == child && WIFEXITED(status) &&
		WEXITSTATUS(status) == 0;
	return true;
}

/* Wait for all, whatever became of one of them. */
static struct rp_err *
wait_all(const struct rp_crew *crew, const pid_t *children, unsigned n)
{
	const struct timespec while_others_work = { 0, ASK_EVERY };
	bool good = true;

	for (unsigned i = 0; i < n; i++)
		while (!has_ended(children[i], crew->watch == NULL, &good)) {
			if (rp_watch_stops(crew->watch))
				kill(children[i], SIGKILL);
			nanosleep(&while_others_work, NULL);
		}
	if (rp_watch_stops(crew->watch))
		return rp_fail(RP_E_GONE, "the analysis was stopped");
	if (good)
		return NULL;
	return rp_fail(RP_E_LIMIT, "a process of the analysis was ended");
}

/* Nobody is left behind, and nobody but the first process asks. */
static void
begin_child(const struct rp_crew *crew, pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	if (crew->watch != NULL)
		crew->watch->stop = NULL;
}

struct rp_err *
rp_crew_run(const struct rp_crew *crew, uint32_t n,
    void (*piece)(void *ctx, uint32_t i), void *ctx)
{
	pid_t children[RP_CREW_JOBS_MAX], parent = getpid();
	unsigned jobs = crew->jobs > 0 ? crew->jobs : 1, started = 0;
	struct rp_err *e = NULL, *other;

	RP_ASSERT(jobs <= RP_CREW_JOBS_MAX);
	jobs = jobs < n ? jobs : n;
	while (started + 1 < jobs && e == NULL) {
		pid_t child = fork();

		if (child < 0) {
			e = rp_fail_errno(RP_E_UNAVAILABLE, "fork");
			break;
		}
		if (child == 0) {
			begin_child(crew, parent);
			share(crew, jobs, started + 1, n, piece, ctx);
			_exit(0);
		}
		children[started++] = child;
	}
	if (e == NULL && n > 0)
		share(crew, jobs, 0, n, piece, ctx);
	other = wait_all(crew, children, started);
	if (e == NULL)
		return other;
	rp_err_free(other);
	return e;
}
