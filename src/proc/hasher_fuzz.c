#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "proc/hasher.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What decodes encodes to the same octets. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rp_arena *a = rp_arena_new((size_t)1 << 20);
	uint8_t again[RP_HASHER_MESSAGE_MAX];
	struct rp_hasher_message m;
	struct rp_err *e = rp_hasher_parse(a, (rp_bytes){ data, size }, &m);

	if (e == NULL) {
		RP_ASSERT(rp_hasher_write(&m, again) == size);
		RP_ASSERT(memcmp(again, data, size) == 0);
	}
	rp_err_free(e);
	rp_arena_free(a);
	return 0;
}
