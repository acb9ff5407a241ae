#include "base/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"

#define OCTETS ((size_t)1 << 20) /* more than a pipe holds */

/* In a process of its own: 0 if all came, in order. */
static int
take(int fd)
{
	uint8_t part[4096];
	size_t got = 0;
	ssize_t n;

	while ((n = read(fd, part, sizeof(part))) > 0)
		for (ssize_t i = 0; i < n; i++, got++)
			if (part[i] != got % 251)
				return 1;
	return got == OCTETS ? 0 : 1;
}

static void
test_more_than_fits(void)
{
	struct rp_arena *a = rp_arena_new((size_t)4 << 20);
	uint8_t *p = rp_alloc(a, OCTETS);
	int ends[2], status;
	pid_t reader;

	for (size_t i = 0; i < OCTETS; i++)
		p[i] = (uint8_t)(i % 251);
	RP_CHECK(pipe2(ends, O_CLOEXEC) == 0);
	reader = fork();
	RP_CHECK(reader >= 0);
	if (reader == 0) {
		close(ends[1]);
		_exit(take(ends[0]));
	}
	close(ends[0]);
	RP_CHECK(rp_fd_write(ends[1], (rp_bytes){ p, OCTETS }));
	close(ends[1]);
	RP_CHECK(waitpid(reader, &status, 0) == reader && status == 0);
	rp_arena_free(a);
}

static void
test_nobody_reads(void)
{
	int ends[2];

	RP_CHECK(pipe2(ends, O_CLOEXEC) == 0);
	close(ends[0]);
	RP_CHECK(signal(SIGPIPE, SIG_IGN) != SIG_ERR);
	errno = 0;
	RP_CHECK(!rp_fd_write(ends[1], RP_BYTES("lost")));
	RP_CHECK(errno == EPIPE);
	close(ends[1]);
	RP_CHECK(rp_fd_write(-1, RP_BYTES("")));
	RP_CHECK(!rp_fd_write(-1, RP_BYTES("x")));
}

RP_CHECK_MAIN({ "more than fits", test_more_than_fits },
    { "nobody reads", test_nobody_reads })
