#include "codec/jsonl.h"

#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct rp_err *
count(void *ctx, struct rp_arena *a, int64_t line, const struct rp_json *v)
{
	int64_t *sum = ctx;

	(void)a;
	*sum = (*sum * 31 + line * 7 + (int64_t)rp_json_kind(v)) & 0xffffff;
	return NULL;
}

static int64_t
run(rp_bytes in, size_t step)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)64 << 20);
	int64_t sum = 1;
	struct rp_jsonl *r = rp_jsonl_new(a, count, &sum);
	struct rp_err *e = NULL;

	for (size_t i = 0; e == NULL && i < in.n; i += step)
		e = rp_jsonl_read(r,
		    (rp_bytes){ in.p + i, step < in.n - i ? step : in.n - i });
	if (e == NULL)
		e = rp_jsonl_finish(r);
	if (e != NULL)
		sum = -(int64_t)rp_err_code(e);
	rp_err_free(e);
	return sum;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > 0)
		RP_ASSERT(run((rp_bytes){ data, size }, size) ==
			  run((rp_bytes){ data, size }, 1 + data[0] % 5));
	return 0;
}
