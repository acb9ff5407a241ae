/*
 * engine - what a database engine must do for db.c. Private to store/.
 *
 * Engines know no arena and no savepoint depth; db.c keeps the rules of db.h.
 * Each engine's structs begin with the ones below.
 */
#ifndef RP_STORE_ENGINE_H
#define RP_STORE_ENGINE_H

#include "store/stmt.h"

#define STMT_BUCKETS 256

struct rp_stmt {
	const struct rp_query *q;
	struct rp_db *db;
	struct rp_stmt *next;  /* in the same bucket */
	struct rp_stmt *above; /* the stack of those in use */
	bool is_busy;
	bool only_reads;
	struct rp_arena *rows;  /* of `:each`: the row's arena */
	struct rp_arena *outer; /* and where rows went before it */
};

/* What a module remembers of a reading: see rp_tx_memo(). */
struct rp_memo {
	const void *key;
	void *value;
	struct rp_memo *next;
};

/* An answer that was given, with the values it was asked for by. */
struct rp_asked {
	const struct rp_query *q;
	struct rp_value *values;
	void *answer;
	struct rp_asked *next;
};

struct rp_tx {
	struct rp_db *db;
	struct rp_arena *arena;
	struct rp_memo *memos; /* in `arena`, and so is what was asked */
	struct rp_asked *asked;
	size_t asked_n;
	struct rp_arena *outer[RP_TX_DEPTH_MAX];
	int depth;
	enum rp_tx_mode mode;
	bool is_open;
	uint64_t writes, statements;
	int failure; /* code of what failed: only undo and the end are left */
};

struct rp_db {
	const struct rp_engine *engine;
	const char *role;
	struct rp_tx *tx;
	struct rp_stmt *stmts[STMT_BUCKETS];
	struct rp_stmt *busy; /* newest first */
};

/* A value in a row of the database, as it is stored. */
struct rp_cell {
	enum { CELL_NULL, CELL_I64, CELL_TEXT, CELL_BYTES } kind;
	int64_t i64;
	rp_bytes octets; /* valid until the next step */
};

struct rp_engine {
	enum rp_dialect dialect;
	bool is_shared;
	struct rp_err *(*open)(const char *url, struct rp_db **out);
	void (*close)(struct rp_db *db);
	/* Copy all of it into a new SQLite file; NULL: row by row. */
	struct rp_err *(*copy_file)(struct rp_db *db, const char *path);
	struct rp_err *(*version)(struct rp_db *db, int64_t *out);
	struct rp_err *(*checkpoint)(struct rp_db *db);
	struct rp_err *(*begin)(struct rp_db *db, enum rp_tx_mode mode);
	struct rp_err *(*commit)(struct rp_db *db);
	void (*rollback)(struct rp_db *db);
	struct rp_err *(*save)(struct rp_db *db);
	struct rp_err *(*release)(struct rp_db *db);
	struct rp_err *(*undo)(struct rp_db *db);
	/* Several statements, inside a transaction. */
	struct rp_err *(*script)(struct rp_db *db, const char *sql);

	struct rp_err *(*prepare)(struct rp_db *db, const struct rp_query *q,
	    struct rp_stmt **out);
	void (*finalize)(struct rp_stmt *s);
	void (*reset)(struct rp_stmt *s);
	void (*bind)(struct rp_stmt *s, int at, const struct rp_cell *v);
	struct rp_err *(*exec)(struct rp_stmt *s);
	struct rp_err *(*count)(struct rp_stmt *s, int64_t *out);
	struct rp_err *(*step)(struct rp_stmt *s, bool *out_row);
	/* Step through what does not fit into memory. */
	struct rp_err *(*stream)(struct rp_stmt *s, bool *out_row);
	struct rp_err *(*cell)(struct rp_stmt *s, int col, struct rp_cell *out);
};

/* A SQLite file without log and lock: a backup. */
struct rp_err *rp_sqlite_open_file(const char *path, bool may_write,
    struct rp_db **out) RP_MUST_USE;

/* Forget the statement of a query that will not live on. */
void rp_stmt_forget(struct rp_db *db, const struct rp_query *q);

extern const struct rp_engine rp_sqlite_engine;
extern const struct rp_engine rp_pg_engine;

#endif
