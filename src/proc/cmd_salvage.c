/*
 * cmd_salvage - two texts out of one with flattened tracked changes.
 *
 * The file is foreign: it is read by a process of its own that has closed
 * itself by the sandbox of documents before it looks at the first octet, and
 * that hands back the results in one answer. The folder is written only when
 * all of them are there.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fd.h"
#include "codec/salvage.h"
#include "codec/sink.h"
#include "exchange/pair.h"
#include "proc/apart.h"
#include "proc/commands.h"
#include "text/words.h"

enum {
	RESULT_MAX = 64 << 20, /* octets of all results */
	ARENA_MAX = 512 << 20,
};

static const char usage[] = "salvage [--force] -o FOLDER FILE|-";

struct command {
	const char *path, *folder;
	bool force;
};

/* One after another in the answer, each with its length before it. */
enum result {
	RESULT_BASE = 0,
	RESULT_NEW,
	RESULT_DECISIONS,
	RESULT_REDLINE,
	RESULT_SUMMARY,
};
#define RESULTS 5

/* What the reading process gets. */
struct work {
	rp_bytes in;
	struct rp_words *words;
};

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
write_all(int fd, const char *name, rp_bytes b)
{
	if (!rp_fd_write(fd, b))
		return rp_fail_errno(RP_E_UNAVAILABLE, "%s", name);
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

/* The page between the two texts that were just made. */
static struct rp_err *
redline(struct rp_arena *a, struct rp_words *words, rp_bytes *results)
{
	struct rp_pair_file base = { RP_TEXT("base.txt"),
		results[RESULT_BASE] };
	struct rp_pair_file now = { RP_TEXT("new.txt"), results[RESULT_NEW] };
	struct rp_pair_options o = { .format = RP_PAIR_HTML,
		.compare = { .author = RP_TEXT("salvage") } };
	struct rp_pair pair;

	RP_TRY(rp_pair_compare(a, words, &base, &now, &o, &pair));
	results[RESULT_REDLINE] = pair.octets;
	return NULL;
}

static struct rp_err *
salvage(struct rp_arena *a, const struct work *w, rp_bytes *results)
{
	struct rp_salvage s;

	RP_TRY(rp_salvage_read(a, w->in, &s));
	for (int i = 0; i < RESULTS; i++) {
		struct rp_sink sink;
		struct rp_buf b;

		if (i == RESULT_REDLINE) {
			RP_TRY(redline(a, w->words, results));
			continue;
		}
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

static struct rp_err *
child(struct rp_arena *a, void *ctx, struct rp_buf *answer)
{
	rp_bytes results[RESULTS];

	RP_TRY(salvage(a, ctx, results));
	for (int i = 0; i < RESULTS; i++) {
		uint64_t n = results[i].n;

		rp_buf_add(answer, &n, sizeof(n));
		rp_buf_bytes_add(answer, results[i]);
	}
	return NULL;
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
run(struct rp_arena *a, const struct command *c)
{
	RP_AUTO(rp_words_freep) struct rp_words *words = rp_words_new();
	struct work w = { .words = words };
	rp_bytes all, results[RESULTS] = { 0 };
	struct rp_err *e;

	RP_TRY(rp_apart_read(a, c->path, RP_SALVAGE_MAX, &w.in));
	e = rp_apart_run(a, child, &w, &all);
	if (e != NULL)
		return rp_err_wrap(e, "%s", c->path);
	RP_TRY(cut_results(all, results));
	RP_TRY(folder(c));
	RP_TRY(write_file(a, c, "base.txt", results[RESULT_BASE]));
	RP_TRY(write_file(a, c, "new.txt", results[RESULT_NEW]));
	RP_TRY(write_file(a, c, "decisions.json", results[RESULT_DECISIONS]));
	RP_TRY(write_file(a, c, "redline.html", results[RESULT_REDLINE]));
	return write_all(STDOUT_FILENO, "standard output",
	    results[RESULT_SUMMARY]);
}

int
rp_cmd_salvage(int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct command c = { 0 };
	struct rp_err *e;

	if (!options(argc, argv, &c))
		return rp_command_usage(usage);
	e = run(a, &c);
	return e != NULL ? rp_command_fail_take(e) : 0;
}
