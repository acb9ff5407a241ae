#include "web/server.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "render/gzip.h"
#include "store/db.h"
#include "web/cache.h"
#include "web/engine_private.h"
#include "web/live.h"

#define POOL_SIZE ((size_t)16 * 1024) /* design/performance.md: measured */
#define ACCEPT_BURST 64
#define DEAF_US INT64_C(100000)
#define END_US INT64_C(3000000) /* to send what was asked for */

/* Paths are decoded by us, strictly; libmicrohttpd leaves them alone. */
static size_t
as_it_came(void *cls, struct MHD_Connection *con, char *s)
{
	(void)cls;
	(void)con;
	return strlen(s);
}

static void
quiet(void *cls, const char *fmt, va_list ap)
{
	(void)cls;
	(void)fmt;
	(void)ap;
}

static struct rp_err *
watch(struct rp_web *w, int fd)
{
	struct epoll_event ev = { .events = EPOLLIN, .data.fd = fd };

	if (epoll_ctl(w->epoll_fd, EPOLL_CTL_ADD, fd, &ev) != 0)
		return rp_fail_errno(RP_E_INTERNAL, "epoll_ctl");
	return NULL;
}

static struct rp_err *
listen_again(struct rp_web *w)
{
	w->deaf_until_us = 0;
	for (size_t i = 0; i < w->o.n_listen; i++)
		RP_TRY(watch(w, w->o.listen[i]));
	return NULL;
}

/* Out of descriptors: who waits to be accepted would wake us at once again. */
static void
listen_later(struct rp_web *w)
{
	w->deaf_until_us = rp_web_us() + DEAF_US;
	for (size_t i = 0; i < w->o.n_listen; i++)
		(void)epoll_ctl(w->epoll_fd, EPOLL_CTL_DEL, w->o.listen[i],
		    NULL);
}

static struct rp_err *
start(struct rp_web *w)
{
	struct MHD_OptionItem tls[] = {
		{ MHD_OPTION_HTTPS_MEM_CERT, 0,
		    (void *)(uintptr_t)w->o.tls_certificate },
		{ MHD_OPTION_HTTPS_MEM_KEY, 0,
		    (void *)(uintptr_t)w->o.tls_key },
		{ MHD_OPTION_END, 0, NULL },
	};
	struct MHD_OptionItem none[] = { { MHD_OPTION_END, 0, NULL } };
	bool secure = w->o.tls_certificate != NULL;
	unsigned flags = MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET |
			 MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC |
			 MHD_USE_ERROR_LOG | (secure ? MHD_USE_TLS : 0);
	const union MHD_DaemonInfo *info;

	w->daemon = MHD_start_daemon(flags, 0, NULL, NULL, rp_web_access, w,
	    MHD_OPTION_EXTERNAL_LOGGER, quiet, NULL,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, POOL_SIZE,
	    MHD_OPTION_CONNECTION_LIMIT, w->o.connections_max,
	    MHD_OPTION_CONNECTION_TIMEOUT, w->o.idle_seconds,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK,
	    rp_web_uri_seen, w, MHD_OPTION_NOTIFY_COMPLETED, rp_web_completed,
	    w, MHD_OPTION_NOTIFY_CONNECTION, rp_web_line, w,
	    MHD_OPTION_UNESCAPE_CALLBACK, as_it_came, NULL, MHD_OPTION_ARRAY,
	    secure ? tls : none, MHD_OPTION_END);
	if (w->daemon == NULL)
		return rp_fail(RP_E_INTERNAL, "cannot start the HTTP engine%s",
		    secure ? " (certificate or key?)" : "");
	info = MHD_get_daemon_info(w->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	RP_TRY(watch(w, info->epoll_fd));
	if (w->o.stop_fd >= 0)
		RP_TRY(watch(w, w->o.stop_fd));
	if (w->o.hasher != NULL)
		RP_TRY(watch(w, w->o.hasher->fd));
	return listen_again(w);
}

struct rp_err *
rp_web_new(const struct rp_web_options *o, struct rp_web **out)
{
	struct rp_web *w = calloc(1, sizeof(*w));
	struct rp_err *e;

	RP_ASSERT(w != NULL);
	w->o = *o;
	TAILQ_INIT(&w->queue);
	TAILQ_INIT(&w->hashing);
	TAILQ_INIT(&w->lines);
	w->cache = rp_cache_new(o->cache_bytes);
	w->gzip = rp_gzip_new();
	w->now = rp_clock_now();
	w->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (w->epoll_fd < 0)
		e = rp_fail_errno(RP_E_INTERNAL, "epoll_create1");
	else
		e = start(w);
	if (e != NULL) {
		rp_web_free(w);
		return e;
	}
	*out = w;
	return NULL;
}

void
rp_web_free(struct rp_web *w)
{
	if (w == NULL)
		return;
	if (w->daemon != NULL)
		MHD_stop_daemon(w->daemon);
	rp_live_free(w);
	if (w->epoll_fd >= 0)
		close(w->epoll_fd);
	rp_cache_free(w->cache);
	rp_gzip_free(w->gzip);
	rp_web_snapshots_free(w);
	rp_arena_free(w->turn_arena);
	for (size_t i = 0; i < w->n_spare; i++)
		rp_arena_free(w->spare[i]);
	free(w);
}

const struct rp_web_options *
rp_web_options_of(const struct rp_web *w)
{
	return &w->o;
}

static void
accept_burst(struct rp_web *w, int listen_fd)
{
	for (int i = 0; i < ACCEPT_BURST; i++) {
		struct sockaddr_storage peer;
		socklen_t n = sizeof(peer);
		int fd = accept4(listen_fd, (struct sockaddr *)&peer, &n,
		    SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (fd < 0 && (errno == EMFILE || errno == ENFILE ||
				  errno == ENOMEM || errno == ENOBUFS))
			listen_later(w);
		if (fd < 0)
			return;
		rp_web_make_room(w);
		/* Refused past the limit: closed by libmicrohttpd. */
		(void)MHD_add_connection(w->daemon, fd,
		    (struct sockaddr *)&peer, n);
	}
}

static void
take_event(struct rp_web *w, int fd)
{
	if (fd == w->o.stop_fd) {
		w->stopping = true;
		return;
	}
	if (w->o.hasher != NULL && fd == w->o.hasher->fd) {
		rp_web_hash_answers(w);
		return;
	}
	for (size_t i = 0; i < w->o.n_listen; i++)
		if (fd == w->o.listen[i])
			accept_burst(w, fd);
}

/* What the public sees may have been changed by any process: look once. */
static void
look_for_changes(struct rp_web *w)
{
	int64_t version;
	struct rp_err *e = rp_db_version(w->o.db, &version);

	if (e == NULL && version == w->version)
		return;
	rp_web_turn_end(w);
	if (e == NULL)
		e = rp_web_public_version(w, &w->public_version);
	if (e == NULL)
		w->version = version;
	else
		w->public_version = -1;
	rp_err_free(e);
	rp_live_look(w);
}

static int
wait_ms(struct rp_web *w)
{
	MHD_UNSIGNED_LONG_LONG ms;

	if (w->n_queue > 0 || w->resumed)
		return 0;
	if (MHD_get_timeout(w->daemon, &ms) == MHD_NO || ms > 1000)
		ms = 1000;
	if (rp_live_count(w) > 0 && ms > RP_LIVE_POLL_MS)
		ms = RP_LIVE_POLL_MS;
	return w->deaf_until_us != 0 && ms > 100 ? 100 : (int)ms;
}

static void
turn(struct rp_web *w)
{
	MHD_run(w->daemon);
	rp_web_run_queue(w);
	rp_web_turn_end(w);
}

static bool
asked(const struct rp_web *w)
{
	const struct rp_line *l;

	TAILQ_FOREACH(l, &w->lines, link)
	if (l->rq != NULL)
		return true;
	return false;
}

/*
 * Nobody new is heard; what has been asked is answered, as far as it comes in
 * a short time. libmicrohttpd ends only when no connection is suspended.
 */
static void
finish(struct rp_web *w)
{
	int64_t until = rp_web_us() + END_US;
	struct epoll_event ev[16];

	if (w->deaf_until_us == 0)
		listen_later(w);
	rp_web_hash_give_up(w, INT64_MAX);
	rp_live_end(w);
	do {
		turn(w);
		if (!asked(w))
			return;
		if (!w->resumed && w->n_queue == 0)
			(void)epoll_wait(w->epoll_fd, ev, 16, 20);
		w->resumed = false;
	} while (rp_web_us() < until);
	w->last = true;
	while (w->n_queue > 0)
		turn(w);
	rp_web_hash_give_up(w, INT64_MAX);
	MHD_run(w->daemon);
}

struct rp_err *
rp_web_run(struct rp_web *w)
{
	while (!w->stopping) {
		struct epoll_event ev[16];
		int n = epoll_wait(w->epoll_fd, ev, 16, wait_ms(w));

		if (n < 0 && errno != EINTR)
			return rp_fail_errno(RP_E_INTERNAL, "epoll_wait");
		w->resumed = false;
		w->now = rp_clock_now();
		look_for_changes(w);
		rp_web_slow_sweep(w);
		rp_live_sweep(w);
		if (w->deaf_until_us != 0 && rp_web_us() > w->deaf_until_us)
			RP_TRY(listen_again(w));
		for (int i = 0; i < n; i++)
			take_event(w, ev[i].data.fd);
		turn(w);
	}
	finish(w);
	return NULL;
}
