/*
 * migration - the schema's steps, compiled into the program. Private to store/.
 *
 * Number n (from 1) is element n - 1; a nameless element ends the table. The
 * table schema_version has a row for each that was applied. Forward only.
 */
#ifndef RP_STORE_MIGRATION_H
#define RP_STORE_MIGRATION_H

#include "store/stmt.h"

struct rp_migration {
	const char *name;
	const char *sql[2]; /* by dialect */
};

extern const struct rp_migration rp_migrations[];

/*
 * Apply what is missing of `table` up to number `last` (0: all).
 * RP_E_INVALID if the database is newer than the table.
 */
struct rp_err *rp_migrate_to(struct rp_db *db, const struct rp_migration *table,
    int last, int *out_applied) RP_MUST_USE;

/* The number of the last one applied; 0 in an empty database. */
struct rp_err *rp_schema_version(struct rp_db *db, int *out) RP_MUST_USE;
struct rp_err *rp_schema_version_in(struct rp_tx *tx, int *out) RP_MUST_USE;

#endif
