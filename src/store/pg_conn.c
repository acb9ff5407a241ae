#include "store/pg_conn.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/err.h"

#define OID_BOOL 16
#define OID_BYTEA 17
#define OID_INT8 20
#define OID_INT2 21
#define OID_INT4 23
#define OID_TEXT 25

/*
 * A statement that runs for 20 seconds is a mistake of ours; a lock not had
 * after five is a broken peer. What the administrator configured as weaker
 * durability than `on` does not count here: acknowledged means on disk.
 */
static const char setup_sql[] =
    "SET client_encoding = 'UTF8';"
    "SET TIME ZONE 'UTC';"
    "SET statement_timeout = '20s';"
    "SET lock_timeout = '5s';"
    "SET idle_in_transaction_session_timeout = '60s';"
    "SET synchronous_commit = on;"
    "SET standard_conforming_strings = on;"
    "SET cursor_tuple_fraction = 1;"
    "SET client_min_messages = error";

static enum rp_ecode
code_of(const struct pg_db *db, const char *state)
{
	static const char *const later[] = { "08", "53", "57", "58", "40",
		"55P03" };

	if (state == NULL)
		return RP_E_UNAVAILABLE;
	if (strncmp(state, "23", 2) == 0)
		return RP_E_CONFLICT;
	for (size_t i = 0; i < sizeof(later) / sizeof(later[0]); i++)
		if (strncmp(state, later[i], strlen(later[i])) == 0)
			return RP_E_UNAVAILABLE;
	/* Read-only where we did not ask for it: a standby, or a setting. */
	if (strcmp(state, "25006") == 0 && db->base.tx != NULL &&
	    db->base.tx->mode == RP_TX_WRITE)
		return RP_E_UNAVAILABLE;
	return RP_E_INTERNAL;
}

static struct rp_err *
result_error(const struct pg_db *db, const PGresult *r, const char *what)
{
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
	const char *text = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);

	/* Not the detail: it quotes the row. */
	return rp_fail(code_of(db, state), "%s: %s (%s)", what,
	    text != NULL ? text : PQresultErrorMessage(r),
	    state != NULL ? state : "no connection");
}

static struct rp_err *
lost(struct pg_db *db, const char *what)
{
	struct rp_err *e = rp_fail(RP_E_UNAVAILABLE, "%s: %s", what,
	    db->conn != NULL ? PQerrorMessage(db->conn) : "no connection");

	pg_drop(db);
	return e;
}

void
pg_drop(struct pg_db *db)
{
	if (db->conn != NULL)
		PQfinish(db->conn);
	db->conn = NULL;
	db->n_queued = 0;
	db->has_unchecked = false;
}

static void
ignore_notice(void *ctx RP_UNUSED, const PGresult *r RP_UNUSED)
{
}

static struct rp_err *
connect_anew(struct pg_db *db)
{
	/* What stands in the url comes last and wins. */
	static const char *const keys[] = { "connect_timeout",
		"tcp_user_timeout", "application_name", "dbname", NULL };
	const char *const values[] = { "5", "10000", "rapporteur", db->url,
		NULL };
	PGresult *r;
	bool is_set;

	pg_drop(db);
	db->conn = PQconnectdbParams(keys, values, 1);
	RP_ASSERT(db->conn != NULL);
	db->generation++;
	if (PQstatus(db->conn) != CONNECTION_OK)
		return lost(db, "connecting");
	(void)PQsetNoticeReceiver(db->conn, ignore_notice, NULL);
	r = PQexec(db->conn, setup_sql);
	is_set = PQresultStatus(r) == PGRES_COMMAND_OK;
	PQclear(r);
	if (!is_set || PQenterPipelineMode(db->conn) != 1)
		return lost(db, "settings");
	return NULL;
}

/* Between transactions the server says nothing, unless it goes away. */
static bool
is_alive(struct pg_db *db)
{
	char c;

	if (db->conn == NULL || PQstatus(db->conn) != CONNECTION_OK ||
	    PQconsumeInput(db->conn) != 1)
		return false;
	return recv(PQsocket(db->conn), &c, 1, MSG_PEEK | MSG_DONTWAIT) < 0 &&
	       errno == EAGAIN;
}

struct rp_err *
pg_ready(struct pg_db *db)
{
	if (is_alive(db))
		return NULL;
	return connect_anew(db);
}

static void
push(struct pg_db *db, const char *what, struct pg_stmt *prepares)
{
	RP_ASSERT(db->n_queued < PG_QUEUE_MAX);
	db->queue[db->n_queued++] =
	    (struct pg_op){ .what = what, .prepares = prepares };
}

/* Room for three more, and a connection to send them on. */
static struct rp_err *
make_room(struct pg_db *db, const char *what)
{
	if (db->conn == NULL)
		return lost(db, what);
	if (db->n_queued > PG_QUEUE_MAX - 3)
		return pg_sync(db, NULL);
	return NULL;
}

struct rp_err *
pg_send_as(struct pg_db *db, const char *what, const char *sql)
{
	RP_TRY(make_room(db, what));
	if (PQsendQueryParams(db->conn, sql, 0, NULL, NULL, NULL, NULL, 1) != 1)
		return lost(db, what);
	push(db, what, NULL);
	return NULL;
}

struct rp_err *
pg_send(struct pg_db *db, const char *literal)
{
	return pg_send_as(db, literal, literal);
}

struct rp_err *
pg_send_prepare(struct pg_db *db, struct pg_stmt *s)
{
	const struct rp_query *q = s->base.q;

	if (s->generation == db->generation)
		return NULL;
	RP_TRY(make_room(db, q->name));
	if (PQsendPrepare(db->conn, s->name, q->sql[RP_PG], s->n_params,
		s->types) != 1)
		return lost(db, q->name);
	push(db, q->name, s);
	if (PQsendDescribePrepared(db->conn, s->name) != 1)
		return lost(db, q->name);
	push(db, q->name, s);
	s->generation = db->generation;
	return NULL;
}

struct rp_err *
pg_send_stmt(struct pg_db *db, struct pg_stmt *s)
{
	const char *what = s->base.q->name;

	RP_TRY(make_room(db, what));
	RP_TRY(pg_send_prepare(db, s));
	if (PQsendQueryPrepared(db->conn, s->name, s->n_params, s->values,
		s->lengths, s->formats, 1) != 1)
		return lost(db, what);
	push(db, what, NULL);
	db->has_unchecked = true;
	return NULL;
}

struct rp_err *
pg_send_params(struct pg_db *db, struct pg_stmt *s, const char *sql)
{
	const char *what = s->base.q->name;

	RP_TRY(make_room(db, what));
	if (PQsendQueryParams(db->conn, sql, s->n_params, s->types, s->values,
		s->lengths, s->formats, 1) != 1)
		return lost(db, what);
	push(db, what, NULL);
	db->has_unchecked = true;
	return NULL;
}

static bool
type_fits(char letter, Oid type)
{
	switch (letter) {
	case 't':
		return type == OID_TEXT;
	case 'o':
		return type == OID_BYTEA;
	default:
		return type == OID_INT8 || type == OID_INT4 ||
		       type == OID_INT2 || type == OID_BOOL;
	}
}

/* The row line of the query against what the server says it returns. */
static struct rp_err *
check_columns(const struct rp_query *q, const PGresult *r)
{
	int n = PQnfields(r);

	if ((size_t)n != strlen(q->columns))
		return rp_fail(RP_E_INTERNAL, "%s: %d columns, %zu declared",
		    q->name, n, strlen(q->columns));
	for (int i = 0; i < n; i++)
		if (!type_fits(q->columns[i], PQftype(r, i)))
			return rp_fail(RP_E_INTERNAL,
			    "%s: column %d has type %u", q->name, i,
			    (unsigned)PQftype(r, i));
	return NULL;
}

static struct rp_err *
check_result(struct pg_db *db, const struct pg_op *op, const PGresult *r)
{
	switch (PQresultStatus(r)) {
	case PGRES_COMMAND_OK:
		if (op->prepares != NULL && PQnfields(r) > 0)
			return check_columns(op->prepares->base.q, r);
		return NULL;
	case PGRES_TUPLES_OK:
		return NULL;
	case PGRES_PIPELINE_ABORTED:
		return rp_fail(RP_E_INTERNAL, "%s: skipped", op->what);
	default:
		return result_error(db, r, op->what);
	}
}

static struct rp_err *
read_sync(struct pg_db *db)
{
	PGresult *r = PQgetResult(db->conn);
	bool is_sync = PQresultStatus(r) == PGRES_PIPELINE_SYNC;

	PQclear(r);
	return is_sync ? NULL : lost(db, "sync");
}

struct rp_err *
pg_sync(struct pg_db *db, PGresult **out)
{
	struct rp_err *e = NULL, *one;
	PGresult *last = NULL, *r;

	if (db->conn == NULL || PQpipelineSync(db->conn) != 1)
		return lost(db, "sync");
	for (int i = 0; i < db->n_queued; i++) {
		struct pg_op *op = &db->queue[i];

		PQclear(last);
		last = PQgetResult(db->conn);
		one = check_result(db, op, last);
		if (one != NULL && op->prepares != NULL)
			op->prepares->generation = 0;
		if (e == NULL)
			e = one;
		else
			rp_err_free(one);
		while ((r = PQgetResult(db->conn)) != NULL)
			PQclear(r);
		if (PQstatus(db->conn) != CONNECTION_OK)
			break;
	}
	db->n_queued = 0;
	db->has_unchecked = false;
	if (PQstatus(db->conn) != CONNECTION_OK)
		pg_drop(db);
	one = db->conn != NULL ? read_sync(db) : NULL;
	if (e == NULL)
		e = one;
	else
		rp_err_free(one);
	if (e == NULL && out != NULL)
		*out = last;
	else
		PQclear(last);
	return e;
}

struct rp_err *
pg_script(struct pg_db *db, const char *sql)
{
	struct rp_err *e = NULL;
	PGresult *r;

	RP_TRY(pg_sync(db, NULL));
	RP_ASSERT(PQexitPipelineMode(db->conn) == 1);
	r = PQexec(db->conn, sql);
	if (PQresultStatus(r) != PGRES_COMMAND_OK &&
	    PQresultStatus(r) != PGRES_TUPLES_OK)
		e = result_error(db, r, "script");
	PQclear(r);
	if (PQstatus(db->conn) != CONNECTION_OK ||
	    PQenterPipelineMode(db->conn) != 1)
		pg_drop(db);
	return e;
}
