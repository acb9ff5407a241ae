#include "base/map.h"

#include "base/check.h"

static void
many_keys(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	struct RP_MAP(int64_t) m = { 0 };

	for (int i = 0; i < 5000; i++)
		*rp_map_at(a, &m, rp_textf(a, "key %d", i % 2500)) += i;
	RP_CHECK(m.n == 2500);
	RP_CHECK(*rp_map_find(&m, RP_TEXT("key 7")) == 7 + 2507);
	RP_CHECK(rp_map_find(&m, RP_TEXT("no such key")) == NULL);
	RP_CHECK_TEXT(m.keys[3], RP_TEXT("key 3"));
}

RP_CHECK_MAIN({ "many keys", many_keys })
