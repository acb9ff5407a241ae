#include "store/table.h"

#include "base/check.h"
#include "store/migration.h"
#include "store/q_testing.h"

extern const struct rp_migration testing_migrations[];

static struct rp_table_sum
sum_of(struct rp_db *db, struct rp_arena *a)
{
	struct rp_table_sum sum;
	struct rp_tables tables;
	struct rp_arena *work = rp_arena_new(1 << 20);
	struct rp_tx *tx;

	RP_CHECK_OK(rp_tx_begin(db, work, RP_TX_READ, &tx));
	rp_tx_use(tx, a);
	RP_CHECK_OK(rp_tables_list(tx, &tables));
	RP_CHECK(tables.n == 3);
	RP_CHECK_TEXT(tables.v[0]->name, RP_TEXT("item"));
	RP_CHECK_TEXT(tables.v[2]->name, RP_TEXT("part_note"));
	RP_CHECK_OK(rp_table_copy(tx, NULL, tables.v[0], &sum));
	rp_arena_free(work);
	rp_tables_forget(db, &tables);
	return sum;
}

static void
put(struct rp_db *db, int64_t n, rp_text name, rp_bytes data)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_tx *tx;

	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_WRITE, &tx));
	RP_CHECK_OK(
	    q_item_put(tx, &(struct q_item_put_param){ n, name, data }));
	RP_CHECK_OK(rp_tx_commit(tx));
}

/* Values that a careless hash would take for one another. */
static void
sums_differ(void)
{
	static const struct {
		int64_t n;
		rp_text name;
		rp_bytes data;
	} rows[] = {
		{ 0, RP_TEXT_INIT(""), { 0 } },
		{ 1, RP_TEXT_INIT(""), { 0 } },
		{ 0, RP_TEXT_INIT("a"), { 0 } },
		{ 0, RP_TEXT_INIT(""), { (const uint8_t *)"a", 1 } },
		{ 0, RP_TEXT_INIT(""), { (const uint8_t *)"\0", 1 } },
		{ 0, RP_TEXT_INIT(""), { (const uint8_t *)"\0\0", 2 } },
		{ 0, RP_TEXT_INIT("12345678"), { 0 } },
		{ 0, RP_TEXT_INIT("123456789"), { 0 } },
	};
	size_t n = sizeof(rows) / sizeof(rows[0]);
	struct rp_table_sum sums[8];
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);

	for (size_t i = 0; i < n; i++) {
		RP_AUTO(rp_db_closep) struct rp_db *db = NULL;
		int applied;

		RP_CHECK_OK(rp_db_open(":memory:", &db));
		RP_CHECK_OK(rp_migrate_to(db, testing_migrations, 0, &applied));
		RP_CHECK(sum_of(db, a).rows == 0);
		put(db, rows[i].n, rows[i].name, rows[i].data);
		sums[i] = sum_of(db, a);
		RP_CHECK(sums[i].rows == 1);
		RP_CHECK(sum_of(db, a).hash == sums[i].hash);
		for (size_t k = 0; k < i; k++)
			RP_CHECK(sums[k].hash != sums[i].hash);
	}
}

RP_CHECK_MAIN({ "different rows have different sums", sums_differ })
