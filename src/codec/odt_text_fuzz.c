#include "codec/odt_text.h"

#include "codec/office_text_fuzz.h"

static struct rp_err *
run(struct rp_arena *a, void *ctx)
{
	static const struct rp_fuzzed_office f = { rp_odt_text, rp_odt_clean,
		rp_sample_odt };

	return rp_fuzz_office(a, &f, *(rp_bytes *)ctx);
}

RP_FUZZ_JOB(run, (size_t)512 << 20)
