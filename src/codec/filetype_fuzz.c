#include "codec/filetype.h"

#include "base/err.h"
#include "base/fuzz.h"

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

RP_FUZZ_JOB(run, (size_t)400 << 20)
