#include "store/backup.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/check.h"
#include "store/q_testing.h"
#include "store/test_db.h"

#define ROWS 3000

extern const struct rp_migration testing_migrations[];

/* Self-references to later rows, all types, octets that are no text. */
static void
fill(struct rp_db *db, struct rp_arena *a)
{
	struct q_item_insert_row id;
	struct rp_tx *tx;
	int64_t changed;

	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_WRITE, &tx));
	for (int i = 0; i < ROWS; i++) {
		RP_CHECK_OK(q_item_insert(tx,
		    &(struct q_item_insert_param){
			.name = rp_textf(a, "نام %d", i),
			.data = RP_BYTES("\0\xff\x80 some octets"),
			.n = i % 2 ? INT64_MIN + i : i,
			.flag = i % 3 == 0,
		    },
		    &id));
		RP_CHECK_OK(q_part_put(tx,
		    &(struct q_part_put_param){ id.id, i,
			i % 7 ? RP_TEXT("部分") : RP_TEXT("") }));
	}
	RP_CHECK_OK(q_item_adopt(tx,
	    &(struct q_item_adopt_param){ id.id - 100, id.id }, &changed));
	RP_CHECK(changed == 1);
	RP_CHECK_OK(rp_tx_commit(tx));
}

static struct rp_db *
open_new(const char *engine, char url[RP_TEST_URL_MAX])
{
	struct rp_db *db;

	if (strcmp(engine, "pg") == 0)
		rp_test_db_pg(url);
	else
		rp_test_db_sqlite(url);
	RP_CHECK_OK(rp_db_open(url, &db));
	return db;
}

static void
count_told(void *ctx, rp_text table RP_UNUSED, int64_t rows)
{
	*(int64_t *)ctx += rows;
}

static void
check_copy(struct rp_db *db, struct rp_arena *a)
{
	struct q_item_find_row found, next;
	struct q_item_insert_row added;
	struct q_item_total_row sum;
	struct q_item_get_row row;
	struct rp_tx *tx;
	bool is_there;
	rp_text wrong;

	RP_CHECK_OK(rp_db_integrity(db, a, &wrong));
	RP_CHECK_TEXT(wrong, RP_TEXT(""));
	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_WRITE, &tx));
	RP_CHECK_OK(q_item_total(tx, &sum));
	RP_CHECK(sum.total == ROWS);
	RP_CHECK_OK(
	    q_item_find(tx, &(struct q_item_find_param){ RP_TEXT("نام 2999") },
		&found, &is_there));
	RP_CHECK(is_there && found.n == INT64_MIN + 2999);
	RP_CHECK_OK(
	    q_item_get(tx, &(struct q_item_get_param){ found.id - 100 }, &row));
	RP_CHECK(row.parent_id == found.id);
	RP_CHECK(row.data.n == 15 && row.data.p[1] == 0xff);
	/* The next number is free. */
	RP_CHECK_OK(q_item_insert(tx,
	    &(struct q_item_insert_param){ .name = RP_TEXT("new") }, &added));
	RP_CHECK(added.id > found.id);
	RP_CHECK_OK(q_item_find(tx,
	    &(struct q_item_find_param){ RP_TEXT("new") }, &next, &is_there));
	RP_CHECK(is_there);
	rp_arena_reset(a);
}

static void
move(const char *from, const char *to)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 24);
	RP_AUTO(rp_db_closep) struct rp_db *first = NULL;
	RP_AUTO(rp_db_closep) struct rp_db *second = NULL;
	char url[2][RP_TEST_URL_MAX];
	char path[] = "/tmp/rp-backup.XXXXXX";
	int64_t told = 0;
	int applied, fd = mkstemp(path);

	(void)close(fd);
	first = open_new(from, url[0]);
	RP_CHECK_OK(rp_migrate_to(first, testing_migrations, 0, &applied));
	fill(first, a);
	RP_CHECK_FAILS(rp_backup_with(first, path, testing_migrations),
	    RP_E_CONFLICT);
	(void)unlink(path);
	RP_CHECK_OK(rp_backup_with(first, path, testing_migrations));
	second = open_new(to, url[1]);
	RP_CHECK_OK(rp_restore_with(second, path, testing_migrations,
	    count_told, &told));
	RP_CHECK(told == 2 * ROWS);
	check_copy(second, a);
	RP_CHECK_FAILS(rp_restore_with(second, path, testing_migrations, NULL,
			   NULL),
	    RP_E_CONFLICT);
	(void)unlink(path);
	rp_db_closep(&first);
	rp_db_closep(&second);
	rp_test_db_drop(url[0]);
	rp_test_db_drop(url[1]);
}

static void
sqlite_to_sqlite(void)
{
	move("sqlite", "sqlite");
}

static void
to_pg_and_back(void)
{
	if (!rp_test_has_pg())
		return;
	move("sqlite", "pg");
	move("pg", "sqlite");
	move("pg", "pg");
}

/* Each octet that carries somebody's words, changed. */
static void
damage_is_found(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 24);
	RP_AUTO(rp_db_closep) struct rp_db *db = NULL;
	char path[] = "/tmp/rp-backup.XXXXXX";
	char url[RP_TEST_URL_MAX], octets[8192];
	int applied, fd;
	off_t at = -1;
	ssize_t n;
	char *hit;

	(void)close(mkstemp(path));
	(void)unlink(path);
	db = open_new("sqlite", url);
	RP_CHECK_OK(rp_migrate_to(db, testing_migrations, 0, &applied));
	fill(db, a);
	RP_CHECK_OK(rp_backup_with(db, path, testing_migrations));
	rp_db_closep(&db);
	rp_test_db_drop(url);

	fd = open(path, O_RDWR | O_CLOEXEC);
	for (off_t o = 0; at < 0; o += (off_t)sizeof(octets)) {
		n = pread(fd, octets, sizeof(octets), o);
		RP_CHECK(n > 0);
		hit = memmem(octets, (size_t)n, "some octets", 11);
		if (hit != NULL)
			at = o + (hit - octets);
	}
	RP_CHECK(pwrite(fd, "S", 1, at) == 1);
	(void)close(fd);
	db = open_new("sqlite", url);
	RP_CHECK_FAILS(rp_restore_with(db, path, testing_migrations, NULL,
			   NULL),
	    RP_E_INVALID);
	RP_CHECK(truncate(path, 100) == 0);
	RP_CHECK_FAILS(rp_restore_with(db, path, testing_migrations, NULL,
			   NULL),
	    RP_E_INVALID);
	(void)unlink(path);
	RP_CHECK_FAILS(rp_restore_with(db, path, testing_migrations, NULL,
			   NULL),
	    RP_E_UNAVAILABLE);
	rp_db_closep(&db);
	rp_test_db_drop(url);
}

RP_CHECK_MAIN({ "from SQLite to SQLite", sqlite_to_sqlite },
    { "to PostgreSQL and back", to_pg_and_back },
    { "damage is found", damage_is_found })
