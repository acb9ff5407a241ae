/*
 * cmd_salvage - two texts out of one with flattened tracked changes.
 *
 * The file is foreign: it is read by a process of its own that has closed
 * itself by the sandbox of documents before it looks at the first octet, and
 * that hands back three results on three pipes. The folder is written only when
 * all of them are there.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "codec/salvage.h"
#include "codec/sink.h"
#include "proc/commands.h"
#include "proc/profile.h"

enum {
	RESULT_MAX = 64 << 20, /* octets of all results */
	ARENA_MAX = 512 << 20,
};

static const char usage[] = "salvage [--force] -o FOLDER FILE|-";

struct command {
	const char *path, *folder;
	bool force;
};

/* One after another on the pipe, each with its length before it. */
enum result { RESULT_BASE = 0, RESULT_NEW, RESULT_DECISIONS, RESULT_SUMMARY };
#define RESULTS 4

static bool
options(int argc, char **argv, struct command *out)
{
	bool only_names = false;

	for (int i = 1; i < argc; i++) {
		if (!only_names && strcmp(argv[i], "--") == 0)
			only_names = true;
		else if (!only_names && strcmp(argv[i], "--force") == 0)
			out->force = true;
		else if (!only_names && strcmp(argv[i], "-o") == 0 &&
			 i + 1 < argc)
			out->folder = argv[++i];
		else if ((only_names || argv[i][0] != '-' ||
			     argv[i][1] == '\0') &&
			 out->path == NULL)
			out->path = argv[i];
		else
			return false;
	}
	return out->path != NULL && out->folder != NULL;
}

static struct rp_err *
read_all(struct rp_arena *a, int fd, const char *name, size_t max,
    rp_bytes *out)
{
	uint8_t chunk[16 << 10];
	struct rp_buf b;
	ssize_t n;

	rp_buf_init(&b, a, max);
	while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return rp_fail_errno(RP_E_UNAVAILABLE, "%s", name);
		rp_buf_add(&b, chunk, (size_t)n);
		if (b.over)
			return rp_fail(RP_E_LIMIT, "over %zu octets", max);
	}
	return rp_buf_bytes(&b, out);
}

static struct rp_err *
write_all(int fd, const char *name, rp_bytes b)
{
	while (b.n > 0) {
		ssize_t n = write(fd, b.p, b.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return rp_fail_errno(RP_E_UNAVAILABLE, "%s", name);
		b.p += n;
		b.n -= (size_t)n;
	}
	return NULL;
}

/* Below: in the process that reads. */

/* "LBL 30 certain, 9 likely": a line a kind. */
static void
put_summary(struct rp_buf *b, const struct rp_salvage *s)
{
	size_t n[RP_SALVAGE_KINDS][RP_SALVAGE_CONFIDENCES] = { 0 };

	for (size_t i = 0; i < s->decisions.n; i++)
		n[s->decisions.v[i].kind][s->decisions.v[i].confidence]++;
	rp_buf_f(b, "kind\tcertain\tlikely\tambiguous\tuncertain\n");
	for (int k = 0; k < RP_SALVAGE_KINDS; k++) {
		size_t all = 0;

		for (int c = 0; c < RP_SALVAGE_CONFIDENCES; c++)
			all += n[k][c];
		if (all > 0)
			rp_buf_f(b, "%s\t%zu\t%zu\t%zu\t%zu\n",
			    rp_salvage_kind_name((enum rp_salvage_kind)k).p,
			    n[k][0], n[k][1], n[k][2], n[k][3]);
	}
}

static struct rp_err *
salvage(struct rp_arena *a, rp_bytes in, rp_bytes *results)
{
	struct rp_salvage s;

	RP_TRY(rp_salvage_read(a, in, &s));
	for (int i = 0; i < RESULTS; i++) {
		struct rp_sink sink;
		struct rp_buf b;

		rp_buf_init(&b, a, RESULT_MAX / RESULTS);
		rp_sink_to_buf(&sink, a, &b);
		if (i == RESULT_BASE)
			rp_salvage_put_text(a, &sink, s.base);
		else if (i == RESULT_NEW)
			rp_salvage_put_text(a, &sink, s.now);
		else if (i == RESULT_DECISIONS)
			rp_salvage_put_json(&sink, &s);
		else
			put_summary(&b, &s);
		RP_TRY(rp_sink_flush(&sink));
		RP_TRY(rp_buf_bytes(&b, &results[i]));
	}
	return NULL;
}

struct child {
	int in, out;
	const char *name;
};

static struct rp_err *
child(struct rp_arena *a, void *ctx)
{
	const struct child *c = ctx;
	struct rp_sandbox_profile profile = rp_profile_parse();
	rp_bytes in, results[RESULTS];

	RP_TRY(rp_sandbox_enter(&profile, false, NULL));
	RP_TRY(read_all(a, c->in, c->name, RP_SALVAGE_MAX, &in));
	RP_TRY(salvage(a, in, results));
	for (int i = 0; i < RESULTS; i++) {
		uint64_t n = results[i].n;

		RP_TRY(write_all(c->out, "pipe",
		    (rp_bytes){ (const uint8_t *)&n, sizeof(n) }));
		RP_TRY(write_all(c->out, "pipe", results[i]));
	}
	return NULL;
}

static void
run_child(struct child *c)
{
	struct rp_err *e = rp_job_run(ARENA_MAX, child, c);

	if (e != NULL) {
		dprintf(STDERR_FILENO, "rapporteur: %s: %s\n", c->name,
		    rp_err_message(e));
		_exit(RP_EXIT_FAILURE);
	}
	_exit(0);
}

/* Below: in the process that was called. */

static struct rp_err *
cut_results(rp_bytes all, rp_bytes *results)
{
	for (int i = 0; i < RESULTS; i++) {
		uint64_t n;

		if (all.n < sizeof(n))
			return rp_fail(RP_E_INTERNAL, "results cut short");
		memcpy(&n, all.p, sizeof(n));
		if (n > all.n - sizeof(n))
			return rp_fail(RP_E_INTERNAL, "results cut short");
		results[i] = (rp_bytes){ all.p + sizeof(n), (size_t)n };
		all.p += sizeof(n) + n;
		all.n -= sizeof(n) + (size_t)n;
	}
	return NULL;
}

/* The file's results, or NULL in `out_said`'s case: the child told why not. */
static struct rp_err *
results_of(struct rp_arena *a, int in, const char *name, rp_bytes *results,
    bool *out_said)
{
	struct rp_err *e;
	int ends[2], status;
	rp_bytes all;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "pipe");
	fflush(NULL);
	pid = fork();
	if (pid < 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "fork");
	if (pid == 0) {
		struct child c = { in, ends[1], name };

		close(ends[0]);
		run_child(&c);
	}
	close(ends[1]);
	e = read_all(a, ends[0], name, RESULT_MAX, &all);
	close(ends[0]);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	if (e != NULL)
		return e;
	if (WIFSIGNALED(status))
		return rp_fail(RP_E_INVALID,
		    "%s: its reader was ended by "
		    "signal %d",
		    name, WTERMSIG(status));
	*out_said = WEXITSTATUS(status) != 0;
	return *out_said ? NULL : cut_results(all, results);
}

static struct rp_err *
folder(const struct command *c)
{
	const struct dirent *d;
	bool some = false;
	DIR *dir;

	if (mkdir(c->folder, 0777) == 0)
		return NULL;
	if (errno != EEXIST)
		return rp_fail_errno(RP_E_UNAVAILABLE, "%s", c->folder);
	dir = opendir(c->folder);
	if (dir == NULL)
		return rp_fail_errno(RP_E_UNAVAILABLE, "%s", c->folder);
	while ((d = readdir(dir)) != NULL)
		some |=
		    strcmp(d->d_name, ".") != 0 && strcmp(d->d_name, "..") != 0;
	closedir(dir);
	if (some && !c->force)
		return rp_fail(RP_E_CONFLICT,
		    "%s is not empty; --force writes into it", c->folder);
	return NULL;
}

static struct rp_err *
write_file(struct rp_arena *a, const struct command *c, const char *name,
    rp_bytes b)
{
	const char *path = rp_textf(a, "%s/%s", c->folder, name).p;
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	struct rp_err *e;

	if (fd < 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "%s", path);
	e = write_all(fd, path, b);
	if (close(fd) < 0 && e == NULL)
		e = rp_fail_errno(RP_E_UNAVAILABLE, "%s", path);
	return e;
}

static struct rp_err *
run(struct rp_arena *a, const struct command *c, bool *out_said)
{
	rp_bytes results[RESULTS] = { 0 };
	int in = STDIN_FILENO;
	const char *name = "standard input";
	struct rp_err *e;

	if (strcmp(c->path, "-") != 0) {
		name = c->path;
		in = open(name, O_RDONLY | O_CLOEXEC);
		if (in < 0)
			return rp_fail_errno(RP_E_NOTFOUND, "%s", name);
	}
	e = results_of(a, in, name, results, out_said);
	if (in != STDIN_FILENO)
		close(in);
	if (e != NULL || *out_said)
		return e;
	RP_TRY(folder(c));
	RP_TRY(write_file(a, c, "base.txt", results[RESULT_BASE]));
	RP_TRY(write_file(a, c, "new.txt", results[RESULT_NEW]));
	RP_TRY(write_file(a, c, "decisions.json", results[RESULT_DECISIONS]));
	return write_all(STDOUT_FILENO, "standard output",
	    results[RESULT_SUMMARY]);
}

int
rp_cmd_salvage(int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct command c = { 0 };
	bool said = false;
	struct rp_err *e;

	if (!options(argc, argv, &c))
		return rp_command_usage(usage);
	e = run(a, &c, &said);
	if (e != NULL)
		return rp_command_fail_take(e);
	return said ? RP_EXIT_FAILURE : 0;
}
