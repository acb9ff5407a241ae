/* What only a server can do to us: go away, come back, be shared. */
#include <libpq-fe.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/check.h"
#include "store/migration.h"
#include "store/q_testing.h"
#include "store/test_db.h"

#define BIG ((size_t)1024 * 1024)

extern const struct rp_migration testing_migrations[];

/* End the connections of this test, as a restart of the server does. */
static void
kill_connections(void)
{
	PGconn *conn = PQconnectdb(getenv("RP_TEST_PG"));
	char sql[256];
	PGresult *r;

	(void)snprintf(sql, sizeof(sql),
	    "SELECT count(pg_terminate_backend(pid, 5000)) "
	    "FROM pg_stat_activity WHERE application_name = 'pg_test_%d'",
	    (int)getpid());
	r = PQexec(conn, sql);
	RP_CHECK(PQresultStatus(r) == PGRES_TUPLES_OK);
	PQclear(r);
	PQfinish(conn);
}

static struct rp_err *
put(struct rp_tx *tx, int64_t n)
{
	return q_item_put(tx,
	    &(struct q_item_put_param){ n,
		rp_textf(rp_tx_arena(tx), "item %lld", (long long)n),
		RP_BYTES("") });
}

static int64_t
total(struct rp_db *db)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct q_item_total_row row;
	struct rp_tx *tx;

	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_READ, &tx));
	RP_CHECK_OK(q_item_total(tx, &row));
	return row.total;
}

static struct rp_db *
open_new(char url[RP_TEST_URL_MAX])
{
	struct rp_db *db;
	int applied;
	size_t n;

	rp_test_db_pg(url);
	n = strlen(url);
	(void)snprintf(url + n, RP_TEST_URL_MAX - n,
	    "&application_name=pg_test_%d", (int)getpid());
	RP_CHECK_OK(rp_db_open(url, &db));
	RP_CHECK_OK(rp_migrate_to(db, testing_migrations, 0, &applied));
	return db;
}

/* The connection goes at each point of a turn; the next turn works. */
static struct rp_err *
turn(struct rp_db *db, int kill_at, bool *out_done)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct q_item_find_row row;
	struct rp_tx *tx;
	int step = 0;
	bool found;

	*out_done = false;
	if (kill_at == step++)
		kill_connections();
	RP_TRY(rp_tx_begin(db, a, RP_TX_WRITE, &tx));
	if (kill_at == step++)
		kill_connections();
	for (int i = 0; i < 2; i++) {
		RP_TRY(rp_tx_save(tx, a));
		if (kill_at == step++)
			kill_connections();
		RP_TRY(put(tx, i));
		if (kill_at == step++)
			kill_connections();
		RP_TRY(q_item_find(tx,
		    &(struct q_item_find_param){ RP_TEXT("item 0") }, &row,
		    &found));
		RP_CHECK(found);
		if (kill_at == step++)
			kill_connections();
		RP_TRY(rp_tx_release(tx));
	}
	if (kill_at == step++)
		kill_connections();
	RP_TRY(rp_tx_commit(tx));
	*out_done = kill_at >= step;
	return NULL;
}

static void
killed_anywhere(void)
{
	bool done = false;

	for (int at = 0; !done; at++) {
		RP_AUTO(rp_db_closep) struct rp_db *db = NULL;
		char url[RP_TEST_URL_MAX];
		struct rp_err *e;

		db = open_new(url);
		e = turn(db, at, &done);
		/* Gone while idle: nobody notices. */
		RP_CHECK(at > 0 || e == NULL);
		if (e != NULL) {
			RP_CHECK(rp_err_code(e) == RP_E_UNAVAILABLE);
			rp_err_free(e);
			RP_CHECK(total(db) == 0);
			RP_CHECK_OK(turn(db, -1, &done));
			done = false;
		}
		RP_CHECK(total(db) == 2);
	}
}

/* The other requests of the turn hear the same: come again later. */
static void
rest_of_the_turn(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	RP_AUTO(rp_db_closep) struct rp_db *db = NULL;
	char url[RP_TEST_URL_MAX];
	struct rp_tx *tx;

	db = open_new(url);
	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_WRITE, &tx));
	RP_CHECK_OK(rp_tx_save(tx, a));
	RP_CHECK_OK(put(tx, 1));
	kill_connections();
	RP_CHECK_FAILS(rp_tx_release(tx), RP_E_UNAVAILABLE);
	RP_CHECK_FAILS(rp_tx_undo(tx), RP_E_UNAVAILABLE);
	RP_CHECK_FAILS(rp_tx_save(tx, a), RP_E_UNAVAILABLE);
	RP_CHECK_FAILS(rp_tx_commit(tx), RP_E_UNAVAILABLE);
	RP_CHECK(total(db) == 0);
}

static void
two_machines(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	RP_AUTO(rp_db_closep) struct rp_db *one = NULL;
	RP_AUTO(rp_db_closep) struct rp_db *two = NULL;
	struct q_item_total_row row;
	char url[RP_TEST_URL_MAX];
	int64_t before, after;
	struct rp_tx *tx;

	one = open_new(url);
	RP_CHECK_OK(rp_db_open(url, &two));
	RP_CHECK(rp_db_is_shared(one));
	RP_CHECK_OK(rp_db_version(two, &before));

	RP_CHECK_OK(rp_tx_begin(one, a, RP_TX_WRITE, &tx));
	RP_CHECK_OK(put(tx, 1));
	RP_CHECK_OK(rp_tx_commit(tx));
	RP_CHECK_OK(rp_db_version(two, &after));
	RP_CHECK(before != after);

	/* One snapshot, whatever the other machine does. */
	RP_CHECK_OK(rp_tx_begin(two, a, RP_TX_READ, &tx));
	RP_CHECK_OK(q_item_total(tx, &row));
	RP_CHECK(row.total == 1);
	RP_CHECK_OK(rp_tx_begin(one, a, RP_TX_WRITE, &tx));
	RP_CHECK_OK(put(tx, 2));
	RP_CHECK_OK(rp_tx_commit(tx));
	rp_arena_reset(a);
	RP_CHECK(total(two) == 2);
}

struct big {
	int seen;
};

static struct rp_err *
see_big(void *ctx, const struct q_item_each_row *row)
{
	RP_CHECK(row->data.n == BIG && row->data.p[BIG - 1] == 'z');
	((struct big *)ctx)->seen++;
	return NULL;
}

/* More than the sockets hold, both ways. */
static void
big_rows(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(BIG * 4);
	RP_AUTO(rp_db_closep) struct rp_db *db = NULL;
	uint8_t *p = rp_alloc(a, BIG);
	char url[RP_TEST_URL_MAX];
	struct big big = { 0 };
	struct rp_tx *tx;

	memset(p, 'z', BIG);
	db = open_new(url);
	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_WRITE, &tx));
	for (int i = 0; i < 30; i++)
		RP_CHECK_OK(
		    q_item_put(tx, &(struct q_item_put_param){ i,
				       rp_textf(a, "big %d", i), { p, BIG } }));
	RP_CHECK_OK(q_item_each(tx, see_big, &big));
	RP_CHECK(big.seen == 30);
	RP_CHECK_OK(rp_tx_commit(tx));
}

static void
unreachable(void)
{
	struct rp_db *db;

	RP_CHECK_FAILS(rp_db_open("postgresql:///x?host=/nowhere", &db),
	    RP_E_UNAVAILABLE);
	if (!rp_test_has_pg())
		RP_SKIP_ALL("no PostgreSQL");
}

RP_CHECK_MAIN({ "a server that is not there", unreachable },
    { "the connection is lost anywhere in a turn", killed_anywhere },
    { "the rest of a turn after that", rest_of_the_turn },
    { "two machines on one database", two_machines },
    { "rows larger than the sockets", big_rows })
