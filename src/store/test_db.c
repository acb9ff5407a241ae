#include "store/test_db.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/check.h"

#define JOB_MAX ((size_t)64 * 1024 * 1024)

bool
rp_test_has_pg(void)
{
	const char *url = getenv("RP_TEST_PG");

	return url != NULL && url[0] != '\0';
}

void
rp_test_db_sqlite(char url[RP_TEST_URL_MAX])
{
	char folder[] = "/tmp/rp-test.XXXXXX";

	RP_CHECK(mkdtemp(folder) != NULL);
	(void)snprintf(url, RP_TEST_URL_MAX, "sqlite:%s/test.db", folder);
}

void
rp_test_db_pg(char url[RP_TEST_URL_MAX])
{
	const char *base = getenv("RP_TEST_PG");
	char name[64], sql[128];
	PGconn *conn = PQconnectdb(base);
	PGresult *r;

	r = PQexec(conn, "SELECT 't' || replace(gen_random_uuid()::text, "
			 "'-', '')");
	if (PQresultStatus(r) != PGRES_TUPLES_OK) {
		printf("Bail out! %s: %s\n", base, PQerrorMessage(conn));
		exit(1);
	}
	(void)snprintf(name, sizeof(name), "%s", PQgetvalue(r, 0, 0));
	PQclear(r);
	(void)snprintf(sql, sizeof(sql), "CREATE SCHEMA %s", name);
	r = PQexec(conn, sql);
	RP_CHECK(PQresultStatus(r) == PGRES_COMMAND_OK);
	PQclear(r);
	PQfinish(conn);
	RP_CHECK(
	    snprintf(url, RP_TEST_URL_MAX, "%s%coptions=-csearch_path%%3D%s",
		base, strchr(base, '?') ? '&' : '?', name) < RP_TEST_URL_MAX);
}

void
rp_test_db_drop(const char *url)
{
	static const char *const suffixes[] = { "", "-wal", "-shm", ".lock" };
	char path[RP_TEST_URL_MAX];
	const char *file = url + sizeof("sqlite:") - 1;

	if (strncmp(url, "sqlite:/tmp/rp-test.", 20) != 0)
		return;
	for (size_t i = 0; i < 4; i++) {
		(void)snprintf(path, sizeof(path), "%s%s", file, suffixes[i]);
		(void)unlink(path);
	}
	(void)snprintf(path, sizeof(path), "%s", file);
	*strrchr(path, '/') = '\0';
	RP_CHECK(rmdir(path) == 0);
}

static void
run_on(const char *url, bool is_migrated,
    void (*run)(struct rp_db *db, struct rp_arena *a))
{
	RP_AUTO(rp_db_closep) struct rp_db *db = NULL;
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(JOB_MAX);
	int applied;

	RP_CHECK_OK(rp_db_open(url, &db));
	if (is_migrated)
		RP_CHECK_OK(rp_migrate(db, &applied));
	run(db, a);
}

static void
run_on_both(bool is_migrated, void (*run)(struct rp_db *db, struct rp_arena *a))
{
	char url[RP_TEST_URL_MAX];

	run_on(":memory:", is_migrated, run);
	if (!rp_test_has_pg())
		return;
	rp_test_db_pg(url);
	run_on(url, is_migrated, run);
}

void
rp_test_on_bare(void (*run)(struct rp_db *db, struct rp_arena *a))
{
	run_on_both(false, run);
}

void
rp_test_on_both(void (*run)(struct rp_db *db, struct rp_arena *a))
{
	run_on_both(true, run);
}
