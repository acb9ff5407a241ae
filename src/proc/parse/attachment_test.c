/*
 * The supervisor with a worker that has documents read by rapporteur-parse; the
 * worker is ready when all went as they should.
 */
#include "proc/attachment.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"
#include "codec/filetype.h"
#include "codec/sample.h"
#include "proc/hasher.h"
#include "proc/log.h"
#include "proc/profile.h"
#include "proc/supervise.h"

static struct rp_err *
expect(struct rp_role_context *ctx, uint32_t id, rp_bytes document,
    enum rp_ipc_status status, const char *said)
{
	struct rp_ipc_reply r;

	RP_TRY(rp_attachment_read(ctx->arena, ctx->spawn_fd, id, document, &r));
	if (r.status == status &&
	    strstr(status == RP_IPC_READ ? r.text.p : r.reason.p, said))
		return NULL;
	return rp_fail(RP_E_INTERNAL, "document %u: %d, \"%s\"", id,
	    (int)r.status, r.reason.n ? r.reason.p : "");
}

static struct rp_err *
worker_run(struct rp_role_context *ctx)
{
	struct pollfd stop = { .fd = ctx->stop_fd, .events = POLLIN };
	struct rp_arena *a = ctx->arena;

	RP_TRY(
	    expect(ctx, 1, rp_sample_pdf(a, 1, "Hello"), RP_IPC_READ, "Hello"));
	RP_TRY(expect(ctx, 2, RP_BYTES("PK\x03\x04"), RP_IPC_NOT_READ, "ZIP"));
	RP_TRY(expect(ctx, 3, rp_sample_odt(a, "<text:p>eins</text:p>"),
	    RP_IPC_READ, "eins"));
	rp_role_ready(ctx);
	poll(&stop, 1, -1);
	return NULL;
}

static struct rp_err *
web_run(struct rp_role_context *ctx)
{
	struct pollfd stop = { .fd = ctx->stop_fd, .events = POLLIN };

	rp_role_ready(ctx);
	poll(&stop, 1, -1);
	return NULL;
}

static struct rp_sandbox_profile
hash_profile(struct rp_arena *a, const struct rp_settings *s)
{
	(void)a, (void)s;
	return rp_profile_hash();
}

static const struct rp_role web = { "web", rp_profile_web, NULL, web_run };
static const struct rp_role worker = { "worker", rp_profile_worker, NULL,
	worker_run };
static const struct rp_role hash = { "hash", hash_profile, NULL,
	rp_hasher_run };

static void
through_the_supervisor(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	struct rp_supervise_options o = { .web = &web,
		.worker = &worker,
		.hash = &hash,
		.parse_program = RP_TEST_PARSE };
	char folder[] = "attachment_test.XXXXXX", got[64] = { 0 };
	struct rp_settings s;
	struct pollfd p = { .events = POLLIN };
	int status;
	pid_t pid;

	rp_log_init(RP_LOG_ERROR, false);
	RP_CHECK(mkdtemp(folder) != NULL);
	snprintf(at.sun_path, sizeof(at.sun_path), "%s/notify", folder);
	p.fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	RP_CHECK(bind(p.fd, (struct sockaddr *)&at, sizeof(at)) == 0);
	rp_settings_defaults(a, &s);
	s.data_dir = rp_text_z(folder);
	s.metrics_socket = RP_TEXT("");
	s.listen = (struct rp_words_list){ 0 };
	rp_vec_push(a, &s.listen, RP_TEXT("127.0.0.1:0"));
	o.settings = &s;
	o.notify_socket = at.sun_path;
	pid = fork();
	if (pid == 0)
		_exit(rp_supervise(a, &o) == NULL ? 0 : 1);
	RP_CHECK(poll(&p, 1, 60000) == 1);
	RP_CHECK(recv(p.fd, got, sizeof(got) - 1, 0) > 0);
	if (strcmp(got, "READY=1") != 0)
		printf("# %s\n", got);
	RP_CHECK(strcmp(got, "READY=1") == 0);
	RP_CHECK(kill(pid, SIGTERM) == 0);
	RP_CHECK(waitpid(pid, &status, 0) == pid);
	RP_CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	unlink(at.sun_path);
	rmdir(folder);
}

RP_CHECK_MAIN({ "through the supervisor", through_the_supervisor })
