#include "proc/import.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "codec/csv.h"
#include "codec/jsonl.h"
#include "text/input.h"

#define FILE_ARENA ((size_t)64 * 1024 * 1024)
#define ROW_ARENA ((size_t)64 * 1024 * 1024)
#define PIECE ((size_t)64 * 1024)
#define KEY_MAX ((size_t)8 * 1024 * 1024)
#define COLUMN_MAX ((size_t)1000)

struct reading {
	const struct rp_import *in;
	struct rp_arena *a, *row_arena;
	struct rp_import_map own;
	const struct rp_import_map *map;
	struct rp_names_list header; /* of CSV */
	int64_t rows, wrong;
	/* Where the row that is being read has its values. */
	const struct rp_csv_row *csv;
	const struct rp_json *json;
};

static size_t
column_of(const struct reading *r, rp_text name)
{
	size_t i = 0;

	while (i < r->header.n && !rp_text_eq(r->header.v[i], name))
		i++;
	return i;
}

/* The octets of a value; numbers and truth values as they are written. */
static struct rp_err *
json_octets(struct rp_arena *a, const struct rp_json *v, rp_bytes *out)
{
	int64_t n = 0;

	*out = (rp_bytes){ 0 };
	if (v == NULL || rp_json_kind(v) == RP_JSON_NULL)
		return NULL;
	if (rp_json_kind(v) == RP_JSON_TEXT) {
		*out = rp_json_octets(v);
		return NULL;
	}
	RP_TRY(rp_json_as_i64(v, &n));
	*out = rp_text_bytes(rp_textf(a, "%lld", (long long)n));
	return NULL;
}

static struct rp_err *
octets_of(const struct reading *r, rp_text column, rp_bytes *out)
{
	size_t i;

	*out = (rp_bytes){ 0 };
	if (column.n == 0)
		return NULL;
	if (r->json != NULL)
		return json_octets(r->row_arena,
		    rp_json_find(r->json, column.p), out);
	i = column_of(r, column);
	if (i < r->csv->n)
		*out = r->csv->fields[i];
	return NULL;
}

static struct rp_err *
value_of(const struct reading *r, const struct rp_import_target *t,
    rp_text *out)
{
	bool lines = t->kind == RP_IMPORT_ANSWER ||
		     (t->kind == RP_IMPORT_TEXT && t->text->lines);
	size_t max = t->kind == RP_IMPORT_TEXT ? t->text->max : RP_ANSWER_MAX;
	const struct rp_json *ours = NULL;
	rp_bytes octets;
	rp_text v;

	RP_TRY(octets_of(r, t->column, &octets));
	RP_TRY(lines ? rp_text_input(r->row_arena, octets, max, &v) :
		       rp_text_input_line(r->row_arena, octets, max, &v));
	if (v.n > 0 && t->values != NULL)
		ours = rp_json_find(t->values, v.p);
	if (ours != NULL)
		RP_TRY(rp_json_as_text(r->row_arena, ours, max, &v));
	*out = v.n > 0 ? v : t->constant;
	return NULL;
}

static struct rp_err *
put(struct rp_import_row *row, const struct rp_import_target *t, rp_text v)
{
	struct rp_answer_in answer = { t->position, v };

	switch (t->kind) {
	case RP_IMPORT_TEXT:
		*rp_submission_text_of(&row->s, t->text) = v;
		return NULL;
	case RP_IMPORT_ANSWER:
		rp_vec_push(row->arena, &row->s.answers, answer);
		return NULL;
	case RP_IMPORT_RECEIVED_AT:
		return v.n > 0 ? rp_clock_parse(v, &row->received_at) : NULL;
	case RP_IMPORT_PRESENT:
		row->s.present = v;
		if (v.n > 0 && !rp_text_eq(v, RP_TEXT("in_person")) &&
		    !rp_text_eq(v, RP_TEXT("remotely")))
			return rp_fail(RP_E_INVALID, "not one of the choices");
		return NULL;
	}
	return NULL;
}

/* By its own column, or else by everything it says and where it stands. */
static struct rp_err *
key_of(const struct reading *r, const struct rp_import_row *row, rp_bytes *out)
{
	struct rp_buf b;

	RP_TRY(octets_of(r, r->map->key, out));
	if (out->n > 0)
		return NULL;
	rp_buf_init(&b, r->row_arena, KEY_MAX);
	rp_buf_f(&b, "line %lld\n", (long long)row->line);
	for (size_t i = 0; i < r->map->targets.n; i++) {
		rp_text v;

		RP_TRY(value_of(r, &r->map->targets.v[i], &v));
		rp_buf_f(&b, "%zu:", v.n);
		rp_buf_text(&b, v);
	}
	return rp_buf_bytes(&b, out);
}

static struct rp_err *
fill(const struct reading *r, struct rp_import_row *row)
{
	rp_submission_init(&row->s);
	for (size_t i = 0; i < r->map->targets.n; i++) {
		const struct rp_import_target *t = &r->map->targets.v[i];
		struct rp_err *e;
		rp_text v;

		e = value_of(r, t, &v);
		if (e == NULL)
			e = put(row, t, v);
		if (e != NULL)
			return rp_err_wrap(e, "%.*s", RP_FMT(t->name));
	}
	return key_of(r, row, &row->key);
}

/* The caller told of the row's faults, or hands on what ends the reading. */
static struct rp_err *
row(struct reading *r, struct rp_arena *a, int64_t line)
{
	struct rp_import_row row = { .arena = a, .line = line };
	struct rp_err *e;

	r->row_arena = a;
	r->rows++;
	e = fill(r, &row);
	if (e == NULL)
		e = r->in->row(r->in->ctx, &row);
	if (e == NULL)
		return NULL;
	if (rp_err_code(e) != RP_E_INVALID && rp_err_code(e) != RP_E_LIMIT &&
	    rp_err_code(e) != RP_E_CONFLICT)
		return rp_err_wrap(e, "line %lld", (long long)line);
	r->in->wrong(r->in->ctx, line, rp_err_message(e));
	rp_err_free(e);
	if (++r->wrong == RP_IMPORT_WRONG_MAX)
		return rp_fail(RP_E_LIMIT, "%d rows are wrong: not read on",
		    RP_IMPORT_WRONG_MAX);
	return NULL;
}

static struct rp_err *
header(struct reading *r, const struct rp_csv_row *csv)
{
	for (size_t i = 0; i < csv->n; i++) {
		rp_text name;

		RP_TRY(rp_text_input_line(r->a, csv->fields[i], COLUMN_MAX,
		    &name));
		if (column_of(r, name) < r->header.n)
			return rp_fail(RP_E_INVALID, "two columns \"%.*s\"",
			    RP_FMT(name));
		rp_vec_push(r->a, &r->header, name);
	}
	if (r->map == NULL) {
		RP_TRY(rp_import_map_own(r->a, r->header.v, r->header.n,
		    r->in->questions, &r->own));
		r->map = &r->own;
	}
	for (size_t i = 0; i < r->map->targets.n; i++) {
		rp_text name = r->map->targets.v[i].column;

		if (name.n > 0 && column_of(r, name) == r->header.n)
			return rp_fail(RP_E_INVALID, "no column \"%.*s\"",
			    RP_FMT(name));
	}
	if (r->map->key.n > 0 && column_of(r, r->map->key) == r->header.n)
		return rp_fail(RP_E_INVALID, "no column \"%.*s\"",
		    RP_FMT(r->map->key));
	return NULL;
}

static struct rp_err *
csv_row(void *ctx, const struct rp_csv_row *csv)
{
	struct reading *r = ctx;

	if (r->header.n == 0)
		return header(r, csv);
	if (csv->n != r->header.n)
		return rp_fail(RP_E_INVALID,
		    "line %lld has %zu fields, the first %zu",
		    (long long)csv->line, csv->n, r->header.n);
	rp_arena_reset(r->row_arena);
	r->csv = csv;
	return row(r, r->row_arena, csv->line);
}

/* Without a map each line tells its own names. */
static struct rp_err *
json_row(void *ctx, struct rp_arena *a, int64_t line,
    const struct rp_json *value)
{
	struct reading *r = ctx;
	struct rp_names_list names = { 0 };

	if (rp_json_kind(value) != RP_JSON_OBJECT)
		return rp_fail(RP_E_INVALID, "it is no object");
	if (r->in->map == NULL) {
		for (size_t i = 0; i < rp_json_n(value); i++)
			rp_vec_push(a, &names, rp_json_key_at(value, i));
		RP_TRY(rp_import_map_own(a, names.v, names.n, r->in->questions,
		    &r->own));
		r->map = &r->own;
	}
	r->json = value;
	return row(r, a, line);
}

struct file {
	const struct rp_import *in;
	int fd;
	int64_t done, all;
};

/* The next piece; empty at the end. */
static struct rp_err *
next(struct file *f, uint8_t *to, rp_bytes *out)
{
	ssize_t n = read(f->fd, to, PIECE);

	if (n < 0)
		return rp_fail_errno(RP_E_INVALID, "%s", f->in->path);
	f->done += n;
	f->in->progress(f->in->ctx, f->done, f->all);
	*out = (rp_bytes){ to, (size_t)n };
	return NULL;
}

static void
free_arena(void *ptr)
{
	rp_arena_free(ptr);
}

static struct rp_err *
read_csv(struct reading *r, struct file *f)
{
	static const struct rp_csv_options guarded = { .guard = true };
	struct rp_csv_reader *csv =
	    rp_csv_reader_new(r->a, &guarded, csv_row, r);
	uint8_t *octets = rp_alloc(r->a, PIECE);
	rp_bytes piece;

	r->row_arena = rp_arena_new(ROW_ARENA);
	rp_arena_defer(r->a, free_arena, r->row_arena);
	for (;;) {
		RP_TRY(next(f, octets, &piece));
		if (piece.n == 0)
			break;
		RP_TRY(rp_csv_read(csv, piece));
	}
	RP_TRY(rp_csv_finish(csv));
	return r->header.n > 0 ? NULL : rp_fail(RP_E_INVALID, "it is empty");
}

static struct rp_err *
read_jsonl(struct reading *r, struct file *f)
{
	struct rp_jsonl *lines = rp_jsonl_new(r->a, json_row, r);
	uint8_t *octets = rp_alloc(r->a, PIECE);
	rp_bytes piece;

	for (;;) {
		RP_TRY(next(f, octets, &piece));
		if (piece.n == 0)
			break;
		RP_TRY(rp_jsonl_read(lines, piece));
	}
	return rp_jsonl_finish(lines);
}

struct job {
	struct reading *r;
	struct file *f;
};

static struct rp_err *
read_file(struct rp_arena *a, void *ctx)
{
	struct job *j = ctx;

	j->r->a = a;
	return j->r->in->csv ? read_csv(j->r, j->f) : read_jsonl(j->r, j->f);
}

struct rp_err *
rp_import_run(const struct rp_import *in, int64_t *out_rows, int64_t *out_wrong)
{
	struct reading r = { .in = in, .map = in->map };
	struct file f = { .in = in };
	struct job j = { &r, &f };
	struct stat st;
	struct rp_err *e;

	f.fd = open(in->path, O_RDONLY | O_CLOEXEC);
	if (f.fd < 0 || fstat(f.fd, &st) != 0)
		return rp_fail_errno(RP_E_INVALID, "%s", in->path);
	f.all = st.st_size;
	e = rp_job_run(FILE_ARENA, read_file, &j);
	close(f.fd);
	*out_rows = r.rows;
	*out_wrong = r.wrong;
	return e ? rp_err_wrap(e, "%s", in->path) : NULL;
}
