#include "codec/jsonl.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"

/* More than the limits of json.h let one line take. */
#define LINE_CEILING ((size_t)128 << 20)

struct rp_jsonl {
	rp_jsonl_fn *fn;
	void *ctx;
	struct rp_arena *of_line;
	struct rp_buf buf;
	size_t line_max;
	int64_t line;
};

/* One line for rp_job_run_in(). */
struct one {
	struct rp_jsonl *r;
	rp_bytes in;
};

static void
free_arena(void *a)
{
	rp_arena_free(a);
}

struct rp_jsonl *
rp_jsonl_new(struct rp_arena *a, rp_jsonl_fn *fn, void *ctx)
{
	struct rp_jsonl *r = rp_new(a, struct rp_jsonl);

	r->fn = fn;
	r->ctx = ctx;
	r->of_line = rp_arena_new(LINE_CEILING);
	rp_arena_defer(a, free_arena, r->of_line);
	r->line_max = RP_JSON_LINE_MAX;
	rp_buf_init(&r->buf, a, r->line_max);
	return r;
}

void
rp_jsonl_line_max(struct rp_jsonl *r, size_t max)
{
	RP_ASSERT(max <= RP_JSONL_LINE_MOST && r->buf.n == 0);
	r->line_max = max;
	rp_buf_init(&r->buf, r->buf.arena, max);
}

static struct rp_err *
parse_one(struct rp_arena *a, void *ctx)
{
	struct one *one = ctx;
	const struct rp_json *v;

	RP_TRY(rp_json_parse_max(a, one->in, one->r->line_max, &v));
	return one->r->fn(one->r->ctx, a, one->r->line, v);
}

static bool
is_blank(rp_bytes in)
{
	for (size_t i = 0; i < in.n; i++)
		if (in.p[i] != ' ' && in.p[i] != '\t' && in.p[i] != '\r')
			return false;
	return true;
}

static struct rp_err *
end_line(struct rp_jsonl *r)
{
	struct one one = { r, { r->buf.p, r->buf.n } };
	struct rp_err *e = NULL;

	r->line++;
	if (r->buf.over)
		return rp_fail(RP_E_LIMIT, "line %lld: over %zu octets",
		    (long long)r->line, r->line_max);
	if (r->line == 1 && one.in.n >= 3 &&
	    memcmp(one.in.p, "\xef\xbb\xbf", 3) == 0)
		one.in = (rp_bytes){ one.in.p + 3, one.in.n - 3 };
	if (!is_blank(one.in)) {
		e = rp_job_run_in(r->of_line, parse_one, &one);
		rp_arena_reset(r->of_line);
	}
	r->buf.n = 0;
	return e ? rp_err_wrap(e, "line %lld", (long long)r->line) : NULL;
}

struct rp_err *
rp_jsonl_read(struct rp_jsonl *r, rp_bytes in)
{
	for (size_t i = 0; i < in.n;) {
		const uint8_t *lf = memchr(in.p + i, '\n', in.n - i);
		size_t to = lf ? (size_t)(lf - in.p) : in.n;

		rp_buf_add(&r->buf, in.p + i, to - i);
		if (lf != NULL || r->buf.over)
			RP_TRY(end_line(r));
		i = lf ? to + 1 : to;
	}
	return NULL;
}

struct rp_err *
rp_jsonl_finish(struct rp_jsonl *r)
{
	return end_line(r);
}
