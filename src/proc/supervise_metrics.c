/*
 * supervise_metrics - the administrative socket.
 *
 * Who may connect is the file's owner. The request is thrown away unread: every
 * request gets the same answer.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/err.h"
#include "proc/supervise_private.h"

#define ANSWER_ARENA ((size_t)512 * 1024)

static struct rp_err *
bind_private(int fd, const struct sockaddr_un *at)
{
	mode_t before = umask(0177);
	int got = bind(fd, (const struct sockaddr *)at, sizeof(*at));

	umask(before);
	if (got != 0 || listen(fd, METRICS_CLIENTS_MAX) != 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "%s", at->sun_path);
	return NULL;
}

struct rp_err *
rp_supervise_metrics_open(struct rp_arena *a, struct supervisor *sv)
{
	const struct rp_settings *s = sv->o->settings;
	rp_text path = rp_settings_path(a, s, s->metrics_socket);
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	struct stat st;
	int fd;

	if (path.n == 0)
		return NULL;
	if (path.n >= sizeof(at.sun_path))
		return rp_fail(RP_E_INVALID, "metrics_socket: path too long");
	memcpy(at.sun_path, path.p, path.n);
	/* What an earlier life left behind; nothing but a socket is removed. */
	if (lstat(at.sun_path, &st) == 0 && S_ISSOCK(st.st_mode))
		unlink(at.sun_path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "socket");
	sv->metrics_fd = fd;
	RP_TRY(bind_private(fd, &at));
	return rp_supervise_watch(sv, fd, EVENT_METRICS, 0);
}

void
rp_supervise_metrics_accept(struct supervisor *sv)
{
	int fd =
	    accept4(sv->metrics_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	struct rp_err *e;
	size_t i = 0;

	if (fd < 0)
		return;
	while (i < METRICS_CLIENTS_MAX && sv->metrics_clients[i] >= 0)
		i++;
	if (i == METRICS_CLIENTS_MAX) {
		/* All are taken by somebody who asks nothing: the first goes.
		 */
		i = 0;
		rp_supervise_forget(sv, sv->metrics_clients[0]);
	}
	sv->metrics_clients[i] = fd;
	e = rp_supervise_watch(sv, fd, EVENT_METRICS_CLIENT, i);
	if (e != NULL) {
		rp_err_free(e);
		close(fd);
		sv->metrics_clients[i] = -1;
	}
}

void
rp_supervise_metrics_answer(struct supervisor *sv, size_t i)
{
	int fd = sv->metrics_clients[i];
	struct rp_arena *a;
	rp_text body, all;
	char unread[4096];

	if (fd < 0)
		return;
	while (recv(fd, unread, sizeof(unread), MSG_DONTWAIT) > 0)
		continue;
	a = rp_arena_new(ANSWER_ARENA);
	body = rp_metrics_write(a);
	all = rp_textf(a,
	    "HTTP/1.0 200 OK\r\n"
	    "Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
	    "Content-Length: %zu\r\n\r\n%.*s",
	    body.n, RP_FMT(body));
	/* It fits the socket's buffer; who does not take it goes without. */
	send(fd, all.p, all.n, MSG_NOSIGNAL | MSG_DONTWAIT);
	rp_arena_free(a);
	rp_supervise_forget(sv, fd);
	sv->metrics_clients[i] = -1;
}
