/*
 * cmd_export - responses into a file.
 *
 * What the public may have, or with --all everything, for an administrator who
 * has the database anyway. Batches in arenas of their own, so memory does not
 * grow with the responses; one read transaction, so the file is of one moment.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "domain/public_response.h"
#include "proc/commands.h"
#include "proc/env.h"
#include "proc/transfer_options.h"
#include "store/db.h"
#include "web/export.h"

#define ARENA_MAX ((size_t)64 * 1024 * 1024)
#define BATCH_MAX ((size_t)64 * 1024 * 1024)

static const char usage[] =
    "export responses [--consultation GROUP/N] [--format csv|jsonl] [--all]\n"
    "       [-o FILE|-] [--config FILE] [--set NAME=VALUE]";

struct export
{
	const char *path; /* "-": standard output */
	rp_text group;
	int64_t number; /* 0: all consultations */
	bool all;
	struct rp_export x;
	struct rp_actor who;
	struct rp_tx *tx;
	struct rp_sink sink;
	struct rp_arena *batch;
	int fd;
	int64_t rows;
};

/* False if that is not how it is called. */
static bool
options(int argc, char **argv, struct export *out)
{
	const char *format = NULL, *consultation = NULL;

	out->path = "-";
	if (argc < 2 || strcmp(argv[1], "responses") != 0)
		return false;
	for (int i = 2; i < argc; i++) {
		const char **to = NULL;

		if (strcmp(argv[i], "--all") == 0) {
			out->all = true;
			continue;
		}
		if (strcmp(argv[i], "-o") == 0)
			to = &out->path;
		else if (strcmp(argv[i], "--format") == 0)
			to = &format;
		else if (strcmp(argv[i], "--consultation") == 0)
			to = &consultation;
		if (to == NULL || ++i == argc)
			return false;
		*to = argv[i];
	}
	out->x.is_public = !out->all;
	if (consultation != NULL &&
	    !rp_option_consultation(consultation, &out->group, &out->number))
		return false;
	return rp_option_format(format, out->path, &out->x.csv);
}

static struct rp_err *
put(void *ctx, rp_bytes chunk)
{
	struct export *x = ctx;

	while (chunk.n > 0) {
		ssize_t n = write(x->fd, chunk.p, chunk.n);

		if (n < 0)
			return rp_fail_errno(RP_E_UNAVAILABLE, "%s", x->path);
		chunk.p += n;
		chunk.n -= (size_t)n;
	}
	return NULL;
}

static struct rp_err *
batch_all(struct export *x, const struct rp_consultation *c, int64_t *after,
    size_t *out_n)
{
	struct rp_transfer_rows rows;

	RP_TRY(rp_transfer_batch(&x->who, x->tx, c, *after, &rows));
	for (size_t i = 0; i < rows.n; i++)
		rp_export_row(&x->x, &x->sink, x->batch, c, &rows.v[i]);
	if (rows.n > 0)
		*after = rows.v[rows.n - 1].id;
	*out_n = rows.n;
	return NULL;
}

static struct rp_err *
batch_public(struct export *x, const struct rp_consultation *c, int64_t *after,
    size_t *out_n)
{
	struct rp_public_responses rows;

	RP_TRY(rp_public_response_batch(&x->who, x->tx, c, *after, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_transfer_row row =
		    rp_export_of_public(x->batch, &rows.v[i]);

		rp_export_row(&x->x, &x->sink, x->batch, c, &row);
	}
	if (rows.n > 0)
		*after = rows.v[rows.n - 1].number;
	*out_n = rows.n;
	return NULL;
}

static struct rp_err *
one(struct export *x, const struct rp_consultation *c)
{
	int64_t after = 0;
	size_t n = 1;

	if (!x->all && !rp_consultation_shows_responses(c))
		return NULL;
	while (n > 0) {
		rp_arena_reset(x->batch);
		rp_tx_use(x->tx, x->batch);
		RP_TRY(x->all ? batch_all(x, c, &after, &n) :
				batch_public(x, c, &after, &n));
		if (rp_sink_failed(&x->sink))
			return NULL; /* rp_sink_flush() tells */
		x->rows += (int64_t)n;
		rp_progress(x->rows, 0, "responses");
	}
	return NULL;
}

/* The consultations that are meant, with their questions. */
static struct rp_err *
consultations(struct rp_arena *a, struct export *x,
    struct rp_consultations *out)
{
	struct rp_consultations list = { 0 };
	struct rp_consultation c;

	*out = (struct rp_consultations){ 0 };
	if (x->number != 0) {
		RP_TRY(rp_consultation_get(&x->who, x->tx, x->group, x->number,
		    RP_TEXT("en"), &c));
		rp_vec_push(a, out, c);
		return NULL;
	}
	RP_TRY(rp_consultation_list(&x->who, x->tx, 0, RP_TEXT("en"), &list));
	for (size_t i = 0; i < list.n; i++) {
		RP_TRY(rp_consultation_get_by_id(&x->who, x->tx, list.v[i].id,
		    RP_TEXT("en"), &c));
		rp_vec_push(a, out, c);
	}
	return NULL;
}

static void
free_arena(void *ptr)
{
	rp_arena_free(ptr);
}

static struct rp_err *export(struct rp_arena *a, struct rp_process *p,
    struct export *x)
{
	struct rp_consultations all;

	x->who = rp_actor_system(&p->env, rp_clock_now());
	RP_TRY(rp_tx_begin(p->db, a, RP_TX_READ, &x->tx));
	RP_TRY(consultations(a, x, &all));
	for (size_t i = 0; i < all.n; i++)
		if ((int64_t)all.v[i].questions.n > x->x.answers)
			x->x.answers = (int64_t)all.v[i].questions.n;
	x->batch = rp_arena_new(BATCH_MAX);
	rp_arena_defer(a, free_arena, x->batch);
	rp_sink_init(&x->sink, a, put, x);
	rp_export_head(&x->x, &x->sink);
	for (size_t i = 0; i < all.n; i++)
		RP_TRY(one(x, &all.v[i]));
	rp_tx_use(x->tx, a);
	return rp_sink_flush(&x->sink);
}

/* Personal data: for the administrator's eyes, unless somebody says else. */
static struct rp_err *
into_file(struct rp_arena *a, struct rp_process *p, struct export *x)
{
	bool is_file = strcmp(x->path, "-") != 0;
	struct rp_err *e;

	x->fd = is_file ? open(x->path,
			      O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) :
			  STDOUT_FILENO;
	if (x->fd < 0)
		return rp_fail_errno(RP_E_INVALID, "%s", x->path);
	e = export(a, p, x);
	rp_progress_end();
	if (is_file && close(x->fd) != 0 && e == NULL)
		e = rp_fail_errno(RP_E_UNAVAILABLE, "%s", x->path);
	if (is_file && e != NULL)
		unlink(x->path);
	return e;
}

int
rp_cmd_export(int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct export x = { 0 };
	struct rp_settings s;
	struct rp_process *p;
	struct rp_err *e = rp_command_settings(a, &argc, argv, &s);

	if (e == NULL && !options(argc, argv, &x))
		return rp_command_usage(usage);
	if (e == NULL)
		e = rp_process_open(a, &s, NULL, &p);
	if (e == NULL)
		e = into_file(a, p, &x);
	return e ? rp_command_fail_take(e) : 0;
}
