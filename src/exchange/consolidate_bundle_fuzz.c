#include "exchange/consolidate_bundle.h"

#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What can be read can be written, and is then the same. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)256 << 20);
	struct rp_consolidate_bundle one, two;
	struct rp_err *e;
	rp_bytes octets;

	e = rp_consolidate_bundle_parse(a, (rp_bytes){ data, size }, &one);
	if (e != NULL) {
		rp_err_free(e);
		return 0;
	}
	e = rp_consolidate_bundle_write(a, &one, &octets);
	if (e == NULL) {
		e = rp_consolidate_bundle_parse(a, octets, &two);
		RP_ASSERT(e == NULL && one.n == two.n &&
			  one.options.n_noc == two.options.n_noc &&
			  one.options.n_decisions == two.options.n_decisions);
		for (size_t p = 0; p < one.n; p++)
			RP_ASSERT(
			    one.parties[p].n_edits == two.parties[p].n_edits &&
			    one.parties[p].file.octets.n ==
				two.parties[p].file.octets.n);
	}
	rp_err_free(e);
	return 0;
}
