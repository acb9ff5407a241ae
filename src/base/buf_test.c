#include "base/buf.h"

#include <inttypes.h>

#include "base/check.h"

static void
test_append(void)
{
	struct rp_arena *a = rp_arena_new((size_t)1 << 20);
	struct rp_buf b;
	rp_bytes octets;
	rp_text text;

	rp_buf_init(&b, a, 10000);
	rp_buf_text(&b, RP_TEXT("n="));
	rp_buf_i64(&b, INT64_MIN);
	rp_buf_byte(&b, ';');
	rp_buf_bytes_add(&b, RP_BYTES("\x00\xff"));
	rp_buf_add(&b, "", 0);
	rp_buf_f(&b, "%s%d", "x", 7);
	RP_CHECK_OK(rp_buf_bytes(&b, &octets));
	RP_CHECK(octets.n == 2 + 20 + 1 + 2 + 2);
	RP_CHECK(memcmp(octets.p, "n=-9223372036854775808;\0\xffx7", 27) == 0);
	rp_buf_init(&b, a, 100000);
	for (int i = 0; i < 1000; i++)
		rp_buf_f(&b, "%d,", i);
	RP_CHECK_OK(rp_buf_done(&b, &text));
	RP_CHECK(text.n == 10 * 2 + 90 * 3 + 900 * 4);
	RP_CHECK(text.p[text.n] == '\0');
	RP_CHECK_TEXT(rp_text_sub(text, text.n - 8, text.n),
	    RP_TEXT("998,999,"));
	rp_arena_free(a);
}

/* Past the limit nothing is added, and that is said once, at the end. */
static void
test_limit(void)
{
	struct rp_arena *a = rp_arena_new((size_t)1 << 20);
	struct rp_buf b;
	rp_bytes octets;
	rp_text text;

	rp_buf_init(&b, a, 4);
	rp_buf_text(&b, RP_TEXT("1234"));
	RP_CHECK_OK(rp_buf_bytes(&b, &octets));
	RP_CHECK(octets.n == 4 && !b.over);
	RP_CHECK(rp_buf_room(&b, 0) && !rp_buf_room(&b, 1));
	RP_CHECK(b.over);
	rp_buf_byte(&b, '5');
	RP_CHECK_FAILS(rp_buf_bytes(&b, &octets), RP_E_LIMIT);
	RP_CHECK_FAILS(rp_buf_done(&b, &text), RP_E_LIMIT);
	rp_buf_init(&b, a, 4);
	rp_buf_f(&b, "%s", "12345");
	rp_buf_text(&b, RP_TEXT("1"));
	RP_CHECK_FAILS(rp_buf_bytes(&b, &octets), RP_E_LIMIT);
	rp_buf_init(&b, a, SIZE_MAX);
	rp_buf_byte(&b, 'x');
	RP_CHECK_OK(rp_buf_bytes(&b, &octets));
	rp_arena_free(a);
}

RP_CHECK_MAIN({ "append", test_append }, { "limit", test_limit })
