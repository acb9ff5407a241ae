#include "text/link_format.h"

#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is shown is text, and showing it again changes nothing. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_err *e;
	rp_text url, shown, again;

	e = rp_text_from(a, (rp_bytes){ data, size }, RP_LINK_FORMAT_MAX / 12,
	    &url);
	if (e != NULL) {
		rp_err_free(e);
		return 0;
	}
	shown = rp_link_format(a, url, false);
	again = rp_link_format(a, shown, false);
	RP_ASSERT(rp_text_eq(shown, again));
	e = rp_text_from(a, rp_text_bytes(shown), RP_LINK_FORMAT_MAX, &again);
	RP_ASSERT(e == NULL);
	return 0;
}
