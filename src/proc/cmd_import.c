/*
 * cmd_import - responses from a file: checked as a whole, then stored as a
 * whole, in one transaction.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "domain/transfer.h"
#include "proc/commands.h"
#include "proc/env.h"
#include "proc/import.h"
#include "proc/transfer_options.h"
#include "store/db.h"

#define ARENA_MAX ((size_t)64 * 1024 * 1024)

static const char usage[] =
    "import FILE --consultation GROUP/N [--map MAP.json] [--dry-run]\n"
    "       [--format csv|jsonl] [--config FILE] [--set NAME=VALUE]";

struct import {
	const char *path, *map_path;
	rp_text group;
	int64_t number;
	bool csv, dry_run;
	struct rp_import_map map;
	struct rp_actor who;
	struct rp_consultation c;
	struct rp_tx *tx;  /* while storing */
	const char *doing; /* beside the bar */
	int64_t again;
};

/* False if that is not how it is called. */
static bool
options(int argc, char **argv, struct import *out)
{
	const char *format = NULL, *consultation = NULL;

	for (int i = 1; i < argc; i++) {
		const char **to = NULL;

		if (strcmp(argv[i], "--dry-run") == 0) {
			out->dry_run = true;
			continue;
		}
		if (argv[i][0] != '-' && out->path == NULL) {
			out->path = argv[i];
			continue;
		}
		if (strcmp(argv[i], "--format") == 0)
			to = &format;
		else if (strcmp(argv[i], "--consultation") == 0)
			to = &consultation;
		else if (strcmp(argv[i], "--map") == 0)
			to = &out->map_path;
		if (to == NULL || ++i == argc)
			return false;
		*to = argv[i];
	}
	return out->path != NULL && consultation != NULL &&
	       rp_option_consultation(consultation, &out->group,
		   &out->number) &&
	       rp_option_format(format, out->path, &out->csv);
}

static struct rp_err *
read_map(struct rp_arena *a, struct import *in)
{
	uint8_t *octets;
	struct rp_err *e;
	FILE *f;
	size_t n;

	if (in->map_path == NULL)
		return NULL;
	f = fopen(in->map_path, "rbe");
	if (f == NULL)
		return rp_fail_errno(RP_E_INVALID, "%s", in->map_path);
	octets = rp_alloc(a, RP_IMPORT_MAP_MAX);
	n = fread(octets, 1, RP_IMPORT_MAP_MAX, f);
	fclose(f);
	if (n == RP_IMPORT_MAP_MAX)
		return rp_fail(RP_E_LIMIT, "%s is too large", in->map_path);
	e = rp_import_map_parse(a, (rp_bytes){ octets, n },
	    (int64_t)in->c.questions.n, &in->map);
	return e ? rp_err_wrap(e, "%s", in->map_path) : NULL;
}

/* The first thing that is wrong, in words for who made the file. */
static struct rp_err *
described(struct rp_err *e, const struct rp_problems *problems)
{
	const struct rp_problem *p = problems->v;
	char position[24] = "";

	if (problems->n == 0 || rp_err_code(e) != RP_E_INVALID)
		return e;
	rp_err_free(e);
	if (p->position > 0)
		snprintf(position, sizeof(position), "_%" PRId64, p->position);
	return rp_fail(RP_E_INVALID, "%s%s: %s%s%.*s",
	    rp_field_name(p->field).p, position, rp_problem_name(p->kind).p,
	    p->reason.n > 0 ? ", " : "", RP_FMT(p->reason));
}

static struct rp_err *
check(void *ctx, struct rp_import_row *row)
{
	struct import *in = ctx;
	struct rp_problems problems = { 0 };
	struct rp_err *e = rp_transfer_check(&in->who, row->arena, &in->c,
	    &row->s, row->received_at, &problems);

	return e ? described(e, &problems) : NULL;
}

static struct rp_err *
store(void *ctx, struct rp_import_row *row)
{
	struct import *in = ctx;
	struct rp_problems problems = { 0 };
	struct rp_receipt receipt;
	struct rp_err *e;

	rp_tx_use(in->tx, row->arena);
	e = rp_transfer_put(&in->who, in->tx, &in->c, &row->s, row->key,
	    row->received_at, &problems, &receipt);
	if (e != NULL)
		return described(e, &problems);
	in->again += receipt.again;
	return NULL;
}

static void
wrong(void *ctx, int64_t line, const char *what)
{
	struct import *in = ctx;

	rp_progress_end();
	fprintf(stderr, "%s:%" PRId64 ": %s\n", in->path, line, what);
}

static void
progress(void *ctx, int64_t done, int64_t all)
{
	struct import *in = ctx;

	rp_progress(done, all, in->doing);
}

static struct rp_err *
run(struct import *in, bool storing, int64_t *out_rows)
{
	struct rp_import job = {
		.path = in->path,
		.csv = in->csv,
		.map = in->map_path ? &in->map : NULL,
		.questions = (int64_t)in->c.questions.n,
		.ctx = in,
		.row = storing ? store : check,
		.wrong = wrong,
		.progress = progress,
	};
	struct rp_err *e;
	int64_t bad;

	in->doing = storing ? "stored" : "checked";
	e = rp_import_run(&job, out_rows, &bad);
	rp_progress_end();
	if (e == NULL && bad > 0)
		return rp_fail(RP_E_INVALID,
		    "%s: %" PRId64 " of %" PRId64
		    " responses are wrong; nothing was imported",
		    in->path, bad, *out_rows);
	return e;
}

static struct rp_err *
import(struct rp_arena *a, struct rp_process *p, struct import *in)
{
	int64_t rows;

	in->who = rp_actor_system(&p->env, rp_clock_now());
	RP_TRY(rp_tx_begin(p->db, a, RP_TX_READ, &in->tx));
	RP_TRY(rp_consultation_get(&in->who, in->tx, in->group, in->number,
	    RP_TEXT("en"), &in->c));
	RP_TRY(rp_tx_commit(in->tx));
	RP_TRY(read_map(a, in));
	RP_TRY(run(in, false, &rows));
	if (in->dry_run) {
		printf("%" PRId64 " responses can be imported\n", rows);
		return NULL;
	}
	RP_TRY(rp_tx_begin(p->db, a, RP_TX_WRITE, &in->tx));
	RP_TRY(run(in, true, &rows));
	rp_tx_use(in->tx, a);
	RP_TRY(rp_transfer_noted(&in->who, in->tx, &in->c, rows - in->again));
	RP_TRY(rp_tx_commit(in->tx));
	printf("%" PRId64 " responses imported, %" PRId64
	       " were there already\n",
	    rows - in->again, in->again);
	return NULL;
}

int
rp_cmd_import(int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct import in = { 0 };
	struct rp_settings s;
	struct rp_process *p;
	struct rp_err *e = rp_command_settings(a, &argc, argv, &s);

	if (e == NULL && !options(argc, argv, &in))
		return rp_command_usage(usage);
	if (e == NULL)
		e = rp_process_open(a, &s, NULL, &p);
	if (e == NULL)
		e = import(a, p, &in);
	return e ? rp_command_fail_take(e) : 0;
}
