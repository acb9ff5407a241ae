#include "domain/installation.h"

#include "base/check.h"
#include "base/rand.h"
#include "domain/testing/world.h"

static void
one_key(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_env one = { .rand = rp_rand_fill },
		      two = { .rand = rp_rand_fill };
	static const uint8_t zeros[RP_KEY_SIZE];

	world_open(&w);
	RP_CHECK_OK(rp_installation_key(w.tx, &one));
	RP_CHECK(memcmp(one.key, zeros, RP_KEY_SIZE) != 0);
	world_turn(&w);
	RP_CHECK_OK(rp_installation_key(w.tx, &two));
	RP_CHECK(memcmp(one.key, two.key, RP_KEY_SIZE) == 0);
}

RP_CHECK_MAIN({ "an installation has one key", one_key })
