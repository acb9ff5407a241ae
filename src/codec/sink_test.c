#include "codec/sink.h"

#include "base/buf.h"
#include "base/check.h"

struct seen {
	size_t calls, octets, fail_at;
};

static struct rp_err *
put(void *ctx, rp_bytes chunk)
{
	struct seen *s = ctx;

	RP_CHECK(chunk.n > 0 && chunk.n <= RP_SINK_CHUNK);
	s->octets += chunk.n;
	if (++s->calls == s->fail_at)
		return rp_fail(RP_E_UNAVAILABLE, "gone");
	return NULL;
}

static void
hands_on_in_chunks(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(4 << 20);
	struct seen seen = { 0 };
	struct rp_sink s;
	uint8_t *big = rp_alloc(a, 3 * RP_SINK_CHUNK);

	rp_sink_init(&s, a, put, &seen);
	rp_sink_byte(&s, 'x');
	rp_sink_add(&s, big, 3 * RP_SINK_CHUNK);
	rp_sink_text(&s, RP_TEXT("end"));
	RP_CHECK(seen.calls == 3);
	RP_CHECK_OK(rp_sink_flush(&s));
	RP_CHECK(seen.calls == 4 && seen.octets == 3 * RP_SINK_CHUNK + 4);
	RP_CHECK_OK(rp_sink_flush(&s));
	RP_CHECK(seen.calls == 4);
}

static void
keeps_the_first_error(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(4 << 20);
	struct seen seen = { .fail_at = 2 };
	struct rp_sink s, unasked;
	uint8_t *big = rp_alloc(a, 3 * RP_SINK_CHUNK);

	rp_sink_init(&s, a, put, &seen);
	for (int i = 0; i < 5; i++)
		rp_sink_add(&s, big, RP_SINK_CHUNK);
	RP_CHECK(rp_sink_failed(&s) && seen.calls == 2);
	RP_CHECK_FAILS(rp_sink_flush(&s), RP_E_UNAVAILABLE);
	/* The leak checker sees whether this error goes with the arena. */
	seen = (struct seen){ .fail_at = 1 };
	rp_sink_init(&unasked, a, put, &seen);
	rp_sink_add(&unasked, big, RP_SINK_CHUNK);
	RP_CHECK(rp_sink_failed(&unasked));
}

static void
into_a_buffer(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(4 << 20);
	struct rp_sink s;
	struct rp_buf b;

	rp_buf_init(&b, a, 4);
	rp_sink_to_buf(&s, a, &b);
	rp_sink_text(&s, RP_TEXT("1234"));
	RP_CHECK_OK(rp_sink_flush(&s));
	rp_sink_byte(&s, '5');
	RP_CHECK(rp_sink_failed(&s));
	RP_CHECK_FAILS(rp_sink_flush(&s), RP_E_LIMIT);
}

RP_CHECK_MAIN({ "hands on in chunks", hands_on_in_chunks },
    { "keeps the first error", keeps_the_first_error },
    { "into a buffer", into_a_buffer })
