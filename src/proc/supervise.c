#include "proc/supervise.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "proc/listen.h"
#include "proc/log.h"
#include "proc/supervise_private.h"
#include "proc/systemd.h"

#define INHERITED_FIRST 3
#define WAIT_MAX (60 * RP_SECOND)
#define AGAIN RP_SECOND
#define DESCRIPTORS_BESIDE 256 /* files, database, listening */

struct rp_err *
rp_supervise_watch(struct supervisor *sv, int fd, enum event_kind kind,
    size_t index)
{
	struct epoll_event ev = { .events = EPOLLIN,
		.data.u64 = (uint64_t)kind << 32 | (uint64_t)index };

	if (epoll_ctl(sv->epoll_fd, EPOLL_CTL_ADD, fd, &ev) != 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "watching");
	return NULL;
}

void
rp_supervise_forget(struct supervisor *sv, int fd)
{
	/* A fork may hold the same file for a moment, so closing is not enough.
	 */
	epoll_ctl(sv->epoll_fd, EPOLL_CTL_DEL, fd, NULL);
	close(fd);
}

static struct rp_err *
announce(struct rp_arena *a, int fd)
{
	union rp_listen_address at;

	RP_TRY(rp_listen_of(fd, &at));
	rp_log(RP_LOG_INFO, "listening",
	    rp_log_text("address", rp_listen_text(a, &at)),
	    rp_log_i64("ipv6", rp_listen_is_v6(&at)));
	return NULL;
}

/* The sockets of one web process. */
static struct rp_err *
listen_one(struct rp_arena *a, struct supervisor *sv, int64_t w)
{
	const struct rp_settings *s = sv->o->settings;
	union rp_listen_address at;

	sv->n_listen = 0;
	for (size_t i = 0; i < s->listen.n; i++) {
		int *fd = &sv->listen[w][sv->n_listen];
		struct rp_err *e;

		RP_TRY(rp_listen_parse(s->listen.v[i], &at));
		e = rp_listen_open(&at, s->web_processes > 1, fd);
		if (e != NULL && rp_err_code(e) == RP_E_NOTFOUND) {
			rp_log(RP_LOG_WARNING, "not-listening",
			    rp_log_text("address", s->listen.v[i]),
			    rp_log_err(e));
			rp_err_free(e);
			continue;
		}
		if (e != NULL)
			return rp_err_wrap(e, "%.*s", RP_FMT(s->listen.v[i]));
		if (w == 0)
			RP_TRY(announce(a, *fd));
		sv->n_listen++;
	}
	if (sv->n_listen == 0)
		return rp_fail(RP_E_UNAVAILABLE,
		    "this machine has none of the addresses to listen on");
	return NULL;
}

static struct rp_err *
listen_own(struct rp_arena *a, struct supervisor *sv)
{
	if (sv->o->settings->listen.n > RP_ROLE_LISTEN_MAX)
		return rp_fail(RP_E_INVALID, "listen: more than %d addresses",
		    RP_ROLE_LISTEN_MAX);
	for (int64_t w = 0; w < sv->o->settings->web_processes; w++)
		RP_TRY(listen_one(a, sv, w));
	return NULL;
}

static struct rp_err *
listen_all(struct rp_arena *a, struct supervisor *sv)
{
	if (sv->o->inherited == 0)
		return listen_own(a, sv);
	for (int i = 0; i < sv->o->inherited; i++) {
		sv->listen[0][i] = INHERITED_FIRST + i;
		RP_TRY(announce(a, INHERITED_FIRST + i));
	}
	sv->n_listen = (size_t)sv->o->inherited;
	return NULL;
}

static struct rp_err *
open_signals(struct supervisor *sv)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	sv->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (sv->signal_fd < 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "signalfd");
	return rp_supervise_watch(sv, sv->signal_fd, EVENT_SIGNAL, 0);
}

static struct rp_err *
open_pairs(struct supervisor *sv)
{
	int type = SOCK_SEQPACKET | SOCK_CLOEXEC;

	if (socketpair(AF_UNIX, type, 0, sv->spawn_pair) != 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "socketpair");
	for (int64_t i = 0; i < sv->o->settings->web_processes; i++)
		if (socketpair(AF_UNIX, type, 0, sv->hash_pairs[i]) != 0)
			return rp_fail_errno(RP_E_UNAVAILABLE, "socketpair");
	return rp_supervise_watch(sv, sv->spawn_pair[0], EVENT_REQUEST, 0);
}

static void
add_slots(struct supervisor *sv, const struct rp_role *role, int64_t n,
    enum rp_metric up)
{
	for (int i = 0; role != NULL && i < n; i++) {
		RP_ASSERT(sv->n_slots < SLOTS_MAX);
		sv->slots[sv->n_slots++] = (struct slot){ .role = role,
			.up = up,
			.index = i,
			.pidfd = -1,
			.control_fd = -1 };
	}
}

/* As many connections as were asked for, if the system lets us. */
static void
raise_descriptors(const struct rp_settings *s)
{
	rlim_t want = (rlim_t)s->connections_max + DESCRIPTORS_BESIDE;
	struct rlimit l;

	if (getrlimit(RLIMIT_NOFILE, &l) != 0 || l.rlim_cur >= want)
		return;
	l.rlim_cur = want < l.rlim_max ? want : l.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &l) != 0 || l.rlim_cur < want)
		rp_log(RP_LOG_WARNING, "few-descriptors",
		    rp_log_i64("limit", (int64_t)l.rlim_cur),
		    rp_log_i64("wanted", (int64_t)want));
}

/* Whether the roles can be closed; `rapporteur check` says it in words. */
static struct rp_err *
announce_sandbox(const struct rp_settings *s)
{
	struct rp_sandbox_state has = rp_sandbox_probe();
	bool full = rp_sandbox_is_full(&has);

	rp_log(full ? RP_LOG_INFO : RP_LOG_WARNING, "sandbox",
	    rp_log_i64("seccomp", has.seccomp),
	    rp_log_i64("landlock", has.landlock_abi));
	if (!full && s->sandbox == RP_SANDBOX_REQUIRE)
		return rp_fail(RP_E_UNAVAILABLE,
		    "this kernel cannot close the roles, and the setting "
		    "sandbox requires it");
	return NULL;
}

static struct rp_err *
prepare(struct rp_arena *a, struct supervisor *sv)
{
	const struct rp_settings *s = sv->o->settings;

	sv->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (sv->epoll_fd < 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "epoll");
	RP_TRY(announce_sandbox(s));
	raise_descriptors(s);
	RP_TRY(rp_metrics_open());
	rp_metric_set(RP_METRIC_started_at, rp_clock_now() / RP_SECOND);
	RP_TRY(listen_all(a, sv));
	RP_TRY(open_signals(sv));
	RP_TRY(open_pairs(sv));
	RP_TRY(rp_supervise_metrics_open(a, sv));
	add_slots(sv, sv->o->hash, s->hash_processes, RP_METRIC_hash_up);
	add_slots(sv, sv->o->worker, 1, RP_METRIC_worker_up);
	add_slots(sv, sv->o->web, s->web_processes, RP_METRIC_web_up);
	return NULL;
}

static size_t
running(const struct supervisor *sv, const struct rp_role *role)
{
	size_t n = 0;

	for (size_t i = 0; i < sv->n_slots; i++)
		if (sv->slots[i].pidfd >= 0 &&
		    (role == NULL || sv->slots[i].role == role))
			n++;
	return n;
}

/* The web processes first: what they have begun may need the others. */
static void
continue_stop(struct supervisor *sv)
{
	bool web = running(sv, sv->o->web) > 0;

	for (size_t i = 0; i < sv->n_slots; i++)
		if (sv->slots[i].role == sv->o->web || !web)
			rp_slot_stop(sv, i);
	if (rp_clock_mono() >= sv->stop_until)
		for (size_t i = 0; i < sv->n_slots; i++)
			rp_slot_kill(&sv->slots[i]);
}

void
rp_supervise_stop(struct supervisor *sv)
{
	if (sv->stopping) {
		/* Asked again, and not the same request to a whole group. */
		if (rp_clock_mono() >
		    sv->stop_until - RP_SUPERVISE_STOP_MAX + AGAIN)
			sv->stop_until = 0;
	} else {
		sv->stopping = true;
		sv->stop_until = rp_clock_mono() + RP_SUPERVISE_STOP_MAX;
		rp_log(RP_LOG_INFO, "stopping");
		rp_systemd_notify(sv->o->notify_socket, "STOPPING=1");
	}
	continue_stop(sv);
}

static void
take_signal(struct supervisor *sv)
{
	struct signalfd_siginfo info;

	if (read(sv->signal_fd, &info, sizeof(info)) == sizeof(info))
		rp_supervise_stop(sv);
}

static void
dispatch(struct supervisor *sv, uint64_t data)
{
	size_t i = (size_t)(data & 0xffffffff);

	switch ((enum event_kind)(data >> 32)) {
	case EVENT_SIGNAL:
		take_signal(sv);
		break;
	case EVENT_ENDED:
		rp_slot_ended(sv, i);
		break;
	case EVENT_CONTROL:
		rp_slot_control(sv, i);
		break;
	case EVENT_REQUEST:
		rp_document_request(sv);
		break;
	case EVENT_DOCUMENT:
		rp_document_ended(sv, i);
		break;
	case EVENT_METRICS:
		rp_supervise_metrics_accept(sv);
		break;
	case EVENT_METRICS_CLIENT:
		rp_supervise_metrics_answer(sv, i);
		break;
	}
}

/* Milliseconds until something is due without an event. */
static int
patience(const struct supervisor *sv, int64_t now)
{
	int64_t until = now + WAIT_MAX;

	for (size_t i = 0; i < sv->n_slots; i++)
		if (sv->slots[i].due_at > 0 && sv->slots[i].due_at < until)
			until = sv->slots[i].due_at;
	for (size_t i = 0; i < RP_SPAWN_MAX; i++)
		if (sv->documents[i].pidfd >= 0 && !sv->documents[i].killed &&
		    sv->documents[i].until < until)
			until = sv->documents[i].until;
	if (sv->stopping && sv->stop_until > now && sv->stop_until < until)
		until = sv->stop_until;
	return until > now ? (int)(until - now) : 0;
}

static void
do_what_is_due(struct supervisor *sv)
{
	int64_t now = rp_clock_mono();
	bool all = true;

	rp_documents_time(sv, now);
	if (sv->stopping) {
		continue_stop(sv);
		return;
	}
	for (size_t i = 0; i < sv->n_slots; i++) {
		if (sv->slots[i].due_at > 0 && sv->slots[i].due_at <= now)
			rp_slot_start(sv, i);
		all = all && sv->slots[i].ready;
	}
	if (all && !sv->announced) {
		sv->announced = true;
		rp_log(RP_LOG_INFO, "ready");
		rp_systemd_notify(sv->o->notify_socket, "READY=1");
	}
}

static void
loop(struct supervisor *sv)
{
	struct epoll_event events[16];

	for (size_t i = 0; i < sv->n_slots && !sv->stopping; i++)
		rp_slot_start(sv, i);
	while (!sv->stopping || running(sv, NULL) > 0) {
		int n = epoll_wait(sv->epoll_fd, events, 16,
		    patience(sv, rp_clock_mono()));

		for (int i = 0; i < n; i++)
			dispatch(sv, events[i].data.u64);
		do_what_is_due(sv);
	}
}

static void
close_fd(int fd)
{
	if (fd >= 0)
		close(fd);
}

static void
close_all(struct supervisor *sv)
{
	for (size_t w = 0; w < RP_ROLE_WEB_MAX; w++) {
		for (size_t i = 0; i < RP_ROLE_LISTEN_MAX; i++)
			close_fd(sv->listen[w][i]);
		close_fd(sv->hash_pairs[w][0]);
		close_fd(sv->hash_pairs[w][1]);
	}
	for (size_t i = 0; i < METRICS_CLIENTS_MAX; i++)
		close_fd(sv->metrics_clients[i]);
	close_fd(sv->spawn_pair[0]);
	close_fd(sv->spawn_pair[1]);
	close_fd(sv->metrics_fd);
	close_fd(sv->signal_fd);
	close_fd(sv->epoll_fd);
}

struct rp_err *
rp_supervise(struct rp_arena *a, const struct rp_supervise_options *o)
{
	struct supervisor *sv = rp_new(a, struct supervisor);
	struct rp_err *e;

	/* Every descriptor of the struct starts as "none". */
	memset(sv->listen, 0xff, sizeof(sv->listen));
	memset(sv->hash_pairs, 0xff, sizeof(sv->hash_pairs));
	memset(sv->metrics_clients, 0xff, sizeof(sv->metrics_clients));
	memset(sv->spawn_pair, 0xff, sizeof(sv->spawn_pair));
	sv->metrics_fd = sv->signal_fd = sv->epoll_fd = -1;
	for (size_t i = 0; i < RP_SPAWN_MAX; i++)
		sv->documents[i].pidfd = -1;
	sv->o = o;
	e = prepare(a, sv);
	if (e == NULL) {
		loop(sv);
		e = sv->failed;
		rp_log(RP_LOG_INFO, "stopped");
	}
	close_all(sv);
	return e;
}
