/* Several processes on one file. */
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"
#include "base/clock.h"
#include "store/migration.h"
#include "store/q_testing.h"
#include "store/test_db.h"

#define WRITERS 3
#define TURNS 40

extern const struct rp_migration testing_migrations[];

static struct rp_err *
put(struct rp_db *db, int64_t n)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(db, a, RP_TX_WRITE, &tx));
	RP_TRY(q_item_put(tx,
	    &(struct q_item_put_param){ n,
		rp_textf(a, "item %lld", (long long)n), RP_BYTES("") }));
	return rp_tx_commit(tx);
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

	rp_test_db_sqlite(url);
	RP_CHECK_OK(rp_db_open(url, &db));
	RP_CHECK_OK(rp_migrate_to(db, testing_migrations, 0, &applied));
	return db;
}

static int
writer(const char *url, int which)
{
	RP_AUTO(rp_db_closep) struct rp_db *db = NULL;

	RP_CHECK_OK(rp_db_open(url, &db));
	for (int i = 0; i < TURNS; i++)
		RP_CHECK_OK(put(db, which * TURNS + i));
	return 0;
}

static void
writers_take_turns(void)
{
	char url[RP_TEST_URL_MAX];
	struct rp_db *db = open_new(url);
	int64_t before, after;
	int status;

	RP_CHECK_OK(rp_db_version(db, &before));
	for (int i = 0; i < WRITERS; i++)
		if (fork() == 0)
			_exit(writer(url, i));
	for (int i = 0; i < WRITERS; i++)
		RP_CHECK(wait(&status) > 0 && status == 0);
	RP_CHECK_OK(rp_db_version(db, &after));
	RP_CHECK(before != after);
	RP_CHECK(total(db) == (int64_t)WRITERS * TURNS);
	rp_db_close(db);
	rp_test_db_drop(url);
}

static void
on_alarm(int sig RP_UNUSED)
{
}

/* Somebody does not let go: a signal ends the wait. */
static void
wait_ends(void)
{
	char url[RP_TEST_URL_MAX];
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct sigaction act = { .sa_handler = on_alarm };
	struct rp_db *one = open_new(url), *two;
	struct rp_tx *tx;

	RP_CHECK_OK(rp_db_open(url, &two));
	RP_CHECK_OK(rp_tx_begin(one, a, RP_TX_WRITE, &tx));
	RP_CHECK(total(two) == 0);
	RP_CHECK(sigaction(SIGALRM, &act, NULL) == 0);
	(void)ualarm(20000, 20000);
	RP_CHECK_FAILS(put(two, 1), RP_E_UNAVAILABLE);
	(void)ualarm(0, 0);
	rp_arena_reset(a);
	RP_CHECK_OK(put(two, 1));
	rp_db_close(one);
	rp_db_close(two);
	rp_test_db_drop(url);
}

/* A program that knows nothing of our lock has the file. */
static void
foreign_lock(void)
{
	char url[RP_TEST_URL_MAX];
	struct rp_db *db = open_new(url);
	sqlite3 *other;
	int64_t from = rp_clock_mono();

	RP_CHECK(
	    sqlite3_open(url + sizeof("sqlite:") - 1, &other) == SQLITE_OK);
	RP_CHECK(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL) ==
		 SQLITE_OK);
	RP_CHECK_FAILS(put(db, 1), RP_E_UNAVAILABLE);
	RP_CHECK(rp_clock_mono() - from < 2000);
	RP_CHECK(total(db) == 0);
	RP_CHECK(sqlite3_exec(other, "COMMIT", NULL, NULL, NULL) == SQLITE_OK);
	RP_CHECK(sqlite3_close(other) == SQLITE_OK);
	RP_CHECK_OK(put(db, 1));
	RP_CHECK(total(db) == 1);
	rp_db_close(db);
	rp_test_db_drop(url);
}

static void
one_snapshot(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	char url[RP_TEST_URL_MAX];
	struct rp_db *one = open_new(url), *two;
	struct q_item_total_row row;
	struct rp_tx *tx;

	RP_CHECK_OK(rp_db_open(url, &two));
	RP_CHECK_OK(rp_tx_begin(two, a, RP_TX_READ, &tx));
	RP_CHECK_OK(q_item_total(tx, &row));
	RP_CHECK_OK(put(one, 1));
	RP_CHECK_OK(q_item_total(tx, &row));
	RP_CHECK(row.total == 0);
	RP_CHECK_OK(rp_tx_commit(tx));
	RP_CHECK(total(two) == 1);
	RP_CHECK_OK(rp_db_checkpoint(two));
	RP_CHECK(total(one) == 1);
	rp_db_close(one);
	rp_db_close(two);
	rp_test_db_drop(url);
}

RP_CHECK_MAIN({ "writers take turns", writers_take_turns },
    { "a signal ends the wait for the lock", wait_ends },
    { "a foreign lock", foreign_lock },
    { "a read transaction sees one snapshot", one_snapshot })
