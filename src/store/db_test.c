#include <stdlib.h>
#include <unistd.h>

#include "base/check.h"
#include "store/db.h"
#include "store/migration.h"
#include "store/q_testing.h"
#include "store/test_db.h"

extern const struct rp_migration testing_migrations[];

static struct rp_err *
put(struct rp_tx *tx, int64_t n, const char *name)
{
	struct q_item_put_param row = {
		.n = n,
		.name = rp_text_z(name),
		.data = RP_BYTES("\0\xff"),
	};

	return q_item_put(tx, &row);
}

static int64_t
total(struct rp_db *db)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct q_item_total_row row;
	struct rp_tx *tx;

	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_READ, &tx));
	RP_CHECK_OK(q_item_total(tx, &row));
	return row.total;
}

static void
types(struct rp_db *db, struct rp_arena *a)
{
	struct q_item_insert_row id, child;
	struct q_item_total_row sum;
	struct q_item_get_row row;
	struct rp_tx *tx;

	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_WRITE, &tx));
	RP_CHECK_OK(q_item_insert(tx,
	    &(struct q_item_insert_param){ .name = RP_TEXT("測試 'x'"),
		.data = RP_BYTES("\0\x01\xff"),
		.n = INT64_MIN,
		.flag = true },
	    &id));
	RP_CHECK_OK(q_item_insert(tx,
	    &(struct q_item_insert_param){ .n = INT64_MAX, .parent_id = id.id },
	    &child));
	RP_CHECK_OK(q_item_get(tx, &(struct q_item_get_param){ id.id }, &row));
	RP_CHECK_TEXT(row.name, RP_TEXT("測試 'x'"));
	RP_CHECK(row.data.n == 3 && memcmp(row.data.p, "\0\x01\xff", 3) == 0);
	RP_CHECK(row.n == INT64_MIN && row.flag && row.parent_id == 0);
	RP_CHECK_OK(
	    q_item_get(tx, &(struct q_item_get_param){ child.id }, &row));
	RP_CHECK(row.name.n == 0 && row.data.n == 0 && row.n == INT64_MAX);
	RP_CHECK(!row.flag && row.parent_id == id.id);
	RP_CHECK_OK(q_item_total(tx, &sum));
	RP_CHECK(sum.total == 2 && sum.has_any);
	RP_CHECK_TEXT(sum.kind,
	    rp_db_is_shared(db) ? RP_TEXT("pg") : RP_TEXT("sqlite"));
	RP_CHECK_TEXT(sum.at_colon, RP_TEXT(":name's"));
	RP_CHECK_OK(rp_tx_commit(tx));
}

static void
kinds(struct rp_db *db, struct rp_arena *a)
{
	struct q_item_get_row got;
	struct q_item_find_row found;
	struct q_item_list_rows rows;
	struct rp_tx *tx;
	int64_t changed;
	bool is_found = true;

	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_WRITE, &tx));
	RP_CHECK_OK(put(tx, 1, "one"));
	RP_CHECK_OK(put(tx, 0, "zero"));
	RP_CHECK_FAILS(q_item_get(tx, &(struct q_item_get_param){ 99 }, &got),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(
	    q_item_find(tx, &(struct q_item_find_param){ RP_TEXT("three") },
		&found, &is_found));
	RP_CHECK(!is_found);
	RP_CHECK_OK(q_item_find(tx,
	    &(struct q_item_find_param){ RP_TEXT("one") }, &found, &is_found));
	RP_CHECK(is_found && found.n == 1);
	RP_CHECK_OK(q_item_rename(tx,
	    &(struct q_item_rename_param){ 1, RP_TEXT("eins") }, &changed));
	RP_CHECK(changed == 1);
	RP_CHECK_OK(q_item_rename(tx,
	    &(struct q_item_rename_param){ 1, RP_TEXT("eins") }, &changed));
	RP_CHECK(changed == 0);
	RP_CHECK_OK(q_item_list(tx, &(struct q_item_list_param){ 10 }, &rows));
	RP_CHECK(rows.n == 2);
	RP_CHECK_TEXT(rows.v[0].name, RP_TEXT("eins"));
	RP_CHECK_FAILS(q_item_double(tx,
			   &(struct q_item_double_param){ RP_TEXT("eins") },
			   &(struct q_item_double_row){ 0 }),
	    RP_E_INTERNAL);
}

struct visit {
	struct rp_tx *tx;
	int n, stop;
};

static struct rp_err *
visit(void *ctx, const struct q_item_each_row *row)
{
	struct visit *v = ctx;
	struct q_item_get_row again;

	/* Another query in the middle, and its row in the row's arena. */
	RP_TRY(
	    q_item_get(v->tx, &(struct q_item_get_param){ row->id }, &again));
	RP_CHECK_TEXT(again.name, row->name);
	RP_CHECK(row->data.n == 2);
	if (++v->n == v->stop)
		return rp_fail(RP_E_GONE, "enough");
	return NULL;
}

static void
each(struct rp_db *db, struct rp_arena *a)
{
	struct visit v = { .stop = 3 };
	char name[32];
	size_t taken;

	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_WRITE, &v.tx));
	for (int i = 0; i < 1500; i++) {
		(void)snprintf(name, sizeof(name), "name %d", i);
		RP_CHECK_OK(put(v.tx, i, name));
	}
	taken = rp_arena_taken(a);
	RP_CHECK_FAILS(q_item_each(v.tx, visit, &v), RP_E_GONE);
	v = (struct visit){ .tx = v.tx };
	RP_CHECK_OK(q_item_each(v.tx, visit, &v));
	RP_CHECK(v.n == 1500);
	RP_CHECK(rp_tx_arena(v.tx) == a && rp_arena_taken(a) < taken + 8192);
	RP_CHECK_OK(rp_tx_commit(v.tx));
}

static void
rolled_back(struct rp_db *db, struct rp_arena *a)
{
	struct rp_arena *b = rp_arena_new(1 << 20);
	struct rp_tx *tx;
	int64_t changed;

	RP_CHECK_OK(rp_tx_begin(db, b, RP_TX_WRITE, &tx));
	RP_CHECK_OK(put(tx, 1, "lost"));
	rp_arena_free(b);
	RP_CHECK(total(db) == 0);
	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_READ, &tx));
	RP_CHECK_FAILS(q_item_rename(tx,
			   &(struct q_item_rename_param){ 0, RP_TEXT("x") },
			   &changed),
	    RP_E_INTERNAL);
	rp_arena_reset(a);
	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_WRITE, &tx));
	RP_CHECK_OK(put(tx, 1, "kept"));
	RP_CHECK_OK(rp_tx_commit(tx));
	RP_CHECK(total(db) == 1);
}

/* Three requests of a turn: the second breaks a rule. */
static void
savepoints(struct rp_db *db, struct rp_arena *a)
{
	struct rp_arena *request = rp_arena_new(1 << 20);
	struct q_item_find_row row;
	struct rp_tx *tx;
	struct rp_err *e;
	bool found;

	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_WRITE, &tx));
	RP_CHECK_OK(rp_tx_save(tx, request));
	RP_CHECK(rp_tx_arena(tx) == request);
	RP_CHECK_OK(put(tx, 1, "first"));
	RP_CHECK_OK(rp_tx_release(tx));
	RP_CHECK(rp_tx_arena(tx) == a);

	RP_CHECK_OK(rp_tx_save(tx, request));
	RP_CHECK_OK(put(tx, 2, "second"));
	e = put(tx, 3, "first");
	if (e == NULL)
		e = rp_tx_release(tx);
	RP_CHECK_FAILS(e, RP_E_CONFLICT);
	RP_CHECK_FAILS(put(tx, 4, "fourth"), RP_E_INTERNAL);
	rp_arena_free(request);
	RP_CHECK_OK(rp_tx_undo(tx));

	request = rp_arena_new(1 << 20);
	RP_CHECK_OK(rp_tx_save(tx, request));
	RP_CHECK_OK(put(tx, 5, "fifth"));
	RP_CHECK_OK(rp_tx_save(tx, request));
	RP_CHECK_OK(put(tx, 6, "sixth"));
	RP_CHECK_OK(rp_tx_undo(tx));
	RP_CHECK_OK(rp_tx_release(tx));
	RP_CHECK_OK(q_item_find(tx,
	    &(struct q_item_find_param){ RP_TEXT("fifth") }, &row, &found));
	RP_CHECK(found);
	rp_arena_free(request);
	RP_CHECK_OK(rp_tx_commit(tx));
	RP_CHECK(total(db) == 2);
}

/* What a turn without savepoints goes by: reads leave nothing to undo. */
static void
to_undo(struct rp_db *db, struct rp_arena *a)
{
	struct q_item_find_row row;
	struct rp_tx *tx;
	struct rp_err *e;
	int64_t changed;
	bool found;

	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_WRITE, &tx));
	RP_CHECK_OK(q_item_find(tx,
	    &(struct q_item_find_param){ RP_TEXT("first") }, &row, &found));
	RP_CHECK(!found && rp_tx_writes(tx) == 0 && rp_tx_is_sound(tx));
	RP_CHECK_OK(put(tx, 1, "first"));
	RP_CHECK(rp_tx_writes(tx) == 1);
	/* Undone or without effect: it counts all the same. */
	RP_CHECK_OK(rp_tx_save(tx, a));
	RP_CHECK_OK(q_item_rename(tx,
	    &(struct q_item_rename_param){ 9, RP_TEXT("none") }, &changed));
	RP_CHECK_OK(rp_tx_undo(tx));
	RP_CHECK(changed == 0 && rp_tx_writes(tx) == 2 && rp_tx_is_sound(tx));
	/* What is only queued on PostgreSQL is seen at the next savepoint. */
	e = put(tx, 2, "first");
	if (e == NULL)
		e = rp_tx_save(tx, a);
	RP_CHECK_FAILS(e, RP_E_CONFLICT);
	RP_CHECK(rp_tx_writes(tx) == 3 && !rp_tx_is_sound(tx));
	rp_arena_reset(a);
	RP_CHECK(total(db) == 0);
}

static void
failed(struct rp_db *db, struct rp_arena *a)
{
	struct rp_tx *tx;
	struct rp_err *e;

	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_WRITE, &tx));
	RP_CHECK_OK(put(tx, 1, "same"));
	e = put(tx, 2, "same");
	if (e == NULL) {
		RP_CHECK_FAILS(rp_tx_commit(tx), RP_E_CONFLICT);
	} else {
		RP_CHECK_FAILS(e, RP_E_CONFLICT);
		RP_CHECK_FAILS(rp_tx_commit(tx), RP_E_INTERNAL);
	}
	RP_CHECK(total(db) == 0);
	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_WRITE, &tx));
	RP_CHECK_FAILS(q_item_insert(tx,
			   &(struct q_item_insert_param){ .parent_id = 77 },
			   &(struct q_item_insert_row){ 0 }),
	    RP_E_CONFLICT);
}

static struct rp_err *
greedy(struct rp_arena *a, void *ctx)
{
	struct rp_tx *tx = ctx;
	struct q_item_list_rows rows;

	RP_TRY(rp_tx_save(tx, a));
	RP_TRY(put(tx, 2, "greedy"));
	for (;;)
		RP_TRY(
		    q_item_list(tx, &(struct q_item_list_param){ 9 }, &rows));
}

/* A request over its ceiling jumps out in the middle of a query. */
static void
jumped(struct rp_db *db, struct rp_arena *a)
{
	struct rp_tx *tx;

	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_WRITE, &tx));
	RP_CHECK_OK(put(tx, 1, "first"));
	RP_CHECK_FAILS(rp_job_run(20000, greedy, tx), RP_E_LIMIT);
	RP_CHECK_OK(rp_tx_undo(tx));
	RP_CHECK_OK(put(tx, 3, "third"));
	RP_CHECK_OK(rp_tx_commit(tx));
	RP_CHECK(total(db) == 2);
}

static void
versions(struct rp_db *db, struct rp_arena *a)
{
	struct rp_tx *tx;
	int64_t v[3] = { 0, 1, 0 };

	/* Others may write in the same cluster meanwhile: then once more. */
	for (int i = 0; i < 1000 && v[0] != v[1]; i++) {
		RP_CHECK_OK(rp_db_version(db, &v[0]));
		RP_CHECK(total(db) == 0);
		RP_CHECK_OK(rp_db_version(db, &v[1]));
	}
	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_WRITE, &tx));
	RP_CHECK_OK(put(tx, 1, "own"));
	RP_CHECK_OK(rp_tx_commit(tx));
	RP_CHECK_OK(rp_db_version(db, &v[2]));
	RP_CHECK(v[0] == v[1] && v[1] != v[2]);
}

static void
roles(struct rp_db *db, struct rp_arena *a)
{
	struct visit v = { 0 };

	rp_db_set_role(db, "work");
	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_READ, &v.tx));
	RP_CHECK_FAILS(q_item_each(v.tx, visit, &v), RP_E_INTERNAL);
	rp_arena_reset(a);
	rp_db_set_role(db, "export");
	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_READ, &v.tx));
	RP_CHECK_OK(q_item_each(v.tx, visit, &v));
}

struct nested {
	struct rp_tx *tx;
};

/* What is read for a row is gone with the row: it is asked each time. */
static struct rp_err *
twice_in_a_row(void *ctx, const struct q_item_each_row *row)
{
	struct nested *n = ctx;
	struct q_item_get_row one;
	uint64_t before = rp_tx_statements(n->tx);
	static const char key;

	RP_CHECK(rp_tx_memo(n->tx, &key) == NULL);
	for (int i = 0; i < 2; i++)
		RP_TRY(q_item_get(n->tx, &(struct q_item_get_param){ row->id },
		    &one));
	RP_CHECK(rp_tx_statements(n->tx) == before + 2);
	return NULL;
}

/* How many statements it takes to ask for `name` and a list of `max`. */
static uint64_t
cost(struct rp_tx *tx, const char *name, int64_t max, bool expected, size_t n)
{
	uint64_t before = rp_tx_statements(tx);
	struct q_item_list_rows rows;
	struct q_item_total_row total;
	struct q_item_find_row row = { 0 };
	bool found;

	RP_CHECK_OK(q_item_list(tx, &(struct q_item_list_param){ max }, &rows));
	RP_CHECK(rows.n == n && rows.v[0].name.n > 0);
	RP_CHECK_OK(q_item_find(tx,
	    &(struct q_item_find_param){ rp_text_z(name) }, &row, &found));
	RP_CHECK(found == expected && (row.id != 0) == expected);
	RP_CHECK_OK(q_item_total(tx, &total));
	RP_CHECK(total.has_any);
	return rp_tx_statements(tx) - before;
}

static void
asked(struct rp_db *db, struct rp_arena *a)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *other = rp_arena_new(1 << 20);
	static const char key, second;
	struct nested n;
	struct rp_tx *tx;

	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_WRITE, &tx));
	RP_CHECK(rp_tx_memo(tx, &key) == NULL);
	RP_CHECK_OK(put(tx, 1, "a"));
	RP_CHECK_OK(put(tx, 2, "b"));
	/* Who writes is answered anew. */
	RP_CHECK(cost(tx, "a", 2, true, 2) == 3);
	RP_CHECK(cost(tx, "a", 2, true, 2) == 3);
	RP_CHECK_OK(rp_tx_commit(tx));
	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_READ, &tx));
	RP_CHECK(cost(tx, "a", 2, true, 2) == 3);
	RP_CHECK(cost(tx, "a", 2, true, 2) == 0);
	RP_CHECK(cost(tx, "x", 2, false, 2) == 1);
	RP_CHECK(cost(tx, "x", 1, false, 1) == 1);
	RP_CHECK(cost(tx, "b", 1, true, 1) == 1);
	RP_CHECK(cost(tx, "x", 2, false, 2) == 0);
	*rp_tx_memo(tx, &key) = &n;
	RP_CHECK(*rp_tx_memo(tx, &key) == &n);
	RP_CHECK(*rp_tx_memo(tx, &second) == NULL);
	n.tx = tx;
	RP_CHECK_OK(q_item_each(tx, twice_in_a_row, &n));
	/* Another job's arena: nothing of this one is in it. */
	rp_tx_use(tx, other);
	RP_CHECK(*rp_tx_memo(tx, &key) == NULL);
	RP_CHECK(cost(tx, "a", 2, true, 2) == 3);
	rp_tx_use(tx, a);
	RP_CHECK(cost(tx, "a", 2, true, 2) == 3);
}

#define CASE(name)                                                        \
	static void name##_migrated(struct rp_db *db, struct rp_arena *a) \
	{                                                                 \
		int applied;                                              \
		RP_CHECK_OK(                                              \
		    rp_migrate_to(db, testing_migrations, 0, &applied));  \
		name(db, a);                                              \
	}                                                                 \
	static void name##_on_both(void)                                  \
	{                                                                 \
		rp_test_on_bare(name##_migrated);                         \
	}
CASE(types)
CASE(kinds)
CASE(each)
CASE(rolled_back)
CASE(savepoints)
CASE(to_undo)
CASE(failed)
CASE(jumped)
CASE(versions)
CASE(roles)
CASE(asked)

static void
urls(void)
{
	struct rp_db *db;

	RP_CHECK_FAILS(rp_db_open("mysql://x", &db), RP_E_INVALID);
	RP_CHECK_FAILS(rp_db_open("sqlite:/nowhere/at/all.db", &db),
	    RP_E_UNAVAILABLE);
}

RP_CHECK_MAIN({ "addresses of databases", urls },
    { "every type there and back", types_on_both },
    { "every kind of query", kinds_on_both },
    { "rows one by one", each_on_both },
    { "what is not committed is gone", rolled_back_on_both },
    { "savepoints", savepoints_on_both },
    { "what has to be undone", to_undo_on_both },
    { "after a failure nothing is kept", failed_on_both },
    { "a job over its ceiling", jumped_on_both },
    { "the version follows commits", versions_on_both },
    { "roles", roles_on_both },
    { "what is asked twice is read once", asked_on_both })
