#include "codec/office_clean.h"

#include <string.h>

#include "base/err.h"
#include "base/fuzz.h"
#include "codec/sample.h"
#include "codec/zip.h"

#define MAX ((size_t)64 << 20)

typedef struct rp_err *cleaner(struct rp_arena *a, struct rp_zip *z, size_t max,
    rp_bytes *out);

/* A cleaned copy can be opened, and there is nothing left in it to clean. */
static struct rp_err *
clean_twice(struct rp_arena *a, rp_bytes in, cleaner *clean)
{
	struct rp_zip *z;
	rp_bytes once, twice;

	RP_TRY(rp_zip_open(a, in, &z));
	RP_TRY(clean(a, z, MAX, &once));
	RP_TRY(rp_zip_open(a, once, &z));
	RP_TRY(clean(a, z, MAX, &twice));
	RP_ASSERT(once.n == twice.n && memcmp(once.p, twice.p, once.n) == 0);
	return NULL;
}

static struct rp_err *
run(struct rp_arena *a, void *ctx)
{
	const rp_bytes *in = ctx;
	rp_text body;

	if (in->n >= 2 && memcmp(in->p, "PK", 2) == 0) {
		rp_err_free(clean_twice(a, *in, rp_docx_clean));
		return clean_twice(a, *in, rp_odt_clean);
	}
	/* What is no package is the content of two: no checksum to guess. */
	body = rp_text_trusted(a, *in);
	rp_err_free(
	    clean_twice(a, rp_sample_docx(a, body.p, NULL), rp_docx_clean));
	return clean_twice(a, rp_sample_odt(a, body.p), rp_odt_clean);
}

RP_FUZZ_JOB(run, (size_t)512 << 20)
