/* The schema after all migrations is migrations/schema.golden on both. */
#include <stdlib.h>

#include "base/buf.h"
#include "base/check.h"
#include "store/q_schema.h"
#include "store/test_db.h"

#define GOLDEN_MAX 200000

static rp_text
lines_of(struct rp_db *db, struct rp_arena *a)
{
	struct q_schema_lines_rows rows;
	struct rp_buf b;
	struct rp_tx *tx;
	rp_text all;

	RP_CHECK_OK(rp_tx_begin(db, a, RP_TX_READ, &tx));
	RP_CHECK_OK(q_schema_lines(tx, &rows));
	RP_CHECK_OK(rp_tx_commit(tx));
	rp_buf_init(&b, a, GOLDEN_MAX);
	for (size_t i = 0; i < rows.n; i++) {
		rp_buf_text(&b, rows.v[i].line);
		rp_buf_byte(&b, '\n');
	}
	RP_CHECK_OK(rp_buf_done(&b, &all));
	return all;
}

static rp_text
golden(struct rp_arena *a, const char *path)
{
	char *p = rp_alloc(a, GOLDEN_MAX);
	FILE *f = fopen(path, "re");
	size_t n = 0;

	if (f != NULL) {
		n = fread(p, 1, GOLDEN_MAX, f);
		(void)fclose(f);
	}
	return (rp_text){ p, n };
}

/* The first line that differs says more than both texts. */
static void
compare(const char *engine, rp_text got, rp_text want)
{
	size_t at = 0, next, next_want;

	while (at < got.n || at < want.n) {
		next = rp_text_find(got, '\n', at);
		next_want = rp_text_find(want, '\n', at);
		if (next == next_want && next < got.n &&
		    memcmp(got.p + at, want.p + at, next - at) == 0) {
			at = next + 1;
			continue;
		}
		printf("not ok - %s has \"%.*s\", schema.golden \"%.*s\": if "
		       "the change is meant, run this test with RP_REGEN=1\n",
		    engine, (int)(next > at ? next - at : 0), got.p + at,
		    (int)(next_want > at ? next_want - at : 0), want.p + at);
		exit(1);
	}
}

static void
check(struct rp_db *db, struct rp_arena *a)
{
	const char *path = getenv("RP_SCHEMA_GOLDEN");
	rp_text got = lines_of(db, a);
	FILE *f;

	if (path == NULL)
		RP_SKIP_ALL("RP_SCHEMA_GOLDEN is not set");
	RP_CHECK(got.n > 0);
	/* PostgreSQL comes second and is compared with what SQLite wrote. */
	if (getenv("RP_REGEN") != NULL && !rp_db_is_shared(db)) {
		f = fopen(path, "we");
		RP_CHECK(f != NULL);
		RP_CHECK(fwrite(got.p, 1, got.n, f) == got.n);
		RP_CHECK(fclose(f) == 0);
	}
	compare(rp_db_is_shared(db) ? "PostgreSQL" : "SQLite", got,
	    golden(a, path));
}

static void
golden_on_both(void)
{
	rp_test_on_both(check);
}

RP_CHECK_MAIN(
    { "the schema is the golden one on both engines", golden_on_both })
