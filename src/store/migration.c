#include "store/migration.h"

#include "base/err.h"
#include "store/engine.h"

#define JOB_MAX ((size_t)1024 * 1024)

static const struct rp_query version_query = {
	.name = "schema_version",
	.sql = {
	    [RP_SQLITE] = "SELECT coalesce(max(version), 0) "
			  "FROM schema_version",
	    [RP_PG] = "SELECT coalesce(max(version), 0) FROM schema_version",
	},
	.params = "",
	.columns = "i",
};

static const struct rp_query record_query = {
	.name = "schema_version_insert",
	.sql = {
	    [RP_SQLITE] = "INSERT INTO schema_version (version, name) "
			  "VALUES (?1, ?2)",
	    [RP_PG] = "INSERT INTO schema_version (version, name) "
		      "VALUES ($1, $2)",
	},
	.params = "it",
	.columns = "",
};

static const char *const create_sql[2] = {
	[RP_SQLITE] = "CREATE TABLE IF NOT EXISTS schema_version ("
		      "version INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT",
	/* Two that create it at once would both find it missing. */
	[RP_PG] = "SELECT pg_advisory_xact_lock(hashtext("
		  "'rapporteur ' || current_schema()));"
		  "CREATE TABLE IF NOT EXISTS schema_version ("
		  "version bigint PRIMARY KEY, "
		  "name text COLLATE \"C\" NOT NULL)",
};

static struct rp_err *
script(struct rp_tx *tx, const char *const sql[2])
{
	const struct rp_engine *engine = tx->db->engine;

	return engine->script(tx->db, sql[engine->dialect]);
}

struct rp_err *
rp_schema_version_in(struct rp_tx *tx, int *out)
{
	RP_AUTO(rp_stmt_done) struct rp_stmt *s = NULL;
	int64_t version;

	RP_TRY(rp_stmt_open(tx, &version_query, &s));
	RP_TRY(rp_stmt_one(s));
	RP_TRY(rp_stmt_i64(s, 0, &version));
	*out = (int)version;
	return rp_stmt_no_more(s);
}

static struct rp_err *
record(struct rp_tx *tx, int64_t version, const char *name)
{
	RP_AUTO(rp_stmt_done) struct rp_stmt *s = NULL;

	RP_TRY(rp_stmt_open(tx, &record_query, &s));
	rp_stmt_bind_i64(s, 0, version);
	rp_stmt_bind_text(s, 1, rp_text_z(name));
	return rp_stmt_exec(s);
}

struct rp_err *
rp_schema_version(struct rp_db *db, int *out)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(JOB_MAX);
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(db, a, RP_TX_WRITE, &tx));
	RP_TRY(script(tx, create_sql));
	RP_TRY(rp_schema_version_in(tx, out));
	return rp_tx_commit(tx);
}

/* Several processes may start at once: the version is read under the lock. */
static struct rp_err *
apply_next(struct rp_db *db, const struct rp_migration *table, int last,
    bool *out_applied)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(JOB_MAX);
	struct rp_err *e;
	struct rp_tx *tx;
	int version;

	*out_applied = false;
	RP_TRY(rp_tx_begin(db, a, RP_TX_WRITE, &tx));
	RP_TRY(script(tx, create_sql));
	RP_TRY(rp_schema_version_in(tx, &version));
	if (version > last)
		return rp_fail(RP_E_INVALID,
		    "the database has schema %d, "
		    "this program knows %d: it is older than its database",
		    version, last);
	if (version == last)
		return NULL;
	e = script(tx, table[version].sql);
	if (e != NULL)
		return rp_err_wrap(e, "migration %s", table[version].name);
	RP_TRY(record(tx, version + 1, table[version].name));
	RP_TRY(rp_tx_commit(tx));
	*out_applied = true;
	return NULL;
}

struct rp_err *
rp_migrate_to(struct rp_db *db, const struct rp_migration *table, int last,
    int *out_applied)
{
	int known = 0;
	bool applied;

	while (table[known].name != NULL)
		known++;
	if (last == 0)
		last = known;
	RP_ASSERT(last <= known);
	*out_applied = 0;
	for (;;) {
		RP_TRY(apply_next(db, table, last, &applied));
		if (!applied)
			return NULL;
		(*out_applied)++;
	}
}

struct rp_err *
rp_migrate(struct rp_db *db, int *out_applied)
{
	return rp_migrate_to(db, rp_migrations, 0, out_applied);
}

struct rp_err *
rp_migrations_missing(struct rp_db *db, int *out)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(JOB_MAX);
	struct rp_tx *tx;
	int known = 0, version;

	RP_TRY(rp_tx_begin(db, a, RP_TX_READ, &tx));
	RP_TRY(rp_schema_version_in(tx, &version));
	while (rp_migrations[known].name != NULL)
		known++;
	*out = known - version;
	return NULL;
}
