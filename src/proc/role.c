#include "proc/role.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/err.h"
#include "proc/log.h"

static int
by_number(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

static void
close_others(int *keep, size_t n)
{
	unsigned from = STDERR_FILENO + 1;

	qsort(keep, n, sizeof(*keep), by_number);
	for (size_t i = 0; i < n; i++) {
		unsigned fd = (unsigned)keep[i];

		if (keep[i] < 0 || fd < from)
			continue;
		if (fd > from)
			close_range(from, fd - 1, 0);
		from = fd + 1;
	}
	close_range(from, ~0u, 0);
}

static void
default_signals(void)
{
	sigset_t none;

	/* What is sent to all at once, by a terminal's ^C or a manager, is for
	 * the supervisor, which then stops us in the right order.
	 */
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Being root, or allowed to listen on port 80, is the supervisor's. */
static void
drop_capabilities(void)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = { 0 };

	/* Nor are they given back to root by a program that it starts. */
	prctl(PR_SET_SECUREBITS, SECBIT_NOROOT | SECBIT_NOROOT_LOCKED);
	if (syscall(SYS_capset, &head, none) != 0)
		rp_panic(__FILE__, __LINE__,
		    "capabilities could not be dropped");
}

void
rp_role_become(const char *name, int *keep, size_t n_keep)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (null >= 0)
		dup2(null, STDIN_FILENO);
	close_others(keep, n_keep);
	default_signals();
	drop_capabilities();
	prctl(PR_SET_NAME, name);
	prctl(PR_SET_DUMPABLE, 0);
	rp_log_set_role(name);
}

void
rp_role_ready(const struct rp_role_context *ctx)
{
	/* A supervisor that is gone closes stop_fd, which run looks at. */
	send(ctx->stop_fd, "r", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static void
ended(struct rp_err *e)
{
	rp_log(RP_LOG_ERROR, "role-failed", rp_log_err(e));
	rp_err_free(e);
}

void
rp_role_start(const struct rp_role *role, struct rp_role_context *ctx,
    bool require_sandbox)
{
	int keep[RP_ROLE_LISTEN_MAX + RP_ROLE_WEB_MAX + 2];
	struct rp_sandbox_profile profile;
	struct rp_sandbox_state state;
	struct rp_err *e = NULL;
	size_t n = 0;

	for (size_t i = 0; i < ctx->n_listen; i++)
		keep[n++] = ctx->listen[i];
	for (size_t i = 0; i < ctx->n_hash_fds; i++)
		keep[n++] = ctx->hash_fds[i];
	keep[n++] = ctx->spawn_fd;
	keep[n++] = ctx->stop_fd;
	rp_role_become(role->name, keep, n);
	ctx->arena = rp_arena_new(RP_ROLE_ARENA_MAX);
	if (role->prepare != NULL)
		e = role->prepare(ctx);
	if (e != NULL) {
		n = rp_err_code(e) == RP_E_INVALID ? RP_ROLE_EXIT_SETTINGS : 1;
		ended(e);
		_exit((int)n);
	}
	profile = role->profile(ctx->arena, ctx->settings);
	e = rp_sandbox_enter(&profile, require_sandbox, &state);
	if (e == NULL)
		rp_log(RP_LOG_DEBUG, "sandboxed",
		    rp_log_i64("seccomp", state.seccomp),
		    rp_log_i64("landlock", state.landlock_abi));
	if (e == NULL)
		e = role->run(ctx);
	if (e != NULL) {
		ended(e);
		_exit(1);
	}
	/* What lives as long as the process dies with it, closed or not. */
	rp_arena_free(ctx->arena);
	_exit(0);
}
