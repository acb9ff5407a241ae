#include "proc/scan.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/err.h"
#include "codec/clamd.h"

static void
close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static struct rp_err *
dial(const char *path, int *out)
{
	struct timeval wait = { .tv_sec = RP_SCAN_WAIT_SECONDS };
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	size_t n = strlen(path);
	int fd;

	if (n >= sizeof(to.sun_path))
		return rp_fail(RP_E_INVALID, "scanner_socket is too long");
	memcpy(to.sun_path, path, n);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "scanner");
	*out = fd;
	(void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait));
	(void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "scanner at %s", path);
	return NULL;
}

static struct rp_err *
put(int fd, const uint8_t *p, size_t n)
{
	while (n > 0) {
		ssize_t sent = send(fd, p, n, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return rp_fail_errno(RP_E_UNAVAILABLE, "scanner");
		p += sent;
		n -= (size_t)sent;
	}
	return NULL;
}

static struct rp_err *
put_file(int fd, rp_bytes file)
{
	rp_bytes begin = rp_clamd_begin(), end = rp_clamd_end();

	RP_TRY(put(fd, begin.p, begin.n));
	for (size_t at = 0; at < file.n;) {
		size_t n = file.n - at < RP_CLAMD_CHUNK_MAX ?
			       file.n - at :
			       RP_CLAMD_CHUNK_MAX;
		uint8_t frame[RP_CLAMD_FRAME];

		rp_clamd_frame(frame, n);
		RP_TRY(put(fd, frame, sizeof(frame)));
		RP_TRY(put(fd, file.p + at, n));
		at += n;
	}
	return put(fd, end.p, end.n);
}

static struct rp_err *
take_reply(struct rp_arena *a, int fd, struct rp_clamd_reply *out)
{
	uint8_t *in = rp_alloc(a, RP_CLAMD_REPLY_MAX);
	size_t n = 0;

	for (;;) {
		ssize_t got = recv(fd, in + n, RP_CLAMD_REPLY_MAX - n, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return rp_fail_errno(RP_E_UNAVAILABLE, "scanner");
		n += (size_t)got;
		if (got == 0 || n == RP_CLAMD_REPLY_MAX || in[n - 1] == 0)
			return rp_clamd_reply_parse(a, (rp_bytes){ in, n },
			    out);
	}
}

struct rp_err *
rp_scan(struct rp_arena *a, const char *socket_path, rp_bytes file,
    rp_text *out_found)
{
	RP_AUTO(close_fd) int fd = -1;
	struct rp_clamd_reply reply;

	RP_TRY(dial(socket_path, &fd));
	RP_TRY(put_file(fd, file));
	RP_TRY(take_reply(a, fd, &reply));
	if (reply.verdict == RP_CLAMD_ERROR)
		return rp_fail(RP_E_UNAVAILABLE, "scanner: %.*s",
		    RP_FMT(reply.name));
	*out_found = reply.verdict == RP_CLAMD_FOUND ? reply.name : RP_TEXT("");
	return NULL;
}
