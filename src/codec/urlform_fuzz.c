#include "codec/urlform.h"

#include "base/buf.h"
#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whatever parses is written and parsed again to the same number of fields. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)256 << 20);
	struct rp_urlform form = { 0 }, back = { 0 };
	struct rp_err *e = rp_urlform_parse(a, (rp_bytes){ data, size }, &form);
	struct rp_buf b;
	rp_bytes out;

	if (e != NULL) {
		rp_err_free(e);
		return 0;
	}
	rp_buf_init(&b, a, (size_t)64 << 20);
	rp_urlform_write(&b, &form);
	e = rp_buf_bytes(&b, &out);
	RP_ASSERT(e == NULL);
	e = rp_urlform_parse(a, out, &back);
	RP_ASSERT(e == NULL && back.n == form.n);
	return 0;
}
