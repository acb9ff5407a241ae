/*
 * The supervisor runs in a child with roles made for the test; what they do is
 * seen through their socket, the metrics, and the ends of processes.
 */
#include "proc/supervise.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"
#include "proc/hasher.h"
#include "proc/listen.h"
#include "proc/log.h"
#include "proc/profile.h"
#include "proc/spawn.h"

static struct rp_arena *arena;
static char folder[] = "supervise_test.XXXXXX";
static char metrics_path[64], notify_path[64];
static int notify_fd;
static union rp_listen_address web_at;

/* A web role that answers each connection's first octet: what it is told. */
static void
serve_one(const struct rp_role_context *ctx, int fd)
{
	struct rp_hasher_client hasher;
	char c = 0, reply = '?';
	rp_text hash;
	uint64_t id;
	bool ok;

	if (read(fd, &c, 1) != 1)
		return;
	if (c == 'd')
		raise(SIGSEGV);
	if (c == 'o') /* what the sandbox kills for */
		reply = socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 'y' : 'n';
	if (c == 'p')
		reply = 'P';
	if (c == 'h') {
		struct pollfd p = { .fd = ctx->hash_fds[0], .events = POLLIN };

		rp_hasher_client_init(&hasher, ctx->hash_fds[0]);
		rp_hasher_send(&hasher, 1, RP_TEXT("x"), RP_TEXT(""));
		poll(&p, 1, 20000);
		if (rp_hasher_receive(&hasher, ctx->arena, &id, &ok, &hash))
			reply = ok ? 'k' : 'b';
	}
	if (write(fd, &reply, 1) != 1)
		_exit(9);
}

static struct rp_err *
web_run(struct rp_role_context *ctx)
{
	struct pollfd p[2] = { { .fd = ctx->stop_fd, .events = POLLIN },
		{ .fd = ctx->listen[0], .events = POLLIN } };

	RP_CHECK(ctx->n_listen == 1 && ctx->n_hash_fds == 1);
	rp_role_ready(ctx);
	for (;;) {
		int fd;

		poll(p, 2, -1);
		if (p[0].revents)
			return NULL;
		fd = accept(ctx->listen[0], NULL, NULL);
		if (fd >= 0) {
			serve_one(ctx, fd);
			close(fd);
		}
	}
}

static struct rp_err *
worker_run(struct rp_role_context *ctx)
{
	struct pollfd stop = { .fd = ctx->stop_fd, .events = POLLIN };
	static const struct {
		const char *document, *error;
	} rows[] = {
		{ "x", NULL },
		{ "o", "parse process killed by SIGSYS" },
		{ "f", "parse process ended with 5" },
		{ "s", "parse process killed by SIGSYS" },
		{ "x", NULL },
	};

	for (uint32_t i = 0; i < 5; i++) {
		rp_bytes got = { NULL, 0 };
		struct rp_err *e =
		    rp_spawn_run(ctx->arena, ctx->spawn_fd, i + 1,
			rp_text_bytes(rp_text_z(rows[i].document)), 100, &got);

		if (rows[i].error == NULL) {
			RP_TRY(e);
			if (got.n != 4)
				return rp_fail(RP_E_INTERNAL, "row %u", i);
			continue;
		}
		if (e == NULL || strcmp(rp_err_message(e), rows[i].error) != 0)
			return rp_fail(RP_E_INTERNAL, "row %u: %s", i,
			    e ? rp_err_message(e) : "no error");
		rp_err_free(e);
	}
	rp_role_ready(ctx);
	poll(&stop, 1, -1);
	return NULL;
}

static struct rp_err *
bad_prepare(struct rp_role_context *ctx)
{
	(void)ctx;
	return rp_fail(RP_E_INVALID, "no such certificate");
}

static struct rp_sandbox_profile
hash_profile(struct rp_arena *a, const struct rp_settings *s)
{
	(void)a, (void)s;
	return rp_profile_hash();
}

static const struct rp_role web = { "web", rp_profile_web, NULL, web_run };
static const struct rp_role bad = { "bad", rp_profile_web, bad_prepare,
	web_run };
static const struct rp_role worker = { "worker", rp_profile_worker, NULL,
	worker_run };
static const struct rp_role hash = { "hash", hash_profile, NULL,
	rp_hasher_run };

static void
prepare(struct rp_settings *s)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd;

	arena = rp_arena_new((size_t)16 << 20);
	rp_log_init(RP_LOG_ERROR, false);
	RP_CHECK(mkdtemp(folder) != NULL);
	snprintf(metrics_path, sizeof(metrics_path), "%s/metrics", folder);
	snprintf(notify_path, sizeof(notify_path), "%s/notify", folder);
	notify_fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	memcpy(at.sun_path, notify_path, strlen(notify_path));
	RP_CHECK(bind(notify_fd, (struct sockaddr *)&at, sizeof(at)) == 0);
	/* A free port, of the address that every machine has. */
	RP_CHECK_OK(rp_listen_parse(RP_TEXT("127.0.0.1:0"), &web_at));
	RP_CHECK_OK(rp_listen_open(&web_at, false, &fd));
	RP_CHECK_OK(rp_listen_of(fd, &web_at));
	close(fd);
	rp_settings_defaults(arena, s);
	s->data_dir = rp_text_z(folder);
	s->metrics_socket = RP_TEXT("metrics");
	/* Listed twice: what the machine has not is left out. */
	s->listen = (struct rp_words_list){ 0 };
	rp_vec_push(arena, &s->listen, RP_TEXT("192.0.2.1:80"));
	rp_vec_push(arena, &s->listen, rp_listen_text(arena, &web_at));
}

static char
ask(char question)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	char reply = 0;

	if (connect(fd, &web_at.any, sizeof(web_at.v4)) != 0 ||
	    write(fd, &question, 1) != 1 || read(fd, &reply, 1) != 1)
		reply = 0;
	close(fd);
	return reply;
}

static bool
heard(const char *want)
{
	struct pollfd p = { .fd = notify_fd, .events = POLLIN };
	char got[64] = { 0 };

	return poll(&p, 1, 20000) == 1 &&
	       recv(notify_fd, got, sizeof(got) - 1, 0) > 0 &&
	       strcmp(got, want) == 0;
}

static char *
figures(void)
{
	static char all[65536];
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	size_t n = 0;
	ssize_t got;

	memcpy(at.sun_path, metrics_path, strlen(metrics_path));
	RP_CHECK(connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0);
	RP_CHECK(write(fd, "GET /metrics HTTP/1.1\r\n\r\n", 25) == 25);
	while ((got = read(fd, all + n, sizeof(all) - 1 - n)) > 0)
		n += (size_t)got;
	all[n] = '\0';
	close(fd);
	return all;
}

static bool
metric_is(const char *line)
{
	for (int i = 0; i < 100; i++) {
		if (strstr(figures(), line) != NULL)
			return true;
		poll(NULL, 0, 50);
	}
	printf("# %s: not in\n%s\n", line, figures());
	return false;
}

static void
test_life(void)
{
	struct rp_settings s;
	struct rp_supervise_options o = { .settings = &s,
		.web = &web,
		.worker = &worker,
		.hash = &hash,
		.parse_program = RP_TEST_READER,
		.notify_socket = notify_path,
		.backoff_first = 10 };
	struct stat st;
	int status;
	pid_t pid;

	prepare(&s);
	pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_WRONLY);

		dup2(null, STDERR_FILENO);
		_exit(rp_supervise(arena, &o) == NULL ? 0 : 1);
	}
	/* The worker is ready when all its documents went as they should. */
	RP_CHECK(heard("READY=1"));
	RP_CHECK(stat(metrics_path, &st) == 0 && (st.st_mode & 0777) == 0600);
	RP_CHECK(metric_is("documents_total{outcome=\"read\"} 2\n"));
	RP_CHECK(metric_is("documents_total{outcome=\"failed\"} 1\n"));
	RP_CHECK(metric_is("documents_total{outcome=\"killed\"} 2\n"));
	RP_CHECK(ask('p') == 'P');
	RP_CHECK(ask('h') == 'k');
	/* It dies, and comes back; it breaks out, dies, and comes back. */
	RP_CHECK(ask('d') == 0);
	RP_CHECK(ask('p') == 'P');
	RP_CHECK(ask('o') == 0);
	RP_CHECK(ask('h') == 'k');
	RP_CHECK(metric_is("role_restarts_total 2\n"));
	RP_CHECK(metric_is("roles_up{role=\"web\"} 1\n"));
	RP_CHECK(kill(pid, SIGTERM) == 0);
	RP_CHECK(waitpid(pid, &status, 0) == pid);
	RP_CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	RP_CHECK(heard("STOPPING=1"));
	RP_CHECK(ask('p') == 0);
}

/* When the supervisor is killed, nothing of it stays behind. */
static void
test_orphans(void)
{
	struct rp_settings s;
	struct rp_supervise_options o = { .settings = &s,
		.web = &web,
		.notify_socket = notify_path };
	int status;
	pid_t pid;

	rp_settings_defaults(arena, &s);
	s.data_dir = rp_text_z(folder);
	s.listen = (struct rp_words_list){ 0 };
	rp_vec_push(arena, &s.listen, rp_listen_text(arena, &web_at));
	pid = fork();
	if (pid == 0)
		_exit(rp_supervise(arena, &o) == NULL ? 0 : 1);
	RP_CHECK(heard("READY=1"));
	RP_CHECK(ask('p') == 'P');
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	for (int i = 0; i < 100 && ask('p') != 0; i++)
		poll(NULL, 0, 50);
	RP_CHECK(ask('p') == 0);
}

static void
test_wrong_settings(void)
{
	struct rp_settings s;
	struct rp_supervise_options o = { .settings = &s, .web = &bad };
	int status, fd;
	pid_t pid;

	rp_settings_defaults(arena, &s);
	s.data_dir = rp_text_z(folder);
	s.listen = (struct rp_words_list){ 0 };
	rp_vec_push(arena, &s.listen, rp_listen_text(arena, &web_at));
	pid = fork();
	if (pid == 0) {
		struct rp_err *e;

		rp_log_init(RP_LOG_ERROR, false);
		dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
		e = rp_supervise(arena, &o);
		_exit(e != NULL ? (int)rp_err_code(e) : 0);
	}
	RP_CHECK(waitpid(pid, &status, 0) == pid);
	RP_CHECK(WIFEXITED(status) && WEXITSTATUS(status) == RP_E_INVALID);
	/* An address that is taken is an error at once. */
	o.web = &web;
	RP_CHECK_OK(rp_listen_open(&web_at, false, &fd));
	pid = fork();
	if (pid == 0) {
		struct rp_err *e = rp_supervise(arena, &o);

		_exit(e != NULL ? (int)rp_err_code(e) : 0);
	}
	RP_CHECK(waitpid(pid, &status, 0) == pid);
	RP_CHECK(WIFEXITED(status) && WEXITSTATUS(status) == RP_E_UNAVAILABLE);
	close(fd);
	unlink(metrics_path);
	unlink(notify_path);
	RP_CHECK(rmdir(folder) == 0);
	rp_arena_free(arena);
}

RP_CHECK_MAIN({ "life", test_life }, { "orphans", test_orphans },
    { "wrong settings", test_wrong_settings })
