#include "text/symbol.h"

#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is read is printed and read again; what is found moves forward. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct rp_symbol context = { .series = RP_TEXT_INIT(
						      "CWG-Internet"),
		.session = 18 };
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_symbol s, again;
	size_t at = 0, end = 0;
	rp_text t;
	struct rp_err *e = rp_text_from(a, (rp_bytes){ data, size }, 65536, &t);

	if (e != NULL) {
		rp_err_free(e);
		return 0;
	}
	if (rp_symbol_parse(t, &context, &s)) {
		RP_ASSERT(
		    rp_symbol_parse(rp_symbol_print(a, &s), NULL, &again));
		RP_ASSERT(rp_symbol_same(&s, &again));
		RP_ASSERT(s.language == again.language);
	}
	for (size_t from = 0; rp_symbol_next(t, from, &s, &at, &end);
	     from = end) {
		RP_ASSERT(at >= from && end > at && end <= t.n);
		RP_ASSERT(
		    rp_symbol_parse(rp_text_sub(t, at, end), NULL, &again));
		RP_ASSERT(rp_symbol_same(&s, &again));
	}
	return 0;
}
