/* cmd_document - accept, reject, text: documents with tracked changes. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "codec/xmlread.h"
#include "codec/zip.h"
#include "exchange/file.h"
#include "proc/commands.h"
#include "proc/profile.h"

enum {
	STEP = 64 << 10,
};

#define ARENA_MAX ((size_t)512 << 20)
/* What the reader may take: less than its sandbox does. */
#define JOB_MAX ((size_t)320 << 20)

static const char accept_usage[] = "accept FILE.docx [-o FILE]";
static const char reject_usage[] = "reject FILE.docx [-o FILE]";
static const char text_usage[] =
    "text FILE.docx [--accept|--reject|--all] [-o FILE]";

enum action {
	ACCEPT,
	REJECT,
	TEXT,
};

struct command {
	enum action action;
	enum rp_file_view view;
	const char *in, *out; /* "-": standard input and output */
};

/* What the reader is given, and where its answer goes. */
struct reading {
	const struct command *command;
	rp_bytes in;
	int answer;
};

static struct rp_err *
read_all(struct rp_arena *a, const char *name, rp_bytes *out)
{
	bool standard = strcmp(name, "-") == 0;
	int fd = standard ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
	struct rp_buf b;
	ssize_t n;

	if (fd < 0)
		return rp_fail_errno(RP_E_NOTFOUND, "%s", name);
	rp_buf_init(&b, a, RP_ZIP_FILE_MAX + 1);
	do {
		uint8_t part[STEP];

		n = read(fd, part, sizeof(part));
		if (n > 0)
			rp_buf_add(&b, part, (size_t)n);
	} while (n > 0 && !b.over);
	if (!standard)
		close(fd);
	if (n < 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "reading %s", name);
	if (b.n > RP_ZIP_FILE_MAX)
		return rp_fail(RP_E_LIMIT, "%s: over %zu octets", name,
		    RP_ZIP_FILE_MAX);
	*out = (rp_bytes){ b.p, b.n };
	return NULL;
}

static bool
put_all(int fd, const void *p, size_t n)
{
	const uint8_t *at = p;

	while (n > 0) {
		ssize_t done = write(fd, at, n);

		if (done <= 0)
			return false;
		at += done;
		n -= (size_t)done;
	}
	return true;
}

/* In the sandbox: an octet that says whether it is an answer, then all of it.
 */
static struct rp_err *
answer(struct rp_arena *a, void *ctx)
{
	const struct reading *r = ctx;
	rp_bytes out;
	rp_text t;

	if (r->command->action == TEXT) {
		RP_TRY(rp_file_text(a, r->in, r->command->view, &t));
		out = rp_text_bytes(t);
	} else {
		RP_TRY(rp_file_settle(a, r->in, r->command->action == ACCEPT,
		    &out));
	}
	if (!put_all(r->answer, "+", 1) || !put_all(r->answer, out.p, out.n))
		return rp_fail(RP_E_UNAVAILABLE, "answer not taken");
	return NULL;
}

/* The one who reads: as the parse role does, with nothing open but the answer.
 */
static void
be_reader(struct reading *r)
{
	struct rp_sandbox_profile profile = rp_profile_parse();
	struct rp_err *e;

	prctl(PR_SET_DUMPABLE, 0);
	/* libzip turns MS-DOS times into local ones: a zone without a file. */
	if (setenv("TZ", "UTC0", 1) != 0)
		_exit(1);
	tzset();
	rp_xmlread_prepare();
	e = rp_sandbox_enter(&profile, false, NULL);
	if (e == NULL)
		e = rp_job_run(JOB_MAX, answer, r);
	if (e != NULL) {
		const char *why = rp_err_message(e);

		(void)!put_all(r->answer, "-", 1);
		(void)!put_all(r->answer, why, strlen(why));
	}
	_exit(0);
}

static struct rp_err *
take_answer(struct rp_arena *a, int fd, rp_bytes *out)
{
	struct rp_buf b;
	ssize_t n;

	rp_buf_init(&b, a, RP_FILE_OUT_MAX + 1);
	do {
		uint8_t part[STEP];

		n = read(fd, part, sizeof(part));
		if (n > 0)
			rp_buf_add(&b, part, (size_t)n);
	} while (n > 0);
	if (b.n == 0 || n < 0 || b.over)
		return rp_fail(RP_E_LIMIT,
		    "the document takes too much time or memory");
	if (b.p[0] == '-')
		return rp_fail(RP_E_INVALID, "%.*s", (int)(b.n - 1),
		    (const char *)b.p + 1);
	*out = (rp_bytes){ b.p + 1, b.n - 1 };
	return NULL;
}

static struct rp_err *
read_apart(struct rp_arena *a, const struct command *c, rp_bytes in,
    rp_bytes *out)
{
	struct reading r = { .command = c, .in = in };
	struct rp_err *e;
	int pair[2], status;
	pid_t child;

	if (pipe2(pair, O_CLOEXEC) != 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "pipe");
	child = fork();
	if (child < 0) {
		close(pair[0]);
		close(pair[1]);
		return rp_fail_errno(RP_E_UNAVAILABLE, "fork");
	}
	if (child == 0) {
		close(pair[0]);
		r.answer = pair[1];
		be_reader(&r);
	}
	close(pair[1]);
	e = take_answer(a, pair[0], out);
	close(pair[0]);
	waitpid(child, &status, 0);
	if (e == NULL && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
		e = rp_fail(RP_E_LIMIT,
		    "the document takes too much time or memory");
	return e;
}

/* Into a file beside, so that nobody finds half of it. */
static struct rp_err *
write_out(struct rp_arena *a, const char *name, rp_bytes octets)
{
	const char *fresh = rp_textf(a, "%s.new", name).p;
	FILE *f;
	bool good;

	if (strcmp(name, "-") == 0) {
		if (fwrite(octets.p, 1, octets.n, stdout) != octets.n ||
		    fflush(stdout) != 0)
			return rp_fail_errno(RP_E_UNAVAILABLE,
			    "writing standard output");
		return NULL;
	}
	f = fopen(fresh, "wbx");
	if (f == NULL)
		return rp_fail_errno(RP_E_UNAVAILABLE, "%s", fresh);
	good = fwrite(octets.p, 1, octets.n, f) == octets.n;
	good = fclose(f) == 0 && good;
	if (!good || rename(fresh, name) != 0) {
		struct rp_err *e =
		    rp_fail_errno(RP_E_UNAVAILABLE, "writing %s", name);

		(void)unlink(fresh);
		return e;
	}
	return NULL;
}

static bool
read_options(struct command *c, int argc, char **argv)
{
	c->out = "-";
	for (int i = 1; i < argc; i++) {
		bool text = c->action == TEXT;

		if (strcmp(argv[i], "-o") == 0 && i + 1 < argc)
			c->out = argv[++i];
		else if (text && strcmp(argv[i], "--accept") == 0)
			c->view = RP_FILE_ACCEPTED;
		else if (text && strcmp(argv[i], "--reject") == 0)
			c->view = RP_FILE_REJECTED;
		else if (text && strcmp(argv[i], "--all") == 0)
			c->view = RP_FILE_ALL;
		else if (c->in == NULL &&
			 (argv[i][0] != '-' || argv[i][1] == '\0'))
			c->in = argv[i];
		else
			return false;
	}
	return c->in != NULL;
}

static struct rp_err *
run(struct rp_arena *a, const struct command *c)
{
	rp_bytes in, out;
	struct rp_err *e;

	RP_TRY(read_all(a, c->in, &in));
	e = read_apart(a, c, in, &out);
	if (e != NULL)
		return rp_err_wrap(e, "%s", c->in);
	return write_out(a, c->out, out);
}

static int
command(enum action action, const char *usage, int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct command c = { .action = action };
	struct rp_err *e;

	if (!read_options(&c, argc, argv))
		return rp_command_usage(usage);
	e = run(a, &c);
	return e ? rp_command_fail_take(e) : 0;
}

int
rp_cmd_accept(int argc, char **argv)
{
	return command(ACCEPT, accept_usage, argc, argv);
}

int
rp_cmd_reject(int argc, char **argv)
{
	return command(REJECT, reject_usage, argc, argv);
}

int
rp_cmd_text(int argc, char **argv)
{
	return command(TEXT, text_usage, argc, argv);
}
