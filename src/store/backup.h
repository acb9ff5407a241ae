/*
 * backup - rp_db_backup() and rp_db_restore(), for any list of migrations.
 * Private to store/; db.h is the manual.
 *
 * The file is a SQLite database in rollback mode with the program's schema and
 * one more table, backup_seal: per table the number of rows and the sum of
 * their hashes (64 bits, not cryptographic: it finds damage, not forgery).
 * Which tables there are is read from the file: all STRICT ones. So full-text
 * tables, which triggers fill, are not copied.
 */
#ifndef RP_STORE_BACKUP_H
#define RP_STORE_BACKUP_H

#include "store/migration.h"

struct rp_err *rp_backup_with(struct rp_db *db, const char *path,
    const struct rp_migration *schema) RP_MUST_USE;
struct rp_err *rp_restore_with(struct rp_db *db, const char *path,
    const struct rp_migration *schema, rp_restore_fn *tell,
    void *ctx) RP_MUST_USE;

#endif
