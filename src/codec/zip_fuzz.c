#include "codec/zip.h"

#include "base/err.h"
#include "base/fuzz.h"

/* What opens and can be read whole can be copied, and the copy opens. */
static struct rp_err *
run(struct rp_arena *a, void *ctx)
{
	rp_bytes *in = ctx, part, copy;
	struct rp_zip *z, *again;
	struct rp_err *e = NULL;

	RP_TRY(rp_zip_open(a, *in, &z));
	for (size_t i = 0; i < rp_zip_n(z); i++)
		RP_TRY(rp_zip_read(a, z, i, &part));
	RP_TRY(rp_zip_copy(a, z, NULL, 0, (size_t)64 << 20, &copy));
	if (rp_zip_n(z) > 0 && copy.n <= RP_ZIP_FILE_MAX)
		e = rp_zip_open(a, copy, &again);
	RP_ASSERT(e == NULL);
	return NULL;
}

RP_FUZZ_JOB(run, (size_t)400 << 20)
