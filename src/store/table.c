#include "store/table.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/engine.h"

#define SQL_MAX ((size_t)64 * 1024)

static const struct rp_query tables_query = {
	.name = "tables",
	.sql = { [RP_SQLITE] = "SELECT name FROM sqlite_schema "
			       "WHERE type = 'table' AND sql LIKE '%STRICT' "
			       "AND name NOT IN ('schema_version', "
			       "'backup_seal') ORDER BY rowid" },
	.params = "",
	.columns = "t",
};

static const struct rp_query columns_query = {
	.name = "columns",
	.sql = { [RP_SQLITE] = "SELECT name, type, pk "
			       "FROM pragma_table_info(?1) ORDER BY cid" },
	.params = "t",
	.columns = "tti",
};

/* The texts that a table's two statements are made of. */
struct parts {
	struct rp_buf columns, keys, question, dollar, letters;
	size_t n, n_keys;
};

static char
letter_of(rp_text type)
{
	if (rp_text_eq(type, RP_TEXT("INTEGER")))
		return 'r';
	return rp_text_eq(type, RP_TEXT("TEXT")) ? 't' : 'o';
}

static void
add_column(struct parts *p, rp_text name, rp_text type, bool is_key)
{
	const char *comma = p->n > 0 ? ", " : "";

	p->n++;
	rp_buf_f(&p->columns, "%s\"%.*s\"", comma, RP_FMT(name));
	rp_buf_f(&p->question, "%s?%zu", comma, p->n);
	rp_buf_f(&p->dollar, "%s$%zu", comma, p->n);
	rp_buf_byte(&p->letters, (uint8_t)letter_of(type));
	if (!is_key)
		return;
	rp_buf_f(&p->keys, "%s\"%.*s\"", p->n_keys > 0 ? ", " : " ORDER BY ",
	    RP_FMT(name));
	p->n_keys++;
}

static const char *
text_of(struct rp_buf *b)
{
	rp_text t = { 0 };
	struct rp_err *e = rp_buf_done(b, &t);

	RP_ASSERT(e == NULL);
	return t.p;
}

static struct rp_table *
assemble(struct rp_arena *a, rp_text name, struct parts *p)
{
	struct rp_table *t = rp_new(a, struct rp_table);
	const char *columns = text_of(&p->columns);
	const char *letters = text_of(&p->letters);
	rp_text select = rp_textf(a, "SELECT %s FROM \"%.*s\"%s", columns,
	    RP_FMT(name), text_of(&p->keys));
	rp_text into =
	    rp_textf(a, "INSERT INTO \"%.*s\" (%s)", RP_FMT(name), columns);

	t->name = rp_text_dup(a, name);
	t->n_columns = p->n;
	t->select = (struct rp_query){ .name = t->name.p,
		.sql = { select.p, select.p },
		.params = "",
		.columns = letters };
	t->insert = (struct rp_query){ .name = t->name.p,
		.sql = { rp_textf(a, "%s VALUES (%s)", into.p,
			     text_of(&p->question))
			     .p,
		    rp_textf(a, "%s VALUES (%s)", into.p, text_of(&p->dollar))
			.p },
		.params = letters,
		.columns = "" };
	return t;
}

static struct rp_err *
describe(struct rp_tx *tx, rp_text name, struct rp_table **out)
{
	RP_AUTO(rp_stmt_done) struct rp_stmt *s = NULL;
	struct rp_arena *a = rp_tx_arena(tx);
	rp_text column, type;
	struct parts p = { 0 };
	int64_t key;
	bool more;

	rp_buf_init(&p.columns, a, SQL_MAX);
	rp_buf_init(&p.keys, a, SQL_MAX);
	rp_buf_init(&p.question, a, SQL_MAX);
	rp_buf_init(&p.dollar, a, SQL_MAX);
	rp_buf_init(&p.letters, a, SQL_MAX);
	RP_TRY(rp_stmt_open(tx, &columns_query, &s));
	rp_stmt_bind_text(s, 0, name);
	for (;;) {
		RP_TRY(rp_stmt_step(s, &more));
		if (!more)
			break;
		RP_TRY(rp_stmt_text(s, 0, &column));
		RP_TRY(rp_stmt_text(s, 1, &type));
		RP_TRY(rp_stmt_i64(s, 2, &key));
		add_column(&p, column, type, key > 0);
	}
	*out = assemble(a, name, &p);
	return NULL;
}

struct rp_err *
rp_tables_list(struct rp_tx *sqlite, struct rp_tables *out)
{
	RP_AUTO(rp_stmt_done) struct rp_stmt *s = NULL;
	struct rp_table *t;
	rp_text name;
	bool more;

	*out = (struct rp_tables){ 0 };
	RP_TRY(rp_stmt_open(sqlite, &tables_query, &s));
	for (;;) {
		RP_TRY(rp_stmt_step(s, &more));
		if (!more)
			return NULL;
		RP_TRY(rp_stmt_text(s, 0, &name));
		RP_TRY(describe(sqlite, name, &t));
		rp_vec_push(rp_tx_arena(sqlite), out, t);
	}
}

static uint64_t
mix(uint64_t h, uint64_t v)
{
	h = (h ^ v) * 0x9e3779b97f4a7c15;
	return h ^ (h >> 29);
}

static uint64_t
hash_cell(uint64_t h, const struct rp_cell *c)
{
	uint64_t word;
	size_t i;

	h = mix(h, (uint64_t)c->kind);
	if (c->kind == CELL_NULL)
		return h;
	if (c->kind == CELL_I64)
		return mix(h, (uint64_t)c->i64);
	h = mix(h, c->octets.n);
	for (i = 0; i + 8 <= c->octets.n; i += 8) {
		memcpy(&word, c->octets.p + i, 8);
		h = mix(h, word);
	}
	word = 0;
	if (i < c->octets.n)
		memcpy(&word, c->octets.p + i, c->octets.n - i);
	return mix(h, word);
}

static struct rp_err *
copy_row(struct rp_stmt *from, struct rp_stmt *to, const struct rp_table *t,
    uint64_t *out_hash)
{
	uint64_t h = 1;
	struct rp_cell c;

	for (int i = 0; i < (int)t->n_columns; i++) {
		RP_TRY(from->db->engine->cell(from, i, &c));
		h = hash_cell(h, &c);
		if (to != NULL)
			to->db->engine->bind(to, i, &c);
	}
	*out_hash = h;
	if (to == NULL)
		return NULL;
	RP_TRY(rp_stmt_exec(to));
	to->db->engine->reset(to);
	return NULL;
}

struct rp_err *
rp_table_copy(struct rp_tx *from, struct rp_tx *to, const struct rp_table *t,
    struct rp_table_sum *out)
{
	RP_AUTO(rp_stmt_done) struct rp_stmt *in = NULL;
	RP_AUTO(rp_stmt_done) struct rp_stmt *put = NULL;
	struct rp_table_sum sum = { 0 };
	uint64_t total = 0, h;
	bool more;

	RP_TRY(rp_stmt_open(from, &t->select, &in));
	if (to != NULL)
		RP_TRY(rp_stmt_open(to, &t->insert, &put));
	for (;;) {
		RP_TRY(rp_stmt_each(in, &more));
		if (!more)
			break;
		RP_TRY(copy_row(in, put, t, &h));
		total += h;
		sum.rows++;
	}
	sum.hash = (int64_t)total;
	*out = sum;
	return NULL;
}

void
rp_tables_forget(struct rp_db *db, const struct rp_tables *tables)
{
	for (size_t i = 0; i < tables->n; i++) {
		rp_stmt_forget(db, &tables->v[i]->select);
		rp_stmt_forget(db, &tables->v[i]->insert);
	}
}
