#include "store/db.h"

#include <string.h>

#include "base/err.h"
#include "store/engine.h"

static bool
starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

struct rp_err *
rp_db_open(const char *url, struct rp_db **out)
{
	const struct rp_engine *engine;

	if (starts(url, "sqlite:") || strcmp(url, ":memory:") == 0)
		engine = &rp_sqlite_engine;
	else if (starts(url, "postgresql://") || starts(url, "postgres://"))
		engine = &rp_pg_engine;
	else
		return rp_fail(RP_E_INVALID,
		    "a database is sqlite:PATH or postgresql://...");
	RP_TRY(engine->open(url, out));
	(*out)->engine = engine;
	return NULL;
}

static void
give_back(struct rp_stmt *s)
{
	struct rp_db *db = s->db;

	/* Usually the newest; after a jump whatever is above it goes too. */
	while (db->busy != NULL) {
		struct rp_stmt *top = db->busy;

		db->busy = top->above;
		top->is_busy = false;
		db->engine->reset(top);
		if (top->rows != NULL) {
			db->tx->arena = top->outer;
			rp_arena_free(top->rows);
			top->rows = NULL;
		}
		if (top == s)
			return;
	}
}

static void
give_back_all(struct rp_db *db)
{
	while (db->busy != NULL)
		give_back(db->busy);
}

static void
tx_roll_back(void *ptr)
{
	struct rp_tx *tx = ptr;

	if (!tx->is_open)
		return;
	give_back_all(tx->db);
	tx->db->engine->rollback(tx->db);
	tx->is_open = false;
	tx->db->tx = NULL;
}

void
rp_db_close(struct rp_db *db)
{
	if (db == NULL)
		return;
	if (db->tx != NULL)
		tx_roll_back(db->tx);
	for (size_t i = 0; i < STMT_BUCKETS; i++)
		for (struct rp_stmt *s = db->stmts[i], *next; s; s = next) {
			next = s->next;
			db->engine->finalize(s);
		}
	db->engine->close(db);
}

void
rp_db_closep(struct rp_db **db)
{
	rp_db_close(*db);
	*db = NULL;
}

bool
rp_db_is_shared(const struct rp_db *db)
{
	return db->engine->is_shared;
}

void
rp_db_set_role(struct rp_db *db, const char *role)
{
	db->role = role;
}

struct rp_err *
rp_db_version(struct rp_db *db, int64_t *out)
{
	return db->engine->version(db, out);
}

struct rp_err *
rp_db_checkpoint(struct rp_db *db)
{
	RP_ASSERT(db->tx == NULL);
	return db->engine->checkpoint(db);
}

struct rp_err *
rp_tx_begin(struct rp_db *db, struct rp_arena *a, enum rp_tx_mode mode,
    struct rp_tx **out)
{
	struct rp_tx *tx = rp_new(a, struct rp_tx);

	RP_ASSERT(db->tx == NULL);
	*tx = (struct rp_tx){ .db = db, .arena = a, .mode = mode };
	/* Before it begins: the arena may reach its ceiling here. */
	rp_arena_defer(a, tx_roll_back, tx);
	RP_TRY(db->engine->begin(db, mode));
	tx->is_open = true;
	db->tx = tx;
	*out = tx;
	return NULL;
}

static struct rp_err *
check_usable(const struct rp_tx *tx)
{
	RP_ASSERT(tx->is_open);
	if (tx->failure != 0)
		return rp_fail(tx->failure == RP_E_UNAVAILABLE ?
				   RP_E_UNAVAILABLE :
				   RP_E_INTERNAL,
		    "the transaction has failed and was not undone");
	return NULL;
}

static struct rp_err *
noted(struct rp_tx *tx, struct rp_err *e)
{
	if (e != NULL)
		tx->failure = (int)rp_err_code(e);
	return e;
}

struct rp_err *
rp_tx_commit(struct rp_tx *tx)
{
	struct rp_err *e;

	give_back_all(tx->db);
	e = check_usable(tx);
	if (e != NULL) {
		tx_roll_back(tx);
		return e;
	}
	tx->is_open = false;
	tx->db->tx = NULL;
	return tx->db->engine->commit(tx->db);
}

static void
forget(struct rp_tx *tx)
{
	tx->memos = NULL;
	tx->asked = NULL;
	tx->asked_n = 0;
}

struct rp_err *
rp_tx_save(struct rp_tx *tx, struct rp_arena *a)
{
	RP_TRY(check_usable(tx));
	RP_ASSERT(tx->depth < RP_TX_DEPTH_MAX);
	RP_TRY(noted(tx, tx->db->engine->save(tx->db)));
	tx->outer[tx->depth++] = tx->arena;
	tx->arena = a;
	forget(tx);
	return NULL;
}

struct rp_err *
rp_tx_release(struct rp_tx *tx)
{
	RP_ASSERT(tx->depth > 0);
	give_back_all(tx->db);
	RP_TRY(check_usable(tx));
	RP_TRY(noted(tx, tx->db->engine->release(tx->db)));
	tx->arena = tx->outer[--tx->depth];
	forget(tx);
	return NULL;
}

struct rp_err *
rp_tx_undo(struct rp_tx *tx)
{
	RP_ASSERT(tx->is_open && tx->depth > 0);
	give_back_all(tx->db);
	tx->arena = tx->outer[--tx->depth];
	forget(tx);
	tx->failure = 0;
	return noted(tx, tx->db->engine->undo(tx->db));
}

int
rp_tx_depth(const struct rp_tx *tx)
{
	return tx->depth;
}

uint64_t
rp_tx_writes(const struct rp_tx *tx)
{
	return tx->writes;
}

uint64_t
rp_tx_statements(const struct rp_tx *tx)
{
	return tx->statements;
}

bool
rp_tx_is_sound(const struct rp_tx *tx)
{
	return tx->failure == 0 && tx->db->busy == NULL;
}

struct rp_arena *
rp_tx_arena(struct rp_tx *tx)
{
	return tx->arena;
}

void
rp_tx_use(struct rp_tx *tx, struct rp_arena *a)
{
	RP_ASSERT(tx->is_open);
	tx->arena = a;
	forget(tx);
}

/* One snapshot, and an arena that lasts: that of a row is gone with it. */
static bool
remembers(const struct rp_tx *tx)
{
	if (tx->mode != RP_TX_READ || tx->failure != 0)
		return false;
	for (const struct rp_stmt *s = tx->db->busy; s != NULL; s = s->above)
		if (s->rows != NULL)
			return false;
	return true;
}

void **
rp_tx_memo(struct rp_tx *tx, const void *key)
{
	struct rp_memo *m = tx->memos;

	if (!remembers(tx))
		return NULL;
	while (m != NULL && m->key != key)
		m = m->next;
	if (m == NULL) {
		m = rp_new(tx->arena, struct rp_memo);
		*m = (struct rp_memo){ .key = key, .next = tx->memos };
		tx->memos = m;
	}
	return &m->value;
}

static bool
same_values(const struct rp_value *a, const struct rp_value *b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		rp_bytes x = a[i].octets, y = b[i].octets;

		if (a[i].i64 != b[i].i64 || x.n != y.n ||
		    (x.n > 0 && memcmp(x.p, y.p, x.n) != 0))
			return false;
	}
	return true;
}

const void *
rp_asked_find(const struct rp_tx *tx, const struct rp_query *q,
    const struct rp_value *values, size_t n)
{
	if (!remembers(tx))
		return NULL;
	for (const struct rp_asked *one = tx->asked; one; one = one->next)
		if (one->q == q && same_values(one->values, values, n))
			return one->answer;
	return NULL;
}

void
rp_asked_keep(struct rp_tx *tx, const struct rp_query *q,
    const struct rp_value *values, size_t n, const void *answer, size_t size)
{
	struct rp_arena *a = tx->arena;
	struct rp_asked *one;

	if (!remembers(tx) || tx->asked_n == RP_ASKED_MAX)
		return;
	one = rp_new(a, struct rp_asked);
	one->q = q;
	one->values = rp_new_n(a, struct rp_value, n + 1);
	for (size_t i = 0; i < n; i++) {
		one->values[i].i64 = values[i].i64;
		one->values[i].octets =
		    rp_text_bytes(rp_text_trusted(a, values[i].octets));
	}
	one->answer = rp_alloc(a, size);
	memcpy(one->answer, answer, size);
	one->next = tx->asked;
	tx->asked = one;
	tx->asked_n++;
}

static bool
role_may(const struct rp_db *db, const struct rp_query *q)
{
	size_t n;

	if (db->role == NULL || q->roles == NULL)
		return true;
	n = strlen(db->role);
	for (const char *p = q->roles; (p = strstr(p, db->role)) != NULL; p++)
		if (p[-1] == ' ' && p[n] == ' ')
			return true;
	return false;
}

static struct rp_err *
find_or_prepare(struct rp_db *db, const struct rp_query *q,
    struct rp_stmt **out)
{
	struct rp_stmt **bucket =
	    &db->stmts[((uintptr_t)q >> 4) % STMT_BUCKETS];

	for (struct rp_stmt *s = *bucket; s != NULL; s = s->next)
		if (s->q == q && !s->is_busy) {
			*out = s;
			return NULL;
		}
	if (!role_may(db, q))
		return rp_fail(RP_E_INTERNAL, "%s: not for role %s", q->name,
		    db->role);
	RP_TRY(db->engine->prepare(db, q, out));
	(*out)->q = q;
	(*out)->db = db;
	(*out)->only_reads = starts(q->sql[db->engine->dialect], "SELECT ");
	(*out)->next = *bucket;
	*bucket = *out;
	return NULL;
}

void
rp_stmt_forget(struct rp_db *db, const struct rp_query *q)
{
	struct rp_stmt **at = &db->stmts[((uintptr_t)q >> 4) % STMT_BUCKETS];

	while (*at != NULL) {
		struct rp_stmt *s = *at;

		if (s->q != q) {
			at = &s->next;
			continue;
		}
		RP_ASSERT(!s->is_busy);
		*at = s->next;
		db->engine->finalize(s);
	}
}

struct rp_err *
rp_stmt_open(struct rp_tx *tx, const struct rp_query *q, struct rp_stmt **out)
{
	struct rp_db *db = tx->db;
	struct rp_stmt *s;

	RP_TRY(check_usable(tx));
	RP_TRY(noted(tx, find_or_prepare(db, q, &s)));
	tx->writes += !s->only_reads;
	tx->statements++;
	s->is_busy = true;
	s->above = db->busy;
	db->busy = s;
	*out = s;
	return NULL;
}

void
rp_stmt_done(struct rp_stmt **s)
{
	if (*s != NULL && (*s)->is_busy)
		give_back(*s);
	*s = NULL;
}

static void
bind(struct rp_stmt *s, int at, struct rp_cell v)
{
	s->db->engine->bind(s, at, &v);
}

void
rp_stmt_bind_i64(struct rp_stmt *s, int at, int64_t v)
{
	bind(s, at, (struct rp_cell){ .kind = CELL_I64, .i64 = v });
}

void
rp_stmt_bind_bool(struct rp_stmt *s, int at, bool v)
{
	bind(s, at, (struct rp_cell){ .kind = CELL_I64, .i64 = v ? 1 : 0 });
}

void
rp_stmt_bind_ref(struct rp_stmt *s, int at, int64_t v)
{
	bind(s, at,
	    (struct rp_cell){ .kind = v ? CELL_I64 : CELL_NULL, .i64 = v });
}

void
rp_stmt_bind_text(struct rp_stmt *s, int at, rp_text v)
{
	bind(s, at,
	    (struct rp_cell){ .kind = CELL_TEXT, .octets = rp_text_bytes(v) });
}

void
rp_stmt_bind_bytes(struct rp_stmt *s, int at, rp_bytes v)
{
	bind(s, at, (struct rp_cell){ .kind = CELL_BYTES, .octets = v });
}

struct rp_err *
rp_stmt_exec(struct rp_stmt *s)
{
	return noted(s->db->tx, s->db->engine->exec(s));
}

struct rp_err *
rp_stmt_count(struct rp_stmt *s, int64_t *out)
{
	return noted(s->db->tx, s->db->engine->count(s, out));
}

struct rp_err *
rp_stmt_step(struct rp_stmt *s, bool *out_row)
{
	return noted(s->db->tx, s->db->engine->step(s, out_row));
}

struct rp_err *
rp_stmt_one(struct rp_stmt *s)
{
	bool row;

	RP_TRY(rp_stmt_step(s, &row));
	if (!row)
		return rp_fail(RP_E_NOTFOUND, "%s: no such row", s->q->name);
	return NULL;
}

struct rp_err *
rp_stmt_no_more(struct rp_stmt *s)
{
	bool row;

	/* Also lets SQLite finish INSERT ... RETURNING and its checks. */
	RP_TRY(rp_stmt_step(s, &row));
	if (row)
		return noted(s->db->tx,
		    rp_fail(RP_E_INTERNAL, "%s: more than one row",
			s->q->name));
	return NULL;
}

struct rp_err *
rp_stmt_each(struct rp_stmt *s, bool *out_row)
{
	struct rp_tx *tx = s->db->tx;

	if (s->rows == NULL) {
		s->outer = tx->arena;
		s->rows = rp_arena_new(RP_EACH_ROW_MAX);
		tx->arena = s->rows;
	} else {
		rp_arena_reset(s->rows);
	}
	return noted(tx, s->db->engine->stream(s, out_row));
}

static struct rp_err *
cell_of(struct rp_stmt *s, int col, int kind, struct rp_cell *out)
{
	RP_TRY(s->db->engine->cell(s, col, out));
	if ((int)out->kind != kind)
		return rp_fail(RP_E_INTERNAL, "%s: column %d has another type",
		    s->q->name, col);
	return NULL;
}

struct rp_err *
rp_stmt_i64(struct rp_stmt *s, int col, int64_t *out)
{
	struct rp_cell c;

	RP_TRY(cell_of(s, col, CELL_I64, &c));
	*out = c.i64;
	return NULL;
}

struct rp_err *
rp_stmt_bool(struct rp_stmt *s, int col, bool *out)
{
	struct rp_cell c;

	RP_TRY(cell_of(s, col, CELL_I64, &c));
	*out = c.i64 != 0;
	return NULL;
}

struct rp_err *
rp_stmt_ref(struct rp_stmt *s, int col, int64_t *out)
{
	struct rp_cell c;

	RP_TRY(s->db->engine->cell(s, col, &c));
	if (c.kind == CELL_NULL) {
		*out = 0;
		return NULL;
	}
	return rp_stmt_i64(s, col, out);
}

struct rp_err *
rp_stmt_text(struct rp_stmt *s, int col, rp_text *out)
{
	struct rp_cell c;

	RP_TRY(cell_of(s, col, CELL_TEXT, &c));
	*out = rp_text_trusted(s->db->tx->arena, c.octets);
	return NULL;
}

struct rp_err *
rp_stmt_bytes(struct rp_stmt *s, int col, rp_bytes *out)
{
	struct rp_cell c;
	rp_text copy;

	RP_TRY(cell_of(s, col, CELL_BYTES, &c));
	copy = rp_text_trusted(s->db->tx->arena, c.octets);
	*out = rp_text_bytes(copy);
	return NULL;
}
