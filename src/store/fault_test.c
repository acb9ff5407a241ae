#include "store/fault.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/check.h"
#include "store/migration.h"
#include "store/q_testing.h"
#include "store/test_db.h"

#define TURNS 4
#define REQUESTS 2
#define PARTS 2

extern const struct rp_migration testing_migrations[];

static struct rp_err *
request(struct rp_tx *tx, int64_t n)
{
	static const char body[2500] = "some octets";
	struct q_item_insert_row item;

	RP_TRY(q_item_insert(tx,
	    &(struct q_item_insert_param){
		.name = rp_textf(rp_tx_arena(tx), "item %lld", (long long)n),
		.data = { (const uint8_t *)body, sizeof(body) },
		.n = n,
	    },
	    &item));
	for (int i = 0; i < PARTS; i++)
		RP_TRY(q_part_put(tx,
		    &(struct q_part_put_param){ item.id, i, RP_TEXT("part") }));
	return NULL;
}

/* Many requests in one transaction, each with a savepoint. */
static struct rp_err *
turn(struct rp_db *db, int64_t n)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(db, a, RP_TX_WRITE, &tx));
	for (int i = 0; i < REQUESTS; i++) {
		RP_TRY(rp_tx_save(tx, a));
		RP_TRY(request(tx, n * REQUESTS + i));
		RP_TRY(rp_tx_release(tx));
	}
	return rp_tx_commit(tx);
}

struct tally {
	struct rp_tx *tx;
	int64_t items;
};

static struct rp_err *
tally_one(void *ctx, const struct q_item_each_row *row)
{
	struct tally *t = ctx;
	struct q_part_list_rows parts;

	t->items++;
	RP_TRY(
	    q_part_list(t->tx, &(struct q_part_list_param){ row->id }, &parts));
	RP_CHECK(parts.n == PARTS);
	return NULL;
}

/* The number of items; each has all its parts and the file is sound. */
static int64_t
items_of(struct rp_db *db)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 22);
	struct tally t = { 0 };
	rp_text wrong;

	RP_CHECK_OK(rp_db_integrity(db, a, &wrong));
	RP_CHECK_TEXT(wrong, RP_TEXT(""));
	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_READ, &t.tx));
	RP_CHECK_OK(q_item_each(t.tx, tally_one, &t));
	return t.items;
}

static struct rp_err *
open_migrated(const char *url, struct rp_db **out)
{
	int applied;

	RP_TRY(rp_db_open(url, out));
	return rp_migrate_to(*out, testing_migrations, 0, &applied);
}

/* False once the n-th operation was not reached. */
static bool
fail_in_turn(struct rp_fault *f, int64_t n, enum rp_fault_kind kind, bool stays)
{
	RP_AUTO(rp_db_closep) struct rp_db *db = NULL;
	char url[RP_TEST_URL_MAX];
	struct rp_err *e;
	int64_t want = REQUESTS;
	bool failed;

	rp_test_db_sqlite(url);
	RP_CHECK_OK(open_migrated(url, &db));
	RP_CHECK_OK(turn(db, 0));
	rp_fault_at(f, n, kind, stays);
	e = turn(db, 1);
	if (e == NULL)
		e = rp_db_checkpoint(db);
	else
		RP_CHECK(rp_err_code(e) == RP_E_UNAVAILABLE);
	failed = rp_fault_clear(f);
	RP_CHECK((e != NULL) == failed);
	if (e == NULL || strncmp(rp_err_message(e), "checkpoint", 10) == 0)
		want += REQUESTS;
	rp_err_free(e);
	RP_CHECK(items_of(db) == want);
	RP_CHECK_OK(turn(db, 2));
	RP_CHECK(items_of(db) == want + REQUESTS);
	rp_db_closep(&db);
	RP_CHECK_OK(open_migrated(url, &db));
	RP_CHECK(items_of(db) == want + REQUESTS);
	rp_db_closep(&db);
	rp_test_db_drop(url);
	return failed;
}

static void
every_failure(void)
{
	RP_AUTO(rp_fault_freep) struct rp_fault *f = rp_fault_new();

	for (int kind = RP_FAULT_IOERR; kind <= RP_FAULT_FULL; kind++)
		for (int stays = 0; stays < 2; stays++) {
			int64_t n = 1;

			while (fail_in_turn(f, n, (enum rp_fault_kind)kind,
			    stays != 0))
				n++;
			RP_CHECK(n > 5);
		}
}

/* Also while the file is made: the next attempt finds no half schema. */
static void
failure_at_birth(void)
{
	RP_AUTO(rp_fault_freep) struct rp_fault *f = rp_fault_new();
	bool failed = true;

	for (int64_t n = 1; failed; n++) {
		RP_AUTO(rp_db_closep) struct rp_db *db = NULL;
		char url[RP_TEST_URL_MAX];
		struct rp_err *e;

		rp_test_db_sqlite(url);
		rp_fault_at(f, n, RP_FAULT_IOERR, true);
		e = open_migrated(url, &db);
		failed = rp_fault_clear(f);
		RP_CHECK(
		    failed ? rp_err_code(e) == RP_E_UNAVAILABLE : e == NULL);
		rp_err_free(e);
		rp_db_closep(&db);
		RP_CHECK_OK(open_migrated(url, &db));
		RP_CHECK(items_of(db) == 0);
		RP_CHECK_OK(turn(db, 1));
		rp_db_closep(&db);
		rp_test_db_drop(url);
	}
}

static void
empty_folder(const char *path)
{
	DIR *d = opendir(path);
	struct dirent *entry;

	RP_CHECK(d != NULL);
	while ((entry = readdir(d)) != NULL)
		if (entry->d_name[0] != '.')
			RP_CHECK(unlinkat(dirfd(d), entry->d_name, 0) == 0);
	(void)closedir(d);
}

/* False once the n-th operation was not reached. */
static bool
crash_in_turns(struct rp_fault *f, int64_t n, uint64_t seed, const char *folder)
{
	char url[RP_TEST_URL_MAX], survivor[RP_TEST_URL_MAX];
	struct rp_db *db = NULL;
	int64_t acknowledged, found;
	bool crashed;

	rp_test_db_sqlite(url);
	RP_CHECK_OK(open_migrated(url, &db));
	rp_fault_crash_at(f, n, folder, seed);
	for (int i = 0; i < TURNS; i++) {
		RP_CHECK_OK(turn(db, i));
		rp_fault_mark(f, "acknowledged");
		if (i == TURNS / 2)
			RP_CHECK_OK(rp_db_checkpoint(db));
	}
	rp_db_close(db);
	rp_test_db_drop(url);
	crashed = rp_fault_crashed(f, &acknowledged);
	rp_fault_crash_at(f, INT64_MAX, folder, 0);
	if (!crashed)
		return false;
	(void)snprintf(survivor, sizeof(survivor), "sqlite:%s/test.db", folder);
	RP_CHECK_OK(rp_db_open(survivor, &db));
	found = items_of(db);
	/* Whole turns, and at least those that were acknowledged. */
	RP_CHECK(found % REQUESTS == 0);
	RP_CHECK(found / REQUESTS >= acknowledged);
	RP_CHECK_OK(turn(db, TURNS));
	rp_db_close(db);
	empty_folder(folder);
	return true;
}

static void
power_cuts(void)
{
	RP_AUTO(rp_fault_freep) struct rp_fault *f = rp_fault_new();
	static const uint64_t seeds[] = { 0, 1, 0x9e3779b97f4a7c15 };
	char folder[] = "/tmp/rp-crash.XXXXXX";

	RP_CHECK(mkdtemp(folder) != NULL);
	for (size_t i = 0; i < sizeof(seeds) / sizeof(seeds[0]); i++) {
		int64_t n = 1;

		while (crash_in_turns(f, n, seeds[i], folder))
			n++;
		RP_CHECK(n > 2 * TURNS);
	}
	RP_CHECK(rmdir(folder) == 0);
}

/* The log is synced after its last write and before anybody is told. */
static void
sync_before_answer(void)
{
	RP_AUTO(rp_fault_freep) struct rp_fault *f = rp_fault_new();
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	char url[RP_TEST_URL_MAX];
	struct rp_db *db;
	rp_text all;

	rp_test_db_sqlite(url);
	RP_CHECK_OK(open_migrated(url, &db));
	rp_fault_mark(f, "begin");
	RP_CHECK_OK(turn(db, 1));
	rp_fault_mark(f, "answered");
	all = rp_fault_trace(f, a);
	all.p = strstr(all.p, "mark begin\n");
	RP_CHECK(all.p != NULL);
	all.n = strlen(all.p);
	RP_CHECK(rp_text_starts(all, RP_TEXT("mark begin\nwrite wal")));
	RP_CHECK(strcmp(all.p + all.n - strlen("\nsync wal\nmark answered\n"),
		     "\nsync wal\nmark answered\n") == 0);
	rp_db_close(db);
	rp_test_db_drop(url);
}

/* The test must be able to fail: without syncs, answers are lost. */
static void
shim_loses_writes(void)
{
	RP_AUTO(rp_fault_freep) struct rp_fault *f = rp_fault_new();
	char url[RP_TEST_URL_MAX], survivor[RP_TEST_URL_MAX];
	char folder[] = "/tmp/rp-crash.XXXXXX";
	int64_t marks, version;
	struct rp_db *db;

	RP_CHECK(mkdtemp(folder) != NULL);
	rp_test_db_sqlite(url);
	RP_CHECK_OK(open_migrated(url, &db));
	RP_CHECK_OK(rp_db_checkpoint(db));
	/* Just before the sync of the first commit. */
	rp_fault_at(f, INT64_MAX, RP_FAULT_IOERR, false);
	RP_CHECK_OK(rp_db_version(db, &version));
	rp_fault_crash_at(f, 1, folder, 0);
	RP_CHECK_OK(turn(db, 0));
	RP_CHECK(rp_fault_crashed(f, &marks) && marks == 0);
	rp_db_close(db);
	rp_test_db_drop(url);
	(void)snprintf(survivor, sizeof(survivor), "sqlite:%s/test.db", folder);
	RP_CHECK_OK(rp_db_open(survivor, &db));
	RP_CHECK(items_of(db) == 0);
	rp_db_close(db);
	empty_folder(folder);
	RP_CHECK(rmdir(folder) == 0);
}

RP_CHECK_MAIN({ "the n-th operation fails", every_failure },
    { "the n-th operation fails at birth", failure_at_birth },
    { "the power is cut before the n-th operation", power_cuts },
    { "synced before answered", sync_before_answer },
    { "the shim loses what was not synced", shim_loses_writes })
