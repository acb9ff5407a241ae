#include "store/migration.h"

#include "base/check.h"

extern const struct rp_migration testing_migrations[];

static struct rp_db *
empty(void)
{
	struct rp_db *db;

	RP_CHECK_OK(rp_db_open(":memory:", &db));
	return db;
}

static void
steps(void)
{
	RP_AUTO(rp_db_closep) struct rp_db *db = empty();
	int applied, version;

	RP_CHECK_OK(rp_schema_version(db, &version));
	RP_CHECK(version == 0);
	RP_CHECK_OK(rp_migrate_to(db, testing_migrations, 1, &applied));
	RP_CHECK(applied == 1);
	RP_CHECK_OK(rp_migrate_to(db, testing_migrations, 0, &applied));
	RP_CHECK(applied == 1);
	RP_CHECK_OK(rp_migrate_to(db, testing_migrations, 0, &applied));
	RP_CHECK(applied == 0);
	RP_CHECK_OK(rp_schema_version(db, &version));
	RP_CHECK(version == 2);
	RP_CHECK_FAILS(rp_migrate_to(db, testing_migrations, 1, &applied),
	    RP_E_INVALID);
}

static const struct rp_migration broken[] = {
	{ .name = "0001-broken",
	    .sql = { "CREATE TABLE half (id INTEGER); CREATE NONSENSE;",
		"CREATE TABLE half (id bigint); CREATE NONSENSE;" } },
	{ 0 },
};
static const struct rp_migration mended[] = {
	{ .name = "0001-mended",
	    .sql = { "CREATE TABLE half (id INTEGER);",
		"CREATE TABLE half (id bigint);" } },
	{ 0 },
};

static void
whole_or_not(void)
{
	RP_AUTO(rp_db_closep) struct rp_db *db = empty();
	int applied;

	RP_CHECK_FAILS(rp_migrate_to(db, broken, 0, &applied), RP_E_INTERNAL);
	RP_CHECK_OK(rp_migrate_to(db, mended, 0, &applied));
	RP_CHECK(applied == 1);
}

/* Every statement of every .sql file against the schema that is shipped. */
static void
statements(void)
{
	RP_AUTO(rp_db_closep) struct rp_db *db = empty();
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_tx *tx;
	int applied;

	RP_CHECK_OK(rp_migrate(db, &applied));
	RP_CHECK(applied > 0 && rp_queries_n > 0);
	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_WRITE, &tx));
	for (size_t i = 0; i < rp_queries_n; i++) {
		RP_AUTO(rp_stmt_done) struct rp_stmt *s = NULL;

		RP_CHECK_OK(rp_stmt_open(tx, rp_queries[i], &s));
	}
}

RP_CHECK_MAIN({ "one step after the other", steps },
    { "a broken migration leaves nothing", whole_or_not },
    { "every statement prepares", statements })
