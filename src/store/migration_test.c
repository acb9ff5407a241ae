#include "store/migration.h"

#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"
#include "store/test_db.h"

#define RACERS 4

extern const struct rp_migration testing_migrations[];

static void
steps(struct rp_db *db, struct rp_arena *a RP_UNUSED)
{
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
whole_or_not(struct rp_db *db, struct rp_arena *a RP_UNUSED)
{
	int applied;

	RP_CHECK_FAILS(rp_migrate_to(db, broken, 0, &applied), RP_E_INTERNAL);
	RP_CHECK_OK(rp_migrate_to(db, mended, 0, &applied));
	RP_CHECK(applied == 1);
}

static void
bind_zeros(struct rp_stmt *s, const char *params)
{
	for (int i = 0; params[i] != '\0'; i++)
		if (params[i] == 't')
			rp_stmt_bind_text(s, i, RP_TEXT("1"));
		else if (params[i] == 'o')
			rp_stmt_bind_bytes(s, i, RP_BYTES("a"));
		else
			rp_stmt_bind_i64(s, i, 0);
}

static struct rp_err *
run_one(struct rp_tx *tx, const struct rp_query *q)
{
	RP_AUTO(rp_stmt_done) struct rp_stmt *s = NULL;
	bool row;

	RP_TRY(rp_stmt_open(tx, q, &s));
	bind_zeros(s, q->params);
	return rp_stmt_step(s, &row);
}

/*
 * Every statement of every .sql file against the schema that is shipped. On
 * PostgreSQL the types of its columns are compared too. A constraint may
 * refuse the made-up values; anything else is a mistake in the statement.
 */
static void
statements(struct rp_db *db, struct rp_arena *a)
{
	struct rp_tx *tx;

	RP_CHECK(rp_queries_n > 0);
	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_WRITE, &tx));
	for (size_t i = 0; i < rp_queries_n; i++) {
		struct rp_err *e;

		RP_CHECK_OK(rp_tx_save(tx, a));
		e = run_one(tx, rp_queries[i]);
		if (e != NULL && rp_err_code(e) == RP_E_CONFLICT) {
			rp_err_free(e);
			e = NULL;
		}
		RP_CHECK_OK(e);
		RP_CHECK_OK(rp_tx_undo(tx));
	}
}

static void
race(const char *url)
{
	RP_AUTO(rp_db_closep) struct rp_db *db = NULL;
	int status, version, applied;

	for (int i = 0; i < RACERS; i++) {
		if (fork() != 0)
			continue;
		RP_CHECK_OK(rp_db_open(url, &db));
		RP_CHECK_OK(rp_migrate_to(db, testing_migrations, 0, &applied));
		rp_db_closep(&db);
		_exit(0);
	}
	for (int i = 0; i < RACERS; i++)
		RP_CHECK(wait(&status) > 0 && status == 0);
	RP_CHECK_OK(rp_db_open(url, &db));
	RP_CHECK_OK(rp_schema_version(db, &version));
	RP_CHECK(version == 2);
}

/* Several processes start on an empty database. */
static void
races(void)
{
	char url[RP_TEST_URL_MAX];

	rp_test_db_sqlite(url);
	race(url);
	rp_test_db_drop(url);
	if (!rp_test_has_pg())
		return;
	rp_test_db_pg(url);
	race(url);
}

static void
steps_on_both(void)
{
	rp_test_on_bare(steps);
}

static void
whole_or_not_on_both(void)
{
	rp_test_on_bare(whole_or_not);
}

static void
statements_on_both(void)
{
	rp_test_on_both(statements);
}

RP_CHECK_MAIN({ "one step after the other", steps_on_both },
    { "several at once", races },
    { "a broken migration leaves nothing", whole_or_not_on_both },
    { "every statement runs", statements_on_both })
