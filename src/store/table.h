/*
 * table - whole tables, read and copied without knowing what they mean.
 * Private to store/.
 */
#ifndef RP_STORE_TABLE_H
#define RP_STORE_TABLE_H

#include "base/vec.h"
#include "store/stmt.h"

struct rp_table {
	rp_text name;
	size_t n_columns;
	struct rp_query select, insert; /* all columns, in key order */
};
struct rp_tables RP_VEC(struct rp_table *);

/* How many rows, and the sum of their hashes: the order does not matter. */
struct rp_table_sum {
	int64_t rows, hash;
};

/*
 * The STRICT tables of a SQLite database but schema_version and backup_seal,
 * in the order of their creation: each refers to earlier ones only.
 */
struct rp_err *rp_tables_list(struct rp_tx *sqlite,
    struct rp_tables *out) RP_MUST_USE;

/* Read the table, put it into `to` (unless NULL), and add it up. */
struct rp_err *rp_table_copy(struct rp_tx *from, struct rp_tx *to,
    const struct rp_table *t, struct rp_table_sum *out) RP_MUST_USE;

/* The statements above live as long as the arena: forget them before it. */
void rp_tables_forget(struct rp_db *db, const struct rp_tables *tables);

#endif
