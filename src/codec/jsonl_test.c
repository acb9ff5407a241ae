#include "codec/jsonl.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"

static struct rp_err *
log_line(void *ctx, struct rp_arena *a, int64_t line, const struct rp_json *v)
{
	int64_t i;

	(void)a;
	RP_TRY(rp_json_as_i64(v, &i));
	rp_buf_f(ctx, "%lld:%lld ", (long long)line, (long long)i);
	return NULL;
}

static struct rp_err *
run(struct rp_arena *a, rp_bytes in, size_t first, rp_text *out)
{
	struct rp_buf log;
	struct rp_jsonl *r = rp_jsonl_new(a, log_line, &log);

	rp_buf_init(&log, a, 1 << 20);
	RP_TRY(rp_jsonl_read(r, (rp_bytes){ in.p, first }));
	RP_TRY(rp_jsonl_read(r, (rp_bytes){ in.p + first, in.n - first }));
	RP_TRY(rp_jsonl_finish(r));
	return rp_buf_done(&log, out);
}

static void
every_split_gives_the_same(void)
{
	rp_bytes in = RP_BYTES("\xef\xbb\xbf"
			       "1\r\n\n \t\r\n22\n 3 \n4");

	for (size_t first = 0; first <= in.n; first++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(16 << 20);
		rp_text got;

		RP_CHECK_OK(run(a, in, first, &got));
		RP_CHECK_TEXT(got, RP_TEXT("1:1 4:22 5:3 6:4 "));
	}
}

static void
names_the_line(void)
{
	static const char *bad[] = { "1\n2\n[\n", "1\n2\n\"x\"", "1\n\n1 1\n" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(16 << 20);
		struct rp_err *e;
		rp_text got;

		e = run(a, rp_text_bytes(rp_text_z(bad[i])), 2, &got);
		RP_CHECK(e != NULL && rp_err_code(e) == RP_E_INVALID);
		RP_CHECK(strncmp(rp_err_message(e), "line 3: ", 8) == 0);
		rp_err_free(e);
	}
}

static void
limits_a_line(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	uint8_t *big = rp_alloc(a, RP_JSON_LINE_MAX + 1);
	rp_text got;

	memset(big, ' ', RP_JSON_LINE_MAX + 1);
	RP_CHECK_FAILS(run(a, (rp_bytes){ big, RP_JSON_LINE_MAX + 1 }, 5, &got),
	    RP_E_LIMIT);
	RP_CHECK_OK(run(a, (rp_bytes){ big, RP_JSON_LINE_MAX }, 5, &got));
}

static void
takes_a_long_line(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(256 << 20);
	size_t n = (size_t)9 << 20;
	uint8_t *big = rp_alloc(a, n);
	struct rp_buf log;
	struct rp_jsonl *r = rp_jsonl_new(a, log_line, &log);

	rp_buf_init(&log, a, n);
	memset(big, ' ', n);
	big[n - 1] = '7';
	rp_jsonl_line_max(r, n);
	RP_CHECK_OK(rp_jsonl_read(r, (rp_bytes){ big, n }));
	RP_CHECK_OK(rp_jsonl_finish(r));
	RP_CHECK(log.n > 0);
	r = rp_jsonl_new(a, log_line, &log);
	rp_jsonl_line_max(r, n - 1);
	RP_CHECK_FAILS(rp_jsonl_read(r, (rp_bytes){ big, n }), RP_E_LIMIT);
}

static void
memory_stays(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_buf log;
	struct rp_jsonl *r = rp_jsonl_new(a, log_line, &log);
	size_t before;

	rp_buf_init(&log, a, 1000);
	RP_CHECK_OK(rp_jsonl_read(r, RP_BYTES("123456789\n")));
	before = rp_arena_taken(a);
	for (int i = 0; i < 20000; i++) {
		log.n = 0;
		RP_CHECK_OK(rp_jsonl_read(r, RP_BYTES("12345\n")));
	}
	RP_CHECK(rp_arena_taken(a) == before);
}

RP_CHECK_MAIN({ "every split gives the same", every_split_gives_the_same },
    { "names the line", names_the_line }, { "limits a line", limits_a_line },
    { "takes a long line", takes_a_long_line },
    { "memory stays", memory_stays })
