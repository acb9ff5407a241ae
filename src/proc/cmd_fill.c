/* cmd_fill - a body's own Word template, with facts in its fields. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "codec/docx_fill.h"
#include "codec/json.h"
#include "codec/zip.h"
#include "proc/apart.h"
#include "proc/commands.h"

#define ARENA_MAX ((size_t)512 << 20)
#define FACTS_MAX ((size_t)4 << 20)

static const char usage[] = "fill TEMPLATE.docx FACTS.json [-o FILE]";

struct command {
	const char *template, *facts, *out;
};

struct reading {
	rp_bytes template, facts;
};

/* In the sandbox. A line for each name that is reported, an empty one, and the
 * document. */
static struct rp_err *
fill(struct rp_arena *a, void *ctx, struct rp_buf *answer)
{
	const struct reading *r = ctx;
	struct rp_docx_values values = { 0 };
	struct rp_docx_fill done;

	RP_TRY(rp_docx_values_parse(a, r->facts, &values));
	RP_TRY(rp_docx_fill(a, r->template, &values, RP_ZIP_FILE_MAX, &done));
	for (size_t i = 0; i < done.unknown.n; i++)
		rp_buf_f(answer, "?%.*s\n", RP_FMT(done.unknown.v[i]));
	for (size_t i = 0; i < done.unused.n; i++)
		rp_buf_f(answer, "-%.*s\n", RP_FMT(done.unused.v[i]));
	rp_buf_byte(answer, '\n');
	rp_buf_bytes_add(answer, done.docx);
	return NULL;
}

/* What the child reports, one line after the other. Nothing but a name is
 * believed. */
static struct rp_err *
report(struct rp_arena *a, rp_bytes *answer, size_t *out_unknown)
{
	const uint8_t *end;

	*out_unknown = 0;
	while ((end = memchr(answer->p, '\n', answer->n)) != NULL) {
		size_t n = (size_t)(end - answer->p);
		rp_text name;

		if (n > RP_DOCX_FILL_NAME_MAX + 1)
			return rp_fail(RP_E_INVALID, "no answer");
		if (n > 0) {
			RP_TRY(
			    rp_text_from(a, (rp_bytes){ answer->p + 1, n - 1 },
				RP_DOCX_FILL_NAME_MAX, &name));
			fprintf(stderr, "rapporteur: %s: %.*s\n",
			    answer->p[0] == '?' ? "no fact for the field" :
						  "no field for the fact",
			    RP_FMT(name));
			*out_unknown += answer->p[0] == '?';
		}
		answer->p += n + 1;
		answer->n -= n + 1;
		if (n == 0)
			return NULL;
	}
	return rp_fail(RP_E_INVALID, "no answer");
}

static bool
options(int argc, char **argv, struct command *c)
{
	c->out = "-";
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "-o") == 0 && i + 1 < argc)
			c->out = argv[++i];
		else if (argv[i][0] == '-' && argv[i][1] != '\0')
			return false;
		else if (c->template == NULL)
			c->template = argv[i];
		else if (c->facts == NULL)
			c->facts = argv[i];
		else
			return false;
	}
	return c->facts != NULL;
}

static struct rp_err *
run(struct rp_arena *a, const struct command *c, size_t *out_unknown)
{
	struct reading r;
	rp_bytes answer;

	RP_TRY(rp_apart_read(a, c->template, RP_ZIP_FILE_MAX, &r.template));
	RP_TRY(rp_apart_read(a, c->facts, FACTS_MAX, &r.facts));
	rp_json_prepare();
	RP_TRY(rp_apart_run(a, fill, &r, &answer));
	RP_TRY(report(a, &answer, out_unknown));
	return rp_apart_write(a, c->out, answer);
}

int
rp_cmd_fill(int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct command c = { 0 };
	size_t unknown = 0;
	struct rp_err *e;

	if (!options(argc, argv, &c))
		return rp_command_usage(usage);
	e = run(a, &c, &unknown);
	if (e != NULL)
		return rp_command_fail_take(e);
	return unknown > 0 ? RP_EXIT_FAILURE : 0;
}
