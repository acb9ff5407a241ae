#include "text/names.h"

#include "base/check.h"

static void
opens_without_a_list(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	const struct rp_names *names = NULL;

	RP_CHECK_OK(rp_names_open(a, NULL, &names));
	RP_CHECK(names != NULL);
}

static void
a_missing_list_is_an_error(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	const struct rp_names *names = NULL;

	RP_CHECK_FAILS(rp_names_open(a, "no/such/list.dat", &names),
	    RP_E_UNAVAILABLE);
	RP_CHECK(names == NULL);
}

RP_CHECK_MAIN({ "opens without a list", opens_without_a_list },
    { "a missing list is an error", a_missing_list_is_an_error })
