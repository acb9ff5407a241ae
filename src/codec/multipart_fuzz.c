#include "codec/multipart.h"

#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What the sink saw, reduced to a number that depends on every octet. */
struct seen {
	uint64_t sum;
};

static void
mix(struct seen *s, rp_bytes b)
{
	for (size_t i = 0; i < b.n; i++)
		s->sum = (s->sum ^ b.p[i]) * 0x100000001b3u;
	s->sum = (s->sum ^ 0x100) * 0x100000001b3u;
}

static struct rp_err *
on_begin(void *ctx, const struct rp_multipart_part *p)
{
	mix(ctx, p->name);
	mix(ctx, p->filename);
	mix(ctx, p->type);
	return NULL;
}

static struct rp_err *
on_data(void *ctx, rp_bytes chunk)
{
	RP_ASSERT(chunk.n > 0 && chunk.n <= RP_MULTIPART_CHUNK);
	mix(ctx, chunk);
	return NULL;
}

static struct rp_err *
on_end(void *ctx)
{
	mix(ctx, (rp_bytes){ 0 });
	return NULL;
}

static uint64_t
run(rp_bytes body, size_t step)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)256 << 20);
	struct seen s = { 1 };
	struct rp_multipart_sink sink = { &s, on_begin, on_data, on_end };
	struct rp_urlform fields = { 0 };
	struct rp_err *e;
	struct rp_multipart *m;

	e = rp_multipart_new(a, RP_BYTES("multipart/form-data; boundary=B"),
	    &sink, &m);
	RP_ASSERT(e == NULL);
	for (size_t i = 0; e == NULL && i < body.n; i += step) {
		size_t n = step < body.n - i ? step : body.n - i;

		e = rp_multipart_feed(m, (rp_bytes){ body.p + i, n });
	}
	if (e == NULL)
		e = rp_multipart_finish(m, &fields);
	if (e != NULL) {
		s.sum = rp_err_code(e);
		rp_err_free(e);
		return s.sum;
	}
	for (size_t i = 0; i < fields.n; i++) {
		mix(&s, fields.v[i].name);
		mix(&s, fields.v[i].value);
	}
	return s.sum;
}

/* Cut in two ways, a body gives the same. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	RP_ASSERT(run((rp_bytes){ data, size }, size) ==
		  run((rp_bytes){ data, size }, 1 + data[0] % 7));
	return 0;
}
