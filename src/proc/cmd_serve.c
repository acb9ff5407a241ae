/* cmd_serve - run the server: the supervisor and its roles. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"
#include "proc/commands.h"
#include "proc/hasher.h"
#include "proc/profile.h"
#include "proc/supervise.h"
#include "proc/systemd.h"
#include "proc/web_role.h"
#include "proc/worker_role.h"
#include "store/db.h"

#define ARENA_MAX ((size_t)64 * 1024 * 1024)

static struct rp_sandbox_profile
hash_profile(struct rp_arena *a, const struct rp_settings *s)
{
	(void)a;
	(void)s;
	return rp_profile_hash();
}

static const struct rp_role hash_role = { .name = "hash",
	.profile = hash_profile,
	.run = rp_hasher_run };

/* Beside this program in a build folder, else where it is installed. */
static const char *
parse_program(struct rp_arena *a)
{
	static const char installed[] = RP_LIBEXEC_DIR "/rapporteur-parse";
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self));
	rp_text beside;

	while (n > 0 && self[n - 1] != '/')
		n--;
	beside = rp_textf(a, "%.*sparse/rapporteur-parse", (int)n, self);
	if (n > 0 && access(beside.p, X_OK) == 0)
		return beside.p;
	return access(installed, X_OK) == 0 ? installed : NULL;
}

static struct rp_err *
migrate(struct rp_arena *a, const struct rp_settings *s)
{
	RP_AUTO(rp_db_closep) struct rp_db *db = NULL;
	int applied;

	RP_TRY(rp_db_open(rp_settings_database(a, s).p, &db));
	return rp_migrate(db, &applied);
}

/*
 * In a child: the supervisor has neither the database's library at work in it
 * nor a descriptor of it. The child tells what is wrong.
 */
static bool
migrate_apart(struct rp_arena *a, const struct rp_settings *s)
{
	struct rp_err *e;
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		e = migrate(a, s);
		_exit(e ? rp_command_fail_take(e) : 0);
	}
	return pid > 0 && waitpid(pid, &status, 0) == pid &&
	       WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int
rp_cmd_serve(int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct rp_supervise_options o = { .web = &rp_web_role,
		.worker = &rp_worker_role,
		.hash = &hash_role,
		.parse_program = parse_program(a),
		.notify_socket = getenv("NOTIFY_SOCKET") };
	struct rp_settings s;
	struct rp_err *e = rp_command_settings(a, &argc, argv, &s);

	if (e == NULL && argc > 1)
		return rp_command_usage(
		    "serve [--config FILE] [--set NAME=VALUE]");
	o.settings = &s;
	o.inherited = rp_systemd_sockets(getenv("LISTEN_PID"),
	    getenv("LISTEN_FDS"), getpid());
	if (e == NULL && !migrate_apart(a, &s))
		return RP_EXIT_FAILURE;
	if (e == NULL)
		e = rp_supervise(a, &o);
	return e ? rp_command_fail_take(e) : 0;
}

int
rp_cmd_migrate(int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct rp_settings s;
	struct rp_err *e = rp_command_settings(a, &argc, argv, &s);

	if (e == NULL && argc > 1)
		return rp_command_usage(
		    "migrate [--config FILE] [--set NAME=VALUE]");
	if (e == NULL)
		e = migrate(a, &s);
	return e ? rp_command_fail_take(e) : 0;
}
