#include "codec/docx_text.h"

#include "codec/office_text_fuzz.h"

static rp_bytes
sample(struct rp_arena *a, const char *content)
{
	return rp_sample_docx(a, content, NULL);
}

static struct rp_err *
run(struct rp_arena *a, void *ctx)
{
	static const struct rp_fuzzed_office f = { rp_docx_text, rp_docx_clean,
		sample };

	return rp_fuzz_office(a, &f, *(rp_bytes *)ctx);
}

RP_FUZZ_JOB(run, (size_t)512 << 20)
