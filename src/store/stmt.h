/*
 * stmt - what generated queries are made of. Private to store/.
 *
 * Each query is one constant `struct rp_query`. Its statement is prepared once
 * per connection, found again by the descriptor's address, and given back by
 * rp_stmt_done(). What a jump out of a job left behind is given back at the
 * end of the savepoint or transaction.
 */
#ifndef RP_STORE_STMT_H
#define RP_STORE_STMT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "store/db.h"

enum rp_dialect { RP_SQLITE, RP_PG };

/* Types: i number, b bool, r reference, t text, o octets; a letter each. */
struct rp_query {
	const char *name;
	const char *sql[2]; /* by dialect */
	const char *params;
	const char *columns;
	const char *roles; /* " web worker ", or NULL: any */
};

/* All queries there are: for tests. */
extern const struct rp_query *const rp_queries[];
extern const size_t rp_queries_n;

struct rp_stmt;

/* What one row of an `:each` query may take. */
#define RP_EACH_ROW_MAX ((size_t)64 * 1024 * 1024)

/*
 * A reading transaction sees one snapshot, so what is asked twice in a job has
 * the same answer twice. rp_asked_find() is what rp_asked_keep() was given for
 * the same query and the same values, or NULL. At most RP_ASKED_MAX answers are
 * kept, until rp_tx_use() or the end; none in a writing transaction, nor while
 * rows are read one by one, nor once something has failed. An answer is copied
 * as it is: its rows lie in the transaction's arena.
 */
#define RP_ASKED_MAX 64

struct rp_value {
	int64_t i64;
	rp_bytes octets;
};
const void *rp_asked_find(const struct rp_tx *tx, const struct rp_query *q,
    const struct rp_value *values, size_t n);
void rp_asked_keep(struct rp_tx *tx, const struct rp_query *q,
    const struct rp_value *values, size_t n, const void *answer, size_t size);

struct rp_err *rp_stmt_open(struct rp_tx *tx, const struct rp_query *q,
    struct rp_stmt **out) RP_MUST_USE;

/* For RP_AUTO: give the statement back. Accepts a pointer to NULL. */
void rp_stmt_done(struct rp_stmt **s);

/* Parameters and columns count from 0. Values must live until rp_stmt_done. */
void rp_stmt_bind_i64(struct rp_stmt *s, int at, int64_t v);
void rp_stmt_bind_bool(struct rp_stmt *s, int at, bool v);
void rp_stmt_bind_ref(struct rp_stmt *s, int at, int64_t v);
void rp_stmt_bind_text(struct rp_stmt *s, int at, rp_text v);
void rp_stmt_bind_bytes(struct rp_stmt *s, int at, rp_bytes v);

/* Run it. May be deferred to the next call that needs an answer. */
struct rp_err *rp_stmt_exec(struct rp_stmt *s) RP_MUST_USE;

/* Run it; the number of rows that it changed. */
struct rp_err *rp_stmt_count(struct rp_stmt *s, int64_t *out) RP_MUST_USE;

/* The next row, if any. */
struct rp_err *rp_stmt_step(struct rp_stmt *s, bool *out_row) RP_MUST_USE;

/* The only row; then see that there is no other. */
struct rp_err *rp_stmt_one(struct rp_stmt *s) RP_MUST_USE;
struct rp_err *rp_stmt_no_more(struct rp_stmt *s) RP_MUST_USE;

/* The next row in an arena of its own, which the next call empties. */
struct rp_err *rp_stmt_each(struct rp_stmt *s, bool *out_row) RP_MUST_USE;

struct rp_err *rp_stmt_i64(struct rp_stmt *s, int col,
    int64_t *out) RP_MUST_USE;
struct rp_err *rp_stmt_bool(struct rp_stmt *s, int col, bool *out) RP_MUST_USE;
struct rp_err *rp_stmt_ref(struct rp_stmt *s, int col,
    int64_t *out) RP_MUST_USE;
struct rp_err *rp_stmt_text(struct rp_stmt *s, int col,
    rp_text *out) RP_MUST_USE;
struct rp_err *rp_stmt_bytes(struct rp_stmt *s, int col,
    rp_bytes *out) RP_MUST_USE;

#endif
