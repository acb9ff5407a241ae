#include "codec/xmlpatch.h"

#include <string.h>

#include "base/err.h"
#include "codec/xmlread.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is patched is well formed still, and a second time nothing changes. */
static struct rp_err *
run(struct rp_arena *a, void *ctx)
{
	static const struct rp_xmlpatch_rule rules[] = {
		{ RP_XMLPATCH_DROP_ATTR, .name = "rsid*" },
		{ RP_XMLPATCH_SET_ATTR, .name = "author", .value = "A" },
		{ RP_XMLPATCH_FILE_ATTR, .name = "Target" },
		{ RP_XMLPATCH_SET_TEXT, .element = "creator", .value = "A" },
	};
	struct rp_xmlpatch_numbers numbers = { 0 };
	rp_bytes *in = ctx, one, two;
	bool changed;
	struct rp_err *e;

	RP_TRY(rp_xmlpatch(a, *in, rules, 4, &numbers, &one, &changed));
	e = rp_xmlpatch(a, one, rules, 4, &numbers, &two, &changed);
	RP_ASSERT(e == NULL);
	RP_ASSERT(one.n == two.n && memcmp(one.p, two.p, one.n) == 0);
	return NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	rp_bytes in = { data, size };

	rp_xmlread_prepare();
	rp_err_free(rp_job_run((size_t)256 << 20, run, &in));
	return 0;
}
