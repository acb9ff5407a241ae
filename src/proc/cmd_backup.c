/*
 * cmd_backup - one consistent file of everything, and back.
 *
 * A backup may be made while the server runs. It is a SQLite file whichever
 * engine it comes from, so restoring it into the other engine moves a body.
 */
#include <inttypes.h>
#include <stdio.h>

#include "proc/commands.h"
#include "store/db.h"

#define ARENA_MAX ((size_t)64 * 1024 * 1024)

/* The settings and the one argument that both commands have. */
static struct rp_err *
begin(struct rp_arena *a, int *argc, char **argv, struct rp_settings *s,
    struct rp_db **out)
{
	RP_TRY(rp_command_settings(a, argc, argv, s));
	if (*argc != 2 || argv[1][0] == '-' || argv[1][0] == '\0')
		return NULL;
	return rp_db_open(rp_settings_database(a, s).p, out);
}

int
rp_cmd_backup(int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	RP_AUTO(rp_db_closep) struct rp_db *db = NULL;
	struct rp_settings s;
	struct rp_err *e = begin(a, &argc, argv, &s, &db);

	if (e == NULL && db == NULL)
		return rp_command_usage(
		    "backup FILE [--config FILE] [--set NAME=VALUE]");
	if (e == NULL)
		e = rp_db_backup(db, argv[1]);
	return e ? rp_command_fail_take(e) : 0;
}

static void
tell(void *ctx, rp_text table, int64_t rows)
{
	(void)ctx;
	fprintf(stderr, "%.*s: %" PRId64 " rows\n", RP_FMT(table), rows);
}

int
rp_cmd_restore(int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	RP_AUTO(rp_db_closep) struct rp_db *db = NULL;
	struct rp_settings s;
	struct rp_err *e = begin(a, &argc, argv, &s, &db);

	if (e == NULL && db == NULL)
		return rp_command_usage(
		    "restore FILE [--config FILE] [--set NAME=VALUE]");
	if (e == NULL)
		e = rp_db_restore(db, argv[1], tell, NULL);
	return e ? rp_command_fail_take(e) : 0;
}
