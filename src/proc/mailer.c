#include "proc/mailer.h"

#include <errno.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/err.h"

#define READ_MAX ((size_t)4096)

struct address {
	struct sockaddr_storage at;
	socklen_t n;
};

struct rp_mailer {
	struct address v[RP_MAILER_ADDRESSES_MAX];
	size_t n;
};

/* "[HOST]:PORT", "HOST:PORT", "[HOST]", "HOST" */
static bool
split(rp_text t, rp_text *host, rp_text *port)
{
	size_t end, from = 0;

	*port = RP_TEXT("");
	if (t.n > 0 && t.p[0] == '[') {
		end = rp_text_find(t, ']', 0);
		if (end >= t.n)
			return false;
		*host = rp_text_sub(t, 1, end);
		from = end + 1;
	} else {
		end = rp_text_find(t, ':', 0);
		*host = rp_text_sub(t, 0, end < t.n ? end : t.n);
		from = end;
	}
	if (from < t.n) {
		if (t.p[from] != ':')
			return false;
		*port = rp_text_sub(t, from + 1, t.n);
	}
	return host->n > 0;
}

uint16_t
rp_mailer_port(rp_text smarthost)
{
	rp_text host, port;
	int64_t n;

	if (split(smarthost, &host, &port) && port.n > 0 &&
	    rp_text_i64(port, &n) && n > 0 && n < 65536)
		return (uint16_t)n;
	return RP_MAILER_PORT;
}

struct rp_err *
rp_mailer_open(struct rp_arena *a, rp_text smarthost, struct rp_mailer **out)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
		.ai_flags = AI_NUMERICSERV };
	struct addrinfo *all = NULL;
	struct rp_mailer *m = rp_new(a, struct rp_mailer);
	rp_text host, port;
	int got;

	if (!split(smarthost, &host, &port))
		return rp_fail(RP_E_INVALID, "smarthost: no host and port");
	got = getaddrinfo(rp_textf(a, "%.*s", RP_FMT(host)).p,
	    rp_textf(a, "%d", rp_mailer_port(smarthost)).p, &hints, &all);
	if (got != 0)
		return rp_fail(RP_E_UNAVAILABLE, "smarthost: %s",
		    gai_strerror(got));
	for (struct addrinfo *i = all;
	     i != NULL && m->n < RP_MAILER_ADDRESSES_MAX; i = i->ai_next) {
		memcpy(&m->v[m->n].at, i->ai_addr, i->ai_addrlen);
		m->v[m->n++].n = i->ai_addrlen;
	}
	freeaddrinfo(all);
	*out = m;
	return NULL;
}

static void
close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

/* The first address that answers; -1 if none does. */
static int
dial(const struct rp_mailer *m)
{
	const struct timeval wait = { .tv_sec = RP_MAILER_WAIT_SECONDS };

	for (size_t i = 0; i < m->n; i++) {
		int fd =
		    socket(m->v[i].at.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

		if (fd < 0)
			continue;
		(void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait,
		    sizeof(wait));
		(void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait,
		    sizeof(wait));
		if (connect(fd, (const struct sockaddr *)&m->v[i].at,
			m->v[i].n) == 0)
			return fd;
		close(fd);
	}
	return -1;
}

static bool
put(int fd, rp_bytes out)
{
	while (out.n > 0) {
		ssize_t n = send(fd, out.p, out.n, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		out.p += n;
		out.n -= (size_t)n;
	}
	return true;
}

/* What was decided stands, whatever becomes of the farewell. */
static void
talk(int fd, struct rp_smtp *s)
{
	uint8_t in[READ_MAX];

	while (rp_smtp_outcome(s) == RP_SMTP_GOES_ON) {
		ssize_t n = recv(fd, in, sizeof(in), 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			rp_smtp_end(s, RP_TEXT("the mail server went away"));
			return;
		}
		rp_smtp_feed(s, (rp_bytes){ in, (size_t)n });
		if (!put(fd, rp_smtp_next(s)))
			rp_smtp_end(s, RP_TEXT("the mail server went away"));
	}
}

struct rp_err *
rp_mailer_send(struct rp_arena *a, const struct rp_mailer *m,
    const struct rp_smtp_message *message, enum rp_smtp_outcome *out,
    rp_text *out_said)
{
	RP_AUTO(close_fd) int fd = -1;
	struct rp_smtp *s;

	RP_TRY(rp_smtp_new(a, message, &s));
	fd = dial(m);
	if (fd < 0) {
		*out = RP_SMTP_LATER;
		*out_said = RP_TEXT("the mail server cannot be reached");
		return NULL;
	}
	talk(fd, s);
	*out = rp_smtp_outcome(s);
	*out_said = rp_smtp_said(s);
	return NULL;
}
