/* cmd_document - accept, reject, text: documents with tracked changes. */
#include <string.h>

#include "base/buf.h"
#include "codec/zip.h"
#include "exchange/file.h"
#include "proc/apart.h"
#include "proc/commands.h"

#define ARENA_MAX ((size_t)512 << 20)

static const char accept_usage[] = "accept FILE.docx [-o FILE]";
static const char reject_usage[] = "reject FILE.docx [-o FILE]";
static const char text_usage[] =
    "text FILE [--accept|--reject|--all] [-o FILE]";

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

/* What the reader is given. */
struct reading {
	const struct command *command;
	rp_bytes in;
};

/* In the sandbox: the answer to the command. */
static struct rp_err *
settle(struct rp_arena *a, void *ctx, struct rp_buf *answer)
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
	rp_buf_bytes_add(answer, out);
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
	struct reading r = { .command = c };
	struct rp_err *e;
	rp_bytes out;

	RP_TRY(rp_apart_read(a, c->in, RP_ZIP_FILE_MAX, &r.in));
	e = rp_apart_run(a, settle, &r, &out);
	if (e != NULL)
		return rp_err_wrap(e, "%s", c->in);
	return rp_apart_write(a, c->out, out);
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
