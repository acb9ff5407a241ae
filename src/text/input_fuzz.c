#include "text/input.h"

#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What comes in once comes in again unchanged: NFC is stable, and so are we. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rp_arena *a = rp_arena_new((size_t)256 << 20);
	rp_bytes in = { data, size };
	rp_text once, twice;
	struct rp_err *e = rp_text_input(a, in, 4 * size + 16, &once);

	if (e == NULL) {
		e = rp_text_input(a, rp_text_bytes(once), once.n, &twice);
		/* A second mark may follow the one that was dropped. */
		RP_ASSERT(rp_text_starts(once, RP_TEXT("\xef\xbb\xbf")) ||
			  (e == NULL && rp_text_eq(once, twice)));
		RP_ASSERT(rp_text_code_points(once) <= once.n);
		rp_err_free(e);
		e = rp_text_input_line(a, in, 4 * size + 16, &twice);
		RP_ASSERT(e == NULL && rp_text_find(twice, '\n', 0) == twice.n);
	}
	rp_err_free(e);
	rp_arena_free(a);
	return 0;
}
