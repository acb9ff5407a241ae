#include "text/tzif.h"

#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rp_arena *a = rp_arena_new((size_t)64 << 20);
	struct rp_tzif z;
	struct rp_err *e = rp_tzif_parse(a, (rp_bytes){ data, size }, &z);

	if (e == NULL) {
		/* Year by year and a bit, far beyond what is in any file. */
		for (int64_t at = -INT64_C(5000000000);
		     at < INT64_C(40000000000); at += 31000003) {
			int32_t offset = rp_tzif_offset(&z, at);

			RP_ASSERT(offset > -30 * 3600 && offset < 30 * 3600);
		}
		for (size_t i = 0; i < z.n; i++)
			RP_ASSERT(
			    i + 1 == z.n ||
			    rp_tzif_offset(&z, z.times[i]) == z.offsets[i]);
	}
	rp_err_free(e);
	rp_arena_free(a);
	return 0;
}
