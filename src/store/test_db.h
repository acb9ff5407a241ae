/*
 * test_db - empty databases of both engines, for tests.
 *
 * PostgreSQL is there if the environment variable RP_TEST_PG is the url of a
 * temporary cluster, as `tests/pg_cluster.sh with PROGRAM` sets it; each
 * database is a schema in it, and nobody removes them. SQLite ones are files
 * in a folder of their own, or in memory.
 * Tested in db_test.c.
 */
#ifndef RP_STORE_TEST_DB_H
#define RP_STORE_TEST_DB_H

#include <stdbool.h>

#include "store/db.h"

#define RP_TEST_URL_MAX 512

bool rp_test_has_pg(void);

/* The url of a new and empty one. rp_test_db_drop() removes it. */
void rp_test_db_sqlite(char url[RP_TEST_URL_MAX]);
void rp_test_db_pg(char url[RP_TEST_URL_MAX]);
void rp_test_db_drop(const char *url);

/* Run it on SQLite in memory and, if it is there, on PostgreSQL: empty. */
void rp_test_on_bare(void (*run)(struct rp_db *db, struct rp_arena *a));

/* The same with the program's schema. */
void rp_test_on_both(void (*run)(struct rp_db *db, struct rp_arena *a));

#endif
