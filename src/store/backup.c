#include "store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/engine.h"
#include "store/q_integrity.h"
#include "store/table.h"

#define JOB_MAX ((size_t)16 * 1024 * 1024)
#define PROBLEMS_MAX ((size_t)64 * 1024)

static const char seal_sql[] =
    "CREATE TABLE backup_seal (name TEXT PRIMARY KEY, "
    "rows INTEGER NOT NULL, hash INTEGER NOT NULL) STRICT";

static const struct rp_query seal_query = {
	.name = "backup_seal",
	.sql = { [RP_SQLITE] = "INSERT INTO backup_seal VALUES (?1, ?2, ?3)" },
	.params = "tii",
	.columns = "",
};

static const struct rp_query sealed_query = {
	.name = "backup_sealed",
	.sql = { [RP_SQLITE] = "SELECT rows, hash FROM backup_seal "
			       "WHERE name = ?1" },
	.params = "t",
	.columns = "ii",
};

/* Rows may refer to rows that come later in the same table. */
static const char *const defer_sql[2] = {
	[RP_SQLITE] = "PRAGMA defer_foreign_keys = ON",
	[RP_PG] = "SET CONSTRAINTS ALL DEFERRED",
};

/* Between tables the server may forget what it has to check. */
static const char *const settle_sql[2] = {
	[RP_SQLITE] = "",
	[RP_PG] = "SET CONSTRAINTS ALL IMMEDIATE; "
		  "SET CONSTRAINTS ALL DEFERRED",
};

/* The next number that an identity column gives. SQLite looks by itself. */
static const char *const identity_sql[2] = {
	[RP_SQLITE] = "",
	[RP_PG] =
	    "DO $$ DECLARE c record; n bigint; BEGIN "
	    "FOR c IN SELECT table_name AS t, column_name AS k "
	    "FROM information_schema.columns WHERE is_identity = 'YES' "
	    "AND table_schema = current_schema() LOOP "
	    "EXECUTE format('SELECT coalesce(max(%I), 0) + 1 FROM %I', "
	    "c.k, c.t) INTO n; "
	    "PERFORM setval(pg_get_serial_sequence(quote_ident(c.t), c.k), "
	    "n, false); "
	    "END LOOP; END $$",
};

static struct rp_err *
script(struct rp_tx *tx, const char *const sql[2])
{
	const struct rp_engine *engine = tx->db->engine;

	return engine->script(tx->db, sql[engine->dialect]);
}

struct job {
	struct rp_arena *arena; /* of the tables and their statements */
	struct rp_arena *work;  /* of the transactions, which end before them */
	struct rp_db *db, *file;
	const struct rp_migration *schema;
	rp_restore_fn *tell;
	void *ctx;
	struct rp_tables tables;
};

static struct rp_err *
same_schema(struct job *job)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(JOB_MAX);
	struct rp_tx *tx;
	int version, applied;

	RP_TRY(rp_tx_begin(job->db, a, RP_TX_READ, &tx));
	RP_TRY(rp_schema_version_in(tx, &version));
	return rp_migrate_to(job->file, job->schema, version, &applied);
}

static struct rp_err *
list_tables(struct job *job)
{
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(job->file, job->work, RP_TX_READ, &tx));
	rp_tx_use(tx, job->arena);
	RP_TRY(rp_tables_list(tx, &job->tables));
	return rp_tx_commit(tx);
}

static struct rp_err *
copy_rows(struct job *job)
{
	struct rp_table_sum sum;
	struct rp_tx *in, *out;

	RP_TRY(rp_tx_begin(job->db, job->work, RP_TX_READ, &in));
	RP_TRY(rp_tx_begin(job->file, job->work, RP_TX_WRITE, &out));
	RP_TRY(script(out, defer_sql));
	for (size_t i = 0; i < job->tables.n; i++)
		RP_TRY(rp_table_copy(in, out, job->tables.v[i], &sum));
	RP_TRY(rp_tx_commit(out));
	return rp_tx_commit(in);
}

static struct rp_err *
seal_one(struct rp_tx *tx, const struct rp_table *t)
{
	RP_AUTO(rp_stmt_done) struct rp_stmt *s = NULL;
	struct rp_table_sum sum;

	RP_TRY(rp_table_copy(tx, NULL, t, &sum));
	RP_TRY(rp_stmt_open(tx, &seal_query, &s));
	rp_stmt_bind_text(s, 0, t->name);
	rp_stmt_bind_i64(s, 1, sum.rows);
	rp_stmt_bind_i64(s, 2, sum.hash);
	return rp_stmt_exec(s);
}

/* Over what is in the file, so that it is read once before it is trusted. */
static struct rp_err *
seal(struct job *job)
{
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(job->file, job->work, RP_TX_WRITE, &tx));
	RP_TRY(tx->db->engine->script(job->file, seal_sql));
	for (size_t i = 0; i < job->tables.n; i++)
		RP_TRY(seal_one(tx, job->tables.v[i]));
	return rp_tx_commit(tx);
}

static struct rp_err *
fill(struct job *job, const char *part)
{
	bool by_rows = job->db->engine->copy_file == NULL;

	if (!by_rows)
		RP_TRY(job->db->engine->copy_file(job->db, part));
	RP_TRY(rp_sqlite_open_file(part, true, &job->file));
	if (by_rows)
		RP_TRY(same_schema(job));
	RP_TRY(list_tables(job));
	if (by_rows)
		RP_TRY(copy_rows(job));
	return seal(job);
}

static struct job
begin(struct rp_db *db, const struct rp_migration *schema)
{
	return (struct job){
		.arena = rp_arena_new(JOB_MAX),
		.work = rp_arena_new(JOB_MAX),
		.db = db,
		.schema = schema,
	};
}

static void
finish(struct job *job)
{
	rp_arena_free(job->work);
	rp_tables_forget(job->db, &job->tables);
	rp_db_close(job->file);
	rp_arena_free(job->arena);
}

static struct rp_err *
sync_path(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC);
	int rc;

	if (fd < 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "%s", path);
	rc = fsync(fd);
	(void)close(fd);
	if (rc != 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "%s", path);
	return NULL;
}

static struct rp_err *
publish(struct rp_arena *a, const char *part, const char *path)
{
	rp_text folder = rp_textf(a, "%s", path);

	RP_TRY(sync_path(part, O_RDONLY));
	if (link(part, path) != 0)
		return rp_fail_errno(errno == EEXIST ? RP_E_CONFLICT :
						       RP_E_UNAVAILABLE,
		    "%s", path);
	return sync_path(dirname((char *)(uintptr_t)folder.p),
	    O_RDONLY | O_DIRECTORY);
}

struct rp_err *
rp_backup_with(struct rp_db *db, const char *path,
    const struct rp_migration *schema)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(JOB_MAX);
	rp_text part = rp_textf(a, "%s.part", path);
	struct rp_err *e;
	struct job job;

	RP_ASSERT(db->tx == NULL);
	if (access(path, F_OK) == 0)
		return rp_fail(RP_E_CONFLICT, "%s exists", path);
	(void)unlink(part.p);
	job = begin(db, schema);
	e = fill(&job, part.p);
	finish(&job);
	if (e == NULL)
		e = publish(a, part.p, path);
	(void)unlink(part.p);
	return e;
}

static struct rp_err *
read_seal(struct rp_tx *tx, rp_text name, struct rp_table_sum *out)
{
	RP_AUTO(rp_stmt_done) struct rp_stmt *s = NULL;

	RP_TRY(rp_stmt_open(tx, &sealed_query, &s));
	rp_stmt_bind_text(s, 0, name);
	RP_TRY(rp_stmt_one(s));
	RP_TRY(rp_stmt_i64(s, 0, &out->rows));
	RP_TRY(rp_stmt_i64(s, 1, &out->hash));
	return rp_stmt_no_more(s);
}

static struct rp_err *
compare(rp_text table, const char *where, const struct rp_table_sum *got,
    const struct rp_table_sum *sealed)
{
	if (got->rows == sealed->rows && got->hash == sealed->hash)
		return NULL;
	return rp_fail(RP_E_INVALID,
	    "table %.*s: %s has %lld rows with another checksum than the %lld "
	    "that were saved",
	    RP_FMT(table), where, (long long)got->rows,
	    (long long)sealed->rows);
}

static struct rp_err *
restore_table(struct job *job, struct rp_tx *from, struct rp_tx *to,
    const struct rp_table *t)
{
	struct rp_table_sum sealed, before, sent, kept;

	RP_TRY(rp_table_copy(to, NULL, t, &before));
	if (before.rows > 0)
		return rp_fail(RP_E_CONFLICT,
		    "the database is not empty: "
		    "%lld rows in %.*s",
		    (long long)before.rows, RP_FMT(t->name));
	RP_TRY(read_seal(from, t->name, &sealed));
	RP_TRY(rp_table_copy(from, to, t, &sent));
	RP_TRY(compare(t->name, "the file", &sent, &sealed));
	RP_TRY(rp_table_copy(to, NULL, t, &kept));
	RP_TRY(compare(t->name, "the database", &kept, &sealed));
	RP_TRY(script(to, settle_sql));
	if (job->tell != NULL)
		job->tell(job->ctx, t->name, kept.rows);
	return NULL;
}

static struct rp_err *
restore_rows(struct job *job)
{
	struct rp_tx *from, *to;

	RP_TRY(rp_tx_begin(job->file, job->work, RP_TX_READ, &from));
	RP_TRY(rp_tx_begin(job->db, job->work, RP_TX_WRITE, &to));
	RP_TRY(script(to, defer_sql));
	for (size_t i = 0; i < job->tables.n; i++)
		RP_TRY(restore_table(job, from, to, job->tables.v[i]));
	RP_TRY(script(to, identity_sql));
	RP_TRY(rp_tx_commit(to));
	return rp_tx_commit(from);
}

static struct rp_err *
look_inside(struct job *job, const char *path, int *out_version)
{
	struct rp_tx *tx;

	RP_TRY(rp_sqlite_open_file(path, false, &job->file));
	RP_TRY(rp_tx_begin(job->file, job->work, RP_TX_READ, &tx));
	RP_TRY(rp_schema_version_in(tx, out_version));
	RP_TRY(rp_tx_commit(tx));
	return list_tables(job);
}

/* What is wrong with a file that somebody gave us is not our fault. */
static struct rp_err *
inspect(struct job *job, const char *path, int *out_version)
{
	struct rp_err *e = look_inside(job, path, out_version), *why;

	if (e == NULL || rp_err_code(e) == RP_E_UNAVAILABLE)
		return e;
	why = rp_fail(RP_E_INVALID, "%s is not a backup: %s", path,
	    rp_err_message(e));
	rp_err_free(e);
	return why;
}

static struct rp_err *
restore(struct job *job, const char *path)
{
	int version, there, applied;

	RP_TRY(inspect(job, path, &version));
	RP_TRY(rp_schema_version(job->db, &there));
	if (there == 0)
		RP_TRY(rp_migrate_to(job->db, job->schema, version, &applied));
	else if (there != version)
		return rp_fail(RP_E_INVALID,
		    "the backup has schema %d, the "
		    "database %d: restore into one without a schema",
		    version, there);
	RP_TRY(restore_rows(job));
	return rp_migrate_to(job->db, job->schema, 0, &applied);
}

struct rp_err *
rp_restore_with(struct rp_db *db, const char *path,
    const struct rp_migration *schema, rp_restore_fn *tell, void *ctx)
{
	struct job job = begin(db, schema);
	struct rp_err *e;

	RP_ASSERT(db->tx == NULL);
	job.tell = tell;
	job.ctx = ctx;
	e = restore(&job, path);
	finish(&job);
	return e;
}

struct rp_err *
rp_db_backup(struct rp_db *db, const char *path)
{
	return rp_backup_with(db, path, rp_migrations);
}

struct rp_err *
rp_db_restore(struct rp_db *db, const char *path, rp_restore_fn *tell,
    void *ctx)
{
	return rp_restore_with(db, path, rp_migrations, tell, ctx);
}

struct rp_err *
rp_db_integrity(struct rp_db *db, struct rp_arena *a, rp_text *out)
{
	struct q_integrity_problems_rows rows;
	struct rp_tx *tx;
	struct rp_buf b;

	RP_TRY(rp_tx_begin(db, a, RP_TX_READ, &tx));
	RP_TRY(q_integrity_problems(tx, &rows));
	RP_TRY(rp_tx_commit(tx));
	rp_buf_init(&b, a, PROBLEMS_MAX);
	for (size_t i = 0; i < rows.n; i++) {
		rp_buf_text(&b, rows.v[i].problem);
		rp_buf_byte(&b, '\n');
	}
	return rp_buf_done(&b, out);
}
