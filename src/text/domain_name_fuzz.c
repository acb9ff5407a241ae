#include "text/domain_name.h"

#include "base/err.h"
#include "text/names.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/*
 * What is accepted is accepted again in both its forms, with the same key, and
 * also by way of ICU.
 */
static void
check_again(struct rp_arena *a, const struct rp_names *names, rp_text in,
    rp_text key, unsigned flags)
{
	struct rp_domain_name again = { 0 };

	RP_ASSERT(rp_domain_name_check(a, names, in,
		      flags | RP_DOMAIN_NAME_SINGLE, &again) == RP_ADDRESS_OK);
	RP_ASSERT(rp_text_eq(again.a, key));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct rp_names *names;
	static struct rp_arena *kept;
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_domain_name name;
	struct rp_err *e;
	rp_text in;

	if (kept == NULL) {
		kept = rp_arena_new(64 << 20);
		e = rp_names_open(kept, NULL, &names);
		RP_ASSERT(e == NULL);
	}
	e = rp_text_from(a, (rp_bytes){ data, size }, 65536, &in);
	if (e != NULL) {
		rp_err_free(e);
		return 0;
	}
	if (rp_domain_name_check(a, names, in, RP_DOMAIN_NAME_SINGLE, &name) !=
	    RP_ADDRESS_OK)
		return 0;
	RP_ASSERT(name.a.n <= RP_DOMAIN_NAME_MAX);
	check_again(a, names, name.a, name.a, 0);
	check_again(a, names, name.u, name.a, 0);
	check_again(a, names, in, name.a, RP_DOMAIN_NAME_UTS46);
	return 0;
}
