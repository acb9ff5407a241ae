#include "codec/zip_write.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "codec/sink.h"
#include "codec/zip.h"

static void
entry(struct rp_zip_writer *w, struct rp_sink *s, rp_text name, rp_bytes octets)
{
	rp_zip_writer_begin(w, s, name);
	/* In two pieces, as chunks come. */
	rp_zip_writer_add(w, s, (rp_bytes){ octets.p, octets.n / 2 });
	rp_zip_writer_add(w, s,
	    (rp_bytes){ octets.p + octets.n / 2, octets.n - octets.n / 2 });
	rp_zip_writer_end(w, s);
}

static rp_bytes
two_entries(struct rp_arena *a, rp_bytes large)
{
	struct rp_zip_writer *w = rp_zip_writer_new(a);
	struct rp_buf b;
	struct rp_sink s;
	rp_bytes out;

	rp_buf_init(&b, a, (size_t)1 << 20);
	rp_sink_to_buf(&s, a, &b);
	entry(w, &s, RP_TEXT("index.html"), RP_BYTES("<p>Hello</p>"));
	entry(w, &s, RP_TEXT("documents/\u6c34-1.txt"), large);
	entry(w, &s, RP_TEXT("empty"), (rp_bytes){ 0 });
	rp_zip_writer_finish(w, &s);
	RP_CHECK_OK(rp_sink_flush(&s));
	RP_CHECK_OK(rp_buf_bytes(&b, &out));
	return out;
}

/* What our suspicious reader takes, sums and all. */
static void
read_again(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)16 << 20);
	uint8_t *p = rp_alloc(a, 200000);
	rp_bytes large = { p, 200000 }, one, two, got;
	struct rp_zip *z;

	for (size_t i = 0; i < large.n; i++)
		p[i] = (uint8_t)(i * i >> 7);
	one = two_entries(a, large);
	two = two_entries(a, large);
	RP_CHECK(one.n == two.n && memcmp(one.p, two.p, one.n) == 0);
	RP_CHECK_OK(rp_zip_open(a, one, &z));
	RP_CHECK(rp_zip_n(z) == 3);
	RP_CHECK_TEXT(rp_zip_name(z, 1), RP_TEXT("documents/\u6c34-1.txt"));
	RP_CHECK_OK(rp_zip_read(a, z, 0, &got));
	RP_CHECK(got.n == 12 && memcmp(got.p, "<p>Hello</p>", 12) == 0);
	RP_CHECK_OK(rp_zip_read(a, z, 1, &got));
	RP_CHECK(got.n == large.n && memcmp(got.p, large.p, large.n) == 0);
	RP_CHECK_OK(rp_zip_read(a, z, 2, &got));
	RP_CHECK(got.n == 0);
}

/* Counts, and keeps the end. */
struct tail {
	uint64_t n;
	uint8_t last[256];
};

static struct rp_err *
keep_tail(void *ctx, rp_bytes chunk)
{
	struct tail *t = ctx;
	size_t keep = chunk.n < sizeof(t->last) ? chunk.n : sizeof(t->last);

	memmove(t->last, t->last + keep, sizeof(t->last) - keep);
	memcpy(t->last + sizeof(t->last) - keep, chunk.p + chunk.n - keep,
	    keep);
	t->n += chunk.n;
	return NULL;
}

static uint64_t
at(const struct tail *t, size_t back, size_t n)
{
	const uint8_t *p = t->last + sizeof(t->last) - back;
	uint64_t v = 0;

	for (size_t i = n; i > 0; i--)
		v = v << 8 | p[i - 1];
	return v;
}

/* More entries than 16 bits count: the records of ZIP64 say how many. */
static void
many(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)256 << 20);
	struct rp_zip_writer *w = rp_zip_writer_new(a);
	struct tail t = { 0 };
	struct rp_sink s;

	rp_sink_init(&s, a, keep_tail, &t);
	for (int i = 0; i < 70000; i++) {
		rp_zip_writer_begin(w, &s, rp_textf(a, "%d", i));
		rp_zip_writer_end(w, &s);
	}
	rp_zip_writer_finish(w, &s);
	RP_CHECK_OK(rp_sink_flush(&s));
	RP_CHECK(at(&t, 22, 4) == 0x06054b50);
	RP_CHECK(at(&t, 22 - 10, 2) == 0xffff);
	RP_CHECK(at(&t, 42, 4) == 0x07064b50);
	RP_CHECK(at(&t, 98, 4) == 0x06064b50);
	RP_CHECK(at(&t, 98 - 32, 8) == 70000);
	RP_CHECK(at(&t, 42 - 8, 8) == t.n - 98);
}

/* Further than 32 bits reach. */
static void
far(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)64 << 20);
	struct rp_zip_writer *w = rp_zip_writer_new(a);
	rp_bytes piece = { rp_alloc(a, (size_t)16 << 20), (size_t)16 << 20 };
	struct tail t = { 0 };
	struct rp_sink s;

	rp_sink_init(&s, a, keep_tail, &t);
	for (int i = 0; i < 2; i++) {
		rp_zip_writer_begin(w, &s, i ? RP_TEXT("b") : RP_TEXT("a"));
		for (int k = 0; k < 140; k++)
			rp_zip_writer_add(w, &s, piece);
		rp_zip_writer_end(w, &s);
	}
	rp_zip_writer_begin(w, &s, RP_TEXT("c"));
	rp_zip_writer_end(w, &s);
	rp_zip_writer_finish(w, &s);
	RP_CHECK_OK(rp_sink_flush(&s));
	RP_CHECK(t.n > UINT32_MAX);
	/* The last entry's offset stands in its extra field. */
	RP_CHECK(at(&t, 98 + 12, 2) == 1 && at(&t, 98 + 10, 2) == 8);
	RP_CHECK(at(&t, 98 + 8, 8) > UINT32_MAX);
	RP_CHECK(at(&t, 22 - 16, 4) == UINT32_MAX);
	RP_CHECK(at(&t, 98 - 48, 8) == t.n - 98 - at(&t, 98 - 40, 8));
}

RP_CHECK_MAIN({ "reads again", read_again }, { "many entries", many },
    { "far offsets", far })
