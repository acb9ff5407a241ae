#include "themes/crew.h"

#include <errno.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

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
share(unsigned jobs, unsigned own, uint32_t n,
    void (*piece)(void *ctx, uint32_t i), void *ctx)
{
	for (uint32_t i = own; i < n; i += jobs)
		piece(ctx, i);
}

/* Wait for all, whatever became of one of them. */
static struct rp_err *
wait_all(const pid_t *children, unsigned n)
{
	bool good = true;

	for (unsigned i = 0; i < n; i++) {
		int status = 0;

		while (waitpid(children[i], &status, 0) < 0 && errno == EINTR)
			continue;
		good = good && WIFEXITED(status) && WEXITSTATUS(status) == 0;
	}
	if (good)
		return NULL;
	return rp_fail(RP_E_LIMIT, "a process of the analysis was ended");
}

struct rp_err *
rp_crew_run(const struct rp_crew *crew, uint32_t n,
    void (*piece)(void *ctx, uint32_t i), void *ctx)
{
	pid_t children[RP_CREW_JOBS_MAX];
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
			share(jobs, started + 1, n, piece, ctx);
			_exit(0);
		}
		children[started++] = child;
	}
	if (e == NULL && n > 0)
		share(jobs, 0, n, piece, ctx);
	other = wait_all(children, started);
	if (e == NULL)
		return other;
	rp_err_free(other);
	return e;
}
