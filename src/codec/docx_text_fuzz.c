#include "codec/docx_text.h"

#include <string.h>

#include "base/err.h"
#include "codec/office_clean.h"
#include "codec/sample.h"
#include "codec/zip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The text is text, and a cleaned copy says the same. */
static struct rp_err *
run(struct rp_arena *a, void *ctx)
{
	rp_bytes *in = ctx, copy;
	struct rp_plain one, two;
	struct rp_zip *z, *again;
	struct rp_err *e;
	rp_text t, body;

	/* What is no package is the content of one: no checksum to guess. */
	if (in->n < 2 || memcmp(in->p, "PK", 2) != 0) {
		body = rp_text_trusted(a, *in);
		*in = rp_sample_docx(a, body.p, NULL);
	}
	RP_TRY(rp_zip_open(a, *in, &z));
	rp_plain_init(&one, a, 1 << 20);
	rp_plain_init(&two, a, 1 << 20);
	RP_TRY(rp_docx_text(a, z, &one));
	e = rp_text_from(a, rp_text_bytes(rp_plain_done(&one)), 1 << 20, &t);
	RP_ASSERT(e == NULL);
	RP_TRY(rp_docx_clean(a, z, (size_t)64 << 20, &copy));
	e = rp_zip_open(a, copy, &again);
	if (e == NULL)
		e = rp_docx_text(a, again, &two);
	RP_ASSERT(e == NULL && rp_text_eq(t, rp_plain_done(&two)));
	return NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	rp_bytes in = { data, size };

	rp_err_free(rp_job_run((size_t)512 << 20, run, &in));
	return 0;
}
