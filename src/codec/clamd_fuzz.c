#include "codec/clamd.h"

#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_clamd_reply r;

	rp_err_free(rp_clamd_reply_parse(a, (rp_bytes){ data, size }, &r));
	return 0;
}
