#include "codec/cues.h"

#include "base/err.h"
#include "text/input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whatever comes out is a line that is seen. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)256 << 20);
	struct rp_cues all = { 0 };
	struct rp_err *e = rp_cues_read(a, (rp_bytes){ data, size }, &all);

	if (e != NULL) {
		rp_err_free(e);
		return 0;
	}
	RP_ASSERT(all.n <= RP_CUES_MAX);
	for (size_t i = 0; i < all.n; i++) {
		RP_ASSERT(!rp_text_blank(all.v[i]));
		RP_ASSERT(all.v[i].n <= RP_CUE_MAX);
		RP_ASSERT(rp_text_find(all.v[i], '\n', 0) >= all.v[i].n);
	}
	return 0;
}
