#include "proc/apart.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fd.h"
#include "codec/json.h"
#include "codec/xmlread.h"
#include "proc/profile.h"

#define STEP ((size_t)64 << 10)
#define TOO_MUCH "the document takes too much time or memory"

struct job {
	struct rp_err *(
	    *work)(struct rp_arena *a, void *ctx, struct rp_buf *answer);
	void *ctx;
	int fd;        /* of the answer */
	bool returned; /* it did not reach its ceiling */
};

/* All that comes, up to the limit of the buffer. */
static bool
take_all(int fd, struct rp_buf *b)
{
	uint8_t part[STEP];
	ssize_t n;

	do {
		n = read(fd, part, sizeof(part));
		if (n > 0)
			rp_buf_add(b, part, (size_t)n);
	} while ((n > 0 && !b->over) || (n < 0 && errno == EINTR));
	return n >= 0;
}

struct rp_err *
rp_apart_read(struct rp_arena *a, const char *name, size_t max, rp_bytes *out)
{
	bool standard = strcmp(name, "-") == 0;
	int fd = standard ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
	struct rp_buf b;
	bool good;

	if (fd < 0)
		return rp_fail_errno(RP_E_NOTFOUND, "%s", name);
	rp_buf_init(&b, a, max);
	good = take_all(fd, &b);
	if (!standard)
		close(fd);
	if (!good)
		return rp_fail_errno(RP_E_UNAVAILABLE, "reading %s", name);
	if (b.over)
		return rp_fail(RP_E_LIMIT, "%s: over %zu octets", name, max);
	return rp_buf_bytes(&b, out);
}

/* One octet that says whether it is an answer or a message, then all of it. */
static struct rp_err *
answer(struct rp_arena *a, void *ctx)
{
	struct job *job = ctx;
	struct rp_err *e;
	struct rp_buf b;
	rp_bytes all;

	rp_buf_init(&b, a, RP_APART_ANSWER_MAX);
	e = job->work(a, job->ctx, &b);
	job->returned = true;
	RP_TRY(e);
	RP_TRY(rp_buf_bytes(&b, &all));
	if (!rp_fd_write(job->fd, RP_BYTES("+")) ||
	    !rp_fd_write(job->fd, (rp_bytes){ all.p, all.n }))
		return rp_fail(RP_E_UNAVAILABLE, "answer not taken");
	return NULL;
}

static RP_NORETURN void
be_child(struct job *job)
{
	struct rp_sandbox_profile profile = rp_profile_parse();
	struct rp_err *e = NULL;

	prctl(PR_SET_DUMPABLE, 0);
	/* libzip turns MS-DOS times into local ones: a zone without a file. */
	if (setenv("TZ", "UTC0", 1) != 0)
		e = rp_fail_errno(RP_E_INTERNAL, "TZ");
	rp_xmlread_prepare();
	rp_json_prepare();
	tzset();
	if (e == NULL)
		e = rp_sandbox_enter(&profile, false, NULL);
	if (e == NULL)
		e = rp_job_run(RP_APART_MEMORY, answer, job);
	if (e != NULL && rp_err_code(e) == RP_E_LIMIT && !job->returned)
		e = rp_err_wrap(e, TOO_MUCH);
	if (e != NULL) {
		const char *why = rp_err_message(e);

		if (rp_fd_write(job->fd, RP_BYTES("-")))
			(void)rp_fd_write(job->fd,
			    rp_text_bytes(rp_text_z(why)));
	}
	_exit(0);
}

static struct rp_err *
too_much(void)
{
	return rp_fail(RP_E_LIMIT, TOO_MUCH);
}

static struct rp_err *
take_answer(struct rp_arena *a, int fd, rp_bytes *out)
{
	struct rp_buf b;
	rp_bytes all;
	bool good;

	rp_buf_init(&b, a, RP_APART_ANSWER_MAX + 1);
	good = take_all(fd, &b);
	if (!good || b.over || b.n == 0)
		return too_much();
	RP_TRY(rp_buf_bytes(&b, &all));
	*out = (rp_bytes){ all.p + 1, all.n - 1 };
	if (all.p[0] == '+')
		return NULL;
	return rp_fail(RP_E_INVALID, "%.*s", (int)out->n, (const char *)out->p);
}

struct rp_err *
rp_apart_run(struct rp_arena *a,
    struct rp_err *(
	*work)(struct rp_arena *a, void *ctx, struct rp_buf *answer),
    void *ctx, rp_bytes *out)
{
	struct job job = { .work = work, .ctx = ctx };
	struct rp_err *e;
	int pair[2], status = 0;
	pid_t child;

	if (pipe2(pair, O_CLOEXEC) != 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "pipe");
	child = fork();
	if (child < 0) {
		close(pair[0]);
		close(pair[1]);
		return rp_fail_errno(RP_E_UNAVAILABLE, "fork");
	}
	if (child == 0) {
		close(pair[0]);
		job.fd = pair[1];
		rp_arena_keep_pages();
		be_child(&job);
	}
	close(pair[1]);
	e = take_answer(a, pair[0], out);
	close(pair[0]);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	if (e == NULL && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
		e = too_much();
	return e;
}

struct rp_err *
rp_apart_write(struct rp_arena *a, const char *name, rp_bytes octets)
{
	const char *fresh = rp_textf(a, "%s.new", name).p;
	struct rp_err *e;
	bool good;
	int fd;

	if (strcmp(name, "-") == 0) {
		if (rp_fd_write(STDOUT_FILENO, octets))
			return NULL;
		return rp_fail_errno(RP_E_UNAVAILABLE,
		    "writing standard output");
	}
	fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "%s", fresh);
	good = rp_fd_write(fd, octets);
	good = close(fd) == 0 && good;
	if (good && rename(fresh, name) == 0)
		return NULL;
	e = rp_fail_errno(RP_E_UNAVAILABLE, "writing %s", name);
	(void)unlink(fresh);
	return e;
}
