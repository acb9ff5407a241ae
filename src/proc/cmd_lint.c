/*
 * cmd_lint - queries about a report, an agenda or a contribution.
 *
 * The file is foreign: it is read by a process of its own (apart.h), which
 * hands back the lines to print.
 */
#include <string.h>

#include "base/buf.h"
#include "codec/json.h"
#include "codec/sink.h"
#include "codec/zip.h"
#include "exchange/lint.h"
#include "proc/apart.h"
#include "proc/commands.h"

#define ARENA_MAX ((size_t)512 << 20)

static const char usage[] = "lint [--json] [--exit-code] FILE|-";

struct command {
	const char *path;
	bool json, exit_code;
};

struct work {
	const struct command *command;
	struct rp_pair_file file;
};

/* Before the lines in the answer. */
struct answer {
	uint64_t findings;
};

static bool
options(int argc, char **argv, struct command *out)
{
	bool only_names = false;

	for (int i = 1; i < argc; i++) {
		const char *s = argv[i];

		if (!only_names && strcmp(s, "--") == 0)
			only_names = true;
		else if (!only_names && strcmp(s, "--json") == 0)
			out->json = true;
		else if (!only_names && strcmp(s, "--exit-code") == 0)
			out->exit_code = true;
		else if ((only_names || s[0] != '-' || s[1] == '\0') &&
			 out->path == NULL)
			out->path = s;
		else
			return false;
	}
	return out->path != NULL;
}

/* Below: in the process that reads. */

static void
put_lines(struct rp_arena *a, rp_text name, const struct rp_lint_findings *all,
    struct rp_buf *out)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct rp_lint_finding *f = &all->v[i];

		rp_buf_f(out, "%.*s:%u: %s: ", RP_FMT(name), f->line,
		    rp_lint_rule_name(f->rule).p);
		rp_buf_text(out, rp_lint_message(a, f));
		rp_buf_byte(out, '\n');
	}
}

static void
put_json(struct rp_arena *a, const struct rp_lint_findings *all,
    struct rp_sink *sink)
{
	struct rp_json_writer w;

	rp_json_init(&w, sink);
	rp_json_array_begin(&w);
	for (size_t i = 0; i < all->n; i++) {
		const struct rp_lint_finding *f = &all->v[i];

		rp_json_object_begin(&w);
		rp_json_key(&w, RP_TEXT("line"));
		rp_json_put_i64(&w, f->line);
		rp_json_key(&w, RP_TEXT("rule"));
		rp_json_put_text(&w, rp_lint_rule_name(f->rule));
		rp_json_key(&w, RP_TEXT("what"));
		rp_json_put_text(&w, f->what);
		rp_json_key(&w, RP_TEXT("against"));
		rp_json_put_text(&w, f->against);
		rp_json_key(&w, RP_TEXT("other_line"));
		if (f->other > 0)
			rp_json_put_i64(&w, f->other);
		else
			rp_json_put_null(&w);
		rp_json_key(&w, RP_TEXT("message"));
		rp_json_put_text(&w, rp_lint_message(a, f));
		rp_json_object_end(&w);
	}
	rp_json_array_end(&w);
	rp_json_line_end(&w);
}

static struct rp_err *
read_and_lint(struct rp_arena *a, void *ctx, struct rp_buf *answer)
{
	const struct work *w = ctx;
	struct rp_lint_lines lines = { 0 };
	struct rp_lint_findings found = { 0 };
	struct answer head;
	struct rp_sink sink;

	RP_TRY(rp_lint_read(a, &w->file, &lines));
	rp_lint(a, &lines, &found);
	head.findings = found.n;
	rp_buf_add(answer, &head, sizeof(head));
	if (!w->command->json) {
		put_lines(a, w->file.name, &found, answer);
		return NULL;
	}
	rp_sink_to_buf(&sink, a, answer);
	put_json(a, &found, &sink);
	return rp_sink_flush(&sink);
}

static struct rp_err *
run(struct rp_arena *a, const struct command *c, bool *out_found)
{
	/* What comes on standard input has no name that says what it is. */
	const char *name = strcmp(c->path, "-") == 0 ? "-.txt" : c->path;
	struct work w = { .command = c, .file.name = rp_text_z(name) };
	struct answer head;
	rp_bytes all;

	RP_TRY(rp_apart_read(a, c->path, RP_ZIP_FILE_MAX, &w.file.octets));
	RP_TRY(rp_apart_run(a, read_and_lint, &w, &all));
	if (all.n < sizeof(head))
		return rp_fail(RP_E_INTERNAL, "no answer");
	memcpy(&head, all.p, sizeof(head));
	*out_found = head.findings > 0;
	return rp_apart_write(a, "-",
	    (rp_bytes){ all.p + sizeof(head), all.n - sizeof(head) });
}

int
rp_cmd_lint(int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct command c = { 0 };
	bool found = false;
	struct rp_err *e;

	if (!options(argc, argv, &c))
		return rp_command_usage(usage);
	e = run(a, &c, &found);
	if (e != NULL)
		return rp_command_fail_take(e);
	return found && c.exit_code ? 1 : 0;
}
