#include "proc/rows.h"

#include <stdio.h>
#include <string.h>
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
	size_t n = RP_ROWS_VALUE_MAX + 100, all = RP_ROWS_ROW_MAX + 100;
	uint8_t *p = rp_alloc(a, all);
	static const char head[] = "id,text\n1,ok\n2,";
	static const char json[] = "{\"id\":1,\"text\":\"";

	memset(p, 'a', all);
	memcpy(p, head, sizeof(head) - 1);
	RP_CHECK_TEXT(read_text(a, true, (rp_bytes){ p, n }),
	    RP_TEXT("line 3: \"text\" has over 16777216 octets"));
	RP_CHECK_TEXT(read_text(a, true, (rp_bytes){ p, all }),
	    RP_TEXT("line 3: row of over 67108864 octets"));
	memcpy(p, json, sizeof(json) - 1);
	RP_CHECK_TEXT(read_text(a, false, (rp_bytes){ p, all }),
	    RP_TEXT("line 1: over 67108864 octets"));
	memcpy(p + n - 2, "\"}", 2);
	RP_CHECK_TEXT(read_text(a, false, (rp_bytes){ p, n }),
	    RP_TEXT("line 1: \"text\" has over 16777216 octets"));
}

static struct rp_err *
length(void *ctx, int64_t line, const rp_text *values)
{
	size_t *n = ctx;

	(void)line;
	*n = values[0].n;
	return NULL;
}

/* An answer of the greatest length, as CSV and as JSON that escapes it. */
static void
long_answers(void)
{
	static const rp_text columns[] = { RP_TEXT_INIT("text") };
	static const char *const heads[] = { "text\n", "{\"text\":\"" };

	for (int json = 0; json < 2; json++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new((size_t)512 << 20);
		char path[] = "/tmp/rows_test.XXXXXX";
		size_t got = 0, letters = RP_ROWS_VALUE_MAX / 2, n, all;
		struct rp_rows_in rows = { .path = path,
			.csv = json == 0,
			.columns = columns,
			.n = 1,
			.ctx = &got,
			.row = length };
		struct rp_rows_source source;
		const char *letter = json ? "\\u0436" : "\xd0\xb6";
		int fd = mkstemp(path);
		FILE *f = fdopen(fd, "w");

		n = strlen(letter);
		all = fwrite(heads[json], 1, strlen(heads[json]), f);
		for (size_t i = 0; i < letters; i++)
			all += fwrite(letter, 1, n, f);
		all += fwrite("\"}\n", 1, json ? 3 : 0, f);
		RP_CHECK(fclose(f) == 0);
		RP_CHECK_OK(rp_rows_read(a, &rows, &source));
		unlink(path);
		RP_CHECK(got == RP_ROWS_VALUE_MAX);
		RP_CHECK(source.octets == (int64_t)all);
	}
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
    { "long answers", long_answers }, { "hostile", hostile })
