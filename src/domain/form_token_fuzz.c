#include "base/err.h"
#include "domain/form_token.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A token that is taken is the only spelling of itself. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_env env = { 0 };
	rp_text token, form_id;
	int64_t now = INT64_C(1) << 60, age;
	struct rp_err *e;

	e = rp_text_from(a, (rp_bytes){ data, size }, 4096, &token);
	if (e == NULL)
		e = rp_form_token_check(a, &env, 1, token, now, &age, &form_id);
	if (e == NULL)
		RP_ASSERT(rp_text_eq(token,
		    rp_form_token_make(a, &env, 1, form_id, now - age)));
	rp_err_free(e);
	return 0;
}
