#include "proc/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"

#define FDS_MAX 8 /* room to see, and close, more than there should be */

struct answer_octets {
	uint32_t id, outcome;
	int32_t detail;
};

union control {
	struct cmsghdr align;
	char room[CMSG_SPACE(FDS_MAX * sizeof(int))];
};

struct rp_err *
rp_spawn_ask(int fd, uint32_t id, int in, int out)
{
	union control control = { .room = { 0 } };
	int fds[2] = { in, out };
	struct iovec io = { .iov_base = &id, .iov_len = sizeof(id) };
	struct msghdr m = { .msg_iov = &io,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = CMSG_SPACE(sizeof(fds)) };
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(fds));
	memcpy(CMSG_DATA(c), fds, sizeof(fds));
	if (sendmsg(fd, &m, MSG_NOSIGNAL) != (ssize_t)sizeof(id))
		return rp_fail_errno(RP_E_UNAVAILABLE,
		    "asking for a parse process");
	return NULL;
}

struct rp_err *
rp_spawn_answer_get(int fd, int wait_ms, struct rp_spawn_answer *out)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	struct answer_octets octets;
	ssize_t n;

	if (poll(&p, 1, wait_ms) != 1)
		return rp_fail(RP_E_UNAVAILABLE, "no answer");
	n = recv(fd, &octets, sizeof(octets), MSG_DONTWAIT);
	if (n <= 0)
		return rp_fail(RP_E_UNAVAILABLE, "the supervisor is gone");
	if (n != sizeof(octets) || octets.outcome >= RP_SPAWN_OUTCOMES)
		return rp_fail(RP_E_INVALID, "malformed answer");
	*out = (struct rp_spawn_answer){ .id = octets.id,
		.outcome = (enum rp_spawn_outcome)octets.outcome,
		.detail = octets.detail };
	return NULL;
}

void
rp_spawn_answer_send(int fd, const struct rp_spawn_answer *answer)
{
	struct answer_octets octets = { .id = answer->id,
		.outcome = answer->outcome,
		.detail = answer->detail };

	/* If the worker died meanwhile, nobody waits for it. */
	send(fd, &octets, sizeof(octets), MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* The descriptors that came along; more than FDS_MAX the kernel closed. */
static size_t
received(struct msghdr *m, int fds[FDS_MAX])
{
	size_t n = 0;

	for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c != NULL;
	     c = CMSG_NXTHDR(m, c)) {
		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
			continue;
		n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		memcpy(fds, CMSG_DATA(c), n * sizeof(int));
	}
	return n;
}

struct rp_err *
rp_spawn_request_get(int fd, uint32_t *out_id, int *out_in, int *out_out,
    bool *out_got)
{
	union control control = { .room = { 0 } };
	uint32_t id;
	int fds[FDS_MAX];
	struct iovec io = { .iov_base = &id, .iov_len = sizeof(id) };
	struct msghdr m = { .msg_iov = &io,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control) };
	ssize_t n = recvmsg(fd, &m, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	size_t n_fds;

	*out_got = false;
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return NULL;
	if (n < 0)
		return rp_fail_errno(RP_E_GONE, "request");
	n_fds = received(&m, fds);
	if (n == sizeof(id) && n_fds == 2 &&
	    (m.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) == 0) {
		*out_id = id;
		*out_in = fds[0];
		*out_out = fds[1];
		*out_got = true;
		return NULL;
	}
	for (size_t i = 0; i < n_fds; i++)
		close(fds[i]);
	if (n == 0 && n_fds == 0)
		return rp_fail(RP_E_GONE, "the worker is gone");
	return rp_fail(RP_E_INVALID, "malformed request");
}

/* Our ends of the two pipes while a document is read. */
struct talk {
	int to, from;
	rp_bytes rest;
	struct rp_buf *result;
};

static void
feed(struct talk *t)
{
	ssize_t n = 0;

	if (t->rest.n > 0)
		n = write(t->to, t->rest.p, t->rest.n);
	if (n < 0 && errno == EAGAIN)
		return;
	if (n > 0) {
		t->rest.p += n;
		t->rest.n -= (size_t)n;
	}
	if (n < 0 || t->rest.n == 0) {
		/* Everything is told, or nobody listens any more. */
		close(t->to);
		t->to = -1;
	}
}

static void
take(struct talk *t)
{
	char block[16384];
	ssize_t n = read(t->from, block, sizeof(block));

	if (n < 0 && errno == EAGAIN)
		return;
	if (n > 0) {
		rp_buf_add(t->result, block, (size_t)n);
		if (!t->result->over)
			return;
	}
	close(t->from);
	t->from = -1;
}

static void
converse(struct talk *t)
{
	int64_t until = rp_clock_mono() + RP_SPAWN_TIME_MAX, left;

	while (t->from >= 0 && (left = until - rp_clock_mono()) > 0) {
		struct pollfd p[2] = {
			{ .fd = t->from, .events = POLLIN },
			{ .fd = t->to, .events = POLLOUT },
		};

		if (poll(p, 2, (int)left) < 0 && errno != EINTR)
			break;
		if (t->to >= 0 && p[1].revents != 0)
			feed(t);
		if (p[0].revents != 0)
			take(t);
	}
	if (t->to >= 0)
		close(t->to);
	if (t->from >= 0)
		close(t->from);
}

static struct rp_err *
judge(const struct rp_spawn_answer *answer)
{
	switch (answer->outcome) {
	case RP_SPAWN_DONE:
		return NULL;
	case RP_SPAWN_BUSY:
		return rp_fail(RP_E_UNAVAILABLE, "parse processes are busy");
	case RP_SPAWN_KILLED:
		return rp_fail(RP_E_INVALID, "parse process killed by SIG%s",
		    sigabbrev_np(answer->detail) ?
			sigabbrev_np(answer->detail) :
			"?");
	case RP_SPAWN_FAILED:
	case RP_SPAWN_OUTCOMES:
		break;
	}
	return rp_fail(RP_E_INVALID, "parse process ended with %d",
	    answer->detail);
}

/* Two pipes: [0], [1] for the document, [2], [3] for the result. */
static struct rp_err *
pipes(int fds[4])
{
	if (pipe2(fds, O_CLOEXEC) != 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "pipe");
	if (pipe2(fds + 2, O_CLOEXEC) != 0) {
		close(fds[0]);
		close(fds[1]);
		return rp_fail_errno(RP_E_UNAVAILABLE, "pipe");
	}
	fcntl(fds[1], F_SETFL, O_NONBLOCK);
	fcntl(fds[2], F_SETFL, O_NONBLOCK);
	return NULL;
}

struct rp_err *
rp_spawn_run(struct rp_arena *a, int fd, uint32_t id, rp_bytes document,
    size_t result_max, rp_bytes *out)
{
	struct rp_spawn_answer answer;
	struct rp_buf result;
	struct rp_err *e;
	struct talk t;
	int fds[4];

	RP_TRY(pipes(fds));
	e = rp_spawn_ask(fd, id, fds[0], fds[3]);
	close(fds[0]);
	close(fds[3]);
	if (e != NULL) {
		close(fds[1]);
		close(fds[2]);
		return e;
	}
	rp_buf_init(&result, a, result_max);
	t = (struct talk){ .to = fds[1],
		.from = fds[2],
		.rest = document,
		.result = &result };
	converse(&t);
	/* Answers to earlier requests that were given up may come first. */
	do
		RP_TRY(
		    rp_spawn_answer_get(fd, (int)RP_SPAWN_TIME_MAX, &answer));
	while (answer.id != id);
	if (!result.over)
		RP_TRY(judge(&answer));
	return rp_buf_bytes(&result, out);
}
