/*
 * Group commit through generated queries, and beside it the same rows with the
 * bare SQLite calls, interleaved; and point reads. Prints rates.
 *
 * usage: db_bench URL [SECONDS [CHECKPOINTS_A_SECOND]]
 *
 * With the third argument a process of its own makes the checkpoints.
 */
#include <inttypes.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "store/migration.h"
#include "store/q_testing.h"

#define REQUESTS 64
#define PARTS 3
#define BODY 500
#define TURN_MS_MAX 1000

extern const struct rp_migration testing_migrations[];

struct bench {
	struct rp_db *db;
	int64_t n;
	char body[BODY + 1];
};

static struct rp_err *
request(struct bench *b, struct rp_tx *tx, struct rp_arena *a)
{
	struct q_item_insert_row item;

	b->n++;
	RP_TRY(q_item_insert(tx,
	    &(struct q_item_insert_param){
		.name = rp_textf(a, "name %" PRId64, b->n),
		.data = rp_text_bytes(rp_text_z(b->body)),
		.n = b->n,
	    },
	    &item));
	for (int i = 0; i < PARTS; i++)
		RP_TRY(q_part_put(tx, &(struct q_part_put_param){ item.id, i,
					  rp_text_z(b->body) }));
	return NULL;
}

static struct rp_err *
turn(struct bench *b)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 24);
	RP_AUTO(rp_arena_freep) struct rp_arena *own = rp_arena_new(1 << 24);
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(b->db, a, RP_TX_WRITE, &tx));
	for (int i = 0; i < REQUESTS; i++) {
		RP_TRY(rp_tx_save(tx, own));
		RP_TRY(request(b, tx, own));
		RP_TRY(rp_tx_release(tx));
		rp_arena_reset(own);
	}
	return rp_tx_commit(tx);
}

static int
quantile(const int64_t *took, int64_t turns, double q)
{
	int64_t seen = 0;

	for (int ms = 0; ms < TURN_MS_MAX; ms++) {
		seen += took[ms];
		if ((double)seen >= q * (double)turns)
			return ms;
	}
	return TURN_MS_MAX;
}

static struct rp_err *
run(struct bench *b, int64_t seconds)
{
	int64_t from = rp_clock_mono(), until = from + seconds * RP_SECOND;
	int64_t turns = 0, now = from, before;
	int64_t took[TURN_MS_MAX + 1] = { 0 };
	double rate;

	while (now < until) {
		before = now;
		RP_TRY(turn(b));
		turns++;
		now = rp_clock_mono();
		took[now - before < TURN_MS_MAX ? now - before : TURN_MS_MAX]++;
	}
	rate = (double)turns * REQUESTS * 1000 / (double)(now - from);
	printf("%.0f requests/s, %.0f rows/s, turns in ms: median %d, "
	       "p99 %d, worst %d\n",
	    rate, rate * (1 + PARTS), quantile(took, turns, 0.5),
	    quantile(took, turns, 0.99), quantile(took, turns, 1));
	return NULL;
}

/* Point reads: one statement, one row of six columns. */
static struct rp_err *
read_turn(struct bench *b, int64_t first)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 24);
	struct q_item_get_row row;
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(b->db, a, RP_TX_READ, &tx));
	for (int i = 0; i < REQUESTS; i++)
		RP_TRY(q_item_get(tx,
		    &(struct q_item_get_param){ 1 + (first * 7919 + i) % b->n },
		    &row));
	return rp_tx_commit(tx);
}

static struct rp_err *
reads(struct bench *b, int64_t seconds)
{
	int64_t from = rp_clock_mono(), until = from + seconds * RP_SECOND;
	int64_t turns = 0;

	for (; rp_clock_mono() < until; turns++)
		RP_TRY(read_turn(b, turns));
	printf("%.0f point reads/s\n",
	    (double)turns * REQUESTS * 1000 / (double)(rp_clock_mono() - from));
	return NULL;
}

static sqlite3_stmt *
prepared(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *s = NULL;

	RP_ASSERT(sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK);
	return s;
}

static void
bare(struct bench *b, const char *path, int64_t seconds)
{
	int64_t from = rp_clock_mono(), until = from + seconds * RP_SECOND;
	int64_t turns = 0, id, length;
	sqlite3_stmt *item, *part;
	char name[64];
	sqlite3 *db;

	RP_ASSERT(sqlite3_open(path, &db) == SQLITE_OK);
	(void)sqlite3_exec(db,
	    "PRAGMA synchronous=FULL;"
	    "PRAGMA foreign_keys=ON;"
	    "PRAGMA wal_autocheckpoint=4000",
	    NULL, NULL, NULL);
	item = prepared(db, "INSERT INTO item (name, data, n, flag) "
			    "VALUES (?1, ?2, ?3, 0)");
	part = prepared(db, "INSERT INTO part VALUES (?1, ?2, ?3)");
	for (; rp_clock_mono() < until; turns++) {
		(void)sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
		for (int i = 0; i < REQUESTS; i++) {
			length = snprintf(name, sizeof(name), "name %" PRId64,
			    ++b->n);
			sqlite3_bind_text(item, 1, name, (int)length, NULL);
			sqlite3_bind_blob(item, 2, b->body, BODY, NULL);
			sqlite3_bind_int64(item, 3, b->n);
			RP_ASSERT(sqlite3_step(item) == SQLITE_DONE);
			sqlite3_reset(item);
			id = sqlite3_last_insert_rowid(db);
			for (int k = 0; k < PARTS; k++) {
				sqlite3_bind_int64(part, 1, id);
				sqlite3_bind_int64(part, 2, k);
				sqlite3_bind_text(part, 3, b->body, BODY, NULL);
				RP_ASSERT(sqlite3_step(part) == SQLITE_DONE);
				sqlite3_reset(part);
			}
		}
		RP_ASSERT(
		    sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK);
	}
	printf("bare SQLite: %.0f rows/s\n",
	    (double)turns * REQUESTS * (1 + PARTS) * 1000 /
		(double)(rp_clock_mono() - from));
	sqlite3_finalize(item);
	sqlite3_finalize(part);
	sqlite3_close(db);
}

static pid_t
checkpointer(const char *url, int64_t per_second)
{
	struct timespec pause = { .tv_nsec = 1000000000 / per_second };
	pid_t child = fork();
	struct rp_db *db;

	if (child != 0)
		return child;
	RP_ASSERT(rp_db_open(url, &db) == NULL);
	for (;;) {
		RP_ASSERT(rp_db_checkpoint(db) == NULL);
		(void)nanosleep(&pause, NULL);
	}
}

static struct rp_err *
bench(const char *url, int64_t seconds)
{
	RP_AUTO(rp_db_closep) struct rp_db *db = NULL;
	struct bench b = { 0 };
	int applied;

	memset(b.body, 'x', BODY);
	RP_TRY(rp_db_open(url, &db));
	RP_TRY(rp_migrate_to(db, testing_migrations, 0, &applied));
	b.db = db;
	for (int i = 0; i < 3; i++) {
		RP_TRY(run(&b, seconds));
		RP_TRY(reads(&b, seconds));
		if (!rp_db_is_shared(db))
			bare(&b, url + sizeof("sqlite:") - 1, seconds);
	}
	return NULL;
}

int
main(int argc, char **argv)
{
	int64_t seconds = 2, checkpoints = 0;
	pid_t child = 0;
	struct rp_err *e;

	if (argc < 2 ||
	    (argc > 2 && !rp_text_i64(rp_text_z(argv[2]), &seconds)) ||
	    (argc > 3 && !rp_text_i64(rp_text_z(argv[3]), &checkpoints))) {
		fprintf(stderr, "usage: db_bench URL [SECONDS [RATE]]\n");
		return 2;
	}
	if (checkpoints > 0)
		child = checkpointer(argv[1], checkpoints);
	e = bench(argv[1], seconds);
	if (child > 0)
		(void)kill(child, SIGTERM);
	if (e != NULL)
		fprintf(stderr, "%s\n", rp_err_message(e));
	return e != NULL;
}
