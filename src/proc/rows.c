#include "proc/rows.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fd.h"
#include "codec/csv.h"
#include "codec/jsonl.h"
#include "domain/crypto.h"
#include "proc/sandbox.h"
#include "text/input.h"

#define PIECE ((size_t)64 << 10)
#define MESSAGE_MAX ((size_t)4096)
#define NAME_MAX_SHOWN 20 /* columns that a message lists */

/*
 * Through the pipe: one octet that says what follows, then
 *	ROW	line, octets of the file so far, and for each column its length
 *		and its octets
 *	WRONG	length and octets of a message; nothing follows
 *	DONE	octets of the file and their SHA-256; nothing follows
 * Numbers are 64 bits in the machine's order: both ends are one program.
 */
enum mark { ROW = 'r', WRONG = 'w', DONE = 'd' };

/* The child. */

struct reading {
	const struct rp_rows_in *in;
	struct rp_arena *a;
	int out;
	struct rp_buf pending;
	int64_t octets; /* of the file */
	struct rp_sha256 *hash;
	/* Of CSV: where the columns are; the header's length, 0 before it. */
	size_t place[RP_ROWS_COLUMNS_MAX], header;
	bool met[RP_ROWS_COLUMNS_MAX]; /* of JSON: some line has it */
	bool any;
};

static struct rp_err *
flush(struct reading *r)
{
	if (!rp_fd_write(r->out, (rp_bytes){ r->pending.p, r->pending.n }))
		return rp_fail(RP_E_UNAVAILABLE, "nobody takes the rows");
	r->pending.n = 0;
	return NULL;
}

static void
put_number(struct rp_buf *b, int64_t v)
{
	rp_buf_add(b, &v, sizeof(v));
}

static struct rp_err *
check_lengths(const struct reading *r, const rp_bytes *values)
{
	for (size_t i = 0; i < r->in->n; i++)
		if (values[i].n > RP_ROWS_VALUE_MAX)
			return rp_fail(RP_E_LIMIT,
			    "\"%.*s\" has over %zu octets",
			    RP_FMT(r->in->columns[i]), RP_ROWS_VALUE_MAX);
	return NULL;
}

static struct rp_err *
put_row(struct reading *r, int64_t line, const rp_bytes *values)
{
	rp_buf_byte(&r->pending, ROW);
	put_number(&r->pending, line);
	put_number(&r->pending, r->octets);
	for (size_t i = 0; i < r->in->n; i++) {
		put_number(&r->pending, (int64_t)values[i].n);
		rp_buf_bytes_add(&r->pending, values[i]);
	}
	r->any = true;
	return r->pending.n > PIECE ? flush(r) : NULL;
}

/* "a", "b", "c": what there is instead. */
static rp_text
names_there(struct rp_arena *a, const struct rp_csv_row *row)
{
	rp_text all = RP_TEXT("");

	for (size_t i = 0; i < row->n && i < NAME_MAX_SHOWN; i++) {
		rp_text name;
		struct rp_err *e =
		    rp_text_input_line(a, row->fields[i], 100, &name);

		rp_err_free(e);
		if (e == NULL)
			all = rp_textf(a, "%.*s%s\"%.*s\"", RP_FMT(all),
			    all.n > 0 ? ", " : "", RP_FMT(name));
	}
	return all;
}

static bool
is_name(rp_bytes field, rp_text name)
{
	return field.n == name.n && memcmp(field.p, name.p, name.n) == 0;
}

static struct rp_err *
take_header(struct reading *r, const struct rp_csv_row *row)
{
	for (size_t i = 0; i < r->in->n; i++) {
		rp_text name = r->in->columns[i];
		size_t k = 0;

		while (k < row->n && !is_name(row->fields[k], name))
			k++;
		if (k == row->n)
			return rp_fail(RP_E_INVALID,
			    "line %lld: there is no column \"%.*s\"; there are "
			    "%.*s",
			    (long long)row->line, RP_FMT(name),
			    RP_FMT(names_there(r->a, row)));
		r->place[i] = k;
		for (k++; k < row->n; k++)
			if (is_name(row->fields[k], name))
				return rp_fail(RP_E_INVALID,
				    "line %lld: two columns \"%.*s\"",
				    (long long)row->line, RP_FMT(name));
	}
	r->header = row->n;
	return NULL;
}

static struct rp_err *
csv_row(void *ctx, const struct rp_csv_row *row)
{
	struct reading *r = ctx;
	rp_bytes values[RP_ROWS_COLUMNS_MAX];
	struct rp_err *e;

	if (r->header == 0)
		return take_header(r, row);
	if (row->n != r->header)
		return rp_fail(RP_E_INVALID,
		    "line %lld: %zu fields, where the first line has %zu",
		    (long long)row->line, row->n, r->header);
	for (size_t i = 0; i < r->in->n; i++)
		values[i] = row->fields[r->place[i]];
	e = check_lengths(r, values);
	if (e != NULL)
		return rp_err_wrap(e, "line %lld", (long long)row->line);
	return put_row(r, row->line, values);
}

static struct rp_err *
json_value(struct rp_arena *a, const struct rp_json *v, rp_text name,
    rp_bytes *out)
{
	int64_t n;

	*out = (rp_bytes){ (const uint8_t *)"", 0 };
	if (v == NULL || rp_json_kind(v) == RP_JSON_NULL)
		return NULL;
	if (rp_json_kind(v) == RP_JSON_TEXT) {
		*out = rp_json_octets(v);
		return NULL;
	}
	if (rp_json_kind(v) != RP_JSON_I64)
		return rp_fail(RP_E_INVALID,
		    "\"%.*s\" is neither text nor a whole number",
		    RP_FMT(name));
	RP_TRY(rp_json_as_i64(v, &n));
	*out = rp_text_bytes(rp_textf(a, "%lld", (long long)n));
	return NULL;
}

static struct rp_err *
json_row(void *ctx, struct rp_arena *a, int64_t line, const struct rp_json *v)
{
	struct reading *r = ctx;
	rp_bytes values[RP_ROWS_COLUMNS_MAX];

	if (rp_json_kind(v) != RP_JSON_OBJECT)
		return rp_fail(RP_E_INVALID, "not an object");
	for (size_t i = 0; i < r->in->n; i++) {
		rp_text name = r->in->columns[i];
		const struct rp_json *member = rp_json_find(v, name.p);

		r->met[i] = r->met[i] || member != NULL;
		RP_TRY(json_value(a, member, name, &values[i]));
	}
	RP_TRY(check_lengths(r, values));
	return put_row(r, line, values);
}

/* What the first line has most of; a comma if it has none. */
static char
separator_of(rp_bytes in)
{
	size_t n[3] = { 0 };
	bool quoted = false;

	for (size_t i = 0; i < in.n && (quoted || in.p[i] != '\n'); i++) {
		quoted ^= in.p[i] == '"';
		n[0] += !quoted && in.p[i] == ',';
		n[1] += !quoted && in.p[i] == ';';
		n[2] += !quoted && in.p[i] == '\t';
	}
	if (n[1] > n[0] && n[1] >= n[2])
		return ';';
	return n[2] > n[0] ? '\t' : ',';
}

/* Encodings that are met in practice and are not UTF-8. */
static struct rp_err *
check_start(rp_bytes in)
{
	if (in.n >= 2 && ((in.p[0] == 0xff && in.p[1] == 0xfe) ||
			     (in.p[0] == 0xfe && in.p[1] == 0xff)))
		return rp_fail(RP_E_INVALID,
		    "line 1: this is UTF-16; save the file as UTF-8");
	if (in.n >= 4 && memcmp(in.p, "PK\3\4", 4) == 0)
		return rp_fail(RP_E_INVALID,
		    "line 1: this is a workbook or an archive; save it as "
		    "CSV (UTF-8)");
	return NULL;
}

struct source {
	struct rp_csv_reader *csv;
	struct rp_jsonl *json;
};

static struct rp_err *
feed(struct reading *r, struct source *s, rp_bytes in)
{
	if (s->csv == NULL && s->json == NULL) {
		struct rp_csv_options o = { .separator = separator_of(in),
			.row_max = RP_ROWS_ROW_MAX };

		RP_TRY(check_start(in));
		if (r->in->csv) {
			s->csv = rp_csv_reader_new(r->a, &o, csv_row, r);
		} else {
			s->json = rp_jsonl_new(r->a, json_row, r);
			rp_jsonl_line_max(s->json, RP_ROWS_ROW_MAX);
		}
	}
	r->octets += (int64_t)in.n;
	rp_sha256_add(r->hash, in);
	return s->csv != NULL ? rp_csv_read(s->csv, in) :
				rp_jsonl_read(s->json, in);
}

static struct rp_err *
finish(struct reading *r, struct source *s)
{
	struct rp_digest digest;

	if (s->csv != NULL)
		RP_TRY(rp_csv_finish(s->csv));
	if (s->json != NULL)
		RP_TRY(rp_jsonl_finish(s->json));
	for (size_t i = 0; s->json != NULL && r->any && i < r->in->n; i++)
		if (!r->met[i])
			return rp_fail(RP_E_INVALID,
			    "no line has a member \"%.*s\"",
			    RP_FMT(r->in->columns[i]));
	if (!r->any)
		return rp_fail(RP_E_INVALID, "there are no rows");
	digest = rp_sha256_done(r->hash);
	rp_buf_byte(&r->pending, DONE);
	put_number(&r->pending, r->octets);
	rp_buf_bytes_add(&r->pending, rp_digest_bytes(&digest));
	return flush(r);
}

struct child {
	const struct rp_rows_in *in;
	int file, out;
};

static struct rp_err *
read_file(struct rp_arena *a, void *ctx)
{
	const struct child *c = ctx;
	struct reading r = { .in = c->in,
		.a = a,
		.out = c->out,
		.hash = rp_sha256_new(a) };
	uint8_t *piece = rp_alloc(a, PIECE);
	struct source s = { 0 };
	ssize_t n;

	rp_buf_init(&r.pending, a, SIZE_MAX);
	for (;;) {
		n = read(c->file, piece, PIECE);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		RP_TRY(feed(&r, &s, (rp_bytes){ piece, (size_t)n }));
	}
	if (n < 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "reading");
	return finish(&r, &s);
}

static RP_NORETURN void
be_child(struct child *c)
{
	struct rp_sandbox_profile profile = {
		.name = "parse",
		.cpu_seconds = RP_ROWS_SECONDS,
		.memory = (uint64_t)1 << 30,
		.write_no_file = true,
	};
	struct rp_err *e;

	prctl(PR_SET_DUMPABLE, 0);
	rp_crypto_start();
	rp_json_prepare();
	e = rp_sandbox_enter(&profile, false, NULL);
	if (e == NULL)
		e = rp_job_run(RP_ROWS_MEMORY, read_file, c);
	if (e != NULL) {
		const char *why = rp_err_message(e);
		int64_t n = (int64_t)strlen(why);

		if (rp_fd_write(c->out, RP_BYTES("w")) &&
		    rp_fd_write(c->out,
			(rp_bytes){ (const uint8_t *)&n, sizeof(n) }))
			(void)rp_fd_write(c->out,
			    rp_text_bytes(rp_text_z(why)));
	}
	_exit(0);
}

/* The parent. */

struct rp_rows_decoder {
	struct rp_arena *a;
	const struct rp_rows_in *in;
	struct rp_buf held; /* a part of a record */
	int64_t all;        /* octets of the file, if that is known */
	bool is_done;
	struct rp_rows_source source;
};

_Static_assert(RP_ROWS_DIGEST == RP_DIGEST_SIZE, "SHA-256");

struct rp_rows_decoder *
rp_rows_decoder_new(struct rp_arena *a, const struct rp_rows_in *in)
{
	struct rp_rows_decoder *d = rp_new(a, struct rp_rows_decoder);

	RP_ASSERT(in->n <= RP_ROWS_COLUMNS_MAX);
	d->a = a;
	d->in = in;
	rp_buf_init(&d->held, a, RP_ROWS_VALUE_MAX * (RP_ROWS_COLUMNS_MAX + 1));
	return d;
}

bool
rp_rows_complete(const struct rp_rows_decoder *d, struct rp_rows_source *out)
{
	if (d->is_done)
		*out = d->source;
	return d->is_done;
}

/* What can be read of a record; `short_of` if it is not all there. */
struct cursor {
	rp_bytes in;
	size_t at;
	bool short_of;
};

static int64_t
number(struct cursor *c)
{
	int64_t v = 0;

	if (c->in.n - c->at < sizeof(v)) {
		c->short_of = true;
		return 0;
	}
	memcpy(&v, c->in.p + c->at, sizeof(v));
	c->at += sizeof(v);
	return v;
}

static struct rp_err *
octets(struct cursor *c, size_t max, rp_bytes *out)
{
	int64_t n = number(c);

	if (n < 0 || (uint64_t)n > max)
		return rp_fail(RP_E_LIMIT, "a value of %lld octets",
		    (long long)n);
	if (c->short_of || c->in.n - c->at < (size_t)n) {
		c->short_of = true;
		*out = (rp_bytes){ 0 };
		return NULL;
	}
	*out = (rp_bytes){ c->in.p + c->at, (size_t)n };
	c->at += (size_t)n;
	return NULL;
}

/* C0 but line ends and tabs, DEL, and C1, of which both octets go. */
static rp_bytes
without_controls(struct rp_arena *a, rp_bytes in)
{
	uint8_t *p = NULL;

	for (size_t i = 0; i < in.n; i++) {
		uint8_t c = in.p[i];
		bool wide = c == 0xc2 && i + 1 < in.n && in.p[i + 1] < 0xa0;

		if (!wide &&
		    (c == '\n' || c == '\t' || (c >= 0x20 && c != 0x7f)))
			continue;
		if (p == NULL) {
			p = rp_alloc(a, in.n);
			memcpy(p, in.p, in.n);
			in.p = p;
		}
		p[i] = ' ';
		if (wide)
			p[++i] = ' ';
	}
	return in;
}

static struct rp_err *
take_row(struct rp_rows_decoder *d, struct cursor *c)
{
	int64_t line = number(c), done = number(c);
	rp_bytes raw[RP_ROWS_COLUMNS_MAX];
	rp_text values[RP_ROWS_COLUMNS_MAX];
	struct rp_err *e;

	for (size_t i = 0; i < d->in->n && !c->short_of; i++)
		RP_TRY(octets(c, RP_ROWS_VALUE_MAX, &raw[i]));
	if (c->short_of)
		return NULL;
	for (size_t i = 0; i < d->in->n; i++) {
		e = rp_text_from(d->a, without_controls(d->a, raw[i]),
		    RP_ROWS_VALUE_MAX, &values[i]);
		if (e != NULL)
			return rp_err_wrap(e, "line %lld: \"%.*s\"",
			    (long long)line, RP_FMT(d->in->columns[i]));
	}
	if (d->in->progress != NULL)
		d->in->progress(d->in->ctx, done, d->all);
	return d->in->row(d->in->ctx, line, values);
}

static struct rp_err *
take_wrong(struct rp_rows_decoder *d, struct cursor *c)
{
	rp_bytes why;
	rp_text shown;

	RP_TRY(octets(c, MESSAGE_MAX, &why));
	if (c->short_of)
		return NULL;
	RP_TRY(rp_text_from(d->a, without_controls(d->a, why), MESSAGE_MAX,
	    &shown));
	return rp_fail(RP_E_INVALID, "%.*s", RP_FMT(shown));
}

static struct rp_err *
take_done(struct rp_rows_decoder *d, struct cursor *c)
{
	d->source.octets = number(c);
	if (c->short_of || c->in.n - c->at < RP_ROWS_DIGEST) {
		c->short_of = true;
		return NULL;
	}
	memcpy(d->source.sha256, c->in.p + c->at, RP_ROWS_DIGEST);
	c->at += RP_ROWS_DIGEST;
	d->is_done = true;
	return NULL;
}

static struct rp_err *
take_record(struct rp_rows_decoder *d, struct cursor *c)
{
	if (d->is_done)
		return rp_fail(RP_E_INVALID, "something after the end");
	switch (c->in.p[c->at++]) {
	case ROW:
		return take_row(d, c);
	case WRONG:
		return take_wrong(d, c);
	case DONE:
		return take_done(d, c);
	default:
		return rp_fail(RP_E_INVALID, "no such record");
	}
}

/* Whole records of `in`; how much of it they were. */
static struct rp_err *
take_records(struct rp_rows_decoder *d, rp_bytes in, size_t *out)
{
	struct cursor c = { .in = in };

	*out = 0;
	while (c.at < in.n) {
		RP_TRY(take_record(d, &c));
		if (c.short_of)
			return NULL;
		*out = c.at;
	}
	return NULL;
}

struct rp_err *
rp_rows_decode(struct rp_rows_decoder *d, rp_bytes in)
{
	size_t taken = 0;

	if (d->held.n > 0) {
		rp_buf_bytes_add(&d->held, in);
		if (d->held.over)
			return rp_fail(RP_E_LIMIT, "a row is too long");
		in = (rp_bytes){ d->held.p, d->held.n };
	}
	RP_TRY(take_records(d, in, &taken));
	if (d->held.n > 0) {
		memmove(d->held.p, d->held.p + taken, d->held.n - taken);
		d->held.n -= taken;
	} else {
		rp_buf_add(&d->held, in.p + taken, in.n - taken);
	}
	return NULL;
}

static struct rp_err *
take_all(struct rp_arena *a, int fd, const struct child *c,
    struct rp_rows_source *out)
{
	struct rp_rows_decoder *d = rp_rows_decoder_new(a, c->in);
	uint8_t *piece = rp_alloc(a, PIECE);
	struct stat st;
	ssize_t n;

	if (fstat(c->file, &st) == 0 && S_ISREG(st.st_mode))
		d->all = st.st_size;
	for (;;) {
		n = read(fd, piece, PIECE);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		RP_TRY(rp_rows_decode(d, (rp_bytes){ piece, (size_t)n }));
	}
	if (n == 0 && rp_rows_complete(d, out))
		return NULL;
	return rp_fail(RP_E_LIMIT, "the file takes too much time or memory");
}

static struct rp_err *
read_in_child(struct rp_arena *a, struct child *c, struct rp_rows_source *out)
{
	struct rp_err *e;
	int pair[2], status;
	pid_t child;

	if (pipe2(pair, O_CLOEXEC) != 0)
		return rp_fail_errno(RP_E_UNAVAILABLE, "pipe");
	child = fork();
	if (child < 0) {
		close(pair[0]);
		close(pair[1]);
		return rp_fail_errno(RP_E_UNAVAILABLE, "fork");
	}
	if (child == 0) {
		close(pair[0]);
		c->out = pair[1];
		be_child(c);
	}
	close(pair[1]);
	e = take_all(a, pair[0], c, out);
	close(pair[0]);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	return e;
}

struct rp_err *
rp_rows_read(struct rp_arena *a, const struct rp_rows_in *in,
    struct rp_rows_source *out)
{
	bool standard = strcmp(in->path, "-") == 0;
	struct child c = { .in = in };
	struct rp_err *e;

	RP_ASSERT(in->n <= RP_ROWS_COLUMNS_MAX);
	c.file = standard ? STDIN_FILENO : open(in->path, O_RDONLY | O_CLOEXEC);
	if (c.file < 0)
		return rp_fail_errno(RP_E_NOTFOUND, "%s", in->path);
	e = read_in_child(a, &c, out);
	if (!standard)
		close(c.file);
	return e ? rp_err_wrap(e, "%s",
		       standard ? "standard input" : in->path) :
		   NULL;
}
