/* supervise_document - processes that read one document each. */
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "proc/log.h"
#include "proc/supervise_private.h"

static void become_reader(const struct supervisor *sv, int in,
    int out) RP_NORETURN;

static void become_reader(const struct supervisor *sv, int in,
    int out) RP_NORETURN;

/* It closes itself, when it has opened what its libraries need. */
static void
become_reader(const struct supervisor *sv, int in, int out)
{
	char program[] = "rapporteur-parse", require[] = "--sandbox=require";
	char *argv[] = { program,
		sv->o->settings->sandbox == RP_SANDBOX_REQUIRE ? require : NULL,
		NULL };
	char *environment[] = { NULL };
	int keep[] = { in, out };

	rp_role_become("parse", keep, 2);
	if (dup2(in, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0) {
		close(in);
		close(out);
		execve(sv->o->parse_program, argv, environment);
	}
	rp_log(RP_LOG_ERROR, "parse-not-started",
	    rp_log_z("program", sv->o->parse_program));
	_exit(1);
}

static void
refuse(struct supervisor *sv, uint32_t id)
{
	rp_spawn_answer_send(sv->spawn_pair[0],
	    &(struct rp_spawn_answer){ .id = id, .outcome = RP_SPAWN_BUSY });
}

static void
start(struct supervisor *sv, size_t i, uint32_t id, int in, int out)
{
	struct document *d = &sv->documents[i];
	struct rp_err *e;
	pid_t pid = fork();

	if (pid == 0)
		become_reader(sv, in, out);
	if (pid < 0) {
		refuse(sv, id);
		return;
	}
	*d = (struct document){ .id = id,
		.pid = pid,
		.pidfd = pidfd_open(pid, 0),
		.until = rp_clock_mono() + RP_SPAWN_TIME_MAX };
	e = rp_supervise_watch(sv, d->pidfd, EVENT_DOCUMENT, i);
	if (e != NULL) {
		rp_log(RP_LOG_ERROR, "parse-not-watched", rp_log_err(e));
		rp_err_free(e);
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		if (d->pidfd >= 0)
			close(d->pidfd);
		d->pidfd = -1;
		refuse(sv, id);
	}
}

void
rp_document_request(struct supervisor *sv)
{
	struct rp_err *e;
	size_t i = 0;
	uint32_t id;
	int in, out;
	bool got;

	e = rp_spawn_request_get(sv->spawn_pair[0], &id, &in, &out, &got);
	if (e != NULL)
		rp_log(RP_LOG_WARNING, "request-refused", rp_log_err(e));
	rp_err_free(e);
	if (!got)
		return;
	while (i < RP_SPAWN_MAX && sv->documents[i].pidfd >= 0)
		i++;
	if (i == RP_SPAWN_MAX || sv->stopping || sv->o->parse_program == NULL)
		refuse(sv, id);
	else
		start(sv, i, id, in, out);
	close(in);
	close(out);
}

void
rp_document_ended(struct supervisor *sv, size_t i)
{
	struct document *d = &sv->documents[i];
	struct rp_spawn_answer answer = { .id = d->id };
	siginfo_t info = { 0 };

	if (d->pidfd < 0 ||
	    waitid(P_PIDFD, (id_t)d->pidfd, &info, WEXITED | WNOHANG) != 0 ||
	    info.si_pid == 0)
		return;
	answer.detail = info.si_status;
	if (info.si_code != CLD_EXITED) {
		answer.outcome = RP_SPAWN_KILLED;
		rp_metric_add(RP_METRIC_documents_killed, 1);
		rp_log(RP_LOG_WARNING, "parse-killed",
		    rp_log_i64("signal", info.si_status));
	} else if (info.si_status != 0) {
		answer.outcome = RP_SPAWN_FAILED;
		rp_metric_add(RP_METRIC_documents_failed, 1);
	} else {
		answer.outcome = RP_SPAWN_DONE;
		rp_metric_add(RP_METRIC_documents_read, 1);
	}
	rp_supervise_forget(sv, d->pidfd);
	d->pidfd = -1;
	rp_spawn_answer_send(sv->spawn_pair[0], &answer);
}

void
rp_documents_time(struct supervisor *sv, int64_t now)
{
	for (size_t i = 0; i < RP_SPAWN_MAX; i++) {
		struct document *d = &sv->documents[i];

		if (d->pidfd < 0 || d->killed ||
		    (now < d->until && !sv->stopping))
			continue;
		d->killed = true;
		pidfd_send_signal(d->pidfd, SIGKILL, NULL, 0);
	}
}
