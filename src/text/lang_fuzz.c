#include "text/lang.h"

#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rp_arena *a = rp_arena_new((size_t)64 << 20);
	rp_bytes in = { data, size };
	rp_text t, tag, again;
	struct rp_err *e;

	RP_ASSERT(rp_lang_accept(in, RP_LANG_RU) < RP_LANG_COUNT);
	e = rp_text_from(a, in, size, &t);
	if (e == NULL) {
		(void)rp_text_dir(t);
		RP_ASSERT(rp_text_script(t).n == 4);
		e = rp_lang_tag_parse(a, t, &tag);
	}
	if (e == NULL) {
		(void)rp_lang_tag_dir(tag);
		e = rp_lang_tag_parse(a, tag, &again);
		RP_ASSERT(e == NULL && rp_text_eq(tag, again));
	}
	rp_err_free(e);
	rp_arena_free(a);
	return 0;
}
