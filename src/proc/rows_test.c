#include "proc/rows.h"

#include <unistd.h>

#include "base/check.h"

struct seen {
	struct rp_arena *a;
	rp_text all; /* "line:a|b" for each row */
	int64_t done;
};

static struct rp_err *
row(void *ctx, int64_t line, const rp_text *values)
{
	struct seen *s = ctx;

	s->all = rp_textf(s->a, "%.*s%lld:%.*s|%.*s;", RP_FMT(s->all),
	    (long long)line, RP_FMT(values[0]), RP_FMT(values[1]));
	return NULL;
}

static void
progress(void *ctx, int64_t done, int64_t all)
{
	struct seen *s = ctx;

	RP_CHECK(done >= s->done && done <= all);
	s->done = done;
}

/* The rows, or what was wrong without the name of the file. */
static rp_text
read_text(struct rp_arena *a, bool csv, rp_bytes in)
{
	static const rp_text columns[] = { RP_TEXT_INIT("text"),
		RP_TEXT_INIT("id") };
	char path[] = "/tmp/rows_test.XXXXXX";
	struct seen s = { .a = a, .all = RP_TEXT("") };
	struct rp_rows_in rows = { .path = path,
		.csv = csv,
		.columns = columns,
		.n = 2,
		.ctx = &s,
		.row = row,
		.progress = progress };
	struct rp_rows_source source;
	struct rp_err *e;
	int fd = mkstemp(path);

	RP_CHECK(fd >= 0 && write(fd, in.p, in.n) == (ssize_t)in.n);
	close(fd);
	e = rp_rows_read(a, &rows, &source);
	unlink(path);
	if (e == NULL)
		RP_CHECK(source.octets == (int64_t)in.n);
	if (e != NULL) {
		const char *why = rp_err_message(e);

		RP_CHECK(strncmp(why, path, sizeof(path) - 1) == 0);
		s.all = rp_textf(a, "%s", why + sizeof(path) + 1);
		rp_err_free(e);
	}
	return s.all;
}

static void
csv(void)
{
	static const struct {
		rp_bytes in;
		const char *want;
	} rows[] = {
		{ RP_BYTES("id,text\r\n1,yes\r\n\r\n2,\"a\nb\"\r\n3,\r\n"),
		    "2:yes|1;4:a\nb|2;6:|3;" },
		{ RP_BYTES("\xef\xbb\xbftext;x;id\nno, not;2;7\n"),
		    "2:no, not|7;" },
		{ RP_BYTES("text\tid\na\t1\n"), "2:a|1;" },
		{ RP_BYTES("text,id\n\"a\r\nb\x01\xc2\x85\",1\n"),
		    "2:a \nb   |1;" },
		{ RP_BYTES("id,answer\n1,2\n"),
		    "line 1: there is no column \"text\"; there are \"id\", "
		    "\"answer\"" },
		{ RP_BYTES("id,text,id\n"), "line 1: two columns \"id\"" },
		{ RP_BYTES("id,text\n1,b\n2\n"),
		    "line 3: 1 fields, where the first line has 2" },
		{ RP_BYTES("id,text\n1,b\xe9\n"),
		    "line 2: field 2 is not UTF-8" },
		{ RP_BYTES("\xff\xfei\0d\0"),
		    "line 1: this is UTF-16; save the file as UTF-8" },
		{ RP_BYTES("PK\3\4xxxx"),
		    "line 1: this is a workbook or an archive; save it as CSV "
		    "(UTF-8)" },
		{ RP_BYTES("id,text\n"), "there are no rows" },
		{ RP_BYTES(""), "there are no rows" },
		{ RP_BYTES("id,text\n1,\"b\n"), "line 2: quote not closed" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new((size_t)512 << 20);

		RP_CHECK_TEXT(read_text(a, true, rows[i].in),
		    rp_text_z(rows[i].want));
	}
}

static void
json(void)
{
	static const struct {
		rp_bytes in;
		const char *want;
	} rows[] = {
		{ RP_BYTES("{\"id\":1,\"text\":\"a\\r\\nb\"}\n\n"
			   "{\"text\":null,\"id\":\"x\"}"),
		    "1:a \nb|1;3:|x;" },
		{ RP_BYTES("{\"id\":1}\n"), "no line has a member \"text\"" },
		{ RP_BYTES("{\"id\":1,\"text\":\"a\"}\n[1]\n"),
		    "line 2: not an object" },
		{ RP_BYTES("{\"id\":1,\"text\":[]}\n"),
		    "line 1: \"text\" is neither text nor a whole number" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new((size_t)512 << 20);

		RP_CHECK_TEXT(read_text(a, false, rows[i].in),
		    rp_text_z(rows[i].want));
	}
}

static void
too_long(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)512 << 20);
	size_t n = (size_t)10 << 20;
	uint8_t *p = rp_alloc(a, n);
	static const char head[] = "id,text\n1,ok\n2,";

	memset(p, 'a', n);
	memcpy(p, head, sizeof(head) - 1);
	RP_CHECK_TEXT(read_text(a, true, (rp_bytes){ p, n }),
	    RP_TEXT("line 3: row of over 4194304 octets"));
}

/* What a child that was taken over may send. */
static void
hostile(void)
{
	static const rp_bytes sent[] = {
		RP_BYTES("x"),
		RP_BYTES("r\1\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0"
			 "\xff\xff\xff\xff\xff\xff\xff\xff"),
		RP_BYTES("r\1\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0"
			 "\xff\xff\xff\xff\xff\xff\xff\x7f"),
		RP_BYTES("r\1\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0"
			 "\1\0\0\0\0\0\0\0\xff\1\0\0\0\0\0\0\0b"),
		RP_BYTES("w\1\0\0\0\0\0\0\1bad"),
		RP_BYTES("d0123456701234567890123456789012345678901d"),
	};
	static const rp_text columns[] = { RP_TEXT_INIT("text"),
		RP_TEXT_INIT("id") };

	for (size_t i = 0; i < sizeof(sent) / sizeof(sent[0]); i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new((size_t)512 << 20);
		struct seen s = { .a = a, .all = RP_TEXT("") };
		struct rp_rows_in in = { .columns = columns,
			.n = 2,
			.ctx = &s,
			.row = row };
		struct rp_rows_decoder *d = rp_rows_decoder_new(a, &in);
		struct rp_err *e = rp_rows_decode(d, sent[i]);

		RP_CHECK(e != NULL && s.all.n == 0);
		rp_err_free(e);
	}
}

RP_CHECK_MAIN({ "csv", csv }, { "json lines", json }, { "too long", too_long },
    { "hostile", hostile })
