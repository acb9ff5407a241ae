#include "codec/filetype.h"

#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct rp_err *
run(struct rp_arena *a, void *ctx)
{
	enum rp_filetype head = rp_filetype_sniff(*(rp_bytes *)ctx), whole;
	struct rp_zip *z;

	RP_TRY(rp_filetype_find(a, *(rp_bytes *)ctx, &whole, &z));
	RP_ASSERT((z != NULL) == (head == RP_FILETYPE_ZIP));
	RP_ASSERT((whole == RP_FILETYPE_PDF) == (head == RP_FILETYPE_PDF));
	return NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	rp_bytes in = { data, size };

	rp_err_free(rp_job_run((size_t)400 << 20, run, &in));
	return 0;
}
