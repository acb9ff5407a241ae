/* supervise_slot - starting, ending and starting again one process. */
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "proc/log.h"
#include "proc/supervise_private.h"

#define BACKOFF_FIRST ((int64_t)100)
#define BACKOFF_MAX (30 * RP_SECOND)
/* Who ran this long before it ended has not failed in a row. */
#define LONG_ENOUGH (60 * RP_SECOND)

static void
fill_context(const struct supervisor *sv, const struct slot *s,
    struct rp_role_context *ctx)
{
	size_t own = sv->o->inherited > 0 ? 0 : (size_t)s->index;

	if (s->role == sv->o->web) {
		ctx->n_listen = sv->n_listen;
		for (size_t i = 0; i < sv->n_listen; i++)
			ctx->listen[i] = sv->listen[own][i];
		ctx->hash_fds[ctx->n_hash_fds++] = sv->hash_pairs[s->index][0];
	} else if (s->role == sv->o->hash) {
		for (int64_t i = 0; i < sv->o->settings->web_processes; i++)
			ctx->hash_fds[ctx->n_hash_fds++] = sv->hash_pairs[i][1];
	} else {
		ctx->spawn_fd = sv->spawn_pair[1];
	}
}

static void
later(struct supervisor *sv, struct slot *s)
{
	int64_t wait =
	    sv->o->backoff_first ? sv->o->backoff_first : BACKOFF_FIRST;

	for (unsigned i = 1; i < s->failures && wait < BACKOFF_MAX; i++)
		wait *= 2;
	s->due_at = rp_clock_mono() + (wait < BACKOFF_MAX ? wait : BACKOFF_MAX);
}

static void
could_not_start(struct supervisor *sv, struct slot *s)
{
	struct rp_err *e =
	    rp_fail_errno(RP_E_UNAVAILABLE, "starting %s", s->role->name);

	rp_log(RP_LOG_ERROR, "role-not-started", rp_log_err(e));
	rp_err_free(e);
	s->failures++;
	later(sv, s);
}

void
rp_slot_start(struct supervisor *sv, size_t i)
{
	struct slot *s = &sv->slots[i];
	struct rp_role_context ctx = { .settings = sv->o->settings,
		.index = s->index,
		.spawn_fd = -1 };
	struct rp_err *e;
	int control[2];

	s->due_at = 0;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, control) != 0) {
		could_not_start(sv, s);
		return;
	}
	s->pid = fork();
	if (s->pid == 0) {
		ctx.stop_fd = control[1];
		fill_context(sv, s, &ctx);
		rp_role_start(s->role, &ctx,
		    sv->o->settings->sandbox == RP_SANDBOX_REQUIRE);
	}
	close(control[1]);
	if (s->pid < 0) {
		close(control[0]);
		could_not_start(sv, s);
		return;
	}
	s->control_fd = control[0];
	s->pidfd = pidfd_open(s->pid, 0);
	s->started_at = rp_clock_mono();
	s->ready = false;
	e = rp_supervise_watch(sv, s->pidfd, EVENT_ENDED, i);
	if (e == NULL)
		e = rp_supervise_watch(sv, s->control_fd, EVENT_CONTROL, i);
	if (e != NULL) {
		/* A process that cannot be watched cannot be kept. */
		kill(s->pid, SIGKILL);
		if (sv->failed == NULL)
			sv->failed = e;
		else
			rp_err_free(e);
		rp_supervise_stop(sv);
	}
	rp_metric_add(s->up, 1);
	rp_log(RP_LOG_INFO, "role-started", rp_log_z("name", s->role->name),
	    rp_log_i64("pid", s->pid));
}

static void
tell_end(const struct slot *s, const siginfo_t *info)
{
	const char *why = "exit";
	bool bad = true;

	if (info->si_code != CLD_EXITED)
		why = info->si_status == SIGSYS ? "killed by its sandbox" :
						  "killed";
	else
		bad = info->si_status != 0;
	rp_log(bad ? RP_LOG_ERROR : RP_LOG_INFO, "role-ended",
	    rp_log_z("name", s->role->name), rp_log_i64("pid", s->pid),
	    rp_log_z("how", why), rp_log_i64("status", info->si_status));
}

void
rp_slot_ended(struct supervisor *sv, size_t i)
{
	struct slot *s = &sv->slots[i];
	siginfo_t info = { 0 };

	if (s->pidfd < 0 ||
	    waitid(P_PIDFD, (id_t)s->pidfd, &info, WEXITED | WNOHANG) != 0 ||
	    info.si_pid == 0)
		return;
	tell_end(s, &info);
	rp_supervise_forget(sv, s->pidfd);
	s->pidfd = -1;
	rp_slot_stop(sv, i);
	rp_metric_add(s->up, -1);
	if (sv->stopping)
		return;
	if (info.si_code == CLD_EXITED &&
	    info.si_status == RP_ROLE_EXIT_SETTINGS) {
		if (sv->failed == NULL)
			sv->failed = rp_fail(RP_E_INVALID,
			    "%s cannot work with these settings",
			    s->role->name);
		rp_supervise_stop(sv);
		return;
	}
	if (rp_clock_mono() - s->started_at >= LONG_ENOUGH)
		s->failures = 0;
	s->failures++;
	rp_metric_add(RP_METRIC_restarts, 1);
	later(sv, s);
}

void
rp_slot_control(struct supervisor *sv, size_t i)
{
	struct slot *s = &sv->slots[i];
	char c;

	if (s->control_fd < 0)
		return;
	if (recv(s->control_fd, &c, 1, MSG_DONTWAIT) == 1)
		s->ready = true;
	else
		rp_slot_stop(sv, i);
}

void
rp_slot_stop(struct supervisor *sv, size_t i)
{
	struct slot *s = &sv->slots[i];

	if (s->control_fd >= 0)
		rp_supervise_forget(sv, s->control_fd);
	s->control_fd = -1;
}

void
rp_slot_kill(struct slot *s)
{
	if (s->pidfd >= 0)
		pidfd_send_signal(s->pidfd, SIGKILL, NULL, 0);
}
