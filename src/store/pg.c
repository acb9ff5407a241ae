#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "store/pg_conn.h"

/* Of an `:each` query, in memory at a time: rows at first, at most, octets. */
#define FETCH_FIRST 8
#define FETCH_ROWS 1000
#define FETCH_SIZE ((size_t)1024 * 1024)

#define OID_BOOL 16
#define OID_BYTEA 17
#define OID_INT8 20
#define OID_INT2 21
#define OID_INT4 23
#define OID_TEXT 25

static struct pg_db *
db_of(struct rp_db *db)
{
	return (struct pg_db *)db;
}

static struct pg_stmt *
stmt_of(struct rp_stmt *s)
{
	return (struct pg_stmt *)s;
}

static void
pg_close(struct rp_db *base)
{
	struct pg_db *db = db_of(base);

	pg_drop(db);
	free(db->url);
	free(db);
}

static struct rp_err *
pg_open(const char *url, struct rp_db **out)
{
	struct pg_db *db = calloc(1, sizeof(*db));
	struct rp_err *e;

	RP_ASSERT(db != NULL);
	db->url = strdup(url);
	RP_ASSERT(db->url != NULL);
	e = pg_ready(db);
	if (e != NULL) {
		pg_close(&db->base);
		return e;
	}
	*out = &db->base;
	return NULL;
}

/*
 * Two snapshots with the same name see the same rows. The name also changes
 * when somebody only starts to write: a false change, which costs little.
 * NOTIFY would cost every commit in the cluster a common lock.
 */
static struct rp_err *
pg_version(struct rp_db *base, int64_t *out)
{
	struct pg_db *db = db_of(base);
	uint64_t hash = 0xcbf29ce484222325;
	PGresult *r;

	if (base->tx == NULL)
		RP_TRY(pg_ready(db));
	RP_TRY(pg_send(db, "SELECT pg_current_snapshot()::text"));
	RP_TRY(pg_sync(db, &r));
	for (const char *p = PQgetvalue(r, 0, 0); *p != '\0'; p++)
		hash = (hash ^ (uint8_t)*p) * 0x100000001b3;
	PQclear(r);
	*out = (int64_t)(hash >> 1);
	return NULL;
}

static struct rp_err *
pg_checkpoint(struct rp_db *base RP_UNUSED)
{
	return NULL; /* the server does it by itself */
}

static struct rp_err *
pg_begin(struct rp_db *base, enum rp_tx_mode mode)
{
	struct pg_db *db = db_of(base);

	RP_TRY(pg_ready(db));
	return pg_send(db, mode == RP_TX_WRITE ?
			       "BEGIN ISOLATION LEVEL READ COMMITTED" :
			       "BEGIN ISOLATION LEVEL REPEATABLE READ "
			       "READ ONLY");
}

static void
pg_rollback(struct rp_db *base)
{
	struct pg_db *db = db_of(base);
	struct rp_err *e = NULL;

	if (db->conn == NULL)
		return;
	/* Behind a failed statement it would be skipped: see pg_undo(). */
	if (db->has_unchecked)
		rp_err_free(pg_sync(db, NULL));
	if (db->conn != NULL)
		e = pg_send(db, "ROLLBACK");
	if (db->conn != NULL && e == NULL)
		e = pg_sync(db, NULL);
	if (e != NULL)
		pg_drop(db);
	rp_err_free(e);
}

static struct rp_err *
pg_commit(struct rp_db *base)
{
	struct pg_db *db = db_of(base);
	struct rp_err *e;
	PGresult *r = NULL;

	e = pg_send(db, "COMMIT");
	if (e == NULL)
		e = pg_sync(db, &r);
	/* An aborted transaction answers COMMIT politely with ROLLBACK. */
	if (e == NULL && strcmp(PQcmdStatus(r), "COMMIT") != 0)
		e = rp_fail(RP_E_UNAVAILABLE, "the transaction was lost");
	PQclear(r);
	if (e != NULL)
		pg_rollback(base);
	return e;
}

static struct rp_err *
pg_save(struct rp_db *base)
{
	struct pg_db *db = db_of(base);

	/* What failed before the savepoint must not look like its fault. */
	if (db->has_unchecked)
		RP_TRY(pg_sync(db, NULL));
	return pg_send(db, "SAVEPOINT s");
}

static struct rp_err *
pg_release(struct rp_db *base)
{
	struct pg_db *db = db_of(base);

	if (!db->has_unchecked)
		return pg_send(db, "RELEASE s");
	RP_TRY(pg_send(db, "RELEASE s"));
	return pg_sync(db, NULL);
}

static struct rp_err *
pg_undo(struct rp_db *base)
{
	struct pg_db *db = db_of(base);

	/*
	 * Behind a failed statement the pipeline would skip the undoing too,
	 * so first let it come to rest. Only a lost connection matters here.
	 */
	if (db->conn != NULL)
		rp_err_free(pg_sync(db, NULL));
	RP_TRY(pg_send(db, "ROLLBACK TO s"));
	RP_TRY(pg_send(db, "RELEASE s"));
	return pg_sync(db, NULL);
}

static struct rp_err *
pg_run_script(struct rp_db *base, const char *sql)
{
	struct pg_db *db = db_of(base);

	/* Building an index may take longer than any query should. */
	RP_TRY(pg_send(db, "SET LOCAL statement_timeout = 0"));
	return pg_script(db, sql);
}

static void
pg_finalize(struct rp_stmt *base)
{
	struct pg_stmt *s = stmt_of(base);

	free(s->values);
	free(s->lengths);
	free(s->formats);
	free(s->numbers);
	free(s->types);
	free(s);
}

static void *
array(int n, size_t size)
{
	void *p = calloc((size_t)n + 1, size);

	RP_ASSERT(p != NULL);
	return p;
}

static struct rp_err *
pg_prepare(struct rp_db *base, const struct rp_query *q, struct rp_stmt **out)
{
	struct pg_db *db = db_of(base);
	struct pg_stmt *s = calloc(1, sizeof(*s));
	int n = (int)strlen(q->params);
	struct rp_err *e;

	RP_ASSERT(s != NULL);
	s->base.q = q;
	s->n_params = n;
	s->values = array(n, sizeof(*s->values));
	s->lengths = array(n, sizeof(*s->lengths));
	s->formats = array(n, sizeof(*s->formats));
	s->numbers = array(n, sizeof(*s->numbers));
	s->types = array(n, sizeof(*s->types));
	(void)snprintf(s->name, sizeof(s->name), "q%u", db->names++);
	for (int i = 0; i < n; i++) {
		s->formats[i] = 1;
		s->types[i] = q->params[i] == 't' ? OID_TEXT :
			      q->params[i] == 'o' ? OID_BYTEA :
						    OID_INT8;
	}
	e = pg_send_prepare(db, s);
	if (e != NULL)
		pg_finalize(&s->base);
	else
		*out = &s->base;
	return e;
}

static void
pg_reset(struct rp_stmt *base)
{
	struct pg_stmt *s = stmt_of(base);
	struct pg_db *db = db_of(base->db);
	struct rp_err *e;
	char close[32];

	PQclear(s->result);
	s->result = NULL;
	s->is_last = false;
	if (s->cursor[0] == '\0')
		return;
	/* In a failed transaction the cursor dies with its savepoint. */
	(void)snprintf(close, sizeof(close), "CLOSE %s", s->cursor);
	s->cursor[0] = '\0';
	if (db->conn == NULL || base->db->tx->failure != 0)
		return;
	e = pg_send_as(db, "CLOSE", close);
	if (e != NULL)
		base->db->tx->failure = (int)rp_err_code(e);
	rp_err_free(e);
}

static void
pg_bind(struct rp_stmt *base, int at, const struct rp_cell *v)
{
	struct pg_stmt *s = stmt_of(base);

	RP_ASSERT(at < s->n_params && v->octets.n <= INT32_MAX);
	switch (v->kind) {
	case CELL_NULL:
		s->values[at] = NULL;
		return;
	case CELL_I64:
		s->numbers[at] = htobe64((uint64_t)v->i64);
		s->values[at] = (const char *)&s->numbers[at];
		s->lengths[at] = sizeof(s->numbers[at]);
		return;
	default:
		s->values[at] =
		    v->octets.n > 0 ? (const char *)v->octets.p : "";
		s->lengths[at] = (int)v->octets.n;
		return;
	}
}

static struct rp_err *
pg_exec(struct rp_stmt *base)
{
	struct pg_db *db = db_of(base->db);

	RP_TRY(pg_send_stmt(db, stmt_of(base)));
	/* In a read transaction nothing ends it that would report. */
	if (base->db->tx->mode == RP_TX_READ)
		return pg_sync(db, NULL);
	return NULL;
}

static struct rp_err *
pg_run(struct rp_stmt *base)
{
	struct pg_stmt *s = stmt_of(base);
	struct pg_db *db = db_of(base->db);

	RP_TRY(pg_send_stmt(db, s));
	s->row = -1;
	return pg_sync(db, &s->result);
}

static struct rp_err *
pg_count(struct rp_stmt *base, int64_t *out)
{
	RP_TRY(pg_run(base));
	if (!rp_text_i64(rp_text_z(PQcmdTuples(stmt_of(base)->result)), out))
		*out = 0;
	return NULL;
}

static struct rp_err *
pg_step(struct rp_stmt *base, bool *out_row)
{
	struct pg_stmt *s = stmt_of(base);

	if (s->result == NULL)
		RP_TRY(pg_run(base));
	*out_row = ++s->row < PQntuples(s->result);
	return NULL;
}

static struct rp_err *
declare(struct pg_db *db, struct pg_stmt *s)
{
	char *sql = NULL;
	struct rp_err *e;

	(void)snprintf(s->cursor, sizeof(s->cursor), "c%u", db->cursors++);
	s->fetch = FETCH_FIRST;
	s->is_last = false;
	RP_ASSERT(asprintf(&sql, "DECLARE %s NO SCROLL CURSOR FOR %s",
		      s->cursor, s->base.q->sql[RP_PG]) > 0);
	e = pg_send_params(db, s, sql);
	free(sql);
	return e;
}

/* As many rows as take FETCH_SIZE, going by those that came last. */
static void
adapt_fetch(struct pg_stmt *s, int n)
{
	size_t one = n > 0 ? PQresultMemorySize(s->result) / (size_t)n : 1;
	size_t rows = FETCH_SIZE / (one > 0 ? one : 1);

	if (rows > (size_t)s->fetch * 4)
		rows = (size_t)s->fetch * 4;
	if (rows > FETCH_ROWS)
		rows = FETCH_ROWS;
	s->fetch = rows > 0 ? (int)rows : 1;
}

/*
 * A cursor, and not libpq's single-row mode: the caller may ask other
 * questions between two rows.
 */
static struct rp_err *
pg_stream(struct rp_stmt *base, bool *out_row)
{
	struct pg_stmt *s = stmt_of(base);
	struct pg_db *db = db_of(base->db);
	char fetch[48];
	int n;

	if (s->result != NULL && ++s->row < PQntuples(s->result)) {
		*out_row = true;
		return NULL;
	}
	*out_row = false;
	if (s->is_last)
		return NULL;
	if (s->cursor[0] == '\0')
		RP_TRY(declare(db, s));
	PQclear(s->result);
	s->result = NULL;
	(void)snprintf(fetch, sizeof(fetch), "FETCH %d FROM %s", s->fetch,
	    s->cursor);
	RP_TRY(pg_send_as(db, base->q->name, fetch));
	RP_TRY(pg_sync(db, &s->result));
	s->row = 0;
	n = PQntuples(s->result);
	s->is_last = n < s->fetch;
	adapt_fetch(s, n);
	*out_row = n > 0;
	return NULL;
}

static int64_t
integer(const uint8_t *p, int n)
{
	uint64_t v = n > 0 && n < 8 && p[0] & 0x80 ? UINT64_MAX : 0;

	if (n == 1)
		v = 0; /* bool */
	for (int i = 0; i < n; i++)
		v = v << 8 | p[i];
	return (int64_t)v;
}

static struct rp_err *
pg_cell(struct rp_stmt *base, int col, struct rp_cell *out)
{
	struct pg_stmt *s = stmt_of(base);
	const PGresult *r = s->result;

	*out = (struct rp_cell){ .kind = CELL_NULL };
	if (PQgetisnull(r, s->row, col))
		return NULL;
	out->octets.p = (const uint8_t *)PQgetvalue(r, s->row, col);
	out->octets.n = (size_t)PQgetlength(r, s->row, col);
	switch (PQftype(r, col)) {
	case OID_TEXT:
		out->kind = CELL_TEXT;
		return NULL;
	case OID_BYTEA:
		out->kind = CELL_BYTES;
		return NULL;
	case OID_BOOL:
	case OID_INT2:
	case OID_INT4:
	case OID_INT8:
		out->kind = CELL_I64;
		out->i64 = integer(out->octets.p, (int)out->octets.n);
		return NULL;
	default:
		return rp_fail(RP_E_INTERNAL, "%s: column %d has type %u",
		    base->q->name, col, (unsigned)PQftype(r, col));
	}
}

const struct rp_engine rp_pg_engine = {
	.dialect = RP_PG,
	.is_shared = true,
	.open = pg_open,
	.close = pg_close,
	.version = pg_version,
	.checkpoint = pg_checkpoint,
	.begin = pg_begin,
	.commit = pg_commit,
	.rollback = pg_rollback,
	.save = pg_save,
	.release = pg_release,
	.undo = pg_undo,
	.script = pg_run_script,
	.prepare = pg_prepare,
	.finalize = pg_finalize,
	.reset = pg_reset,
	.bind = pg_bind,
	.exec = pg_exec,
	.count = pg_count,
	.step = pg_step,
	.stream = pg_stream,
	.cell = pg_cell,
};
