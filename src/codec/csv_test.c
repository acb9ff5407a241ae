#include "codec/csv.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "codec/sink.h"

struct log {
	struct rp_buf b;
	size_t rows;
};

static struct rp_err *
log_row(void *ctx, const struct rp_csv_row *row)
{
	struct log *l = ctx;

	rp_buf_f(&l->b, "%lld", (long long)row->line);
	for (size_t i = 0; i < row->n; i++)
		rp_buf_f(&l->b, "[%.*s]", RP_FMT(row->fields[i]));
	l->rows++;
	return NULL;
}

static struct rp_err *
run(struct rp_arena *a, const struct rp_csv_options *o, rp_bytes in,
    size_t first, size_t step, rp_text *out)
{
	struct log l = { 0 };
	struct rp_csv_reader *r = rp_csv_reader_new(a, o, log_row, &l);

	rp_buf_init(&l.b, a, (size_t)64 << 20);
	for (size_t i = 0, n = first; i < in.n; i += n, n = step) {
		if (n > in.n - i)
			n = in.n - i;
		RP_TRY(rp_csv_read(r, (rp_bytes){ in.p + i, n }));
	}
	RP_TRY(rp_csv_finish(r));
	return rp_buf_done(&l.b, out);
}

static const struct {
	const char *in, *want; /* want NULL: refused */
	char separator;
	bool guard;
} rows[] = {
	{ "", "", 0, false },
	{ "a,b\r\nc,d\r\n", "1[a][b]2[c][d]", 0, false },
	{ "a,b\nc,d", "1[a][b]2[c][d]", 0, false },
	{ "\xef\xbb\xbf"
	  "a,b",
	    "1[a][b]", 0, false },
	{ "\xef\xbb\xbf\"a\"", "1[a]", 0, false },
	{ "\xef\xbb\xbe,x", "1[\xef\xbb\xbe][x]", 0, false },
	{ "\"a\"\"b\r\n,c\",d\r\ne\r\n", "1[a\"b\r\n,c][d]3[e]", 0, false },
	{ "\"\",\r\n", "1[][]", 0, false },
	{ "\"\"\r\n\r\n\r\nx", "1[]4[x]", 0, false },
	{ ",", "1[][]", 0, false },
	{ "a;b,c", "1[a][b,c]", ';', false },
	{ "a\tb", "1[a][b]", '\t', false },
	{ "'=x,'a,''+,'", "1[=x]['a]['+][']", 0, true },
	{ "'=x", "1['=x]", 0, false },
	{ "a\"b", NULL, 0, false },
	{ "\"a\"b", NULL, 0, false },
	{ "\"a", NULL, 0, false },
	{ "a\rb", NULL, 0, false },
	{ "a\r", NULL, 0, false },
	{ "a\r\r\n", NULL, 0, false },
	{ "\xff", NULL, 0, false },
	{ "\xef\xbb", NULL, 0, false },
	{ "\xed\xa0\x80,", NULL, 0, false },
};

static void
parses_the_table(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		rp_bytes in = rp_text_bytes(rp_text_z(rows[i].in));
		struct rp_csv_options o = { rows[i].separator, rows[i].guard };

		for (size_t first = 1; first <= in.n + 1; first++) {
			RP_AUTO(rp_arena_freep)
			struct rp_arena *a = rp_arena_new(4 << 20);
			rp_text got;

			if (rows[i].want == NULL) {
				RP_CHECK_FAILS(run(a, &o, in, first, 1, &got),
				    RP_E_INVALID);
				continue;
			}
			RP_CHECK_OK(run(a, &o, in, first, 3, &got));
			RP_CHECK_TEXT(got, rp_text_z(rows[i].want));
		}
	}
}

static void
names_the_line(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(4 << 20);
	struct rp_csv_options o = { 0 };
	struct rp_err *e;
	rp_text got;

	e = run(a, &o, RP_BYTES("a\n\"x\n\ny\"\nok\nbad\"\n"), 4, 4, &got);
	RP_CHECK(e != NULL && strstr(rp_err_message(e), "line 6:") != NULL);
	rp_err_free(e);
}

static void
limits(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_csv_options o = { 0 };
	uint8_t *big = rp_alloc(a, RP_CSV_ROW_MAX + 1);
	rp_text got;

	memset(big, ',', RP_CSV_FIELDS_MAX);
	RP_CHECK_FAILS(run(a, &o, (rp_bytes){ big, RP_CSV_FIELDS_MAX }, 99, 99,
			   &got),
	    RP_E_LIMIT);
	RP_CHECK_OK(
	    run(a, &o, (rp_bytes){ big, RP_CSV_FIELDS_MAX - 1 }, 99, 99, &got));
	memset(big, 'x', RP_CSV_ROW_MAX + 1);
	RP_CHECK_FAILS(run(a, &o, (rp_bytes){ big, RP_CSV_ROW_MAX + 1 }, 4096,
			   4096, &got),
	    RP_E_LIMIT);
	o.row_max = RP_CSV_ROW_MAX + 1;
	RP_CHECK_OK(run(a, &o, (rp_bytes){ big, RP_CSV_ROW_MAX + 1 }, 4096,
	    4096, &got));
}

static void
writes(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(4 << 20);
	struct rp_csv_options guard = { .guard = true }, plain = { 0 };
	rp_text row[] = { RP_TEXT("a"), RP_TEXT(""), RP_TEXT("=1+\"2\""),
		RP_TEXT("'-x"), RP_TEXT(" b"), RP_TEXT("c,d\ne"), RP_TEXT("'s"),
		RP_TEXT("\xef\xbc\x9d") };
	struct rp_sink s;
	struct rp_buf b;
	rp_text got;

	rp_buf_init(&b, a, 1 << 20);
	rp_sink_to_buf(&s, a, &b);
	rp_csv_write(&s, &guard, row, 8);
	rp_csv_write(&s, &plain, row + 1, 1);
	rp_csv_write(&s, &plain, row + 2, 2);
	RP_CHECK_OK(rp_sink_flush(&s));
	RP_CHECK_OK(rp_buf_done(&b, &got));
	RP_CHECK_TEXT(got,
	    RP_TEXT("a,,\"'=1+\"\"2\"\"\",''-x,\" b\",\"c,d\ne\",'s,"
		    "'\xef\xbc\x9d\r\n\"\"\r\n\"=1+\"\"2\"\"\",'-x\r\n"));
}

/* A small generator with its own state, so that every run is the same. */
static uint32_t
next(uint32_t *state)
{
	*state = *state * 1664525 + 1013904223;
	return *state >> 16;
}

struct back {
	const rp_text *fields;
	size_t i, width;
};

static struct rp_err *
compare_row(void *ctx, const struct rp_csv_row *row)
{
	struct back *b = ctx;

	RP_CHECK(row->n == b->width);
	for (size_t i = 0; i < row->n; i++)
		RP_CHECK_TEXT(((rp_text){ (const char *)row->fields[i].p,
				  row->fields[i].n }),
		    b->fields[b->i + i]);
	b->i += row->n;
	return NULL;
}

static void
reads_what_it_wrote(void)
{
	static const char *pieces[] = { "a", "\"", ",", ";", "\n", "\r", "'",
		"=", "-", "\t", " ", "\xef\xbb\xbf", "\xe6\x96\x87", "@",
		"\xef\xbc\x8b", "" };
	static const char separators[] = { ',', ';', '\t' };
	uint32_t seed = 7;

	for (size_t round = 0; round < 600; round++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(16 << 20);
		struct rp_csv_options o = { separators[round % 3],
			round % 2 == 0 };
		size_t width = 1 + next(&seed) % 4;
		rp_text fields[32];
		struct back back = { fields, 0, width };
		struct rp_csv_reader *r;
		struct rp_sink s;
		struct rp_buf out;
		rp_bytes bytes = { 0 };

		for (size_t i = 0; i < 8 * width; i++) {
			struct rp_buf f;

			rp_buf_init(&f, a, 1024);
			for (size_t k = next(&seed) % 6; k > 0; k--)
				rp_buf_text(&f,
				    rp_text_z(pieces[next(&seed) % 16]));
			RP_CHECK_OK(rp_buf_done(&f, &fields[i]));
		}
		rp_buf_init(&out, a, 1 << 20);
		rp_sink_to_buf(&s, a, &out);
		for (size_t i = 0; i < 8; i++)
			rp_csv_write(&s, &o, fields + i * width, width);
		RP_CHECK_OK(rp_sink_flush(&s));
		RP_CHECK_OK(rp_buf_bytes(&out, &bytes));
		r = rp_csv_reader_new(a, &o, compare_row, &back);
		for (size_t i = 0; i < bytes.n; i++)
			RP_CHECK_OK(
			    rp_csv_read(r, (rp_bytes){ bytes.p + i, 1 }));
		RP_CHECK_OK(rp_csv_finish(r));
		RP_CHECK(back.i == 8 * width);
	}
}

RP_CHECK_MAIN({ "parses the table", parses_the_table },
    { "names the line", names_the_line }, { "limits", limits },
    { "writes", writes }, { "reads what it wrote", reads_what_it_wrote })
