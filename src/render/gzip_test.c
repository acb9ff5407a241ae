#include "render/gzip.h"

#include "base/check.h"

static void
text_gets_smaller_and_is_gzip(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_gzip *z = rp_gzip_new();
	char *p = rp_alloc(a, 10000);
	rp_bytes in = { (uint8_t *)p, 10000 }, one, two;

	memset(p, 'a', 10000);
	RP_CHECK(rp_gzip_write(z, a, in, &one));
	RP_CHECK(one.n < 200 && one.p[0] == 0x1f && one.p[1] == 0x8b);
	RP_CHECK(rp_gzip_write(z, a, in, &two));
	RP_CHECK(one.n == two.n && memcmp(one.p, two.p, one.n) == 0);
	RP_CHECK(!rp_gzip_write(z, a, RP_BYTES("short"), &one));
	rp_gzip_free(z);
}

RP_CHECK_MAIN(
    { "text gets smaller and is gzip", text_gets_smaller_and_is_gzip })
