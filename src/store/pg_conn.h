/*
 * pg_conn - one connection to PostgreSQL, always in pipeline mode. Private to
 * store/.
 *
 * Commands are sent without waiting; pg_sync() reads all their results. After
 * one has failed the server skips the rest up to the next sync, and the
 * transaction is aborted until ROLLBACK or ROLLBACK TO. So nothing that must
 * happen is ever queued behind something unchecked: see pg_undo() in pg.c.
 *
 * A lost connection fails what was under way with RP_E_UNAVAILABLE. The next
 * pg_ready() makes a new one and counts `generation` up, by which statements
 * know that they must be prepared again.
 * Tested in db_test.c.
 */
#ifndef RP_STORE_PG_CONN_H
#define RP_STORE_PG_CONN_H

#include <libpq-fe.h>

#include "store/engine.h"

/*
 * Commands in flight. Their results together (some 50 octets each) must fit
 * into socket buffers, or server and client would wait for each other.
 */
#define PG_QUEUE_MAX 128

struct pg_stmt {
	struct rp_stmt base;
	char name[16];
	char cursor[16];     /* "" unless it streams */
	uint32_t generation; /* of the connection it is prepared on; 0: none */
	int n_params;
	const char **values;
	int *lengths, *formats;
	uint64_t *numbers; /* big-endian */
	Oid *types;
	PGresult *result; /* NULL before the first step */
	int row;
	int fetch;    /* of a cursor: rows to ask for */
	bool is_last; /* and whether it has no more */
};

struct pg_op {
	const char *what;
	struct pg_stmt *prepares; /* or NULL */
};

struct pg_db {
	struct rp_db base;
	char *url;
	PGconn *conn; /* NULL while there is none */
	uint32_t generation;
	struct pg_op queue[PG_QUEUE_MAX];
	int n_queued;
	bool has_unchecked; /* one of them is somebody's statement */
	unsigned names, cursors;
};

/* Connect if there is no connection or the server has closed it. */
struct rp_err *pg_ready(struct pg_db *db) RP_MUST_USE;
void pg_drop(struct pg_db *db);

/* Queue a command without parameters; `what` outlives it, `sql` need not. */
struct rp_err *pg_send_as(struct pg_db *db, const char *what,
    const char *sql) RP_MUST_USE;
struct rp_err *pg_send(struct pg_db *db, const char *literal) RP_MUST_USE;

/* Queue `s`, prepared if need be; or `sql` with its parameters. */
struct rp_err *pg_send_prepare(struct pg_db *db, struct pg_stmt *s) RP_MUST_USE;
struct rp_err *pg_send_stmt(struct pg_db *db, struct pg_stmt *s) RP_MUST_USE;
struct rp_err *pg_send_params(struct pg_db *db, struct pg_stmt *s,
    const char *sql) RP_MUST_USE;

/*
 * Wait for all that is queued. The first failure comes back; on success the
 * result of the last command is the caller's (if `out` is not NULL).
 */
struct rp_err *pg_sync(struct pg_db *db, PGresult **out) RP_MUST_USE;

/* Several statements in one string, outside the pipeline. */
struct rp_err *pg_script(struct pg_db *db, const char *sql) RP_MUST_USE;

#endif
