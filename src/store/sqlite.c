#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/err.h"
#include "store/engine.h"
#include "store/gather.h"

enum {
	BEGIN_READ,
	BEGIN_WRITE,
	COMMIT,
	ROLLBACK,
	SAVE,
	RELEASE,
	UNDO,
	VERSION,
	N_CONTROL
};

static const char *const control_sql[N_CONTROL] = {
	[BEGIN_READ] = "BEGIN",
	[BEGIN_WRITE] = "BEGIN IMMEDIATE",
	[COMMIT] = "COMMIT",
	[ROLLBACK] = "ROLLBACK",
	[SAVE] = "SAVEPOINT s",
	[RELEASE] = "RELEASE s",
	[UNDO] = "ROLLBACK TO s",
	[VERSION] = "PRAGMA data_version",
};

/*
 * The worker moves the log into the file (rp_db_checkpoint); the writers do it
 * themselves only when 64 MiB have gathered because there is no worker.
 *
 * The busy timeout is not how writers wait for each other (that is the lock);
 * it covers the moments in which another process opens or recovers the log.
 */
static const char setup_sql[] = "PRAGMA busy_timeout = 200;"
				"PRAGMA synchronous = FULL;"
				"PRAGMA foreign_keys = ON;"
				"PRAGMA temp_store = MEMORY;"
				"PRAGMA cache_size = -8192;"
				"PRAGMA mmap_size = 0;"
				"PRAGMA wal_autocheckpoint = 16000;"
				"PRAGMA journal_size_limit = 67108864;";

/* The live database has a log; a backup is one file. */
static const char log_sql[] = "PRAGMA journal_mode = WAL";
static const char file_sql[] = "PRAGMA journal_mode = DELETE";

/*
 * A backup to read comes from outside, so its schema may run nothing. Our own
 * schema is the migrations', whose triggers keep the search index.
 */
static const char foreign_sql[] = "PRAGMA trusted_schema = OFF";

struct sqlite_db {
	struct rp_db base;
	sqlite3 *handle;
	sqlite3_stmt *control[N_CONTROL];
	struct rp_gather gather;
	int lock; /* descriptor of FILE.lock, or -1: in memory */
	bool is_locked;
	uint32_t commits;
};

struct sqlite_stmt {
	struct rp_stmt base;
	sqlite3_stmt *handle;
};

static struct sqlite_db *
db_of(struct rp_db *db)
{
	return (struct sqlite_db *)db;
}

static sqlite3_stmt *
handle_of(struct rp_stmt *s)
{
	return ((struct sqlite_stmt *)s)->handle;
}

static enum rp_ecode
code_of(int rc)
{
	switch (rc & 0xff) {
	case SQLITE_CONSTRAINT:
		return RP_E_CONFLICT;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_FULL:
	case SQLITE_IOERR:
	case SQLITE_READONLY:
	case SQLITE_CANTOPEN:
	case SQLITE_PROTOCOL:
	case SQLITE_PERM:
		return RP_E_UNAVAILABLE;
	default:
		return RP_E_INTERNAL;
	}
}

static struct rp_err *
db_error(struct sqlite_db *db, const char *doing)
{
	int rc = sqlite3_extended_errcode(db->handle);

	return rp_fail(code_of(rc), "%s: %s (%d)", doing,
	    sqlite3_errmsg(db->handle), rc);
}

static struct rp_err *
control(struct sqlite_db *db, int which)
{
	sqlite3_stmt *s = db->control[which];
	int rc = sqlite3_step(s);
	struct rp_err *e = NULL;

	if (rc != SQLITE_DONE)
		e = db_error(db, control_sql[which]);
	(void)sqlite3_reset(s);
	return e;
}

static struct rp_err *
lock_open(struct sqlite_db *db, const char *path)
{
	char *name = sqlite3_mprintf("%s.lock", path);

	RP_ASSERT(name != NULL);
	db->lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0660);
	sqlite3_free(name);
	if (db->lock < 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "%s.lock", path);
	return NULL;
}

/*
 * Whoever waits in flock() is served in order, which SQLite's own waiting
 * (sleep and try again) is not: its slowest writer waited seconds.
 */
static struct rp_err *
lock_take(struct sqlite_db *db)
{
	if (db->lock < 0)
		return NULL;
	if (flock(db->lock, LOCK_EX) != 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "waiting for the lock");
	db->is_locked = true;
	return NULL;
}

static void
lock_drop(struct sqlite_db *db)
{
	if (db->is_locked)
		(void)flock(db->lock, LOCK_UN);
	db->is_locked = false;
}

static void
sqlite_close(struct rp_db *base)
{
	struct sqlite_db *db = db_of(base);

	for (int i = 0; i < N_CONTROL; i++)
		(void)sqlite3_finalize(db->control[i]);
	RP_ASSERT(sqlite3_close(db->handle) == SQLITE_OK);
	if (db->gather.real != NULL)
		(void)sqlite3_vfs_unregister(&db->gather.vfs);
	if (db->lock >= 0)
		(void)close(db->lock);
	free(db);
}

static struct rp_err *
set_up(struct sqlite_db *db, const char *path, int flags,
    const char *journal_sql)
{
	const char *vfs = db->gather.real ? db->gather.name : NULL;

	if (sqlite3_open_v2(path, &db->handle, flags | SQLITE_OPEN_NOMUTEX,
		vfs) != SQLITE_OK)
		return rp_err_wrap(db_error(db, "opening"), "%s", path);
	(void)sqlite3_extended_result_codes(db->handle, 1);
	if (sqlite3_exec(db->handle, setup_sql, NULL, NULL, NULL) !=
		SQLITE_OK ||
	    sqlite3_exec(db->handle, journal_sql, NULL, NULL, NULL) !=
		SQLITE_OK)
		return rp_err_wrap(db_error(db, "settings"), "%s", path);
	for (int i = 0; i < N_CONTROL; i++)
		if (sqlite3_prepare_v3(db->handle, control_sql[i], -1,
			SQLITE_PREPARE_PERSISTENT, &db->control[i],
			NULL) != SQLITE_OK)
			return db_error(db, control_sql[i]);
	return NULL;
}

static struct sqlite_db *
db_new(void)
{
	struct sqlite_db *db = calloc(1, sizeof(*db));

	RP_ASSERT(db != NULL);
	/* One thread, nobody reads the statistics. Too late is harmless. */
	(void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	db->base.engine = &rp_sqlite_engine;
	db->lock = -1;
	return db;
}

static struct rp_err *
opened(struct sqlite_db *db, struct rp_err *e, struct rp_db **out)
{
	if (e != NULL)
		sqlite_close(&db->base);
	else
		*out = &db->base;
	return e;
}

static struct rp_err *
sqlite_open(const char *url, struct rp_db **out)
{
	struct sqlite_db *db = db_new();
	const char *path = url;
	struct rp_err *e = NULL;

	if (path[0] != ':') {
		path += sizeof("sqlite:") - 1;
		e = lock_open(db, path);
		rp_gather_init(&db->gather);
		RP_ASSERT(
		    sqlite3_vfs_register(&db->gather.vfs, 0) == SQLITE_OK);
	}
	if (e == NULL)
		e = set_up(db, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
		    log_sql);
	return opened(db, e, out);
}

struct rp_err *
rp_sqlite_open_file(const char *path, bool may_write, struct rp_db **out)
{
	struct sqlite_db *db = db_new();

	return opened(db,
	    may_write ?
		set_up(db, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
		    file_sql) :
		set_up(db, path, SQLITE_OPEN_READONLY, foreign_sql),
	    out);
}

static struct rp_err *
sqlite_script(struct rp_db *base, const char *sql)
{
	struct sqlite_db *db = db_of(base);

	if (sqlite3_exec(db->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
		return db_error(db, "script");
	return NULL;
}

static struct rp_err *
sqlite_copy_file(struct rp_db *base, const char *path)
{
	char *sql = sqlite3_mprintf("VACUUM INTO %Q", path);
	struct rp_err *e;

	RP_ASSERT(sql != NULL);
	e = sqlite_script(base, sql);
	sqlite3_free(sql);
	return e;
}

static struct rp_err *
sqlite_version(struct rp_db *base, int64_t *out)
{
	struct sqlite_db *db = db_of(base);
	sqlite3_stmt *s = db->control[VERSION];
	struct rp_err *e = NULL;

	/* data_version tells of other connections only; our own we count. */
	if (sqlite3_step(s) == SQLITE_ROW)
		*out = (int64_t)sqlite3_column_int(s, 0) << 32 | db->commits;
	else
		e = db_error(db, "version");
	(void)sqlite3_reset(s);
	return e;
}

static struct rp_err *
sqlite_checkpoint(struct rp_db *base)
{
	struct sqlite_db *db = db_of(base);
	int rc = sqlite3_wal_checkpoint_v2(db->handle, NULL,
	    SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);

	/* Somebody else is at it already. */
	if (rc == SQLITE_OK || rc == SQLITE_BUSY)
		return NULL;
	return db_error(db, "checkpoint");
}

static struct rp_err *
sqlite_begin(struct rp_db *base, enum rp_tx_mode mode)
{
	struct sqlite_db *db = db_of(base);
	struct rp_err *e;

	if (mode == RP_TX_READ)
		return control(db, BEGIN_READ);
	RP_TRY(lock_take(db));
	e = control(db, BEGIN_WRITE);
	if (e != NULL)
		lock_drop(db);
	return e;
}

static void
sqlite_rollback(struct rp_db *base)
{
	struct sqlite_db *db = db_of(base);

	/* After some errors SQLite has rolled back by itself. */
	if (!sqlite3_get_autocommit(db->handle))
		rp_err_free(control(db, ROLLBACK));
	lock_drop(db);
}

static struct rp_err *
sqlite_commit(struct rp_db *base)
{
	struct sqlite_db *db = db_of(base);
	struct rp_err *e;

	if (sqlite3_get_autocommit(db->handle))
		e = rp_fail(RP_E_UNAVAILABLE, "the transaction was lost");
	else
		e = control(db, COMMIT);
	if (e != NULL)
		sqlite_rollback(base);
	else if (db->is_locked || db->lock < 0)
		db->commits++;
	lock_drop(db);
	return e;
}

static struct rp_err *
sqlite_save(struct rp_db *base)
{
	return control(db_of(base), SAVE);
}

static struct rp_err *
sqlite_release(struct rp_db *base)
{
	return control(db_of(base), RELEASE);
}

static struct rp_err *
sqlite_undo(struct rp_db *base)
{
	struct sqlite_db *db = db_of(base);

	if (sqlite3_get_autocommit(db->handle))
		return rp_fail(RP_E_UNAVAILABLE, "the transaction was lost");
	RP_TRY(control(db, UNDO));
	return control(db, RELEASE);
}

static struct rp_err *
sqlite_prepare(struct rp_db *base, const struct rp_query *q,
    struct rp_stmt **out)
{
	struct sqlite_db *db = db_of(base);
	struct sqlite_stmt *s;
	sqlite3_stmt *handle;

	if (sqlite3_prepare_v3(db->handle, q->sql[RP_SQLITE], -1,
		SQLITE_PREPARE_PERSISTENT, &handle, NULL) != SQLITE_OK)
		return db_error(db, q->name);
	s = calloc(1, sizeof(*s));
	RP_ASSERT(s != NULL);
	s->handle = handle;
	*out = &s->base;
	return NULL;
}

static void
sqlite_finalize(struct rp_stmt *s)
{
	(void)sqlite3_finalize(handle_of(s));
	free(s);
}

static void
sqlite_reset(struct rp_stmt *s)
{
	(void)sqlite3_reset(handle_of(s));
}

static void
sqlite_bind(struct rp_stmt *s, int at, const struct rp_cell *v)
{
	const void *p = v->octets.n > 0 ? (const void *)v->octets.p : "";
	sqlite3_stmt *h = handle_of(s);
	int rc;

	RP_ASSERT(v->octets.n <= INT_MAX);
	switch (v->kind) {
	case CELL_I64:
		rc = sqlite3_bind_int64(h, at + 1, v->i64);
		break;
	case CELL_TEXT:
		rc = sqlite3_bind_text(h, at + 1, p, (int)v->octets.n,
		    SQLITE_STATIC);
		break;
	case CELL_BYTES:
		rc = sqlite3_bind_blob(h, at + 1, p, (int)v->octets.n,
		    SQLITE_STATIC);
		break;
	default:
		rc = sqlite3_bind_null(h, at + 1);
		break;
	}
	RP_ASSERT(rc == SQLITE_OK || rc == SQLITE_TOOBIG);
}

static struct rp_err *
sqlite_step(struct rp_stmt *s, bool *out_row)
{
	struct sqlite_db *db = db_of(s->db);
	int rc;

	/*
	 * PRAGMA query_only would do this too, but setting it throws away
	 * every prepared statement.
	 */
	if (s->db->tx->mode == RP_TX_READ &&
	    !sqlite3_stmt_readonly(handle_of(s)))
		return rp_fail(RP_E_INTERNAL,
		    "%s: writes in a read "
		    "transaction",
		    s->q->name);
	rc = sqlite3_step(handle_of(s));
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		return db_error(db, s->q->name);
	*out_row = rc == SQLITE_ROW;
	return NULL;
}

static struct rp_err *
sqlite_exec(struct rp_stmt *s)
{
	bool row;

	do
		RP_TRY(sqlite_step(s, &row));
	while (row);
	return NULL;
}

static struct rp_err *
sqlite_count(struct rp_stmt *s, int64_t *out)
{
	RP_TRY(sqlite_exec(s));
	*out = sqlite3_changes64(db_of(s->db)->handle);
	return NULL;
}

/*
 * By way of the value: each sqlite3_column_*() finds and checks the column
 * again. A value may be used so where one thread has the connection.
 */
static struct rp_err *
sqlite_cell(struct rp_stmt *s, int col, struct rp_cell *out)
{
	sqlite3_value *v = sqlite3_column_value(handle_of(s), col);

	*out = (struct rp_cell){ .kind = CELL_NULL };
	switch (sqlite3_value_type(v)) {
	case SQLITE_INTEGER:
		out->kind = CELL_I64;
		out->i64 = sqlite3_value_int64(v);
		return NULL;
	case SQLITE_TEXT:
		out->kind = CELL_TEXT;
		out->octets.p = sqlite3_value_text(v);
		break;
	case SQLITE_BLOB:
		out->kind = CELL_BYTES;
		out->octets.p = sqlite3_value_blob(v);
		break;
	case SQLITE_NULL:
		return NULL;
	default:
		return rp_fail(RP_E_INTERNAL, "%s: column %d is a fraction",
		    s->q->name, col);
	}
	out->octets.n = (size_t)sqlite3_value_bytes(v);
	return NULL;
}

const struct rp_engine rp_sqlite_engine = {
	.dialect = RP_SQLITE,
	.open = sqlite_open,
	.copy_file = sqlite_copy_file,
	.close = sqlite_close,
	.version = sqlite_version,
	.checkpoint = sqlite_checkpoint,
	.begin = sqlite_begin,
	.commit = sqlite_commit,
	.rollback = sqlite_rollback,
	.save = sqlite_save,
	.release = sqlite_release,
	.undo = sqlite_undo,
	.script = sqlite_script,
	.prepare = sqlite_prepare,
	.finalize = sqlite_finalize,
	.reset = sqlite_reset,
	.bind = sqlite_bind,
	.exec = sqlite_exec,
	.count = sqlite_count,
	.step = sqlite_step,
	.stream = sqlite_step,
	.cell = sqlite_cell,
};
