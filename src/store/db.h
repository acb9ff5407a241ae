/*
 * db - connections and transactions, the same for SQLite and PostgreSQL.
 *
 * All reads and writes happen inside a transaction, by the functions q_*() that
 * tools/gen_queries.py makes of src/store/sql. A connection has at most one
 * transaction at a time. One that is not committed is rolled back when the
 * arena it was begun in is freed, so an early return needs no cleanup.
 *
 * Savepoints. A turn of the event loop runs many requests in one transaction,
 * each between rp_tx_save() and rp_tx_release() or rp_tx_undo(). After any
 * statement has failed, the transaction refuses everything but rp_tx_undo()
 * and its end, on both engines. So a rule that expects a conflict says
 * ON CONFLICT in its SQL, or saves before it and undoes after it.
 *
 * When a write is checked. On PostgreSQL an `:exec` statement is only queued;
 * its failure comes back from the next call that needs an answer: a query with
 * a result, rp_tx_save(), rp_tx_release(), rp_tx_commit(). On SQLite it comes
 * back at once. Nothing is acknowledged before rp_tx_commit() returned NULL.
 *
 * Locks. On SQLite a write transaction holds an flock() on FILE.lock from its
 * beginning to its end; waiters get it in the order they came. It must be
 * short: at most 20 ms of work, no waiting for anything else. A signal
 * delivered while waiting ends the wait with RP_E_UNAVAILABLE.
 *
 * Errors of every function and of every query: RP_E_CONFLICT where a
 * constraint was broken, RP_E_UNAVAILABLE where the database cannot do it now
 * (locked, full, read-only, unreachable, restarted; the next transaction
 * starts afresh and may work), RP_E_NOTFOUND from `:one`, RP_E_INTERNAL for
 * our own mistakes.
 */
#ifndef RP_STORE_DB_H
#define RP_STORE_DB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

struct rp_db;
struct rp_err;
struct rp_tx;

enum rp_tx_mode { RP_TX_READ, RP_TX_WRITE };

/* Savepoints inside savepoints. */
#define RP_TX_DEPTH_MAX 8

/*
 * `url` is "sqlite:PATH", ":memory:" (for tests), or what libpq takes as
 * "postgresql://..." or "postgres://...". Creates a SQLite file that does not
 * exist, with an empty schema: rp_migrate() comes next. RP_E_INVALID for any
 * other url, RP_E_UNAVAILABLE if it cannot be opened or reached.
 */
struct rp_err *rp_db_open(const char *url, struct rp_db **out) RP_MUST_USE;

/* Rolls back what is open. Accepts NULL. */
void rp_db_close(struct rp_db *db);
void rp_db_closep(struct rp_db **db);

/* Several machines may write to it: PostgreSQL. */
bool rp_db_is_shared(const struct rp_db *db);

/*
 * From now on only queries whose `-- role:` line names `role`, or that have
 * none, may run. `role` must live as long as `db`; NULL lifts it.
 */
void rp_db_set_role(struct rp_db *db, const char *role);

/*
 * A number that differs after any commit that changed something, here or in
 * another process, and is the same while nothing did (a rare false change is
 * possible, a false sameness is not). Asks the database: call it once a turn.
 */
struct rp_err *rp_db_version(struct rp_db *db, int64_t *out) RP_MUST_USE;

/*
 * RP_TX_READ sees one snapshot and may not write (RP_E_INTERNAL). Rows read
 * are allocated in `a`, and so is `*out`.
 */
struct rp_err *rp_tx_begin(struct rp_db *db, struct rp_arena *a,
    enum rp_tx_mode mode, struct rp_tx **out) RP_MUST_USE;

/* On failure nothing was written and the transaction is over all the same. */
struct rp_err *rp_tx_commit(struct rp_tx *tx) RP_MUST_USE;

/* Set a savepoint; rows go to `a` until its end. */
struct rp_err *rp_tx_save(struct rp_tx *tx, struct rp_arena *a) RP_MUST_USE;

/*
 * Keep what was done since the savepoint, or undo it; rows go to the outer
 * arena again. If keeping fails, undo: the savepoint is still there. The
 * savepoint's arena may be gone already.
 */
struct rp_err *rp_tx_release(struct rp_tx *tx) RP_MUST_USE;
struct rp_err *rp_tx_undo(struct rp_tx *tx) RP_MUST_USE;

/* Savepoints that are open: for whoever undoes what others left behind. */
int rp_tx_depth(const struct rp_tx *tx);

/*
 * Statements so far that may have written, whatever became of them; and whether
 * nothing has failed and nothing was left half done. A request that changed
 * neither has nothing to undo, with or without a savepoint.
 */
uint64_t rp_tx_writes(const struct rp_tx *tx);
bool rp_tx_is_sound(const struct rp_tx *tx);

/* Statements so far: what a page took is logged, and bounded by a test. */
uint64_t rp_tx_statements(const struct rp_tx *tx);

struct rp_arena *rp_tx_arena(struct rp_tx *tx);

/*
 * A place for what a module has read and may be asked for again: NULL at first,
 * one for each `key`, an address of the module's own. It lasts as long as the
 * arena in use, so until rp_tx_use() or a savepoint. A reading transaction sees
 * one snapshot, so what was read stays right; in a writing one there is no
 * place, nor while rows are read one by one, and this returns NULL.
 */
void **rp_tx_memo(struct rp_tx *tx, const void *key) RP_MUST_USE;

/* Rows go to `a` from now on: for the requests of a turn. */
void rp_tx_use(struct rp_tx *tx, struct rp_arena *a);

/*
 * Move what was committed from SQLite's log into the file, without blocking
 * anybody. Called often by a process that does not answer requests, it spares
 * the others the long commit in which they would do it themselves. On
 * PostgreSQL nothing. RP_E_UNAVAILABLE.
 */
struct rp_err *rp_db_checkpoint(struct rp_db *db) RP_MUST_USE;

/* Apply the migrations that are missing, each in its own transaction. */
struct rp_err *rp_migrate(struct rp_db *db, int *out_applied) RP_MUST_USE;

/*
 * How many it would apply, without doing it; negative if the database is newer
 * than this program. Fails where there is no schema at all.
 */
struct rp_err *rp_migrations_missing(struct rp_db *db, int *out) RP_MUST_USE;

/*
 * Write everything into the new file `path`, in one snapshot, while others
 * go on. Always a SQLite file, from either engine, sealed with the number and
 * checksum of each table's rows, and on disk when this returns.
 * RP_E_CONFLICT if `path` exists.
 */
struct rp_err *rp_db_backup(struct rp_db *db, const char *path) RP_MUST_USE;

/* What is told after each table of a restoration. */
typedef void rp_restore_fn(void *ctx, rp_text table, int64_t rows);

/*
 * Read such a file into `db`, which has no schema yet or is freshly migrated,
 * then apply newer migrations. In one transaction: all or nothing, and each
 * table is read back and compared with the seal. `tell` may be NULL.
 * RP_E_CONFLICT if `db` holds rows, RP_E_INVALID if the file is not a backup,
 * is damaged, or has another schema than `db`.
 */
struct rp_err *rp_db_restore(struct rp_db *db, const char *path,
    rp_restore_fn *tell, void *ctx) RP_MUST_USE;

/* What the engine finds wrong with its files, a line each; empty: sound. */
struct rp_err *rp_db_integrity(struct rp_db *db, struct rp_arena *a,
    rp_text *out) RP_MUST_USE;

#endif
