#include "codec/ipc.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What decodes encodes to the same octets. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)128 << 20);
	struct rp_ipc_reply r;
	struct rp_err *e;
	struct rp_buf b;
	struct rp_ipc_request asked;

	if (size >= RP_IPC_REQUEST_FRAME)
		rp_err_free(rp_ipc_request_parse(data, &asked));
	e = rp_ipc_reply_parse(a, (rp_bytes){ data, size }, &r);
	if (e != NULL) {
		rp_err_free(e);
		return 0;
	}
	rp_buf_init(&b, a, (size_t)64 << 20);
	rp_ipc_reply_write(&b, &r);
	RP_ASSERT(b.n == size && memcmp(b.p, data, size) == 0);
	return 0;
}
