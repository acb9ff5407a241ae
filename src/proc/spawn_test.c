#include "proc/spawn.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"

static struct rp_arena *arena;
static int pair[2]; /* the worker's, the supervisor's */

static size_t
open_fds(void)
{
	size_t n = 0;

	for (int fd = 0; fd < 256; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

static void
test_request(void)
{
	size_t before;
	int fds[2], in, out;
	uint32_t id;
	bool got;

	arena = rp_arena_new((size_t)64 << 20);
	RP_CHECK(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) == 0);
	RP_CHECK_OK(rp_spawn_request_get(pair[1], &id, &in, &out, &got));
	RP_CHECK(!got);
	RP_CHECK(pipe(fds) == 0);
	RP_CHECK_OK(rp_spawn_ask(pair[0], 17, fds[0], fds[1]));
	RP_CHECK_OK(rp_spawn_request_get(pair[1], &id, &in, &out, &got));
	RP_CHECK(got && id == 17);
	RP_CHECK(fcntl(in, F_GETFD) == FD_CLOEXEC);
	RP_CHECK(write(out, "x", 1) == 1);
	close(in);
	close(out);
	/* One descriptor is not a request, and does not stay open. */
	before = open_fds();
	RP_CHECK(send(pair[0], "abcd", 4, 0) == 4);
	RP_CHECK_FAILS(rp_spawn_request_get(pair[1], &id, &in, &out, &got),
	    RP_E_INVALID);
	RP_CHECK_OK(rp_spawn_ask(pair[0], 1, fds[0], fds[1]));
	RP_CHECK(send(pair[0], "toolong", 7, 0) == 7);
	RP_CHECK_OK(rp_spawn_request_get(pair[1], &id, &in, &out, &got));
	close(in);
	close(out);
	RP_CHECK_FAILS(rp_spawn_request_get(pair[1], &id, &in, &out, &got),
	    RP_E_INVALID);
	RP_CHECK(open_fds() == before);
	close(fds[0]);
	close(fds[1]);
}

static void
test_answer(void)
{
	struct rp_spawn_answer got;

	rp_spawn_answer_send(pair[1],
	    &(struct rp_spawn_answer){ 5, RP_SPAWN_KILLED, SIGSYS });
	RP_CHECK_OK(rp_spawn_answer_get(pair[0], 1000, &got));
	RP_CHECK(got.id == 5 && got.outcome == RP_SPAWN_KILLED &&
		 got.detail == SIGSYS);
	RP_CHECK_FAILS(rp_spawn_answer_get(pair[0], 0, &got), RP_E_UNAVAILABLE);
	RP_CHECK(send(pair[1], "no", 2, 0) == 2);
	RP_CHECK_FAILS(rp_spawn_answer_get(pair[0], 1000, &got), RP_E_INVALID);
}

/*
 * A supervisor of one document: what it reads it writes back twice, or it
 * behaves as `how` says.
 */
static pid_t
serve(enum rp_spawn_outcome how)
{
	pid_t pid = fork();
	struct rp_spawn_answer answer = { .outcome = how, .detail = 3 };
	char block[5000];
	int in = -1, out = -1;
	bool got = false;
	ssize_t n;

	if (pid != 0)
		return pid;
	while (!got)
		if (rp_spawn_request_get(pair[1], &answer.id, &in, &out,
			&got) != NULL)
			_exit(1);
	if (how == RP_SPAWN_DONE)
		while ((n = read(in, block, sizeof(block))) > 0)
			if (write(out, block, (size_t)n) != n ||
			    write(out, block, (size_t)n) != n)
				break;
	close(in);
	close(out);
	/* An answer to a request that was given up comes before. */
	rp_spawn_answer_send(pair[1], &(struct rp_spawn_answer){ .id = 999 });
	rp_spawn_answer_send(pair[1], &answer);
	_exit(0);
}

static void
test_run(void)
{
	size_t n = 300000, before = open_fds();
	uint8_t *document = rp_alloc(arena, n);
	rp_bytes got;
	pid_t pid;

	/* The refusal of writes to who has gone comes as an error. */
	signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; i < n; i++)
		document[i] = (uint8_t)(i / 7);
	pid = serve(RP_SPAWN_DONE);
	RP_CHECK_OK(rp_spawn_run(arena, pair[0], 1, (rp_bytes){ document, n },
	    2 * n, &got));
	RP_CHECK(got.n == 2 * n && waitpid(pid, NULL, 0) == pid);
	pid = serve(RP_SPAWN_DONE);
	RP_CHECK_FAILS(rp_spawn_run(arena, pair[0], 2,
			   (rp_bytes){ document, n }, n, &got),
	    RP_E_LIMIT);
	waitpid(pid, NULL, 0);
	for (enum rp_spawn_outcome how = RP_SPAWN_FAILED;
	     how < RP_SPAWN_OUTCOMES; how++) {
		pid = serve(how);
		RP_CHECK_FAILS(rp_spawn_run(arena, pair[0], 3,
				   (rp_bytes){ document, n }, n, &got),
		    how == RP_SPAWN_BUSY ? RP_E_UNAVAILABLE : RP_E_INVALID);
		waitpid(pid, NULL, 0);
	}
	RP_CHECK(open_fds() == before);
	close(pair[1]);
	RP_CHECK_FAILS(rp_spawn_run(arena, pair[0], 4,
			   (rp_bytes){ document, n }, n, &got),
	    RP_E_UNAVAILABLE);
	close(pair[0]);
	rp_arena_free(arena);
}

RP_CHECK_MAIN({ "request", test_request }, { "answer", test_answer },
    { "run", test_run })
